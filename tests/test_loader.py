"""A file → an event and its problems: each fault has its place, and costs only itself."""

from __future__ import annotations

import copy
import re
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from eventreports.loader import LoadedEvent, load
from eventreports.model import (
    Attachment,
    Event,
    LocalizedText,
    Organization,
    Person,
    Resource,
    Session,
    SponsorTier,
    Venue,
)
from eventreports.problems import Code, Mark, Problem, Severity, did_you_mean

WILD = settings(max_examples=60, deadline=None, database=None, derandomize=True)

ROOT = Path(__file__).parents[1]
NAME = "japan-container-days-v1804"

Place = tuple[str, int, int]
Load = Callable[[str], LoadedEvent]


@pytest.fixture
def loaded(tmp_path: Path) -> Load:
    """Load a text as the file of the event ``x``."""
    path = tmp_path / "events" / "x" / "event.yaml"
    path.parent.mkdir(parents=True)
    (path.parent / "slides.pdf").touch()
    (path.parent / "logo.png").touch()

    def load_text(text: str) -> LoadedEvent:
        path.write_text(text, encoding="utf-8")
        return load(path, tmp_path)

    return load_text


def event_of(found: LoadedEvent) -> Event:
    """The event of a file in which nothing is wrong."""
    assert [str(problem) for problem in found.problems] == []
    assert found.event is not None
    return found.event


def places(found: LoadedEvent) -> list[Place]:
    return [(problem.code.label, *problem.mark) for problem in found.problems]


def only_fault(found: LoadedEvent) -> tuple[Place, str]:
    assert len(found.problems) == 1, [str(problem) for problem in found.problems]
    return places(found)[0], found.problems[0].message


# Real reports


