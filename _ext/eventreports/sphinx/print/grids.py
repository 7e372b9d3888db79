"""The programme of a day on paper: a table, where it is wide enough for all rooms."""

from __future__ import annotations

from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx

from ...render.nodes import schedule_grid, timed_items, untimed_items

#: So many rooms or tracks beside each other can be read on paper.
_MOST_COLUMNS: Final = 6


def fit_grids(_app: Sphinx, _document: object, tree: nodes.document) -> None:
    """Make lists of the grids that are too wide; of the others, shorten the items."""
    for grid in list(tree.findall(schedule_grid)):
        if len(_heads(grid)) > _MOST_COLUMNS:
            grid.replace_self(nodes.bullet_list("", *grid.children, bullet="-"))
            continue
        by_place = "event-where" if "event-by-room" in grid["classes"] else "event-track"
        for item in timed_items(grid):
            for line in item.findall(nodes.paragraph):
                if "event-card-when" in line["classes"]:
                    _leave_out(line, by_place)


def _leave_out(line: nodes.Element, by_place: str) -> None:
    """Leave out of the line when and where an item is what the head of its column says."""
    facts = {"event-when", "event-where", "event-track"} - {by_place}
    kept = [one for one in line.findall(nodes.inline) if not facts.isdisjoint(one["classes"])]
    line.children = list(line.findall(nodes.target))
    for fact in kept:
        line += [fact, nodes.Text(" ")]


def grid_value(grid: nodes.Element) -> dict[str, Any]:
    """Return what the function ``programme`` of ``print.typ`` makes a table of."""
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
    heads: str = grid["heads"]
    return heads.split("\n")


def _content(text: str) -> nodes.inline:
    return nodes.inline(text, text)
