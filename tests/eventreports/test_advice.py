"""Whoever does what the messages say is done with them, and has lost nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import advice
from conftest import ROOT, Site
from eventreports.core.problems import Code, Finding, Problem
from eventreports.loader import load
from page_messages import recorded

#: Codes of faults that only a person can fix: what is true stands in no message. Where there is a
#: case of one all the same, it is what a person would do.
BY_A_PERSON = {
    Code.UNREADABLE: "the file is not there, or the system lets nobody read it",
    Code.UNWRITABLE: "the disk is full or may only be read",
    Code.ENCODING: "the program that saved the file has to save it anew",
    Code.LIMIT: "a file that is too large is to be parted",
    Code.DOCUMENT: "the file says nothing yet, or is a text of another kind",
    Code.DUPLICATE_KEY: "which of two values is right",
    Code.MISSING: "the name or title that is not there",
    Code.EMPTY: "the text that is not there, or that there is none",
    Code.PLACEHOLDER: "the name or title that is not yet known",
    Code.DUPLICATE_ID: "another id",
    Code.DUPLICATE_NAME: "whether two entries are of one",
    Code.ROOM_CLASH: "which room or time is wrong",
    Code.OUTSIDE_DAYS: "which date is wrong, if one is",
    Code.PATH: "a file of the project has to take the place of one that is none",
    Code.FOLDED: "whether it is one item or two",
    Code.SIMILAR_NAME: "whether two names are one",
    Code.NO_EVENT: "the event's file that is not there",
    Code.NO_PAGE: "the event's page that is not there",
    Code.MORE_NOTES: "which notes are to be put together",
    Code.LEFT_OUT: "whether it is to be left out, as test_check_audience shows",
    Code.NO_ID: "a command does it, as test_check_fix shows",
    Code.PHOTO_LOCATION: "a command does it, as test_photos shows",
    Code.PHOTO_SIZE: "a command does it, as test_photos shows",
    Code.PHOTO_FORMAT: "a command does it, as test_photos shows",
    Code.ALT_TEXT: "what is to be seen",
    Code.FILE_SIZE: "where large files are kept",
    Code.SETTING: "what the site is to be",
}


class Case(NamedTuple):
    """A file with a fault, and what it is when its author did what the message says.

    :param code: What is reported.
    :param written: The file below ``name: E``.
    :param meant: The file as it is meant.
    :param choice: Which of several alternatives of the message is taken.
    :param is_open: Whether the message leaves to a person what to write.
    """

    code: Code
    written: str
    meant: str
    choice: int = 0
    is_open: bool = False

    @property
    def id(self) -> str:
        return f"{self.code.label}: {self.written}"


S, T, V, Q, U, F = Code.SYNTAX, Code.TYPE, Code.VALUE, Code.QUOTING, Code.URL, Code.FILE
DAYS = "start_date: 2018-04-19\nend_date: 2018-04-20\nsessions:\n  - {title: A, date: 2018-04-19}\n"
LINK = '{title: "A", url: "https://a.example/a"}'

CASES = (
    # What needs quotes
    Case(S, "title: A: B", 'title: "A: B"'),
    Case(
        S,
        "sessions:\n  - {title: 開会: 挨拶, room: 大ホール}",
        'sessions:\n  - {title: "開会: 挨拶", room: 大ホール}',
    ),
    Case(S, 'title: "A" と B', "title: '\"A\" と B'"),
    Case(S, 'title: "A', 'title: "A"'),
    Case(S, 'topics: [A, "B]', 'topics: [A, "B"]'),
    Case(S, 'title: "C:\\Users"', "title: 'C:\\Users'"),
    Case(S, "title: @A", 'title: "@A"'),
    Case(S, "topics: [@a, A #1, `c`]", 'topics: ["@a", "A #1", "`c`"]'),
    Case(
        S,
        "sponsors: [A (B, Inc.), C (D #3)]",
        'sponsors: ["A (B, Inc.)", "C (D #3)"]',
    ),
    Case(S, "title: {{ a }} B", 'title: "{{ a }} B"'),
    Case(S, f"title: A: {'長い' * 60}", f"title: 'A: {'長い' * 60}'"),
    # For whom it is
    Case(Code.VISIBILITY, "visibility: intrenal", "visibility: internal"),
    Case(Code.VISIBILITY, "visibilty: internal", "visibility: internal"),
    # Lists
    Case(S, "topics:\n  ・一\n  ・二", "topics:\n  - 一\n  - 二"),
    Case(S, "topics:\n  -A\n  - B", "topics:\n  - A\n  - B"),
    Case(
        S,
        "sessions:\n  - title: A\n    room: B\n  title: C",
        "sessions:\n  - title: A\n    room: B\n  - title: C",
    ),
    Case(
        S,
        "sessions:\n  title: A\n  room: B\n  title: C",
        "sessions:\n  - title: A\n    room: B\n  - title: C",
    ),
    Case(S, "topics: A\n  - B", "topics:\n  - A\n  - B"),
    Case(S, "topics: [A, B]\n  - C", "topics:\n  - A\n  - B\n  - C"),
    # Brackets, commas, colons
    Case(S, "topics: [A,\n  B", "topics: [A, B]"),
    Case(S, "venue: {name: 会場, address: 東京", "venue: {name: 会場, address: 東京}"),
    Case(S, "topics: [A, B]],", "topics: [A, B]"),
    Case(S, "topics: [A,, B]", "topics: [A, B]"),
    Case(S, "topics: [C[1] と D, E{2}F, G]", 'topics: ["C[1] と D", "E{2}F", G]'),
    Case(S, 'venue: {name: "A" address: B}', "venue: {name: A, address: B}", is_open=True),
    Case(S, "venue: {name:会場, address: B}", "venue: {name: 会場, address: B}"),
    Case(S, "title:A", "title: A"),
    Case(S, "title：全角\ndate：2018-04-19", "title: 全角\ndate: 2018-04-19"),
    Case(S, "topics\n  - B", "topics:\n  - B"),
    Case(S, f"links: [[A](https://a.example/a), {LINK}]", f"links: [{LINK}, {LINK}]"),
    Case(S, "links: [A](https://a.example/a)", f"links: {LINK}"),
    Case(S, "url: [A](https://a.example/a)", "url: https://a.example/a"),
    Case(
        S,
        "links:\n  - {title: B, url: [A](https://a.example/a)}",
        "links:\n  - {title: B, url: https://a.example/a}",
    ),
    # What stands below
    Case(S, "venue: 会場\n  address: 東京", "venue:\n  name: 会場\n  address: 東京"),
    Case(
        S,
        "reporters:\n  - Ken Mori (Acme)\n    url: https://a.example",
        "reporters:\n  - name: Ken Mori\n    affiliation: Acme\n    url: https://a.example",
    ),
    Case(S, "description: A\n  - B\n  - C", "description: |\n  A\n  - B\n  - C"),
    Case(S, "description: 注: 以下\n  - B", "description: |\n  注: 以下\n  - B"),
    # Indentation
    Case(S, "topics:\n   - A\n  - B\n  - C", "topics: [A, B, C]"),
    Case(
        S,
        "sessions:\n  - title: A\nroom: B\n  - title: C",
        "sessions:\n  - title: A\n    room: B\n  - title: C",
    ),
    Case(S, "venue:\n\tname: B\n\u3000address: C", "venue: {name: B, address: C}"),
    Case(S, "venue:\n  name: A\n   address: B", "venue: {name: A, address: B}"),
    # Of a merge conflict one may keep the second version.
    Case(S, "<<<<<<< a\nvenue: A\n=======\ntopics: [B]\n>>>>>>> b", "topics: [B]"),
    Case(Code.DUPLICATE_KEY, "venue: A\nvenue: A", "venue: A"),
    # Keys
    Case(Code.UNKNOWN_KEY, "tittle: A", "title: A"),
    Case(
        Code.UNKNOWN_KEY,
        "sessions:\n  - {titel: 題, speakrs: [A]}",
        "sessions:\n  - {title: 題, speakers: [A]}",
    ),
    Case(Code.UNKNOWN_KEY, "sponsors: [A: B, C]", 'sponsors: ["A: B", C]'),
    Case(
        Code.UNKNOWN_KEY,
        "links:\n  公式: https://a.example/a",
        "links:\n  - {title: 公式, url: https://a.example/a}",
    ),
    Case(Code.LIST, "sponsors: A、B, Inc.、C", 'sponsors: [A, "B, Inc.", C]'),
    Case(Code.LIST, "topics: A, B", 'topics: ["A, B"]', choice=1),
    Case(Code.MISSING, "sessions:\n  - room: A", "sessions:\n  - title: …\n    room: A"),
    Case(Code.MISSING, "files: [{size: 3 KB}]", "files: [{name: …, size: 3 KB}]"),
    Case(Code.EMPTY, 'topics: [A, ""]', "topics: [A]"),
    Case(Code.EMPTY, "sessions:\n  -\n  - title: A", "sessions: [A]"),
    # Values
    Case(T, "title: [A, B]", 'title: "[A, B]"'),
    Case(T, "sessions:\n  - title: {A: B}", 'sessions:\n  - title: "A: B"'),
    Case(T, "date: [2018-04-19]", "date: 2018-04-19"),
    Case(
        T,
        "sessions:\n  A: {room: X}\n  B: {room: Y}",
        "sessions:\n  - title: A\n    room: X\n  - title: B\n    room: Y",
        is_open=True,
    ),
    Case(V, "status: canceled", "status: cancelled"),
    Case(
        V,
        'links: [<https://a.example>, "[A](https://a.example/a)"]',
        "links: [https://a.example, {url: https://a.example/a, title: A}]",
    ),
    Case(V, "capacity: 約500名", "capacity_text: 約500名"),
    Case(
        V,
        "sessions: [{title: A, kind: 雑談}]",
        "sessions: [{title: A, kind: other, kind_text: 雑談}]",
    ),
    Case(V, "id: my event", "id: my-event"),
    Case(V, "description: {jp: あ, en: a}", "description: {ja: あ, en: a}"),
    Case(
        V,
        "links: {url: https://a.example, path: a.pdf}",
        "links: {url: https://a.example}",
        is_open=True,
    ),
    Case(Q, "title: A #1", 'title: "A #1"'),
    Case(Q, "title: &A B", 'title: "&A B"'),
    Case(Q, "sponsors: [A, Inc., B]", 'sponsors: ["A, Inc.", B]'),
    Case(Code.ALIAS, "topics: [*a, b]", 'topics: ["*a", b]'),
    Case(Code.TAG, "title: !important A", 'title: "!important A"'),
    Case(Code.TAG, "venue: !v {name: A}", "venue: A"),
    Case(Code.INVISIBLE, "title: A\u200bB", "title: AB"),
    Case(Code.BRACKETS, "reporters: [Aoi (Acme]", 'reporters: [{name: "Aoi (Acme"}]'),
    Case(Code.BRACKETS, "topics: [A (B]", "topics: [A (B)]", is_open=True),
    Case(Code.PLACEHOLDER, "sessions: [TODO]", "sessions: [A]"),
    Case(Code.DATE, "date: 2018/4/19", "date: 2018-04-19"),
    Case(
        Code.DATE,
        "sessions: [{title: A, date: 2018年4月19日}]",
        "sessions: [{title: A, date: 2018-04-19}]",
    ),
    Case(Code.DATE, "date: 2018\nstart_date: 2018", "start_date: 2018", is_open=True),
    Case(
        Code.TIME,
        "sessions: [{title: A, start: '13:00', end: '10:00'}]",
        "sessions: [{title: A, start: '13:00', duration: 1260}]",
    ),
    Case(
        Code.TIME,
        "sessions: [{title: A, start: 9:00, end: 10:00, duration: 50}]",
        "sessions: [{title: A, start: 9:00, end: 10:00}]",
        is_open=True,
    ),
    Case(Code.TIMEZONE, "timezone: Asia/Tokio", "timezone: Asia/Tokyo"),
    # Addresses and files
    Case(U, "url: example.com", "url: https://example.com"),
    Case(
        U,
        'links: [{url: example.com/あ い}, "https:a.example", " https://b.example"]',
        "links: [https://example.com/あ%20い, https://a.example, https://b.example]",
    ),
    Case(
        U,
        "reporters: [{name: A, url: a@example.com}]",
        "reporters: [{name: A, url: mailto:a@example.com}]",
    ),
    Case(U, "url: htps://a.example", "url: https://a.example"),
    Case(U, "url: https://a.example\\b", "url: https://a.example/b"),
    Case(Code.PATH, "files: [../../a.pdf]", "files: [a.pdf]"),
    Case(F, "files: [A.PDF]", "files: [a.pdf]"),
    Case(F, "files: [b.pdf]", "files: [a.pdf]"),
    Case(F, "files: [sub\\c.pdf]", "files: [sub/c.pdf]"),
    Case(
        F,
        "links: [www.example.com/a, https//b.example]",
        "links: [https://www.example.com/a, https://b.example]",
    ),
    Case(
        F,
        "sponsors: [{name: A, logo: https://a.example/b.png}]",
        "sponsors: [{name: A, logo_url: https://a.example/b.png}]",
    ),
    Case(
        F,
        "sessions: [{title: A, slides: later}]",
        "sessions: [{title: A, slides: {status: later}}]",
    ),
    # Entries beside each other
    Case(
        Code.DUPLICATE_ID,
        "sessions: [{id: a, title: A}, {id: a, title: B}]",
        "sessions: [{id: a, title: A}, {id: b, title: B}]",
    ),
    Case(Code.DUPLICATE_NAME, "sponsors: [A, A]", "sponsors: [A]"),
    Case(
        Code.ROOM_CLASH,
        "sessions: [{title: A, start: 9:00, room: R}, {title: B, start: 9:00, room: R}]",
        "sessions: [{title: A, start: 9:00, room: R}, {title: B, start: 9:00, room: S}]",
    ),
    Case(
        Code.UNKNOWN_NAME,
        "tracks: [基盤]\nsessions: [{title: A, track: 基盤部}]",
        "tracks: [基盤]\nsessions: [{title: A, track: 基盤}]",
    ),
    Case(
        Code.OUTSIDE_DAYS,
        "date: 2018-04-19\nsessions: [{title: A, date: 2018-04-18}]",
        "date: 2018-04-19\nsessions: [{title: A, date: 2018-04-19}]",
    ),
    Case(
        Code.NO_DATE,
        f"{DAYS}  - B\n  - title: C\n  - {{title: D}}\n  - 'E: 1'",
        f"{DAYS}  - {{title: B, date: 2018-04-19}}\n  - {{title: C, date: 2018-04-19}}\n"
        "  - {title: D, date: 2018-04-19}\n  - {title: 'E: 1', date: 2018-04-19}",
    ),
    Case(Code.FOLDED, "topics:\n  - A\n    B", "topics: [A, B]"),
    Case(Code.SIMILAR_NAME, "reporters: [Ken Mori, Ken Morí]", "reporters: [Ken Mori, Aoi]"),
    Case(
        Code.PERSON,
        "reporters:\n  - Ken Mori and Aoi Tanaka",
        "reporters: [Ken Mori, Aoi Tanaka]",
    ),
    *(
        Case(Code.PERSON, "reporters: [Taro / Jiro]", meant, choice)
        for choice, meant in enumerate(
            (
                "reporters: [Taro, Jiro]",
                "reporters: [{name: Taro, affiliation: Jiro}]",
                "reporters: [{name: Taro / Jiro}]",
            )
        )
    ),
    Case(
        Code.PERSON,
        "sessions: [{title: A, speakers: [Ken Mori, CTO]}]",
        "sessions: [{title: A, speakers: [Ken Mori (CTO)]}]",
    ),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an event, with its files."""
    root = tmp_path_factory.mktemp("site")
    for name in ("a.pdf", "sub/c.pdf"):
        (root / "e" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "e" / name).write_bytes(b"%PDF")
    return root / "e"


