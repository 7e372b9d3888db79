"""Part lines into a title and people, in the layout that most lines of a document have."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from .people import likelihood

#: By the name of a layout: what its lines look like. “t” is the title, “p” are people.
_LAYOUTS: Final[Mapping[str, re.Pattern[str]]] = {
    name: re.compile(pattern, re.DOTALL)
    for name, pattern in {
        "title [people]": r"(?P<t>.*\S)\s*[\[［【](?P<p>[^\[\]［］【】]+)[\]］】]",
        "title (people)": r"(?P<t>.*\S)\s*[(（](?P<p>(?:[^()（）]|[(（][^()（）]*[)）])+)[)）]",
        "title <people>": r"(?P<t>.*\S)\s*[<＜〈《](?P<p>[^<>]+)[>＞〉》]",
        "people “title”": r"(?P<p>[^「『｢“\"]*[^「『｢“\"\s:：,、／/–—-])"
        r"(?:\s*[:：,、／/–—-])?\s*(?P<t>[「『｢“\"].*[」』｣”\"])",
        "“title” people": r"(?P<t>[「『“\"].*[」』”\"])"
        r"\s*(?:[/／|｜,、–—-]|\bby\b)?\s*(?P<p>[^」』”\"]+)",
        "title by people": r"(?P<t>.*\S)\s+[Bb]y\s+(?P<p>\S.*)",
        "title / people": r"(?P<t>.*\S)\s*(?<!:)[/／](?!/)\s*(?P<p>\S.*)",
        "title | people": r"(?P<t>.*\S)\s*[|｜]\s*(?P<p>\S.*)",
        "title - people": r"(?P<t>.*\S)(?:\s+[-–—―−]+\s+|\s*[–—―]\s*)(?P<p>\S.*)",
        "title, people": r"(?P<t>.*\S)[,、]\s+(?P<p>\S.*)",
        "title: people": r"(?P<t>.*\S)\s*[:：]\s*(?P<p>\S.*)",
        "title … people": r"(?P<t>.*\S)\s*(?:\u3000|\s\s|\t|…|\.{3,})\s*(?P<p>\S.*)",
        "title @people": r"(?P<t>.*[^\s/／|｜:：–—-])\s+"
        r"(?P<p>[@＠][\w.-]+(?:\s*[,、&]?\s*[@＠][\w.-]+)*)",
        "people / title": r"(?P<p>.*?\S)\s*[/／]\s*(?P<t>\S.*)",
        "people | title": r"(?P<p>.*?\S)\s*[|｜]\s*(?P<t>\S.*)",
        "people - title": r"(?P<p>.*?\S)(?:\s+[-–—―−]+\s+|\s*[–—―]\s*)(?P<t>\S.*)",
        "people: title": r"(?P<p>[^:：]*[^:：\s])\s*[:：]\s*(?P<t>\S.*)",
        # What goes on in small letters is one sentence.
        "people, title": r"(?P<p>[^,、]*[^,、\s])[,、]\s+(?P<t>(?![a-z])\S.*)",
        "people … title": r"(?P<p>.*?\S)\s*(?:\u3000|\s\s|\t)\s*(?P<t>\S.*)",
    }.items()
}
#: These say in words which is which.
EXPLICIT: Final = ("title by people", "title [people]")
#: Below this, a line is in a layout only if most lines are; far below it, in none.
_CERTAIN: Final = 0.8
_POSSIBLE: Final = 0.3
_FEWEST: Final = 3
_LONGEST: Final = 500
_LONGEST_NAME: Final = 40


class Parts(NamedTuple):
    """A title and the people beside it, which may be nobody."""

    title: str
    people: str = ""


@dataclass(frozen=True, slots=True)
class Layouts:
    """How reliable each layout is in a document, and how many of its lines are in it."""

    reliable: Mapping[str, float]
    lines: Mapping[str, int]

    def fit(self, layout: str, people: str) -> float:
        """Return how well a layout fits a line, by who would be its people; 0 if it does not."""
        own, share = likelihood(people), self.reliable.get(layout, 0)
        if own >= _CERTAIN or (own >= _POSSIBLE and "“" in layout):
            return own + share
        # What the layout says elsewhere is likely here, too, even if nobody would know the name.
        is_usual = self.lines.get(layout, 0) >= _FEWEST and len(people) <= _LONGEST_NAME
        if is_usual and ((own >= _POSSIBLE and share >= 0.5) or share >= _CERTAIN):
            return own + share
        return 0


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
    return Layouts(reliable, {layout: len(found) for layout, found in scores.items()})


def part(line: str, layouts: Layouts) -> Parts:
    """Part a line by the best of its layouts.

    :param line: The line.
    :param layouts: Those of its document.
    :returns: The title, and the people if it is clear who they are.
    """
    best, parts = 0.0, Parts(line.strip())
    for layout, candidate in _candidates(line):
        fit = layouts.fit(layout, candidate.people)
        if fit and layout in EXPLICIT:
            fit += 1
        if fit > best:
            best, parts = fit, candidate
    return parts


def _candidates(line: str) -> Iterator[tuple[str, Parts]]:
    if len(line) > _LONGEST:
        return
    for layout, pattern in _LAYOUTS.items():
        if match := pattern.fullmatch(line.strip()):
            yield layout, Parts(match["t"].strip(), match["p"].strip())
