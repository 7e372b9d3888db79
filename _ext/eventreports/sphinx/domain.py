"""What Sphinx remembers of events: the domain ``event``.

Its objects are events (their pages) and sessions (their homes). The data is
read from many pages and may be merged from several processes; so nothing here
depends on the order in which pages were read.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Set
from enum import IntEnum
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, TypeVar, cast

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.util.logging import get_node_location
from sphinx.util.matching import Matcher
from sphinx.util.nodes import make_refnode

from ..core import paths
from ..core.dates import PartialDate
from ..core.model import Status
from ..core.names import composed
from ..core.problems import Code
from ..core.suggestions import did_you_mean
from ..library import Entry, Library
from ..render.labels import _

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from .logging import Remark


class EventObject(NamedTuple):
    """An event as other pages know it; texts are in the site's language."""

    docname: str
    name: str
    start: PartialDate | None
    end: PartialDate | None
    date_text: str
    venue: str
    session_count: int
    status: Status = "held"


class Rank(IntEnum):
    """How much of a session a place shows; the least is its home.

    ``PART`` is a talk among the facts of the session that it is a part of; ``LISTED`` is what the
    schedule shows.
    """

    NOTES = 0
    FACTS = 1
    PART = 2
    CARD = 3
    LISTED = 4


class PageKind(IntEnum):
    """What a page is to the event of a session on it: its own page comes before all others."""

    OF_EVENT = 0
    BELOW_EVENT = 1
    ELSEWHERE = 2


class SessionPlace(NamedTuple):
    """One place where a session stands. The least place is its home, so that
    it is the same whichever page was read first. An id that a session had
    before (``is_former``) leads to another that has it now. ``line`` is where
    the place is in the page's source."""

    is_former: bool
    rank: Rank
    page: PageKind
    docname: str
    anchor: str
    title: str
    line: int = 0

    @property
    def is_notes_of_event(self) -> bool:
        return self.rank is Rank.NOTES and not self.is_former and self.page < PageKind.ELSEWHERE


class Printout(NamedTuple):
    """A PDF that pages offer: its path from the site's root, and how it is called."""

    path: str
    title: str


class Change(NamedTuple):
    """What was last known of a subject, and since when (µs since the epoch)."""

    known: tuple[object, ...]
    since: int


#: What a page's output may show beyond its own data: all events, those of a
#: year, one event, one event's sessions.
EVERY_EVENT = "events"


def events_of_year(year: int) -> str:
    return f"year:{year}"


def one_event(event_id: str) -> str:
    return f"event:{event_id}"


def sessions_of(event_id: str) -> str:
    return f"sessions:{event_id}"


SessionKey = tuple[str, str]


class Reference(NamedTuple):
    """A reference to an event or session (``kind``), as a page has it."""

    kind: str
    target: str
    location: str | None
    #: Whether Sphinx warns where it leads nowhere; else it does if it is to be ``nitpicky``.
    warns: bool

    def is_checked(self, config: Config) -> bool:
        """Whether the site wants to hear of it, as Sphinx has it for all references."""
        if not config.nitpicky:
            return self.warns
        known = f"event:{self.kind}", self.target
        return known not in config.nitpick_ignore and not any(
            re.fullmatch(kind, known[0]) and re.fullmatch(target, known[1])
            for kind, target in config.nitpick_ignore_regex
        )


#: What is kept of each page by itself.
_BY_PAGE: Final = ("uses", "folders", "borrowed", "remarks", "references", "stamps")
#: Priorities of objects (Sphinx): shown by the search, or found by references alone.
_LISTED: Final = 1
_NOT_LISTED: Final = -1


