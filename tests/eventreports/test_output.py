"""Problems as people, programs and code hosts read them."""

import json
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventreports.cli.output import as_github, as_gitlab, as_json, as_text
from eventreports.core.problems import Code, Mark, Problem
from eventreports.loader import load
from eventreports.yaml.limits import MAX_BYTES
from sphinxcommon.messages import Message

WILD = settings(max_examples=300)
#: Stands before the fault.
FAULT = "‸"
#: A terminal's width, and a bit; number and bar of the line are a part of it.
WIDEST = 110

#: What is hard to measure, more often than chance would have it.
LINES = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=12),
        st.sampled_from(["名前: 値", "か\u3099", "e\u0301", "กี", "\t", "  ", "…" * 9, "x" * 70]),
    ),
    max_size=24,
).map("".join)


class Shown(NamedTuple):
    """The line of a file, and how many cells of a terminal are before the caret below it."""

    line: str
    caret: int


def problem(path: Path | str, line: int = 1, column: int = 1, message: str = "wrong") -> Problem:
    return Problem(str(path), Mark(line, column), Code.VALUE, Message("{text}", text=message))


def shown(path: Path, line: int, column: int) -> Shown | None:
    """What is shown of the place, below the problem itself; of a blank line nothing is."""
    reported = problem(path, line, column)
    first, *rest = as_text([reported])
    assert first == str(reported)
    if not rest:
        return None
    gutter = f"{line:>5} | "
    text, caret = rest
    assert text.startswith(gutter)
    assert re.fullmatch(r" {5} \| *\^", caret)
    return Shown(text.removeprefix(gutter), caret.index("^") - len(gutter))


def cells(text: str) -> int:
    """How wide a terminal shows it; marks stand on the letter before."""
    marks = sum(unicodedata.category(char) in ("Mn", "Me") for char in text)
    wide = (char for char in text if unicodedata.category(char) not in ("Mn", "Me"))
    return len(text) - marks + sum(unicodedata.east_asian_width(char) in "WF" for char in wide)


def pointed_at(place: Shown | None) -> str:
    """The line from the caret on, without marks on the letter before."""
    assert place
    return next(
        place.line[start:]
        for start in range(len(place.line), -1, -1)
        if cells(place.line[:start]) == place.caret
    )


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("‸soon", 0),
        ("date: ‸soon", 6),
        ("  - title‸", 9),
        ("名前: ‸間違い", 6),
        ("{ja: 雲, id: ‸あ い}", 13),
        ("ﾊﾝｶｸ: ‸x", 6),
        ("ＡＢ：‸x", 6),
        ("😀: ‸x", 4),
        ("café: ‸x", 6),
        ("cafe\u0301: ‸x", 6),
        ("か\u3099き\u3099: ‸x", 6),
        ("กี: ‸x", 3),
        ("\tname: ‸x", 7),
        ("name:\t‸x", 6),
        ("name:\x00\x1b[31m ‸x", 12),
        ("name:\u200b ‸x", 7),
        ("name:\u3000‸x", 6),
    ],
)
def test_the_caret_stands_under_the_fault(text: str, before: int, tmp_path: Path) -> None:
    path = tmp_path / "event.yaml"
    line, column = text.replace(FAULT, ""), text.index(FAULT) + 1
    path.write_text(f"name: A\n{line}\nurl: b\n", encoding="utf-8")
    place = shown(path, 2, column)
    assert place
    assert place.caret == before
    assert place.line.isprintable()
    assert pointed_at(place) == line[column - 1 :]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_editors_do(end: str, tmp_path: Path) -> None:
    """Also past characters at which Python ends a line, and editors do not."""
    path = tmp_path / "event.yaml"
    path.write_bytes(f"\ufeffname: A\x0b\x85\u2028B{end}{end}url: b".encode())
    assert shown(path, 1, 7) == ("name: A   B", 6)
    assert shown(path, 3, 6) == ("url: b", 5)


def test_of_a_blank_line_and_of_one_that_is_not_there_nothing_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "event.yaml"
    path.write_text("name: A\n \t\n", encoding="utf-8")
    assert shown(path, 2, 1) is None
    assert shown(path, 3, 1) is None
    assert shown(path, 99, 9) is None


def test_a_fault_may_be_the_line_s_end(tmp_path: Path) -> None:
    path = tmp_path / "event.yaml"
    path.write_text("name: A\n", encoding="utf-8")
    assert shown(path, 1, 8) == ("name: A", 7)


