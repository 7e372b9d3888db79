"""Footnotes, on the page of what refers to them; and citations, where they stand."""

from docutils import nodes
from sphinx.builders import Builder

from ..documents import Printout
from ..markup import CLOSING, array, call, opening, string
from .base import BaseTranslator


class Footnotes(BaseTranslator):
    """Visitors of footnotes and citations, and of references to them."""

    def __init__(self, document: nodes.document, builder: Builder, printout: Printout) -> None:
        super().__init__(document, builder, printout)
        self._footnotes = {
            self.key(note_id, note): note
            for note in document.findall(nodes.footnote)
            for note_id in note["ids"]
        }
        self._unreferenced = self._keys_of_unreferenced()
        references = document.findall(nodes.footnote_reference)
        self._referenced = {self.key(one["refid"], one) for one in references}
        #: The footnotes that have been written.
        self._noted: set[str] = set()

    def visit_footnote(self, node: nodes.Element) -> None:
        keys = {self.key(note_id, node) for note_id in node["ids"]}
        if not self._unreferenced.isdisjoint(keys):
            self.anchor(node["ids"])
            self.visit_citation(node)
        if self._referenced.isdisjoint(keys):
            # Its reference has been left out.
            self.mark_handled(node)
        raise nodes.SkipNode  # It is printed where it is referred to.

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        self.mark_handled(node)  # The compiler numbers them.
        if self._title is not None:
            raise nodes.SkipNode  # It is below the title (see ``title_notes``).
        key = self.key(node["refid"], node)
        mark = string(node.astext()) + "\n"
        if key in self._unreferenced:
            mark = string(f"[{node.astext()}]") + "\n"
            self.replace(opening("reference", string(key), page_words="none") + mark + CLOSING)
        if key not in self._footnotes:
            self.replace(mark)
        label = f"label({string(f'footnote {key}')})"
        is_first = key not in self._noted
        self._noted.add(key)
        note = self._content_of(self._footnotes[key]) if is_first else "none"
        if self._in_head:
            self.replace(call("head-note", self.own_key(), label, note))
        self.replace(f"[#footnote({note})#{label}]\n" if is_first else call("footnote", label))

    def _content_of(self, note: nodes.Element) -> str:
        children = [child for child in note.children if not isinstance(child, nodes.label)]
        for label in note.findall(nodes.label):
            self.mark_handled(label)
        if children and isinstance(children[0], nodes.paragraph):
            # Beside the number; a paragraph would begin on a line of its own.
            children = [*children[0].children, *children[1:]]
        return self.rendered(children)

    def title_notes(self, title: nodes.Element) -> None:
        """Write the footnotes of a title below it: they are not repeated where it is."""
        for reference in title.findall(nodes.footnote_reference):
            note = self._footnotes.get(self.key(reference["refid"], reference))
            if note is not None:
                self.add(call("title-note", self._content_of(note)))

    def visit_citation(self, node: nodes.Element) -> None:
        mark, *children = node.children
        pair = array([string(f"[{self.text_of(mark)}]"), self.rendered(children)])
        self.replace(call("fields", "()", array([pair])))

    def _keys_of_unreferenced(self) -> set[str]:
        """Return the notes that no text refers to, or but notes that are such themselves.

        A note whose reference has been left out of the document is none of them.
        """
        references = list(self.document.findall(nodes.footnote_reference))
        places = {self.key(one, reference) for reference in references for one in reference["ids"]}
        within = {
            name: list(note.findall(nodes.footnote_reference))
            for name, note in self._footnotes.items()
        }
        inner = {id(one) for found in within.values() for one in found}
        to_follow = [one for one in references if id(one) not in inner]
        reached: set[str] = set()
        while to_follow:
            reference = to_follow.pop()
            name = self.key(reference["refid"], reference)
            if name not in reached:
                reached.add(name)
                to_follow += within.get(name, [])
        return {
            name
            for name, note in self._footnotes.items()
            if reached.isdisjoint(self.key(one, note) for one in note["ids"])
            and all(self.key(one, note) in places for one in note["backrefs"])
        }