class EventDomain(Domain):
    """Events and their sessions."""

    name = "event"
    label = "Event"
    object_types: ClassVar = {
        "event": ObjType(_("event"), "event"),
        "session": ObjType(_("session"), "session"),
    }
    initial_data: ClassVar = {
        "events": {},
        "sessions": {},
        "uses": {},
        "remarks": {},
        "references": {},
        "stamps": {},
        "objects": {},
        "borrowed": {},
        "folders": {},
        "entries": {},
        "changes": {},
    }
    data_version = 10

    @cached_property
    def printouts(self) -> dict[str, list[Printout]]:
        """The PDFs that each page of this output offers; not part of what is pickled."""
        return {}

    @cached_property
    def undecodable(self) -> list[str]:
        """The pages read in this build that are not UTF-8; not part of what is pickled."""
        return []

    @cached_property
    def library(self) -> Library:
        """The events' files; not part of what is pickled."""
        config = self.env.config
        is_excluded = exclusion(config.exclude_patterns)
        # Copied into the output as a whole, whatever of it is named.
        static = [one for one in config.html_static_path if not Path(one).is_absolute()]

        def is_content(path: str) -> bool:
            is_static = any(PurePosixPath(path).is_relative_to(folder) for folder in static)
            return is_static or (paths.is_content(path) and not is_excluded(path))

        root = Path(self.env.srcdir)
        return Library(root, config.eventreports_folder, is_excluded, is_content)

    @property
    def events(self) -> dict[str, set[EventObject]]:
        """By id; of several with one id that counts to which the library leads."""
        return cast("dict[str, set[EventObject]]", self.data["events"])

    @property
    def sessions(self) -> dict[SessionKey, set[SessionPlace]]:
        return cast("dict[SessionKey, set[SessionPlace]]", self.data["sessions"])

    @property
    def uses(self) -> dict[str, set[str]]:
        """The subjects of which a page's output shows something, beyond its own data."""
        return cast("dict[str, set[str]]", self.data["uses"])

    @property
    def objects(self) -> dict[str, set[str | SessionKey]]:
        """The ids of the events and sessions that stand on a page."""
        return cast("dict[str, set[str | SessionKey]]", self.data["objects"])

    @property
    def folders(self) -> dict[str, str | None]:
        """The folder of the event that a page belonged to when it was read."""
        return cast("dict[str, str | None]", self.data["folders"])

    @property
    def remarks(self) -> dict[str, list[Remark]]:
        """What was reported when a page was read, to be reported again until it is read again."""
        return cast("dict[str, list[Remark]]", self.data["remarks"])

    @property
    def references(self) -> dict[str, list[Reference]]:
        """The references of each page, of which some may lead nowhere."""
        return cast("dict[str, list[Reference]]", self.data["references"])

    @property
    def stamps(self) -> dict[str, dict[str, tuple[int, int]]]:
        """The state of the files that a page was made from when it was read."""
        return cast("dict[str, dict[str, tuple[int, int]]]", self.data["stamps"])

    @property
    def borrowed(self) -> dict[str, dict[str, str | None]]:
        """The events that a page names by id, and their folders when it was read."""
        return cast("dict[str, dict[str, str | None]]", self.data["borrowed"])

    @property
    def changes(self) -> dict[str, Change]:
        """Since when each event is as other pages know it."""
        return cast("dict[str, Change]", self.data["changes"])

    @property
    def entries(self) -> dict[str, Entry]:
        """What the library knew at the last build."""
        return cast("dict[str, Entry]", self.data["entries"])

    def note_event(self, event_id: str, event: EventObject) -> None:
        self.events.setdefault(event_id, set()).add(event)
        self.objects.setdefault(event.docname, set()).add(event_id)

    def note_session(self, event_id: str, session_id: str, place: SessionPlace) -> None:
        self.sessions.setdefault((event_id, session_id), set()).add(place)
        self.objects.setdefault(place.docname, set()).add((event_id, session_id))

    def note_use(self, docname: str, subject: str) -> None:
        self.uses.setdefault(docname, set()).add(subject)

    def note_use_of(self, docname: str, target: str) -> None:
        """The page refers to an event or a session; which of both need not be known yet.

        It is noted by the id that the page says, which another event may have later.
        """
        event_id = target.rpartition("/")[0] or self.library.event_of_page(docname) or ""
        self.note_use(docname, one_event(target))
        self.note_use(docname, sessions_of(event_id))

    def note_reference(self, docname: str, node: Element) -> None:
        location = get_node_location(node)
        known = Reference(node["reftype"], node["reftarget"], location, bool(node.get("refwarn")))
        self.references.setdefault(docname, []).append(known)

    def clear_doc(self, docname: str) -> None:
        for key in self.objects.pop(docname, ()):
            if isinstance(key, str):
                _discard(self.events, key, docname)
            else:
                _discard(self.sessions, key, docname)
        for key in _BY_PAGE:
            self.data[key].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        for event_id, events in otherdata["events"].items():
            for event in events:
                if event.docname in docnames:
                    self.note_event(event_id, event)
        for (event_id, session_id), places in otherdata["sessions"].items():
            for place in places:
                if place.docname in docnames:
                    self.note_session(event_id, session_id, place)
        for docname in docnames:
            for key in _BY_PAGE:
                if docname in otherdata[key]:
                    self.data[key][docname] = otherdata[key][docname]

    def event(self, event_id: str) -> EventObject | None:
        """The event as its page has it."""
        current = self.library.current_id(event_id)
        entry = self.library.entries.get(self.library.folder_of_event(current) or "")
        page = entry.page if entry else ""
        known = self.events.get(current, ())
        return min(known, key=lambda one: (one.docname != page, one.docname), default=None)

    def home(self, event_id: str, session_id: str) -> SessionPlace | None:
        """Where a session's notes are, else its facts, its card, or where it is listed."""
        return min(self.sessions.get((event_id, session_id), ()), default=None)

    def more_notes(self, event_id: str, session_id: str) -> list[SessionPlace]:
        """Where the event's pages have notes of a session beside those at its home."""
        home = self.home(event_id, session_id)
        places = self.sessions.get((event_id, session_id), ())
        return sorted(one for one in places if one != home and one.is_notes_of_event)

    def session_key(self, docname: str, target: str) -> SessionKey:
        """``event/session``, or a session of the event whose page names it."""
        event_id, _slash, session_id = composed(target).rpartition("/")
        own = self.library.event_of_page(docname) or ""
        return self.library.current_id(event_id) if event_id else own, session_id

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
        page = node.get("refdoc", fromdocname)
        if typ == "event":
            event = self.event(target)
            found = (event.docname, "", event.name) if event else None
        else:
            home = self.home(*self.session_key(page, target))
            least = node.get("leads_to")
            if least and (home is None or home.rank > Rank[least]):
                # Not unresolved, but meant to be no link: the text alone.
                return cast("nodes.reference", contnode)
            found = (home.docname, home.anchor, home.title) if home else None
        if found is None:
            return None
        docname, anchor, title = found
        if not node.get("refexplicit"):
            contnode = nodes.inline(title, title, classes=contnode.get("classes", []))
        return make_refnode(builder, fromdocname, docname, anchor, contnode, title)

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
            for typ in self.object_types
        )
        return [(f"event:{typ}", found) for typ, found in resolved if found is not None]

    def fault_of(self, docname: str, reference: Reference) -> tuple[Code, str] | None:
        """Why a reference leads nowhere, and what it may have meant; ``None`` where it does."""
        target = reference.target
        if reference.kind == "event":
            if self.event(target):
                return None
            hint = did_you_mean(target, sorted(self.events))
            return Code.UNKNOWN_EVENT, f"there is no event “{target}”{hint}"
        event_id, session_id = self.session_key(docname, target)
        folder = self.library.folder_of_event(event_id)
        if self.home(event_id, session_id) or not self.library.is_whole(folder):
            # Of a file that cannot be read, this follows; that it cannot has been reported.
            return None
        ids = sorted(session for event, session in self.sessions if event == event_id)
        message = f"the event “{event_id}” shows no session “{session_id}”"
        return Code.UNKNOWN_SESSION, message + did_you_mean(session_id, ids)

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        old_ids = self.library.old_ids
        for event_id in sorted(self.events):
            if event := self.event(event_id):
                for name in (event_id, *old_ids.get(event_id, ())):
                    listed = _LISTED if name == event_id else _NOT_LISTED
                    yield name, event.name, "event", event.docname, "", listed
        for event_id, session_id in sorted(self.sessions):
            if home := self.home(event_id, session_id):
                for owner in (event_id, *old_ids.get(event_id, ())):
                    is_current = owner == event_id and not home.is_former
                    listed = _LISTED if is_current else _NOT_LISTED
                    name = f"{owner}/{session_id}"
                    yield name, home.title, "session", home.docname, home.anchor, listed

    def get_full_qualified_name(self, node: Element) -> str | None:
        target = node.get("reftarget", "")
        if node.get("reftype") == "session" and target:
            return "/".join(self.session_key(node.get("refdoc", ""), target))
        return target or None

    def note_changes(self) -> None:
        """Keep since when each subject is as it is, for pages that show something of it."""
        known: dict[str, tuple[object, ...]] = {}
        old_ids = self.library.old_ids

        def note(subject: str, *said: object) -> None:
            known[subject] = (*known.get(subject, ()), *said)

        for event_id in sorted(self.events):
            event = self.event(event_id)
            for name in (event_id, *old_ids.get(event_id, ())):
                note(one_event(name), event)
            note(events_of_year(year_of(event)), event_id, event)
            note(EVERY_EVENT, event_id, event)
        for event_id, session_id in sorted(self.sessions):
            home = self.home(event_id, session_id)
            places = [home, *self.more_notes(event_id, session_id)] if home else []
            said = [(one._replace(line=0), self.env.titles[one.docname].astext()) for one in places]
            for name in (event_id, *old_ids.get(event_id, ())):
                note(sessions_of(name), *said)
        now = time.time_ns() // 1000
        for subject in {*self.changes, *known}:
            found = known.get(subject, ())
            if subject not in self.changes or self.changes[subject].known != found:
                self.changes[subject] = Change(found, now)

    def changed_since(self, subjects: Iterable[str]) -> int:
        """When (µs) the last of these changed; 0 where none is known."""
        found = (self.changes[subject].since for subject in subjects if subject in self.changes)
        return max(found, default=0)


def exclusion(patterns: Iterable[str]) -> Callable[[str], bool]:
    """Tell of a path from the root whether patterns leave it out, or a folder that it is in."""
    is_excluded = Matcher(patterns)

    def excludes(path: str) -> bool:
        parents = list(PurePosixPath(path).parents)[:-1]
        return any(is_excluded(one.as_posix()) for one in (PurePosixPath(path), *parents))

    return excludes


def event_domain(env: BuildEnvironment) -> EventDomain:
    return cast(EventDomain, env.get_domain("event"))


def year_of(event: EventObject | None) -> int:
    """The year in which an event is listed; 0 where its date is not known."""
    return event.start.year if event and event.start else 0


K = TypeVar("K")
V = TypeVar("V", EventObject, SessionPlace)


def _discard(known: dict[K, set[V]], key: K, docname: str) -> None:
    """Forget what one page has of ``key``."""
    known[key] = {one for one in known.get(key, ()) if one.docname != docname}
    if not known[key]:
        del known[key]
