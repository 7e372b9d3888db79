"""The Sphinx extension: it keeps the output folders of builders current."""

from collections.abc import Mapping, Sequence, Set
from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from . import memory, templates
from .catalogs import add_catalog
from .outputs import OutputList
from .pages import (
    file_of_page,
    files_of_others,
    files_of_pages,
    is_assembled,
    remove_damaged_build_info,
    shown_of_others,
    writes_pages,
)

#: The owner of pages without a source: the index, the search, pages that extensions collect.
_GENERATED: Final = ""
#: Builders that write no pages, and what is made of all of these.
_OTHERS: Final = ("latex", "texinfo", "gettext", "changes")
#: Builders that list all files of the folder in one of theirs.
_LISTING: Final = ("epub", "htmlhelp", "qthelp")


class PageOutputs:
    """The outputs of a build, by page; its methods are listeners of Sphinx's events."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder

    def outdated(self, _app: Sphinx, _env: BuildEnvironment) -> list[str]:
        """Return the pages whose files do not show what other pages are like now."""
        # A program may build several times.
        self._list = OutputList(self._builder)
        self._written: set[str] = set()
        self._generated: set[str] = set()
        self._kept: set[str] = set()
        self._shows = shown_of_others(self._builder)
        return sorted(
            page for page, shown in self._shows.items() if self._list.shows(page) != shown
        )

    def begin(self, _app: Sphinx, builder: Builder) -> None:
        """Save that the files of pages are about to be written."""
        self._list.begin(files_of_pages(builder))

    def note_written(self, _app: Sphinx, _doctree: nodes.document, docname: str) -> None:
        """Note that a page is written."""
        self._written.add(docname)

    def note_generated(
        self, app: Sphinx, page: str, _template: str, _context: dict[str, Any], _doctree: object
    ) -> None:
        """Note that a page without a source is written."""
        if page not in app.env.found_docs:
            assert isinstance(app.builder, StandaloneHTMLBuilder)
            self._generated.add(file_of_page(app.builder, page))
            self._written.add(_GENERATED)

    def note_kept(
        self, _app: Sphinx, pages: Mapping[str, Sequence[str]], written: Set[str]
    ) -> None:
        """Note the files of the pages that an extension has itself written, now or before."""
        for page, files in pages.items():
            self._generated.update(files)
            if page not in written:
                self._kept.update(files)

    def prune(self, _app: Sphinx) -> list[tuple[str, dict[str, object], str]]:
        """Remove outdated files before a book is made of the folder; collect no pages."""
        if self._builder.name in _LISTING:
            self._list.prune(self._files())
        return []

    def end(self, _app: Sphinx, exception: Exception | None) -> None:
        """Remove outdated files, and save the list of the others, unless the build has failed."""
        if not exception:
            files = self._files()
            written = set(files) if self._writes_all() else self._written
            self._list.end(files, written, self._shows, self._kept)

    def _writes_all(self) -> bool:
        return is_assembled(self._builder) and bool(self._written)

    def _files(self) -> dict[str, set[str]]:
        """Return the files of each page.

        Images that extensions add while a page is written are known only then: the list has those
        of pages that are not written in this build.
        """
        files = files_of_pages(self._builder)
        if not self._writes_all():
            for docname in files.keys() - self._written:
                files[docname] |= self._list.files_of(docname)
        # A build that writes no page generates none, either.
        files[_GENERATED] = self._generated or self._list.files_of(_GENERATED)
        return files


def pages_above_removed(
    _app: Sphinx, env: BuildEnvironment, _added: Set[str], _changed: Set[str], removed: Set[str]
) -> list[str]:
    """Return the pages whose toctrees name a page that is gone, to be read again.

    Sphinx reads only those again whose toctrees have a ``:glob:``.
    """
    return [page for page, below in env.toctree_includes.items() if not removed.isdisjoint(below)]


def keep_others(app: Sphinx, exception: Exception | None) -> None:
    """Remove what a builder that writes no pages has written, and would not write any longer."""
    if not exception:
        OutputList(app.builder).end({_GENERATED: set(files_of_others(app.builder))}, {_GENERATED})


def keep_outputs(app: Sphinx) -> None:
    """Keep the outputs of the builder, if it is one of Sphinx's."""
    if app.builder.name in _OTHERS:
        app.connect("build-finished", keep_others, priority=900)
    if not writes_pages(app.builder):
        return
    outputs = PageOutputs(app.builder)
    app.connect("env-get-updated", outputs.outdated)
    app.connect("write-started", outputs.begin)
    app.connect("doctree-resolved", outputs.note_written)
    app.connect("html-page-context", outputs.note_generated)
    app.connect("html-pages-kept", outputs.note_kept)
    app.connect("html-collect-pages", outputs.prune)
    # After all listeners that write files.
    app.connect("build-finished", outputs.end, priority=900)


def setup(app: Sphinx, version: str) -> ExtensionMetadata:
    """Set up the extension."""
    add_catalog(__package__, app.config.language)
    memory.setup(app)
    # docs/sphinx-events.md has its arguments.
    app.add_event("html-pages-kept")
    app.connect("env-get-outdated", pages_above_removed)
    app.connect("builder-inited", templates.keep_compiled)
    app.connect("builder-inited", remove_damaged_build_info)
    app.connect("builder-inited", keep_outputs)
    return {"version": version, "parallel_read_safe": True, "parallel_write_safe": True}
