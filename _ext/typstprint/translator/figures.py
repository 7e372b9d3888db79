"""Images and figures."""

import re
from pathlib import PurePosixPath
from typing import Final

from docutils import nodes

from ..markup import CLOSE, OPEN, arguments, call, string
from ..tree_queries import is_in
from .base import wrap
from .links import LONGEST_ADDRESS, Links

_LENGTH: Final = re.compile(r"\s*([\d.]+)\s*(%|[a-z]*)\s*")
#: Typst's units, and CSS's and docutils' that it has not, in its own.
_UNITS: Final = {
    "": (0.75, "pt"),
    "px": (0.75, "pt"),
    "rem": (12.0, "pt"),
    "pc": (12.0, "pt"),
    "ex": (0.5, "em"),
    "ch": (0.5, "em"),
    **{unit: (1.0, unit) for unit in ("pt", "mm", "cm", "in", "em", "%")},
}


class Figures(Links):
    """Visitors of images and figures."""

    visit_caption = wrap("caption")
    visit_legend = wrap("legend")

    def visit_image(self, node: nodes.Element) -> None:
        name = self.printout.images.get(node["uri"])
        if name is None:
            self._instead_of_image(node)
        # As in HTML: without words of the author's a picture has its file's name, and an empty
        # text says that it is an ornament.
        alt = node.get("alt", PurePosixPath(node["uri"]).name)
        function = "inline-picture" if isinstance(node.parent, nodes.TextElement) else "picture"
        # Made here, not in the template: so a fault of the picture's has its place.
        path = string(f"/{self.builder.imagedir}/{name}")
        made = (
            f"image({arguments(path, alt=string(alt))})" if alt else f"pdf.artifact(image({path}))"
        )
        self.replace(call(function, made, **_size_of(node)))

    def _instead_of_image(self, node: nodes.Element) -> None:
        """Write the alternative text of an image that is not there, and its address."""
        address, words = node["uri"], node.get("alt", "")
        is_link = "://" in address and len(address.encode()) <= LONGEST_ADDRESS
        if is_link and not is_in(node.parent, (nodes.reference,)):
            text = self.weblink_of_image(address, words)
        else:
            text = string(words) + "\n"
        # Beside other blocks it is one, too.
        is_inline = isinstance(node.parent, nodes.TextElement)
        self.replace(text if is_inline else call("paragraph", "()", f"{OPEN}{text}{CLOSE}"))

    def visit_figure(self, node: nodes.Element) -> None:
        words = (nodes.caption, nodes.legend)
        caption, legend = (self.part_of(node, kind) for kind in words)
        number = self._number("figure", node)
        content = self.rendered(one for one in node.children if not isinstance(one, words))
        self.replace(call("figure-of", content, caption, number, legend, **place_of(node)))


def place_of(node: nodes.Element) -> dict[str, str]:
    """Return how wide an image, a figure or a table is to be, and at which side."""
    align = node.get("align")
    alignment = align if align in ("left", "center", "right") else ""
    return {"width": _length(node.get("width", "")), "alignment": alignment}


def _size_of(image: nodes.Element) -> dict[str, str]:
    scale = f"{image['scale']}%" if image.get("scale") else ""
    # The last is set by who shortens a document.
    heights = {key: _length(image.get(key, "")) for key in ("height", "highest")}
    return place_of(image) | heights | {"scale": scale}


def _length(text: str) -> str:
    """Return a length of CSS or docutils as Typst has it; nothing for none and of none."""
    match = _LENGTH.fullmatch(text)
    if match is None or match[2] not in _UNITS:
        return ""
    factor, unit = _UNITS[match[2]]
    number = float(match[1]) * factor
    return f"{number:g}{unit}" if number else ""
