"""Read tables of comma- or tab-separated values (RFC 4180), as spreadsheets export them."""

import csv
import io
from typing import Final

from .lines import Cell, Document, Line
from .text import plain_line

_DELIMITERS: Final = ",\t;"
_LONGEST_WRAPPED: Final = 120


def read_delimited(text: str) -> Document:
    """Read a table.

    :param text: The table, its first row with the names of the columns.
    :returns: Its rows.
    """
    first = text.lstrip("\ufeff\r\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    return Document(
        tuple(Line("", "row", cells=tuple(map(_cell, row))) for row in rows if any(row))
    )


def _cell(text: str) -> Cell:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    # A short text has only been wrapped.
    if len(text) <= _LONGEST_WRAPPED:
        lines = [" ".join(lines)]
    return Cell(tuple(map(plain_line, filter(None, lines))))
