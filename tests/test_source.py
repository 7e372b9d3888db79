"""YAML text → data with places: scalars stay text, faults have a place, nothing blows up."""

from __future__ import annotations

import os
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from eventreports import source
from eventreports.problems import Mark
from eventreports.source import MAX_BYTES, MAX_DEPTH, MAX_SIZE, Mapping, Sequence, Text

WILD = settings(max_examples=150, deadline=None, database=None, derandomize=True)

Place = tuple[str, int, int]


def parsed(text: str | bytes) -> Mapping:
    """The data of a text in which nothing is wrong."""
    raw = text.encode() if isinstance(text, str) else text
    data, problems = source.parse(raw, "event.yaml")
    assert [str(problem) for problem in problems] == []
    assert data is not None
    return data


def faults(text: str | bytes) -> tuple[list[Place], str]:
    """Code, line and column of each problem, and all that they say."""
    raw = text.encode() if isinstance(text, str) else text
    _data, problems = source.parse(raw, "event.yaml")
    places = [(problem.code.label, *problem.mark) for problem in problems]
    return places, "\n".join(problem.message for problem in problems)


def mark_at(data: Mapping, key: str) -> Mark:
    """The place of a value, rather than of its key."""
    value = data[key]
    assert value is not None
    return value.mark


def is_refused(text: str | bytes) -> bool:
    raw = text.encode() if isinstance(text, str) else text
    return source.parse(raw, "event.yaml")[0] is None


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
        "日本語 😀",
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
        ("|\n  null\n", "null\n"),
        (">\n  folded\n  text\n", "folded text\n"),
        ("a\n  wrapped name", "a wrapped name"),
        ("! text", "text"),
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


def test_a_hash_after_a_blank_is_a_comment_and_quotes_keep_it() -> None:
    assert parsed("cut: tiny ruby #{conf}\nkept: 'tiny ruby #{conf}'\n") == {
        "cut": "tiny ruby",
        "kept": "tiny ruby #{conf}",
    }


def test_keys_are_texts_whatever_they_look_like() -> None:
    data = parsed("yes: a\n2018: b\n10:30: c\nnull: d\n")
    assert data == {"yes": "a", "2018": "b", "10:30": "c", "null": "d"}


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
    assert source.mark_of(data, ("a",)) == (1, 1)
    inner = data["a"]
    assert isinstance(inner, Mapping)
    assert inner.mark == (1, 4)
    assert inner.key_marks == {"b": (1, 5), "d": (1, 21)}
    assert source.mark_of(data, ("a", "b", 0)) == (1, 9)
    assert source.mark_of(data, ("a", "b", 1)) == (1, 12)
    assert source.mark_of(data, ("a", "b", 1, "c")) == (1, 13)
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


NAMES = st.text(st.sampled_from("abé日本語〜😀👩\u200d"), min_size=1, max_size=8)


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


def test_crlf_is_one_line_break_and_no_part_of_a_value() -> None:
    data = parsed(b"name: x\r\nabout: |\r\n  a\r\n  b\r\nvenue: y\r\n")
    assert data == {"name": "x", "about": "a\nb\n", "venue": "y"}
    assert data.key_marks["venue"] == (5, 1)


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085"], ids=["ls", "ps", "nel"])
def test_lines_are_counted_as_editors_count_them(separator: str) -> None:
    """Line separators come with text pasted from slides; to an editor they end no line."""
    data = parsed(f'title: "a{separator}b"\nname: x\n')
    assert data.key_marks["name"] == (2, 1)
    data = parsed(f'{{k: "a{separator}b", name: x}}\n')
    assert data.key_marks["name"] == (1, 12)


def test_the_place_of_nothing_is_its_key_or_its_list() -> None:
    data = parsed("a: x\nlist:\n  - y\n  -\nkey:\n")
    assert source.mark_of(data, ("key",)) == (5, 1)
    assert source.mark_of(data, ("list", 1)) == (2, 1)


def test_one_thing_instead_of_a_list_is_the_lists_first() -> None:
    data = parsed("slides: {url: x}\nlinks:\n- {url: y}\n")
    assert source.mark_of(data, ("slides", 0, "url")) == (1, 10)
    assert source.mark_of(data, ("links", 0, "url")) == (3, 4)


def test_the_place_of_what_is_not_in_the_data_is_the_nearest_that_is() -> None:
    data = parsed("people:\n- Name (Company)\n")
    assert source.mark_of(data, ("people", 0, "affiliation")) == (2, 3)
    assert source.mark_of(data, ("nowhere",)) == (1, 1)


