"""The facts of an event or a session, as a field list: every writer supports it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from babel.numbers import format_decimal
from docutils import nodes

from ..core.dates import MINUTES_PER_DAY, PartialDate, format_range
from ..core.entity import Entity
from ..core.i18n import N_
from ..core.model import Day, Event, Room, Scheduled, Session, Slot, Status
from ..core.texts import LocalizedText
from . import inline
from .context import Context, in_brackets, joined, language_name, paragraph, plain
from .labels import _, word
from .nodes import colored, fact

Body = Sequence[nodes.Node]
#: The label and the body of a field.
Row = tuple[str, Body]
#: Makes what a key shows: a text or a body under the key's label, or rows with their own labels.
Form = Callable[[Context, Any], Any]


#: What readers see of the keys of the data, and above the parts of a report.
_LABELS: Final = {
    "name": N_("Name"),
    "subtitle": N_("Subtitle"),
    "date": N_("Date"),
    "kind": N_("Kind"),
    "series": N_("Series"),
    "status": N_("Status"),
    "days": N_("Days"),
    "timezone": N_("Time zone"),
    "venue": N_("Venue"),
    "url": N_("Website"),
    "hashtag": N_("Hashtag"),
    "capacity": N_("Capacity"),
    "coordinates": N_("Coordinates"),
    "maps": N_("Maps"),
    "attendance": N_("Attendance"),
    "attendance_mode": N_("Held"),
    "organizers": N_("Organizers"),
    "supporters": N_("Supporters"),
    "sponsors": N_("Sponsors"),
    "media_partners": N_("Media partners"),
    "groups": N_("Supported by"),
    "tracks": N_("Tracks"),
    "purpose": N_("Purpose"),
    "license": N_("Licence"),
    "visibility": N_("Visibility"),
    "published": N_("Published"),
    "updated": N_("Last revised"),
    "level": N_("Level"),
    "slides_language": N_("Language of the slides"),
    "seen": N_("Seen"),
    "parent": N_("Part of"),
    "reporters": N_("Reporters"),
    "participants": N_("Participants"),
    "recipients": N_("To"),
    "topics": N_("Topics"),
    "links": N_("Links"),
    "speakers": N_("Speakers"),
    "time": N_("Time"),
    "room": N_("Room"),
    "rooms": N_("Rooms"),
    "track": N_("Track"),
    "language": N_("Language"),
    "slides": N_("Slides"),
    "videos": N_("Videos"),
    "schedule": N_("Schedule"),
    "sessions": N_("Sessions"),
    "files": N_("Files"),
    "size": N_("Size"),
    "added": N_("Added"),
    "uploader": N_("Added by"),
    "description": N_("Description"),
    "info": N_("Event information"),
    "key": N_("Key"),
    "meaning": N_("Meaning"),
    "form": N_("Form"),
    "example": N_("Example"),
    "code": N_("Code"),
    "cause": N_("What is wrong"),
    "cure": N_("What to do"),
}


def label(key: str) -> str:
    """Return the label of a key of the data."""
    return _(_LABELS[key])


def word_label(word: str) -> str:
    """Return the label of a word of a closed set that names a key or several; else the word."""
    named = next((key for key in (word, f"{word}s") if key in _LABELS), None)
    return label(named) if named else word


def event_facts(context: Context, event: Event, keys: Sequence[str]) -> nodes.field_list:
    """Return the event's facts under some keys, in the order of these."""
    rows = ((key, row) for key in keys for row in _rows(key, EVENT_FIELDS[key](context, event)))
    return _field_list(rows)


def session_facts(context: Context, event: Event, session: Session) -> nodes.field_list:
    """Return the facts that are given of a session, and which session it is a part of."""
    placed = event.placed(session)
    forms = SESSION_FIELDS.items()
    rows = [(key, row) for key, form in forms for row in _rows(key, form(context, placed))]
    if parent := event.parent(session):
        link = inline.session_link(context, parent, "card")
        rows.append(("parent", (label("parent"), [link])))
    return _field_list(rows)


def _rows(key: str, shown: Any) -> Sequence[Row]:
    match shown:
        case str() as text:
            return [(label(key), [nodes.Text(text)])] if text else []
        case [tuple(), *_] as rows:
            return list(rows)
        case body:
            return [(label(key), body)] if body else []


