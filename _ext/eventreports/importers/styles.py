"""How a document's times stand to its titles, and which of its lists are of talks."""

from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from .days import LONGEST_DAY, names_day
from .keys import break_kind, is_room
from .layouts import best_layouts, part
from .lines import Line
from .people import likelihood
from .slot_lines import label_of
from .times import Times, only_times, times_before, times_behind

_FEWEST: Final = 2
#: A list of talks has as many items, nearly all of which name people.
_FEWEST_TALKS: Final = 3
_MOST: Final = 0.8
_LIKELY: Final = 0.8
#: So many times have a title above them, where titles stand above times.
_MOSTLY: Final = 0.6
#: Behind a longer text nobody looks for times.
_LONGEST_TITLE: Final = 300
#: The level of titles that are no headings.
_BELOW_HEADINGS: Final = 7


@dataclass(frozen=True, slots=True)
class Style:
    """How a document's times stand: in or behind headings of a level, or before everything else."""

    #: The level of headings that are titles, behind which times stand; 0 if times come first.
    title_level: int = 0
    #: The highest level of headings within a slot.
    within: int = 7


def with_titles_above(lines: Sequence[Line]) -> tuple[Sequence[Line], int]:
    """Make headings of the lines of text above times, if these are where titles stand.

    :param lines: The lines of a document.
    :returns: The lines, and the level of the titles; 0 if they do not stand above their times.
    """
    told = [number for number, line in enumerate(lines) if line.kind not in ("blank", "row")]
    timed = [at for at, number in enumerate(told) if _is_time(lines[number])]
    above = [told[at - 1] for at in timed if at and _may_be_title(lines, told[at - 1], told[at])]
    different = {lines[number].text for number in above}
    begun = [line for line in lines if line.kind == "text" and _begins_with_times(line)]
    is_other = len(begun) >= len(timed) or len(different) < _MOSTLY * len(timed)
    if len(above) < _FEWEST_TALKS or is_other:
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


def _begins_with_times(line: Line) -> bool:
    """Return whether a line goes on behind its times."""
    found = times_before(line.text)
    return found is not None and bool(found.rest)


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
    return line.kind == "text" and is_next and len(line.text) <= LONGEST_DAY and not _is_time(line)


def style_of(lines: Sequence[Line]) -> Style:
    """Find out whether titles stand in headings before their times, or behind them."""
    told = [line for line in lines if line.kind not in ("blank", "row")]
    timed = [
        number for number, line in enumerate(told) if line.kind != "heading" and times_of(line)
    ]
    levels = Counter(
        one.level for number in timed for one in told[number + 1 : number + 4] if _is_heading(one)
    )
    in_headings = [line for line in told if line.kind == "heading" and times_of(line)]
    if len(timed) < _FEWEST or not levels or len(in_headings) >= _FEWEST:
        return Style()
    level, _count = levels.most_common(1)[0]
    titles = [
        number for number, line in enumerate(told) if _is_heading(line) and line.level == level
    ]
    if len(titles) < len(timed) / 2:
        return Style()
    before = _distance(titles, timed)
    behind = _distance(timed, titles)
    have_titles = sum(bool(found.rest) for at in timed if (found := times_of(told[at])))
    if before < behind and have_titles >= len(timed) / 2:
        return Style()
    return Style(title_level=level) if before < behind else Style(within=level)


def _distance(numbers: Sequence[int], others: Sequence[int]) -> float:
    """Return how far the next of the others is from each number, on average; those are sorted."""
    ahead = [
        others[at] - number for number in numbers if (at := bisect(others, number)) < len(others)
    ]
    return sum(ahead) / len(ahead) if ahead else float("inf")


def _is_heading(line: Line) -> bool:
    """Return whether a line is a heading, and not that of a day."""
    return line.kind == "heading" and not names_day(line.text)


def times_of(line: Line) -> Times | None:
    """Return the times that a line begins with; those behind a heading, or the name of a break."""
    if line.kind == "code":
        return None
    found = times_before(line.text)
    if found or len(line.text) > _LONGEST_TITLE:
        return found
    behind = times_behind(line.text)
    if behind is None or line.kind == "heading":
        return behind
    name = behind.rest.rstrip(" :：–—-")
    return behind._replace(rest=name) if break_kind(name) else None


def is_list_of_talks(lines: Sequence[Line]) -> bool:
    """Return whether each item of a list names a talk and who gave it."""
    if len(lines) < _FEWEST_TALKS or any(
        line.kind != "item" or line.level or times_of(line) or label_of(line.text) for line in lines
    ):
        return False
    layouts = best_layouts(line.text for line in lines)
    parts = [part(line.text, layouts) for line in lines]
    likely = [likelihood(one.people) >= _LIKELY for one in parts if one.people]
    return len(likely) >= _MOST * len(lines) and sum(likely) >= len(lines) / 2
