"""Footnotes, on the page of what refers to them; and citations, where they stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from docutils import nodes

from .markup import CLOSE, OPEN, array, call, string
from .writer import Writer

if TYPE_CHECKING:
    from sphinx.builders import Builder

#: The label of a place in a node's own file.
Key = Callable[[str, nodes.Element], str]


class Footnotes(Writer):
    def __init__(self, document: nodes.document, builder: Builder) -> None:
        super().__init__(document, builder)
        self._footnotes = {
            self.key(note_id, note): note
            for note in document.findall(nodes.footnote)
            for note_id in note["ids"]
        }
        self._unread = _unread(document, self._footnotes, self.key)
        references = document.findall(nodes.footnote_reference)
        self._referred_to = {self.key(one["refid"], one) for one in references}
        self._noted: set[str] = set()

    def visit_footnote(self, node: nodes.Element) -> None:
        keys = {self.key(note_id, node) for note_id in node["ids"]}
        if self._unread.isdisjoint(keys):
            # It is printed where it is referred to; not where that has been left out.
            if self._referred_to.isdisjoint(keys):
                self.settle(node)
            raise nodes.SkipNode
        self.visit_citation(node)

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        self.settle(node)  # The compiler numbers them.
        key = self.key(node["refid"], node)
        note = self._footnotes.get(key)
        label = f"label({string(f'footnote {key}')})"
        if self._title is not None:
            raise nodes.SkipNode
        if key in self._unread:
            mark = string(f"[{node.astext()}]")
            self.add(f"reference({string(key)}, page-words: none, {OPEN}{mark}\n{CLOSE})\n")
        elif note is None:
            self.add(string(node.astext()) + "\n")
        else:
            is_first = key not in self._noted
            self._noted.add(key)
            said = self._said_in(note) if is_first else "none"
            if self._in_head:
                self.add(call("head-note", self.own_key(), label, said))
            else:
                self.add(f"[#footnote({said})#{label}]\n" if is_first else call("footnote", label))
        raise nodes.SkipNode

    def _said_in(self, note: nodes.Element) -> str:
        said = [child for child in note.children if not isinstance(child, nodes.label)]
        for label in note.findall(nodes.label):
            self.settle(label)
        if said and isinstance(said[0], nodes.paragraph):
            # Beside the number; a paragraph would begin on a line of its own.
            said = [*said[0].children, *said[1:]]
        return self.rendered(said)

    def title_notes(self, title: nodes.Element) -> None:
        """The footnotes of a title, below it: it is said in several places, they are not."""
        for reference in title.findall(nodes.footnote_reference):
            note = self._footnotes.get(self.key(reference["refid"], reference))
            if note is not None:
                self.add(call("title-note", self._said_in(note)))

    def visit_citation(self, node: nodes.Element) -> None:
        self.anchor(node)
        mark, *said = node.children
        pair = array([string(f"[{self.text_of(mark)}]"), self.rendered(said)])
        self.add(call("fields", "()", array([pair])))
        raise nodes.SkipNode


def _unread(document: nodes.document, notes: dict[str, nodes.footnote], key: Key) -> set[str]:
    """The notes that no text refers to, or but notes that are such themselves.

    A note whose reference has been left out of the document is none of them.
    """
    references = list(document.findall(nodes.footnote_reference))
    places = {key(one, reference) for reference in references for one in reference["ids"]}
    within = {name: list(note.findall(nodes.footnote_reference)) for name, note in notes.items()}
    inner = {id(one) for found in within.values() for one in found}
    to_read = [one for one in references if id(one) not in inner]
    read: set[str] = set()
    while to_read:
        reference = to_read.pop()
        name = key(reference["refid"], reference)
        if name not in read:
            read.add(name)
            to_read += within.get(name, [])
    return {
        name
        for name, note in notes.items()
        if read.isdisjoint(key(one, note) for one in note["ids"])
        and all(key(one, note) in places for one in note["backrefs"])
    }
