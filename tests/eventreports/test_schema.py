"""The JSON Schema that editors read: what it says, and that it agrees with the loader."""

import datetime as dt
import json
import re
import zoneinfo
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, ValidationError
from jsonschema.validators import extend

import eventreports
from eventreports.core.entity import Entity, shape
from eventreports.core.model import (
    ENTITIES,
    Attachment,
    Day,
    Event,
    Group,
    Organization,
    Person,
    Resource,
    Room,
    Session,
    Slot,
    SponsorTier,
    Track,
    Venue,
)
from eventreports.core.problems import Code
from eventreports.core.schema import FILE_NAME, schema, schema_text
from eventreports.core.value_types import ValueType
from eventreports.loader import load

pytestmark = pytest.mark.once

COMMITTED: Final = Path(eventreports.__file__).with_name(FILE_NAME)

#: Where each kind of entity stands in an event, and what it must have beside the key in question.
HOMES: Final[dict[type[Entity], tuple[str, dict[str, str]]]] = {
    Event: ("", {"name": "Minimal Event"}),
    Session: ("sessions", {"title": "Opening"}),
    Person: ("reporters", {"name": "Aoi Tanaka"}),
    Resource: ("links", {"url": "https://example.com/other"}),
    Attachment: ("files", {"name": "other.pdf"}),
    Organization: ("sponsors", {"name": "Example Inc."}),
    SponsorTier: ("sponsor_tiers", {"name": "Gold"}),
    Group: ("groups", {"name": "Volunteers"}),
    Venue: ("venue", {"name": "Minato Hall"}),
    Room: ("venue:\n  name: Minato Hall\n  rooms", {"name": "Hall A"}),
    Track: ("tracks", {"name": "Infrastructure"}),
    Day: ("days", {"date": "2026-11-21"}),
    Slot: ("slots", {"title": "Lunch"}),
}
each_kind = pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.__name__)


def event_with(entity: type[Entity], key: str, value: str) -> str:
    """The smallest event in which an entity has that value."""
    home, beside = HOMES[entity]
    # A path stands instead of a URL, not beside it.
    keys = {**({} if key == "path" else beside), key: value}
    lines = [f"{key}: {value}" for key, value in keys.items()]
    if entity is Event:
        return "\n".join(lines) + "\n"
    indent = "    " if entity is Venue else "  - "
    first, *others = lines
    item = "\n".join([f"{indent}{first}", *(f"    {line}" for line in others)])
    return f"name: Minimal Event\n{home}:\n{item}\n"


# What an editor makes of a file


class Resolved(yaml.SafeLoader):
    """YAML as editors read it: with the types of YAML 1.2's core schema."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012, PyYAML's own way


def _integer(loader: Resolved, node: yaml.ScalarNode) -> int:
    text = str(loader.construct_scalar(node))
    return int(text, 0) if text.startswith(("0o", "0x")) else int(text)


#: YAML 1.2.2, 10.3.2.
CORE_SCHEMA: Final = {
    "null": r"null|Null|NULL|~|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9A-Fa-f]+",
    "float": (
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
        r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
    ),
}
for kind, pattern in CORE_SCHEMA.items():
    whole = re.compile(rf"(?:{pattern})\Z")
    Resolved.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", whole, None)
Resolved.add_constructor("tag:yaml.org,2002:int", _integer)


def _as_in_javascript(pattern: str) -> str:
    """Where digits and letters of words are those of ASCII, and ``$`` is the end."""

    def within(brackets: re.Match[str]) -> str:
        return brackets[0].replace(r"\d", "0-9").replace(r"\w", "A-Za-z0-9_")

    around = re.sub(r"\[[^]]*\]", within, pattern)
    return around.replace(r"\d", "[0-9]").replace(r"\w", "[A-Za-z0-9_]").replace("$", r"\Z")


def _fits_pattern(
    _validator: Any, pattern: str, instance: object, _schema: object
) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not re.search(_as_in_javascript(pattern), instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


VALIDATOR: Final = extend(  # type: ignore[no-untyped-call]
    Draft7Validator, {"pattern": _fits_pattern}
)(schema())


def reported_by_an_editor(text: str) -> list[str]:
    data = yaml.load(text, Loader=Resolved)
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(data)]


@pytest.fixture(scope="module")
def event_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place for an event, beside all files that the model's examples name."""
    folder = tmp_path_factory.mktemp("project") / "events" / "minimal"
    folder.mkdir(parents=True)
    named = [examples(entity, key) for entity in ENTITIES for key in entity.model_fields]
    for name in re.findall(r"(?<![\w/.:])[\w/]+\.(?:pdf|svg|png)\b", str(named)):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    return folder / "event.yaml"


