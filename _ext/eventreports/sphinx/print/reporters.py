"""Say in a summary whose the notes are."""

from collections.abc import Sequence
from typing import NamedTuple

from docutils import nodes

from ..domain import EventDomain
from .notes_together import of_page, page_of, reporter_line


class Reporters(NamedTuple):
    """Who wrote the notes of an event, by the pages that these are from."""

    domain: EventDomain
    #: The event's page.
    docname: str

    def name_of(self, page: str) -> str:
        """Return who wrote the notes of a page, as :func:`.page_of` names it."""
        return self.domain.name_of_notes(page or self.docname)

    def bodies(self, sections: Sequence[nodes.section]) -> list[nodes.Node]:
        """Return what stands below the headings of sections, and whose it is."""
        by_page: dict[str, list[nodes.section]] = {}
        for section in sections:
            by_page.setdefault(page_of(section), []).append(section)
        is_alone = len(by_page) == 1
        return [
            node
            for page, found in by_page.items()
            for node in of_page(
                page,
                *reporter_line(
                    self.domain, page or self.docname, "event-points-of", is_alone=is_alone
                ),
                *(below for section in found for below in section[1:]),
            )
        ]