def check(text: str, folder: Path) -> tuple[list[Problem], Any]:
    """What is wrong with a file, and the facts of it; ids that are not written are no fault."""
    loaded = load(folder / "event.yaml", folder.parent, raw=text.encode())
    problems = [one for one in loaded.problems if one.code is not Code.NO_ID]
    return problems, loaded.event and loaded.event.model_dump()


def rounds(problems: Iterable[Problem]) -> int:
    """How often one has to check again: where a message is of several lines, once for each."""
    numbers = [
        value
        for one in problems
        for name, value in advice.arguments_of(one.message).items()
        if name in ("count", "number") and isinstance(value, int)
    ]
    return max(1, sum(numbers))


def followed(
    text: str, folder: Path, choice: int = 0, limit: int | None = None
) -> tuple[str, list[Problem]]:
    """A file after its author did what the messages say, and the messages that are left."""
    problems, _facts = check(text, folder)
    for _time in range(limit or rounds(problems)):
        new = text
        for problem in sorted(problems, key=lambda one: one.mark, reverse=True):
            new = advice.follow(new, problem, choice) or new
        if new == text:
            break
        text = new
        problems, _facts = check(text, folder)
    return text, problems


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in CASES])
def test_a_file_is_right_after_what_the_message_says(case: Case, folder: Path) -> None:
    written, meant = (f"name: E\n{text}\n" for text in (case.written, case.meant))
    problems, _facts = check(written, folder)
    assert {one.code for one in problems} == {case.code}
    assert all(one.mark.line <= written.count("\n") for one in problems)
    right, facts = check(meant.replace("…", "F"), folder)
    assert right == []
    text, left = followed(written, folder, case.choice)
    if case.is_open or case.code in BY_A_PERSON:
        # What to write is not in the message, and nothing else is wrong.
        assert {one.code for one in left} == {case.code}
    else:
        assert left == []
        assert check(text, folder)[1] == facts


