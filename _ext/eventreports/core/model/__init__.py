"""The data model of an ``event.yaml``: frozen, checked, free of Sphinx.

Names follow schema.org/Event and the frab/pretalx schedules.
"""

from typing import Final

from ..entity import Entity
from .common import STRICTEST, VISIBILITIES, Status, Visibility
from .event import Event
from .people import Group, Organization, Person, SponsorTier
from .resource import Attachment, Resource, Sharing
from .session import Day, Scheduled, Session, Slot, Track
from .venue import Room, Venue

__all__ = [
    "ENTITIES",
    "STRICTEST",
    "VISIBILITIES",
    "Attachment",
    "Day",
    "Event",
    "Group",
    "Organization",
    "Person",
    "Resource",
    "Room",
    "Scheduled",
    "Session",
    "Sharing",
    "Slot",
    "SponsorTier",
    "Status",
    "Track",
    "Venue",
    "Visibility",
]

#: The classes of all that a file describes, the whole first.
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
