"""Edits within a line: where a place of it stood before them."""

import itertools
from typing import NamedTuple


class _Edit(NamedTuple):
    """What is changed from ``start`` to ``old``, which is ``new`` afterwards."""

    start: int
    old: int
    new: int


class Edits:
    """The edits of one line, one after the other."""

    def __init__(self) -> None:
        self._edits: list[_Edit] = []

    def note(self, old: str, new: str) -> None:
        """Note how the line is changed."""
        start = _length_in_common(old, new)
        same = _length_in_common(old[start:][::-1], new[start:][::-1])
        self._edits.append(_Edit(start, len(old) - same, len(new) - same))

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
