"""A place in a programme, and the lines that say what was there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from .lines import Line

#: The key of lines that say something for which a session has no key.
UNKNOWN: Final = "?"


@dataclass(frozen=True, slots=True)
class Slot:
    """Lines about a session or a break, with what is known of when and where it was.

    ``facts`` are texts by the keys of a session, such as ``start`` and ``room``. ``rooms`` are
    those that a list above it names.
    """

    lines: tuple[Line, ...]
    facts: Mapping[str, str] = field(default_factory=dict)
    rooms: tuple[str, ...] = ()
