"""An event as its ``event.yaml`` says it: frozen, checked, free of Sphinx.

Names follow schema.org/Event and the frab/pretalx schedules.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from functools import cached_property
from itertools import accumulate
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import BeforeValidator

from .dates import A_DAY, PartialDate, clock_of, minutes_of
from .entity import Entity, OneOrMany, key
from .i18n import N_
from .scalars import (
    Attendance,
    Clock,
    Color,
    Count,
    Date,
    Duration,
    Identifier,
    LanguageTag,
    Latitude,
    Localized,
    LocalizedText,
    LocalPath,
    Longitude,
    Markdown,
    Offset,
    Str,
    TimeZone,
    Url,
    Word,
    as_tags,
    one_of,
)
from .urls import is_url

Words = Annotated[tuple[Word, ...], OneOrMany]
Identifiers = Annotated[tuple[Identifier, ...], OneOrMany]
Languages = Annotated[tuple[LanguageTag, ...], OneOrMany, BeforeValidator(as_tags)]

Status = Literal["held", "cancelled", "postponed", "moved", "moved-online"]
_STATUSES: Final = one_of(
    "status",
    N_("status"),
    held=N_("It took place as announced (the default)."),
    cancelled=N_("It did not take place."),
    postponed=N_("It was put off, to a date not yet known."),
    moved=N_("It took place at another time or place than announced."),
    moved_online=N_("It took place online instead."),
)
#: For how many; the later, the fewer.
Visibility = Literal["public", "internal", "private"]
STRICTEST: Final = "private"
_VISIBILITIES: Final = one_of(
    "visibility",
    N_("visibility"),
    public=N_("For everybody (the default)."),
    internal=N_("For the company alone; the page says so, and hides nothing."),
    private=N_("For those named alone; the page says so, and hides nothing."),
)

_NAME_AND_NOTE = re.compile(r"(?P<name>.*\S)\s*[(\uff08](?P<note>[^()\uff08\uff09]+)[)\uff09]")


Sharing = Literal["available", "not-shared", "later", "gone"]
_SHARINGS: Final = one_of(
    "status",
    N_("state of sharing"),
    available=N_("It is shared (the default)."),
    not_shared=N_("It is not going to be shared."),
    later=N_("It is going to be shared."),
    gone=N_("It was shared, and is no more; `archived` leads to a copy."),
)


class Resource(Entity):
    """A link or a local file: slides, a video, a repository; or why there is none."""

    called = N_("link")
    short_form = "a URL or a path"

    url: Url | None = key(
        N_("Where it is published."), "https://example.com/edge", "https://example.org/edge.pdf"
    )
    path: LocalPath | None = key(
        N_("File beside `event.yaml`; not together with `url`."), "edge.pdf", "files/edge.pdf"
    )
    title: Localized | None = key(
        N_("What it is; stands before the service's name."), "Appendix", "Demo"
    )
    #: ``not-shared``, ``later`` and ``gone`` are three different things.
    status: Annotated[Sharing, *_SHARINGS] = key(
        N_("Whether it is shared."), "not-shared", "later", default="available"
    )
    start: Offset | None = key(
        N_("Where in a video it begins: 12:34, 1:02:03, or seconds."), "12:34", "754"
    )
    language: Languages = key(
        N_("Its language, by tag (BCP 47) or name."), "en", "Japanese", default=()
    )
    text: Localized | None = key(
        N_("Wording that is shown for the status."), "Promised for July", "共有なし"
    )
    archived: Url | None = key(
        N_("A copy in an archive."),
        "https://web.archive.org/web/2026/https://example.com/edge",
        "https://example.org/copy",
    )

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        return {"url": text} if is_url(text.strip()) else {"path": text}

    @property
    def says_nothing(self) -> bool:
        """Whether a fault (told already) has left neither a link nor a reason for none."""
        return self.status == "available" and not (self.url or self.path or self.archived)


Resources = Annotated[tuple[Resource, ...], OneOrMany]


class Person(Entity):
    """Somebody in a role at this event; ``affiliation`` is as of this event."""

    called = N_("person")
    short_form = "a name (or “Name (Affiliation)”)"
    required = ("name",)

    name: Localized | None = key(N_("Name."), "Aoi Tanaka", "{ja: 田中葵, en: Aoi Tanaka}")
    reading: Localized | None = key(
        N_("How the name is read, in kana or Latin letters."), "たなか あおい", "Aoi Tanaka"
    )
    aliases: Words = key(
        N_("Other names and handles that they go by."), "['@aoi', A. Tanaka]", "[aoi]", default=()
    )
    affiliation: Localized | None = key(
        N_("Company or group, as of this event."), "Example Inc.", "Kumo Users Group"
    )
    job_title: Localized | None = key(N_("Job title, as of this event."), "SRE", "CTO")
    role: Localized | None = key(N_("What they did at the event."), "Moderator", "Panelist")
    url: Url | None = key(
        N_("Their own page."), "https://example.com/aoi", "https://example.org/~mori"
    )

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        match = _NAME_AND_NOTE.fullmatch(text.strip())
        return {"name": match["name"], "affiliation": match["note"]} if match else {"name": text}


class Organization(Entity):
    """A company or community in a role at this event (sponsor, supporter, …)."""

    called = N_("organization")
    short_form = "a name"
    required = ("name",)

    name: Localized | None = key(N_("Name."), "Example Inc.", "{ja: 株式会社例, en: Example Inc.}")
    url: Url | None = key(N_("Website."), "https://example.com/", "https://example.org/")
    logo: LocalPath | None = key(
        N_("Picture file beside `event.yaml`."), "img/example.svg", "example.png"
    )
    logo_dark: LocalPath | None = key(
        N_("The picture that is shown on a dark page."), "dark/example.svg", "dark.png"
    )
    logo_url: Url | None = key(
        N_("A picture elsewhere; it is linked, never fetched."),
        "https://example.com/logo.svg",
        "https://example.org/logo.png",
    )
    badges: Words = key(
        N_("What else they did for the event."), "[Wi-Fi sponsor]", "[Booth, Party]", default=()
    )
    description: Localized | None = key(
        N_("Who they are, or what they did."), "Runs the largest cloud.", "飲み物を提供"
    )

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        return {"name": text}


class SponsorTier(Entity):
    """Sponsors of one level, by ``level`` where it is given, else in the author's order."""

    called = N_("sponsor tier")
    name: Localized | None = key(N_("The tier's name."), "Gold", "{ja: ゴールド, en: Gold}")
    sponsors: Annotated[tuple[Organization, ...], OneOrMany] = key(
        N_("The sponsors of this tier."), "[Example Inc., Sample Co.]", "[Sample Co.]", default=()
    )
    level: Count | None = key(
        N_("Its rank, 1 being the highest; without it the order of the list counts."), "1", "2"
    )
    description: Markdown | None = key(
        N_("What the tier is about."), "Booth and talk", "With a **booth**."
    )