def counted_folders() -> list[Any]:
    shared = ROOT.parent / "shared"
    skip = pytest.mark.skipif(not shared.is_dir(), reason="there is no ../shared")
    return [
        pytest.param(ROOT / "events" / NAME, id="repository"),
        pytest.param(shared / "seed" / NAME, id="seed", marks=skip),
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
    assert str(event.date_text) == "2018年4月19日(木)"
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
        ("Name (Company", "Name (Company", None),
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
    assert event.mark("supporters") == (3, 1)
    assert event.sponsors[0].mark() == (1, 12)
    assert event.supporters[0].mark("name") == (4, 28)
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


def test_ids_fall_back_to_what_is_there(loaded: Load) -> None:
    event = event_of(
        loaded(
            "name: E\nsessions:\n"
            "- Container Networking Deep Dive!\n"
            "- 日本語の題だけ\n"
            "- {id: 合宿.1, title: 日本語の題だけ}\n"
            "- Helm を使う\n"
            "- Helm は便利\n"
        )
    )
    assert event.id == "x"
    assert [session.id for session in event.sessions] == [
        "container-networking-deep-dive",
        "s2",
        "合宿.1",
        "helm",
        "s5",
    ]


def test_an_id_that_is_given_is_not_taken_by_a_fallback(loaded: Load) -> None:
    event = event_of(
        loaded(
            "name: E\nid: own\nsessions:\n"
            "- Talk\n- 題\n- {id: talk, title: a}\n- {id: s2, title: b}\n"
        )
    )
    assert event.id == "own"
    ids = [session.id for session in event.sessions]
    assert ids[2:] == ["talk", "s2"]
    assert len(set(ids)) == 4
    assert all(re.fullmatch(r"[\w.-]+", given) for given in ids)
    assert event.session("talk") is event.sessions[2]
    assert event.session("nothing") is None


def test_an_id_that_stands_twice_is_told_and_stays_with_the_first(loaded: Load) -> None:
    found = loaded(
        "name: E\nsessions:\n"
        "- {id: a, title: One}\n- {id: b, title: Two}\n- {title: Three, id: a}\n"
    )
    place, said = only_fault(found)
    assert place == ("duplicate-id", 5, 18)
    assert "“a”" in said
    assert "line 3" in said
    assert found.event is not None
    assert [session.id for session in found.event.sessions] == ["a", "b", "three"]
    assert found.event.sessions[2].mark("title") == (5, 4)


# Faults, one at a time

#: Every key of it is right; each test adds one line that is not.
BASE = """\
name: Event
url: https://event.example
sessions:
- {id: one, title: One, speakers: Aoi (Acme)}
"""
LINE = BASE.count("\n") + 1


@pytest.mark.parametrize(
    ("line", "place", "words"),
    [
        pytest.param("date: 2018-02-30", ("date", 1), "no 2018-02-30", id="no-such-day"),
        pytest.param("date: 19.4.2018", ("date", 1), "write 2018-04-19", id="no-date"),
        pytest.param("date: [2018]", ("date", 1), "found a list", id="date-list"),
        pytest.param("capacity: 540名", ("value", 1), "capacity_text", id="no-number"),
        pytest.param("capacity: -5", ("value", 1), "“-5”", id="negative"),
        pytest.param("capacity: 12345678901", ("value", 1), "whole number", id="too-many"),
        pytest.param("capacity: ','", ("value", 1), "whole number", id="no-digit"),
        pytest.param("capacity: {a: b}", ("type", 1), "found a mapping", id="capacity-map"),
        pytest.param("sponsers: [A]", ("unknown-key", 1), "did you mean “sponsors”", id="slip"),
        pytest.param("xyzzy: 1", ("unknown-key", 1), "known are", id="unknown"),
        pytest.param("null: 1", ("unknown-key", 1), "“null”", id="null-key"),
        pytest.param("id: a b", ("value", 1), "no blanks", id="id-with-blank"),
        pytest.param("id:", ("missing", 1), "remove the key", id="empty-id"),
        pytest.param("hashtag: ''", ("missing", 1), "remove the key", id="empty-text"),
        pytest.param("title: '\u3000'", ("missing", 1), "remove the key", id="blank-text"),
        pytest.param("title: [a]", ("type", 1), "found a list", id="title-list"),
        pytest.param("title: {jp site: x}", ("type", 9), "{ja: …, en: …}", id="no-language"),
        pytest.param("title: {}", ("type", 1), "{ja: …, en: …}", id="no-languages"),
        pytest.param("format: 2", ("value", 1), "'1'", id="format"),
        pytest.param("venue: [A]", ("type", 1), "a name or a mapping", id="venue-list"),
        pytest.param("venue: {nmae: A}", ("unknown-key", 9), "“name”", id="slip-in-venue"),
        pytest.param("venue: {url: a}", ("url", 9), "https://a", id="url-in-venue"),
        pytest.param("sponsor_tiers: Gold", ("type", 1), "“Gold”", id="tier-text"),
        pytest.param("sponsors: [A, [B]]", ("type", 15), "found a list", id="list-in-list"),
        pytest.param("sponsors: [A, ~]", ("type", 1), "found nothing", id="nothing-in-list"),
        pytest.param(
            "sponsors: [{url: https://a.example}]", ("missing", 12), "no name", id="no-name"
        ),
        pytest.param(
            "sponsors: [A, {name: B, url: 'javascript:x'}]",
            ("url", 25),
            "not allowed",
            id="javascript",
        ),
        pytest.param("sponsors: [{name: A, logo: no.png}]", ("file", 22), "no.png", id="no-logo"),
        pytest.param("links: htp://a.example", ("url", 1), "“http”", id="short-url"),
        pytest.param("links: [a.pdf, slides.pdf]", ("file", 9), "no file “a.pdf”", id="no-file"),
        pytest.param("links: slide.pdf", ("file", 8), "did you mean “slides.pdf”", id="near-file"),
        pytest.param("links: ../../../x", ("file", 8), "out of the project", id="outside"),
        pytest.param("links: {status: nope}", ("value", 9), "not-shared", id="status"),
        pytest.param(
            "links: {status: not_shared}",
            ("value", 9),
            "did you mean “not-shared”",
            id="status-slip",
        ),
        pytest.param("links: {title: x}", ("missing", 8), "status: not-shared", id="leads-nowhere"),
        pytest.param(
            "links: {url: 'https://a.example', path: slides.pdf}",
            ("value", 35),
            "not both",
            id="url-and-path",
        ),
        pytest.param("files: [{size: 1 KB}]", ("missing", 9), "no name", id="file-without-name"),
        pytest.param("files: [{name: a, date: soon}]", ("date", 19), "“soon”", id="file-date"),
        pytest.param(
            "end_date: 2018-04-18\nstart_date: 2018-04-19",
            ("date", 1),
            "before it starts",
            id="ends-before-start",
        ),
        pytest.param("date: 2018\nend_date: 2018", ("date", 1), "not both", id="date-and-end"),
        pytest.param("name: Again", ("duplicate-key", 1), "line 1", id="duplicate-key"),
        pytest.param("- {id: two, title: Two, start: 9h}", ("time", 25), "write 9:30", id="time"),
        pytest.param("- {id: two, title: Two, end: '31:00'}", ("time", 25), "on a clock", id="end"),
        pytest.param("- {id: two}", ("missing", 3), "no title", id="session-without-title"),
        pytest.param("- {id: two, titel: Two}", ("unknown-key", 13), "“title”", id="session-slip"),
        pytest.param("- {id: one, title: Two}", ("duplicate-id", 4), "line 4", id="duplicate-id"),
        pytest.param(
            "- {title: Two, speakers: {affiliation: A}}",
            ("missing", 26),
            "no name",
            id="speaker-without-name",
        ),
        pytest.param(
            "- {title: Two, speakers: [{name: B, compny: A}]}",
            ("unknown-key", 37),
            "known are",
            id="speaker-unknown-key",
        ),
        pytest.param(
            "- {title: Two, slides: [{url: '//a.example'}]}",
            ("url", 26),
            "https://a.example",
            id="slides-url",
        ),
        pytest.param("- {title: Two, topics: [a, {b: c}]}", ("type", 28), "topics", id="topic"),
        pytest.param("- [Two]", ("type", 3), "a title or a mapping", id="session-list"),
        pytest.param("-", ("type", None), "found nothing", id="empty-session"),
    ],
)
def test_a_fault_is_told_once_and_costs_only_itself(
    line: str, place: tuple[str, int | None], words: str, loaded: Load
) -> None:
    found = loaded(f"{BASE}{line}\n")
    (code, at_line, at_column), said = only_fault(found)
    label, column = place
    # An empty item has no place of its own: its list's key stands for it.
    assert (code, at_line, at_column) == (label, LINE if column else 3, column or 1)
    assert words in said
    event = found.event
    assert event is not None
    assert str(event.name) == "Event"
    assert event.url == "https://event.example"
    first = event.sessions[0]
    assert (first.id, str(first.title)) == ("one", "One")
    assert str(first.speakers[0].affiliation) == "Acme"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("name: E\nsessions:\n  - title: T\n    start: 9h\n", 4, 5),
        ("name: E\nsessions:\n  - title: 日本語😀\n    slides:\n      - url: x.example\n", 5, 9),
        ("name: E\nsessions:\n  - title: T\n    speakers: {name: 李 大範, url: a}\n", 4, 28),
    ],
)
def test_faults_deep_in_a_file_have_their_own_place(
    text: str, line: int, column: int, loaded: Load
) -> None:
    (_code, *place), _said = only_fault(loaded(text))
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
        ("url", 2, 21),
        ("type", 2, 42),
        ("url", 3, 25),
        ("type", 3, 36),
        ("time", 5, 14),
        ("url", 5, 46),
    ]
    event = found.event
    assert event is not None
    assert event.venue is not None
    assert (str(event.venue.name), event.venue.url) == ("Hall", None)
    assert event.venue.rooms == ("A", "C")
    assert [str(sponsor.name) for sponsor in event.sponsors] == ["A", "B", "C"]
    (session,) = event.sessions
    assert (session.start, session.end) == (None, "10:00")
    assert [slide.url for slide in session.slides] == ["https://a.example"]


