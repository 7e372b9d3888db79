"""The parameters of what a reference describes: functions, classes, macros."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from .markup import CLOSE, OPEN, string
from .writer import Writer


class Signatures(Writer):
    def visit_desc_signature(self, node: nodes.Element) -> None:
        self.anchor(node)
        # Those of several lines have nodes for them.
        line = "" if node.get("is_multiline") else f"signature-line({OPEN}"
        self.add(f"signature({OPEN}{line}")

    def depart_desc_signature(self, node: nodes.Element) -> None:
        self.add(f"{CLOSE})\n" if node.get("is_multiline") else f"{CLOSE}){CLOSE})\n")

    def visit_desc_parameterlist(self, node: nodes.Element) -> None:
        self._parameters(node, "(", ")")

    def visit_desc_type_parameter_list(self, node: nodes.Element) -> None:
        self._parameters(node, "[", "]")

    def _parameters(self, node: nodes.Element, opening: str, closing: str) -> None:
        self.add(string(opening) + "\n")
        self._parameters_in(node, follows=False)
        self.add(string(closing) + "\n")
        raise nodes.SkipNode

    def _parameters_in(self, node: nodes.Element, *, follows: bool) -> bool:
        """Parameters with commas between them; those that may be missing have brackets, with
        their comma inside. Returns whether another one needs a comma before it."""
        for child in node.children:
            if isinstance(child, addnodes.desc_optional):
                self.add(string("[") + "\n")
                follows = self._parameters_in(child, follows=follows)
                self.add(string("]") + "\n")
                continue
            if follows:
                self.add(string(", ") + "\n")
            child.walkabout(self)
            follows = True
        return follows
