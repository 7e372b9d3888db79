"""What can be wrong with an event's data, and where.

A fault never ends a build: it becomes a :class:`Problem`, and whatever else
the file says is used.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a problem matters; a hint never fails a build."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Code(Enum):
    """The closed set of problems: the name to look up, and its severity.

    The name is what follows ``event.`` in ``suppress_warnings``.
    """

    UNREADABLE = ("unreadable", Severity.ERROR)
    SYNTAX = ("syntax", Severity.ERROR)
    DUPLICATE_KEY = ("duplicate-key", Severity.WARNING)
    UNKNOWN_KEY = ("unknown-key", Severity.WARNING)
    MISSING = ("missing", Severity.WARNING)
    TYPE = ("type", Severity.WARNING)
    VALUE = ("value", Severity.WARNING)
    DATE = ("date", Severity.WARNING)
    TIME = ("time", Severity.WARNING)
    URL = ("url", Severity.WARNING)
    FILE = ("file", Severity.WARNING)
    DUPLICATE_ID = ("duplicate-id", Severity.WARNING)
    UNKNOWN_EVENT = ("unknown-event", Severity.WARNING)
    UNKNOWN_SESSION = ("unknown-session", Severity.WARNING)
    NO_EVENT = ("no-event", Severity.WARNING)
    NO_PAGE = ("no-page", Severity.WARNING)
    UNKNOWN_NAME = ("unknown-name", Severity.WARNING)
    HEADING = ("heading", Severity.HINT)

    def __init__(self, label: str, severity: Severity) -> None:
        self.label = label
        self.severity = severity


class Mark(NamedTuple):
    """A place in a file; lines and columns count from 1, as editors do."""

    line: int = 1
    column: int = 1


_LONG_QUOTE = re.compile("“([^”]{60})[^”]{20,}”")


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault at one place of one file.

    ``path`` is as the reader should see it: relative to where they work.
    """

    path: str
    mark: Mark
    code: Code
    message: str

    def __post_init__(self) -> None:
        """Keep the message on one line, of a length that can be read, without what acts."""
        short = _LONG_QUOTE.sub(r"“\1…”", self.message)
        plain = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in short)
        object.__setattr__(self, "message", plain)

    @property
    def is_fault(self) -> bool:
        """Whether it is more than a hint: it fails a build with ``-W``."""
        return self.code.severity is not Severity.HINT

    @property
    def place(self) -> str:
        return f"{self.path}:{self.mark.line}:{self.mark.column}"

    def __str__(self) -> str:
        return f"{self.place}: {self.message} [event.{self.code.label}]"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like ``word``; case does not count."""
    folded = {other.casefold(): other for other in known}
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` (did you mean “…”?)`` where a known word is near, else nothing."""
    near = nearest(word, known)
    return f" (did you mean “{near}”?)" if near else ""


def kind_of(value: object) -> str:
    """What a value of the data is called in a message."""
    match value:
        case None:
            return "nothing"
        case str():
            return "a text"
        case Mapping():
            return "a mapping"
        case _:
            return "a list"
