"""Days × rooms: which slot of the programme stands where in a grid that is true to time."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from .dates import PartialDate, minutes_of
from .forms import LocalizedText
from .model import Day, Event, Scheduled, Session

_A_DAY: Final = 24 * 60
#: Minutes that a slot is given whose end nothing tells.
_UNKNOWN: Final = 30
#: How far the next slot may be to tell the end of the one before it.
_LONGEST: Final = 90


#: Into how many parts a column may be divided for lanes of one width.
_FINEST: Final = 24

#: From when to when (minutes of the day) slots are, by their index.
Spans = Mapping[int, tuple[int, int]]


@dataclass(frozen=True)
class ScheduleDay:
    """What is on one day: in order of time, then what has none, in the author's order."""

    date: PartialDate | None
    day: Day | None
    items: tuple[Scheduled, ...]

    @property
    def is_timed(self) -> bool:
        return any(item.start for item in self.items)


@dataclass(frozen=True)
class Cell:
    """A rectangle of the grid. ``item`` is an index into the day's items; ``None`` is a gap."""

    item: int | None
    rows: int
    columns: int


@dataclass(frozen=True)
class Row:
    """From one boundary to the next: ``start`` in minutes of the day, ``minutes`` long."""

    start: int
    minutes: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """A room or track; ``width`` is in parts of the grid."""

    name: LocalizedText | None
    width: int


class Lane(NamedTuple):
    """The place of a slot among those that it meets: ``number`` (from 0) ``of`` so many."""

    number: int
    of: int


@dataclass(frozen=True)
class Grid:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def schedule_days(event: Event, sessions: Sequence[Session]) -> list[ScheduleDay]:
    """The days of ``sessions`` and of the event's slots, in order; those without a date last.

    Where these are but some of the event's sessions, what else was on their
    days is shown as far as it was in their rooms, or anywhere.
    """
    by_date: dict[PartialDate | None, list[Scheduled]] = defaultdict(list)
    for session in sessions:
        by_date[session.date or event.only_day].append(session)
    chosen = {id(session) for session in sessions}
    is_whole = all(id(session) in chosen for session in event.sessions)
    rooms = {_key(event.room_name(session.room)) for session in sessions}
    for slot in event.slots:
        date = slot.date or event.only_day
        if is_whole or (date in by_date and _key(event.room_name(slot.room)) in {"", *rooms}):
            by_date[date].append(slot)
    named = {day.date: day for day in event.days if is_whole or day.date in by_date}
    dates = sorted(by_date.keys() | named.keys(), key=lambda date: (date is None, date or ()))
    return [
        ScheduleDay(date, named.get(date), tuple(sorted(by_date.get(date, ()), key=_start)))
        for date in dates
    ]


def _start(item: Scheduled) -> tuple[bool, int]:
    return item.start is None, minutes_of(item.start) if item.start else 0


def rooms_or_tracks(days: Sequence[ScheduleDay]) -> Literal["room", "track"]:
    """Whether the columns are rooms or tracks: what the sessions have, rooms before tracks."""
    items = [item for day in days for item in day.items if isinstance(item, Session)]
    return "track" if not any(item.room for item in items) else "room"


def grid(event: Event, day: ScheduleDay, place: Literal["room", "track"]) -> Grid:
    """The day's slots with a time, laid out.

    ``place`` is the key that tells the column; the columns stand in the order
    of the event's own list. What has no place stands across all of them; where
    something with a place is on at that time, in one of its own at the end.
    """
    spans = _spans(day.items)
    names = _column_names(event, day, place)
    members: dict[str, list[int]] = {name: [] for name in names}
    for index in spans:
        members[_key(_column_name(event, day.items[index], place))].append(index)
    anywhere = set(members.pop(""))
    alone = [index for met in _meetings(spans, spans) if anywhere.issuperset(met) for index in met]
    members[""] = sorted(anywhere.difference(alone))
    columns = {name: _lanes(indexes, spans) for name, indexes in members.items() if indexes}
    across = _lanes(alone, spans)
    widths = {name: _width(lanes) for name, lanes in columns.items()} or {"": 1}
    whole, parts = sum(widths.values()), _width(across)
    finer = parts // math.gcd(parts, whole)
    placed = dict(_placed(across, 0, whole * finer))
    first = 0
    for name, lanes in columns.items():
        placed |= _placed(lanes, first, widths[name] * finer)
        first += widths[name] * finer
    made = tuple(Column(names[name], width * finer) for name, width in widths.items())
    return Grid(made, tuple(_rows(spans, placed, whole * finer)))


