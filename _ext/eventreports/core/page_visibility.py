"""For whom a page is, by what stands at its top."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, cast

import yaml

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import suggesting

from .audience import LEVELS
from .key_words import same_key, visibility_words
from .model import STRICTEST, Visibility
from .names import is_typo_of
from .page_fields import FIELD, MOST_LINES, body_of_field, front_matter, has_front_matter
from .problems import Code, Finding, Mark

VISIBILITY: Final = "visibility"
#: A line that seems to say something: of a page's front matter, of its fields, or of neither.
_KEY: Final = re.compile(r"""\W{0,8}(?P<key>[^\W\d][\w-]{2,30})["']?\s*[:：=]\s*(?P<value>.*)""")
_HEADING: Final = re.compile(r"#{1,6}\s")

Said = tuple[int, str, Any]


def visibility_of_page(
    lines: Sequence[str], *, is_markdown: bool
) -> tuple[Visibility | None, Finding | None]:
    """Return for whom a page is, and what is wrong with how it says so.

    :param lines: The lines of the page.
    :param is_markdown: Whether it has its fields in front matter, as MyST does; else they are a
        list of fields, as docutils has it.
    :returns: Its level, if it says one; the strictest where that cannot be read.
    """
    said = list(_of_markdown(lines) if is_markdown else _of_fields(lines))
    levels: list[Visibility] = []
    finding: Finding | None = None
    for line, key, value in said:
        if key == VISIBILITY and (value is None or value in LEVELS):
            levels += [cast(Visibility, value)] if value else []
        else:
            levels.append(STRICTEST)
            finding = finding or Finding(Mark(line), Code.VISIBILITY, _unknown(key, value))
    if len(levels) > 1:
        return STRICTEST, finding or _repeated(said[0][0])
    return (levels[0] if levels else None), finding


def is_about_visibility(key: str) -> bool:
    """Return whether a word says for whom something is, rightly or not."""
    return is_typo_of(key, VISIBILITY) or same_key(key) in visibility_words()


def _is_the_key(key: str) -> bool:
    """Return whether a word can be nothing else, wherever it stands; “hidden” is an option, too."""
    return is_typo_of(key, VISIBILITY) or (
        not key.isascii() and same_key(key) in visibility_words()
    )


def _of_markdown(lines: Sequence[str]) -> Iterator[Said]:
    """Find what the front matter says, and what was meant to be some."""
    if not has_front_matter(lines):
        yield from (one for one in _lines_like(_above_heading(lines), 1) if _is_the_key(one[1]))
        return
    matter, is_closed = front_matter(lines)
    try:
        data = yaml.safe_load("\n".join(matter)) if is_closed else None
    except (yaml.YAMLError, ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        yield from _lines_like(matter, 2)
        return
    like = {key: line for line, key, _value in _lines_like(matter, 2)}
    for key, value in data.items():
        if is_about_visibility(str(key)):
            # Whether it is repeated, YAML does not tell.
            count = max(1, sum(1 for _n, one, _v in _lines_like(matter, 2) if one == str(key)))
            yield from [(like.get(str(key), 2), str(key), value)] * count
        elif isinstance(value, dict):
            # Below another key, such as “myst”.
            for below in filter(is_about_visibility, map(str, value)):
                yield like.get(below, 2), f"{key}.{below}", value


def _above_heading(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines above the first heading, apart from text of some length."""
    for line in lines:
        if _HEADING.match(line):
            return
        yield line if len(line) < 80 else ""


def _lines_like(lines: Iterable[str], first: int) -> Iterator[Said]:
    """Find lines that seem to say for whom the page is."""
    for number, line in enumerate(lines, first):
        found = _KEY.fullmatch(line.rstrip())
        if found and is_about_visibility(found["key"]):
            yield number, found["key"], _unquoted(found["value"]) or None


def _of_fields(lines: Sequence[str]) -> Iterator[Said]:
    for number, line in enumerate(lines[:MOST_LINES], 1):
        found = FIELD.fullmatch(line.removeprefix("\ufeff").rstrip())
        is_indented = line[:1].isspace()
        if found and (_is_the_key if is_indented else is_about_visibility)(found["key"]):
            value = body_of_field(lines, number, _unquoted(found["value"]))
            yield number, found["key"], value or None
    if has_front_matter(lines):
        # As Markdown has it.
        yield from ((n, f"{key} (---)", value) for n, key, value in _lines_like(lines[1:20], 2))


def _unquoted(value: str) -> str:
    plain = re.sub(r"(^|\s)#.*", "", value).strip()
    quoted = re.fullmatch(r"""(["'])(.*)\1""", plain)
    return quoted[2].strip() if quoted else plain


def _unknown(key: str, value: object) -> Message:
    if key == VISIBILITY:
        shown = value if isinstance(value, str) else ""
        problem = Message("“{value}” is no {key}; use {known}", value=shown, key=key, known=LEVELS)
    else:
        problem = suggesting(Message("unknown key “{key}”", key=key), VISIBILITY)
    return _counting(problem)


def _repeated(line: int) -> Finding:
    message = Message("“{key}” stands here twice", key=VISIBILITY)
    return Finding(Mark(line), Code.VISIBILITY, _counting(message))


def _counting(problem: Message) -> Message:
    return Message(
        "{problem}; until then it counts as “{value}”",
        problem=problem,
        value=f"{VISIBILITY}: {STRICTEST}",
    )
