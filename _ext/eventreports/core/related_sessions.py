"""Sessions that are near to a session: by the same people, or on the same topics."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice, zip_longest
from typing import Final

from .appearances import Role
from .model import SubjectKind
from .subjects import Subject, Subjects

#: The subjects that sessions have in common, and what these are there.
_ROLES: Final[Mapping[SubjectKind, Role]] = {"person": "speaker", "topic": "topic"}
#: A session: the ids of its event and its own.
SessionKey = tuple[str, str]
#: How many sessions of the same people are shown, and how many on the same topics.
_MOST_BY_PEOPLE = 2
_MOST_ON_TOPICS = 2
#: So many sessions of a subject are compared, the nearest in time.
_MOST_OF_SUBJECT = 20


class _Timeline:
    """The sessions of a subject by their events, in the order of time.

    :param subject: The subject.
    :param role: What it is at these sessions.
    """

    def __init__(self, subject: Subject, role: Role) -> None:
        self._sessions: dict[str, dict[SessionKey, None]] = {}
        for one in subject.appearances:
            if one.session and one.role == role:
                self._sessions.setdefault(one.event, {})[one.event, one.session] = None
        self._events = list(self._sessions)
        self._places = {event: place for place, event in enumerate(self._events)}

    def __iter__(self) -> Iterator[SessionKey]:
        return chain.from_iterable(self._sessions.values())

    def beside(self, event: str) -> Iterator[SessionKey]:
        """Return the sessions of an event; then of the next one, of the one before, and so on."""
        place = self._places[event]
        later, earlier = self._events[place + 1 :], self._events[:place][::-1]
        turns = filter(None, chain.from_iterable(zip_longest(later, earlier)))
        others = chain.from_iterable(self._sessions[one] for one in turns)
        return chain(self._sessions[event], islice(others, _MOST_OF_SUBJECT))


class RelatedSessions:
    """The sessions that are near to each session.

    :param subjects: All subjects of the site.
    """

    def __init__(self, subjects: Subjects) -> None:
        self._of: dict[str, defaultdict[SessionKey, list[_Timeline]]] = {}
        self._sessions: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for kind, role in _ROLES.items():
            found = self._of[kind] = defaultdict(list)
            for subject in subjects.of(kind):
                timeline = _Timeline(subject, role)
                for event, session in timeline:
                    found[event, session].append(timeline)
                    self._sessions[event].setdefault(session)

    def of_event(self, event: str) -> Iterator[tuple[str, list[SessionKey]]]:
        """Yield the sessions of an event, each with those that are near to it."""
        for session in self._sessions.get(event, ()):
            by_people, on_topics = self.of_session((event, session))
            yield session, [*by_people, *on_topics]

    def of_session(self, session: SessionKey) -> tuple[list[SessionKey], list[SessionKey]]:
        """Return what is near to a session.

        :param session: The session.
        :returns: Other sessions of the same people; and those of other events on the same topics.
            First come those that have the most of them in common, then (of the same people) the
            most topics, then the nearest in time: a new event thus changes what is shown at few
            others.
        """
        event = session[0]
        people, near_by_people = _in_common(session, self._of["person"].get(session, ()))
        topics, near_on_topics = _in_common(session, self._of["topic"].get(session, ()))
        by_people = sorted(
            people, key=lambda one: (-people[one], -topics[one], near_by_people[one])
        )
        others = [one for one in topics if one not in people and one[0] != event]
        others.sort(key=lambda one: (-topics[one], near_on_topics[one]))
        return by_people[:_MOST_BY_PEOPLE], others[:_MOST_ON_TOPICS]


def _in_common(
    session: SessionKey, timelines: Iterable[_Timeline]
) -> tuple[Counter[SessionKey], dict[SessionKey, int]]:
    """Return how many subjects other sessions have in common with one, and how near they are.

    :param session: The session.
    :param timelines: Those of its subjects.
    :returns: The numbers of subjects; and how many sessions of one are nearer, at least.
    """
    numbers: Counter[SessionKey] = Counter()
    distances: dict[SessionKey, int] = {}
    for timeline in timelines:
        for distance, one in enumerate(timeline.beside(session[0])):
            numbers[one] += 1
            distances[one] = min(distance, distances.get(one, distance))
    del numbers[session]
    return numbers, distances
