"""The options of a printed document that its events give: its marking, and its date."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from sphinx.application import Sphinx

from sphinxcommon.pages import pages_below

from ...core.audience import LEVELS, strictest
from ...core.model import Event
from ...library import Entry
from ...render.context import Context
from ...render.facts import visibility_text
from ...render.labels import site_locale, word
from ..domain import event_domain


class PrintedDocument(Protocol):
    """A document of ``typstprint``, as its events have it."""

    docname: str
    target: str
    is_book: bool


def document_options(app: Sphinx, document: PrintedDocument) -> dict[str, object]:
    """Return the marking and the date of a document, by the events that are in it."""
    page = document.docname
    events = _events_of(app, pages_below(app.env, page) if document.is_book else [page])
    options = {
        "marking": _strictest_marking(app, events),
        "date": _latest_date(app, events.values()),
    }
    return {key: value for key, value in options.items() if value}


def _events_of(app: Sphinx, pages: Iterable[str]) -> dict[str, Event]:
    """Return the events of some pages by their folders, in the order of these."""
    library = event_domain(app.env).library
    folders = {folder for page in pages if (folder := library.folder_of_page(page)) is not None}
    return {folder: event for folder in sorted(folders) if (event := library.load(folder).event)}


def _strictest_marking(app: Sphinx, events: Mapping[str, Event]) -> str:
    """Return for whom the strictest of some events is, and the build if it may have stricter."""
    folder, event = max(
        events.items(),
        key=lambda one: LEVELS.index(strictest(one[1].visibility)),
        default=("", None),
    )
    library = event_domain(app.env).library
    level = strictest(event.visibility) if event else LEVELS[0]
    # What is in the document may be for fewer than its events are.
    edition = word("audience", library.audience.level) if level != library.audience.level else ""
    own = ""
    if event and level != LEVELS[0]:
        own = visibility_text(context_of(app, library.entries[folder]), event)
    return " / ".join(filter(None, (edition, own)))


def _latest_date(app: Sphinx, events: Iterable[Event]) -> date | str:
    """Return the latest date at which a report was revised or published, or its event held.

    It is a text if the day is not known, and empty if the site itself sets the date.
    """
    dates = [one.updated or one.published or one.first_date for one in events]
    latest = max(filter(None, dates), default=None)
    if latest is None or app.config.today or app.config.typstprint_options.get("date"):
        return ""
    return latest.first_day() if latest.day else latest.format(site_locale(app.config.language))


def context_of(app: Sphinx, entry: Entry) -> Context:
    """Return what rendering needs to know of an event and its page."""
    loaded = event_domain(app.env).library.load(entry.folder)
    return Context.of_page(app.env, entry.page, entry.folder, loaded)