# Removal


def test_remove_takes_out_what_is_named_and_nothing_else() -> None:
    data = parsed("a: 1\nlist: [x, y, z, w]\nmap: {k: v, l: w}\none: {url: u, title: t}\n")
    source.remove(data, [("list", 0), ("list", 2), ("map", "k"), ("a",), ("one", 0, "url")])
    assert data == {"list": ["y", "w"], "map": {"l": "w"}, "one": {"title": "t"}}


def test_remove_marks_the_mapping_that_lost_a_value() -> None:
    data = parsed("map: {k: v, l: w}\nother: {k: v}\n")
    source.remove(data, [("map", "k")])
    changed, unchanged = data["map"], data["other"]
    assert isinstance(changed, Mapping)
    assert isinstance(unchanged, Mapping)
    assert (changed.pruned, unchanged.pruned, data.pruned) == (["k"], [], [])


# Faults


def test_a_duplicate_key_is_told_and_the_first_stays() -> None:
    data, problems = source.parse(b"a: 1\nb: {c: 2, c: 3}\na: 4\n", "event.yaml")
    assert data == {"a": "1", "b": {"c": "2"}}
    assert [(problem.code.label, *problem.mark) for problem in problems] == [
        ("duplicate-key", 2, 11),
        ("duplicate-key", 3, 1),
    ]
    assert "“a”" in problems[1].message
    assert "line 1" in problems[1].message


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        pytest.param("a: 1\n---\nb: 2\n", ("syntax", 2, 1), "one document", id="documents"),
        pytest.param("---\na: 1\n---\n", ("syntax", 3, 1), "one document", id="empty-document"),
        pytest.param("a: !!str 1", ("syntax", 1, 4), "!!str", id="tag"),
        pytest.param("a: 1\nb: !x {c: d}", ("syntax", 2, 4), "!x", id="own-tag"),
        pytest.param("a: !!python/object:os.system x", ("syntax", 1, 4), "remove", id="python"),
        pytest.param("a: &x [b, *x]", ("syntax", 1, 11), "*x", id="self-reference"),
        pytest.param("a: *x\nb: &x c", ("syntax", 1, 4), "unknown alias", id="alias-too-early"),
        pytest.param("a:\n- *nope", ("syntax", 2, 3), "quotes", id="unknown-alias"),
        pytest.param("a: 1\n[b, c]: d", ("syntax", 2, 1), "key must be a text", id="list-as-key"),
        pytest.param("? {a: b}\n: c", ("syntax", 1, 3), "key must be a text", id="map-as-key"),
        pytest.param(
            "a: &x {b: c}\n*x : d", ("syntax", 2, 1), "key must be a text", id="alias-as-key"
        ),
        pytest.param("a: b\nc: d: e", ("syntax", 2, 5), "mapping values", id="two-colons"),
        pytest.param("a: - b", ("syntax", 1, 4), "block sequence", id="list-in-line"),
        pytest.param("a: @b", ("syntax", 1, 4), "cannot start", id="at-sign"),
        pytest.param("a:\n\tb: c", ("syntax", 2, 1), "not YAML", id="tab-indents"),
        pytest.param("a: b\n\tc: d", ("syntax", 2, 1), "tab", id="tab-continues"),
        pytest.param("- a\n- b", ("syntax", 1, 1), "a list", id="list-at-top"),
        pytest.param("# x\n\n  word", ("syntax", 3, 3), "a text", id="word-at-top"),
        pytest.param("''", ("syntax", 1, 1), "a text", id="empty-text-at-top"),
        pytest.param("", ("missing", 1, 1), "name: …", id="empty"),
        pytest.param("# a comment\n", ("missing", 1, 1), "name: …", id="comment"),
        pytest.param("---\n", ("missing", 1, 1), "name: …", id="empty-document-alone"),
        pytest.param("null", ("missing", 1, 1), "name: …", id="null"),
        pytest.param(b"\xef\xbb\xbf", ("missing", 1, 1), "name: …", id="bom-alone"),
        pytest.param("a: x\nb: 日本".encode("shift_jis"), ("unreadable", 2, 1), "UTF-8", id="sjis"),
        pytest.param("a: 日本".encode("utf-16"), ("unreadable", 1, 1), "UTF-8", id="utf-16"),
        pytest.param(b"a: b\n\xff", ("unreadable", 2, 1), "UTF-8", id="stray-byte"),
        pytest.param(b"a: \xed\xa0\xbd", ("unreadable", 1, 1), "UTF-8", id="surrogate"),
    ],
)
def test_what_cannot_be_understood_is_one_problem(
    text: str | bytes, place: Place, words: str
) -> None:
    places, said = faults(text)
    assert places == [place]
    assert words in said
    assert is_refused(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("name: a\nx: b\0c\n", ("syntax", 2, 5)),
        ("name: 日本\nx: \x07b\n", ("syntax", 2, 4)),
        ("a\x7f: b", ("syntax", 1, 2)),
    ],
    ids=["nul", "bell", "delete"],
)
def test_an_invisible_control_character_is_told_where_it_stands(text: str, place: Place) -> None:
    """Nobody finds it by eye: the place is all the help there is."""
    places, said = faults(text)
    assert "character" in said
    assert places == [place]


