"""Where and why YAML text cannot be read, or is read otherwise than it was meant."""

import re
from typing import Final, NamedTuple

import yaml

from sphinxcommon.messages import Message

from ..core.problems import Code, Finding, Mark
from ..core.quoting import shown_in_quotes
from .lines import OTHER_BULLET
from .source import Source

#: libyaml: a line without the colon that makes it a key.
NO_COLON: Final = "could not find expected ':'"
#: libyaml: a colon and a space within a text, or a key below one.
COLON_IN_TEXT: Final = "mapping values are not allowed"
#: libyaml: a line that is no item, as deep as the items of a list.
NO_ITEM: Final = "'-' indicator"

# What libyaml reads without a problem, and its author meant otherwise.
NO_MAPPING: Final = "expected keys and values"
BULLET: Final = "a bullet"
SPACE_IN_KEY: Final = "a space in a key"
ITEM_IN_TEXT: Final = "expected an item of its own"
KEY_NOT_TEXT: Final = "found a key that is no text"
NO_SPACE: Final = "expected a space after a colon"
COMMA: Final = "found a comma within a text"
MISSING_DASH: Final = "expected a dash"

#: Within a plain scalar, a line that looks like an item of a list.
_ITEM_WITHIN: Final = re.compile(r"\n *(?=- )")
#: At the beginning of one, keys and values with nothing between.
_COLON_WITHIN: Final = re.compile(
    r"[a-z_]+(?:：|:[\u3000\xa0])"
    r"|[^\W\d][\w-]*:(?!//)\S.*\n *[^\W\d][\w-]*(?::(?!//)\S|：|: )"
)
#: In brackets, a text with a comma between brackets or quotes of its own, or in a URL.
COMMA_IN_TEXT: Final = re.compile(
    r"[^\n,\[\]{}\"'(（“「『]*[(（“「『][^\n()（）“”「」『』\[\]{}]*,[^\n()（）“”「」『』\[\]{}]*[)）”」』][^\n,\[\]{}]*"
    r"|https?://[^\s,\[\]{}\"']*,(?!\s|https?://|[\"'\[\]{}]|[\w-]+:\s)[^\s\[\]{}\"']*"
    r"(?<!,)"
)
#: At the beginning of a file that is a mere text, the same of one line.
_COLON_ALONE: Final = re.compile(r"[^\W\d][\w-]*(?::(?!//)\S|：)")
_FAR_RIGHT: Final = 200
#: What follows a plain scalar if “#” without a space cut it short.
CUT_OFF: Final = re.compile(r"(?<![ \t])[ \t]+(#[^\s#!].*)")


class UnusableFileError(Exception):
    """Nothing of a file can be used; ``finding`` says why."""

    def __init__(self, code: Code, message: Message, mark: Mark = Mark()) -> None:  # noqa: B008
        super().__init__(message)
        self.finding = Finding(mark, code, message)


def misread(problem: str, index: int) -> yaml.MarkedYAMLError:
    """Return what is raised at a place (from 0) that YAML reads otherwise than it was meant."""
    mark = yaml.Mark("", index, 0, 0, None, 0)
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


class Token(NamedTuple):
    """A scalar or alias, or the beginning of the file."""

    start: Mark = Mark()
    end: Mark = Mark()
    is_quoted: bool = False


class Failure(NamedTuple):
    """Where YAML gave up, and what it said.

    ``context`` is what it was reading, since ``around``: within brackets, where these open, as
    YAML may take the lines that follow for a part of them. ``last`` is what could be read last.
    """

    problem: str
    at: Mark
    context: str
    around: Mark
    last: Token = Token()


def check_plain(source: Source, text: str, start: int, end: int, *, is_root: bool) -> None:
    """Check that a plain scalar is neither a list nor keys.

    :param source: The text of the file.
    :param text: The scalar's value.
    :param start: Where it begins in the source, from 0.
    :param end: Where it ends.
    :param is_root: Whether the file is nothing but this text.
    :raises yaml.MarkedYAMLError: where the text must be repaired and read again.
    """
    column = source.mark(start).column
    # Far to the right nothing begins an entry; and to look back costs.
    before = source.text[start - column + 1 : start] if column < _FAR_RIGHT else "…"
    if not before.strip() and OTHER_BULLET.match(text):
        raise misread(BULLET, start)
    if not before.strip() and not text[:1].isascii() and text[:1].isspace():
        raise misread(SPACE_IN_KEY, start)
    colon = _COLON_ALONE if is_root else _COLON_WITHIN
    if not before.strip(" -") and colon.match(source.text, start, end):
        raise misread(NO_COLON, start)
    if item := _ITEM_WITHIN.search(source.text, start, end):
        raise misread(ITEM_IN_TEXT, item.end())


def comment_in_text(text: str, comment: str, *, is_flow: bool) -> Message:
    """Return what to write where ``comment`` was meant as a part of the text before it."""
    whole = f"{text} {comment}".strip()
    return Message(
        "“{comment}” is a comment for YAML and no part of the text; it needs quotes: {whole}",
        comment=comment,
        whole=shown_in_quotes(whole.rstrip(",]}") if is_flow else whole),
    )


def anchor_in_text(name: str, text: str) -> Message:
    """Return what to write where an anchor was meant as the beginning of a text."""
    return Message(
        "“{anchor}” is an anchor for YAML and no part of the text; it needs quotes: {whole}",
        anchor=f"&{name}",
        whole=shown_in_quotes(f"&{name} {text}"),
    )


def tag_as_text(text: str) -> Message:
    """Return what to write where a tag was meant as the beginning of a text, or all of it."""
    return Message(
        "“{tag}” is a tag for YAML and no part of the text; it needs quotes: {whole}",
        tag=text.split()[0],
        whole=shown_in_quotes(text),
    )


def tag_in_text(tag: str) -> Message:
    """Return what to write instead of a tag."""
    return Message(
        "“{tag}” is a tag for YAML and no part of the text; tags are not used here: remove "
        "it, or put the text in quotes",
        tag=tag.replace("tag:yaml.org,2002:", "!!"),
    )
