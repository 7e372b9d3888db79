"""``eventreports check --audience``: what a build leaves out, and why."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from sphinxcommon.messages import Message

from ..core.audience import LEVELS, Audience
from ..core.encodings import decode_anyway
from ..core.entity import Entity
from ..core.model import STRICTEST, Visibility
from ..core.page_blocks import blocks_of_markdown, blocks_of_restructuredtext, finding_of
from ..core.page_sections import block_parser
from ..core.page_visibility import visibility_of_page
from ..core.problems import Code, Mark, Problem
from ..loader import load
from .project import root_of, setting_of, shown_here

_SETTING: Final = "eventreports_default_visibility"


def left_out(files: Iterable[Path], pages: Iterable[Path], level: Visibility) -> Iterator[Problem]:
    """List what a build leaves out.

    :param files: The events' files.
    :param pages: The pages.
    :param level: For whom the build is.
    :yields: A hint for each event, part of an event, page and block.
    """
    folders = set()
    for file in files:
        root, path = root_of(file), shown_here(file)
        audience = Audience(level, default_of(root))
        seen = load(file, root, shown_path=path).seen_by(audience)
        if seen.is_left_out:
            folders.add(file.parent.resolve())
        for one in seen.left_out:
            yield _hint(path, one.entity.mark(), _name(one.entity), one.visibility)
        if seen.is_left_out and not seen.left_out:
            yield _hint(path, Mark(), Message("the event"), STRICTEST)
    for page in pages:
        if folders.isdisjoint(page.resolve().parents) and page.is_file():
            yield from _left_out_of_page(page, Audience(level))


def _left_out_of_page(page: Path, audience: Audience) -> Iterator[Problem]:
    lines = (decode_anyway(page.read_bytes()) or "").splitlines()
    path, is_markdown = shown_here(page), page.suffix != ".rst"
    level, finding = visibility_of_page(lines, is_markdown=is_markdown)
    if finding:
        yield Problem(path, *finding)
    if level and not audience.has(level):
        yield _hint(path, Mark(), Message("the page"), level)
        return
    blocks = (
        blocks_of_markdown(block_parser(), lines)
        if is_markdown
        else blocks_of_restructuredtext(lines)
    )
    end = 0
    for block in blocks:
        if fault := finding_of(block):
            yield Problem(path, *fault)
        written = block.level if block.level in LEVELS else STRICTEST
        if block.start >= end and not block.doubt and not audience.has(written):
            yield _hint(path, Mark(block.start + 1), Message("a block"), written)
            # What is within it is left out with it.
            end = block.body.stop


def _hint(path: str, mark: Mark, name: Message, level: Visibility) -> Problem:
    message = Message("{name} is left out: it is for “{level}”", name=name, level=level)
    return Problem(path, mark, Code.LEFT_OUT, message)


def _name(entity: Entity) -> Message:
    """Return what people call an entity, and its own name."""
    keys = ("title", "name", "path", "url")
    named = next((value for key in keys if (value := getattr(entity, key, None))), "")
    return Message("{kind} “{name}”", kind=Message(entity.called), name=str(named))


def default_of(root: Path) -> Visibility:
    """Return the level of events that say nothing, as ``conf.py`` has it in plain words."""
    level = setting_of(root, _SETTING)
    if level is None:
        return LEVELS[0]
    return level if level in LEVELS else STRICTEST
