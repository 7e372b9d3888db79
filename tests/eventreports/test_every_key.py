"""An event with every key of the model at once: every builder shows every one of them."""

import html
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from conftest import Site
from copies import add_every_key
from eventreports.core.entity import Entity
from eventreports.core.model import ENTITIES, Event
from eventreports.loader import load

#: What readers see of each key, in English.
SHOWN: Final[Mapping[str, str]] = {
    "Event.name": "Kumo Days 2026",
    "Event.title": "Report of Kumo Days",
    "Event.description": "What the whole event was for.",
    "Event.kind": "Conference",
    "Event.series": "The Kumo series",
    "Event.status": "Moved",
    "Event.status_text": "Moved from spring",
    "Event.date_text": "A weekend in November",
    "Event.days": "Eve of the event: Fri, Nov 20, 2026",
    "Event.timezone": "Asia/Tokyo",
    "Event.venue": "Minato Hall",
    "Event.url": "https://kumo.example/",
    "Event.hashtag": "#kumodays",
    "Event.capacity_text": "seats for about 540",
    "Event.attendance_mode": "on site and online",
    "Event.attendance_text": "nearly 500 came",
    "Event.language": "Japanese, English",
    "Event.organizers": "Kumo Users Group",
    "Event.supporters": "Docker Tokyo",
    "Event.sponsors": "A sponsor without a tier",
    "Event.sponsor_tiers": "Silver tier",
    "Event.media_partners": "Kumo Magazine",
    "Event.groups": "Ken the volunteer",
    "Event.reporters": "Hanako Yamada",
    "Event.participants": "Taro Suzuki",
    "Event.purpose": "To choose a runtime",
    "Event.license": "CC BY 4.0",
    "Event.visibility_text": "For the platform team alone",
    "Event.recipients": "The head of platforms",
    "Event.published": "Wed, Nov 25, 2026",
    "Event.updated": "Tue, Dec 1, 2026",
    "Event.topics": "Containers",
    "Event.links": "Organizers' blog",
    "Event.tracks": "Infrastructure",
    "Event.slots": "Doors open",
    "Event.sessions": "Lightning round",
    "Event.files": "Map elsewhere",
    "Session.title": "Containers at the edge",
    "Session.subtitle": "Far from the centre",
    "Session.kind": "Panel",
    "Session.kind_text": "Fishbowl",
    "Session.status": "Cancelled",
    "Session.status_text": "The speaker was ill",
    "Session.description": "About far sites and their links.",
    "Session.date": "Sat, Nov 21, 2026",
    "Session.start": "10:00",
    "Session.end": "10:40",
    "Session.duration": "13:00–13:30",
    "Session.room": "Big room",
    "Session.venue": "Back room, Kumo Café",
    "Session.speakers": "Bob Tab",
    "Session.track": "Infrastructure",
    "Session.level": "For beginners",
    "Session.language": "Japanese",
    "Session.slides_language": "Language of the slides",
    "Session.seen": "as a recording",
    "Session.visibility": "Private",
    "Session.topics": "Edge sites",
    "Session.slides": "Slides",
    "Session.videos": "Videos",
    "Session.links": "Code in spring",
    "Session.children": "Spaces all the way",
    "Person.name": "Aoi Tanaka",
    "Person.reading": "たなか あおい",
    "Person.aliases": "@aoi",
    "Person.affiliation": "Cloud Works",
    "Person.job_title": "Platform engineer",
    "Person.role": "Host of the panel",
    "Person.links": "GitHub aoi",
    "Resource.title": "The deck",
    "Resource.path": "The appendix",
    "Resource.status": "Taken offline",
    "Resource.text": "Code in spring",
    "Resource.start": "from 12:34",
    "Resource.language": "French",
    "Resource.visibility": "Draft",
    "Attachment.path": "Handout of the day",
    "Attachment.name": "Handout of the day",
    "Attachment.size": "4.81 MB",
    "Attachment.date": "Nov 26, 2026",
    "Attachment.uploader": "Jiro Uploader",
    "Attachment.description": "What was given out",
    "Attachment.visibility": "Draft",
    "Organization.name": "Example Inc.",
    "Organization.badges": "Coffee sponsor, Wi-Fi sponsor",
    "Organization.description": "Runs a large cloud",
    "SponsorTier.name": "Gold tier",
    "SponsorTier.sponsors": "Sample Co.",
    "SponsorTier.description": "With a booth and a talk.",
    "Group.name": "Volunteers",
    "Group.members": "Ken the volunteer",
    "Group.description": "They stood at the doors.",
    "Venue.name": "Minato Hall",
    "Venue.address": "Shibaura 1-2-3",
    "Venue.locality": "Minato City",
    "Venue.latitude": "35.6427",
    "Venue.longitude": "139.7463",
    "Venue.maps": "Way from the station",
    "Venue.rooms": "Small room",
    "Room.name": "Big room",
    "Room.description": "Fifth floor",
    "Room.capacity": "300 people",
    "Track.name": "Infrastructure",
    "Track.description": "For operators of clouds.",
    "Day.date": "Fri, Nov 20, 2026",
    "Day.name": "Eve of the event",
    "Day.description": "Only the badges were given out.",
    "Slot.title": "Doors open",
    "Slot.kind": "Meal",
    "Slot.date": "Sat, Nov 21, 2026",
    "Slot.start": "09:30",
    "Slot.end": "10:00",
    "Slot.duration": "12:00–13:00",
    "Slot.room": "09:30–10:00, Small room",
    "Slot.venue": "Tavern by the canal",
    "Slot.description": "Bring your ticket code.",
}
#: Where links lead; every builder keeps the address.
LINKS: Final[Mapping[str, str]] = {
    "Person.url": "https://people.example/aoi",
    "Organization.url": "https://inc.example/",
    "Organization.logo_url": "https://inc.example/logo.png",
    "Resource.url": "https://speakerdeck.com/aoi/edge",
    "Resource.archived": "https://web.archive.org/web/2026/https://old.example/edge",
    "Venue.url": "https://hall.example/",
    "Attachment.url": "https://files.example/map.png",
}
#: What an author cannot see and a program can: names of places, and pictures.
PLACES: Final[Mapping[str, str]] = {
    "Session.id": "session-edge",
    "Session.old_ids": "session-edge-1",
}
#: Shown as something other than themselves; tests of their own, below and elsewhere.
OTHERWISE: Final = {
    "Event.format",  # nothing to see
    "Event.id",
    "Event.old_ids",
    "Event.date",  # not beside start_date
    "Event.visibility",  # the wording is shown
    "Event.start_date",
    "Event.end_date",
    "Event.capacity",
    "Event.attendance",
    "SponsorTier.level",
    "Event.image",
    "Event.color",
    "Organization.logo",
    "Organization.logo_dark",
    "Track.color",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("every-key"))
    add_every_key(site.folder)
    return site


