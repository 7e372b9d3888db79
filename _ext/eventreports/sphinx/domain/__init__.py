"""The domain ``event``: the objects of the types in ``object_types``, and where pages show them.

What is known of pages is kept page by page, so that nothing depends on the order in which they are
read, nor on the process that reads them.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar, Final, cast

from docutils import nodes
from docutils.nodes import Element
from docutils.parsers.rst import Directive
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util.logging import get_node_location
from sphinx.util.nodes import make_refnode
from sphinx.util.typing import RoleFunction

from sphinxcommon.files import short_digest
from sphinxcommon.log_entries import LogEntry

from ...core import paths
from ...core.model import SubjectKind, Visibility
from ...core.names import composed
from ...library import Library
from ...render.labels import _
from ..directive_names import name_meant
from ..exclusion import exclusion
from ..settings import Settings, audience_of
from .data import (
    PDF,
    Answer,
    EventFacts,
    IndexedPerson,
    KeptForm,
    LinkTarget,
    Noted,
    NotedChoice,
    ObjectName,
    ObjectQuery,
    PageKind,
    Reference,
    SessionNotes,
)
from .misspelled import unknown_directive, unknown_role
from .object_types import EVENT, OBJECT_TYPES, SESSION, ObjectType
from .subjects import SiteSubjects

#: The type and the name of an object, and where it is shown.
NotedObject = tuple[str, ObjectName, LinkTarget]

#: Priorities in Sphinx's search (``Domain.get_objects``): the default one, and left out.
_SEARCHED: Final = 1
_NOT_SEARCHED: Final = -1
#: The data that is kept by page.
_BY_PAGE: Final = (
    "objects",
    "queries",
    "references",
    "log_entries",
    "folders",
    "borrowed",
    "stamps",
    "sessions",
    "with_left_out",
    "normal_forms",
    "noted",
    "with_words",
    "indexed",
    "reporters",
    "written",
    "contents",
    "choices",
)
#: What is kept beside it.
_OF_SITE: Final = (
    "entries",
    "answers",
    "left_out",
    "known_people",
    "of_subjects",
    "states",
    "changed",
)
#: The part of what is kept by page that other pages may show.
_SHOWN_ELSEWHERE: Final = tuple(
    key for key in _BY_PAGE if key not in {"log_entries", "queries", "references", "stamps"}
)


class ObjectRole(XRefRole):
    """A role that links to an object by its id, with its event's before it if need be."""

    def process_link(
        self,
        env: BuildEnvironment,
        refnode: nodes.Element,
        has_explicit_title: bool,
        title: str,
        target: str,
    ) -> tuple[str, str]:
        return title, composed(target.strip())


