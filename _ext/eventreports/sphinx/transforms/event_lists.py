"""Fill the lists of events when all pages are read."""

from typing import cast

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx_design.grids import row_columns_option

from ...core.dates import format_range
from ...render.context import joined, line, paragraph, plain
from ...render.facts import status_badge
from ...render.labels import _, ngettext, site_locale
from ...render.nodes import card, card_list, event_block, event_listing
from ..domain import event_domain
from ..domain.data import EventFacts, LinkTarget
from ..domain.object_types import EVENT


class EventListings(SphinxPostTransform):
    """Replace the placeholders of lists of events; runs before references are resolved."""

    default_priority = 5

    def run(self, **kwargs: object) -> None:
        for listing in list(self.document.findall(event_listing)):
            listing.replace_self(self._filled(listing))

    def _filled(self, listing: nodes.Element) -> nodes.Element:
        domain = event_domain(self.env)
        year, limit = listing["year"], listing["limit"]
        chosen = [
            (event_id, target, cast(EventFacts, target.facts))
            for (event_id,), (target, *_others) in domain.targets[EVENT.name].items()
            if year is None or target.group == str(year)
        ]
        chosen.sort(key=lambda item: item[2].start or (), reverse=True)
        block = event_block("", classes=listing["classes"], support_smartquotes=False)
        if not chosen:
            block += paragraph([plain(_("There are no events."))], "event-nothing")
            return block
        cards = card_list(columns=row_columns_option("1"), classes=["event-cards"], bullet="-")
        cards += [self._card(listing, *item) for item in chosen[:limit]]
        block += cards
        return block

    def _card(
        self, listing: nodes.Element, event_id: str, target: LinkTarget, event: EventFacts
    ) -> card:
        link = addnodes.pending_xref(
            "",
            plain(target.title),
            refdomain="event",
            reftype="event",
            reftarget=event_id,
            refexplicit=True,
            refwarn=False,
            refdoc=listing["refdoc"],
        )
        when = event.date_text
        if not when and event.start and event.end:
            when = format_range(event.start, event.end, site_locale(self.config.language))
        number = event.session_count
        count = ngettext("{number} session", "{number} sessions", number).format(number=number)
        facts = [when, event.venue, count if number else ""]
        node = card("", paragraph([link], "sd-card-title", "event-card-title"))
        node += line(status_badge(event.status), "event-card-status")
        known = [plain(fact, "event-fact") for fact in facts if fact]
        node += line(joined(known), "event-card-when")
        return node
