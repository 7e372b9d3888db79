"""The normal form of an event: every fact, in one form, as its schema says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft7Validator

import eventreports
from copies import EVERY_KEY, FILES
from eventreports.core.entity import Entity, shape
from eventreports.core.model import ENTITIES
from eventreports.core.normal_form import ADDED, REPLACED, normal_form
from eventreports.core.schema import EVENTS_FILE_NAME, schema_of_events, schema_text
from eventreports.core.value_types import PATH
from eventreports.loader import load

#: What a site adds, so that the schema fits.
SITE: Final = {"page_url": "events/one/index.html", "points": ["A point."]}
VALIDATOR: Final = Draft7Validator(schema_of_events())


def form_of(folder: Path, text: str) -> dict[str, Any]:
    """The normal form of a file's text."""
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    path = folder / "event.yaml"
    path.write_text(text, encoding="utf-8")
    loaded = load(path, folder)
    assert loaded.event is not None
    assert [str(one) for one in loaded.problems if one.is_fault] == []
    return normal_form(loaded.event, lambda named: named)


def faults(event: dict[str, Any]) -> list[str]:
    """Where an event does not fit the schema, once it has what a site adds."""

    def added(session: dict[str, Any]) -> dict[str, Any]:
        children = list(map(added, session.get("children", ())))
        return {**session, "points": [], **({"children": children} if children else {})}

    sessions = list(map(added, event.get("sessions", ())))
    whole = {**event, **SITE, **({"sessions": sessions} if sessions else {})}
    data = {"$schema": EVENTS_FILE_NAME, "events": [whole]}
    return [one.json_path for one in VALIDATOR.iter_errors(data)]


def pairs(entity: Entity, form: dict[str, Any]) -> Iterator[tuple[Entity, dict[str, Any]]]:
    """Each entity with its object."""
    yield entity, form
    for key in type(entity).model_fields:
        value = getattr(entity, key)
        is_list = isinstance(value, tuple)
        below = value if is_list else (value,)
        for one, shown in zip(
            below, form.get(key, ()) if is_list else (form.get(key),), strict=False
        ):
            if isinstance(one, Entity):
                assert isinstance(shown, dict)
                yield from pairs(one, shown)


def written(form: Any) -> Any:
    """What an author may write of it."""
    added = {key for keys in ADDED.values() for key in keys}
    if isinstance(form, dict):
        return {key: written(value) for key, value in form.items() if key not in added}
    return list(map(written, form)) if isinstance(form, list) else form


@pytest.fixture(scope="module")
def every_key() -> str:
    return (EVERY_KEY / "event.yaml").read_text(encoding="utf-8")


def test_every_key_is_there(tmp_path: Path, every_key: str) -> None:
    form = form_of(tmp_path, every_key)
    event = load(tmp_path / "event.yaml", tmp_path).event
    assert event is not None
    seen = set()
    for entity, shown in pairs(event, form):
        given = {key for key in type(entity).model_fields if getattr(entity, key) not in (None, ())}
        assert given - shown.keys() == set(), type(entity)
        seen |= {(type(entity), key) for key in given}
    known = {(entity, key) for entity in ENTITIES for key in entity.model_fields}
    replaced = {(entity, key) for entity, keys in REPLACED.items() for key in keys}
    assert known - seen == replaced


def test_it_fits_the_schema(tmp_path: Path, every_key: str) -> None:
    form = form_of(tmp_path, every_key)
    assert faults(form) == []
    # Which says something.
    assert faults({**form, "color": "red"}) == ["$.events[0].color"]
    assert faults({**form, "unknown": 1}) == ["$.events[0]"]
    assert faults({key: value for key, value in form.items() if key != "id"}) == ["$.events[0]"]


def test_the_committed_schema_is_that_of_the_model() -> None:
    committed = Path(eventreports.__file__).with_name(EVENTS_FILE_NAME)
    assert committed.read_text(encoding="utf-8") == schema_text("events.json"), "run: make generate"
    Draft7Validator.check_schema(schema_of_events())


def test_an_author_may_write_it_so(tmp_path: Path, every_key: str) -> None:
    """JSON is YAML: what one site says of an event, another can take."""
    form = form_of(tmp_path, every_key)
    assert form_of(tmp_path, json.dumps(written(form), ensure_ascii=False)) == form


