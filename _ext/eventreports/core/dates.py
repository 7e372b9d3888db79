"""Dates of which only the month or year may be known; times of day; time zones."""

import calendar
import datetime as dt
import re
import zoneinfo
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import did_you_mean, suggesting

from .problems import InvalidValueError

_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
#: Other ways in which people write dates, the year first.
_LIKE_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2}))?[月日]?(?:\s*\(.\))?"
)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
#: As people write how long something took: minutes, or hours and minutes.
_DURATION: Final = re.compile(
    r"(?:(?P<hours>\d{1,2})(?::|\s*(?:h|hours?|時間)\s*))?(?:(?P<minutes>\d{1,4})\s*(?:m|min|minutes?|分)?)?"
)

MINUTES_PER_DAY: Final = 24 * 60
#: A programme's evening may run past midnight: 25:30 is 1:30 of the next day.
_LAST_HOUR: Final = 29
#: From when on (minutes) what ends before noon has gone on all night.
_AFTERNOON: Final = 15 * 60


class PartialDate(NamedTuple):
    """A calendar date whose day, or month and day, may be unknown.

    Ordered by what is known: a year stands before its months.
    """

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Parse a calendar date of ISO 8601: ``2018-04-19``, ``2018-04`` or ``2018``.

        :param text: The date.
        :returns: The date.
        :raises InvalidValueError: if it is no date, or in another form.
        """
        like = _LIKE_DATE.fullmatch(text)
        match = _ISO_DATE.fullmatch(text) or like
        if not match:
            raise InvalidValueError(
                Message("“{text}” is no date; write 2018-04-19, 2018-04 or 2018", text=text)
            )
        parts = [int(part) for part in match.groups() if part]
        try:
            dt.date(*parts, *[1] * (3 - len(parts)))
        except ValueError:
            raise InvalidValueError(
                Message("there is no {date} in the calendar", date=text)
            ) from None
        date = cls(*parts)
        if match is like:
            raise InvalidValueError(
                Message(
                    "“{text}” is no date in the form of ISO 8601; write {date}",
                    text=text,
                    date=date.isoformat(),
                )
            )
        return date

    def first_day(self) -> dt.date:
        """Return the first day that it may be."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> dt.date:
        """Return the last day that it may be."""
        if self.day:
            return self.first_day()
        if self.month:
            return self.first_day().replace(day=calendar.monthrange(self.year, self.month)[1])
        return dt.date(self.year, 12, 31)

    def isoformat(self) -> str:
        """Return it as :meth:`parse` reads it."""
        parts = (f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part))
        return "-".join(parts)

    def format(self, locale: Locale) -> str:
        """Format it in words, with the day of the week: 2018年4月19日(木); Thu, Apr 19, 2018."""
        return format_skeleton(self._skeleton, self.first_day(), locale=locale)

    def format_short(self, locale: Locale) -> str:
        """Format it for tables: 2018/04/19; Apr 19, 2018."""
        if not self.day:
            return self.format(locale)
        return format_date(self.first_day(), "medium", locale=locale)

    @property
    def _skeleton(self) -> str:
        return "yMMMEd" if self.day else "yMMM" if self.month else "y"


def format_range(start: PartialDate, end: PartialDate, locale: Locale) -> str:
    """Format a range of days; what both have in common, such as the year, stands once."""
    if start == end:
        return start.format(locale)
    if start._skeleton != end._skeleton:
        # Babel would invent the day of the one that has none.
        pattern: str = locale.interval_formats[None]
        return pattern.format(start.format(locale), end.format(locale))
    return format_interval(start.first_day(), end.first_day(), start._skeleton, locale=locale)


class DateBlock(NamedTuple):
    """A date as a cover shows it: large, and the lines beside that, the years before weekdays."""

    large: str
    beside: tuple[str, ...]


def date_block(
    first: PartialDate | None, last: PartialDate | None, locale: Locale
) -> DateBlock | None:
    """Return dates as a cover shows them; what both have in common stands beside.

    :param first: The first day, or what is known of it.
    :param last: The last day; ``None`` is the first.
    :param locale: In which language.
    :returns: The parts; ``None`` without a date.
    """
    if first is None:
        return None
    last = last or first
    # As exact as the less exact of the two.
    known = min(3 - one.count(0) for one in (first, last))
    first, last = PartialDate(*first[:known]), PartialDate(*last[:known])
    days = [one.first_day() for one in dict.fromkeys((first, last))]

    def span(skeleton: str) -> str:
        return "–".join(format_skeleton(skeleton, day, locale=locale) for day in days)

    if known == 1:
        return DateBlock("–".join(str(day.year) for day in days), ())
    years = "–".join(dict.fromkeys(PartialDate(one.year).format(locale) for one in (first, last)))
    if known == 2:
        return DateBlock(span("MMM"), (years,))
    if first[:2] == last[:2]:
        months = PartialDate(*first[:2]).format(locale)
        return DateBlock("–".join(str(day.day) for day in days), (months, _weekdays(days, locale)))
    # Japanese and Chinese write the month first; elsewhere only its name says which is which.
    in_digits = locale.language in ("ja", "zh")
    return DateBlock(span("Md" if in_digits else "MMMd"), (years, _weekdays(days, locale)))


def _weekdays(days: Sequence[dt.date], locale: Locale) -> str:
    """Return the short names of one or two weekdays.

    Where these have one letter, the last is in full: below a month 日 would be a part of the date,
    日曜日 is not, nor is 日–月曜日.
    """
    *others, last = (format_date(day, "ccc", locale) for day in days)
    if len(last) == 1:
        last = format_date(days[-1], "cccc", locale)
    return "–".join((*others, last))


