"""Values that are each right, and wrong together: against their like, and against the disk."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from counting import grows_linearly
from eventreports import checks
from eventreports.core.model import Event
from eventreports.core.problems import Code, Finding, Problem, Severity
from eventreports.yaml import reader

Check = Callable[[str], list[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An event's folder in a project, with files in it, above it and outside."""
    project = tmp_path / "project"
    folder = project / "events" / "x"
    (folder / "img").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    for path in (
        folder / "slides.pdf",
        folder / "img" / "logo.png",
        folder / ".hidden" / "notes.txt",
        project / "shared.pdf",
        tmp_path / "secret.txt",
    ):
        path.write_text("x", encoding="utf-8")
    return folder


@pytest.fixture
def reported(folder: Path) -> Check:
    """What is reported of an event: line, column, message and code of each."""

    def check(text: str) -> list[str]:
        data, problems = reader.parse(f"name: Event\n{text}".encode(), "event.yaml")
        assert problems == []
        notices: list[Finding] = []
        event = Event.model_validate(data, context=notices)
        found = checks.check(event, folder, folder.parents[1], "event.yaml")
        found += [Problem("event.yaml", *notice) for notice in notices]
        found.sort(key=lambda problem: problem.mark)
        return [str(problem).removeprefix("event.yaml:") for problem in found]

    return check


def sessions(*items: str, before: str = "") -> str:
    """Of what stands between the braces of each; the first is in line 3."""
    return "".join([before, "sessions:\n", *(f"- {{{item}}}\n" for item in items)])


# What must be there


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(
            "sessions:\n- {room: A}\n",
            "3:3: the session has no title; write “title: …” [event.missing]",
            id="session",
        ),
        pytest.param(
            "sponsors: {url: 'https://a.example'}\n",
            "2:11: the organization has no name; write “name: …” [event.missing]",
            id="organization",
        ),
        pytest.param(
            "reporters: [Aoi, {role: Host}]\n",
            "2:18: the person has no name; write “name: …” [event.missing]",
            id="person",
        ),
        pytest.param(
            "venue:\n  url: 'https://a.example'\n",
            "3:3: the venue has no name; write “name: …” [event.missing]",
            id="venue",
        ),
        pytest.param(
            "files: [{size: 1 KB}]\n",
            "2:9: the file has no name; write “name: …” [event.missing]",
            id="file",
        ),
        pytest.param(
            "links: {title: x}\n",
            "2:8: nothing to lead to: write “url: …”, “path: …” or “status: not-shared” "
            "[event.missing]",
            id="link",
        ),
    ],
)
def test_what_lacks_what_it_needs_is_reported_where_it_begins(
    text: str, line: str, reported: Check
) -> None:
    assert reported(text) == [line]


@pytest.mark.parametrize(
    "text",
    [
        "venue: {address: Tokyo}\n",
        "venue: {locality: Tokyo}\n",
        "venue: {latitude: 35.6, longitude: 139.7}\n",
        "venue: {rooms: [A, B]}\n",
        "links: {title: x, status: later}\n",
        "links: {status: gone, archived: 'https://a.example'}\n",
        "files: {name: notes, size: 1 KB}\n",
        "files: {url: 'https://a.example'}\n",
        "sponsor_tiers: [{sponsors: [A]}]\n",
    ],
)
def test_what_may_be_missing_is_not_reported(text: str, reported: Check) -> None:
    assert reported(text) == []


def test_either_a_url_or_a_path(reported: Check) -> None:
    assert reported("links:\n- {url: 'https://a.example', path: slides.pdf}\n") == [
        "3:36: either “url” or “path”, not both [event.value]"
    ]


# Names


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(
            "title: TODO\n",
            "2:8: “TODO” keeps the place of a title; write the real one [event.placeholder]",
            id="title",
        ),
        pytest.param(
            "venue: 未定\n",
            "2:8: “未定” keeps the place of a name; write the real one [event.placeholder]",
            id="venue",
        ),
        pytest.param(
            "sessions:\n- (TBD)\n",
            "3:3: “(TBD)” keeps the place of a title; write the real one [event.placeholder]",
            id="session-in-brackets",
        ),
        pytest.param(
            "sessions:\n- {title: {en: Opening, ja: 要確認}}\n",
            "3:11: “要確認” keeps the place of a title; write the real one [event.placeholder]",
            id="one-language",
        ),
        pytest.param(
            "sessions:\n- title: T\n  speakers: [Aoi, TBA (Acme)]\n",
            "4:19: “TBA” keeps the place of a name; write the real one [event.placeholder]",
            id="speaker",
        ),
        pytest.param(
            "files: [{name: xxx}]\n",
            "2:16: “xxx” keeps the place of a name; write the real one [event.placeholder]",
            id="file",
        ),
    ],
)
def test_a_name_that_only_keeps_a_place_is_reported(text: str, line: str, reported: Check) -> None:
    assert reported(text) == [line]


