"""A file → an event and its problems: each fault has its place, and costs only itself."""

import copy
import re
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from conftest import ROOT, SHARED
from counting import grows_linearly
from eventreports.core.dates import PartialDate
from eventreports.core.model import (
    Attachment,
    Event,
    Organization,
    Person,
    Resource,
    Room,
    Session,
    SponsorTier,
    Venue,
)
from eventreports.core.problems import Code, Mark, Problem, Severity
from eventreports.core.texts import LocalizedText
from eventreports.loader import MAX_REPORTED, LoadedEvent, load
from sphinxcommon.messages import Message
from sphinxcommon.suggestions import did_you_mean

pytestmark = pytest.mark.once

WILD = settings(max_examples=60)

NAME = "japan-container-days-v1804"

Place = tuple[str, int, int]
Load = Callable[[str], LoadedEvent]

UNQUOTED = "; a text that begins with “[” needs quotes: "


@pytest.fixture
def loaded(tmp_path: Path) -> Load:
    """Load a text as the file of the event ``x``; that sessions have no ids is left out."""
    path = tmp_path / "events" / "x" / "event.yaml"
    path.parent.mkdir(parents=True)
    (path.parent / "slides.pdf").touch()
    (path.parent / "logo.png").touch()

    def load_text(text: str) -> LoadedEvent:
        path.write_text(text, encoding="utf-8")
        return without_hint(load(path, tmp_path))

    return load_text


def without_hint(found: LoadedEvent) -> LoadedEvent:
    """What was found, but for the hints that sessions have no ids or no dates."""
    hints = (Code.NO_ID, Code.NO_DATE)
    others = tuple(one for one in found.problems if one.code not in hints)
    return replace(found, problems=others)


def event_of(found: LoadedEvent) -> Event:
    """The event of a file in which nothing is wrong."""
    assert [str(problem) for problem in found.problems] == []
    assert found.event is not None
    return found.event


def places(found: LoadedEvent) -> list[Place]:
    return [(problem.code.label, *problem.mark) for problem in found.problems]


def reported(found: LoadedEvent) -> list[str]:
    """Line, column, message and code of each problem."""
    return [str(problem).removeprefix("events/x/event.yaml:") for problem in found.problems]


def said(value: Any) -> Any:
    """What the author has said of a thing, but for its id."""
    match value:
        case LocalizedText():
            return value.root.get("", dict(value.root))
        case PartialDate():
            return value.isoformat()
        case BaseModel():
            given = {key: said(getattr(value, key)) for key in value.model_fields_set - {"id"}}
            return {key: below for key, below in given.items() if below not in ([], None)}
        case tuple():
            return [said(item) for item in value]
        case _:
            return value


# Real reports


def counted_folders() -> list[Any]:
    skip = pytest.mark.skipif(not SHARED.is_dir(), reason="there is no ../shared")
    return [
        pytest.param(ROOT / "events" / NAME, id="repository"),
        pytest.param(SHARED / "seed" / NAME, id="seed", marks=skip),
    ]


@pytest.mark.parametrize("folder", counted_folders())
def test_the_seed_report_is_read_as_counted(folder: Path) -> None:
    event = event_of(load(folder / "event.yaml", folder.parent))
    assert event.id == NAME
    sessions = event.sessions
    assert len(sessions) == 9
    assert len({session.id for session in sessions}) == 9
    assert all(session.title and session.speakers for session in sessions)

    slides = [slide for session in sessions for slide in session.slides]
    links = [slide.url for slide in slides if slide.status == "available"]
    assert len(links) == len(set(links)) == 8
    assert [(slide.status, str(slide.text)) for slide in slides if not slide.url] == [
        ("not-shared", "共有なし")
    ]

    speakers = [speaker for session in sessions for speaker in session.speakers]
    assert len(speakers) == 10
    assert all(speaker.name and speaker.affiliation for speaker in speakers)
    (shared_talk,) = (session for session in sessions if len(session.speakers) > 1)
    assert [str(speaker.affiliation) for speaker in shared_talk.speakers] == [
        "Yahoo! Japan",
        "Z Lab",
    ]

    assert len(event.supporters) == 10
    assert len(event.sponsors) == 10
    assert event.sponsor_tiers == ()
    assert [tier.name for tier in event.tiers] == [None]
    assert str(event.sponsors[0].name) == "Amazon ウェブ サービス ジャパン株式会社"
    assert event.capacity == 540
    assert event.capacity_text is None
    assert [str(reporter.name) for reporter in event.reporters] == ["ボム"]

    assert len(event.files) == 5
    assert {str(file.uploader) for file in event.files} == {"李 大範"}
    assert {file.date for file in event.files} == {(2018, 4, 26)}
    assert not any(file.path or file.url for file in event.files)

    assert str(event.name) == "Japan Container Days v18.04"
    assert str(event.title) == "20180419 Japan Container Days v18.04"
    assert event.url is None
    assert event.date == event.first_date == event.last_date == (2018, 4, 19)
    assert str(event.date_text or "2018年4月19日(木)") == "2018年4月19日(木)"
    assert event.venue is not None
    assert str(event.venue.name) == "ベルサール神田"
    starts = "".join(str(session.title)[0] for session in sessions)
    assert starts.count('"') == starts.count("~") == 1


@pytest.mark.parametrize("folder", counted_folders())
def test_the_notes_of_the_seed_report_are_as_counted(folder: Path) -> None:
    event = event_of(load(folder / "event.yaml", folder.parent))
    page = (folder / "index.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^#### メモ$", page, re.MULTILINE)) == 9
    assert len(re.findall(r"^#### ポイント$", page, re.MULTILINE)) == 9
    linked = set(re.findall(r"https://(?:speakerdeck\.com|www\.slideshare\.net)/[^\s)>]+", page))
    in_sessions = {slide.url for session in event.sessions for slide in session.slides}
    assert len(linked - in_sessions) == 1


# Forms


def facts(text: str, loaded: Load) -> dict[str, Any]:
    return event_of(loaded(text)).model_dump()


@pytest.mark.parametrize(
    ("short", "long"),
    [
        pytest.param("venue: Hall", "venue: {name: Hall}", id="venue"),
        pytest.param("sponsors: Acme", "sponsors: [{name: Acme}]", id="organization"),
        pytest.param(
            "reporters: Aoi Sato (Acme)",
            "reporters: [{name: Aoi Sato, affiliation: Acme}]",
            id="person",
        ),
        pytest.param(
            "reporters: 佐藤 葵\uff08株式会社アクメ\uff09",
            "reporters: [{name: 佐藤 葵, affiliation: 株式会社アクメ}]",
            id="person-in-wide-brackets",
        ),
        pytest.param("reporters: [Aoi]", "reporters: {name: Aoi}", id="person-without-company"),
        pytest.param("sessions: [Talk]", "sessions: [{title: Talk}]", id="session"),
        pytest.param("links: https://a.example", "links: [{url: https://a.example}]", id="url"),
        pytest.param("links: slides.pdf", "links: [{path: slides.pdf}]", id="path"),
        pytest.param("files: slides.pdf", "files: [{path: slides.pdf}]", id="file"),
        pytest.param("files: [https://a.example]", "files: {url: https://a.example}", id="far"),
        pytest.param("topics: Go", "topics: [Go]", id="topic"),
        pytest.param("name: イベント", "name: {ja: イベント}", id="text"),
        pytest.param("topics:", "topics: []", id="empty-list"),
        pytest.param("venue:", "venue: null", id="nothing"),
        pytest.param("format: 1", "format: '1'", id="quoted"),
        pytest.param(
            "sponsor_tiers: [{name: Gold, sponsors: [A, B]}]",
            "sponsor_tiers: [{name: Gold, sponsors: [{name: A}, {name: B}]}]",
            id="tier",
        ),
        pytest.param(
            "sessions: [{title: T, slides: https://a.example, topics: Go}]",
            "sessions: {title: {ja: T}, slides: [{url: https://a.example}], topics: [Go]}",
            id="within-a-session",
        ),
    ],
)
def test_short_and_long_forms_say_the_same(short: str, long: str, loaded: Load) -> None:
    if short.startswith("name"):
        as_short, as_long = event_of(loaded(short)), event_of(loaded(long))
        assert str(as_short.name) == str(as_long.name) == "イベント"
        return
    long = long.replace("{ja: T}", "T")
    assert facts(f"name: E\n{short}\n", loaded) == facts(f"name: E\n{long}\n", loaded)


