"""The facts of an event or a session, as a field list: it has a form in every writer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from babel.numbers import format_decimal
from docutils import nodes

from ..core.dates import MINUTES_PER_DAY, format_range
from ..core.entity import Entity
from ..core.model import Day, Event, Room, Scheduled, Session, Slot, Status
from ..core.scalars import LocalizedText
from . import inline
from .context import Context, joined, language_name, paragraph, plain
from .labels import _, label, word
from .nodes import colored

Body = Sequence[nodes.Node]
#: What one key shows: (label, body) pairs, none where there is nothing to show.
Rows = Iterator[tuple[str, Body]]


def event_facts(context: Context, event: Event, keys: Sequence[str]) -> nodes.field_list:
    """The event's facts under ``keys``, in that order."""
    rows = ((key, row) for key in keys for row in EVENT_FIELDS[key](context, event))
    return _field_list(rows)


def session_facts(context: Context, event: Event, session: Session) -> nodes.field_list:
    """The session's facts, and what it is a part of; what is not given takes no room."""
    placed = event.placed(session)
    rows = [(key, row) for key in SESSION_FIELDS for row in SESSION_FIELDS[key](context, placed)]
    if parent := event.parent(session):
        link = inline.session_link(context, parent, "card")
        rows.append(("parent", (label("parent"), [link])))
    return _field_list(rows)


def _field_list(rows: Iterable[tuple[str, tuple[str, Body]]]) -> nodes.field_list:
    fields = nodes.field_list(classes=["event-facts"])
    for key, (name, body) in rows:
        fields += nodes.field(
            "",
            nodes.field_name(name, name),
            nodes.field_body("", paragraph(body)),
            classes=[f"event-{key}"],
        )
    return fields


#: Keys that say one fact together: the fact that shows them.
_PART_OF: Final[Mapping[str, str]] = {
    "start_date": "date",
    "end_date": "date",
    "date_text": "date",
    "capacity_text": "capacity",
    "attendance_text": "attendance",
    "status_text": "status",
    "sponsor_tiers": "sponsors",
    "visibility_text": "visibility",
}


def given_keys(event: Event) -> list[str]:
    """The facts that the author gave, each once, in the author's order but for the status:
    who reads that it was cancelled last has read the rest in vain."""
    keys = [_PART_OF.get(key, key) for key in event.keys_in_order]
    keys.sort(key=lambda key: key != "status")
    return list(dict.fromkeys(key for key in keys if key in EVENT_FIELDS))


def date_text(context: Context, event: Event) -> str:
    """When the event was: the author's wording, else the dates in words."""
    if event.date_text:
        return context.text(event.date_text)
    first, last = event.first_date, event.last_date
    return format_range(first, last, context.locale) if first and last else ""


def time_text(context: Context, scheduled: Scheduled) -> str:
    """When it was, as far as is known: 2018年4月19日(木) 10:30–11:10."""
    day = scheduled.date.format(context.locale) if scheduled.date else ""
    return " ".join(filter(None, (day, clock_text(scheduled))))


def clock_text(scheduled: Scheduled) -> str:
    """10:30–11:10; –11:10 where only the end is known, 40 min where only the duration is.

    Of more than a day the clocks do not tell when it ended.
    """
    minutes = scheduled.span.minutes
    if scheduled.ends and (minutes is None or minutes <= MINUTES_PER_DAY):
        return f"{scheduled.begins or ''}–{scheduled.ends}"
    begins = scheduled.begins or ""
    if duration := minutes or scheduled.duration:
        length = _("{number} min").format(number=duration)
        return f"{begins} ({length})" if begins else length
    return begins


def slot_title(context: Context, slot: Slot) -> str:
    return context.text(slot.title) or word("slot", slot.kind)


def languages(context: Context, tags: Sequence[str]) -> str:
    return _(", ").join(language_name(tag, context.locale) for tag in tags)


def status(context: Context, held: Event | Session) -> list[nodes.Node]:
    """Cancelled: the speaker was ill; nothing of what took place as announced."""
    return status_badge(held.status, context.text(held.status_text))


