"""Code, mathematics, and what is written as it stands."""

from functools import cached_property
from typing import Any

from docutils import nodes

from sphinxcommon.east_asian import is_letter

from ..highlight import Highlighter
from ..markup import array, boolean, call, string
from ..mathematics import evaluated
from ..messages import __, warn
from ..tree_queries import neighbours
from .base import BaseTranslator, wrap


class CodeAndMath(BaseTranslator):
    """Visitors of code and of mathematics, in lines and in blocks."""

    visit_production = wrap("line-of")
    visit_productionlist = wrap("preformatted")

    @cached_property
    def _highlighter(self) -> Highlighter:
        return Highlighter("html", self.config.pygments_style or "sphinx")

    def visit_literal(self, node: nodes.Element) -> None:
        self.replace(self._with_gaps(node, call("raw", string(self.text_of(node)))))

    visit_kbd = visit_literal

    def _with_gaps(self, node: nodes.Element, statement: str) -> str:
        """Put code or a formula as far from Japanese as Latin letters in a text are."""
        outer: nodes.Node = node
        while isinstance(outer.parent, nodes.reference | nodes.inline) and len(outer.parent) == 1:
            outer = outer.parent
        before, after = (call("cjk-gap") if is_letter(one) else "" for one in neighbours(outer))
        return f"{before}{statement}{after}"

    def visit_literal_block(self, node: nodes.Element) -> None:
        if node.rawsource != node.astext() or "language" not in node:
            # Not code but text whose line breaks count (a parsed literal).
            self.replace(f"preformatted({self.rendered(node.children)})\n")
        self.mark_handled(node)
        options: dict[str, Any] = node.get("highlight_args", {})
        lines = self._highlighter.highlight_block(
            node.rawsource.rstrip("\n"),
            node["language"],
            force=node.get("force", False),
            location=node,
        )
        first = str(options.get("linenostart", 1)) if node.get("linenos") else "none"
        marked = array(map(str, options.get("hl_lines", ())))
        self.replace(call("code", lines, first=first, marked=marked))

    def visit_doctest_block(self, node: nodes.Element) -> None:
        lines = self._highlighter.highlight_block(self.text_of(node), "pycon", location=node)
        self.replace(call("code", lines))

    def visit_math(self, node: nodes.Element) -> None:
        tex = self.text_of(node)
        is_block = isinstance(node, nodes.math_block)
        block = boolean(is_block)
        if (formula := self.printout.formulas.get(tex)) is None:
            warn("math", __("mathematics that Typst cannot show: %s"), tex, location=node)
            self.replace(call("raw", string(tex), block=block))
        number = self._equation_number(node)
        shown = call("mathematics", evaluated(formula), number, block=block, alt=string(tex))
        self.replace(shown if is_block else self._with_gaps(node, shown))

    visit_math_block = visit_math

    def visit_raw(self, node: nodes.Element) -> None:
        formats = node.get("format", "").split()
        if "typst" in formats:
            # Evaluated: so what is wrong with it has its place, and ends with it.
            source = string(self.text_of(node))
            self.replace(call("eval", source, mode='"markup"', scope="in-sources"))
        if "html" in formats:  # What is left of it shows what cannot be printed.
            raise nodes.SkipNode
        self.skip(node)
