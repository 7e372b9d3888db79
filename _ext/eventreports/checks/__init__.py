"""What one value cannot tell: keys and entities against their like, and against the disk."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, get_args

from ..core import paths
from ..core.dates import A_DAY, PartialDate, minutes_of
from ..core.entity import Entity
from ..core.files import OutsideError, local_file, local_image
from ..core.messages import InvalidValueError, Message
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
from ..yaml.quoting import shown_in_quotes

_MAX_FILES = 250
#: Kinds of sessions of which a room holds many at a time.
_SOME_DAY: Final = PartialDate(2000, 1, 1)
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


def _incomplete(entities: Iterable[Entity]) -> Iterator[tuple[Entity, tuple[str, ...], Message]]:
    """What lacks all of some keys, one of which it needs."""
    for entity in entities:
        for key in entity.required:
            if getattr(entity, key) is None:
                message = Message(
                    "the {entity} has no {key}; write “{key}: …”",
                    entity=Message(entity.called),
                    key=key,
                )
                yield entity, (key,), message
        match entity:
            case Resource() if entity.says_nothing:
                message = Message(
                    "nothing to lead to: write “url: …”, “path: …” or “status: not-shared”"
                )
                yield entity, ("url", "path", "status"), message
            case Attachment() if not (entity.name or entity.path or entity.url):
                message = Message("the file has no name; write “name: …”")
                yield entity, ("name", "path", "url"), message
            case Venue() if not (entity.name or entity.address):
                message = Message("the venue has no name; write “name: …”")
                yield entity, ("name", "address"), message


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
                yield Notice(
                    entity.mark(key),
                    Code.PLACEHOLDER,
                    Message(
                        "“{text}” keeps the place of a {key}; write the real one",
                        text=text,
                        key=key,
                    ),
                )
            is_short = (
                isinstance(entity, Person | Organization | Venue | Room)
                and not entity.keys_in_order
            )
            if is_short and not is_balanced(text):
                yield Notice(
                    entity.mark(),
                    Code.BRACKETS,
                    Message(
                        "a bracket of “{text}” has no counterpart; close it, or write “{name: …}” "
                        "if it is part of the name",
                        text=text,
                    ),
                )


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
                yield Notice(
                    member.mark("name"),
                    Code.DUPLICATE_NAME,
                    Message(
                        "“{name}” stands here again; the first is in line {line}",
                        name=name,
                        line=same.mark().line,
                    ),
                )
            if before is not None and is_company_form(name):
                yield Notice(
                    member.mark("name"),
                    Code.QUOTING,
                    Message(
                        "“{name}” is no name: a comma between brackets parts two items; it needs "
                        "quotes: {whole}",
                        name=name,
                        whole=shown_in_quotes(f"{before.name}, {name}"),
                    ),
                )


def _similar_names(entities: Sequence[Entity], told: Container[Mark]) -> Findings:
    for kind in (Person, Organization):
        first: dict[str, Entity] = {}
        for entity in sorted(entities, key=Entity.mark):
            if isinstance(entity, kind) and entity.name:
                first.setdefault(str(entity.name), entity)
        for name, earlier in similar(first):
            message = Message(
                "“{name}” is much like “{earlier}” in line {line}; if it is the same, write it so",
                name=name,
                earlier=earlier,
                line=first[earlier].mark().line,
            )
            mark = first[name].mark("name")
            if mark not in told:
                yield Notice(mark, Code.SIMILAR_NAME, message)


def _conflicts(entities: Iterable[Entity]) -> Findings:
    for entity in entities:
        if isinstance(entity, Resource | Attachment) and entity.url and entity.path:
            yield Notice(
                entity.mark("path"), Code.VALUE, Message("either “url” or “path”, not both")
            )


def _dates(event: Event) -> Findings:
    if event.date and (event.start_date or event.end_date):
        yield Notice(
            event.mark("date"),
            Code.DATE,
            Message("either “date” or “start_date” and “end_date”, not both; “date” is left aside"),
        )
    first, last = event.first_date, event.last_date
    if first is None or last is None:
        return
    if last.last_day() < first.first_day():
        yield Notice(
            event.mark("end_date"),
            Code.DATE,
            Message(
                "the event ends ({end}) before it starts ({start})",
                end=last.isoformat(),
                start=first.isoformat(),
            ),
        )
        return
    if event.lost("start_date", "end_date"):
        return
    yield from _repeated_days(event)
    named = {day.date for day in event.days}
    for one in _scheduled(event):
        if one.date and one.date not in named and not _is_between(one.date, first, last):
            yield Notice(
                one.mark("date"),
                Code.OUTSIDE_DAYS,
                Message("{date} is not one of the event's days", date=one.date.isoformat()),
            )


def _repeated_days(event: Event) -> Findings:
    first: dict[PartialDate, Mark] = {}
    for day in event.days:
        if day.date and first.setdefault(day.date, day.mark()) != day.mark():
            yield Notice(
                day.mark("date"),
                Code.DATE,
                Message(
                    "the day {date} stands here again; the first is in line {line}",
                    date=day.date.isoformat(),
                    line=first[day.date].line,
                ),
            )


def _scheduled(event: Event) -> tuple[Scheduled, ...]:
    return (*event.all_sessions, *event.slots)


def _is_between(date: PartialDate, first: PartialDate, last: PartialDate) -> bool:
    return first.first_day() <= date.last_day() and date.first_day() <= last.last_day()


def _times(event: Event) -> Findings:
    for one in _scheduled(event):
        if one.start and one.end and one.span.end is None:
            yield Notice(
                one.mark("end"),
                Code.TIME,
                Message(
                    "the {entity} ends ({end}) before it starts ({start}); if it went on to the "
                    "next day, write “duration: {minutes}” instead",
                    entity=Message(one.called),
                    end=one.end,
                    start=one.start,
                    minutes=(minutes_of(one.end) - minutes_of(one.start)) % A_DAY,
                ),
            )
        if one.start and one.end and one.duration and one.span.minutes not in (None, one.duration):
            yield Notice(
                one.mark("duration"),
                Code.TIME,
                Message(
                    "{duration} minutes do not lead from {start} to {end}; write either “end” or "
                    "“duration”",
                    duration=one.duration,
                    start=one.start,
                    end=one.end,
                ),
            )


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
                message = Message(
                    "“{name}” is not among the event's {list}", name=str(named), list=f"{key}s"
                )
                yield Notice(
                    one.mark(key), Code.UNKNOWN_NAME, did_you_mean(message, str(named), known)
                )


def _rooms(event: Event) -> Findings:
    """Two sessions at once in a room; where the end is not known, two that start at once.

    The children of one are within it, and meet their like alone.
    """
    # Without any date all of it was on one day, whichever.
    dated = event if event.first_date else event.model_copy(update={"date": _SOME_DAY})
    for sessions in (event.sessions, *(session.children for session in event.all_sessions)):
        yield from _clashes(dated, sessions)


def _clashes(event: Event, sessions: Iterable[Session]) -> Findings:
    held: dict[str, list[tuple[dt.datetime, dt.datetime, Session]]] = defaultdict(list)
    for session in map(event.placed, sessions):
        start, end = event.moments(session)
        is_on = session.status not in ("cancelled", "postponed")
        is_alone = session.kind not in _MANY_AT_ONCE
        is_right = session.start and (end or not session.end)
        if is_on and is_alone and is_right and session.room and start:
            end = max(end or start, start + dt.timedelta(minutes=1))
            held[folded(str(event.room_name(session.room)))].append((start, end, session))
    for slots in held.values():
        slots.sort(key=lambda slot: slot[:2])
        _start, busy_until, holder = slots[0]
        for start, end, session in slots[1:]:
            if start < busy_until:
                yield Notice(
                    session.mark("start"),
                    Code.ROOM_CLASH,
                    Message(
                        "“{room}” is taken at {start} by “{title}” in line {line}",
                        room=str(session.room),
                        start=str(session.start),
                        title=str(holder.title),
                        line=holder.mark().line,
                    ),
                )
            if end > busy_until:
                busy_until, holder = end, session


def _session_ids(event: Event) -> Findings:
    first: dict[str, Mark] = {}
    for session in event.all_sessions:
        for key, given in (("id", session.id), *(("old_ids", old) for old in session.old_ids)):
            if given in first:
                yield Notice(
                    session.mark(key),
                    Code.DUPLICATE_ID,
                    Message(
                        "the id “{id}” is taken by the session in line {line}",
                        id=given,
                        line=first[given].line,
                    ),
                )
            elif given:
                first[given] = session.mark(key)


def _folder(folder: Path, root: Path) -> Findings:
    """Sphinx opens pages by the composed form of their paths alone, which not every disk finds."""
    if folder.is_relative_to(root):
        path = folder.relative_to(root).as_posix()
        if not (root / composed(path)).is_dir():
            yield Notice(
                Mark(),
                Code.FILE,
                Message(
                    "the folder's name has letters apart from their marks (NFD); no page in it can "
                    "be read; rename it to “{name}” (NFC)",
                    name=composed(folder.name),
                ),
            )


def _files(entities: Iterable[Entity], folder: Path, root: Path, is_content: IsContent) -> Findings:
    for entity, key, path in _local_paths(entities):
        if fault := fault_of_file(key, path, folder, root, is_content):
            yield Notice(entity.mark(key), *fault)


def fault_of_file(
    key: str, path: str, folder: Path, root: Path, is_content: IsContent
) -> tuple[Code, Message] | None:
    """What is wrong with the file that a key names, as the disk is now."""
    find = local_file if key == "path" else local_image
    try:
        find(path, folder, root, is_content)
    except OutsideError as error:
        return Code.PATH, error.message
    except InvalidValueError as error:
        if path not in get_args(Sharing):
            return Code.FILE, error.message
        return Code.FILE, Message("“{path}” is no file; write “{status: {path}}”", path=path)
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
