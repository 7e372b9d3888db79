"""Questions about nodes and what is around them."""

from collections.abc import Container, Iterator

from docutils import nodes


def lineage(node: nodes.Element | None) -> Iterator[nodes.Element]:
    """Yield an element, and those that it is within, innermost first."""
    while node is not None:
        yield node
        node = node.parent


def is_in(node: nodes.Element | None, kinds: tuple[type[nodes.Element], ...]) -> bool:
    """Return whether a node is, or is within, one of some kinds or a table of contents."""
    return any(isinstance(one, kinds) or "contents" in one["classes"] for one in lineage(node))


def is_in_cell(node: nodes.Element) -> bool:
    """Return whether a node is within a cell of a table or of a grid of sphinx-design."""
    return any(
        isinstance(one, nodes.entry) or one.get("design_component") == "grid-row"
        for one in lineage(node.parent)
    )


def docname_of(node: nodes.Element) -> str:
    """Return the page that a node is from, in a document made of several."""
    return next((str(one["docname"]) for one in lineage(node) if "docname" in one), "")


def with_line(node: nodes.Node) -> nodes.Node:
    """Return a node, or the nearest before or around it whose line is known."""
    while node.line is None and node.parent is not None:
        place = _place_of(node)
        node = node.parent.children[place - 1] if place else node.parent
    return node


def neighbours(node: nodes.Node) -> tuple[str, str]:
    """Return the characters before and after an inline node, or nothing at an end."""
    place = _place_of(node)
    before = node.parent.children[place - 1].astext()[-1:] if place else ""
    return before, "".join(one.astext() for one in node.parent.children[place + 1 : place + 2])[:1]


def _place_of(node: nodes.Node) -> int:
    """Return which child of its parent a node is; equal texts are other nodes."""
    return next(place for place, one in enumerate(node.parent.children) if one is node)


def attribute_text(node: nodes.Node) -> str:
    """Return what a node without texts says: its attributes of several words."""
    if not isinstance(node, nodes.Element):
        return ""
    values = (value for key, value in node.attributes.items() if key not in node.basic_attributes)
    texts = [value for value in values if isinstance(value, str) and len(value.split()) > 1]
    return (node.astext() or "\n".join(texts) or node.rawsource).strip()


def unhandled(node: nodes.Node, handled: Container[int]) -> list[nodes.Node]:
    """Return the largest parts of a tree of whose texts none has been handled.

    :param node: The tree.
    :param handled: The identities of texts that are written, or left out by a rule.
    :return: Parts that are not within each other.
    """
    if isinstance(node, nodes.Text):
        return [] if id(node) in handled or not node.strip() else [node]
    found = [one for child in node.children for one in unhandled(child, handled)]
    if found and [*map(id, found)] == [id(one) for one in node.children if one.astext().strip()]:
        return [node]
    return found