class EventDomain(Domain):
    """The domain of the objects in the table of types."""

    name = "event"
    label = "Event"
    types: ClassVar[Mapping[str, ObjectType]] = OBJECT_TYPES
    initial_data: ClassVar = {key: {} for key in (*_BY_PAGE, *_OF_SITE)}
    data_version = 28

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        for objtype in self.types.values():
            self.add_object_type(objtype.name, ObjType(_(objtype.label), objtype.name))
            self.roles[objtype.name] = ObjectRole(innernodeclass=nodes.inline, warn_dangling=True)
        #: The objects that each page shows.
        self.objects: dict[str, list[NotedObject]] = self.data["objects"]
        #: The objects of other pages that each page's output shows or links to.
        self.queries: dict[str, set[ObjectQuery]] = self.data["queries"]
        self.answers: dict[ObjectQuery, Answer] = self.data["answers"]
        #: The references of each page, which may be unresolved.
        self.references: dict[str, list[Reference]] = self.data["references"]
        #: The warnings of each page, reported again in the builds that do not read it.
        self.log_entries: dict[str, list[LogEntry]] = self.data["log_entries"]
        #: The folder of the event that each page belonged to when it was read.
        self.folders: dict[str, str | None] = self.data["folders"]
        #: The ids of events in options of each page, and their folders when it was read.
        self.borrowed: dict[str, dict[str, str | None]] = self.data["borrowed"]
        #: The state of the files that each page was read from.
        self.stamps: dict[str, dict[str, tuple[int, int]]] = self.data["stamps"]
        #: The ids of the sessions that the page of each event may show; of pages with a list of
        #: them there are none.
        self.sessions: dict[str, tuple[str, ...]] = self.data["sessions"]
        #: The normal form of the event of each page of one.
        self.normal_forms: dict[str, KeptForm] = self.data["normal_forms"]
        #: The pages of events on which somebody has written something.
        self.with_words: dict[str, bool] = self.data["with_words"]
        #: What each page notes of events and sessions.
        self.noted: dict[str, tuple[Noted, ...]] = self.data["noted"]
        #: Who wrote each page of an event that says so.
        self.reporters: dict[str, tuple[str, ...]] = self.data["reporters"]
        #: The sessions of which each page says more than their facts.
        self.written: dict[str, frozenset[ObjectName]] = self.data["written"]
        #: The pages that the contents of an event's page have beside those of its own toctrees.
        self.contents: dict[str, tuple[str, ...]] = self.data["contents"]
        #: Which events each page chooses.
        self.choices: dict[str, list[NotedChoice]] = self.data["choices"]
        #: The people whom the index has of each page.
        self.indexed: dict[str, list[IndexedPerson]] = self.data["indexed"]
        #: The names and readings that the site gives them, by the names and sessions noted.
        self.known_people: dict[tuple[str, ObjectName], tuple[str, str]]
        self.known_people = self.data["known_people"]
        #: When what pages show of an event last changed (µs), by the id of the event; by an empty
        #: id, when that of any event may have, which replaces the times of single events.
        self.changed: dict[str, int] = self.data["changed"]
        #: What states are noted, by what they are of.
        self.states: dict[str, Any] = self.data["states"]
        # Of one build; not pickled.
        #: The PDFs that each page of this output links to.
        self.pdfs: dict[str, list[PDF]] = {}
        #: What other pages may show of each page that is read in this build, as it was before.
        self.facts_before: dict[str, object] = {}
        #: The objects of these, as they were.
        self._objects_before: dict[str, list[NotedObject]] = {}
        #: Whether pages have come or gone since the last build, or registers have changed.
        self.has_other_files = False
        #: The pages read in this build that are not UTF-8.
        self.undecodable: list[str] = []
        #: The pages of which parts are left out, with a digest of these.
        self.with_left_out: dict[str, str] = self.data["with_left_out"]
        #: The pages that are left out with their paths, and for whom others say that they are.
        self.left_out_pages: dict[str, str] = {}
        self.page_levels: dict[str, Visibility] = {}
        #: ``exclude_patterns``, which has more while pages are looked for.
        self.patterns: list[str] = []

    @cached_property
    def library(self) -> Library:
        """The events of the project."""
        config = self.env.config
        is_excluded = exclusion(config.exclude_patterns)
        # Static files are copied into the output as a whole.
        static = [one for one in config.html_static_path if not Path(one).is_absolute()]

        def is_content(path: str) -> bool:
            is_static = any(PurePosixPath(path).is_relative_to(folder) for folder in static)
            return is_static or (paths.is_content(path) and not is_excluded(path))

        root = Path(self.env.srcdir)
        folder = Settings.of(config).folder
        return Library(root, folder, is_excluded, is_content, audience_of(config))

    @cached_property
    def targets(self) -> dict[str, dict[ObjectName, list[LinkTarget]]]:
        """The places where the objects of each type are shown; links lead to the first."""
        targets: dict[str, dict[ObjectName, list[LinkTarget]]] = {
            name: {} for name, objtype in self.types.items() if not objtype.subjects
        }
        noted = (one for of_page in self.objects.values() for one in of_page)
        for objtype, name, target in sorted(noted, key=self._order):
            targets[objtype].setdefault(name, []).append(target)
        return targets

    @cached_property
    def subjects(self) -> SiteSubjects:
        """What the events have in common; known when all pages are read."""

        def link_to(objtype: str, name: ObjectName) -> tuple[str, ...]:
            target = self.link_target(self.types[objtype], name)
            return (target.docname, target.anchor, target.title) if target else ()

        return SiteSubjects(
            self.env, self.library, self.normal_forms, self.data["of_subjects"], link_to
        )

    def _order(self, noted: NotedObject) -> tuple[object, ...]:
        """Return the sort key: by name, then the best target of links first.

        Former ids, and pages of other events with the same id, come last; on pages below the
        event's own, what somebody has written comes before headings alone.
        """
        objtype, name, target = self.types[noted[0]], *noted[1:]
        event = self.library.entry_of_event(name[0]) if objtype.is_of_event else None
        # If several events have one id, the library says which has it.
        is_other = event is not None and target.docname != event.page
        shown_as = objtype.shown_as.index(target.shown_as)
        is_silent = not self._is_written(name, target)
        place = target.page, is_silent, target.docname, target.anchor
        return name, target.is_former, shown_as, is_other, *place

    def _is_written(self, session: ObjectName, target: LinkTarget) -> bool:
        """Return whether somebody has written something of a session where it is shown."""
        return session in self.written.get(target.docname, ())

    # Notes of pages

    def note_object(self, objtype: ObjectType, name: ObjectName, target: LinkTarget) -> None:
        """Note that a page shows an object, under one of its names."""
        self.objects.setdefault(target.docname, []).append((objtype.name, name, target))
        self._forget_lookups()

    def note_written(self, docname: str, sessions: frozenset[ObjectName]) -> None:
        """Note the sessions of which a page says more than their facts."""
        self.written[docname] = sessions
        self._forget_lookups()

    def note_left_out(self, docname: str, text: str) -> None:
        """Note that a page does not show a part of it."""
        known = self.with_left_out.get(docname, "")
        self.with_left_out[docname] = short_digest((known, text))

    def note_query(self, docname: str, query: ObjectQuery) -> None:
        """Note a query of a page, which is written again when the answer changes."""
        self.queries.setdefault(docname, set()).add(query)

    def note_choice(self, docname: str, choice: NotedChoice) -> None:
        """Note which events a page chooses."""
        self.choices.setdefault(docname, []).append(choice)

    def note_reference(self, docname: str, node: Element) -> None:
        """Note a reference of a page to an object, which may be unknown."""
        location = get_node_location(node)
        noted = Reference(node["reftype"], node["reftarget"], location, bool(node.get("refwarn")))
        self.references.setdefault(docname, []).append(noted)

    @property
    def has_other_facts(self) -> bool:
        """Whether anything may be other than in the last build that pages show of other pages.

        That is so if pages have come or gone, registers have changed, or what other pages may show
        of a page that has been read again. Known when all pages are read.
        """
        return self.has_other_files or any(self._pages_with_other_facts())

    def _pages_with_other_facts(self) -> Iterator[str]:
        for docname, facts in self.facts_before.items():
            if self._facts(docname) != facts:
                yield docname

    def note_changes(self, *, are_of_any: bool) -> None:
        """Note of which events pages may show other than in the last build.

        :param are_of_any: Whether of any.
        """
        now = time.time_ns() // 1000
        if are_of_any or self.has_other_files:
            # Some may be left out from now on, which nothing in the environment is to tell.
            self.changed.clear()
            self.changed[""] = now
            return
        for docname in self._pages_with_other_facts():
            noted = [*self.objects.get(docname, ()), *self._objects_before.get(docname, ())]
            self.changed |= {name[0]: now for _objtype, name, _target in noted}

    def changed_since(self, known: Mapping[str, int]) -> set[str] | None:
        """Return the events of which pages may show other than in an earlier build.

        :param known: What :attr:`changed` was in that build, which may not have saved it.
        :returns: The ids of the events; ``None`` if they may be any.
        """
        ids = known.keys() | self.changed.keys()
        found = {one for one in ids if known.get(one) != self.changed.get(one)}
        return None if "" in found else found

    def _facts(self, docname: str) -> object:
        """Return all that other pages may show of a page, and the state of the files it reads."""
        source = str(self.env.doc2path(docname))
        stamps = self.stamps.get(docname, {})
        files = {path: stamp for path, stamp in stamps.items() if path != source}
        return files, [self.data[key].get(docname) for key in _SHOWN_ELSEWHERE]

    def note_state(self, name: str, state: object) -> bool:
        """Note a state, and return whether it is other than the one noted before.

        :param name: What the state is of.
        :param state: A value that can be pickled; kept from build to build.
        :returns: Whether it is other; true if none was noted.
        """
        is_other: bool = name not in self.states or self.states[name] != state
        self.states[name] = state
        return is_other

    def begin_reading(self, *, has_other_pages: bool) -> None:
        """Forget what was read before; a program may build several times.

        :param has_other_pages: Whether pages have come or gone.
        """
        self.facts_before.clear()
        self._objects_before.clear()
        self.has_other_files |= has_other_pages

    def clear_doc(self, docname: str) -> None:
        self._objects_before.setdefault(docname, self.objects.get(docname, []))
        self.facts_before.setdefault(docname, self._facts(docname))
        for key in _BY_PAGE:
            self.data[key].pop(docname, None)
        self._forget_lookups()

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        for key in _BY_PAGE:
            self.data[key] |= {one: otherdata[key][one] for one in docnames & otherdata[key].keys()}
        self._forget_lookups()

    def _forget_lookups(self) -> None:
        for name in ("targets", "subjects"):
            vars(self).pop(name, None)

    # Lookups

    def link_target(self, objtype: ObjectType, name: ObjectName) -> LinkTarget | None:
        """Return where links to an object lead; ``None`` if no page shows it."""
        if objtype.subjects:
            subject = self.subjects.all.get(objtype.subjects, name[0])
            page = self.subjects.page_of(subject) if subject else None
            return LinkTarget(page, "", subject.name, "page") if subject and page else None
        return next(iter(self.targets[objtype.name].get(name, ())), None)

    def best_targets(self, objtype: ObjectType, name: ObjectName) -> list[LinkTarget]:
        """Return where pages of its event show an object in the best way of its type.

        Of a session these are all sections that its facts open; links lead to the first.
        """
        return [
            one
            for one in self.targets[objtype.name].get(name, ())
            if one.shown_as == objtype.shown_as[0]
            and not one.is_former
            and one.page < PageKind.ELSEWHERE
        ]

    def written_notes(self, session: ObjectName) -> list[LinkTarget]:
        """Return the notes of a session on pages of its event: where somebody has written some.

        Where there is nothing below the facts, nobody has, and nobody is named for it.
        """
        places = self.best_targets(SESSION, session)
        return [one for one in places if self._is_written(session, one)]

    def has_notes(self, session: ObjectName) -> bool:
        """Return whether somebody has written something of a session, on any page."""
        places = self.targets[SESSION.name].get(session, ())
        return any(self._is_written(session, one) for one in places)

    @property
    def events_with_words(self) -> frozenset[str]:
        """The ids of the events of which somebody has written something."""
        ids = (self.library.event_of_page(page) for page in self.with_words)
        return frozenset(filter(None, ids))

    def noted_of_events(self, kind: str) -> dict[str, list[Noted]]:
        """Return what pages note of events, such as the points that reporters took home.

        :param kind: One of :data:`~.data.NOTED`.
        :returns: By the ids of the events that have a page: first what is noted of the event as a
            whole, then of its sessions in the order of the programme; of each first what stands on
            the event's own page.
        """
        found: dict[str, list[Noted]] = {}
        for noted in (one for of_page in self.noted.values() for one in of_page):
            if noted.kind == kind and self.link_target(EVENT, (noted.event,)):
                found.setdefault(noted.event, []).append(noted)
        for of_event in found.values():
            of_event.sort(key=self._order_of_notes)
        return found

    def _order_of_notes(self, noted: Noted) -> tuple[object, ...]:
        event = self.link_target(EVENT, (noted.event,))
        programme = event.facts.sessions if event and isinstance(event.facts, EventFacts) else ()
        number = programme.index(noted.session) + 1 if noted.session in programme else 0
        is_known = not noted.session or number > 0
        is_other = event is None or noted.docname != event.docname
        return not is_known, number, noted.session, is_other, noted.docname, noted.place

    def points(self, session: ObjectName) -> tuple[str, ...]:
        """Return the points of a session that the first of its reporters took home who has any."""
        places = self.targets[SESSION.name].get(session, ())
        found = (one.facts.points for one in places if isinstance(one.facts, SessionNotes))
        return next(filter(None, found), ())

    def reporters_of(self, docname: str) -> tuple[str, ...]:
        """Return the names of those who wrote a page of an event; none where nobody says so.

        The event's own page, if it does not say so, is by the one of its reporters who has no
        other page.
        """
        entry = self.library.entry_of_page(docname)
        if docname in self.reporters or entry is None or docname != entry.page:
            return self.reporters.get(docname, ())
        event = self.link_target(EVENT, (entry.event_id,))
        facts = event.facts if event else None
        known = facts.reporters if isinstance(facts, EventFacts) else ()
        others = {
            name
            for page, names in self.reporters.items()
            if self.library.folder_of_page(page) == entry.folder
            for name in names
        }
        left = [name for name in known if name not in others]
        return tuple(left) if len(left) == 1 else ()

    def name_of_notes(self, docname: str) -> str:
        """Return what the notes on a page are called: by who wrote them, or else by the page."""
        names = self.reporters_of(docname)
        return _(", ").join(names) if names else str(self.env.titles[docname].astext())

    def heading_of_page(self, docname: str) -> str | None:
        """Return the title or name of the event that a page belongs to, or else its id."""
        entry = self.library.entry_of_page(docname)
        if entry is None:
            return None
        event = self.library.load(entry.folder).event
        named = event and (event.title or event.name)
        return named.in_language(self.env.config.language) if named else entry.event_id

    def name_as_written(self, objtype: ObjectType, docname: str, target: str) -> ObjectName:
        """Return the name that a reference means; by default of the page's own event."""
        *event, own_id = composed(target).rsplit("/", len(objtype.key) - 1)
        if len(objtype.key) > 1 and not any(event):
            event = [self.library.event_of_page(docname) or ""]
        return (*event, own_id)

    def current_name(self, objtype: ObjectType, docname: str, target: str) -> ObjectName:
        """Return the name that a reference means, with the present id of its event or subject."""
        if objtype.subjects:
            found = self.subjects.meant(objtype.subjects, docname, target)
            return (found[0].id if len(found) == 1 else composed(target),)
        first, *rest = self.name_as_written(objtype, docname, target)
        return (self.library.current_id(first) if objtype.is_of_event else first, *rest)

    def all_names(self, objtype: ObjectType, name: ObjectName) -> list[ObjectName]:
        """Return an object's name, and those with the former ids of its event or of itself."""
        if objtype.subjects:
            subject = self.subjects.all.get(objtype.subjects, name[0])
            return [name, *((old_id,) for old_id in subject.old_ids)] if subject else [name]
        old_ids = self.library.old_ids.get(name[0], ()) if objtype.is_of_event else ()
        return [name, *((old_id, *name[1:]) for old_id in old_ids)]

    # Methods of ``Domain``

    def directive(self, name: str) -> type[Directive] | None:
        """Return a directive; for an unknown name one that reports it."""
        if found := super().directive(name):
            return found
        meant = name_meant(name, self.directives)
        directive = super().directive(meant) if meant else None
        return unknown_directive(f"event:{name}", f"event:{meant}", directive, self.directives)

    def role(self, name: str) -> RoleFunction | None:
        """Return a role; for an unknown name one that reports it."""
        if found := super().role(name):
            return found
        meant = None if name in self.directives else name_meant(name, self.roles)
        role = super().role(meant) if meant else None
        return unknown_role(f"event:{name}", f"event:{meant}", role, self.roles, self.directives)

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        objtype = self.types[typ]
        docname = node.get("refdoc", fromdocname)
        if objtype.subjects:
            return self._resolved_subject(objtype.subjects, docname, builder, node, contnode)
        name = self.current_name(objtype, docname, target)
        found = self.link_target(objtype, name)
        if least := node.get("leads_to"):
            enough = objtype.shown_as[: objtype.shown_as.index(least) + 1]
            if found is None or found.shown_as not in enough:
                # Not unresolved, but meant to be the text alone.
                return cast("nodes.reference", contnode)
        if found is None:
            return None
        if not node.get("refexplicit"):
            title = found.title
            contnode = nodes.inline(title, title, classes=contnode.get("classes", []))
        return make_refnode(
            builder, fromdocname, found.docname, found.anchor, contnode, found.title
        )

    def _resolved_subject(
        self,
        kind: SubjectKind,
        docname: str,
        builder: Builder,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Return a link to the page of a subject; without one, its name as text."""
        found = self.subjects.meant(kind, docname, node["reftarget"])
        if len(found) != 1:
            return None
        (subject,) = found
        text = contnode.astext() if node.get("refexplicit") else subject.name
        page = self.subjects.page_of(subject)
        if page is None:
            # Not unresolved, but nothing more than text.
            return cast("nodes.reference", nodes.inline(text, text))
        contnode = nodes.inline(text, text, classes=contnode.get("classes", []))
        return make_refnode(builder, docname, page, "", contnode, subject.name)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        resolved = (
            (typ, self.resolve_xref(env, fromdocname, builder, typ, target, node, contnode))
            for typ, objtype in self.types.items()
            # Their names are words of all kinds.
            if not objtype.subjects
        )
        return [(f"event:{typ}", found) for typ, found in resolved if found is not None]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for objtype in self.types.values():
            for current, names, target in self._shown(objtype):
                for name in names:
                    is_current = name == current and not target.is_former
                    priority = _SEARCHED if is_current else _NOT_SEARCHED
                    shown_at = target.docname, target.anchor
                    yield "/".join(name), target.title, objtype.name, *shown_at, priority

    def _shown(
        self, objtype: ObjectType
    ) -> Iterator[tuple[ObjectName, Iterable[ObjectName], LinkTarget]]:
        """Yield the objects of a type that pages show, all their names, where links lead."""
        if objtype.subjects and self.subjects.have_pages:
            for one in self.subjects.all.of(objtype.subjects):
                if page := self.subjects.page_of(one):
                    names = [(own_id,) for own_id in (one.id, *one.old_ids)]
                    yield (one.id,), names, LinkTarget(page, "", one.name, "page")
        for current in self.targets.get(objtype.name, ()):
            if target := self.link_target(objtype, current):
                yield current, self.all_names(objtype, current), target

    def get_full_qualified_name(self, node: Element) -> str | None:
        objtype, target = self.types.get(node.get("reftype")), node.get("reftarget", "")
        if objtype is None or not target:
            return None
        return "/".join(self.current_name(objtype, node.get("refdoc", ""), target))


def setup(app: Sphinx) -> None:
    """Register the domain."""
    app.add_domain(EventDomain)


def event_domain(env: BuildEnvironment) -> EventDomain:
    """Return the domain with its own type."""
    return cast(EventDomain, env.get_domain("event"))
