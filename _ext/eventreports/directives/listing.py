"""``event:list``: what there is, across events."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from ..domain import EVERY_EVENT, EventDomain
from ..nodes import event_listing
from .options import OptionSpec

if TYPE_CHECKING:
    from docutils.nodes import Node


class ListDirective(SphinxDirective):
    """The events of the site, newest first."""

    option_spec: ClassVar[OptionSpec] = {
        "year": directives.nonnegative_int,
        "limit": directives.positive_int,
        "class": directives.class_option,
    }

    def run(self) -> list[Node]:
        domain = cast(EventDomain, self.env.get_domain("event"))
        domain.note_use(self.env.docname, EVERY_EVENT)
        listing = event_listing(
            year=self.options.get("year"),
            limit=self.options.get("limit"),
            refdoc=self.env.docname,
            classes=["event-list", *self.options.get("class", [])],
        )
        self.set_source_info(listing)
        return [listing]
