"""Find the times that lines begin or end with."""

import re
import unicodedata
from typing import Final, NamedTuple

from ..core.written_times import read

_NUMBER: Final = r"[0-9０-９]"
_HALF: Final = r"(?:午[前後]|[AaPp]\.?[Mm]\.?)"
_CLOCK: Final = (
    rf"(?:{_HALF}\s*)?{_NUMBER}{{1,2}}(?:[:：]{_NUMBER}{{2}}(?::{_NUMBER}{{2}})?(?!{_NUMBER})"
    rf"|時(?:{_NUMBER}{{1,2}}分|半)?(?!間)|(?=\s*[AaPp]\.?[Mm]\b))(?:\s*[AaPp]\.?[Mm]\b\.?)?"
)
#: With a dot only where it cannot be the number of a version or a chapter.
_DOTTED: Final = rf"{_NUMBER}{{1,2}}\.{_NUMBER}{{2}}"
_ZONE: Final = r"(?:JST|UTC|GMT|IST|B?ST|[ECMP][SD]?T|CES?T|EES?T|WES?T|AE[SD]T)"
_TO: Final = r"\s*(?:[-‐‑–—―−~〜～ー→]+|から|\bto\b|\buntil\b)\s*"
_MINUTES: Final = (
    r"[(（\[]?\s*(?P<minutes>[0-9０-９]{1,3})\s*(?:min(?:ute)?s?\b\.?|分間?)\s*[)）\]]?"
)
_RANGE: Final = (
    rf"(?P<times>{_CLOCK}{_TO}{_CLOCK}|{_DOTTED}{_TO}{_DOTTED}|{_CLOCK}{_TO}{_DOTTED}(?!{_NUMBER})"
    rf"|{_DOTTED}{_TO}{_CLOCK}|{_NUMBER}{{1,2}}{_TO}{_CLOCK}"
    rf"|{_CLOCK}(?:\s*(?:[~〜～]|から)(?!\w))?)(?:\s*{_ZONE}\b)?"
)
_OPEN: Final = r"[(（\[【<＜「]*\s*"
_CLOSE: Final = r"\s*[)）\]】>＞」]*"
_BEGINNING: Final = re.compile(
    rf"{_OPEN}{_RANGE}{_CLOSE}(?:\s*{_MINUTES})?{_CLOSE}\s*(?P<sign>(?:[:：|｜│,、・;–—-]|\s/)*)\s*(?P<rest>.*)",
    re.DOTALL,
)
_END: Final = re.compile(rf"(?P<rest>.*?\S)[\s(（\[【|｜,、@＠/-]+{_RANGE}{_CLOSE}", re.DOTALL)


_WHOLE_HOUR: Final = re.compile(rf"^(\d{{1,2}})(?={_TO}\d{{1,2}}:\d\d$)")


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
    # “9-10:00”: the first of both is a whole hour.
    written = re.sub(rf"\s*{_ZONE}$", "", written)
    written = _WHOLE_HOUR.sub(r"\1:00", written)
    # With a comma before it, a half of the day would not be read.
    found = read(written)
    if found is None or not found.start or found.days:
        return None
    return Times(found.start, found.end, int(minutes or 0), match["rest"].strip())
