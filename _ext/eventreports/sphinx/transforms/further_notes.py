"""Links to the notes of a session that stand on other pages than those to which links lead."""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from ...render.context import joined, paragraph, plain
from ...render.labels import _
from ...render.nodes import card, session_facts
from ..domain import event_domain
from .session_sections import opens_section, session_key


class FurtherNotesLinks(SphinxPostTransform):
    """Where a session's notes are, and on its cards, links to its notes on other pages."""

    default_priority = 6

    def run(self, **kwargs: object) -> None:
        facts = filter(self._is_at_home, self.document.findall(session_facts))
        cards = (one for one in self.document.findall(card) if "session" in one)
        for node in [*facts, *cards]:
            self._add_links(node)

    def _is_at_home(self, node: nodes.Element) -> bool:
        """Whether the facts open the section to which links lead."""
        section = node.parent
        if (
            not _is_home(section)
            or session_key(section) != session_key(node)
            or not opens_section(node)
        ):
            return False
        home = event_domain(self.env).home(*session_key(node))
        return home is not None and home.docname == node["refdoc"]

    def _add_links(self, node: nodes.Element) -> None:
        domain = event_domain(self.env)
        docname = node["refdoc"]
        links = [
            make_refnode(
                self.env._app.builder,
                docname,
                place.docname,
                place.anchor,
                plain(self.env.titles[place.docname].astext()),
            )
            for place in domain.more_notes(*session_key(node))
            if place.docname != docname
        ]
        if links:
            name = plain(_("More notes") + _(": "), "event-label")
            node += paragraph([name, *joined(links)], "event-more-notes")


def _is_home(node: nodes.Node) -> bool:
    return isinstance(node, nodes.section) and "event-session-notes" in node["classes"]
