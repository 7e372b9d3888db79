"""The characters of a text as they are printed: composed letters, and spaces instead of tabs."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from docutils import nodes

#: In these, tabs stand for columns; elsewhere they are white space like any other.
_CODE: Final = (nodes.literal_block, nodes.doctest_block, nodes.literal, nodes.address)
#: Columns from one tab stop to the next, as browsers have them.
_TAB_SIZE: Final = 8
_TABS: Final = re.compile(r" *\t[ \t]*")
#: Compatibility ideographs are variants of kanji that names are written with. They have canonical
#: equivalents, but these look different.
_COMPOSABLE: Final = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")


def composed(text: str) -> str:
    """Compose letters with their marks (Unicode normalization form C).

    Fonts have a glyph for “ř”, while many set “r” and a combining caron beside each other.
    """
    return _COMPOSABLE.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)


def columns_of(character: str) -> int:
    """The columns that a character takes in a fixed-width font."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def expanded(text: str, column: int = 0) -> tuple[str, int]:
    """Replace tabs with spaces up to the next tab stop.

    :param column: where the text begins
    :returns: the text, and the column where it ends
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


def normalize(tree: nodes.Element) -> None:
    """Compose letters and replace tabs in all texts of a document."""
    for code in tree.findall(nodes.TextElement):
        if isinstance(code, _CODE):
            _expand_tabs(code)
    for text in list(tree.findall(nodes.Text)):
        if not isinstance(text.parent, nodes.raw):
            _replace(text, _TABS.sub(" ", composed(text.astext())))


def _expand_tabs(code: nodes.Element) -> None:
    column = 0
    for text in list(code.findall(nodes.Text)):
        made, column = expanded(text.astext(), column)
        _replace(text, made)


def _replace(text: nodes.Text, made: str) -> None:
    """Replace a text, and its copy in a block of source code (see ``nodes.literal_block``)."""
    if made == text.astext():
        return
    parent = text.parent
    if isinstance(parent, nodes.literal_block) and parent.rawsource == text.astext():
        parent.rawsource = made
    parent.replace(text, nodes.Text(made))
