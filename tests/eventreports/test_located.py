"""Plain data with places: where each value stands, and what is left when some are taken out."""

import pytest

from eventreports.core import located
from eventreports.core.located import Mapping, Sequence, Text
from eventreports.core.problems import Mark
from eventreports.yaml import reader

Loc = tuple[int | str, ...]


def data_of(text: str) -> Mapping:
    data, problems = reader.parse(text.encode(), "event.yaml")
    assert problems == []
    assert data is not None
    return data


# Places

TEXT = """\
name: E
venue: {name: Hall, rooms: [A, {b: c}]}
sessions:
  - title: T
    slides: {url: x}
  -
topics: Go
url:
"""


@pytest.mark.parametrize(
    ("loc", "value", "key"),
    [
        pytest.param((), (1, 1), (1, 1), id="top"),
        pytest.param(("name",), (1, 7), (1, 1), id="text"),
        pytest.param(("venue",), (2, 8), (2, 1), id="mapping"),
        pytest.param(("venue", "rooms"), (2, 28), (2, 21), id="list"),
        pytest.param(("venue", "rooms", 1), (2, 32), (2, 32), id="item"),
        pytest.param(("venue", "rooms", 1, "b"), (2, 36), (2, 33), id="in-an-item"),
        pytest.param(("sessions",), (4, 3), (3, 1), id="block-list"),
        pytest.param(("sessions", 0), (4, 5), (4, 5), id="block-item"),
        pytest.param(("sessions", 0, "title"), (4, 12), (4, 5), id="block-value"),
    ],
)
def test_a_value_stands_where_it_begins_and_its_key_where_that_does(
    loc: Loc, value: Mark, key: Mark
) -> None:
    data = data_of(TEXT)
    assert located.mark_of(data, loc) == value
    assert located.mark_of(data, loc, of_key=True) == key


@pytest.mark.parametrize(
    ("loc", "place"),
    [
        pytest.param(("url",), (8, 1), id="its-key"),
        pytest.param(("sessions", 1), (6, 4), id="behind-its-dash"),
    ],
)
def test_nothing_stands_where_it_would(loc: Loc, place: Mark) -> None:
    assert located.mark_of(data_of(TEXT), loc) == place


@pytest.mark.parametrize(
    ("loc", "place"),
    [
        pytest.param(("topics", 0), (7, 9), id="text"),
        pytest.param(("sessions", 0, "slides", 0), (5, 13), id="mapping"),
        pytest.param(("sessions", 0, "slides", 0, "url"), (5, 19), id="in-a-mapping"),
    ],
)
def test_one_thing_instead_of_a_list_is_the_lists_first(loc: Loc, place: Mark) -> None:
    assert located.mark_of(data_of(TEXT), loc) == place


@pytest.mark.parametrize(
    ("loc", "place"),
    [
        pytest.param(("nowhere",), (1, 1), id="unknown-key"),
        pytest.param(("nowhere", "below"), (1, 1), id="below-an-unknown-key"),
        pytest.param(("name", "ja"), (1, 7), id="within-a-text"),
        pytest.param(("sessions", 5, "title"), (4, 3), id="beyond-the-list"),
        pytest.param(("sessions", 0, "speakers", 0, "name"), (4, 5), id="unknown-key-below"),
    ],
)
def test_the_place_of_what_is_not_in_the_data_is_the_nearest_that_is(loc: Loc, place: Mark) -> None:
    assert located.mark_of(data_of(TEXT), loc) == place


def test_a_mapping_knows_where_its_values_stand() -> None:
    data = data_of(TEXT)
    assert {key: data.mark_of(key) for key in data} == {
        "name": (1, 7),
        "venue": (2, 8),
        "sessions": (4, 3),
        "topics": (7, 9),
        "url": (8, 1),
    }


@pytest.mark.parametrize(
    ("loc", "value"),
    [
        ((), None),
        (("name",), "E"),
        (("venue", "rooms", 1), {"b": "c"}),
        (("topics", 0), "Go"),
        (("url",), None),
    ],
)
def test_a_value_is_found_by_its_way(loc: Loc, value: object) -> None:
    data = data_of(TEXT)
    assert located.value_at(data, loc) == (data if loc == () else value)


def test_what_is_not_in_the_data_is_the_nearest_around_it() -> None:
    data = data_of(TEXT)
    assert located.value_at(data, ("venue", "nowhere", "below")) == data["venue"]
    assert located.value_at(data, ("sessions", 9)) == data["sessions"]


# Removal


def test_remove_takes_out_what_is_named_and_nothing_else() -> None:
    data = data_of("a: 1\nlist: [x, y, z, w]\nmap: {k: v, l: w}\none: {url: u, title: t}\n")
    located.remove(data, [("list", 0), ("list", 2), ("map", "k"), ("a",), ("one", 0, "url")])
    assert data == {"list": ["y", "w"], "map": {"l": "w"}, "one": {"title": "t"}}


def test_what_is_left_of_a_list_keeps_its_places() -> None:
    data = data_of("list: [x, y, z]\n")
    located.remove(data, [("list", 1)])
    assert [located.mark_of(data, ("list", index)) for index in (0, 1)] == [(1, 8), (1, 14)]


def test_what_is_named_twice_is_taken_out_once() -> None:
    data = data_of("list: [x, y, z]\nmap: {k: v}\n")
    located.remove(data, [("list", 0), ("list", 0), ("map", "k"), ("map", "k", "deeper")])
    assert data == {"list": ["y", "z"], "map": {}}


def test_remove_tells_the_mapping_that_lost_a_value() -> None:
    data = data_of("map: {k: v, l: w, m: x}\nother: {k: v}\n")
    located.remove(data, [("map", "l"), ("map", "k")])
    changed, unchanged = data["map"], data["other"]
    assert isinstance(changed, Mapping)
    assert isinstance(unchanged, Mapping)
    assert (changed.pruned, unchanged.pruned, data.pruned) == (["k", "l"], [], [])
    assert set(changed.key_marks) == {"k", "l", "m"}


# Copies


def test_what_is_taken_out_of_a_copy_stays_in_what_was_copied() -> None:
    data = data_of("map: {k: v, list: [x, {y: z}]}\n")
    copied = located.copy(data)
    assert isinstance(copied, Mapping)
    assert copied == data
    located.remove(copied, [("map", "k"), ("map", "list", 1, "y")])
    assert data == {"map": {"k": "v", "list": ["x", {"y": "z"}]}}
    assert copied == {"map": {"list": ["x", {}]}}


def test_a_copy_stands_where_what_was_copied_does() -> None:
    data = data_of(TEXT)
    copied = located.copy(data)
    assert isinstance(copied, Mapping)
    for loc in ((), ("venue",), ("venue", "rooms", 1, "b"), ("sessions", 1), ("url",)):
        assert located.mark_of(copied, loc) == located.mark_of(data, loc)
    assert copied.end == data.end


def test_texts_and_nothing_are_their_own_copies() -> None:
    text = Text("x", Mark(2, 3))
    assert located.copy(text) is text
    assert located.copy(None) is None


def test_a_mapping_knows_where_it_ends() -> None:
    data = data_of(TEXT)
    sessions = data["sessions"]
    assert isinstance(sessions, Sequence)
    first = sessions[0]
    assert isinstance(first, Mapping)
    assert first.mark == (4, 5)
    assert (5, 13) < first.end <= (6, 3)