def status_badge(status: Status, wording: str = "") -> list[nodes.Node]:
    said = _(": ").join(filter(None, (word("status", status), wording)))
    classes = ["event-status-badge", f"event-status-{status}"]
    return [plain(said, *(classes if status != "held" else []))] if said else []


def topics(names: Sequence[str]) -> list[nodes.Node]:
    return joined([plain(name, "event-topic") for name in names])


def _date(context: Context, event: Event) -> Rows:
    if text := date_text(context, event):
        yield label("date"), [nodes.Text(text)]


def _timezone(context: Context, event: Event) -> Rows:
    if event.timezone and any(one.start for one in (*event.all_sessions, *event.slots)):
        yield label("timezone"), [nodes.Text(event.timezone)]


def _venue(context: Context, event: Event) -> Rows:
    if (venue := event.venue) is None:
        return
    name = next(filter(None, map(context.text, (venue.name, venue.address, venue.locality))), "")
    body: list[nodes.Node] = [
        inline.link(context, venue, name, venue.url) if venue.url else nodes.Text(name)
    ]
    address, locality = context.text(venue.address), context.text(venue.locality)
    if venue.name and locality and locality not in address:
        body += [nodes.Text(_(", ")), nodes.Text(locality)]
    if venue.name and address:
        body += [nodes.Text(" "), plain(f"({address})", "event-address")]
    yield label("venue"), body
    if venue.rooms:
        yield label("rooms"), joined([_room_facts(context, room) for room in venue.rooms])
    if venue.latitude and venue.longitude:
        yield label("coordinates"), [nodes.Text(f"{venue.latitude}, {venue.longitude}")]
    if maps := inline.resources(context, venue.maps):
        yield label("maps"), maps


def _room_facts(context: Context, room: Room) -> nodes.inline:
    """Hall A (5F, 300 people)"""
    name = plain(context.text(room.name) or _("(no name)"))
    details = [context.text(room.description), *_head_count(context, room.capacity)]
    if said := _(", ").join(filter(None, details)):
        name += [nodes.Text(" "), plain(f"({said})", "event-beside")]
    return name


def _head_count(context: Context, number: int | None) -> list[str]:
    if number is None:
        return []
    return [_("{number} people").format(number=format_decimal(number, locale=context.locale))]


def _url(context: Context, event: Event) -> Rows:
    if event.url:
        yield label("url"), [inline.link(context, event, event.url, event.url)]


def _people_count(key: str) -> Callable[[Context, Event], Rows]:
    """How many people: in the author's wording, else in words."""

    def rows(context: Context, event: Event) -> Rows:
        wording = context.text(getattr(event, f"{key}_text"))
        for said in [wording] if wording else _head_count(context, getattr(event, key)):
            yield label(key), [nodes.Text(said)]

    return rows


def _text(key: str) -> Callable[[Context, Any], Rows]:
    """A leaf text."""

    def rows(context: Context, owner: Entity) -> Rows:
        if said := context.text(getattr(owner, key)):
            yield label(key), [nodes.Text(said)]

    return rows


def _word(key: str, of: str) -> Callable[[Context, Any], Rows]:
    """A word of a closed set."""

    def rows(_context: Context, owner: Entity) -> Rows:
        if (value := getattr(owner, key)) and (said := word(of, value)):
            yield label(key), [plain(said, f"event-{key}-{value}")]

    return rows


def _day(key: str) -> Callable[[Context, Event], Rows]:
    def rows(context: Context, event: Event) -> Rows:
        if date := getattr(event, key):
            yield label(key), [nodes.Text(date.format(context.locale))]

    return rows


def _languages(key: str) -> Callable[[Context, Any], Rows]:
    def rows(context: Context, owner: Entity) -> Rows:
        if said := languages(context, getattr(owner, key)):
            yield label(key), [nodes.Text(said)]

    return rows


def _status(context: Context, held: Event | Session) -> Rows:
    if said := status(context, held):
        yield label("status"), said


def visibility_text(context: Context, event: Event) -> str:
    """For whom the report is, where it is not for everybody."""
    return context.text(event.visibility_text) or word("visibility", event.visibility)


def _visibility(context: Context, event: Event) -> Rows:
    if said := visibility_text(context, event):
        yield label("visibility"), [plain(said, f"event-visibility-{event.visibility}")]