class Group(Entity):
    """Those who had one role: communities that supported it, volunteers, a programme committee."""

    called = N_("group")
    required = ("name",)

    name: Localized | None = key(N_("The role, or the group's name."), "Volunteers", "後援団体")
    members: Annotated[tuple[Organization, ...], OneOrMany] = key(
        N_("Who belongs to it, organizations or people."), "[Docker Tokyo]", "[A, B]", default=()
    )
    description: Markdown | None = key(
        N_("What the group did."), "They **translated** it all.", "受付を担当"
    )


class Track(Entity):
    """A row of sessions with a theme of its own."""

    called = N_("track")
    short_form = "a name"
    required = ("name",)

    name: Localized | None = key(N_("Name."), "Infrastructure", "{ja: 基盤, en: Infrastructure}")
    color: Color | None = key(
        N_("Its colour in the schedule, in hex; in quotes if with `#`."), "bf281c", "'#3B1D62'"
    )
    description: Markdown | None = key(N_("What it is about."), "For *operators*.", "運用の話")

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        return {"name": text}


class Day(Entity):
    """A day of the event, also one before or after the official ones."""

    called = N_("day")
    short_form = "a date"
    required = ("date",)

    date: Date | None = key(N_("The day."), "2026-11-21", "2026-11-22")
    name: Localized | None = key(N_("What it is called."), "Day 1", "前夜祭")
    description: Markdown | None = key(N_("What it was for."), "Workshops only.", "展示のみ")

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        return {"date": text}


class Room(Entity):
    """A room of the venue."""

    called = N_("room")
    short_form = "a name"
    required = ("name",)

    name: Localized | None = key(N_("Name."), "Hall A", "{ja: 大ホール, en: Main Hall}")
    description: Localized | None = key(N_("Where it is, or what it has."), "5F", "地下1階")
    capacity: Count | None = key(N_("How many people it holds."), "300", "1,200")

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        return {"name": text}


