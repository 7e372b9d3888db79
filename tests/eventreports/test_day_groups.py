"""Sessions of one day as a group, which says the day once."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import yaml

from eventreports.core.problems import Mark
from eventreports.core.schema import schema
from eventreports.loader import LoadedEvent, load

HEAD = "name: E\nstart_date: 2019-05-11\nend_date: 2019-05-12\nsessions:\n"
GROUPS = """\
  - date: 2019-05-11
    sessions:
      - {id: a, title: A, start: 9:00}
      - B
  - title: Alone
    date: 2019-05-12
  - {date: 2019-05-12, sessions: [{id: c, title: C}, {id: d, title: D, date: 2019-05-11}]}
  - {date: 2019-05-12, sessions: One}
"""


def read(text: str, folder: Path) -> LoadedEvent:
    (folder / "event.yaml").write_text(text, encoding="utf-8")
    return load(folder / "event.yaml", folder)


def test_a_group_gives_its_date_to_those_in_it(tmp_path: Path) -> None:
    found = read(HEAD + GROUPS, tmp_path)
    assert found.event is not None
    assert [one for one in found.problems if one.is_fault] == []
    days = {str(one.title): one.date.day if one.date else 0 for one in found.event.sessions}
    assert days == {"A": 11, "B": 11, "Alone": 12, "C": 12, "D": 11, "One": 12}
    assert [one.mark() for one in found.event.sessions][:2] == [Mark(7, 9), Mark(8, 9)]


def test_it_is_as_if_each_had_it(tmp_path: Path) -> None:
    spread = (
        "  - {id: a, title: A, start: 9:00, date: 2019-05-11}\n"
        "  - {title: B, date: 2019-05-11}\n"
        "  - {title: Alone, date: 2019-05-12}\n"
        "  - {id: c, title: C, date: 2019-05-12}\n"
        "  - {id: d, title: D, date: 2019-05-11}\n"
        "  - {title: One, date: 2019-05-12}\n"
    )
    assert read(HEAD + GROUPS, tmp_path).event == read(HEAD + spread, tmp_path).event


@pytest.mark.parametrize(
    ("groups", "codes"),
    [
        ("  - {date: 2019-13-11, sessions: [A, B, C]}\n", ["date"]),
        ("  - {sessions: [A, {title: B}]}\n", []),
        ("  - {date: 2019-05-11, sessions: []}\n", []),
        ("  - {date: 2019-05-11, sessions: [{titel: A}]}\n", ["unknown-key"]),
        ("  - {dat: 2019-05-11, sessions: [A]}\n", None),
    ],
)
def test_what_is_wrong_is_said_once(tmp_path: Path, groups: str, codes: list[str] | None) -> None:
    found = [one.code.label for one in read(HEAD + groups, tmp_path).problems if one.is_fault]
    assert found == codes or (codes is None and found)


def test_editors_take_it_too() -> None:
    check = jsonschema.Draft7Validator(schema())
    assert list(check.iter_errors(yaml.load(HEAD + GROUPS, Loader=yaml.BaseLoader))) == []
    wrong = HEAD + "  - {date: 2019-05-11, sessions: [{titel: A}]}\n"
    assert list(check.iter_errors(yaml.load(wrong, Loader=yaml.BaseLoader)))
