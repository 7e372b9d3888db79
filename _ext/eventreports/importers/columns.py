"""What the columns of a table say, by their names and by what stands in them."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

from ..core.written_times import read
from .days import Days, is_date
from .keys import column_key, is_room, session_key
from .lines import Cell
from .people import likelihood
from .times import only_times, times_before

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
PLACES: Final = ("room", "track", "venue")
#: So many columns stand beside each other that are places.
_FEWEST_PLACES: Final = 2
_NOTHING: Final = re.compile(r"[-‐–—―−ー~〜\s　/／]*|なし|n/?a", re.IGNORECASE)
#: Below this share of times a column is none of times.
_MOSTLY: Final = 0.6
#: The longest names of rooms that stand in a column without a name, on average.
_SHORT: Final = 8
_LONGEST_MOMENT: Final = 40
_LONGEST_NAME: Final = 100
#: Cells by row and column; ``None`` where another cell reaches.
Grid = list[list[Cell | None]]


def said_of(cell: Cell | None) -> str:
    """Return the text of a cell, without signs that stand for nothing."""
    text = cell.text.strip() if cell else ""
    return "" if _NOTHING.fullmatch(text) else text


def key_of(header: str) -> str:
    """Return the key of a session that a column's name means, or nothing.

    :param header: The name, perhaps in two languages: ``講演者名 / Speaker``.
    :returns: The key; “name” for the name of something.
    """
    if len(header) > _LONGEST_NAME:
        return ""
    plain = re.sub(r"[(（\[［].*?[)）\]］]", "", unicodedata.normalize("NFKC", header)).strip()
    ways = [plain, *(re.split("[/|]", plain) if re.search("[/|]", plain) else ())]
    return next(filter(None, map(_key, ways)), "")


def _key(name: str) -> str:
    words = re.findall(r"[^\W_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower())
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
        if key := column_key(named):
            # “Talk” is what stands there, and no list of talks.
            return "title" if key == "children" else key
    # “Track 1” is one of several.
    for named in (words[-1], words[0]):
        if (key := column_key(named)) and (key not in PLACES or len(words[-1]) > 2):
            return key
    ending = re.search(r"(名|日時|時刻|時間|者|名前|概要|内容|会場|url)$", "".join(words))
    return session_key("".join(words)[: ending.start()]) if ending else ""


def keys_of(header: Sequence[Cell | None], body: Grid, days: Days) -> list[str]:
    """Return the key of each column.

    :param header: The names of the columns; none if the table has no such row.
    :param body: The rows.
    :param days: How the document names days.
    :returns: The keys; “” for a column of a room or a day, and where it is not known.
    """
    names = [cell.text if cell else "" for cell in header] or [""] * len(body[0])
    keys = ["" if days.name(name) else key_of(name) for name in names]
    keys = _without_places(_with_times(keys, body, days), names)
    if "name" in keys:
        other = "title" if "title" not in keys else "speakers" if "speakers" not in keys else ""
        keys[keys.index("name")] = other
    # The first of several columns of one kind counts.
    first = {key: at for at, key in reversed(list(enumerate(keys)))}
    keys = [key if first[key] == at and key != "name" else "" for at, key in enumerate(keys)]
    are_places = [bool(is_room(name) or days.name(name)) for name in names]
    keys = _with_people(keys, body, are_places)
    if "title" in keys:
        return keys
    named = [at for at, key in enumerate(keys) if not key and names[at] and not are_places[at]]
    if len(named) == 1 and any(not key and not name for key, name in zip(keys, names, strict=True)):
        # Beside a column without a name, the one that has a name is no room.
        return ["title" if at == named[0] else key for at, key in enumerate(keys)]
    # What has no column for titles has them in that of contents, or of the only track.
    if "description" in keys:
        return ["title" if key == "description" else key for key in keys]
    return keys if "" in keys else ["" if key in PLACES else key for key in keys]


def _with_times(keys: Sequence[str], body: Grid, days: Days) -> list[str]:
    """Return keys with those of columns that have times, or how long something takes."""
    found = list(keys)
    for column, key in enumerate(keys):
        is_time = key in ("start", "end")
        if not is_time and "start" not in found and _share_of_times(body, column, days) >= _MOSTLY:
            found[column] = "start"
        elif key in ("start", "end", "duration") and _are_durations(body, column):
            found[column] = "duration"
    return found


def _without_places(keys: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return keys without those of columns that are places themselves: “Main Track”, “Side Track”.

    What has titles in a column names places in others; one place alone is said of what is there.
    """
    places = [
        column
        for column, key in enumerate(keys)
        if key in PLACES and not column_key(names[column]) and is_room(names[column])
    ]
    if "title" in keys or len(places) < _FEWEST_PLACES:
        return list(keys)
    return ["" if column in places else key for column, key in enumerate(keys)]


def _with_people(keys: Sequence[str], body: Grid, are_places: Sequence[bool]) -> list[str]:
    """Return keys with those of a column of people, and of titles and rooms beside it."""
    found = list(keys)
    unknown = [column for column, key in enumerate(keys) if not key]
    people = [
        column
        for column in unknown
        if not are_places[column] and _share_of_people(body, column) >= _MOSTLY
    ]
    has_titles = "title" in keys
    if "speakers" in keys or len(people) != 1 or not (has_titles or len(unknown) > 1):
        return found
    found[people[0]] = "speakers"
    unknown.remove(people[0])
    if has_titles:
        return found
    titles = max(unknown, key=lambda column: _length(body, column))
    for column in unknown:
        if _length(body, column) <= _SHORT:
            found[column] = "room"
    found[titles] = "title"
    return found


def _share_of_times(body: Grid, column: int, days: Days) -> float:
    said = [text for row in body if (text := said_of(row[column]))]
    return sum(moment_in(text, days) is not None for text in said) / len(said) if said else 0


def _length(body: Grid, column: int) -> float:
    """Return how long the texts of a column are, on average."""
    said = [text for row in body if (text := said_of(row[column]))]
    return sum(map(len, said)) / len(said) if said else 0


def _share_of_people(body: Grid, column: int) -> float:
    said = [text for row in body if (text := said_of(row[column]))]
    are_people = ["\n" not in text and likelihood(text) >= 0.8 for text in said]
    return sum(are_people) / len(said) if len(said) > 1 else 0


def _are_durations(body: Grid, column: int) -> bool:
    said = [text for row in body if (text := said_of(row[column]))]
    return (
        bool(said)
        and all(re.fullmatch(r"0?[0-3]:[0-5]\d|\d{1,3}\s*(min|分|m)?", one) for one in said)
        and any(re.match(r"0?0:|\d{1,3}\s*(min|分|m)?$", one) for one in said)
    )


class Moment(NamedTuple):
    """When something begins and ends, as one cell says it."""

    day: str
    start: str
    end: str
    minutes: int


def moment_in(text: str, days: Days) -> Moment | None:
    """Return the times of a cell, perhaps with a day before: ``2020-03-30 10:00:00+00:00``."""
    if times := only_times(text) or times_before(text):
        return Moment("", times.start, times.end, times.minutes)
    if not re.match(r"\d", text) or len(text) > _LONGEST_MOMENT:
        return None
    written = read(text)
    if written and written.start:
        day = written.days[0].isoformat() if len(written.days) == 1 else ""
        return Moment(day, written.start, written.end, 0)
    date, _blank, clock = text.partition(" ")
    day, times = days.name(date), only_times(clock)
    return Moment(day, times.start, times.end, 0) if is_date(day) and times else None
