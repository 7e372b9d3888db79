"""``eventreports check``: what it prints, and with what it ends."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import eventreports
from eventreports.cli import main

PACKAGES = Path(eventreports.__file__).parents[1]

FAULTY = "name: E\ndate: soon\nlinks: [gone.pdf]\n"


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two events, one of them faulty; the test runs in its folder."""
    project = tmp_path / "project"
    write(project / "conf.py", "")
    write(project / "events" / "good" / "event.yaml", "name: G\nfiles: [a.pdf]\n")
    (project / "events" / "good" / "a.pdf").touch()
    write(project / "events" / "bad" / "event.yaml", FAULTY)
    monkeypatch.chdir(project)
    return project


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "eventreports", *arguments],
        env={**os.environ, "PYTHONPATH": str(PACKAGES), "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=60,
    )


def starts(out: str) -> list[str]:
    """The places that the lines begin with."""
    return [":".join(line.split(":")[:3]) for line in out.splitlines()]


def test_problems_are_lines_that_editors_can_follow(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 1
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert starts(said.out) == ["events/bad/event.yaml:2:1", "events/bad/event.yaml:3:9"]
    assert re.fullmatch(r"\S+:2:1: date: “soon” is no date.* \[event\.date\]", lines[0])
    assert re.fullmatch(r"\S+:3:9: .*“gone\.pdf”.* \[event\.file\]", lines[1])
    assert "2 files" in said.err
    assert "2 problems" in said.err


def test_where_nothing_is_wrong_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "events/good"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "1 files, 0 problems" in said.err


@pytest.mark.parametrize(
    ("paths", "status", "found"),
    [
        (["events/bad"], 1, 2),
        (["events/bad/event.yaml"], 1, 2),
        (["events/good/event.yaml"], 0, 0),
        (["events/good", "events/bad"], 1, 2),
        (["events", "events/bad", "events/bad/event.yaml"], 1, 2),
        (["."], 1, 2),
    ],
)
def test_folders_and_files_may_be_named_and_each_counts_once(
    paths: list[str], status: int, found: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *paths]) == status
    assert len(capsys.readouterr().out.splitlines()) == found


def test_a_file_named_in_two_ways_is_one_file(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "events", str(project / "events")]) == 1
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 2
    assert "2 files, 2 problems" in said.err


def test_paths_are_shown_as_seen_from_here(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(project / "events" / "bad")]) == 1
    assert starts(capsys.readouterr().out)[0] == "events/bad/event.yaml:2:1"


def test_the_order_of_the_files_is_that_of_their_names(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("c", "a", "b"):
        write(project / "more" / name / "event.yaml", "nmae: E\n")
    assert main(["check", "more"]) == 1
    assert starts(capsys.readouterr().out) == [f"more/{name}/event.yaml:1:1" for name in "abc"]


@pytest.mark.parametrize(
    ("here", "path"),
    [
        ("events/good", "."),
        ("events/good", "event.yaml"),
        ("sub", "../events/good"),
        (".", "events/good"),
    ],
)
@pytest.mark.parametrize("file", ["a.pdf", "../shared.pdf"])
def test_it_does_not_matter_from_where_one_checks(
    here: str,
    path: str,
    file: str,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A file of the project is one, whichever folder of the project one is in."""
    (project / "events" / "shared.pdf").touch()
    write(project / "events" / "good" / "event.yaml", f"name: G\nfiles: [{file}]\n")
    (project / "sub").mkdir()
    monkeypatch.chdir(project / here)
    status = main(["check", path])
    assert capsys.readouterr().out == ""
    assert status == 0


def test_hidden_folders_are_left_out(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project / "events" / "_drafts" / "x" / "event.yaml", "nmae: E\n")
    write(project / "events" / ".old" / "x" / "event.yaml", "nmae: E\n")
    main(["check"])
    assert "2 files" in capsys.readouterr().err


def test_a_file_that_holds_no_event_is_a_problem(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project / "events" / "bad" / "event.yaml", "name: [\n")
    assert main(["check", "events/bad"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.endswith("[event.syntax]")


def test_an_id_that_two_events_bear_is_a_problem(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The build tells of it; who checks before the build should not be told that all is well."""
    write(project / "events" / "good2" / "event.yaml", "name: G\nid: good\n")
    status = main(["check", "events/good", "events/good2"])
    assert "[event.duplicate-id]" in capsys.readouterr().out
    assert status == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "required"),
        (["chekc"], "invalid choice"),
        (["check", "nowhere"], "nowhere"),
        (["check", "events", "nowhere/event.yaml"], "nowhere"),
        (["check", "--nothing"], "--nothing"),
    ],
)
def test_wrong_usage_ends_with_two(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert said in output.err


def test_the_default_folder_must_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as end:
        main(["check"])
    assert end.value.code == 2
    assert "there is no events" in capsys.readouterr().err


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"eventreports {eventreports.__version__}\n"


def test_as_a_module_it_ends_with_the_same_status() -> None:
    faulty = run("check")
    assert faulty.returncode == 1
    assert starts(faulty.stdout) == ["events/bad/event.yaml:2:1", "events/bad/event.yaml:3:9"]


@pytest.mark.parametrize("encoding", ["ascii", "cp932"])
def test_an_output_that_cannot_show_all_characters_is_no_reason_to_fail(
    encoding: str, project: Path
) -> None:
    """A console or a pipe of Windows, or the C locale."""
    write(project / "events" / "bad" / "event.yaml", "name: E\ndate: 来週 😀\n")
    ended = run("check", PYTHONIOENCODING=encoding)
    assert "Traceback" not in ended.stderr
    assert ended.returncode == 1
    assert ended.stdout.startswith("events/bad/event.yaml:2:1: ")