@pytest.fixture(scope="module")
def event(site: Site) -> Event:
    loaded = load(site.folder / "events" / "every-key" / "event.yaml", site.folder)
    assert loaded.problems == ()
    assert loaded.event is not None
    return loaded.event


def keys() -> set[str]:
    return {f"{kind.__name__}.{key}" for kind in ENTITIES for key in kind.model_fields}


def test_no_key_is_forgotten(event: Event) -> None:
    def given(entity: Entity) -> Iterator[str]:
        for one in entity.entities():
            yield from (f"{type(one).__name__}.{key}" for key in one.model_fields_set)

    assert keys() - set(given(event)) == {"Event.date"}
    assert set(SHOWN) | set(LINKS) | set(PLACES) | OTHERWISE == keys()


PAGES: Final = {
    "html": "events/every-key/index.html",
    "dirhtml": "events/every-key/index.html",
    "singlehtml": "index.html",
    "text": "events/every-key/index.txt",
    "latex": "site.tex",
    "man": "site.1",
}
#: What is a writer's markup rather than words, by builder.
MARKUP: Final = {
    "html": r"<[^>]*>",
    "latex": r"\\DUrole\{[^}]*\}|\\sphinxhref\{[^}]*\}|\\[A-Za-z]+",
    "man": r"\\f[A-Z]|\\\(..",
    "text": r"<[^>]*>",
}


