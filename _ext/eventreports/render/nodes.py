"""The shapes that events take in a document.

Each is a kind of a standard node, so that every writer knows a form for it;
HTML alone gets visitors, which give sphinx-design's cards and grids their look.
Classes tell other extensions what a node means.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from ..core.dates import clock_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class event_block(nodes.container):
    """What one directive shows; its first class tells which."""


class session_facts(event_block):
    """One session's facts; opens its home where it is the first thing under a heading.

    Attributes: ``event`` and ``session``, the ids; ``refdoc``, the page; ``old_ids``, those that
    the session had before; ``title``, the session's title; ``titles``, in all its languages, one a
    line; ``people``, who spoke, one a line, each with how the name is read behind a tab.
    """


class card_list(nodes.bullet_list):
    """Cards in a grid. Attribute ``columns``: sphinx-design's row classes."""


class card(nodes.list_item):
    """One card. Attributes as :class:`session_facts`, where it shows a session."""


class resource_reference(nodes.reference):
    """A link of the data: named for what it leads to, its address kept in plain text."""


class file_reference(addnodes.download_reference):
    """A local file of the data; its name is kept in plain text."""


class event_logo(nodes.image):
    """A picture beside the name that it stands for; left out where it cannot be shown."""


class colored(nodes.inline):
    """A name with a colour of its own. Attribute ``color``: ``#rrggbb``, or ``None``."""


class schedule_item(nodes.list_item):
    """One slot of the programme. Attributes as :class:`session_facts`, where it is a session, and
    ``color``, as :class:`colored`, where that has a track."""


class schedule_grid(nodes.bullet_list):
    """One day's programme: items by time; in HTML a grid of them.

    Attributes: ``caption``; ``time``, the head of the times; ``heads``, those of the columns, one
    a line; ``widths``, of how many parts each is; ``rows``, each (start and length in minutes,
    cells), where a cell is (numbers of its items, none for a gap; rows, columns).
    """


class event_listing(nodes.General, nodes.Element):
    """Stands for a list of events until all pages are read.

    Attributes: ``year`` (``None``: all; 0: events without a date), ``limit``.
    """


def _visit_block(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "div"))


def _depart_block(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</div>\n")


def _visit_card_list(self: HTML5Translator, node: nodes.Element) -> None:
    row = nodes.Element(classes=["sd-row", *node["columns"]])
    self.body.append(self.starttag(node, "div", CLASS="sd-container-fluid sd-sphinx-override"))
    self.body.append(self.starttag(row, "ul", role="list"))


def _depart_card_list(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</ul>\n</div>\n")


def _visit_card(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "li", CLASS="sd-col sd-d-flex-row"))
    self.body.append('<div class="sd-card sd-w-100"><div class="sd-card-body">\n')


def _depart_card(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</div></div></li>\n")


def _style(node: nodes.Element) -> dict[str, Any]:
    color = node.get("color")
    return {"style": f"--event-color: {color}"} if color else {}


def _visit_colored(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "span", "", **_style(node)))


def _depart_colored(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</span>")


def _visit_schedule_item(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "li", "", **_style(node)))


def _depart_schedule_item(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</li>\n")


def _visit_schedule_grid(self: HTML5Translator, node: nodes.Element) -> None:
    """A table whose rows are as high as they are long; the items are its cells."""
    self.body.append(self.starttag(node, "table", CLASS="event-schedule-grid"))
    self.body.append(f"<caption>{self.encode(node['caption'])}</caption>\n")
    self.body.append(f'<colgroup><col class="event-times" /><col span="{sum(node["widths"])}" />')
    self.body.append("</colgroup>\n")
    heads = node["heads"].split("\n")
    if any(heads):
        self.body.append(f'<thead><tr><th scope="col">{self.encode(node["time"])}</th>')
        for name, width in zip(heads, node["widths"], strict=True):
            tag, scope = ("th", 'scope="col" ') if name else ("td", "")
            self.body.append(f'<{tag} {scope}colspan="{width}">{self.encode(name)}</{tag}>')
        self.body.append("</tr></thead>\n")
    self.body.append("<tbody>\n")
    for start, minutes, cells in node["rows"]:
        head = f'<th scope="row">{clock_of(start)}</th>'
        self.body.append(f'<tr style="--event-minutes: {minutes}">{head}')
        for numbers, rows, columns in cells:
            items = [node[number] for number in numbers]
            kind = "event-several" if items else "event-gap"
            cell = items[0] if len(items) == 1 else nodes.Element(classes=[kind])
            size: dict[str, Any] = {"rowspan": str(rows), "colspan": str(columns)}
            self.body.append(self.starttag(cell, "td", "", **size, **_style(cell)))
            if len(items) > 1:
                _schedule_list(self, items)
            else:
                # A browser lays out all cells of a table; what is in this waits until it is near.
                self.body.append('<div class="event-cell">')
                for child in cell.children:
                    child.walkabout(self)
                self.body.append("</div>")
            self.body.append("</td>")
        self.body.append("</tr>\n")
    self.body.append("</tbody></table>\n")
    if untimed := untimed_items(node):
        _schedule_list(self, untimed)
    raise nodes.SkipNode


def _schedule_list(self: HTML5Translator, items: Iterable[nodes.Node]) -> None:
    self.body.append('<ul class="event-schedule-list">')
    for item in items:
        item.walkabout(self)
    self.body.append("</ul>\n")


def timed_items(grid: nodes.Element) -> list[nodes.Element]:
    """Return the items that stand in the grid."""
    cells = (cell for _start, _minutes, cells in grid["rows"] for cell in cells)
    return [grid[number] for numbers, _rows, _columns in cells for number in numbers]


def untimed_items(grid: nodes.Element) -> list[nodes.Node]:
    """Return the items that stand below the grid."""
    timed = set(map(id, timed_items(grid)))
    return [item for item in grid.children if id(item) not in timed]


def setup(app: Sphinx) -> None:
    block: Any = (_visit_block, _depart_block)
    app.add_node(event_block, html=block)
    app.add_node(session_facts, html=block)
    app.add_node(card_list, html=(_visit_card_list, _depart_card_list))
    app.add_node(card, html=(_visit_card, _depart_card))
    app.add_node(colored, html=(_visit_colored, _depart_colored))
    app.add_node(schedule_item, html=(_visit_schedule_item, _depart_schedule_item))
    app.add_node(schedule_grid, html=(_visit_schedule_grid, None))
    app.add_node(event_listing)
    app.add_node(event_logo)
    app.add_node(resource_reference)
    app.add_node(file_reference)
