"""What everything that writes Typst source of nodes uses."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

from docutils import nodes
from sphinx.builders import Builder
from sphinx.util.docutils import SphinxTranslator

from .markup import CLOSE, OPEN, array, boolean, call, dictionary, string
from .shapes import file_of


class Writer(SphinxTranslator):
    """``body`` holds statements of Typst's code mode, one a line."""

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        super().__init__(document, builder)
        self.body: list[str] = []
        self._docnames: list[str] = [document["docname"]]
        self._labelled: set[str] = set()
        #: The places within the title at hand, if it is one.
        self._title: list[str] | None = None
        #: The texts that are written, or left out by a rule; by identity, for many are equal.
        self.settled: set[int] = set()
        #: Whether what is at hand stands in a table's head, which each page repeats.
        self._in_head = False
        self._keys = itertools.count(1)

    def add(self, statement: str) -> None:
        self.body.append(statement)

    def rendered(self, children: Iterable[nodes.Node]) -> str:
        """The content of some nodes, as an argument of a call."""
        outer, self.body = self.body, [OPEN]
        for child in children:
            child.walkabout(self)
        inner, self.body = self.body, outer
        return "".join((*inner, CLOSE))

    def content(self, node: nodes.Node) -> str:
        """The content of a node, or of what is in an item of a list, as an argument of a call."""
        return self.rendered(node.children if isinstance(node, nodes.list_item) else [node])

    def expression(self, value: object) -> str:
        """An expression of Typst's for a value of Python's; a node stands for its content."""
        match value:
            case None:
                return "none"
            case bool():
                return boolean(value)
            case int() | float():
                return str(value)
            case str():
                return string(value)
            case nodes.Node():
                return self.content(value)
            case Mapping():
                return dictionary({key: self.expression(one) for key, one in value.items()})
            case Iterable():
                return array(map(self.expression, value))
        raise TypeError(f"Typst has no values of {type(value)}")

    def settle(self, node: nodes.Node) -> None:
        """Note that all texts of a node are written, or are to be left out."""
        self.settled.update(id(text) for text in node.findall(nodes.Text))

    def text_of(self, node: nodes.Node) -> str:
        """The text of a node, to be written as a whole."""
        self.settle(node)
        return node.astext()

    def key(self, target: str, node: nodes.Element | None = None) -> str:
        """The label of a place in the file that ``node`` is from, or of the one at hand."""
        docname = file_of(node) if node is not None else self._docnames[-1]
        return f"{docname or self._docnames[0]}#{target}"

    def own_key(self) -> str:
        """The label, as a literal, of a place that no reference leads to."""
        return string(f"place {next(self._keys)}")

    def anchor(self, node: nodes.Element) -> None:
        """Places that references may lead to; those in a title stand behind it."""
        ids: list[str] = node.get("ids", [])
        if self._title is not None:
            self._title += ids
            return
        self._anchors(ids)

    def _anchors(self, ids: Iterable[str]) -> None:
        for target in ids:
            key = self.key(target)
            if key not in self._labelled:
                self._labelled.add(key)
                self.add(call("anchor", string(key)))
