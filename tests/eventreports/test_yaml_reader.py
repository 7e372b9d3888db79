"""YAML text → data with places: scalars stay text, faults have a place, nothing blows up."""

import os
import tracemalloc
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from eventreports.core.characters import UNPRINTABLE, invisible
from eventreports.core.located import Mapping, Sequence, Text
from eventreports.core.problems import Mark, Problem
from eventreports.yaml import limits, reader, source
from eventreports.yaml.limits import MAX_BYTES, MAX_DEPTH, MAX_PROBLEMS, MAX_SIZE
from eventreports.yaml.lines import OTHER_BULLET
from eventreports.yaml.pure import PureLoader
from eventreports.yaml.repairs import RULES

pytestmark = pytest.mark.once

WILD = settings(max_examples=150)


def parse(text: str | bytes) -> tuple[Mapping | None, list[Problem]]:
    return reader.parse(text.encode() if isinstance(text, str) else text, "event.yaml")


def parsed(text: str | bytes) -> Mapping:
    """The data of a text in which nothing is wrong."""
    data, problems = parse(text)
    assert [str(problem) for problem in problems] == []
    assert data is not None
    return data


def reported(text: str | bytes) -> list[str]:
    """Line, column, message and code of each problem."""
    return [str(problem).removeprefix("event.yaml:") for problem in parse(text)[1]]


def is_refused(text: str | bytes) -> bool:
    return parse(text)[0] is None


def mark_at(data: Mapping, key: str) -> Mark:
    """The place of a value, rather than of its key."""
    value = data[key]
    assert value is not None
    return value.mark


# Scalars


@pytest.mark.parametrize(
    "written",
    [
        "10:30",
        "25:30",
        "no",
        "On",
        "yes",
        "true",
        "18.10",
        "0123",
        "0x1F",
        "1_000",
        "540",
        "2018-04-19",
        "2018-04-19T10:00:00Z",
        "~1e3",
        "1e3",
        ".inf",
        ".NaN",
        "=",
        "<<",
        "Preferred Networks, Inc.",
        "C# と F#",
        "-1",
        "a - b",
        "a:b",
        "https://a.example/#b",
        "日本語 😀",
        "題：副題",
    ],
)
def test_scalars_stay_as_written(written: str) -> None:
    data = parsed(f"key: {written}\nlist:\n- {written}\n")
    assert data == {"key": written, "list": [written]}
    assert isinstance(data["key"], Text)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('"null"', "null"),
        ("'null'", "null"),
        ("'~'", "~"),
        ("''", ""),
        ('""', ""),
        ('"a\\tb"', "a\tb"),
        ('"\\u00e9\\U0001F600"', "é😀"),
        ("|\n  null\n", "null\n"),
        (">\n  folded\n  text\n", "folded text\n"),
        ("a\n  wrapped name", "a wrapped name"),
        ("|\n  - a\n  - b", "- a\n- b\n"),
    ],
)
def test_quoted_and_block_scalars_are_text(written: str, expected: str) -> None:
    value = parsed(f"key: {written}\n")["key"]
    assert value == expected
    assert isinstance(value, Text)


@pytest.mark.parametrize("written", ["", " ", "~", "null", " # only a comment"])
def test_nothing_is_none(written: str) -> None:
    assert parsed(f"key: {written}\nafter: x\n") == {"key": None, "after": "x"}
    assert parsed(f"list:\n- {written}\n- x\n") == {"list": [None, "x"]}


@pytest.mark.parametrize("written", ["Null", "NULL", "none", "None", "nil", "-"])
def test_what_only_looks_like_nothing_is_text(written: str) -> None:
    assert parsed(f"key: '{written}'\n") == {"key": written}
    if written != "-":
        assert parsed(f"key: {written}\n") == {"key": written}


def test_keys_are_texts_whatever_they_look_like() -> None:
    data = parsed("yes: a\n2018: b\n10:30: c\nnull: d\n'': e\n")
    assert data == {"yes": "a", "2018": "b", "10:30": "c", "null": "d", "": "e"}


# Places


def test_marks_in_block_style() -> None:
    data = parsed("name: x\n\nvenue:\n  name:   Hall\n  rooms:\n    - A\n    -   B\n")
    venue = data["venue"]
    assert isinstance(venue, Mapping)
    rooms = venue["rooms"]
    assert isinstance(rooms, Sequence)
    assert data.mark == (1, 1)
    assert data.key_marks == {"name": (1, 1), "venue": (3, 1)}
    assert mark_at(data, "name") == (1, 7)
    assert venue.mark == (4, 3)
    assert venue.key_marks == {"name": (4, 3), "rooms": (5, 3)}
    assert mark_at(venue, "name") == (4, 11)
    assert rooms.mark == (6, 5)
    assert [room.mark for room in rooms if room is not None] == [(6, 7), (7, 9)]