# Slips

#: What a hand or an input method makes of a line, if it has such a place.
SLIPS: tuple[tuple[str, str], ...] = (
    (r"(?<=\w): (?=\S)", ":"),
    (r"(?<=\w): (?=\S)", "："),
    (r"^(\s*)- (?=\S)", r"\1・"),
    (r"^(\s*)- (?=\S)", r"\1-"),
    (r"^  (?=\S)", "\t"),
    (r"^  (?=\s*\w)", "\u3000"),
    (r"^( +)(?=\w+:)", r"\1 "),
    (r"^( +) (?=\w+:)", r"\1"),
    (r"(\w+: )(?=[^\s\"'\[{|>\d])", r'\1"'),
    (r"(\w+: )(?=[^\s\"'\[{|>\dh])", r"\1@"),
    (r"(?<=\w: )(\w\w+)(?= )", r'"\1"'),
    (r"(?<=\w: )(\w+)(?= )", r"\1:"),
    (r"(?<=\w: )(\w+)(?= )", r"\1 #"),
    (r"\](?=$)", ""),
    (r"\}(?=$)", ""),
    (r"[\"'](?=$)", ""),
    (r"^(\s*- |\s*)titl(?=e:)", r"\1tilt"),
    (r"^(\s*)speak(?=ers:)", r"\1speka"),
    (r"https://", ""),
    (r"https://", "https//"),
    (r"(\d{4})-(\d\d)-(\d\d)", r"\1/\2/\3"),
    (r"(\w: \w)", "\\1\u200b"),
)


