"""``eventreports check``: what is wrong with the text of pages that needs no build to be seen."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sphinxcommon.messages import Message

from ..core.edits import split_lines
from ..core.encodings import decode
from ..core.model import Event
from ..core.problems import Code, Finding, Mark, Problem
from .project import shown_here


def problems_of_pages(
    pages: Iterable[Path], events: Mapping[Path, Event]
) -> Iterator[tuple[Path, list[Problem]]]:
    """Find what is wrong with pages; what else is, a build reports.

    :param pages: The pages.
    :param events: The events, by their folders.
    :yields: Each page that can be read as text, or of which that is wrong, and its problems.
    """
    for page in filter(Path.is_file, pages):
        path = shown_here(page)
        try:
            text = decode(page.read_bytes())
        except OSError as error:
            message = Message("cannot be read: {reason}", reason=str(error.strerror))
            yield page, [Problem(path, Mark(), Code.UNREADABLE, message)]
            continue
        if isinstance(text, Finding):
            yield page, [Problem(path, *text)]
        else:
            folder = next((one for one in page.parents if one in events), None)
            event = events[folder] if folder else None
            is_main = page.parent == folder and page.stem == "index"
            found = _findings(text, event, is_markdown=page.suffix != ".rst", is_main=is_main)
            yield page, [Problem(path, *one) for one in found]


def _findings(
    text: str, event: Event | None, *, is_markdown: bool, is_main: bool
) -> Iterator[Finding]:
    # What it imports would make each check slower that has no page.
    from ..core import headings, page_images

    lines, _ends = split_lines(text)
    if event and (is_main or "session" in text):
        yield from headings.differing(event, lines, is_markdown=is_markdown, is_main=is_main)
    for image in page_images.images(lines, is_markdown=is_markdown):
        if not image.has_text:
            message = Message("the picture “{path}” has no alternative text", path=image.path)
            if is_markdown:
                message = Message("{problem}; write what it shows into “![…]”", problem=message)
            yield Finding(Mark(image.line), Code.ALT_TEXT, message)
