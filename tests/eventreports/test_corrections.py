"""The words that people and other tools use lead to the keys and values of the model."""

import datetime as dt
import re
import zoneinfo
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from eventreports.core import key_words, written_times, zone_words
from eventreports.core.audience import is_for
from eventreports.core.entity import shape
from eventreports.core.model import ENTITIES, REGISTER_ENTITIES
from eventreports.core.problems import Code, Problem
from eventreports.core.quoting import as_line
from eventreports.loader import LoadedEvent, load

pytestmark = pytest.mark.once

WILD = settings(max_examples=150)

#: Where each entity stands in a file: the lines above it, what its own lines begin with, its keys.
PLACES: dict[str, tuple[str, str, dict[str, str]]] = {
    "Event": ("", "", {"name": "E", "venue": "H", "purpose": "P"}),
    "Session": (
        "name: E\nsessions:\n",
        "- ",
        {"title": "T", "id": "t", "level": "L", "subtitle": "S"},
    ),
    "Slot": ("name: E\nslots:\n", "- ", {"title": "T", "kind": "meal"}),
    "Person": ("name: E\nreporters:\n", "- ", {"name": "N", "role": "R", "reading": "R"}),
    "Organization": ("name: E\nsponsors:\n", "- ", {"name": "N", "badges": "B", "logo": "L"}),
    "SponsorTier": (
        "name: E\nsponsor_tiers:\n",
        "- ",
        {"sponsors": "S", "level": "1", "name": "N"},
    ),
    "Group": ("name: E\ngroups:\n", "- ", {"name": "N", "description": "D", "members": "M"}),
    "Venue": ("name: E\nvenue:\n", "", {"name": "N", "url": "https://e.example", "address": "A"}),
    "Room": (
        "name: E\nvenue:\n  rooms:\n",
        "- ",
        {"name": "N", "description": "D", "capacity": "3"},
    ),
    "Track": ("name: E\ntracks:\n", "- ", {"name": "N", "description": "D", "color": "ffffff"}),
    "Day": ("name: E\ndays:\n", "- ", {"date": "2026-11-20", "name": "N", "description": "D"}),
    "Resource": (
        "name: E\nlinks:\n",
        "- ",
        {"title": "T", "url": "https://e.example", "text": "T"},
    ),
    "Attachment": ("name: E\nfiles:\n", "- ", {"name": "N", "size": "S", "description": "D"}),
}


def written(entity: str, line: str, *without: str) -> str:
    """Return a file in which a line is the last of an entity that lacks some keys."""
    above, dash, keys = PLACES[entity]
    lines = [f"{key}: {value}" for key, value in keys.items() if key not in without] + [line]
    indent = "    " if above.count("\n") > 2 else "  " if above else ""
    return f"{above}{indent}{dash}" + f"\n{indent}{' ' * len(dash)}".join(lines) + "\n"