def test_texts_that_are_no_names_may_say_todo(reported: Check) -> None:
    assert reported("description: TODO\ndate_text: 未定\ntopics: [TODO]\n") == []


@pytest.mark.parametrize(
    ("text", "place", "name"),
    [
        pytest.param("reporters: Aoi (Acme\n", "2:12", "Aoi (Acme", id="open"),
        pytest.param("reporters: [Ken, Aoi Acme)]\n", "2:18", "Aoi Acme)", id="closed"),
        pytest.param("sponsors: Acme\uff08Japan\n", "2:11", "Acme\uff08Japan", id="wide"),
        pytest.param("venue: Hall (3F\n", "2:8", "Hall (3F", id="venue"),
        pytest.param(
            "sessions:\n- title: T\n  speakers:\n  - Aoi 【Acme\n",
            "5:5",
            "Aoi 【Acme",
            id="speaker",
        ),
    ],
)
def test_an_unbalanced_bracket_of_a_short_form_is_reported(
    text: str, place: str, name: str, reported: Check
) -> None:
    whole = f'{{name: "{name}"}}'
    cure = f"close it, or write “{whole}” if it is part of the name"
    assert reported(text) == [
        f"{place}: a bracket of “{name}” has no counterpart; {cure} [event.brackets]"
    ]


def test_an_unbalanced_bracket_of_a_topic_or_room_is_reported(reported: Check) -> None:
    cure = 'close it, or write “{name: "A (1F"}” if it is part of the name'
    assert reported("venue: {name: H, rooms: [Hall, A (1F]}\ntopics: a, b]\n") == [
        f"2:32: a bracket of “A (1F” has no counterpart; {cure} [event.brackets]",
        "3:9: a bracket of “a, b]” has no counterpart; close it [event.brackets]",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "reporters: [{name: Aoi (Acme}]\n",
        "reporters: Aoi\uff08Acme)\n",
        "sessions: ['(1/2 Opening', ':-)']\n",
        "title: ':-)'\n",
    ],
    ids=["long-form", "mixed-widths", "titles", "title"],
)
def test_brackets_elsewhere_are_the_authors_affair(text: str, reported: Check) -> None:
    assert reported(text) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(
            "sponsors: [Acme, Sample, Acme]\n",
            "2:26: “Acme” stands here again; the first is in line 2 [event.duplicate-name]",
            id="sponsors",
        ),
        pytest.param(
            "sponsor_tiers:\n- sponsors:\n  - Acme\n  - {logo: img/logo.png, name: ACME}\n",
            "5:32: “ACME” stands here again; the first is in line 4 [event.duplicate-name]",
            id="in-a-tier",
        ),
        pytest.param(
            "reporters: [Aoi (Acme), 'aoi \uff08Acme\uff09']\n",
            "2:25: “aoi” stands here again; the first is in line 2 [event.duplicate-name]",
            id="people",
        ),
        pytest.param(
            "sessions:\n- title: T\n  speakers: [Aoi, Aoi]\n",
            "4:19: “Aoi” stands here again; the first is in line 4 [event.duplicate-name]",
            id="speakers",
        ),
        *(
            pytest.param(
                f"{key}: [Acme, Acme]\n",
                f"2:{len(key) + 10}: “Acme” stands here again; the first is in line 2 "
                "[event.duplicate-name]",
                id=key,
            )
            for key in ("organizers", "supporters", "media_partners", "participants")
        ),
        pytest.param(
            "groups: [{name: G, members: [Acme, Acme]}]\n",
            "2:36: “Acme” stands here again; the first is in line 2 [event.duplicate-name]",
            id="groups",
        ),
    ],
)
def test_a_name_twice_in_a_list_is_reported_once(text: str, line: str, reported: Check) -> None:
    assert reported(text) == [line]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "sponsor_tiers: [{name: Gold, sponsors: [Acme]}, {name: Wifi, sponsors: [Acme]}]\n",
            id="two-tiers",
        ),
        pytest.param("sponsors: [Acme]\nsupporters: [Acme]\norganizers: [Acme]\n", id="roles"),
        pytest.param("reporters: [Aoi (Acme), Aoi (Sample)]\n", id="namesakes"),
        pytest.param(
            "sessions: [{title: T, speakers: Aoi}, {title: U, speakers: Aoi}]\n", id="sessions"
        ),
        pytest.param("topics: [Go, Go]\n", id="topics"),
    ],
)
def test_a_name_in_two_lists_is_right(text: str, reported: Check) -> None:
    assert reported(text) == []