@st.composite
def slips(draw: st.DrawFn, text: str, most: int) -> str:
    """A file with some slips."""
    lines = text.split("\n")
    for _time in range(draw(st.integers(1, most))):
        pattern, new = draw(st.sampled_from(SLIPS))
        places = [n for n, line in enumerate(lines) if re.search(pattern, line)]
        if places:
            n = draw(st.sampled_from(places))
            lines[n] = re.sub(pattern, new, lines[n], count=1)
    return "\n".join(lines)


SAMPLES = [
    (ROOT / "events" / name / "event.yaml").read_text(encoding="utf-8")
    for name in ("japan-container-days-v1804", "rubykaigi-2018")
]


@pytest.mark.once
@pytest.mark.slow
@settings(max_examples=25)
@given(st.data())
def test_of_slips_nothing_is_left_after_what_the_messages_say(
    folder: Path, data: st.DataObject
) -> None:
    text = data.draw(st.sampled_from(SAMPLES).flatmap(lambda sample: slips(sample, 3)))
    right, left = followed(text, folder, limit=6)
    assert [str(one) for one in left] == []
    # Words change only where a message names others: the wrong key, a date, an address.
    lost = set(advice.lost_words(text, right)) - set(advice.lost_words(text, "\n".join(SAMPLES)))
    assert lost == set()


