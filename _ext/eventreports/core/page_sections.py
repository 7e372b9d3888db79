"""The sections of pages, and which of them open with a directive that names a session.

They are found in the text, before anything parses the page as a whole.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin

#: What may stand between a heading and the directive that makes its section a session's home.
_UNSEEN_TOKENS: Final = {
    *("myst_target", "myst_line_comment", "footnote_reference_open", "footnote_reference_close"),
}
_INFO: Final = re.compile(r"\{\s*event\s*[:.]\s*sessions?\s*\}\s*(?P<argument>.*)", re.IGNORECASE)
_DIRECTIVE: Final = re.compile(
    r"\s{0,3}\.\.\s+event\s*:\s*sessions?\s*::?\s*(?P<argument>.*)", re.IGNORECASE
)
#: The option that names another event than that of the page; MyST takes YAML, too.
_OPTION: Final = re.compile(r"\s*(?::event:\s*|event:\s)(?P<event>.*\S)\s*")
_LIKE_OPTION: Final = re.compile(r"[\s>*+-]*event:\s")
_ADORNMENT: Final = re.compile(r"([!-/:-@\[-`{-~])\1*\s*")
#: What its author takes for a heading, and no parser does.
_LIKE_HEADING: Final = re.compile(
    r"\s*(?:[-*+>]\s+)*(?:[#＃]{1,6}.*|(\*\*|__).+\1|<h[1-6]\b.*)\s*", re.IGNORECASE
)
_EXPLICIT: Final = re.compile(r"\.\.(\s+(?![\w:.+-]+::)|$)")


class Section(NamedTuple):
    """A section, as lines from 0: ``end`` is the first one behind it.

    :param head: The lines of its heading, with those of signs around or below it.
    :param named: What its directive says of the session whose notes it has, if it opens with one.
    """

    start: int
    end: int
    heading: str
    head: range
    named: list[str] | None = None
    event: str | None = None


# Markdown


def block_parser(*, only_blocks: bool = True) -> MarkdownIt:
    """Return a parser of MyST's Markdown where no site says which parts of it are used.

    :param only_blocks: Whether what is within paragraphs and headings is left as it is.
    :returns: The parser.
    """
    parser = MarkdownIt("commonmark").enable("table")
    for plugin in (front_matter_plugin, colon_fence_plugin, myst_block_plugin):
        parser.use(plugin)
    if only_blocks:
        parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def sections_of_markdown(
    parser: MarkdownIt, lines: Sequence[str], *, are_likely: bool = False
) -> Iterator[Section]:
    """Find the sections of a page in Markdown, apart from those within blocks.

    :param parser: A parser of the blocks of the page.
    :param lines: The lines of the page.
    :param are_likely: Whether what only looks like a heading begins one, too, right above a
        directive that names a session.
    :yields: The sections, in the order of their headings.
    """
    blocks = parser.parse("\n".join([*lines, ""]))
    tokens = [one for one in blocks if one.level == 0 and one.map]
    headings = [place for place, token in enumerate(tokens) if token.type == "heading_open"]
    likely = {
        place
        for place, token in enumerate(tokens)
        if are_likely and _is_like_heading(lines, token) and _opener(tokens, place)
    }
    for place in sorted({*headings, *likely}):
        head = range(*(tokens[place].map or [0, 0]))
        tag = tokens[place].tag
        if place in likely:
            # It is as deep as the section that it stands in; that of the page is of all.
            above = max((one for one in headings if one < place), default=None)
            tag = "h6" if above is None else max("h2", tokens[above].tag)
        ends = [one for one in headings if one > place and tokens[one].tag <= tag]
        ends += [one for one in likely if one > place] if place in likely else []
        end = min(ends, default=None)
        stop = len(lines) if end is None else _first_line(tokens, end)
        heading = lines[head.start].strip().strip("#").strip()
        section = Section(_first_line(tokens, place), stop, heading, head)
        if opener := _opener(tokens, place):
            argument, content = opener
            body = [one.strip() for one in content.split("\n")]
            section = section._replace(named=_names(argument, body), event=_event_option(body))
        yield section


def _opener(tokens: Sequence[Token], place: int) -> tuple[str, str] | None:
    """Return the argument and the body of the directive that opens the section of a heading."""
    opener = next((one for one in tokens[place + 1 :] if not _is_unseen(one)), None)
    if opener is None or not opener.type.endswith("fence"):
        return None
    info, content = opener.info.strip(), opener.content
    found = _INFO.match(info)
    if info == "{eval-rst}":
        first, _newline, content = content.lstrip().partition("\n")
        found = _DIRECTIVE.match(first)
    return (found["argument"], content) if found else None


def _is_like_heading(lines: Sequence[str], token: Token) -> bool:
    if token.type == "heading_open" or not token.map:
        return False
    written = [line for line in lines[slice(*token.map)] if line.strip()]
    return len(written) == 1 and _LIKE_HEADING.fullmatch(written[0]) is not None


def _names(argument: str, body: Iterable[str]) -> list[str]:
    """Return what a directive may name a session by: its argument, or its body; each word of it."""
    texts = [argument, *(one for one in body if one and not one.startswith(":"))]
    plain = [text.strip().strip("\"'“”") for text in texts]
    return [word for text in plain for word in (text, *text.replace(",", " ").split())]


def _is_unseen(token: Token) -> bool:
    is_comment = token.type == "html_block" and token.content.lstrip().startswith("<!--")
    return is_comment or token.type in _UNSEEN_TOKENS


def _first_line(tokens: Sequence[Token], place: int) -> int:
    """Return the first line of a heading, or of the targets right above it."""
    while place and tokens[place - 1].type == "myst_target":
        place -= 1
    return (tokens[place].map or [0])[0]


def _event_option(content: Iterable[str]) -> str | None:
    found = filter(None, map(_OPTION.fullmatch, content))
    return next((one["event"].strip("\"'") for one in found), None)


def may_name_events(lines: Iterable[str]) -> bool:
    """Return whether lines may name the event of a directive: in an option, or before a session."""
    return any(
        ":event:" in line or _LIKE_OPTION.match(line) or ("session" in line and "/" in line)
        for line in lines
    )


# reStructuredText


class _Heading(NamedTuple):
    """A heading: its lines from 0, and the adornments that tell its level."""

    start: int
    end: int
    style: tuple[str, bool]


def sections_of_restructuredtext(lines: Sequence[str]) -> Iterator[Section]:
    """Find the sections of a page in reStructuredText, in the order of their headings."""
    headings = list(_headings(lines))
    styles = list(dict.fromkeys(one.style for one in headings))
    for number, heading in enumerate(headings):
        place = _behind_unseen(lines, heading.end)
        found = _DIRECTIVE.match(lines[place]) if place < len(lines) else None
        level = styles.index(heading.style)
        ends = (one for one in headings[number + 1 :] if styles.index(one.style) <= level)
        end = next(ends, None)
        stop = len(lines) if end is None else _above_targets(lines, end.start)
        start = _above_targets(lines, heading.start)
        around = heading.end - heading.start > 2
        head = range(heading.start, heading.end)
        section = Section(start, stop, lines[heading.start + around].strip(), head)
        if found:
            below = takewhile(lambda one: not one.strip() or one[0].isspace(), lines[place + 1 :])
            body = [one.strip() for one in below]
            named = _names(found["argument"], body)
            section = section._replace(named=named, event=_event_option(body))
        yield section


def _headings(lines: Sequence[str]) -> Iterator[_Heading]:
    """Find headings as docutils does: a text with a line of signs below it, or around it."""
    place = 0
    while place < len(lines):
        line, above = lines[place], lines[place - 1] if place else ""
        around = lines[place : place + 3]
        if _is_adornment(line) and not above.strip() and len(around) == 3:
            is_around = around[1].strip() and around[2].rstrip() == line.rstrip()
            if is_around and not _is_adornment(around[1]):
                yield _Heading(place, place + 3, (line[0], True))
                place += 3
                continue
        is_text = above.strip() and not _NO_HEADING.match(above) and not _is_adornment(above)
        if _is_adornment(line) and is_text and not (place > 1 and lines[place - 2].strip()):
            yield _Heading(place - 1, place + 1, (line[0], False))
        place += 1


#: What stands above a line of signs, and is no heading: code, items, explicit markup.
_NO_HEADING: Final = re.compile(r"\s|>>> |[-*+•|] |[#\w]{1,3}[.)] |\.\. |:[^:]+:")


def _is_adornment(line: str) -> bool:
    return len(line.rstrip()) > 1 and _ADORNMENT.fullmatch(line) is not None


def _behind_unseen(lines: Sequence[str], place: int) -> int:
    """Return the first line that is neither blank nor of a comment or target."""
    is_within = False
    for number in range(place, len(lines)):
        line = lines[number]
        if line.strip() and not (is_within and line[0].isspace()):
            is_within = _EXPLICIT.match(line) is not None
            if not is_within:
                return number
    return len(lines)


def _above_targets(lines: Sequence[str], place: int) -> int:
    """Return the first line of the targets right above a heading, or of the heading."""
    first = place
    for number in range(place - 1, -1, -1):
        # With an address behind it, it is a link's, and of the section above.
        if re.match(r"\.\. _[^`]*:\s*$|\.\. _`[^`]*`:\s*$|__\s*$", lines[number]):
            first = number
        elif lines[number].strip():
            break
    return first
