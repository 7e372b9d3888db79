"""The days that lines and columns name: by a date, by its month and day alone, or by a number."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from ..core.dates import PartialDate
from ..core.written_times import weekday

#: A longer text names no day.
LONGEST_DAY: Final = 80
#: Days of one event are not further apart.
_LONGEST_EVENT: Final = 7
#: For days of which nobody knows the year: it has a 29 February.
_ANY_YEAR: Final = 2000
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH: Final = (
    r"(?P<month_name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_NUMBERS: Final = r"(?<![\d/.-])(?P<one>\d{1,2})(?P<sign>[/.-])(?P<two>\d{1,2})(?P=sign)"
#: Days as headings name them; the year may be that of the event.
_DATE: Final = re.compile(
    rf"{_NUMBERS}(?P<own>\d{{4}})(?!\d)"
    r"|(?:(?P<year>\d{4})\s*[年/.-]\s*)?(?P<month>\d{1,2})\s*[月/]\s*(?P<day>\d{1,2})(?!\d|\s*[/:])日?"
    r"|(?P<y>\d{4})[-.](?P<m>\d{1,2})[-.](?P<d>\d{1,2})(?!\d)"
    rf"|\b{_MONTH}\s+(?P<day_behind>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year_behind>\d{{4}}))?"
    r"|\b(?P<day_before>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?"
    rf"{_MONTH.replace('month_name', 'month_behind')}"
    r"(?:,?\s+(?P<year_last>\d{4}))?",
    re.IGNORECASE,
)
_EITHER: Final = re.compile(rf"{_NUMBERS}\d{{4}}(?!\d)")
#: Another day before or behind one, in one date: “19th/20th October”, “4/16-17”.
_DAY_BEFORE: Final = re.compile(
    r"\d(?:st|nd|rd|th|日)?\s?(?:[/&＆+,~〜–-]|and|or|to)\s?$", re.IGNORECASE
)
_DAY_BEHIND: Final = re.compile(
    r"\s?(?:[/&＆+,~〜–-]|and|or|to)\s?\d{1,2}(?:st|nd|rd|th|日)?(?![\d:：時.月])", re.IGNORECASE
)
_NTH: Final = re.compile(
    r"\bday\s*(?P<day>[0-9]{1,2})\b|(?P<ja>[0-9一二三四])日目|(?P<nth>[0-9])(?:st|nd|rd|th) day",
    re.IGNORECASE,
)
_ENGLISH: Final = r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b"
_WEEKDAY: Final = rf"{_ENGLISH}|[月火水木金土日](?:曜日?)?"
_WEEKDAY_AND_DAY: Final = re.compile(
    rf"(?P<weekday>{_WEEKDAY})\W{{0,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th|日)?", re.IGNORECASE
)
#: What stands beside a day in a line that says no more than that.
_BESIDE_DAY: Final = re.compile(
    rf"{_WEEKDAY}|\b(?:start|beginning) of\b|\b(?:conference|main)\b|本編|[祝・]",
    re.IGNORECASE,
)
_WITHOUT_YEAR: Final = re.compile(r"--(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class Days:
    """How the days of an event are named.

    :param first: The first day, if it is known: others are counted from it.
    :param year: The year of days that have none.
    :param is_day_first: Whether 4/5/2026 is in May; nothing if that is not known.
    """

    first: PartialDate | None = None
    year: int | None = None
    is_day_first: bool | None = None

    def name(self, text: str) -> str:
        """Return the day that a text names, in ISO 8601 as far as it is known.

        :param text: A heading, another short line, or what a column has.
        :returns: ``2026-04-16``, or ``--04-16`` without a year; “day 2” or “fri” where no date is
            known; nothing if the text names no day, or several.
        """
        if len(text) > LONGEST_DAY:
            return ""
        if day := self.find(text):
            return written(day)
        plain = unicodedata.normalize("NFKC", text)
        if _DATE.search(plain):
            return ""
        if weekday(plain) is not None or _WEEKDAY_AND_DAY.fullmatch(plain.strip()):
            return " ".join(plain.lower().split())
        nth = _NTH.search(plain)
        return nth[0].lower() if nth else ""

    def find(self, text: str) -> PartialDate | None:
        """Return the date of the day that a text names; its year is 0 if nobody knows it."""
        if len(text) > LONGEST_DAY:
            return None
        text = unicodedata.normalize("NFKC", text)
        matches = list(_DATE.finditer(text))
        if matches:
            return self._single(text, matches)
        first = self.first
        if first is None or not first.day:
            return None
        if number := _number(text):
            return _ahead(first, number - 1)
        return next((day for day in _around(first) if _is_named(day, text, first)), None)

    def counted_from(self, text: str) -> "Days":
        """Return the days with the first one of the event, if a text names the first that is known.

        :param text: A heading that may say which day it is, beside its date.
        :returns: The days; the same if the first one is known, or the text has no date.
        """
        found = self.find(text) if self.first is None else None
        if found is None:
            return self
        number = _number(unicodedata.normalize("NFKC", text)) or 1
        return replace(self, first=_ahead(found, 1 - number), year=self.year or found.year or None)

    def _single(self, text: str, matches: list[re.Match[str]]) -> PartialDate | None:
        """Return the day of matches if all are of one, and no number beside it is of another."""
        found = {self._day(match) for match in matches}
        is_range = any(
            _DAY_BEFORE.search(text[: match.start()]) or _DAY_BEHIND.match(text, match.end())
            for match in matches
        )
        return found.pop() if len(found) == 1 and not is_range else None

    def _day(self, match: re.Match[str]) -> PartialDate | None:
        if match["one"]:
            return self._either(match)
        name = match["month_name"] or match["month_behind"]
        month = _MONTHS.index(name[:3].lower()) + 1 if name else int(match["month"] or match["m"])
        day = match["day"] or match["d"] or match["day_behind"] or match["day_before"]
        own = match["year"] or match["y"] or match["year_behind"] or match["year_last"]
        return _date(int(own or self.year or 0), month, int(day))

    def _either(self, match: re.Match[str]) -> PartialDate | None:
        """Return the day of numbers of which either may be the month."""
        one, two, year = int(match["one"]), int(match["two"]), int(match["own"])
        is_day_first = match["sign"] == "." or self.is_day_first
        ways = [_date(year, two, one), _date(year, one, two)]
        if is_day_first is not None:
            return ways[0 if is_day_first else 1] or ways[1 if is_day_first else 0]
        known = {way for way in ways if way}
        return known.pop() if len(known) == 1 else None


def days_of(
    texts: Iterable[str], first: PartialDate | None = None, year: int | None = None
) -> Days:
    """Return how a document names days.

    :param texts: Its lines and cells.
    :param first: The event's first day, if it is known.
    :param year: The year of days that have none.
    :returns: The days.
    """
    known = year or (first.year if first else None)
    return Days(first, known or None, _is_day_first(list(_pairs(texts)), first))


def _pairs(texts: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of dates that may be a day and a month, or a month and a day."""
    for text in texts:
        if len(text) <= LONGEST_DAY:
            for match in _EITHER.finditer(unicodedata.normalize("NFKC", text)):
                yield int(match["one"]), int(match["two"])


