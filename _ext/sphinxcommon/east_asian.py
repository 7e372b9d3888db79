"""Chinese and Japanese characters: which they are, and how wide."""

import re
import unicodedata
from typing import Final

#: A character that needs no space beside it: all that is wide, but Korean.
WIDE: Final = r"[\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
#: Between one of these and Latin letters there is a little space; marks have room of their own.
_LETTER: Final = (
    r"[\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u312f\u3190-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff]"
)


def columns_of(character: str) -> int:
    """Return the columns that a character takes in a fixed-width font (UAX #11)."""
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def columns_in(text: str) -> int:
    """Return the columns that a text takes in such a font."""
    return sum(map(columns_of, text))


def is_letter(text: str) -> bool:
    """Return whether a text is one letter of Chinese or Japanese, and no mark."""
    return re.fullmatch(_LETTER, text) is not None