@pytest.mark.parametrize("form", ["Ltd.", "Inc", "K.K."])
def test_a_comma_within_a_companys_name_is_reported(form: str, reported: Check) -> None:
    why = f"“{form}” is no name: a comma between brackets parts two items"
    assert reported(f"sponsors: [Acme, Sample Co., {form}]\n") == [
        f'2:30: {why}; it needs quotes: "Sample Co., {form}" [event.quoting]'
    ]


def test_companies_with_a_comma_in_quotes_are_right(reported: Check) -> None:
    assert reported("sponsors: ['Sample Co., Ltd.', 'Acme, Inc.']\nsupporters: Inc\n") == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(
            "sponsors: [Example Inc]\nsupporters: [Acme, Example Inc.]\n",
            "3:20: “Example Inc.” is much like “Example Inc” in line 2; if it is the same, "
            "write it so [event.similar-name]",
            id="organizations",
        ),
        pytest.param(
            "reporters: Hanako Yamada\nsessions:\n- title: T\n  speakers: Hanaka Yamada (A)\n",
            "5:13: “Hanaka Yamada” is much like “Hanako Yamada” in line 2; if it is the same, "
            "write it so [event.similar-name]",
            id="people",
        ),
        pytest.param(
            "sponsors: [クラウド株式会社]\nsupporters: [\uff78\uff97\uff73\uff84\uff9e株式会社]\n",
            "3:14: “\uff78\uff97\uff73\uff84\uff9e株式会社” is much like “クラウド株式会社” "
            "in line 2; if it is the same, write it so [event.similar-name]",
            id="widths",
        ),
    ],
)
def test_nearly_the_same_name_is_a_hint(text: str, line: str, reported: Check) -> None:
    assert reported(text) == [line]
    assert Code.SIMILAR_NAME.severity is Severity.HINT


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("sponsors: [Example Inc]\nreporters: [Example Inc.]\n", id="other-kinds"),
        pytest.param("sponsors: [Team 1 Tokyo, Team 2 Tokyo]\n", id="digits"),
        pytest.param("reporters: [Aoi, Aki, Aii]\n", id="short"),
        pytest.param("reporters: Aoi Tanaka\nparticipants: Aoi Tanaka\n", id="the-same"),
    ],
)
def test_names_that_may_be_two_are_no_hint(text: str, reported: Check) -> None:
    assert reported(text) == []


def test_a_name_that_stands_twice_is_not_similar_too(reported: Check) -> None:
    assert reported("sponsors: [Example Inc, EXAMPLE Inc]\n") == [
        "2:25: “EXAMPLE Inc” stands here again; the first is in line 2 [event.duplicate-name]"
    ]


# Dates


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(
            "start_date: 2018-04-19\nend_date: 2018-04-18\n",
            "3:11: the event ends (2018-04-18) before it starts (2018-04-19) [event.date]",
            id="days",
        ),
        pytest.param(
            "end_date: 2017\nstart_date: 2018-04\n",
            "2:11: the event ends (2017) before it starts (2018-04) [event.date]",
            id="year-and-month",
        ),
        pytest.param(
            "date: 2018-04-19\nstart_date: 2018-04-19\nend_date: 2018-04-20\n",
            "2:7: either “date” or “start_date” and “end_date”, not both; “date” is left aside "
            "[event.date]",
            id="both",
        ),
        pytest.param(
            "start_date: 2018\ndate: 2018\n",
            "3:7: either “date” or “start_date” and “end_date”, not both; “date” is left aside "
            "[event.date]",
            id="date-and-start",
        ),
        pytest.param(
            "end_date: 2018\ndate: 2018\n",
            "3:7: either “date” or “start_date” and “end_date”, not both; “date” is left aside "
            "[event.date]",
            id="date-and-end",
        ),
    ],
)
def test_dates_that_contradict_each_other_are_reported(
    text: str, line: str, reported: Check
) -> None:
    assert reported(text) == [line]