class Written:
    """What a builder wrote of the event."""

    def __init__(self, builder: str, source: str) -> None:
        self.is_web = builder in ("html", "dirhtml", "singlehtml", "epub")
        self.is_book = builder == "epub"
        self.has_words_alone = builder in ("text", "man")
        self.source = html.unescape(source) if self.is_web else source.replace("\\-", "-")
        markup = MARKUP["html" if self.is_web else builder]
        self.letters = letters(html.unescape(re.sub(markup, "", source)))

    def says(self, words: str) -> bool:
        return letters(words) in self.letters


def letters(text: str) -> str:
    """Letters and digits: the rest is markup, or the writer's."""
    return re.sub(r"[\W_]+", "", text)


@pytest.fixture(scope="module", params=[*PAGES, "epub"])
def written(request: pytest.FixtureRequest, site: Site) -> Written:
    builder: str = request.param
    conf: dict[str, Any] = {"epub_copyright": "2020", "eventreports_audience": "draft"}
    built = site.build(builder, language="en", **conf)
    assert [line for line in built.warnings if "unknown_project_files" not in line] == []
    if builder in PAGES:
        return Written(builder, built.text(PAGES[builder]))
    (path,) = built.outdir.glob("*.epub")
    with zipfile.ZipFile(path) as book:
        return Written(builder, book.read("events/every-key/index.xhtml").decode("utf-8"))


def test_every_builder_shows_every_key(written: Written) -> None:
    assert [key for key, words in SHOWN.items() if not written.says(words)] == []


def test_every_builder_keeps_every_address(written: Written) -> None:
    assert [key for key, address in LINKS.items() if address not in written.source] == []


def test_a_file_is_to_be_had_from_the_site(written: Written, site: Site) -> None:
    if written.is_web and not written.is_book:
        (path,) = re.findall(r'href="[./]*(_downloads/[^"]*handout\.pdf)"', written.source)
        assert any((site.folder / "_build").glob(f"*/{path}"))
    else:
        # LaTeX and EPUB have no downloads; the file's name is enough.
        assert written.says(SHOWN["Attachment.name"])


def test_places_have_their_names(written: Written) -> None:
    if not written.has_words_alone:
        assert [key for key, name in PLACES.items() if name not in written.source] == []


def test_tiers_stand_in_the_order_of_their_level(written: Written) -> None:
    gold, silver = (written.letters.index(letters(name)) for name in ("Gold tier", "Silver tier"))
    assert gold < silver


def test_pictures_stand_where_there_are_any_and_that_of_dark_pages_on_them_alone(
    written: Written,
) -> None:
    pictures = set(re.findall(r"\b(kumo|light|dark)[-\w]*\.svg", written.source))
    # LaTeX has no SVG: there the name stands alone.
    on_the_web = {"kumo", "light"} if written.is_book else {"kumo", "light", "dark"}
    assert pictures == (on_the_web if written.is_web else set())


@pytest.mark.parametrize("color", ["#0a5c8a", "#bf281c"], ids=["event", "track"])
def test_colours_are_seen_on_the_web(written: Written, color: str) -> None:
    assert (f"--event-color: {color}" in written.source) == written.is_web


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("en", "Containers at the edge", "エッジのコンテナ"),
        ("ja", "エッジのコンテナ", "Containers at the edge"),
    ],
)
def test_both_languages_where_both_are_wanted(
    tmp_path: Path, site: Site, language: str, first: str, then: str
) -> None:
    both = Site(tmp_path)
    shutil.copytree(site.folder / "events", both.folder / "events")
    conf: dict[str, Any] = {"eventreports_languages": ["en", "ja"], "language": language}
    built = both.build("text", **conf, eventreports_audience="draft")
    assert built.warnings == []
    page = built.text(PAGES["text"])
    assert f"{first} / {then}" in page
    assert page.count("Minato Hall / みなとホール") + page.count("みなとホール / Minato Hall") == 1
    # Each of a description's languages is a paragraph of its own.
    assert "What the **whole event** was for.\n\n催しの**全体**の説明" in page or (
        "催しの**全体**の説明\n\nWhat the **whole event** was for." in page
    )
