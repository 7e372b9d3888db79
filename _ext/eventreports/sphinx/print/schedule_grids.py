"""Schedules in print: a table for each day, or a list by time where the page is too narrow."""

from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx

from ...core.dates import clock_of
from ...render.nodes import is_across, schedule_grid, timed_items, untimed_items

#: The most rooms or tracks of a table.
_MOST_COLUMNS: Final = 6


def fit_grids(_app: Sphinx, _document: object, tree: nodes.document) -> None:
    """Leave out of tables what their heads say, and put what a break is beside its time."""
    for grid in tree.findall(schedule_grid):
        for item in timed_items(grid):
            if "event-slot" in item["classes"]:
                _put_on_one_line(item)
        if _is_list(grid):
            continue
        by_place = "event-where" if "event-by-room" in grid["classes"] else "event-track"
        for numbers, _rows, columns in (cell for _start, cells in grid["rows"] for cell in cells):
            for item in [] if is_across(grid, columns) else [grid[one] for one in numbers]:
                for line in item.findall(nodes.paragraph):
                    if "event-card-when" in line["classes"]:
                        _shorten(line, by_place)


def _is_list(grid: nodes.Element) -> bool:
    return len(grid["widths"]) > _MOST_COLUMNS


def _put_on_one_line(item: nodes.Element) -> None:
    """Put the title of a break behind its time."""
    when, title, *_description = item.findall(nodes.paragraph)
    when += [nodes.Text(" "), *title.children]
    item.remove(title)


def _shorten(line: nodes.Element, by_place: str) -> None:
    """Keep of an item's facts only what the heads of its row and column do not say."""
    facts = {"event-when", "event-where", "event-elsewhere", "event-track"} - {by_place}
    kept = [one for one in line.findall(nodes.inline) if not facts.isdisjoint(one["classes"])]
    line.children = list(line.findall(nodes.target))
    for fact in kept:
        line += [fact, nodes.Text(" ")]


def grid_value(grid: nodes.Element) -> dict[str, Any]:
    """Return the arguments of the function ``programme`` of ``styles.typ``."""
    heads = str(grid["heads"]).split("\n")
    return {
        "as-list": _is_list(grid),
        "has-heads": any(heads),
        "time": _content(grid["time"]),
        "columns": list(zip(map(_content, heads), grid["widths"], strict=True)),
        "rows": [
            (_content(clock_of(start)), [_cell(grid, cell) for cell in cells])
            for start, cells in grid["rows"]
        ],
        "untimed": untimed_items(grid),
    }


def _cell(grid: nodes.Element, cell: Any) -> tuple[list[nodes.Element], int, int, bool]:
    """Return the items of a cell, its size, and whether something is on there, and no break."""
    numbers, rows, columns = cell
    items = [grid[number] for number in numbers]
    return items, rows, columns, any("event-slot" not in item["classes"] for item in items)


def _content(text: str) -> nodes.inline:
    return nodes.inline(text, text)