@pytest.mark.parametrize(
    "text",
    [
        "start_date: 2018-04-19\nend_date: 2018-04-19\n",
        "start_date: 2018-04-19\nend_date: 2018-04\n",
        "start_date: 2018-04-19\nend_date: 2018\n",
        "start_date: 2018-12-31\nend_date: 2019-01-01\n",
        "start_date: 2018\n",
        "end_date: 2018-04-20\n",
    ],
)
def test_days_that_follow_each_other_are_right(text: str, reported: Check) -> None:
    assert reported(text) == []


@pytest.mark.parametrize(
    ("days", "date"),
    [
        pytest.param("date: 2018-04-19", "2018-04-20", id="after"),
        pytest.param("date: 2018-04-19", "2017-04-19", id="another-year"),
        pytest.param("start_date: 2018-04-19\nend_date: 2018-04-20", "2018-04-18", id="before"),
        pytest.param("date: 2018-04", "2018-05-01", id="another-month"),
        pytest.param("date: 2018-04-19", "2019", id="a-year"),
    ],
)
def test_a_session_outside_the_events_days_is_a_hint(days: str, date: str, reported: Check) -> None:
    line = 4 + days.count("\n")
    assert reported(sessions(f"title: T, date: {date}", before=f"{days}\n")) == [
        f"{line}:20: {date} is not one of the event's days [event.outside-days]"
    ]
    assert Code.OUTSIDE_DAYS.severity is Severity.HINT


@pytest.mark.parametrize(
    ("days", "date"),
    [
        pytest.param("date: 2018-04-19", "2018-04-19", id="the-day"),
        pytest.param("start_date: 2018-04-19\nend_date: 2018-04-20", "2018-04-20", id="last-day"),
        pytest.param("start_date: 2018-04-18\nend_date: 2018-04-20", "2018-04-19", id="between"),
        pytest.param("date: 2018-04", "2018-04-30", id="in-the-month"),
        pytest.param("date: 2018-04-19", "2018-04", id="its-month"),
        pytest.param("date: 2018-04-19", "2018", id="its-year"),
        pytest.param("venue: Hall", "2018-04-19", id="no-days"),
    ],
)
def test_a_session_that_may_be_on_one_of_the_days_is_right(
    days: str, date: str, reported: Check
) -> None:
    assert reported(sessions(f"title: T, date: {date}", before=f"{days}\n")) == []


def test_where_the_events_days_are_wrong_the_sessions_are_not_blamed(reported: Check) -> None:
    days = "start_date: 2018-04-19\nend_date: 2018-04-18\n"
    assert reported(sessions("title: T, date: 2018-04-19", before=days)) == [
        "3:11: the event ends (2018-04-18) before it starts (2018-04-19) [event.date]"
    ]


# Times and rooms


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("10:00", "9:00"),
        ("13:00", "12:59"),
        ("23:00", "13:00"),
        ("9:00", "8:00"),
        ("11:00", "1:30"),
        ("25:00", "0:30"),
    ],
)
def test_a_session_that_ends_before_it_starts_is_reported(
    start: str, end: str, reported: Check
) -> None:
    column = len("- {title: T, start: , end: ") + len(start) + 1
    (line,) = reported(sessions(f"title: T, start: {start}, end: {end}"))
    assert line.startswith(
        f"3:{column}: the session ends ({end:0>5}) before it starts ({start:0>5}); "
    )
    # It can be said all the same, if it is meant.
    advice = re.search("“(duration: .*)” instead", line)
    assert advice
    assert reported(sessions(f"title: T, start: {start}, {advice[1]}")) == []


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param("9:00", "9:00", id="no-time-at-all"),
        pytest.param("9:00", "21:00", id="half-a-day"),
        pytest.param("22:00", "1:30", id="past-midnight"),
        pytest.param("22:00", "25:30", id="past-midnight-counted-on"),
        pytest.param("25:00", "26:00", id="after-midnight"),
        pytest.param("25:00", "2:00", id="after-midnight-both-ways"),
        pytest.param("23:00", "8:00", id="all-night"),
        pytest.param("17:00", "8:00", id="from-the-afternoon-to-the-morning"),
    ],
)
def test_a_session_may_go_on_past_midnight(start: str, end: str, reported: Check) -> None:
    assert reported(sessions(f"title: T, start: {start}, end: {end}")) == []


def clash(place: str, time: str, title: str = "T", line: int = 3, room: str = "A") -> str:
    return f"{place}: “{room}” is taken at {time} by “{title}” in line {line} [event.room-clash]"


