"""Typos that YAML cannot read: each is one problem that says the cure, and costs itself at most."""

import copy
import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from eventreports.core.entity import shape
from eventreports.core.model import ENTITIES
from eventreports.core.problems import Mark
from eventreports.core.quoting import quoted, shown_in_quotes
from eventreports.yaml import reader
from eventreports.yaml.failures import Failure
from eventreports.yaml.lines import with_children
from eventreports.yaml.repairs import RULES, Rule, repair
from eventreports.yaml.repairs.base import Repair

pytestmark = pytest.mark.once

WILD = settings(max_examples=200)

#: Nothing of it is wrong; each test puts a typo in the place of a line, or of several.
FRAME = """\
name: Event
date: 2018-04-19
sessions:
  - title: One
    start: 9:00
  - title: Two
    speakers:
      - Aoi (Acme)
      - Ken
    room: A
  - title: Three
    start: 11:00
topics: [Go, IoT]
"""
WHOLE: dict[str, Any] = {
    "name": "Event",
    "date": "2018-04-19",
    "sessions": [
        {"title": "One", "start": "9:00"},
        {"title": "Two", "speakers": ["Aoi (Acme)", "Ken"], "room": "A"},
        {"title": "Three", "start": "11:00"},
    ],
    "topics": ["Go", "IoT"],
}
#: Instead of a value that is there no longer.
LOST = object()

Path = tuple[str | int, ...]
Changes = dict[Path, object]

ONE, TWO, THREE = (("sessions", number) for number in range(3))


def with_typo(line: int, written: str, last: int | None = None) -> str:
    lines = FRAME.split("\n")
    lines[line - 1 : last or line] = written.split("\n")
    return "\n".join(lines)


def read(text: str) -> tuple[list[str], Any]:
    data, problems = reader.parse(text.encode(), "event.yaml")
    return [str(problem).removeprefix("event.yaml:") for problem in problems], data


def changed(changes: Changes) -> dict[str, Any]:
    """The whole data with what a typo has made of it."""
    data = copy.deepcopy(WHOLE)
    for path, value in changes.items():
        holder: Any = data
        for step in path[:-1]:
            holder = holder[step]
        if value is LOST:
            del holder[path[-1]]
        else:
            holder[path[-1]] = value
    return data


def assert_typo(text: str, reported: list[str], changes: Changes) -> None:
    found, data = read(text)
    assert found == reported
    assert data == changed(changes)


def test_the_frame_is_right() -> None:
    assert_typo(FRAME, [], {})


def syntax(*lines: str) -> list[str]:
    return [f"{line} [event.syntax]" for line in lines]


# Colons

COLON = "a colon and a space stand within the text; the text needs quotes:"
KEY_END = "a key ends with “:” and a space:"


@pytest.mark.parametrize(
    ("line", "written", "reported", "title"),
    [
        pytest.param(6, "  - title: Two: a story", "6:15", "Two: a story", id="one"),
        pytest.param(6, "  - title: Two: a: story", "6:15", "Two: a: story", id="two"),
        pytest.param(6, "  - title: Two:", "6:15", "Two:", id="at-the-end"),
        pytest.param(6, "  - title: 第二回: 夏", "6:15", "第二回: 夏", id="japanese"),
        pytest.param(6, "  - title: 😀: two", "6:13", "😀: two", id="emoji"),
        pytest.param(6, "  - title: Two: it's", "6:15", "Two: it's", id="apostrophe"),
        pytest.param(6, '  - title: "Two": a story', "6:17", '"Two": a story', id="quoted-word"),
        pytest.param(6, "  - title: C:\\a: b", "6:16", "C:\\a: b", id="backslash"),
    ],
)
def test_a_colon_within_a_text_needs_quotes(
    line: int, written: str, reported: str, title: str
) -> None:
    lines = syntax(f"{reported}: {COLON} {quoted(title)}")
    assert_typo(with_typo(line, written), lines, {(*TWO, "title"): title})


def test_of_a_long_text_the_beginning_is_shown_in_quotes() -> None:
    title = "Two: " + "x" * 80
    lines = syntax(f'6:15: {COLON} "{title[:60]}…"')
    assert_typo(with_typo(6, f"  - title: {title}"), lines, {(*TWO, "title"): title})


@pytest.mark.parametrize(
    ("line", "written", "place", "proposal"),
    [
        pytest.param(2, "date:2018-04-19", "2:5", "date: 2018-04-19", id="no-space"),
        pytest.param(2, "date：2018-04-19", "2:5", "date: 2018-04-19", id="wide"),
        pytest.param(2, "date： 2018-04-19", "2:5", "date: 2018-04-19", id="wide-and-space"),
        pytest.param(2, "date:\u30002018-04-19", "2:5", "date: 2018-04-19", id="wide-space"),
        pytest.param(1, "name：Event", "1:5", "name: Event", id="first-line"),
        pytest.param(1, "name:Event", "1:5", "name: Event", id="first-line-no-space"),
        pytest.param(6, "  - title:Two", "6:10", "title: Two", id="in-an-item"),
        pytest.param(6, "  - title：Two", "6:10", "title: Two", id="wide-in-an-item"),
        pytest.param(5, "    start:9:00", "5:10", "start: 9:00", id="before-a-time"),
        pytest.param(5, "    start：9:00", "5:10", "start: 9:00", id="wide-before-a-time"),
        pytest.param(7, "    speakers：", "7:13", "speakers:", id="above-a-list"),
        pytest.param(3, "sessions：", "3:9", "sessions:", id="above-all"),
        pytest.param(13, "topics:[Go, IoT]", "13:7", "topics: [Go, IoT]", id="before-brackets"),
    ],
)
def test_a_key_ends_with_a_colon_and_a_space(
    line: int, written: str, place: str, proposal: str
) -> None:
    assert_typo(with_typo(line, written), syntax(f"{place}: {KEY_END} {proposal}"), {})