@pytest.mark.parametrize(
    ("before", "after"), [(0, 300), (300, 0), (300, 300), (64, 300), (65, 1), (97, 97)]
)
@pytest.mark.parametrize("letter", ["x", "字", "か\u3099"])
def test_of_a_long_line_the_part_around_the_fault_is_shown(
    before: int, after: int, letter: str, tmp_path: Path
) -> None:
    path = tmp_path / "event.yaml"
    line = f"{letter * before}FAULT{letter * after}"
    path.write_text(line, encoding="utf-8")
    place = shown(path, 1, line.index("FAULT") + 1)
    assert place
    assert cells(place.line) < WIDEST
    assert pointed_at(place).startswith("FAULT")
    assert place.line.strip("…") in line
    assert place.line.startswith("…") == (not line.startswith(place.line.strip("…")))
    assert place.line.endswith("…") == (not line.endswith(place.line.strip("…")))


def test_a_short_line_is_shown_whole(tmp_path: Path) -> None:
    path = tmp_path / "event.yaml"
    line = "x" * 60 + "…"
    path.write_text(line, encoding="utf-8")
    assert shown(path, 1, 60) == (line, 59)


def test_of_very_long_lines_little_is_shown(tmp_path: Path) -> None:
    """A file may be one line: JSON is YAML."""
    path = tmp_path / "event.yaml"
    for length in (4_000, MAX_BYTES):
        path.write_text("x" * length, encoding="utf-8")
        reported = [problem(path, 1, column) for column in range(length, 0, -length // 100)]
        printed = list(as_text(reported))
        assert max(map(len, printed[1::3])) < WIDEST


def test_a_file_that_is_gone_shows_no_line(tmp_path: Path) -> None:
    gone = problem(tmp_path / "gone.yaml")
    folder = problem(tmp_path)
    assert list(as_text([gone, folder])) == [str(gone), str(folder)]


def test_a_file_that_is_not_utf_8_is_shown_as_far_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "event.yaml"
    path.write_bytes("name: 雲\ntitle: 雲の".encode() + "日".encode("shift_jis") + b"\n")
    (reported,) = load(path, tmp_path).problems
    assert reported.code is Code.ENCODING
    place = shown(path, *reported.mark)
    assert place
    assert place.line.startswith("title: 雲の\ufffd")
    assert pointed_at(place).startswith("\ufffd")


def test_each_problem_is_shown_with_the_line_of_its_own_file(tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text("one\ntwo\n", encoding="utf-8")
    second.write_text("three\nfour\n", encoding="utf-8")
    reported = [problem(first, 1), problem(first, 2), problem(second, 1), problem(first, 1)]
    lines = [line.partition(" | ")[2] for line in list(as_text(reported))[1::3]]
    assert lines == ["one", "two", "three", "one"]


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("formats") / "event.yaml"


@given(line=LINES, column=st.integers(1, 400))
@WILD
def test_the_caret_is_within_any_line_at_any_column(scratch: Path, line: str, column: int) -> None:
    scratch.write_text(line, encoding="utf-8", newline="")
    place = shown(scratch, 1, column)
    if place is None:
        assert not "".join(char for char in line if char.isprintable()).strip()
        return
    assert place.line.isprintable()
    assert cells(place.line) < WIDEST
    assert 0 <= place.caret <= cells(place.line)
    char = line[column - 1 : column]
    if char.isprintable() and cells(char):
        assert pointed_at(place).startswith(char)


@given(raw=st.binary(max_size=200), line=st.integers(1, 9), column=st.integers(1, 250))
@WILD
def test_any_bytes_are_shown(scratch: Path, raw: bytes, line: int, column: int) -> None:
    scratch.write_bytes(raw)
    place = shown(scratch, line, column)
    assert place is None or 0 <= place.caret <= cells(place.line)


OF_EACH_SEVERITY = [
    Problem(
        "events/a/event.yaml", Mark(1, 2), Code.SYNTAX, Message("“{text}” cannot be read", text="x")
    ),
    Problem("events/a/event.yaml", Mark(3, 14), Code.DATE, Message('雲: "\\"')),
    Problem("/b/event.yaml", Mark(), Code.SIMILAR_NAME, Message("“A” is much like “B”")),
]


def parsed(problems: Sequence[Problem]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads("\n".join(as_json(problems)))
    return found


def test_json_is_one_array_of_objects() -> None:
    assert parsed(OF_EACH_SEVERITY) == [
        {
            "path": "events/a/event.yaml",
            "line": 1,
            "column": 2,
            "code": "event.syntax",
            "severity": "error",
            "message": "“x” cannot be read",
            "arguments": {"text": "x"},
        },
        {
            "path": "events/a/event.yaml",
            "line": 3,
            "column": 14,
            "code": "event.date",
            "severity": "warning",
            "message": '雲: "\\"',
            "arguments": {},
        },
        {
            "path": "/b/event.yaml",
            "line": 1,
            "column": 1,
            "code": "event.similar-name",
            "severity": "hint",
            "message": "“A” is much like “B”",
            "arguments": {},
        },
    ]


def test_json_of_nothing_is_an_empty_array() -> None:
    assert parsed([]) == []


@given(path=st.text(), message=st.text())
@WILD
def test_json_keeps_any_path_and_message(path: str, message: str) -> None:
    reported = problem(path, message=message)
    (found,) = parsed([reported])
    assert (found["path"], found["message"]) == (path, str(reported.message))


class Annotation(NamedTuple):
    level: str
    properties: dict[str, str]
    message: str


def annotation(command: str) -> Annotation:
    """A workflow command as GitHub's runner reads it."""
    match = re.fullmatch(r"::(\w+) (.*?)::(.*)", command)
    assert match, command
    properties = dict(part.split("=", 1) for part in match[2].split(","))
    return Annotation(
        match[1],
        {key: _unescaped(value, "\r\n:,%") for key, value in properties.items()},
        _unescaped(match[3], "\r\n%"),
    )


def _unescaped(value: str, chars: str) -> str:
    for char in chars:
        value = value.replace(f"%{ord(char):02X}", char)
    return value


def test_a_workflow_command_for_each_problem() -> None:
    assert list(as_github(OF_EACH_SEVERITY)) == [
        "::error file=events/a/event.yaml,line=1,col=2,title=event.syntax::“x” cannot be read",
        '::warning file=events/a/event.yaml,line=3,col=14,title=event.date::雲: "\\"',
        ("::notice file=/b/event.yaml,line=1,col=1,title=event.similar-name::“A” is much like “B”"),
    ]


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("100%/event.yaml", "100%25/event.yaml"),
        ("a:b,c/event.yaml", "a%3Ab%2Cc/event.yaml"),
        ("a\r\nb/event.yaml", "a%0D%0Ab/event.yaml"),
        ("%0A::error::/event.yaml", "%250A%3A%3Aerror%3A%3A/event.yaml"),
        (r"C:\雲 の日\event.yaml", r"C%3A\雲 の日\event.yaml"),
    ],
)
def test_a_path_of_a_workflow_command_is_escaped(path: str, written: str) -> None:
    (command,) = as_github([problem(path)])
    assert f"file={written},line=" in command


def test_a_message_of_a_workflow_command_is_escaped_and_stays_readable() -> None:
    (command,) = as_github([problem("e", message="100%, 10:30\n::error::%0A")])
    assert command.partition("event.value::")[2] == "100%25, 10:30\\n::error::%250A"


@given(path=st.text(), message=st.text())
@WILD
def test_github_reads_any_path_and_message_as_it_is(path: str, message: str) -> None:
    reported = problem(path, 3, 14, message)
    (command,) = as_github([reported])
    assert len(re.split(r"[\r\n]", command)) == 1
    properties = {"file": path, "line": "3", "col": "14", "title": "event.value"}
    assert annotation(command) == ("warning", properties, str(reported.message))


def quality(problems: Sequence[Problem]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads("\n".join(as_gitlab(problems)))
    return found


def test_a_code_quality_report_has_what_gitlab_asks_for() -> None:
    found = quality(OF_EACH_SEVERITY)
    assert [one["severity"] for one in found] == ["critical", "major", "info"]
    assert [one["check_name"] for one in found] == [
        *("event.syntax", "event.date", "event.similar-name")
    ]
    assert found[1]["description"] == '雲: "\\"'
    assert found[1]["location"] == {"path": "events/a/event.yaml", "lines": {"begin": 3}}


def test_a_problem_keeps_its_fingerprint_when_lines_move() -> None:
    first, second = problem("e", 3, 1, "wrong"), problem("e", 9, 1, "wrong")
    other = problem("f", 3, 1, "wrong")
    before = [one["fingerprint"] for one in quality([first, second, other])]
    moved = [problem("e", 4, 1, "wrong"), problem("e", 10, 2, "wrong"), other]
    assert [one["fingerprint"] for one in quality(moved)] == before
    assert len({*before}) == 3
    japanese = json.loads("\n".join(as_gitlab([first], lambda _text: "誤り")))
    assert japanese[0]["fingerprint"] == before[0]
