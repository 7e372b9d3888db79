"""Admonitions, quotations, and containers."""

from docutils import nodes
from sphinx.locale import admonitionlabels

from ..markup import array, call, string, strings
from .base import BaseTranslator, wrap
from .links import Links


class Blocks(Links):
    """Visitors of blocks that stand around others."""

    visit_attribution = wrap("attribution")
    visit_block_quote = wrap("quotation")
    visit_centered = wrap("centered")
    visit_acks = visit_compound = visit_versionmodified = BaseTranslator.visit_children
    visit_autosummary_table = visit_autosummary_toc = BaseTranslator.visit_children

    def visit_note(self, node: nodes.Element) -> None:
        """Write an admonition that has no title of its own."""
        kinds = (kind.__name__ for kind in type(node).__mro__)
        kind = next(name for name in kinds if name in admonitionlabels)
        self._admonition(node, kind, string(str(admonitionlabels[kind])))

    visit_attention = visit_caution = visit_danger = visit_error = visit_hint = visit_note
    visit_important = visit_seealso = visit_tip = visit_warning = visit_note

    def visit_admonition(self, node: nodes.Element) -> None:
        kind = next((name for name in node["classes"] if name in admonitionlabels), "note")
        self._admonition(node, kind, self.part_of(node, nodes.title))

    def visit_todo_node(self, node: nodes.Element) -> None:
        """Write an admonition, where a site says that they are shown."""
        if not self.config.todo_include_todos:
            self.skip(node)
        self._admonition(node, "note", self.part_of(node, nodes.title))

    def _admonition(self, node: nodes.Element, kind: str, title: str) -> None:
        self.replace(call("admonition", string(kind), title, self.rendered(node.children)))

    def visit_topic(self, node: nodes.Element) -> None:
        self.replace(call("topic", self.part_of(node, nodes.title), self.rendered(node.children)))

    visit_sidebar = visit_topic

    def visit_container(self, node: nodes.Element) -> None:
        component = node.get("design_component", "")
        if node.get("literal_block"):
            caption, *rest = node.children
            shown = self.rendered(caption.children)
            number = self._number("code-block", node)
            self.replace(call("captioned", shown, self.rendered(rest), number=number))
        if component == "grid-row":
            self.replace(call("card-row", array(map(self._grid_item, node.children))))
        self.open(node, "container", strings([*filter(None, [component]), *node["classes"]]))

    depart_container = Links.show_codes

    def _grid_item(self, node: nodes.Node) -> str:
        content = self.rendered([node])
        # A card is fitted itself.
        inner = (one.get("design_component") for one in node.findall(nodes.container))
        return content if "card" in inner else f"fitted({content})"

    def visit_transition(self, node: nodes.Element) -> None:
        # Typst has its own line above footnotes.
        self.replace("" if "footnotes" in node["classes"] else call("transition"))
