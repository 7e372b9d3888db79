"""What the domain keeps of pages, from build to build: tuples of plain values."""

from __future__ import annotations

import re
from collections.abc import Hashable
from enum import IntEnum
from typing import NamedTuple

from sphinx.config import Config

from ...core.dates import PartialDate
from ...core.model import Status

#: The ids that name an object among those of its type, see ``ObjectType.key``.
ObjectName = tuple[str, ...]


class EventFacts(NamedTuple):
    """What lists show of an event beside its name; texts are in the site's language."""

    start: PartialDate | None
    end: PartialDate | None
    date_text: str = ""
    venue: str = ""
    session_count: int = 0
    status: Status = "held"


class PageKind(IntEnum):
    """What a page is to the event of an object on it: its own page comes before all others."""

    OF_EVENT = 0
    BELOW_EVENT = 1
    ELSEWHERE = 2


class LinkTarget(NamedTuple):
    """Where a page shows an object, so that links may lead there.

    ``shown_as`` is one of those of the object's type. ``is_former``: the name is one that the
    object had before. ``group`` is that part of the lists of its type in which it stands (the year
    of an event), ``facts`` what lists show of it; ``line`` is in the page's source.
    """

    docname: str
    anchor: str
    title: str
    shown_as: str
    page: PageKind = PageKind.OF_EVENT
    is_former: bool = False
    group: str = ""
    facts: Hashable = None
    line: int = 0


class ObjectQuery(NamedTuple):
    """Objects of which a page's output shows something: all of a type, a group, or one."""

    object_type: str
    name: ObjectName = ()
    group: str = ""


class Answer(NamedTuple):
    """What a query found, and since when that is so (µs since the epoch)."""

    found: tuple[object, ...]
    since: int


class Reference(NamedTuple):
    """A reference to an object, as a page has it."""

    object_type: str
    target: str
    location: str | None
    #: Whether Sphinx warns where it leads nowhere; else it does if it is to be ``nitpicky``.
    warns: bool

    def is_checked(self, config: Config) -> bool:
        """Return whether the site wants to hear of it, as Sphinx has it for all references."""
        if not config.nitpicky:
            return self.warns
        known = f"event:{self.object_type}", self.target
        return known not in config.nitpick_ignore and not any(
            re.fullmatch(role, known[0]) and re.fullmatch(target, known[1])
            for role, target in config.nitpick_ignore_regex
        )


class PDF(NamedTuple):
    """A PDF that a page links to; the path is relative to the output folder."""

    path: str
    title: str
