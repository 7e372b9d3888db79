"""Suggestions for wrong words: “did you mean …?”."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from .messages import Message

#: Longer texts are no typos of words that are known, and take long to compare.
_LONGEST_WORD: Final = 100


def folded(text: str) -> str:
    """Return a text to compare texts by that differ in width, case and white space alone."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"\s+", " ", plain).strip()


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """Return the known word that is most similar to a word; case and width do not count.

    :param word: The word.
    :param known: Known words.
    :param likeness: How similar they must be, from 0 to 1, as ``difflib`` measures it.
    :returns: The word; ``None`` if none is similar enough.
    """
    if len(word) > _LONGEST_WORD:
        return None
    plain = {folded(other): other for other in known}
    near = difflib.get_close_matches(folded(word), plain, n=1, cutoff=likeness)
    return plain[near[0]] if near else None


def suggesting(problem: Message, suggestion: str | None, known: Iterable[str] = ()) -> Message:
    """Add to a message what was probably meant, or else all known words."""
    if suggestion:
        return Message(
            "{problem} (did you mean “{suggestion}”?)", problem=problem, suggestion=suggestion
        )
    words = tuple(known)
    return (
        Message("{problem}; there are {known}", problem=problem, known=words) if words else problem
    )


def did_you_mean(problem: Message, word: str, known: Iterable[str]) -> Message:
    """Add the known word that is similar to the one that a message is about, if there is one."""
    return suggesting(problem, nearest(word, known))
