"""What the browser reads besides the index: the records in words, and what to choose by.

All of it is in scripts that call ``cjksearch.receive``: unlike what is fetched, they are
read from ``file://`` too.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Final

from .records import Record

#: Characters of text in one file of records. Results are seldom beside each other: what is read
#: with one is mostly in vain; one file each would be many.
_FILE_SIZE: Final = 3_000
#: Characters of one record that are shown and looked at; the indexes have all of them.
_SHOWN: Final = 20_000
#: Ends a text that is cut.
_CUT: Final = "…"


def newest_first(records: Iterable[Record]) -> list[Record]:
    """The records in the order in which equal ones are found, each thing once.

    Without a date comes last; of one date, pages by name, and each in its order.
    """
    by_page = _each_once(sorted(records, key=lambda record: record.docname))
    return sorted(by_page, key=lambda record: record.facts.date, reverse=True)


def _each_once(records: Iterable[Record]) -> list[Record]:
    """Of those with one key the first of the least rank."""
    listed = list(records)
    chosen: dict[str, Record] = {}
    for record in sorted(listed, key=lambda record: record.facts.rank):
        chosen.setdefault(record.facts.key, record)
    return [one for one in listed if not one.facts.key or chosen[one.facts.key] is one]


def write_records(
    records: Sequence[Record], urls: Sequence[str], folder: Path, digest: str
) -> list[int]:
    """Write the records, some to a file; how many each file has."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    counts, size = [0], 0
    for record in records:
        if counts[-1] and size + len(record.text) > _FILE_SIZE:
            counts.append(0)
            size = 0
        counts[-1] += 1
        size += len(record.text)
    ends = accumulate(counts, initial=0)
    for number, (start, end) in enumerate(pairwise(ends)):
        rows = [_row(records[row], urls[row]) for row in range(start, end)]
        write_script(folder / f"{number}.js", f"records/{number}", rows, digest)
    return counts


def _row(record: Record, url: str) -> list[object]:
    facts, text = record.facts, record.text
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + _CUT
    return [url, record.title, record.parents, shown, facts.names, facts.date, facts.byline]


def facets(
    records: Sequence[Record], filters: Iterable[str]
) -> dict[str, list[tuple[str, list[int]]]]:
    """Of each filter its values, in their order, with the rows that have them.

    Rows are told as differences, which compress well.
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
    """Write a script that hands over ``value``, of that digest, where it is another.

    It hands it to whoever asked for ``name``.
    """
    said = ",".join(
        json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in (name, digest, value)
    )
    script = f"cjksearch.receive({said});\n"
    if not path.is_file() or path.read_text(encoding="utf-8") != script:
        path.write_text(script, encoding="utf-8")


def digest(*known: object) -> str:
    """Tells one state of the records from another."""
    return hashlib.sha256(repr(known).encode()).hexdigest()[:16]
