"""Lists of rows as printable characters, and the files in which terms are."""

from collections.abc import Collection, Iterable, Sequence
from operator import sub
from typing import Final

from .terms import is_single

#: Numbers are written in these, which need no escape in a script's template: of a number, the last
#: digit is one of the first half.
_DIGITS: Final = [chr(code) for code in range(32, 127) if chr(code) not in "`\\$"]
_BASE: Final = len(_DIGITS) // 2
_VALUES: Final = {digit: value for value, digit in enumerate(_DIGITS)}
#: Characters of a file, on average; and of a group of words, beyond which it is parted.
_FILE_SIZE: Final = 6_000
_LARGEST_GROUP: Final = 24_000
#: The fewest and the most letters that a group of words begins with.
_SHORTEST_KEY: Final = 2
_LONGEST_KEY: Final = 6


def _digits(value: int) -> str:
    written = ""
    while value >= _BASE:
        written += _DIGITS[_BASE + value % _BASE]
        value //= _BASE
    return written + _DIGITS[value]


_SHORT: Final = [_digits(value) for value in range(_BASE * _BASE)]


def encode(rows: Sequence[int]) -> str:
    """Write rows, each by how far it is from the one before it.

    :param rows: Rows in ascending order.
    :returns: Printable characters of ASCII.
    """
    steps = map(sub, rows, [0, *rows[:-1]])
    return "".join([_SHORT[step] if step < len(_SHORT) else _digits(step) for step in steps])


def decode(written: str) -> list[int]:
    """Read rows that :func:`encode` has written."""
    rows: list[int] = []
    row, value, scale = 0, 0, 1
    for digit in map(_VALUES.__getitem__, written):
        value += digit % _BASE * scale
        scale *= _BASE
        if digit < _BASE:
            row += value
            rows.append(row)
            value, scale = 0, 1
    return rows


def line_of(term: str, lists: Iterable[Sequence[int]]) -> str:
    """Write a term with its rows in each field."""
    return "\t".join((term, *map(encode, lists))).rstrip("\t")


def key_of(term: str, parted: Collection[str]) -> str:
    """Return what all terms of one file have in common.

    That is a pair of characters; or the letters that words begin with, so that the beginnings,
    other forms and slips of a word are looked up in the file that has it.

    :param term: The term.
    :param parted: The beginnings of words that are so many that they are parted further.
    :returns: The key.
    """
    if term[0] == "=":
        return term[1:3]
    if term[0] == "~":
        return term.partition(":")[0]
    if is_single(term):
        return term
    length = _SHORTEST_KEY
    while term[:length] in parted and length < len(term):
        length += 1
    return term[:length]


def file_of(key: str, files: int) -> int:
    """Return the number of the file that has the terms with a key (FNV-1a of 32 bits)."""
    number = 2166136261
    for character in key:
        number = (number ^ ord(character)) * 16777619 & 0xFFFFFFFF
    return (number ^ number >> 15) % files


class Sizes(dict[str, int]):
    """How many characters the lines of terms take, by what words begin with; of all, by ""."""

    def add(self, term: str, size: int) -> None:
        """Count a term's line."""
        if term[0] not in "=~" and not is_single(term):
            for length in range(_SHORTEST_KEY, min(len(term), _LONGEST_KEY) + 1):
                self._add(term[:length], size)
        self._add("", size)

    def _add(self, key: str, size: int) -> None:
        self[key] = self.get(key, 0) + size
        if not self[key]:
            # As if the term had never been there.
            del self[key]

    def layout(self) -> tuple[frozenset[str], int]:
        """Return the beginnings of words that are parted further, and the number of files."""
        parted = frozenset(
            key
            for key, size in self.items()
            if key and size > _LARGEST_GROUP and len(key) < _LONGEST_KEY
        )
        files = 1
        while files * _FILE_SIZE * 1.5 < self.get("", 0):
            files *= 2
        return parted, files

    def nexts(self) -> dict[str, str]:
        """Return for the beginnings that are parted further the letters that stand next."""
        parted, _files = self.layout()
        found = dict.fromkeys(sorted(parted), "")
        for key in sorted(self):
            if key[:-1] in found:
                found[key[:-1]] += key[-1]
        return found
