"""Have covers where they are shown, and the files that they need."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.images import get_image_size

from sphinxcommon.files import short_digest, write_whole

from ...core.dates import PartialDate
from ...core.photos import format_of, is_opaque
from ...render.covers import Size, cover
from ...render.nodes import event_cover
from ..builders.image_names import add_image
from .base import WebTransform

#: A picture fills the cover if it is at least that wide, in pixels.
_LEAST_WIDTH: Final = 640
#: What is drawn may have words up to its edges: so much of it is to be seen at least.
_LEAST_SHOWN: Final = 0.8


class Covers(WebTransform):
    """Draw the covers in lists into files.

    Sphinx copies the files, as all pictures that a page has, and ``sphinxcommon`` removes those
    that no page has any longer. It runs when lists of events are filled and pages of events have
    their heads, and before Sphinx looks for pictures to convert.
    """

    default_priority = 70

    def run(self, **kwargs: object) -> None:
        for node in self.document.findall(event_cover):
            if node.children:
                self._prepare(node)
            elif node["size"] != Size.HEAD.name:
                node += self._drawn(node)

    def _prepare(self, node: event_cover) -> None:
        """Prepare a picture of the event's own, which fills the cover or stands on it."""
        (image,) = node.children
        assert isinstance(image, nodes.image)
        if "candidates" not in image:
            # Sphinx has not seen it when it read the page.
            image["uri"] = image["uri"].lstrip("/")
            image["candidates"] = {"*": image["uri"]}
            add_image(self.env, self.env.docname, image["uri"])
        is_filled = _fills(Path(self.env.srcdir, image["uri"]), Size[node["size"]])
        node["classes"].append("event-cover-photo" if is_filled else "event-cover-logo")

    def _drawn(self, node: event_cover) -> nodes.image:
        size = Size[node["size"]]
        path = drawn_cover(self.env, node["event"], node["date"], node["color"], size)
        # Unlike other pictures it is named after what is in it.
        self.env.images.add_file(self.env.docname, str(path))
        return nodes.image(uri=str(path), candidates={"*": str(path)}, alt="")


def drawn_cover(
    env: BuildEnvironment, event_id: str, date: PartialDate | None, color: str | None, size: Size
) -> Path:
    """Draw a cover into a file beside the doctrees, named after what is in it.

    :param env: The environment.
    :param event_id: The event.
    :param date: Its first day.
    :param color: Its colour, if it has one.
    :param size: Where the cover stands.
    :returns: The path of the file.
    """
    path = Path(env.doctreedir, "covers", _file_name(event_id, date, color, size))
    if not path.exists():
        write_whole(path, cover(event_id, date, color, size))
    return path


@lru_cache(maxsize=1 << 14)
def _file_name(event_id: str, date: PartialDate | None, color: str | None, size: Size) -> str:
    return f"cover-{short_digest(cover(event_id, date, color, size))}.svg"


def _fills(picture: Path, size: Size) -> bool:
    """Return whether a picture is a photograph, or drawn for a cover: a banner of the event."""
    width, height = get_image_size(picture) or (0, 0)
    if width < _LEAST_WIDTH or not is_opaque(picture):
        return False
    across, down = width / size.value[0], height / size.value[1]
    return format_of(picture) != "PNG" or min(across, down) >= _LEAST_SHOWN * max(across, down)