def test_a_file_in_which_every_colon_is_of_full_width_loses_nothing() -> None:
    found, data = read(FRAME.replace(":", "：").replace("9：00", "9:00").replace("11：00", "11:00"))
    assert data == WHOLE
    assert found
    assert all(KEY_END in line for line in found)


@pytest.mark.parametrize(
    ("line", "written", "reported"),
    [
        (7, "    speakers", "7:5: a key ends with “:”: speakers:"),
        (3, "sessions", "3:1: a key ends with “:”: sessions:"),
    ],
)
def test_a_key_without_its_colon_keeps_what_stands_below(
    line: int, written: str, reported: str
) -> None:
    assert_typo(with_typo(line, written), syntax(reported), {})


# Lines that are none

NEITHER = (
    "is neither “key: value” nor “- item”; a text goes on only where it is deeper than its key"
)


@pytest.mark.parametrize(
    ("line", "written", "changes"),
    [
        pytest.param(2, "date = 2018-04-19", {("date",): LOST}, id="equals"),
        pytest.param(2, "date 2018-04-19", {("date",): LOST}, id="no-colon"),
        pytest.param(2, "date -> 2018-04-19", {("date",): LOST}, id="arrow"),
        pytest.param(13, "topics", {("topics",): LOST}, id="word"),
        pytest.param(13, "話題", {("topics",): LOST}, id="kanji"),
        pytest.param(9, "      Ken", {(*TWO, "speakers"): ["Aoi (Acme)"]}, id="no-dash"),
    ],
)
def test_a_line_that_says_nothing_is_left_out_alone(
    line: int, written: str, changes: Changes
) -> None:
    said = written.strip()
    place = f"{line}:{len(written) - len(said) + 1}"
    reported = syntax(f"{place}: “{said}” {NEITHER}; line {line} is left out")
    assert_typo(with_typo(line, written), reported, changes)


@pytest.mark.parametrize(
    "junk",
    [
        "// a comment",
        "/* a comment */",
        "; a comment",
        "<!-- a comment -->",
        "=======",
        "<<<<<<< HEAD",
        ">>>>>>> theirs",
        "%",
        "😀",
        "two words",
        "***",
        "]",
        "}",
        "`",
        "@",
        "...more",
        "\\",
    ],
)
def test_junk_between_two_lines_costs_itself_alone(junk: str) -> None:
    """Whatever it means, the lines around it are as right as before."""
    lines = FRAME.splitlines()
    for number in range(2, 14):
        for indentation in {"", re.sub(r"\S.*", "", lines[number - 1])}:
            above = lines[number - 2]
            if len(indentation) > len(above) - len(above.lstrip(" -")) and above[-1] != ":":
                # The text above goes on with it.
                continue
            found, data = read(with_typo(number, f"{indentation}{junk}\n{lines[number - 1]}"))
            assert [line.partition(":")[0] for line in found] == [str(number)], number
            assert data == WHOLE, number


@pytest.mark.parametrize(
    ("number", "last", "changes"),
    [
        pytest.param(5, 6, {(*ONE, "start"): LOST}, id="below-a-head"),
        pytest.param(10, 11, {(*TWO, "room"): LOST}, id="below-a-list"),
        pytest.param(12, 13, {(*THREE, "start"): LOST}, id="in-the-last"),
    ],
)
def test_where_an_item_would_begin_what_follows_may_be_anothers(
    number: int, last: int, changes: Changes
) -> None:
    """Better nothing is said of a session than what was said of another."""
    line = FRAME.splitlines()[number - 1]
    reported = syntax(f"{number}:3: “two words” {NEITHER}; lines {number} to {last} are left out")
    assert_typo(with_typo(number, f"  two words\n{line}"), reported, changes)


OURS, BASE, THEIRS, END = "<<<<<<< HEAD", "||||||| 1a2b3c", "=======", ">>>>>>> theirs"


@pytest.mark.parametrize(
    ("line", "last", "written", "changes"),
    [
        pytest.param(
            5,
            5,
            [OURS, "    start: 9:00", THEIRS, "    start: 10:00", "    room: B", END],
            {(*ONE, "room"): "B"},
            id="keys",
        ),
        pytest.param(
            2,
            2,
            [OURS, "date: 2018-04-19", BASE, "date: 2018", THEIRS, "date: 2019", END],
            {},
            id="with-base",
        ),
        pytest.param(
            11,
            12,
            [OURS, THEIRS, "  - title: Three", "    start: 11:00", END],
            {},
            id="one-side-empty",
        ),
        pytest.param(
            10,
            10,
            [
                "    room: A",
                OURS,
                "  - title: Neun",
                THEIRS,
                "  - title: Neun",
                "    room: C",
                "  - title: Ten",
                "    room: B",
                END,
            ],
            {
                ("sessions",): [
                    *WHOLE["sessions"][:2],
                    {"title": "Neun"},
                    {"title": "Ten", "room": "B"},
                    WHOLE["sessions"][2],
                ]
            },
            id="items",
        ),
        pytest.param(
            10,
            10,
            [
                "    room: A",
                "    description: |",
                "      a",
                OURS,
                "      b",
                THEIRS,
                "      c",
                END,
            ],
            {(*TWO, "description"): "a\n\nb\n\nc\n"},
            id="text",
        ),
        pytest.param(
            13,
            13,
            ["topics: [", "  Go,", OURS, "  IoT", THEIRS, "  IoT", END, "  ]"],
            {},
            id="brackets",
        ),
    ],
)
def test_a_merge_conflict_is_one_fault_and_costs_no_entry(
    line: int, last: int, written: list[str], changes: Changes
) -> None:
    found, data = read(with_typo(line, "\n".join(written), last))
    places = [line + written.index(mark) for mark in (OURS, THEIRS, END)]
    assert len(found) == 1
    assert found[0].startswith(f"{places[0]}:1: a merge conflict: keep what stands above line ")
    assert "remove the lines {}, {} and {};".format(*places) in found[0]
    assert data == changed(changes)


