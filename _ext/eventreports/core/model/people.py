"""People and organizations in their roles."""

from typing import Annotated, Any

from pydantic import BeforeValidator

from .. import located
from ..entity import Entity, OneOrMany, key
from ..i18n import N_
from ..names import comparable
from ..short_people import read_person, split_people
from ..texts import Localized, Markdown, all_texts
from ..value_types import Count, LocalPath, Url
from .common import Words
from .resource import Resources


class Person(Entity):
    """A person in a role at this event; the affiliation is as of this event."""

    called = N_("person")
    short_form = N_("a name (or “Name (Affiliation)”)")
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
    links: Resources = key(
        N_("Where else they are found, such as GitHub."),
        "https://github.com/example",
        "[https://github.com/example, https://speakerdeck.com/example]",
        default=(),
    )

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        """Read “Name (Affiliation)”, and the other forms in which pages name people."""
        return dict(read_person(text))

    def goes_by(self, name: str) -> bool:
        """Return whether the person has a name, in any language and Unicode form, or an alias."""
        known = (*all_texts(self.name, self.reading), *self.aliases)
        return comparable(name) in map(comparable, known)


class Organization(Entity):
    """A company or community in a role at this event (sponsor, supporter, …)."""

    called = N_("organization")
    short_form = N_("a name")
    short_key = "name"
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


def _one_each(people: object) -> object:
    """Part the people that stand in one text: “佐藤 一郎、鈴木 二郎”."""
    if isinstance(people, located.Sequence):
        for index in reversed(range(len(people))):
            located.replace(people, index, _each(people[index]))
        return people
    return _each(people) if isinstance(people, located.Text) else people


def _each(person: located.Value) -> list[located.Value]:
    if not isinstance(person, located.Text):
        return [person]
    return [located.Text(part, person.mark) for part in split_people(person)]


People = Annotated[tuple[Person, ...], OneOrMany, BeforeValidator(_one_each)]
Organizations = Annotated[tuple[Organization, ...], OneOrMany]


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
