"""Find the events before pages are read, and note the event of each page that is read."""

import json
import posixpath
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.matching import Matcher

from sphinxcommon.files import short_digest
from sphinxcommon.messages import Message

from ..core.files import on_disk
from ..core.model import Event, Person
from ..core.normal_form import normal_form
from ..core.paths import refusal
from ..core.problems import Code, Mark, Problem
from ..core.subject_groups import sources
from ..core.texts import all_texts
from ..library import Entry
from ..render.context import Context
from ..render.event_head import count_of
from ..render.facts import date_text
from ..render.pictures import picture
from .domain import event_domain
from .domain.data import REPORTERS, SUBJECTS, EventFacts, KeptForm, LinkTarget, ObjectQuery
from .domain.object_types import EVENT
from .logging import report


def setup(app: Sphinx) -> None:
    """Connect the handlers."""
    app.connect("builder-inited", find_events, priority=400)
    app.connect("builder-inited", report_problems)
    app.connect("source-read", note_event)


def find_events(app: Sphinx) -> None:
    """Find the events' files."""
    domain = event_domain(app.env)
    library = domain.library
    is_known = domain.data.get("audience") == library.audience
    known = (domain.data["entries"], domain.data["left_out"]) if is_known else ({}, {})
    library.scan(*known)
    domain.data["audience"] = library.audience
    domain.data["entries"] = dict(library.entries)
    domain.data["left_out"] = library.left_out_digests
    files = {
        "ids": {folder: entry.event_id for folder, entry in library.entries.items()},
        "left out": domain.data["left_out"],
        "registers": dict(library.registers.stamps),
        "read in part": library.incomplete,
    }
    domain.has_other_files |= domain.note_state("files", files)


def report_problems(app: Sphinx) -> None:
    """Report what is wrong in and between the events' files."""
    for problem in (*_without_page(app), *event_domain(app.env).library.problems):
        report(problem, Path(app.srcdir), app.config)


def _without_page(app: Sphinx) -> Iterator[Problem]:
    """Yield a problem for each event that no page shows, unless a refused page is why."""
    domain = event_domain(app.env)
    shown = set(events_with_page(app))
    for entry in domain.library.entries.values():
        if entry.page in domain.left_out_pages:
            continue
        files = (Path(app.srcdir, f"{entry.page}{suffix}") for suffix in app.config.source_suffix)
        if entry not in shown and not any(refusal(file, Path(app.srcdir)) for file in files):
            yield Problem(entry.file, Mark(), Code.NO_PAGE, _how_to_show(app, entry))


def events_with_page(app: Sphinx) -> list[Entry]:
    """Return the events of which the site has the page; Sphinx has not listed its pages yet."""
    is_included = Matcher(app.config.include_patterns)
    is_excluded = Matcher(app.config.exclude_patterns)

    def is_page(name: str) -> bool:
        return Path(app.srcdir, name).is_file() and is_included(name) and not is_excluded(name)

    return [
        entry
        for entry in event_domain(app.env).library.entries.values()
        if any(is_page(f"{entry.page}{suffix}") for suffix in app.config.source_suffix)
    ]


def _how_to_show(app: Sphinx, entry: Entry) -> Message:
    """Return advice: which page to write, or how a page in Markdown is read."""
    suffixes: dict[str, str] = app.config.source_suffix
    suffix = ".md" if ".md" in suffixes else next(iter(suffixes))
    wanted, page = f"{entry.page}{suffix}", f"{entry.page}.md"
    if ".md" in suffixes or not Path(app.srcdir, page).is_file():
        return Message("no page shows this event; write {wanted}", wanted=wanted)
    return Message(
        "no page shows this event; add “myst_parser” to “extensions” in conf.py, so that {page} is "
        "read, or write {wanted}",
        page=page,
        wanted=wanted,
    )


def note_event(app: Sphinx, docname: str, _source: list[str]) -> None:
    """Note in the domain the event whose page is read."""
    domain = event_domain(app.env)
    domain.folders[docname] = domain.library.folder_of_page(docname)
    entry = domain.library.entry_of_page(docname)
    if entry is None or docname != entry.page:
        return
    app.env.note_dependency(entry.file)
    domain.note_query(docname, ObjectQuery(EVENT.name, group=f"{entry.event_id}{REPORTERS}"))
    domain.note_query(docname, ObjectQuery(EVENT.name, (entry.event_id,), SUBJECTS))
    loaded = domain.library.load(entry.folder)
    if (event := loaded.event) is None:
        # Others may go on referring to it; why there is no more to show has been reported.
        title, facts = entry.event_id, EventFacts(entry.date, entry.date)
    else:
        context = Context.of_page(app.env, docname, entry.folder, loaded)
        title = context.name(event.name) or event.id
        facts = _facts(context, event)
        normal = normal_form(event, partial(_from_root, context))
        text = json.dumps(normal, ensure_ascii=False, separators=(",", ":"))
        domain.normal_forms[docname] = KeptForm(event.id, text, short_digest(sources(normal)))
    year = facts.start.year if facts.start else 0
    target = LinkTarget(docname, "", title, "page", group=str(year), facts=facts)
    domain.note_object(EVENT, (event.id if event else entry.event_id,), target)


def _from_root(context: Context, path: str) -> str:
    """Return the path of a file from the source directory, as Sphinx has it."""
    folder = context.root / context.folder
    return posixpath.normpath(posixpath.join(context.folder, on_disk(path, folder)))


def _facts(context: Context, event: Event) -> EventFacts:
    """Return what lists of events show."""
    image = picture(context, event.image) if event.image else None
    return EventFacts(
        event.first_date,
        event.last_date,
        date_text(context, event),
        context.text(event.venue.name) if event.venue else "",
        len(event.sessions),
        event.status,
        event.color,
        count_of(event, "slides"),
        count_of(event, "videos"),
        _names(context, event.reporters),
        tuple(session.id for session in event.all_sessions),
        image.relative_to(context.root).as_posix() if image else "",
        event.visibility or "",
        _names(context, event.participants),
        event.kind or "",
        tuple(all_texts(venue.name, venue.locality)) if (venue := event.venue) else (),
    )


def _names(context: Context, people: Iterable[Person]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(context.name(one.name) for one in people if one.name))
