"""HTML visitors of the nodes of events: cards and grids of sphinx-design, and the schedule."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from ..core.dates import clock_of
from ..core.schedule_grid import MOST_COLUMNS
from ..render.nodes import (
    byline,
    card,
    card_list,
    colored,
    event_block,
    event_listing,
    event_overview,
    file_reference,
    gathered_notes,
    is_across,
    resource_listing,
    resource_reference,
    schedule_grid,
    schedule_item,
    session_facts,
    subject_list,
    subject_name,
    time_link,
    untimed_items,
)


def setup(app: Sphinx) -> None:
    """Register the nodes, with their visitors where HTML has any."""
    app.add_node(event_block, html=_as_element("div", after_start="\n", after_end="\n"))
    app.add_node(session_facts, html=_as_element("div", after_start="\n", after_end="\n"))
    app.add_node(card_list, html=(_visit_card_list, _depart_card_list))
    app.add_node(card, html=(_visit_card, _depart_card))
    app.add_node(colored, html=_as_element("span"))
    app.add_node(schedule_item, html=_as_element("li", after_end="\n"))
    app.add_node(schedule_grid, html=(_visit_schedule_grid, None))
    app.add_node(time_link, html=(_visit_time_link, _depart_time_link))
    # Writers that know neither these nor what they are made of ask for their names.
    for node in (
        *(byline, event_listing, event_overview, gathered_notes, resource_listing, subject_list),
        *(resource_reference, file_reference, subject_name),
    ):
        app.add_node(node)


def _as_element(tag: str, after_start: str = "", after_end: str = "") -> Any:
    """Return visitors that write a node as an element, in its colour if it has one."""

    def visit(self: HTML5Translator, node: nodes.Element) -> None:
        self.body.append(self.starttag(node, tag, after_start, **_style(node)))

    def depart(self: HTML5Translator, node: nodes.Element) -> None:
        self.body.append(f"</{tag}>{after_end}")

    return visit, depart


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


def _visit_time_link(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "a", "", CLASS="reference external", href=node["refuri"]))


def _depart_time_link(self: HTML5Translator, _node: nodes.Element) -> None:
    self.body.append("</a>")


def _style(node: nodes.Element) -> dict[str, Any]:
    color = node.get("color")
    return {"style": f"--event-color: {color}"} if color else {}


def _visit_schedule_grid(self: HTML5Translator, node: nodes.Element) -> None:
    """Write the grid as a table; one of many columns in an area that scrolls by itself."""
    parts = sum(node["widths"])
    caption = self.attval(node["caption"])
    scrolls = parts > MOST_COLUMNS
    if scrolls:
        self.body.append(
            f'<div class="event-schedule-area" role="region" tabindex="0" aria-label="{caption}" '
            f'style="--event-columns: {parts}">\n'
        )
    self.body.append(self.starttag(node, "table", CLASS="event-schedule-grid"))
    self.body.append(f"<caption>{caption}</caption>\n")
    self.body.append(f'<colgroup><col class="event-times" /><col span="{parts}" /></colgroup>\n')
    heads = node["heads"].split("\n")
    if any(heads):
        self.body.append(f'<thead><tr><th scope="col">{self.encode(node["time"])}</th>')
        for name, color, width in zip(heads, node["colors"], node["widths"], strict=True):
            tag, scope = ("th", 'scope="col" ') if name else ("td", "")
            head = self.encode(name)
            if color:
                head = f'<span class="event-track" style="--event-color: {color}">{head}</span>'
            self.body.append(f'<{tag} {scope}colspan="{width}">{head}</{tag}>')
        self.body.append("</tr></thead>\n")
    self.body.append("<tbody>\n")
    for start, cells in node["rows"]:
        clock = clock_of(start)
        filled = [[node[number] for number in numbers] for numbers, *_size in cells if numbers]
        time = _common_time(clock, filled)
        end = f'<span class="event-end">{self.encode(time[len(clock) :])}</span>' if time else ""
        is_break = len(filled) == 1 and filled[0][0]["classes"] == ["event-slot"]
        kind = ' class="event-break"' if is_break and is_across(node, cells[0][2]) else ""
        self.body.append(f'<tr{kind}><th scope="row"><span>{clock}{end}</span></th>')
        for numbers, rows, columns in cells:
            items = [node[number] for number in numbers]
            classes = ["event-across"] if is_across(node, columns) else []
            classes += ["event-timed"] if len(items) == 1 and time == _time_of(items[0]) else []
            _add_cell(self, items, classes, rowspan=rows, colspan=columns)
        self.body.append("</tr>\n")
    self.body.append("</tbody></table>\n")
    if scrolls:
        self.body.append("</div>\n")
    if untimed := untimed_items(node):
        _add_schedule_list(self, untimed)
    raise nodes.SkipNode


def _time_of(item: nodes.Element) -> str:
    """Return the time that an item says."""
    found = (one.astext() for one in item.findall(nodes.inline) if "event-when" in one["classes"])
    return next(found, "")


def _common_time(clock: str, cells: Sequence[Sequence[nodes.Element]]) -> str:
    """Return the time of most of the cells of a row, which its head can say instead."""
    times = Counter(_time_of(items[0]) for items in cells if len(items) == 1)
    time, count = next(iter(times.most_common(1)), ("", 0))
    return time if time.startswith(clock) and count * 2 > len(cells) else ""


def _add_cell(
    self: HTML5Translator,
    items: Sequence[nodes.Element],
    classes: Sequence[str],
    **spans: int,
) -> None:
    kind = "event-several" if items else "event-gap"
    cell = items[0] if len(items) == 1 else nodes.Element(classes=[kind])
    attributes: dict[str, Any] = {name: str(span) for name, span in spans.items() if span > 1}
    attributes |= {"CLASS": " ".join(classes)} if classes else {}
    self.body.append(self.starttag(cell, "td", "", **attributes, **_style(cell)))
    if len(items) > 1:
        _add_schedule_list(self, items)
    elif items:
        # Browsers lay out all cells of a table; by CSS the content of this element waits.
        self.body.append('<div class="event-cell">')
        for child in cell.children:
            child.walkabout(self)
        self.body.append("</div>")
    self.body.append("</td>")


def _add_schedule_list(self: HTML5Translator, items: Iterable[nodes.Node]) -> None:
    self.body.append('<ul class="event-schedule-list">')
    for item in items:
        item.walkabout(self)
    self.body.append("</ul>\n")