def _field_list(rows: Iterable[tuple[str, Row]]) -> nodes.field_list:
    fields = nodes.field_list(classes=["event-facts"])
    for key, (name, body) in rows:
        fields += fact(
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
    """Return the keys of the facts that are given, in the author's order.

    The status comes first: readers want to know of a cancelled event before anything else.
    """
    keys = [_PART_OF.get(key, key) for key in event.keys_in_order]
    keys.sort(key=lambda key: key != "status")
    return list(dict.fromkeys(key for key in keys if key in EVENT_FIELDS))


def date_text(context: Context, event: Event) -> str:
    """Return when the event was: in the author's wording, or else the formatted dates."""
    if event.date_text:
        return context.text(event.date_text)
    first, last = event.first_date, event.last_date
    return format_range(first, last, context.locale) if first and last else ""


def time_text(context: Context, scheduled: Scheduled) -> str:
    """Return when it was, as far as that is known: 2018年4月19日(木) 10:30–11:10."""
    return " ".join(filter(None, (context.date(scheduled.date), clock_text(scheduled))))


def clock_text(scheduled: Scheduled) -> str:
    """Return 10:30–11:10; –11:10 if only the end is known, 40 min if only the duration is.

    If it takes more than a day, the clock times do not tell when it ended; the duration is shown.
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
    """Return the title of a break, a meal or the like; without one, what kind of slot it is."""
    return context.text(slot.title) or word("slot", slot.kind)


def languages(context: Context, tags: Sequence[str]) -> str:
    """Return the names of languages, given by their tags."""
    return _(", ").join(language_name(tag, context.locale) for tag in tags)


def status(context: Context, held: Event | Session) -> list[nodes.Node]:
    """Return the status with the author's wording; nothing if it was held as announced."""
    return status_badge(held.status, context.text(held.status_text))


def status_badge(status: Status, wording: str = "") -> list[nodes.Node]:
    """Return a status as a badge, with a wording behind it."""
    text = _(": ").join(filter(None, (word("status", status), wording)))
    classes = ["event-status-badge", f"event-status-{status}"]
    return [plain(text, *(classes if status != "held" else []))] if text else []


def session_kind(context: Context, session: Session) -> str:
    """Return what kind of session it is, in the author's wording; nothing of a talk."""
    return context.text(session.kind_text) or word("session", session.kind)


def topics(context: Context, names: Sequence[str]) -> list[nodes.Node]:
    """Return topics with separators between."""
    return joined(
        [
            inline.named(context, "topic", name, nodes.Text(name), classes=["event-topic"])
            for name in names
        ]
    )


def series(context: Context, event: Event) -> list[nodes.Node]:
    """Return the name of an event's series."""
    text = nodes.Text(context.text(event.series))
    return [inline.named(context, "series", event.series, text)] if event.series else []


def visibility_text(context: Context, event: Event) -> str:
    """Return for whom the report is; nothing if it is public."""
    return context.text(event.visibility_text) or word("visibility", event.visibility or "")


def day_title(context: Context, day: Day) -> str:
    """Return the name and the date of a day: Day 1: 2018年5月31日(木)."""
    return _(": ").join(filter(None, (context.text(day.name), context.date(day.date))))


def day_heading(context: Context, day: Day | None, date: PartialDate | None) -> str:
    """Return what stands above the sessions of a day, which the event may have a name for."""
    return day_title(context, day) if day else context.date(date) or _("Without a date")


def track_name(context: Context, name: LocalizedText | None) -> nodes.inline:
    """Return a track's name, in the colour that the event gives it."""
    track = context.event.track(name) if context.event else None
    text = context.text(track.name if track else name) or _("(no name)")
    return colored(text, text, color=track.color if track else None, classes=["event-track"])


# The forms of keys


def _value(key: str, shown: Callable[[Context, Any], Body | str]) -> Form:
    """Return the form of a key whose value alone says what is shown."""
    return lambda context, owner: shown(context, getattr(owner, key))


def _text(key: str) -> Form:
    return _value(key, Context.text)


def _word(key: str, of: str) -> Form:
    """Return the form of a key with a closed set of words."""

    def form(_context: Context, owner: Entity) -> Body:
        value = getattr(owner, key)
        text = word(of, value) if value else ""
        return [plain(text, f"event-{key}-{value}")] if text else []

    return form


def _people_count(key: str) -> Form:
    """Return the form of a number of people: the author's wording, or else the number."""
    return lambda context, event: (
        context.text(getattr(event, f"{key}_text")) or _head_count(context, getattr(event, key))
    )


def _head_count(context: Context, number: int | None) -> str:
    if number is None:
        return ""
    return _("{number} people").format(number=format_decimal(number, locale=context.locale))


def _timezone(_context: Context, event: Event) -> str:
    has_times = any(one.start for one in (*event.all_sessions, *event.slots))
    return event.timezone or "" if has_times else ""


def _venue(context: Context, held: Event | Session) -> list[Row]:
    if (venue := held.venue) is None:
        return []
    has_place = venue.latitude and venue.longitude
    place = [nodes.Text(f"{venue.latitude}, {venue.longitude}")] if has_place else []
    beside: list[Row] = [
        (label("rooms"), joined([_room_facts(context, room) for room in venue.rooms])),
        (label("coordinates"), place),
        (label("maps"), inline.resources(context, venue.maps)),
    ]
    rows: list[Row] = [(label("venue"), inline.venue(context, venue)), *beside]
    return [row for row in rows if row[1]]


def _room_facts(context: Context, room: Room) -> nodes.inline:
    """Return a room with what is known of it: Hall A (5F, 300 people)."""
    name = plain(context.text(room.name) or _("(no name)"))
    details = [context.text(room.description), _head_count(context, room.capacity)]
    name += in_brackets(_(", ").join(filter(None, details)), "event-beside")
    return name


def _visibility(context: Context, event: Event) -> Body:
    text = visibility_text(context, event)
    return [plain(text, f"event-visibility-{event.visibility}")] if text else []


def _sponsors(context: Context, event: Event) -> list[Row]:
    """Return a row for each tier; of one without sponsors the name alone is known."""
    return [
        (
            context.text(tier.name) or label("sponsors"),
            inline.organizations(context, tier.sponsors) or [nodes.Text("–")],
        )
        for tier in event.tiers
        if tier.sponsors or tier.name
    ]


def _groups(context: Context, event: Event) -> list[Row]:
    """Return a row for each group, and one of the names of groups without members."""
    rows: list[Row] = [
        (context.text(group.name) or label("groups"), inline.organizations(context, group.members))
        for group in event.groups
        if group.members
    ]
    named = [context.text(group.name) for group in event.groups if not group.members]
    names = joined([plain(name) for name in filter(None, named)])
    return [*rows, (label("groups"), names)] if names else rows


EVENT_FIELDS: Final[Mapping[str, Form]] = {
    "name": _text("name"),
    "kind": _word("kind", "event"),
    "series": series,
    "status": status,
    "date": date_text,
    "days": lambda context, event: joined(
        [plain(day_title(context, day), "event-day") for day in event.days]
    ),
    "timezone": _timezone,
    "venue": _venue,
    "attendance_mode": _word("attendance_mode", "attendance_mode"),
    "url": lambda context, event: (
        [inline.link(context, event, event.url, event.url)] if event.url else []
    ),
    "hashtag": lambda _context, event: f"#{event.hashtag.lstrip('#')}" if event.hashtag else "",
    "language": _value("language", languages),
    "capacity": _people_count("capacity"),
    "attendance": _people_count("attendance"),
    "organizers": _value("organizers", inline.organizations),
    "supporters": _value("supporters", inline.organizations),
    "sponsors": _sponsors,
    "media_partners": _value("media_partners", inline.organizations),
    "groups": _groups,
    "tracks": lambda context, event: joined(
        [track_name(context, track.name) for track in event.tracks]
    ),
    "reporters": _value("reporters", inline.people_with_links),
    "participants": _value("participants", inline.people_with_links),
    "purpose": _text("purpose"),
    "topics": _value("topics", topics),
    "links": _value("links", inline.resources),
    "license": _text("license"),
    "visibility": _visibility,
    "recipients": _value("recipients", inline.people_with_links),
    "published": _value("published", Context.date),
    "updated": _value("updated", Context.date),
}
SESSION_FIELDS: Final[Mapping[str, Form]] = {
    "status": status,
    "subtitle": _text("subtitle"),
    "kind": session_kind,
    "speakers": _value("speakers", inline.people_with_links),
    "time": time_text,
    "room": _value("room", Context.room),
    "venue": _venue,
    "track": lambda context, session: [track_name(context, session.track)] if session.track else [],
    "level": _text("level"),
    "language": _value("language", languages),
    "slides_language": _value("slides_language", languages),
    "slides": _value("slides", inline.resources),
    "videos": _value("videos", inline.resources),
    "links": _value("links", inline.resources),
    "topics": _value("topics", topics),
    "seen": _word("seen", "seen"),
    "visibility": _word("visibility", "visibility"),
}
