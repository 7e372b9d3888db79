"""Characters that nobody sees: what YAML refuses, and what hides in a text or turns it round."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: What YAML does not allow in a file (YAML 1.1, 5.1), and where it alone ends a line.
UNPRINTABLE: Final = re.compile(
    "[^\t\n\x20-\x7e\xa0-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029\ud800-\udfff\ufeff]"
)

#: What no XML may hold, and so neither a page of EPUB (XML 1.0, 2.2).
NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

#: Where YAML ends a line besides LF (YAML 1.1, 4.1.3), and editors do not.
LINE_ENDS: Final = re.compile("[\x85\u2028\u2029]")

_JOINERS: Final = "\u200c\u200d"
_DIRECTIONS: Final = "\u061c\u200e\u200f"
#: Controls, what has no width, and what turns the direction of writing (UTS #39, 5.1;
#: CVE-2021-42574).
_SUSPECTS: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u180e\u200b\u202a-\u202e\u2060-\u2069"
    f"\ufeff\ufff9-\ufffb{_JOINERS}{_DIRECTIONS}]"
)
_SEEN: Final = re.compile(f"[^{_SUSPECTS.pattern[1:-1]}]")
#: Joiners are a part of emoji and of several scripts, and mean nothing beside these.
_NEVER_JOINED: Final = re.compile("[\x00-\u02ff\u3000-\u9fff\uac00-\ud7ff\uff00-\uffef]")
_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]"
)


def invisible(text: str) -> list[int]:
    """The places, from 0, of characters that nobody sees, nor would miss."""
    if text.isprintable():
        return []
    is_turned = _RIGHT_TO_LEFT.search(text) is not None
    found = []
    before = ""
    last = 0
    for match in _SUSPECTS.finditer(text):
        at = match.start()
        before = text[at - 1] if at > last else before
        last = at + 1
        is_needed = match[0] in _DIRECTIONS and is_turned
        if match[0] in _JOINERS:
            after = _SEEN.match(text, last)
            is_needed = _joins(before, after[0] if after else "")
        if is_needed:
            before = match[0]
        else:
            found.append(at)
    return found


def _joins(before: str, after: str) -> bool:
    """Whether a joiner means something between two characters (RFC 5892, A.1 and A.2)."""
    if not before or before in _JOINERS:
        return False
    is_virama = unicodedata.combining(before) == 9
    return is_virama or bool(
        after and not _NEVER_JOINED.match(before + after) and not _NEVER_JOINED.match(after)
    )


def without(text: str, places: list[int]) -> str:
    """``text`` without the characters at ``places``."""
    starts = (0, *(place + 1 for place in places))
    return "".join(text[start:end] for start, end in zip(starts, (*places, None), strict=True))


def name_of(char: str) -> str:
    """As Unicode names it: U+202E RIGHT-TO-LEFT OVERRIDE."""
    return f"U+{ord(char):04X} {unicodedata.name(char, 'control character')}"
