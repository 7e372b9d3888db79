"""An event as its ``event.yaml`` says it: frozen, checked, free of Sphinx.

Names follow schema.org/Event and the frab/pretalx schedules. Every thing that
a list holds takes a short form (a text) and a long form (a mapping); each
knows the place in the file from which it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Final, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    PlainSerializer,
    PrivateAttr,
    RootModel,
    model_validator,
)
from pydantic_core import PydanticCustomError

from .dates import PartialDate, parse_clock
from .problems import Code, Mark, did_you_mean, kind_of, nearest
from .resources import check_url, is_url

#: Control characters, but for those that lay out text.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")

#: The type of an error that follows from another, which has been told.
TOLD: Final = "told"


def fault(code: Code, message: str) -> PydanticCustomError:
    """A validation error that says its own words and its problem code."""
    return PydanticCustomError(code.label, "{words}", {"words": message})


def _as_lines(value: object) -> str:
    if isinstance(value, str) and (text := str(value).strip()):
        if control := _CONTROL.search(text):
            message = f"the control character U+{ord(control[0]):04X} stands here; remove it"
            raise fault(Code.VALUE, message)
        return text
    if value is None or isinstance(value, str):
        raise fault(Code.MISSING, "nothing stands here; write a text, or remove the key")
    raise fault(Code.TYPE, f"a text expected, found {kind_of(value)}")


def _as_text(value: object) -> str:
    """A text on one line: the line breaks of a block are no part of a name."""
    return re.sub(r"\s*\n\s*", " ", _as_lines(value))


def _as_url(value: object) -> str:
    try:
        return check_url(_as_text(value))
    except ValueError as error:
        raise fault(Code.URL, str(error)) from None


def _as_date(value: object) -> PartialDate:
    try:
        return PartialDate.parse(_as_text(value))
    except ValueError as error:
        raise fault(Code.DATE, str(error)) from None


def _as_clock(value: object) -> str:
    try:
        return parse_clock(_as_text(value))
    except ValueError as error:
        raise fault(Code.TIME, str(error)) from None


def _as_count(value: object) -> int:
    text = _as_text(value).replace(",", "")
    if not re.fullmatch(r"\d{1,9}", text):
        message = f"a whole number expected, found “{text}”"
        raise fault(Code.VALUE, f"{message}; another wording goes into capacity_text")
    return int(text)


def _as_id(value: object) -> str:
    text = _as_text(value)
    if not re.fullmatch(r"[\w.-]+", text):
        message = f"“{text}” is no id: use letters, digits, “-”, “_” and “.”, no blanks"
        raise fault(Code.VALUE, message)
    return text


def _as_list(value: object) -> object:
    """One thing where a list is expected is a list of one; nothing is an empty one."""
    if value is None:
        return []
    return value if isinstance(value, list | tuple) else [value]


Str = Annotated[str, BeforeValidator(_as_text)]
Url = Annotated[str, BeforeValidator(_as_url)]
Date = Annotated[PartialDate, BeforeValidator(_as_date)]
Clock = Annotated[str, BeforeValidator(_as_clock)]
Count = Annotated[int, BeforeValidator(_as_count)]
Identifier = Annotated[str, BeforeValidator(_as_id)]


def _as_language(value: object) -> str:
    text = str(value)
    if not re.fullmatch(r"([A-Za-z]{2,3}([-_]\w+)*)?", text):
        message = f"a text expected, or texts by language ({{ja: …, en: …}}); “{text}” is none"
        raise fault(Code.TYPE, message)
    return text


Language = Annotated[str, BeforeValidator(_as_language)]
Lines = Annotated[str, BeforeValidator(_as_lines)]
Texts = Annotated[Mapping[Language, Lines], AfterValidator(MappingProxyType), PlainSerializer(dict)]


class LocalizedText(RootModel[Texts]):
    """A text in one or several languages, in the author's order.

    Maps BCP 47 language tags to texts; the empty tag stands for a text whose
    language the author did not say.
    """

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _expand(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return {"": _as_lines(data)}
        if not data and getattr(data, "pruned", None):
            raise PydanticCustomError(TOLD, "")
        if not data:
            raise fault(Code.TYPE, "a text expected, or texts by language ({ja: …, en: …})")
        return data

    def in_language(self, language: str) -> str:
        """The text in ``language``, else in its base language, else the first."""
        texts = {_folded(tag): text for tag, text in self.root.items()}
        wanted = _folded(language)
        return texts.get(wanted) or texts.get(wanted.partition("-")[0]) or str(self)

    def says(self, text: str) -> bool:
        """Whether this is ``text`` in one of its languages."""
        return text in self.root.values()

    def __str__(self) -> str:
        return next(iter(self.root.values()))


def _folded(tag: str) -> str:
    return tag.replace("_", "-").lower()


def _on_one_line(text: LocalizedText) -> LocalizedText:
    if not any("\n" in one for one in text.root.values()):
        return text
    return LocalizedText({language: _as_text(one) for language, one in text.root.items()})


#: A leaf text that is shown as it stands, on one line.
Localized = Annotated[LocalizedText, AfterValidator(_on_one_line)]


class Entity(BaseModel):
    """What a mapping of the file describes, or the text that stands for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    _mark: Mark = PrivateAttr(default=Mark())
    _key_marks: dict[str, Mark] = PrivateAttr(default_factory=dict)
    _pruned: tuple[str, ...] = PrivateAttr(default=())

    #: What may stand instead of the mapping, for the message where neither does.
    short_form: ClassVar[str] = ""

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        """The long form of a short one."""
        raise fault(Code.TYPE, f"keys and values expected, found the text “{text}”")

    @model_validator(mode="wrap")
    @classmethod
    def _locate(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if isinstance(data, cls):
            return data
        if isinstance(data, str):
            entity = handler(cls.expand(str(data).strip()))
        elif isinstance(data, Mapping):
            entity = handler(data)
        else:
            forms = " or ".join(filter(None, (cls.short_form, "a mapping")))
            raise fault(Code.TYPE, f"{forms} expected, found {kind_of(data)}")
        entity._mark = getattr(data, "mark", entity._mark)
        entity._key_marks = getattr(data, "key_marks", {})
        entity._pruned = tuple(getattr(data, "pruned", ()))
        return entity

    def mark(self, key: str = "") -> Mark:
        """Where the entity stands in its file, or one of its keys."""
        return self._key_marks.get(key, self._mark)

    def lost(self, *keys: str) -> bool:
        """Whether a fault, told already, is why one of ``keys`` is missing."""
        return any(key in keys or nearest(key, keys) for key in self._pruned)

    @property
    def keys_in_order(self) -> list[str]:
        """The keys that the author gave, in the author's order."""
        return list(self._key_marks)


OneOrMany = BeforeValidator(_as_list)
Strs = Annotated[tuple[Str, ...], OneOrMany]
#: Leaf texts in which the author may use Markdown; all others are plain.
Markdown = LocalizedText

_NAME_AND_NOTE = re.compile(r"(?P<name>.*\S)\s*[(\uff08](?P<note>[^()\uff08\uff09]+)[)\uff09]")


class Person(Entity):
    """Somebody in a role at this event; ``affiliation`` is as of this event."""

    short_form = "a name (or “Name (Affiliation)”)"

    name: Localized | None = None
    affiliation: Localized | None = None
    job_title: Localized | None = None
    role: Localized | None = None
    url: Url | None = None

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        match = _NAME_AND_NOTE.fullmatch(text)
        return {"name": match["name"], "affiliation": match["note"]} if match else {"name": text}


class Organization(Entity):
    """A company or community in a role at this event (sponsor, supporter, …)."""

    short_form = "a name"

    name: Localized | None = None
    url: Url | None = None
    logo: Str | None = None

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        return {"name": text}


class SponsorTier(Entity):
    """Sponsors of one level; the order of the tiers is the author's."""

    name: Localized | None = None
    description: Markdown | None = None
    sponsors: Annotated[tuple[Organization, ...], OneOrMany] = ()


class Venue(Entity):
    """Where the event took place."""

    short_form = "a name"

    name: Localized | None = None
    address: Localized | None = None
    url: Url | None = None
    rooms: Strs = ()

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        return {"name": text}


Status = Literal["available", "not-shared", "later", "gone"]


def _as_status(value: object) -> str:
    text = _as_text(value)
    known = get_args(Status)
    if text not in known:
        hint = did_you_mean(text, known)
        raise fault(Code.VALUE, f"“{text}” is no status{hint}; use {', '.join(known)}")
    return text


class Resource(Entity):
    """A link or a local file: slides, a video, a repository; or why there is none."""

    short_form = "a URL or a path"

    url: Url | None = None
    path: Str | None = None
    title: Localized | None = None
    #: ``not-shared``, ``later`` and ``gone`` are three different things.
    status: Annotated[Status, BeforeValidator(_as_status)] = "available"
    #: The author's wording of the status.
    text: Localized | None = None
    archived: Url | None = None

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        return {"url": text} if is_url(text) else {"path": text}

    @property
    def says_nothing(self) -> bool:
        """Whether a fault (told already) has left neither a link nor a reason for none."""
        return self.status == "available" and not (self.url or self.path or self.archived)


class Attachment(Entity):
    """A file of the report, here (``path``), elsewhere (``url``), or known by its facts alone."""

    short_form = "a path"

    name: Str | None = None
    path: Str | None = None
    url: Url | None = None
    size: Str | None = None
    date: Date | None = None
    uploader: Localized | None = None
    description: Localized | None = None

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        return {"url": text} if is_url(text) else {"path": text}


Resources = Annotated[tuple[Resource, ...], OneOrMany]
People = Annotated[tuple[Person, ...], OneOrMany]
Organizations = Annotated[tuple[Organization, ...], OneOrMany]


class Session(Entity):
    """A talk, workshop or panel of the event."""

    short_form = "a title"

    id: Identifier = ""
    title: Localized | None = None
    description: Markdown | None = None
    speakers: People = ()
    date: Date | None = None
    start: Clock | None = None
    end: Clock | None = None
    room: Localized | None = None
    track: Localized | None = None
    language: Str | None = None
    topics: Strs = ()
    slides: Resources = ()
    videos: Resources = ()
    links: Resources = ()

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        return {"title": text}

    @property
    def resources(self) -> tuple[Resource, ...]:
        return (*self.slides, *self.videos, *self.links)


class Event(Entity):
    """One event: what ``event.yaml`` holds."""

    format: Literal["1"] = "1"
    id: Identifier = ""
    name: Localized | None = None
    title: Localized | None = None
    description: Markdown | None = None
    date: Date | None = None
    start_date: Date | None = None
    end_date: Date | None = None
    date_text: Localized | None = None
    timezone: Str | None = None
    venue: Venue | None = None
    url: Url | None = None
    hashtag: Str | None = None
    capacity: Count | None = None
    capacity_text: Localized | None = None
    organizers: Organizations = ()
    supporters: Organizations = ()
    sponsors: Organizations = ()
    sponsor_tiers: Annotated[tuple[SponsorTier, ...], OneOrMany] = ()
    reporters: People = ()
    participants: People = ()
    topics: Strs = ()
    links: Resources = ()
    sessions: Annotated[tuple[Session, ...], OneOrMany] = ()
    files: Annotated[tuple[Attachment, ...], OneOrMany] = ()

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

    def named(self) -> Iterator[Person | Organization]:
        """Everybody who has a role at the event."""
        yield from (*self.organizers, *self.supporters)
        yield from (sponsor for tier in self.tiers for sponsor in tier.sponsors)
        yield from (*self.reporters, *self.participants)
        yield from (speaker for session in self.sessions for speaker in session.speakers)

    def all_resources(self) -> Iterator[Resource]:
        yield from self.links
        yield from (resource for session in self.sessions for resource in session.resources)

    def local_paths(self) -> Iterator[tuple[Entity, str, str]]:
        """Every local file that the data names: (by whom, under which key, its path)."""
        entities: list[Resource | Attachment] = [*self.all_resources(), *self.files]
        for entity in entities:
            if entity.path:
                yield entity, "path", entity.path
        for organization in self.named():
            if isinstance(organization, Organization) and organization.logo:
                yield organization, "logo", organization.logo
