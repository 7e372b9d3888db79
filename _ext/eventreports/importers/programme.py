"""Find the slots of a programme in lines: tables, and lines that begin or end with times."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ..core.dates import PartialDate
from ..core.key_words import DESCRIBED, is_among
from .grids import slots_in
from .keys import event_key, is_room
from .layouts import best_layouts, part
from .lines import Line
from .people import likelihood
from .slots import Slot
from .times import Times, day_in, only_times, says_only_day, times_before, times_behind

#: A longer line names no day.
_LONGEST_DAY: Final = 80
#: Days of one event are not further apart.
_LONGEST_EVENT: Final = 7
_FEWEST: Final = 2
#: A list of talks has as many items, nearly all of which name people.
_FEWEST_TALKS: Final = 3
_MOST: Final = 0.8
_LIKELY: Final = 0.8
#: So many times have a title above them, where titles stand above times.
_MOSTLY: Final = 0.6
#: The level of titles that are no headings.
_BELOW_HEADINGS: Final = 7


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
    lines, title_level = _with_titles_above(lines)
    style = _Style(title_level) if title_level else _style(lines)
    reader = _Reader(first, year or (first.year if first else None), style)
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
    return Programme(tuple(reader.slots), tuple(reader.others))


@dataclass(frozen=True, slots=True)
class _Style:
    """How a document's times stand: in or behind headings of a level, or before everything else."""

    #: The level of headings that are titles, behind which times stand; 0 if times come first.
    title_level: int = 0
    #: The highest level of headings within a slot.
    within: int = 7


def _with_titles_above(lines: Sequence[Line]) -> tuple[Sequence[Line], int]:
    """Make headings of the lines of text above times, if these are where titles stand.

    :param lines: The lines of a document.
    :returns: The lines, and the level of the titles; 0 if they do not stand above their times.
    """
    told = [number for number, line in enumerate(lines) if line.kind not in ("blank", "row")]
    timed = [at for at, number in enumerate(told) if _is_time(lines[number])]
    above = [told[at - 1] for at in timed if at and _may_be_title(lines, told[at - 1], told[at])]
    different = {lines[number].text for number in above}
    if len(above) < _FEWEST_TALKS or len(different) < _MOSTLY * len(timed):
        return lines, 0
    levels = Counter(lines[number].level for number in above if lines[number].kind == "heading")
    if levels:
        return lines, levels.most_common(1)[0][0]
    titles = set(above)
    titles |= {told[at - 1] for at in timed if at and _may_be_late_title(lines, told[at - 1])}
    found = [
        replace(line, kind="heading", level=_BELOW_HEADINGS) if number in titles else line
        for number, line in enumerate(lines)
    ]
    return found, _BELOW_HEADINGS


def _is_time(line: Line) -> bool:
    return line.kind in ("text", "item", "heading") and only_times(line.text) is not None


def _may_be_title(lines: Sequence[Line], number: int, time: int) -> bool:
    """Return whether a line begins a paragraph that goes on with times, or is a heading of them."""
    line = lines[number]
    if line.kind == "heading":
        is_below = lines[time].kind == "heading" and lines[time].level <= line.level
        return not (is_below or is_room(line.text) or _is_time(line))
    is_first = number == 0 or lines[number - 1].kind in ("blank", "heading", "row")
    return line.kind == "text" and is_first and time == number + 1 and not is_room(line.text)


def _may_be_late_title(lines: Sequence[Line], number: int) -> bool:
    """Return whether a line above times may be their title though another line is above it."""
    line = lines[number]
    is_next = lines[number + 1].kind != "blank"
    return line.kind == "text" and is_next and len(line.text) <= _LONGEST_DAY and not _is_time(line)


def _style(lines: Sequence[Line]) -> _Style:
    """Find out whether titles stand in headings before their times, or behind them."""
    told = [line for line in lines if line.kind not in ("blank", "row")]
    timed = [number for number, line in enumerate(told) if line.kind != "heading" and _times(line)]
    levels = Counter(
        one.level
        for number in timed
        for one in told[number + 1 : number + 4]
        if one.kind == "heading"
    )
    in_headings = [line for line in told if line.kind == "heading" and _times(line)]
    if len(timed) < _FEWEST or not levels or len(in_headings) >= _FEWEST:
        return _Style()
    level, _count = levels.most_common(1)[0]
    titles = [
        number for number, line in enumerate(told) if line.kind == "heading" and line.level == level
    ]
    if len(titles) < len(timed) / 2:
        return _Style()
    before = _distance(titles, timed)
    behind = _distance(timed, titles)
    return _Style(title_level=level) if before < behind else _Style(within=level)


def _distance(numbers: Sequence[int], others: Sequence[int]) -> float:
    """Return how far the next of the others is from each number, on average; those are sorted."""
    ahead = [
        others[at] - number for number in numbers if (at := bisect(others, number)) < len(others)
    ]
    return sum(ahead) / len(ahead) if ahead else float("inf")


