"""Pictures of the pages of events in HTML: sized, loaded when they are near, and opened large."""

from pathlib import PurePosixPath
from typing import Final, cast

from docutils import nodes
from sphinx.util.images import get_image_size

from ...render.nodes import ancestors, event_cover, event_logo, note_picture
from .base import WebTransform

#: In pixels: what is smaller both ways has nothing to show that the page does not.
_LARGE: Final = 400


class Pictures(WebTransform):
    """Give each picture its size, and a class to those that open large.

    Sphinx makes what has a size a link to its file, if the site wants that; so pictures open
    without a script too. This runs after pictures have been converted.
    """

    default_priority = 300

    def run(self, **kwargs: object) -> None:
        found = [one for one in self.document.findall(nodes.image) if self._is_of_event(one)]
        for number, image in enumerate(found):
            around = [one for one in ancestors(image) if isinstance(one, nodes.section)]
            if number or len(around) > 1:
                image["loading"] = "lazy"
            self._prepare(image)

    def _is_of_event(self, image: nodes.image) -> bool:
        """Return whether a picture is on the page of an event.

        In singlehtml that is one of many, which are still trees of their own upwards.
        """
        *around, page = ancestors(image)
        docname = self.env.path2doc(page["source"])
        is_cover = any(isinstance(one, event_cover) for one in around)
        return bool(docname and not is_cover and self.domain.library.event_of_page(docname))

    def _prepare(self, image: nodes.image) -> None:
        size = get_image_size(self.env.srcdir / image["uri"])
        is_sized = any(key in image for key in ("width", "height", "scale"))
        if not isinstance(image, event_logo):
            is_large = size is not None and max(size) >= _LARGE and _stands_alone(image)
            if is_large:
                image["classes"].append("event-large")
                image["label"] = image.get("alt") or _name_of(image)
            elif not is_sized:
                image["classes"].append("no-scaled-link")
            picture = note_picture(image.rawsource, **image.attributes)
            picture.source, picture.line = image.source, image.line
            image.replace_self(picture)
            image = picture
        if size and not is_sized:
            image["width"], image["height"] = map(str, size)
        elif size and not ("scale" in image or {"width", "height"} <= image.attributes.keys()):
            image["ratio"] = "{} / {}".format(*size)


def _stands_alone(image: nodes.image) -> bool:
    """Return whether there are no words beside a picture, as beside a sign in a text."""
    around = cast(nodes.Element, image.parent)
    if not isinstance(around, nodes.TextElement):
        return True
    is_line = isinstance(around, nodes.paragraph)
    others = (one for one in around.children if not isinstance(one, nodes.image))
    return is_line and not any(one.astext().strip() for one in others)


def _name_of(image: nodes.image) -> str:
    """Return what a picture is called that its author has not described."""
    captions = [one for one in image.parent.children if isinstance(one, nodes.caption)]
    return captions[0].astext() if captions else PurePosixPath(image["uri"]).name
