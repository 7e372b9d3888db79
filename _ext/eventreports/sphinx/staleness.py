"""Find the pages to read or write again, beside those that Sphinx finds."""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any, Literal

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from sphinxcommon.files import short_digest

from ..core.appearances import Form, Texts
from ..core.files import stamp_of
from ..core.model import SubjectKind
from ..core.session_forms import resources_of, with_resources
from ..core.subject_lists import listed
from .domain import EventDomain, event_domain
from .domain.attendees import attendees
from .domain.choices import chosen_events
from .domain.copied_files import copied_files
from .domain.data import (
    ATTENDEES,
    FIGURES,
    NOTED,
    POINTS,
    REPORTERS,
    RESOURCES,
    SUBJECTS,
    Answer,
    Choice,
    EventFacts,
    ObjectQuery,
    noted_group,
)
from .domain.object_types import EVENT, OBJECT_TYPES, SESSION


def setup(app: Sphinx) -> None:
    """Connect the handlers."""
    app.connect("env-get-outdated", outdated_pages)
    # Before what asks whether anything has changed.
    app.connect("env-updated", note_stamps, priority=400)
    app.connect("env-get-updated", outdated_outputs)


def outdated_outputs(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages whose output is older than the objects that it shows.

    Sphinx compares the outputs with the sources of pages alone. It misses pages that another
    builder with the same doctrees has read since, and changes on pages that a page refers to.
    """
    domain = event_domain(env)
    _answer_queries(domain)
    outdated = []
    # Outputs without pages of subjects have no links to these, nor to what is near.
    has_links = domain.subjects.have_pages
    for docname in sorted(env.found_docs):
        written = _written(app.builder, docname)
        queries = domain.queries.get(docname, ())
        shown = (one for one in queries if has_links or _answered_by(domain, one) != "links")
        changes = [domain.answers[query].since for query in shown]
        if written is not None and written < max(env.all_docs.get(docname, 0), *changes, 0):
            outdated.append(docname)
    return outdated


def _answer_queries(domain: EventDomain) -> None:
    """Answer the queries of all pages; an answer that has not changed keeps its time."""
    domain.subjects.forget_others()
    found = _found(domain)
    now = time.time_ns() // 1000
    subjects = domain.subjects
    has_other_facts = domain.has_other_facts
    has_other_names = domain.note_state("names", (subjects.sources, subjects.written_pages))
    domain.note_changes(are_of_any=has_other_names)
    relinked = _relinked(domain)
    may_differ = {
        "objects": True,
        "choices": has_other_facts,
        "names": has_other_names,
        "links": relinked is None,
    }
    before = dict(domain.answers)
    domain.answers.clear()
    for query in set().union(*domain.queries.values()):
        answered_by = _answered_by(domain, query)
        known = before.get(query)
        is_linked = answered_by == "links"
        is_needed = subjects.have_pages or not is_linked
        is_relinked = is_linked and relinked and query.name[0] in relinked
        if may_differ[answered_by] or is_relinked or (known is None and is_needed):
            answer = Answer(tuple(_shown(domain, query, found)), now)
            known = known if known and known.found == answer.found else answer
        if known:
            domain.answers[query] = known


def _relinked(domain: EventDomain) -> Set[str] | None:
    """Return the events of which pages may show other links to what is near; ``None`` for any.

    Those of outputs that have no such links wait for one that has.
    """
    if not domain.subjects.have_pages:
        return frozenset()
    changed = domain.changed_since(domain.states.get("links", {}))
    domain.states["links"] = dict(domain.changed)
    return None if changed is None else domain.subjects.showing_links_to(changed)


def _answered_by(
    domain: EventDomain, query: ObjectQuery
) -> Literal["objects", "choices", "names", "links"]:
    """Return what answers a query: that whose changes are changes of the answer."""
    if query.choice is not None:
        return "choices"
    if query.object_type == EVENT.name and query.group == SUBJECTS:
        return "links"
    return "names" if domain.types[query.object_type].subjects else "objects"


def _shown(
    domain: EventDomain, query: ObjectQuery, found: Mapping[ObjectQuery, Sequence[Any]]
) -> Iterable[object]:
    """Return what pages with a query may show."""
    subjects, kind = domain.subjects, domain.types[query.object_type].subjects
    if query.choice is not None:
        return _of_chosen(domain, query, query.choice, found)
    if _answered_by(domain, query) == "links":
        # Kept for each event.
        return [short_digest([*subjects.linked(query.name[0])])]
    if kind and query.group == FIGURES:
        figures = subjects.figures
        counted = figures.counted.get(kind, (figures.speakers,))
        return [subjects.written_pages, *counted]
    if kind:
        return [subjects.written_pages, *subjects.meant_by(kind, query.name[0])]
    return found.get(query, ())


def _of_chosen(
    domain: EventDomain,
    query: ObjectQuery,
    choice: Choice,
    found: Mapping[ObjectQuery, Sequence[Any]],
) -> Iterator[object]:
    """Yield what pages may show of the events of a choice."""
    events = chosen_events(domain, choice)
    kind = OBJECT_TYPES[query.object_type].subjects
    if kind:
        yield domain.subjects.written_pages
        yield from listed(domain.subjects.all, kind, events, domain.env.config.language)
    elif query.group == RESOURCES:
        copies = copied_files(domain.env)
        for event, sessions in events.items():
            shown = with_resources(domain.subjects.forms.get(event, {}), sessions)
            yield event, [_shown_of(domain, event, one, copies) for one in shown]
    elif query.group == ATTENDEES:
        for event in events:
            yield event, attendees(domain, event)
    else:
        whole = found.get(query._replace(choice=None), ())
        yield from ((events[one[0][0]], one) for one in whole if one[0][0] in events)


def _shown_of(
    domain: EventDomain, event: str, session: Form, copies: Mapping[str, str]
) -> tuple[object, ...]:
    """Return what lists of slides and videos show of a session, and where its links lead."""
    target = domain.link_target(SESSION, (event, session["id"]))
    place = target and (target.docname, target.anchor, target.shown_as)
    files = [copies.get(one["path"]) for one in resources_of(session) if "path" in one]
    named: list[tuple[SubjectKind, Texts]] = []
    for one in session.get("speakers", ()):
        named += [("person", one.get("name", {})), ("organization", one.get("affiliation", {}))]
    found = [
        domain.subjects.all.find(kind, name, event, session["id"])
        for kind, texts in named
        for name in texts.values()
    ]
    pages = [one.id for one in found if one and one.has_page]
    return short_digest(session), place, files, pages


def _found(domain: EventDomain) -> dict[ObjectQuery, list[object]]:
    """Return what pages may show of objects, by each query that finds them."""
    titles = domain.env.titles
    found: dict[ObjectQuery, list[object]] = defaultdict(list)
    for docname, names in sorted(domain.reporters.items()):
        group = f"{domain.library.event_of_page(docname)}{REPORTERS}"
        found[ObjectQuery(EVENT.name, group=group)].append((docname, names))
    for objtype in [one for one in domain.types.values() if not one.subjects]:
        for name, (target, *_others) in domain.targets[objtype.name].items():
            has_several = len(domain.best_targets(objtype, name)) > 1
            if isinstance(target.facts, EventFacts):
                target = target._replace(facts=target.facts.on_cards)
            # Cards show it, wherever it is noted.
            points = domain.points(name)[:1] if objtype == SESSION else ()
            if points:
                found[ObjectQuery(objtype.name, group=POINTS)].append((name, *points))
            further = [
                (one._replace(line=0), domain.name_of_notes(page), titles[page].astext())
                for one in (domain.written_notes(name) if has_several else ())
                for page in [one.docname]
            ]
            shown = (target._replace(line=0), domain.has_notes(name), points, further)
            for known_as in domain.all_names(objtype, name):
                found[ObjectQuery(objtype.name, known_as)].append(shown)
            found[ObjectQuery(objtype.name)].append((name, shown))
    return found | _noted(domain, found)


def _noted(
    domain: EventDomain, found: Mapping[ObjectQuery, list[object]]
) -> dict[ObjectQuery, list[object]]:
    """Return what pages may gather of events, with what the links of it lead to."""
    gathered: dict[ObjectQuery, list[object]] = defaultdict(list)
    for kind in NOTED:
        for event_id, noted in domain.noted_of_events(kind).items():
            event = domain.link_target(EVENT, (event_id,))
            if event is None or not isinstance(event.facts, EventFacts):
                continue
            days = event.facts.start, event.facts.end, event.facts.date_text
            linked = [
                links[0]._replace(facts=None, line=0)
                for one in noted
                if (links := domain.targets[SESSION.name].get((event_id, one.session)))
            ]
            referred = [found.get(query) for one in noted for query in one.queries]
            shown = event.title, event.docname, days, tuple(noted), linked, referred
            answer = (event_id,), shown
            for known_as in domain.all_names(EVENT, (event_id,)):
                gathered[ObjectQuery(EVENT.name, known_as, noted_group(kind))].append(answer)
            gathered[ObjectQuery(EVENT.name, group=noted_group(kind))].append(answer)
    return gathered


def _written(builder: Builder, docname: str) -> int | None:
    """Return when the builder wrote a page (µs); ``None`` if there is no file of it."""
    suffix = getattr(builder, "out_suffix", None)
    if isinstance(builder, StandaloneHTMLBuilder):
        path = Path(builder.get_output_path(docname))
    elif suffix:
        path = Path(builder.outdir, docname + suffix)
    else:
        return None
    try:
        return path.stat().st_mtime_ns // 1000
    except OSError:
        return None


def note_stamps(_app: Sphinx, env: BuildEnvironment) -> None:
    """Note the state of the files of the pages that have just been read.

    Sphinx asks whether files are newer than the reading; a file that was moved, or restored from
    elsewhere, may be older.
    """
    stamps = event_domain(env).stamps
    for docname in env.all_docs.keys() - stamps.keys():
        files = (Path(env.srcdir, name) for name in env.dependencies.get(docname, ()))
        paths = (env.doc2path(docname), *files)
        stamps[docname] = {str(path): stamp_of(path) for path in paths}


def outdated_pages(
    _app: Sphinx, env: BuildEnvironment, added: set[str], _changed: set[str], removed: set[str]
) -> list[str]:
    """Return the pages to read again for other reasons than Sphinx's own.

    A file may have been replaced by an older one; an event may have moved, or a nearer one have
    come; an event's file may say other than before; an unknown id may resemble a new one.
    """
    domain = event_domain(env)
    domain.begin_reading(has_other_pages=bool(added or removed))
    library = domain.library
    outdated = {
        docname
        for docname, stamps in domain.stamps.items()
        if any(stamp_of(Path(path)) != stamp for path, stamp in stamps.items())
    }
    for docname, folder in domain.folders.items():
        if library.folder_of_page(docname) != folder or folder in library.changed:
            outdated.add(docname)
    for docname, folders in domain.borrowed.items():
        for event_id, folder in folders.items():
            is_other = library.folder_of_event(event_id) != folder or folder in library.changed
            if is_other or (folder is None and library.has_other_ids):
                outdated.add(docname)
    return sorted(outdated)
