"""Leave out the notes that nobody has written yet: a heading of a kind of notes, and nothing more.

``eventreports new`` writes such headings for each session. What else stands below the facts of a
session, somebody has written: that makes them notes, which are named by their reporter.
"""

import re
from collections.abc import Collection, Iterator
from typing import Final

from docutils import nodes
from docutils.utils import Reporter
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from ...render.nodes import byline, classes_of, is_home, session_facts
from ..domain import event_domain
from .session_sections import session_name

#: What nobody reads: headings on their own, comments, targets.
_UNREAD: Final = (nodes.title, nodes.comment, nodes.target, nodes.substitution_definition)
#: What is added to the section of a session without its author.
_ADDED: Final = (byline, addnodes.index)
_COMMENT: Final = re.compile("<!--.*?-->", re.DOTALL)


class EmptyNotes(SphinxTransform):
    """Remove the sections of a kind of notes that hold nothing, and note which sessions have notes.

    Runs once MyST has moved footnotes to the end of the page (623), and references that need what
    is in sections have it (660); before anything makes contents of the sections (700–720), takes
    transitions for the end of the page (830), or looks for the target of a reference (850).
    """

    default_priority = 690

    def apply(self, **kwargs: object) -> None:
        sections = list(self.document.findall(nodes.section))
        # The first one is the page.
        if empty := [one for one in sections[1:] if _is_empty_note(one)]:
            self._remove(empty)
        written = frozenset(map(session_name, filter(_has_notes, sections)))
        if written:
            event_domain(self.env).note_written(self.env.docname, written)

    def _remove(self, sections: Collection[nodes.section]) -> None:
        """Remove sections, and what leads to them or separates them from what is before."""
        is_at_end = any(one in sections for one in _last_nodes(self.document))
        self._forget({ref for section in sections for ref in _ids_in(section)})
        for section in sections:
            section.parent.remove(section)
        last = [*_last_nodes(self.document)][-1]
        if is_at_end and isinstance(last, nodes.transition):
            last.parent.remove(last)

    def _forget(self, ids: Collection[str]) -> None:
        """Let nothing lead to nodes that are removed: a reference to one is reported as unknown."""
        document = self.document
        for ref in ids:
            document.ids.pop(ref, None)
        for name in [name for name, ref in document.nameids.items() if ref in ids]:
            del document.nameids[name]
            document.nametypes.pop(name, None)
        for target in list(document.findall(nodes.target)):
            if target.get("refid") in ids:
                target.parent.remove(target)
        slugs = getattr(document, "myst_slugs", {})
        for name in [name for name, (_line, ref, _text) in slugs.items() if ref in ids]:
            del slugs[name]


def _is_empty_note(section: nodes.section) -> bool:
    return "event-note" in section["classes"] and _is_nothing(section)


def _is_nothing(node: nodes.Node) -> bool:
    """Return whether a node says nothing to anybody, as a heading does with nothing below it."""
    match node:
        case nodes.section():
            return all(map(_is_nothing, node.children))
        case nodes.system_message():
            # Of a heading that is there twice, which is no fault.
            return bool(node["level"] == Reporter.INFO_LEVEL)
        case nodes.raw():
            return node["format"] == "html" and not _COMMENT.sub("", node.astext()).strip()
    return isinstance(node, _UNREAD)


def _has_notes(section: nodes.section) -> bool:
    """Return whether a section is the home of a session, and holds more than its facts."""
    return is_home(section) and any(_is_of_notes(one, section) for one in section.children)


def _is_of_notes(node: nodes.Node, home: nodes.section) -> bool:
    """Return whether a node in the home of a session says more than its facts."""
    if isinstance(node, session_facts):
        return session_name(node) != session_name(home)
    if isinstance(node, nodes.section):
        return _has_notes(node) or not is_home(node)
    is_of_page = isinstance(node, _ADDED) or "toctree-wrapper" in classes_of(node)
    return not is_of_page and not _is_nothing(node)


def _ids_in(section: nodes.section) -> Iterator[str]:
    for node in section.findall(nodes.Element):
        yield from node["ids"]


def _last_nodes(document: nodes.document) -> Iterator[nodes.Element]:
    """Yield the last section of a page, which footnotes may follow, its last node, and so on."""
    sections = (one for one in reversed(document.children) if isinstance(one, nodes.section))
    last: nodes.Node = next(sections, document)
    while isinstance(last, nodes.Element):
        yield last
        if not last.children:
            return
        last = last.children[-1]
