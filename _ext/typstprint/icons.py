"""Icons of sphinx-design's, whose pictures are in their nodes."""

from __future__ import annotations

import re
from typing import Final

from docutils import nodes

from .markup import call, string
from .writer import Writer

_ICON: Final = re.compile(r"\bsd-(?:octicon|material-icon)-([\w-]+)")
_SIZE: Final = re.compile(r'(?<=\s)(?:width|height)="([\d.]+)(px|r?em)"')


class Icons(Writer):
    def visit_sd_icon(self, node: nodes.Element) -> None:
        svg: str = node["svg"]
        name = _ICON.search(svg)
        alt = name[1].replace("-", " ").replace("_", " ") if name else ""
        # The last one is the height; in pixels, of which an em has 16 where nothing else is said.
        *_width, (number, unit) = _SIZE.findall(svg) or [("1", "em")]
        height = float(number) / (16 if unit == "px" else 1)
        plain = _SIZE.sub("", svg).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        self.add(call("icon", string(plain), string(alt), height=f"{height:g}em"))
        raise nodes.SkipNode
