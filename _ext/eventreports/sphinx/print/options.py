"""For whom a printed document is, and of what date: by the events that are in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, Protocol, get_args

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from ...core.model import Event, Visibility
from ...library import Entry
from ...render.context import Context
from ...render.facts import visibility_text
from ...render.labels import site_locale
from ..domain import event_domain

#: For whom a report may be, the strictest last.
_STRICTNESS: Final = get_args(Visibility)


class PrintedDocument(Protocol):
    """A document as ``typstprint`` hands it over."""

    docname: str
    target: str
    is_book: bool


def marks_of(app: Sphinx, document: PrintedDocument) -> dict[str, object]:
    """Say for whom and of what date a document is, by the events that are in it."""
    page = document.docname
    events = _events_of(app, _pages_below(app.env, page) if document.is_book else {page})
    said = {"marking": _strictest_marking(app, events), "date": _latest_date(app, events.values())}
    return {key: value for key, value in said.items() if value}


def _pages_below(env: BuildEnvironment, page: str) -> set[str]:
    """The page, and those that it or one of them has in its contents."""
    found: set[str] = set()
    ahead = [page]
    while ahead:
        if (one := ahead.pop()) not in found:
            found.add(one)
            ahead += env.toctree_includes.get(one, ())
    return found


def _events_of(app: Sphinx, pages: Iterable[str]) -> dict[str, Event]:
    """The events of some pages, by their folders and in their order: the same on every build."""
    library = event_domain(app.env).library
    folders = {folder for page in pages if (folder := library.folder_of_page(page)) is not None}
    return {folder: event for folder in sorted(folders) if (event := library.load(folder).event)}


def _strictest_marking(app: Sphinx, events: Mapping[str, Event]) -> str:
    """For whom the strictest of some events is; nothing where all are for everybody."""
    folder, event = max(
        events.items(), key=lambda one: _STRICTNESS.index(one[1].visibility), default=("", None)
    )
    if event is None or event.visibility == "public":
        return ""
    return visibility_text(context_of(app, event_domain(app.env).library.entries[folder]), event)


def _latest_date(app: Sphinx, events: Iterable[Event]) -> date | str:
    """When the youngest of some reports was last revised, or published, or else when its event was.

    As a text where its day is not known; nothing where the site says itself what is printed.
    """
    dates = [one.updated or one.published or one.first_date for one in events]
    latest = max(filter(None, dates), default=None)
    if latest is None or app.config.today or app.config.typstprint_options.get("date"):
        return ""
    return latest.first_day() if latest.day else latest.format(site_locale(app.config.language))


def context_of(app: Sphinx, entry: Entry) -> Context:
    loaded = event_domain(app.env).library.load(entry.folder)
    return Context.of_page(app.env, entry.page, entry.folder, loaded)
