"""The records of a site's pages, made while its builder writes, and kept from build to build."""

import json
import os
import pickle
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.search import IndexBuilder
from sphinx.util import logging
from sphinx.util.docutils import new_document

from sphinxcommon.files import read_json, short_digest, write_if_changed, write_whole

from .messages import __
from .records import Facts, Record, records_of

logger = logging.getLogger(__name__)

#: Fields of pages that are not to be found.
_NO_SEARCH: Final = {"no-search", "nosearch"}

#: Increased when what is pickled changes.
_VERSION: Final = "10"
#: Files that are no records: the format, and what is known of all pages.
_FORMAT: Final = "version"
TABLE: Final = "table"
_COLLECTED: Final = "collected"
#: Files of records as the index has them, and of those that it is to have.
_INDEXED: Final = ".records"
_NEW: Final = ".new"


def report_write_error(app: Sphinx, error: OSError) -> None:
    """Report that the search cannot be written; the build ends with an error status."""
    message = __("the search cannot be written: %s")
    logger.error(message, error, type="cjksearch", subtype="write")
    app.statuscode = 1


class Store:
    """The records of each page, in a folder beside the doctrees.

    A page has a file of the records that the index has, and once it has been written again, one of
    those that the index is to have: so a build that is interrupted is made up for.

    :param folder: The folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def prepare(self) -> None:
        """Forget records of another format, or of a build that could not keep some."""
        version = self.folder / _FORMAT
        if not version.is_file() or version.read_text(encoding="utf-8") != _VERSION:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            version.write_text(_VERSION, encoding="utf-8")

    def give_up(self) -> None:
        """Have the next build make all records anew."""
        (self.folder / _FORMAT).unlink(missing_ok=True)

    @property
    def is_given_up(self) -> bool:
        """Whether some records could not be kept."""
        return not (self.folder / _FORMAT).is_file()

    @property
    def collected(self) -> dict[str, str]:
        """The digests of the pages without a source, by their names, as of the last build."""
        return read_json(self.folder / _COLLECTED) or {}

    @collected.setter
    def collected(self, digests: Mapping[str, str]) -> None:
        write_if_changed(self.folder / _COLLECTED, json.dumps(digests))

    def _path(self, page: str, suffix: str) -> Path:
        return self.folder / _name(page, suffix)

    def _names(self) -> set[str]:
        """Return the names of all files; there may be thousands, to be asked for at once."""
        with os.scandir(self.folder) as found:
            return {one.name for one in found}

    def known(self, pages: Iterable[str]) -> set[str]:
        """Return the pages whose records are known."""
        return self._with_files(pages, _NEW, _INDEXED)

    def new(self, pages: Iterable[str]) -> set[str]:
        """Return the pages that have been written since the index was."""
        return self._with_files(pages, _NEW)

    def _with_files(self, pages: Iterable[str], *suffixes: str) -> set[str]:
        """Return the pages that have a file with one of these suffixes."""
        names = self._names()
        return {page for page in pages if any(_name(page, one) in names for one in suffixes)}

    def put(self, page: str, records: Sequence[Record]) -> None:
        """Keep the records of a page that is written."""
        rows = [_packed(one) for one in records]
        write_whole(self._path(page, _NEW), pickle.dumps(rows, pickle.HIGHEST_PROTOCOL))

    def indexed(self, page: str) -> list[Record]:
        """Return the records of a page that the index has."""
        return self._read(page, self._path(page, _INDEXED))

    def latest(self, page: str) -> list[Record]:
        """Return the records of a page that the index is to have."""
        path = self._path(page, _NEW)
        return self._read(page, path if path.is_file() else self._path(page, _INDEXED))

    def commit(self, pages: Iterable[str]) -> None:
        """Note that the index has the latest records of these pages, and forget all others."""
        indexed = {_name(page, _NEW): _name(page, _INDEXED) for page in pages}
        known = {_FORMAT, TABLE, _COLLECTED, *indexed.values()}
        for name in self._names():
            if name in indexed:
                (self.folder / name).replace(self.folder / indexed[name])
            elif name not in known:
                (self.folder / name).unlink()

    def _read(self, page: str, path: Path) -> list[Record]:
        try:
            return [_unpacked(page, row) for row in pickle.loads(path.read_bytes())]
        except FileNotFoundError:
            return []


def _name(page: str, suffix: str) -> str:
    """Return the name of a file of the records of a page."""
    return f"{short_digest(page)}{suffix}"


def _packed(record: Record) -> tuple[Any, ...]:
    """Return a record as plain values, which are pickled in no time."""
    facts = record.facts
    return (
        record.anchor,
        record.title,
        record.parents,
        record.text,
        (
            *(facts.names, facts.kinds, facts.is_minor, facts.byline, facts.around, facts.date),
            {name: tuple(values) for name, values in facts.filters.items()},
            *(facts.is_whole, facts.title, facts.anchor, facts.key, facts.rank, facts.is_left_out),
            facts.is_aside,
        ),
    )


def _unpacked(page: str, row: tuple[Any, ...]) -> Record:
    anchor, title, parents, text, facts = row
    return Record(page, anchor, title, parents, text, Facts(*facts))


class NoIndex(IndexBuilder):
    """Makes nothing of the pages that the builder feeds it as Sphinx's own index."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(app.env, "en", {}, "")

    def feed(self, docname: str, filename: Any, title: str, doctree: nodes.document) -> None:
        """Do nothing: records are made where pages are written, in any process."""

    def load(self, stream: Any, format: Any) -> None:  # noqa: A002
        """Do nothing: the records are in files of their own."""

    def prune(self, docnames: Iterable[str]) -> None:
        """Do nothing: what is gone is seen when all pages are written."""

    def dump(self, stream: Any, format: Any) -> None:  # noqa: A002
        """Do nothing: the index is written when all pages are."""


class CollectedPage(NamedTuple):
    """A page without a source, which an extension makes.

    :param digest: A digest of what is on it.
    :param make: Returns its nodes.
    """

    digest: str
    make: Callable[[], nodes.document]


def collect_pages(app: Sphinx, store: Store) -> dict[str, str]:
    """Keep the records of the pages without a source that have changed.

    :param app: Sphinx.
    :param store: The records of the site's pages.
    :returns: The digests of all such pages by their names.
    """
    answers = app.emit("cjksearch-collect-pages")
    pages = {
        page: CollectedPage(*one) for answer in answers for page, one in (answer or {}).items()
    }
    collected = store.collected
    known = store.known(pages)
    for page, (digest, make) in pages.items():
        if collected.get(page) != digest or page not in known:
            keep_records(app, store, page, make())
    store.collected = found = {page: one.digest for page, one in pages.items()}
    return found


def keep_records(app: Sphinx, store: Store, docname: str, document: nodes.document) -> None:
    """Keep the records of a page that is written, in whichever process that is.

    By then references are resolved, and nodes for other builders are removed. Where records cannot
    be kept, the next build makes all anew.

    :param app: Sphinx.
    :param store: The records of the site's pages.
    :param docname: The page.
    :param document: Its nodes.
    """
    # As in Sphinx's own search.
    if _NO_SEARCH & app.env.metadata.get(docname, {}).keys():
        document = new_document("")
    ask = app.emit_firstresult("cjksearch-facts", docname)

    def facts_of(node: nodes.Element) -> Facts | None:
        facts = ask(node) if ask else None
        return None if facts is None else Facts(**facts)

    if not store.is_given_up:
        try:
            store.put(docname, records_of(docname, document, facts_of))
        except OSError as error:
            report_write_error(app, error)
            store.give_up()
