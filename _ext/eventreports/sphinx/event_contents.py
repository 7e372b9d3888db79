"""The contents of each event: the pages of its folder that no toctree names.

It is known which these are when all pages are read. The contents are then completed in the
environment, from which menus and neighbours are made, and in the doctree of the event's page, from
which pages are joined into one document.
"""

import pickle
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Final

from docutils import nodes
from sphinx import addnodes
from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.adapters.toctree import note_toctree

from ..library import Entry
from .domain import EventDomain, event_domain
from .settings import Settings
from .year_pages import FOLDER

#: The attribute of the toctrees that are made here.
_MADE: Final = "event_made"


def setup(app: Sphinx) -> None:
    """Connect the handlers."""
    app.connect("env-get-outdated", interrupted_pages)
    # Before others look at the toctrees.
    app.connect("env-updated", complete_contents, priority=300)


def interrupted_pages(
    app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], _removed: set[str]
) -> list[str]:
    """Return the pages of events whose doctrees a build has completed that then broke off.

    The environment, which is written after them, does not know of it.
    """
    saved = _written(Path(app.doctreedir, ENV_PICKLE_FILENAME))
    pages = (entry.page for entry in event_domain(env).library.entries.values())
    return [
        page
        for page in pages
        if page in env.all_docs and _written(Path(app.doctreedir, f"{page}.doctree")) > saved
    ]


def _written(path: Path) -> int:
    """Return when a file was written (ns); 0 if it is not there."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def complete_contents(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Complete the contents of each event; return the pages whose contents have changed."""
    domain = event_domain(env)
    pages = _pages_of_events(app, domain)
    changed = []
    for entry in domain.library.entries.values():
        found = tuple(sorted(pages.get(entry.page, ()), key=lambda page: _order(entry, page)))
        before = domain.contents.get(entry.page, ())
        # Without a heading there is no place for contents.
        has_contents = any(env.tocs.get(entry.page, nodes.bullet_list()).findall(nodes.list_item))
        if has_contents and before != found:
            _remove_toctree(env, entry.page, domain.contents.pop(entry.page, ()))
            if found:
                domain.contents[entry.page] = found
            _add_toctree(app, entry.page, found)
            changed.append(entry.page)
    return changed


def _pages_of_events(app: Sphinx, domain: EventDomain) -> dict[str, list[str]]:
    """Return the pages that the contents of each event lack, by the event's page."""
    env = domain.env
    named = {
        page
        for docname, pages in env.toctree_includes.items()
        for page in set(pages) - set(domain.contents.get(docname, ()))
    }
    named.update(*env.included.values())
    of_years = PurePosixPath(Settings.of(app.config).folder, FOLDER)
    found: dict[str, list[str]] = {}
    for docname in env.all_docs.keys() - named - {app.config.root_doc}:
        entry = domain.library.entry_of_page(docname)
        is_of_year = PurePosixPath(docname).parent == of_years
        is_orphan = "orphan" in env.metadata[docname]
        if entry and docname != entry.page and not is_of_year and not is_orphan:
            found.setdefault(entry.page, []).append(docname)
    return found


def _order(entry: Entry, docname: str) -> tuple[object, ...]:
    """Return the sort key of a page: by its name, in each folder ``index`` first."""
    *folders, name = PurePosixPath(docname).relative_to(PurePosixPath(entry.page).parent).parts
    return folders, name != "index", name


def _add_toctree(app: Sphinx, docname: str, pages: Iterable[str]) -> None:
    """Add the pages to the contents of an event's page, below those that its author names."""
    env = app.env
    path = Path(app.doctreedir, f"{docname}.doctree")
    doctree: nodes.document = pickle.loads(path.read_bytes())
    for node in [one for one in doctree.findall(addnodes.toctree) if _MADE in one]:
        node.parent.remove(node)
    if pages:
        toctree = _toctree(docname, pages)
        section = next(iter(doctree.findall(nodes.section)))
        section += toctree
        contents = next(iter(env.tocs[docname].findall(nodes.list_item)))
        below = contents[-1]
        if isinstance(below, nodes.bullet_list):
            below += toctree.copy()
        else:
            contents += nodes.bullet_list("", toctree.copy())
        note_toctree(env, docname, toctree)
    app.builder.write_doctree(docname, doctree)


def _toctree(docname: str, pages: Iterable[str]) -> addnodes.toctree:
    """Return what the directive ``toctree`` makes of pages, with the option ``hidden``."""
    return addnodes.toctree(
        parent=docname,
        entries=[(None, page) for page in pages],
        includefiles=list(pages),
        maxdepth=-1,
        caption=None,
        glob=False,
        hidden=True,
        includehidden=False,
        numbered=0,
        titlesonly=False,
        rawentries=[],
        rawcaption="",
        event_made=True,
    )


def _remove_toctree(env: BuildEnvironment, docname: str, pages: Iterable[str]) -> None:
    """Remove from the contents of a page what a build before this one has added."""
    for node in [one for one in env.tocs[docname].findall(addnodes.toctree) if _MADE in one]:
        node.parent.remove(node)
    for page in pages:
        env.toctree_includes[docname].remove(page)
        env.files_to_rebuild[page].discard(docname)
        if not env.files_to_rebuild[page]:
            del env.files_to_rebuild[page]
