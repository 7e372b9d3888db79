"""The schedule: a list by time in every writer, a grid of times and rooms in HTML."""

import re
from collections.abc import Sequence
from typing import Final, Literal

from docutils import nodes
from sphinx_design.shared import create_component

from ..core.model import Event, Scheduled, Session, Slot
from ..core.schedule_grid import ScheduleDay, grid, rooms_or_tracks
from ..core.texts import LocalizedText
from . import inline
from .cards import children_of, kind, status_line, subtitle_line
from .context import Context, joined, line, paragraph, plain, rubric
from .facts import clock_text, day_heading, slot_title, track_name
from .labels import _
from .markdown import described
from .nodes import event_block, schedule_grid, schedule_item

#: The year in a date, with what stands between it and the rest.
_YEAR: Final = re.compile(r"\d{4}年|,? \d{4}$")


def schedule(
    context: Context, event: Event, days: Sequence[ScheduleDay], *, as_tabs: bool
) -> list[nodes.Element]:
    """Return the programme of each day under its name, or in a tab."""
    # A date alone, without items, gets no heading.
    days = [day for day in days if day.items or (day.day and (day.day.name or day.day.description))]
    place = rooms_or_tracks(days)
    shown: list[nodes.Element] = _about_tracks(context, event, days)
    if as_tabs and len(days) > 1:
        first = next((day for day in days if day.items), None)
        tabs = [
            _tab(context, day, _day(context, event, day, place), is_open=day is first)
            for day in days
        ]
        # Each label has its width before the next is read, so that none moves.
        style = f"--event-days: {len(tabs)}"
        return [*shown, create_component("tab-set", ["sd-tab-set"], children=tabs, style=style)]
    for day in days:
        if len(days) > 1 or day.day:
            shown.append(rubric(day_heading(context, day.day, day.date), "event-day"))
        shown += _day(context, event, day, place)
    return shown


def _about_tracks(
    context: Context, event: Event, days: Sequence[ScheduleDay]
) -> list[nodes.Element]:
    """Return the descriptions of the tracks that have items."""
    on = [
        event.track(item.track) for day in days for item in day.items if isinstance(item, Session)
    ]
    return [
        event_block(
            "",
            paragraph([track_name(context, track.name)]),
            described(context, track, track.description),
            classes=["event-track-about"],
        )
        for track in event.tracks
        if track in on and track.description
    ]


def _tab(
    context: Context, day: ScheduleDay, content: list[nodes.Element], *, is_open: bool
) -> nodes.Element:
    """Return a tab as sphinx-design's own ``tab-item`` does."""
    label = nodes.rubric("", "", *_tab_label(context, day), classes=["sd-tab-label"])
    panel = create_component("tab-content", ["sd-tab-content"], children=content)
    return create_component("tab-item", ["sd-tab-item"], children=[label, panel], selected=is_open)


def _tab_label(context: Context, day: ScheduleDay) -> list[nodes.Node]:
    """Return the heading of a day in parts, of which a narrow tab may leave out some."""
    heading = day_heading(context, day.day, day.date)
    name = context.text(day.day.name) if day.day else ""
    sign = _(": ") if name and name != heading else ""
    date = heading.removeprefix(name + sign)
    year = _YEAR.search(date)
    start, end = year.span() if year else (0, 0)
    parts = [
        nodes.Text(date[:start]),
        plain(date[start:end], "event-year"),
        nodes.Text(date[end:]),
    ]
    return [
        plain(name, "event-day-name"),
        plain(sign, "event-day-sign"),
        nodes.inline("", "", *parts, classes=["event-day-date"]),
    ]


def _day(
    context: Context, event: Event, day: ScheduleDay, place: Literal["room", "track"]
) -> list[nodes.Element]:
    shown: list[nodes.Element] = []
    if day.day and day.day.description:
        shown.append(described(context, day.day, day.day.description))
    if day.items:
        shown.append(_programme(context, event, day, place))
    return shown


def _programme(
    context: Context, event: Event, day: ScheduleDay, place: Literal["room", "track"]
) -> nodes.Element:
    items = [_item(context, item) for item in day.items]
    if not day.is_timed:
        return nodes.bullet_list("", *items, bullet="-", classes=["event-schedule-list"])
    laid = grid(event, day, place)
    return schedule_grid(
        "",
        *items,
        bullet="-",
        caption=day_heading(context, day.day, day.date),
        time=_("Time"),
        heads="\n".join(context.text(column.name) for column in laid.columns),
        colors=[_color_of(event, day, place, column.name) for column in laid.columns],
        widths=[column.width for column in laid.columns],
        rows=[
            (row.start, [(cell.items, cell.rows, cell.columns) for cell in row.cells])
            for row in laid.rows
        ],
        classes=[f"event-by-{place}"],
    )


def _color_of(
    event: Event, day: ScheduleDay, place: Literal["room", "track"], name: LocalizedText | None
) -> str | None:
    """Return the colour of a column: that of its track, or of the only one in its room."""
    if name is None:
        return None
    sessions = [item for item in day.items if isinstance(item, Session)]
    tracks = [
        event.track(one.track)
        for one in sessions
        if place == "room" and event.place_name(one) == name
    ]
    colors = {one.color if one else None for one in (tracks or [event.track(name)])}
    return colors.pop() if len(colors) == 1 else None


def _item(context: Context, item: Scheduled) -> schedule_item:
    node = schedule_item()
    facts: list[nodes.Node] = []
    if clock := clock_text(item):
        facts.append(plain(clock, "event-when"))
    facts += inline.place(context, item)
    if isinstance(item, Session) and item.track:
        track = track_name(context, item.track)
        node["color"] = track["color"]
        facts.append(track)
    node += line(joined(facts), "event-card-when")
    match item:
        case Session():
            node.attributes.update(inline.session_attributes(context, item))
            node["classes"].insert(0, "event-talk")
            node += _talk(context, item)
        case Slot():
            node["classes"] += ["event-slot"]
            node += paragraph([plain(slot_title(context, item), "event-slot-title")])
            if item.description:
                node += described(context, item, item.description)
    return context.place(node, item.mark())


def _talk(context: Context, session: Session) -> list[nodes.Element]:
    title = [
        inline.session_link(context, session, "card"),
        *kind(context, session),
        *inline.restriction(session.visibility),
    ]
    return [
        *status_line(context, session),
        paragraph(title, "event-card-title"),
        *subtitle_line(context, session),
        *line(inline.people(context, session.speakers), "event-card-people"),
        *_parts(context, session),
    ]


def _parts(context: Context, session: Session) -> list[nodes.bullet_list]:
    """Return the sessions within a session, each with a link."""
    items = []
    for child in session.children:
        clock = clock_text(child)
        when = [plain(clock, "event-when"), nodes.Text(" ")] if clock else []
        link = inline.session_link(context, child, "card")
        title = [*when, link, *inline.restriction(child.visibility)]
        lines = [
            *status_line(context, child),
            paragraph(title, "event-child-title"),
            *line(inline.people(context, child.speakers), "event-card-people"),
        ]
        attributes = inline.session_attributes(context, child)
        items.append(nodes.list_item("", *lines, *_parts(context, child), **attributes))
    return children_of(context, session, items)
