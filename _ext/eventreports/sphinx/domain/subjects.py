"""The subjects of the site: which one a page means, where its page is, what pages show of them."""

import json
import posixpath
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path

from sphinx.environment import BuildEnvironment

from sphinxcommon.files import short_digest

from ...core.appearances import Form
from ...core.model import REGISTER_NAMES, SubjectKind
from ...core.names import composed
from ...core.related_sessions import RelatedSessions, SessionKey
from ...core.session_forms import all_sessions
from ...core.subject_lists import counts, number_of_speakers
from ...core.subjects import Subject, Subjects
from ...library import Library
from ..settings import Settings
from ..sites import SITES
from .data import FIGURES, SUBJECTS, ObjectName, ObjectQuery
from .object_types import EVENT, OBJECT_TYPES, SESSION


class SiteSubjects:
    """Who and what the events of the site have in common, as far as their pages are read.

    :param env: The environment.
    :param library: The events, and the registers.
    :param forms: The normal forms of the events by their pages, as JSON.
    :param link_to: Returns the page, the anchor and the title of links to an object, by its type
        and name.
    """

    def __init__(
        self,
        env: BuildEnvironment,
        library: Library,
        forms: Mapping[str, str],
        link_to: Callable[[str, ObjectName], tuple[str, ...]],
    ) -> None:
        self._env = env
        self._library = library
        self._forms = forms
        # Sessions are near to several others.
        self._link_to = cache(link_to)

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """The normal forms of the events by their ids."""
        library = self._library
        return {
            form["id"]: form
            for docname, text in self._forms.items()
            if (form := json.loads(text))
            and library.folder_of_event(form["id"]) == library.folder_of_page(docname)
        }

    @cached_property
    def all(self) -> Subjects:
        """The subjects."""
        entries = self._library.registers.entries
        return Subjects(self.forms.values(), entries, self._env.config.language)

    @cached_property
    def sessions(self) -> Mapping[SessionKey, Form]:
        """The normal forms of all sessions."""
        return {
            (event["id"], session["id"]): session
            for event in self.forms.values()
            for session in all_sessions(event.get("sessions", ()))
        }

    @cached_property
    def speakers(self) -> Mapping[SessionKey, list[Subject]]:
        """Who speaks at each session."""
        found: dict[SessionKey, dict[Subject, None]] = {}
        for person in self.all.of("person"):
            for one in person.appearances:
                if one.role == "speaker":
                    found.setdefault((one.event, one.session), {}).setdefault(person)
        return {place: list(people) for place, people in found.items()}

    def picture_of(self, subject: Subject) -> str:
        """Return the path of a subject's own picture from the source directory, if it has one."""
        image = subject.entry.image if subject.entry else None
        if not image:
            return ""
        path = posixpath.normpath(posixpath.join(Settings.of(self._env.config).folder, image))
        return path if Path(self._env.srcdir, path).is_file() else ""

    @cached_property
    def related_sessions(self) -> RelatedSessions:
        """The sessions that are near to each session."""
        return RelatedSessions(self.all)

    @cached_property
    def have_pages(self) -> bool:
        """Whether this output has pages of subjects: only sites of files have any."""
        config = self._env.config
        return self._env._app.builder.name in SITES and Settings.of(config).subject_pages

    def page_of(self, subject: Subject) -> str | None:
        """Return the name of the page of a subject; ``None`` if it has none in this output.

        A page that an author wrote has its name.
        """
        page = f"{REGISTER_NAMES[subject.kind]}/{subject.id}"
        is_free = page not in self._env.found_docs
        return page if subject.has_page and is_free and self.have_pages else None

    def of_page(self, page: str) -> Subject | None:
        """Return the subject whose page has a name, if it is one of these."""
        folder, _slash, own_id = page.partition("/")
        kind = next((kind for kind, name in REGISTER_NAMES.items() if name == folder), None)
        subject = self.all.get(kind, own_id) if kind else None
        return subject if subject and self.page_of(subject) == page else None

    def meant(self, kind: SubjectKind, docname: str, target: str) -> tuple[Subject, ...]:
        """Return the subjects that a reference may mean: by an id, or by a name.

        :param kind: Their kind.
        :param docname: The page that refers to one.
        :param target: The id or name as written.
        :returns: One if it is clear which, none if there is none.
        """
        target = composed(target)
        if by_id := self.all.get(kind, target):
            return (by_id,)
        event = self._library.event_of_page(docname) or ""
        known = self.all.named(kind, target)
        if len(known) > 1 and (here := self.all.find(kind, target, event)) and event in here.events:
            return (here,)
        return known

    def neighbours_in_series(self, event: str) -> tuple[str, str]:
        """Return the events before and after one in its series, as far as there are any."""
        for kind, _name, subject in self.all.at(event):
            if kind == "series":
                events = ["", *subject.events, ""]
                place = events.index(event)
                return events[place - 1], events[place + 1]
        return "", ""

    def answer(self, query: ObjectQuery) -> Iterator[object]:
        """Yield what a page's output may show of subjects: what a change of is one of the page.

        :param query: For those that an event names, for one, or for what overviews count of all.
        :yields: What is shown.
        """
        kind = OBJECT_TYPES[query.object_type].subjects
        if kind is None:
            # Kept for each event.
            yield short_digest(list(self._shown_at(query.name[0])))
        elif query.group == FIGURES and kind == "person":
            yield number_of_speakers(self.all)
        elif query.group == FIGURES:
            for one, number in counts(self.all, kind):
                yield one.id, one.name, one.has_page, number
        else:
            known = (self.all.get(kind, query.name[0]), *self.all.named(kind, query.name[0]))
            yield from ((one.id, one.name, one.has_page) for one in known if one)

    def _shown_at(self, event: str) -> Iterator[object]:
        """Yield what pages of an event show: links, near sessions, what is before and after it."""
        for kind, name, subject in self.all.at(event):
            yield kind, name, subject.id if subject.has_page else ""
        for session, near in self.related_sessions.of_event(event):
            yield (
                session,
                [
                    (self._link_to(SESSION.name, one), self._link_to(EVENT.name, one[:1]))
                    for one in near
                ],
            )
        for one in self.neighbours_in_series(event):
            yield self._link_to(EVENT.name, (one,))


def is_of_subjects(query: ObjectQuery) -> bool:
    """Return whether a query is for subjects."""
    objtype = OBJECT_TYPES.get(query.object_type)
    return query.group == SUBJECTS or bool(objtype and objtype.subjects)


def of_links(query: ObjectQuery) -> bool:
    """Return whether a query is for what pages of an event link to alone."""
    return query.object_type == EVENT.name and query.group == SUBJECTS
