"""Chinese and Japanese characters: how wide they are, and line breaks between them."""

import re
import unicodedata
from typing import Final

#: A character that needs no space beside it: all that is wide, but Korean.
WIDE: Final = r"[\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
#: Between one of these and Latin letters there is a little space; marks have room of their own.
_LETTER: Final = re.compile(
    r"[\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u312f\u3190-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff]"
)
_BREAK_BETWEEN: Final = re.compile(rf"(?<={WIDE})[ \t]*\n[ \t]*(?={WIDE})")


def columns_of(character: str) -> int:
    """Return the columns that a character takes in a fixed-width font (UAX #11)."""
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def is_letter(text: str) -> bool:
    """Return whether a text is one letter of Chinese or Japanese, and no mark."""
    return _LETTER.fullmatch(text) is not None


def join_lines(before: str, text: str, after: str) -> str:
    """Return a text without its line breaks between wide characters.

    Writers show a line break as a space, which Chinese and Japanese do not have between words
    (Korean does).

    :param before: What stands before the text; its last character counts.
    :param text: The text.
    :param after: What follows the text; its first character counts.
    :return: The text, without what stands before and after.
    """
    joined = _BREAK_BETWEEN.sub("", f"{before[-1:]}{text}{after[:1]}")
    return joined[len(before[-1:]) : len(joined) - len(after[:1])]
