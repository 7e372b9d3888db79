"""Find the times and the days that lines begin or end with."""

import datetime as dt
import re
import unicodedata
from typing import Final, NamedTuple

from ..core.dates import PartialDate
from ..core.written_times import read

_NUMBER: Final = r"[0-9０-９]"
_HALF: Final = r"(?:午[前後]|[AaPp]\.?[Mm]\.?)"
_CLOCK: Final = (
    rf"(?:{_HALF}\s*)?{_NUMBER}{{1,2}}(?:[:：]{_NUMBER}{{2}}(?::{_NUMBER}{{2}})?(?!{_NUMBER})"
    rf"|時(?:{_NUMBER}{{1,2}}分|半)?(?!間)|(?=\s*[AaPp]\.?[Mm]\b))(?:\s*[AaPp]\.?[Mm]\b\.?)?"
)
#: With a dot only where it cannot be the number of a version or a chapter.
_DOTTED: Final = rf"{_NUMBER}{{1,2}}\.{_NUMBER}{{2}}"
_TO: Final = r"\s*(?:[-‐‑–—―−~〜～ー→]+|から|\bto\b|\buntil\b)\s*"
_MINUTES: Final = (
    r"[(（\[]?\s*(?P<minutes>[0-9０-９]{1,3})\s*(?:min(?:ute)?s?\b\.?|分間?)\s*[)）\]]?"
)
_RANGE: Final = (
    rf"(?P<times>{_CLOCK}{_TO}{_CLOCK}|{_DOTTED}{_TO}{_DOTTED}|{_NUMBER}{{1,2}}{_TO}{_CLOCK}"
    rf"|{_CLOCK}(?:\s*(?:[~〜～]|から)(?!\w))?)(?:\s*(?:JST|UTC|GMT|CES?T)\b)?"
)
_OPEN: Final = r"[(（\[【<＜「]*\s*"
_CLOSE: Final = r"\s*[)）\]】>＞」]*"
_BEGINNING: Final = re.compile(
    rf"{_OPEN}{_RANGE}{_CLOSE}(?:\s*{_MINUTES})?{_CLOSE}\s*(?P<sign>(?:[:：|｜│,、・;–—-]|\s/)*)\s*(?P<rest>.*)",
    re.DOTALL,
)
_END: Final = re.compile(rf"(?P<rest>.*?\S)[\s(（\[【|｜,、@＠/-]+{_RANGE}{_CLOSE}", re.DOTALL)

_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH: Final = (
    r"(?P<month_name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
#: Days as headings name them; the year may be that of the event.
_DAY: Final = re.compile(
    r"(?:(?P<year>\d{4})\s*[年/.-]\s*)?(?P<month>\d{1,2})\s*[月/]\s*(?P<day>\d{1,2})(?!\d|\s*[/:])日?"
    r"|(?P<y>\d{4})[-.](?P<m>\d{1,2})[-.](?P<d>\d{1,2})(?!\d)"
    rf"|\b{_MONTH}\s+(?P<day_behind>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year_behind>\d{{4}}))?"
    r"|\b(?P<day_before>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?"
    rf"{_MONTH.replace('month_name', 'month_behind')}"
    r"(?:,?\s+(?P<year_last>\d{4}))?",
    re.IGNORECASE,
)
_NTH: Final = re.compile(
    r"\bday\s*(?P<day>[0-9]{1,2})\b|(?P<ja>[0-9一二三四])日目|(?P<nth>[0-9])(?:st|nd|rd|th) day",
    re.IGNORECASE,
)
#: What stands beside a day in a line that says no more than that.
_BESIDE_DAY: Final = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b|[月火水木金土日](?:曜日?)?"
    r"|\b(?:start|beginning) of\b|\b(?:conference|main)\b|本編|[祝・]",
    re.IGNORECASE,
)


class Times(NamedTuple):
    """Times of day as in an event's file, and what stands beside them."""

    start: str = ""
    end: str = ""
    minutes: int = 0
    rest: str = ""


def times_before(text: str) -> Times | None:
    """Return the times that a text begins with: ``10:00-10:40 Title``."""
    match = _BEGINNING.fullmatch(text)
    if not match:
        return None
    # “10:00 のように” is a sentence, and “1:1” no time.
    return _times(match, match["minutes"])


def times_behind(text: str) -> Times | None:
    """Return the times that a text ends with: ``Title 10:00-10:40``."""
    match = _END.fullmatch(text)
    return _times(match, None) if match else None


def only_times(text: str) -> Times | None:
    """Return the times of a text that says nothing else, be it several lines."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = [times_before(line) or _only_minutes(line) for line in lines]
    known = [one for one in found if one and not one.rest]
    if not known or len(known) < len(lines) or not known[0].start:
        return None
    ends = [one.end or one.start for one in known[1:] if one.start]
    minutes = next((one.minutes for one in known if one.minutes), 0)
    return Times(known[0].start, known[0].end or (ends[-1] if ends else ""), minutes)


def _only_minutes(text: str) -> Times | None:
    match = re.fullmatch(rf"{_MINUTES}|[-‐–—~〜～↓｜|]+", text)
    return Times(minutes=int(match["minutes"] or 0)) if match else None


def minutes_in(text: str) -> int:
    """Return the minutes of a text that says nothing else; 0 if it does."""
    match = re.fullmatch(_MINUTES, text.strip())
    return int(match["minutes"]) if match else 0


def _times(match: re.Match[str], minutes: str | None) -> Times | None:
    written = unicodedata.normalize("NFKC", match["times"])
    # With a comma before it, a half of the day would not be read.
    found = read(re.sub(r"\s*(JST|UTC|GMT)$", "", written))
    if found is None or not found.start or found.days:
        return None
    return Times(found.start, found.end, int(minutes or 0), match["rest"].strip())


def day_in(text: str, year: int | None, first: PartialDate | None = None) -> PartialDate | None:
    """Return the day that a heading names.

    :param text: The heading, or another short line.
    :param year: The year of a day that has none.
    :param first: The event's first day, from which days are counted.
    :returns: The day; nothing if the text names none, or several.
    """
    text = unicodedata.normalize("NFKC", text)
    found = [_day(match, year) for match in _DAY.finditer(text)]
    if found:
        return found[0] if len(found) == 1 else None
    nth = _NTH.search(text)
    if not nth or first is None or not first.day:
        return None
    number = nth["day"] or nth["nth"] or nth["ja"]
    ahead = int("一二三四".find(number) + 1 or number) - 1
    day = first.first_day() + dt.timedelta(days=ahead)
    return PartialDate(day.year, day.month, day.day)


def says_only_day(text: str) -> bool:
    """Return whether a text names a day, by date or by number, and says nothing else."""
    text = unicodedata.normalize("NFKC", text)
    rest = _BESIDE_DAY.sub("", _NTH.sub("", _DAY.sub("", text)))
    return rest != text and not re.search(r"\w", rest)


def _day(match: re.Match[str], year: int | None) -> PartialDate | None:
    name = match["month_name"] or match["month_behind"]
    month = _MONTHS.index(name[:3].lower()) + 1 if name else int(match["month"] or match["m"])
    day = match["day"] or match["d"] or match["day_behind"] or match["day_before"]
    own = match["year"] or match["y"] or match["year_behind"] or match["year_last"]
    try:
        found = dt.date(int(own or year or 0), month, int(day))
    except ValueError:
        return None
    return PartialDate(found.year, found.month, found.day)