@pytest.mark.parametrize(
    ("text", "name", "affiliation"),
    [
        ("Masaya Aoyama (CyberAgent)", "Masaya Aoyama", "CyberAgent"),
        ("Name(Company)", "Name", "Company"),
        ("Name (Preferred Networks, Inc.)", "Name", "Preferred Networks, Inc."),
        ("Last, First", "Last, First", None),
        ("Name (a) (b)", "Name (a)", "b"),
        ("(Company)", "(Company)", None),
        ("Name (Company) Esq.", "Name (Company) Esq.", None),
        ("Name ()", "Name ()", None),
    ],
)
def test_a_company_in_brackets_is_the_affiliation(
    text: str, name: str, affiliation: str | None, loaded: Load
) -> None:
    (person,) = event_of(loaded(f'name: E\nreporters: ["{text}"]\n')).reporters
    assert str(person.name) == name
    assert (str(person.affiliation) if person.affiliation else None) == affiliation


def test_the_three_ways_of_having_no_slides_stay_three(loaded: Load) -> None:
    event = event_of(
        loaded(
            "name: E\nsessions:\n"
            "- {title: a}\n"
            "- {title: b, slides: {status: not-shared}}\n"
            "- {title: c, slides: {status: later, text: 来週}}\n"
            "- {title: d, slides: {status: gone, url: https://a.example, archived: https://b.example}}\n"
        )
    )
    kinds = [[(slide.status, slide.url) for slide in s.slides] for s in event.sessions]
    assert kinds == [
        [],
        [("not-shared", None)],
        [("later", None)],
        [("gone", "https://a.example")],
    ]
    assert str(event.sessions[2].slides[0].text) == "来週"
    assert event.sessions[3].slides[0].archived == "https://b.example"


def test_texts_lose_the_blanks_around_them_and_nothing_else(loaded: Load) -> None:
    event = event_of(loaded('name: " \u3000a  b\u3000"\ntopics: [" On ", "C#"]\n'))
    assert str(event.name) == "a  b"
    assert event.topics == ("On", "C#")


@pytest.mark.parametrize(
    ("written", "number"), [("540", 540), ("1,000", 1000), ("0540", 540), ("0", 0), ("'540'", 540)]
)
def test_a_capacity_is_a_number(written: str, number: int, loaded: Load) -> None:
    assert event_of(loaded(f"name: E\ncapacity: {written}\n")).capacity == number


def test_sponsors_without_a_tier_stand_after_the_tiers(loaded: Load) -> None:
    event = event_of(
        loaded(
            "name: E\nsponsors: [Loose]\nsponsor_tiers:\n- {name: Gold, sponsors: A}\n- {name: X}\n"
        )
    )
    tiers = [(str(t.name or ""), [str(s.name) for s in t.sponsors]) for t in event.tiers]
    assert tiers == [("Gold", ["A"]), ("X", []), ("", ["Loose"])]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("date: 2018-04", (2018, 4, 0), (2018, 4, 0)),
        ("start_date: 2018-04-19\nend_date: 2018-04-20", (2018, 4, 19), (2018, 4, 20)),
        ("start_date: 2018", (2018, 0, 0), (2018, 0, 0)),
        ("end_date: 2018-04-20", (2018, 4, 20), (2018, 4, 20)),
        ("start_date: 2018-04-19\nend_date: 2018-04-19", (2018, 4, 19), (2018, 4, 19)),
        ("timezone: Asia/Tokyo", None, None),
    ],
)
def test_first_and_last_day(text: str, first: object, last: object, loaded: Load) -> None:
    event = event_of(loaded(f"name: E\n{text}\n"))
    assert (event.first_date, event.last_date) == (first, last)


def test_an_end_that_is_less_known_than_the_start_is_not_before_it(loaded: Load) -> None:
    """From 19 April to some day of April, or of the year: nothing contradicts."""
    for end in ("2018-04", "2018"):
        event_of(loaded(f"name: E\nstart_date: 2018-04-19\nend_date: {end}\n"))


def test_keys_keep_the_authors_order_and_places(loaded: Load) -> None:
    event = event_of(
        loaded("sponsors: [A]\nname: E\nsupporters:\n- {url: https://b.example, name: B}\n")
    )
    assert event.keys_in_order == ["sponsors", "name", "supporters"]
    assert event.mark() == (1, 1)
    assert event.mark("supporters") == (4, 1)
    assert event.mark("name") == (2, 7)
    assert event.sponsors[0].mark() == (1, 12)
    assert event.supporters[0].mark("name") == (4, 34)
    assert event.supporters[0].mark("logo") == event.supporters[0].mark() == (4, 3)


# Languages


TITLE = LocalizedText({"en": "E", "ja": "J", "pt-BR": "P", "zh_TW": "Z"})


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "J"),
        ("en", "E"),
        ("ja_JP", "J"),
        ("ja-JP", "J"),
        ("en_GB", "E"),
        ("pt-BR", "P"),
        ("pt_BR", "P"),
        ("zh_TW", "Z"),
        ("zh-TW", "Z"),
        ("fr", "E"),
        ("", "E"),
    ],
)
def test_a_text_in_the_sites_language_else_the_first(language: str, text: str) -> None:
    assert TITLE.in_language(language) == text
    assert str(TITLE) == "E"


def test_a_text_in_no_said_language_is_for_all(loaded: Load) -> None:
    event = event_of(loaded("name: E\nsessions: [{title: {ja: 題, en: Title}}]\n"))
    assert event.name is not None
    assert {event.name.in_language(language) for language in ("ja", "en", "fr")} == {"E"}
    title = event.sessions[0].title
    assert title is not None
    assert (title.in_language("en"), title.in_language("fr")) == ("Title", "題")


# Ids


def test_ids_are_the_folders_name_and_come_from_titles(loaded: Load) -> None:
    event = event_of(loaded("name: E\nsessions: [Deep Dive!, {id: 合宿.1, title: Camp}]\n"))
    assert event.id == "x"
    assert [session.id for session in event.sessions] == ["deep-dive", "合宿.1"]
    assert event.session("deep-dive") is event.sessions[0]
    assert event.session("nothing") is None
    assert event_of(loaded("name: E\nid: own\n")).id == "own"


def test_an_id_that_stands_twice_stays_with_the_first(loaded: Load) -> None:
    found = loaded(
        "name: E\nsessions:\n"
        "- {id: a, title: One}\n- {id: b, title: Two}\n- {title: Three, id: a}\n"
    )
    assert reported(found) == [
        "5:22: the id “a” is taken by the session in line 3 [event.duplicate-id]"
    ]
    assert found.event is not None
    assert [session.id for session in found.event.sessions] == ["a", "b", "three"]
    assert found.event.sessions[2].mark("title") == (5, 11)


def test_an_id_may_stand_again_within_the_session_that_has_it(loaded: Load) -> None:
    found = loaded("name: E\nsessions: [{id: a, title: A, children: [{id: a, title: B}]}]\n")
    assert places(found) == [("duplicate-id", 2, 46)]
    assert found.event is not None
    assert [session.id for session in found.event.all_sessions] == ["a", "b"]


@pytest.mark.parametrize(
    ("sessions", "marks"),
    [
        ("[{id: a, title: A}]", []),
        ("[A, {id: b, title: B}]", [Mark(2, 12)]),
        ("[{id: b, title: B, children: [{id: c, title: C}, D]}, E]", [Mark(2, 60)]),
        # It has no title either, or one that is wrong, or an id that is.
        ("[{start: 9:00}, {title: [a]}, {id: a b, title: C}]", []),
        # YAML cannot read the file as it stands.
        ("[A, {title: B}, C", []),
    ],
)
def test_that_sessions_have_no_id_is_a_hint_with_the_command(
    sessions: str, marks: list[Mark], tmp_path: Path
) -> None:
    path = tmp_path / "events" / "my event" / "event.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(f"name: E\nsessions: {sessions}\n", encoding="utf-8")
    found = [one for one in load(path, tmp_path).problems if one.code is Code.NO_ID]
    assert [one.mark for one in found] == marks
    assert not any(one.is_fault for one in found)
    command = 'eventreports check --fix "events/my event/event.yaml"'
    assert all(str(one.message).endswith(command) for one in found)


# Faults, one at a time

#: Nothing of it is wrong; each test adds a line that is.
EVENT_KEYS = (
    "format, id, name, title, description, image, color, kind, series, status, status_text, date, "
    "start_date, end_date, date_text, days, timezone, venue, url, hashtag, capacity, "
    "capacity_text, attendance_mode, attendance, attendance_text, language, organizers, "
    "supporters, sponsors, sponsor_tiers, media_partners, groups, reporters, participants, "
    "purpose, license, visibility, visibility_text, recipients, published, updated, old_ids, "
    "topics, links, tracks, slots, sessions, files"
)
BASE = """\
name: Event
url: https://event.example
sessions:
- {id: one, title: One, speakers: Aoi (Acme)}
"""
ONE = {"title": "One", "speakers": [{"name": "Aoi", "affiliation": "Acme"}]}


def with_left(left: dict[str, Any]) -> dict[str, Any]:
    """What is said by the base and by what is left of a line."""
    sessions = [ONE, *left.get("sessions", [])]
    return {"name": "Event", "url": "https://event.example", **left, "sessions": sessions}