def parse_clock(text: str) -> str:
    """Parse a time of day: ``9:00`` becomes ``09:00``; hours go on after midnight (``25:30``).

    :param text: The time.
    :returns: The time, with two digits of each.
    :raises InvalidValueError: if it is no time.
    """
    match = _CLOCK.fullmatch(text)
    if not match:
        raise InvalidValueError(Message("“{text}” is no time; write 9:30 or 13:00", text=text))
    hour, minute = int(match[1]), int(match[2])
    if hour > _LAST_HOUR or minute > 59:
        raise InvalidValueError(
            Message("there is no {time} on a clock; write 9:30 or 13:00", time=text)
        )
    return f"{hour:02}:{minute:02}"


def parse_duration(text: str) -> int:
    """Parse how long something took.

    :param text: Minutes, or hours and minutes: 40, 1:30, 1h30, 1時間30分.
    :returns: Minutes.
    :raises InvalidValueError: if it is no duration.
    """
    match = _DURATION.fullmatch(text)
    minutes = int(match["hours"] or 0) * 60 + int(match["minutes"] or 0) if match else 0
    if not minutes:
        raise InvalidValueError(
            Message("“{text}” is no duration; write minutes (40) or 1:30", text=text)
        )
    return minutes


def parse_offset(text: str) -> int:
    """Parse a place in a video.

    :param text: 12:34, 1:02:03, or seconds.
    :returns: Seconds from its beginning.
    :raises InvalidValueError: if it is none.
    """
    match = re.fullmatch(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})", text)
    if not match or (match[2] is not None and int(match[3]) > 59):
        raise InvalidValueError(
            Message("“{text}” is no place in a video; write 12:34, 1:02:03 or seconds", text=text)
        )
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return (hours * 60 + minutes) * 60 + seconds


def hours_minutes_seconds(seconds: int) -> tuple[int, int, int]:
    """Return how many hours, minutes and seconds a number of seconds is."""
    minutes, rest = divmod(seconds, 60)
    return *divmod(minutes, 60), rest


class Span(NamedTuple):
    """When something began and ended, in minutes from the midnight with which its day begins.

    Past the next midnight they go on counting. What is not known is ``None``.
    """

    start: int | None
    end: int | None

    @property
    def minutes(self) -> int | None:
        """How many minutes it took by the clock."""
        return None if self.start is None or self.end is None else self.end - self.start


def minutes_of(clock: str) -> int:
    """Return the minutes since midnight of a time as :func:`parse_clock` returns it."""
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)


def clock_of(minutes: int) -> str:
    """Return the time of day of minutes since midnight, the reverse of :func:`minutes_of`.

    Hours go on after midnight as far as :func:`parse_clock` reads them; later ones begin anew.
    """
    hours, minutes = divmod(minutes, 60)
    return f"{hours if hours <= _LAST_HOUR else hours % 24:02}:{minutes:02}"


def span(start: int | None, end: int | None, duration: int | None = None) -> Span:
    """Return when something began and ended; two of the three arguments give the third.

    An end before the start is one of the next day if there is half a day between them at most, or a
    night: from the afternoon to noon. Otherwise it is a mistake, and not known.

    :param start: Minutes since midnight.
    :param end: Minutes since midnight.
    :param duration: Minutes; it counts if there is no start, or no end.
    :returns: The start and the end.
    """
    if start is not None and end is not None:
        if end < start:
            is_night = start >= _AFTERNOON and end <= MINUTES_PER_DAY // 2
            end += MINUTES_PER_DAY
            if end < start or (end - start > MINUTES_PER_DAY // 2 and not is_night):
                return Span(start, None)
    elif start is not None and duration:
        end = start + duration
    elif end is not None and duration:
        start = end - duration if end >= duration else (end - duration) % MINUTES_PER_DAY
        end = start + duration
    return Span(start, end)


def moment(day: PartialDate | None, minutes: int | None, zone: str | None) -> dt.datetime | None:
    """Return the time that is some minutes after the midnight with which a day begins.

    Of a time that the clocks show twice, the first is meant; one that they skip is counted as if
    they had not been put forward (RFC 5545, 3.3.5).

    :param day: The day.
    :param minutes: Minutes since midnight, which may be more than those of a day.
    :param zone: A name of the IANA time zone database.
    :returns: An aware time, or a naive one if the zone is not known; ``None`` if the day or the
        minutes are not known.
    """
    if day is None or not day.day or minutes is None:
        return None
    midnight = dt.datetime.combine(day.first_day(), dt.time())
    time = midnight + dt.timedelta(minutes=minutes)
    return time.replace(tzinfo=zoneinfo.ZoneInfo(zone)) if zone else time


#: Searches folders of the system, once.
_timezones: Final = cache(zoneinfo.available_timezones)


def check_timezone(text: str) -> str:
    """Check a name of the IANA time zone database, such as ``Asia/Tokyo``.

    :param text: The name.
    :returns: The name.
    :raises InvalidValueError: if there is no such time zone.
    """
    if text in _timezones():
        return text
    problem = Message("“{text}” is no time zone; write a name such as Asia/Tokyo", text=text)
    # “Tokyo” is similar to no whole name.
    city = text.rpartition("/")[2].casefold()
    named = [name for name in _timezones() if name.rpartition("/")[2].casefold() == city]
    named.sort(key=lambda name: (name.casefold() != text.casefold(), name))
    if named:
        problem = suggesting(problem, named[0])
    elif not re.fullmatch("[A-Z]{2,5}([+-].*)?", text):
        # An abbreviation is similar to many names, and means none of them.
        problem = did_you_mean(problem, text, _timezones())
    raise InvalidValueError(problem)
