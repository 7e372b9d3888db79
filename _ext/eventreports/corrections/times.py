"""Days, times and time zones that are not in the form of their keys."""

import datetime as dt
import re
import unicodedata
from typing import Final

from ..core import located, written_times, zone_words
from ..core.dates import PartialDate
from ..core.model import Event, Scheduled
from .base import Meaning, Place, texts_at

_DATES: Final = ("date", "start_date", "end_date")
#: The days that are looked through for a weekday.
_LONGEST: Final = 31


def zone_meant(value: located.Text, place: Place) -> Meaning | None:
    """Return the time zone that is right for sure."""
    zone = zone_of(value, place)
    if not zone or not zone.read_as:
        return None
    usual = "" if zone.names[0] == zone.read_as else f"timezone: {zone.names[0]}"
    return Meaning(texts_at({"timezone": zone.read_as}, value.mark), usual=usual)


def zone_of(value: located.Text, place: Place) -> zone_words.Zone | None:
    """Return what a text says of a time zone, on the event's day."""
    return zone_words.read(value, next(iter(_event_days(place)), None))


def _event_days(place: Place) -> list[dt.date]:
    """Return the first and the last day of the event, as far as they are known."""
    days = []
    for key in ("start_date", "date", "end_date"):
        text = place.data.get(key)
        if isinstance(text, located.Text):
            written = written_times.read(text)
            days += [day.first_day() for day in written.days if day.day] if written else []
    return days and [days[0], days[-1]]


def _written(text: str, place: Place) -> written_times.Written | None:
    """Return the days and times of a text, in which the event's own days need no year."""
    days = _event_days(place)
    if (found := written_times.read(text)) or not days:
        return found
    if found := _own_day(text, days):
        return found
    for cut in re.finditer(r"[\s\u3000,、]+", text):
        day, times = _own_day(text[: cut.start()], days), written_times.read(text[cut.end() :])
        if day and times and times.start and not times.days:
            return times._replace(days=day.days)
    return None


def _own_day(text: str, days: list[dt.date]) -> written_times.Written | None:
    """Return the day of the event that a text names without its year: “Day 2”, “5/24”, “Fri”."""
    first, last = days
    every = [first + dt.timedelta(days=n) for n in range(min((last - first).days, _LONGEST) + 1)]
    number = re.fullmatch(
        r"day\s*([1-9])|([1-9])日目", unicodedata.normalize("NFKC", text).casefold().strip()
    )
    named = every[int(number[1] or number[2]) - 1 :][:1] if number else []
    if (weekday := written_times.weekday(text)) is not None:
        named = [day for day in every if day.weekday() == weekday]
    if len(named) == 1:
        day = named[0]
        return written_times.Written((PartialDate(day.year, day.month, day.day),))
    for year in {first.year, last.year}:
        for whole in (f"{year}年{text}", f"{text}, {year}"):
            found = written_times.read(whole)
            if found and all(day.day and first <= day.first_day() <= last for day in found.days):
                return found
    return None


def times_meant(key: str, value: located.Text | located.Sequence, place: Place) -> Meaning | None:
    """Return days and times in the form of the keys that take them."""
    if isinstance(value, located.Sequence):
        texts = [one for one in value if isinstance(one, located.Text)]
        written = written_times.listed(texts) if len(texts) == len(value) else None
    else:
        written = _written(value, place)
    is_scheduled = issubclass(place.entity, Scheduled)
    if key not in place.entity.model_fields or (key == "start" and not is_scheduled):
        return None
    may_have_wording = place.entity is Event and place.is_free("date_text")
    has_more = written is None and may_have_wording and isinstance(value, located.Text)
    if has_more:
        written = written_times.read_beginning(str(value))
    if written is None or (written.minutes and key == place.key != "duration"):
        return None
    days = [day.isoformat() for day in written.days]
    mark = value.mark
    found: dict[str, str | list[str]]
    if is_scheduled:
        if len(days) > 1:
            return None
        times = {"start": written.start, "end": written.end, "duration": str(written.minutes or "")}
        if key == "end" and not written.end:
            times = {"end": written.start}
        found = {"date": "".join(days), **times}
        found = {name: text for name, text in found.items() if text}
        return Meaning(texts_at(found, mark), not written.has_zone) if found else None
    if not days:
        return None
    if len(days) == 1:
        found = {key: days[0]}
        is_certain = written.start in ("", "00:00") and not written.end
    elif place.entity is Event and key in _DATES:
        found = {"start_date": days[0], "end_date": days[-1]}
        if written.is_list and not written_times.are_in_a_row(written.days):
            found["days"] = days
        is_certain = not written.start
    else:
        return None
    if (has_more or not is_certain) and may_have_wording:
        found, is_certain = {**found, "date_text": str(value)}, not has_more
    return Meaning(texts_at(found, mark), is_certain)
