"""``event:list``: the events of the site."""

from typing import ClassVar

from docutils.nodes import Node

from ...render.nodes import event_listing
from ..domain import event_domain
from ..domain.data import ObjectQuery
from ..domain.object_types import EVENT
from .options import OptionSpec, classes, number, year
from .page_directive import PageDirective


class ListDirective(PageDirective):
    """The events of the site, newest first."""

    option_spec: ClassVar[OptionSpec] = {
        "year": year,
        "limit": number,
        "class": classes,
    }

    def make(self) -> list[Node]:
        listed = self.options.get("year")
        query = ObjectQuery(EVENT.name, group="" if listed is None else str(listed))
        event_domain(self.env).note_query(self.env.docname, query)
        listing = event_listing(
            year=listed,
            limit=self.options.get("limit"),
            refdoc=self.env.docname,
            classes=["event-list", *self.options.get("class", [])],
        )
        self.set_source_info(listing)
        return [listing]