# Indentation

TAB = "a tab stands before the text; write spaces instead"


@pytest.mark.parametrize(
    ("line", "written", "place"),
    [
        pytest.param(10, "\troom: A", "10:1", id="one"),
        pytest.param(10, "\t\troom: A", "10:1", id="two"),
        pytest.param(10, "  \troom: A", "10:3", id="after-spaces"),
        pytest.param(8, "\t\t\t- Aoi (Acme)", "8:1", id="before-an-item"),
        pytest.param(8, "      -\tAoi (Acme)", "8:8", id="after-a-dash"),
        pytest.param(4, "  -\ttitle: One", "4:4", id="before-a-key"),
        pytest.param(2, "\tdate: 2018-04-19", "2:1", id="at-the-top"),
    ],
)
def test_a_tab_stands_for_spaces(line: int, written: str, place: str) -> None:
    assert_typo(with_typo(line, written), syntax(f"{place}: {TAB}"), {})


def test_a_file_indented_by_tabs_is_one_line() -> None:
    text = re.sub("^ +", lambda spaces: "\t" * (len(spaces[0]) // 2), FRAME, flags=re.MULTILINE)
    assert_typo(text, syntax(f"4:1: {TAB} (9 such lines)"), {})


@pytest.mark.parametrize(
    ("line", "written", "place", "code"),
    [
        pytest.param(10, "\u3000\u3000room: A", "10:1", "3000", id="of-two-columns"),
        pytest.param(10, "\u3000" * 4 + "room: A", "10:1", "3000", id="of-one-column"),
        pytest.param(10, "\u00a0" * 4 + "room: A", "10:1", "00A0", id="no-break"),
        pytest.param(10, "  \u3000room: A", "10:3", "3000", id="after-spaces"),
        pytest.param(10, "    \u3000room: A", "10:5", "3000", id="one-too-many"),
        pytest.param(8, "\u3000\u3000\u3000- Aoi (Acme)", "8:1", "3000", id="before-an-item"),
        pytest.param(6, "\u3000- title: Two", "6:1", "3000", id="before-a-session"),
        pytest.param(2, "\u3000date: 2018-04-19", "2:1", "3000", id="at-the-top"),
    ],
)
def test_spaces_of_an_input_method_stand_for_spaces(
    line: int, written: str, place: str, code: str
) -> None:
    reported = f"{place}: U+{code} stands in the indentation; use ordinary spaces"
    assert_typo(with_typo(line, written), syntax(reported), {})


@pytest.mark.parametrize("space", ["\u3000", "\u00a0"], ids=["ideographic", "no-break"])
def test_a_wide_space_around_a_value_is_a_part_of_its_text(space: str) -> None:
    """The schema trims it; no line is wrong."""
    found, data = read(with_typo(10, f"    room: {space}A{space}"))
    assert found == []
    assert data == changed({(*TWO, "room"): f"{space}A{space}"})


@pytest.mark.parametrize(
    ("line", "written", "reported"),
    [
        pytest.param(
            6,
            "    - title: Two",
            "6:5: indent this as line 4 (spaces before it: 2)",
            id="session-deeper",
        ),
        pytest.param(
            6,
            "- title: Two",
            "6:1: indent this as line 4 (spaces before it: 2)",
            id="session-at-column-1",
        ),
        pytest.param(
            6,
            " - title: Two",
            "6:2: indent this as line 4 (spaces before it: 2)",
            id="session-less-deep",
        ),
        pytest.param(
            9, "        - Ken", "9:9: indent this as line 8 (spaces before it: 6)", id="item-deeper"
        ),
        pytest.param(
            9, "     - Ken", "9:6: indent this as line 8 (spaces before it: 6)", id="item-less-deep"
        ),
        pytest.param(
            8,
            "        - Aoi (Acme)",
            "9:7: indent this as line 8 (spaces before it: 8)",
            id="first-deeper",
        ),
        pytest.param(
            8,
            "    - Aoi (Acme)",
            "9:7: indent this as line 8 (spaces before it: 4)",
            id="first-less-deep",
        ),
        pytest.param(
            10,
            "      room: A",
            "10:7: indent this as line 7 (spaces before it: 4)",
            id="key-deeper",
        ),
        pytest.param(
            10,
            "   room: A",
            "10:4: indent this as line 7 (spaces before it: 4)",
            id="key-less-deep",
        ),
        pytest.param(
            10,
            "room: A",
            "10:1: indent this as line 6 (spaces before it: 4)",
            id="key-at-column-1",
        ),
        pytest.param(
            2, " date: 2018-04-19", "2:2: indent this as line 1 (spaces before it: 0)", id="top-key"
        ),
        pytest.param(
            2, "    date: 2018-04-19", "2:5: indent this as line 1 (spaces before it: 0)", id="far"
        ),
        pytest.param(
            5, "        start: 9:00", "5:9: indent this as line 4 (spaces before it: 4)", id="text"
        ),
    ],
)
def test_a_line_that_stands_a_little_beside_is_put_where_it_belongs(
    line: int, written: str, reported: str
) -> None:
    assert_typo(with_typo(line, written), syntax(reported), {})


SESSIONS = """\
name: Event
reporters:
  - Aoi

sessions:
  - id: a
    title: One
    speakers:
      - Ken
  - id: b
    title: Two
  - id: c
    title: Three
    slides: https://a.example/c
"""


@pytest.mark.parametrize(("number", "like"), [(6, 10), (10, 12), (12, 10)])
@pytest.mark.parametrize("by", [-1, 1])
def test_of_the_items_of_a_list_the_odd_one_is_fixed(number: int, like: int, by: int) -> None:
    lines = SESSIONS.split("\n")
    lines[number - 1] = " " * (2 + by) + lines[number - 1].lstrip()
    reported, data = read("\n".join(lines))
    assert reported == [
        f"{number}:{3 + by}: indent this as line {like} (spaces before it: 2) [event.syntax]"
    ]
    assert data == read(SESSIONS)[1]


def test_a_key_without_its_colon_after_a_list_keeps_what_stands_below() -> None:
    reported, data = read(SESSIONS.replace("sessions:", "sessions"))
    assert reported == ["5:1: a key ends with “:”: sessions: [event.syntax]"]
    assert data == read(SESSIONS)[1]


@pytest.mark.parametrize(
    ("line", "written", "place"),
    [
        pytest.param(6, "  -\n  title: Two", "7:3", id="key-not-deeper-than-its-dash"),
        pytest.param(8, "- Aoi (Acme)", "8:1", id="first-item-at-column-1"),
        pytest.param(3, "sessions:\n\u3000", "4:1", id="line-of-a-wide-space"),
        pytest.param(3, "\u3000\nsessions:", "3:1", id="line-of-a-wide-space-above"),
        pytest.param(5, "\u3000# a note\n    start: 9:00", "5:1", id="comment-after-a-wide-space"),
    ],
)
def test_what_belongs_together_stays_together(line: int, written: str, place: str) -> None:
    found, data = read(with_typo(line, written))
    assert [one.split(": ")[0] for one in found] == [place]
    assert data == WHOLE


BESIDE = "this does not go on with what stands above: see its indentation, and its “-”"


@pytest.mark.parametrize(
    ("line", "written", "reported", "changes"),
    [
        pytest.param(
            10,
            "    - room: A",
            f"10:5: {BESIDE}; line 10 is left out",
            {(*TWO, "room"): LOST},
            id="key-with-a-dash",
        ),
        pytest.param(
            13,
            "  topics: [Go, IoT]",
            f"13:3: {BESIDE}; line 13 is left out",
            {("topics",): LOST},
            id="as-near-to-one-as-to-the-other",
        ),
        pytest.param(
            10,
            "    room: A\n    - a\n    - b",
            f"11:5: {BESIDE}; lines 11 to 12 are left out",
            {},
            id="items-below-a-value",
        ),
    ],
)
def test_a_line_that_belongs_nowhere_is_left_out(
    line: int, written: str, reported: str, changes: Changes
) -> None:
    assert_typo(with_typo(line, written), syntax(reported), changes)


# Items

ITEM = "an item of a list begins with “-” and a space:"


@pytest.mark.parametrize(
    "bullet", ["-", "・", "•", "• ", "* ", "– ", "— ", "ー ", "－", "－ ", "-\u3000", "-\u00a0"]
)
@pytest.mark.parametrize(
    ("lines", "items"),
    [
        pytest.param((8, 8), "{}Aoi (Acme)", id="first"),
        pytest.param((9, 9), "{}Ken", id="second"),
        pytest.param((8, 9), "{}Aoi (Acme)\n{}Ken", id="both"),
    ],
)
def test_what_people_begin_an_item_with_is_a_dash(
    bullet: str, lines: tuple[int, int], items: str
) -> None:
    first, last = lines
    written = items.format(*(["      " + bullet] * 2))
    name = FRAME.splitlines()[first - 1].strip()
    count = " (2 such lines)" if first < last and items.count("{}") == 2 else ""
    reported = syntax(f"{first}:7: {ITEM} {name}{count}")
    assert_typo(with_typo(first, written, last), reported, {})


@pytest.mark.parametrize(
    ("line", "written", "place"),
    [
        pytest.param(6, "  -title: Two", "6:3", id="no-space"),
        pytest.param(6, "  title: Two", "6:3", id="no-dash"),
        pytest.param(6, "    title: Two", "6:5", id="as-deep-as-the-keys-above"),
        pytest.param(11, "    title: Three", "11:5", id="after-a-list"),
        pytest.param(4, "  title: One", "4:3", id="first"),
    ],
)
def test_a_session_without_its_dash_is_one_by_itself(line: int, written: str, place: str) -> None:
    """Else what is said of it would be said of the session above."""
    title = FRAME.splitlines()[line - 1].strip()
    assert_typo(with_typo(line, written), syntax(f"{place}: {ITEM} {title}"), {})


def test_a_key_repeated_right_below_itself_begins_no_item() -> None:
    found, data = read(with_typo(6, "  - title: Two\n    title: Zwei"))
    assert found == [
        "7:5: the key “title” stands here again; the first is in line 6 [event.duplicate-key]"
    ]
    assert data == WHOLE


# Quotes


@pytest.mark.parametrize(
    ("written", "title"),
    [
        pytest.param('"Two', "Two", id="double"),
        pytest.param("'Two", "Two", id="single"),
        pytest.param('"Two”', "Two", id="closed-by-another"),
        pytest.param('"Two: a story', "Two: a story", id="with-a-colon"),
        pytest.param('"Two #2', "Two #2", id="with-a-hash"),
    ],
)
def test_a_quote_that_is_not_closed_is_closed(written: str, title: str) -> None:
    why = "the quote that opens here is not closed"
    reported = syntax(f"6:12: {why}; the text needs quotes: {shown_in_quotes(title)}")
    assert_typo(with_typo(6, f"  - title: {written}"), reported, {(*TWO, "title"): title})


def test_a_quote_that_another_line_closes_is_reported_with_that_line() -> None:
    text = with_typo(6, '  - title: "Two\n    track: "T"')
    why = "the quote that opens here is closed only in line 7"
    reported = syntax(f'6:12: {why}; the text needs quotes: "Two"')
    assert_typo(text, reported, {(*TWO, "track"): "T"})


@pytest.mark.parametrize(
    ("written", "title"),
    [
        pytest.param('"Two" and more', '"Two" and more', id="a-word-in-quotes"),
        pytest.param("'It's two'", "It's two", id="apostrophe"),
        pytest.param("'a' and 'b'", "'a' and 'b'", id="two-words"),
        pytest.param('"a" "b"', '"a" "b"', id="two-quotes"),
        pytest.param("'' empty", "'' empty", id="empty"),
    ],
)
def test_text_after_a_closing_quote_is_a_part_of_it(written: str, title: str) -> None:
    reported = (
        "6:12: more text stands after the closing quote; the text needs quotes: "
        f"{shown_in_quotes(title)}"
    )
    assert_typo(with_typo(6, f"  - title: {written}"), syntax(reported), {(*TWO, "title"): title})


@pytest.mark.parametrize("text", ["C:\\Users\\a.pdf", "a\\d", "\\o/"])
def test_a_backslash_needs_single_quotes(text: str) -> None:
    why = "“\\” has a meaning of its own in double quotes, and none in single ones"
    reported = syntax(f"6:12: {why}; the text needs quotes: '{text}'")
    assert_typo(with_typo(6, f'  - title: "{text}"'), reported, {(*TWO, "title"): text})


# Texts that begin as none can


@pytest.mark.parametrize(
    ("title", "sign"),
    [
        ("@mention", "@"),
        ("`make` it", "`"),
        ("%d and friends", "%"),
        ("*args explained", "*"),
        ("& more", "&"),
        ("| more", "|"),
        ("> more", ">"),
        ("- more", "-"),
        ("? more", "?"),
        ("[LT] Two", "["),
        ("[a] [b]", "["),
        ("{Two} a story", "{"),
        ("] two", "]"),
        ("} two", "}"),
        (", two", ","),
    ],
)
def test_a_text_that_begins_with_a_sign_of_yaml_needs_quotes(title: str, sign: str) -> None:
    reported = (
        f"6:12: no text begins with “{sign}”; the text needs quotes: {shown_in_quotes(title)}"
    )
    assert_typo(with_typo(6, f"  - title: {title}"), syntax(reported), {(*TWO, "title"): title})
    reported = f"8:9: no text begins with “{sign}”; the text needs quotes: {shown_in_quotes(title)}"
    if sign not in "-?":
        assert_typo(
            with_typo(8, f"      - {title}"), syntax(reported), {(*TWO, "speakers", 0): title}
        )


# Brackets


@pytest.mark.parametrize(
    ("line", "written", "last", "place", "opening"),
    [
        pytest.param(13, "topics: [Go, IoT", 13, "13:9", "[", id="at-the-end"),
        pytest.param(13, "topics: [Go, IoT,", 13, "13:9", "[", id="after-a-comma"),
        pytest.param(13, "topics: [Go,\n  IoT", 13, "13:9", "[", id="over-lines"),
        pytest.param(13, "topics: [\n  Go,\n  IoT,\n", 13, "13:9", "[", id="each-on-its-line"),
        pytest.param(7, "    speakers: [Aoi (Acme), Ken", 9, "7:15", "[", id="in-a-session"),
        pytest.param(7, "    speakers: [Aoi (Acme),\n      Ken", 9, "7:15", "[", id="in-two-lines"),
        pytest.param(11, "  - {title: Three, start: 11:00", 12, "11:5", "{", id="brace"),
        pytest.param(
            11, "  - {title: Three,\n     start: 11:00", 12, "11:5", "{", id="brace-lines"
        ),
        pytest.param(4, "  - {title: One, start: 9:00", 5, "4:5", "{", id="brace-above-others"),
        pytest.param(4, "  - {title: One,\n     start: 9:00", 5, "4:5", "{", id="lines-above"),
    ],
)
def test_a_bracket_that_is_not_closed_is_closed(
    line: int, written: str, last: int, place: str, opening: str
) -> None:
    closing = {"[": "]", "{": "}"}[opening]
    end = line + len(written.rstrip().splitlines()) - 1
    reported = (
        f"{place}: the “{opening}” that opens here is not closed; write “{closing}” at the end of "
        f"line {end}"
    )
    assert_typo(with_typo(line, written, last), syntax(reported), {})


@pytest.mark.parametrize(
    ("written", "reported", "changes"),
    [
        pytest.param(
            "topics: [Go,, IoT]",
            "13:13: nothing stands between two commas; remove one",
            {},
            id="two",
        ),
        pytest.param(
            "topics: [, Go, IoT]",
            "13:10: nothing stands between two commas; remove one",
            {},
            id="first",
        ),
        pytest.param(
            "topics: [Go, IoT],",
            "13:18: nothing goes on after this comma; remove it",
            {},
            id="after",
        ),
        pytest.param(
            "topics: [@go, IoT]",
            '13:10: a text that begins with “@” needs quotes: "@go"',
            {("topics",): ["@go", "IoT"]},
            id="at",
        ),
        pytest.param(
            "topics: [Go, `x`]",
            '13:14: a text that begins with “`” needs quotes: "`x`"',
            {("topics",): ["Go", "`x`"]},
            id="backquote",
        ),
        pytest.param(
            "topics: [Go #1, IoT]",
            '13:10: “ #” begins a comment within brackets too; the text needs quotes: "Go #1"',
            {("topics",): ["Go #1", "IoT"]},
            id="hash",
        ),
    ],
)
def test_what_stands_between_brackets_is_fixed(
    written: str, reported: str, changes: Changes
) -> None:
    assert_typo(with_typo(13, written), syntax(reported), changes)


def test_a_line_of_json_may_end_with_a_comma() -> None:
    text = with_typo(11, '  - {"title": "Three", "start": "11:00"},', 12)
    assert_typo(text, syntax("11:41: nothing goes on after this comma; remove it"), {})


def test_a_bracket_that_is_closed_twice_is_reported_where_the_second_stands() -> None:
    found, data = read(with_typo(13, "topics: [Go, IoT]]"))
    assert len(found) == 1
    assert found[0].startswith("13:")
    assert "“]”" in found[0]
    assert data == WHOLE


URL_WITH_COMMA = "https://a.example/x,y"


@pytest.mark.parametrize(
    ("written", "place", "whole", "items"),
    [
        ("[Ann (Acme, Inc.), Bob]", "1:10", '"Ann (Acme, Inc.)"', ["Ann (Acme, Inc.)", "Bob"]),
        ("[Go, 「A, B」]", "1:14", '"「A, B」"', ["Go", "「A, B」"]),
        (
            "[https://a.example/x,y, B]",
            "1:10",
            f'"{URL_WITH_COMMA}"',
            [URL_WITH_COMMA, "B"],
        ),
    ],
    ids=["brackets", "japanese-quotes", "url"],
)
def test_a_comma_of_a_text_in_brackets_needs_quotes(
    written: str, place: str, whole: str, items: list[str]
) -> None:
    why = "a comma ends a text within brackets; the text needs quotes"
    assert read(f"topics: {written}\n") == (syntax(f"{place}: {why}: {whole}"), {"topics": items})


@pytest.mark.parametrize(
    "written",
    ["[https://a.example/1,https://a.example/2]", "[Ann (Acme), Bob (Bmce)]", "[a,b]"],
)
def test_a_comma_without_a_space_separates_where_it_may(written: str) -> None:
    found, data = read(f"topics: {written}\n")
    assert found == []
    assert data == {"topics": written.strip("[]").replace(", ", ",").split(",")}


def test_a_comma_of_a_title_in_brackets_is_a_part_of_it() -> None:
    found, data = read("sessions:\n  - {title: Hello, World, room: A}\n")
    assert len(found) == 1
    assert data == {"sessions": [{"title": "Hello, World", "room": "A"}]}
    # Here a value may be missing.
    assert read("sessions:\n  - {title: Hello, room, level: A}\n")[0] == []


def test_a_quote_in_brackets_that_another_line_closes_costs_nothing() -> None:
    text = with_typo(11, '  - {title: "Three, start: 11:00}\n  - {title: "Four", room: B}', 12)
    found, data = read(text)
    assert [line.partition(": ")[0] for line in found] == ["11:13"]
    four = {"title": "Four", "room": "B"}
    assert data == changed({("sessions",): [*WHOLE["sessions"], four]})


# What stands below a value


@pytest.mark.parametrize(
    ("line", "last", "written", "changes"),
    [
        pytest.param(
            8,
            8,
            "      - Aoi (Acme)\n          url: b",
            {(*TWO, "speakers", 0): {"name": "Aoi", "affiliation": "Acme", "url": "b"}},
            id="deeper-than-the-item",
        ),
        pytest.param(
            9,
            9,
            "      - Ken\n        role: host\n        url: b",
            {(*TWO, "speakers", 1): {"name": "Ken", "role": "host", "url": "b"}},
            id="as-deep-as-the-text-of-the-item",
        ),
        pytest.param(
            7,
            9,
            "    speakers: Aoi (Acme)\n    - Ken",
            {},
            id="items-as-deep-as-the-key",
        ),
        pytest.param(7, 9, "    speakers: [Aoi (Acme)]\n      - Ken", {}, id="after-brackets"),
        pytest.param(7, 9, "    speakers: Aoi (Acme)\n      - Ken", {}, id="list-below-a-text"),
        pytest.param(
            10,
            10,
            "    room: A\n    slides: b.pdf # two\n        text: c\n        status: gone",
            {(*TWO, "slides"): {"path": "b.pdf", "text": "c", "status": "gone"}},
            id="path",
        ),
        pytest.param(
            10,
            10,
            "    slides: {title: b, path: c.pdf}\n      text: d\n    room: A",
            {(*TWO, "slides"): {"title": "b", "path": "c.pdf", "text": "d"}},
            id="mapping-in-brackets",
        ),
        pytest.param(
            10,
            10,
            "    slides: b.pdf\n        room: A",
            {(*TWO, "slides"): "b.pdf"},
            id="key-of-what-is-around",
        ),
        pytest.param(
            10,
            10,
            "    room: A\n    description: b\n      - c\n      - d",
            {(*TWO, "description"): "b\n- c\n- d\n"},
            id="list-in-a-text",
        ),
        pytest.param(
            10,
            10,
            "    room: A\n    description: b\n      Wi-Fi: c\n      - d",
            {(*TWO, "description"): "b Wi-Fi: c - d"},
            id="colon-in-a-text",
        ),
    ],
)
def test_what_stands_below_a_value_is_kept(
    line: int, last: int, written: str, changes: Changes
) -> None:
    found, data = read(with_typo(line, written, last))
    assert len(found) == 1
    assert data == changed(changes)


BELOW = "keys stand below the text in line {}"
UNDER = "and these right below"
BELOW_TEXT = "an item of a list stands below the text in line 1"
WITHIN = "this looks like a part of the text above; a text of several lines begins with “|”"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "venue: Hall\n  address: B\n",
            f"2:3: {BELOW.format(1)}; write it as keys beside them, one a line: name: Hall",
        ),
        (
            "sponsors:\n  - A\n    url: b\n",
            f"3:5: {BELOW.format(2)}; write it as keys, one a line, {UNDER}: - name: A",
        ),
        (
            "topics: A\n  - B\n",
            f"2:3: {BELOW_TEXT}; write both as items, one a line: - A",
        ),
        (
            "description: A\n  - B\n",
            f"2:3: {WITHIN}, and the text in the line below: description: |",
        ),
    ],
    ids=["short-form", "item", "list", "text"],
)
def test_what_to_write_above_what_stands_below_a_value(text: str, message: str) -> None:
    assert read(text)[0] == syntax(message)