def test_one_text_of_several_languages_may_be_wrong(loaded: Load) -> None:
    found = loaded("name:\n  ja: イベント\n  en: [Event]\n")
    place, _said = only_fault(found)
    assert place[0] == "type"
    assert found.event is not None
    assert str(found.event.name) == "イベント"


def test_what_is_wrong_where_an_alias_stands_is_right_where_it_was_named(loaded: Load) -> None:
    found = loaded("name: E\nreporters: [&p {name: A, affiliation: B}]\nsponsors: [*p]\n")
    _place, said = only_fault(found)
    assert "“affiliation”" in said
    assert found.event is not None
    assert str(found.event.reporters[0].affiliation) == "B"
    assert str(found.event.sponsors[0].name) == "A"


# Faults, several at once


def test_all_faults_are_told_at_once_in_the_order_of_the_file(loaded: Load) -> None:
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
        ("date", 2, 1),
        ("value", 3, 1),
        ("duplicate-key", 4, 1),
        ("file", 5, 9),
        ("url", 5, 19),
        ("time", 7, 21),
        ("duplicate-id", 8, 4),
        ("missing", 9, 3),
    ]
    assert {problem.path for problem in found.problems} == {"events/x/event.yaml"}


def test_a_missing_name_is_told_though_another_value_is_wrong(loaded: Load) -> None:
    assert places(loaded("capacity: many\n")) == [("missing", 1, 1), ("value", 1, 1)]
    assert places(loaded("name: E\nsessions:\n- {start: 9h}\n")) == [
        ("missing", 3, 3),
        ("time", 3, 4),
    ]


@pytest.mark.parametrize("text", ["name: ''\n", "nmae: E\n", "name: [E]\n"])
def test_a_name_that_is_wrong_is_not_told_to_be_missing_too(text: str, loaded: Load) -> None:
    only_fault(loaded(text))


@pytest.mark.parametrize("text", ["name:\n", "title: T\n"])
def test_an_event_without_a_name_is_told(text: str, loaded: Load) -> None:
    place, said = only_fault(loaded(text))
    assert place == ("missing", 1, 1)
    assert "name: …" in said


