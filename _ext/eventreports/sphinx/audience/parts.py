"""The parts of pages that are left out: the notes of sessions, and blocks.

They are cut before the page is parsed: a label, a term or a function of a section would stay in the
inventory if its nodes were removed afterwards, and the text of a block in the nodes around it. The
lines are left blank, so that messages keep their places.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
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
from ...core.page_blocks import (
    Block,
    blocks_of_markdown,
    blocks_of_restructuredtext,
    finding_of,
    may_have_blocks,
)
from ...core.page_sections import (
    Section,
    may_name_events,
    sections_of_markdown,
    sections_of_restructuredtext,
)
from ...core.problems import Problem
from ...loader import LoadedEvent
from ...render.labels import message_text
from ..domain import event_domain
from ..logging import report
from ..markups import filetype
from ..page_markup import block_parser, names_of
from ..page_markup.names import DOMAIN

#: The target of links that are defined in what is left out.
LEFT_OUT: Final = "eventreports-left-out"
_OF_REST: Final = "restructuredtext"
_QUOTED: Final = re.compile(r"[\s>]*")


def setup(app: Sphinx) -> None:
    """Connect the handlers."""
    # Before faults of pages are reported; and sections again when what is clear is repaired.
    app.connect("source-read", cut, priority=550)
    app.connect("source-read", cut_sections, priority=650)
    app.connect("include-read", cut_included)


def cut(app: Sphinx, docname: str, source: list[str]) -> None:
    """Blank the homes of sessions, and the blocks, that are left out."""
    cut_sections(app, docname, source)
    path = app.env.doc2path(docname, base=False).as_posix()
    source[0] = _without_blocks(app.env, filetype(app.env, docname), source[0], path)


def cut_sections(app: Sphinx, docname: str, source: list[str]) -> None:
    """Blank the sections that are the homes of sessions that are left out."""
    markup = filetype(app.env, docname)
    source[0] = _without_sections(app.env, [docname], markup, source[0])


def cut_included(app: Sphinx, path: Path, _docname: str, content: list[str]) -> None:
    """Do so in a file that a page includes, which is of the event of one or the other."""
    name, markup = _in_source(app.env, path), markup_of(app.env, path)
    around = [app.env.docname, name]
    content[0] = _without_sections(app.env, around, markup, content[0], is_part=True)
    content[0] = _without_blocks(app.env, markup, content[0], name)


def markup_of(env: BuildEnvironment, path: Path) -> str:
    """Return the markup of a file; that of the page which is read where it is not known."""
    try:
        return get_filetype(env.config.source_suffix, path)
    except FiletypeNotFoundError:
        return filetype(env, env.docname)


def _in_source(env: BuildEnvironment, path: Path) -> str:
    """Return the path of a file from the source directory, as far as it is in there."""
    for root in (Path(env.srcdir), Path(env.srcdir).resolve()):
        if path.is_relative_to(root):
            return composed(path.relative_to(root).as_posix())
    return path.as_posix()


# Blocks


def _without_blocks(env: BuildEnvironment, markup: str, text: str, path: str) -> str:
    """Return a text without the blocks that are left out; report what is no clear block.

    :param env: The environment.
    :param markup: Its markup.
    :param text: The text.
    :param path: Its file, for messages.
    :returns: The text.
    """
    lines = text.split("\n")
    for block, left_out in list(_blocks(env, markup, text)):
        if finding := finding_of(block):
            report(Problem(path, *finding), env.srcdir, env.config)
        if left_out:
            body = lines[left_out.start : left_out.stop]
            event_domain(env).note_left_out(env.docname, "\n".join(body))
            # A quote goes on.
            quoted = (_QUOTED.match(line) for line in body)
            lines[left_out.start : left_out.stop] = [one[0].rstrip() for one in quoted if one]
    return "\n".join(lines)


def _blocks(env: BuildEnvironment, markup: str, text: str) -> Iterator[tuple[Block, range]]:
    """Find the blocks of a text, and of each the lines that are left out of the build.

    Those within what is left out are not looked at. From the first block on that is not clear all
    counts as the strictest.
    """
    if not may_have_blocks(text):
        return
    audience = event_domain(env).library.audience
    lines = text.split("\n")
    is_directive = partial(_is_directive, env)
    if markup == _OF_REST:
        blocks = blocks_of_restructuredtext(lines, is_directive)
    else:
        blocks = blocks_of_markdown(block_parser(env), lines, is_directive)
    end = 0
    for block in blocks:
        if block.start < end:
            continue
        level = block.level if block.level in LEVELS else STRICTEST
        if block.doubt and not audience.has(STRICTEST):
            yield block, range(block.around, len(lines))
            return
        is_left_out = not block.doubt and not audience.has(level)
        yield block, block.body if is_left_out else range(0)
        end = block.body.stop if is_left_out else 0


def _is_directive(env: BuildEnvironment, name: str, argument: str) -> bool:
    """Return whether pages may use a directive; Sphinx's “only” takes the tags of the build."""
    if name == "only":
        return bool(env._app.tags.has(argument))
    names = names_of(env)
    return name.removeprefix(f"{DOMAIN}:") in names.directives or names.is_directive(name)