def test_a_key_takes_the_same_wherever_it_stands() -> None:
    """Lines are repaired by their keys alone, whatever these are keys of."""
    taken: dict[str, set[object]] = {}
    for entity in ENTITIES:
        for key in entity.model_fields:
            found = shape(entity, key)
            taken.setdefault(key, set()).add(
                (isinstance(found.of, type) and found.of, found.is_list)
            )
    assert [key for key, kinds in taken.items() if len(kinds) > 1] == []


# Links of Markdown


@pytest.mark.parametrize(
    ("key", "written", "value"),
    [
        ("url", "[A, B](https://b.example/?c=d,e#f)", "https://b.example/?c=d,e#f"),
        ("venue", "[A](https://b.example)", {"name": "A", "url": "https://b.example"}),
        ("links", "[A](https://b.example 'c')", {"title": "A", "url": "https://b.example"}),
        (
            "links",
            "[A](https://b.example), [](https://c.example/d_(e))",
            [{"title": "A", "url": "https://b.example"}, {"url": "https://c.example/d_(e)"}],
        ),
    ],
)
def test_a_link_of_markdown_is_what_its_key_takes(key: str, written: str, value: object) -> None:
    found, data = read(f"{key}: {written}\nname: A\n")
    assert len(found) == 1
    assert "a link of Markdown; write " in found[0]
    assert data == {key: value, "name": "A"}
    assert read(f"{key}: {found[0].partition('write ')[2].removesuffix(' [event.syntax]')}\n") == (
        [],
        {key: value},
    )