@pytest.mark.parametrize(
    ("line", "place", "code", "message", "left"),
    [
        pytest.param(
            "date: 2018-02-30",
            "5:7",
            "date",
            "date: there is no 2018-02-30 in the calendar",
            {},
            id="no-such-day",
        ),
        pytest.param(
            "date: 20008-02-24",
            "5:7",
            "date",
            "date: “20008-02-24” is no date; write 2018-04-19, 2018-04 or 2018",
            {},
            id="five-digits",
        ),
        pytest.param(
            "date: 19.4.2018",
            "5:7",
            "date",
            "date: “19.4.2018” is no date; write “date: 2018-04-19”; it is read as such",
            {"date": "2018-04-19"},
            id="day-first",
        ),
        pytest.param(
            "date: 2018/4/19",
            "5:7",
            "date",
            "date: “2018/4/19” is no date; write “date: 2018-04-19”; it is read as such",
            {"date": "2018-04-19"},
            id="other-form",
        ),
        pytest.param(
            "date: next spring",
            "5:7",
            "date",
            "date: “next spring” is no date; write 2018-04-19, 2018-04 or 2018; a wording of your "
            "own goes into “date_text: next spring”",
            {},
            id="date-word",
        ),
        pytest.param(
            "date: [2018]",
            "5:7",
            "type",
            "date: one value expected, found a list; write “date: 2018”; it is read as such",
            {"date": "2018"},
            id="date-list",
        ),
        pytest.param(
            "date: {year: 2018}",
            "5:7",
            "type",
            "date: a text expected, found a mapping",
            {},
            id="date-mapping",
        ),
        pytest.param(
            "date: ''",
            "5:7",
            "empty",
            "date: nothing stands here; write a text, or remove it",
            {},
            id="date-empty",
        ),
        pytest.param(
            "capacity: 540名",
            "5:11",
            "value",
            "capacity: “540名” is no whole number; write “capacity: 540”; it is read as such",
            {"capacity": 540},
            id="no-number",
        ),
        pytest.param(
            "capacity: -5",
            "5:11",
            "value",
            "capacity: a whole number expected, found “-5”; another wording goes into "
            "“capacity_text: -5”",
            {},
            id="negative",
        ),
        pytest.param(
            "capacity: 12345678901",
            "5:11",
            "value",
            "capacity: a whole number expected, found “12345678901”; another wording "
            "goes into “capacity_text: 12345678901”",
            {},
            id="too-many",
        ),
        pytest.param(
            "capacity: ','",
            "5:11",
            "value",
            "capacity: a whole number expected, found “,”; another wording goes into "
            "“capacity_text: ,”",
            {},
            id="no-digit",
        ),
        pytest.param(
            "capacity: {a: b}",
            "5:11",
            "type",
            "capacity: a text expected, found a mapping",
            {},
            id="capacity-mapping",
        ),
        pytest.param(
            "timezone: Asia/Tokio",
            "5:11",
            "timezone",
            "timezone: “Asia/Tokio” is no time zone; write “timezone: Asia/Tokyo”; it is read as "
            "such",
            {"timezone": "Asia/Tokyo"},
            id="zone-slip",
        ),
        pytest.param(
            "timezone: JST",
            "5:11",
            "timezone",
            "timezone: “JST” is no time zone; write “timezone: Asia/Tokyo”; it is read as such",
            {"timezone": "Asia/Tokyo"},
            id="zone-short",
        ),
        pytest.param(
            "timezone: Tokyo",
            "5:11",
            "timezone",
            "timezone: “Tokyo” is no time zone; write “timezone: Asia/Tokyo”; it is read as such",
            {"timezone": "Asia/Tokyo"},
            id="zone-city",
        ),
        pytest.param(
            "timezone: asia/tokyo",
            "5:11",
            "timezone",
            "timezone: “asia/tokyo” is no time zone; write “timezone: Asia/Tokyo”; it is read as "
            "such",
            {"timezone": "Asia/Tokyo"},
            id="zone-small",
        ),
        pytest.param(
            "sponsers: [A]",
            "5:1",
            "unknown-key",
            "unknown key “sponsers” (did you mean “sponsors”?); it is read as such",
            {"sponsors": [{"name": "A"}]},
            id="slip",
        ),
        pytest.param(
            "dat: soon",
            "5:1",
            "unknown-key",
            "unknown key “dat” (did you mean “date”?); “soon” is no date; write 2018-04-19, "
            "2018-04 or 2018; a wording of your own goes into “date_text: soon”",
            {},
            id="slip-and-fault",
        ),
        pytest.param(
            "xyzzy: 1",
            "5:1",
            "unknown-key",
            f"unknown key “xyzzy”; known are {EVENT_KEYS}",
            {},
            id="unknown",
        ),
        pytest.param(
            "speakers: Aoi",
            "5:1",
            "unknown-key",
            "unknown key “speakers”; the key “speakers” belongs to “session”",
            {},
            id="of-a-session",
        ),
        pytest.param(
            "null: 1",
            "5:1",
            "unknown-key",
            f"unknown key “null”; known are {EVENT_KEYS}",
            {},
            id="null-key",
        ),
        pytest.param(
            "Name: Event 2",
            "5:1",
            "unknown-key",
            "unknown key “Name”; “name” is meant, which stands here too: keep one of them",
            {},
            id="capitals",
        ),
        pytest.param(
            "id: a b",
            "5:5",
            "value",
            "id: “a b” is no id: use letters, digits, “-”, “_” and “.”, no spaces "
            "(did you mean “a-b”?)",
            {},
            id="id-with-blank",
        ),
        pytest.param(
            "id: ''",
            "5:5",
            "empty",
            "id: nothing stands here; write a text, or remove it",
            {},
            id="empty-id",
        ),
        pytest.param(
            "hashtag: ''",
            "5:10",
            "empty",
            "hashtag: nothing stands here; write a text, or remove it",
            {},
            id="empty-text",
        ),
        pytest.param(
            "title: '\u3000'",
            "5:8",
            "empty",
            "title: nothing stands here; write a text, or remove it",
            {},
            id="blank-text",
        ),
        pytest.param(
            "title: [a]",
            "5:8",
            "type",
            'title: a text expected, found a list; a text that begins with “[” needs quotes: "[a]"',
            {},
            id="title-list",
        ),
        pytest.param(
            "title: {jp site: x}",
            "5:8",
            "type",
            "title: a text expected, or texts by language ({ja: …, en: …}); a text with "
            'a colon needs quotes: "jp site: x"',
            {},
            id="title-language",
        ),
        pytest.param(
            "title: {Rust: a survey}",
            "5:8",
            "type",
            "title: a text expected, or texts by language ({ja: …, en: …}); a text with "
            'a colon needs quotes: "Rust: a survey"',
            {},
            id="title-colon",
        ),
        pytest.param(
            "title: {}",
            "5:8",
            "type",
            "title: a text expected, or texts by language ({ja: …, en: …})",
            {},
            id="title-no-language",
        ),
        pytest.param(
            "title: {ja: [x], en: E}",
            "5:13",
            "type",
            'ja: a text expected, found a list; a text that begins with “[” needs quotes: "[x]"',
            {"title": {"en": "E"}},
            id="language-list",
        ),
        pytest.param(
            "name: ''",
            "5:1",
            "duplicate-key",
            "the key “name” stands here again; the first is in line 1",
            {},
            id="name-again",
        ),
        pytest.param(
            "format: 2",
            "5:9",
            "value",
            "format: “2” is no version; use 1",
            {},
            id="format",
        ),
        pytest.param(
            "format: 1.0",
            "5:9",
            "value",
            "format: “1.0” is no version; use 1",
            {},
            id="format-number",
        ),
        pytest.param(
            "venue: [A]",
            "5:8",
            "type",
            f'venue: a name or a mapping expected, found a list{UNQUOTED}"[A]"',
            {},
            id="venue-list",
        ),
        pytest.param(
            "venue: [A, B]",
            "5:8",
            "type",
            f'venue: a name or a mapping expected, found a list{UNQUOTED}"[A, B]"',
            {},
            id="venue-lists",
        ),
        pytest.param(
            "venue: ''",
            "5:8",
            "empty",
            "venue: nothing stands here; write a text, or remove it",
            {},
            id="venue-empty",
        ),
        pytest.param(
            "venue: {nmae: A}",
            "5:9",
            "unknown-key",
            "unknown key “nmae” (did you mean “name”?)",
            {"venue": {}},
            id="venue-slip",
        ),
        pytest.param(
            "venue: {name: H, url: a}",
            "5:23",
            "url",
            "url: “a” has no scheme; write https://a",
            {"venue": {"name": "H"}},
            id="venue-url",
        ),
        pytest.param(
            "venue: {name: H, rooms: [A, [B], C]}",
            "5:29",
            "type",
            "rooms: a name or a mapping expected, found a list; a text that begins with “[” needs "
            'quotes: "[B]"',
            {"venue": {"name": "H", "rooms": [{"name": "A"}, {"name": "C"}]}},
            id="room-list",
        ),
        pytest.param(
            "venue: {name: H, rooms: [A, , C]}",
            "5:29",
            "syntax",
            "nothing stands between two commas; remove one",
            {"venue": {"name": "H", "rooms": [{"name": "A"}, {"name": "C"}]}},
            id="room-comma",
        ),
        pytest.param(
            "sponsor_tiers: Gold",
            "5:16",
            "type",
            "sponsor_tiers: keys and values expected, found the text “Gold”",
            {},
            id="tier-text",
        ),
        pytest.param(
            "sponsor_tiers: {Gold: [A]}",
            "5:17",
            "unknown-key",
            "unknown key “Gold”; write “- {name: Gold, sponsors: [A]}”",
            {"sponsor_tiers": [{}]},
            id="tier-mapping",
        ),
        pytest.param(
            "sponsors: [A, [B]]",
            "5:15",
            "type",
            f'sponsors: a name or a mapping expected, found a list{UNQUOTED}"[B]"',
            {"sponsors": [{"name": "A"}]},
            id="list-in-list",
        ),
        pytest.param(
            "sponsors: [A, ~]",
            "5:15",
            "empty",
            "sponsors: an item with nothing in it; write it, or remove its “-”",
            {"sponsors": [{"name": "A"}]},
            id="nothing-in-list",
        ),
        pytest.param(
            "sponsors: [A, '']",
            "5:15",
            "empty",
            "sponsors: nothing stands here; write a text, or remove it",
            {"sponsors": [{"name": "A"}]},
            id="empty-in-list",
        ),
        pytest.param(
            "sponsors: [A, {name: B, url: 'javascript:x'}]",
            "5:30",
            "url",
            "url: “javascript:” is not allowed in a link; allowed are https, http, mailto",
            {"sponsors": [{"name": "A"}, {"name": "B"}]},
            id="javascript",
        ),
        pytest.param(
            "sponsors: [A, {name: B, url: [x]}]",
            "5:30",
            "type",
            "url: a text expected, found a list; write x",
            {"sponsors": [{"name": "A"}, {"name": "B"}]},
            id="url-list",
        ),
        pytest.param(
            "sponsors: {A: B}",
            "5:12",
            "unknown-key",
            'unknown key “A”; a text with a colon needs quotes: "A: B"',
            {"sponsors": [{}]},
            id="sponsor-colon",
        ),
        pytest.param(
            "links: htp://a.example",
            "5:8",
            "url",
            "url: “htp:” is not allowed in a link; allowed are https, http, "
            "mailto (did you mean “http”?)",
            {},
            id="scheme-slip",
        ),
        pytest.param(
            "links: ftp://a.example",
            "5:8",
            "url",
            "url: “ftp:” is not allowed in a link; allowed are https, http, mailto",
            {},
            id="ftp",
        ),
        pytest.param(
            'links: "https://a.example/a b"',
            "5:8",
            "url",
            "url: “https://a.example/a b” has a space inside; write https://a.example/a%20b",
            {},
            id="url-blank",
        ),
        pytest.param(
            'links: " https://a.example "',
            "5:8",
            "url",
            "spaces stand around the URL; write https://a.example",
            {"links": [{"url": "https://a.example"}]},
            id="url-blanks",
        ),
        pytest.param(
            "links: [//a.example]",
            "5:9",
            "url",
            "url: “//a.example” has no scheme; write https://a.example",
            {},
            id="no-scheme",
        ),
        pytest.param(
            "links: https://",
            "5:8",
            "url",
            "url: “https://” names no host",
            {},
            id="no-host",
        ),
        pytest.param(
            'links: {url: "https://a\\u200b.example"}',
            "5:14",
            "invisible",
            "an invisible character, U+200B ZERO WIDTH SPACE; remove it",
            {"links": [{"url": "https://a.example"}]},
            id="no-width",
        ),
        pytest.param(
            'links: {url: "https://a.example/\\u202efdp"}',
            "5:14",
            "invisible",
            "an invisible character, U+202E RIGHT-TO-LEFT OVERRIDE; remove it",
            {"links": [{"url": "https://a.example/fdp"}]},
            id="bidi",
        ),
        pytest.param(
            "links: {status: nope}",
            "5:17",
            "value",
            "status: “nope” is no state of sharing; use available, not-shared, not-recorded, "
            "later, gone",
            {"links": [{}]},
            id="status",
        ),
        pytest.param(
            "links: {status: not_shared}",
            "5:17",
            "value",
            "status: “not_shared” is no state of sharing; write “status: not-shared”; it is read "
            "as such",
            {"links": [{"status": "not-shared"}]},
            id="status-slip",
        ),
        pytest.param(
            "links: {status: later, txt: soon}",
            "5:24",
            "unknown-key",
            "unknown key “txt” (did you mean “text”?); it is read as such",
            {"links": [{"status": "later", "text": "soon"}]},
            id="text-slip",
        ),
        pytest.param(
            "links: {url: 'https://a.example', titel: x}",
            "5:35",
            "unknown-key",
            "unknown key “titel” (did you mean “title”?); it is read as such",
            {"links": [{"url": "https://a.example", "title": "x"}]},
            id="link-slip",
        ),
        pytest.param(
            "files: [{name: a, date: soon}]",
            "5:25",
            "date",
            "date: “soon” is no date; write 2018-04-19, 2018-04 or 2018",
            {"files": [{"name": "a"}]},
            id="file-date",
        ),
        pytest.param(
            "files: [{nam: a}]",
            "5:10",
            "unknown-key",
            "unknown key “nam” (did you mean “name”?); it is read as such",
            {"files": [{"name": "a"}]},
            id="file-slip",
        ),
        pytest.param(
            "- {title: Two, start: 9h}",
            "5:23",
            "time",
            "start: “9h” is no time; write 9:30 or 13:00",
            {"sessions": [{"title": "Two"}]},
            id="time-word",
        ),
        pytest.param(
            "- {title: Two, start: 9:0}",
            "5:23",
            "time",
            "start: “9:0” is no time; write 9:30 or 13:00",
            {"sessions": [{"title": "Two"}]},
            id="time-minute",
        ),
        pytest.param(
            "- {title: Two, start: 30:00}",
            "5:23",
            "time",
            "start: there is no 30:00 on a clock; write 9:30 or 13:00",
            {"sessions": [{"title": "Two"}]},
            id="time-late",
        ),
        pytest.param(
            "- {titel: Two}",
            "5:4",
            "unknown-key",
            "unknown key “titel” (did you mean “title”?); it is read as such",
            {"sessions": [{"title": "Two"}]},
            id="session-slip",
        ),
        pytest.param(
            "- {title: Two, speaker: B}",
            "5:16",
            "unknown-key",
            "unknown key “speaker” (did you mean “speakers”?); it is read as such",
            {"sessions": [{"title": "Two", "speakers": [{"name": "B"}]}]},
            id="speaker-key",
        ),
        pytest.param(
            "- {title: Two, kind: DJ Set}",
            "5:22",
            "value",
            "kind: “DJ Set” is no kind of session; write “kind: other”, “kind_text: DJ Set”; it is "
            "read as such",
            {"sessions": [{"title": "Two", "kind": "other", "kind_text": "DJ Set"}]},
            id="kind-of-ones-own",
        ),
        pytest.param(
            "- {title: Two, speakers: [{name: B, compny: A}]}",
            "5:37",
            "unknown-key",
            "unknown key “compny”; known are name, reading, aliases, affiliation, job_title, "
            "role, url, links",
            {"sessions": [{"title": "Two", "speakers": [{"name": "B"}]}]},
            id="person-key",
        ),
        pytest.param(
            "- {title: Two, speakers: {nam: B}}",
            "5:27",
            "unknown-key",
            "unknown key “nam” (did you mean “name”?); it is read as such",
            {"sessions": [{"title": "Two", "speakers": [{"name": "B"}]}]},
            id="person-slip",
        ),
        pytest.param(
            "- {title: Two, slides: [{url: '//a.example'}]}",
            "5:31",
            "url",
            "url: “//a.example” has no scheme; write https://a.example",
            {"sessions": [{"title": "Two", "slides": [{}]}]},
            id="slides-url",
        ),
        pytest.param(
            "- {title: Two, topics: [a, {b: c}]}",
            "5:28",
            "type",
            'topics: a text expected, found a mapping; a text with a colon needs quotes: "b: c"',
            {"sessions": [{"title": "Two", "topics": ["a"]}]},
            id="topic",
        ),
        pytest.param(
            "- {title: Two, language: [ja, jp]}",
            "5:31",
            "value",
            "language: “jp” is no language; write a tag such as ja or en (did you mean “ja”?)",
            {"sessions": [{"title": "Two", "language": ["ja"]}]},
            id="language-of-session",
        ),
        pytest.param(
            "- [Two]",
            "5:3",
            "type",
            f'sessions: a title or a mapping expected, found a list{UNQUOTED}"[Two]"',
            {},
            id="list-as-session",
        ),
        pytest.param(
            "-",
            "5:2",
            "empty",
            "sessions: an item with nothing in it; write it, or remove its “-”",
            {},
            id="empty-session",
        ),
        pytest.param(
            "- ''",
            "5:3",
            "empty",
            "sessions: nothing stands here; write a text, or remove it",
            {},
            id="blank-session",
        ),
        pytest.param(
            "- Two: a survey",
            "5:3",
            "unknown-key",
            'unknown key “Two”; a text with a colon needs quotes: "Two: a survey"',
            {"sessions": [{}]},
            id="session-colon",
        ),
        pytest.param(
            "- {title: Two, id: a/b}",
            "5:20",
            "value",
            "id: “a/b” is no id: use letters, digits, “-”, “_” and “.”, no spaces "
            "(did you mean “a-b”?)",
            {"sessions": [{"title": "Two"}]},
            id="session-id",
        ),
        pytest.param(
            "- {title: Two, date: 2018-13}",
            "5:22",
            "date",
            "date: there is no 2018-13 in the calendar",
            {"sessions": [{"title": "Two"}]},
            id="session-date",
        ),
        pytest.param(
            "- {title: Two, description: [a]}",
            "5:29",
            "type",
            f'description: a text expected, found a list{UNQUOTED}"[a]"',
            {"sessions": [{"title": "Two"}]},
            id="session-description",
        ),
    ],
)
def test_a_fault_is_reported_once_and_costs_only_itself(
    line: str, place: str, code: str, message: str, left: dict[str, Any], loaded: Load
) -> None:
    found = loaded(f"{BASE}{line}\n")
    assert reported(found) == [f"{place}: {message} [event.{code}]"]
    assert said(found.event) == with_left(left)


