"""Grids of the programme, days × rooms: the rows and columns of each session and slot."""

import itertools
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from .dates import PartialDate
from .model import Day, Event, Scheduled, Session
from .names import comparable
from .texts import LocalizedText

#: Minutes that a slot takes whose end is not known.
_UNKNOWN: Final = 30
#: Minutes after which the next slot's start is no longer the end of the one before it.
_LONGEST: Final = 90
#: Columns of a grid that fit beside each other; where there are more, it scrolls.
MOST_COLUMNS: Final = 8
#: Rows of such a grid. Where rooms begin at more times, what begins in half an hour shares a row.
_MOST_ROWS: Final = 24
_STEP: Final = 30
#: Lanes of a column that can be read beside each other; where more overlap, they share one cell.
_MOST_LANES: Final = 4
#: Minutes of a lightning talk at most, and between two of them. A few in a row share one cell.
_SHORT: Final = 10
_PAUSE: Final = 5
_FEW: Final = 3

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
    """The time from one start to the next, or half an hour; what is shorter says so itself.

    :param start: In minutes since midnight.
    :param cells: The cells that begin in it.
    """

    start: int
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


class _Block(NamedTuple):
    """Items that share a cell; ``start`` and ``end`` are in minutes at first, and then rows."""

    items: tuple[int, ...]
    start: int
    end: int


