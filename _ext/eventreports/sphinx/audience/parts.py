"""The parts of pages that are left out: the notes of sessions, and blocks.

Notes are cut before the page is parsed: a label, a term or a function of a section would stay in
the inventory if its nodes were removed afterwards. The lines are left blank, so that messages keep
their places. Of blocks the directive ``event:only`` parses nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any, Final

from markdown_it import MarkdownIt
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError, FiletypeNotFoundError
from sphinx.util import get_filetype

from sphinxcommon.messages import Message

from ...core.audience import LEVELS
from ...core.encodings import decode_anyway
from ...core.model import STRICTEST
from ...core.names import composed
from ...core.page_sections import (
    Section,
    may_name_events,
    sections_of_markdown,
    sections_of_restructuredtext,
)
from ...core.problems import Code, Mark, Problem
from ...loader import LoadedEvent
from ...render.labels import message_text
from ..domain import event_domain
from ..logging import report
from ..markups import filetype, first_line
from ..page_markup import block_parser
from ..page_markup.restructuredtext import places_of_text

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
#: The target of links that are defined in what is left out.
LEFT_OUT: Final = "eventreports-left-out"


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
    found: Iterable[Section] = ()
    if not _may_be_left_out(env, docname, lines):
        return []
    if markup == "restructuredtext":
        found = sections_of_restructuredtext(lines)
    elif markup in ("markdown", "myst-nb"):
        found = sections_of_markdown(block_parser(env), lines)
    return [(one.start, one.end) for one in found if _is_left_out(env, docname, one)]


def _may_be_left_out(env: BuildEnvironment, docname: str, lines: Iterable[str]) -> bool:
    """Return whether a page needs a closer look: nearly all have no section that is left out."""
    library = event_domain(env).library
    folder = library.folder_of_page(docname)
    if folder is not None and library.load(folder).left_out_sessions:
        return True
    return may_name_events(lines)


def _is_left_out(env: BuildEnvironment, docname: str, home: Section) -> bool:
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


def _is_of_left_out(loaded: LoadedEvent, home: Section) -> bool:
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


def _blocks_of_markdown(parser: MarkdownIt, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Find blocks that are for some, also within other directives: the level and the text."""
    for token in parser.parse("\n".join([*lines, ""])):
        info = token.info.strip() if token.type.endswith("fence") else ""
        if found := _BLOCK_INFO.match(info):
            yield found["level"].strip(), token.content
        elif info.startswith("{"):
            yield from _blocks_of_markdown(parser, token.content.split("\n"))


# reStructuredText


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
