"""What the pages of subjects show, out of the events and of where pages show them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import cast

from ..core.appearances import Appearance, Form, in_language
from ..core.dates import format_range
from ..core.subjects import Subject
from ..render.labels import site_locale
from ..render.subject_pages import EventRow, Link, Part, SessionRow, SubjectView
from .domain import EventDomain
from .domain.data import EventFacts
from .domain.object_types import EVENT, SESSION

#: So many of those beside a subject are shown.
_MOST_BESIDE = 12
_RESOURCES = ("slides", "videos")


class SubjectViews:
    """Makes the views of the subjects of a site.

    :param domain: The domain of events, when all pages are read.
    """

    def __init__(self, domain: EventDomain) -> None:
        self._domain = domain
        self._subjects = domain.subjects
        self._language = domain.env.config.language
        self._locale = site_locale(self._language)

    def of(self, subject: Subject) -> SubjectView:
        """Return what the page of a subject shows."""
        topics = self._subjects.all if subject.kind == "topic" else None
        return SubjectView(
            subject.kind,
            subject.name,
            subject.readings,
            subject.aliases,
            subject.description(self._language),
            tuple(_urls(subject)),
            self._subjects.picture_of(subject),
            tuple(self._affiliations(subject)) if subject.kind == "person" else (),
            tuple(map(self.link, topics.parents(subject))) if topics else (),
            tuple(map(self.link, topics.children(subject))) if topics else (),
            tuple(self._events(subject)),
            tuple(self._beside(subject)),
        )

    def link(self, subject: Subject) -> Link:
        """Return a link to the page of a subject, or its name."""
        return Link(subject.name, self._subjects.page_of(subject) or "")

    def _events(self, subject: Subject) -> Iterator[EventRow]:
        """Yield where a subject stands, the newest first; undated events come last."""
        found: dict[str, list[Appearance]] = {}
        for one in subject.appearances:
            found.setdefault(one.event, []).append(one)
        rows = [row for event in found if (row := self._event(subject, event, found[event]))]
        rows.reverse()
        yield from sorted(rows, key=lambda row: row.year, reverse=True)

    def _event(self, subject: Subject, event: str, found: Iterable[Appearance]) -> EventRow | None:
        """Return what is shown of an event; ``None`` if no page shows it."""
        target = self._domain.link_target(EVENT, (event,))
        if target is None:
            return None
        facts = cast(EventFacts, target.facts)
        when = facts.date_text
        if not when and facts.start and facts.end:
            when = format_range(facts.start, facts.end, self._locale)
        sessions: dict[str, Appearance] = {}
        parts: dict[Part, None] = {}
        for one in found:
            if one.session:
                sessions.setdefault(one.session, one)
            else:
                parts[Part(one.role, in_language(one.group, self._language))] = None
        in_time = sorted(sessions.values(), key=lambda one: one.date)
        return EventRow(
            Link(target.title, target.docname),
            facts.start.year if facts.start else 0,
            tuple(filter(None, (when, facts.venue))),
            (event, facts.start, facts.color),
            tuple(parts),
            tuple(self._session(subject, one, facts) for one in in_time),
        )

    def _session(self, subject: Subject, found: Appearance, facts: EventFacts) -> SessionRow:
        is_of_only_day = "T" not in found.date and facts.start == facts.end
        place = found.event, found.session
        target = self._domain.link_target(SESSION, place)
        form = self._subjects.session(place)
        title = in_language(form.get("title", {}), self._language) or found.session
        points = self._domain.points(place)
        speakers = self._subjects.speakers(place)
        return SessionRow(
            Link(target.title, target.docname, target.anchor) if target else Link(title),
            "" if is_of_only_day else found.date,
            tuple(self.link(one) for one in speakers if one is not subject),
            tuple(_resources(form)),
            points[0] if points else "",
        )

    def _affiliations(self, person: Subject) -> Iterator[tuple[Link, str, str]]:
        """Yield to whom a person belonged, the latest first, with the first and the last year."""
        years: dict[Subject, list[str]] = {}
        for one in person.appearances:
            work = one.form.get("affiliation")
            name = next(iter(work.values()), "") if work else ""
            if found := self._subjects.all.find("organization", name, one.event, one.session):
                years.setdefault(found, []).append(one.date[:4])
        for found, dates in reversed(years.items()):
            known = sorted(filter(None, dates)) or [""]
            yield self.link(found), known[0], known[-1]

    def _beside(self, subject: Subject) -> Iterator[tuple[Link, int]]:
        """Yield who speaks where the subject stands, the most frequent first."""
        counts: Counter[Subject] = Counter()
        if subject.kind == "organization":
            counts.update(self._people_of(subject))
        else:
            for place in {(one.event, one.session) for one in subject.appearances}:
                speakers = self._subjects.speakers(place)
                counts.update(one for one in speakers if one is not subject)
        for one, number in sorted(counts.items(), key=_most_first)[:_MOST_BESIDE]:
            yield self.link(one), number

    def _people_of(self, organization: Subject) -> Iterator[Subject]:
        """Yield whoever belonged to an organization, as often as they spoke."""
        for one in organization.appearances:
            if one.role == "affiliation" and one.session and "name" in one.form:
                name = next(iter(one.form["name"].values()))
                if found := self._subjects.all.find("person", name, one.event, one.session):
                    yield found


def _most_first(counted: tuple[Subject, int]) -> tuple[int, tuple[str, str]]:
    subject, number = counted
    return -number, subject.order


def _urls(subject: Subject) -> Iterable[str]:
    """Return the addresses that are a subject's own, those of its entry first."""
    found: dict[str, None] = {}
    if entry := subject.entry:
        found.update(dict.fromkeys(filter(None, (entry.url, *(one.url for one in entry.links)))))
    for one in reversed(subject.appearances):
        if one.is_of_itself:
            links = (link.get("url") for link in one.form.get("links", ()))
            found.update(dict.fromkeys(filter(None, (one.form.get("url"), *links))))
    return found


def _resources(session: Form) -> Iterator[tuple[str, str]]:
    """Yield the slides and videos of a session that are on the web."""
    for kind in _RESOURCES:
        for one in session.get(kind, ()):
            if one.get("status", "available") == "available" and "url" in one:
                yield kind, one["url"]
