"""Which events pages choose; names in these choices that no event has are reported."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, cast

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import did_you_mean

from ...core.appearances import Role
from ...core.model import SubjectKind
from ...core.names import comparable
from ...core.problems import Code
from ...core.session_forms import with_parts
from ...core.subject_lists import Chosen
from ...core.subjects import Subject, Subjects
from ..logging import report_at
from . import EventDomain, event_domain
from .data import Choice, EventFacts
from .object_types import EVENT

#: The kinds of subjects by which events are chosen, and what these are there.
_SUBJECTS: Final[Mapping[str, tuple[SubjectKind, Role]]] = {
    "series": ("series", "series"),
    "topic": ("topic", "topic"),
    "reporter": ("person", "reporter"),
}

#: Where the domain's data has what was reported last.
_KEY: Final = "unknown_names"


def setup(app: Sphinx) -> None:
    """Connect the handler, which runs when all events are known."""
    app.connect("env-updated", report_unknown)


def facts_of_events(domain: EventDomain) -> dict[str, EventFacts]:
    """Return what lists show of the events that have a page, by their ids."""
    targets = domain.targets[EVENT.name]
    return {
        event_id: cast(EventFacts, target.facts)
        for (event_id,), (target, *_others) in targets.items()
    }


def chosen_events(domain: EventDomain, choice: Choice) -> Chosen:
    """Return the events that a choice is of, when all pages are read."""
    events: Iterable[str] = [
        event_id for event_id, facts in facts_of_events(domain).items() if _is_chosen(facts, choice)
    ]
    for option in ("series", "reporter"):
        if names := getattr(choice, option):
            at = _sessions_by_event(domain.subjects.all, option, names)
            events = [one for one in events if one in at]
    if not choice.topic:
        return dict.fromkeys(events)
    at = _sessions_by_event(domain.subjects.all, "topic", choice.topic)
    forms = domain.subjects.forms
    return {
        one: frozenset(with_parts(forms[one].get("sessions", ()), at[one] - {""})) or None
        for one in events
        if one in at
    }


def _is_chosen(facts: EventFacts, choice: Choice) -> bool:
    """Return whether an event is one of a choice by its own facts."""
    year = facts.start.year if facts.start else 0
    places = {*map(comparable, facts.places)}
    return (
        (not choice.year or year in choice.year)
        and (not choice.kind or facts.kind in choice.kind)
        and (not choice.place or not places.isdisjoint(map(comparable, choice.place)))
    )


def _sessions_by_event(
    subjects: Subjects, option: str, names: Iterable[str]
) -> dict[str, set[str]]:
    """Return at which events, and at which of their sessions, some subjects stand."""
    kind, role = _SUBJECTS[option]
    meant = {one for name in names for one in _meant(subjects, kind, name)}
    meant.update(*map(subjects.descendants, meant))
    found: dict[str, set[str]] = {}
    for one in (there for subject in meant for there in subject.appearances):
        if one.role == role:
            found.setdefault(one.event, set()).add(one.session)
    return found


def _meant(subjects: Subjects, kind: SubjectKind, name: str) -> Iterable[Subject]:
    """Return all subjects that a name may mean, or the one whose id it is."""
    by_id = subjects.get(kind, name)
    return subjects.named(kind, name) or ((by_id,) if by_id else ())


def report_unknown(_app: Sphinx, env: BuildEnvironment) -> None:
    """Report names that no event has, also of the pages that are not read in this build."""
    domain = event_domain(env)
    if domain.has_other_facts or _KEY not in domain.data:
        domain.data[_KEY] = [*_messages(domain)]
    for location, message in domain.data[_KEY]:
        report_at(location, Code.UNKNOWN_NAME, message)


def _messages(domain: EventDomain) -> Iterator[tuple[str, Message]]:
    """Yield what is to be reported, and where."""
    for docname in sorted(domain.choices):
        for choice, location in dict.fromkeys(domain.choices[docname]):
            for option, name, known in _unknown(domain, choice):
                message = Message(
                    "{option}: there is no “{name}” in the data", option=option, name=name
                )
                yield location, did_you_mean(message, name, known)


def _unknown(domain: EventDomain, choice: Choice) -> Iterator[tuple[str, str, Iterable[str]]]:
    """Yield the options and names that no event has, with those that there are.

    Where a part of an event could not be read, or is left out, it may be there.
    """
    library = domain.library
    if not all(one.is_whole for one in library.entries.values()):
        return
    for option in ("place", *_SUBJECTS):
        for name in getattr(choice, option):
            if not _is_known(domain, option, name) and not library.leaves_out_text(name):
                yield option, name, _known(domain, option)


def _is_known(domain: EventDomain, option: str, name: str) -> bool:
    if option not in _SUBJECTS:
        return comparable(name) in map(comparable, _known(domain, option))
    kind, role = _SUBJECTS[option]
    return any(_stands(one, role) for one in _meant(domain.subjects.registered, kind, name))


def _known(domain: EventDomain, option: str) -> list[str]:
    """Return the names that an option may have."""
    if option not in _SUBJECTS:
        return [name for facts in facts_of_events(domain).values() for name in facts.places]
    kind, role = _SUBJECTS[option]
    found = (one for one in domain.subjects.registered.of(kind) if _stands(one, role))
    return [name for one in found for name in one.names]


def _stands(subject: Subject, role: Role) -> bool:
    """Return whether a subject is something at an event; topics may have others below them."""
    return role == "topic" or any(there.role == role for there in subject.appearances)