def test_marks_in_flow_style() -> None:
    data = parsed("a: {b: [x, {c: y}], d: z}\n")
    inner = data["a"]
    assert isinstance(inner, Mapping)
    assert inner.mark == (1, 4)
    assert inner.key_marks == {"b": (1, 5), "d": (1, 21)}
    assert mark_at(inner, "b") == (1, 8)
    assert mark_at(inner, "d") == (1, 24)


@pytest.mark.parametrize(
    ("text", "key", "place"),
    [
        ("{会場: ベルサール神田, url: x}", "url", (1, 15)),
        ("{絵文字: 😀😀, url: x}", "url", (1, 11)),
        ("{e\u0301: \u00e9, url: x}", "url", (1, 9)),
        ("# 日本語\n# 😀\n{a: b,\n  url: x}", "url", (4, 3)),
    ],
    ids=["wide", "emoji", "combining", "lines"],
)
def test_columns_count_characters(text: str, key: str, place: Mark) -> None:
    """As editors do: neither bytes nor the cells that a character takes on the screen."""
    assert parsed(text).key_marks[key] == place


@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_a_value_starts_at_its_quote(quote: str) -> None:
    assert mark_at(parsed(f"題名: {quote}x{quote}\n"), "題名") == (1, 5)


NAMES = st.text(st.sampled_from("abé日本語〜😀"), min_size=1, max_size=8)


@WILD
@given(st.dictionaries(NAMES, NAMES, min_size=1, max_size=6))
def test_every_value_knows_its_place(facts: dict[str, str]) -> None:
    data = parsed("".join(f"{key}: {value}\n" for key, value in facts.items()))
    assert data == facts
    for line, (key, value) in enumerate(data.items(), start=1):
        assert data.key_marks[key] == (line, 1)
        assert isinstance(value, Text)
        assert value.mark == (line, len(key) + 3)


def test_a_byte_order_mark_takes_no_column() -> None:
    data = parsed(b"\xef\xbb\xbfname: x\n")
    assert data.key_marks == {"name": (1, 1)}
    assert mark_at(data, "name") == (1, 7)


@pytest.mark.parametrize("end", [b"\r\n", b"\r"], ids=["crlf", "cr"])
def test_line_ends_of_other_systems_are_no_part_of_a_value(end: bytes) -> None:
    data = parsed(b"\xef\xbb\xbfname: x\nabout: |\n  a\n  b\nvenue: y\n".replace(b"\n", end))
    assert data == {"name": "x", "about": "a\nb\n", "venue": "y"}
    assert data.key_marks["venue"] == (5, 1)


# Keys


def test_a_key_that_stands_again_is_reported_and_the_first_counts() -> None:
    text = "a: 1\nb: {c: 2, c: 3}\na: [4, 5]\n"
    assert parse(text)[0] == {"a": "1", "b": {"c": "2"}}
    assert reported(text) == [
        "2:11: the key “c” stands here again; the first is in line 2 [event.duplicate-key]",
        "3:1: the key “a” stands here again; the first is in line 1 [event.duplicate-key]",
    ]


def test_of_a_key_that_stands_again_the_first_that_says_something_counts() -> None:
    text = "a:\nb: 1\na: [2, 3]\n"
    assert parse(text)[0] == {"a": ["2", "3"], "b": "1"}
    assert reported(text) == [
        "3:1: the key “a” stands here again; the first is in line 1 [event.duplicate-key]"
    ]


def test_keys_in_a_row_that_stand_again_are_one_fault() -> None:
    text = "list:\n  - id: x\n    a: 1\n    b: '#'\n\n    a: 2\n    b: 3 #4\n    c: 5\n"
    assert parse(text)[0] == {"list": [{"id": "x", "a": "1", "b": "#", "c": "5"}]}
    assert (
        "6:5: the keys “a”, “b” stand here again; the first is in line 3; "
        "an item of a list begins with “- ” [event.duplicate-key]"
    ) in reported(text)


def test_an_item_that_goes_on_in_the_next_line_is_hinted_at() -> None:
    text = "list:\n  - One\n    Two\nabout: Three\n  four\n"
    assert parse(text)[0] == {"list": ["One Two"], "about": "Three four"}
    assert reported(text) == [
        "3:5: this goes on with line 2; if it is an item, begin it with “- ” [event.folded]"
    ]


@pytest.mark.parametrize(
    ("text", "place", "left"),
    [
        pytest.param("a: 1\n[b, c]: d\ne: f\n", "2:1", {"a": "1", "e": "f"}, id="list"),
        pytest.param("a: 1\n? {b: c}\n: d\ne: f\n", "2:1", {"a": "1", "e": "f"}, id="mapping"),
        pytest.param(
            "a: &x {b: c}\n*x : d\ne: f\n", "2:1", {"a": {"b": "c"}, "e": "f"}, id="alias"
        ),
    ],
)
def test_what_is_no_text_is_no_key(text: str, place: str, left: object) -> None:
    line, *more = reported(text)
    assert line.startswith(f"{place}: ")
    assert "a key must be a text" in line
    assert line.endswith("[event.syntax]")
    assert more == []
    assert parse(text)[0] == left


