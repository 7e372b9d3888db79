"""An event as its ``event.yaml`` says it: frozen, checked, free of Sphinx.

Names follow schema.org/Event and the frab/pretalx schedules. Every thing that
a list holds takes a short form (a text) and a long form (a mapping); each
knows the place in the file from which it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Final, Literal, NamedTuple, Self, get_args, get_origin

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    model_validator,
)

from . import marked
from .dates import PartialDate
from .forms import (
    Clock,
    Count,
    Date,
    Form,
    Identifier,
    Localized,
    LocalPath,
    Markdown,
    Str,
    TimeZone,
    Url,
    Word,
    fault,
    one_of,
    perhaps_unquoted,
)
from .messages import N_
from .problems import Code, Mark, kind_of, nearest
from .resources import is_url


def _as_list(value: object) -> object:
    """One thing where a list is expected is a list of one; nothing is an empty one."""
    if value is None:
        return []
    return value if isinstance(value, list | tuple) else [value]


def key(description: str, *examples: str, default: Any = None) -> Any:
    """A key of the YAML: what it means, and how it is written (YAML, by example)."""
    return Field(default=default, description=description, examples=list(examples))


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entity, its keys and their values stand, and which keys were taken out of it."""

    start: Mark
    end: Mark
    keys: Mapping[str, Mark] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    pruned: tuple[str, ...] = ()
    is_partial: bool = False


_NOWHERE: Final = Place(Mark(), Mark())


def is_key_like(word: str) -> bool:
    """Whether it may be a slip of a key; other words are a text, parted at its colon."""
    return re.fullmatch("[A-Za-z_]+", word) is not None


def _is_list_by_name(entity: type[Entity], data: Mapping[str, Any]) -> bool:
    """Whether a mapping has a name for each of what should be items of a list."""
    are_within = all(isinstance(value, Mapping) for value in data.values())
    is_item = not issubclass(entity, Event)
    return is_item and bool(data) and are_within and not entity.model_fields.keys() & data.keys()


class Entity(BaseModel):
    """What a mapping of the file describes, or the text that stands for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    _place: Place | None = PrivateAttr(default=None)

    #: What it is in words.
    called: ClassVar[str]
    #: What may stand instead of the mapping; nothing may where it is empty.
    short_form: ClassVar[str] = ""
    #: What must be there.
    required: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        """The long form of a short one."""
        raise fault(Code.TYPE, f"keys and values expected, found the text “{text.strip()}”")

    @model_validator(mode="wrap")
    @classmethod
    def _locate(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if isinstance(data, cls):
            return data
        if isinstance(data, str):
            if not data.strip():
                raise fault(Code.EMPTY, "nothing stands here; write a text, or remove it")
            entity = handler(cls.expand(data))
        elif isinstance(data, Mapping):
            if _is_list_by_name(cls, data):
                raise fault(Code.TYPE, "a list expected; begin each item with “- ”")
            # A key with nothing after it says nothing.
            said = {k: v for k, v in data.items() if v is not None or k not in cls.model_fields}
            entity = handler(said)
        elif data is None:
            raise fault(Code.EMPTY, "an item with nothing in it; write it, or remove its “-”")
        else:
            forms = " or ".join(filter(None, (cls.short_form, "a mapping")))
            hint = perhaps_unquoted(data) if cls.short_form else ""
            raise fault(Code.TYPE, f"{forms} expected, found {kind_of(data)}{hint}")
        match data:
            case marked.Mapping():
                marks = {name: data.mark_of(name) for name in data.key_marks}
                pruned = tuple(data.pruned)
                entity._place = Place(
                    data.mark, data.end, data.key_marks, marks, pruned, data.is_partial
                )
            case marked.Text():
                entity._place = Place(data.mark, Mark(data.mark.line + 1))
        return entity

    def mark(self, key: str = "") -> Mark:
        """Where the entity stands in its file, or the value of one of its keys."""
        place = self._place or _NOWHERE
        return place.marks.get(key, place.start)

    def holds(self, mark: Mark) -> bool:
        """Whether a place of the file is within the entity."""
        place = self._place or _NOWHERE
        return place.start <= mark < place.end

    def lost(self, *keys: str) -> bool:
        """Whether a fault, told already, is why one of ``keys`` is missing."""
        pruned = (self._place or _NOWHERE).pruned
        is_all_lost = bool(pruned) and not self.model_fields_set
        return is_all_lost or any(
            key in keys or nearest(key, keys) or not is_key_like(key) for key in pruned
        )

    @property
    def is_partial(self) -> bool:
        """Whether the file held more, which could not be read."""
        return (self._place or _NOWHERE).is_partial

    def entities(self) -> Iterator[Entity]:
        """The entity itself and all within it, in the model's order."""
        yield self
        for value in self.__dict__.values():
            for below in value if isinstance(value, tuple) else (value,):
                if isinstance(below, Entity):
                    yield from below.entities()

    @property
    def keys_in_order(self) -> list[str]:
        """The keys that the author gave, in the author's order; none of a short form."""
        return list((self._place or _NOWHERE).keys)

    def key_at(self, mark: Mark) -> str | None:
        """The key that a place of the file belongs to."""
        keys = (self._place or _NOWHERE).keys
        before = [name for name, start in keys.items() if start <= mark]
        return max(before, key=keys.__getitem__, default=None)