@pytest.mark.parametrize(
    ("line", "left"),
    [
        pytest.param("date: 2018-04", {"date": "2018-04"}, id="month"),
        pytest.param(
            "date: \uff12\uff10\uff11\uff18-04-19", {"date": "2018-04-19"}, id="wide-date"
        ),
        pytest.param("timezone: Asia/Tokyo", {"timezone": "Asia/Tokyo"}, id="zone"),
        pytest.param("capacity: \uff15\uff14\uff10", {"capacity": 540}, id="wide-number"),
        pytest.param(
            "links: mailto:a@a.example", {"links": [{"url": "mailto:a@a.example"}]}, id="mail"
        ),
        pytest.param(
            "links: HTTP://A.example", {"links": [{"url": "HTTP://A.example"}]}, id="capitals"
        ),
        pytest.param("id:", {}, id="nothing"),
        pytest.param("venue: ~", {}, id="null"),
        pytest.param("venue: {name: H, url: }", {"venue": {"name": "H"}}, id="nothing-below"),
        pytest.param("title: |\n  One\n  Two", {"title": "One Two"}, id="lines"),
        pytest.param("title: >\n  One\n\n  Two", {"title": "One Two"}, id="folded"),
        pytest.param('title: "C:\\nTwo"', {"title": "C: Two"}, id="escaped-line"),
        pytest.param(
            "description: |\n  One\n\n  Two", {"description": "One\n\nTwo"}, id="paragraphs"
        ),
        pytest.param(
            "- {title: Two, start: 9:00, end: 25:00}",
            {"sessions": [{"title": "Two", "start": "09:00", "end": "25:00"}]},
            id="times",
        ),
        pytest.param(
            "- {title: Two, start: \uff19\uff1a\uff10\uff10}",
            {"sessions": [{"title": "Two", "start": "09:00"}]},
            id="wide-time",
        ),
        pytest.param("- {title: Two, end}", {"sessions": [{"title": "Two"}]}, id="key-alone"),
        pytest.param(
            "sponsors: [Yamada (Taro) & Co.]",
            {"sponsors": [{"name": "Yamada (Taro) & Co."}]},
            id="brackets",
        ),
    ],
)
def test_what_may_be_written_so_is_right(line: str, left: dict[str, Any], loaded: Load) -> None:
    assert said(event_of(loaded(f"{BASE}{line}\n"))) == with_left(left)


