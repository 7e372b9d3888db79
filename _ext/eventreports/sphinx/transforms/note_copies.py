"""Copies of notes for other pages: texts, lists and code, with links that lead where they did."""

from collections.abc import Iterator
from typing import Final

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.errors import NoUri
from sphinx.util import docname_join
from sphinx.util.nodes import make_refnode

from ..domain import EventDomain
from .note_lists import leaves, unwrapped

#: The blocks that are copied. Others, such as figures and tables, have numbers, or belong to the
#: page, to which a link leads.
_BLOCKS: Final = (
    *(nodes.paragraph, nodes.bullet_list, nodes.enumerated_list, nodes.list_item),
    *(nodes.definition_list, nodes.definition_list_item, nodes.term, nodes.classifier),
    *(nodes.definition, nodes.literal_block, nodes.math_block, nodes.block_quote),
    *(nodes.attribution, nodes.line_block, nodes.line, addnodes.only),
)
#: Inline nodes that are not copied, and those of which only what is in them is.
_ASIDE: Final = (nodes.footnote_reference, nodes.system_message, addnodes.index)
_MARKED: Final = (nodes.target, nodes.problematic)
#: Types of references whose targets are looked for from the page on which they stand.
_RELATIVE: Final = ("doc", "any", "myst")


class NoteCopies:
    """Makes copies of what stands on one page for another.

    :param domain: The domain of events.
    :param builder: The builder.
    :param source: The page on which it stands.
    :param page: The page for which it is.
    """

    def __init__(self, domain: EventDomain, builder: Builder, source: str, page: str) -> None:
        self._domain = domain
        self._builder = builder
        self._source = source
        self._page = page

    def blocks(self, item: nodes.Element) -> list[nodes.Node]:
        """Return a copy of the blocks of an item, or of a paragraph."""
        around = item.deepcopy()
        whole = nodes.list_item("", around) if isinstance(item, nodes.paragraph) else around
        self._complete(whole)
        return whole.children

    def _complete(self, node: nodes.Element) -> None:
        """Make a copied node one of the page."""
        node["ids"], node["names"], node["dupnames"], node["backrefs"] = [], [], [], []
        if isinstance(node, nodes.math_block):
            node["label"] = node["number"] = None
        node[:] = [kept for child in node.children for kept in self._kept(node, child)]

    def _kept(self, around: nodes.Element, child: nodes.Node) -> Iterator[nodes.Node]:
        """Yield what is kept of a child of a node."""
        if isinstance(child, nodes.Text):
            yield child
        elif not isinstance(around, nodes.TextElement | nodes.Inline):
            for block in unwrapped([child]):
                if isinstance(block, _BLOCKS):
                    self._complete(block)
                    yield block
        elif isinstance(child, _MARKED):
            self._complete(child)
            yield from child.children
        elif isinstance(child, nodes.Element) and not isinstance(child, _ASIDE):
            self._complete(child)
            yield self._leading(child)

    def _leading(self, node: nodes.Element) -> nodes.Node:
        """Return an inline node; a reference leads from the page to where it led."""
        anchor = node.get("reflocalid") or node.get("refid")
        is_reference = isinstance(node, nodes.reference | addnodes.pending_xref)
        if is_reference and anchor and self._source != self._page:
            return self._reference(anchor, node)
        if isinstance(node, addnodes.pending_xref):
            self._refer(node)
        return node

    def _refer(self, node: addnodes.pending_xref) -> None:
        """Let a reference say its target in full, as it is looked for from the page."""
        domain, target = self._domain, node["reftarget"]
        if node["reftype"] in _RELATIVE and node.get("refdomain") != "doc":
            docname = docname_join(self._source, target)
            node["reftarget"] = f"/{docname}" if docname in domain.env.all_docs else target
        for objtype in domain.types.values():
            name = domain.name_as_written(objtype, self._source, target)
            is_ours = (node.get("refdomain"), node["reftype"]) == (domain.name, objtype.name)
            if is_ours or (
                node["reftype"] in _RELATIVE
                and not objtype.subjects
                and domain.link_target(objtype, domain.current_name(objtype, self._source, target))
            ):
                node["reftarget"] = "/".join(name)
        node["refdoc"] = self._page

    def _reference(self, anchor: str, node: nodes.Element) -> nodes.Node:
        """Return a reference to a place on the page of the notes; its text where that is none."""
        text = nodes.inline("", "", *node.children)
        try:
            return make_refnode(self._builder, self._page, self._source, anchor, text)
        except NoUri:
            return text


def cut_ends(line: nodes.Element, head: int, tail: int) -> None:
    """Remove characters from both ends of a paragraph, and what is empty then.

    :param line: The paragraph.
    :param head: How many characters to remove from its beginning.
    :param tail: How many from its end.
    """
    texts = [one for one in leaves(line) if isinstance(one, nodes.Text)]
    for text in texts:
        cut = min(head, len(text))
        head -= cut
        if cut:
            _replace(text, text[cut:])
    texts = [one for one in leaves(line) if isinstance(one, nodes.Text)]
    for text in reversed(texts):
        cut = min(tail, len(text))
        tail -= cut
        if cut:
            _replace(text, text[: len(text) - cut])


def _replace(text: nodes.Text, kept: str) -> None:
    """Replace a text by what is kept of it; what would be empty is removed."""
    node: nodes.Node = text
    while not (kept or node.parent.children[1:] or isinstance(node.parent, nodes.paragraph)):
        node = node.parent
    # By identity: nodes of equal texts are equal.
    (place,) = (at for at, one in enumerate(node.parent.children) if one is node)
    node.parent[place : place + 1] = [nodes.Text(kept)] if kept else []
