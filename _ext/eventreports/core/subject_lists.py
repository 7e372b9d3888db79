"""What lists of people, organizations, topics and series say of each, and how many there are."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from .appearances import Appearance, in_language
from .model import SubjectKind
from .names import initial
from .subjects import Subject, Subjects

#: The kinds of subjects that overviews count.
_COUNTED: Final[tuple[SubjectKind, ...]] = ("topic", "series")
#: Events, each with those of its sessions that count; ``None`` stands for the whole event.
Chosen = Mapping[str, Collection[str] | None]


class ListedSubject(NamedTuple):
    """A subject in a list.

    :param id: Its id.
    :param name: Its name.
    :param initial: What an index has it under.
    :param reading: How the name is read, if that is another text.
    :param affiliation: Whom it belonged to last.
    :param events: At how many events it stands, of topics also those below it.
    :param sessions: At how many sessions.
    :param has_page: Whether it has a page.
    :param children: The ids of the topics right below it that are in the list.
    """

    id: str
    name: str
    initial: str
    reading: str
    affiliation: str
    events: int
    sessions: int
    has_page: bool
    children: tuple[str, ...] = ()


def listed(
    subjects: Subjects, kind: SubjectKind, chosen: Chosen, language: str
) -> Iterator[ListedSubject]:
    """Yield the subjects of a kind that stand at some events, in the order of Japanese indexes.

    :param subjects: All subjects.
    :param kind: The kind.
    :param chosen: The events.
    :param language: The site's language.
    :yields: What a list says of each.
    """
    found = {
        subject: there
        for subject in subjects.of(kind)
        if (there := _there(subject, chosen, subjects.descendants(subject)))
    }
    for subject, there in found.items():
        children = [one.id for one in subjects.children(subject) if one in found]
        reading = _reading(subject, language)
        yield ListedSubject(
            subject.id,
            subject.name,
            initial(subject.order[0]) or subject.order[0][:1].upper(),
            reading if reading != subject.name else "",
            _affiliation(there, language) if kind == "person" else "",
            len({one.event for one in there}),
            len({(one.event, one.session) for one in there if one.session}),
            subject.has_page,
            tuple(children),
        )


def most(listed: Sequence[ListedSubject], limit: int | None) -> list[ListedSubject]:
    """Return those of a list that stand at most events, and of these at most sessions.

    :param listed: The list.
    :param limit: How many at most; ``None``: all.
    :returns: These, in the order of the list.
    """
    by_number = sorted(listed, key=lambda one: (one.events, one.sessions), reverse=True)
    kept = set(by_number[:limit])
    return [one for one in listed if one in kept]


class CountedSubject(NamedTuple):
    """A subject in an overview.

    :param id: Its id.
    :param name: Its name.
    :param has_page: Whether it has a page.
    :param number: How often it stands: an event or session counts once, under however many of its
        names it has it.
    """

    id: str
    name: str
    has_page: bool
    number: int


class Figures(NamedTuple):
    """What overviews say of all events.

    :param speakers: How many people spoke.
    :param counted: The topics and the series, the most frequent first.
    """

    speakers: int
    counted: Mapping[SubjectKind, tuple[CountedSubject, ...]]


def figures(subjects: Subjects) -> Figures:
    """Return what overviews say of all events."""
    speakers = sum(
        any(there.role == "speaker" for there in one.appearances) for one in subjects.of("person")
    )
    return Figures(speakers, {kind: _counted(subjects.of(kind)) for kind in _COUNTED})


def _counted(subjects: Sequence[Subject]) -> tuple[CountedSubject, ...]:
    found = (
        CountedSubject(one.id, one.name, one.has_page, number)
        for one in subjects
        if (number := len({(there.event, there.session) for there in one.appearances}))
    )
    return tuple(sorted(found, key=lambda one: one.number, reverse=True))


def is_there(one: Appearance, chosen: Chosen) -> bool:
    """Return whether an appearance is at one of some events, and of their sessions."""
    if one.event not in chosen:
        return False
    sessions = chosen[one.event]
    return sessions is None or one.session in sessions


def _there(subject: Subject, chosen: Chosen, below: Sequence[Subject]) -> list[Appearance]:
    return [one for each in (subject, *below) for one in each.appearances if is_there(one, chosen)]


def _reading(subject: Subject, language: str) -> str:
    entry = subject.entry
    if entry and entry.reading:
        return entry.reading.in_language(language)
    return next(iter(subject.readings), "")


def _affiliation(there: Sequence[Appearance], language: str) -> str:
    """Return whom somebody belonged to at the latest of some appearances that say so."""
    known = [one for one in there if one.form.get("affiliation")]
    latest = max(reversed(known), key=lambda one: one.date, default=None)
    return in_language(latest.form["affiliation"], language) if latest else ""
