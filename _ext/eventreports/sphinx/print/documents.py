"""Answer ``typstprint``: which documents it prints of events, and what is in them.

The events of Sphinx by which it asks are described in ``docs/sphinx-events.md``.
"""

import re
from collections.abc import Iterable, Set
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import did_you_mean

from ...core.names import composed
from ...core.problems import Code
from ...library import Entry
from ...render.nodes import schedule_grid, time_link
from ..domain import EventDomain, event_domain
from ..logging import report_at
from ..settings import FORMS, Settings
from ..year_pages import FOLDER
from .handout_additions import add_glance, add_head, add_lines
from .lone_facts import part_from_next
from .notes_together import NotesTogether
from .options import PrintedDocument, context_of, document_options
from .reporters import Reporters
from .schedule_grids import fit_grids, grid_value
from .summaries import shorten

_STYLE: Final = Path(__file__).with_name("styles.typ")
#: The most pages of a summary, whose type gets smaller if need be.
_MOST_PAGES: Final = 2


class Handout(NamedTuple):
    """One event in one form; ``target`` is the path of the file without its suffix."""

    event_id: str
    form: str
    target: str


def possible_handouts(event_ids: Iterable[str]) -> list[Handout]:
    """Return all handouts that may be printed; of two with one target, the first.

    An id may end as the name of a form's file does.
    """
    known = sorted(event_ids)
    found: dict[str, Handout] = {}
    for form, (_title, suffix) in FORMS.items():
        for event_id in known:
            handout = Handout(event_id, form, f"handouts/{file_name(event_id)}{suffix}")
            found.setdefault(handout.target, handout)
    return list(found.values())


def file_name(event_id: str) -> str:
    """Return an id as a file name that every operating system and Typst accept.

    An id that comes from a folder's name may have characters that a given one may not.
    """
    return re.sub(r'[\\:*?"<>|]', lambda match: quote(match[0], safe=""), event_id)


def setup(app: Sphinx) -> None:
    """Connect to the events of ``typstprint``."""
    handouts = Handouts()
    app.connect("typstprint-collect-documents", handouts.documents)
    app.connect("typstprint-collect-options", document_options)
    app.connect("typstprint-collect-styles", style)
    app.connect("typstprint-skip-document", handouts.is_skipped)
    app.connect("typstprint-document-assembled", handouts.compose)
    app.connect("typstprint-document-assembled", fit_grids)
    app.connect("typstprint-document-assembled", part_from_next)


def style(_app: Sphinx) -> tuple[Path, dict[type[nodes.Element], Any]]:
    """Return the style of events, and the nodes that one of its functions shows."""
    return _STYLE, {schedule_grid: grid_value, time_link: time_value}


def time_value(time: nodes.Element) -> dict[str, Any]:
    """Return the arguments of the function ``video-time`` of ``styles.typ``."""
    return {"address": time["refuri"], "time": time.astext()}


class Handouts:
    """The handouts that one build prints, by their targets."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._printed: dict[str, Handout] = {}

    def documents(self, app: Sphinx) -> list[tuple[object, ...]]:
        """Return a document for each event in each of the forms that the site sets."""
        # If several events have one id, the first keeps it.
        self._entries = {}
        for entry in event_domain(app.env).library.entries.values():
            if entry.page in app.env.all_docs:
                self._entries.setdefault(entry.event_id, entry)
        for event_id in _chosen(app):
            if level := event_domain(app.env).library.level_of_left_out(event_id):
                message = Message(
                    "the event “{event}” is not for this build: write AUDIENCE={level}, or "
                    "-D eventreports_audience={level}",
                    event=event_id,
                    level=level,
                )
                report_at(None, Code.VISIBILITY, message)
                app.statuscode = 1
            elif event_id not in self._entries:
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
        """Return whether a document is not printed, since the site names the events to print."""
        handout = self._printed.get(document.target)
        chosen = _chosen(app)
        return bool(chosen) and (handout is None or handout.event_id not in chosen)

    def compose(self, app: Sphinx, document: PrintedDocument, tree: nodes.document) -> None:
        """Make a handout of an event's page; in the book, begin pages at events."""
        domain = event_domain(app.env)
        handout = self._printed.get(document.target)
        if handout is None:
            self._put_notes_together(domain, tree)
            _begin_pages(tree, {entry.page for entry in self._entries.values()})
            return
        entry = self._entries[handout.event_id]
        context = context_of(app, entry)
        root = next(iter(tree.findall(nodes.section)), None)
        if context.event is None or root is None:
            return
        NotesTogether(domain, entry, context.event, tree).put_together()
        if handout.form == "summary":
            shorten(context, context.event, root, Reporters(domain, entry.page))
        else:
            add_glance(context, context.event, root)
        add_head(app, context, context.event, root, document.docname)
        add_lines(app, root)

    def _put_notes_together(self, domain: EventDomain, tree: nodes.document) -> None:
        """Put together the notes of each event whose page is in a document, with those below it."""
        entries = {entry.page: entry for entry in self._entries.values()}
        for start in (tree, *list(tree.findall(addnodes.start_of_file))):
            entry = entries.get(start["docname"])
            event = domain.library.load(entry.folder).event if entry else None
            if entry and event:
                NotesTogether(domain, entry, event, start).put_together()


def _begin_pages(tree: nodes.document, event_pages: Set[str]) -> None:
    """Begin a page before and after each event, and remove the level of headings above years."""
    for start in list(tree.findall(addnodes.start_of_file)):
        if start["docname"] in event_pages:
            place = start.parent.index(start)
            for at in (place + 1, place):
                start.parent.insert(at, nodes.container(classes=["event-new-page"]))
        elif start["docname"].endswith(f"/{FOLDER}/index"):
            _lift_contents(start)


def _lift_contents(start: nodes.Element) -> None:
    """Replace the sections of a page that hold nothing but other pages by these."""
    for section in list(start.findall(nodes.section)):
        page = section.parent
        pages = [one for one in section.children[1:] if isinstance(one, nodes.Element)]
        are_contents = all("toctree-wrapper" in one["classes"] for one in pages)
        if page in start.children and pages and are_contents:
            place = page.index(section)
            page[place : place + 1] = pages


def _chosen(app: Sphinx) -> list[str]:
    """Return the ids of the events to print, if the site names some."""
    return [*map(composed, Settings.of(app.config).printed_events)]


def _options(handout: Handout) -> dict[str, Any]:
    fit = {"fit": _MOST_PAGES} if handout.form == "summary" else {}
    return {"cover": False, "contents": 0, "index": False, **fit}
