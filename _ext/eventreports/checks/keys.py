"""Keys that are missing, contradict each other, or must be unique."""

from collections.abc import Iterator

from sphinxcommon.messages import Message

from ..core.entity import Entity, shape
from ..core.model import Attachment, Event, Resource, Venue
from ..core.names import is_balanced
from ..core.problems import Code, Finding
from ..core.quoting import as_line
from ..core.short_people import split_names
from .base import Checked, repeats


def missing(checked: Checked[Entity]) -> Iterator[Finding]:
    """Find entities that lack a key they need, unless its value was wrong and is reported."""
    for entity in checked.entities:
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


def contradictory(checked: Checked[Entity]) -> Iterator[Finding]:
    """Find links and files that have both a URL and a path."""
    for entity in checked.entities:
        if isinstance(entity, Resource | Attachment) and entity.url and entity.path:
            yield Finding(
                entity.mark("path"), Code.VALUE, Message("either “url” or “path”, not both")
            )


def duplicate_ids(checked: Checked[Event]) -> Iterator[Finding]:
    """Find ids, former ones included, that an earlier session of the event has."""
    ids = (
        (session_id, (session_id, session.mark(key)))
        for session in checked.document.all_sessions
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


def lists_in_one_text(checked: Checked[Entity]) -> Iterator[Finding]:
    """Find names in one text, “A, B”, where a key takes a list of names."""
    for entity in checked.entities:
        for key in entity.keys_in_order:
            text = entity.text_of(key) if _takes_names(type(entity), key) else None
            if text and is_balanced(text) and len(several := split_names(text)) > 1:
                one = " ".join(text.split())
                message = Message(
                    "“{text}” is read as one; write “{right}” for several, or “{whole}” if it is "
                    "one",
                    text=one,
                    right=as_line(key, several),
                    whole=as_line(key, [one]),
                )
                yield Finding(entity.mark(key), Code.LIST, message)


def _takes_names(entity: type[Entity], key: str) -> bool:
    """Return whether a key takes a list of texts that may say anything, or of what has a name."""
    if key not in entity.model_fields:
        return False
    of, is_list = shape(entity, key)
    return is_list and (of.short_key == "name" if isinstance(of, type) else of.label == "text")