@pytest.mark.parametrize(
    ("items", "lines"),
    [
        pytest.param(
            ["title: T, room: A, start: 9:00", "title: U, room: A, start: 9:00"],
            [clash("4:30", "09:00")],
            id="same-start",
        ),
        pytest.param(
            [
                "title: T, room: A, start: 9:00, end: 10:00",
                "title: U, room: A, start: 9:59, end: 11:00",
            ],
            [clash("4:30", "09:59")],
            id="overlap",
        ),
        pytest.param(
            [
                "title: T, room: A, start: 9:00, end: 12:00",
                "title: U, room: A, start: 9:30, end: 10:00",
                "title: V, room: A, start: 11:00",
            ],
            [clash("4:30", "09:30"), clash("5:30", "11:00")],
            id="two-within-one",
        ),
        pytest.param(
            ["title: U, room: A, start: 9:30", "title: T, room: A, start: 9:00, end: 10:00"],
            [clash("3:30", "09:30", line=4)],
            id="in-any-order",
        ),
        pytest.param(
            ["title: T, room: A, start: 23:00, end: 1:00", "title: U, room: A, start: 24:30"],
            [clash("4:30", "24:30")],
            id="past-midnight",
        ),
        pytest.param(
            [
                "title: T, room: A, venue: Café, start: 9:00",
                "title: U, room: A, venue: Café, start: 9:00",
            ],
            [clash("4:43", "09:00")],
            id="at-another-venue",
        ),
        pytest.param(
            ["title: T, room: Hall A, start: 9:00", "title: U, room: hall a, start: 9:00"],
            [clash("4:35", "09:00", room="hall a")],
            id="room-in-other-capitals",
        ),
        pytest.param(
            ["title: T, room: A–B, start: 9:00", "title: U, room: A-B, start: 9:00"],
            [clash("4:32", "09:00", room="A-B")],
            id="room-with-another-dash",
        ),
        pytest.param(
            [
                "title: T, room: {ja: 大, en: Large}, start: 9:00",
                "title: U, room: 大, start: 9:00",
            ],
            [clash("4:30", "09:00", room="大")],
            id="room-in-two-languages",
        ),
        pytest.param(
            [
                "title: T, room: A, start: 9:00, end: 10:00",
                "title: U, room: A, start: 9:00, duration: 60",
                "title: V, room: A, start: 9:30, end: 10:00",
            ],
            [clash("5:30", "09:30")],
            id="within-a-block",
        ),
        pytest.param(
            [
                "title: T, room: A, start: 9:00, date: 2018-04-19",
                "title: U, room: A, start: 9:00, date: 2018-04-19",
            ],
            [clash("4:30", "09:00")],
            id="same-day",
        ),
    ],
)
def test_two_sessions_at_once_in_a_room_are_reported(
    items: list[str], lines: list[str], reported: Check
) -> None:
    assert reported(sessions(*items)) == lines


@pytest.mark.parametrize(
    "items",
    [
        pytest.param(
            [
                "title: T, room: A, start: 9:00, end: 10:00",
                "title: U, room: A, start: 10:00, end: 11:00",
            ],
            id="touching",
        ),
        pytest.param(
            ["title: T, room: A, start: 9:00", "title: U, room: B, start: 9:00"], id="other-room"
        ),
        pytest.param(["title: T, room: A, start: 9:00", "title: U, start: 9:00"], id="no-room"),
        pytest.param(
            ["title: T, room: A, start: 9:00", "title: U, room: A, venue: Café, start: 9:00"],
            id="other-venue",
        ),
        pytest.param(
            ["title: T, venue: Online, start: 9:00", "title: U, venue: Online, start: 9:00"],
            id="no-room-of-a-venue",
        ),
        pytest.param(
            ["title: T, room: A, start: 9:00, end: 10:00"] * 3, id="a-block-of-several-talks"
        ),
        pytest.param(["title: T, room: A, start: 9:00", "title: U, room: A"], id="no-start"),
        pytest.param(
            ["title: T, room: A, start: 9:00", "title: U, room: A, start: 9:05"], id="no-end"
        ),
        pytest.param(
            [
                "title: T, room: A, start: 9:00, date: 2018-04-19",
                "title: U, room: A, start: 9:00, date: 2018-04-20",
            ],
            id="other-day",
        ),
        pytest.param(
            ["title: T, room: A, start: 22:00, end: 1:00", "title: U, room: A, start: 9:00"],
            id="next-morning-is-another-day",
        ),
        pytest.param(
            ["title: T, room: A, start: 22:00, end: 24:30", "title: U, room: A, start: 24:30"],
            id="touching-past-midnight",
        ),
    ],
)
def test_sessions_that_do_not_meet_are_right(items: list[str], reported: Check) -> None:
    assert reported(sessions(*items)) == []


