"""Days and times as people write them: ``July 22-23, 2019``, ``2018年4月19日(木) 10:00〜11:40``.

What may mean two days means none here. What an ``event.yaml`` takes is in :mod:`.dates`.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from .dates import PartialDate, parse_clock, parse_duration
from .names import as_seen
from .problems import InvalidValueError

_LONGEST: Final = 100
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
#: In English, and of Japanese the first letter; from Monday on.
_WEEKDAYS: Final = ("mon 月", "tue 火", "wed 水", "thu 木", "fri 金", "sat 土", "sun 日")
#: The year before the first of each Japanese era.
ERAS: Final = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_YEAR_OF_ERA: Final = rf"({'|'.join(ERAS)})\s*(\d{{1,2}}|元)\s*年"

# Parts of the patterns: text that is folded, in NFKC, with plain dashes and tildes.

_N: Final = r"(\d{1,2})"
_MONTH: Final = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY: Final = r"(\d{1,2})(?:st|nd|rd|th)?"
_TO: Final = r"\s*(?:\.\.+|--?|~|/|から|\bto\b|\buntil\b|\btill\b|\bthrough\b)\s*"
_AND: Final = r"\s*(?:[,、・&+]|と|及び|\band\b)\s*"
_SEP: Final = f"(?:{_TO}|{_AND})"
_FIRST: Final = rf"(\d{{4}})\s*[-/.年]\s*{_N}\s*[-/.月]\s*{_N}\s*日?"
_CLOCK: Final = (
    r"(?:(?:午(?P<half>[前後])|(?P<ampm>[ap]\.?m\.?))?\s*"
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})(?::00(?:\.0+)?)?|時(?:(?P<min>\d{1,2})分?|(?P<half_past>半))?"
    r"|(?=\s*[ap]\.?m\b))\s*(?P<after>[ap]\.?m\b\.?)?|(?P<noon>正午|noon))"
)
_WEEKDAY: Final = (
    r"(?P<english>\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?)"
    r"|[(\[](?P<letter>[月火水木金土日])(?:曜日?)?(?:[・,、/]?[祝休])?[)\]]|(?P<long>[月火水木金土日])曜日?"
)
#: A date's pattern, with what its numbers are: year, month, day, or the name of a month.
_FORMS: Final = (
    (_FIRST, "ymd"),
    (f"{_FIRST}{_SEP}{_FIRST}", "ymdymd"),
    (rf"{_FIRST}{_SEP}{_N}\s*[-/.月]\s*{_N}\s*日?", "ymdmd"),
    (rf"{_FIRST}{_SEP}{_N}\s*日?", "ymdd"),
    (rf"{_FIRST}{_SEP}{_N}\s*日?{_SEP}{_N}\s*日?", "ymddd"),
    (r"(\d{4})(\d{2})(\d{2})", "ymd"),
    (rf"(\d{{4}})\s*[-/.年]\s*{_N}\s*月?", "ym"),
    (r"(\d{4})\s*年?", "y"),
    (rf"{_MONTH}\s*{_DAY},?\s+(\d{{4}})", "Mdy"),
    (rf"{_MONTH}\s*{_DAY}{_SEP}{_DAY},?\s+(\d{{4}})", "Mddy"),
    (rf"{_MONTH}\s*{_DAY}{_SEP}{_MONTH}\s*{_DAY},?\s+(\d{{4}})", "MdMdy"),
    (rf"{_MONTH}\s*{_DAY},?\s+(\d{{4}}){_SEP}{_MONTH}\s*{_DAY},?\s+(\d{{4}})", "MdyMdy"),
    (rf"{_DAY}\s*(?:of\s+)?[-/ ]?{_MONTH}[-/, ]?\s*(\d{{4}})", "dMy"),
    (rf"{_DAY}{_SEP}{_DAY}\s*(?:of\s+)?{_MONTH},?\s*(\d{{4}})", "ddMy"),
    (rf"{_DAY}\s*{_MONTH}{_SEP}{_DAY}\s*{_MONTH},?\s*(\d{{4}})", "dMdMy"),
    (rf"{_DAY}\s*{_MONTH},?\s*(\d{{4}}){_SEP}{_DAY}\s*{_MONTH},?\s*(\d{{4}})", "dMydMy"),
    (rf"{_MONTH},?\s+(\d{{4}})", "My"),
    (rf"(\d{{4}})[\s-]+{_MONTH}[\s-]+{_DAY}", "yMd"),
    (rf"{_N}\.\s*{_N}\.\s*(\d{{4}})", "dmy"),
    (rf"{_N}\.?{_SEP}{_N}\.\s*{_N}\.\s*(\d{{4}})", "ddmy"),
)
#: Of these either number may be the month.
_AMBIGUOUS: Final = rf"{_N}([/-]){_N}\2(\d{{4}})"


class Written(NamedTuple):
    """What a text says of when something was.

    ``days`` are all that it names, the first and the last of a range; ``is_list`` tells a list of
    days from a range. Times are as :func:`.dates.parse_clock` returns them. ``has_zone`` says that
    a time zone follows, which stands nowhere in here.
    """

    days: tuple[PartialDate, ...] = ()
    is_list: bool = False
    start: str = ""
    end: str = ""
    minutes: int = 0
    has_zone: bool = False


def read(text: str) -> Written | None:
    """Read days and times of day.

    :param text: What an author wrote.
    :returns: What is certain of it; nothing if it may say something else.
    """
    plain = as_seen(unicodedata.normalize("NFKC", as_seen(text))).casefold()
    if len(plain) > _LONGEST or not re.search(r"\d|noon|正午", plain):
        return None
    named: list[int] = []
    without = re.sub(_WEEKDAY, lambda found: _noted(found, named), plain)
    eras = "|".join(ERAS)
    without = re.sub(
        rf"({eras})\s*(\d{{1,2}}|元)\s*年", lambda era: f"{year_of_era(*era.groups())}年", without
    )
    without = re.sub(r"\s+", " ", without).strip(" ,")
    found = _read(without) or _read_counted(without)
    days = [day.first_day().weekday() for day in found.days if day.day] if found else []
    # A weekday that is not the day's tells that one of both is wrong.
    return found if not named or days in (named, list(dict.fromkeys(named))) else None


def read_beginning(text: str) -> Written | None:
    """Read the days that a text begins with, and perhaps their times.

    :param text: What an author wrote.
    :returns: What is certain of the beginning; nothing if more days may follow.
    """
    if len(text) > _LONGEST:
        return None
    for cut in reversed([*re.finditer(r"[\s(（\[【]|(?<=[年月日)）])", text)]):
        found, rest = read(text[: cut.start()]), text[cut.start() :]
        plain = re.sub(_CLOCK, "", unicodedata.normalize("NFKC", rest).casefold())
        # A weekday that is not the day's is no wording.
        if found and found.days and not re.search(rf"\d|{_WEEKDAY}", plain):
            return found
    return None


def weekday(text: str) -> int | None:
    """Return which weekday a text names, if it is nothing else; Monday is 0."""
    named: list[int] = []
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    without = re.sub(_WEEKDAY, lambda found: _noted(found, named), plain)
    return named[0] if len(named) == 1 and not without.strip() else None


def listed(texts: Iterable[str]) -> Written | None:
    """Read days that are a list of the YAML."""
    found = [read(text) for text in texts]
    days = tuple(one.days[0] for one in found if one and len(one.days) == 1 and not one.start)
    return Written(days, is_list=True) if found and len(days) == len(found) else None


def either_day(text: str) -> tuple[str, ...]:
    """Return the two days that a text such as ``04/05/2018`` may mean."""
    match = re.fullmatch(_AMBIGUOUS, text.strip())
    if not match:
        return ()
    days = (_days("mdy", match.group(1, 3, 4)), _days("dmy", match.group(1, 3, 4)))
    return tuple(dict.fromkeys(found[0].isoformat() for found in days if found))


def are_in_a_row(days: Iterable[PartialDate]) -> bool:
    """Return whether each day is the one after the one before it."""
    return all(b.first_day() - a.first_day() == dt.timedelta(days=1) for a, b in pairwise(days))


def _noted(weekday: re.Match[str], named: list[int]) -> str:
    word = weekday["english"] or weekday["letter"] or weekday["long"]
    named.append(
        next(n for n, words in enumerate(_WEEKDAYS) if words[:3] == word[:3] or words[-1] == word)
    )
    return " "


def year_of_era(era: str, number: str) -> int:
    """Return the year of a year of a Japanese era.

    :param era: One of :data:`ERAS`.
    :param number: The number of the year, or 元 for the first.
    :returns: The year of the Gregorian calendar.
    """
    return ERAS[era] + (1 if number == "元" else int(number))


def _read(text: str) -> Written | None:
    """Read a text of days, of times, of days with times behind, or of two such."""
    if found := _read_without_range(text):
        return found
    for cut in re.finditer(_TO, text):
        halves = [_read_without_range(part) for part in (text[: cut.start()], text[cut.end() :])]
        if all(one and one.start and not one.end and len(one.days) == 1 for one in halves):
            first, last = (one for one in halves if one)
            days = tuple(dict.fromkeys((*first.days, *last.days)))
            has_zone = first.has_zone or last.has_zone
            return Written(days, start=first.start, end=last.start, has_zone=has_zone)
    return None


def _read_without_range(text: str) -> Written | None:
    if found := _read_days(text) or _read_times(text):
        return found
    if re.fullmatch(r"\d+\s*(min|mins|minutes?|分間?)|\d+\s*(hours?|時間)(\s*\d+.*)?", text):
        try:
            return Written(
                minutes=parse_duration(text.removesuffix("間") if "分間" in text else text)
            )
        except InvalidValueError:
            return None
    # Days end where a time begins; the second half of a range may have its own day.
    for cut in re.finditer(r"(?<=\d)t(?=\d)|[\s,]+|(?<=日)(?=\d|午)", text):
        found, times = _read_days(text[: cut.start()]), _read_times(text[cut.end() :])
        if found and times:
            return times._replace(days=found.days, is_list=found.is_list)
    return None


def _read_counted(text: str) -> Written | None:
    """Read days behind which stands how many they are: “(2日間)”, “2 days”."""
    count = re.search(r"[\s(]*[全計]?(\d{1,2})\s*(?:days?|日間)\)?$", text)
    found = _read_days(text[: count.start()].strip()) if count else None
    if count is None or found is None or not found.days:
        return None
    first, last = found.days[0].first_day(), found.days[-1].first_day()
    number = len(found.days) if found.is_list else (last - first).days + 1
    return found if number == int(count[1]) else None


def _read_days(text: str) -> Written | None:
    for pattern, parts in _FORMS:
        if match := re.fullmatch(pattern, text):
            days = _days(parts, match.groups())
            is_list = len(days) > 2 or (
                len(days) == 2 and not re.search(_TO, _between(match, parts))
            )
            return Written(days, is_list) if days else None
    if len(possible := either_day(text)) == 1:
        return Written((PartialDate.parse(possible[0]),))
    return None


def _between(match: re.Match[str], parts: str) -> str:
    """Return what stands between two days."""
    days = [n for n, part in enumerate(parts, 1) if part == "d"]
    return match.string[match.end(days[0]) : match.start(days[-1])]


def _days(parts: str, groups: Iterable[str | None]) -> tuple[PartialDate, ...]:
    """Return the days of numbers: what one lacks is that of the one before it, or behind it."""
    found: list[dict[str, int]] = []
    known: dict[str, int] = {}
    for part, text in zip(parts, groups, strict=True):
        kind = part.lower()
        number = _MONTHS.index((text or "")[:3]) + 1 if part == "M" else int(text or 0)
        lacking = [day for day in found if kind not in day]
        for day in lacking:
            day[kind] = number
        if kind == "d":
            found.append({**known, "d": number})
        elif not lacking:
            known[kind] = number
    try:
        days = [_day(day) for day in found or [known]]
    except InvalidValueError:
        return ()
    return tuple(days) if all(one < other for one, other in pairwise(days)) else ()


def _day(parts: dict[str, int]) -> PartialDate:
    written = [f"{parts[kind]:0{4 if kind == 'y' else 2}}" for kind in "ymd" if kind in parts]
    return PartialDate.parse("-".join(written))


def _read_times(text: str) -> Written | None:
    zone = re.search(
        r"(?<=[\d時分])\s*(z|\+\d{2}:?\d{2}|(?<=:\d\d:\d\d)-\d{2}:?\d{2}|jst|utc|gmt)$", text
    )
    plain = text[: zone.start()] if zone else text
    # “2-3 pm”: the first of both is a whole hour.
    plain = re.sub(rf"^(\d{{1,2}})(?={_TO}\d{{1,2}}(:\d\d)?\s*[ap]\.?m\b)", r"\1:00", plain)
    clocks = list(re.finditer(_CLOCK, plain))
    around = re.sub(_CLOCK, "@", plain).strip()
    both = rf"@(?:{_TO})@(?:\s*まで)?"
    if not (
        re.fullmatch(both, around) or (len(clocks) == 1 and re.fullmatch("@(?:~|-|から)?", around))
    ):
        return None
    times = list(_clocks(clocks))
    if not all(times):
        return None
    return Written(start=times[0], end=times[1] if len(times) > 1 else "", has_zone=bool(zone))


def _clocks(matches: list[re.Match[str]]) -> Iterator[str]:
    """Yield each time of day; that of a range may have its “pm” from the one behind it."""
    behind = matches[-1]["after"]
    for match in matches:
        half = match["half"] or match["ampm"] or match["after"]
        if match["noon"]:
            yield "12:00"
            continue
        hour = int(match["hour"])
        minute = 30 if match["half_past"] else int(match["minute"] or match["min"] or 0)
        if half is None and behind and hour <= 12:
            half = behind if hour % 12 <= int(matches[-1]["hour"]) % 12 else "a"
        if half and hour > 12:
            yield ""
            continue
        if half:
            hour = hour % 12 + (12 if half[0] in "後p" else 0)
        try:
            yield parse_clock(f"{hour}:{minute:02}")
        except InvalidValueError:
            yield ""