def test_a_link_within_a_title_is_a_part_of_it() -> None:
    title = "[Go](https://a.example) で"
    found, data = read(with_typo(6, f"  - title: {title}"))
    assert len(found) == 1
    assert data == changed({(*TWO, "title"): title})


# Keys and values in one


@pytest.mark.parametrize(
    ("text", "place", "data"),
    [
        ("sessions:\n  - title:A\n  - title:B\n", "2:10", [{"title": "A"}, {"title": "B"}]),
        ("sessions:\n  - title：A\n", "2:10", [{"title": "A"}]),
        ("sessions:\n  - {title:A, room: B}\n", "2:11", [{"title": "A", "room": "B"}]),
        ("sessions: [title:A, B]\n", "1:17", [{"title": "A"}, "B"]),
    ],
)
def test_an_item_that_is_a_key_has_a_space_after_its_colon(
    text: str, place: str, data: object
) -> None:
    found, read_data = read(text)
    assert [line.partition(": ")[0] for line in found] == [place]
    assert read_data == {"sessions": data}


@pytest.mark.parametrize(
    "text", ["topics: [name:x, c++:y]\n", "sessions:\n  - kubernetes:the way\n", "url: name:x\n"]
)
def test_where_no_key_is_meant_a_colon_is_a_part_of_the_text(text: str) -> None:
    assert read(text)[0] == []


