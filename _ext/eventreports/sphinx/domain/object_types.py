"""The types of objects that pages can refer to: a row each, and all that tells them apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ...core.i18n import N_
from ...core.problems import Code

#: Priorities of objects (``Domain.get_objects``): as others in the search, or not in it.
SEARCHED: Final = 1
NOT_SEARCHED: Final = -1


@dataclass(frozen=True)
class ObjectType:
    """A type of object. Its name is that of its role too: ``{event:session}``."""

    name: str
    #: What the search calls it; in English, translated where it is shown.
    label: str
    #: The ids that make up an object's name: its own is the last; before it may be its event's.
    key: tuple[str, ...]
    #: How pages show an object, the best target of a link first.
    shown_as: tuple[str, ...]
    #: How a reference to none is reported; the message has a placeholder for each id of ``key``.
    unknown: Code
    unknown_message: str
    search_priority: int = SEARCHED

    @property
    def is_of_event(self) -> bool:
        """Return whether names begin with the id of an event, which may have had others before."""
        return self.key[0] == EVENT.name


EVENT: Final = ObjectType(
    "event",
    N_("event"),
    key=("event",),
    shown_as=("page",),
    unknown=Code.UNKNOWN_EVENT,
    unknown_message=N_("there is no event “{event}”"),
)
SESSION: Final = ObjectType(
    "session",
    N_("session"),
    key=("event", "session"),
    # A part is a session among the facts of that which it belongs to.
    shown_as=("notes", "facts", "part", "card", "schedule"),
    unknown=Code.UNKNOWN_SESSION,
    unknown_message=N_("the event “{event}” shows no session “{session}”"),
)
OBJECT_TYPES: Final[Mapping[str, ObjectType]] = {one.name: one for one in (EVENT, SESSION)}
