"""``event:list``: the events of the site."""

from typing import ClassVar

from docutils.nodes import Node
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from ...render.nodes import event_listing
from ..domain import event_domain
from ..domain.data import ObjectQuery
from ..domain.object_types import EVENT
from .options import OptionSpec


def year(argument: str) -> int:
    """Convert a year; ``undated`` is 0."""
    return 0 if argument.strip() == "undated" else directives.positive_int(argument)


class ListDirective(SphinxDirective):
    """The events of the site, newest first."""

    option_spec: ClassVar[OptionSpec] = {
        "year": year,
        "limit": directives.positive_int,
        "class": directives.class_option,
    }

    def run(self) -> list[Node]:
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
