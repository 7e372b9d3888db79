"""Bring the search of a site up to date: what has changed since the last build, and no more."""

import pickle
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final, NamedTuple

from sphinxcommon.files import short_digest, write_whole

from .index import ROWS_OF_FILE, Addressed, Index, Placed, PlacedPage, starts_of
from .page_records import TABLE, Store
from .postings import Sizes
from .records import Record
from .scripts import Scripts

#: Increased when the files of a site change.
_FORMAT: Final = 5
#: What is in the folder of a site's search.
_FILES: Final = ("i", "r", "all.js", "site.js", "facets.js", "stemmer.js")
#: Where more pages than these have other rows, writing all files is quicker.
_MOST_MOVED: Final = 0.2
#: How long title, names and text of a record are: characters, or names, beyond which it is in the
#: next class.
_TITLE_CLASSES: Final = (16, 48)
_NAMES_CLASSES: Final = (0, 4)
_TEXT_CLASSES: Final = (0, 150, 600)
_FIRST_CLASS: Final = 40


class Entry(NamedTuple):
    """What is known of a page without reading its records.

    :param latest: The latest date of its records.
    :param digest: A digest of them.
    :param keys: The keys of those that have one, with their ranks, by their places.
    :param lengths: A character for each, see :func:`length_of`.
    :param filters: The values of the filters of each.
    :param superseded: The places of those whose keys other records have with a lower rank.
    """

    latest: str
    digest: str
    keys: tuple[tuple[int, str, int], ...]
    lengths: str
    filters: tuple[Mapping[str, tuple[str, ...]], ...]
    superseded: tuple[int, ...] = ()

    @property
    def kept(self) -> list[int]:
        """The places of the records that are found."""
        return [place for place in range(len(self.lengths)) if place not in self.superseded]


@dataclass
class Table:
    """What is known of all pages, and of the index: the pages in the order of their rows."""

    entries: dict[str, Entry] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def starts(self) -> dict[str, int]:
        """Return the first row of each page."""
        sizes = {page: len(one.kept) for page, one in self.entries.items()}
        return starts_of(sizes, {page: one.latest[:4] for page, one in self.entries.items()})

    @property
    def tag(self) -> str:
        """A digest of all records."""
        return short_digest([one.digest for one in self.entries.values()])


