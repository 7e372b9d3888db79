"""Keys that are missing, contradict each other, or must be unique."""

from collections.abc import Iterator

from sphinxcommon.messages import Message

from ..core.entity import Entity
from ..core.model import Attachment, Resource, Venue
from ..core.problems import Code, Finding
from .base import Subject, repeats


def missing(subject: Subject) -> Iterator[Finding]:
    """Find entities that lack a key they need, unless its value was wrong and is reported."""
    for entity in subject.entities:
        for keys, message in _missing_keys(entity):
            if not entity.lost(*keys):
                yield Finding(entity.mark(keys[0]), Code.MISSING, message)


def _missing_keys(entity: Entity) -> Iterator[tuple[tuple[str, ...], Message]]:
    """Find groups of keys of which an entity needs one, and has none."""
    for key in entity.required:
        if getattr(entity, key) is None:
            message = Message(
                "the {entity} has no {key}; write “{key}: …”",
                entity=Message(entity.called),
                key=key,
            )
            yield (key,), message
    match entity:
        case Resource() if entity.says_nothing:
            message = Message(
                "nothing to lead to: write “url: …”, “path: …” or “status: not-shared”"
            )
            yield ("url", "path", "status"), message
        case Attachment(name=None, path=None, url=None):
            yield ("name", "path", "url"), Message("the file has no name; write “name: …”")
        case Venue() if entity.says_nothing:
            yield ("name", "address"), Message("the venue has no name; write “name: …”")


def contradictory(subject: Subject) -> Iterator[Finding]:
    """Find links and files that have both a URL and a path."""
    for entity in subject.entities:
        if isinstance(entity, Resource | Attachment) and entity.url and entity.path:
            yield Finding(
                entity.mark("path"), Code.VALUE, Message("either “url” or “path”, not both")
            )


def duplicate_ids(subject: Subject) -> Iterator[Finding]:
    """Find ids, former ones included, that an earlier session of the event has."""
    ids = (
        (session_id, (session_id, session.mark(key)))
        for session in subject.event.all_sessions
        for key, values in (("id", (session.id,)), ("old_ids", session.old_ids))
        for session_id in filter(None, values)
    )
    for (session_id, mark), (_, first) in repeats(ids):
        yield Finding(
            mark,
            Code.DUPLICATE_ID,
            Message(
                "the id “{id}” is taken by the session in line {line}",
                id=session_id,
                line=first.line,
            ),
        )