class Venue(Entity):
    """Where the event took place."""

    called = N_("venue")
    short_form = "a name"

    name: Localized | None = key(N_("Name."), "Minato Hall", "{ja: みなとホール, en: Minato Hall}")
    address: Localized | None = key(N_("Address."), "Shibaura, Tokyo", "東京都港区芝浦")
    locality: Localized | None = key(N_("City or region."), "Minato, Tokyo", "仙台市")
    latitude: Latitude | None = key(N_("Degrees north; south is negative."), "35.6427", "-33.86")
    longitude: Longitude | None = key(N_("Degrees east; west is negative."), "139.7463", "-0.1276")
    maps: Resources = key(
        N_("Maps of the place."),
        "https://www.openstreetmap.org/?mlat=35.64&mlon=139.74",
        "https://example.com/map",
        default=(),
    )
    url: Url | None = key(
        N_("The venue's website."), "https://example.com/hall", "https://example.org/access"
    )
    rooms: Annotated[tuple[Room, ...], OneOrMany] = key(
        N_("The rooms, in the order of the schedule's columns."),
        "[Hall A, Hall B]",
        "[{name: Hall A, capacity: 300}]",
        default=(),
    )

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        return {"name": text}


class Attachment(Entity):
    """A file of the report, here (``path``), elsewhere (``url``), or known by its facts alone."""

    called = N_("file")
    short_form = "a URL or a path"

    name: Str | None = key(
        N_("Name that is shown; the path or URL where there is none."), "Handout", "map.png"
    )
    path: LocalPath | None = key(
        N_("File beside `event.yaml`; not together with `url`."), "handout.pdf", "files/map.png"
    )
    url: Url | None = key(
        N_("Where it is published."), "https://example.com/map", "https://example.org/map.png"
    )
    size: Str | None = key(N_("Size; found out for a local file."), "4.81 MB", "183 KB")
    date: Date | None = key(N_("Day on which it was added."), "2026-11-25", "2026-11")
    uploader: Localized | None = key(N_("Who added it."), "Hanako Yamada", "山田花子")
    description: Localized | None = key(N_("What it is."), "Map of the venue", "会場の地図")

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        return {"url": text} if is_url(text.strip()) else {"path": text}


People = Annotated[tuple[Person, ...], OneOrMany]
Organizations = Annotated[tuple[Organization, ...], OneOrMany]


_SESSION_KINDS: Final = one_of(
    "kind of session",
    N_("kind of session"),
    talk=N_("One talk (the default; not shown)."),
    keynote=N_("Keynote."),
    lightning_talk=N_("Lightning talk, or several of them (`children`)."),
    workshop=N_("Workshop or hands-on session."),
    tutorial=N_("Tutorial."),
    panel=N_("Panel; its speakers may have a `role`."),
    q_and_a=N_("Questions and answers."),
    demo=N_("Demonstration or booth."),
    poster=N_("Poster."),
    meeting=N_("Birds of a feather, or another meeting."),
)
SessionKind = Literal[
    "talk",
    "keynote",
    "lightning-talk",
    "workshop",
    "tutorial",
    "panel",
    "q-and-a",
    "demo",
    "poster",
    "meeting",
]
Seen = Literal["live", "recording", "slides", "missed"]
_SEEN: Final = one_of(
    "way of seeing it",
    N_("way of seeing it"),
    live=N_("The reporter was there, on site or online."),
    recording=N_("The reporter saw the recording."),
    slides=N_("The reporter read the slides."),
    missed=N_("The reporter saw nothing of it."),
)


