"""``eventreports check --against``: addresses of the published site that the next build loses."""

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import unquote

from sphinxcommon.messages import Message

from ..core.entity import Entity
from ..core.former_addresses import former_folder
from ..core.i18n import N_
from ..core.model import REGISTER_NAMES, Event, Session, SubjectKind, Visibility
from ..core.problems import Code, Mark, Problem
from ..core.quoting import in_flow
from ..core.subject_groups import KINDS
from ..core.subjects import Subject
from ..core.successors import Candidate, successors, titles
from ..core.texts import all_texts
from ..library import Entry
from ..loader import FILE_NAME
from .inventory import Item
from .next_build import NextBuild
from .project import shown_here

_PAGE: Final = "std:doc"
_EVENT: Final = "event:event"
_SESSION: Final = "event:session"
#: What people call what has an address.
_CALLED: Final = {_PAGE: N_("page")}


class _Advice(NamedTuple):
    """What keeps an address.

    :param path: The file to write into.
    :param mark: Where.
    :param successor: What is there now.
    :param line: What to write.
    :param key: The key below which that is an item of its own.
    """

    path: Path
    mark: Mark
    successor: str
    line: str
    key: str = ""


def lost_addresses(
    items: Sequence[Item], folder: Path, level: Visibility | None
) -> Iterator[Problem]:
    """List the addresses that the next build loses, with what to write.

    :param items: What the published site has.
    :param folder: The folder below which events are.
    :param level: For whom the build is; for all, if that is not said.
    :yields: A problem for each.
    """
    site = NextBuild(folder, level)
    events = _Events(site, items)
    of_subjects = (_lost_subjects(site, folder, kind, items) for kind in KINDS)
    reported = set()
    for one in chain(events.lost(), events.lost_sessions(), *of_subjects):
        # What is there may be a page as well, and have former names.
        said = {**dict(one.message.values()), "name": ""}
        if (key := (one.path, one.mark, *said.items())) not in reported:
            reported.add(key)
            yield one


def _problem(item: Item, path: Path, advice: _Advice | None = None) -> Problem:
    """Return that an address is lost, at a place of a file."""
    message = Message(
        "the next build loses {address}, the address of the {kind} “{name}”",
        address=unquote(item.address) or "./",
        kind=Message(_CALLED.get(item.kind, item.kind.partition(":")[2])),
        name=item.name,
    )
    if advice is None:
        message = Message("{problem}; nothing seems to be in its place", problem=message)
        return Problem(shown_here(path), Mark(), Code.LOST_ADDRESS, message)
    if advice.key:
        message = Message(
            "{problem}; it seems to be “{successor}” now: write “{line}” below “{key}:” here",
            problem=message,
            successor=advice.successor,
            line=advice.line,
            key=advice.key,
        )
    else:
        message = Message(
            "{problem}; it seems to be “{successor}” now: write “{line}” here",
            problem=message,
            successor=advice.successor,
            line=advice.line,
        )
    return Problem(shown_here(advice.path), advice.mark, Code.LOST_ADDRESS, message)


def _advice(path: Path, entity: Entity, successor: str, old_ids: Iterable[str]) -> _Advice:
    """Return that an entity gets former ids."""
    written: list[str] = list(dict.fromkeys(old_ids))
    line = f"old_ids: {in_flow(written)}"
    if not entity.keys_in_order:
        # The short form has no keys.
        values: dict[str, Any] = {entity.short_key: successor, "old_ids": written}
        line = in_flow(values)
    return _Advice(path, entity.mark("old_ids"), successor, line)


def _by_address(items: Iterable[Item]) -> dict[str, list[Item]]:
    """Return the items of each address: what is there has former ids, too."""
    found: dict[str, list[Item]] = {}
    for one in items:
        found.setdefault(one.address, []).append(one)
    return found


