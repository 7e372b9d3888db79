"""The data model of an ``event.yaml`` and of the registers: frozen, checked, free of Sphinx.

Names follow schema.org/Event and the frab/pretalx schedules.
"""

from typing import Final

from ..entity import Entity
from .common import STRICTEST, VISIBILITIES, Status, Visibility
from .event import Event
from .people import Group, Organization, Person, SponsorTier
from .registers import (
    REGISTER_NAMES,
    REGISTERS,
    OrganizationsRegister,
    PeopleRegister,
    Register,
    RegisteredSubject,
    RegisteredTopic,
    SeriesRegister,
    SubjectKind,
    TopicsRegister,
)
from .resource import Attachment, Resource, Sharing
from .session import Day, Scheduled, Session, Slot, Track
from .venue import Room, Venue

__all__ = [
    "ENTITIES",
    "REGISTERS",
    "REGISTER_ENTITIES",
    "REGISTER_NAMES",
    "STRICTEST",
    "VISIBILITIES",
    "Attachment",
    "Day",
    "Event",
    "Group",
    "Organization",
    "OrganizationsRegister",
    "PeopleRegister",
    "Person",
    "Register",
    "RegisteredSubject",
    "RegisteredTopic",
    "Resource",
    "Room",
    "Scheduled",
    "SeriesRegister",
    "Session",
    "Sharing",
    "Slot",
    "SponsorTier",
    "Status",
    "SubjectKind",
    "TopicsRegister",
    "Track",
    "Venue",
    "Visibility",
]

#: The classes of all that an event's file describes, the whole first.
ENTITIES: Final[tuple[type[Entity], ...]] = (
    Event,
    Session,
    Person,
    Resource,
    Attachment,
    Organization,
    SponsorTier,
    Group,
    Venue,
    Room,
    Track,
    Day,
    Slot,
)
#: Those of all that a register's file describes, beside links.
REGISTER_ENTITIES: Final[tuple[type[Entity], ...]] = (
    *REGISTERS.values(),
    RegisteredSubject,
    RegisteredTopic,
)
