"""The parts of pages that are left out: the notes of sessions, and blocks.

Notes are cut before the page is parsed: a label, a term or a function of a section would stay in
the inventory if its nodes were removed afterwards. The lines are left blank, so that messages keep
their places. Of blocks the directive ``event:only`` parses nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any, Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError, FiletypeNotFoundError
from sphinx.util import get_filetype

from sphinxcommon.messages import Message

from ...core.audience import LEVELS
from ...core.encodings import decode_anyway
from ...core.model import STRICTEST
from ...core.names import composed
from ...core.problems import Code, Mark, Problem
from ...loader import LoadedEvent
from ...render.labels import message_text
from ..domain import event_domain
from ..logging import report
from ..markups import filetype, first_line
from ..page_markup import block_parser
from ..page_markup.restructuredtext import places_of_text

#: What may stand between a heading and the directive that makes its section a session's home.
_UNSEEN_TOKENS: Final = {"myst_target", "myst_line_comment"}
_INFO: Final = re.compile(r"\{\s*event\s*[:.]\s*sessions?\s*\}\s*(?P<argument>.*)", re.IGNORECASE)
_DIRECTIVE: Final = re.compile(
    r"\s{0,3}\.\.\s+event\s*:\s*sessions?\s*::?\s*(?P<argument>.*)", re.IGNORECASE
)
_BLOCK_INFO: Final = re.compile(r"\{event:only\}(?P<level>.*)")
_BLOCK: Final = re.compile(r"(?P<indent>\s*)\.\.\s+event:only::(?P<level>.*)")
#: What seems to begin a block, however it is misspelled.
_LIKE_BLOCK: Final = re.compile(
    r"[\s>*+-]*(?:[:`~'´‘’ˋ]{2,}\s*[{｛(\[]?|\.{1,3}|[{｛])\s*events?\s*[:：._-]{0,2}\s*onl[a-z]\b",
    re.IGNORECASE,
)
_LIKE_ROLE: Final = re.compile(r"[{｛:]\s*event\s*[:.]\s*only\s*[:}｝]", re.IGNORECASE)
_IN_CODE: Final = re.compile(r"(?<![`}｝])(`+)(?!`).+?(?<!`)\1(?!`)")
_SIGN_OF_BLOCK: Final = re.compile(r"event.{0,4}onl", re.IGNORECASE)
_OPTION: Final = re.compile(r"\s*:event:\s*(?P<event>.*\S)\s*")
_ADORNMENT: Final = re.compile(r"([!-/:-@\[-`{-~])\1*\s*")
#: The target of links that are defined in what is left out.
LEFT_OUT: Final = "eventreports-left-out"
_EXPLICIT: Final = re.compile(r"\.\.(\s+(?![\w:.+-]+::)|$)")


class Home(NamedTuple):
    """A section, as lines from 0: ``end`` is the first one behind it.

    ``named`` is what its directive says of the session whose notes it has, if it opens with one.
    """

    start: int
    end: int
    heading: str
    named: list[str] | None = None
    event: str | None = None


def setup(app: Sphinx) -> None:
    """Connect the handlers."""
    # Before faults of pages are reported, and again when what is clear of them is repaired.
    for priority in (550, 650):
        app.connect("source-read", cut, priority=priority)
    app.connect("source-read", cut_unread, priority=660)
    app.connect("include-read", cut_included)


def cut(app: Sphinx, docname: str, source: list[str]) -> None:
    """Blank the sections that are the homes of sessions that are left out."""
    source[0] = _without(app.env, filetype(app.env, docname), source[0])


def cut_unread(app: Sphinx, docname: str, source: list[str]) -> None:
    """Report a block that is none as it is written, and blank the rest of the page.

    Nobody knows for whom that is: it counts as a draft.
    """
    if not _SIGN_OF_BLOCK.search(source[0]):
        return
    markup = filetype(app.env, docname)
    lines = source[0].split("\n")
    place = next(iter(_unread(app.env, markup, lines)), None)
    if place is None:
        return
    message = Message(
        "“{written}” is no directive as it is written here; write “{right}”, its text, and "
        "“{end}” (or add “colon_fence” to “myst_enable_extensions”); until then the rest of the "
        "page counts as “{value}”",
        written=lines[place].strip().partition(" ")[0],
        right=first_line(app.env, "event:only", LEVELS[1]),
        end="" if markup == "restructuredtext" else "```",
        value=STRICTEST,
    )
    path = app.env.doc2path(docname, base=False).as_posix()
    report(Problem(path, Mark(place + 1), Code.VISIBILITY, message), app.srcdir, app.config)
    if not event_domain(app.env).library.audience.has(STRICTEST):
        lines[place:] = [""] * (len(lines) - place)
        source[0] = "\n".join(lines)
        event_domain(app.env).with_left_out[docname] = True


def _unread(env: BuildEnvironment, markup: str, lines: Sequence[str]) -> Iterator[int]:
    """Find lines that seem to begin a block, and are text to the parser."""
    if markup == "restructuredtext":
        for place in places_of_text(lines):
            if _LIKE_BLOCK.match(lines[place]) and not _BLOCK.match(lines[place]):
                yield place
        return
    for token in block_parser(env).parse("\n".join([*lines, ""])):
        if token.type == "inline" and token.map:
            yield from (
                n
                for n in range(*token.map)
                if _LIKE_BLOCK.match(lines[n]) or _LIKE_ROLE.search(_IN_CODE.sub("", lines[n]))
            )
        elif token.type.endswith("fence") and token.map:
            info = token.info.strip()
            if _LIKE_BLOCK.match(f"```{info}") and not _BLOCK_INFO.match(info):
                yield token.map[0]


def cut_included(app: Sphinx, path: Path, _docname: str, content: list[str]) -> None:
    """Do so in a file that a page includes, which is of the page's event."""
    try:
        markup = get_filetype(app.config.source_suffix, path)
    except FiletypeNotFoundError:
        markup = filetype(app.env, app.env.docname)
    content[0] = _without(app.env, markup, content[0], is_part=True)


