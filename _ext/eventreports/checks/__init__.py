"""What one value cannot tell: keys and entities against their like, and against the disk."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import get_args

from ..core import paths
from ..core.dates import PartialDate, minutes_of
from ..core.entity import Entity
from ..core.files import OutsideError, local_file, local_image
from ..core.model import (
    Attachment,
    Event,
    Organization,
    Person,
    Resource,
    Room,
    Scheduled,
    Session,
    Sharing,
    Venue,
)
from ..core.names import composed, folded, is_balanced, is_company_form, is_placeholder, similar
from ..core.paths import IsContent
from ..core.problems import Code, Mark, Problem
from ..core.scalars import LocalizedText, Notice
from ..core.suggestions import did_you_mean
from ..yaml.repairs import in_quotes

_MAX_FILES = 250
#: Kinds of sessions of which a room holds many at a time.
_MANY_AT_ONCE = ("poster", "demo")

Findings = Iterator[Notice]


def check(
    event: Event,
    folder: Path,
    root: Path,
    shown_path: str,
    is_content: IsContent = paths.is_content,
) -> list[Problem]:
    """The problems of an event whose values are each right by themselves."""
    entities = list(event.entities())
    repeated = list(_repeated_names(event))
    found = (
        *_presence(entities),
        *_names(entities),
        *repeated,
        *_similar_names(entities, {notice.mark for notice in repeated}),
        *_conflicts(entities),
        *_dates(event),
        *_times(event),
        *_places(event),
        *_rooms(event),
        *_session_ids(event),
        *_folder(folder, root),
        # To say what was meant takes a look at the folder.
        *itertools.islice(_files(entities, folder, root, is_content), _MAX_FILES),
    )
    return [Problem(shown_path, mark, code, message) for mark, code, message in found]


def _presence(entities: Iterable[Entity]) -> Findings:
    for entity, keys, message in _incomplete(entities):
        if not entity.lost(*keys):
            yield Notice(entity.mark(keys[0]), Code.MISSING, message)


def _incomplete(entities: Iterable[Entity]) -> Iterator[tuple[Entity, tuple[str, ...], str]]:
    """What lacks all of some keys, one of which it needs."""
    for entity in entities:
        for key in entity.required:
            if getattr(entity, key) is None:
                yield entity, (key,), f"the {entity.called} has no {key}; write “{key}: …”"
        match entity:
            case Resource() if entity.says_nothing:
                message = "nothing to lead to: write “url: …”, “path: …” or “status: not-shared”"
                yield entity, ("url", "path", "status"), message
            case Attachment() if not (entity.name or entity.path or entity.url):
                yield entity, ("name", "path", "url"), "the file has no name; write “name: …”"
            case Venue() if not (entity.name or entity.address):
                yield entity, ("name", "address"), "the venue has no name; write “name: …”"


def _texts(entity: Entity) -> Iterator[tuple[str, str]]:
    """(key, text) of what an entity is called, in each language."""
    for key in ("name", "title"):
        match getattr(entity, key, None):
            case LocalizedText() as text:
                yield from ((key, one) for one in text.root.values())
            case str() as text:
                yield key, text


def _names(entities: Iterable[Entity]) -> Findings:
    for entity in entities:
        for key, text in _texts(entity):
            if is_placeholder(text):
                message = f"“{text}” keeps the place of a {key}; write the real one"
                yield Notice(entity.mark(key), Code.PLACEHOLDER, message)
            is_short = (
                isinstance(entity, Person | Organization | Venue | Room)
                and not entity.keys_in_order
            )
            if is_short and not is_balanced(text):
                message = f"a bracket of “{text}” has no counterpart"
                hint = "close it, or write “{name: …}” if it is part of the name"
                yield Notice(entity.mark(), Code.BRACKETS, f"{message}; {hint}")


def _lists_of_names(event: Event) -> Iterator[tuple[Person | Organization, ...]]:
    yield from (event.organizers, event.supporters, event.media_partners)
    yield from (group.members for group in event.groups)
    yield from (tier.sponsors for tier in event.tiers)
    yield from (event.reporters, event.participants)
    yield from (session.speakers for session in event.all_sessions)


def _repeated_names(event: Event) -> Findings:
    for members in _lists_of_names(event):
        first: dict[Hashable, Person | Organization] = {}
        for before, member in zip((None, *members), members, strict=False):
            if member.name is None:
                continue
            name = str(member.name)
            affiliation = folded(str(getattr(member, "affiliation", None) or ""))
            same = first.setdefault((folded(name), affiliation), member)
            if same is not member:
                message = f"“{name}” stands here again; the first is in line {same.mark().line}"
                yield Notice(member.mark("name"), Code.DUPLICATE_NAME, message)
            if before is not None and is_company_form(name):
                message = f"“{name}” is no name: a comma between brackets parts two items"
                whole = in_quotes(f"{before.name}, {name}")
                yield Notice(member.mark("name"), Code.QUOTING, f"{message}; it needs {whole}")


def _similar_names(entities: Sequence[Entity], told: Container[Mark]) -> Findings:
    for kind in (Person, Organization):
        first: dict[str, Entity] = {}
        for entity in sorted(entities, key=Entity.mark):
            if isinstance(entity, kind) and entity.name:
                first.setdefault(str(entity.name), entity)
        for name, earlier in similar(first):
            message = f"“{name}” is much like “{earlier}” in line {first[earlier].mark().line}"
            mark = first[name].mark("name")
            if mark not in told:
                yield Notice(mark, Code.SIMILAR_NAME, f"{message}; if it is the same, write it so")


def _conflicts(entities: Iterable[Entity]) -> Findings:
    for entity in entities:
        if isinstance(entity, Resource | Attachment) and entity.url and entity.path:
            yield Notice(entity.mark("path"), Code.VALUE, "either “url” or “path”, not both")


def _dates(event: Event) -> Findings:
    if event.date and (event.start_date or event.end_date):
        message = "either “date” or “start_date” and “end_date”, not both; “date” is left aside"
        yield Notice(event.mark("date"), Code.DATE, message)
    first, last = event.first_date, event.last_date
    if first is None or last is None:
        return
    if last.last_day() < first.first_day():
        message = f"the event ends ({last.isoformat()}) before it starts ({first.isoformat()})"
        yield Notice(event.mark("end_date"), Code.DATE, message)
        return
    if event.lost("start_date", "end_date"):
        return
    yield from _repeated_days(event)
    named = {day.date for day in event.days}
    for one in _scheduled(event):
        if one.date and one.date not in named and not _is_between(one.date, first, last):
            message = f"{one.date.isoformat()} is not one of the event's days"
            yield Notice(one.mark("date"), Code.OUTSIDE_DAYS, message)


def _repeated_days(event: Event) -> Findings:
    first: dict[PartialDate, Mark] = {}
    for day in event.days:
        if day.date and first.setdefault(day.date, day.mark()) != day.mark():
            message = f"the day {day.date.isoformat()} stands here again"
            where = f"the first is in line {first[day.date].line}"
            yield Notice(day.mark("date"), Code.DATE, f"{message}; {where}")


def _scheduled(event: Event) -> tuple[Scheduled, ...]:
    return (*event.all_sessions, *event.slots)


def _is_between(date: PartialDate, first: PartialDate, last: PartialDate) -> bool:
    return first.first_day() <= date.last_day() and date.first_day() <= last.last_day()


def _ends_before_it_starts(one: Scheduled) -> bool:
    return one.start is not None and one.ends is not None and one.span is None


def _times(event: Event) -> Findings:
    for one in _scheduled(event):
        if _ends_before_it_starts(one):
            message = f"the {one.called} ends ({one.end}) before it starts ({one.start})"
            yield Notice(one.mark("end"), Code.TIME, message)
        span = one.span
        if one.start and one.end and one.duration and span and span[1] - span[0] != one.duration:
            message = f"{one.duration} minutes do not lead from {one.start} to {one.end}"
            hint = "write either “end” or “duration”"
            yield Notice(one.mark("duration"), Code.TIME, f"{message}; {hint}")


def _places(event: Event) -> Findings:
    """Rooms and tracks that the event's own lists do not have."""
    rooms = event.venue.rooms if event.venue else ()
    for key, places in (("room", rooms), ("track", event.tracks)):
        known = [text for one in places if one.name for text in one.name.root.values()]
        if not known:
            continue
        for one in _scheduled(event):
            named: LocalizedText | None = getattr(one, key, None)
            if named and not any(map(named.says, known)):
                message = (
                    f"“{named}” is not among the event's {key}s{did_you_mean(str(named), known)}"
                )
                yield Notice(one.mark(key), Code.UNKNOWN_NAME, message)