def test_on_which_of_several_days_a_session_is_may_not_be_known(reported: Check) -> None:
    both = ["title: T, room: A, start: 9:00", "title: U, room: A, start: 9:00"]
    days = "start_date: 2018-04-19\nend_date: 2018-04-20\n"
    (line,) = reported(sessions(*both, before=days))
    assert "[event.no-date]" in line
    assert reported(sessions(*both, before="date: 2018-04-19\n")) == [
        clash("5:30", "09:00", line=4)
    ]


@pytest.mark.parametrize(
    ("items", "lines"),
    [
        (["title: T, start: 9:00", "title: U, date: 2018-04-20"], ["5:3"]),
        (["title: T, date: 2018-04-19", "title: U", "title: V"], ["6:3"]),
        (["title: T, children: [{title: U, date: 2018-04-19}, {title: V, date: 2018-04-19}]"], []),
        (["title: T, date: 2018-04-19, children: [U, V]"], []),
        (["title: T, start: 9:00, children: [{title: U, start: 9:00}]"], ["5:3"]),
        (["title: T", "title: U"], []),
    ],
)
def test_sessions_of_several_days_say_on_which_they_were(
    items: list[str], lines: list[str], reported: Check
) -> None:
    found = reported(sessions(*items, before="start_date: 2018-04-19\nend_date: 2018-04-20\n"))
    hints = [line for line in found if "[event.no-date]" in line]
    assert [hint.partition(" ")[0].removesuffix(":") for hint in hints] == lines
    assert all("write “date: 2018-04-19”" in hint for hint in hints)


@pytest.mark.parametrize("night", ["end: 8:00", "duration: 900"])
def test_a_night_meets_the_next_morning(night: str, reported: Check) -> None:
    both = [
        f"title: T, room: A, date: 2026-10-02, start: 17:00, {night}",
        "title: U, room: A, date: 2026-10-03, start: 6:30, end: 7:00",
        "title: V, room: A, date: 2026-10-03, start: 8:00, end: 9:00",
    ]
    days = "start_date: 2026-10-02\nend_date: 2026-10-04\n"
    for zone in ("", "timezone: Asia/Tokyo\n"):
        (line,) = reported(sessions(*both, before=days + zone))
        assert "is taken at 06:30 by “T”" in line


def test_a_session_of_the_only_day_may_say_so_or_not(reported: Check) -> None:
    both = ["title: T, room: A, start: 9:00", "title: U, room: A, start: 9:00, date: 2018-04-19"]
    assert reported(sessions(*both, before="date: 2018-04-19\n")) == [
        clash("5:30", "09:00", line=4)
    ]


# Ids


def test_an_id_that_stands_again_is_reported_each_time(reported: Check) -> None:
    found = reported(
        sessions("id: a, title: T", "id: b, title: U", "title: V, id: a", "id: a, title: W")
    )
    assert found == [
        "5:18: the id “a” is taken by the session in line 3 [event.duplicate-id]",
        "6:8: the id “a” is taken by the session in line 3 [event.duplicate-id]",
    ]


def test_sessions_without_an_id_share_none(reported: Check) -> None:
    assert reported(sessions("title: T", "title: T", "id: A, title: T", "id: a, title: T")) == []


