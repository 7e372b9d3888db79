"""A corpus of events as real ones are: a programme, sponsors and notes, in Japanese or English.

The same numbers make the same files.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from texts import Words, latin

_ROOMS: Final = ("Hall A", "Hall B", "Room 301")
_TIERS: Final = {"Gold": 3, "Silver": 4, "Bronze": 6}
#: The headings of a report: overview, programme, sessions, details, notes, points.
_HEADINGS: Final = {
    "ja": ("全体サマリ", "タイムテーブル", "セッション", "詳細", "メモ", "ポイント"),
    "en": ("Overview", "Schedule", "Sessions", "Details", "Notes", "Points"),
}
_JOINTS: Final = {"ja": ("の", "は", "を", "に", "が", "で", "、"), "en": (" ",)}


@dataclass(frozen=True)
class Size:
    """How much there is of what.

    :param events: The number of events.
    :param sessions: That of the sessions of each.
    """

    events: int
    sessions: int = 10

    @property
    def people(self) -> int:
        """The number of people who speak at one or more of the events."""
        return self.events * 5 + 20

    @property
    def organizations(self) -> int:
        """The number of organizations that sponsor them, or that speakers belong to."""
        return self.events + 20

    @property
    def topics(self) -> int:
        """The number of topics."""
        return self.events * 4 // 5 + 20

    @property
    def series(self) -> int:
        """The number of series that the events belong to."""
        return self.events // 8 + 1


class Corpus:
    """The events.

    :param size: How much there is of what.
    """

    def __init__(self, size: Size) -> None:
        self.size = size
        self._words = Words()
        chance = random.Random(3)
        self._people = _unique(lambda: _person(chance), size.people)
        self._organizations = _unique(lambda: _company(chance), size.organizations)
        self._topics = _unique(lambda: latin(chance, 3).title(), size.topics)
        self._series = _unique(lambda: f"{latin(chance, 2).title()} Days", size.series)

    def write(self, folder: Path) -> None:
        """Write all events, each into a folder of its own."""
        for number in range(self.size.events):
            event = folder / f"event-{number:04}"
            event.mkdir(parents=True)
            chance = random.Random(number)
            language = "ja" if number % 3 else "en"
            data = self._event(chance, number, language)
            text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
            (event / "event.yaml").write_text(text, "utf-8")
            page = self._report(chance, data, language)
            (event / "index.md").write_text(page, "utf-8")

    def _event(self, chance: random.Random, number: int, language: str) -> dict[str, Any]:
        series = chance.choice(self._series)
        year = 2026 - number * 20 // self.size.events
        date = f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        sponsors = iter(chance.sample(self._organizations, sum(_TIERS.values())))
        return {
            "name": f"{series} {date[:7]}",
            "series": series,
            "date": date,
            "timezone": "Asia/Tokyo",
            "venue": {"name": f"{latin(chance, 3).title()} Hall, Tokyo", "rooms": [*_ROOMS]},
            "capacity": chance.randint(5, 90) * 10,
            "language": language,
            "organizers": chance.sample(self._organizations, 2),
            "supporters": chance.sample(self._organizations, 3),
            "sponsor_tiers": [
                {"name": tier, "sponsors": [_sponsor(next(sponsors)) for _ in range(count)]}
                for tier, count in _TIERS.items()
            ],
            "reporters": chance.sample(self._people[:20], 1),
            "topics": self._some(chance, self._topics, 2),
            "slots": [
                {"title": "Lunch", "kind": "meal", "start": "12:00", "end": "13:00"},
                {"title": "Party", "start": "18:00", "end": "20:00"},
            ],
            "sessions": [
                self._session(chance, place, language) for place in range(self.size.sessions)
            ],
        }

    def _session(self, chance: random.Random, place: int, language: str) -> dict[str, Any]:
        begins, room = divmod(place, len(_ROOMS))
        hour = 10 + begins + (begins > 1)
        speakers = [
            {"name": name, "affiliation": chance.choice(self._organizations)}
            for name in self._some(chance, self._people, 1 + (chance.random() < 0.2))
        ]
        name = latin(chance, 4)
        return {
            "id": f"talk-{place:02}",
            "title": self._sentence(chance, language, 6),
            "speakers": speakers,
            "room": _ROOMS[room],
            "start": f"{hour % 24:02}:00",
            "end": f"{hour % 24:02}:40",
            "slides": f"https://speakerdeck.com/{name}/{latin(chance, 6)}",
            **({"videos": f"https://youtu.be/{name}"} if place % 2 else {}),
            "topics": self._some(chance, self._topics, 2),
            "description": self._sentence(chance, language, 25),
        }

    def _some(self, chance: random.Random, names: list[str], count: int) -> list[str]:
        """Return names, the first ones more often than the last ones."""
        chosen = (names[int(len(names) * chance.random() ** 2)] for _ in range(count))
        return list(dict.fromkeys(chosen))

    def _sentence(self, chance: random.Random, language: str, words: int) -> str:
        return self._words.sentence(chance, words, _JOINTS[language])

    def _report(self, chance: random.Random, data: dict[str, Any], language: str) -> str:
        overview, schedule, sessions, details, notes, points = _HEADINGS[language]
        parts = [
            f"# {data['name']}",
            "```{event:info}\n```",
            f"## {overview}",
            self._list(chance, language, 6),
            f"## {schedule}",
            "```{event:schedule}\n```",
            f"## {sessions}",
            "```{event:sessions}\n```",
            f"## {details}",
        ]
        for session in data["sessions"]:
            parts += [
                f"### {session['title']}",
                f"```{{event:session}} {session['id']}\n```",
                f"#### {notes}",
                self._list(chance, language, 12),
                f"#### {points}",
                self._list(chance, language, 2),
            ]
        return "\n\n".join(parts) + "\n"

    def _list(self, chance: random.Random, language: str, items: int) -> str:
        """Return a list, of which every third item is within the one before."""
        lines = (
            f"{'  ' * (place % 3 == 2)}- {self._sentence(chance, language, chance.randint(8, 20))}"
            for place in range(items)
        )
        return "\n".join(lines)


def _unique(make: Callable[[], str], count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found[make()] = None
    return list(found)


def _person(chance: random.Random) -> str:
    if chance.random() < 0.5:
        return f"{latin(chance, 2).title()} {latin(chance, 3).title()}"
    kanji = [chr(chance.randrange(0x4E00, 0x5E00)) for _ in range(4)]
    return f"{''.join(kanji[:2])} {''.join(kanji[2:])}"


def _company(chance: random.Random) -> str:
    name = latin(chance, 3).title()
    return f"{name}, Inc." if chance.random() < 0.5 else f"株式会社{name}"


def _sponsor(name: str) -> dict[str, str]:
    letters = "".join(char for char in name.partition(",")[0] if char.isascii())
    return {"name": name, "url": f"https://{letters.lower()}.example/"}
