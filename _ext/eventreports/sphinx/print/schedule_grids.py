"""Schedules in print: a table for each day, if the page is wide enough for its columns."""

from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx

from ...render.nodes import schedule_grid, timed_items, untimed_items

#: The most rooms or tracks of a table.
_MOST_COLUMNS: Final = 6


def fit_grids(_app: Sphinx, _document: object, tree: nodes.document) -> None:
    """Replace grids with too many columns by lists; shorten the items of the others."""
    for grid in list(tree.findall(schedule_grid)):
        if len(_heads(grid)) > _MOST_COLUMNS:
            grid.replace_self(nodes.bullet_list("", *grid.children, bullet="-"))
            continue
        by_place = "event-where" if "event-by-room" in grid["classes"] else "event-track"
        for item in timed_items(grid):
            for line in item.findall(nodes.paragraph):
                if "event-card-when" in line["classes"]:
                    _shorten(line, by_place)


def _shorten(line: nodes.Element, by_place: str) -> None:
    """Keep of an item's facts only what the heads of its row and column do not say."""
    facts = {"event-when", "event-where", "event-elsewhere", "event-track"} - {by_place}
    kept = [one for one in line.findall(nodes.inline) if not facts.isdisjoint(one["classes"])]
    line.children = list(line.findall(nodes.target))
    for fact in kept:
        line += [fact, nodes.Text(" ")]


def grid_value(grid: nodes.Element) -> dict[str, Any]:
    """Return the arguments of the function ``programme`` of ``styles.typ``."""
    return {
        "time": _content(grid["time"]),
        "columns": list(zip(map(_content, _heads(grid)), grid["widths"], strict=True)),
        "rows": [
            (
                _content(f"{start // 60:02}:{start % 60:02}"),
                [([grid[number] for number in cell[0]], *cell[1:]) for cell in cells],
            )
            for start, _minutes, cells in grid["rows"]
        ],
        "untimed": untimed_items(grid),
    }


def _heads(grid: nodes.Element) -> list[str]:
    return str(grid["heads"]).split("\n")


def _content(text: str) -> nodes.inline:
    return nodes.inline(text, text)
