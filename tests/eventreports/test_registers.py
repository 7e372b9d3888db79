"""The registers beside the events' folders: how they are read, and what is wrong in them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

import eventreports
from eventreports.cli import main
from eventreports.core import key_words
from eventreports.core.audience import Audience
from eventreports.core.entity import Entity, shape
from eventreports.core.model import (
    REGISTER_ENTITIES,
    REGISTERS,
    Register,
    RegisteredSubject,
    RegisteredTopic,
    TopicsRegister,
)
from eventreports.core.problems import Code, Mark, Problem
from eventreports.core.schema import schema, schema_text
from eventreports.library import Library
from eventreports.loader import read
from eventreports.registers import Registers, load_register, load_registers
from sphinxcommon.files import short_digest

KUO = "people:\n  - {name: 郭學聰, aliases: [Hsueh-Tsung Kuo]}\n"
each_register = pytest.mark.parametrize("name", REGISTERS)


@pytest.fixture
def events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the events of a project, in whose own folder the test runs."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "conf.py").touch()
    (tmp_path / "events").mkdir()
    return tmp_path / "events"


def write(events: Path, **files: str) -> None:
    """Write registers, and events by their folders."""
    for name, text in files.items():
        file = events / f"{name}.yaml"
        if file.name not in REGISTERS:
            file = events / name / "event.yaml"
            file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")


def loaded(events: Path, **files: str) -> Registers:
    write(events, **files)
    return load_registers(events, events.parent)


def codes(problems: Sequence[Problem]) -> list[tuple[str, Mark, Code]]:
    return [(one.path.removeprefix("events/"), one.mark, one.code) for one in problems]


def scanned(events: Path) -> Library:
    library = Library(events.parent, "events")
    library.scan({})
    return library


# What is read


def test_a_project_needs_no_registers(events: Path) -> None:
    assert load_registers(events, events.parent) == Registers()
    assert load_registers(events / "none", events.parent) == Registers()
    assert scanned(events).registers == Registers()


def test_each_register_has_entries_in_both_forms(events: Path) -> None:
    found = loaded(
        events,
        people="people: [Aoi Tanaka]\n",
        organizations="organizations:\n  - {name: {ja: 株式会社例, en: Example}, image: x.svg}\n",
        topics="is_closed: true\ntopics:\n  - {name: Kubernetes, aliases: [k8s], parents: Cloud}\n",
        series="series: Kumo Days\n",
    )
    assert [one.path for one in found.problems] == ["events/organizations.yaml"]
    said = {kind: [one.all_names for one in entries] for kind, entries in found.entries.items()}
    assert said == {
        "person": [("Aoi Tanaka",)],
        "organization": [("株式会社例", "Example")],
        "topic": [("Kubernetes", "k8s")],
        "series": [("Kumo Days",)],
    }
    (topic,) = found.entries["topic"]
    assert isinstance(topic, RegisteredTopic)
    assert topic.parents == ("Cloud",)
    assert found.is_closed
    assert found.files["series"] == "events/series.yaml"
    assert {*found.stamps} == {
        *("people.yaml", "organizations.yaml", "topics.yaml", "series.yaml", short_digest("x.svg"))
    }


@pytest.mark.parametrize(
    ("word", "is_closed"), [("true", True), ("はい", True), ("no", False), ("'false'", False)]
)
def test_a_list_of_topics_is_closed_in_any_word(events: Path, word: str, is_closed: bool) -> None:
    found = loaded(events, topics=f"is_closed: {word}\n")
    assert (found.is_closed, found.problems) == (is_closed, ())


def test_links_are_for_the_audience_that_they_say(events: Path) -> None:
    link = "links: [{url: 'https://example.com/', visibility: internal}, 'https://example.org/']"
    write(events, people=f"people:\n  - name: Aoi\n    {link}\n")
    of = {
        level: load_registers(events, events.parent, audience=Audience(level)).entries["person"]
        for level in ("public", "internal")
    }
    assert [len(entry.links) for (entry,) in of.values()] == [1, 2]


def test_an_excluded_register_is_none(events: Path) -> None:
    write(events, people=KUO)
    library = Library(
        events.parent, "events", is_excluded=lambda path: path == "events/people.yaml"
    )
    library.scan({})
    assert library.registers == Registers()


@pytest.mark.parametrize(
    ("name", "text", "mark", "code"),
    [
        ("people", "people: [{name: A, alias: B}]", Mark(1, 20), Code.UNKNOWN_KEY),
        ("people", "peopel: [A]", Mark(1, 1), Code.UNKNOWN_KEY),
        ("people", "people: [{id: a}]", Mark(1, 10), Code.MISSING),
        ("people", "people: [{name: A, id: a b}]", Mark(1, 24), Code.VALUE),
        ("people", "people: [{name: A, id: index}]", Mark(1, 24), Code.VALUE),
        ("people", "people: [{name: A, url: example}]", Mark(1, 25), Code.URL),
        ("people", "people: [{name: A, at: a/b/c}]", Mark(1, 24), Code.VALUE),
        ("people", "people: [TODO]", Mark(1, 10), Code.PLACEHOLDER),
        (
            "people",
            "people:\n- {name: A, id: a}\n- {name: B, id: A}",
            Mark(3, 17),
            Code.DUPLICATE_ID,
        ),
        (
            "people",
            "people:\n- {name: A, id: a}\n- {name: B, old_ids: [b, a]}",
            Mark(3, 26),
            Code.DUPLICATE_ID,
        ),
        ("people", "people:\n- A\n- {name: B, aliases: [Ａ]}", Mark(3, 23), Code.DUPLICATE_NAME),
        (
            "people",
            "people:\n- {name: A, at: x}\n- {name: A, at: [y, x]}",
            Mark(3, 21),
            Code.DUPLICATE_NAME,
        ),
        ("people", "people: [{name: A, image: a.jpg}]", Mark(1, 27), Code.FILE),
        ("people", "people: [{name: A, image: ../../a.jpg}]", Mark(1, 27), Code.PATH),
        ("people", "- A", Mark(1, 1), Code.DOCUMENT),
        ("people", "people: [{name: A, parents: B}]", Mark(1, 20), Code.UNKNOWN_KEY),
        ("topics", "is_closed: maybe", Mark(1, 12), Code.VALUE),
        ("topics", "topics:\n- {name: A, parents: A}", Mark(2, 22), Code.VALUE),
        (
            "topics",
            "topics:\n- {name: A, parents: b}\n- {name: B, aliases: b, parents: A}",
            Mark(2, 22),
            Code.VALUE,
        ),
    ],
)
def test_what_is_wrong_is_reported_at_its_place(
    events: Path, name: str, text: str, mark: Mark, code: Code
) -> None:
    found = loaded(events, **{name: text + "\n"})
    assert codes(found.problems) == [(f"{name}.yaml", mark, code)]
    assert found.problems[0] in scanned(events).problems


def test_a_fault_costs_no_more_than_its_value(events: Path) -> None:
    found = loaded(
        events, people="people:\n- {name: A, id: a b, url: 'https://e.org/'}\n- [B]\n- C\n"
    )
    first, last = found.entries["person"]
    assert (str(first.name), first.id, first.url) == ("A", "", "https://e.org/")
    assert str(last.name) == "C"


def test_an_own_former_id_and_names_at_other_events_are_right(events: Path) -> None:
    text = "people:\n- {name: A, id: a, old_ids: [A]}\n- {name: A, at: x}\n- {name: A, at: y}\n"
    assert [one.code for one in loaded(events, people=text).problems] == []


def test_a_register_that_leads_out_of_the_project_is_refused(
    events: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "people.yaml"
    elsewhere.write_text(KUO, encoding="utf-8")
    (events / "people.yaml").symlink_to(elsewhere)
    found = load_registers(events, events.parent)
    assert codes(found.problems) == [("people.yaml", Mark(), Code.PATH)]
    assert found.entries == {}


# What registers and events say of each other

PARTED = """\
people:
  - name: 佐藤 一郎
    at: [a, a/talk, old/former, a/tallk, b, hidden/talk]