def _times(line: Line) -> Times | None:
    found = times_before(line.text)
    if found or line.kind != "heading":
        return found
    return times_behind(line.text)


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


def is_list_of_talks(lines: Sequence[Line]) -> bool:
    """Return whether each item of a list names a talk and who gave it."""
    if len(lines) < _FEWEST_TALKS or any(
        line.kind != "item" or line.level or _times(line) for line in lines
    ):
        return False
    layouts = best_layouts(line.text for line in lines)
    parts = [part(line.text, layouts) for line in lines]
    likely = [likelihood(one.people) >= _LIKELY for one in parts if one.people]
    return len(likely) >= _MOST * len(lines) and sum(likely) >= len(lines) / 2


@dataclass
class _Reader:
    first: PartialDate | None
    year: int | None
    style: _Style
    slots: list[Slot] = field(default_factory=list)
    others: list[Line] = field(default_factory=list)
    has_table: bool = False
    day: str = ""
    #: The days that were named in a row, and whether there was nothing since the last of them.
    days: list[PartialDate] = field(default_factory=list)
    is_day_open: bool = False
    facts: dict[str, str] | None = None
    lines: list[Line] = field(default_factory=list)
    #: The level of the heading in which the open slot has its times; 0 if it has them elsewhere.
    level: int = 0

    def read(self, group: list[Line]) -> None:
        """Read a line, or the rows of a table."""
        line = group[0]
        if line.kind == "row":
            self._table(group)
        elif (
            self.style.title_level
            and line.kind == "heading"
            and line.level == self.style.title_level
        ):
            self.close()
            self.facts, self.lines, self.level = {}, [line], line.level
        elif (
            self.style.title_level
            and self.facts is not None
            and "start" not in self.facts
            and (times := _times(line))
        ):
            self._begin_times(times)
            if times.rest:
                self.lines.append(line.with_text(times.rest))
        elif not self.style.title_level and (times := self._times(line)):
            self.close()
            self.facts, self.level = {}, line.level if line.kind == "heading" else 0
            self._begin_times(times)
            self.lines = [line.with_text(times.rest)] if times.rest else []
        elif self._is_day(line) or self.facts is None or self._ends(line):
            self.close()
            self.others.append(line)
        elif self._is_next_title(line):
            self._split(line)
        else:
            self.lines.append(line)

    def take(self, items: list[Line]) -> None:
        """Read a list of talks, be they a slot's or the document's."""
        if self.facts is not None:
            self.lines += items
        else:
            facts = {"date": self.day} if self.day else {}
            self.slots += [Slot((item,), facts) for item in items]
            self.has_table = True

    def _times(self, line: Line) -> Times | None:
        return None if line.kind == "code" else _times(line)

    def _begin_times(self, times: Times) -> None:
        self.is_day_open = False
        facts = {"start": times.start, "end": times.end, "date": self.day}
        if times.minutes and not times.end:
            facts["duration"] = str(times.minutes)
        self.facts = {key: value for key, value in facts.items() if value}

    def _table(self, rows: list[Line]) -> None:
        slots = slots_in([row.cells for row in rows], self.day, self.year)
        if slots:
            self.close()
            self.has_table = True
            self.is_day_open = False
            self.slots += slots
        elif self.facts is not None:
            self.lines += rows
        else:
            self.others += rows

    def _is_day(self, line: Line) -> bool:
        if line.kind not in ("heading", "text", "item") or len(line.text) > _LONGEST_DAY:
            return False
        is_marked = line.kind == "heading" or line.is_strong or self.facts is None
        if not (is_marked or says_only_day(line.text)):
            return False
        day = day_in(line.text, self.year, self._first_day())
        if day is None or self._is_far_away(day):
            return False
        self._begin_day(day)
        return True

    def _first_day(self) -> PartialDate | None:
        """Return the day from which others are counted: the event's, or the first that is named."""
        return self.first or (self.days[0] if self.days else None)

    def _begin_day(self, day: PartialDate) -> None:
        """Begin a day; of several in a row, which choose what a page shows, the first counts."""
        if self.is_day_open:
            self.days.append(day)
            return
        self.days = [day]
        self.day = day.isoformat()
        self.is_day_open = True

    def _is_far_away(self, day: PartialDate) -> bool:
        """Return whether a day is none of the event: that of some news, say."""
        first = self.first
        return (
            first is not None
            and bool(first.day)
            and abs((day.first_day() - first.first_day()).days) > _LONGEST_EVENT
        )

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

    def close(self) -> None:
        """End the open slot."""
        if self.facts is not None:
            if "start" in self.facts and any(line.text for line in self.lines):
                self.slots.append(Slot(tuple(self.lines), self.facts))
            else:
                self.others += self.lines
        self.facts, self.lines, self.level = None, [], 0
