"""Words by their width: those that may not fit a line, and the widest of some."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from sphinxcommon.east_asian import WIDE, columns_of

#: What of a text stands on one line: up to a mark after which words break, or to kanji.
_WORD: Final = re.compile(rf"(?:(?!{WIDE})[^\s/?&=._:,;|\\-])+(?:(?!{WIDE})\S)?")
#: What stands on one line where there is room: up to a blank or to kanji.
_WHOLE: Final = re.compile(rf"(?:(?!{WIDE})\S)+")
#: No more of a word has to.
_LONGEST_WHOLE: Final = 14
#: Letters that are wider than others, in their widths.
_WIDE_LETTERS: Final = dict.fromkeys("MWmw@%—…", 1.6)
#: Of letters that take so many columns in a fixed-width font: kanji are as wide as they are high.
_BY_COLUMNS: Final = (0, 1, 1.8)
#: So many of the longest words are measured by the template.
_WIDEST: Final = 4
#: Words of this length, such as addresses, may be wider than the line.
_LONG: Final = 25
#: Marks, lines and small kana between which no line ends.
_STUCK: Final = (
    r"\u2010-\u2027※\u2190-\u26ff、。々〜・ー！？，．：；～"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
#: Such words: of ASCII; of what is between no line's end; and, past the length at which the
#: rules of a language break them, of letters in other alphabets.
_LONG_WORD: Final = re.compile(
    rf"([!-~]{{{_LONG},}}|[{_STUCK}]{{{_LONG},}}"
    r"|[!-~\u00c0-\u02ff\u0370-\u052f\u1e00-\u1fff]{40,})"
)
#: Some of those, with the letter that they go with: a short text in a cell may have them, too.
_STUCK_WORD: Final = re.compile(rf"\S?[{_STUCK}]{{2,}}")


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Iterate over the parts of a text, and whether each is a word that may not fit a line."""
    parts = enumerate(_LONG_WORD.split(text))
    return ((part, number % 2 == 1) for number, part in parts if part)


def words_of(text: str) -> list[str]:
    """Return what of a text stands on one line each, cut where it may break all the same."""
    return [word[:_LONG] for word in _WORD.findall(text) + _STUCK_WORD.findall(text)]


def whole_words(text: str) -> list[str]:
    """Return what of a text is not to be broken, such as “10:40–11:00”, of long words a part."""
    return [word[:_LONGEST_WHOLE] for word in _WHOLE.findall(text)]


def widest(words: Iterable[str]) -> list[str]:
    """Return the few words of which one is the widest."""
    return sorted(set(words), key=lambda word: (-width(word), word))[:_WIDEST]


def width(text: str) -> float:
    """Return about how wide a text is, in average letters."""
    return sum(
        _WIDE_LETTERS.get(one) or _BY_COLUMNS[columns_of(one)] + 0.25 * one.isupper()
        for one in text
    )