# Texts of several lines


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param("|\n      text here\n    more text", id="block-goes-out"),
        pytest.param("|\n        text here\n      more text", id="block-goes-less-deep"),
        pytest.param("text here\n    more text", id="plain-text-as-deep-as-its-key"),
        pytest.param("text here\n  more text", id="plain-text-less-deep"),
    ],
)
def test_a_text_that_does_not_go_on_as_deep_loses_that_line(lines: str) -> None:
    text = with_typo(10, f"    room: A\n    description: {lines}")
    found, data = read(text)
    last = 11 + lines.count("\n")
    assert len(found) == 1
    assert found[0].startswith(f"{last}:")
    assert found[0].endswith(f"; line {last} is left out [event.syntax]")
    assert data["sessions"][1].pop("description").strip() == "text here"
    assert data == WHOLE


# What is said of a line, whatever it is


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("a: b", '"a: b"'),
        ("it's", '"it\'s"'),
        ('say "hi"', "'say \"hi\"'"),
        ("C:\\a", "'C:\\a'"),
        ('"it\'s"', "'\"it''s\"'"),
        ("", '""'),
    ],
)
def test_quotes_are_those_that_change_nothing(text: str, quotes: str) -> None:
    assert quoted(text) == quotes
    assert shown_in_quotes(text) == quotes


