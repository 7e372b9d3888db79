"""Fill the lists of events when all pages are read."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Final

from babel import Locale
from babel.dates import get_month_names
from docutils import nodes
from sphinx_design.grids import row_columns_option

from sphinxcommon.phrases import shortened

from ...render.context import joined, line, paragraph, plain
from ...render.covers import Size
from ...render.facts import status_badge
from ...render.inline import restriction
from ...render.labels import _, count_text, reported_by
from ...render.nodes import card, card_list, event_block, event_cover, event_listing, event_logo
from ...render.overview import year_name
from ...render.pictures import cover_node
from ..domain.attendees import Attendee, attendees
from ..domain.data import EventFacts
from ..domain.object_types import SESSION
from .event_tables import EventRow, NamedPerson, event_table
from .overviews import ListedEvent, OverallTransform

#: How many points a list quotes of an event: where it is large, and elsewhere.
_POINTS: Final = {Size.LEAD: 2, Size.CARD: 1}
#: Fewer cards than this share a line; more than that are small in a timeline.
_FEW: Final = 4
_MANY: Final = 6
#: How many columns a quotation takes at most; a letter of Japanese takes two.
_COLUMNS: Final = 120


class EventListings(OverallTransform):
    """Replace the placeholders of lists of events; runs before references are resolved."""

    default_priority = 5

    def run(self, **kwargs: object) -> None:
        for listing in list(self.document.findall(event_listing)):
            listing.replace_self(self._filled(listing))

    def _filled(self, listing: nodes.Element) -> nodes.Element:
        chosen, limit = self.events(listing["choice"]), listing["limit"]
        block = event_block("", classes=listing["classes"], support_smartquotes=False)
        # What is said without any is translated, too.
        if not chosen or self.env._app.builder.name == "gettext":
            block += _invitation(listing.children)
        elif listing["layout"] == "timeline":
            block += self._timeline(listing, chosen)
        elif listing["layout"] == "table":
            block += self._table(listing["refdoc"], chosen[:limit])
        elif listing["layout"] == "lead":
            shown = chosen[:limit]
            # An event of which nothing was noted is no report.
            lead = next((one for one in shown if next(self._points(one), None)), shown[0])
            block += self._cards(listing, [lead], Size.LEAD, "event-lead")
            if further := [one for one in shown if one is not lead]:
                block += self.heading(listing, _("More events"), "event-more")
                block += self._cards(listing, further)
        else:
            block += self._cards(listing, chosen[:limit])
        return block

    def _table(self, refdoc: str, events: Sequence[ListedEvent]) -> nodes.table:
        """Return a table of events, which ends with how many there are, and how many people."""

        def named(one: Attendee) -> NamedPerson:
            name = plain(one.name)
            link = self.link("person", one.id, refdoc)
            return NamedPerson(one.id or one.name, link([name]) if one.has_page else name)

        rows = []
        for one in events:
            there = attendees(self.domain, one.event_id)
            link = self.link("event", one.event_id, refdoc)([plain(one.target.title)])
            badge = status_badge(one.facts.status)
            row = EventRow(
                one.when(self.locale),
                [
                    link,
                    *restriction(one.facts.visibility),
                    *([nodes.Text(" "), *badge] if badge else []),
                ],
                one.facts.venue,
                [*map(named, there.reporters)],
                [*map(named, there.participants)],
                one.facts.session_count,
            )
            rows.append(row)
        return event_table(rows, self.locale)

    def _timeline(
        self, listing: nodes.Element, chosen: Sequence[ListedEvent]
    ) -> Iterator[nodes.Node]:
        """Yield the years, or the months of one, each with its events.

        Of the events beyond the limit it is said how many there are.
        """
        is_of_year, limit = len(listing["choice"].year) == 1, listing["limit"] or len(chosen)
        shown = set(chosen[:limit])
        months = get_month_names("abbreviated", "stand-alone", self.locale)
        groups = groupby(chosen, lambda one: one.month if is_of_year else one.year)
        before = 0
        for number, group in groups:
            events = list(group)
            if not is_of_year and number and before - number > 1:
                gap = [plain(_("There are no reports of this time."), "event-nothing")]
                years = f"{before - 1}" if before - number == 2 else f"{number + 1}–{before - 1}"
                yield self._group(listing, years, [paragraph(gap)], "event-timeline-gap")
            before = number
            listed = [one for one in events if one in shown]
            body: list[nodes.Node] = [self._cards(listing, listed)] if listed else []
            if len(listed) < len(events) and not is_of_year:
                text = count_text("events", len(events), self.locale)
                link = self.year_link(listing["refdoc"], number)([plain(text)])
                body.append(paragraph([link], "event-timeline-more"))
            if body:
                name = str(months[number]) if is_of_year and number else ""
                yield self._group(listing, name if is_of_year else year_name(number), body)

    def _group(
        self, listing: nodes.Element, name: str, body: Iterable[nodes.Node], *classes: str
    ) -> event_block:
        head = [self.heading(listing, name, "event-timeline-head")] if name else []
        return event_block("", *head, *body, classes=["event-timeline-item", *classes])

    def _cards(
        self,
        listing: nodes.Element,
        events: Iterable[ListedEvent],
        size: Size = Size.CARD,
        *classes: str,
    ) -> card_list:
        cards = card_list(
            columns=row_columns_option("1"), classes=["event-cards", *classes], bullet="-"
        )
        cards += [self._card(listing, one, size) for one in events]
        # Said before the first is read: none moves when the last comes.
        cards["classes"] += _room_of(len(cards))
        return cards

    def _card(self, listing: nodes.Element, one: ListedEvent, size: Size) -> card:
        refdoc, facts = listing["refdoc"], one.facts
        link = self.link("event", one.event_id, refdoc)([plain(one.target.title)])
        when = one.when(self.locale)
        known = [plain(fact, "event-fact") for fact in (when, facts.venue) if fact]
        is_large = size is Size.LEAD
        kicker = self.heading(listing, _("Newest report"), "event-kicker") if is_large else None
        reporters = _(", ").join(facts.reporters) if is_large else ""
        by = [plain(reported_by(reporters))] if reporters else []
        text = event_block(
            "",
            *([kicker] if kicker else []),
            paragraph([link, *restriction(facts.visibility)], "sd-card-title", "event-card-title"),
            *line(status_badge(facts.status), "event-card-status"),
            *line(joined(known), "event-card-when"),
            *(self._quotations(one, size) if self.is_on_web else []),
            *line(joined([*by, *_counts(facts, self.locale)]), "event-card-counts"),
            classes=["event-card-text"],
        )
        return card("", *([self._cover(one, size)] if self.is_on_web else []), text)

    def _cover(self, one: ListedEvent, size: Size) -> event_cover:
        facts = one.facts
        days = (facts.start, facts.end)
        cover = cover_node(one.event_id, days, facts.color, size, self.locale)
        if facts.picture:
            cover += event_logo(uri=f"/{facts.picture}", alt="", classes=["no-scaled-link"])
        return cover

    def _quotations(self, one: ListedEvent, size: Size) -> Iterator[nodes.Node]:
        """Yield what the reporter took home; where there is room, with links to the notes."""
        for session, title, point in islice(self._points(one), _POINTS[size]):
            # On narrow cards lines that end between phrases would be ragged.
            kinds = ("event-quote", "event-phrases") if size is Size.LEAD else ("event-quote",)
            yield paragraph([nodes.Text(shortened(point, _COLUMNS))], *kinds)
            if size is Size.LEAD:
                link = self.link("session", f"{one.event_id}/{session}", self.env.docname)
                yield paragraph([link([plain(title)])], "event-quote-of")

    def _points(self, one: ListedEvent) -> Iterator[tuple[str, str, str]]:
        """Yield the id, the title and the first point of each session that has any."""
        for session in one.facts.sessions:
            target = self.domain.link_target(SESSION, (one.event_id, session))
            points = self.domain.points((one.event_id, session))
            if target and points:
                yield session, target.title, points[0]


def _room_of(number: int) -> list[str]:
    """Return the class of lists of few cards, which are wide, and of many, which are small."""
    return ["event-few"] if number < _FEW else ["event-many"] if number > _MANY else []


def _counts(facts: EventFacts, locale: Locale) -> list[nodes.Node]:
    numbers = {"sessions": facts.session_count, "slides": facts.slides, "videos": facts.videos}
    return [
        plain(count_text(kind, number, locale), "event-fact")
        for kind, number in numbers.items()
        if number
    ]


def _invitation(todo: Sequence[nodes.Node]) -> event_block:
    """Say that there is nothing, and what the author says that there is to do."""
    for one in todo:
        if len(one.children) == 1 and isinstance(link := one.children[0], nodes.Element):
            link["classes"] = [*link.get("classes", []), "event-button", "event-button-first"]
    return event_block(
        "",
        paragraph([plain(_("There are no events."))], "event-nothing"),
        *todo,
        classes=["event-invitation"],
    )