@pytest.mark.parametrize("text", ["a: [b", "a: {b", "a: 'b", 'a: "b', "a: b\n c: d\n", "a: `b`"])
def test_unfinished_yaml_is_a_syntax_problem(text: str) -> None:
    places, said = faults(text)
    assert [code for code, _line, _column in places] == ["syntax"]
    assert "not YAML" in said
    assert is_refused(text)


def test_what_was_wrong_before_the_end_is_told_too() -> None:
    places, _said = faults("a: 1\na: 2\nb: [\n---\n")
    assert places[0] == ("duplicate-key", 2, 1)
    assert len(places) == 2


def test_a_tab_within_a_line_is_text() -> None:
    assert parsed("a: b\tc\nd: [e,\t f]\n") == {"a": "b\tc", "d": ["e", "f"]}


def test_a_document_may_be_marked_as_one() -> None:
    assert parsed("%YAML 1.2\n---\na: b\n...\n") == {"a": "b"}


# Anchors and aliases


def test_an_alias_may_be_used_as_often_as_one_likes() -> None:
    data = parsed("a: &x {k: v}\nb: *x\nc: [*x, *x]\nd: &t text\ne: *t\n")
    assert data["b"] == data["a"] == {"k": "v"}
    assert data["c"] == [{"k": "v"}, {"k": "v"}]
    assert data["e"] == "text"


def test_an_anchor_may_name_nothing() -> None:
    assert parsed("a: &x\nb: *x\n") == {"a": None, "b": None}


def test_an_anchor_given_again_names_the_newer_value() -> None:
    assert parsed("a: &x 1\nb: &x 2\nc: *x\n") == {"a": "1", "b": "2", "c": "2"}


def test_a_key_that_is_an_alias_is_marked_where_it_stands() -> None:
    data = parsed("a: &x name\n*x : b\n")
    assert data == {"a": "name", "name": "b"}
    assert data.key_marks["name"] == (2, 1)


# Bounds


@pytest.fixture
def bounded() -> Iterator[None]:
    """Little memory and time, whatever the text would unfold to."""
    tracemalloc.start()
    start = time.monotonic()
    try:
        yield
        seconds, peak = time.monotonic() - start, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 60 * 1024**2
    assert seconds < 5


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize("kind", ["lists", "mappings"])
def test_an_alias_bomb_does_not_go_off(kind: str) -> None:
    form = {"lists": "[{}]", "mappings": "{{{}}}"}[kind]
    lines = ["a0: &a0 " + form.format("k: x" if kind == "mappings" else "x")]
    for level in range(1, 7):
        item = f"*a{level - 1}"
        items = [f"k{n}: {item}" if kind == "mappings" else item for n in range(9)]
        lines.append(f"a{level}: &a{level} " + form.format(", ".join(items)))
    places, said = faults("\n".join(lines))
    assert [code for code, _line, _column in places] == ["syntax"]
    assert f"more than {MAX_SIZE} characters" in said


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        "{" * 200_000,
        "a: " + "[" * 200_000,
        "- " * 200_000,
        "? " * 200_000,
        "a: [" * 50_000,
        '"' * 200_000,
        "&" * 200_000,
        "\n".join(" " * depth + "a:" for depth in range(1_000)),
    ],
    ids=["flow", "flow-maps", "flow-in-map", "dashes", "keys", "mixed", "quotes", "and", "block"],
)
def test_what_is_nested_without_end_is_refused(text: str) -> None:
    places, _said = faults(text)
    assert [code for code, _line, _column in places] == ["syntax"]
    assert is_refused(text)


def test_depth_has_a_bound_that_says_itself() -> None:
    lists = MAX_DEPTH - 1  # the mapping at the top is one level
    assert not is_refused("a: " + "[" * lists + "]" * lists)
    places, said = faults("a: " + "[" * (lists + 1) + "]" * (lists + 1))
    assert places == [("syntax", 1, 4 + lists)]
    assert f"deeper than {MAX_DEPTH}" in said


