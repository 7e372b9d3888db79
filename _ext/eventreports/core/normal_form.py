"""The normal form of an event: its facts as JSON, for other programs.

The words are those of ``event.yaml``. Where authors have several ways to write a fact, here is one:
what may be a list is a list, what has a short form is an object, a text is an object of texts by
language. What a session or slot has from its event, from the session around it, or from its other
times, it has itself. Keys without a value are left out. Without the keys that are added it is a
right ``event.yaml``, whose normal form is the same.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

from .dates import PartialDate
from .entity import Entity, Shape, shape
from .i18n import N_
from .model import Event, Scheduled, Session, Slot
from .texts import LocalizedText
from .value_types import PATH, ValueType

#: The language of a text whose author has given none (BCP 47).
UNDETERMINED: Final = "und"


class Added(NamedTuple):
    """A key that the normal form has beside those of the YAML.

    :param description: What it means, marked for translation.
    :param schema: What its value is (JSON Schema, draft 7).
    :param is_required: Whether it is always there.
    """

    description: str
    schema: Mapping[str, Any]
    is_required: bool = True


_URL: Final = {"type": "string", "format": "uri-reference"}
_TEXTS: Final = {"type": "array", "items": {"type": "string"}}
_TIME: Final = {
    "type": "string",
    "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([+-][0-9:]+)?$",
}
_TIMES: Final = {
    "starts_at": Added(
        N_("When it began: date, time of day and time zone (ISO 8601)."), _TIME, is_required=False
    ),
    "ends_at": Added(N_("When it ended, in the same form."), _TIME, is_required=False),
}
#: The keys that are added; those of the pages of a site are for whoever writes that to fill in.
ADDED: Final[Mapping[type[Entity], Mapping[str, Added]]] = {
    Event: {
        "page_url": Added(N_("Address of its page on the site."), _URL),
        "points": Added(N_("What the reporters took home from the event as a whole."), _TEXTS),
    },
    Session: {
        **_TIMES,
        "page_url": Added(
            N_("Address of its notes, or of where it is shown."), _URL, is_required=False
        ),
        "points": Added(N_("What the reporters took home from it."), _TEXTS),
    },
    Slot: _TIMES,
}
#: The keys whose values others have in their stead.
REPLACED: Final[Mapping[type[Entity], frozenset[str]]] = {Event: frozenset({"date"})}


def normal_form(event: Event, file: Callable[[str], str]) -> dict[str, Any]:
    """Return the facts of an event, without what depends on the pages of a site.

    :param event: The event, with the ids of its sessions.
    :param file: Returns for the path of a file, as the data has it, what stands for it.
    :returns: An object of JSON.
    """
    return _object(event, event, file)


def _object(event: Event, entity: Entity, file: Callable[[str], str]) -> dict[str, Any]:
    filled, added = _filled(event, entity)
    found = {
        key: _value(event, value, _shape(type(entity), key).of, file)
        for key in type(entity).model_fields
        if (value := filled.get(key, getattr(entity, key))) not in (None, "", ())
    }
    return {**found, **added}


@cache
def _shape(entity: type[Entity], key: str) -> Shape:
    return shape(entity, key)


def _value(
    event: Event, value: Any, of: ValueType | type[Entity], file: Callable[[str], str]
) -> Any:
    match value:
        case PartialDate():
            return value.isoformat()
        case LocalizedText():
            return {tag.replace("_", "-") or UNDETERMINED: one for tag, one in value.root.items()}
        case Entity():
            return _object(event, value, file)
        case tuple():
            return [_value(event, one, of, file) for one in value]
    if of is PATH:
        return file(value)
    is_number = isinstance(of, ValueType) and of.normal.get("type") == "number"
    return float(value) if is_number else value


def _filled(event: Event, entity: Entity) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """Return the values that an entity has from elsewhere, and those of the keys that are added."""
    if isinstance(entity, Event):
        return {"date": None, "start_date": event.first_date, "end_date": event.last_date}, {}
    if not isinstance(entity, Scheduled):
        return {}, {}
    placed = event.placed(entity) if isinstance(entity, Session) else entity
    filled = {
        "date": event.day(entity),
        "start": entity.begins,
        "end": entity.ends,
        "duration": entity.duration or entity.span.minutes or None,
        "room": event.room_name(placed.room),
        "venue": placed.venue,
    }
    if isinstance(placed, Session):
        filled["track"] = event.track_name(placed.track)
    return filled, _times(event, entity)


def _times(event: Event, item: Scheduled) -> dict[str, str]:
    moments: tuple[dt.datetime | None, ...] = event.moments(item)
    pairs = zip(_TIMES, moments, strict=True)
    return {key: moment.isoformat() for key, moment in pairs if moment}