OneOrMany = BeforeValidator(_as_list)
Words = Annotated[tuple[Word, ...], OneOrMany]

_NAME_AND_NOTE = re.compile(r"(?P<name>.*\S)\s*[(\uff08](?P<note>[^()\uff08\uff09]+)[)\uff09]")


class Person(Entity):
    """Somebody in a role at this event; ``affiliation`` is as of this event."""

    called = N_("person")
    short_form = "a name (or “Name (Affiliation)”)"
    required = ("name",)

    name: Localized | None = key(N_("Name."), "Aoi Tanaka", "{ja: 田中葵, en: Aoi Tanaka}")
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

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        return {"name": text}


class SponsorTier(Entity):
    """Sponsors of one level; the order of the tiers is the author's."""

    called = N_("sponsor tier")
    name: Localized | None = key(N_("The tier's name."), "Gold", "{ja: ゴールド, en: Gold}")
    sponsors: Annotated[tuple[Organization, ...], OneOrMany] = key(
        N_("The sponsors of this tier."), "[Example Inc., Sample Co.]", "[Sample Co.]", default=()
    )
    description: Markdown | None = key(
        N_("What the tier is about."), "Booth and talk", "With a **booth**."
    )


class Venue(Entity):
    """Where the event took place."""

    called = N_("venue")
    short_form = "a name"

    name: Localized | None = key(N_("Name."), "Minato Hall", "{ja: みなとホール, en: Minato Hall}")
    address: Localized | None = key(N_("Address."), "Shibaura, Tokyo", "東京都港区芝浦")
    url: Url | None = key(
        N_("The venue's website."), "https://example.com/hall", "https://example.org/access"
    )
    rooms: Words = key(N_("The rooms."), "[Hall A, Hall B]", "[101, 102]", default=())

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        return {"name": text}