class _Area(NamedTuple):
    """Where a block stands: its first part of the grid, and how many it takes."""

    block: _Block
    left: int
    width: int


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
    What is on while nothing is in any other column goes across all of them, and makes no column.

    :param event: The event.
    :param day: The day.
    :param place: The key that the columns are made of.
    :returns: The grid.
    """
    names = _column_names(event, day, place)
    keys = [_key(_column_name(event, item, place)) for item in day.items]
    spans = _spans(day.items, keys)
    timed = {
        name: _blocks([index for index in spans if keys[index] == name], day.items, spans)
        for name in names
    }
    starts = _row_starts(timed)
    blocks = dict(zip(timed, _in_rows(timed.values(), starts), strict=True))
    anywhere = blocks.pop("")
    alone = _alone(blocks, anywhere)
    taken = set(itertools.chain.from_iterable(alone))
    columns = {name: [one for one in found if one not in taken] for name, found in blocks.items()}
    columns = {name: found for name, found in columns.items() if found}
    across, nowhere = _spread(anywhere, columns) if columns else ([], anywhere)
    if nowhere or not columns:
        columns[""] = nowhere
    widths = {name: _width(found) for name, found in columns.items()}
    firsts = dict(zip(widths, itertools.accumulate(widths.values(), initial=0), strict=False))
    total = sum(widths.values())
    areas = [area for group in alone for area in _areas(group, 0, total)]
    for name, found in columns.items():
        areas += _areas(found, firsts[name], widths[name])
    for group in across:
        run = _free_run(group, columns)
        areas += _areas(group, firsts[run[0]], sum(widths[name] for name in run))
    heads = tuple(Column(names[name], width) for name, width in widths.items())
    return Grid(heads, tuple(_rows(areas, starts, total)))


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


def _blocks(indexes: Iterable[int], items: Sequence[Scheduled], spans: Spans) -> list[_Block]:
    """Return the blocks of one column by time: its items, and few or more short ones in a row."""
    runs: list[list[int]] = []
    for index in sorted(indexes, key=spans.__getitem__):
        if runs and _follows(runs[-1][-1], index, items, spans):
            runs[-1].append(index)
        else:
            runs.append([index])
    shared = [[run] if len(run) >= _FEW else [[index] for index in run] for run in runs]
    return [
        _Block(tuple(found), spans[found[0]][0], spans[found[-1]][1])
        for found in itertools.chain.from_iterable(shared)
    ]


def _follows(before: int, index: int, items: Sequence[Scheduled], spans: Spans) -> bool:
    """Return whether two items are lightning talks, one after the other."""
    return 0 <= spans[index][0] - spans[before][1] <= _PAUSE and all(
        isinstance(items[one], Session) and spans[one][1] - spans[one][0] <= _SHORT
        for one in (before, index)
    )


def _row_starts(columns: Mapping[str, Sequence[_Block]]) -> list[int]:
    """Return when the rows begin: with each block, or each half hour if these were too many."""
    starts = sorted({block.start for found in columns.values() for block in found})
    used = sum(1 for name, found in columns.items() if name and found)
    if used <= MOST_COLUMNS or len(starts) <= _MOST_ROWS:
        return starts
    # What goes across the columns neither begins nor ends within a row.
    bounds = {start // _STEP * _STEP for start in starts}
    for block in columns[""]:
        bounds |= {block.start, *starts[bisect_left(starts, block.end) :][:1]}
    ordered = sorted(bounds)
    return sorted({ordered[bisect_right(ordered, start) - 1] for start in starts})


def _in_rows(columns: Iterable[Sequence[_Block]], starts: Sequence[int]) -> Iterator[list[_Block]]:
    """Return the blocks of each column with their rows; what is in one after another is one."""
    columns = list(columns)
    begun = sorted({block.start for found in columns for block in found})
    for found in columns:
        placed: list[_Block] = []
        over = 0
        for block in found:
            first = bisect_right(starts, block.start) - 1
            # It goes on until something else begins.
            later = begun[bisect_left(begun, block.end) :][:1]
            last = bisect_right(starts, later[0]) - 1 if later else len(starts)
            placed.append(_Block(block.items, first, max(last, first + 1)))
            if len(placed) > 1 and placed[-2].start == first and over <= block.start:
                placed[-2:] = [_joined(placed[-2:])]
            over = max(over, block.end)
        yield placed


def _alone(
    blocks: Mapping[str, Sequence[_Block]], anywhere: Sequence[_Block]
) -> list[list[_Block]]:
    """Return what is on in one of several columns while nothing is on elsewhere, by time."""
    column = {block: name for name, found in blocks.items() for block in found}
    if len(set(column.values())) < 2:
        return []
    return [
        group
        for group in _overlapping([*column, *anywhere])
        if group[0] in column and len({column.get(block) for block in group}) == 1
    ]


def _overlapping(blocks: Iterable[_Block]) -> list[list[_Block]]:
    """Group the blocks that overlap, directly or by way of others."""
    groups: list[list[_Block]] = []
    over = 0
    for block in sorted(blocks, key=lambda one: (one.start, one.end, one.items)):
        if not groups or block.start >= over:
            groups.append([])
            over = block.end
        groups[-1].append(block)
        over = max(over, block.end)
    return groups


def _spread(
    anywhere: Iterable[_Block], columns: Mapping[str, Sequence[_Block]]
) -> tuple[list[list[_Block]], list[_Block]]:
    """Divide blocks without a column into groups that fit across free columns, and the rest."""
    able = [block for block in anywhere if _free_run([block], columns)]
    across, nowhere = [], [block for block in anywhere if block not in able]
    for group in _overlapping(able):
        if _free_run(group, columns):
            across.append(group)
        else:
            nowhere += group
    return across, nowhere


def _free_run(group: Sequence[_Block], columns: Mapping[str, Sequence[_Block]]) -> list[str]:
    """Return the longest row of adjacent columns that are free during some blocks."""
    whole = _joined(group)
    is_free = {
        name: all(one.end <= whole.start or one.start >= whole.end for one in found)
        for name, found in columns.items()
    }
    runs = (list(run) for free, run in itertools.groupby(columns, key=is_free.__getitem__) if free)
    return max(runs, key=len, default=[])


def _joined(group: Sequence[_Block]) -> _Block:
    items = itertools.chain.from_iterable(block.items for block in group)
    start, end = min(block.start for block in group), max(block.end for block in group)
    return _Block(tuple(items), start, end)


def _lanes(group: Iterable[_Block]) -> list[int]:
    """Return the number of the first free lane of each block, in their order."""
    free_at: list[int] = []
    numbers = []
    for block in group:
        number = next((n for n, free in enumerate(free_at) if free <= block.start), len(free_at))
        free_at[number : number + 1] = [block.end]
        numbers.append(number)
    return numbers


def _width(blocks: Iterable[_Block]) -> int:
    """Return the parts of a column, as many as there are lanes at once."""
    counts = (max(_lanes(group)) + 1 for group in _overlapping(blocks))
    return max((count for count in counts if count <= _MOST_LANES), default=1)


def _areas(blocks: Iterable[_Block], first: int, width: int) -> Iterator[_Area]:
    """Place blocks in some parts of the grid, beside each other where they overlap.

    Where there are more than can be read, they become one.
    """
    for group in _overlapping(blocks):
        numbers = _lanes(group)
        count = max(numbers) + 1
        if count > min(width, _MOST_LANES):
            yield _Area(_joined(group), first, width)
            continue
        for block, number in zip(group, numbers, strict=True):
            left, right = number * width // count, (number + 1) * width // count
            yield _Area(block, first + left, right - left)


def _rows(areas: Sequence[_Area], starts: Sequence[int], width: int) -> Iterator[Row]:
    begins = {(area.block.start, area.left): area for area in areas}
    taken = {
        (row, part)
        for area in areas
        for row in range(area.block.start, area.block.end)
        for part in range(area.left, area.left + area.width)
    }
    for number, start in enumerate(starts):
        cells: list[Cell] = []
        for part in range(width):
            if area := begins.get((number, part)):
                block = area.block
                cells.append(Cell(block.items, block.end - block.start, area.width))
            elif (number, part) not in taken:
                if cells and not cells[-1].items and (number, part - 1) not in taken:
                    cells[-1] = Cell((), 1, cells[-1].columns + 1)
                else:
                    cells.append(Cell((), 1, 1))
        yield Row(start, tuple(cells))
