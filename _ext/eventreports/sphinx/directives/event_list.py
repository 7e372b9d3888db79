"""``event:list`` and ``event:overview``: the events of the site."""

from typing import ClassVar, Final

from docutils.nodes import Node

from ...render.nodes import event_listing, event_overview
from ..domain import event_domain
from ..domain.data import ATTENDEES, FIGURES, POINTS, ObjectQuery
from ..domain.object_types import EVENT, PERSON, SERIES, SESSION, TOPIC
from .choosing import OF_LISTS, choice_of
from .options import OptionSpec, choice, classes, number, words_of
from .page_directive import PageDirective

#: The parts of an overview that are shown by default, and all.
_PARTS = ("years", "topics", "series", "figures", "data")
_ALL_PARTS = ("search", *_PARTS)
#: What each counts beside events.
_COUNTED: Final = {"topics": TOPIC, "series": SERIES, "figures": PERSON}


class ListDirective(PageDirective):
    """The events of the site, newest first; its body says what there is to do without any."""

    option_spec: ClassVar[OptionSpec] = {
        **OF_LISTS,
        "layout": choice("cards", "lead", "table", "timeline"),
    }

    def make(self) -> list[Node]:
        chosen = choice_of(self)
        domain, docname = event_domain(self.env), self.env.docname
        layout = self.options.get("layout", "cards")
        domain.note_query(docname, ObjectQuery(EVENT.name, choice=chosen))
        if layout == "table":
            domain.note_query(docname, ObjectQuery(EVENT.name, group=ATTENDEES, choice=chosen))
        else:
            domain.note_query(docname, ObjectQuery(SESSION.name, group=POINTS, choice=chosen))
        if layout == "lead":
            # It links to sessions by their titles.
            domain.note_query(docname, ObjectQuery(SESSION.name, choice=chosen))
        listing = event_listing(
            "",
            *self.parse_content_to_nodes(),
            layout=layout,
            choice=chosen,
            limit=self.options.get("limit"),
            refdoc=docname,
            classes=["event-list", *self.options.get("class", [])],
        )
        self.content = self.content[:0]
        self.set_source_info(listing)
        return [listing]


class Overview(PageDirective):
    """What the site has: years, topics, series and figures, its data, and a field to search it."""

    option_spec: ClassVar[OptionSpec] = {
        "parts": words_of(*_ALL_PARTS),
        "limit": number,
        "class": classes,
    }

    def make(self) -> list[Node]:
        parts = self.options.get("parts", [*_PARTS])
        queries = [ObjectQuery(EVENT.name)]
        queries += [
            ObjectQuery(_COUNTED[one].name, group=FIGURES) for one in parts if one in _COUNTED
        ]
        for query in queries:
            event_domain(self.env).note_query(self.env.docname, query)
        overview = event_overview(
            parts=parts,
            limit=self.options.get("limit", 20),
            refdoc=self.env.docname,
            classes=["event-overview", *self.options.get("class", [])],
        )
        self.set_source_info(overview)
        return [overview]