def test_each_empty_item_of_a_list_is_reported_where_it_stands(loaded: Load) -> None:
    found = loaded("name: E\ntopics: [A, '', B, ~]\nsponsors:\n- A\n-\n- ''\n")
    assert reported(found) == [
        "2:13: topics: nothing stands here; write a text, or remove it [event.empty]",
        "2:20: topics: nothing stands here; write a text, or remove it [event.empty]",
        "5:2: sponsors: an item with nothing in it; write it, or remove its “-” [event.empty]",
        "6:3: sponsors: nothing stands here; write a text, or remove it [event.empty]",
    ]
    assert said(found.event) == {"name": "E", "topics": ["A", "B"], "sponsors": [{"name": "A"}]}


def test_sessions_that_are_no_list_are_reported_at_once(loaded: Load) -> None:
    found = loaded("name: E\nsessions:\n  one: {title: One}\n  two: {title: Two}\n")
    assert reported(found) == [
        "3:3: sessions: a list expected; begin each item so: - title: One [event.type]"
    ]
    assert said(found.event) == {"name": "E"}


def test_of_an_unknown_key_that_is_near_to_none_the_known_are_named(loaded: Load) -> None:
    (line,) = reported(loaded("name: E\nxyzzy: 1\n"))
    known = ", ".join(Event.model_fields)
    assert line == f"2:1: unknown key “xyzzy”; known are {known} [event.unknown-key]"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("name: E\nsessions:\n  - title: T\n    start: 9h\n", 4, 12),
        ("name: E\nsessions:\n  - title: 日本語😀\n    slides:\n      - url: x.example\n", 5, 14),
        ("name: E\nsessions:\n  - title: T\n    speakers: {name: 李 大範, url: a}\n", 4, 33),
    ],
)
def test_faults_deep_in_a_file_have_their_own_place(
    text: str, line: int, column: int, loaded: Load
) -> None:
    ((_code, *place),) = places(loaded(text))
    assert place == [line, column]


def test_what_stands_beside_a_fault_is_kept(loaded: Load) -> None:
    found = loaded(
        "name: E\n"
        "venue: {name: Hall, url: bad, rooms: [A, [B], C]}\n"
        "sponsors: [A, {name: B, url: bad}, [], C]\n"
        "sessions:\n"
        "- {title: T, start: 9h, end: 10:00, slides: ['bad://x', 'https://a.example']}\n"
    )
    assert places(found) == [
        ("url", 2, 26),
        ("type", 2, 42),
        ("url", 3, 30),
        ("type", 3, 36),
        ("time", 5, 21),
        ("url", 5, 46),
    ]
    assert said(found.event) == {
        "name": "E",
        "venue": {"name": "Hall", "rooms": [{"name": "A"}, {"name": "C"}]},
        "sponsors": [{"name": "A"}, {"name": "B"}, {"name": "C"}],
        "sessions": [{"title": "T", "end": "10:00", "slides": [{"url": "https://a.example"}]}],
    }


def test_one_text_of_several_languages_may_be_wrong(loaded: Load) -> None:
    found = loaded("name:\n  ja: イベント\n  en: [Event]\n  de: ''\n")
    assert places(found) == [("type", 3, 7), ("empty", 4, 7)]
    assert said(found.event) == {"name": {"ja": "イベント"}}


def test_what_is_wrong_where_an_alias_stands_is_right_where_it_was_named(loaded: Load) -> None:
    found = loaded("name: E\nreporters: [&p {name: A, affiliation: B}]\nsponsors: [*p]\n")
    (line,) = reported(found)
    assert "“affiliation”" in line
    assert said(found.event) == {
        "name": "E",
        "reporters": [{"name": "A", "affiliation": "B"}],
        "sponsors": [{"name": "A"}],
    }


def test_a_fault_of_yaml_costs_as_little_as_one_of_a_value(loaded: Load) -> None:
    found = loaded(
        "name: E\n"
        "title: Rust: a survey\n"
        "sessions:\n"
        "  - title: One\n"
        "    room: \u200bA\n"
        "  -title: Two\n"
        "    start: 9h\n"
        "  - Three #3\n"
        "topics: [Go, *no]\n"
    )
    assert places(found) == [
        ("syntax", 2, 12),
        ("invisible", 5, 11),
        ("syntax", 6, 3),
        ("time", 7, 12),
        ("quoting", 8, 11),
        ("alias", 9, 14),
    ]
    assert said(found.event) == {
        "name": "E",
        "title": "Rust: a survey",
        "sessions": [{"title": "One", "room": "A"}, {"title": "Two"}, {"title": "Three"}],
        "topics": ["Go"],
    }


# Faults, several at once