#: Values that need no file on disk and no other key.
SAMPLES = {
    "path": "README",
    "logo": "logo.svg",
    "image": "logo.svg",
    "files": "{name: N}",
    "links": "https://example.com/a",
    "slides": "https://example.com/a",
    "date": "2026-11-21",
    "days": "2026-11-21",
    "sponsor_tiers": "[{name: Gold}]",
    "groups": "[{name: Helpers}]",
    "sessions": "[{title: T, id: t}]",
    "children": "[{title: U, id: u}]",
    "tracks": "[Infrastructure]",
    "slots": "[{kind: meal}]",
    "venue": "Minato Hall",
}
#: What says nothing of the words: ids, and what stands on the disk of no test.
BESIDE = (Code.NO_ID, Code.FILE, Code.OUTSIDE_DAYS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("words")


def read(text: str, folder: Path) -> tuple[LoadedEvent, list[Problem]]:
    found = load(folder / "event.yaml", folder, raw=text.encode())
    return found, [problem for problem in found.problems if problem.code not in BESIDE]


def facts(found: LoadedEvent) -> dict[str, Any]:
    assert found.event is not None
    facts = found.event.model_dump(mode="json", exclude_defaults=True)
    return {key: value for key, value in facts.items() if key != "id"}


def arguments(problem: Problem) -> dict[str, Any]:
    return dict(problem.message.values())


def applied(text: str, line: str, problem: Problem) -> str:
    """Do literally what a message says to write instead of a line.

    What it says of a key that has a line already is written instead of that, too.
    """
    said = arguments(problem)
    _, _, value = line.partition(": ")
    lines = said.get("lines") or [f"{said['suggestion']}: {value}".rstrip()]
    before, _, after = text.rpartition(line)
    indent = " " * (len(before) - before.rindex("\n") - 1)
    for one in lines:
        key = one.partition(":")[0]
        before = re.sub(rf"(?m)^{indent}{key}: .*\n", "", before)
    joined = f"\n{indent}".join(lines)
    return f"{before}{joined}{after}"


def rows() -> Iterator[tuple[str, str, str]]:
    for entity, keys in key_words.KEYS.items():
        for key, words in keys.items():
            for word in words.split():
                yield entity, word, key


def sample(entity: str, key: str) -> str:
    name = key.rpartition(".")[2]
    if name in SAMPLES and not (entity == "Event" and name == "topics"):
        return SAMPLES[name]
    owner = next(one for one in ENTITIES if one.__name__ == entity)
    if "." in key:
        below = shape(owner, key.partition(".")[0]).of
        assert isinstance(below, type)
        owner = below
    return str((owner.model_fields[name].examples or [""])[0])


@pytest.mark.parametrize(
    "entity", [one.__name__ for one in ENTITIES if one.__name__ in key_words.KEYS]
)
def test_each_word_for_a_key_is_read_as_it_and_its_message_followed_changes_nothing(
    entity: str, folder: Path
) -> None:
    for _, word, keys in filter(lambda row: row[0] == entity, rows()):
        key = keys.partition("|")[0]
        without = {key, *(["url", "text"] if key in ("path", "status") else [])} - {
            "venue.latitude"
        }
        line = f"{word}: {sample(entity, key)}"
        text = written(entity, line, *without)
        found, problems = read(text, folder)
        assert [one.code for one in problems] == [Code.UNKNOWN_KEY], (text, problems)
        assert "it is read as such" in str(problems[0]), problems
        fixed, left = read(applied(text, line, problems[0]), folder)
        assert not left, (applied(text, line, problems[0]), left)
        assert facts(fixed) == facts(found), text


def value_rows() -> Iterator[tuple[str, str, str, str]]:
    places = {
        "status": "Event",
        "attendance_mode": "Event",
        "visibility": "Event",
        "seen": "Session",
    }
    for name, values in key_words.VALUES.items():
        entity, _, key = name.rpartition(".")
        for value, words in values.items():
            for word in words.split():
                yield entity or places[name], key, word.rstrip("+").replace("_", " "), value


@pytest.mark.parametrize("name", key_words.VALUES)
def test_each_word_for_a_value_is_read_as_it_and_its_message_followed_changes_nothing(
    name: str, folder: Path
) -> None:
    for entity, key, word, value in value_rows():
        if key != name.rpartition(".")[2] or name not in (key, f"{entity}.{key}"):
            continue
        line = as_line(key, word)
        text = written(entity, line, key, "text", "title" if entity == "Slot" else "")
        found, problems = read(text, folder)
        if word == value:
            continue
        assert [one.code for one in problems] == [Code.VALUE], (text, problems)
        said = arguments(problems[0])
        assert f"{key}: {value}" in said["lines"], said
        fixed, left = read(applied(text, line, problems[0]), folder)
        assert not left
        assert facts(fixed) == facts(found)


def test_no_word_has_two_meanings_in_one_place() -> None:
    for entity, keys in key_words.KEYS.items():
        seen: dict[str, str] = {}
        for key, words in keys.items():
            for word in map(key_words.same_key, words.split()):
                assert seen.setdefault(word, key) == key, (entity, word)
    for name, values in key_words.VALUES.items():
        seen = {}
        for value, words in values.items():
            for word in words.split():
                plain = key_words.same_value(word.rstrip("+"))
                assert seen.setdefault(plain, value) == value, (name, word)


def test_the_tables_name_keys_and_values_of_the_model() -> None:
    by_name = {entity.__name__: entity for entity in (*ENTITIES, *REGISTER_ENTITIES)}
    for entity, keys in key_words.KEYS.items():
        for key in "|".join(keys).split("|"):
            outer, _, inner = key.partition(".")
            below = shape(by_name[entity], outer).of
            assert not inner or (isinstance(below, type) and inner in below.model_fields)


# Other tools

#: By the source: our entity, and each of their fields of an equal meaning with our key.
FIELDS = {
    # https://schema.org/Event
    (
        "schema.org",
        "Event",
    ): "startDate:start_date endDate:end_date location:venue organizer:organizers "
    "sponsor:sponsors funder:sponsors image:image eventStatus:status keywords:topics "
    "eventAttendanceMode:attendance_mode inLanguage:language maximumAttendeeCapacity:capacity "
    "superEvent:series subEvent:sessions",
    # RFC 5545, the property names of a VEVENT
    (
        "iCalendar",
        "Event",
    ): "DTSTART:start_date DTEND:end_date LOCATION:venue ORGANIZER:organizers TZID:timezone",
    # The keys of frab's and pretalx's schedule.json
    ("frab event", "Session"): "guid:id type:kind abstract:description persons:speakers slug:id",
    (
        "frab conference",
        "Event",
    ): "acronym:id start:start_date end:end_date time_zone_name:timezone",
    ("frab person", "Person"): "public_name:name full_public_name:name",
    # https://sessionize.com/api: sessions and speakers
    ("Sessionize session", "Session"): "startsAt:start endsAt:end recordingUrl:videos",
    ("Sessionize speaker", "Person"): "fullName:name",
    # github.com/rubyevents/rubyevents: data of events, talks and speakers
    ("rubyevents event", "Event"): "location:venue website:url",
    ("rubyevents talk", "Session"): "slides_url:slides talks:children slug:id",
    ("rubyevents speaker", "Person"): "twitter:links github:links website:url linkedin:links "
    "bsky:links mastodon:links speakerdeck:links",
    # github.com/pyvideo/data
    ("pyvideo", "Session"): "tags:topics related_urls:links videos:videos recorded:date",
    # github.com/tech-conferences/conference-data
    (
        "confs.tech",
        "Event",
    ): "startDate:start_date endDate:end_date city:venue online:attendance_mode "
    "locales:language twitter:links",
    # Themes of Hugo and Jekyll for conferences
    (
        "Hugo",
        "Session",
    ): "presentation:slides youtube:videos lang:language author:speakers aliases:old_ids",
    # https://connpass.com/about/api/v2/
    (
        "connpass",
        "Event",
    ): "catch:description event_url:url hash_tag:hashtag limit:capacity started_at:start_date "
    "ended_at:end_date place:venue address:venue accepted:attendance lat:venue lon:venue "
    "event_type:kind",
}
FIELD_VALUES = {
    "mastodon": '"@a@mastodon.social"',
    "twitter": '"@a"',
    "online": "true",
    "eventStatus": "https://schema.org/EventCancelled",
    "event_type": "participation",
}


@pytest.mark.parametrize(("source", "entity"), FIELDS)
def test_fields_of_other_tools_lead_to_the_key_of_an_equal_meaning(
    source: str, entity: str, folder: Path
) -> None:
    for pair in FIELDS[source, entity].split():
        field, key = pair.split(":")
        if field == key:
            continue
        value = FIELD_VALUES.get(field, sample(entity, key) if "." not in key else "35")
        if key == "venue":
            value = "35.6" if field in ("lat", "lon") else "Minato"
        _, problems = read(
            written(entity, f"{field}: {value}", "" if field in ("lat", "lon") else key), folder
        )
        said = [str(one.message) for one in problems]
        assert len(problems) == 1, said
        assert re.search(rf"“{key}[”:]", said[0]), said


# Values


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("date: July 22-23, 2019", ["start_date: 2019-07-22", "end_date: 2019-07-23"]),
        ("date: 2019-07-22/23", ["start_date: 2019-07-22", "end_date: 2019-07-23"]),
        ("date: 2018-04-19〜20", ["start_date: 2018-04-19", "end_date: 2018-04-20"]),
        ("日程: 2018年4月19日(木)〜20日(金)", ["start_date: 2018-04-19", "end_date: 2018-04-20"]),
        ("date: [2018-04-19, 2018-04-20]", ["start_date: 2018-04-19", "end_date: 2018-04-20"]),
        (
            "date: 2018年4月19日、21日",
            ["start_date: 2018-04-19", "end_date: 2018-04-21", "days: [2018-04-19, 2018-04-21]"],
        ),
        ("date: 令和6年4月1日(月)", ["date: 2024-04-01"]),
        ("date: 2018-04-19T00:00:00", ["date: 2018-04-19"]),
        (
            "開催: 2025年5月23日-24日 2Days",
            ["start_date: 2025-05-23", "end_date: 2025-05-24"],
        ),
        ("中止: 台風のため", ["status: cancelled", 'status_text: "中止: 台風のため"']),
        (
            "日時: 2018年4月19日(木) 10:00〜18:00",
            ["date: 2018-04-19", "date_text: 2018年4月19日(木) 10:00〜18:00"],
        ),
        ("location: Shibaura", ["venue: Shibaura"]),
        ("住所: 東京都港区", ["venue: {address: 東京都港区}"]),
        ("timezone: 日本時間", ["timezone: Asia/Tokyo"]),
        ("timezone: Asia/Tokyo (JST)", ["timezone: Asia/Tokyo"]),
        ("capacity: 540名", ["capacity: 540"]),
        ("capacity: 約100名", ["capacity_text: 約100名"]),
        ("draft: true", ["visibility: draft"]),
        ("published: false", ["visibility: draft"]),
        ("cancelled: true", ["status: cancelled"]),
        ("online: hybrid", ["attendance_mode: mixed"]),
        ("visibility: 社外秘", ["visibility: internal", "visibility_text: 社外秘"]),
        ('twitter: "@kumo"', ["links: https://x.com/kumo"]),
    ],
)
def test_facts_of_an_event_are_read_as_they_were_meant(
    line: str, lines: list[str], folder: Path
) -> None:
    text = f"name: E\n{line}\n"
    found, problems = read(text, folder)
    assert [arguments(one)["lines"] for one in problems] == [tuple(lines)]
    assert "it is read as such" in str(problems[0])
    fixed, left = read(applied(text, line, problems[0]), folder)
    assert not left
    assert facts(fixed) == facts(found)


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("time: 10:00 - 11:40", ["start: 10:00", "end: 11:40"]),
        ("時間: 10時-11時40分", ["start: 10:00", "end: 11:40"]),
        ("time: 40分", ["duration: 40"]),
        ("start: 2018-04-19T10:00", ["date: 2018-04-19", "start: 10:00"]),
        ("start: 午後1時半", ["start: 13:30"]),
        ("end: 5 pm", ["end: 17:00"]),
        ("slides: 後日", ["slides: {status: later}"]),
        ("資料: 後日", ["slides: {status: later}"]),
        ("slides: 公開予定(7月)", ["slides: {status: later, text: 公開予定(7月)}"]),
        ("duration: 40分間", ["duration: 40"]),
        ("slides: なし", ["slides: {status: not-shared, text: なし}"]),
        ("videos: {url: 録画なし}", ["status: not-recorded"]),
        ("kind: DJ Set", ["kind: other", "kind_text: DJ Set"]),
        ("kind: keynot", ["kind: keynote"]),
        ("司会: 鈴木 一郎", ["speakers: [{name: 鈴木 一郎, role: 司会}]"]),
        ("タグ: Go", ["topics: Go"]),
        ("日付: 11月21日", ["date: 2026-11-21"]),
        ("date: 11/22 10:00", ["date: 2026-11-22", "start: 10:00"]),
        ("day: Day 2", ["date: 2026-11-22"]),
        ("date: Nov 22", ["date: 2026-11-22"]),
        ("day: 日曜日", ["date: 2026-11-22"]),
        ("日時: 2日目 10:00〜10:40", ["date: 2026-11-22", "start: 10:00", "end: 10:40"]),
        ("when: Sun, 10am - 11am", ["date: 2026-11-22", "start: 10:00", "end: 11:00"]),
        ("when: Nov 22, 1pm", ["date: 2026-11-22", "start: 13:00"]),
        ('slides: "[S](https://a.example/x)"', ["slides: {url: https://a.example/x, title: S}"]),
        ("slides: <https://a.example/x>", ["slides: https://a.example/x"]),
    ],
)
def test_facts_of_a_session_are_read_as_they_were_meant(
    line: str, lines: list[str], folder: Path
) -> None:
    text = "name: E\nstart_date: 2026-11-21\nend_date: 2026-11-22\nsessions:\n- id: t\n  title: T\n"
    text += f"  {line}\n" + ("" if "date: " in lines[0] else "  date: 2026-11-22\n")
    found, problems = read(text, folder)
    assert [arguments(one)["lines"] for one in problems] == [tuple(lines)]
    assert "it is read as such" in str(problems[0])
    if not line.startswith("videos"):
        fixed, left = read(applied(text, line, problems[0]), folder)
        assert not left
        assert facts(fixed) == facts(found)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("時間: 10:00〜18:00", "date_text: 10:00〜18:00"),
        ("参加費: 無料", 'description: "参加費: 無料"'),
        ("memo: x", "index.md"),
        ("affiliation: X", "belongs to “person”"),
        ("date: 04/05/2018", "“date: 2018-04-05”, “date: 2018-05-04”"),
        ("date: 2018-04-19 (金)", "write 2018-04-19"),
        ("date: 未定", "date_text: 未定"),
        ("date: 2025年5月23日 3日間", "write 2018-04-19"),
        ("date: 2025年5月下旬", "“date: 2025-05”, “date_text: 2025年5月下旬”"),
        (
            "date: 2025年5月23日（金）19:00-21:00（18:30開場）",
            "“date: 2025-05-23”, “date_text: 2025年5月23日（金）19:00-21:00（18:30開場）”",
        ),
        ("attendance_mode: 現地＋オンライン配信", "attendance_mode: mixed"),
        ("attendance_mode: オンライン（YouTube）", "attendance_mode: online"),
        ("timezone: IST", "“timezone: Asia/Kolkata”, “timezone: Asia/Jerusalem”"),
        ("timezone: UTC+05:30", "timezone: Asia/Kolkata"),
        ("url: なし", "leave “url” out"),
        ("status: オンライン開催", "attendance_mode: online"),
        ("start: 10:00", "date_text: 10:00"),
    ],
)
def test_what_is_not_certain_is_reported_and_left_out(line: str, said: str, folder: Path) -> None:
    found, problems = read(f"name: E\n{line}\n", folder)
    assert len(problems) == 1
    assert said in str(problems[0])
    assert facts(found) == {"name": {"": "E"}}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("date: Nov 23", "is no date; write 2018-04-19"),
        ("date: 月曜日", "is no date; write 2018-04-19"),
        ("date: 3日目", "is no date; write 2018-04-19"),
        ("date: 2026-11-21/22", "is no date; write 2018-04-19"),
        ("date: [2026-11-21, 2026-11-22]", "“date: 2026-11-21”, “date: 2026-11-22”"),
        ("start: 2026-11-21T10:00:00Z", "“date: 2026-11-21”, “start: 10:00”"),
        ("start: 9h", "write 9:30 or 13:00"),
        ("場所: 5F", "“room: 5F”, “venue: 5F”"),
        ("recording: TBD", "“videos: {status: later}” if there will be some"),
        ("kind: keynote talk", "“kind: other”, “kind_text: keynote talk”"),
        ("github: aoi", "belongs to"),
    ],
)
def test_what_of_a_session_is_not_certain_is_reported_and_left_out(
    line: str, said: str, folder: Path
) -> None:
    text = "name: E\nstart_date: 2026-11-21\nend_date: 2026-11-22\nsessions:\n- id: t\n  title: T\n"
    found, problems = read(f"{text}  {line}\n", folder)
    assert [one.code.label for one in problems if one.code is not Code.NO_DATE] != []
    assert said in " ".join(map(str, problems)) or said == "belongs to"
    assert facts(found)["sessions"] == [{"title": {"": "T"}, "id": "t"}]