@pytest.mark.parametrize("text", ["", "- a\n", "word\n", "a: [\n", "name: *x\n"])
def test_a_file_that_is_no_mapping_holds_no_event(text: str, loaded: Load) -> None:
    found = loaded(text)
    assert found.event is None
    only_fault(found)


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    found = load(tmp_path / "x" / "event.yaml", tmp_path)
    assert found.event is None
    assert places(found) == [("unreadable", 1, 1)]
    assert found.problems[0].path == "x/event.yaml"


def test_problems_name_the_file_as_seen_from_the_root(tmp_path: Path) -> None:
    path = tmp_path / "a" / "event.yaml"
    path.parent.mkdir()
    path.write_text("date: soon\nname: E\n", encoding="utf-8")
    inside = load(path, tmp_path).problems[0]
    assert str(inside).startswith("a/event.yaml:1:1: date: ")
    assert str(inside).endswith(" [event.date]")
    outside = load(path, tmp_path / "elsewhere").problems[0]
    assert outside.path == str(path)


# Problems


def test_a_problem_reads_as_one_line() -> None:
    problem = Problem("a/event.yaml", Mark(3, 5), Code.UNKNOWN_KEY, "unknown key “x”")
    assert str(problem) == "a/event.yaml:3:5: unknown key “x” [event.unknown-key]"


def test_codes_have_names_of_their_own() -> None:
    labels = [code.label for code in Code]
    assert len(labels) == len(set(labels)) == len(Code)
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", label) for label in labels)
    assert {code.severity for code in Code} == set(Severity)


@pytest.mark.parametrize(
    ("word", "hint"),
    [("sponsers", "did you mean “sponsors”?"), ("speker", "did you mean “speakers”?"), ("x", "")],
)
def test_a_near_word_is_suggested(word: str, hint: str) -> None:
    said = did_you_mean(word, ["speakers", "sponsors", "sessions"])
    assert hint in said
    assert bool(said) is bool(hint)


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
    "start_date": "2018-04-19",
    "end_date": "2018-04-20",
    "date_text": "two days",
    "timezone": "Asia/Tokyo",
    "venue": {"name": "Hall", "address": "Tokyo", "url": "https://a.example", "rooms": ["A", "B"]},
    "url": "https://event.example",
    "hashtag": "#event",
    "capacity": "540",
    "capacity_text": "about 540",
    "organizers": ["A"],
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
            "title": {"ja": "題"},
            "description": "K",
            "speakers": [
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
            "videos": "https://f.example",
            "links": [{"url": "https://g.example", "title": "S"}],
        },
    ],
    "files": ["slides.pdf", {"name": "T", "size": "1 KB", "date": "2018-04-26", "uploader": "U"}],
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
    return event_of(load(own_file, own_file.parents[2])).model_dump()


def test_the_rich_event_has_a_value_for_every_key(rich_facts: dict[str, Any]) -> None:
    """Else the tests below would leave something out."""
    whole = rich_facts
    # One fact is said by either of two keys, never by both.
    assert {key for key, value in whole.items() if not value} == {"date"}
    session = whole["sessions"][1]
    assert all(session.values())
    kept = [*whole["links"], *session["slides"], *session["links"]]
    assert set(Resource.model_fields) == {key for item in kept for key in item if item[key]}


JUNK: list[Any] = [
    None,
    "javascript:junk \u202e\u200b",
    [],
    {"junk": "x"},
    ["x", {"name": [""], "ja": None}],
]


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
    found = load(own_file, root)
    assert_only_there(found, path, rich_facts)
    event = found.event
    assert event is not None
    if not found.problems:
        assert event.name is not None
        assert all(session.title for session in event.sessions)
        assert all(bearer.name for bearer in event.named())


@WILD
@given(data=st.dictionaries(st.text() | st.sampled_from(list(RICH)), ANYTHING))
def test_any_mapping_is_an_event_with_problems(own_file: Path, data: dict[str, Any]) -> None:
    own_file.write_text(dump(data), encoding="utf-8")
    found = load(own_file, own_file.parents[2])
    assert found.event is not None
    assert found.event.id
    ids = [session.id for session in found.event.sessions]
    assert all(ids)
    assert len(ids) == len(set(ids))
    unknown = [problem for problem in found.problems if problem.code is Code.UNKNOWN_KEY]
    assert len(unknown) >= len(set(data) - set(Event.model_fields))
    assert list(found.problems) == sorted(found.problems, key=lambda problem: problem.mark)


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
def test_a_thousand_faults_take_no_long_time(item: str, loaded: Load) -> None:
    start = time.monotonic()
    found = loaded("name: E\nsessions:\n" + f"{item}\n" * 1000)
    assert time.monotonic() - start < 5
    assert found.event is not None
    assert len(found.event.sessions) == 1000
