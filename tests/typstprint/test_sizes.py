"""Pictures, figures and tables are as large, and at the side, as their authors say."""

import re

import pytest
from docutils import nodes

from conftest import Site
from printing import CONF, pictures, png
from test_layout import words
from test_nodes import printed
from typstprint.translator.columns import in_columns

pytestmark = [pytest.mark.slow, pytest.mark.once]


@pytest.fixture
def book(site: Site) -> Site:
    site.write({"conf.py": CONF})
    (site.folder / "dot.png").write_bytes(png(width=300, height=200))
    return site


NESTED = """\
T
=

.. list-table:: Outer
   :header-rows: 1
   :stub-columns: 1
   :widths: 20 80

   * - head1
     - head2
   * - stub
     - .. list-table::

          * - inner1
            - inner2
            - inner3

   * - last1
     - last2
"""


def test_a_table_in_a_cell_leaves_the_other_as_it_is(book: Site) -> None:
    pdf = printed(book, NESTED)
    at = {word.text: word for word in words(pdf)}
    for one, other in (("head1", "head2"), ("inner1", "inner3"), ("last1", "last2")):
        assert at[one].top == at[other].top
    assert at["head1"].left == at["stub"].left == at["last1"].left
    assert at["head2"].left == at["last2"].left == pytest.approx(at["head1"].left + 96, abs=5)
    assert at["head2"].left < at["inner1"].left < at["inner3"].left


def test_cells_that_head_others_are_marked(book: Site) -> None:
    """Not those of a table within."""
    source = printed(book, NESTED).with_suffix(".typ").read_text(encoding="utf-8")
    heads = re.findall(r'head-cell\(\{.*?"(\w+)"', source, re.DOTALL)
    assert heads == ["head1", "head2", "stub", "last1"]


def test_cells_are_in_columns_past_those_that_go_on_from_above() -> None:
    spans = [[(2, 1), (0, 0)], [(0, 0)], [(0, 0)], [(0, 0), (1, 0)], [(0, 0)], [(0, 0)] * 3]
    rows = (
        nodes.row("", *(nodes.entry("", morerows=down, morecols=across) for down, across in row))
        for row in spans
    )
    found = [[column for _entry, column in row] for row in in_columns(rows)]
    assert found == [[0, 2], [2], [2], [0, 1], [0], [0, 1, 2]]


@pytest.mark.parametrize(
    ("option", "width", "height"),
    [
        (":height: 2cm", 85, 57),
        (":scale: 20", 60, 40),
        (":width: 50px\n   :scale: 200", 75, 50),
        (":width: 100px\n   :height: 300px", 75, 225),
        (":width: 8ex", 40, 27),
        (":width: 0", 300, 200),
        (":width: 50%", 241, 161),
        (":width: 5000px", 482, 321),
        (":height: 5000px", 482, 321),
    ],
)
def test_a_picture_is_as_large_as_its_author_says(
    book: Site, option: str, width: int, height: int
) -> None:
    page = f"T\n=\n\n.. image:: dot.png\n   {option}\n   :alt: x\n"
    assert pictures(printed(book, page)) == [pytest.approx((width, height), abs=0.5, rel=0.01)]


def test_a_picture_among_words_is_as_high_as_its_author_says(book: Site) -> None:
    page = "T\n=\n\nOne |dot| two\n\n.. |dot| image:: dot.png\n   :height: 1em\n   :alt: x\n"
    pdf = printed(book, page)
    assert pictures(pdf) == [pytest.approx((15, 10), abs=0.5)]
    left = {word.text: word.left for word in words(pdf)}
    assert left["two"] - left["One"] < 60


def figure(*options: str) -> str:
    lines = "".join(f"   {one}\n" for one in options)
    return (
        f".. figure:: dot.png\n   :alt: x\n   :width: 100px\n{lines}\n   Caption {'word ' * 40}\n\n"
    )


@pytest.mark.parametrize(
    ("options", "left", "right"),
    [
        ((":figwidth: 50%",), 177, 418),
        ((":figwidth: 50%", ":align: left"), 57, 298),
        ((":figwidth: 50%", ":align: right"), 298, 538),
    ],
)
def test_a_figure_is_as_wide_and_at_the_side_that_its_author_says(
    book: Site, options: tuple[str, ...], left: int, right: int
) -> None:
    found = [
        one for one in words(printed(book, f"T\n=\n\n{figure(*options)}")) if one.text == "word"
    ]
    assert min(one.left for one in found) >= left - 1
    assert max(one.right for one in found) <= right + 1
    assert max(one.right for one in found) - min(one.left for one in found) > 200


@pytest.mark.parametrize(("align", "left"), [("left", 57), ("center", 282), ("right", 502)])
def test_short_captions_of_figures_are_at_their_side(book: Site, align: str, left: int) -> None:
    options = f":alt: x\n   :align: {align}\n   :width: 100px"
    page = f"T\n=\n\n.. figure:: dot.png\n   {options}\n\n   Caption\n"
    (word,) = (one for one in words(printed(book, page)) if one.text == "Caption")
    assert word.left == pytest.approx(left, abs=5)


@pytest.mark.parametrize(
    ("options", "one", "two"),
    [
        ("", 62, 89),
        (":align: right", 488, 516),
        (":width: 50%", 62, 182),
        (":align: center\n   :width: 50%", 182, 302),
    ],
)
def test_a_table_is_as_wide_and_at_the_side_that_its_author_says(
    book: Site, options: str, one: int, two: int
) -> None:
    page = f"T\n=\n\n.. table::\n   {options}\n\n   === ===\n   one two\n   === ===\n"
    left = {word.text: word.left for word in words(printed(book, page))}
    assert (left["one"], left["two"]) == pytest.approx((one, two), abs=6)