def _is_day_first(pairs: list[tuple[int, int]], first: PartialDate | None) -> bool | None:
    """Return what all dates tell: a number above 12, or that they are close together."""
    other = [(first.day, first.month)] if first and first.day else []
    is_day_first = _are_close([*pairs, *other])
    is_month_first = _are_close([*((two, one) for one, two in pairs), *other])
    return is_day_first if pairs and is_day_first != is_month_first else None


def _are_close(days: list[tuple[int, int]]) -> bool:
    """Return whether all days and months are in a calendar, as close together as an event's."""
    found = [_date(_ANY_YEAR, month, day) for day, month in days]
    known = [day.first_day() for day in found if day]
    if not known or len(known) < len(found):
        return False
    return (max(known) - min(known)).days <= _LONGEST_EVENT


def written(day: PartialDate) -> str:
    """Return a day as facts have it, be its year known or not."""
    return day.isoformat() if day.year else f"--{day.month:02}-{day.day:02}"


def is_date(day: str) -> bool:
    """Return whether a day is a whole date."""
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", day))


def resolved(day: str, first: PartialDate | None) -> str:
    """Return the date of a day that a document has named otherwise, if the first day tells it."""
    if first is None or is_date(day):
        return day
    if match := _WITHOUT_YEAR.fullmatch(day):
        found = _date(first.year, int(match[1]), int(match[2]))
        return written(found) if found else day
    return Days(first, first.year).name(day) or day


def says_only_day(text: str) -> bool:
    """Return whether a text names a day, by date or by number, and says nothing else."""
    text = unicodedata.normalize("NFKC", text)
    rest = _BESIDE_DAY.sub("", _NTH.sub("", _DATE.sub("", text)))
    is_day = rest != text and not re.search(r"\w", rest)
    return is_day or bool(_WEEKDAY_AND_DAY.fullmatch(text.strip()))


def names_day(text: str) -> bool:
    """Return whether a text names a day, even if nobody knows which."""
    return says_only_day(text) or bool(Days().name(text))


def begins_with_date(text: str) -> bool:
    """Return whether a text begins with a date with its year, which a sign parts from the rest."""
    text = unicodedata.normalize("NFKC", text)
    weekday_before = re.match(rf"(?:{_WEEKDAY})\W{{0,2}}", text, re.IGNORECASE)
    match = _DATE.match(text, weekday_before.end() if weekday_before else 0)
    if match is None or not re.search(r"\d{4}", match[0]):
        return False
    return bool(re.match(r"\s*(?:$|[-–—|:(（\[【,、])", text[match.end() :]))


def is_far_away(day: PartialDate, first: PartialDate | None) -> bool:
    """Return whether a day is none of an event: that of some news, say."""
    if first is None or not (first.day and first.year and day.year):
        return False
    return abs((day.first_day() - first.first_day()).days) > _LONGEST_EVENT


def _number(text: str) -> int:
    """Return which day of an event a text names by its number; 0 if it does not."""
    nth = _NTH.search(text)
    number = (nth["day"] or nth["nth"] or nth["ja"]) if nth else "0"
    return "一二三四".find(number) + 1 or int(number)


def _date(year: int, month: int, day: int) -> PartialDate | None:
    try:
        dt.date(year or _ANY_YEAR, month, day)
    except ValueError:
        return None
    return PartialDate(year, month, day)


def _ahead(first: PartialDate, days: int) -> PartialDate | None:
    try:
        day = dt.date(first.year or _ANY_YEAR, first.month, first.day) + dt.timedelta(days=days)
    except (OverflowError, ValueError):
        return None
    return PartialDate(day.year if first.year else 0, day.month, day.day)


def _around(first: PartialDate) -> Iterator[PartialDate]:
    """Yield the days on which an event may go on, and those on which it may have begun."""
    for days in (*range(_LONGEST_EVENT), *range(-_LONGEST_EVENT, 0)):
        if day := _ahead(first, days):
            yield day


def _is_named(day: PartialDate, text: str, first: PartialDate) -> bool:
    """Return whether a text is a weekday, perhaps with the day of its month, and means a day."""
    if not first.year:
        return False
    match = _WEEKDAY_AND_DAY.fullmatch(text.strip())
    if match and int(match["day"]) != day.day:
        return False
    return weekday(match["weekday"] if match else text) == day.first_day().weekday()
