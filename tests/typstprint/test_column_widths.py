"""How wide the columns of tables are: as makes a table lowest."""

from collections.abc import Sequence

import pytest

from typstprint.translator.column_widths import PADDING, Column, column_widths
from typstprint.translator.words import width

LINE = 84
#: Of 30 rows, each with a time and a title that takes more or less than half of a line.
TIMES = [11] * 30
TITLES = [34 + number for number in range(30)]


def widths(*columns: Sequence[int], word: int = 5) -> list[int]:
    """The widths of columns, of cells of one line each, which may be empty."""
    made = [Column([(cell,) if cell else () for cell in column], word) for column in columns]
    return column_widths(made, LINE)


def height(width: int, cells: Sequence[int]) -> int:
    return sum(Column([(cell,) for cell in cells], 0).lines(width))


def test_what_fits_the_line_is_as_wide_as_it_is() -> None:
    assert widths(TIMES, [30] * 30, [20] * 30) == [0, 0, 0]


def test_one_long_cell_takes_no_room_from_a_column_of_long_ones() -> None:
    speakers = [8, 0, 0, 40, 9, *[0] * 25]
    time, title, speaker = widths(TIMES, TITLES, speakers)
    assert time == 0
    # Half of the names are not broken.
    assert 9 + PADDING <= speaker <= 16
    assert title >= LINE - 13 - 16
    # If all names stood on a line, titles would take more.
    assert height(title, TITLES) < height(LINE - 13 - 42, TITLES)


def test_many_short_cells_are_not_broken_for_one_long_one() -> None:
    names = [20] * 30
    time, title, name = widths(TIMES, [200, *[20] * 29], names)
    assert (time, name) == (0, 0)
    assert title > 40


@pytest.mark.parametrize("texts", [(120, 120), (900, 120), (120, 900), (900, 900)])
def test_who_has_more_to_say_has_no_less_room(texts: tuple[int, int]) -> None:
    one, other = widths([texts[0]] * 5, [texts[1]] * 5)
    assert one + other == LINE
    assert (one > other) - (one < other) in (0, (texts[0] > texts[1]) - (texts[0] < texts[1]))


def test_no_column_is_narrower_than_its_words_where_there_is_room() -> None:
    time, long, code = widths(TIMES, [400] * 30, [0, 60, *[0] * 28], word=14)
    assert time == 0
    assert code >= 14 + PADDING
    assert long > code


def test_of_a_long_table_some_rows_say_how_wide_its_columns_are() -> None:
    many = widths(TIMES * 99, TITLES * 99, [8, 40, *[0] * 28] * 99)
    assert sum(many[1:]) == LINE - 13
    assert many[1] > LINE / 2


def test_a_table_of_nothing_has_columns() -> None:
    assert widths([0], [0]) == [0, 0]
    assert column_widths([], LINE) == []


def test_a_line_has_as_many_kanji_as_stand_on_it() -> None:
    """Of 170 mm, in letters of 10 pt; so what fits a column is not taken for two lines."""
    most = int(170 / 25.4 * 72 / 10)
    assert width("漢" * (most - 2)) <= LINE < width("漢" * (most + 1))