def test_what_belongs_to_the_only_speaker_is_theirs(folder: Path) -> None:
    text = "name: E\nsessions:\n- id: t\n  title: T\n  登壇者: 佐藤 一郎\n  所属: 例社\n"
    found, problems = read(text, folder)
    assert len(problems) == 2
    (session,) = facts(found)["sessions"]
    assert session["speakers"] == [{"name": {"": "佐藤 一郎"}, "affiliation": {"": "例社"}}]
    whole = "{name: 佐藤 一郎, affiliation: 例社, job_title: CTO}"
    assert whole in str(read(f"{text}  肩書: CTO\n", folder)[1][-1])
    found, _ = read(text.replace("一郎", "一郎、鈴木 二郎"), folder)
    (session,) = facts(found)["sessions"]
    assert session["speakers"] == [{"name": {"": "佐藤 一郎"}}, {"name": {"": "鈴木 二郎"}}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sponsors:\n  Gold: [A, B]\n", "“- {name: Gold, sponsors: [A, B]}” below “sponsor_tiers”"),
        ("sponsor_tiers:\n  - Gold: A\n", "write “- {name: Gold, sponsors: A}”"),
        ("groups: {スタッフ: [佐藤]}\n", "write “- {name: スタッフ, members: [佐藤]}”"),
        ("links:\n  X: https://x.com/a\n", "write “- {title: X, url: https://x.com/a}”"),
        ("files:\n  地図: map.png\n", "write “- {name: 地図, path: map.png}”"),
        ("venue:\n  rooms:\n    A: 100\n", "write “- {name: A, capacity: 100}”"),
        ("venue:\n  rooms:\n    A: 大\n", 'needs quotes: "A: 大"'),
    ],
)
def test_a_name_that_stands_as_a_key_is_written_as_an_item(
    text: str, said: str, folder: Path
) -> None:
    assert said in str(read(f"name: E\n{text}", folder)[1][0])


