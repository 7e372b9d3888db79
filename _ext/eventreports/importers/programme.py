"""Find the slots of a programme in lines: tables, and lines that begin or end with times."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from ..core.dates import PartialDate
from ..core.key_words import DESCRIBED, is_among
from .columns import moment_in
from .days import (
    LONGEST_DAY,
    Days,
    begins_with_date,
    days_of,
    is_date,
    is_far_away,
    names_day,
    says_only_day,
)
from .grids import slots_in
from .keys import break_kind, event_key, is_room
from .lines import Line
from .places import with_listed_rooms
from .slot_lines import label_of
from .slots import Slot
from .styles import Style, is_list_of_talks, style_of, times_of, with_titles_above
from .times import Times

_FEWEST: Final = 2
#: Kinds of breaks whose names stand between times, without one of their own.
_PAUSES: Final = ("break", "meal")


@dataclass(frozen=True, slots=True)
class Programme:
    """The slots of a document, and the lines that are about none of them, in their order."""

    slots: tuple[Slot, ...] = ()
    others: tuple[Line, ...] = ()


def programme_in(lines: Sequence[Line], first: PartialDate | None, year: int | None) -> Programme:
    """Return the programme of a document.

    :param lines: Its lines.
    :param first: The event's first day, if it is known.
    :param year: The year of days that have none.
    :returns: The slots, and the other lines.
    """
    lines, title_level = with_titles_above(lines)
    style = Style(title_level) if title_level else style_of(lines)
    days = days_of(_texts(lines), first, year)
    reader = _Reader(first, days, style, _pauses(lines, days))
    for group in _groups(lines):
        if is_list_of_talks(group):
            reader.take(group)
        else:
            for part in [group] if group[0].kind == "row" else [[line] for line in group]:
                reader.read(part)
    reader.close()
    timed = [slot for slot in reader.slots if "start" in slot.facts]
    if len(timed) < _FEWEST and not reader.has_table:
        return Programme((), tuple(lines))
    return Programme(tuple(with_listed_rooms(reader.slots)), tuple(reader.others))


def _texts(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        yield line.text
        yield from (cell.text for cell in line.cells)


def _pauses(lines: Sequence[Line], days: Days) -> frozenset[int]:
    """Return the ids of lines between times that stand alone, and name a break."""
    timed = [number for number, line in enumerate(lines) if _is_timed(line, days)]
    if not timed:
        return frozenset()
    return frozenset(
        id(lines[number])
        for number in range(timed[0] + 1, timed[-1])
        if lines[number].kind == "text"
        and lines[number - 1].kind == lines[number + 1].kind == "blank"
        and break_kind(lines[number].text) in _PAUSES
        and not lines[number].links
    )


def _is_timed(line: Line, days: Days) -> bool:
    if line.kind != "row":
        return times_of(line) is not None
    return any(moment_in(cell.text, days) for cell in line.cells)


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the rows of each table, the items of each list, and each other line."""
    group: list[Line] = []
    for line in lines:
        if group and (line.kind != group[0].kind or line.kind not in ("row", "item")):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


