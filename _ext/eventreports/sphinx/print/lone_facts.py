"""Let what ends a section not keep to what comes next."""

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from ...render.nodes import UNSEEN, session_facts


def part_from_next(_app: Sphinx, _document: object, tree: nodes.document) -> None:
    """Put the facts of sessions without notes into blocks of their own.

    ``styles.typ`` keeps facts on the page of what begins below them. Where that is the heading of
    the next session, whole pages of sessions would have to stay together, and none would.
    """
    for facts in list(tree.findall(session_facts)):
        if facts.children and _ends_section(facts):
            section = facts.parent
            section[section.index(facts)] = nodes.container("", facts)


def _ends_section(node: nodes.Element) -> bool:
    """Return whether nothing is shown behind a node in the section that it is in."""
    while not isinstance(node, nodes.section | nodes.document):
        around = node.parent
        if any(map(_is_seen, around[around.index(node) + 1 :])):
            return False
        node = around
    return True


def _is_seen(node: nodes.Node) -> bool:
    """Return whether a node shows anything: pages put below others may have nothing left."""
    if isinstance(node, addnodes.start_of_file):
        return any(map(_is_seen, node.children))
    return not isinstance(node, UNSEEN)
