"""Programme: sessions, and what the schedule holds beside them."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from ..dates import PartialDate, Span, clock_of, minutes_of, span
from ..entity import Entity, OneOrMany, key
from ..i18n import N_
from ..texts import Localized, Markdown
from ..value_types import Clock, Color, Date, Duration, Identifier, one_of
from .common import STATUSES, VISIBILITIES, Identifiers, Languages, Status, Visibility, Words
from .people import People
from .resource import Resource, Resources
from .venue import Venue


class Track(Entity):
    """A series of sessions with a theme of its own."""

    called = N_("track")
    short_form = N_("a name")
    short_key = "name"
    required = ("name",)

    name: Localized | None = key(N_("Name."), "Infrastructure", "{ja: 基盤, en: Infrastructure}")
    color: Color | None = key(
        N_("Its colour in the schedule, in hex; in quotes if with `#`."), "bf281c", "'#3B1D62'"
    )
    description: Markdown | None = key(N_("What it is about."), "For *operators*.", "運用の話")


class Day(Entity):
    """A day of the event, also one before or after the official ones."""

    called = N_("day")
    short_form = N_("a date")
    short_key = "date"
    required = ("date",)

    date: Date | None = key(N_("The day."), "2026-11-21", "2026-11-22")
    name: Localized | None = key(N_("What it is called."), "Day 1", "前夜祭")
    description: Markdown | None = key(N_("What it was for."), "Workshops only.", "展示のみ")


SessionKind = Annotated[
    Literal[
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
        "other",
    ],
    one_of(
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
        other=N_("Something else; `kind_text` says what."),
    ),
]
Seen = Annotated[
    Literal["live", "recording", "slides", "missed"],
    one_of(
        N_("way of seeing it"),
        live=N_("The reporter was there, on site or online."),
        recording=N_("The reporter saw the recording."),
        slides=N_("The reporter read the slides."),
        missed=N_("The reporter saw nothing of it."),
    ),
]


class Scheduled(Entity):
    """A session or slot: the keys that place it in the schedule."""

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
    venue: Venue | None = key(
        N_("Where it took place, if that was not the event's venue."),
        "Online",
        "{name: Kumo Café, address: 'Shibaura, Tokyo'}",
    )

    @property
    def span(self) -> Span:
        """When it began and ended, as far as ``start``, ``end`` and ``duration`` give it."""
        start, end = (minutes_of(clock) if clock else None for clock in (self.start, self.end))
        return span(start, end, self.duration)

    @property
    def begins(self) -> str | None:
        """The time of day at which it began."""
        start = self.span.start
        return None if start is None else clock_of(start)

    @property
    def ends(self) -> str | None:
        """The time of day at which it ended; as given, even if that is before it began."""
        end = self.span.end
        return self.end or (None if end is None else clock_of(end))

    @property
    def day(self) -> PartialDate | None:
        """Its day, if it is given."""
        return self.date


SlotKind = Annotated[
    Literal["break", "meal", "registration", "opening", "closing", "party", "other"],
    one_of(
        N_("kind of slot"),
        **{"break": N_("Break (the default).")},
        meal=N_("Breakfast, lunch or dinner."),
        registration=N_("Doors open, registration."),
        opening=N_("Opening."),
        closing=N_("Closing."),
        party=N_("Party, drinks."),
        other=N_("Something else; its title says what."),
    ),
]


class Slot(Scheduled):
    """What the schedule holds beside sessions: breaks, meals, the opening."""

    called = N_("slot")
    short_form = N_("a title")
    short_key = "title"

    kind: SlotKind = key(N_("What kind of slot it is."), "meal", "opening", default="break")
    description: Markdown | None = key(N_("More about it."), "Boxed *lunch*.", "弁当を配布")


class Session(Scheduled):
    """A talk, workshop or panel of the event."""

    called = N_("session")
    short_form = N_("a title")
    short_key = "title"
    required = ("title",)

    id: Identifier = key(
        N_(
            "Name in links and anchors, unique within the event; without it one that comes from "
            "the title, and changes with it."
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
    subtitle: Localized | None = key(
        N_("What stands below the title."), "A survey", "{ja: 現状と課題, en: A survey}"
    )
    kind: SessionKind = key(N_("What kind of session it is."), "keynote", "panel", default="talk")
    kind_text: Localized | None = key(
        N_("Wording that is shown for the kind."), "DJ set", "公開インタビュー"
    )
    status: Annotated[Status, STATUSES] = key(
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
    seen: Seen | None = key(N_("How the reporter saw it."), "recording", "missed")
    visibility: Annotated[Visibility, VISIBILITIES] | None = key(
        N_("For whom it and its notes are, where not for all who read the report."),
        "internal",
        "private",
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
    children: "Sessions" = key(
        N_("The sessions that it consists of, such as lightning talks."),
        "[Tabs, Spaces]",
        "[{id: lt-1, title: Tabs, speakers: [Ken Mori]}]",
        default=(),
    )

    @property
    def span(self) -> Span:
        """When it began and ended by its own keys, else by its children's on the same day."""
        own = super().span
        parts = [child.span for child in self.children] if self.is_of_one_day else []
        starts = _all_known(part.start for part in parts)
        bounds = _all_known(bound for part in parts for bound in part)
        start = own.start if own.start is not None else min(starts, default=None)
        end = own.end if own.end is not None or self.end else max(bounds, default=None)
        return span(start, end)

    @property
    def day(self) -> PartialDate | None:
        """Its own date, or the one that all of its children have."""
        dates = {child.day for child in self.children}
        return self.date or (dates.pop() if len(dates) == 1 else None)

    @property
    def is_of_one_day(self) -> bool:
        """Whether all of its children were on its day."""
        return all(child.day in (None, self.day) for child in self.children)

    @property
    def resources(self) -> tuple[Resource, ...]:
        """Slides, videos and other links."""
        return (*self.slides, *self.videos, *self.links)

    def with_children(self) -> Iterator["Session"]:
        """Iterate over the session and all those within it, in order."""
        yield self
        for child in self.children:
            yield from child.with_children()


def _all_known(values: Iterable[int | None]) -> list[int]:
    """Return the values, or an empty list if one is not known."""
    found = list(values)
    known = [value for value in found if value is not None]
    return known if len(known) == len(found) else []


Sessions = Annotated[tuple[Session, ...], OneOrMany]
Session.model_rebuild()
