"""What kind of notes a section holds, as its heading says: points, impressions, questions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

#: What a heading may name together: メモと印象, Points & actions.
_AND: Final = re.compile(r"と|および|及び|[・、/／&＆]|\band\b")


def note_kind(heading: str, words: Mapping[str, Sequence[str]]) -> str | None:
    """Return the first kind of which the heading says a word; ``None`` where it says none.

    :param words: By kind, as in the setting ``eventreports_note_kinds``.
    """
    parts = (heading, *_AND.split(heading))
    kinds = (
        kind for kind, said in words.items() if any(_ends_with(p, w) for p in parts for w in said)
    )
    return next(kinds, None)


def _ends_with(heading: str, word: str) -> bool:
    """Return whether a heading is about it: 全体の所感, Overall impressions; not Endpoints."""
    before = without_spaces(heading).removesuffix(without_spaces(word))
    is_compound = not word[:1].isascii() or not before[-1:].isascii()
    is_after_space = heading.casefold().endswith(f" {word.casefold()}")
    return before != without_spaces(heading) and (not before or is_compound or is_after_space)


def without_spaces(text: str) -> str:
    """Return what is compared of a heading: case, width and white space do not count."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
