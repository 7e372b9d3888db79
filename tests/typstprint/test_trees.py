"""What is known of a tree before it is printed, without printing it."""

import pytest
from docutils import nodes

from typstprint.transforms.html import inlines_of, line_break
from typstprint.translator.layout import is_short_list


def bullets(*texts: str) -> nodes.bullet_list:
    items = (nodes.list_item("", nodes.paragraph("", text)) for text in texts)
    return nodes.bullet_list("", *items)


@pytest.mark.parametrize(
    ("made", "is_short"),
    [
        (bullets(*["word"] * 4), True),
        (bullets(*["word"] * 5), False),
        (bullets("x" * 240), True),
        (bullets("x" * 241), False),
        (nodes.bullet_list("", nodes.list_item("", bullets("a"), bullets("b"))), True),
        (nodes.bullet_list("", nodes.list_item("", bullets("a", "b"), bullets("c", "d"))), False),
    ],
)
def test_a_list_of_few_and_short_items_is_short(made: nodes.bullet_list, is_short: bool) -> None:
    nodes.section("", made)
    assert is_short_list(made) is is_short


def test_a_list_within_another_goes_with_that() -> None:
    inner = bullets("a")
    nodes.bullet_list("", nodes.list_item("", inner))
    assert not is_short_list(inner)


def html(source: str) -> nodes.raw:
    return nodes.raw("", source, format="html")


@pytest.mark.parametrize(
    "tags", [["<br>"], ["<br/>\n"], ["<BR />"], ["<br>", "<br>"], ["<br>", "<wbr>"]]
)
def test_no_line_begins_with_a_space(tags: list[str]) -> None:
    found = inlines_of([nodes.Text("a"), *map(html, tags), nodes.Text(" \n"), nodes.Text(" b c")])
    assert isinstance(found[1], line_break)
    assert [one.astext() for one in found if one.astext()] == ["a", "b c"]
