"""Edits of texts; and those within a line, where a place of it stood before them."""

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .problems import Edit, Mark


def split_lines(text: str) -> tuple[list[str], list[str]]:
    """Split a text into its lines, as marks count them, and the ends of these."""
    parts = re.split(r"(\r\n|\r|\n)", text)
    return parts[::2], [*parts[1::2], ""]


def edited(text: str, groups: Iterable[Sequence[Edit]]) -> str:
    """Return a text after edits.

    :param text: The text, with its own line ends, which new lines have as well.
    :param groups: Edits that belong together. One that overlaps an earlier one is left out, with
        its group.
    :returns: The new text; all else in it is as it was.
    """
    lines, ends = split_lines(text)
    lengths = (len(line + end) for line, end in zip(lines, ends, strict=True))
    starts = [0, *itertools.accumulate(lengths)]

    def index(mark: Mark) -> int:
        return starts[mark.line - 1] + min(mark.column - 1, len(lines[mark.line - 1]))

    taken: list[tuple[int, int, str]] = []
    for group in groups:
        spans = [
            (index(start), index(end), new.replace("\n", ends[start.line - 1] or ends[0] or "\n"))
            for start, end, new in group
        ]
        if not any(_overlap(one, other) for one in spans for other in taken):
            taken += spans
    for start, end, new in sorted(taken, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _overlap(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Return whether two spans have characters in common, or the same place, in any order."""
    return one[:2] == other[:2] or max(one[0], other[0]) < min(one[1], other[1])


class _LineEdit(NamedTuple):
    """What is changed from ``start`` to ``old``, which is ``new`` afterwards."""

    start: int
    old: int
    new: int


class LineEdits:
    """The edits of one line, one after the other."""

    def __init__(self) -> None:
        self._edits: list[_LineEdit] = []

    def note(self, old: str, new: str) -> None:
        """Note how the line is changed."""
        start = _length_in_common(old, new)
        same = _length_in_common(old[start:][::-1], new[start:][::-1])
        self._edits.append(_LineEdit(start, len(old) - same, len(new) - same))

    def undone(self, column: int) -> int:
        """Return the column, from 1, that a place of the line had before all edits."""
        place = column - 1
        for start, old, new in reversed(self._edits):
            if place >= new:
                place += old - new
            elif place > start:
                place = min(place, max(start, old))
        return place + 1


def _length_in_common(text: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = zip(text, other, strict=False)
    return sum(1 for _pair in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
