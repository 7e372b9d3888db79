"""Sessions that are near to a session: by the same people, or on the same topics."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice, zip_longest
from typing import Final, NamedTuple

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


class Related(NamedTuple):
    """The sessions that are near to one, the nearest first.

    :param by_people: Other sessions of the same people.
    :param on_topics: Those of other events on the same topics.
    """

    by_people: tuple[SessionKey, ...]
    on_topics: tuple[SessionKey, ...]


def related_sessions(subjects: Subjects) -> dict[str, dict[str, Related]]:
    """Return what is near to each session.

    First come the sessions that have the most people or topics in common, then (of the same
    people) the most topics, then the nearest in time: a new event thus changes what is shown at
    few others.

    :param subjects: All subjects of the site.
    :returns: By the ids of events and of their sessions; sessions without any are left out.
    """
    timelines: dict[str, defaultdict[SessionKey, list[_Timeline]]] = {}
    for kind, role in _ROLES.items():
        of_kind = timelines[kind] = defaultdict(list)
        for subject in subjects.of(kind):
            timeline = _Timeline(subject, role)
            for session in timeline:
                of_kind[session].append(timeline)
    people, topics = timelines["person"], timelines["topic"]
    found: defaultdict[str, dict[str, Related]] = defaultdict(dict)
    for event, own_id in dict.fromkeys((*people, *topics)):
        session = event, own_id
        related = _related(session, people.get(session, ()), topics.get(session, ()))
        if any(related):
            found[event][own_id] = related
    return dict(found)


def _related(
    session: SessionKey, of_people: Iterable[_Timeline], of_topics: Iterable[_Timeline]
) -> Related:
    """Return what is near to a session, by the sessions of its people and of its topics."""
    people, near_by_people = _in_common(session, of_people)
    topics, near_on_topics = _in_common(session, of_topics)
    by_people = sorted(people, key=lambda one: (-people[one], -topics[one], near_by_people[one]))
    others = [one for one in topics if one not in people and one[0] != session[0]]
    others.sort(key=lambda one: (-topics[one], near_on_topics[one]))
    return Related(tuple(by_people[:_MOST_BY_PEOPLE]), tuple(others[:_MOST_ON_TOPICS]))


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
