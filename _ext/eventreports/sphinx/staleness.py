"""Find the pages to read or write again, beside those that Sphinx finds."""

import time
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from ..core.files import stamp_of
from .domain import EventDomain, event_domain
from .domain.data import (
    FIGURES,
    NOTED,
    POINTS,
    REPORTERS,
    Answer,
    EventFacts,
    EventFigures,
    ObjectQuery,
    noted_group,
)
from .domain.object_types import EVENT, SESSION
from .domain.subjects import is_of_subjects


def setup(app: Sphinx) -> None:
    """Connect the handlers."""
    app.connect("env-get-outdated", outdated_pages)
    app.connect("env-updated", note_stamps)
    app.connect("env-get-updated", outdated_outputs)


def outdated_outputs(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages whose output is older than the objects that it shows.

    Sphinx compares the outputs with the sources of pages alone. It misses pages that another
    builder with the same doctrees has read since, and changes on pages that a page refers to.
    """
    domain = event_domain(env)
    _answer_queries(domain)
    outdated = []
    for docname in sorted(env.found_docs):
        written = _written(app.builder, docname)
        changes = [domain.answers[query].since for query in domain.queries.get(docname, ())]
        if written is not None and written < max(env.all_docs.get(docname, 0), *changes, 0):
            outdated.append(docname)
    return outdated


def _answer_queries(domain: EventDomain) -> None:
    """Answer the queries of all pages; an answer that has not changed keeps its time."""
    found = _found(domain)
    now = time.time_ns() // 1000
    before = dict(domain.answers)
    domain.answers.clear()
    for query in set().union(*domain.queries.values()):
        of_subjects = is_of_subjects(query)
        if of_subjects and query in before and not domain.has_other_subjects:
            domain.answers[query] = before[query]
            continue
        shown = domain.subjects.answer(query) if of_subjects else found[query]
        answer = Answer(tuple(shown), now)
        known = before.get(query, answer)
        domain.answers[query] = known if known.found == answer.found else answer


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
                found[ObjectQuery(EVENT.name, group=FIGURES)].append((name, target.facts.figures))
                facts = target.facts._replace(figures=EventFigures())
                target = target._replace(facts=facts)
            elif points := domain.points(name):
                event = domain.link_target(EVENT, (target.group,))
                for year in {"", event.group if event else ""}:
                    query = ObjectQuery(objtype.name, group=f"{year}{POINTS}")
                    found[query].append((name, points[0]))
            further = [
                (one._replace(line=0), domain.name_of_notes(page), titles[page].astext())
                for one in (domain.written_notes(name) if has_several else ())
                for page in [one.docname]
            ]
            shown = (target._replace(line=0), domain.has_notes(name), further)
            for known_as in domain.all_names(objtype, name):
                found[ObjectQuery(objtype.name, known_as)].append(shown)
            for group in {"", target.group}:
                found[ObjectQuery(objtype.name, group=group)].append((name, shown))
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
            answer = event_id, event.title, event.docname, days, tuple(noted), linked, referred
            for known_as in domain.all_names(EVENT, (event_id,)):
                gathered[ObjectQuery(EVENT.name, known_as, noted_group(kind))].append(answer)
            for year in {None, event.group}:
                gathered[ObjectQuery(EVENT.name, group=noted_group(kind, year))].append(answer)
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
    _app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], _removed: set[str]
) -> list[str]:
    """Return the pages to read again for other reasons than Sphinx's own.

    A file may have been replaced by an older one; an event may have moved, or a nearer one have
    come; an event's file may say other than before; an unknown id may resemble a new one.
    """
    domain = event_domain(env)
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
