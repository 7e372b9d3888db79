"""Which pages to read or write again, beside those that Sphinx knows of."""

from __future__ import annotations

import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.html import StandaloneHTMLBuilder

from ..library import stamp_of
from .domain_data import Answer, ObjectQuery

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from .domain import EventDomain


def stale_pages(env: BuildEnvironment, builder: Builder, domain: EventDomain) -> list[str]:
    """Return the pages whose output is older than what it shows.

    A builder that shares its doctrees with others compares its outputs with
    the pages' sources alone: it misses what another builder has read anew
    since, and what changed on pages that this one refers to.
    """
    _answer_queries(domain)
    stale = []
    for docname in sorted(env.found_docs):
        written = _written(builder, docname)
        changes = [domain.answers[query].since for query in domain.queries.get(docname, ())]
        if written is not None and written < max(env.all_docs.get(docname, 0), *changes, 0):
            stale.append(docname)
    return stale


def _answer_queries(domain: EventDomain) -> None:
    """Answer the queries of all pages; an answer that has not changed keeps its time."""
    found = _found(domain)
    now = time.time_ns() // 1000
    before = dict(domain.answers)
    domain.answers.clear()
    for query in set().union(*domain.queries.values()):
        answer = Answer(tuple(found[query]), now)
        known = before.get(query, answer)
        domain.answers[query] = known if known.found == answer.found else answer


def _found(domain: EventDomain) -> dict[ObjectQuery, list[object]]:
    """Collect what pages may show of all objects, by each query that finds it."""
    titles = domain.env.titles
    found: dict[ObjectQuery, list[object]] = defaultdict(list)
    for objtype in domain.types.values():
        for name, (target, *_others) in domain.targets[objtype.name].items():
            further = domain.further_targets(objtype, name)
            shown = (
                target._replace(line=0),
                [(one._replace(line=0), titles[one.docname].astext()) for one in further],
            )
            for known_as in domain.all_names(objtype, name):
                found[ObjectQuery(objtype.name, known_as)].append(shown)
            for group in {"", target.group}:
                found[ObjectQuery(objtype.name, group=group)].append((name, shown))
    return found


def _written(builder: Builder, docname: str) -> int | None:
    """Return when (µs) the builder wrote a page; ``None`` where it wrote no file for it."""
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


def note_stamps(env: BuildEnvironment, domain: EventDomain) -> None:
    """Note which files the pages that have just been read were read from.

    Sphinx asks whether files are newer than the reading; one that was moved, or brought back
    from elsewhere, may be older.
    """
    for docname in env.all_docs.keys() - domain.stamps.keys():
        domain.stamps[docname] = _stamps(env, docname)


def _stamps(env: BuildEnvironment, docname: str) -> dict[str, tuple[int, int]]:
    files = (Path(env.srcdir, name) for name in env.dependencies.get(docname, ()))
    return {str(path): stamp_of(path) for path in (env.doc2path(docname), *files)}


def outdated_pages(domain: EventDomain) -> set[str]:
    """Return the pages to read again for what their own sources and times do not tell.

    What was wrong may be right on the disk by now; a file may have become an
    older one; an event may have moved, or a nearer one have come; an unknown
    id may be much like a new one.
    """
    library = domain.library
    outdated = {
        docname
        for docname, stamps in domain.stamps.items()
        if docname in domain.env.found_docs and stamps != _stamps(domain.env, docname)
    }
    for docname, folder in domain.folders.items():
        if library.folder_of_page(docname) != folder or folder in library.changed:
            outdated.add(docname)
    for docname, folders in domain.borrowed.items():
        for event_id, folder in folders.items():
            is_other = library.folder_of_event(event_id) != folder or folder in library.changed
            if is_other or (folder is None and library.has_other_ids):
                outdated.add(docname)
    return outdated