class Scheduled(Entity):
    """What has a place in the schedule."""

    title: Localized | None = key(
        N_("Title; a slot without one is called by its kind."),
        "Kubernetes at the Edge",
        "{ja: エッジのKubernetes, en: Kubernetes at the Edge}",
    )
    date: Date | None = key(N_("Its day, where the event has several."), "2026-11-22", "2026-11-23")
    start: Clock | None = key(N_("When it began."), "13:00", "25:30")
    end: Clock | None = key(N_("When it ended."), "13:40", "26:00")
    duration: Duration | None = key(
        N_("How long it took, instead of `end`: minutes, or hours and minutes."), "40", "1:30"
    )
    room: Localized | None = key(N_("Room."), "Hall A", "{ja: 大ホール, en: Hall A}")

    @property
    def begins(self) -> str | None:
        """When it began, as given or counted back from ``end`` and ``duration``."""
        if self.start or not (self.end and self.duration):
            return self.start
        return clock_of((minutes_of(self.end) - self.duration) % A_DAY)

    @property
    def ends(self) -> str | None:
        """When it ended, as given or counted from ``start`` and ``duration``."""
        if self.end or not (self.start and self.duration):
            return self.end
        return clock_of(minutes_of(self.start) + self.duration)

    @property
    def span(self) -> tuple[int, int] | None:
        """Minutes of the day at which it began and ended; ``None`` where one is not known.

        A night's session may end at 1:30 of the next day: it is over within
        half a day. What would be longer ends before it starts, and has no span.
        """
        if self.begins is None or self.ends is None:
            return None
        start, end = minutes_of(self.begins), minutes_of(self.ends)
        if end < start:
            end += A_DAY
            if end - start > A_DAY // 2:
                return None
        return start, end


_SLOT_KINDS: Final = one_of(
    "kind of slot",
    N_("kind of slot"),
    **{"break": N_("Break (the default).")},
    meal=N_("Breakfast, lunch or dinner."),
    registration=N_("Doors open, registration."),
    opening=N_("Opening."),
    closing=N_("Closing."),
    party=N_("Party, drinks."),
    other=N_("Something else; its title says what."),
)
SlotKind = Literal["break", "meal", "registration", "opening", "closing", "party", "other"]


class Slot(Scheduled):
    """What the schedule holds beside sessions: breaks, meals, the opening."""

    called = N_("slot")
    short_form = "a title"

    kind: Annotated[SlotKind, *_SLOT_KINDS] = key(
        N_("What kind of slot it is."), "meal", "opening", default="break"
    )
    description: Markdown | None = key(N_("More about it."), "Boxed *lunch*.", "弁当を配布")

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        return {"title": text}


class Session(Scheduled):
    """A talk, workshop or panel of the event."""

    called = N_("session")
    short_form = "a title"
    required = ("title",)

    id: Identifier = key(
        N_(
            "Name in links and anchors, unique within the event; without it the title's letters "
            "and digits, or a number."
        ),
        "edge",
        "keynote-2",
        default="",
    )
    old_ids: Identifiers = key(
        N_("Ids that it had before; links to them still lead here."),
        "[edge-1]",
        "[k1, k2]",
        default=(),
    )
    kind: Annotated[SessionKind, *_SESSION_KINDS] = key(
        N_("What kind of session it is."), "keynote", "panel", default="talk"
    )
    status: Annotated[Status, *_STATUSES] = key(
        N_("Whether it took place."), "cancelled", "moved", default="held"
    )
    status_text: Localized | None = key(
        N_("Wording that is shown for the status."), "The speaker was ill", "登壇者の都合で中止"
    )
    description: Markdown | None = key(
        N_("What it was announced as."), "About *edge* sites.", "エッジの話。"
    )
    speakers: People = key(
        N_("Who spoke."),
        "[Ken Mori (Example Inc.)]",
        "[{name: Aoi Tanaka, role: Host}]",
        default=(),
    )
    track: Localized | None = key(N_("Track."), "Infrastructure", "Track B")
    level: Localized | None = key(N_("For whom it is."), "Beginner", "上級")
    language: Languages = key(
        N_("Language spoken, by tag (BCP 47) or name; several too."), "ja", "[de, en]", default=()
    )
    slides_language: Languages = key(
        N_("Language of the slides, where it is another."), "en", "English", default=()
    )
    seen: Annotated[Seen | None, *_SEEN] = key(
        N_("How the reporter saw it."), "recording", "missed"
    )
    visibility: Annotated[Visibility, *_VISIBILITIES] = key(
        N_("For whom its notes are."), "internal", "private", default="public"
    )
    topics: Words = key(N_("What it was about."), "[Kubernetes]", "[IoT, Go]", default=())
    slides: Resources = key(
        N_("Slides."), "https://example.com/edge", "{status: not-shared}", default=()
    )
    videos: Resources = key(
        N_("Videos."), "https://example.com/watch", "{status: later}", default=()
    )
    links: Resources = key(
        N_("Other links."),
        "https://example.com/repository",
        "{url: 'https://example.com/demo', title: Demo}",
        default=(),
    )
    children: Sessions = key(
        N_("The sessions that it consists of, such as lightning talks."),
        "[Tabs, Spaces]",
        "[{id: lt-1, title: Tabs, speakers: [Ken Mori]}]",
        default=(),
    )

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        return {"title": text}

    @property
    def begins(self) -> str | None:
        """Its own start, or that of the first of its children, where all are known."""
        starts = [child.begins for child in self.children if self.is_of_one_day]
        of_children = min(filter(None, starts), default=None) if all(starts) else None
        return super().begins or of_children

    @property
    def ends(self) -> str | None:
        """Its own end, or that of the last of its children, where all are known."""
        spans = [child.span for child in self.children if self.is_of_one_day]
        last = max((span[1] for span in spans if span), default=None)
        of_children = clock_of(last) if last and all(spans) else None
        return super().ends or of_children

    @property
    def day(self) -> PartialDate | None:
        """Its own date, or the one that all of its children have."""
        dates = {child.day for child in self.children}
        return self.date or (dates.pop() if len(dates) == 1 else None)

    @property
    def is_of_one_day(self) -> bool:
        """Whether all of its children are on its own day."""
        return all(child.day in (None, self.day) for child in self.children)

    @property
    def resources(self) -> tuple[Resource, ...]:
        return (*self.slides, *self.videos, *self.links)

    def with_children(self) -> Iterator[Session]:
        """The session and all those within it, in order."""
        yield self
        for child in self.children:
            yield from child.with_children()