class _Events:
    """The events that the published site has, and what they are in the next build.

    :param site: The next build.
    :param items: What the published site has.
    """

    def __init__(self, site: NextBuild, items: Sequence[Item]) -> None:
        self._site = site
        self._pages = [one for one in items if one.kind == _PAGE and site.is_of_events(one.name)]
        self._sessions = [one for one in items if one.kind == _SESSION]
        pages = {one.address: one.name for one in items if one.kind == _PAGE}
        #: By the pages that they had.
        self._events: dict[str, list[Item]] = {
            pages[address]: of_page
            for address, of_page in _by_address(one for one in items if one.kind == _EVENT).items()
            if address in pages
        }
        self._names = {one.name: page for page, some in self._events.items() for one in some}

    def _ids_of_sessions(self, page: str) -> frozenset[str]:
        """Return the ids of the sessions that the event of a page had."""
        split = (one.name.rpartition("/") for one in self._sessions)
        return frozenset(own for event, _, own in split if self._names.get(event) == page)

    @cached_property
    def _now(self) -> dict[str, Entry]:
        """What the event of each page most likely is in the next build."""
        site, found = self._site, {}
        gone: dict[str, Candidate] = {}
        for page, items in self._events.items():
            here = site.library.entries.get(posixpath.dirname(page) or ".")
            known = (*(site.entry(one.name) for one in items), here)
            if entry := next((one for one in known if one and one.page in site.pages), None):
                found[page] = entry
            else:
                named = titles(*(one.title for one in items))
                gone[page] = Candidate(items[0].name, named, self._ids_of_sessions(page))
        new = [
            Candidate(
                entry.event_id,
                titles(*all_texts(event.title, event.name)),
                frozenset(entry.sessions),
            )
            for entry in site.library.entries.values()
            if site.entry(entry.event_id) is entry
            and self._names.keys().isdisjoint((entry.event_id, *entry.old_ids))
            and (event := site.event(entry))
        ]
        for page, successor in successors(gone, new).items():
            if entry := site.entry(successor.id):
                found[page] = entry
        return found

    @cached_property
    def _old_ids(self) -> dict[str, list[str]]:
        """The former ids that the events of folders lack."""
        site = self._site
        forwarded = site.forwarded({})
        found: defaultdict[str, list[str]] = defaultdict(list)
        for page, entry in self._now.items():
            lacking = found[entry.folder]
            lacking += [one.name for one in self._events[page] if not site.entry(one.name)]
            folder = posixpath.dirname(page)
            is_there = page in site.pages or page in forwarded
            if folder and not is_there and site.is_of_events(page):
                # Its id may be as it was, or lead from elsewhere.
                named = {former_folder(entry.folder, one, site.top) for one in lacking}
                if folder not in named:
                    lacking.append(f"/{folder.removeprefix(f'{site.top}/')}")
        return {folder: list(dict.fromkeys(ids)) for folder, ids in found.items() if ids}

    def _advice(self, entry: Entry | None) -> _Advice | None:
        """Return which former ids an event lacks."""
        event = self._site.event(entry) if entry else None
        if entry is None or event is None or entry.folder not in self._old_ids:
            return None
        old_ids = (*event.old_ids, *self._old_ids[entry.folder])
        return _advice(self._path(entry.folder), event, str(event.name or entry.event_id), old_ids)

    def _path(self, folder: str) -> Path:
        return self._site.root / folder / FILE_NAME

    def lost(self) -> Iterator[Problem]:
        """Yield the problems of events and of their pages."""
        site = self._site
        kept = {*site.pages, *site.forwarded({})}
        forwarded = site.forwarded(self._old_ids)
        for page, items in self._events.items():
            for item in items:
                if not site.entry(item.name):
                    advice = self._advice(self._now.get(page))
                    yield _problem(item, self._path(posixpath.dirname(page)), advice)
        for item in self._pages:
            if item.name not in kept:
                target = forwarded.get(item.name, "")
                around = (one for one in self._old_ids if target.startswith(f"{one}/"))
                folder = max(around, key=len, default=None)
                entry = site.library.entries[folder] if folder else None
                yield _problem(item, self._path(self._folder(item.name)), self._advice(entry))

    def _folder(self, page: str) -> str:
        """Return the folder of the event that a page belonged to."""
        folder = posixpath.dirname(page)
        while f"{folder}/index" not in self._events and "/" in folder:
            folder = posixpath.dirname(folder)
        return folder if f"{folder}/index" in self._events else posixpath.dirname(page)

    def lost_sessions(self) -> Iterator[Problem]:
        """Yield the problems of sessions."""
        of_events: defaultdict[str, list[Item]] = defaultdict(list)
        for item in self._sessions:
            of_events[self._names.get(item.name.rpartition("/")[0], "")].append(item)
        for page, items in of_events.items():
            entry = self._now.get(page)
            event = self._site.event(entry) if entry else None
            if entry and event:
                yield from self._lost_of_event(entry, event, items)
            else:
                path = self._path(posixpath.dirname(page))
                yield from (_problem(one, path) for one in items)

    def _lost_of_event(
        self, entry: Entry, event: Event, items: Sequence[Item]
    ) -> Iterator[Problem]:
        """Yield the problems of the sessions of an event that there still is."""
        path = self._path(entry.folder)
        places = _by_address(items)
        now, old_ids = _sessions_now(event, places)
        for address, of_place in places.items():
            for item in of_place:
                of_event, _, own = item.name.rpartition("/")
                if event.session(own) is None:
                    advice = None
                    if session := now.get(address):
                        ids = (*session.old_ids, *old_ids[session.id])
                        advice = _advice(path, session, str(session.title), ids)
                    yield _problem(item, path, advice)
                elif not self._site.entry(of_event):
                    yield _problem(item, path, self._advice(entry))


