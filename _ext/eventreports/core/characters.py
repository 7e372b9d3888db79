"""Invisible characters: those that YAML refuses, and those that hide in a text or reorder it."""

import re
import unicodedata
from typing import Final

#: Characters that YAML does not allow in a file (YAML 1.1, 5.1), and those that end a line in
#: YAML alone.
UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)

#: Characters that XML, and so a page of an EPUB, does not allow (XML 1.0, 2.2).
NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

#: Line ends of YAML (YAML 1.1, 4.1.3) that are none in editors.
LINE_ENDS: Final = re.compile("[\x85\u2028\u2029]")

_JOINERS: Final = "\u200c\u200d"
_DIRECTIONS: Final = "\u061c\u200e\u200f"
#: Control characters, characters of no width, and those that change the direction of writing
#: (UTS #39, 5.1; CVE-2021-42574).
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u180e\u200b\u202a-\u202e\u2060-\u2069"
    f"\ufeff\ufff9-\ufffb{_JOINERS}{_DIRECTIONS}]"
)
_VISIBLE: Final = re.compile(f"[^{_INVISIBLE.pattern[1:-1]}]")
#: Joiners are a part of emoji and of several scripts, and mean nothing beside these. It is compiled
#: where it is needed, which is seldom: that takes some milliseconds.
_NEVER_JOINED: Final = "[\x00-\u02ff\u3000-\u9fff\uac00-\ud7ff\uff00-\uffef]"
_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]"
)


def invisible(text: str) -> list[int]:
    """Return the indexes of invisible characters that have no function where they stand.

    Joiners have one in emoji and several scripts, direction marks in text with letters that are
    written from right to left.
    """
    if text.isprintable():
        return []
    has_right_to_left = _RIGHT_TO_LEFT.search(text) is not None
    found = []
    before = ""
    last = 0
    for match in _INVISIBLE.finditer(text):
        at = match.start()
        before = text[at - 1] if at > last else before
        last = at + 1
        is_needed = match[0] in _DIRECTIONS and has_right_to_left
        if match[0] in _JOINERS:
            after = _VISIBLE.match(text, last)
            is_needed = _joins(before, after[0] if after else "")
        if is_needed:
            before = match[0]
        else:
            found.append(at)
    return found


def _joins(before: str, after: str) -> bool:
    """Return whether a joiner has a function between two characters (RFC 5892, A.1 and A.2)."""
    if not before or before in _JOINERS:
        return False
    is_virama = unicodedata.combining(before) == 9
    never_join = any(re.match(_NEVER_JOINED, char) for char in (before, after))
    return is_virama or (bool(after) and not never_join)


def without(text: str, places: list[int]) -> str:
    """Remove the characters at some indexes, in ascending order, from a text."""
    starts = (0, *(place + 1 for place in places))
    return "".join(text[start:end] for start, end in zip(starts, (*places, None), strict=True))


def name_of(char: str) -> str:
    """Return a character's number and Unicode name: U+202E RIGHT-TO-LEFT OVERRIDE."""
    return f"U+{ord(char):04X} {unicodedata.name(char, 'control character')}"