# Texts of which YAML takes a part for something else


@pytest.mark.parametrize(
    ("text", "line", "left"),
    [
        pytest.param(
            "title: Kumo Night #7\nafter: x\n",
            "1:19: “#7” is a comment for YAML and no part of the text; "
            'it needs quotes: "Kumo Night #7" [event.quoting]',
            {"title": "Kumo Night", "after": "x"},
            id="hash",
        ),
        pytest.param(
            "hashtag: #kumo\nafter: x\n",
            "1:10: “#kumo” is a comment for YAML and no part of the text; "
            'it needs quotes: "#kumo" [event.quoting]',
            {"after": "x"},
            id="hash-first",
        ),
        pytest.param(
            "topics: [C #2, Go]\nafter: x\n",
            "1:10: “ #” begins a comment within brackets too; the text needs quotes: "
            '"C #2" [event.syntax]',
            {"topics": ["C #2", "Go"], "after": "x"},
            id="hash-in-brackets",
        ),
        pytest.param(
            "topics:\n- Ruby #{conf}\n- Go\n",
            "2:8: “#{conf}” is a comment for YAML and no part of the text; "
            'it needs quotes: "Ruby #{conf}" [event.quoting]',
            {"topics": ["Ruby", "Go"]},
            id="hash-in-an-item",
        ),
        pytest.param(
            "title: &str or String\nafter: x\n",
            "1:8: “&str” is an anchor for YAML and no part of the text; "
            'it needs quotes: "&str or String" [event.quoting]',
            {"title": "&str or String", "after": "x"},
            id="anchor",
        ),
        pytest.param(
            "title: !important note\nafter: x\n",
            "1:8: “!important” is a tag for YAML and no part of the text; "
            'it needs quotes: "!important note" [event.tag]',
            {"title": "!important note", "after": "x"},
            id="tag",
        ),
        pytest.param(
            "title: *args explained\nafter: x\n",
            '1:8: no text begins with “*”; the text needs quotes: "*args explained" [event.syntax]',
            {"title": "*args explained", "after": "x"},
            id="alias",
        ),
    ],
)
def test_a_text_of_which_a_part_is_taken_for_something_else_is_reported(
    text: str, line: str, left: object
) -> None:
    assert reported(text) == [line]
    assert parse(text)[0] == left


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: b # a comment\n", "b"),
        ("a: b  #\n", "b"),
        ("a: b #!shebang\n", "b"),
        ("a: 'b #1'\n", "b #1"),
        ("a: b#1\n", "b#1"),
        ("a: |\n  b #1\n", "b #1\n"),
        ("#a: c\na: b\n", "b"),
        ("a: 'b' #1\n", "b"),
        ("a: [b] #1\n", ["b"]),
        ("a: # a comment\n  b\n", "b"),
        ("a: b\n#c\n", "b"),
    ],
)
def test_comments_are_comments(text: str, value: object) -> None:
    assert parsed(text) == {"a": value}


# Invisible characters


@pytest.mark.parametrize(
    ("text", "line", "left"),
    [
        pytest.param("a: b\x07c\n", "1:5: {} U+0007 control character; {}", "bc", id="control"),
        pytest.param("a: b\x7f\n", "1:5: {} U+007F control character; {}", "b", id="delete"),
        pytest.param("a: b\x0bc\n", "1:5: {} U+000B control character; {}", "bc", id="tab"),
        pytest.param('a: "b\\x1bc"\n', "1:4: {} U+001B control character; {}", "bc", id="escaped"),
        pytest.param('a: "b\\0c"\n', "1:4: {} U+0000 control character; {}", "bc", id="nul"),
        pytest.param(
            "a: b\ufffec\n", "1:5: {} U+FFFE control character; {}", "bc", id="noncharacter"
        ),
        pytest.param("a: b\u200bc\n", "1:5: {} U+200B ZERO WIDTH SPACE; {}", "bc", id="no-width"),
        pytest.param("a: \u202eb\n", "1:4: {} U+202E RIGHT-TO-LEFT OVERRIDE; {}", "b", id="bidi"),
        pytest.param(
            "a: |\n  b\n  c\u200b\n", "3:4: {} U+200B ZERO WIDTH SPACE; {}", "b\nc\n", id="block"
        ),
        pytest.param(
            "a: \u200bb\u200bc\u2060\n",
            "1:4: {} U+200B ZERO WIDTH SPACE; remove it (and 2 more) [event.invisible]",
            "bc",
            id="several",
        ),
        pytest.param("\x07a: b\n", "1:1: {} U+0007 control character; {}", "b", id="before-a-key"),
        pytest.param("\u200ba: b\n", "1:1: {} U+200B ZERO WIDTH SPACE; {}", "b", id="in-a-key"),
        pytest.param(
            "a: b # \x07\n", "1:8: {} U+0007 control character; {}", "b", id="in-a-comment"
        ),
    ],
)
def test_a_character_that_nobody_sees_is_reported_where_it_stands_and_left_out(
    text: str, line: str, left: str
) -> None:
    """Nobody finds it by eye: the place is all the help there is."""
    text += "after: x\n"
    assert reported(text) == [line.format("an invisible character,", "remove it [event.invisible]")]
    assert parse(text)[0] == {"a": left, "after": "x"}


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085"], ids=["ls", "ps", "nel"])
@pytest.mark.parametrize("quote", ["", '"', "'"], ids=["plain", "double", "single"])
def test_where_yaml_alone_ends_a_line_stands_a_space(separator: str, quote: str) -> None:
    """They come with texts pasted from slides; to an editor they end no line."""
    text = f"title: {quote}a{separator}b{quote}\nname: x\n"
    (line,) = reported(text)
    assert line.startswith(f"1:{9 + len(quote)}: an invisible character, U+{ord(separator):04X} ")
    assert line.endswith("; write a space instead [event.invisible]")
    data = parse(text)[0]
    assert data == {"title": "a b", "name": "x"}
    assert data.key_marks["name"] == (2, 1)