def _sessions_now(
    event: Event, places: Mapping[str, Sequence[Item]]
) -> tuple[dict[str, Session], dict[str, list[str]]]:
    """Return what the sessions of an event most likely are, by address, and which ids they lack."""
    found: dict[str, Session] = {}
    gone: dict[str, Candidate] = {}
    known = {one.name.rpartition("/")[2] for of_place in places.values() for one in of_place}
    for address, items in places.items():
        ids = [one.name.rpartition("/")[2] for one in items]
        if session := next(filter(None, map(event.session, ids)), None):
            found[address] = session
        else:
            gone[address] = Candidate(ids[0], titles(*(one.title for one in items)))
    new = (
        Candidate(one.id, titles(*all_texts(one.title)))
        for one in event.all_sessions
        if known.isdisjoint((one.id, *one.old_ids))
    )
    for address, successor in successors(gone, new).items():
        if session := event.session(successor.id):
            found[address] = session
    old_ids: defaultdict[str, list[str]] = defaultdict(list)
    for address, session in found.items():
        ids = [one.name.rpartition("/")[2] for one in places[address]]
        old_ids[session.id] += [one for one in ids if event.session(one) is None]
    return found, old_ids


def _lost_subjects(
    site: NextBuild, folder: Path, kind: SubjectKind, items: Sequence[Item]
) -> Iterator[Problem]:
    """Yield the problems of subjects of a kind."""
    register = folder / f"{REGISTER_NAMES[kind]}.yaml"
    items = [one for one in items if one.kind == f"event:{kind}"]
    lost = [one for one in items if not site.subject(kind, one.name)]
    if not lost:
        return
    places = _by_address(items)
    now = _subjects_now(site, kind, places) if site.has_subject_pages else {}
    old_ids: defaultdict[Subject, list[str]] = defaultdict(list)
    for one in lost:
        if subject := now.get(one.address):
            old_ids[subject] += [one.name] if one.name != subject.id else []
    for one in lost:
        subject = now.get(one.address)
        advice = None
        if subject and subject.entry:
            ids = (*subject.old_ids, *old_ids[subject])
            advice = _advice(register, subject.entry, subject.name, ids)
        elif subject:
            values: dict[str, Any] = {"name": subject.name, "id": subject.id}
            if ids := tuple(dict.fromkeys(old_ids[subject])):
                values["old_ids"] = [*ids]
            line = f"- {in_flow(values)}"
            advice = _Advice(register, Mark(), subject.name, line, REGISTER_NAMES[kind])
        yield _problem(one, register, advice)


def _subjects_now(
    site: NextBuild, kind: SubjectKind, places: Mapping[str, Sequence[Item]]
) -> dict[str, Subject]:
    """Return what the subjects of a kind most likely are, by the addresses that they had."""
    found: dict[str, Subject] = {}
    gone: dict[str, Candidate] = {}
    for address, items in places.items():
        by_id = [site.subject(kind, one.name) for one in items]
        # An entry gives those a page that have none.
        without_page = [site.subjects.get(kind, one.name) for one in items]
        by_name = site.subjects.named(kind, items[0].title)
        likely = filter(None, (*by_id, *without_page, *by_name))
        subject = next((one for one in likely if one.has_page or _may_have_page(one)), None)
        if subject:
            found[address] = subject
        else:
            gone[address] = Candidate(items[0].name, titles(items[0].title))
    known = {one.name for items in places.values() for one in items}
    new = (
        Candidate(one.id, titles(*one.names))
        for one in site.subjects.of(kind)
        if one.has_page and known.isdisjoint((one.id, *one.old_ids))
    )
    for address, successor in successors(gone, new).items():
        if subject := site.subjects.get(kind, successor.id):
            found[address] = subject
    return found


def _may_have_page(subject: Subject) -> bool:
    """Return whether an entry would give a subject a page."""
    return bool(subject.appearances) and subject.entry is None