# Pages

EVENT = """\
name: Conf 2018 年次
topics: [Kubernetes]
sessions:
  - {id: a, title: Alpha, room: R1}
  - {id: b, title: Beta, slides: https://a.example/s}
  - {id: c, title: ガンマ}
sponsor_tiers:
  - {name: Gold, sponsors: [Acme]}
"""
INFO = "```{event:info}\n```"


class Page(NamedTuple):
    """A page with a fault, and what it is when its author did what the message says.

    :param code: What is reported.
    :param written: The page below its heading ``# P``; in reStructuredText it has its own.
    :param meant: The page as it is meant.
    :param is_open: Whether the message leaves to a person what to write.
    """

    code: Code
    written: str
    meant: str
    is_open: bool = False

    @property
    def suffix(self) -> str:
        return ".rst" if self.meant.startswith(("P\n=", "Conf")) else ".md"


def in_rest(code: Code, written: str, meant: str) -> Page:
    """A page in reStructuredText, below its heading."""
    return Page(code, f"P\n=\n\n{written}", f"P\n=\n\n{meant}")


def in_markdown(code: Code, written: str, meant: str, *, is_open: bool = False) -> Page:
    """A page in Markdown, below its heading."""
    return Page(code, f"# P\n\n{written}", f"# P\n\n{meant}", is_open)


