"""Say on each page below an event's own who wrote it."""

from collections.abc import Sequence

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from ...library import Entry
from ...render.context import joined, plain, verbatim
from ...render.labels import _, reported_by
from ...render.nodes import byline
from ..domain import event_domain


class Bylines(SphinxTransform):
    """Say below the heading of a page below an event's who wrote it, with a link to the event.

    It runs once each page has a heading (350), and before references are noted (890).
    """

    default_priority = 360

    def apply(self, **kwargs: object) -> None:
        domain, docname = event_domain(self.env), self.env.docname
        entry, names = domain.library.entry_of_page(docname), domain.reporters.get(docname)
        section = next(iter(self.document.findall(nodes.section)), None)
        if entry is None or docname == entry.page or not names or section is None:
            return
        shown = self._shown(entry, names)
        node = byline("", "", *shown, reporters=_(", ").join(names), classes=["event-byline"])
        node.source, node.line = section.source or self.document["source"], section.line
        section.insert(1, verbatim(node))

    def _shown(self, entry: Entry, names: Sequence[str]) -> list[nodes.Node]:
        by = plain(reported_by(_(", ").join(names)), "event-fact")
        link = addnodes.pending_xref(
            "",
            plain(entry.event_id),
            refdomain="event",
            reftype="event",
            reftarget=entry.event_id,
            refexplicit=False,
            refwarn=False,
            refdoc=self.env.docname,
        )
        link.source, link.line = self.document["source"], 1
        return joined([by, link])
