"""Grids of the programme, days × rooms: the rows and columns of each session and slot."""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from .dates import PartialDate
from .model import Day, Event, Scheduled, Session
from .names import comparable
from .texts import LocalizedText

#: Minutes that a slot takes whose end is not known.
_UNKNOWN: Final = 30
#: Minutes after which the next slot's start is no longer the end of the one before it.
_LONGEST: Final = 90
#: Lanes of a column that can be read beside each other; where more overlap, they share one cell.
_MOST_LANES: Final = 4

#: Start and end of slots, in minutes since midnight, by their indexes.
Spans = Mapping[int, tuple[int, int]]


@dataclass(frozen=True)
class ScheduleDay:
    """The sessions and slots of one day: by time, then those without one in the author's order.

    Its sessions are as :meth:`Event.placed` gives them.
    """

    date: PartialDate | None
    day: Day | None
    items: tuple[Scheduled, ...]

    @property
    def is_timed(self) -> bool:
        """Whether anything has a time."""
        return any(item.begins for item in self.items)


@dataclass(frozen=True)
class Cell:
    """A rectangle of the grid, or a gap.

    :param items: Indexes into the day's items; none for a gap.
    :param rows: How many rows it takes.
    :param columns: How many parts of the grid it takes.
    """

    items: tuple[int, ...]
    rows: int
    columns: int


@dataclass(frozen=True)
class Row:
    """The time from one boundary to the next.

    :param start: In minutes since midnight.
    :param minutes: Its length.
    :param cells: The cells that begin in it.
    """

    start: int
    minutes: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """A room or track; its width is in parts of the grid."""

    name: LocalizedText | None
    width: int


@dataclass(frozen=True)
class Grid:
    """The table of a day, from which cells can be written row by row."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class _Lane(NamedTuple):
    """Items that share a cell; ``start`` and ``end`` are in minutes since midnight.

    ``left`` and ``width`` are in columns at first, and in parts of the grid once it has its place.
    """

    items: tuple[int, ...]
    start: int
    end: int
    left: Fraction
    width: Fraction

    def within(self, first: int, width: int) -> "_Lane":
        """Return the lane of a column that begins at a part of the grid, and takes some."""
        return self._replace(left=first + self.left * width, width=self.width * width)


def schedule_days(
    event: Event, sessions: Sequence[Session], *, is_whole: bool = True
) -> list[ScheduleDay]:
    """Return the days of sessions and of the event's slots in order; those without a date last.

    :param event: The event.
    :param sessions: All of its sessions, or some.
    :param is_whole: Whether these are all; otherwise only those slots of their days are returned
        that are in one of their rooms, or in none.
    :returns: The days.
    """
    by_date: dict[PartialDate | None, list[Scheduled]] = defaultdict(list)
    for session in map(event.placed, _of_one_day(sessions)):
        by_date[event.day(session)].append(session)
    rooms = {_key(event.place_name(item)) for items in by_date.values() for item in items}
    for slot in event.slots:
        date = event.day(slot)
        if is_whole or (date in by_date and _key(event.place_name(slot)) in {"", *rooms}):
            by_date[date].append(slot)
    named = {day.date: day for day in event.days if is_whole or day.date in by_date}
    dates = sorted(by_date.keys() | named.keys(), key=lambda date: (date is None, date or ()))
    return [
        ScheduleDay(date, named.get(date), tuple(sorted(by_date.get(date, ()), key=_start)))
        for date in dates
    ]


def _of_one_day(sessions: Iterable[Session]) -> Iterator[Session]:
    """Return the sessions, with the children of one that was on several days in its place."""
    for session in sessions:
        if session.day or session.is_of_one_day:
            yield session
        else:
            yield from _of_one_day(session.children)


def _start(item: Scheduled) -> tuple[bool, int]:
    start = item.span.start
    return start is None, start or 0


def rooms_or_tracks(days: Sequence[ScheduleDay]) -> Literal["room", "track"]:
    """Return what the columns are: rooms and other venues, or tracks if no session has a room."""
    items = [item for day in days for item in day.items if isinstance(item, Session)]
    has_venues = any(item.venue for item in items) and not any(item.track for item in items)
    return "room" if has_venues or any(item.room for item in items) else "track"


def grid(event: Event, day: ScheduleDay, place: Literal["room", "track"]) -> Grid:
    """Lay out the sessions and slots of a day that have a time.

    The columns are in the order of the event's own list. An item without a room or track goes
    across the columns that are free at its time; if there are none, into one of its own at the end.

    :param event: The event.
    :param day: The day.
    :param place: The key that the columns are made of.
    :returns: The grid.
    """
    names = _column_names(event, day, place)
    keys = [_key(_column_name(event, item, place)) for item in day.items]
    spans = _spans(day.items, keys)
    members = {name: [index for index in spans if keys[index] == name] for name in names}
    across, nowhere = _spread(members.pop(""), members, spans)
    members[""] = nowhere
    lanes = {name: _lanes(found, spans) for name, found in members.items() if found}
    widths = {
        name: math.lcm(*(lane.width.denominator for lane in found)) for name, found in lanes.items()
    }
    firsts = dict(zip(widths, itertools.accumulate(widths.values(), initial=0), strict=False))
    placed = [
        lane.within(firsts[name], widths[name]) for name, found in lanes.items() for lane in found
    ]
    for group in across:
        run = _free_run(group, members, spans)
        width = sum(widths[name] for name in run)
        placed += [lane.within(firsts[run[0]], width) for lane in _lanes(group, spans)]
    # All lanes of a column have one width: where parts cannot be divided so, each becomes several.
    finer = math.lcm(*(lane.width.denominator for lane in placed))
    columns = tuple(Column(names[name], width * finer) for name, width in widths.items())
    rows = _rows([lane.within(0, finer) for lane in placed], sum(one.width for one in columns))
    return Grid(columns, tuple(rows))


def _column_names(
    event: Event, day: ScheduleDay, place: Literal["room", "track"]
) -> dict[str, LocalizedText | None]:
    """Return the names of the columns by their keys, those of the event's own list first."""
    rooms = event.venue.rooms if event.venue else ()
    known = [one.name for one in (rooms if place == "room" else event.tracks)]
    found = [_column_name(event, item, place) for item in day.items]
    return {_key(name): name for name in (*known, *found, None)}


