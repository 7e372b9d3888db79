"""The columns of a table: which cells they have, and how wide they are."""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import Final

from docutils import nodes

from .column_widths import PADDING, CellLines, Column, column_widths
from .layout import FEW_LINES, is_short_text, says_its_page
from .words import whole_words, widest, width, words_of

#: A cell, and the column where it begins.
Cell = tuple[nodes.entry, int]

#: What “(page 12)” takes, in letters.
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
    line = sum(letters) - PADDING if all(letters) else SHORT_CELL
    is_low = len(entry.astext()) <= FEW_LINES / 2 * max(1, line)
    return is_low and is_short_text(entry, SHORT_CELL) and not entry.get("morerows")


def is_plain(table: nodes.Element) -> bool:
    """Return whether all cells of a table hold nothing but paragraphs."""
    cells = table.findall(nodes.entry)
    return all(isinstance(one, nodes.paragraph) for cell in cells for one in cell.children)


def column_shares(rows: Sequence[nodes.Node], line: int) -> list[int]:
    """Return how wide each column is, in letters; 0 for as wide as its cells.

    :param rows: The rows of the table.
    :param line: How many letters a line of the table has.
    :return: The widths.
    """
    return column_widths(_columns(rows), line)


def _columns(rows: Sequence[nodes.Node]) -> list[Column]:
    """Return what each column holds, but for cells over several columns."""
    count = 0
    lines: dict[tuple[int, int], CellLines] = {}
    words: dict[int, list[str]] = {}
    for number, row in enumerate(in_columns(rows)):
        for entry, column in row:
            across = entry.get("morecols", 0) + 1
            count = max(count, column + across)
            if across == 1:
                found = (line for one in entry.children for line in _line_widths(one))
                lines[number, column] = tuple(found)
                words.setdefault(column, []).extend(whole_words(entry.astext()))
    return [
        Column(
            [lines.get((number, column), ()) for number in range(len(rows))],
            max((ceil(width(word)) for word in words.get(column, ())), default=0),
        )
        for column in range(count)
    ]


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
