"""Find the kind of the notes in a section by its heading: points, impressions, questions."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from ...core.names import without_spaces

#: Separators in a heading of several kinds: メモと印象, Points & actions.
_AND: Final = re.compile(r"と|および|及び|[・、/／&＆]|\band\b")


def note_kind(heading: str, words: Mapping[str, Sequence[str]]) -> str | None:
    """Return the first kind that a heading names.

    :param heading: The heading.
    :param words: The headings of each kind, as in the setting ``eventreports_note_kinds``.
    :returns: The kind; ``None`` if the heading names none.
    """
    parts = (heading, *_AND.split(heading))
    kinds = (
        kind for kind, said in words.items() if any(_ends_with(p, w) for p in parts for w in said)
    )
    return next(kinds, None)


def _ends_with(heading: str, word: str) -> bool:
    """Return whether a heading ends with a word: 全体の所感, Overall impressions; not Endpoints."""
    before = without_spaces(heading).removesuffix(without_spaces(word))
    is_compound = not word[:1].isascii() or not before[-1:].isascii()
    is_after_space = heading.casefold().endswith(f" {word.casefold()}")
    return before != without_spaces(heading) and (not before or is_compound or is_after_space)
