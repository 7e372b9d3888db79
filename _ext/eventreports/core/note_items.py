"""What an item of notes says beside its text: a time of the video; who is to do it, and by when.

An item may begin with ``[12:34]``. One that says what to do may begin with ``[ ]`` or ``[x]``, and
may have ``@name`` and a date of ISO 8601 anywhere. Nothing else is parsed.
"""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from .dates import PartialDate, parse_offset
from .problems import InvalidValueError

#: What stands for code, links and images in the text of an item.
OTHER: Final = "\ufffc"

_BOX: Final = re.compile(r"\s*\[([ xX])\](?:\s+|$)")
_TIME: Final = re.compile(r"\[((?:[0-9]{1,2}:)?[0-9]{1,3}:[0-9]{2})\]")
#: Where ``@name`` may begin: not within an e-mail address, nor within a word of Japanese.
_AT: Final = rf"(?<![\w.+{OTHER}-])@"
_NAME: Final = r"\w+(?:[.-]\w+)*"
_DATE: Final = re.compile(r"(?<![\w/.-])\d{4}-\d{2}-\d{2}(?![\w-])", re.ASCII)
#: What may stand around the marks of an action at the edges of its text.
_BEFORE: Final = r"[\s(（\[,、，:：;；/・–—-]{0,4}"
_AFTER: Final = r"[\s)）\],、，:：;；/・–—-]{0,4}"


class VideoTime(NamedTuple):
    """A time of a video at the head of an item.

    :param start: Where the brackets begin in the text.
    :param end: Where they end.
    :param text: What is in them.
    :param seconds: The time.
    """

    start: int
    end: int
    text: str
    seconds: int


class Action(NamedTuple):
    """What an item says of something to do.

    :param is_done: Whether its box is ticked.
    :param who: The names behind ``@``, as they are shown.
    :param due: By when.
    :param head: How many characters at its beginning say nothing else.
    :param tail: How many at its end do.
    """

    is_done: bool = False
    who: tuple[str, ...] = ()
    due: PartialDate | None = None
    head: int = 0
    tail: int = 0


def video_time(text: str) -> VideoTime | None:
    """Return the time at the head of an item, behind the box if there is one.

    :param text: The text with which the item begins.
    :returns: The time; ``None`` if there is none.
    """
    found = _TIME.match(text, _beginning(text))
    if found is None:
        return None
    try:
        return VideoTime(*found.span(), found[1], parse_offset(found[1]))
    except InvalidValueError:
        return None


def action(text: str, names: Mapping[str, str], *, is_done: bool | None = None) -> Action:
    """Parse the text of an item that says what to do.

    :param text: Its first paragraph, with :data:`OTHER` for code and links.
    :param names: The names by which people of the event may be called, and how each is shown. Such
        a name may have spaces, and kana may follow it: “@佐藤が”.
    :param is_done: Whether its box is ticked, if that is none of the text.
    :returns: What it says.
    """
    start = _beginning(text)
    if is_done is None:
        is_done = text[:start].strip().casefold() == "[x]"
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name)
    called = re.compile(rf"{_AT}(?:((?:{known or '(?!)'})(?![^\W\u3041-\u309f]))|({_NAME}))")
    found = list(called.finditer(text))
    who = dict.fromkeys(names[one[1]] if one[1] else one[2] for one in found)
    due = next(filter(None, map(_day, _DATE.finditer(text))), None)
    marks = [one[0] for one in found]
    if due:
        marks.append(due.isoformat())
    head, tail = _edges(text[start:], marks)
    return Action(is_done, tuple(who), due, start + head, tail)


def _beginning(text: str) -> int:
    """Return where the text of an item begins, behind its box."""
    box = _BOX.match(text)
    return box.end() if box else len(text) - len(text.lstrip())


def _day(found: re.Match[str]) -> PartialDate | None:
    try:
        return PartialDate.parse(found[0])
    except InvalidValueError:
        return None


def _edges(text: str, marks: list[str]) -> tuple[int, int]:
    """Return how many characters at both ends are nothing but marks; none of all of the text."""
    if not marks:
        return 0, 0
    mark = rf"(?<![\w.+-])(?:{'|'.join(map(re.escape, marks))})(?!\w)"
    first = re.match(rf"(?:{_BEFORE}{mark}{_AFTER})*", text)
    last = re.search(rf"(?:{_BEFORE}{mark}{_AFTER})+[.。]?\s*$", text)
    head, tail = first.end() if first else 0, len(text) - last.start() if last else 0
    return (head, tail) if head + tail < len(text.rstrip()) else (0, 0)