def test_facts_without_a_key_share_the_description(folder: Path) -> None:
    both = "参加費: 無料\n懇親会: あり\n"
    line = 'description: "参加費: 無料 / 懇親会: あり"'
    assert all(line in str(one) for one in read(f"name: E\n{both}", folder)[1])
    first, second = map(str, read(f"name: E\ndescription: A\n{both}", folder)[1])
    assert "add “参加費: 無料” to “description”" in first
    assert "add “懇親会: あり” to “description”" in second


def test_what_stands_beside_the_key_that_is_meant_is_not_lost(folder: Path) -> None:
    beside = "name: E\nvenue: H\ntopics: [a]\n"
    found, problems = read(f"{beside}address: A\ntags: [b]\nplace: P\n", folder)
    assert [list(arguments(one)) for one in problems] == [
        ["key", "lines"],
        ["key", "lines"],
        ["key"],
    ]
    assert facts(found)["venue"] == {"name": {"": "H"}, "address": {"": "A"}}
    assert facts(found)["topics"] == ["a", "b"]


@pytest.mark.parametrize(
    "line",
    [
        "visibility: 部外秘",
        "公開範囲: だれでも",
        "visibility: pubilc",
        "private: true",
        "公開: いいえ",
        "confidential: yes",
    ],
)
def test_nothing_is_less_strict_than_it_was_meant(line: str, folder: Path) -> None:
    for place in ("name: E\n@\n", "name: E\nvisibility: internal\n@\n"):
        if line.startswith("visibility") and "internal" in place:
            continue
        found, problems = read(place.replace("@", line), folder)
        assert is_for("private", facts(found)["visibility"])
        assert len(problems) == 1


