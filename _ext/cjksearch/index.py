"""The index: small files of terms and of records, which an edit changes in few places.

A browser reads no more of it than a query needs. All of it is in scripts that hand over a value:
unlike data that is fetched, scripts can be read from ``file:``, too, and under any policy that lets
the site's own scripts run.

- ``i/N.js`` has the terms whose keys have the hash N, each with the rows that have it in the text,
  the names, the title, and around it.
- ``r/N.js`` has the records of four rows.

A page's rows begin at a multiple of eight, the oldest page first, and those of a year at a multiple
of 1,024. So a record more on a page changes no other row, nor does the newest page; and any other
new page moves those alone that are later in its year.

Of what others have made, none does this: lunr, MiniSearch, FlexSearch, Orama and Sphinx itself load
all of an index at once; Pagefind loads parts, but builds all anew at each edit, needs WebAssembly
and ``fetch``, and takes a gigabyte of memory for 8,000 records.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from .postings import Sizes, decode, file_of, key_of, line_of
from .records import Record
from .scripts import Scripts
from .sounds import sounds
from .terms import terms, terms_of_date

#: The fields of a record; a term has the rows of each in this order.
TEXT, NAMES, TITLE, AROUND = range(4)
_FIELDS: Final = 4
#: Rows of a page begin at a multiple of it; and rows of a file of records.
PAGE_STEP: Final = 8
_YEAR_STEP: Final = 1024
ROWS_OF_FILE: Final = 4
#: Characters of one record that can be shown; the index has all of them.
_SHOWN: Final = 20_000
#: The end of a text that is cut.
_CUT: Final = "…"


class Addressed(NamedTuple):
    """A record, and its address from the root of the site."""

    record: Record
    url: str


class PlacedPage(NamedTuple):
    """The records of a page, and its first row."""

    records: Sequence[Addressed] = ()
    start: int = 0


Placed = Mapping[str, PlacedPage]
_NOTHING: Final = PlacedPage()
#: A field and a row that a term has come to, or has left.
_Step = tuple[int, int, bool]


def starts_of(sizes: Mapping[str, int], years: Mapping[str, str]) -> dict[str, int]:
    """Return the first row of each page.

    :param sizes: How many records each page has, the oldest page first.
    :param years: The year of each page.
    :returns: The rows by page.
    """
    starts: dict[str, int] = {}
    row, year = 0, ""
    for page, size in sizes.items():
        if years[page] != year:
            row, year = _next(row, _YEAR_STEP), years[page]
        starts[page] = row
        row = _next(row + size, PAGE_STEP)
    return starts


def _next(row: int, step: int) -> int:
    """Return the first row from one on that is a multiple of a step."""
    return -(-row // step) * step


def terms_of(record: Record) -> list[set[str]]:
    """Return the terms of a record, by field."""
    facts = record.facts
    text, names, title = (record.text, "\n".join(facts.names), record.title)
    around = terms("\n".join((*record.parents, *facts.kinds)))
    around.update(terms_of_date(facts.date))
    found = [terms(text), terms(names), terms(title), around]
    for field, said, is_name in ((TEXT, text, False), (NAMES, names, True), (TITLE, title, True)):
        found[field].update(sounds(said, is_name=is_name))
    return found


class Index:
    """The files of an index.

    :param scripts: The folder that they are in.
    :param sizes: How much the lines of terms take; of a new index, nothing.
    """

    def __init__(self, scripts: Scripts, sizes: Sizes) -> None:
        self._scripts = scripts
        self.sizes = sizes

    def write(self, pages: Iterable[PlacedPage]) -> None:
        """Write all files; those that are there and have no place in them are removed."""
        found: dict[str, array[int]] = {}
        names: set[str] = set()
        for records, start in pages:
            for row, one in enumerate(records, start):
                _add(found, terms_of(one.record), row)
            names.update(self._write_records(records, start))
        self.sizes = Sizes()
        lines = {}
        for term in sorted(found):
            lines[term] = line_of(term, _parted(found.pop(term)))
            self.sizes.add(term, len(lines[term]))
        parted, files = self.sizes.layout()
        by_file: dict[int, list[str]] = defaultdict(list)
        for term, line in lines.items():
            by_file[file_of(key_of(term, parted), files)].append(line)
        for number in range(files):
            self._scripts.write_text(f"i/{number}", "\n".join(by_file.get(number, ())))
        self._scripts.remove_others("i", {f"i/{number}" for number in range(files)})
        self._scripts.remove_others("r", names)

    def change(self, before: Placed, after: Placed) -> bool:
        """Change the files where pages are other than before, or elsewhere.

        :param before: The pages that have changed, moved or gone, as they were.
        :param after: Those that have changed or moved, or are new, as they are.
        :returns: Whether that could be done; if not, all files are to be written.
        """
        layout = self.sizes.layout()
        edits = _Edits()
        for page in before.keys() | after.keys():
            edits.add(before.get(page, _NOTHING), after.get(page, _NOTHING))
        changed = self._changed(edits.steps, *layout)
        if changed is None:
            return False
        texts, sizes = changed
        if sizes.layout() != layout:
            return False
        self.sizes = sizes
        for number, text in texts.items():
            self._scripts.write_text(f"i/{number}", text)
        written = {name for one in after.values() for name in self._write_records(*one)}
        for one in before.values():
            for name in _names(len(one.records), one.start):
                if name not in written:
                    self._scripts.remove(name)
        return True

    def _changed(
        self, steps: Mapping[str, Sequence[_Step]], parted: Collection[str], files: int
    ) -> tuple[dict[int, str], Sizes] | None:
        """Return the texts of the files that change, and the sizes; ``None`` if one is missing."""
        by_file: dict[int, list[str]] = defaultdict(list)
        for term in steps:
            by_file[file_of(key_of(term, parted), files)].append(term)
        sizes = Sizes(self.sizes)
        texts = {}
        for number, terms_here in by_file.items():
            text = self._scripts.read_text(f"i/{number}")
            if text is None:
                return None
            kept = {line.partition("\t")[0]: line for line in text.split("\n") if line}
            for term in terms_here:
                was = kept.pop(term, "")
                if line := _changed_line(term, was, steps[term]):
                    kept[term] = line
                sizes.add(term, len(line) - len(was))
            texts[number] = "\n".join(kept[term] for term in sorted(kept))
        return texts, sizes

    def _write_records(self, records: Sequence[Addressed], start: int) -> Iterator[str]:
        for at, name in enumerate(_names(len(records), start)):
            some = records[at * ROWS_OF_FILE : (at + 1) * ROWS_OF_FILE]
            self._scripts.write(name, [_shown(one) for one in some])
            yield name


def _names(count: int, start: int) -> list[str]:
    """Return the names of the files with so many rows."""
    files = range(start // ROWS_OF_FILE, -(-(start + count) // ROWS_OF_FILE))
    return [f"r/{number}" for number in files]


def _add(found: "dict[str, array[int]]", terms: Iterable[Iterable[str]], row: int) -> None:
    """Note the terms of a record, by field: with each the row and the field, as one number.

    Most terms are in few records; a list for each field of each term would take more memory.
    """
    for number, some in enumerate(terms, row * _FIELDS):
        for term in some:
            if (numbers := found.get(term)) is None:
                found[term] = array("I", (number,))
            else:
                numbers.append(number)


def _parted(numbers: Iterable[int]) -> list[list[int]]:
    """Return the rows by field."""
    rows: list[list[int]] = [[] for _field in range(_FIELDS)]
    for number in numbers:
        rows[number % _FIELDS].append(number // _FIELDS)
    return rows


class _Edits:
    """What changes in the lists of terms."""

    def __init__(self) -> None:
        self.steps: dict[str, list[_Step]] = defaultdict(list)

    def add(self, before: PlacedPage, after: PlacedPage) -> None:
        """Add what changes on a page."""
        if before.start != after.start and before.records and after.records:
            self._add(before, _NOTHING)
            self._add(_NOTHING, after)
        else:
            self._add(before, after)

    def _add(self, before: PlacedPage, after: PlacedPage) -> None:
        """Add what changes on a page whose rows are the same before and after."""
        start = after.start if after.records else before.start
        for at in range(max(len(before.records), len(after.records))):
            had, has = (_terms_at(one.records, at) for one in (before, after))
            for field in range(_FIELDS):
                for term in had[field] ^ has[field]:
                    self.steps[term].append((field, start + at, term in has[field]))


def _terms_at(records: Sequence[Addressed], at: int) -> list[set[str]]:
    """Return the terms of a record; none of one that is not there."""
    return terms_of(records[at].record) if at < len(records) else [set[str]()] * _FIELDS


def _changed_line(term: str, line: str, steps: Iterable[_Step]) -> str:
    """Return a term's line with changes; nothing if no row has it any longer."""
    lists = [set(decode(some)) for some in line.split("\t")[1:]]
    lists += [set() for _ in range(_FIELDS - len(lists))]
    # What moves to a row comes there after what was there has left.
    for field, row, is_there in sorted(steps, key=lambda step: step[2]):
        (lists[field].add if is_there else lists[field].discard)(row)
    return line_of(term, map(sorted, lists)) if any(lists) else ""


def _shown(one: Addressed) -> list[object]:
    """Return what browsers show of a record."""
    record, facts = one.record, one.record.facts
    text = record.text if len(record.text) <= _SHOWN else record.text[:_SHOWN] + _CUT
    return [one.url, record.title, record.parents, text, facts.names, facts.date, facts.byline]
