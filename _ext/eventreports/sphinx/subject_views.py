"""What the pages of subjects show, out of the events and of where pages show them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..core.appearances import Appearance, Form, in_language
from ..core.subjects import Subject
from ..render.subject_pages import Link, Part, Row, SubjectView
from .domain import EventDomain
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

    def of(self, subject: Subject) -> SubjectView:
        """Return what the page of a subject shows."""
        entry = subject.entry
        all_ = self._subjects.all
        return SubjectView(
            subject.kind,
            subject.name,
            subject.readings,
            subject.aliases,
            entry.description.in_language(self._language) if entry and entry.description else "",
            tuple(_urls(subject)),
            self._subjects.picture_of(subject),
            tuple(self._affiliations(subject)) if subject.kind == "person" else (),
            tuple(map(self.link, all_.parents(subject))) if subject.kind == "topic" else (),
            tuple(map(self.link, all_.children(subject))) if subject.kind == "topic" else (),
            tuple(self._rows(subject)),
            tuple(self._beside(subject)),
        )

    def link(self, subject: Subject) -> Link:
        """Return a link to the page of a subject, or its name."""
        return Link(subject.name, self._subjects.page_of(subject) or "")

    def _rows(self, subject: Subject) -> Iterator[Row]:
        """Yield where a subject stands, the newest first; undated places come last."""
        places: dict[tuple[str, str], list[Appearance]] = {}
        for one in subject.appearances:
            places.setdefault((one.event, one.session), []).append(one)
        dated = [place for place, some in places.items() if some[0].date]
        undated = [place for place, some in places.items() if not some[0].date]
        for place in (*reversed(dated), *undated):
            if row := self._row(subject, *place, places[place]):
                yield row

    def _row(
        self, subject: Subject, event: str, session: str, found: Sequence[Appearance]
    ) -> Row | None:
        """Return what is shown of one place; ``None`` if no page shows the event."""
        at = self._event(event)
        if at is None:
            return None
        parts = tuple(dict.fromkeys(self._part(one) for one in found))
        if not session:
            return Row(at, found[0].date, None, parts)
        target = self._domain.link_target(SESSION, (event, session))
        form = self._subjects.sessions.get((event, session), {})
        title = in_language(form.get("title", {}), self._language) or session
        points = self._domain.points((event, session))
        return Row(
            Link(target.title, target.docname, target.anchor) if target else Link(title),
            found[0].date,
            at,
            parts,
            tuple(self.link(one) for one in self._speakers(event, session) if one is not subject),
            tuple(_resources(form)),
            points[0] if points else "",
        )

    def _event(self, event: str) -> Link | None:
        target = self._domain.link_target(EVENT, (event,))
        return Link(target.title, target.docname) if target else None

    def _part(self, one: Appearance) -> Part:
        return Part(one.role, in_language(one.group, self._language))

    def _speakers(self, event: str, session: str) -> list[Subject]:
        return self._subjects.speakers.get((event, session), [])

    def _affiliations(self, person: Subject) -> Iterator[tuple[Link, str, str]]:
        """Yield to whom a person belonged, the latest first, with the first and the last year."""
        years: dict[Subject, list[str]] = {}
        for one in person.appearances:
            work = one.form.get("affiliation")
            name = next(iter(work.values()), "") if work else ""
            found = self._subjects.all.find("organization", name, one.event, one.session)
            if found:
                years.setdefault(found, []).append(one.date[:4])
        for found, dates in reversed(years.items()):
            known = sorted(filter(None, dates)) or [""]
            yield self.link(found), known[0], known[-1]

    def _beside(self, subject: Subject) -> Iterator[tuple[Link, int]]:
        """Yield who speaks where the subject stands, the most frequent first."""
        counts: Counter[Subject] = Counter()
        for event, session in {(one.event, one.session) for one in subject.appearances}:
            if subject.kind == "organization":
                continue
            counts.update(one for one in self._speakers(event, session) if one is not subject)
        if subject.kind == "organization":
            counts.update(self._people_of(subject))
        for one, number in sorted(counts.items(), key=_most_first)[:_MOST_BESIDE]:
            yield self.link(one), number

    def _people_of(self, organization: Subject) -> Iterator[Subject]:
        """Yield whoever belonged to an organization, as often as they did."""
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
