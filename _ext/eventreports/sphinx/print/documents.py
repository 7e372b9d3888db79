"""Which documents ``typstprint`` prints: the handouts of each event, beside the book of all.

All that it is told of events is told at its events, see ``docs/events.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from ...core.messages import Message
from ...core.names import composed
from ...core.problems import Code
from ...core.suggestions import did_you_mean
from ...library import Entry
from ...render.nodes import schedule_grid
from ..config import FORMS, Settings
from ..domain import event_domain
from ..logging import report_at
from .book import begin_pages
from .grids import fit_grids, grid_value
from .handouts import add_glance, add_head, add_lines
from .options import PrintedDocument, context_of, marks_of
from .summaries import shorten

_STYLE: Final = Path(__file__).with_name("print.typ")
#: So many sheets' sides a summary has at most, its type getting smaller if need be.
_SIDES: Final = 2


class Handout(NamedTuple):
    """One event in one form; ``target`` is the file's name without its ending."""

    event_id: str
    form: str
    target: str


def possible_handouts(event_ids: Iterable[str]) -> list[Handout]:
    """All that there may be, no two of one name: an id may end as the name of a form does."""
    known = sorted(event_ids)
    found: dict[str, Handout] = {}
    for form, (_title, suffix) in FORMS.items():
        for event_id in known:
            handout = Handout(event_id, form, f"handouts/{file_name(event_id)}{suffix}")
            found.setdefault(handout.target, handout)
    return list(found.values())


def file_name(event_id: str) -> str:
    """Return an id as a name that every system, and Typst, takes for a file's.

    An id may be a folder's name, and so have characters that an ``id`` may not.
    """
    return re.sub(r'[\\:*?"<>|]', lambda match: quote(match[0], safe=""), event_id)


def setup(app: Sphinx) -> None:
    """Connect once all extensions are loaded, so that ``typstprint`` may come later."""
    app.connect("config-inited", connect)


def connect(app: Sphinx, _config: Config) -> None:
    """Answer what ``typstprint`` asks, where the site has it."""
    if "typstprint" in app.extensions:
        handouts = Handouts()
        app.connect("typstprint-collect-documents", handouts.documents)
        app.connect("typstprint-collect-options", marks_of)
        app.connect("typstprint-collect-styles", style)
        app.connect("typstprint-skip-document", handouts.is_skipped)
        app.connect("typstprint-document-assembled", handouts.compose)
        app.connect("typstprint-document-assembled", fit_grids)


def style(_app: Sphinx) -> tuple[Path, dict[type[nodes.Element], Any]]:
    """Say how the nodes of events look on paper."""
    return _STYLE, {schedule_grid: grid_value}


class Handouts:
    """The handouts that one build prints, by the names of their files."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._printed: dict[str, Handout] = {}

    def documents(self, app: Sphinx) -> list[tuple[object, ...]]:
        """Return a document for each event in each form that is wanted."""
        # Of several events with one id the first has it.
        self._entries = {}
        for entry in event_domain(app.env).library.entries.values():
            if entry.page in app.env.all_docs:
                self._entries.setdefault(entry.event_id, entry)
        for event_id in _chosen(app):
            if event_id not in self._entries:
                message = Message("there is no event “{event}”", event=event_id)
                message = did_you_mean(message, event_id, self._entries)
                report_at(None, Code.UNKNOWN_EVENT, message)
        forms = Settings.of(app.config).handouts
        found = [one for one in possible_handouts(self._entries) if one.form in forms]
        self._printed = {one.target: one for one in found}
        return [
            (self._entries[one.event_id].page, one.target, "", "", True, _options(one))
            for one in found
        ]

    def is_skipped(self, app: Sphinx, document: PrintedDocument) -> bool:
        """Return whether a document stays as it is, while others are printed alone."""
        handout = self._printed.get(document.target)
        chosen = _chosen(app)
        return bool(chosen) and (handout is None or handout.event_id not in chosen)

    def compose(self, app: Sphinx, document: PrintedDocument, tree: nodes.document) -> None:
        """Make a handout of an event's page; in the book, begin pages."""
        handout = self._printed.get(document.target)
        if handout is None:
            begin_pages(tree, {entry.page for entry in self._entries.values()})
            return
        context = context_of(app, self._entries[handout.event_id])
        root = next(iter(tree.findall(nodes.section)), None)
        if context.event is None or root is None:
            return
        if handout.form == "summary":
            shorten(context, context.event, root)
        else:
            add_glance(context, context.event, root)
        add_head(app, context, context.event, root, document.docname)
        add_lines(app, root)


def _chosen(app: Sphinx) -> list[str]:
    """The ids of the events that are printed alone, where the site names some."""
    return [*map(composed, Settings.of(app.config).printed_events)]


def _options(handout: Handout) -> dict[str, Any]:
    options: dict[str, Any] = {"cover": False, "contents": 0, "index": False}
    return {**options, "fit": _SIDES} if handout.form == "summary" else options
