"""Data that browsers read besides the index: the texts of records, and the values of filters.

All of it is in scripts that call ``cjksearch.receive``: unlike data that is fetched, scripts can be
read from ``file://`` too.
"""

import json
import shutil
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Final

from .records import Record

#: Characters of text in one file of records. Results are seldom next to each other, so most of
#: what a file has besides the result is read in vain; a file for each record would be too many.
_FILE_SIZE: Final = 3_000
#: Characters of one record that can be shown; the indexes have all of them.
_SHOWN: Final = 20_000
#: The end of a text that is cut.
_CUT: Final = "…"


def newest_first(records: Iterable[Record]) -> list[Record]:
    """Return the records in the order of equally good results, one for each key.

    Records without a date come last; those of one date are sorted by page, in the page's order.
    """
    by_page = _one_of_each_key(sorted(records, key=lambda record: record.docname))
    return sorted(by_page, key=lambda record: record.facts.date, reverse=True)


def _one_of_each_key(records: Sequence[Record]) -> list[Record]:
    """Return the first record of the lowest rank for each key, and all that have no key."""
    chosen: dict[str, Record] = {}
    for record in sorted(records, key=lambda record: record.facts.rank):
        chosen.setdefault(record.facts.key, record)
    return [one for one in records if not one.facts.key or chosen[one.facts.key] is one]


def write_records(
    records: Sequence[Record], urls: Sequence[str], folder: Path, digest: str
) -> list[int]:
    """Write files of several records each, and return the number of records in each file."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    counts, size = [0], 0
    for record in records:
        if counts[-1] and size + len(record.text) > _FILE_SIZE:
            counts.append(0)
            size = 0
        counts[-1] += 1
        size += len(record.text)
    for number, (start, end) in enumerate(pairwise(accumulate(counts, initial=0))):
        rows = [*map(_row, records[start:end], urls[start:end])]
        write_script(folder / f"{number}.js", f"records/{number}", rows, digest)
    return counts


def _row(record: Record, url: str) -> list[object]:
    facts, text = record.facts, record.text
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + _CUT
    return [url, record.title, record.parents, shown, facts.names, facts.date, facts.byline]


def facets(
    records: Sequence[Record], filters: Iterable[str]
) -> dict[str, list[tuple[str, list[int]]]]:
    """Return the sorted values of each filter, with the rows that have them.

    Rows are written as differences, which compress well.
    """
    rows: dict[str, dict[str, list[int]]] = {name: {} for name in filters}
    for row, record in enumerate(records):
        for name, values in rows.items():
            for value in dict.fromkeys(record.facts.filters.get(name, ())):
                values.setdefault(value, []).append(row)
    return {
        name: [(value, _differences(values[value])) for value in sorted(values)]
        for name, values in rows.items()
    }


def _differences(rows: Sequence[int]) -> list[int]:
    return [later - earlier for earlier, later in pairwise([0, *rows])]


def write_script(path: Path, name: str, value: object, digest: str = "") -> None:
    """Write a script that hands over a value, unless the file has it already.

    :param path: The file to write.
    :param name: The name by which ``cjksearch.data`` asks for the value.
    :param value: The value, for JSON.
    :param digest: The state of the records that the value belongs to.
    """
    arguments = json.dumps((name, digest, value), ensure_ascii=False, separators=(",", ":"))
    script = f"cjksearch.receive({arguments[1:-1]});\n"
    if not path.is_file() or path.read_text(encoding="utf-8") != script:
        path.write_text(script, encoding="utf-8")