# Files


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(
            "links: [slides.pdf, gone.xyz]\n",
            "2:21: there is no file “gone.xyz” here [event.file]",
            id="not-there",
        ),
        pytest.param(
            "links: {path: slide.pdf, title: T}\n",
            "2:15: there is no file “slide.pdf” here (did you mean “slides.pdf”?) [event.file]",
            id="slip",
        ),
        pytest.param(
            "files: Slides.PDF\n",
            "2:8: “Slides.PDF” is “slides.pdf” on disk; capitals count on most servers "
            "[event.file]",
            id="capitals",
        ),
        pytest.param(
            "files: {path: IMG/logo.png}\n",
            "2:15: “IMG/logo.png” is “img/logo.png” on disk; capitals count on most servers "
            "[event.file]",
            id="capitals-of-a-folder",
        ),
        pytest.param(
            "links: example.com/talk\n",
            "2:8: there is no file “example.com/talk” here; a URL needs its scheme: "
            "https://example.com/talk [event.file]",
            id="url-without-scheme",
        ),
        pytest.param(
            "links: img\\logo.png\n",
            "2:8: “img\\logo.png” has “\\” in it; write “img/logo.png” [event.file]",
            id="backslash",
        ),
        pytest.param(
            "sponsors: {name: A, logo: slides.pdf}\n",
            "2:27: “slides.pdf” is no picture; known are gif, jpeg, jpg, png, svg, webp "
            "[event.file]",
            id="no-picture",
        ),
        pytest.param(
            "sponsors: {name: A, logo: 'https://a.example/a.svg'}\n",
            "2:27: “https://a.example/a.svg” is an address; save the picture beside this "
            "file and write its name, or write “logo_url: https://a.example/a.svg” [event.file]",
            id="logo-elsewhere",
        ),
        pytest.param(
            "image: 'https://a.example/a.svg'\n",
            "2:8: “https://a.example/a.svg” is an address; save the picture beside this "
            "file and write its name [event.file]",
            id="picture-elsewhere",
        ),
        pytest.param(
            "sponsor_tiers: [{sponsors: [{name: A, logo: img/logo.svg}]}]\n",
            "2:45: there is no file “img/logo.svg” here [event.file]",
            id="logo",
        ),
        pytest.param(
            "sessions:\n- title: T\n  videos: [{path: a.mp4}]\n",
            "4:19: there is no file “a.mp4” here [event.file]",
            id="in-a-session",
        ),
        pytest.param(
            "links: ../../../secret.txt\n",
            "2:8: “../../../secret.txt” leads out of the project [event.path]",
            id="outside",
        ),
        pytest.param(
            "files: [{path: /etc/passwd}]\n",
            "2:16: “/etc/passwd” must be a path beside this file, not an absolute one [event.path]",
            id="absolute",
        ),
        pytest.param(
            "files: C:\\Users\\a.pdf\n",
            "2:8: “C:\\Users\\a.pdf” must be a path beside this file, not an absolute one "
            "[event.path]",
            id="drive",
        ),
        pytest.param(
            "links: .hidden/notes.txt\n",
            "2:8: “.hidden/notes.txt” is hidden; what is published has no name that starts with "
            "“.” [event.path]",
            id="hidden",
        ),
        pytest.param(
            "sponsors: {name: A, logo: ../../../x.png}\n",
            "2:27: “../../../x.png” leads out of the project [event.path]",
            id="logo-outside",
        ),
    ],
)
def test_a_file_that_cannot_be_linked_is_reported(text: str, line: str, reported: Check) -> None:
    assert reported(text) == [line]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_that_leads_out_of_the_project_is_reported(folder: Path, reported: Check) -> None:
    (folder / "out.txt").symlink_to(folder.parents[2] / "secret.txt")
    (folder / "in.pdf").symlink_to(folder.parents[1] / "shared.pdf")
    assert reported("links: [in.pdf, out.txt]\n") == [
        "2:17: “out.txt” leads out of the project [event.path]"
    ]


def test_files_that_are_there_are_right(reported: Check) -> None:
    assert (
        reported(
            "links: [slides.pdf, ./img/logo.png, ../../shared.pdf]\n"
            "sponsors: [{name: A, logo: img/logo.png}]\n"
            "files: [slides.pdf, {name: gone}]\n"
        )
        == []
    )


# All at once


@pytest.mark.parametrize("kind", ["poster", "demo"])
def test_many_posters_are_in_one_room(kind: str, reported: Check) -> None:
    items = [f"title: T{n}, kind: {kind}, room: A, start: 9:00, end: 12:00" for n in range(3)]
    assert reported(sessions(*items)) == []


def test_checks_take_time_by_the_number_of_sessions_and_names(reported: Check) -> None:
    def work(number: int) -> Callable[[], list[str]]:
        items = (
            f"- {{id: s{n}, title: T{n}, room: R{n}, start: '{9 + n % 9}:00', speakers: P{n}}}\n"
            for n in range(number)
        )
        text = f"sessions:\n{''.join(items)}"
        return lambda: reported(text)

    assert grows_linearly(work, 200)


