"""What is done to a document's tree before it is printed: what lines and HTML in it mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from docutils import nodes

from .hypertext import blocks_of, words_of
from .shapes import SOFT_BREAK

#: Nodes whose text is as it is written.
_AS_WRITTEN: Final = (nodes.FixedTextElement, nodes.math)


def prepare(node: nodes.Element, *, as_written: bool = False) -> None:
    """Make nodes of the HTML that MyST writes where docutils has none, and join lines."""
    as_written = as_written or isinstance(node, _AS_WRITTEN)
    if isinstance(node, nodes.TextElement):
        _set_children(node, words_of(node.children))
        if not as_written:
            _set_children(node, _joined(node.children))
    else:
        _set_children(node, blocks_of(node.children))
    if isinstance(node, nodes.paragraph):
        _set_children(node, _run_in(node.children))
    for child in node.children:
        if isinstance(child, nodes.Element):
            prepare(child, as_written=as_written)


def _set_children(node: nodes.Element, children: Iterable[nodes.Node]) -> None:
    made = list(children)
    node.children = []
    node.extend(made)


def _run_in(children: Sequence[nodes.Node]) -> Iterator[nodes.Node]:
    """A paragraph right behind words, as Sphinx makes them of doc fields, goes on in their line."""
    is_behind_words = False
    for child in children:
        if is_behind_words and isinstance(child, nodes.paragraph):
            yield nodes.inline("", "", *child.children, ids=child["ids"], classes=child["classes"])
        else:
            yield child
        is_behind_words = isinstance(child, nodes.Text | nodes.Inline)


def _joined(children: Sequence[nodes.Node]) -> Iterator[nodes.Node]:
    """Lines of Japanese without a blank between them, others with one."""
    before = ""
    for place, child in enumerate(children):
        own = child.astext()
        if isinstance(child, nodes.Text) and "\n" in own:
            after = "".join(one.astext() for one in children[place + 1 : place + 2])[:1]
            joined = SOFT_BREAK.sub("", before + own + after)
            text = joined[len(before) : len(joined) - len(after)]
            yield nodes.Text(text.replace("\n", " "))
        else:
            yield child
        before = own[-1:]
