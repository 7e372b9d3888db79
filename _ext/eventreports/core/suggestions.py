"""Words that are nearly as a known one: “did you mean …?”."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from sphinxcommon.suggestions import suggesting

from .messages import Message
from .names import folded

#: Nobody means a key or a name by more; and to compare takes time.
_LONGEST_WORD = 100


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known word that is most like ``word``; case and width do not count.

    ``likeness`` is the least that counts, from 0 to 1 (as ``difflib`` measures it).
    """
    if len(word) > _LONGEST_WORD:
        return None
    plain = {folded(other): other for other in known}
    near = difflib.get_close_matches(folded(word), plain, n=1, cutoff=likeness)
    return plain[near[0]] if near else None


def did_you_mean(problem: Message, word: str, known: Iterable[str]) -> Message:
    """Add the known word that is near to the one that the message is about, if one is."""
    return suggesting(problem, nearest(word, known))
