"""Registers: what is known of people, organizations, topics and series beyond single events.

Each is a file beside the events' folders, whose entries say which of the names that events give are
one subject's.
"""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final, Literal

from ..entity import Entity, OneOrMany, key
from ..i18n import N_
from ..texts import Localized, all_texts
from ..value_types import EventPath, Identifier, LocalPath, Truth, Url
from .common import FormerIds, Words
from .resource import Resources

#: What several events may have in common.
SubjectKind = Literal["person", "organization", "topic", "series"]
#: By kind, what its register is called, and the folder of its pages.
REGISTER_NAMES: Final[Mapping[SubjectKind, str]] = {
    "person": "people",
    "organization": "organizations",
    "topic": "topics",
    "series": "series",
}

Places = Annotated[tuple[EventPath, ...], OneOrMany]


class RegisteredSubject(Entity):
    """An entry of a register: a person, an organization, a topic or a series."""

    called = N_("entry of a register")
    short_form = N_("a name")
    short_key = "name"
    required = ("name",)

    name: Localized | None = key(
        N_("Name, as it is shown."), "Aoi Tanaka", "{ja: 田中葵, en: Aoi Tanaka}"
    )
    id: Identifier = key(
        N_("Name in the address of its page; without it one that comes from its names."),
        "aoi-tanaka",
        "aoi-tanaka-2",
        default="",
    )
    aliases: Words = key(
        N_("Other names that events have for the same."),
        "[Hsueh-Tsung Kuo]",
        "[k8s, K8s]",
        default=(),
    )
    at: Places = key(
        N_(
            "The events or sessions (`EVENT/SESSION`) at which these names mean this one; at all "
            "others they mean another. Without it they mean this one everywhere."
        ),
        "[kumo-2026/keynote]",
        "[kumo-2025, kumo-2026]",
        default=(),
    )
    reading: Localized | None = key(
        N_("How the name is read, in kana or Latin letters; sorts Japanese names."),
        "たなか あおい",
        "Aoi Tanaka",
    )
    description: Localized | None = key(
        N_("Who or what it is, in one line."), "Runs the largest cloud.", "クラウドの研究者"
    )
    url: Url | None = key(N_("Website."), "https://example.com/aoi", "https://example.org/")
    links: Resources = key(
        N_("Where else they are found, such as GitHub."),
        "https://github.com/example",
        "[https://github.com/example, https://speakerdeck.com/example]",
        default=(),
    )
    image: LocalPath | None = key(
        N_("Their picture or logo: a file beside the register."), "people/aoi.jpg", "kumo.svg"
    )
    old_ids: FormerIds = key(
        N_("Ids that it had before; references to them, and their pages, still lead here."),
        "[aoi]",
        "[tanaka, a-tanaka]",
        default=(),
    )

    @property
    def all_names(self) -> tuple[str, ...]:
        """Its name in all languages, and its aliases."""
        return (*all_texts(self.name), *self.aliases)


class RegisteredTopic(RegisteredSubject):
    """An entry of the register of topics."""

    called = N_("topic")

    parents: Words = key(
        N_("The wider topics that it belongs to."),
        "[Cloud Native]",
        "[Cloud Native, DevOps]",
        default=(),
    )


class Register(Entity):
    """The whole of a register's file."""

    #: The kind of its entries.
    kind: ClassVar[SubjectKind]

    @property
    def entries(self) -> tuple[RegisteredSubject, ...]:
        """What stands in it."""
        entries: tuple[RegisteredSubject, ...] = getattr(self, REGISTER_NAMES[self.kind])
        return entries


Entries = Annotated[tuple[RegisteredSubject, ...], OneOrMany]


class PeopleRegister(Register):
    """The whole of ``people.yaml``."""

    called = N_("register of people")
    file_name = "people.yaml"
    kind = "person"

    people: Entries = key(
        N_("The people."),
        "[Aoi Tanaka, Ken Mori]",
        "[{name: 郭學聰, aliases: [Hsueh-Tsung Kuo]}]",
        default=(),
    )


class OrganizationsRegister(Register):
    """The whole of ``organizations.yaml``."""

    called = N_("register of organizations")
    file_name = "organizations.yaml"
    kind = "organization"

    organizations: Entries = key(
        N_("The organizations."),
        "[Example Inc., Sample Co.]",
        "[{name: Example Inc., aliases: [株式会社例]}]",
        default=(),
    )


class TopicsRegister(Register):
    """The whole of ``topics.yaml``."""

    called = N_("register of topics")
    file_name = "topics.yaml"
    kind = "topic"

    is_closed: Truth = key(
        N_("Whether every topic of an event must be one of these; others are reported then."),
        "true",
        "false",
        default=False,
    )
    topics: Annotated[tuple[RegisteredTopic, ...], OneOrMany] = key(
        N_("The topics."),
        "[Kubernetes, IoT]",
        "[{name: Kubernetes, aliases: [k8s], parents: [Cloud Native]}]",
        default=(),
    )


class SeriesRegister(Register):
    """The whole of ``series.yaml``."""

    called = N_("register of series")
    file_name = "series.yaml"
    kind = "series"

    series: Entries = key(
        N_("The series."),
        "[Kumo Days, RubyKaigi]",
        "[{name: Kumo Days, url: 'https://example.com/'}]",
        default=(),
    )


#: The registers by the names of their files.
REGISTERS: Final[Mapping[str, type[Register]]] = {
    one.file_name: one
    for one in (PeopleRegister, OrganizationsRegister, TopicsRegister, SeriesRegister)
}
