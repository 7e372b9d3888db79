"""Days × rooms: which slot of the programme stands where in a grid that is true to time."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from .dates import PartialDate, minutes_of
from .forms import LocalizedText
from .model import Day, Event, Scheduled, Session

_A_DAY: Final = 24 * 60
#: Minutes that a slot is given whose end nothing tells.
_UNKNOWN: Final = 30
#: How far the next slot may be to tell the end of the one before it.
_LONGEST: Final = 90


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
    """A room or track; ``lanes`` is how many stand side by side in it at most."""

    name: LocalizedText | None
    lanes: int


@dataclass(frozen=True)
class Grid:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def schedule_days(event: Event, sessions: Iterable[Session]) -> list[ScheduleDay]:
    """The days of ``sessions`` and of the event's slots, in order; those without a date last."""
    is_one_day = event.first_date is not None and event.first_date == event.last_date
    only_day = event.first_date if is_one_day else None
    by_date: dict[PartialDate | None, list[Scheduled]] = defaultdict(list)
    for day in event.days:
        by_date[day.date] = []
    for item in (*sessions, *event.slots):
        by_date[item.date or only_day].append(item)
    named = {day.date: day for day in event.days}
    dates = sorted(by_date, key=lambda date: (date is None, date or ()))
    return [
        ScheduleDay(date, named.get(date), tuple(sorted(by_date[date], key=_start)))
        for date in dates
        if by_date[date] or date in named
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
    something else is on at that time, in one of its own at the end.
    """
    spans = _spans(day.items)
    names = _column_names(event, day, place)
    columns: dict[str, list[int]] = {name: [] for name in names}
    for index in spans:
        columns[_key(_column_name(event, day.items[index], place))].append(index)
    across = columns.pop("")
    columns = {name: indexes for name, indexes in columns.items() if indexes}
    alone = [index for index in across if not _meets(index, spans, spans)] if columns else []
    if beside := [index for index in across if index not in alone]:
        columns[""] = beside
    placed: dict[int, tuple[int, int]] = dict.fromkeys(alone, (0, 0))
    made, first = [], 0
    for name, indexes in columns.items():
        lanes = _lanes(indexes, spans)
        count = max(lanes.values()) + 1
        placed.update({index: (first + lane, 1) for index, lane in lanes.items()})
        # What nothing is beside is as wide as its room.
        for index in indexes:
            if count > 1 and not _meets(index, spans, indexes):
                placed[index] = (first, count)
        made.append(Column(names[name], count))
        first += count
    placed.update(dict.fromkeys(alone, (0, first)))
    return Grid(tuple(made), tuple(_rows(spans, placed, first)))


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


def _spans(items: Sequence[Scheduled]) -> dict[int, tuple[int, int]]:
    """From when to when (minutes of the day) each slot with a time is, by index."""
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


def _meets(index: int, spans: dict[int, tuple[int, int]], others: Iterable[int]) -> bool:
    start, end = spans[index]
    return any(
        other != index and spans[other][0] < end and start < spans[other][1] for other in others
    )


def _lanes(indexes: Iterable[int], spans: dict[int, tuple[int, int]]) -> dict[int, int]:
    """For each the first lane that is free when it begins."""
    free_at: list[int] = []
    lanes = {}
    for index in sorted(indexes, key=lambda one: spans[one]):
        start, end = spans[index]
        lane = next((n for n, free in enumerate(free_at) if free <= start), len(free_at))
        free_at[lane : lane + 1] = [end]
        lanes[index] = lane
    return lanes


def _rows(
    spans: dict[int, tuple[int, int]], placed: dict[int, tuple[int, int]], width: int
) -> Iterator[Row]:
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
