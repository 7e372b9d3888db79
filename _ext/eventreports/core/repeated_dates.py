"""The date in a title, where the page shows the date elsewhere."""

import re
from typing import Final

from .dates import PartialDate

#: What stands between the days of an event: 2024-05-11〜12, 5月11日、12日.
_BEGINS_RANGE: Final = re.compile(r"\s*[-–—〜～~,、・/と]\s*\d")
_ENDS_RANGE: Final = re.compile(r"[\d日)）]\s*[-–—〜～~,、・/と]\s*$")


def repeated_date(title: str, date: PartialDate | None) -> tuple[int, int] | None:
    """Find the day in a title: 20180419 Kumo Days, Kumo Days (2018年4月19日).

    :param title: The title.
    :param date: The day that is meant; a year or month alone is a part of a name.
    :returns: The start and the end of what can be left out, with brackets and blanks around it;
        ``None`` if the title has no such date, or says nothing else.
    """
    if date is None or not date.day:
        return None
    year, month, day = f"{date.year:04}", f"0?{date.month}", f"0?{date.day}"
    weekday = r"(?:\s*[(（][^()（）]{1,9}[)）])?"
    parts = rf"{year}(?:[-/._]|\s*年\s*){month}(?:[-/._]|\s*月\s*){day}(?:\s*日)?{weekday}"
    plain = f"{date.year:04}{date.month:02}{date.day:02}"
    found = re.search(rf"(?<!\d)(?:{plain}|{parts})(?!\d)", title)
    if found is None:
        return None
    start, end = found.span()
    opening, closing = title[:start].rstrip(), title[end:].lstrip()
    is_in_brackets = opening[-1:] + closing[:1] in ("[]", "()", "（）", "［］", "【】")
    if is_in_brackets:
        start, end = len(opening) - 1, len(title) - len(closing) + 1
    if _BEGINS_RANGE.match(title[end:]) or _ENDS_RANGE.search(title[:start]):
        return None
    before, after = title[:start].rstrip(" 　:：-–—_"), title[end:].lstrip(" 　:：-–—_")
    if not (before or after) or (before and after):
        return None
    if after and title[end] not in " 　:：-–—_" and not is_in_brackets:
        # A part of a sentence: 2024年5月11日の会.
        return None
    return (len(before), len(title)) if before else (0, len(title) - len(after))
