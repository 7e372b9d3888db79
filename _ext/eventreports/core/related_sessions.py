"""Sessions that are near to a session: by the same people, or on the same topics."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from .appearances import Appearance, Role
from .model import SubjectKind
from .subjects import Subject, Subjects

#: The subjects that sessions have in common, and what these are there.
_ROLES: Final[Mapping[SubjectKind, Role]] = {"person": "speaker", "topic": "topic"}
#: A session: the ids of its event and its own.
SessionKey = tuple[str, str]
#: How many sessions of the same people are shown, and how many on the same topics.
_MOST_BY_PEOPLE = 3
_MOST_ON_TOPICS = 3
#: Of a topic so many sessions are looked at, the newest ones: what all are about tells nothing.
_MOST_OF_TOPIC = 40


class RelatedSessions:
    """The sessions that are near to each session.

    :param subjects: All subjects of the site.
    """

    def __init__(self, subjects: Subjects) -> None:
        self._of: dict[str, Mapping[SessionKey, list[Subject]]] = {}
        for kind, role in _ROLES.items():
            found: defaultdict[SessionKey, list[Subject]] = defaultdict(list)
            for subject in subjects.of(kind):
                for one in subject.appearances:
                    if one.session and one.role == role:
                        found[one.event, one.session].append(subject)
            self._of[kind] = found
        self._sessions: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for of_kind in self._of.values():
            for event, session in of_kind:
                self._sessions[event].setdefault(session)

    def of_event(self, event: str) -> Iterator[tuple[str, list[SessionKey]]]:
        """Yield the sessions of an event, each with those that are near to it."""
        for session in self._sessions.get(event, ()):
            by_people, on_topics = self.of_session((event, session))
            yield session, [*by_people, *on_topics]

    def of_session(self, session: SessionKey) -> tuple[list[SessionKey], list[SessionKey]]:
        """Return what is near to a session.

        :param session: The session.
        :returns: Other sessions of the same people, the newest first; and those of other events
            on the same topics, which have the most of them first.
        """
        by_people: dict[SessionKey, Appearance] = {}
        for person in self._of["person"].get(session, ()):
            by_people |= {
                (one.event, one.session): one
                for one in person.appearances
                if one.session and one.role == "speaker"
            }
        by_people.pop(session, None)
        newest = sorted(by_people, key=lambda one: by_people[one].date, reverse=True)
        first = newest[:_MOST_BY_PEOPLE]
        shared: Counter[SessionKey] = Counter()
        dates: dict[SessionKey, str] = {}
        for topic in self._of["topic"].get(session, ()):
            of_sessions = [one for one in topic.appearances if one.session]
            for one in of_sessions[-_MOST_OF_TOPIC:]:
                if one.event != session[0]:
                    key = one.event, one.session
                    shared[key] += 1
                    dates[key] = one.date
        others = (one for one in shared if one not in by_people)
        near = sorted(others, key=lambda one: (shared[one], dates[one], one), reverse=True)
        return first, near[:_MOST_ON_TOPICS]