"""
SESSIONS = "sessions:\n  - {id: talk, title: T, old_ids: [former]}\n"


def test_an_entry_at_an_event_that_is_none_is_reported(events: Path) -> None:
    write(events, people=PARTED, a=f"name: A\nold_ids: [old]\n{SESSIONS}")
    write(events, hidden=f"name: H\nvisibility: draft\n{SESSIONS}")
    found = scanned(events).problems
    assert codes(found) == [
        ("people.yaml", Mark(3, 33), Code.UNKNOWN_SESSION),
        ("people.yaml", Mark(3, 42), Code.UNKNOWN_EVENT),
    ]
    assert "did you mean “talk”?" in str(found[0])
    # What is not for the audience is there, but nothing is said of it.
    library = Library(events.parent, "events", audience=Audience("public"))
    library.scan({})
    assert codes(library.problems) == codes(found)


TOPICS = "is_closed: true\ntopics:\n  - {name: Kubernetes, aliases: [k8s]}\n  - IoT\n"
EVENT = """\
name: E
topics: [k8s, ＩｏＴ, Kubernets]
sessions:
  - title: T
    topics: Machine Learning
  - title: D
    visibility: draft
    topics: [Secret]
"""


def test_a_topic_that_a_closed_list_lacks_is_reported_with_a_near_one(events: Path) -> None:
    write(events, topics=TOPICS, e=EVENT)
    library = Library(events.parent, "events", audience=Audience("public"))
    library.scan({})
    near, far = (one for one in library.problems if one.code is Code.UNKNOWN_TOPIC)
    assert codes([near, far]) == [
        ("e/event.yaml", Mark(2, 20), Code.UNKNOWN_TOPIC),
        ("e/event.yaml", Mark(5, 13), Code.UNKNOWN_TOPIC),
    ]
    assert "write “Kubernetes”, or add “- Kubernets”" in str(near)
    assert "events/topics.yaml" in str(far)
    # Neither file is opened again where neither has changed.
    known = library.entries
    library.scan(known)
    assert library.changed == set()
    assert [near, far] == library.problems[-2:]
    write(events, topics=TOPICS.replace("true", "false"))
    library.scan(known)
    assert Code.UNKNOWN_TOPIC not in [one.code for one in library.problems]
    assert library.changed == set()


# On the command line


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, str, str]]:
    main(["check", "--format", "json", "--language", "en", *arguments])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return [
        (
            f"{Path(one['path']).name}:{one['line']}",
            one["code"].removeprefix("event."),
            one["message"],
        )
        for one in found
    ]


def test_check_reads_registers_and_says_what_may_be_one(
    events: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        events,
        people="people: [{nam: A}]\n",
        a="name: A\nreporters: [Aoi Tanaka]\n",
        b="name: B\nreporters: [Aoi Tanaka]\nparticipants: [Tanaka Aoi]\n",
    )
    (wrong, hint) = checked(capsys)
    assert wrong[:2] == ("people.yaml:1", "unknown-key")
    assert hint[:2] == ("event.yaml:3", "same-subject")
    # What is proposed, followed, silences it.
    lines = [line for line in hint[2].split("”") if "- " in line]
    assert "- {name: Aoi Tanaka, aliases: [Tanaka Aoi]}" in lines[0]
    for entries in ("- {name: Aoi Tanaka, aliases: [Tanaka Aoi]}", "- Aoi Tanaka\n- Tanaka Aoi"):
        write(events, people=f"people:\n{entries}\n")
        assert checked(capsys) == []


def test_a_hint_names_the_entry_that_there_is(
    events: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(events, people="people:\n- Ken\n- Aoi Tanaka\n", a="name: A\nreporters: [Tanaka Aoi]\n")
    ((place, code, message),) = checked(capsys)
    assert (place, code) == ("event.yaml:2", "same-subject")
    assert "line 3 of events/people.yaml" in message


def test_check_of_one_file_says_what_is_wrong_there(
    events: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(events, people="people: [{nam: A}]\n", topics=TOPICS, e=EVENT, f="name: F\ntopics: X\n")
    assert [one[:2] for one in checked(capsys, "events/people.yaml")] == [
        ("people.yaml:1", "unknown-key")
    ]
    found = checked(capsys, "events/f/event.yaml")
    assert [one[:2] for one in found] == [("event.yaml:2", "unknown-topic")]


def test_check_fixes_registers(events: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(events, people="people:\n  - name: 郭學聰 # Kuo\n    alias: [Hsueh-Tsung Kuo]\n")
    assert main(["check", "--fix"]) == 0
    capsys.readouterr()
    text = (events / "people.yaml").read_text(encoding="utf-8")
    assert text == "people:\n  - name: 郭學聰 # Kuo\n    aliases: [Hsueh-Tsung Kuo]\n"
    assert checked(capsys) == []


# Words and schemas


def in_register(entity: type[Entity], line: str) -> tuple[str, str]:
    """The name and the text of the smallest register with a line of an entity."""
    if issubclass(entity, Register):
        return entity.file_name, f"{line}\n"
    name = "topics" if entity is RegisteredTopic else "people"
    named = "" if line.startswith("name:") else "name: Aoi, "
    return f"{name}.yaml", f"{name}: [{{{named}{line}}}]\n"


def keys_of(entity: type[Entity]) -> list[tuple[type[Entity], str]]:
    return [(entity, key) for key in entity.model_fields]


EVERY_KEY = [pair for entity in REGISTER_ENTITIES for pair in keys_of(entity)]
each_key = pytest.mark.parametrize(("entity", "key"), EVERY_KEY, ids=str)


@pytest.mark.matrix
@each_key
def test_each_word_for_a_key_is_read_as_it(entity: type[Entity], key: str, events: Path) -> None:
    rows = key_words.KEYS.get(entity.__name__, {})
    example = (entity.model_fields[key].examples or [""])[0]
    words = " ".join(words for keys, words in rows.items() if keys.partition("|")[0] == key)
    for word in words.split():
        name, text = in_register(entity, f"{word}: {example}")
        document = REGISTERS[name]
        register, problems = read(document, events / name, events, name, text.encode())
        assert [one.code for one in problems] == [Code.UNKNOWN_KEY], word
        assert register is not None
        whole = register if isinstance(register, entity) else register.entries[0]
        assert getattr(whole, key) not in (None, "", (), False), word


@pytest.mark.matrix
@each_key
def test_examples_are_right_to_the_loader_and_to_editors(
    entity: type[Entity], key: str, events: Path
) -> None:
    (events / "people").mkdir()
    for file in ("people/aoi.jpg", "kumo.svg"):
        (events / file).touch()
    for example in entity.model_fields[key].examples or []:
        name, text = in_register(entity, f"{key}: {example}")
        found = load_register(events / name, events.parent, raw=text.encode())
        assert found.problems == ()
        data = yaml.safe_load(text)
        assert [*Draft7Validator(schema(REGISTERS[name])).iter_errors(data)] == []


@each_register
def test_editors_report_what_the_loader_does_not_read(name: str) -> None:
    whole = schema(REGISTERS[name])
    Draft7Validator.check_schema(whole)
    key = Path(name).stem
    validator = Draft7Validator(whole)
    assert validator.is_valid({key: ["A", {"name": "A"}]})
    assert not validator.is_valid({"other": []})
    for wrong in ({"name": "A", "other": "B"}, {"aliases": ["A"]}):
        assert not validator.is_valid({key: [wrong]})


@each_register
def test_the_committed_schema_is_that_of_the_model(name: str) -> None:
    committed = Path(eventreports.__file__).with_name(f"{Path(name).stem}.schema.json")
    assert committed.read_text(encoding="utf-8") == schema_text(name), "run: make generate"


def test_what_both_kinds_of_entries_have_is_the_same() -> None:
    for key in RegisteredSubject.model_fields:
        assert shape(RegisteredTopic, key) == shape(RegisteredSubject, key)
    assert shape(TopicsRegister, "topics").of is RegisteredTopic


_KEYS = st.sampled_from([*RegisteredTopic.model_fields, "topics", "is_closed", "x"])
_WILD = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=8),
    lambda within: (
        st.lists(within, max_size=3)
        | st.dictionaries(
            st.sampled_from([*RegisteredTopic.model_fields, "topics", "is_closed", "x"]),
            within,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["topics", "is_closed", "people"]), _WILD, max_size=3))
def test_no_register_is_too_wild(data: dict[str, Any]) -> None:
    raw = yaml.safe_dump(data, allow_unicode=True).encode()
    found = load_register(Path("/nowhere/topics.yaml"), Path("/nowhere"), raw=raw)
    assert found.document is None or isinstance(found.document, TopicsRegister)
    for one in found.problems:
        assert str(one)
