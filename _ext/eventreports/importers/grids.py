"""Read tables: which column says what, or which rooms stand beside each other."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from .columns import PLACES, Grid, key_of, keys_of, moment_in, said_of
from .days import Days, says_only_day
from .keys import is_room
from .lines import Cell, Line
from .slots import UNKNOWN, Slot
from .times import Times, minutes_in, only_times

#: Keys of which a column's cells are not a text for readers.
_TIMES: Final = ("start", "end", "duration", "date")
_FEWEST_DAYS: Final = 2


def slots_in(rows: Sequence[tuple[Cell, ...]], day: str, days: Days) -> list[Slot]:
    """Return the slots of a table; none if it is no timetable and no list of sessions.

    :param rows: The cells of each row.
    :param day: The day of those for which the table says none, in ISO 8601.
    :param days: How the document names days.
    :returns: The slots, in the order of the rows.
    """
    grid = _grid(rows)
    header = grid[0] if grid and _is_header(grid) else []
    body = grid[1:] if header else grid
    if not body:
        return []
    columns, body = _columns(header, body, days)
    if _have_own_times(body):
        return list(_slots_of_cells(columns, body, day))
    keys = keys_of(header, body, days)
    if not _is_programme(keys, body):
        return []
    return list(_slots(columns, body, keys, day, days))


class _Column(NamedTuple):
    """What is said of all that stands in a column: the room, and the day if columns are days."""

    name: str = ""
    day: str = ""

    @property
    def facts(self) -> dict[str, str]:
        """What is known of a slot in it."""
        return _without_empty({"date": self.day, "room": self.name})


def _columns(
    header: Sequence[Cell | None], body: Grid, days: Days
) -> tuple[Sequence[_Column], Grid]:
    """Return what the header says of each column, and the rows without those that belong to it.

    Where columns are days, the row below their names may have the place of each.
    """
    names = [_name(cell) for cell in header] or [""] * len(body[0])
    named = [days.name(name) for name in names]
    others = [name for name, day in zip(names, named, strict=True) if name and not day]
    if sum(map(bool, named)) < (_FEWEST_DAYS if others else 1):
        return [_Column(name) for name in names], body
    below = body[0]
    if not (below[0] and key_of(below[0].text) in PLACES):
        return [
            _Column("" if day else name, day) for name, day in zip(names, named, strict=True)
        ], body
    places = map(_name, below)
    return [_Column(place, day) for place, day in zip(places, named, strict=True)], body[1:]


def _name(cell: Cell | None) -> str:
    return " ".join(cell.text.split()) if cell else ""


def _have_own_times(body: Grid) -> bool:
    """Return whether most cells that say something begin with times, and go on with more."""
    said = [cell for row in body for cell in row if said_of(cell) and cell]
    timed = [cell for cell in said if _own_times(cell) and len(cell.lines) > 1]
    return len(timed) > 2 and len(timed) > len([cell for cell in said if len(cell.lines) > 1]) / 2


def _own_times(cell: Cell) -> Times | None:
    return only_times(cell.lines[0].text) if cell.lines else None


def _slots_of_cells(columns: Sequence[_Column], body: Grid, day: str) -> Iterator[Slot]:
    """Yield the slots of cells that say their times themselves; each column is a room."""
    before: list[Slot] = []
    for row in body:
        for column, cell in enumerate(row):
            if cell is None or not said_of(cell):
                continue
            times = _own_times(cell)
            known = columns[column].facts if cell.columns == 1 else {}
            if times is None:
                # It goes on with what stands above it.
                before = _with_lines(before, cell.lines, known)
                continue
            facts = {"date": day, "start": times.start, "end": times.end, **known}
            before.append(Slot(cell.lines[1:], _without_empty(facts)))
    yield from before


def _with_lines(slots: list[Slot], lines: Sequence[Line], known: dict[str, str]) -> list[Slot]:
    """Return slots with lines added to the last one of a column, or of all if that has none."""
    own = [at for at, slot in enumerate(slots) if known.items() <= slot.facts.items()]
    at = own[-1] if own else len(slots) - 1
    if at < 0:
        return slots
    longer = replace(slots[at], lines=(*slots[at].lines, *lines))
    return [*slots[:at], longer, *slots[at + 1 :]]


def _grid(rows: Sequence[tuple[Cell, ...]]) -> Grid:
    """Return cells by row and column; places that another cell reaches into have ``None``."""
    grid: list[dict[int, Cell | None]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in grid[number]:
                column += 1
            for below in range(number, min(number + cell.rows, len(rows))):
                for beside in range(column, column + cell.columns):
                    grid[below].setdefault(
                        beside, cell if (below, beside) == (number, column) else None
                    )
            column += cell.columns
    width = max((max(row, default=-1) + 1 for row in grid), default=0)
    return [[row.get(column) for column in range(width)] for row in grid]


def _is_header(grid: Grid) -> bool:
    """Return whether the first row names the columns."""
    first = [cell for cell in grid[0] if cell]
    if any(only_times(cell.text) for cell in first) or len(grid) < 2:
        return False
    is_named = any(key_of(cell.text) for cell in first)
    return (
        is_named
        or all(cell.is_header for cell in first)
        or (len(first) > 1 and not said_of(grid[0][0]))
    )


def _is_programme(keys: Sequence[str], body: Grid) -> bool:
    has_times = "start" in keys or sum(_is_time_alone(row) for row in body) > 1
    return (has_times and len(keys) > 1) or (
        "title" in keys and ("speakers" in keys or len(keys) > 3)
    )


def _day_alone(row: Sequence[Cell | None], days: Days) -> str:
    """Return the day that a row names, if it says nothing else."""
    said = [text for cell in row if (text := said_of(cell))]
    return days.name(said[0]) if len(said) == 1 and says_only_day(said[0]) else ""


def _is_time_alone(row: Sequence[Cell | None]) -> bool:
    said = [text for cell in row if (text := said_of(cell))]
    return len(said) == 1 and only_times(said[0]) is not None


def _slots(
    columns: Sequence[_Column], body: Grid, keys: Sequence[str], day: str, days: Days
) -> Iterator[Slot]:
    times = [_times(row, keys, days) for row in body]
    unknown = [column for column, key in enumerate(keys) if not key]
    # Where titles have no column of their own, each of those left is a room.
    has_days = any(columns[column].day for column in unknown)
    are_rooms = "title" not in keys and (len(unknown) > 1 or has_days)
    has_own_rows = False
    current: dict[str, str] = {}
    for number, row in enumerate(body):
        if day_alone := _day_alone(row, days):
            # So is a row of a day; where its column is empty, the day above goes on.
            day = day_alone
            continue
        if "start" not in keys and _is_time_alone(row):
            # It is about the rows below it.
            alone = only_times("".join(map(said_of, row)))
            current = _without_empty({"start": alone.start, "end": alone.end}) if alone else {}
            has_own_rows = True
            continue
        if "start" in keys or not has_own_rows:
            current = times[number] or (current if are_rooms or has_own_rows else {})
        day = current.get("date", day) if "date" in keys else day
        facts = _without_empty({"date": day, **current})
        if not are_rooms:
            room = columns[unknown[0]].name if unknown and "title" not in keys else ""
            yield Slot(
                tuple(_lines(columns, row, keys, days)),
                facts | ({"room": room} if is_room(room) else {}),
            )
            continue
        for column in unknown:
            cell = row[column]
            if cell and said_of(cell):
                later = times[number + cell.rows] if 1 < cell.rows < len(body) - number else {}
                own = {**facts, "end": facts.get("end") or later.get("start", "")}
                for known in _spanned(columns[column : column + cell.columns]):
                    yield Slot(cell.lines, _without_empty({**own, **known}))


def _spanned(columns: Sequence[_Column]) -> Iterator[dict[str, str]]:
    """Yield what is known of a slot in some columns: on each of their days, or in all rooms."""
    if len(columns) == 1 or not any(column.day for column in columns):
        yield columns[0].facts if len(columns) == 1 else {}
        return
    for day in dict.fromkeys(column.day for column in columns):
        rooms = {column.name for column in columns if column.day == day}
        yield _Column(rooms.pop() if len(rooms) == 1 else "", day).facts


def _without_empty(facts: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in facts.items() if value}


def _times(row: Sequence[Cell | None], keys: Sequence[str], days: Days) -> dict[str, str]:
    """Return when a row's session was, as far as its columns say it."""
    said = {
        key: text
        for cell, key in zip(row, keys, strict=True)
        if key in _TIMES and (text := said_of(cell))
    }
    facts: dict[str, str] = {}
    if day := days.name(said.get("date", "")):
        facts["date"] = day
    for key in ("start", "end"):
        if found := moment_in(said.get(key, ""), days):
            facts |= {"date": found.day} if found.day and key == "start" else {}
            facts[key] = found.start
            facts |= {"end": found.end} if found.end else {}
            facts |= {"duration": str(found.minutes)} if found.minutes and not found.end else {}
    if "end" not in facts and (
        minutes := minutes_in(said.get("duration", "")) or said.get("duration", "")
    ):
        facts["duration"] = str(minutes)
    return facts


def _lines(
    columns: Sequence[_Column], row: Sequence[Cell | None], keys: Sequence[str], days: Days
) -> Iterator[Line]:
    """Yield the lines of a row, each with the key of its column."""
    for column, cell, key in zip(columns, row, keys, strict=True):
        if cell is None or not said_of(cell) or _is_read(key, cell.text, days):
            continue
        for line in cell.lines:
            if key not in _TIMES and (key or not column.name or "title" not in keys):
                yield replace(line, key=key or line.key)
            else:
                yield replace(line, text=f"{column.name}: {line.text}", key=UNKNOWN)


def _is_read(key: str, text: str, days: Days) -> bool:
    """Return whether the text of a column of times or days has been read as such."""
    if key == "date":
        return bool(days.name(text))
    is_moment = key in ("start", "end") and moment_in(text, days) is not None
    return is_moment or key == "duration"