@pytest.mark.parametrize(
    ("facts", "normal"),
    [
        ("date: 2026-11", {"start_date": "2026-11", "end_date": "2026-11"}),
        ("end_date: 2026-11-22", {"start_date": "2026-11-22", "end_date": "2026-11-22"}),
        (
            "reporters: 佐藤 (A社)",
            {"reporters": [{"name": {"und": "佐藤"}, "affiliation": {"und": "A社"}}]},
        ),
        (
            "venue: {latitude: '35', longitude: -0.5}",
            {"venue": {"latitude": 35.0, "longitude": -0.5}},
        ),
        ("series: {ja_JP: 雲, en: Kumo}", {"series": {"ja-JP": "雲", "en": "Kumo"}}),
        ("attendance: 0", {"attendance": 0}),
        ("capacity: 1,500", {"capacity": 1500}),
        ("description: |\n  *One*\n\n  two", {"description": {"und": "*One*\n\ntwo"}}),
        ("topics: []\nhashtag:", {}),
    ],
)  # fmt: skip
def test_a_fact_has_one_form(tmp_path: Path, facts: str, normal: dict[str, Any]) -> None:
    form = form_of(tmp_path, f"id: kumo\nname: Kumo\n{facts}\n")
    known = {"format": "1", "id": "kumo", "name": {"und": "Kumo"}, "status": "held"}
    assert form == {**known, **normal}
    assert faults(form) == []


DAY: Final = "name: Kumo\ndate: 2026-11-21\ntimezone: Asia/Tokyo\n"


@pytest.mark.parametrize(
    ("session", "normal"),
    [
        # Of start, end and duration, two say the third.
        (
            "start: 9:00, duration: 1:30",
            {"start": "09:00", "end": "10:30", "duration": 90,
             "starts_at": "2026-11-21T09:00:00+09:00", "ends_at": "2026-11-21T10:30:00+09:00"},
        ),
        # An evening that is longer than its day.
        (
            "start: 25:30, end: 26:00",
            {"start": "25:30", "end": "26:00", "duration": 30,
             "starts_at": "2026-11-22T01:30:00+09:00", "ends_at": "2026-11-22T02:00:00+09:00"},
        ),
        # Nothing took no time.
        (
            "start: 9:00, end: 9:00",
            {"start": "09:00", "end": "09:00",
             "starts_at": "2026-11-21T09:00:00+09:00", "ends_at": "2026-11-21T09:00:00+09:00"},
        ),
        ("level: Beginner", {"level": {"und": "Beginner"}}),
    ],
)  # fmt: skip
def test_a_session_says_its_day_and_its_times(
    tmp_path: Path, session: str, normal: dict[str, Any]
) -> None:
    form = form_of(tmp_path, f"{DAY}sessions:\n  - {{id: a, title: A, {session}}}\n")
    (shown,) = form["sessions"]
    known = {"id": "a", "title": {"und": "A"}, "kind": "talk", "status": "held"}
    assert shown == {**known, "date": "2026-11-21", **normal}
    assert faults(form) == []


def test_a_time_without_a_zone_has_none(tmp_path: Path) -> None:
    facts = "name: Kumo\ndate: 2026-11-21\nsessions:\n  - {title: A, start: 9:00}\n"
    form = form_of(tmp_path, facts)
    assert form["sessions"][0]["starts_at"] == "2026-11-21T09:00:00"
    assert faults(form) == []


def test_a_session_says_what_it_has_of_others(tmp_path: Path) -> None:
    facts = f"""{DAY}venue: {{name: Hall, rooms: [{{name: {{en: Big, ja: 大}}}}]}}
tracks: [{{name: {{en: Web, ja: ウェブ}}}}]
sessions:
  - title: Lightning
    room: Big
    track: ウェブ
    children: [Tabs]
slots: [{{title: Lunch, room: 大}}]
"""
    form = form_of(tmp_path, facts)
    (session,) = form["sessions"]
    for one in (session, *session["children"]):
        assert one["room"] == {"en": "Big", "ja": "大"}
        assert one["track"] == {"en": "Web", "ja": "ウェブ"}
        assert one["date"] == "2026-11-21"
    assert form["slots"][0]["room"] == {"en": "Big", "ja": "大"}


def test_what_is_a_file_in_one_entity_is_none_in_another() -> None:
    """A site replaces files by the names of their keys."""
    shapes = [(key, shape(entity, key).of) for entity in ENTITIES for key in entity.model_fields]
    files = {key for key, of in shapes if of is PATH}
    assert files == {"image", "logo", "logo_dark", "path"}
    assert all(of is PATH for key, of in shapes if key in files)
