"""Pages, sections and their titles."""

from typing import Final

from docutils import nodes

from ..markup import string
from ..tree_queries import lineage
from .base import BaseTranslator, wrap
from .footnotes import Footnotes
from .layout import is_empty
from .links import Links

#: Nodes whose visitors write their titles.
_TITLED: Final = (nodes.Admonition, nodes.sidebar, nodes.table, nodes.topic)


class Sections(Links, Footnotes):
    """Visitors of what structures a document."""

    visit_rubric = visit_subtitle = wrap("rubric")
    visit_document = visit_section = BaseTranslator.visit_children
    depart_section = Links.show_codes
    visit_highlightlang = visit_meta = visit_tabular_col_spec = BaseTranslator.skip
    visit_pending = visit_substitution_definition = visit_system_message = BaseTranslator.skip
    visit_toctree = BaseTranslator.skip

    def visit_start_of_file(self, node: nodes.Element) -> None:
        self._docnames.append(node["docname"])
        # An extension may have put parts of a page in several places.
        self.anchor([""])

    def depart_start_of_file(self, node: nodes.Element) -> None:
        self._docnames.pop()

    def visit_title(self, node: nodes.Element) -> None:
        if isinstance(node.parent, _TITLED):
            raise nodes.SkipNode
        if isinstance(node.parent, nodes.section):
            self._heading(node, node.parent)
            raise nodes.SkipNode
        self.open(node, "rubric")

    def _heading(self, title: nodes.Element, section: nodes.section) -> None:
        ids: list[str] = section["ids"]
        is_own = section.get("is_own")
        label = ""
        if not is_own and ids and (key := self.key(ids[0])) not in self._labelled:
            self._labelled.add(key)
            label = f"#label({string(key)})"
        # What a title says is said again in the contents, and at the head of pages: what there
        # may be but one of, is not in it.
        self._title = []
        content = self.rendered(title.children)
        within, self._title = self._title, None
        if not is_own:
            heading = f"[#heading(level: {_level_of(section)}, {content}){label}]"
            self.add(f"lone-heading({heading})\n" if is_empty(section) else f"{heading}\n")
        self.anchor([*ids, *within])
        self.title_notes(title)
        self.title_addresses()
        self.show_codes(section)

    def visit_comment(self, node: nodes.Element) -> None:
        """Leave out a comment; extensions derive nodes from it that others are not to see."""
        if type(node) is nodes.comment:
            self.skip(node)
        self.unknown_visit(node)


def _level_of(section: nodes.section) -> int:
    """Return how many sections a section is in, itself among them, without the document's own."""
    sections = (one for one in lineage(section) if isinstance(one, nodes.section))
    return sum(not one.get("is_own") for one in sections)