def test_all_faults_are_reported_at_once_in_the_order_of_the_file(loaded: Load) -> None:
    found = loaded(
        "nmae: E\n"
        "date: soon\n"
        "capacity: many\n"
        "capacity: 5\n"
        "links: [gone.pdf, 'data:x']\n"
        "sessions:\n"
        "- {id: a, title: T, start: 9h}\n"
        "- {id: a, title: U}\n"
        "- {id: b}\n"
    )
    assert places(found) == [
        ("unknown-key", 1, 1),
        ("date", 2, 7),
        ("value", 3, 11),
        ("duplicate-key", 4, 1),
        ("file", 5, 9),
        ("url", 5, 19),
        ("time", 7, 28),
        ("duplicate-id", 8, 8),
        ("missing", 9, 3),
    ]
    assert {problem.path for problem in found.problems} == {"events/x/event.yaml"}


def test_a_missing_name_is_reported_though_another_value_is_wrong(loaded: Load) -> None:
    assert places(loaded("title: T\ncapacity: many\n")) == [
        ("missing", 1, 1),
        ("value", 2, 11),
    ]
    assert places(loaded("name: E\nsessions:\n- {start: 9h, room: A}\n")) == [
        ("missing", 3, 3),
        ("time", 3, 11),
    ]


def test_what_has_nothing_else_in_it_than_a_fault_is_reported_of_that_alone(loaded: Load) -> None:
    assert places(loaded("name: E\nsessions:\n- {titel: T}\nvenue: {url: x}\n")) == [
        ("unknown-key", 3, 4),
        ("url", 4, 14),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "name: ''\n",
        "nmae: E\n",
        "name: [E]\n",
        "name: {ja: ''}\n",
        "name: *x\n",
        "name: '\u200b'\n",
        "name: #E\n",
        "name: [E\ntitle: T\n",
    ],
)
def test_a_name_that_is_wrong_is_not_reported_to_be_missing_too(text: str, loaded: Load) -> None:
    assert len(loaded(text).problems) == 1


@pytest.mark.parametrize("text", ["name:\n", "name: ~\n", "title: T\n", "{}\n"])
def test_an_event_without_a_name_is_reported(text: str, loaded: Load) -> None:
    assert reported(loaded(text)) == ["1:1: the event has no name; write “name: …” [event.missing]"]


BROKEN: list[Any] = [
    pytest.param(b"", "document", id="empty"),
    pytest.param(b"# name: E\n", "document", id="comment"),
    pytest.param(b"- a\n", "document", id="list"),
    pytest.param(b"word\n", "document", id="word"),
    pytest.param(b"[" * 1000, "limit", id="brackets"),
    pytest.param(b"a: &a [x,x]\n" + b"b: [*a,*a]\n" * 10**5, "limit", id="aliases"),
    pytest.param(b"name: " + b"x" * 2**21, "limit", id="large"),
    pytest.param("name: 日本".encode("shift_jis"), "encoding", id="shift-jis"),
    pytest.param("name: 日本".encode("euc_jp"), "encoding", id="euc-jp"),
    pytest.param("name: 日本".encode("utf-16"), "encoding", id="utf-16"),
    pytest.param("name: 日本".encode("utf-16-le"), "encoding", id="utf-16-without-bom"),
    pytest.param(b"name: \xed\xa0\xbd", "encoding", id="surrogate"),
    pytest.param(b"name: a\0b", "encoding", id="nul"),
]


@pytest.mark.parametrize(("raw", "code"), BROKEN)
def test_a_file_of_which_nothing_is_known_is_one_problem(
    raw: bytes, code: str, tmp_path: Path
) -> None:
    path = tmp_path / "event.yaml"
    path.write_bytes(raw)
    found = load(path, tmp_path)
    assert found.event is None
    assert [problem.code.label for problem in found.problems] == [code]


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    found = load(tmp_path / "x" / "event.yaml", tmp_path)
    assert found.event is None
    assert [str(problem) for problem in found.problems] == [
        "x/event.yaml:1:1: cannot be read: there is no such file [event.unreadable]"
    ]


def test_problems_name_the_file_as_seen_from_the_root(tmp_path: Path) -> None:
    path = tmp_path / "a" / "event.yaml"
    path.parent.mkdir()
    path.write_text("date: soon\nname: E\n", encoding="utf-8")
    inside = load(path, tmp_path).problems[0]
    assert str(inside).startswith("a/event.yaml:1:7: date: ")
    assert str(inside).endswith(" [event.date]")
    outside = load(path, tmp_path / "elsewhere").problems[0]
    assert outside.path == str(path)


def test_of_very_many_problems_those_are_reported_that_anybody_reads(loaded: Load) -> None:
    found = loaded("name: E\nsessions:\n" + "- {title: T, start: 9h}\n" * 1000)
    assert len(found.problems) == MAX_REPORTED
    assert str(found.problems[-2].message) == "start: “9h” is no time; write 9:30 or 13:00"
    assert str(found.problems[-1].message).endswith("; more problems follow, fix these first")
    assert found.event is not None
    assert len(found.event.sessions) == 1000


# Problems


def test_a_problem_reads_as_one_line() -> None:
    problem = Problem(
        "a/event.yaml", Mark(3, 5), Code.UNKNOWN_KEY, Message("unknown key “{key}”", key="x")
    )
    assert str(problem) == "a/event.yaml:3:5: unknown key “x” [event.unknown-key]"


def test_codes_have_names_causes_and_cures_of_their_own() -> None:
    labels = [code.label for code in Code]
    assert len(labels) == len(set(labels)) == len(Code)
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", label) for label in labels)
    assert {code.severity for code in Code} == set(Severity)
    for words in ([code.cause for code in Code], [code.cure for code in Code]):
        assert len(words) == len(set(words))
        assert all(one[:1].isupper() and one.endswith(".") for one in words)


@pytest.mark.parametrize(
    ("word", "hint"),
    [("sponsers", "did you mean “sponsors”?"), ("speker", "did you mean “speakers”?"), ("x", "")],
)
def test_a_near_word_is_suggested(word: str, hint: str) -> None:
    problem = Message("“{word}”", word=word)
    said = did_you_mean(problem, word, ["speakers", "sponsors", "sessions"])
    assert hint in str(said)
    assert (said == problem) is not bool(hint)


# The model


def test_an_event_is_frozen_all_the_way_down(loaded: Load) -> None:
    event = event_of(
        loaded(
            "name: E\nvenue: {name: H, rooms: [A]}\nreporters: [A]\nsponsors: [A]\n"
            "sponsor_tiers: [{name: T, sponsors: [A]}]\nfiles: [{name: a}]\n"
            "sessions: [{title: T, slides: [{status: later}], speakers: [A], topics: [a]}]\n"
        )
    )
    seen: set[type] = set()

    def visit(value: object) -> None:
        assert not isinstance(value, list | dict | set)
        if isinstance(value, tuple):
            for item in value:
                visit(item)
        elif isinstance(value, BaseModel):
            seen.add(type(value))
            for key in type(value).model_fields:
                with pytest.raises(ValidationError, match="frozen"):
                    setattr(value, key, None)
                visit(getattr(value, key))

    visit(event)
    assert seen == {
        Attachment,
        Event,
        LocalizedText,
        Organization,
        Person,
        Resource,
        Room,
        Session,
        SponsorTier,
        Venue,
    }


# Anything at all