PAGES = (
    in_markdown(Code.FENCE, "```{event:info}\n\ntext", f"{INFO}\n\ntext"),
    in_markdown(
        Code.FENCE,
        "```{event:list}\n:year: 2018\n\n## A",
        "```{event:list}\n:year: 2018\n```\n\n## A",
    ),
    in_markdown(Code.FENCE, "````{event:info}\n```", "````{event:info}\n````"),
    in_markdown(Code.FENCE, "```{event:info}\n```text", f"{INFO}\ntext"),
    in_markdown(
        Code.FENCE, f"```python\nx\n\n{INFO}", f"```python\nx\n```\n\n{INFO}", is_open=True
    ),
    in_markdown(Code.MARKUP, ".. event:info::\n\ntext", f"{INFO}\n\ntext"),
    in_markdown(Code.MARKUP, "```{event:info}```", INFO),
    in_markdown(Code.MARKUP, "{event:info}", INFO),
    in_markdown(Code.MARKUP, "text .. event:info:: more", f"text\n\n{INFO}\nmore"),
    in_markdown(
        Code.MARKUP, "| a |\n| - |\n| ```{event:info}``` |", f"| a |\n| - |\n|  |\n\n{INFO}"
    ),
    in_markdown(Code.MARKUP, "| a |\n| - |\n| {event:info} |", f"| a |\n| - |\n|  |\n\n{INFO}"),
    in_markdown(
        Code.MARKUP,
        "{evnt:session}`a` と {evnt:session}`b` :event:session:`c`",
        "{event:session}`a` と {event:session}`b` {event:session}`c`",
    ),
    in_markdown(Code.DIRECTIVE, "```{event-info}\n```", INFO),
    in_markdown(Code.DIRECTIVE, "```{event:inof}\n```", INFO),
    in_markdown(Code.DIRECTIVE, "{event:evnt}`other`", "{event:event}`other`"),
    in_markdown(Code.DIRECTIVE, "```{event:info}\ntext\nmore\n```", f"{INFO}\n\ntext\nmore"),
    in_markdown(Code.DIRECTIVE, "```{event:info} text\n```", f"{INFO}\n\ntext"),
    in_markdown(
        Code.DIRECTIVE, "```{event:info} other\n```", "```{event:info}\n:event: other\n```"
    ),
    in_markdown(
        Code.DIRECTIVE,
        "## ガンマ\n\n```{event:sessions} c\n```",
        "## ガンマ\n\n```{event:session} c\n```",
    ),
    in_markdown(
        Code.DIRECTIVE,
        "text\n\n```{event:session} b, c\n```",
        "text\n\n```{event:session} b\n```\n```{event:session} c\n```",
    ),
    in_markdown(
        Code.OPTION,
        "```{event:sessions}\n:sort: tme\n:colums: 3\n```",
        "```{event:sessions}\n:sort: time\n:columns: 3\n```",
    ),
    in_markdown(
        Code.OPTION,
        "```{event:list}\n:year: 令和6年\n:limit: ５件\n```",
        "```{event:list}\n:year: 2024\n:limit: 5\n```",
    ),
    in_markdown(
        Code.OPTION,
        "```{event:sessions}\n\nsort: time\n```",
        "```{event:sessions}\n:sort: time\n\n```",
    ),
    in_markdown(
        Code.UNKNOWN_NAME,
        "```{event:sponsors}\n:tiers: Golden\n```",
        "```{event:sponsors}\n:tiers: Gold\n```",
    ),
    in_markdown(
        Code.UNKNOWN_EVENT,
        "```{event:info}\n:event: othr\n```",
        "```{event:info}\n:event: other\n```",
    ),
    in_markdown(Code.UNKNOWN_EVENT, "{event:event}`othr`", "{event:event}`other`"),
    in_markdown(
        Code.UNKNOWN_SESSION,
        "text\n\n```{event:session} Alpha\n```",
        "text\n\n```{event:session} a\n```",
    ),
    in_markdown(
        Code.UNKNOWN_SESSION,
        "text\n\n```{event:session}\na\n```",
        "text\n\n```{event:session} a\n```",
    ),
    in_markdown(Code.UNKNOWN_SESSION, "{event:session}`aa`", "{event:session}`a`"),
    in_markdown(Code.UNKNOWN_SUBJECT, "{event:topic}`Kubernets`", "{event:topic}`Kubernetes`"),
    in_markdown(
        Code.HEADING,
        "## Aleph\n\n```{event:session} a\n```",
        "## Alpha\n\n```{event:session} a\n```",
    ),
    Page(Code.NO_HEADING, "text", "# Conf 2018 年次\n\ntext"),
    Page(Code.NO_HEADING, "## Part\n\ntext", "# Conf 2018 年次\n\n## Part\n\ntext"),
    Page(Code.NO_HEADING, "text", "Conf 2018 年次\n==============\n\ntext"),
    in_rest(Code.MARKUP, INFO, ".. event:info::\n"),
    in_rest(Code.MARKUP, "text\n.. event:info::", "text\n\n.. event:info::"),
    in_rest(Code.MARKUP, "{event:session}`a`", ":event:session:`a`"),
    in_rest(Code.DIRECTIVE, ".. event:inof::", ".. event:info::"),
    in_rest(Code.DIRECTIVE, ".. event:info:: text", ".. event:info::\n\ntext"),
    in_rest(
        Code.OPTION, ".. event:sessions::\n\n:sort: time", ".. event:sessions::\n   :sort: time\n"
    ),
)


