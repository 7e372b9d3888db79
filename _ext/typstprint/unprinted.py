"""What of a document's tree is in no output, though no rule leaves it out."""

from __future__ import annotations

from collections.abc import Container

from docutils import nodes


def unprinted(node: nodes.Node, settled: Container[int]) -> list[nodes.Node]:
    """The largest parts of a tree with texts of which none is among those that are settled."""
    if isinstance(node, nodes.Text):
        return [] if id(node) in settled or not node.strip() else [node]
    found = [one for child in node.children for one in unprinted(child, settled)]
    if found and [*map(id, found)] == [id(one) for one in node.children if one.astext().strip()]:
        return [node]
    return found
