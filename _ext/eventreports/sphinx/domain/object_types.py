"""The types of objects that pages can refer to: one row for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ...core.i18n import N_
from ...core.model import SubjectKind
from ...core.problems import Code


@dataclass(frozen=True)
class ObjectType:
    """A type of object; its role has the same name: ``{event:session}``."""

    name: str
    #: The name in search results, translated where it is shown.
    label: str
    #: The ids in an object's name: its own comes last, behind its event's if it belongs to one.
    key: tuple[str, ...]
    #: The ways in which pages show an object, the best target of a link first.
    shown_as: tuple[str, ...]
    #: The report of an unknown object; the message has a placeholder for each id of ``key``.
    unknown: Code
    unknown_message: str
    #: Which kind of subjects they are; ``None`` of events and their sessions.
    subjects: SubjectKind | None = None

    @property
    def is_of_event(self) -> bool:
        """Whether names begin with the id of an event, which may have former ids."""
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
    # A part is a session among the facts of the session that it belongs to.
    shown_as=("notes", "facts", "part", "card", "schedule"),
    unknown=Code.UNKNOWN_SESSION,
    unknown_message=N_("the event “{event}” shows no session “{session}”"),
)


def _of_subjects(kind: SubjectKind, label: str, unknown_message: str) -> ObjectType:
    """Return the type of subjects of a kind, whose pages are made when all events are known."""
    return ObjectType(
        kind,
        label,
        key=(kind,),
        shown_as=("page",),
        unknown=Code.UNKNOWN_SUBJECT,
        unknown_message=unknown_message,
        subjects=kind,
    )


PERSON: Final = _of_subjects("person", N_("person"), N_("no event has a person “{person}”"))
ORGANIZATION: Final = _of_subjects(
    "organization", N_("organization"), N_("no event has an organization “{organization}”")
)
TOPIC: Final = _of_subjects("topic", N_("topic"), N_("no event has a topic “{topic}”"))
SERIES: Final = _of_subjects("series", N_("series"), N_("no event is of a series “{series}”"))
OBJECT_TYPES: Final[Mapping[str, ObjectType]] = {
    one.name: one for one in (EVENT, SESSION, PERSON, ORGANIZATION, TOPIC, SERIES)
}