def _rooms(event: Event) -> Findings:
    """Two sessions at once in a room; where the end is not known, two that start at once.

    The children of one are within it, and meet their like alone.
    """
    yield from _clashes(event, event.sessions)
    for session in event.all_sessions:
        yield from _clashes(event, session.children)


def _clashes(event: Event, sessions: Iterable[Session]) -> Findings:
    held: dict[Hashable, list[tuple[int, int, Session]]] = defaultdict(list)
    for session in map(event.placed, sessions):
        day = session.date or event.only_day
        is_known = session.room and session.start and (day or not event.first_date)
        is_on = session.status not in ("cancelled", "postponed")
        is_alone = session.kind not in _MANY_AT_ONCE
        if is_on and is_alone and is_known and not _ends_before_it_starts(session):
            start, end = session.span or (minutes_of(str(session.start)), 0)
            end = max(end, start + 1)
            held[day, folded(str(event.room_name(session.room)))].append((start, end, session))
    for slots in held.values():
        slots.sort(key=lambda slot: slot[:2])
        _start, busy_until, holder = slots[0]
        for start, end, session in slots[1:]:
            if start < busy_until:
                message = f"“{session.room}” is taken at {session.start} by “{holder.title}”"
                where = f"in line {holder.mark().line}"
                yield Notice(session.mark("start"), Code.ROOM_CLASH, f"{message} {where}")
            if end > busy_until:
                busy_until, holder = end, session


