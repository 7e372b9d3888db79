"""The facts of an event or a session, as a field list: it has a form in every writer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal
from docutils import nodes

from ..dates import format_range
from ..labels import _, label
from ..model import Entity, Event, Session
from . import inline
from .context import Context, joined, paragraph, plain

Body = Sequence[nodes.Node]
#: What one key shows: (label, body) pairs, none where there is nothing to show.
Rows = Iterator[tuple[str, Body]]


def event_facts(context: Context, event: Event, keys: Sequence[str]) -> nodes.field_list:
    """The event's facts under ``keys``, in that order."""
    rows = ((key, row) for key in keys for row in EVENT_FIELDS[key](context, event))
    return _field_list(rows)


def session_facts(context: Context, session: Session) -> nodes.field_list:
    """The session's facts; what is not given takes no room."""
    rows = ((key, row) for key in SESSION_FIELDS for row in SESSION_FIELDS[key](context, session))
    return _field_list(rows)


def _field_list(rows: Iterator[tuple[str, tuple[str, Body]]]) -> nodes.field_list:
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
    "sponsor_tiers": "sponsors",
}


def given_keys(event: Event) -> list[str]:
    """The facts that the author gave, in the author's order, each once."""
    keys = (_PART_OF.get(key, key) for key in event.keys_in_order)
    return list(dict.fromkeys(key for key in keys if key in EVENT_FIELDS))


def date_text(context: Context, event: Event) -> str:
    """When the event was: the author's wording, else the dates in words."""
    if event.date_text:
        return context.text(event.date_text)
    first, last = event.first_date, event.last_date
    return format_range(first, last, context.locale) if first and last else ""


def time_text(context: Context, session: Session) -> str:
    """When the session was, as far as is known: 2018年4月19日(木) 10:30–11:10."""
    day = session.date.format(context.locale) if session.date else ""
    clock = "–".join(filter(None, (session.start, session.end)))
    return " ".join(filter(None, (day, clock)))


def topics(names: Sequence[str]) -> list[nodes.Node]:
    return joined([plain(name, "event-topic") for name in names])


def _name(context: Context, event: Event) -> Rows:
    if event.name:
        yield label("name"), [nodes.Text(context.text(event.name))]


def _date(context: Context, event: Event) -> Rows:
    if text := date_text(context, event):
        yield label("date"), [nodes.Text(text)]


def _timezone(context: Context, event: Event) -> Rows:
    if event.timezone and any(session.start for session in event.sessions):
        yield label("timezone"), [nodes.Text(event.timezone)]


def _venue(context: Context, event: Event) -> Rows:
    if (venue := event.venue) is None:
        return
    name = context.text(venue.name) or context.text(venue.address)
    body: list[nodes.Node] = [
        inline.link(context, venue, name, venue.url) if venue.url else nodes.Text(name)
    ]
    if venue.name and venue.address:
        body += [nodes.Text(" "), plain(f"({context.text(venue.address)})", "event-address")]
    yield label("venue"), body
    if venue.rooms:
        yield label("rooms"), joined([nodes.Text(room) for room in venue.rooms])


def _url(context: Context, event: Event) -> Rows:
    if event.url:
        yield label("url"), [inline.link(context, event, event.url, event.url)]


def _capacity(context: Context, event: Event) -> Rows:
    if event.capacity_text:
        yield label("capacity"), [nodes.Text(context.text(event.capacity_text))]
    elif event.capacity is not None:
        number = format_decimal(event.capacity, locale=context.locale)
        yield label("capacity"), [nodes.Text(_("{number} people").format(number=number))]


def _sponsors(context: Context, event: Event) -> Rows:
    for tier in event.tiers:
        if tier.sponsors:
            members = inline.organizations(context, tier.sponsors)
            yield context.text(tier.name) or label("sponsors"), members


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
    "name": _name,
    "date": _date,
    "timezone": _timezone,
    "venue": _venue,
    "url": _url,
    "hashtag": _hashtag,
    "capacity": _capacity,
    "organizers": _listed("organizers", inline.organizations),
    "supporters": _listed("supporters", inline.organizations),
    "sponsors": _sponsors,
    "reporters": _listed("reporters", inline.people),
    "participants": _listed("participants", inline.people),
    "topics": _topics,
    "links": _listed("links", inline.resources),
}


def _time(context: Context, session: Session) -> Rows:
    if text := time_text(context, session):
        yield label("time"), [nodes.Text(text)]


def _room(context: Context, session: Session) -> Rows:
    if session.room:
        yield label("room"), [nodes.Text(context.text(session.room))]


def _track(context: Context, session: Session) -> Rows:
    if session.track:
        yield label("track"), [nodes.Text(context.text(session.track))]


def _language(context: Context, session: Session) -> Rows:
    if session.language:
        yield label("language"), [nodes.Text(language_name(session.language, context.locale))]


def language_name(tag: str, locale: Locale) -> str:
    """``ja`` → 日本語; as written where it is no tag that Babel knows."""
    try:
        return Locale.parse(tag.replace("-", "_")).get_display_name(locale) or tag
    except (ValueError, UnknownLocaleError):
        return tag


SESSION_FIELDS: Final[Mapping[str, Callable[[Context, Session], Rows]]] = {
    "speakers": _listed("speakers", inline.people),
    "time": _time,
    "room": _room,
    "track": _track,
    "language": _language,
    "slides": _listed("slides", inline.resources),
    "videos": _listed("videos", inline.resources),
    "links": _listed("links", inline.resources),
    "topics": _topics,
}