@pytest.mark.parametrize("text", ["\u200b", "'\u200b'", '"\\x07"'])
def test_what_has_nothing_else_in_it_is_reported_once(text: str) -> None:
    found = parse(f"a: {text}\nb: c\n")
    assert [problem.code.label for problem in found[1]] == ["invisible"]
    assert found[0] == {"b": "c"}


# Anchors, aliases and tags


def test_an_alias_may_be_used_as_often_as_one_likes() -> None:
    data = parsed("a: &x {k: v}\nb: *x\nc: [*x, *x]\nd: &t text\ne: *t\n")
    assert data["b"] == data["a"] == {"k": "v"}
    assert data["c"] == [{"k": "v"}, {"k": "v"}]
    assert data["e"] == "text"


def test_an_anchor_may_name_nothing() -> None:
    assert parsed("a: &x\nb: *x\n") == {"a": None, "b": None}


def test_an_anchor_given_again_names_the_newer_value() -> None:
    assert parsed("a: &x [1]\nb: &x [2]\nc: *x\n") == {"a": ["1"], "b": ["2"], "c": ["2"]}


def test_a_key_that_is_an_alias_is_marked_where_it_stands() -> None:
    data = parsed("a: &x name\n*x : b\n")
    assert data == {"a": "name", "name": "b"}
    assert data.key_marks["name"] == (2, 1)


@pytest.mark.parametrize(
    ("text", "line", "left"),
    [
        pytest.param(
            "a: *nope\nb: c\n",
            '1:4: nothing is named “&nope”; a text that begins with “*” needs quotes: "*nope"',
            {"b": "c"},
            id="unknown",
        ),
        pytest.param(
            "a: *x\nb: &x [c]\n",
            '1:4: nothing is named “&x”; a text that begins with “*” needs quotes: "*x"',
            {"b": ["c"]},
            id="too-early",
        ),
        pytest.param(
            "a:\n- b\n- *nope\n- c\n",
            '3:3: nothing is named “&nope”; a text that begins with “*” needs quotes: "*nope"',
            {"a": ["b", "c"]},
            id="in-a-list",
        ),
        pytest.param(
            "*nope : a\nb: c\n",
            '1:1: nothing is named “&nope”; a text that begins with “*” needs quotes: "*nope"',
            {"b": "c"},
            id="key",
        ),
        pytest.param(
            "a: &x [b, *x]\n",
            "1:11: “*x” stands within what it names; write out what is meant",
            {"a": ["b"]},
            id="itself",
        ),
        pytest.param(
            "a: &x {b: {c: [*x, d]}}\n",
            "1:16: “*x” stands within what it names; write out what is meant",
            {"a": {"b": {"c": ["d"]}}},
            id="itself-deeper",
        ),
        pytest.param(
            "a: &x\n  b: c\n  d: *x\n",
            "3:6: “*x” stands within what it names; write out what is meant",
            {"a": {"b": "c"}},
            id="itself-in-a-block",
        ),
    ],
)
def test_an_alias_that_names_nothing_of_use_costs_itself(
    text: str, line: str, left: object
) -> None:
    assert reported(text) == [f"{line} [event.alias]"]
    assert parse(text)[0] == left


