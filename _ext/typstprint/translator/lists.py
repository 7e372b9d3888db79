"""Paragraphs, lines and lists."""

from collections.abc import Iterable, Iterator
from typing import Final

from docutils import nodes

from ..markup import array, boolean, call, string, strings
from ..transforms.html import bullet, checkbox
from ..tree_queries import is_in_cell
from .base import BaseTranslator, wrap
from .layout import introduces, is_close, is_short_list, is_tight
from .links import Links
from .words import pieces

#: Typst's numbering patterns, by docutils' names.
_NUMBERINGS: Final = {
    "loweralpha": "a",
    "upperalpha": "A",
    "lowerroman": "i",
    "upperroman": "I",
}
#: What has the name of an item in a list of definitions, fields or options.
_NAMES: Final = (nodes.term, nodes.classifier, nodes.field_name, nodes.option_group)


def _has_box(paragraph: nodes.paragraph) -> bool:
    return next(paragraph.findall(checkbox), None) is not None


class Lists(Links):
    """Visitors of paragraphs and of lists of all kinds."""

    visit_classifier = wrap("classifier")
    visit_line = wrap("line-of")
    visit_line_block = wrap("line-block")
    visit_option_group = wrap("option-names")
    visit_definition = visit_description = BaseTranslator.visit_children
    visit_field_body = visit_field_name = visit_term = BaseTranslator.visit_children
    visit_glossary = visit_option_string = BaseTranslator.visit_children

    def visit_paragraph(self, node: nodes.Element) -> None:
        # In a list, a note …, where there is less room than in the cell that this is in.
        is_inner = not isinstance(node.parent, nodes.entry | nodes.container) and is_in_cell(node)
        has_long = any(is_long for _piece, is_long in pieces(node.astext()))
        self.open(
            node,
            "paragraph",
            strings(node["classes"]),
            ragged="true" if has_long else "",
            close="true" if is_close(node) else "",
            leads="true" if introduces(node) else "",
            fit="true" if is_inner else "",
        )

    def depart_paragraph(self, node: nodes.Element) -> None:
        self.close(node)
        self.show_codes(node)

    def visit_bullet_list(self, node: nodes.Element) -> None:
        if "contains-task-list" in node["classes"]:
            # Its items have boxes in the place of bullets, and some of them neither.
            for item in node.children:
                first = next(iter(item.children), None)
                if isinstance(first, nodes.paragraph) and not _has_box(first):
                    first.insert(0, bullet())
        self._list(node, "bullets")

    def visit_enumerated_list(self, node: nodes.Element) -> None:
        pattern = node.get("prefix", "") + _NUMBERINGS.get(node.get("enumtype", ""), "1")
        numbering = string(pattern + node.get("suffix", "."))
        self._list(node, "numbers", start=str(node.get("start", 1)), numbering=numbering)

    def _list(self, node: nodes.Element, function: str, **named: str) -> None:
        items = array(map(self.content, node.children))
        named |= {"tight": boolean(is_tight(node)), "whole": boolean(is_short_list(node))}
        self.replace(call(function, strings(node["classes"]), items, **named))

    def visit_hlist(self, node: nodes.Element) -> None:
        columns = array(self.rendered(column.children) for column in node.children)
        self.replace(call("side-by-side", columns))

    def visit_definition_list(self, node: nodes.Element) -> None:
        """Write items that have names and what is said of these."""
        function = "fields" if isinstance(node, nodes.field_list) else "definitions"
        pairs = [
            array(
                self.rendered(
                    _on_lines(one for one in item.children if isinstance(one, _NAMES) is is_name)
                )
                for is_name in (True, False)
            )
            for item in node.children
            if isinstance(item, nodes.Element)
        ]
        self.replace(call(function, strings(node["classes"]), array(pairs)))

    visit_field_list = visit_option_list = visit_definition_list

    def visit_option(self, node: nodes.Element) -> None:
        self.add("" if node is node.parent[0] else string(", ") + "\n")

    def visit_option_argument(self, node: nodes.Element) -> None:
        self.replace(string(self.text_of(node)) + "\n")


def _on_lines(parts: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """Yield nodes, each of several terms that mean the same on a line of its own."""
    for number, part in enumerate(parts):
        if number and isinstance(part, nodes.term):
            yield nodes.raw("", "#linebreak()", format="typst")
        yield part
