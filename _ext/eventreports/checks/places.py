"""Rooms and tracks: names that are in no list, and two sessions in a room at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import folded, nearest, suggesting

from ..core.dates import PartialDate
from ..core.model import Event, Session
from ..core.names import comparable
from ..core.problems import Code, Finding
from ..core.texts import LocalizedText
from .base import Checked

#: Kinds of sessions of which a room holds many at a time.
_MANY_AT_ONCE: Final = ("poster", "demo")
_ANY_DAY: Final = PartialDate(2000, 1, 1)


def unknown(checked: Checked[Event]) -> Iterator[Finding]:
    """Find rooms and tracks that the event's own lists, where it has them, do not name."""
    event = checked.document
    rooms = event.venue.rooms if event.venue else ()
    in_own_rooms = [item for item in event.scheduled if not event.is_elsewhere(item)]
    for key, places, items in (
        ("room", rooms, in_own_rooms),
        ("track", event.tracks, event.scheduled),
    ):
        known = [text for place in places if place.name for text in place.name.root.values()]
        for item in items if known else ():
            named: LocalizedText | None = getattr(item, key, None)
            if named and not any(map(named.says, known)):
                message = Message(
                    "“{name}” is not among the event's {list}", name=str(named), list=f"{key}s"
                )
                message = suggesting(message, nearest(str(named), known), dict.fromkeys(known))
                yield Finding(item.mark(key), Code.UNKNOWN_NAME, message)


def room_clashes(checked: Checked[Event]) -> Iterator[Finding]:
    """Find two sessions at once in a room; where the end is not known, two that start at once.

    Sessions with the same start and the same end are a block, and share its time. The children of a
    session are within it, and are compared with each other alone.
    """
    event = checked.document
    # Without any date all of it was on one day, whichever.
    dated = event if event.first_date else event.model_copy(update={"date": _ANY_DAY})
    for sessions in (event.sessions, *(session.children for session in event.all_sessions)):
        yield from _clashes(dated, sessions)


def _clashes(event: Event, sessions: Iterable[Session]) -> Iterator[Finding]:
    by_room: dict[str, list[tuple[dt.datetime, dt.datetime, Session]]] = defaultdict(list)
    for session in map(event.placed, sessions):
        start, end = event.moments(session)
        takes_place = session.status not in ("cancelled", "postponed")
        needs_room = session.room and session.kind not in _MANY_AT_ONCE
        has_right_times = session.start and (end or not session.end)
        if takes_place and needs_room and has_right_times and start:
            end = max(end or start, start + dt.timedelta(minutes=1))
            venue = event.place_name(session) if event.is_elsewhere(session) else ""
            room = f"{venue} {event.room_name(session.room)}"
            by_room[folded(comparable(room))].append((start, end, session))
    for slots in by_room.values():
        slots.sort(key=lambda slot: slot[:2])
        busy_since, busy_until, holder = slots[0]
        for start, end, session in slots[1:]:
            is_block = (start, end) == (busy_since, busy_until) and session.span.end is not None
            if start < busy_until and not is_block:
                yield Finding(
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
                busy_since, busy_until, holder = start, end, session