# Days and times


@WILD
@given(
    st.dates(dt.date(1000, 1, 1)),
    st.sampled_from(
        ["yyyy/M/d", "y年M月d日(E)", "MMMM d, y", "d MMM y", "EEEE, MMMM d, y", "d.M.y", "yyyyMMdd"]
    ),
)
def test_a_day_in_any_form_is_read_as_that_day(day: dt.date, form: str) -> None:
    locale = Locale("ja" if "年" in form else "en")
    written = written_times.read(format_date(day, form, locale=locale))
    assert written is not None
    assert [one.first_day() for one in written.days] == [day]


@WILD
@given(
    st.text()
    | st.text(st.sampled_from("0123456789-/:.,~〜 年月日時分午前後pamTZ()月木to"))
    | st.text("0123456789/-: ", min_size=4, max_size=12)
)
def test_any_text_is_read_or_not(text: str) -> None:
    written = written_times.read(text)
    assert written is None or written.days or written.start or written.minutes


@WILD
@given(
    st.integers(0, 1439),
    st.integers(0, 1439),
    st.sampled_from(["-", " - ", "〜", "–", " to ", "から", "～"]),
)
def test_a_range_of_times_is_read_as_both(start: int, end: int, dash: str) -> None:
    clocks = [f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (start, end)]
    written = written_times.read(dash.join(clocks))
    assert written is not None
    assert [written.start, written.end] == clocks
    assert not written.days


