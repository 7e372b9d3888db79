"""Read tables: which column says what, or which rooms stand beside each other."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from ..core.written_times import read
from .keys import is_room, session_key
from .lines import Cell, Line
from .people import likelihood
from .slots import UNKNOWN, Slot
from .times import Times, day_in, minutes_in, only_times, times_before

#: Words of columns that say nothing of a session, but of who speaks.
_OF_PERSON: Final = frozenset(
    "bio biography profile email mail twitter github photo picture avatar url link "
    "プロフィール 自己紹介 経歴".split()
)
_PEOPLE: Final = frozenset(
    "speaker speakers presenter presenters author authors person people "
    "登壇者 講演者 発表者 講師 スピーカー".split()
)
_AFFILIATIONS: Final = frozenset(
    "company affiliation organization organisation org 所属 会社 会社名 企業".split()
)
_NAMES: Final = frozenset("name fullname full_name 氏名 名前 お名前".split())
_PLACES: Final = ("room", "track", "venue")
#: Keys of which a column's cells are not a text for readers.
_TIMES: Final = ("start", "end", "duration", "date")
_NOTHING: Final = re.compile(r"[-‐–—―−ー~〜\s　/／]*|なし|n/?a", re.IGNORECASE)
#: Below this share of times a column is none of times.
_MOSTLY: Final = 0.6
#: The longest names of rooms that stand in a column without a name, on average.
_SHORT: Final = 8
_LONGEST_MOMENT: Final = 40
Grid = list[list[Cell | None]]


def slots_in(rows: Sequence[tuple[Cell, ...]], day: str, year: int | None) -> list[Slot]:
    """Return the slots of a table; none if it is no timetable and no list of sessions.

    :param rows: The cells of each row.
    :param day: The day of those for which the table says none, in ISO 8601.
    :param year: The year of days that have none.
    :returns: The slots, in the order of the rows.
    """
    grid = _grid(rows)
    header = grid[0] if grid and _is_header(grid) else []
    body = grid[1:] if header else grid
    if not body:
        return []
    if _have_own_times(body):
        return list(_slots_of_cells(header, body, day))
    keys = _keys(header, body)
    if not _is_programme(keys, body):
        return []
    return list(_slots(header, body, keys, day, year))


def _have_own_times(body: Grid) -> bool:
    """Return whether most cells that say something begin with times, and go on with more."""
    said = [cell for row in body for cell in row if _said(cell) and cell]
    timed = [cell for cell in said if _own_times(cell) and len(cell.lines) > 1]
    return len(timed) > 2 and len(timed) > len([cell for cell in said if len(cell.lines) > 1]) / 2


def _own_times(cell: Cell) -> Times | None:
    return only_times(cell.lines[0].text) if cell.lines else None


def _slots_of_cells(header: Sequence[Cell | None], body: Grid, day: str) -> Iterator[Slot]:
    """Yield the slots of cells that say their times themselves; each column is a room."""
    before: list[Slot] = []
    for row in body:
        for column, cell in enumerate(row):
            if cell is None or not _said(cell):
                continue
            times = _own_times(cell)
            room = _room(header, column) if cell.columns == 1 else ""
            if times is None:
                # It goes on with what stands above it.
                before = _with_lines(before, cell.lines, room)
                continue
            facts = {"date": day, "start": times.start, "end": times.end, "room": room}
            before.append(Slot(cell.lines[1:], _without_empty(facts)))
    yield from before


def _with_lines(slots: list[Slot], lines: Sequence[Line], room: str) -> list[Slot]:
    """Return slots with lines added to the last one of a room, or of all if that has none."""
    own = [at for at, slot in enumerate(slots) if slot.facts.get("room", "") == room]
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
    is_named = any(_key(cell.text) for cell in first)
    return (
        is_named
        or all(cell.is_header for cell in first)
        or (len(first) > 1 and not _said(grid[0][0]))
    )


def _said(cell: Cell | None) -> str:
    text = cell.text.strip() if cell else ""
    return "" if _NOTHING.fullmatch(text) else text


def _key(header: str) -> str:
    """Return the key of a session that a column's name means, or nothing."""
    plain = re.sub(r"[(（\[［].*?[)）\]］]", "", unicodedata.normalize("NFKC", header)).strip()
    words = re.findall(r"[^\W_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain).lower())
    if not words or len(words) > 5:
        return ""
    if words[-1] in _OF_PERSON and len(words) > 1:
        return ""
    if any(word in _AFFILIATIONS for word in (words[-1], "".join(words))):
        return "affiliation"
    if any(word in _PEOPLE for word in words):
        return "speakers"
    for named in ("_".join(words), "".join(words)):
        if named in _NAMES:
            return "name"
        if key := session_key(named):
            # “Talk” is what stands there, and no list of talks.
            return "title" if key == "children" else key
    # “Track 1” is one of several.
    for named in (words[-1], words[0]):
        if (key := session_key(named)) and (key not in _PLACES or len(words[-1]) > 2):
            return key
    ending = re.search(r"(名|日時|時刻|時間|者|名前|概要|内容|会場|url)$", "".join(words))
    return session_key("".join(words)[: ending.start()]) if ending else ""


def _keys(header: Sequence[Cell | None], body: Grid) -> list[str]:
    """Return the key of each column; “” where it is not known."""
    keys = [_key(cell.text) if cell else "" for cell in header] or [""] * len(body[0])
    for column, key in enumerate(keys):
        if (
            key not in ("start", "end")
            and _share_of_times(body, column) >= _MOSTLY
            and "start" not in keys
        ):
            keys[column] = "start"
        elif key in ("start", "end", "duration") and _are_durations(body, column):
            keys[column] = "duration"
    if "name" in keys:
        other = "title" if "title" not in keys else "speakers" if "speakers" not in keys else ""
        keys[keys.index("name")] = other
    # The first of several columns of one kind counts.
    keys = [key if key not in keys[:column] else "" for column, key in enumerate(keys)]
    unknown = [column for column, key in enumerate(keys) if not key]
    people = [column for column in unknown if _share_of_people(body, column) >= _MOSTLY]
    if "speakers" not in keys and len(people) == 1 and ("title" in keys or len(unknown) > 1):
        keys[people[0]] = "speakers"
        unknown.remove(people[0])
        if "title" not in keys:
            titles = max(unknown, key=lambda column: _length(body, column))
            keys[titles] = "title"
            for column in unknown:
                if column != titles and _length(body, column) <= _SHORT:
                    keys[column] = "room"
    if "title" in keys:
        return keys
    # What has no column for titles has them in that of contents, or of the only track.
    if "description" in keys:
        return ["title" if key == "description" else key for key in keys]
    return keys if "" in keys else ["" if key in _PLACES else key for key in keys]


def _share_of_times(body: Grid, column: int) -> float:
    said = [text for row in body if (text := _said(row[column]))]
    return sum(_moment(text) is not None for text in said) / len(said) if said else 0


def _length(body: Grid, column: int) -> float:
    """Return how long the texts of a column are, on average."""
    said = [text for row in body if (text := _said(row[column]))]
    return sum(map(len, said)) / len(said) if said else 0


def _share_of_people(body: Grid, column: int) -> float:
    said = [text for row in body if (text := _said(row[column]))]
    are_people = ["\n" not in text and likelihood(text) >= 0.8 for text in said]
    return sum(are_people) / len(said) if len(said) > 1 else 0


def _are_durations(body: Grid, column: int) -> bool:
    said = [text for row in body if (text := _said(row[column]))]
    return (
        bool(said)
        and all(re.fullmatch(r"0?[0-3]:[0-5]\d|\d{1,3}\s*(min|分|m)?", one) for one in said)
        and any(re.match(r"0?0:|\d{1,3}\s*(min|分|m)?$", one) for one in said)
    )


def _is_programme(keys: Sequence[str], body: Grid) -> bool:
    has_times = "start" in keys or sum(_is_time_alone(row) for row in body) > 1
    return (has_times and len(keys) > 1) or (
        "title" in keys and ("speakers" in keys or len(keys) > 3)
    )


def _is_time_alone(row: Sequence[Cell | None]) -> bool:
    said = [text for cell in row if (text := _said(cell))]
    return len(said) == 1 and only_times(said[0]) is not None


def _slots(
    header: Sequence[Cell | None], body: Grid, keys: Sequence[str], day: str, year: int | None
) -> Iterator[Slot]:
    times = [_times(row, keys, year) for row in body]
    unknown = [column for column, key in enumerate(keys) if not key]
    # Where titles have no column of their own, each of those left is a room.
    are_rooms = "title" not in keys and len(unknown) > 1
    has_own_rows = False
    current: dict[str, str] = {}
    for number, row in enumerate(body):
        if "start" not in keys and _is_time_alone(row):
            # It is about the rows below it.
            alone = only_times("".join(map(_said, row)))
            current = _without_empty({"start": alone.start, "end": alone.end}) if alone else {}
            has_own_rows = True
            continue
        if "start" not in keys and has_own_rows:
            pass
        else:
            current = times[number] or (current if are_rooms or has_own_rows else {})
        facts = _without_empty({"date": day, **current})
        if not are_rooms:
            room = _room(header, unknown[0]) if unknown and "title" not in keys else ""
            yield Slot(
                tuple(_lines(header, row, keys)), facts | ({"room": room} if is_room(room) else {})
            )
            continue
        for column in unknown:
            cell = row[column]
            if cell and _said(cell):
                later = times[number + cell.rows] if 1 < cell.rows < len(body) - number else {}
                room = _room(header, column) if cell.columns == 1 else ""
                own = {**facts, "room": room, "end": facts.get("end") or later.get("start", "")}
                yield Slot(cell.lines, _without_empty(own))


def _room(header: Sequence[Cell | None], column: int) -> str:
    cell = header[column] if header else None
    return " ".join(cell.text.split()) if cell else ""


def _without_empty(facts: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in facts.items() if value}


def _times(row: Sequence[Cell | None], keys: Sequence[str], year: int | None) -> dict[str, str]:
    """Return when a row's session was, as far as its columns say it."""
    said = {
        key: text
        for cell, key in zip(row, keys, strict=True)
        if key in _TIMES and (text := _said(cell))
    }
    facts: dict[str, str] = {}
    if day := day_in(said.get("date", ""), year):
        facts["date"] = day.isoformat()
    for key in ("start", "end"):
        if found := _moment(said.get(key, "")):
            facts |= {"date": found.day} if found.day and key == "start" else {}
            facts[key] = found.start
            facts |= {"end": found.end} if found.end else {}
            facts |= {"duration": str(found.minutes)} if found.minutes and not found.end else {}
    if "end" not in facts and (
        minutes := minutes_in(said.get("duration", "")) or said.get("duration", "")
    ):
        facts["duration"] = str(minutes)
    return facts


class _Moment(NamedTuple):
    day: str
    start: str
    end: str
    minutes: int


def _moment(text: str) -> _Moment | None:
    """Return the times of a cell, perhaps with a day before: ``2020-03-30 10:00:00+00:00``."""
    if times := only_times(text) or times_before(text):
        return _Moment("", times.start, times.end, times.minutes)
    written = read(text) if re.match(r"\d", text) and len(text) <= _LONGEST_MOMENT else None
    if written is None or not written.start:
        return None
    day = written.days[0].isoformat() if len(written.days) == 1 else ""
    return _Moment(day, written.start, written.end, 0)


def _lines(
    header: Sequence[Cell | None], row: Sequence[Cell | None], keys: Sequence[str]
) -> Iterator[Line]:
    """Yield the lines of a row, each with the key of its column."""
    for column, (cell, key) in enumerate(zip(row, keys, strict=True)):
        if cell is None or key in _TIMES or not _said(cell):
            continue
        name = _room(header, column)
        for line in cell.lines:
            if key or not name or "title" not in keys:
                yield replace(line, key=key or line.key)
            else:
                yield replace(line, text=f"{name}: {line.text}", key=UNKNOWN)
