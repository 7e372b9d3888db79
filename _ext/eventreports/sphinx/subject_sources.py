"""What the views of subjects are made of, and which of them show what has changed."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from sphinxcommon.files import short_digest

from ..core.subject_groups import KINDS
from ..core.subjects import Subject, Subjects
from .domain import EventDomain
from .domain.data import LinkTarget
from .domain.object_types import EVENT, SESSION


class Sources(NamedTuple):
    """Digests of what the views are made of, but for settings.

    :param changed: When what pages show of events last changed, see :attr:`.EventDomain.changed`.
    :param who: Of who is who, of where each stands, and of which pages there are.
    :param others: Of what says who is who beside the names in events, and of what any view may
        show of other subjects.
    :param events: Of each event: its data, and how pages show it and its sessions.
    :param sessions: Of what views show of each session, by the ids of its event and its own; by an
        empty id, of the event itself.
    """

    changed: Mapping[str, int] = {}
    who: str = ""
    others: str = ""
    events: Mapping[str, str] = {}
    sessions: Mapping[str, Mapping[str, str]] = {}


def sources_of(domain: EventDomain, before: Sources) -> Sources:
    """Return the sources as they are now.

    :param domain: The domain of events, when all pages are read.
    :param before: The sources as they were, of which those are taken that are still the same.
    :returns: The sources.
    """
    subjects = domain.subjects
    who = short_digest((subjects.sources, subjects.written_pages))
    others = before.others if before.who == who else _of_others(domain)
    targets, changed = _targets(domain), domain.changed_since(before.changed)
    events, sessions = dict[str, str](), dict[str, Mapping[str, str]]()
    for event, found in targets.items():
        known = before.events.get(event)
        if known is None or changed is None or event in changed:
            events[event] = _of_event(domain, event, found)
        else:
            events[event] = known
        known_sessions = before.sessions.get(event) if events[event] == known else None
        sessions[event] = known_sessions or _of_sessions(domain, event, found)
    return Sources(dict(domain.changed), who, others, events, sessions)


class Changes:
    """What has changed of the sources.

    :param before: The sources as they were.
    :param now: The sources as they are.
    """

    def __init__(self, before: Sources, now: Sources) -> None:
        self._are_any = before.others != now.others
        #: Whether subjects are elsewhere than before.
        self.are_of_places = before.who != now.who
        of_either = before.events.keys() | now.events.keys()
        self._events = {one for one in of_either if before.events.get(one) != now.events.get(one)}
        self._sessions = {
            (event, session)
            for event in self._events
            for was, is_now in [(before.sessions.get(event, {}), now.sessions.get(event, {}))]
            for session in was.keys() | is_now.keys()
            if was.get(session) != is_now.get(session)
        }

    def concern(self, subject: Subject) -> bool:
        """Return whether the view of a subject that is where it was before may show any."""
        if self._are_any:
            return True
        if self._events.isdisjoint(subject.events):
            return False
        return any(
            (one.event, place) in self._sessions
            for one in subject.appearances
            for place in ("", one.session)
        )


#: Where pages show an event and its sessions, by the ids of these; by an empty one, of the event.
_Targets = Mapping[str, list[LinkTarget]]


def _targets(domain: EventDomain) -> Mapping[str, _Targets]:
    """Return where pages show events and their sessions."""
    found: defaultdict[str, dict[str, list[LinkTarget]]] = defaultdict(dict)
    for objtype in (EVENT, SESSION):
        for (event, *session), targets in domain.targets[objtype.name].items():
            found[event]["".join(session)] = targets
    return found


def _of_others(domain: EventDomain) -> str:
    subjects = domain.subjects
    known = [
        (kind, one.id, one.names, one.order, subjects.page_of(one), _told_apart(subjects.all, one))
        for kind in KINDS
        for one in subjects.all.of(kind)
    ]
    return short_digest((known, domain.library.registers.stamps))


def _told_apart(subjects: Subjects, subject: Subject) -> list[tuple[str, str]]:
    """Return where a subject stands, if others have one of its names, which are not it there."""
    shares = any(len(subjects.named(subject.kind, name)) > 1 for name in subject.names)
    return [(one.event, one.session) for one in subject.appearances] if shares else []


def _of_event(domain: EventDomain, event: str, targets: _Targets) -> str:
    entry = domain.library.entry_of_event(event)
    return short_digest((targets, entry and domain.normal_forms.get(entry.page)))


def _of_sessions(domain: EventDomain, event: str, targets: _Targets) -> dict[str, str]:
    forms = domain.subjects.sessions(event)
    # In which line something stands is not shown.
    shown = {one: [place._replace(line=0) for place in places] for one, places in targets.items()}
    ids = dict.fromkeys(["", *shown, *forms])
    return {one: short_digest((shown.get(one), forms.get(one))) for one in ids}
