"""The date in a title, where the page shows the date elsewhere."""

import re

from .dates import PartialDate


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
    if opening[-1:] + closing[:1] in ("[]", "()", "（）", "［］", "【】"):
        start, end = len(opening) - 1, len(title) - len(closing) + 1
    before, after = title[:start].rstrip(" 　:：-–—_"), title[end:].lstrip(" 　:：-–—_")
    if not (before or after) or (before and after):
        return None
    return (len(before), len(title)) if before else (0, len(title) - len(after))