def _session_ids(event: Event) -> Findings:
    first: dict[str, Mark] = {}
    for session in event.all_sessions:
        for key, given in (("id", session.id), *(("old_ids", old) for old in session.old_ids)):
            if given in first:
                message = f"the id “{given}” is taken by the session in line {first[given].line}"
                yield Notice(session.mark(key), Code.DUPLICATE_ID, message)
            elif given:
                first[given] = session.mark(key)


def _folder(folder: Path, root: Path) -> Findings:
    """Sphinx opens pages by the composed form of their paths alone, which not every disk finds."""
    if folder.is_relative_to(root):
        path = folder.relative_to(root).as_posix()
        if not (root / composed(path)).is_dir():
            message = "the folder's name has letters apart from their marks (NFD)"
            hint = f"no page in it can be read; rename it to “{composed(folder.name)}” (NFC)"
            yield Notice(Mark(), Code.FILE, f"{message}; {hint}")


def _files(entities: Iterable[Entity], folder: Path, root: Path, is_content: IsContent) -> Findings:
    for entity, key, path in _local_paths(entities):
        if fault := fault_of_file(key, path, folder, root, is_content):
            yield Notice(entity.mark(key), *fault)


def fault_of_file(
    key: str, path: str, folder: Path, root: Path, is_content: IsContent
) -> tuple[Code, str] | None:
    """What is wrong with the file that a key names, as the disk is now."""
    find = local_file if key == "path" else local_image
    try:
        find(path, folder, root, is_content)
    except OutsideError as error:
        return Code.PATH, str(error)
    except ValueError as error:
        is_status = path in get_args(Sharing)
        message = f"“{path}” is no file; write “{{status: {path}}}”" if is_status else str(error)
        return Code.FILE, message
    return None


def files_named(event: Event) -> list[tuple[str, str]]:
    """The local files that the data names, each once: (under which key, its path)."""
    paths = _local_paths(event.entities())
    return list(dict.fromkeys((key, path) for _entity, key, path in paths))


def _local_paths(entities: Iterable[Entity]) -> Iterator[tuple[Entity, str, str]]:
    """Every local file that the data names: (by whom, under which key, its path)."""
    for entity in entities:
        for key in ("path", "logo", "logo_dark"):
            if path := getattr(entity, key, None):
                yield entity, key, path