def day_title(context: Context, day: Day) -> str:
    """Day 1: 2018年5月31日(木)"""
    date = day.date.format(context.locale) if day.date else ""
    return _(": ").join(filter(None, (context.text(day.name), date)))


def _days(context: Context, event: Event) -> Rows:
    if event.days:
        days = [plain(day_title(context, day), "event-day") for day in event.days]
        yield label("days"), joined(days)


def track_name(context: Context, name: LocalizedText | None) -> nodes.inline:
    """A track's name, in the colour that the event gives it."""
    track = context.track(name)
    text = context.text(track.name if track else name) or _("(no name)")
    return colored(text, text, color=track.color if track else None, classes=["event-track"])


def _tracks(context: Context, event: Event) -> Rows:
    if event.tracks:
        yield (
            label("tracks"),
            joined([track_name(context, track.name) for track in event.tracks]),
        )


def _sponsors(context: Context, event: Event) -> Rows:
    for tier in event.tiers:
        if tier.sponsors:
            members = inline.organizations(context, tier.sponsors)
            yield context.text(tier.name) or label("sponsors"), members


def _groups(context: Context, event: Event) -> Rows:
    for group in event.groups:
        if group.members:
            yield context.text(group.name), inline.organizations(context, group.members)


def _listed(key: str, form: Callable[[Context, Any], list[nodes.Node]]) -> Callable[..., Rows]:
    """The rows of a key whose value is a list of entities."""

    def rows(context: Context, owner: Entity) -> Rows:
        if body := form(context, getattr(owner, key)):
            yield label(key), body

    return rows


def _topics(context: Context, owner: Event | Session) -> Rows:
    if owner.topics:
        yield label("topics"), topics(owner.topics)


def _hashtag(context: Context, event: Event) -> Rows:
    if event.hashtag:
        yield label("hashtag"), [nodes.Text(f"#{event.hashtag.lstrip('#')}")]


EVENT_FIELDS: Final[Mapping[str, Callable[[Context, Event], Rows]]] = {
    "name": _text("name"),
    "kind": _word("kind", "event"),
    "series": _text("series"),
    "status": _status,
    "date": _date,
    "days": _days,
    "timezone": _timezone,
    "venue": _venue,
    "attendance_mode": _word("attendance_mode", "attendance_mode"),
    "url": _url,
    "hashtag": _hashtag,
    "language": _languages("language"),
    "capacity": _people_count("capacity"),
    "attendance": _people_count("attendance"),
    "organizers": _listed("organizers", inline.organizations),
    "supporters": _listed("supporters", inline.organizations),
    "sponsors": _sponsors,
    "media_partners": _listed("media_partners", inline.organizations),
    "groups": _groups,
    "tracks": _tracks,
    "reporters": _listed("reporters", inline.people),
    "participants": _listed("participants", inline.people),
    "purpose": _text("purpose"),
    "topics": _topics,
    "links": _listed("links", inline.resources),
    "license": _text("license"),
    "visibility": _visibility,
    "recipients": _listed("recipients", inline.people),
    "published": _day("published"),
    "updated": _day("updated"),
}


def _time(context: Context, session: Session) -> Rows:
    if text := time_text(context, session):
        yield label("time"), [nodes.Text(text)]


def _room(context: Context, session: Session) -> Rows:
    if said := context.room(session.room):
        yield label("room"), [nodes.Text(said)]


def _track(context: Context, session: Session) -> Rows:
    if session.track:
        yield label("track"), [track_name(context, session.track)]


SESSION_FIELDS: Final[Mapping[str, Callable[[Context, Session], Rows]]] = {
    "status": _status,
    "kind": _word("kind", "session"),
    "speakers": _listed("speakers", inline.people),
    "time": _time,
    "room": _room,
    "track": _track,
    "level": _text("level"),
    "language": _languages("language"),
    "slides_language": _languages("slides_language"),
    "slides": _listed("slides", inline.resources),
    "videos": _listed("videos", inline.resources),
    "links": _listed("links", inline.resources),
    "topics": _topics,
    "seen": _word("seen", "seen"),
    "visibility": _word("visibility", "visibility"),
}