def _without(env: BuildEnvironment, markup: str, text: str, *, is_part: bool = False) -> str:
    lines = text.split("\n")
    for start, end in _sections(env, env.docname, markup, lines):
        if is_part and end == len(lines):
            message = Message(
                "{page} includes a file that ends with the notes of a session that is not for this "
                "build, and where these end cannot be seen; write them into the page, or end the "
                "file with another heading",
                page=env.docname,
            )
            raise ExtensionError(message_text(message), modname="eventreports")
        lines[start:end] = [""] * (end - start)
        event_domain(env).with_left_out[env.docname] = True
        if markup != "restructuredtext":
            _define_links(block_parser(env), text, lines, range(start + 1, end))
    return "\n".join(lines)


def parts_left_out(env: BuildEnvironment, docname: str) -> Iterator[str]:
    """Return the text of each part of a page that is left out.

    :param env: The environment.
    :param docname: The page.
    :yields: The texts.
    """
    markup = filetype(env, docname)
    text = decode_anyway(Path(env.doc2path(docname)).read_bytes()) or ""
    lines = text.split("\n")
    for start, end in _sections(env, docname, markup, lines):
        yield "\n".join(lines[start:end])
    blocks = _blocks_of_restructuredtext
    if markup != "restructuredtext":
        blocks = partial(_blocks_of_markdown, block_parser(env))
    audience = event_domain(env).library.audience
    for written, content in blocks(lines):
        if written not in LEVELS or not audience.has(written):
            yield content


def _sections(
    env: BuildEnvironment, docname: str, markup: str, lines: Sequence[str]
) -> list[tuple[int, int]]:
    """Return the first line of each section that is left out, and the first one behind it."""
    homes = _HOMES.get(markup)
    found = homes(env, lines) if homes else ()
    return [(one.start, one.end) for one in found if _is_left_out(env, docname, one)]


def _is_left_out(env: BuildEnvironment, docname: str, home: Home) -> bool:
    library = event_domain(env).library
    folder = library.folder_of_page(docname)
    if home.named is None and folder is None:
        return False
    if home.event is not None:
        if library.leaves_out_event(home.event):
            return True
        folder = library.folder_of_event(home.event)
    loaded = library.load(folder) if folder is not None else None
    return loaded is not None and _is_of_left_out(loaded, home)


