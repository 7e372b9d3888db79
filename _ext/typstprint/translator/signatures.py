"""What a reference describes: functions, classes, macros and their parameters."""

from docutils import nodes
from sphinx import addnodes

from ..markup import CLOSING, opening, string
from .base import BaseTranslator, wrap


class Signatures(BaseTranslator):
    """Visitors of the descriptions of objects."""

    visit_desc = wrap("described")
    visit_desc_annotation = wrap("aside")
    visit_desc_content = wrap("indented")
    visit_desc_name = wrap("strong")
    visit_desc_parameter = visit_desc_type_parameter = wrap("parameter")
    visit_desc_returns = wrap("returns")
    visit_desc_signature_line = wrap("signature-line")
    visit_desc_addname = visit_desc_inline = visit_desc_type = BaseTranslator.visit_children

    def visit_desc_signature(self, node: nodes.Element) -> None:
        # Those of several lines have nodes for them.
        line = "" if node.get("is_multiline") else opening("signature-line")
        self.add(opening("signature") + line)

    def depart_desc_signature(self, node: nodes.Element) -> None:
        self.add(CLOSING if node.get("is_multiline") else CLOSING.strip() + CLOSING)

    def visit_desc_parameterlist(self, node: nodes.Element) -> None:
        self._parameters(node, "(", ")")

    def visit_desc_type_parameter_list(self, node: nodes.Element) -> None:
        self._parameters(node, "[", "]")

    def _parameters(self, node: nodes.Element, before: str, after: str) -> None:
        self.add(string(before) + "\n")
        self._parameters_in(node, needs_comma=False)
        self.replace(string(after) + "\n")

    def _parameters_in(self, node: nodes.Element, *, needs_comma: bool) -> bool:
        """Write parameters with commas between them.

        Those that may be missing have brackets, with their comma inside.

        :return: Whether another one needs a comma before it.
        """
        for child in node.children:
            if isinstance(child, addnodes.desc_optional):
                self.add(string("[") + "\n")
                needs_comma = self._parameters_in(child, needs_comma=needs_comma)
                self.add(string("]") + "\n")
            else:
                self.add(string(", ") + "\n" if needs_comma else "")
                child.walkabout(self)
                needs_comma = True
        return needs_comma