def test_depth_is_counted_through_aliases() -> None:
    """What is built of pieces is as deep as what is written out."""
    lines = ["a1: &a1 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(2, MAX_DEPTH + 1))]
    assert not is_refused("\n".join(lines[:-1]))
    places, said = faults("\n".join(lines))
    assert [code for code, _line, _column in places] == ["syntax"]
    assert f"deeper than {MAX_DEPTH}" in said


def test_values_have_a_bound_with_aliases_counted_as_what_they_repeat(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A mapping, two keys, and twice a list of two texts: nine values and six characters.
    monkeypatch.setattr(source, "SIZE_OF_A_VALUE", 10)
    monkeypatch.setattr(source, "MAX_SIZE", 118)
    assert not is_refused("a: &x [1, 2]\nb: *x\n")
    assert not is_refused("a: &x [1, 2]\nb: *x\nc: d\n")
    assert is_refused("a: &x [1, 2]\nb: *x\nc: d\ne: f\n")


def test_bytes_have_a_bound() -> None:
    text = b"a: |\n  " + b"x" * (MAX_BYTES - 7)
    assert len(text) == MAX_BYTES
    assert not is_refused(text)
    places, said = faults(text + b"x")
    assert places == [("unreadable", 1, 1)]
    assert "2 MiB" in said


@pytest.mark.usefixtures("bounded")
def test_no_more_is_read_of_a_file_than_is_allowed(tmp_path: Path) -> None:
    path = tmp_path / "event.yaml"
    path.touch()
    os.truncate(path, 2**28)  # sparse: it takes no room on the disk
    data, problems = source.read(path, "shown")
    assert data is None
    assert [problem.code.label for problem in problems] == ["unreadable"]


@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_a_file_that_cannot_be_read_is_one_problem(tmp_path: Path, kind: str) -> None:
    path = tmp_path if kind == "folder" else tmp_path / "event.yaml"
    data, problems = source.read(path, "events/x/event.yaml")
    assert data is None
    assert [problem.place for problem in problems] == ["events/x/event.yaml:1:1"]
    assert problems[0].code.label == "unreadable"
    assert "cannot be read" in problems[0].message


# Anything at all

YAML_LIKE = st.text(st.sampled_from("ab1:-?[]{}#&*!|>'\"%@`~,.= \n\t\r日😀\ufeff\u2028\0"))
ANYTHING = st.one_of(
    st.binary(),
    st.text().map(str.encode),
    YAML_LIKE.map(str.encode),
    st.lists(YAML_LIKE, max_size=6).map("\n".join).map(str.encode),
    st.text().map(lambda text: text.encode("utf-16")),
)


@settings(WILD, max_examples=400)
@given(ANYTHING)
def test_parse_raises_nothing_and_explains_each_refusal(raw: bytes) -> None:
    data, problems = source.parse(raw, "a/event.yaml")
    assert data is not None or problems
    lines = raw.decode("utf-8", "replace").splitlines()
    for problem in problems:
        assert problem.path == "a/event.yaml"
        assert problem.message
        assert "\n" not in problem.message
        assert 1 <= problem.mark.line <= len(lines) + 1
        assert problem.mark.column >= 1
    if data is not None:
        _assert_plain(data)


def _assert_plain(value: Any) -> None:
    """Nothing but texts, mappings, lists and nothing, each with its place."""
    if value is None:
        return
    assert value.mark.line >= 1
    if isinstance(value, Mapping):
        assert set(value) == set(value.key_marks)
        for child in value.values():
            _assert_plain(child)
    elif isinstance(value, Sequence):
        for child in value:
            _assert_plain(child)
    else:
        assert isinstance(value, Text)


# Without the separators that YAML 1.1 folds as line breaks, as the dumper does too.
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x85\u2028\u2029"))
NESTED = st.recursive(
    TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("flow", [True, False], ids=["flow", "block"])
@pytest.mark.parametrize("as_is", [True, False], ids=["as-is", "escaped"])
def test_what_a_dumper_writes_is_read_back(flow: bool, as_is: bool) -> None:
    @settings(WILD, max_examples=50)
    @given(st.dictionaries(TEXT, NESTED, max_size=4))
    def read_back(facts: dict[str, Any]) -> None:
        text = yaml.safe_dump(facts, default_flow_style=flow, allow_unicode=as_is)
        assert parsed(text) == facts

    read_back()
