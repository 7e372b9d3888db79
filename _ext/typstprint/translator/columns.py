"""The columns of a table: which cells they have, and how wide they are."""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import Final

from docutils import nodes

from .layout import FEW_LINES, is_short_text, says_its_page
from .words import widest, width, words_of

#: A cell, and the column where it begins.
Cell = tuple[nodes.entry, int]

#: What a cell has at its sides, and what “(page 12)” takes, in letters.
_PADDING: Final = 2
_PAGE: Final = 10
#: A table of so few characters stays on one page; so does a cell.
SHORT_CELL: Final = 600
#: The template does not break code of so many letters.
_SHORT_CODE: Final = 14


def in_columns(rows: Iterable[nodes.Node]) -> Iterator[list[Cell]]:
    """Yield the cells of each row, with the columns where they begin."""
    # By columns, in how many more rows a cell from above goes on.
    taken: dict[int, int] = {}
    for row in rows:
        cells = []
        column = 0
        below: dict[int, int] = {}
        for entry in (child for child in row.children if isinstance(child, nodes.entry)):
            while taken.get(column):
                column += 1
            cells.append((entry, column))
            for _column in range(entry.get("morecols", 0) + 1):
                below[column] = entry.get("morerows", 0)
                column += 1
        taken = below | {at: count - 1 for at, count in taken.items() if count}
        yield cells


def cells_of(rows: Iterable[nodes.Node]) -> Iterator[Cell]:
    """Yield the cells of all rows, with the columns where they begin."""
    return (cell for row in in_columns(rows) for cell in row)


def is_short_cell(entry: nodes.entry, letters: Sequence[int]) -> bool:
    """Return whether a cell surely takes but a part of a page.

    :param entry: The cell.
    :param letters: How many letters a line of each of its columns has, 0 for as many as it needs.
    :return: Whether it is so short.
    """
    line = sum(letters) - _PADDING if all(letters) else SHORT_CELL
    is_low = len(entry.astext()) <= FEW_LINES / 2 * max(1, line)
    return is_low and is_short_text(entry, SHORT_CELL) and not entry.get("morerows")


def is_plain(table: nodes.Element) -> bool:
    """Return whether all cells of a table hold nothing but paragraphs."""
    cells = table.findall(nodes.entry)
    return all(isinstance(one, nodes.paragraph) for cell in cells for one in cell.children)


def column_shares(rows: Sequence[nodes.Node], line: int) -> list[int]:
    """Return how wide each column is, in letters; 0 for as wide as its cells.

    Where all of it is wider than the line, short columns stay as they are, and the others share
    the rest; who has much to say has more of it, but not all.

    :param rows: The rows of the table.
    :param line: How many letters a line of the table has.
    :return: The widths.
    """
    widths = _column_widths(rows)
    if sum(widths) <= line:
        return [0] * len(widths)
    rest, long = line, set(range(len(widths)))
    while short := {column for column in long if widths[column] <= rest / len(long)}:
        rest -= sum(widths[column] for column in short)
        long -= short
    # Half of the rest to all alike, and half by what they hold, up to a line of it.
    weights = {column: min(widths[column], line) for column in long}
    total = sum(weights.values())
    return [
        max(1, round(rest / 2 / len(long) + rest / 2 * weights[column] / total))
        if column in long
        else 0
        for column in range(len(widths))
    ]


def _column_widths(rows: Sequence[nodes.Node]) -> list[int]:
    """Return the width of the widest cell of each column, but for cells over several columns."""
    widths: dict[int, int] = {}
    for entry, column in cells_of(rows):
        across = entry.get("morecols", 0) + 1
        for place in range(column, column + across):
            widths.setdefault(place, _PADDING)
        if across == 1:
            lines = (line for one in entry.children for line in _line_widths(one))
            widths[column] = max(widths[column], _PADDING + max(lines, default=0))
    return [widths[column] for column in sorted(widths)]


def _line_widths(node: nodes.Node) -> Iterator[int]:
    references = node.findall(nodes.reference) if isinstance(node, nodes.paragraph) else ()
    inner = [one for one in references if "://" not in one.get("refuri", "")]
    pages = sum(_PAGE for one in inner if says_its_page(one))
    return (ceil(width(line)) + pages for line in node.astext().split("\n"))


def longest_words(rows: Sequence[nodes.Node]) -> dict[int, list[str]]:
    """Return the words of each column that may be the widest, but for cells over several."""
    found: dict[int, list[str]] = {}
    for entry, column in cells_of(rows):
        if not entry.get("morecols"):
            code = " ".join(one.astext() for one in entry.findall(nodes.literal))
            words = found.setdefault(column, [])
            words += words_of(entry.astext()) + [word[:_SHORT_CODE] for word in code.split()]
    return {column: widest(words) for column, words in found.items()}