@dataclass
class _Reader:
    #: The event's first day, if the document says it before the programme.
    first: PartialDate | None
    days: Days
    style: Style
    #: The ids of lines that name a break without its times.
    pauses: frozenset[int]
    slots: list[Slot] = field(default_factory=list)
    others: list[Line] = field(default_factory=list)
    has_table: bool = False
    day: str = ""
    #: Whether there was nothing since the last line that named a day.
    is_day_open: bool = False
    #: The rooms that lines in a row have named, and whether the last line was such a one.
    rooms: tuple[str, ...] = ()
    is_room_open: bool = False
    facts: dict[str, str] | None = None
    lines: list[Line] = field(default_factory=list)
    #: The level of the heading in which the open slot has its times; 0 if it has them elsewhere.
    level: int = 0
    #: The heading above times that stand alone: their title, if no line behind them is one.
    above: Line | None = None

    def read(self, group: list[Line]) -> None:
        """Read a line, or the rows of a table."""
        was_day_open, self.is_day_open = self.is_day_open, False
        was_room_open, self.is_room_open = self.is_room_open, False
        line = group[0]
        if line.kind == "row":
            self._table(group)
        elif self._is_title(line):
            self.close()
            self.facts, self.lines, self.level = {}, [line], line.level
        elif (
            self.style.title_level
            and self.facts is not None
            and "start" not in self.facts
            and (times := times_of(line))
        ):
            self._begin_times(times)
            if times.rest:
                self.lines.append(line.with_text(times.rest))
        elif not self.style.title_level and (times := times_of(line)):
            self.close()
            self.facts, self.level = {}, line.level if line.kind == "heading" else 0
            self._begin_times(times)
            self.lines = [line.with_text(times.rest)] if times.rest else []
            self.above = None if times.rest else self._heading_above()
        elif id(line) in self.pauses and self._has_title():
            self.close()
            self.slots.append(Slot((line,), {"date": self.day} if self.day else {}))
        elif day := self._day_of(line):
            self.close()
            self.days = self.days.counted_from(line.text)
            self._begin_day(day, is_open=was_day_open)
            self.others.append(line)
        elif self.facts is None or self._ends(line) or self._is_rule(line):
            self.close()
            self._note_room(line, is_open=was_room_open)
            self.others.append(line)
        elif self._is_next_title(line):
            self._split(line)
        else:
            self.lines.append(line)

    def _is_title(self, line: Line) -> bool:
        """Return whether a line is a heading behind which its times stand."""
        is_heading = line.kind == "heading" and line.level == self.style.title_level
        return is_heading and not says_only_day(line.text)

    def _has_title(self) -> bool:
        """Return whether a line is not the only one of the open slot."""
        return self.facts is None or any(line.text for line in self.lines)

    def take(self, items: list[Line]) -> None:
        """Read a list of talks, be they a slot's or the document's."""
        if self.facts is not None:
            self.lines += items
        else:
            facts = {"date": self.day} if self.day else {}
            self.slots += [Slot((item,), facts) for item in items]
            self.has_table = True

    def _begin_times(self, times: Times) -> None:
        facts = {"start": times.start, "end": times.end, "date": self.day}
        if times.minutes and not times.end:
            facts["duration"] = str(times.minutes)
        self.facts = {key: value for key, value in facts.items() if value}

    def _table(self, rows: list[Line]) -> None:
        slots = slots_in([row.cells for row in rows], self.day, self.days)
        if slots:
            self.close()
            self.has_table = True
            self.slots += slots
        elif self.facts is not None:
            self.lines += rows
        else:
            self.others += rows

    def _day_of(self, line: Line) -> str:
        """Return the day that begins with a line, or nothing."""
        if line.kind not in ("heading", "text", "item") or len(line.text) > LONGEST_DAY:
            return ""
        is_marked = line.kind == "heading" or line.is_strong or self.facts is None
        is_alone = says_only_day(line.text)
        if not (is_marked or is_alone or begins_with_date(line.text)):
            return ""
        found = self.days.find(line.text)
        if found is None:
            # What is no date is a day by its number, or of the week.
            return self.days.name(line.text) if is_alone or line.kind == "heading" else ""
        return "" if is_far_away(found, self.first) else self.days.name(line.text)

    def _begin_day(self, day: str, *, is_open: bool) -> None:
        """Begin a day; of several in a row, which choose what a page shows, the first counts."""
        self.is_day_open = True
        if is_open and (is_date(self.day) or not is_date(day)):
            return
        self.day = day

    def _note_room(self, line: Line, *, is_open: bool) -> None:
        """Note the rooms that lines in a row name."""
        is_named = line.kind in ("text", "item") and is_room(line.text)
        if is_named:
            self.rooms = tuple(dict.fromkeys((*(self.rooms if is_open else ()), line.text)))
        self.is_room_open = is_named or (is_open and line.kind == "blank")

    def _ends(self, line: Line) -> bool:
        """Return whether a line is about no slot any more."""
        if line.kind != "heading":
            return False
        word = line.text.strip()
        if event_key(word) or is_among(word, DESCRIBED):
            return True
        if self.level:
            return line.level <= self.level
        return line.level < self.style.within

    def _is_rule(self, line: Line) -> bool:
        """Return whether a line parts what is around it, and something stands above it."""
        return line.kind == "blank" and bool(line.markdown) and self._has_title()

    def _is_next_title(self, line: Line) -> bool:
        """Return whether a heading is the title of another session at the same time."""
        titles = [one for one in self.lines if one.kind == "heading"]
        return (
            not self.level
            and line.kind == "heading"
            and bool(titles)
            and line.level <= titles[0].level
        )

    def _split(self, line: Line) -> None:
        """Begin another slot at the same time; what its track is called stands before the title."""
        facts = dict(self.facts or {})
        label = []
        while self.lines and self.lines[-1].kind == "blank":
            self.lines.pop()
        if self.lines and self.lines[-1].kind == "text" and len(self.lines[-1].text) <= 30:
            label = [self.lines.pop()]
        self.close()
        self.facts, self.lines = facts, [*label, line]

    def _heading_above(self) -> Line | None:
        """Return the heading that is the last line about no slot, unless it is that of a day."""
        last = next((line for line in reversed(self.others) if line.kind != "blank"), None)
        is_heading = last is not None and last.kind == "heading" and not names_day(last.text)
        return last if is_heading else None

    def close(self) -> None:
        """End the open slot."""
        if self.facts is not None:
            if self.above and not any(map(_may_be_title, self.lines)):
                self.others.remove(self.above)
                self.lines.insert(0, self.above)
            if "start" in self.facts and any(line.text for line in self.lines):
                self.slots.append(Slot(tuple(self.lines), self.facts, self.rooms))
            else:
                self.others += self.lines
        self.facts, self.lines, self.level, self.above = None, [], 0, None


def _may_be_title(line: Line) -> bool:
    """Return whether a line is no item, and no word for what others say."""
    is_text = line.kind in ("text", "heading", "row") and bool(line.text.strip())
    return is_text and not line.text.rstrip().endswith((":", "：")) and not label_of(line.text)