def _key(name: LocalizedText | None) -> str:
    return comparable(str(name)) if name else ""


def _column_name(
    event: Event, item: Scheduled, place: Literal["room", "track"]
) -> LocalizedText | None:
    if place == "room":
        return event.place_name(item)
    return event.track_name(item.track) if isinstance(item, Session) else None


def _spans(items: Sequence[Scheduled], keys: Sequence[str]) -> Spans:
    """Return the times of the items that have one.

    An end that is not known is the start of the next item in the same column, or in no column.

    :param items: The items.
    :param keys: The column of each; empty for none.
    """
    known = {index: item.span for index, item in enumerate(items)}
    starts = {index: span.start for index, span in known.items() if span.start is not None}
    spans = {}
    for index, start in starts.items():
        if (end := known[index].end) is None:
            later = (
                other
                for place, other in starts.items()
                if other > start and (keys[place] in ("", keys[index]) or not keys[index])
            )
            end = min(later, default=start + _UNKNOWN)
            end = end if end - start <= _LONGEST else start + _UNKNOWN
        spans[index] = start, max(end, start + 1)
    return spans


def _overlapping(indexes: Iterable[int], spans: Spans) -> list[list[int]]:
    """Group the slots that overlap, directly or by way of others."""
    groups: list[list[int]] = []
    over = 0
    for index in sorted(indexes, key=spans.__getitem__):
        start, end = spans[index]
        if not groups or start >= over:
            groups.append([])
            over = end
        groups[-1].append(index)
        over = max(over, end)
    return groups


def _extent(indexes: Iterable[int], spans: Spans) -> tuple[int, int]:
    starts, ends = zip(*(spans[index] for index in indexes), strict=True)
    return min(starts), max(ends)


def _spread(
    anywhere: Iterable[int], members: Mapping[str, Sequence[int]], spans: Spans
) -> tuple[list[list[int]], list[int]]:
    """Divide items without a column into groups that fit across free columns, and the rest."""
    able = [index for index in anywhere if _free_run([index], members, spans)]
    across, nowhere = [], [index for index in anywhere if index not in able]
    for group in _overlapping(able, spans):
        if _free_run(group, members, spans):
            across.append(group)
        else:
            nowhere += group
    return across, nowhere


def _free_run(
    indexes: Sequence[int], members: Mapping[str, Sequence[int]], spans: Spans
) -> list[str]:
    """Return the longest row of adjacent columns that are free during some slots."""
    start, end = _extent(indexes, spans)
    used = {name: found for name, found in members.items() if found}
    is_free = {
        name: all(spans[one][1] <= start or spans[one][0] >= end for one in found)
        for name, found in used.items()
    }
    runs = (list(run) for free, run in itertools.groupby(used, key=is_free.__getitem__) if free)
    return max(runs, key=len, default=[])


def _lanes(indexes: Iterable[int], spans: Spans) -> list[_Lane]:
    """Put each slot of a column into the first free lane; too many lanes become one cell."""
    found: list[_Lane] = []
    for group in _overlapping(indexes, spans):
        free_at: list[int] = []
        numbers = {}
        for index in group:
            start, end = spans[index]
            number = next((n for n, free in enumerate(free_at) if free <= start), len(free_at))
            free_at[number : number + 1] = [end]
            numbers[index] = number
        width = Fraction(1, len(free_at))
        if len(free_at) > _MOST_LANES:
            found.append(_Lane(tuple(group), *_extent(group, spans), Fraction(0), Fraction(1)))
        else:
            found += [_Lane((n,), *spans[n], numbers[n] * width, width) for n in group]
    return found


def _rows(lanes: Sequence[_Lane], width: int) -> Iterator[Row]:
    bounds = sorted({bound for lane in lanes for bound in (lane.start, lane.end)})
    row_of = {bound: number for number, bound in enumerate(bounds)}
    begins = {(row_of[lane.start], int(lane.left)): lane for lane in lanes}
    taken = {
        (row, column)
        for lane in lanes
        for row in range(row_of[lane.start], row_of[lane.end])
        for column in range(int(lane.left), int(lane.left + lane.width))
    }
    for number, (start, end) in enumerate(itertools.pairwise(bounds)):
        cells: list[Cell] = []
        for column in range(width):
            if lane := begins.get((number, column)):
                cells.append(Cell(lane.items, row_of[lane.end] - number, int(lane.width)))
            elif (number, column) not in taken:
                if cells and not cells[-1].items and (number, column - 1) not in taken:
                    cells[-1] = Cell((), 1, cells[-1].columns + 1)
                else:
                    cells.append(Cell((), 1, 1))
        yield Row(start, end - start, tuple(cells))
