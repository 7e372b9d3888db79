"""Suggestions for wrong words."""

import difflib
from collections.abc import Iterable

from .messages import Message


def nearest(word: object, known: Iterable[str]) -> str | None:
    """Return the known word that is most similar to a wrong one, if any is similar."""
    return next(iter(difflib.get_close_matches(str(word), list(known), n=1)), None)


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