def _is_of_left_out(loaded: LoadedEvent, home: Home) -> bool:
    """Return whether a section is that of a session that is left out, however it says so.

    What names none of the others is taken for it: no build repairs what it cannot see.
    """
    if not loaded.left_out_sessions:
        return False
    if loaded.leaves_out(home.heading):
        return True
    if home.named is None:
        return False
    if any(map(loaded.leaves_out, home.named)):
        return True
    sessions = loaded.event.all_sessions if loaded.event else ()
    known = {one_id for one in sessions for one_id in (one.id, *one.old_ids)}
    is_known = any(composed(one).rpartition("/")[2] in known for one in home.named)
    titles = [one.title for one in sessions if one.title]
    return not is_known and not any(
        title.says(one) for title in titles for one in (home.heading, *home.named)
    )


# Markdown


def _define_links(parser: MarkdownIt, text: str, lines: list[str], free: range) -> None:
    """Define the links anew that a part defines that is left out, for texts that have them.

    Without a definition, Markdown takes ``[text][label]`` for text.

    :param parser: The parser of blocks.
    :param text: The page as it is written.
    :param lines: Its lines, without the part; changed.
    :param free: The lines of the part that may be written to.
    """
    links: dict[str, Any] = {}
    parser.parse(text, links)
    kept = "\n".join(lines).casefold()
    labels = [
        label.casefold()
        for label, link in links.get("references", {}).items()
        if link["map"][0] in free and f"[{label.casefold()}]" in kept
    ]
    for line, label in zip(free, labels, strict=False):
        lines[line] = f"[{label}]: #{LEFT_OUT}"


def _of_markdown(env: BuildEnvironment, lines: Sequence[str]) -> Iterator[Home]:
    blocks = block_parser(env).parse("\n".join([*lines, ""]))
    tokens = [one for one in blocks if one.level == 0 and one.map]
    headings = [place for place, token in enumerate(tokens) if token.type == "heading_open"]
    for place in headings:
        opener = next((one for one in tokens[place + 1 :] if not _is_unseen(one)), None)
        found = opener and opener.type.endswith("fence") and _INFO.match(opener.info.strip())
        tag, line = tokens[place].tag, (tokens[place].map or [0])[0]
        ends = (one for one in headings if one > place and tokens[one].tag <= tag)
        end = next(ends, None)
        stop = len(lines) if end is None else _first_line(tokens, end)
        heading = lines[line].strip().strip("#").strip()
        home = Home(_first_line(tokens, place), stop, heading)
        if opener and found:
            body = [one.strip() for one in opener.content.split("\n")]
            named = _names(found["argument"], body)
            home = home._replace(named=named, event=_event_option(body))
        yield home


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
    return next((one["event"] for one in found), None)


def _blocks_of_markdown(parser: MarkdownIt, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Find blocks that are for some, also within other directives: the level and the text."""
    for token in parser.parse("\n".join([*lines, ""])):
        info = token.info.strip() if token.type.endswith("fence") else ""
        if found := _BLOCK_INFO.match(info):
            yield found["level"].strip(), token.content
        elif info.startswith("{"):
            yield from _blocks_of_markdown(parser, token.content.split("\n"))


# reStructuredText


class _Heading(NamedTuple):
    """A heading: its lines from 0, and the adornments that tell its level."""

    start: int
    end: int
    style: tuple[str, bool]


def _of_restructuredtext(_env: BuildEnvironment, lines: Sequence[str]) -> Iterator[Home]:
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
        home = Home(start, stop, lines[heading.start + around].strip())
        if found:
            below = takewhile(lambda one: not one.strip() or one[0].isspace(), lines[place + 1 :])
            body = [one.strip() for one in below]
            named = _names(found["argument"], body)
            home = home._replace(named=named, event=_event_option(body))
        yield home


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


def _blocks_of_restructuredtext(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Find blocks that are for some: the level and the text."""
    for number, line in enumerate(lines):
        if found := _BLOCK.match(line):
            indent = len(found["indent"])
            below = takewhile(
                lambda one: not one.strip() or len(one) - len(one.lstrip()) > indent,  # noqa: B023
                lines[number + 1 :],
            )
            yield found["level"].strip(), "\n".join(below)


_HOMES: Final[Mapping[str, Callable[[BuildEnvironment, Sequence[str]], Iterator[Home]]]] = {
    "markdown": _of_markdown,
    "myst-nb": _of_markdown,
    "restructuredtext": _of_restructuredtext,
}
