"""What is done to the tree of a document before it is printed.

It is made of the pages' trees and has all references resolved. Diagrams become images, HTML
becomes nodes, lines of Japanese are joined, letters are composed, and tabs become spaces.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from docutils import nodes

from sphinxcommon.line_breaks import joined_lines

from ..characters import composed, expanded
from .html import blocks_of, inlines_of

#: Nodes whose line breaks are kept.
_AS_WRITTEN: Final = (nodes.FixedTextElement, nodes.math)
#: In these, tabs stand for columns; elsewhere they are white space like any other.
_CODE: Final = (nodes.literal_block, nodes.doctest_block, nodes.literal, nodes.address)
_TABS: Final = re.compile(r" *\t[ \t]*")


def prepare(tree: nodes.Element) -> None:
    """Apply the transforms to the tree of a document, but for the drawing of diagrams."""
    normalize(tree)
    read_html_and_join_lines(tree)


def normalize(tree: nodes.Element) -> None:
    """Compose letters and replace tabs in all texts of a document."""
    for code in tree.findall(nodes.TextElement):
        if isinstance(code, _CODE):
            column = 0
            for text in list(code.findall(nodes.Text)):
                made, column = expanded(text.astext(), column)
                _replace(text, made)
    for text in list(tree.findall(nodes.Text)):
        if not isinstance(text.parent, nodes.raw):
            _replace(text, _TABS.sub(" ", composed(text.astext())))


def _replace(text: nodes.Text, made: str) -> None:
    """Replace a text, and its copy in a block of source code (see ``nodes.literal_block``)."""
    if made == text.astext():
        return
    parent = text.parent
    if isinstance(parent, nodes.literal_block) and parent.rawsource == text.astext():
        parent.rawsource = made
    parent.replace(text, nodes.Text(made))


def read_html_and_join_lines(node: nodes.Element, *, as_written: bool = False) -> None:
    """Make nodes of HTML, and join the lines of paragraphs."""
    as_written = as_written or isinstance(node, _AS_WRITTEN)
    children: Iterable[nodes.Node]
    if not isinstance(node, nodes.TextElement):
        children = blocks_of(node.children)
    elif as_written:
        children = inlines_of(node.children)
    else:
        children = _on_one_line(inlines_of(node.children))
    made = list(_run_in(children) if isinstance(node, nodes.paragraph) else children)
    node[:] = made
    for child in made:
        if isinstance(child, nodes.Element):
            read_html_and_join_lines(child, as_written=as_written)


def _on_one_line(children: Sequence[nodes.Node]) -> Iterator[nodes.Node]:
    """Yield inline nodes with spaces for line breaks, and nothing for those within Japanese."""
    for child in joined_lines(children):
        has_break = isinstance(child, nodes.Text) and "\n" in child
        yield nodes.Text(child.astext().replace("\n", " ")) if has_break else child


def _run_in(children: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """Yield inline nodes; a paragraph right behind words goes on in their line.

    Sphinx makes such paragraphs of doc fields.
    """
    is_behind_words = False
    for child in children:
        if is_behind_words and isinstance(child, nodes.paragraph):
            yield nodes.inline("", "", *child.children, ids=child["ids"], classes=child["classes"])
        else:
            yield child
        is_behind_words = isinstance(child, nodes.Text | nodes.Inline)
