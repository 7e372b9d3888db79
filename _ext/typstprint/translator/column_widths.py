"""How wide the columns of a table are, by how wide the lines of their cells are."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import ceil
from typing import Final, NamedTuple

#: What a cell has at its sides, in letters.
PADDING: Final = 2
#: So many rows of a long table say how wide its columns are.
_MOST_ROWS: Final = 60
#: By so many letters one column is tried wider and another narrower, or else by all it can spare.
_STEPS: Final = (1, 2, 4, 8, 16, 32)
#: So many columns are asked whether to be wider, those that make most rows high.
_HIGHEST: Final = 3
#: A line more of a cell counts for so much of one of a row, even where its row is as high anyway:
#: what is short is not broken for little.
_LINE_OF_CELL: Final = 0.5

#: The widths of the lines of a cell, in letters; none of a cell over several columns.
CellLines = tuple[int, ...]


class Column(NamedTuple):
    """What one column holds.

    :param cells: By rows, the lines of each cell.
    :param word: How wide its widest word is.
    """

    cells: Sequence[CellLines]
    word: int

    @property
    def natural(self) -> int:
        """As wide as its widest line."""
        return PADDING + max((max(one, default=0) for one in self.cells), default=0)

    @property
    def least(self) -> int:
        """Wide enough for any word, and for all of half of its cells."""
        filled = sorted(max(one) for one in self.cells if any(one))
        middle = filled[len(filled) // 2] if filled else 0
        return PADDING + max(middle, self.word)

    def lines(self, width: int) -> list[int]:
        """Return about how many lines each cell has in a column so wide, in letters."""
        room = max(1, width - PADDING)
        return [sum(max(1, ceil(line / room)) for line in one) for one in self.cells]


def column_widths(columns: Sequence[Column], line: int) -> list[int]:
    """Return how wide each column is, in letters; 0 for as wide as its cells.

    Where all of it is wider than the line, each is as wide as makes the table lowest: a long text
    in one row takes no room from the column beside it that has much to say in all of them.

    :param columns: The columns.
    :param line: How many letters a line of the table has.
    :return: The widths.
    """
    natural = [column.natural for column in columns]
    if sum(natural) <= line:
        return [0] * len(columns)
    widths = _lowest(columns, _shared(natural, line), line)
    pairs = zip(widths, natural, strict=True)
    return [0 if width >= most else width for width, most in pairs]


def _shared(natural: Sequence[int], line: int) -> list[int]:
    """Return the widths of columns of which short ones are as wide as they are.

    The others share the rest, half of it alike, and half by their widest lines, up to a line.
    """
    rest, long = line, set(range(len(natural)))
    while short := {column for column in long if natural[column] <= rest / len(long)}:
        rest -= sum(natural[column] for column in short)
        long -= short
    weights = {column: min(natural[column], line) for column in long}
    total = sum(weights.values())
    return [
        max(1, round(rest / 2 / len(long) + rest / 2 * weights[column] / total))
        if column in long
        else width
        for column, width in enumerate(natural)
    ]


def _lowest(columns: Sequence[Column], widths: Sequence[int], line: int) -> Sequence[int]:
    """Return widths at which a table is lower, if there are any, else those given."""
    apart = ceil(len(columns[0].cells) / _MOST_ROWS)
    columns = [Column(column.cells[::apart], column.word) for column in columns]
    lines = cache(lambda place, width: columns[place].lines(width))
    least = [min(column.least, line // len(columns)) for column in columns]

    def rows(widths: Sequence[int]) -> Iterator[tuple[int, ...]]:
        return zip(*(lines(place, width) for place, width in enumerate(widths)), strict=True)

    def cost(widths: Sequence[int]) -> float:
        return sum(max(row) + _LINE_OF_CELL * sum(row) for row in rows(widths))

    while True:
        wider = _highest(rows(widths), len(columns))
        lower = min(_moved(widths, least, wider), key=cost, default=widths)
        if cost(lower) >= cost(widths):
            return widths
        widths = lower


def _highest(rows: Iterator[Sequence[int]], count: int) -> list[int]:
    """Return the few columns that make most rows as high as they are."""
    times = [0] * count
    for row in rows:
        for column, height in enumerate(row):
            times[column] += 1 < height == max(row)
    found = sorted(range(count), key=lambda column: -times[column])
    return [column for column in found if times[column]][:_HIGHEST]


def _moved(
    widths: Sequence[int], least: Sequence[int], wider: Iterable[int]
) -> Iterator[Sequence[int]]:
    """Yield widths of which one is larger, and another smaller, by so many letters."""
    for to in wider:
        for of, width in enumerate(widths):
            spare = width - least[of] if of != to else 0
            for step in (*_STEPS, spare):
                if not 0 < step <= spare:
                    continue
                moved = list(widths)
                moved[to] += step
                moved[of] -= step
                yield moved
