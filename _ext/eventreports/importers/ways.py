"""How a document writes titles and people, where both have lines of their own."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from .keys import session_kind
from .layouts import Layouts, best_layouts
from .lines import Line
from .people import likelihood, says_affiliations
from .slot_lines import SlotLines

#: Above this, a line names people; below the other, none.
LIKELY: Final = 0.8
_POSSIBLE: Final = 0.3
_FEWEST: Final = 3
#: So many of the lines behind titles may be names, and are different, where all are.
_MOSTLY: Final = 0.8
_DIFFERENT: Final = 0.6
#: In quotes as a whole.
_QUOTED: Final = re.compile(
    r"『([^『』]+)』|「([^「」]+)」|｢((?:「[^」]*」|[^｢｣])+)｣|“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»|„([^„“]+)“"
)


@dataclass(frozen=True, slots=True)
class Way:
    """How a document writes titles and people.

    :param layouts: The layouts of lines that have both.
    :param people_first: Whether people stand before titles, where both have lines of their own.
    :param people_behind: Whether the line behind a title names people, in most of its slots.
    :param are_pairs: Whether nearly all slots are a title and a line that may name somebody.
    """

    layouts: Layouts
    people_first: bool
    people_behind: bool
    are_pairs: bool

    @classmethod
    def of(cls, readings: Sequence[SlotLines]) -> "Way":
        """Find out how a document does."""
        layouts = best_layouts(line.text for one in readings for line in one.open_lines())
        several = [lines for one in readings if len(lines := one.open_lines()) > 1]
        named = [lines for lines in several if likelihood(lines[1].text) >= LIKELY]
        is_usual = len(named) >= _FEWEST and len(named) > len(several) / 2
        people_first = _people_stand_first(readings)
        are_pairs = not people_first and _are_pairs(several)
        return cls(layouts, people_first, is_usual or are_pairs, are_pairs)

    def least(self) -> float:
        """Return how likely the line behind a title must name people to be taken for them."""
        return _POSSIBLE if self.people_behind else 0.5

    def is_named_apart(self, before: Sequence[Line], behind: Sequence[Line]) -> bool:
        """Return whether the line beside a title names people, as in other slots."""
        if self.people_first and before:
            return likelihood(before[-1].text) >= LIKELY
        least = _POSSIBLE if self.are_pairs else LIKELY
        return self.people_behind and bool(behind) and likelihood(behind[0].text) >= least

    def has_kind_above(self, lines: Sequence[Line]) -> bool:
        """Return whether the first line says what kind of session it is, and no title.

        Behind it are the title, and a line of people.
        """
        if len(lines) < _FEWEST or not session_kind(lines[0].text):
            return False
        one, two = likelihood(lines[1].text), likelihood(lines[2].text)
        people, title = (one, two) if self.people_first else (two, one)
        return people >= self.least() and people > title

    def title_at(self, lines: Sequence[Line]) -> int:
        """Return which line has the title: one in quotes, a heading, one in bold, or the first."""
        quoted = [number for number, line in enumerate(lines) if _QUOTED.fullmatch(line.text)]
        is_title = lines[0].key == "title" and not (quoted and likelihood(lines[0].text) >= 0.3)
        if is_title or (len(quoted) == 1 and quoted[0] <= 2):
            return 0 if is_title else quoted[0]
        for number, line in enumerate(lines):
            if line.kind == "heading":
                return number
        strong = [number for number, line in enumerate(lines) if line.is_strong]
        if len(strong) == 1:
            return strong[0]
        return 1 if self._is_second(lines) else 0

    def _is_second(self, lines: Sequence[Line]) -> bool:
        """Return whether the second line is the title: where people stand first, and may here."""
        if not self.people_first or len(lines) < 2:
            return False
        people = likelihood(lines[0].text)
        return people >= max(likelihood(lines[1].text), _POSSIBLE)

    def people_beside(
        self, before: list[Line], behind: list[Line]
    ) -> tuple[list[Line], list[Line]]:
        """Part the lines before and behind a title into people, and the others."""
        if before and likelihood(before[-1].text) >= _POSSIBLE:
            return [before[-1]], [*before[:-1], *behind]
        number = 0
        while number < len(behind) and likelihood(behind[number].text) >= (
            self.least() if number == 0 else LIKELY
        ):
            if number and says_affiliations(behind[number].text, behind[number - 1].text):
                break
            number += 1
        return behind[:number], [*before, *behind[number:]]


def without_quotes(title: str) -> str:
    """Return a title without quotes that are all around it."""
    match = _QUOTED.fullmatch(title.strip())
    return next(filter(None, match.groups())).strip() if match else title.strip()


def _people_stand_first(readings: Iterable[SlotLines]) -> bool:
    """Return whether people stand before titles, where both have lines of their own."""
    votes = 0.0
    for one in readings:
        lines = one.open_lines()
        if len(lines) > 1 and one.keyed.keys().isdisjoint(("title", "speakers")):
            votes += likelihood(lines[0].text) - likelihood(lines[1].text)
    return votes > 0.5


def _are_pairs(several: Sequence[Sequence[Line]]) -> bool:
    """Return whether slots of two lines have a name in the second: nicknames are hard to tell."""
    pairs = [(lines[0].text, lines[1].text) for lines in several if len(lines) == 2]
    if len(pairs) < _FEWEST or len(pairs) < _MOSTLY * len(several):
        return False
    names = [likelihood(name) for _title, name in pairs]
    titles = [likelihood(title) for title, _name in pairs]
    different = {name for _title, name in pairs}
    return (
        sum(one >= _POSSIBLE for one in names) >= _MOSTLY * len(pairs)
        and len(different) >= _DIFFERENT * len(pairs)
        and sum(names) > sum(titles)
    )
