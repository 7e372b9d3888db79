"""Pictures of the data: logos of organizations, and that of the event."""

import math
import re
from pathlib import Path
from typing import Final

from babel import Locale
from docutils import nodes
from sphinx.util.images import get_image_size

from ..core.dates import PartialDate, date_block
from ..core.files import local_image, on_disk
from ..core.model import Event, Organization
from .context import Context, line
from .covers import Size
from .nodes import event_cover, event_logo

#: The area of a logo in mm², and its greatest height in mm.
_LOGO: Final = (340, 20)
#: Those of an event's picture.
_EVENT_PICTURE: Final = (2000, 40)
#: Bytes at the beginning of an SVG among which its root element is.
_HEAD_OF_SVG: Final = 8192


def logos(context: Context, organization: Organization) -> list[event_logo]:
    """Return a logo for light and one for dark pages, or one for both."""
    light, dark = (
        picture(context, path) if path else None
        for path in (organization.logo, organization.logo_dark)
    )
    if light and dark:
        return [
            _image(context, light, _LOGO, "only-light"),
            _image(context, dark, _LOGO, "only-dark"),
        ]
    return [_image(context, path, _LOGO) for path in (light, dark) if path]


def event_picture(context: Context, event: Event) -> list[nodes.paragraph]:
    """Return the event's picture, if it has one that may be shown."""
    path = picture(context, event.image) if event.image else None
    return line([_image(context, path, _EVENT_PICTURE)] if path else [], "event-picture")


def head_cover(context: Context, event: Event) -> event_cover:
    """Return the cover at the head of an event's page, with its own picture if it has one."""
    path = picture(context, event.image) if event.image else None
    days = (event.first_date, event.last_date)
    node = cover_node(event.id, days, event.color, Size.HEAD, context.locale)
    node += [_image(context, path, _EVENT_PICTURE)] if path else []
    return node


def cover_node(
    event_id: str,
    days: tuple[PartialDate | None, PartialDate | None],
    color: str | None,
    size: Size,
    locale: Locale,
) -> event_cover:
    """Return the cover of an event.

    :param event_id: The event.
    :param days: Its first and its last day.
    :param color: Its own colour (``#rrggbb``), if it has one.
    :param size: Where the cover stands.
    :param locale: In which language it shows the days.
    :returns: The cover; a picture of the event's own (:class:`event_logo`) may be put into it.
    """
    block = date_block(*days, locale)
    return event_cover(
        event=event_id,
        date=days[0],
        color=color,
        size=size.name,
        large=block.large if block else "",
        beside=block.beside if block else (),
    )


def _image(context: Context, path: Path, size: tuple[int, int], *classes: str) -> event_logo:
    return event_logo(
        uri=f"/{path.relative_to(context.root).as_posix()}",
        # Screen readers read the name beside it.
        alt="",
        # Sphinx would link a picture with a width to its file.
        classes=["no-scaled-link", *classes],
        **_optical_size(path, *size),
    )


def picture(context: Context, path: str) -> Path | None:
    """Return the path of a picture; ``None`` if it may not be shown, which has been reported."""
    folder = context.root / context.folder
    try:
        local_image(path, folder, context.root, context.is_content)
    except ValueError:
        return None
    return folder / on_disk(path, folder)


def _optical_size(path: Path, area: int, most_height: int) -> dict[str, str]:
    """Return the width with which wide and square pictures take the same area, in mm²."""
    match _view_box(path) or get_image_size(path):
        case (int() | float()) as width, (int() | float()) as height if width and height:
            by_area = math.sqrt(area * width / height)
            return {"width": f"{min(by_area, most_height * width / height):.1f}mm"}
        case _:
            return {}


def _view_box(path: Path) -> tuple[float, float] | None:
    """Return the width and height of the ``viewBox`` of an SVG, which need not have a size."""
    if path.suffix.lower() != ".svg":
        return None
    try:
        head = path.read_bytes()[:_HEAD_OF_SVG].decode(errors="replace")
    except OSError:
        return None
    found = re.search(r"<svg\b[^>]*?\bviewBox\s*=\s*[\"']([^\"']*)", head)
    try:
        _x, _y, width, height = map(float, re.split(r"[\s,]+", found[1].strip() if found else ""))
    except ValueError:
        return None
    return width, height