class Update:
    """Brings the files of a site up to date.

    :param store: The records of its pages.
    :param scripts: Where its files are.
    :param url_of: Returns the address of a record, from the root of the site.
    """

    def __init__(self, store: Store, scripts: Scripts, url_of: Callable[[Record], str]) -> None:
        self._store = store
        self._scripts = scripts
        self._url_of = url_of
        self._path = store.folder / TABLE

    def run(self, pages: Iterable[str], site: Mapping[str, Any], filters: Sequence[str]) -> None:
        """Write what has changed.

        :param pages: All pages of the site; those whose records are not known are not found.
        :param site: What browsers are to know of the site, besides the index.
        :param filters: The names of the filters.
        :raises OSError: If a file cannot be written.
        """
        known = self._read()
        table = Table(self._entries(self._store.known(pages), known.entries))
        table.sizes = known.sizes
        changed = _changed(known.entries, table.entries)
        is_whole = self._is_whole(known)
        if changed or not is_whole:
            # If the build is interrupted from here on, the next one writes all files again.
            self._path.unlink(missing_ok=True)
            if not (is_whole and self._change(known, table, changed)):
                self._write(table)
        # The site may have other filters though no page has changed.
        self._scripts.write("facets", facets(table, filters))
        self._scripts.write("site", {**self._site(table), **site})
        self._store.commit(table.entries)
        if changed or not is_whole:
            write_whole(self._path, pickle.dumps((_FORMAT, table.entries, table.sizes)))

    def _read(self) -> Table:
        """Return the table of the last build; an empty one if that was interrupted."""
        try:
            version, entries, sizes = pickle.loads(self._path.read_bytes())
        except Exception:  # A pickle of another version may fail in any way.
            return Table()
        return Table(entries, sizes) if version == _FORMAT else Table()

    def _entries(self, pages: Collection[str], known: Mapping[str, Entry]) -> dict[str, Entry]:
        """Return the entries of pages, in the order of their rows: the oldest first."""
        new = self._store.new(pages)
        found = {
            page: _entry(self._store.latest(page))
            if page not in known or page in new
            else known[page]._replace(superseded=())
            for page in pages
        }
        superseded = _superseded(found)
        ordered = sorted(found, key=lambda page: (found[page].latest, page))
        return {page: found[page]._replace(superseded=superseded.get(page, ())) for page in ordered}

    def _is_whole(self, known: Table) -> bool:
        """Return whether the files of the last build are there, and of no other one."""
        files = Sizes(known.sizes).layout()[1]
        rows = sum(-(-len(one.kept) // ROWS_OF_FILE) for one in known.entries.values())
        return (
            bool(known.sizes)
            and f'"tag":"{known.tag}"' in self._scripts.read("site")
            and all(map(self._scripts.has, ("facets", *(f"i/{one}" for one in range(files)))))
            and self._scripts.count("r") == rows
        )

    def _change(self, known: Table, table: Table, changed: set[str]) -> bool:
        """Change the files in place; return whether that could be done."""
        before, after = known.starts(), table.starts()
        moved = {page for page, start in after.items() if before.get(page, start) != start}
        if len(moved) > _MOST_MOVED * len(after):
            return False
        pages = changed | moved
        index = Index(self._scripts, Sizes(known.sizes))
        done = index.change(
            self._placed(pages & before.keys(), known, self._store.indexed),
            self._placed(pages & after.keys(), table, self._store.latest),
        )
        table.sizes = dict(index.sizes)
        return done

    def _write(self, table: Table) -> None:
        self._scripts.remove_unknown(_FILES)
        index = Index(self._scripts, Sizes())
        starts = table.starts()
        latest = self._store.latest
        index.write(PlacedPage(self._kept(page, table, latest), starts[page]) for page in starts)
        table.sizes = dict(index.sizes)

    def _placed(
        self, pages: Iterable[str], table: Table, records_of: Callable[[str], list[Record]]
    ) -> Placed:
        starts = table.starts()
        return {
            page: PlacedPage(self._kept(page, table, records_of), starts[page]) for page in pages
        }

    def _kept(
        self, page: str, table: Table, records_of: Callable[[str], list[Record]]
    ) -> list[Addressed]:
        """Return the records of a page that are found, with their addresses."""
        records = records_of(page)
        kept = (records[place] for place in table.entries[page].kept)
        return [Addressed(one, self._url_of(one)) for one in kept]

    def _site(self, table: Table) -> dict[str, Any]:
        """Return what browsers know of the index."""
        sizes = Sizes(table.sizes)
        starts = table.starts()
        lengths: list[str] = []
        size = 0
        for page, one in table.entries.items():
            lengths += " " * (starts[page] - size), *(one.lengths[place] for place in one.kept)
            size = starts[page] + len(one.kept)
        return {
            "tag": table.tag,
            "files": sizes.layout()[1],
            "parted": sizes.nexts(),
            # Each by how far it is from the one before it.
            "starts": _differences([*starts.values()]),
            "lengths": "".join(lengths),
            "total": sum(len(one.kept) for one in table.entries.values()),
        }


def _entry(records: Sequence[Record]) -> Entry:
    return Entry(
        max((one.facts.date for one in records), default=""),
        short_digest(records),
        tuple(
            (place, one.facts.key, one.facts.rank)
            for place, one in enumerate(records)
            if one.facts.key
        ),
        "".join(map(length_of, records)),
        tuple(one.facts.filters for one in records),
    )


def _superseded(entries: Mapping[str, Entry]) -> dict[str, tuple[int, ...]]:
    """Return the places of records of which another one has the key, with a lower rank, by page."""
    rows = [
        (rank, page, place, key)
        for page, entry in entries.items()
        for place, key, rank in entry.keys
    ]
    best: dict[str, tuple[str, int]] = {}
    superseded: dict[str, list[int]] = {}
    for _rank, page, place, key in sorted(rows):
        if best.setdefault(key, (page, place)) != (page, place):
            superseded.setdefault(page, []).append(place)
    return {page: tuple(sorted(places)) for page, places in superseded.items()}


def _changed(known: Mapping[str, Entry], entries: Mapping[str, Entry]) -> set[str]:
    """Return the pages whose records have changed, have come or are gone."""
    pages = known.keys() | entries.keys()
    return {page for page in pages if known.get(page) != entries.get(page)}


def length_of(record: Record) -> str:
    """Return a character that tells how long the parts of a record are, and whether it is minor.

    The longer a field, the less a word in it tells of the record.
    """
    facts = record.facts
    title = _class(len(record.title), _TITLE_CLASSES)
    names = _class(len(facts.names), _NAMES_CLASSES)
    text = _class(len(record.text), _TEXT_CLASSES)
    # 40 to 111, without the sign that ends a text of JSON.
    code = _FIRST_CLASS + ((title * 3 + names) * 4 + text) * 2 + facts.is_minor
    return chr(code)


def _class(length: int, borders: Sequence[int]) -> int:
    return sum(length > border for border in borders)


def facets(table: Table, names: Sequence[str]) -> dict[str, list[tuple[str, list[int]]]]:
    """Return for each filter the values, with the differences between the rows that have each."""
    rows: dict[str, dict[str, list[int]]] = {name: {} for name in names}
    starts = table.starts()
    for page, entry in table.entries.items():
        for row, place in enumerate(entry.kept, starts[page]):
            for name, values in entry.filters[place].items():
                if name in rows:
                    for value in dict.fromkeys(values):
                        rows[name].setdefault(value, []).append(row)
    return {
        name: [(value, _differences(values[value])) for value in sorted(values)]
        for name, values in rows.items()
    }


def _differences(rows: Sequence[int]) -> list[int]:
    return [later - earlier for earlier, later in pairwise([0, *rows])]
