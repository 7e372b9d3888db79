"""The subjects of the site: which one a page means, where its page is, what pages show of them."""

import json
import pickle
import posixpath
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence, Set
from functools import cache, cached_property
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple, TypeVar, cast

from sphinx.environment import BuildEnvironment

from sphinxcommon.files import short_digest

from ...core.appearances import Form
from ...core.model import REGISTER_NAMES, SubjectKind
from ...core.names import composed
from ...core.related_sessions import Related, SessionKey, related_sessions
from ...core.session_forms import all_sessions
from ...core.subject_lists import Figures, figures
from ...core.subjects import Subject, Subjects
from ...library import Library
from ..settings import Settings
from ..sites import SITES
from .data import KeptForm, ObjectName
from .object_types import EVENT, SESSION

_Made = TypeVar("_Made")


class _Kept(NamedTuple):
    """Something as it is kept.

    :param sources: A digest of all that it is made of.
    :param pickled: The pickle of it.
    """

    sources: str
    pickled: bytes


class SiteSubjects:
    """Who and what the events of the site have in common, as far as their pages are read.

    :param env: The environment.
    :param library: The events, and the registers.
    :param forms: The normal forms of the events by their pages.
    :param kept: What is kept from build to build of what is made here.
    :param link_to: Returns the page, the anchor and the title of links to an object, by its type
        and name.
    """

    def __init__(
        self,
        env: BuildEnvironment,
        library: Library,
        forms: Mapping[str, KeptForm],
        kept: MutableMapping[str, _Kept],
        link_to: Callable[[str, ObjectName], tuple[str, ...]],
    ) -> None:
        self._env = env
        self._library = library
        self._forms = forms
        self._kept = kept

        def link_to_session(session: SessionKey) -> str:
            return short_digest((link_to(SESSION.name, session), link_to(EVENT.name, session[:1])))

        self._link_to = link_to
        # Views of several subjects show those of one event.
        self._sessions_of = cache(self._read_sessions)
        self._speakers_of = cache(self._find_speakers)
        # Sessions are near to several others.
        self._link_to_session = cache(link_to_session)

    @cached_property
    def _forms_of_events(self) -> Mapping[str, KeptForm]:
        """The normal form of each event; if several have one id, the library says which has it."""
        library = self._library
        return {
            kept.event: kept
            for docname, kept in self._forms.items()
            if library.folder_of_event(kept.event) == library.folder_of_page(docname)
        }

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """The normal forms of the events by their ids."""
        return {form["id"]: form for form in self._read_forms()}

    def _read_forms(self) -> Iterator[Form]:
        return (json.loads(kept.text) for kept in self._forms_of_events.values())

    @cached_property
    def sources(self) -> str:
        """A digest of all that the subjects are made of."""
        library = self._library
        of_events = sorted(
            (event, kept.of_subjects) for event, kept in self._forms_of_events.items()
        )
        of_registers = sorted(library.registers.stamps.items()), library.audience
        return short_digest((of_events, of_registers, self._env.config.language))

    def _as_kept(self, name: str, make: Callable[[], _Made]) -> _Made:
        """Return what is made of the subjects' sources alone, anew only if these have changed.

        :param name: What it is called.
        :param make: Makes it.
        """
        kept = self._kept.get(name)
        if kept is None or kept.sources != self.sources:
            made = make()
            self._kept[name] = _Kept(self.sources, pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
            return made
        # Part of the environment, which Sphinx pickles, too.
        return cast(_Made, pickle.loads(kept.pickled))

    def forget_others(self) -> None:
        """Forget what is kept of other sources, which may have been for another audience."""
        for name, kept in list(self._kept.items()):
            if kept.sources != self.sources:
                del self._kept[name]

    @cached_property
    def all(self) -> Subjects:
        """The subjects that events name or that have a page.

        These are kept in the environment, which is to have no word that is not for the audience:
        nothing tells of others of the registers whether they are.
        """
        return self._shown[0]

    @cached_property
    def registered(self) -> Subjects:
        """The subjects, and those of registers that no event names; made anew if there are any."""
        shown, are_all = self._shown
        return shown if are_all else self._made

    @cached_property
    def _shown(self) -> tuple[Subjects, bool]:
        """The subjects without those that no event names, and whether these are all."""

        def make() -> tuple[Subjects, bool]:
            shown = self._made.shown()
            return shown, len(shown) == len(self._made)

        return self._as_kept("shown", make)

    @cached_property
    def _made(self) -> Subjects:
        entries, language = self._library.registers.entries, self._env.config.language
        return Subjects(self._read_forms(), entries, language)

    @cached_property
    def related_sessions(self) -> Mapping[str, Mapping[str, Related]]:
        """What is near to the sessions, by the ids of events and their own."""
        return self._as_kept("related_sessions", lambda: related_sessions(self.all))

    @cached_property
    def figures(self) -> Figures:
        """What overviews say of all events."""
        return self._as_kept("figures", lambda: figures(self.all))

    def session(self, session: SessionKey) -> Form:
        """Return the normal form of a session; nothing if there is none."""
        event, own_id = session
        return self.sessions(event).get(own_id, {})

    def sessions(self, event: str) -> Mapping[str, Form]:
        """Return the normal forms of the sessions of an event by their ids."""
        return self._sessions_of(event)

    def _read_sessions(self, event: str) -> Mapping[str, Form]:
        kept = self._forms_of_events.get(event)
        form: Form = json.loads(kept.text) if kept else {}
        return {one["id"]: one for one in all_sessions(form.get("sessions", ()))}

    def speakers(self, session: SessionKey) -> Sequence[Subject]:
        """Return who speaks at a session, in the order of indexes."""
        event, own_id = session
        return self._speakers_of(event).get(own_id, ())

    def _find_speakers(self, event: str) -> Mapping[str, Sequence[Subject]]:
        found: dict[str, dict[Subject, None]] = {}
        for kind, _name, session, subject in self.all.at(event):
            if kind == "person" and session:
                found.setdefault(session, {})[subject] = None
        in_order = attrgetter("order", "id")
        return {session: sorted(people, key=in_order) for session, people in found.items()}

    def picture_of(self, subject: Subject) -> str:
        """Return the path of a subject's own picture from the source directory, if it has one."""
        image = subject.entry.image if subject.entry else None
        if not image:
            return ""
        path = posixpath.normpath(posixpath.join(Settings.of(self._env.config).folder, image))
        return path if Path(self._env.srcdir, path).is_file() else ""

    @cached_property
    def have_pages(self) -> bool:
        """Whether this output has pages of subjects: only sites of files have any."""
        config = self._env.config
        return self._env._app.builder.name in SITES and Settings.of(config).subject_pages

    def page_of(self, subject: Subject) -> str | None:
        """Return the name of the page of a subject; ``None`` if it has none in this output."""
        return self.page_named(subject.kind, subject.id) if subject.has_page else None

    @cached_property
    def written_pages(self) -> list[str]:
        """The pages that authors wrote in the folders of those of subjects."""
        folders = tuple(f"{name}/" for name in REGISTER_NAMES.values())
        return sorted(one for one in self._env.found_docs if one.startswith(folders))

    def page_named(self, kind: SubjectKind, subject_id: str) -> str | None:
        """Return the name of the page of a subject that has one, if this output has such pages.

        A page that an author wrote has its name.
        """
        page = f"{REGISTER_NAMES[kind]}/{subject_id}"
        return page if self.have_pages and page not in self._env.found_docs else None

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
        if by_id := self.registered.get(kind, target):
            return (by_id,)
        event = self._library.event_of_page(docname) or ""
        known = self.registered.named(kind, target)
        if (
            len(known) > 1
            and (here := self.registered.find(kind, target, event))
            and event in here.events
        ):
            return (here,)
        return known

    def neighbours_in_series(self, event: str) -> tuple[str, str]:
        """Return the events before and after one in its series, as far as there are any."""
        return next(self._neighbours(event), ("", ""))

    def _neighbours(self, event: str) -> Iterator[tuple[str, str]]:
        """Yield the events before and after one in each series that it names."""
        for kind, _name, _session, subject in self.all.at(event):
            if kind == "series":
                events = ["", *subject.events, ""]
                place = events.index(event)
                yield events[place - 1], events[place + 1]

    def meant_by(self, kind: SubjectKind, target: str) -> Iterator[object]:
        """Yield what is shown of the subjects that references may mean, by an id or a name."""
        registered = self.registered
        for one in filter(None, (registered.get(kind, target), *registered.named(kind, target))):
            # Of several, a page means the one that its event names.
            yield one.id, one.name, one.has_page, one.events

    def showing_links_to(self, events: Set[str]) -> Set[str]:
        """Return the events of which pages show links to one of some: what is near to them."""
        found = set(events)
        if not events:
            return found
        for event, related in self.related_sessions.items():
            near = chain.from_iterable(chain.from_iterable(related.values()))
            if any(one in events for one, _session in near):
                found.add(event)
        for event in events:
            # Pages show the neighbours in the first series alone, which may be any of these.
            found.update(*self._neighbours(event))
        return found - {""}

    def linked(self, event: str) -> Iterator[object]:
        """Yield what pages of an event show of others: names, near sessions, its neighbours."""
        for kind, name, session, subject in self.all.at(event):
            yield kind, name, session, self.page_of(subject)
        for session, related in self.related_sessions.get(event, {}).items():
            yield session, [[*map(self._link_to_session, near)] for near in related]
        for neighbour in self.neighbours_in_series(event):
            yield self._link_to(EVENT.name, (neighbour,))