Sessions = Annotated[tuple[Session, ...], OneOrMany]
Session.model_rebuild()

_EVENT_KINDS: Final = one_of(
    "kind of event",
    N_("kind of event"),
    conference=N_("Conference."),
    meetup=N_("Meetup or study group."),
    workshop=N_("Workshop, hands-on event."),
    seminar=N_("Seminar."),
    hackathon=N_("Hackathon."),
    exhibition=N_("Exhibition."),
    training=N_("Training, course."),
    internal=N_("An event of one's own company."),
    other=N_("Something else."),
)
EventKind = Literal[
    "conference",
    "meetup",
    "workshop",
    "seminar",
    "hackathon",
    "exhibition",
    "training",
    "internal",
    "other",
]
AttendanceMode = Literal["offline", "online", "mixed"]
_ATTENDANCE_MODES: Final = one_of(
    "attendance mode",
    N_("attendance mode"),
    offline=N_("At the venue."),
    online=N_("Online."),
    mixed=N_("Both."),
)

_FORMATS: Final = one_of("format", N_("version"), **{"1": N_("The only one so far.")})


class Event(Entity):
    """One event: what ``event.yaml`` holds."""

    called = N_("event")
    is_document = True
    required = ("name",)

    format: Annotated[Literal["1"], *_FORMATS] = key(
        N_("Version of the file's format; may be left out."), "1", default="1"
    )
    id: Identifier = key(
        N_("Name in links, unique in the site; the folder's name without it."),
        "kumo-2026",
        "kumo-days",
        default="",
    )
    name: Localized | None = key(
        N_("Name of the event."), "Kumo Days 2026", "{ja: くもの日, en: Kumo Days}"
    )
    title: Localized | None = key(
        N_("The page's heading, where it is another than the name."),
        "Kumo Days report",
        "20261121 Kumo Days",
    )
    description: Markdown | None = key(
        N_("What the event is about."), "Entry is **free**.", "年に一度の集まり。"
    )
    kind: Annotated[EventKind | None, *_EVENT_KINDS] = key(
        N_("What kind of event it is."), "conference", "meetup"
    )
    series: Localized | None = key(
        N_("The series that it belongs to."), "Kumo Days", "{ja: くもの日, en: Kumo Days}"
    )
    status: Annotated[Status, *_STATUSES] = key(
        N_("Whether it took place."), "cancelled", "postponed", default="held"
    )
    status_text: Localized | None = key(
        N_("Wording that is shown for the status."), "Moved to 2027", "台風のため中止"
    )
    date: Date | None = key(N_("Its day."), "2026-11-21", "2026-11")
    start_date: Date | None = key(
        N_("First day of several; instead of `date`."), "2026-11-21", "2026-11"
    )
    end_date: Date | None = key(N_("Last day."), "2026-11-22", "2026-12")
    date_text: Localized | None = key(
        N_("Wording that is shown for the date; the date keys sort it."),
        "Fall 2026",
        "2026年11月21日(土)",
    )
    days: Annotated[tuple[Day, ...], OneOrMany] = key(
        N_("Its days, where they have names, or lie before or after the official ones."),
        "[2026-11-21, 2026-11-22]",
        "[{date: 2026-11-20, name: Day 0}]",
        default=(),
    )
    timezone: TimeZone | None = key(
        N_("Time zone of the sessions' times (IANA)."), "Asia/Tokyo", "Europe/Berlin"
    )
    venue: Venue | None = key(
        N_("Where it took place."), "Minato Hall", "{name: Minato Hall, rooms: [Hall A]}"
    )
    url: Url | None = key(N_("Official website."), "https://example.com/", "https://example.org/")
    hashtag: Str | None = key(N_("Hashtag, without its `#`."), "kumodays", "kumo2026")
    capacity: Attendance | None = key(N_("How many could take part."), "120", "1,500")
    capacity_text: Localized | None = key(
        N_("Wording that is shown for the capacity."), "100 to 120", "約100名"
    )
    attendance_mode: Annotated[AttendanceMode | None, *_ATTENDANCE_MODES] = key(
        N_("Whether one came to the venue or took part online."), "online", "mixed"
    )
    attendance: Attendance | None = key(N_("How many took part."), "98", "1,234")
    attendance_text: Localized | None = key(
        N_("Wording that is shown for the attendance."), "about 1,000", "現地300名、配信700名"
    )
    language: Languages = key(
        N_("Languages of the event, by tag (BCP 47) or name."), "ja", "[ja, en]", default=()
    )
    organizers: Organizations = key(
        N_("Who held it, organizations or people."),
        "[Kumo Users Group]",
        "[Example Inc.]",
        default=(),
    )
    supporters: Organizations = key(
        N_("Who supported it."), "[Docker Tokyo]", "[Rancher JP]", default=()
    )
    sponsors: Organizations = key(
        N_("Who sponsored it; without tiers, or beside them."),
        "[Example Inc.]",
        "[{name: Example Inc., logo: example.svg}]",
        default=(),
    )
    sponsor_tiers: Annotated[tuple[SponsorTier, ...], OneOrMany] = key(
        N_("Who sponsored it, by tier, the highest first."),
        "[{name: Gold, sponsors: [Example Inc.]}]",
        "[{name: Silver, sponsors: [Sample Co.]}]",
        default=(),
    )
    media_partners: Organizations = key(
        N_("Media partners."), "[Kumo Magazine]", "[Example Press]", default=()
    )
    groups: Annotated[tuple[Group, ...], OneOrMany] = key(
        N_("Who else made it possible, by role."),
        "[{name: Volunteers, members: [Ken Mori]}]",
        "[{name: 後援団体, members: [Docker Tokyo]}]",
        default=(),
    )
    reporters: People = key(N_("Who wrote the report."), "[Hanako Yamada]", "[ボム]", default=())
    participants: People = key(N_("Who went there too."), "[Ken Mori]", "[李 大範]", default=())
    purpose: Localized | None = key(
        N_("Why the reporter went there."), "To choose a runtime", "技術動向の調査"
    )
    license: Localized | None = key(
        N_("Under which licence the report is."), "CC BY 4.0", "© Example Inc."
    )
    visibility: Annotated[Visibility, *_VISIBILITIES] = key(
        N_("For whom the report is."), "internal", "private", default="public"
    )
    visibility_text: Localized | None = key(
        N_("Wording that is shown for the visibility, and on each printed page."),
        "Confidential",
        "{ja: 社外秘, en: Confidential}",
    )
    recipients: People = key(
        N_("To whom the report is handed in; stands at the head of a handout."),
        "[Ken Mori (Head of Platforms)]",
        "[プラットフォーム部長]",
        default=(),
    )
    published: Date | None = key(N_("When the report was published."), "2026-11-25", "2026-11")
    updated: Date | None = key(N_("When the report was last revised."), "2026-12-01", "2026-12")
    old_ids: Identifiers = key(
        N_("Ids that it had before; references to them still lead here."),
        "[kumo]",
        "[kumo-26, kd26]",
        default=(),
    )
    topics: Words = key(N_("What it was about."), "[Kubernetes, IoT]", "[機械学習]", default=())
    links: Resources = key(
        N_("Other links."),
        "https://example.com/blog",
        "{url: 'https://example.com/blog', title: Blog}",
        default=(),
    )
    tracks: Annotated[tuple[Track, ...], OneOrMany] = key(
        N_("The tracks, with their colours."),
        "[Infrastructure, Track B]",
        "[{name: Track A, color: bf281c}]",
        default=(),
    )
    slots: Annotated[tuple[Slot, ...], OneOrMany] = key(
        N_("What the schedule holds beside sessions: breaks, meals, opening and closing."),
        "[Opening, Party]",
        "[{kind: meal, start: 12:00, duration: 60}]",
        default=(),
    )
    sessions: Sessions = key(
        N_("The sessions."),
        "[Opening, Keynote]",
        "[{id: edge, title: Kubernetes at the Edge}]",
        default=(),
    )
    files: Annotated[tuple[Attachment, ...], OneOrMany] = key(
        N_("Files of the report."), "[handout.pdf]", "[{name: map.png, size: 12 KB}]", default=()
    )

    @property
    def first_date(self) -> PartialDate | None:
        return self.start_date or self.date or self.end_date

    @property
    def last_date(self) -> PartialDate | None:
        return self.end_date or self.date or self.start_date

    @property
    def only_day(self) -> PartialDate | None:
        """The day on which all of it was; ``None`` where it may be one of several."""
        first = self.first_date
        return first if first and first.day and first == self.last_date else None

    @property
    def tiers(self) -> tuple[SponsorTier, ...]:
        """The sponsors by tier; those without one are a tier without a name."""
        loose = (SponsorTier(sponsors=self.sponsors),) if self.sponsors else ()
        # One without a rank stays behind the one it stands behind.
        ranks = list(accumulate((tier.level or 0 for tier in self.sponsor_tiers), _last_known))
        order = sorted(range(len(ranks)), key=ranks.__getitem__)
        return (*(self.sponsor_tiers[number] for number in order), *loose)

    def room_name(self, named: LocalizedText | None) -> LocalizedText | None:
        """What a session calls its room, as the venue's list calls it."""
        found = _named(named, self.venue.rooms if self.venue else ())
        return found.name if found else named

    def track(self, named: LocalizedText | None) -> Track | None:
        """The track that a session names."""
        return _named(named, self.tracks)

    def track_name(self, named: LocalizedText | None) -> LocalizedText | None:
        """What a session calls its track, as the event's list calls it."""
        found = self.track(named)
        return found.name if found else named

    @property
    def all_sessions(self) -> tuple[Session, ...]:
        """The sessions and their children, in the author's order."""
        return tuple(one for session in self.sessions for one in session.with_children())

    def parent(self, child: Session) -> Session | None:
        """The session that ``child`` is a part of."""
        return self.parents.get(_identity(child))

    @cached_property
    def parents(self) -> dict[Hashable, Session]:
        """What each session that is a part of another is a part of."""
        return {
            _identity(child): session for session in self.all_sessions for child in session.children
        }

    def placed(self, session: Session) -> Session:
        """The session with the day, room and track of what it is a part of, where it has none."""
        parent = self.parent(session)
        if parent is None:
            return session
        whole = self.placed(parent)
        missing = [key for key in ("date", "room", "track") if getattr(session, key) is None]
        return session.model_copy(update={key: getattr(whole, key) for key in missing})

    def session(self, session_id: str) -> Session | None:
        """By its id, or one that it had before."""
        sessions = self.all_sessions
        found = (one for one in sessions if session_id == one.id)
        return next(found, next((one for one in sessions if session_id in one.old_ids), None))


def _identity(session: Session) -> Hashable:
    """Its id, which is its own also in a copy with fewer children."""
    return session.id or id(session)


N = TypeVar("N", Room, Track)


def _named(text: LocalizedText | None, known: Iterable[N]) -> N | None:
    """The one that has the name in one of its languages."""
    return next(
        (one for one in known if text and one.name and any(map(one.name.says, text.root.values()))),
        None,
    )


def _last_known(before: int, rank: int) -> int:
    return rank or before


#: All that a file describes, the whole first.
ENTITIES: Final[tuple[type[Entity], ...]] = (
    Event,
    Session,
    Person,
    Resource,
    Attachment,
    Organization,
    SponsorTier,
    Group,
    Venue,
    Room,
    Track,
    Day,
    Slot,
)
