"""What was probably meant by a wrong word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from .messages import Message


def nearest(word: object, known: Iterable[str]) -> str | None:
    """Return the known word that is most like a wrong one."""
    return next(iter(difflib.get_close_matches(str(word), list(known), n=1)), None)


def suggestion(near: str | None, known: Iterable[str] = ()) -> Message | str:
    """Return the end of a message: what was probably meant, or else all that there is."""
    if near:
        return Message(" (did you mean “{near}”?)", near=near)
    words = tuple(known)
    return Message("; there are {words}", words=words) if words else ""