def test_a_long_proposal_is_left_to_the_reader() -> None:
    assert shown_in_quotes("x" * 59) == f'"{"x" * 59}"'
    assert shown_in_quotes("x" * 61) == f'"{"x" * 60}…"'


#: On one line, and without what YAML refuses or folds at the ends of lines.
LINES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp"))).filter(
    lambda text: "\ufffe" not in text and "\uffff" not in text and "\ufeff" not in text
)


@WILD
@given(LINES | st.text(st.sampled_from("ab'\"\\: #[]{}-&*!|>%@`,")))
def test_what_is_quoted_reads_back_as_it_was(text: str) -> None:
    assert yaml.safe_load(quoted(text)) == text
    assert yaml.safe_load(f"key: {quoted(text)} # comment\n") == {"key": text}
    assert yaml.safe_load(f"[a, {quoted(text)}]") == ["a", text]


@pytest.mark.parametrize(
    ("number", "last"), [(1, 1), (3, 12), (4, 5), (5, 5), (6, 10), (7, 9), (11, 12), (13, 13)]
)
def test_what_belongs_to_a_line_is_indented_deeper(number: int, last: int) -> None:
    assert with_children(number, FRAME.splitlines()) == range(number, last + 1)


PROBLEMS = st.sampled_from(
    [
        "mapping values are not allowed in this context",
        "could not find expected ':'",
        "did not find expected key",
        "did not find expected '-' indicator",
        "did not find expected ',' or ']'",
        "found character that cannot start any token",
        "found unexpected end of stream",
        "whatever a newer libyaml says",
    ]
)
CONTEXTS = st.sampled_from(
    [
        "",
        "while parsing a block mapping",
        "while parsing a block collection",
        "while parsing a flow sequence",
        "while parsing a flow node",
        "while scanning a quoted scalar",
        "while parsing a quoted scalar",
        "while scanning a simple key",
    ]
)


