"""``event:list`` and ``event:overview``: the events of the site."""

from typing import ClassVar, Final

from docutils.nodes import Node

from ...render.nodes import event_listing, event_overview
from ..domain import event_domain
from ..domain.data import FIGURES, POINTS, ObjectQuery
from ..domain.object_types import EVENT, SESSION
from .options import OptionSpec, choice, classes, number, words_of, year
from .page_directive import PageDirective

#: The parts of an overview that are shown by default, and all.
_PARTS = ("years", "topics", "figures", "data")
_ALL_PARTS = ("search", *_PARTS)

#: The options that choose events.
CHOOSING_EVENTS: Final[OptionSpec] = {"year": year, "limit": number, "class": classes}


class ListDirective(PageDirective):
    """The events of the site, newest first; its body says what there is to do without any."""

    option_spec: ClassVar[OptionSpec] = {
        **CHOOSING_EVENTS,
        "layout": choice("cards", "lead", "timeline"),
    }

    def make(self) -> list[Node]:
        listed = self.options.get("year")
        domain, docname = event_domain(self.env), self.env.docname
        group = "" if listed is None else str(listed)
        domain.note_query(docname, ObjectQuery(EVENT.name, group=group))
        domain.note_query(docname, ObjectQuery(SESSION.name, group=f"{group}{POINTS}"))
        layout = self.options.get("layout", "cards")
        if layout == "lead":
            # It links to sessions by their titles.
            domain.note_query(docname, ObjectQuery(SESSION.name))
        listing = event_listing(
            "",
            *self.parse_content_to_nodes(),
            layout=layout,
            year=listed,
            limit=self.options.get("limit"),
            refdoc=docname,
            classes=["event-list", *self.options.get("class", [])],
        )
        self.content = self.content[:0]
        self.set_source_info(listing)
        return [listing]


class Overview(PageDirective):
    """What the site has: its years, topics and figures, its data, and a field to search it."""

    option_spec: ClassVar[OptionSpec] = {
        "parts": words_of(*_ALL_PARTS),
        "limit": number,
        "class": classes,
    }

    def make(self) -> list[Node]:
        parts = self.options.get("parts", [*_PARTS])
        event_domain(self.env).note_query(self.env.docname, ObjectQuery(EVENT.name))
        if not {"topics", "figures"}.isdisjoint(parts):
            query = ObjectQuery(EVENT.name, group=FIGURES)
            event_domain(self.env).note_query(self.env.docname, query)
        overview = event_overview(
            parts=parts,
            limit=self.options.get("limit", 20),
            refdoc=self.env.docname,
            classes=["event-overview", *self.options.get("class", [])],
        )
        self.set_source_info(overview)
        return [overview]
