"""What the domain keeps of pages, from build to build: named tuples of plain values."""

import re
from collections.abc import Hashable
from enum import IntEnum
from typing import Final, NamedTuple

from sphinx.config import Config

from ...core.dates import PartialDate
from ...core.model import Status
from ...core.note_items import Action

#: The ids that identify an object of a type, see ``ObjectType.key``.
ObjectName = tuple[str, ...]


#: The groups of queries for what overviews count, for the points of sessions, for who was at
#: events, and for slides and videos.
FIGURES: Final = "/figures"
POINTS: Final = "/points"
ATTENDEES: Final = "/attendees"
RESOURCES: Final = "/resources"
#: Behind the id of an event, the group of the query for who wrote its pages.
REPORTERS: Final = "/reporters"
#: The group of queries for subjects: all of a kind, or those that an event names.
SUBJECTS: Final = "/subjects"


#: The kinds of notes that pages gather of events.
NOTED: Final = ("points", "actions")


class Choice(NamedTuple):
    """Which events are chosen: those of which each of these is true; of several values any may be.

    Of topics also those below them count, and of the events the sessions alone that have one; all
    where nothing but the event as a whole has one.

    :param year: The years; 0 is that of events without a date.
    :param series: Names or ids, as of topics and reporters.
    :param place: Names of venues or towns.
    :param topic: Topics of events or of sessions.
    :param reporter: Who wrote the report.
    :param kind: Words of the key ``kind``.
    """

    year: tuple[int, ...] = ()
    series: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    reporter: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()


class NotedChoice(NamedTuple):
    """A choice that a page makes, which may have names that no event has."""

    choice: Choice
    location: str


class EventFacts(NamedTuple):
    """What lists of events show beside the name; texts are in the site's language.

    :param sessions: The ids of all sessions, in the order of the programme.
    :param picture: The path of the event's own picture, from the source directory.
    :param visibility: For whom the event is.
    :param participants: What tables alone show.
    :param kind: What events are chosen by alone.
    :param places: As the kind: the names of the venue and of its town, in all languages.
    """

    start: PartialDate | None
    end: PartialDate | None
    date_text: str = ""
    venue: str = ""
    session_count: int = 0
    status: Status = "held"
    color: str | None = None
    slides: int = 0
    videos: int = 0
    reporters: tuple[str, ...] = ()
    sessions: tuple[str, ...] = ()
    picture: str = ""
    visibility: str = ""
    participants: tuple[str, ...] = ()
    kind: str = ""
    places: tuple[str, ...] = ()

    @property
    def on_cards(self) -> "EventFacts":
        """What all lists show."""
        return self._replace(participants=(), kind="", places=())


class KeptForm(NamedTuple):
    """The normal form of an event, as it is kept.

    :param event: The event's id.
    :param text: The normal form as JSON; files are named by their paths from the source directory.
    :param of_subjects: A digest of all that subjects are made of in it.
    """

    event: str
    text: str
    of_subjects: str


class SessionNotes(NamedTuple):
    """What other places show of a session's notes.

    :param points: The points that the reporter took home.
    :param visibility: For whom the session is, if for fewer than its event.
    """

    points: tuple[str, ...] = ()
    visibility: str = ""


class PageKind(IntEnum):
    """Where a page stands that shows an object of an event, the best target of a link first."""

    OF_EVENT = 0
    BELOW_EVENT = 1
    ELSEWHERE = 2


class LinkTarget(NamedTuple):
    """A place where a page shows an object.

    :param docname: The page.
    :param anchor: The id on the page.
    :param title: The text of links.
    :param shown_as: One of the ways of the object's type.
    :param page: Where the page stands.
    :param is_former: Whether the object's name has a former id.
    :param group: What the object belongs to: an event to its year, a session to its event.
    :param facts: What lists show of it.
    :param line: The line in the page's source.
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
    """The objects that a page's output shows or links to: all of a type, one group, or one.

    Other groups have a part of what is known alone: :data:`FIGURES`, :data:`POINTS`,
    :data:`ATTENDEES`, :data:`RESOURCES`, :data:`REPORTERS`; what was noted of events, see
    :func:`noted_group`. With a choice it is that of the chosen events.
    """

    object_type: str
    name: ObjectName = ()
    group: str = ""
    choice: Choice | None = None


def noted_group(kind: str) -> str:
    """Return the group of a query for what was noted of events, by one of :data:`NOTED`."""
    return f"/{kind}"


class IndexedPerson(NamedTuple):
    """A person whom the index leads to, by the name that an event gives them.

    :param anchor: Where on the page the session is.
    :param name: The name.
    :param reading: How it is read, if the event says so.
    :param session: The session at which they speak.
    """

    anchor: str
    name: str
    reading: str
    session: ObjectName


class Noted(NamedTuple):
    """What a page notes under one heading of a session, or of an event as a whole.

    :param docname: The page.
    :param place: Its place among what the page notes.
    :param kind: One of :data:`NOTED`.
    :param event: The event's id.
    :param session: The session's id; empty for the event as a whole.
    :param texts: Each item in plain text, without what it is explained with.
    :param actions: What each item says of something to do, if the kind is ``actions``.
    :param digest: A digest of the items as they stand on the page.
    :param queries: What the items refer to.
    """

    docname: str
    place: int
    kind: str
    event: str
    session: str
    texts: tuple[str, ...]
    actions: tuple[Action, ...]
    digest: str
    queries: tuple[ObjectQuery, ...]


class Answer(NamedTuple):
    """The objects that a query found, and since when it finds them (µs since the epoch)."""

    found: tuple[object, ...]
    since: int


class Reference(NamedTuple):
    """A reference to an object, as a page has it."""

    object_type: str
    target: str
    location: str | None
    #: Whether Sphinx warns if it is unresolved; otherwise only with ``nitpicky``.
    warns: bool

    def is_checked(self, config: Config) -> bool:
        """Return whether the site has unresolved references like this reported, as Sphinx does."""
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