@WILD
@given(st.data())
def test_whatever_yaml_says_there_is_a_repair_that_changes_something(data: st.DataObject) -> None:
    """Else the reading would go round in circles; libyaml's words are not promised."""
    alphabet = "ab:-[]{}'\" \t,@#|：\u3000・"
    lines = data.draw(st.lists(st.text(alphabet, max_size=12), min_size=1, max_size=5))
    marks = st.builds(
        lambda line, share: Mark(line, 1 + int(share * len(lines[line - 1]))),
        st.integers(1, len(lines)),
        st.floats(0, 1),
    )
    failure = Failure(data.draw(PROBLEMS), data.draw(marks), data.draw(CONTEXTS), data.draw(marks))
    found = repair(failure, lines)
    assert str(found.message)
    assert 1 <= found.mark.line <= len(lines)
    assert found.mark.column >= 1
    touched = {number for number, line in found.changed.items() if line != lines[number - 1]}
    assert touched or found.left_out


@pytest.mark.parametrize(
    ("written", "place", "message", "data"),
    [
        (
            'venue: {name: "Go" 入門, url: x}',
            "1:15",
            "a text within brackets needs quotes: '\"Go\" 入門'",
            {"venue": {"name": '"Go" 入門', "url": "x"}},
        ),
        (
            "venue: {name: Rust: 入門, url: x}",
            "1:15",
            'a text within brackets needs quotes: "Rust: 入門"',
            {"venue": {"name": "Rust: 入門", "url": "x"}},
        ),
        (
            'venue: {"name": "X" "url": "x"}',
            "1:20",
            "a comma is missing here",
            {"venue": {"name": "X", "url": "x"}},
        ),
        (
            '{\n  "name": "A"\n  "venue": "B"\n}',
            "2:14",
            "a comma is missing here",
            {"name": "A", "venue": "B"},
        ),
    ],
    ids=["after-a-quote", "a-colon", "no-comma", "no-comma-at-a-line's-end"],
)
def test_within_brackets_one_item_is_fixed(
    written: str, place: str, message: str, data: dict[str, Any]
) -> None:
    assert read(f"{written}\n") == ([f"{place}: {message} [event.syntax]"], data)


def test_two_faults_of_one_line_are_two() -> None:
    found, data = read("topics: [@a, @b]\n")
    assert [line.partition(": ")[0] for line in found] == ["1:10", "1:14"]
    assert data == {"topics": ["@a", "@b"]}


# The table


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.typo)
def test_a_repair_of_the_table_makes_of_its_typo_what_it_says(
    rule: Rule, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By itself: no rule above it takes the typo for another."""
    fixes = []

    def record(failure: Failure, lines: list[str]) -> Repair:
        fixes.append(next(rule.fix for rule in RULES if rule.repair(failure, lines)))
        return repair(failure, lines)

    monkeypatch.setattr(reader, "repair", record)
    problems, data = read(rule.written)
    assert fixes == [rule.fix]
    assert len(problems) == 1
    assert (data, []) == (read(rule.meant)[1], read(rule.meant)[0])
