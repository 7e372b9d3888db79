"""What all visitors share: statements of Typst, labels, and which texts have been handled."""

import itertools
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final, NoReturn

from docutils import nodes
from sphinx.builders import Builder
from sphinx.util.docutils import SphinxTranslator

from ..documents import Printout
from ..fragments import beginning, end
from ..markup import CLOSE, CLOSING, OPEN, array, call, dictionary, opening, string
from ..messages import __, warn
from ..tree_queries import attribute_text, docname_of, with_line

#: Nodes that become a fragment of the source: one that fails to compile costs no more than itself.
_FRAGMENTS: Final = (nodes.Body, nodes.title)
#: Nodes whose anchors are not written where they begin: their visitors do it, or nobody.
_NOT_ANCHORED: Final = (
    nodes.section,
    nodes.footnote,
    nodes.footnote_reference,
    nodes.problematic,
)


class BaseTranslator(SphinxTranslator):
    """Writes ``body``: statements of Typst's code mode, one a line.

    :param document: The tree of a document, which may be made of several pages.
    :param builder: The builder of the document.
    :param printout: What the document is made from, and what it turns out to need.
    """

    def __init__(self, document: nodes.document, builder: Builder, printout: Printout) -> None:
        super().__init__(document, builder)
        self.printout = printout
        self.body: list[str] = []
        #: The pages that the node at hand is in, innermost last.
        self._docnames: list[str] = [document["docname"]]
        self._labelled: set[str] = set()
        #: While a title is written: the anchors within it. They follow it.
        self._title: list[str] | None = None
        #: The texts that are written or left out by a rule; by identity, as many are equal.
        self.handled: set[int] = set()
        #: Whether the node at hand is in the head of a table, which each page repeats.
        self._in_head = False
        self._keys = itertools.count(1)
        #: How many calls have been begun for a node.
        self._open_calls: Counter[nodes.Node] = Counter()
        #: The abbreviations whose meaning has been written.
        self._explained: set[tuple[str, str]] = set()
        #: The numbers of fragments, by the identity of their nodes.
        self._numbers: dict[int, int] = {}
        self.add(call("anchor", string(self.key(""))))

    # Any node

    def dispatch_visit(self, node: nodes.Node) -> None:
        """Write the beginning of a fragment and the anchors of a node, and visit it."""
        if isinstance(node, _FRAGMENTS):
            self._numbers[id(node)] = number = len(self.printout.fragments)
            self.printout.fragments.append(node)
            self.add(beginning(number, self._source_of(node), node.line))
        if isinstance(node, nodes.Element) and not isinstance(node, _NOT_ANCHORED):
            self.anchor(node.get("ids", ()))
        try:
            self._write_styled(node)
            super().dispatch_visit(node)
        except nodes.SkipNode:
            if f"visit_{type(node).__name__}" in vars(self):
                # The visitor of an extension has written what there is.
                self.mark_handled(node)
            self._end(node)
            raise

    def dispatch_departure(self, node: nodes.Node) -> None:
        """Depart from a node, and write the ends of its calls and of its fragment."""
        super().dispatch_departure(node)
        self.close(node)
        self._end(node)

    def _end(self, node: nodes.Node) -> None:
        if isinstance(node, _FRAGMENTS):
            self.add(end(self._numbers[id(node)]))

    def _source_of(self, node: nodes.Node) -> str:
        """Return the page of a node, or the path of another file from the source directory."""
        docname = self._docnames[-1]
        if not node.source or node.source == str(self.builder.env.doc2path(docname)):
            return docname
        return str(node.source).removeprefix(f"{self.builder.srcdir}{os.sep}")

    def _write_styled(self, node: nodes.Node) -> None:
        """Write a call of the function that a style has for the class of a node, if one has."""
        styled = self.printout.values
        for kind in type(node).__mro__ if styled else ():
            if kind in styled:
                self.mark_handled(node)
                value = self.expression(styled[kind](node))
                self.replace(call(f"all-looks.nodes.at({string(kind.__name__)})", value))
            if hasattr(self, f"visit_{kind.__name__}"):
                return

    def unknown_visit(self, node: nodes.Node) -> None:
        """Warn of a node without a visitor, and write its text where that is in attributes."""
        name = type(node).__name__
        kept = "" if any(node.findall(nodes.Text)) else attribute_text(node)
        if kept and isinstance(node.parent, nodes.TextElement):
            self.add(call("raw", string(kept)))
        elif kept:
            self.add(self.rendered([nodes.literal_block(kept, kept, language="none")]) + "\n")
        is_printed = bool(kept or node.children)
        message = (
            __("unknown node type: %r; its content is printed")
            if is_printed
            else __("unknown node type: %r; nothing of it is printed")
        )
        warn("unknown_node", message, name, location=with_line(node), once=is_printed)

    def unknown_departure(self, node: nodes.Node) -> None:
        """Write nothing: most nodes need no end."""

    # What visitors write

    def add(self, statement: str) -> None:
        """Write a statement."""
        self.body.append(statement)

    def replace(self, statement: str) -> NoReturn:
        """Write what stands for a node with all that is in it.

        :param statement: The statement.
        :raises SkipNode: Always.
        """
        self.add(statement)
        raise nodes.SkipNode

    def skip(self, node: nodes.Element) -> NoReturn:
        """Leave a node out of the document, which is right so."""
        self.mark_handled(node)
        raise nodes.SkipNode

    def visit_children(self, node: nodes.Element) -> None:
        """Write nothing for a node itself, but what is in it."""

    def open(self, node: nodes.Element, function: str, *positional: str, **named: str) -> None:
        """Begin a call around what is in a node; the call ends with the node."""
        self.add(opening(function, *positional, **named))
        self._open_calls[node] += 1

    def close(self, node: nodes.Node) -> None:
        """End the calls that ``open`` began for a node, if it has some."""
        self.add(CLOSING * self._open_calls.pop(node, 0))

    def rendered(self, children: Iterable[nodes.Node]) -> str:
        """Return the content of some nodes, as an argument of a call."""
        outer, self.body = self.body, [OPEN]
        for child in children:
            child.walkabout(self)
        inner, self.body = self.body, outer
        return "".join((*inner, CLOSE))

    def content(self, node: nodes.Node) -> str:
        """Return the content of a node, or of what is in a list item, as an argument of a call."""
        return self.rendered(node.children if isinstance(node, nodes.list_item) else [node])

    def part_of(self, node: nodes.Element, kind: type[nodes.Element]) -> str:
        """Return the content of a part of a node, such as its title, as an argument of a call."""
        parts = [child for child in node.children if isinstance(child, kind)]
        return self.rendered(one for part in parts for one in part.children) if parts else "none"

    def expression(self, value: object) -> str:
        """Return a Typst expression for a Python value; a node stands for its content.

        :param value: What the value function of a style returns, or a part of that.
        :return: The expression.
        :raises TypeError: Typst has no such values.
        """
        match value:
            case None | bool() | int() | float():
                # Typst's names of constants are Python's in small letters.
                return str(value).lower()
            case str():
                return string(value)
            case nodes.Node():
                return self.content(value)
            case Mapping():
                return dictionary({key: self.expression(one) for key, one in value.items()})
            case Iterable():
                return array(map(self.expression, value))
        raise TypeError(f"Typst has no values of {type(value)}")

    # Texts

    def mark_handled(self, node: nodes.Node) -> None:
        """Note that all texts of a node are written, or left out by a rule."""
        self.handled.update(id(text) for text in node.findall(nodes.Text))

    def text_of(self, node: nodes.Node) -> str:
        """Return the text of a node, which is to be written as a whole."""
        self.mark_handled(node)
        return node.astext()

    # Labels

    def key(self, target: str, node: nodes.Element | None = None) -> str:
        """Return the label of a place.

        :param target: An id, or nothing for the whole page.
        :param node: A node in the page that is meant; without it, the page at hand.
        :return: The label.
        """
        docname = docname_of(node) if node is not None else self._docnames[-1]
        return f"{docname or self._docnames[0]}#{target}"

    def own_key(self) -> str:
        """Return a label, as a literal, that no reference leads to."""
        return string(f"place {next(self._keys)}")

    def anchor(self, ids: Iterable[str]) -> None:
        """Write the labels that references to some ids lead to; those in a title follow it."""
        if self._title is not None:
            self._title += ids
            return
        for key in map(self.key, ids):
            if key not in self._labelled:
                self._labelled.add(key)
                self.add(call("anchor", string(key)))

    # Numbers that Sphinx has counted

    def _number(self, kind: str, node: nodes.Element) -> str:
        """Return “Fig. 1”, where the site numbers its figures.

        :param kind: A key of ``numfig_format``.
        """
        found = self._counted(kind, node) if self.config.numfig else ()
        if not found:
            return "none"
        return string(self.config.numfig_format[kind] % ".".join(map(str, found)))

    def _counted(self, kind: str, node: nodes.Element) -> tuple[int, ...]:
        """Return the number that Sphinx counts for a node, after those of its sections."""
        numbers = self.builder.env.toc_fignumbers.get(self._docnames[-1], {}).get(kind, {})
        return next((numbers[one] for one in node["ids"] if one in numbers), ())

    def _equation_number(self, node: nodes.Element) -> str:
        """Return “(1)”, as references to a formula say it."""
        number = node.get("number")
        if number and self.config.numfig and self.config.math_numfig:
            *sections, last = map(str, self._counted("displaymath", node) or (number,))
            number = self.config.math_numsep.join(
                [".".join(sections), last] if sections else [last]
            )
        return string(f"({number})") if number else "none"


def wrap(function: str) -> Any:
    """Return the visitor of nodes that become a call around their content."""

    def visit(self: BaseTranslator, node: nodes.Element) -> None:
        self.open(node, function)

    return visit