Status = Literal["available", "not-shared", "later", "gone"]
_STATUSES: Final = one_of(
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
    status: Annotated[Status, *_STATUSES] = key(
        N_("Whether it is shared."), "not-shared", "later", default="available"
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


Resources = Annotated[tuple[Resource, ...], OneOrMany]
People = Annotated[tuple[Person, ...], OneOrMany]
Organizations = Annotated[tuple[Organization, ...], OneOrMany]


class Session(Entity):
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
    title: Localized | None = key(
        N_("Title."),
        "Kubernetes at the Edge",
        "{ja: エッジのKubernetes, en: Kubernetes at the Edge}",
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
    date: Date | None = key(N_("Its day, where the event has several."), "2026-11-22", "2026-11-23")
    start: Clock | None = key(N_("When it began."), "13:00", "25:30")
    end: Clock | None = key(N_("When it ended."), "13:40", "26:00")
    room: Localized | None = key(N_("Room."), "Hall A", "{ja: 大ホール, en: Hall A}")
    track: Localized | None = key(N_("Track."), "Infrastructure", "Track B")
    language: Str | None = key(N_("Language spoken, as a tag (BCP 47)."), "ja", "en")
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

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        return {"title": text}

    @property
    def resources(self) -> tuple[Resource, ...]:
        return (*self.slides, *self.videos, *self.links)


_FORMATS: Final = one_of("format", N_("version"), **{"1": N_("The only one so far.")})


class Event(Entity):
    """One event: what ``event.yaml`` holds."""

    called = N_("event")
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
    timezone: TimeZone | None = key(
        N_("Time zone of the sessions' times (IANA)."), "Asia/Tokyo", "Europe/Berlin"
    )
    venue: Venue | None = key(
        N_("Where it took place."), "Minato Hall", "{name: Minato Hall, rooms: [Hall A]}"
    )
    url: Url | None = key(N_("Official website."), "https://example.com/", "https://example.org/")
    hashtag: Str | None = key(N_("Hashtag, without its `#`."), "kumodays", "kumo2026")
    capacity: Count | None = key(N_("How many could take part."), "120", "1,500")
    capacity_text: Localized | None = key(
        N_("Wording that is shown for the capacity."), "100 to 120", "約100名"
    )
    organizers: Organizations = key(
        N_("Who held it."), "[Kumo Users Group]", "[Example Inc.]", default=()
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
    reporters: People = key(N_("Who wrote the report."), "[Hanako Yamada]", "[ボム]", default=())
    participants: People = key(N_("Who went there too."), "[Ken Mori]", "[李 大範]", default=())
    topics: Words = key(N_("What it was about."), "[Kubernetes, IoT]", "[機械学習]", default=())
    links: Resources = key(
        N_("Other links."),
        "https://example.com/blog",
        "{url: 'https://example.com/blog', title: Blog}",
        default=(),
    )
    sessions: Annotated[tuple[Session, ...], OneOrMany] = key(
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
    def tiers(self) -> tuple[SponsorTier, ...]:
        """The sponsors by tier; those without one are a tier without a name."""
        loose = (SponsorTier(sponsors=self.sponsors),) if self.sponsors else ()
        return (*self.sponsor_tiers, *loose)

    def session(self, session_id: str) -> Session | None:
        return next((session for session in self.sessions if session.id == session_id), None)


#: All that a file describes, the whole first.
ENTITIES: Final[tuple[type[Entity], ...]] = (
    Event,
    Session,
    Person,
    Resource,
    Attachment,
    Organization,
    SponsorTier,
    Venue,
)


class Shape(NamedTuple):
    """What a key takes: values of a form or entities of a class; one, or any number."""

    of: Form | type[Entity]
    is_list: bool


def shape(entity: type[Entity], key: str) -> Shape:
    """What ``key`` of ``entity`` takes.

    :raises KeyError: if there is no such key.
    """
    info = entity.model_fields[key]
    found = next((item for item in info.metadata if isinstance(item, Form)), None)
    return Shape(found, is_list=False) if found else _shape(info.annotation)


def _shape(annotation: Any) -> Shape:
    if isinstance(annotation, type) and issubclass(annotation, Entity):
        return Shape(annotation, is_list=False)
    arguments = get_args(annotation)
    if found := next((item for item in arguments if isinstance(item, Form)), None):
        return Shape(found, is_list=False)
    return Shape(_shape(arguments[0]).of, is_list=get_origin(annotation) is tuple)
