"""Who was at an event: those who wrote of it, and who went there too."""

from typing import NamedTuple

from . import EventDomain
from .data import EventFacts
from .object_types import EVENT


class Attendee(NamedTuple):
    """A person at an event.

    :param name: The name that the event has.
    :param id: Which person that is.
    :param has_page: Whether the person has a page.
    """

    name: str
    id: str
    has_page: bool


class Attendees(NamedTuple):
    """Those who were at an event, in the order of its file."""

    reporters: tuple[Attendee, ...] = ()
    participants: tuple[Attendee, ...] = ()


def attendees(domain: EventDomain, event: str) -> Attendees:
    """Return who was at an event, by its id."""

    def attendee(name: str) -> Attendee:
        person = domain.subjects.all.find("person", name, event)
        return Attendee(name, person.id, person.has_page) if person else Attendee(name, "", False)

    target = domain.link_target(EVENT, (event,))
    facts = target.facts if target else None
    if not isinstance(facts, EventFacts):
        return Attendees()
    return Attendees(
        tuple(map(attendee, facts.reporters)), tuple(map(attendee, facts.participants))
    )
