"""What may be broken across pages or columns, what keeps close, and what says its page."""

from typing import Final

from docutils import nodes
from sphinx import addnodes

from ..tree_queries import is_in

#: In these a reference does not say its page.
NO_ROOM: Final = (
    nodes.title,
    nodes.rubric,
    nodes.caption,
    nodes.term,
    nodes.field_name,
    addnodes.desc_signature,
    addnodes.productionlist,
)
#: What a paragraph may introduce, and the characters that such a one has at most.
_INTRODUCED: Final = (
    nodes.bullet_list,
    nodes.enumerated_list,
    nodes.literal_block,
    nodes.table,
    nodes.container,
)
_LONGEST_INTRODUCTION: Final = 120
#: What stands around or before a block without showing anything itself.
_UNSHOWN: Final = (nodes.target, nodes.container, nodes.compound)
#: What is not printed where it stands.
_UNPRINTED: Final = (
    nodes.Invisible,
    nodes.meta,
    nodes.system_message,
    addnodes.highlightlang,
    addnodes.tabular_col_spec,
    addnodes.toctree,
)
#: With one of these in it a text is not short.
_TALL: Final = (nodes.image, nodes.literal_block, nodes.math_block, nodes.table)
#: So many lines, each a paragraph of its own, do not fill a page of any size.
FEW_LINES: Final = 24


def says_its_page(node: nodes.Element) -> bool:
    """Return whether a reference in the document is one that a reader of paper turns pages for.

    Not one in what has no room for it, such as a heading; nor a word of the glossary, of which
    a text may be full (so in Sphinx's LaTeX, too); nor a picture; nor what an extension gives the
    class ``no-page``.
    """
    inner = next(iter(node.children), None)
    if isinstance(inner, nodes.Element) and "std-term" in inner["classes"]:
        return False
    if not node.astext().strip() or "no-page" in node["classes"]:
        return False
    return not is_in(node.parent, NO_ROOM)


def is_tight(node: nodes.Element) -> bool:
    """Return whether no item of a list has several paragraphs."""
    return all(
        sum(isinstance(child, nodes.paragraph) for child in item.children) <= 1
        for item in node.children
    )


def is_short_list(node: nodes.Element) -> bool:
    """Return whether a list is one that nobody would break; those in others go with them."""
    is_inner = isinstance(node.parent, nodes.list_item | nodes.entry)
    items = sum(1 for _item in node.findall(nodes.list_item))
    return not is_inner and items <= 4 and is_short_text(node, 240)


def is_short_text(node: nodes.Element, letters: int) -> bool:
    """Return whether a node surely takes but a part of a page.

    :param node: The node.
    :param letters: How many it has at most.
    :return: Whether it is so short.
    """
    inner = [one for one in node.findall(nodes.Element) if one is not node]
    lines = sum(isinstance(one, nodes.TextElement) for one in inner)
    lines -= sum(isinstance(one, nodes.Inline) for one in inner)
    has_tall = any(isinstance(one, _TALL) for one in inner)
    return not has_tall and lines <= FEW_LINES and len(node.astext()) <= letters


def is_close(node: nodes.Element) -> bool:
    """Return whether a paragraph introduces a list that stands close to it."""
    after = node.next_node(siblings=True, descend=False)
    return (
        isinstance(after, nodes.bullet_list | nodes.enumerated_list)
        and (is_short_list(after) or introduces(node))
        and is_tight(after)
    )


def introduces(node: nodes.Element) -> bool:
    """Return whether a paragraph is but a line or two that say what stands below it."""
    after = node.next_node(siblings=True, descend=False)
    while isinstance(after, _UNSHOWN) and "literal_block" not in after:
        is_place = isinstance(after, nodes.target)
        after = after.next_node(siblings=is_place, descend=not is_place)
    return isinstance(after, _INTRODUCED) and len(node.astext()) <= _LONGEST_INTRODUCTION


def is_empty(section: nodes.section) -> bool:
    """Return whether a section has nothing but its title, which leads to nothing then."""
    titles = (nodes.title, nodes.subtitle)
    return not any(_is_printed(one) for one in section.children if not isinstance(one, titles))


def _is_printed(node: nodes.Node) -> bool:
    if isinstance(node, (*_UNSHOWN, addnodes.start_of_file)):
        return any(map(_is_printed, node.children))
    return not isinstance(node, _UNPRINTED)