@pytest.mark.parametrize(
    ("text", "place", "tag", "left"),
    [
        pytest.param("a: !!str 1\n", "1:4", "!!str", "1", id="known"),
        pytest.param("a: ! '1'\n", "1:4", "!", "1", id="bare"),
        pytest.param("a: !x {c: d}\n", "1:4", "!x", {"c": "d"}, id="mapping"),
        pytest.param("a: !!set [c]\n", "1:4", "!!set", ["c"], id="list"),
        pytest.param("!!str a: b\n", "1:1", "!!str", "b", id="key"),
        pytest.param("a: !!binary aGk=\n", "1:4", "!!binary", "aGk=", id="binary"),
        pytest.param("a: !!int '5'\n", "1:4", "!!int", "5", id="quoted"),
        pytest.param(
            "a: !!python/object/apply:os.system [ls]\n",
            "1:4",
            "!!python/object/apply:os.system",
            ["ls"],
            id="python",
        ),
        pytest.param(
            "%TAG ! tag:x.example,2000:\n---\na: !b c\n",
            "3:4",
            "tag:x.example,2000:b",
            "c",
            id="own",
        ),
    ],
)
def test_a_tag_is_reported_and_means_nothing(text: str, place: str, tag: str, left: object) -> None:
    why = f"“{tag}” is a tag for YAML and no part of the text; tags are not used here"
    assert reported(text) == [
        f"{place}: {why}: remove it, or put the text in quotes [event.tag]",
    ]
    assert parse(text)[0] == {"a": left}


# Files that hold something else than one mapping


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("a: 1\n---\nb: 2\n", 2, id="another"),
        pytest.param("---\na: 1\n---\n", 3, id="end-of-front-matter"),
        pytest.param("a: 1\n...\n---\nb: 2\n", 3, id="ended-and-another"),
        pytest.param("a: 1\n...\nb: 2\n", 3, id="text-after-the-end"),
        pytest.param("a: 1\n---\nb: [\n", 2, id="another-that-is-broken"),
    ],
)
def test_what_follows_the_first_document_is_reported_and_not_read(text: str, line: int) -> None:
    assert reported(text) == [
        f"{line}:1: one document a file: what follows here is not read; remove it [event.document]"
    ]
    assert parse(text)[0] == {"a": "1"}


def test_a_document_may_be_marked_as_one() -> None:
    assert parsed("%YAML 1.2\n---\na: b\n...\n") == {"a": "b"}
    assert parsed("---\na: b\n# the end\n...\n\n") == {"a": "b"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("", "1:1: the file says nothing: begin with “name: …”", id="empty"),
        pytest.param("\n\n", "1:1: the file says nothing: begin with “name: …”", id="lines"),
        pytest.param("# x\n", "1:1: the file says nothing: begin with “name: …”", id="comment"),
        pytest.param("---\n", "1:1: the file says nothing: begin with “name: …”", id="marker"),
        pytest.param("null", "1:1: the file says nothing: begin with “name: …”", id="null"),
        pytest.param(b"\xef\xbb\xbf", "1:1: the file says nothing: begin with “name: …”", id="bom"),
        pytest.param("- a\n- b", "1:1: {}, found a list", id="list"),
        pytest.param("# x\n\n[a]\n", "3:1: {}, found a list", id="brackets"),
        pytest.param("# x\n\n  word\n", "3:3: {}, found a text", id="word"),
        pytest.param("''", "1:1: {}, found a text", id="empty-text"),
    ],
)
def test_a_file_that_is_no_mapping_is_one_problem(text: str | bytes, line: str) -> None:
    line = line.format("keys and values expected (name: …)")
    assert reported(text) == [f"{line} [event.document]"]
    assert is_refused(text)


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        pytest.param(
            "a: x\nb: 日本".encode("shift_jis"), "2:4: this seems to be Shift_JIS", id="sjis"
        ),
        pytest.param("a: 日本".encode("euc_jp"), "1:4: this seems to be EUC-JP", id="euc-jp"),
        pytest.param("a: Café\n".encode("latin-1"), "1:7: this seems to be Latin-1", id="latin-1"),
        pytest.param("日本: 日本".encode()[:-1], "1:6: the byte 0xE6 is no char", id="cut-off"),
        pytest.param(b"a: \xed\xa0\xbd", "1:4: not UTF-8", id="surrogate"),
        pytest.param(b"a: \xc0\xaf", "1:4: not UTF-8", id="overlong"),
        pytest.param("a: 日本".encode("iso2022_jp"), "1:4: this seems to be ISO-2022-JP", id="jis"),
        pytest.param("a: 日本".encode("utf-16"), "1:1: this seems to be UTF-16", id="utf-16"),
        pytest.param("a: b".encode("utf-16-be"), "1:1: this seems to be UTF-16", id="ascii-16"),
        pytest.param(b"a: b\nc: d\0e\n", "2:5: the byte 0x00 is no char", id="nul"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", "1:1: this is no text", id="picture"),
    ],
)
def test_what_is_not_text_in_utf_8_is_one_problem(raw: bytes, line: str) -> None:
    (message,) = reported(raw)
    assert message.startswith(line)
    assert message.endswith(" [event.encoding]")
    assert is_refused(raw)