RICH: dict[str, Any] = {
    "format": "1",
    "id": "own",
    "name": {"ja": "イベント", "en": "Event"},
    "title": "20180419 Event",
    "description": "About *it*.",
    "image": "logo.png",
    "color": "#BF281C",
    "kind": "conference",
    "series": "Events",
    "status": "moved",
    "status_text": "by a week",
    "start_date": "2018-04-19",
    "end_date": "2018-04-20",
    "date_text": "two days",
    "days": ["2018-04-19", {"date": "2018-04-18", "name": "Day 0", "description": "Before"}],
    "timezone": "Asia/Tokyo",
    "venue": {
        "name": "Hall",
        "address": "Tokyo",
        "locality": "Tokyo",
        "latitude": "35.6",
        "longitude": "139.7",
        "maps": "https://map.example",
        "url": "https://a.example",
        "rooms": ["A", "B"],
    },
    "url": "https://event.example",
    "hashtag": "#event",
    "capacity": "540",
    "capacity_text": "about 540",
    "attendance_mode": "mixed",
    "attendance": "500",
    "attendance_text": "about 500",
    "language": "ja, en",
    "organizers": ["A"],
    "media_partners": ["Press"],
    "groups": [{"name": "Staff", "members": ["Z"], "description": "Helped"}],
    "purpose": "To learn",
    "visibility_text": "Confidential",
    "recipients": [{"name": "The boss"}],
    "license": "CC BY 4.0",
    "visibility": "internal",
    "published": "2018-04-26",
    "updated": "2018-05",
    "old_ids": ["older"],
    "tracks": ["P", {"name": "PP", "color": "#BF281C", "description": "More"}],
    "slots": ["Opening", {"kind": "meal", "start": "12:00", "duration": "60", "venue": "Pier"}],
    "supporters": [{"name": {"ja": "あ"}, "url": "https://b.example"}],
    "sponsors": ["B", {"name": "C", "logo": "logo.png"}],
    "sponsor_tiers": [{"name": "Gold", "description": "Most", "sponsors": ["D", {"name": "E"}]}],
    "reporters": ["Aoi (Acme)"],
    "participants": [{"name": "F", "affiliation": "G", "job_title": "H", "role": "I"}],
    "topics": ["Go"],
    "links": ["https://c.example", {"path": "slides.pdf", "title": "J"}],
    "sessions": [
        "Short",
        {
            "id": "long",
            "old_ids": ["longer"],
            "title": {"ja": "題"},
            "subtitle": "V",
            "kind": "panel",
            "kind_text": "W",
            "venue": "Online",
            "status": "moved",
            "status_text": "to the next day",
            "level": "Beginner",
            "slides_language": "English",
            "seen": "recording",
            "visibility": "private",
            "duration": "16:30",
            "children": ["Child", {"title": "Other child", "speakers": ["X"]}],
            "description": "K",
            "speakers": [
                {"name": "L", "links": "https://github.com/l"},
                "L (M)",
                {"name": "N", "affiliation": {"en": "O"}, "url": "https://d.example"},
            ],
            "date": "2018-04-19",
            "start": "9:00",
            "end": "25:30",
            "room": "A",
            "track": "P",
            "language": "ja",
            "topics": ["Q"],
            "slides": [{"status": "gone", "text": "R", "archived": "https://e.example"}],
            "videos": {"url": "https://f.example", "start": "12:34", "language": "ja"},
            "links": [{"url": "https://g.example", "title": "S", "visibility": "private"}],
        },
    ],
    "files": [
        "slides.pdf",
        {"name": "T", "size": "1 KB", "date": "2018-04-26", "uploader": "U", "visibility": "draft"},
    ],
}

Step = str | int

DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def dump(data: Any) -> str:
    return yaml.dump(data, Dumper=DUMPER, allow_unicode=True)