def reported_by_the_loader(event_file: Path, text: str) -> dict[str, Code]:
    """Each fault, in words, and its code."""
    event_file.write_text(text, encoding="utf-8")
    found = load(event_file, event_file.parents[2]).problems
    return {str(problem): problem.code for problem in found if problem.is_fault}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("10:30", "10:30"),
        ("2018-04-19", "2018-04-19"),
        ("2018", 2018),
        ("0120", 120),
        ("0o17", 15),
        ("0x1F", 31),
        ("18.10", 18.1),
        ("1e3", 1000.0),
        ("1_000", "1_000"),
        ("true", True),
        ("'2018'", "2018"),
        ("~", None),
        ("", None),
    ],
)
def test_an_editor_gives_values_the_types_of_yaml_1_2(written: str, value: object) -> None:
    """So that the tests below see what an editor sees."""
    found = yaml.load(f"[{written}, x]", Loader=Resolved)[0] if written else yaml.load("", Resolved)
    assert (found, type(found)) == (value, type(value))


# What it says


def test_the_committed_schema_is_that_of_the_model() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(), "run: make generate"


def test_it_is_a_schema_of_draft_7() -> None:
    assert schema()["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(schema())


def properties(entity: type[Entity]) -> dict[str, Any]:
    whole = schema()
    part = whole if entity is Event else whole["definitions"][entity.__name__]
    found: dict[str, Any] = part["properties"]
    return found


@each_kind
def test_it_has_every_key_and_no_other(entity: type[Entity]) -> None:
    assert [*properties(entity)] == [*entity.model_fields]


def is_bilingual(explanation: str, english: str) -> bool:
    first, second = explanation.split("\n\n")
    return first == english and re.search(r"[ぁ-ヿ一-鿿].*。", second) is not None


@each_kind
def test_every_key_is_explained_in_english_and_in_japanese(entity: type[Entity]) -> None:
    for key, taken in properties(entity).items():
        english = entity.model_fields[key].description or ""
        assert re.fullmatch(r"[A-Z][ -~…]+\.", english)
        assert is_bilingual(taken["description"], english), key


def closed_set(taken: object) -> dict[str, Any]:
    """Of a key's schema the part that has the words, wherever it is; else nothing."""
    if isinstance(taken, dict) and "enum" in taken:
        return taken
    parts = taken.values() if isinstance(taken, dict) else taken if isinstance(taken, list) else ()
    return next(filter(None, map(closed_set, parts)), {})


@each_kind
def test_every_word_of_a_closed_set_is_explained_too(entity: type[Entity]) -> None:
    for key, taken in properties(entity).items():
        of, _is_list = shape(entity, key)
        words = of.schema.get("enum", []) if isinstance(of, ValueType) else []
        meanings = of.schema["enumDescriptions"] if isinstance(of, ValueType) and words else []
        listed = closed_set(taken) if words else {"enum": [], "enumDescriptions": []}
        explained = dict(zip(map(str, listed["enum"]), listed["enumDescriptions"], strict=True))
        assert [*explained] == words
        for word, english in zip(words, meanings, strict=True):
            assert is_bilingual(explained[word], english), word


def examples(entity: type[Entity], key: str) -> list[str]:
    return [str(example) for example in entity.model_fields[key].examples or ()]


@each_kind
def test_every_key_has_two_examples_in_the_schema_too(entity: type[Entity]) -> None:
    for key, taken in properties(entity).items():
        given_ones = examples(entity, key)
        # Of the file's format there is only one so far.
        assert len(set(given_ones)) == len(given_ones) >= (1 if key == "format" else 2), key
        shown = taken.get("then", {}).get("examples", [])
        assert len([*taken.get("examples", []), *shown]) == len(given_ones), key


@each_kind
def test_every_example_is_right(event_file: Path, entity: type[Entity]) -> None:
    for key in entity.model_fields:
        for example in examples(entity, key):
            text = event_with(entity, key, example)
            assert reported_by_the_loader(event_file, text) == {}
            assert reported_by_an_editor(text) == []


@each_kind
def test_every_example_that_an_editor_offers_is_right(entity: type[Entity]) -> None:
    for key, taken in properties(entity).items():
        for example in taken.get("examples", ()):
            typed_in = example if isinstance(example, str) else quoted(example)
            assert reported_by_an_editor(event_with(entity, key, typed_in)) == []


# What it takes: whatever the loader takes


def quoted(value: object) -> str:
    """In YAML's flow style, of which JSON is a part."""
    return json.dumps(value, ensure_ascii=False)


def full_width(text: str) -> str:
    """As an input method writes it."""
    return text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


def written(text: str) -> st.SearchStrategy[str]:
    """In one of the ways in which it means the same."""
    return st.sampled_from([text, quoted(text), f"'{text}'", quoted(f" {text} ")])


def typed(text: str) -> st.SearchStrategy[str]:
    return st.one_of(written(text), st.just(full_width(text)))


LETTERS = st.characters(categories=["L", "N", "P", "S", "Zs"])
#: What YAML takes for something other than a text.
SCALARS = st.sampled_from(
    ["2018", "-1", "18.10", "1e3", "0x1F", "010", ".inf", "true", "False", "no", "on", "10:30"]
)
TEXTS = st.one_of(st.text(LETTERS, min_size=1, max_size=12).map(quoted), SCALARS)
LANGUAGES = st.sampled_from(["ja", "en", "en-GB", "zh_Hant", "no", "fil", "sr-Latn-RS"])
LOCALIZED = st.one_of(
    TEXTS,
    st.dictionaries(LANGUAGES, TEXTS, min_size=1, max_size=3).map(
        lambda texts: "{" + ", ".join(f"{tag}: {text}" for tag, text in texts.items()) + "}"
    ),
)
URLS = st.builds(
    "{}{}/{}".format,
    st.sampled_from(["https://", "http://", "HTTPS://", "Http://user@"]),
    st.sampled_from(["example.org", "例え.jp", "127.0.0.1:8000", "[::1]"]),
    st.text(LETTERS, max_size=8),
)
ADDRESSES = st.sampled_from(["mailto:a@example.org", "MAILTO:雲@example.org?subject=a"])
DATES = st.dates(dt.date(1000, 1, 1)).map(str)
CLOCKS = st.builds("{}:{:02}".format, st.integers(0, 29), st.integers(0, 59))
NUMBERS = st.integers(0, 999_999_999)

#: How values of each form may be written, in YAML's flow style.
FORMS: Final[dict[str, st.SearchStrategy[str]]] = {
    "text": TEXTS,
    "path": st.one_of(st.sampled_from(["a.pdf", "img/雲.svg"]), TEXTS),
    "URL": st.one_of(URLS, ADDRESSES).map(quoted),
    "date": st.one_of(DATES, DATES.map(lambda date: date[:7]), DATES.map(lambda date: date[:4])),
    "time": st.one_of(CLOCKS, CLOCKS.map(lambda clock: clock.rjust(5, "0"))),
    "time zone": st.sampled_from(sorted(zoneinfo.available_timezones())).flatmap(written),
    "whole number": st.one_of(NUMBERS.map(str), NUMBERS.map("{:,}".format).map(quoted)),
    "id": st.one_of(st.text("aZ09_.-雲é", min_size=1).map(quoted), st.just("2018")),
    "text, by language": LOCALIZED,
    "Markdown, by language": LOCALIZED,
    "duration": st.sampled_from(["40", "1:30", "90 min", "2h", "１：３０", "45分", "1時間30分"]),
    "place in a video": st.sampled_from(["754", "12:34", "1:02:03", "'0:05'", "１２：３４"]),
    "colour": st.sampled_from(["'#BF281C'", "bf281c", "123456", "'#abc'", "'０００'"]),
    "degrees": st.sampled_from(["38.2596614", "-33.86", "0", "'+1.5'", "90"]),
    "language": st.sampled_from(["ja", "Japanese", "日本語", "jpn", "no", "zh-Hant", "'de, en'"]),
}
TYPED: Final = ("date", "time", "whole number")
NOTHING = st.sampled_from(["null", "~"])


def values(of: ValueType | type[Entity]) -> st.SearchStrategy[str]:
    if isinstance(of, ValueType):
        form = st.sampled_from(of.schema["enum"]) if "enum" in of.schema else FORMS[of.label]
        return form.flatmap(lambda text: typed(text.strip('"'))) if of.label in TYPED else form
    shorter = {Resource: st.one_of(URLS.map(quoted), TEXTS), Day: DATES, SponsorTier: st.nothing()}
    shorter[Group] = st.nothing()
    return st.one_of(shorter.get(of, TEXTS), long_forms(of))


@st.composite
def long_forms(draw: st.DrawFn, entity: type[Entity]) -> str:
    _home, beside = HOMES[entity]
    keys = draw(st.lists(st.sampled_from(sorted(entity.model_fields)), unique=True, max_size=4))
    if "path" in keys or "url" in keys:
        # Not both of them.
        keys = [key for key in keys if key != "url"]
        beside = {} if "path" in keys else beside
    written_keys = {key: draw(of_key(entity, key)) for key in dict.fromkeys([*beside, *keys])}
    return "{" + ", ".join(f"{key}: {value}" for key, value in written_keys.items()) + "}"


def of_key(entity: type[Entity], key: str) -> st.SearchStrategy[str]:
    of, is_list = shape(entity, key)
    one = values(of)
    several = st.lists(one, max_size=3).map(lambda items: f"[{', '.join(items)}]")
    return st.one_of(one, NOTHING, *([several] if is_list else []))


@st.composite
def events(draw: st.DrawFn) -> str:
    keys = draw(st.lists(st.sampled_from(sorted(Event.model_fields)), unique=True))
    when = draw(st.sampled_from(["date", "start_date", "end_date"]))
    kept = [key for key in keys if key == when or "date" not in key or key == "date_text"]
    lines = [f"{key}: {draw(of_key(Event, key))}" for key in dict.fromkeys(["name", *kept])]
    return "\n".join(lines) + "\n"


#: What no schema can tell: it takes several values, or the disk, or a sense of words.
BEYOND_A_SCHEMA: Final = {
    Code.BRACKETS,
    Code.DUPLICATE_ID,
    Code.DUPLICATE_NAME,
    Code.FILE,
    Code.PATH,
    Code.PLACEHOLDER,
    Code.ROOM_CLASH,
}
WILD = settings(
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


def check_agreement(event_file: Path, text: str) -> None:
    faults = reported_by_the_loader(event_file, text)
    assume(not {*faults.values()} - BEYOND_A_SCHEMA)
    assert reported_by_an_editor(text) == []


@pytest.mark.matrix
@pytest.mark.slow
@each_kind
@given(data=st.data())
@settings(WILD, max_examples=150)
def test_an_editor_takes_any_value_that_the_loader_takes(
    event_file: Path, entity: type[Entity], data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from([*entity.model_fields]))
    check_agreement(event_file, event_with(entity, key, data.draw(of_key(entity, key))))


@pytest.mark.once
@pytest.mark.slow
@given(text=events())
@settings(WILD, max_examples=250)
def test_an_editor_takes_any_event_that_the_loader_takes(event_file: Path, text: str) -> None:
    check_agreement(event_file, text)


# What it refuses


FAULTS: Final = {
    "no name": "date: 2018\n",
    "no mapping": "- name: A\n",
    "a text": "Kumo Days\n",
    "a slip of a key": "name: A\ncapasity: 120\n",
    "a list for a name": "name: [A]\ndate: 2018\n",
    "a list for a text": "name: A\nhashtag: [a, b]\n",
    "a mapping for a text": "name: A\nhashtag: {tag: b}\n",
    "a list for an entity": "name: A\nvenue: [B]\n",
    "a list in a list": "name: A\ntopics: [B, [C]]\n",
    "a mapping in a list": "name: A\ntopics: [B, {C: D}]\n",
    "a text for a tier": "name: A\nsponsor_tiers: [Gold]\n",
    "a number for a tier": "name: A\nsponsor_tiers: 1\n",
    "a language that is none": "name: {japanese text: A}\ndate: 2018\n",
    "a list by language": "name: {ja: [A], en: B}\n",
    "a version": "name: A\nformat: 2\n",
    "a status": "name: A\nlinks: [{status: gnoe}]\n",
    "a truth value for a status": "name: A\nlinks: {status: true}\n",
    "a status in a session": "name: A\nsessions: [{title: B, slides: {status: no}}]\n",
    "a list for a status": "name: A\nlinks: [{status: [gone]}]\n",
    "a date with slashes": "name: A\ndate: 2018/04/19\n",
    "a date in words": "name: A\nsessions: [{title: B, date: Thursday}]\n",
    "a month that there is not": "name: A\ndate: 2018-13\n",
    "a day that there never is": "name: A\nfiles: [{name: B, date: 2018-04-32}]\n",
    "a year of five digits": "name: A\ndate: 20180\n",
    "a truth value for a date": "name: A\ndate: true\n",
    "a time in words": "name: A\nsessions: [{title: B, start: ten}]\n",
    "a time that no clock shows": "name: A\nsessions: [{title: B, start: 30:00}]\n",
    "a minute that no clock shows": "name: A\nsessions: [{title: B, end: 10:60}]\n",
    "a number for a time": "name: A\nsessions: [{title: B, start: 10}]\n",
    "a number in words": "name: A\ncapacity: many\n",
    "half a person": "name: A\ncapacity: 0.5\n",
    "a negative number": "name: A\ncapacity: -1\n",
    "an id with blanks": "name: A\nid: with blanks\n",
    "an id that is a list": "name: A\nsessions: [{title: B, id: [c]}]\n",
    "a time zone's offset": "name: A\ntimezone: +09:00\n",
    "a number for a time zone": "name: A\ntimezone: 9\n",
    "a script": "name: A\nurl: 'javascript:alert(1)'\n",
    "a script in capitals": "name: A\nurl: 'JAVASCRIPT:alert(1)'\n",
    "a script of a speaker": (
        "name: A\nsessions: [{title: B, speakers: [{name: C, url: 'javascript:alert(1)'}]}]\n"
    ),
    "a URL without scheme": "name: A\nvenue: {name: B, url: www.example.org}\n",
    "a URL of a file": "name: A\nlinks: [{url: 'file:///etc/passwd'}]\n",
    "a URL with a blank": "name: A\nurl: https://example.org/a b\n",
    "a URL without host": "name: A\nurl: 'https://'\n",
    "a number for a URL": "name: A\nurl: 2018\n",
    "a script for a copy": "name: A\nlinks: [{status: gone, archived: 'javascript:alert(1)'}]\n",
    "a session without a title": "name: A\nsessions: [{id: b, start: 10:30}]\n",
    "a person without a name": "name: A\nsessions: [{title: B, speakers: {role: Host}}]\n",
    "an organization without a name": "name: A\nsponsors: [{url: 'https://example.org/'}]\n",
    **{f"an unknown key of {kind.__name__}": event_with(kind, "zzz", "1") for kind in HOMES},
}


@pytest.mark.parametrize("text", FAULTS.values(), ids=FAULTS)
def test_each_fault_is_reported_once_by_both(event_file: Path, text: str) -> None:
    assert len(reported_by_an_editor(text)) == 1
    assert len(reported_by_the_loader(event_file, text)) == 1
