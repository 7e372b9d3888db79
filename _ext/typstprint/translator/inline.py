"""Text, and what stands within a line of it."""

import re
from typing import Final

from docutils import nodes
from sphinx import addnodes

from ..markup import boolean, call, string, strings
from ..tree_queries import is_in
from .base import BaseTranslator, wrap
from .words import pieces

_ICON: Final = re.compile(r"\bsd-(?:octicon|material-icon)-([\w-]+)")
_SIZE: Final = re.compile(r'(?<=\s)(?:width|height)="([\d.]+)(px|r?em)"')


class Inline(BaseTranslator):
    """Visitors of text and of inline elements, but for links, code and mathematics."""

    visit_emphasis = visit_manpage = visit_title_reference = wrap("emph")
    visit_literal_emphasis = wrap("aside")
    visit_strong = visit_literal_strong = wrap("strong")
    visit_struck = wrap("strike")
    visit_subscript = wrap("sub")
    visit_superscript = wrap("super")
    visit_abbreviation = visit_acronym = visit_generated = BaseTranslator.visit_children
    # What is wrong with it has been reported.
    visit_problematic = BaseTranslator.visit_children
    # Text of sphinx-design's.
    visit_PassthroughTextElement = BaseTranslator.visit_children  # noqa: N815
    visit_fontawesome = visit_index = BaseTranslator.skip

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802 - the name of the node class
        self.handled.add(id(node))
        for piece, is_long in pieces(node.astext()):
            literal = string(piece)
            self.add(call("breakable", literal) if is_long else literal + "\n")

    def visit_inline(self, node: nodes.Element) -> None:
        self.open(node, "span", strings(node["classes"]))

    def depart_abbreviation(self, node: nodes.Element) -> None:
        """Write what it means, once; not in titles, which are repeated, nor in code."""
        expanded = (node.astext(), node.get("explanation", ""))
        has_room = self._title is None and not is_in(node, (addnodes.desc_signature,))
        if expanded[1] and has_room and expanded not in self._explained:
            self._explained.add(expanded)
            self.add(string(f" ({expanded[1]})") + "\n")

    def visit_line_break(self, node: nodes.Element) -> None:
        self.replace(call("linebreak"))

    def visit_bullet(self, _node: nodes.Element) -> None:
        self.add(call("bullet"))

    def visit_checkbox(self, node: nodes.Element) -> None:
        self.replace(call("checkbox", boolean(node["checked"])))

    def visit_sd_icon(self, node: nodes.Element) -> None:
        """Write the picture of an icon of sphinx-design, which is in its node."""
        svg: str = node["svg"]
        name = _ICON.search(svg)
        alt = name[1].replace("-", " ").replace("_", " ") if name else ""
        # The last one is the height; in pixels, of which an em has 16 where nothing else is said.
        *_width, (number, unit) = _SIZE.findall(svg) or [("1", "em")]
        height = float(number) / (16 if unit == "px" else 1)
        plain = _SIZE.sub("", svg).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        self.replace(call("icon", string(plain), string(alt), height=f"{height:g}em"))