# Places, lengths and parts


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(
            "venue: {name: V, rooms: [Hall A]}\nsessions: [{title: T, room: Hal A}]\n",
            "3:29: “Hal A” is not among the event's rooms (did you mean “Hall A”?) "
            "[event.unknown-name]",
            id="room",
        ),
        pytest.param(
            "venue: {name: V, rooms: [Hall A]}\nslots: [{title: T, room: Lobby}]\n",
            "3:26: “Lobby” is not among the event's rooms; there are Hall A [event.unknown-name]",
            id="room-of-a-slot",
        ),
        pytest.param(
            "tracks: [{name: {ja: 基盤, en: Infra}}]\nsessions: [{title: T, track: Infr}]\n",
            "3:30: “Infr” is not among the event's tracks (did you mean “Infra”?) "
            "[event.unknown-name]",
            id="track",
        ),
        pytest.param(
            "sessions:\n- title: P\n  children: [{id: a, title: T}, {id: a, title: U}]\n",
            "4:38: the id “a” is taken by the session in line 4 [event.duplicate-id]",
            id="ids-of-children",
        ),
        pytest.param(
            "sessions: [{id: a, title: T}, {id: b, title: U, old_ids: [a]}]\n",
            "2:58: the id “a” is taken by the session in line 2 [event.duplicate-id]",
            id="old-id-of-another",
        ),
        pytest.param(
            "sessions: [{title: T, start: 9:00, end: 9:40, duration: 50}]\n",
            "2:57: 50 minutes do not lead from 09:00 to 09:40; write either “end” or “duration” "
            "[event.time]",
            id="end-and-duration",
        ),
        pytest.param(
            "start_date: 2018-04-19\nend_date: 2018-04-20\n"
            "slots: [{title: Lunch, date: 2018-04-22}]\n",
            "4:30: 2018-04-22 is not one of the event's days [event.outside-days]",
            id="a-slot-on-no-day",
        ),
        pytest.param(
            "sessions:\n- title: P\n  room: A\n  start: 9:00\n  children:\n"
            "  - {title: T, room: B, start: 9:00, end: 9:10}\n"
            "  - {title: U, room: B, start: 9:05}\n",
            "8:32: “B” is taken at 09:05 by “T” in line 7 [event.room-clash]",
            id="children-at-once",
        ),
        pytest.param(
            "start_date: 2018-04-19\nend_date: 2018-04-20\nsessions:\n- title: P\n  room: A\n"
            "  date: 2018-04-20\n  children:\n"
            "  - {title: T, start: 9:00, end: 9:10}\n"
            "  - {title: U, start: 9:05}\n",
            "10:23: “A” is taken at 09:05 by “T” in line 9 [event.room-clash]",
            id="children-at-once-in-the-room-of-the-whole",
        ),
        pytest.param(
            "start_date: 2018-04-19\nend_date: 2018-04-20\n"
            "days: [2018-04-19, {date: 2018-04-20, name: A}, {date: 2018-04-20, name: B}]\n",
            "4:56: the day 2018-04-20 stands here again; the first is in line 4 [event.date]",
            id="a-day-twice",
        ),
    ],
)
def test_what_does_not_fit_the_events_own_lists_is_reported(
    text: str, line: str, reported: Check
) -> None:
    assert reported(text) == [line]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("sessions: [{title: T, room: Anywhere, track: Any}]\n", id="no-lists"),
        pytest.param(
            "venue: {name: Hall, rooms: [A]}\nsessions: [{title: T, room: 2F, venue: Café}]\n",
            id="a-room-of-another-venue",
        ),
        pytest.param(
            "tracks: [{name: {ja: 基盤, en: Infra}}]\nsessions: [{title: T, track: 基盤}]\n",
            id="another-language",
        ),
        pytest.param(
            "sessions: [{title: T, start: 9:00, end: 9:40, duration: 40}]\n", id="both-agree"
        ),
        pytest.param(
            "start_date: 2018-04-19\nend_date: 2018-04-20\ndays: [2018-04-18]\n"
            "sessions: [{title: T, date: 2018-04-18}]\n",
            id="a-day-before",
        ),
        pytest.param(
            "sessions:\n- title: P\n  room: A\n  start: 9:00\n  end: 10:00\n  children:\n"
            "  - {title: T, room: A, start: 9:00, end: 9:10}\n",
            id="a-part-within-its-whole",
        ),
        *(
            pytest.param(
                f"sessions:\n- {{title: P, room: A, start: 9:00, status: {status}}}\n"
                "- {title: Q, room: A, start: 9:00}\n",
                id=f"instead-of-a-{status}-one",
            )
            for status in ("cancelled", "postponed")
        ),
    ],
)
def test_what_fits_is_right(text: str, reported: Check) -> None:
    assert reported(text) == []
