"""The event, which is the whole of one ``event.yaml``."""

import datetime as dt
from collections.abc import Hashable, Iterable
from functools import cached_property
from itertools import accumulate
from typing import Annotated, Literal, TypeVar

from ..dates import PartialDate, moment
from ..entity import Entity, OneOrMany, key
from ..i18n import N_
from ..texts import Localized, LocalizedText, Markdown
from ..value_types import (
    Attendance,
    Capacity,
    Color,
    Date,
    Identifier,
    LocalPath,
    Str,
    TimeZone,
    Url,
    one_of,
)
from .common import STATUSES, VISIBILITIES, FormerEventIds, Languages, Status, Visibility, Words
from .people import Group, Organizations, People, SponsorTier
from .resource import Attachment, Resources
from .session import Day, Scheduled, Session, Sessions, Slot, Track
from .venue import Room, Venue

EventKind = Annotated[
    Literal[
        "conference",
        "meetup",
        "workshop",
        "seminar",
        "hackathon",
        "exhibition",
        "training",
        "internal",
        "other",
    ],
    one_of(
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
    ),
]
AttendanceMode = Annotated[
    Literal["offline", "online", "mixed"],
    one_of(
        N_("attendance mode"),
        offline=N_("At the venue."),
        online=N_("Online."),
        mixed=N_("Both."),
    ),
]

Format = Annotated[Literal["1"], one_of(N_("version"), **{"1": N_("The only one so far.")})]


class Event(Entity):
    """An event: the whole of one ``event.yaml``."""

    called = N_("event")
    file_name = "event.yaml"
    required = ("name",)

    format: Format = key(N_("Version of the file's format; may be left out."), "1", default="1")
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
    image: LocalPath | None = key(
        N_("Its logo or another picture of it: a file beside `event.yaml`."),
        "kumo.svg",
        "img/banner.png",
    )
    color: Color | None = key(
        N_("Its colour, in hex; in quotes if with `#`."), "bf281c", "'#3B1D62'"
    )
    kind: EventKind | None = key(N_("What kind of event it is."), "conference", "meetup")
    series: Localized | None = key(
        N_("The series that it belongs to."), "Kumo Days", "{ja: くもの日, en: Kumo Days}"
    )
    status: Annotated[Status, STATUSES] = key(
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
    capacity: Capacity | None = key(N_("How many could take part."), "120", "1,500")
    capacity_text: Localized | None = key(
        N_("Wording that is shown for the capacity."), "100 to 120", "約100名"
    )
    attendance_mode: AttendanceMode | None = key(
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
    visibility: Annotated[Visibility, VISIBILITIES] | None = key(
        N_("For whom the report is; other builds leave it out."), "internal", "private"
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
    old_ids: FormerEventIds = key(
        N_(
            "Ids that it had before, or, with `/` before it, its folder below that of the events; "
            "references to them, and their pages, still lead here."
        ),
        "[kumo, /2025/kumo]",
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
        """Its first or only day."""
        return self.start_date or self.date or self.end_date

    @property
    def last_date(self) -> PartialDate | None:
        """Its last or only day."""
        return self.end_date or self.date or self.start_date

    @property
    def only_day(self) -> PartialDate | None:
        """Its day, if there was only one and it is known."""
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
        """Return the name that the venue's list has for a room, else the name as it is."""
        found = _named(named, self.venue.rooms if self.venue else ())
        return found.name if found else named

    def is_elsewhere(self, item: Scheduled) -> bool:
        """Return whether a session or slot was at another venue than the event's."""
        venue, own = item.venue, self.venue
        name = venue.name if venue else None
        is_own = bool(name and own and own.name and own.name.says(str(name)))
        return venue is not None and not is_own

    def place_name(self, item: Scheduled) -> LocalizedText | None:
        """Return the name of a session's or slot's room, or of the venue if it was elsewhere."""
        if item.venue and self.is_elsewhere(item):
            return item.venue.shown_name
        return self.room_name(item.room)

    def track(self, named: LocalizedText | None) -> Track | None:
        """Return the track that has a name."""
        return _named(named, self.tracks)

    def track_name(self, named: LocalizedText | None) -> LocalizedText | None:
        """Return the name that the event's list has for a track, else the name as it is."""
        found = self.track(named)
        return found.name if found else named

    @property
    def all_sessions(self) -> tuple[Session, ...]:
        """The sessions and their children, in the author's order."""
        return tuple(one for session in self.sessions for one in session.with_children())

    @property
    def scheduled(self) -> tuple[Scheduled, ...]:
        """The sessions, their children, and the slots."""
        return (*self.all_sessions, *self.slots)

    def parent(self, child: Session) -> Session | None:
        """Return the session that another is a part of."""
        return self.parents.get(_identity(child))

    @cached_property
    def parents(self) -> dict[Hashable, Session]:
        """The session of each child, by the child's identity."""
        return {
            _identity(child): session for session in self.all_sessions for child in session.children
        }

    def placed(self, session: Session) -> Session:
        """Return a session that has the day, place and track of its parent where it has none.

        One with a venue of its own is in none of the parent's rooms.
        """
        parent = self.parent(session)
        if parent is None:
            return session
        whole = self.placed(parent)
        keys = ("date", "track", "venue", *(() if session.venue else ("room",)))
        missing = [key for key in keys if getattr(session, key) is None]
        return session.model_copy(update={key: getattr(whole, key) for key in missing})

    def day(self, item: Scheduled) -> PartialDate | None:
        """Return the day of a session or slot, which may be that of its parent or of the event."""
        placed = self.placed(item) if isinstance(item, Session) else item
        return placed.day or self.only_day

    def moments(self, item: Scheduled) -> tuple[dt.datetime | None, dt.datetime | None]:
        """Return when a session or slot began and ended, as :func:`core.dates.moment` does.

        A duration is exact, also when clocks are put forward or back meanwhile.
        """
        day, (start, end) = self.day(item), item.span
        begins, ends = (moment(day, minutes, self.timezone) for minutes in (start, end))
        if begins and ends and item.duration and not item.end and self.timezone:
            duration = dt.timedelta(minutes=item.duration)
            ends = (begins.astimezone(dt.UTC) + duration).astimezone(begins.tzinfo)
        return begins, ends

    def session(self, session_id: str) -> Session | None:
        """Return the session that has an id, or else that had it formerly."""
        sessions = self.all_sessions
        found = (one for one in sessions if session_id == one.id)
        return next(found, next((one for one in sessions if session_id in one.old_ids), None))


def _identity(session: Session) -> Hashable:
    """Return what only copies of a session, which may have fewer children, have in common.

    As long as ids have not been checked, one within another may have the same.
    """
    return (session.id, session.mark()) if session.id else id(session)


N = TypeVar("N", Room, Track)


def _named(text: LocalizedText | None, known: Iterable[N]) -> N | None:
    """Return the room or track that has a name in one of its languages."""
    return next(
        (one for one in known if text and one.name and any(map(one.name.says, text.root.values()))),
        None,
    )


def _last_known(before: int, rank: int) -> int:
    return rank or before