def build(folder: Path, pages: dict[str, str]) -> dict[str, list[Finding]]:
    """What a build reports of each of some pages of an event."""
    folder.mkdir()
    site = Site(folder)
    site.event("conf", EVENT)
    site.event("other", "name: Other\n", "# Other\n")
    for name, text in pages.items():
        (folder / "events/conf" / name).write_text(f"{text}\n", encoding="utf-8")
    with recorded() as reported:
        site.build("dummy")
    found: dict[str, list[Finding]] = {name: [] for name in pages}
    for one in reported:
        # Several pages with notes of one session are no fault of these.
        if one.finding.code is not Code.MORE_NOTES:
            found[one.path.name].append(one.finding)
    return found


@pytest.mark.slow
def test_a_page_is_right_after_what_the_message_says(tmp_path: Path) -> None:
    pages = {f"{number:02}{page.suffix}": page for number, page in enumerate(PAGES)}
    written = {name: page.written for name, page in pages.items()}
    reported = build(tmp_path / "written", written)
    assert {name: {one.code for one in reported[name]} for name in pages} == {
        name: {page.code} for name, page in pages.items()
    }
    texts = {}
    for name, text in written.items():
        for finding in sorted(reported[name], key=lambda one: one.mark, reverse=True):
            text = advice.follow_page(text, finding) or text
        texts[name] = pages[name].meant if pages[name].is_open else text
    assert texts == {name: page.meant for name, page in pages.items()}
    left = build(tmp_path / "followed", texts)
    assert {name: findings for name, findings in left.items() if findings} == {}


