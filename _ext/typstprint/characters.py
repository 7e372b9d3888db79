"""The characters of a text: composed letters, spaces instead of tabs, and those shown as one."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from sphinxcommon.east_asian import columns_of

#: Columns from one tab stop to the next, as browsers have them.
_TAB_SIZE: Final = 8
#: Compatibility ideographs are variants of kanji that names are written with. They have canonical
#: equivalents, but these look different.
_COMPOSABLE: Final = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")
_JOINER: Final = "\N{ZERO WIDTH JOINER}"
#: A digit or sign with this is one on the key of a telephone.
KEYCAP: Final = "\N{COMBINING ENCLOSING KEYCAP}"


def composed(text: str) -> str:
    """Compose letters with their marks (Unicode normalization form C).

    Fonts have a glyph for “ř”, while many set “r” and a combining caron beside each other.
    """
    return _COMPOSABLE.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)


def expanded(text: str, column: int = 0) -> tuple[str, int]:
    """Replace tabs with spaces up to the next tab stop.

    :param text: The text, of one line or several.
    :param column: Where the text begins.
    :return: The text, and the column where it ends.
    """
    made = []
    for character in text:
        if character == "\t":
            width = _TAB_SIZE - column % _TAB_SIZE
            made.append(" " * width)
            column += width
        else:
            made.append(character)
            column = 0 if character == "\n" else column + columns_of(character)
    return "".join(made), column


def joins(character: str) -> bool:
    """Return whether a character is shown as one with what stands before it.

    These are marks, variation selectors, tones of skin, tags and joiners (Unicode Standard
    Annex 29, “Extend”).
    """
    return (
        unicodedata.category(character)[0] == "M"
        or character == _JOINER
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
    )


def clusters(text: str) -> Iterator[str]:
    """Yield the parts of a text that are of several characters, and shown as one."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not (joins(text[end]) or text[end - 1] == _JOINER):
            if end - start > 1:
                yield text[start:end]
            start = end


def base_of(cluster: str) -> str:
    """Return a cluster without what joins its characters."""
    return "".join(one for one in cluster if not joins(one))
