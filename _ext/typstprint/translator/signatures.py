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
        self._parameters(node, needs_comma=False)
        raise nodes.SkipNode

    visit_desc_type_parameter_list = visit_desc_parameterlist

    def _parameters(self, node: nodes.Element, *, needs_comma: bool) -> bool:
        """Write parameters in brackets, with commas between them.

        Those that may be missing are in brackets of their own, with their comma inside.

        :return: Whether another one needs a comma before it.
        """
        before, after = "()" if isinstance(node, addnodes.desc_parameterlist) else "[]"
        self.add(string(before) + "\n")
        for child in node.children:
            if isinstance(child, addnodes.desc_optional):
                needs_comma = self._parameters(child, needs_comma=needs_comma)
            else:
                self.add(string(", ") + "\n" if needs_comma else "")
                child.walkabout(self)
                needs_comma = True
        self.add(string(after) + "\n")
        return needs_comma