def _column_names(
    event: Event, day: ScheduleDay, place: Literal["room", "track"]
) -> dict[str, LocalizedText | None]:
    """By their keys, those of the event's own list first."""
    rooms = event.venue.rooms if event.venue else ()
    known = [one.name for one in (rooms if place == "room" else event.tracks)]
    found = [_column_name(event, item, place) for item in day.items]
    return {_key(name): name for name in (*known, *found, None)}


def _key(name: LocalizedText | None) -> str:
    return str(name) if name else ""


def _column_name(
    event: Event, item: Scheduled, place: Literal["room", "track"]
) -> LocalizedText | None:
    if place == "room":
        return event.room_name(item.room)
    return event.track_name(item.track) if isinstance(item, Session) else None


def _spans(items: Sequence[Scheduled]) -> Spans:
    """Of the slots with a time."""
    starts = sorted({minutes_of(item.start) for item in items if item.start})
    spans = {}
    for index, item in enumerate(items):
        if item.start is None:
            continue
        start = minutes_of(item.start)
        if item.until:
            end = minutes_of(item.until)
            end += _A_DAY if end < start else 0
        else:
            later = next((other for other in starts if other > start), start + _UNKNOWN)
            end = later if later - start <= _LONGEST else start + _UNKNOWN
        spans[index] = start, max(end, start + 1)
    return spans


def _meetings(indexes: Iterable[int], spans: Spans) -> list[list[int]]:
    """The slots, those together that are on at a time, be it by way of others."""
    meetings: list[list[int]] = []
    over = 0
    for index in sorted(indexes, key=spans.__getitem__):
        start, end = spans[index]
        if not meetings or start >= over:
            meetings.append([])
            over = end
        meetings[-1].append(index)
        over = max(over, end)
    return meetings


def _lanes(indexes: Iterable[int], spans: Spans) -> dict[int, Lane]:
    """Where each slot stands among those that it meets: in the first lane that is free."""
    found: dict[int, Lane] = {}
    for meeting in _meetings(indexes, spans):
        free_at: list[int] = []
        numbers = {}
        for index in meeting:
            start, end = spans[index]
            number = next((n for n, free in enumerate(free_at) if free <= start), len(free_at))
            free_at[number : number + 1] = [end]
            numbers[index] = number
        found |= {index: Lane(number, len(free_at)) for index, number in numbers.items()}
    return found


def _width(lanes: Mapping[int, Lane]) -> int:
    """Into how many parts a column is to be divided for its lanes to be of one width."""
    counts = {lane.of for lane in lanes.values()}
    common = math.lcm(*counts)
    # Where that would be very fine, some lanes are wider than others by a part.
    return common if common <= _FINEST else max(counts)


def _placed(
    lanes: Mapping[int, Lane], first: int, width: int
) -> Iterator[tuple[int, tuple[int, int]]]:
    """Where each slot begins, and how wide it is."""
    for index, lane in lanes.items():
        begin, end = (number * width // lane.of for number in (lane.number, lane.number + 1))
        yield index, (first + begin, end - begin)


def _rows(spans: Spans, placed: Mapping[int, tuple[int, int]], width: int) -> Iterator[Row]:
    bounds = sorted({bound for span in spans.values() for bound in span})
    row_of = {bound: number for number, bound in enumerate(bounds)}
    begins = {(row_of[spans[index][0]], placed[index][0]): index for index in spans}
    taken = {
        (row, column)
        for index, (start, end) in spans.items()
        for row in range(row_of[start], row_of[end])
        for column in range(placed[index][0], sum(placed[index]))
    }
    for number, (start, end) in enumerate(itertools.pairwise(bounds)):
        cells: list[Cell] = []
        for column in range(width):
            if (number, column) in begins:
                index = begins[number, column]
                rows = row_of[spans[index][1]] - number
                cells.append(Cell(index, rows, placed[index][1]))
            elif (number, column) not in taken:
                if cells and cells[-1].item is None and (number, column - 1) not in taken:
                    cells[-1] = Cell(None, 1, cells[-1].columns + 1)
                else:
                    cells.append(Cell(None, 1, 1))
        yield Row(start, end - start, tuple(cells))
