"""Suggestions of known words for unknown ones: “did you mean …?”."""

import difflib
from collections.abc import Iterable

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import suggesting

from .names import folded

#: Longer texts are no typos of keys or names, and take long to compare.
_LONGEST_WORD = 100


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


def did_you_mean(problem: Message, word: str, known: Iterable[str]) -> Message:
    """Add the known word that is similar to the one that a message is about, if there is one."""
    return suggesting(problem, nearest(word, known))