# Every code

#: Where the advice of other codes is tried.
ELSEWHERE = {
    Code.UNKNOWN_TOPIC: "test_registers.py::"
    "test_a_topic_that_a_closed_list_lacks_is_reported_with_a_near_one",
    Code.SAME_SUBJECT: "test_registers.py::test_check_reads_registers_and_says_what_may_be_one",
    Code.LOST_ADDRESS: "test_lost_addresses.py::test_what_a_message_says_keeps_all",
    Code.NOT_SHOWN: "test_a_session_that_is_not_shown_is_shown_by_the_line_of_the_hint",
    Code.LINK_GONE: "test_linkcheck.py::test_what_it_says_to_write_is_right",
}


def test_there_is_a_case_for_every_code() -> None:
    cases = {case.code for case in CASES} | {page.code for page in PAGES} | ELSEWHERE.keys()
    assert set(Code) == cases | BY_A_PERSON.keys()


def test_text_is_read_once_it_is_saved_as_the_message_says(folder: Path) -> None:
    raw = "name: 年次大会\n".encode("cp932")
    (problem,) = load(folder / "event.yaml", folder.parent, raw=raw).problems
    assert problem.code is Code.ENCODING
    codec = str(advice.arguments_of(problem.message)["codec"])
    assert check(raw.decode(codec), folder)[0] == []


def test_a_file_that_says_nothing_is_right_once_it_begins_as_the_message_says(
    folder: Path,
) -> None:
    (problem,) = check("# nothing\n", folder)[0]
    assert problem.code is Code.DOCUMENT
    assert check("# nothing\nname: A\n", folder)[0] == []


def test_a_page_and_an_event_find_each_other_as_the_messages_say(site: Site) -> None:
    page = f"# A\n\n{INFO}\n"
    site.write({"events/conf/event.yaml": "name: Conf\n", "other.md": page})
    with recorded() as reported:
        site.build("dummy")
    found = {one.finding.code: one.finding.message for one in reported}
    assert found.keys() == {Code.NO_PAGE, Code.NO_EVENT}
    (option,) = advice.prescribed(found[Code.NO_EVENT])
    wanted = str(advice.arguments_of(found[Code.NO_PAGE])["wanted"])
    right = page.replace("}", "}\n" + option.replace("ID", "conf"), 1)
    site.write({wanted: "# Conf\n", "other.md": right})
    with recorded() as reported:
        site.build("dummy")
    assert reported == []


def test_a_session_that_is_not_shown_is_shown_by_the_line_of_the_hint(site: Site) -> None:
    page = "# Conf\n\n## A\n\n```{event:session} a\n```\n"
    site.event("conf", "name: Conf\nsessions: [{id: a, title: A}, {id: b, title: B}]\n", page)
    with recorded() as reported:
        site.build("dummy")
    (hint,) = (one.finding for one in reported)
    assert hint.code is Code.NOT_SHOWN
    (line,) = advice.prescribed(hint.message)
    site.write({"events/conf/index.md": f"{page}\n## B\n\n{line}\n```\n"})
    with recorded() as reported:
        site.build("dummy")
    assert reported == []