# The notes of sessions


def _without_sections(
    env: BuildEnvironment, around: Sequence[str], markup: str, text: str, *, is_part: bool = False
) -> str:
    """Return a text without the sections that are left out.

    :param env: The environment.
    :param around: The files whose events it may be about: the page, and the file that it includes.
    :param markup: Its markup.
    :param text: The text.
    :param is_part: Whether more may follow.
    :returns: The text.
    :raises ExtensionError: If the end of a section is not in the text.
    """
    lines = text.split("\n")
    for start, end in _sections(env, around, markup, lines):
        if is_part and end == len(lines):
            message = Message(
                "{page} includes a file that ends with the notes of a session that is not for this "
                "build, and where these end cannot be seen; write them into the page, or end the "
                "file with another heading",
                page=env.docname,
            )
            raise ExtensionError(message_text(message), modname="eventreports")
        event_domain(env).note_left_out(env.docname, "\n".join(lines[start:end]))
        lines[start:end] = [""] * (end - start)
        if markup != _OF_REST:
            _define_links(block_parser(env), text, lines, range(start + 1, end))
    return "\n".join(lines)


def parts_left_out(env: BuildEnvironment, path: Path, docname: str = "") -> Iterator[str]:
    """Return the text of each part of a file that is left out.

    :param env: The environment.
    :param path: The file.
    :param docname: The page that it is, or that is being read.
    :yields: The texts.
    """
    markup = get_filetype(env.config.source_suffix, path) if docname else markup_of(env, path)
    text = decode_anyway(path.read_bytes()) or ""
    lines = text.split("\n")
    around = [docname or env.docname, _in_source(env, path)]
    parts = [range(*one) for one in _sections(env, around, markup, lines)]
    parts += [left_out for _block, left_out in _blocks(env, markup, text)]
    for one in filter(None, parts):
        yield "\n".join(lines[one.start : one.stop])


def _sections(
    env: BuildEnvironment, around: Sequence[str], markup: str, lines: Sequence[str]
) -> list[tuple[int, int]]:
    """Return the first line of each section that is left out, and the first one behind it."""
    found: Iterable[Section] = ()
    if not _may_be_left_out(env, around, lines):
        return []
    if markup == _OF_REST:
        found = sections_of_restructuredtext(lines)
    elif markup in ("markdown", "myst-nb"):
        found = sections_of_markdown(block_parser(env), lines, are_likely=True)
    return [
        (one.start, one.end)
        for one in found
        if any(_is_left_out(env, page, one) for page in around)
    ]


def _may_be_left_out(env: BuildEnvironment, around: Iterable[str], lines: Iterable[str]) -> bool:
    """Return whether a page needs a closer look: nearly all have no section that is left out."""
    library = event_domain(env).library
    folders = {folder for page in around if (folder := library.folder_of_page(page)) is not None}
    return any(library.load(one).left_out_sessions for one in folders) or may_name_events(lines)


def _is_left_out(env: BuildEnvironment, page: str, home: Section) -> bool:
    library = event_domain(env).library
    folder = library.folder_of_page(page)
    if home.named is None and folder is None:
        return False
    of_others = (one.rpartition("/") for one in home.named or ())
    if any(event and library.leaves_out(event, session) for event, _, session in of_others):
        return True
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