# Time zones


@pytest.mark.parametrize("hours", range(-12, 15))
@pytest.mark.parametrize("form", ["GMT{:+}", "UTC{:+03}:00", "{:+03}:00"])
def test_an_offset_is_read_as_the_zone_that_has_it(hours: int, form: str) -> None:
    day = dt.date(2019, 7, 22)
    zone = zone_words.read(form.format(hours), day)
    assert zone is not None
    for name in (*zone.names, zone.read_as):
        at = dt.datetime(2019, 7, 22, 12, tzinfo=zoneinfo.ZoneInfo(name))
        assert at.utcoffset() == dt.timedelta(hours=hours), (name, hours)


@pytest.mark.parametrize(
    ("text", "names", "is_certain"),
    [
        ("JST", ["Asia/Tokyo"], True),
        ("日本時間", ["Asia/Tokyo"], True),
        ("Tokyo", ["Asia/Tokyo"], True),
        ("asia/tokyo", ["Asia/Tokyo"], True),
        ("PST", ["America/Los_Angeles", "Asia/Manila"], False),
        ("+05:45", ["Asia/Kathmandu"], False),
        ("Mars", [], False),
        ("+99:00", [], False),
    ],
)
def test_a_zone_is_read_where_it_has_one_meaning(
    text: str, names: list[str], is_certain: bool
) -> None:
    zone = zone_words.read(text)
    assert (list(zone.names) if zone else []) == names
    assert bool(zone and zone.read_as) is is_certain


def test_all_zones_of_the_tables_exist() -> None:
    known = zoneinfo.available_timezones()
    names = [*zone_words._CERTAIN, *zone_words._PLACES.split()]
    names += [name for words in zone_words._AMBIGUOUS.values() for name in words.split()]
    assert set(names) <= known