@pytest.mark.parametrize(
    "escape", ["\\ud83d", "\\udc00", "\\ud83d\\ude00", "\\U0000d83d", "\\U00110000"]
)
def test_an_escape_that_names_no_character_stays_as_written(escape: str) -> None:
    text = f'a: "b{escape}c"\nd: e\n'
    why = "“\\” has a meaning of its own in double quotes, and none in single ones"
    assert reported(text) == [f"1:4: {why}; the text needs quotes: 'b{escape}c' [event.syntax]"]
    assert parse(text)[0] == {"a": f"b{escape}c", "d": "e"}


def test_a_tab_within_a_line_is_text() -> None:
    assert parsed("a: b\tc\nd: [e,\t f]\ng:\th\n") == {"a": "b\tc", "d": ["e", "f"], "g": "h"}


# Bounds


@pytest.fixture
def bounded() -> Iterator[None]:
    """Little memory, whatever the text would unfold to."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 60 * 1024**2


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize("kind", ["lists", "mappings", "texts"])
def test_an_alias_bomb_does_not_go_off(kind: str) -> None:
    lines = [{"lists": "a0: &a0 [x]", "mappings": "a0: &a0 {k: x}", "texts": "a0: &a0 x"}[kind]]
    for level in range(1, 9):
        item = f"*a{level - 1}"
        items = [f"k{n}: {item}" if kind == "mappings" else item for n in range(9)]
        form = "{{{}}}" if kind == "mappings" else "[{}]"
        lines.append(f"a{level}: &a{level} " + form.format(", ".join(items)))
    text = "\n".join(lines)
    (line,) = reported(text)
    assert line.endswith(
        f": more than {MAX_SIZE} characters, counting what aliases repeat [event.limit]"
    )
    assert is_refused(text)


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("[" * 200_000, "1:51", id="flow"),
        pytest.param("a: " + "[" * 200_000, "1:53", id="flow-in-map"),
        pytest.param("- " * 200_000, "1:101", id="dashes"),
        pytest.param("a: [" * 50_000, "1:101", id="mixed"),
        pytest.param("name: E\na: " + "[" * 100 + "]" * 100, "2:53", id="a-hundred"),
        pytest.param("\n".join(" " * n + "a:" for n in range(1_000)), "51:51", id="block"),
        pytest.param("\n".join("  " * n + "- a" for n in range(100)), None, id="items"),
    ],
)
def test_what_is_nested_without_end_is_refused(text: str, place: str | None) -> None:
    if place:
        assert reported(text) == [f"{place}: nested deeper than {MAX_DEPTH} levels [event.limit]"]
    assert is_refused(text)


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize(
    "text",
    [
        "{" * 50_000,
        "? " * 50_000,
        '"' * 50_000,
        "'" * 200_001,
        "&" * 50_000,
        "*" * 50_000,
        "!" * 50_000,
        "%" * 50_000,
        "|" * 50_000,
        ":" * 50_000,
        ": " * 25_000,
        "]" * 50_000,
        "," * 50_000,
        "a: " * 20_000,
        "\t" * 50_000,
        "a" * 50_000,
        "-" * 50_000,
        "#" * 50_000,
    ],
    ids=lambda text: f"{text[:2]}…",
)
def test_the_same_sign_without_end_is_a_problem_or_two(text: str) -> None:
    assert len(reported(text)) in (1, 2)
    assert len(reported(f"name: E\n{text}\nafter: x\n")) <= 3


def test_depth_has_a_bound_that_says_itself() -> None:
    lists = MAX_DEPTH - 1  # the mapping at the top is one level
    assert not is_refused("a: " + "[" * lists + "]" * lists)
    assert reported("a: " + "[" * (lists + 1) + "]" * (lists + 1)) == [
        f"1:{4 + lists}: nested deeper than {MAX_DEPTH} levels [event.limit]"
    ]


def test_depth_is_counted_through_aliases() -> None:
    """What is built of pieces is as deep as what is written out."""
    lines = ["a1: &a1 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(2, MAX_DEPTH + 1))]
    assert not is_refused("\n".join(lines[:-1]))
    (line,) = reported("\n".join(lines))
    assert line.endswith(f"nested deeper than {MAX_DEPTH} levels [event.limit]")
    assert is_refused("\n".join(lines))


def test_values_have_a_bound_with_aliases_counted_as_what_they_repeat(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A mapping, two keys, and twice a list of two texts: nine values and six characters.
    monkeypatch.setattr(limits, "SIZE_OF_A_VALUE", 10)
    monkeypatch.setattr(limits, "MAX_SIZE", 118)
    assert not is_refused("a: &x [1, 2]\nb: *x\n")
    assert not is_refused("a: &x [1, 2]\nb: *x\nc: d\n")
    assert is_refused("a: &x [1, 2]\nb: *x\nc: d\ne: f\n")


def test_bytes_have_a_bound() -> None:
    text = b"a: |\n  " + b"x" * (MAX_BYTES - 7)
    assert len(text) == MAX_BYTES
    assert not is_refused(text)
    assert reported(text + b"x") == ["1:1: larger than 2 MiB [event.limit]"]


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize("size", [10 * 1024**2, 2**28], ids=["10-mb", "256-mb"])
def test_no_more_is_read_of_a_file_than_is_allowed(tmp_path: Path, size: int) -> None:
    path = tmp_path / "event.yaml"
    path.touch()
    os.truncate(path, size)  # sparse: it takes no room on the disk
    data, problems = reader.read(path, "shown")
    assert data is None
    assert [str(problem) for problem in problems] == ["shown:1:1: larger than 2 MiB [event.limit]"]


FAULTS = [
    pytest.param("foo bar\n", id="no-keys"),
    pytest.param('k: "a\n', id="open-quotes"),
    pytest.param("\tx: y\n", id="tabs"),
    pytest.param("foo bar\nk: v\n", id="every-other"),
    pytest.param("k: [a\n", id="open-brackets"),
    pytest.param("k: a: b\n", id="colons"),
    pytest.param("\u3000k: v\n", id="wide-spaces"),
    pytest.param("- *x\n", id="unknown-aliases"),
    pytest.param("- &a x\n", id="anchors"),
    pytest.param("- !a x\n", id="tags"),
    pytest.param("- a #b\n", id="cut-texts"),
    pytest.param("\x07\n", id="controls"),
    pytest.param("- a\u200b\n", id="no-width"),
    pytest.param("・a\n", id="bullets"),
    pytest.param("  a\n - b\n", id="ragged"),
    pytest.param("---\n", id="documents"),
]


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.parametrize("line", FAULTS)
def test_a_large_file_of_nothing_but_faults_has_few_problems(line: str) -> None:
    """With work by the square of its length it would take hours."""
    text = "name: E\nlist:\n" + line * (MAX_BYTES // 32 // len(line.encode()))
    _data, problems = parse(text)
    assert 1 <= len(problems) <= MAX_PROBLEMS + 1


# Files that cannot be opened


@pytest.mark.parametrize(
    ("kind", "why"),
    [("missing", "there is no such file"), ("folder", "there is no such file")],
)
def test_a_file_that_cannot_be_read_is_one_problem(tmp_path: Path, kind: str, why: str) -> None:
    path = tmp_path if kind == "folder" else tmp_path / "event.yaml"
    data, problems = reader.read(path, "events/x/event.yaml")
    assert data is None
    assert [str(problem) for problem in problems] == [
        f"events/x/event.yaml:1:1: cannot be read: {why} [event.unreadable]"
    ]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_to_nowhere_is_one_problem(tmp_path: Path) -> None:
    path = tmp_path / "event.yaml"
    path.symlink_to(path)
    data, problems = reader.read(path, "event.yaml")
    assert data is None
    assert [problem.code.label for problem in problems] == ["unreadable"]


# Anything at all

YAML_LIKE = st.text(
    st.sampled_from("ab1:-?[]{}#&*!|>'\"%@`~,.= \n\t\r日：\u3000・😀\ufeff\u2028\u200b\0")
)
ANYTHING = st.one_of(
    st.binary(),
    st.text().map(str.encode),
    YAML_LIKE.map(str.encode),
    st.lists(YAML_LIKE, max_size=6).map("\n".join).map(str.encode),
    st.text().map(lambda text: text.encode("utf-16")),
)


@pytest.mark.parametrize("text", ["{([(", "{[([", "a: {([(", "[({[(x"])
def test_a_line_that_no_repair_helps_is_reported_a_few_times(text: str) -> None:
    _data, problems = reader.parse(text.encode(), "a/event.yaml")
    assert 1 <= len(problems) <= 5


@settings(WILD, max_examples=400)
@given(ANYTHING)
def test_parse_raises_nothing_and_explains_each_refusal(raw: bytes) -> None:
    data, problems = reader.parse(raw, "a/event.yaml")
    assert data is not None or problems
    lines = raw.decode("utf-8", "replace").splitlines()
    for problem in problems:
        assert problem.path == "a/event.yaml"
        message = str(problem.message)
        assert message
        for char in message.replace("\u200d", ""):
            assert char.isprintable() or unicodedata.category(char) == "Zs"
        assert len(message) < 500
        assert 1 <= problem.mark.line <= len(lines) + 1
        assert problem.mark.column >= 1
    assert len(problems) <= 3 * len(lines) + 2
    if data is not None:
        assert_plain(data)


def assert_plain(value: Any) -> None:
    """Nothing but visible texts, mappings, lists and nothing, each with its place."""
    if value is None:
        return
    assert value.mark.line >= 1
    if isinstance(value, Mapping):
        assert set(value) | set(value.pruned) == set(value.key_marks)
        assert value.mark <= value.end
        for child in value.values():
            assert_plain(child)
    elif isinstance(value, Sequence):
        assert len(value) == len(value.item_marks)
        for child in value:
            assert_plain(child)
    else:
        assert isinstance(value, Text)
        assert invisible(value) == []


def is_readable(text: str) -> bool:
    """Whether no one would take it for something else (what the tests above are about)."""
    return not (
        invisible(text)
        or UNPRINTABLE.search(text)
        or OTHER_BULLET.match(text)
        or "- " in text
        or (text[:1].isspace() and not text[:1].isascii())
    )


TEXT = st.text(st.characters(codec="utf-8")).filter(is_readable)
NESTED = st.recursive(
    TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("flow", [True, False], ids=["flow", "block"])
@pytest.mark.parametrize("as_is", [True, False], ids=["as-is", "escaped"])
def test_what_a_dumper_writes_is_read_back(flow: bool, as_is: bool) -> None:
    @settings(WILD, max_examples=50)
    @given(st.dictionaries(TEXT, NESTED, min_size=1, max_size=4))
    def read_back(facts: dict[str, Any]) -> None:
        text = yaml.safe_dump(facts, default_flow_style=flow, allow_unicode=as_is)
        assume(is_readable(text) or not as_is)
        assert parsed(text) == facts

    read_back()


# Merge keys, and lists in lists


@pytest.mark.parametrize("written", ["<<: *x", "<<: [*x, {room: C}]", "<<: {room: A, level: B}"])
def test_a_merge_key_adds_what_the_mapping_has_not(written: str) -> None:
    text = f"sessions:\n  - &x {{title: One, room: A, level: B}}\n  - title: Two\n    {written}\n"
    data = parsed(text)
    assert data["sessions"] == [
        {"title": "One", "room": "A", "level": "B"},
        {"title": "Two", "room": "A", "level": "B"},
    ]


def test_a_merge_key_of_a_text_is_a_key_like_any_other() -> None:
    assert parsed("a:\n  <<: b\n  c: d\n") == {"a": {"<<": "b", "c": "d"}}


def test_a_list_within_a_list_is_one_list_where_a_key_takes_one() -> None:
    text = "sessions:\n  - - title: One\n    - title: Two\n  - - - Three\n"
    assert parse(text)[0] == {"sessions": [{"title": "One"}, {"title": "Two"}, "Three"]}
    assert [line.partition(": ")[0] for line in reported(text)] == ["2:5", "4:5"]
    assert parsed("other:\n  - - a\n") == {"other": [["a"]]}


def test_a_list_of_words_in_lines_is_hinted_at() -> None:
    text = "topics:\n  Go\n  IoT\nabout:\n  Go\n  IoT\n"
    assert reported(text) == [
        "3:3: this goes on with line 2; if it is an item, begin it with “- ” [event.folded]"
    ]


def test_a_comma_at_the_end_of_a_text_is_a_part_of_it() -> None:
    text = "name: Roses are red,\nvenue: B, C,\n"
    assert parse(text) == ({"name": "Roses are red,", "venue": "B, C,"}, [])


# Without libyaml

SAME = [
    "videos: [https://a.example/watch?v=a&t=1#x, https://b.example/?v=b]\n",
    "venue: {url: https://a.example/?q=a:b, name: What? is it}\n",
    "topics: [Go?, ?Rust, a\tb,\tc]\n",
    "topics: [Go:, b]\nname: A\n",
    "name: a\n\tb\n",
    "about: |\t\n  a\n",
    "about: |# a comment\n  a\n",
    "about: >-  # a comment\n  a\n",
    'name: "\\ud83d"\n',
    'name: "\\U00110000"\n',
    "name:\tA\n",
    "topics:\n  - A\n  B\n",
    *(rule.written for rule in RULES),
]


def parsed_without_libyaml(text: str) -> tuple[Mapping | None, list[Problem]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "_Loader", PureLoader)
        return parse(text)


@pytest.mark.parametrize("text", SAME)
def test_without_libyaml_a_text_reads_the_same(text: str) -> None:
    assert parsed_without_libyaml(text) == parse(text)


@WILD
@given(
    st.lists(
        st.sampled_from([*"ab:?,[]{}\"'-", ", ", ": ", "- ", "\n", "\t", " #", "https://a.b/?c=d"])
    ).map("".join)
)
def test_without_libyaml_any_collection_in_brackets_reads_the_same(within: str) -> None:
    """As far as YAML can read it; repairs of what it cannot may differ."""
    text = f"a: [{within}]\nb: {{c: {within}}}\n"
    data, problems = parse(text)
    assume(not any(problem.code.label == "syntax" for problem in problems))
    assert parsed_without_libyaml(text) == (data, problems)
