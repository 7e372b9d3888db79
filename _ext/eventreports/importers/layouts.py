"""Part lines into a title and people, in the layout that most lines of a document have."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from .people import likelihood

#: A dash, but none within a word of Latin letters: “Kochen–Specker”.
_DASH: Final = r"(?:\s+[-–—―−]+\s+|\s*(?<![A-Za-z])[–—―]\s*|\s*[–—―](?!\s*[A-Za-z])\s*)"
#: By the name of a layout: what its lines look like. “t” is the title, “p” are people.
_LAYOUTS: Final[Mapping[str, re.Pattern[str]]] = {
    name: re.compile(pattern, re.DOTALL)
    for name, pattern in {
        "title [people]": r"(?P<t>.*\S)\s*[\[［【](?P<p>[^\[\]［］【】]+)[\]］】]\s*[.。]?",
        "title (people)": r"(?P<t>.*\S)\s*"
        r"[(（](?P<p>(?:[^()（）]|[(（][^()（）]*[)）])+)[)）]\s*[.。]?",
        "title <people>": r"(?P<t>.*\S)\s*[<＜〈《](?P<p>[^<>]+)[>＞〉》]",
        "people “title”": r"(?P<p>[^「『｢“\"]*[^「『｢“\"\s:：,、／/–—-])"
        r"(?:\s*[:：,、／/–—-])?\s*(?P<t>[「『｢“\"].*[」』｣”\"])",
        "“title” people": r"(?P<t>[「『“\"].*[」』”\"])"
        r"\s*(?:[/／|｜,、–—-]|\bby\b)?\s*(?P<p>[^」』”\"]+)",
        "title by people": r"(?P<t>.*\S)\s+[Bb]y\s+(?P<p>\S.*)",
        "title / people": r"(?P<t>.*\S)\s*(?<!:)[/／](?!/)\s*(?P<p>\S.*)",
        "title | people": r"(?P<t>.*\S)\s*[|｜]\s*(?P<p>\S.*)",
        "title - people": rf"(?P<t>.*\S){_DASH}(?P<p>\S.*)",
        "title, people": r"(?P<t>.*\S)[,、]\s+(?P<p>\S.*)",
        "title: people": r"(?P<t>.*\S)\s*[:：]\s*(?P<p>\S.*)",
        "title … people": r"(?P<t>.*\S)\s*(?:\u3000|\s\s|\t|…|\.{3,})\s*(?P<p>\S.*)",
        "title @people": r"(?P<t>.*[^\s/／|｜:：–—-])\s+"
        r"(?P<p>[@＠][\w.-]+(?:\s*[,、&]?\s*[@＠][\w.-]+)*)",
        "people / title": r"(?P<p>.*?\S)\s*[/／]\s*(?P<t>\S.*)",
        "people | title": r"(?P<p>.*?\S)\s*[|｜]\s*(?P<t>\S.*)",
        "people - title": rf"(?P<p>.*?\S){_DASH}(?P<t>\S.*)",
        "people: title": r"(?P<p>[^:：]*[^:：\s])\s*[:：]\s*(?P<t>\S.*)",
        # What goes on in small letters is one sentence.
        "people, title": r"(?P<p>[^,、]*[^,、\s])[,、]\s+(?P<t>(?![a-z])\S.*)",
        "people … title": r"(?P<p>.*?\S)\s*(?:\u3000|\s\s|\t)\s*(?P<t>\S.*)",
    }.items()
}
#: These say in words which is which.
EXPLICIT: Final = ("title by people", "title [people]")
#: These signs stand in titles, too.
_WEAK: Final = ("title, people", "title: people", "people: title", "people, title")
#: A weak layout has this share of the lines of the one that most lines with people have.
_LEAST_SHARE: Final = 0.2
#: Below this, a line is in a layout only if most lines are; far below it, in none.
_CERTAIN: Final = 0.8
_POSSIBLE: Final = 0.3
_FEWEST: Final = 3
_LONGEST: Final = 500
_LONGEST_NAME: Final = 40
#: Words in small letters.
_PHRASE: Final = re.compile(r"[a-z]+(?: [a-z]+){2,}")


class Parts(NamedTuple):
    """A title and the people beside it, which may be nobody."""

    title: str
    people: str = ""


@dataclass(frozen=True, slots=True)
class Layouts:
    """How reliable each layout is in a document, and how many of its lines are in it.

    ``certain`` says in how many of them it would be odd if nobody was named.
    """

    reliable: Mapping[str, float]
    lines: Mapping[str, int]
    certain: Mapping[str, int]

    def fit(self, layout: str, people: str) -> float:
        """Return how well a layout fits a line, by who would be its people; 0 if it does not."""
        own, share = likelihood(people), self.reliable.get(layout, 0)
        lines = self.lines.get(layout, 0)
        if layout in _WEAK and not self._is_usual(layout):
            return 0
        # One line tells less than many.
        fit = own + share * lines / (lines + 1)
        if own >= _CERTAIN or (own >= _POSSIBLE and "“" in layout):
            return fit
        # What the layout says elsewhere is likely here, too, even if nobody would know the name.
        is_name = len(people) <= _LONGEST_NAME and not _PHRASE.fullmatch(people)
        is_usual = lines >= _FEWEST and is_name
        if is_usual and ((own >= _POSSIBLE and share >= 0.5) or share >= _CERTAIN):
            return fit
        return 0

    def _is_usual(self, layout: str) -> bool:
        """Return whether most lines in a layout name people, and enough do so in no other way."""
        certain = self.certain.get(layout, 0)
        is_mostly = certain > self.lines.get(layout, 0) - certain
        return is_mostly and certain >= _LEAST_SHARE * max(self.certain.values())


def best_layouts(lines: Iterable[str]) -> Layouts:
    """Return how reliable layouts are in a document.

    :param lines: Lines of which many say a title and people.
    :returns: The layouts.
    """
    scores: dict[str, list[float]] = defaultdict(list)
    for line in lines:
        for layout, parts in _candidates(line):
            scores[layout].append(likelihood(parts.people))
    reliable = {layout: sum(found) / len(found) for layout, found in scores.items()}
    certain = {layout: sum(one >= _CERTAIN for one in found) for layout, found in scores.items()}
    return Layouts(reliable, {layout: len(found) for layout, found in scores.items()}, certain)


def part(line: str, layouts: Layouts) -> Parts:
    """Part a line by the best of its layouts.

    :param line: The line.
    :param layouts: Those of its document.
    :returns: The title, and the people if it is clear who they are.
    """
    best: float | None = None
    parts = Parts(line.strip())
    for layout, candidate in _candidates(line):
        fit = layouts.fit(layout, candidate.people)
        if fit:
            fit += (layout in EXPLICIT) - (layout in _WEAK)
        if fit and (best is None or fit > best):
            best, parts = fit, candidate
    return parts


def _candidates(line: str) -> Iterator[tuple[str, Parts]]:
    if len(line) > _LONGEST:
        return
    for layout, pattern in _LAYOUTS.items():
        if match := pattern.fullmatch(line.strip()):
            yield layout, Parts(match["t"].strip(), match["p"].strip())
