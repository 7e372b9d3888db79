"""What one value cannot tell: keys against each other, and against the disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .model import Attachment, Entity, Event, Resource
from .problems import Code, Mark, Problem
from .resources import local_file, local_image


def check(event: Event, folder: Path, root: Path, shown_path: str) -> list[Problem]:
    """The problems of an event whose values are each right by themselves."""
    found = (
        *_presence(event),
        *_conflicts(event),
        *_dates(event),
        *_session_ids(event),
        *_files(event, folder, root),
    )
    return [Problem(shown_path, mark, code, message) for mark, code, message in found]


Finding = tuple[Mark, Code, str]


def _presence(event: Event) -> Iterator[Finding]:
    for entity, keys, message in _incomplete(event):
        if not entity.lost(*keys):
            yield entity.mark(), Code.MISSING, message


def _incomplete(event: Event) -> Iterator[tuple[Entity, tuple[str, ...], str]]:
    """What lacks all of some keys, one of which it needs."""
    if event.name is None:
        yield event, ("name",), "the event has no name; write “name: …”"
    for session in event.sessions:
        if session.title is None:
            yield session, ("title",), "the session has no title; write “title: …”"
    for entity in event.named():
        if entity.name is None:
            what = type(entity).__name__.lower()
            yield entity, ("name",), f"the {what} has no name; write “name: …”"
    for resource in event.all_resources():
        if resource.says_nothing:
            message = "nothing to lead to: write “url: …”, “path: …” or “status: not-shared”"
            yield resource, ("url", "path", "status"), message
    for attachment in event.files:
        if not (attachment.name or attachment.path or attachment.url):
            yield attachment, ("name", "path", "url"), "the file has no name; write “name: …”"


def _conflicts(event: Event) -> Iterator[Finding]:
    entities: list[Resource | Attachment] = [*event.all_resources(), *event.files]
    for entity in entities:
        if entity.url and entity.path:
            yield entity.mark("path"), Code.VALUE, "either “url” or “path”, not both"


def _dates(event: Event) -> Iterator[Finding]:
    if event.date and (event.start_date or event.end_date):
        message = "either “date” or “start_date” and “end_date”, not both; “date” is left aside"
        yield event.mark("date"), Code.DATE, message
    start, end = event.start_date, event.end_date
    if start and end and end.last_day() < start.first_day():
        message = f"the event ends ({end.isoformat()}) before it starts ({start.isoformat()})"
        yield event.mark("end_date"), Code.DATE, message


def _session_ids(event: Event) -> Iterator[Finding]:
    first: dict[str, Mark] = {}
    for session in event.sessions:
        given = session.id
        if given in first:
            message = f"the id “{given}” is taken by the session in line {first[given].line}"
            yield session.mark("id"), Code.DUPLICATE_ID, message
        elif given:
            first[given] = session.mark("id")


def _files(event: Event, folder: Path, root: Path) -> Iterator[Finding]:
    for entity, key, path in event.local_paths():
        find = local_image if key == "logo" else local_file
        try:
            find(path, folder, root)
        except ValueError as error:
            yield entity.mark(key), Code.FILE, str(error)