def paths_in(value: Any, path: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """The ways to every value of the data."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, child in value.items():
            yield from paths_in(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from paths_in(child, (*path, index))


PATHS = list(paths_in(RICH))


def with_junk(path: tuple[Step, ...], junk: Any) -> dict[str, Any]:
    data = copy.deepcopy(RICH)
    holder: Any = data
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = junk
    return data


def assert_only_there(found: LoadedEvent, path: tuple[Step, ...], whole: dict[str, Any]) -> None:
    """Whatever stands at ``path``, all other keys of the event are as they were."""
    assert found.event is not None
    now = found.event.model_dump()
    changed = {key for key in whole if now[key] != whole[key]}
    assert changed <= {str(path[0])}
    for problem in found.problems:
        assert problem.path == "events/x/event.yaml"
        assert problem.mark.line >= 1


@pytest.fixture(scope="module")
def own_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("project") / "events" / "x" / "event.yaml"
    path.parent.mkdir(parents=True)
    (path.parent / "slides.pdf").touch()
    (path.parent / "logo.png").touch()
    return path


@pytest.fixture(scope="module")
def rich_facts(own_file: Path) -> dict[str, Any]:
    own_file.write_text(dump(RICH), encoding="utf-8")
    return event_of(without_hint(load(own_file, own_file.parents[2]))).model_dump()


def test_the_rich_event_has_a_value_for_every_key(rich_facts: dict[str, Any]) -> None:
    """Else the tests below would leave something out."""
    whole = rich_facts
    # One fact is said by either of two keys, never by both.
    assert {key for key, value in whole.items() if not value} == {"date"}
    session = whole["sessions"][1]
    assert all(session.values())
    kept = [*whole["links"], *session["slides"], *session["videos"], *session["links"]]
    assert set(Resource.model_fields) == {key for item in kept for key in item if item[key]}


JUNK: list[Any] = [
    None,
    "javascript:junk \u202e\u200b",
    [],
    {"junk": "x"},
    ["x", {"name": [""], "ja": None}],
]


@pytest.mark.matrix
@pytest.mark.parametrize("path", PATHS, ids=lambda path: ".".join(map(str, path)))
def test_junk_anywhere_costs_no_other_fact(
    path: tuple[Step, ...], loaded: Load, rich_facts: dict[str, Any]
) -> None:
    for junk in JUNK:
        assert_only_there(loaded(dump(with_junk(path, junk))), path, rich_facts)


ANYTHING = st.recursive(
    st.none() | st.text() | st.integers().map(str) | st.sampled_from(["https://a.example", "9:00"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=3) | st.sampled_from(["name", "title", "url", "ja", "id"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@settings(WILD, max_examples=80)
@given(path=st.sampled_from(PATHS), junk=ANYTHING)
def test_whatever_stands_anywhere_is_an_event_or_a_problem(
    own_file: Path, rich_facts: dict[str, Any], path: tuple[Step, ...], junk: Any
) -> None:
    root = own_file.parents[2]
    own_file.write_text(dump(with_junk(path, junk)), encoding="utf-8")
    found = without_hint(load(own_file, root))
    assert_only_there(found, path, rich_facts)
    event = found.event
    assert event is not None
    if not found.problems:
        assert event.name is not None
        assert all(session.title for session in event.sessions)
        for entity in event.entities():
            assert all(getattr(entity, key) for key in entity.required)


@WILD
@given(data=st.dictionaries(st.text() | st.sampled_from(list(RICH)), ANYTHING))
def test_any_mapping_is_an_event_with_problems(own_file: Path, data: dict[str, Any]) -> None:
    own_file.write_text(dump(data), encoding="utf-8")
    found = without_hint(load(own_file, own_file.parents[2]))
    assert found.event is not None
    assert found.event.id
    ids = [session.id for session in found.event.sessions]
    assert all(ids)
    assert len(ids) == len(set(ids))
    if not set(data) <= set(Event.model_fields):
        assert found.problems
    assert list(found.problems) == sorted(found.problems, key=lambda problem: problem.mark)


# One line of a right file

RIGHT = """\
name: Kumo Days 2026
date: 2026-11-21
timezone: Asia/Tokyo
venue:
  name: Minato Hall
  rooms: [Hall A, Hall B]
url: https://example.com/
organizers:
  - Kumo Users Group
  - url: https://example.com/inc
    name: Example Inc.
sponsor_tiers:
  - name: Gold
    sponsors: [Sample Co.]
topics: [Kubernetes, IoT]
description: |
  Two days of **operations**.

  - talks
sessions:
  - title: Opening
    start: 9:00
    end: 9:30
  - title: Kubernetes at the Edge
    id: edge
    speakers:
      - Ken Mori (Example Inc.)
      - name: Aoi Tanaka
        role: Moderator
    start: 10:00
    room: Hall A
    slides: https://example.com/edge.pdf
  - title: Closing
    start: 17:00
files:
  - {name: map.png, size: 12 KB}
"""
RIGHT_LINES = RIGHT.splitlines()

#: What people type at midnight.
NASTY = [
    *("word", "two words", "word.", "// note", "# note", "=====", "<<<<<<< HEAD", "😀", "~", "%x"),
    *("key:value", "key：value", "key = value", "key: a: b", "key: a #b", "key: #b", "key: - a"),
    *("key: @a", "key: *a", "key: [a", "key: [a,", "key: {a: b", "key: [a]]", "key: 'it's'"),
    *('key: "a', 'key: "a" b', "key: 'a", 'key: "\\d"', "key: |", "key: *x", "? key", ": value"),
    *("-item", "- item", "- a: b", "・item", "* item", "- [", "]", "}", "[a,, b]", "“a”", '"', "'"),
    *("\tkey: a", "\t- a", "\u3000key: a", "key: \u3000a", "\u200bkey: a", "key: \x07", "12:30"),
    *("C:\\Users\\me", "https://example.com/", "@a", "`a`", "&a", "!a", "|", "> a"),
]


def depth_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def is_head(number: int) -> bool:
    """Whether the lines below are indented deeper, and so belong to it."""
    line, *below = [one for one in RIGHT_LINES[number:] if one.strip()] or [""]
    return bool(below) and depth_of(below[0]) > depth_of(line)


def top_key_of(number: int) -> str:
    """The key at column 1 below which a line stands."""
    above = (line for line in reversed(RIGHT_LINES[: number + 1]) if line[:1].strip())
    return next(above).partition(":")[0]


def other_sessions(number: int, right: dict[str, Any]) -> list[Any]:
    """The sessions but that of which a line is a part."""
    sessions = [*right["sessions"]]
    if top_key_of(number) == "sessions":
        first = RIGHT_LINES.index("sessions:")
        del sessions[sum(line.startswith("  - ") for line in RIGHT_LINES[first : number + 1]) - 1]
    return sessions


def strays(sessions: list[dict[str, Any]], right: dict[str, Any]) -> list[tuple[str, str]]:
    """(title, key) of what is said of one session, and was said of another."""
    owners = {
        (key, str(value)): session["title"]
        for session in right["sessions"]
        for key, value in session.items()
    }
    return [
        (session["title"], key)
        for session in sessions
        if session.get("title") in owners.values()
        for key, value in session.items()
        if owners.get((key, str(value)), session["title"]) != session["title"]
    ]


@pytest.fixture(scope="module")
def right(own_file: Path) -> dict[str, Any]:
    own_file.write_text(RIGHT, encoding="utf-8")
    facts: dict[str, Any] = said(event_of(without_hint(load(own_file, own_file.parents[2]))))
    return facts


def with_line(number: int, nasty: str, own_file: Path) -> tuple[dict[str, Any], list[str]]:
    """What is said, and reported, where one line is replaced by another as deep."""
    lines = [*RIGHT_LINES]
    lines[number] = " " * depth_of(lines[number]) + nasty
    own_file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = without_hint(load(own_file, own_file.parents[2]))
    return said(found.event) or {}, reported(found)


LEAVES = [number for number in range(len(RIGHT_LINES)) if not is_head(number)]
HEADS = [number for number in range(len(RIGHT_LINES)) if is_head(number)]


@pytest.mark.matrix
@pytest.mark.parametrize("nasty", NASTY)
def test_a_nasty_line_costs_no_fact_but_its_own(
    nasty: str, own_file: Path, right: dict[str, Any]
) -> None:
    wrong = []
    for number in LEAVES:
        facts, lines = with_line(number, nasty, own_file)
        lost = {key for key in right if facts.get(key) != right[key]} - {top_key_of(number)}
        sessions = facts.get("sessions", [])
        lost |= {one["title"] for one in other_sessions(number, right) if one not in sessions}
        if lost or len(lines) > 3:
            wrong.append((number + 1, lost, lines))
    assert wrong == []


#: A comment says nothing, and a key another: what stands below goes on with what is above.
NO_HEADS = ["# note", "\tkey: a", "\t- a", "\u3000key: a", "key: \u3000a"]


@pytest.mark.matrix
@pytest.mark.parametrize("nasty", [nasty for nasty in NASTY if nasty not in NO_HEADS])
def test_a_nasty_line_instead_of_a_head_costs_its_block_at_most(
    nasty: str, own_file: Path, right: dict[str, Any]
) -> None:
    """And nothing of what stood below it is said of something else."""
    wrong = []
    for number in HEADS:
        facts, lines = with_line(number, nasty, own_file)
        lost = {key for key in right if facts.get(key) != right[key]} - {top_key_of(number)}
        sessions = [one for one in facts.get("sessions", []) if isinstance(one, dict)]
        mixed = strays(sessions, right)
        if lost or mixed or len(lines) > 4:
            wrong.append((number + 1, lost, mixed, lines))
    assert wrong == []


# Bounds


def test_a_long_text_repeated_by_aliases_takes_no_room(loaded: Load) -> None:
    """Half a megabyte of file must not become a hundred of data."""
    aliases = ", ".join(["*t"] * 1000)
    tracemalloc.start()
    try:
        loaded(f'name: E\ntopics: [&t "{"x" * 100_000}", {aliases}]\n')
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 30 * 1024**2


@pytest.mark.parametrize(
    "item",
    ["- {title: t, spekaers: x}", "- 9", "- {title: T, start: 9h}", "- {id: a, title: t}"],
    ids=["unknown-keys", "ids", "times", "duplicate-ids"],
)
def test_faults_take_time_by_their_number(item: str, loaded: Load) -> None:
    def work(number: int) -> Callable[[], object]:
        return lambda: loaded("name: E\nsessions:\n" + f"{item}\n" * number)

    assert grows_linearly(work, 60)
    found = loaded("name: E\nsessions:\n" + f"{item}\n" * 1000)
    assert found.event is not None
    assert len(found.event.sessions) == 1000


# What follows from another fault


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ("name: E\n", True),
        ("name: Rust: a survey\n", True),
        ("name: E\n  : x\n", False),
        ("name: E\ntopics: [{[b]\n", False),
        ("- E\n", False),
    ],
    ids=["right", "fixed", "a-line-left-out", "a-value-left-out", "no-event"],
)
def test_whether_all_of_a_file_could_be_read(text: str, is_whole: bool, loaded: Load) -> None:
    """Only then what refers to something missing is wrong by itself."""
    assert loaded(text).is_whole is is_whole


def test_a_session_that_ends_before_it_starts_takes_no_room_of_others(loaded: Load) -> None:
    first = "  - {title: A, room: R, start: 14:00, end: 13:30}\n"
    second = "  - {title: B, room: R, start: 15:00, end: 15:30}\n"
    (problem,) = loaded(f"name: E\nsessions:\n{first}{second}").problems
    assert problem.code is Code.TIME


def test_where_a_date_is_wrong_no_session_is_outside_the_days(loaded: Load) -> None:
    dates = "start_date: 2018-04-31\nend_date: 2018-05-02\n"
    found = loaded(f"name: E\n{dates}sessions: [{{title: A, date: 2018-05-01}}]\n")
    assert [problem.code for problem in found.problems] == [Code.DATE]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: {jp: あ}\n", "“jp” is no tag of a language (BCP 47) (did you mean “ja”?)"),
        ("name: {xx: A}\n", "“xx” is no tag of a language (BCP 47)"),
        ("name: E\nvenue: {name:Hall}\n", "a key ends with “:” and a space: name: Hall"),
        (
            "name: E\nvenue: {hall:Hall}\n",
            "unknown key “hall:Hall”; a key ends with “:” and a space: hall: Hall",
        ),
        ("name: E\nlinks: [later]\n", "“later” is no file; write “{status: later}”"),
        (
            "name: E\nvenue: [H]\n",
            f'venue: a name or a mapping expected, found a list{UNQUOTED}"[H]"',
        ),
    ],
)
def test_what_was_meant_is_said(text: str, message: str, loaded: Load) -> None:
    (problem,) = loaded(text).problems
    assert str(problem.message) == message


def test_a_text_in_a_language_that_there_is_not_is_kept(loaded: Load) -> None:
    event = loaded("name: {jp: あ}\n").event
    assert event is not None
    assert str(event.name) == "あ"


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ("visibility: oops", 2),
        ("visibility: Internl", 2),
        ("visibility: ''", 2),
        ("visibility: [public]", 2),
        ("visibilty: internal", 2),
        ("Visibility: public", 2),
        ("visibility: public\nvisibiliyt: public", 3),
    ],
)
def test_a_visibility_that_cannot_be_read_counts_as_the_strictest(
    loaded: Load, facts: str, line: int
) -> None:
    found = loaded(f"name: E\n{facts}\nseries: S\n")
    event = found.event
    assert event is not None
    assert event.visibility == "draft"
    assert event.series is not None
    assert [problem.mark.line for problem in found.problems] == [line]
    assert "draft" in str(found.problems[0].message)


@pytest.mark.parametrize("values", [("public", "private"), ("public", "public"), ("", "internal")])
def test_so_do_several(loaded: Load, values: tuple[str, str]) -> None:
    facts = [f"visibility: {value}\n" for value in values]
    within = "".join(f"    {fact}" for fact in facts)
    found = loaded(f"name: E\n{''.join(facts)}sessions:\n  - title: T\n{within}")
    event = found.event
    assert event is not None
    assert [event.visibility, event.sessions[0].visibility] == ["draft", "draft"]
    assert [problem.mark.line for problem in found.problems] == [3, 7]


@pytest.mark.parametrize("facts", ["visibility: oops", "visibilty: public", "visibility: {a: b}"])
def test_so_does_that_of_a_session_and_of_a_talk_within_it(loaded: Load, facts: str) -> None:
    talk = f"    - title: Talk\n      {facts}\n"
    found = loaded(f"name: E\nsessions:\n  - title: T\n    {facts}\n    children:\n{talk}")
    event = found.event
    assert event is not None
    assert event.visibility is None
    assert [session.visibility for session in event.all_sessions] == ["draft", "draft"]
    assert len(found.problems) == 2


@pytest.mark.parametrize("facts", ["", "visibility:", "visibility: public", "visible: private"])
def test_without_a_word_on_it_an_event_is_for_everybody(loaded: Load, facts: str) -> None:
    event = loaded(f"name: E\n{facts}\n").event
    assert event is not None
    assert event.visibility in (None, "public")


@pytest.mark.parametrize("child", ["Tabs", "{id: tabs, title: Tabs}"])
def test_a_talk_within_another_is_where_that_is(loaded: Load, child: str) -> None:
    whole = f"{{title: T, room: Big, start: 9:00, children: [{child}]}}"
    event = loaded(f"name: E\ndate: 2026-11-21\nsessions:\n  - {whole}\n").event
    assert event is not None
    _whole, talk = event.all_sessions
    assert str(event.placed(talk).room) == "Big"
