"""``eventreports``: what it prints, and with what it ends."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import eventreports
from eventreports.cli import main
from eventreports.core.problems import Code
from eventreports.core.schema import schema

PACKAGES = Path(eventreports.__file__).parents[1]

FAULTY = "name: E\ndate: soon\nlinks: [gone.pdf]\n"
#: Two names that differ in a letter: a hint, which is no fault.
HINTED = "name: E\nsupporters: [Docker Tokyo]\nsponsors: [Docker Tokio]\n"


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


def run(
    *arguments: str, stdout: int = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "eventreports", *arguments],
        env={**os.environ, "PYTHONPATH": str(PACKAGES), "PYTHONUTF8": "1", **environment},
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=60,
    )


def starts(out: str) -> list[str]:
    """The places that the problems begin with; the lines of the files are indented."""
    lines = [line for line in out.splitlines() if not line.startswith(" ")]
    return [":".join(line.split(":")[:3]) for line in lines]


JAPANESE = "date: 「soon」は日付ではありません"


@pytest.mark.parametrize(
    ("locale", "is_japanese"),
    [
        ({"LANG": "ja_JP.UTF-8"}, True),
        ({"LANG": "ja"}, True),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ja_JP.UTF-8"}, True),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8"}, False),
        ({"LANG": "de_DE.UTF-8"}, False),
        ({}, False),
    ],
)
def test_messages_are_in_the_language_of_the_locale(
    locale: dict[str, str],
    is_japanese: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, locale.get(name, ""))
    assert main(["check"]) == 1
    said = capsys.readouterr()
    assert (JAPANESE in said.out) is is_japanese
    assert said.err == ("ファイル2個: 警告2件\n" if is_japanese else "2 files: 2 warnings\n")


@pytest.mark.parametrize(
    ("locale", "conf", "is_japanese"),
    [
        ({}, 'language = "ja"\n', True),
        ({}, 'import os\nlanguage = os.environ.get("L", "ja")\n', True),
        ({"LANG": "C"}, 'language = "ja"\n', True),
        ({"LANG": "C.UTF-8"}, 'language = "ja"\n', True),
        ({"LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, 'language = "ja"\n', True),
        ({"LANGUAGE": "en", "LANG": "C.UTF-8"}, 'language = "ja"\n', False),
        ({"LANG": "en_US.UTF-8"}, 'language = "ja"\n', False),
        ({"LANG": "de_DE.UTF-8"}, 'language = "ja"\n', False),
        ({"LANG": "ja_JP.UTF-8"}, 'language = "en"\n', True),
        ({"LANG": "C"}, 'language = "en"\n', False),
        ({"LANG": "C"}, "language = None\n", False),
    ],
)
def test_all_commands_choose_alike_between_the_locale_and_the_site(
    locale: dict[str, str],
    conf: str,
    is_japanese: bool,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(project / "conf.py", conf)
    monkeypatch.setenv("CI", "")
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, locale.get(name, ""))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    main(["check"])
    assert (JAPANESE in capsys.readouterr().out) is is_japanese
    with pytest.raises(SystemExit):
        main(["new", "--name", "E", "--date", "soon"])
    assert ("「soon」は日付ではありません" in capsys.readouterr().err) is is_japanese


@pytest.mark.parametrize("language", ["en", "ja"])
def test_messages_are_in_the_language_that_is_asked_for(
    language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Codes and arguments are the same in all."""
    monkeypatch.setenv("LANGUAGE", "ja" if language == "en" else "en")
    assert main(["check", "--format", "json", "--language", language]) == 1
    date, file = json.loads(capsys.readouterr().out)
    assert (JAPANESE in date["message"]) is (language == "ja")
    assert (date["code"], date["arguments"]) == (
        "event.date",
        {"key": "date", "text": "soon", "lines": ["date_text: soon"]},
    )
    assert (file["code"], file["arguments"]) == ("event.file", {"path": "gone.pdf"})


def test_a_language_without_messages_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["check", "--language", "tlh"])
    assert ended.value.code == 2
    assert "--language" in capsys.readouterr().err


def test_a_problem_is_a_line_that_editors_can_follow_and_then_its_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check"]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        (
            "events/bad/event.yaml:2:7: "
            "date: “soon” is no date; write 2018-04-19, 2018-04 or 2018; a wording of your own "
            "goes into “date_text: soon” [event.date]"
        ),
        "    2 | date: soon",
        "      |       ^",
        "events/bad/event.yaml:3:9: there is no file “gone.pdf” here [event.file]",
        "    3 | links: [gone.pdf]",
        "      |         ^",
    ]
    assert said.err == "2 files: 2 warnings\n"


def test_where_nothing_is_wrong_no_problem_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "events/good"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "1 file: nothing is wrong\n"


@pytest.mark.parametrize(
    ("files", "summary"),
    [
        ({}, "0 files: nothing is wrong"),
        ({"a": "name: A\n", "b": "name: B\n"}, "2 files: nothing is wrong"),
        ({"a": "name: [\n"}, "1 file: 1 error"),
        ({"a": "date: soon\nurl: www\n"}, "1 file: 2 warnings"),
        ({"a": HINTED}, "1 file: 1 hint"),
        ({"a": HINTED, "b": HINTED, "c": "nmae: C\n"}, "3 files: 1 warning, 2 hints"),
        ({"a": "", "b": f"{HINTED}data: 1\n"}, "2 files: 1 error, 1 warning, 1 hint"),
    ],
)
def test_the_summary_counts_by_severity_the_gravest_first(
    files: dict[str, str], summary: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "more").mkdir()
    for name, facts in files.items():
        write(project / "more" / name / "event.yaml", facts)
    main(["check", "more"])
    assert capsys.readouterr().err == f"{summary}\n"


def test_hints_alone_are_shown_and_are_no_failure(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project / "events" / "good" / "event.yaml", HINTED)
    assert main(["check", "events/good"]) == 0
    assert "[event.similar-name]" in capsys.readouterr().out


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
    assert len(starts(capsys.readouterr().out)) == found


def test_a_file_named_in_two_ways_is_one_file(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "events", str(project / "events")]) == 1
    said = capsys.readouterr()
    assert len(starts(said.out)) == 2
    assert said.err == "2 files: 2 warnings\n"


@pytest.mark.parametrize("path", ["events/bad", "../project/events/bad/event.yaml", "{project}"])
def test_paths_are_shown_as_seen_from_here(
    path: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", path.format(project=project / "events" / "bad")]) == 1
    assert starts(capsys.readouterr().out)[0] == "events/bad/event.yaml:2:7"


def test_what_is_not_below_here_is_shown_with_its_whole_path(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also then the line of the file can be shown."""
    monkeypatch.chdir(project / "events" / "good")
    assert main(["check", "../bad"]) == 1
    said = capsys.readouterr().out
    assert starts(said)[0] == f"{project.resolve()}/events/bad/event.yaml:2:7"
    assert "    2 | date: soon\n" in said


def test_the_order_of_the_files_is_that_of_their_names(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("c", "a", "b", "a-1", "a/z"):
        write(project / "more" / name / "event.yaml", f"nmae: {name}\n")
    assert main(["check", "more/c", "more"]) == 1
    expected = [f"more/{name}/event.yaml:1:1" for name in ("a", "a/z", "a-1", "b", "c")]
    places = dict.fromkeys(starts(capsys.readouterr().out))
    assert [*places] == expected


def test_the_problems_of_a_file_stand_in_its_order(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also those that only another file brings about."""
    for name in ("a", "b"):
        write(project / "more" / name / "event.yaml", "name: E\nid: same\nurl: www\ndata: 1\n")
    assert main(["check", "more"]) == 1
    places = [place.rpartition("/event.yaml:")[2] for place in starts(capsys.readouterr().out)]
    assert places == ["3:6", "4:1", "1:1", "3:6", "4:1"]


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
    assert capsys.readouterr().err.startswith("2 files: ")


def test_a_file_that_holds_no_event_is_a_problem(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project / "events" / "bad" / "event.yaml", "name: [\n")
    assert main(["check", "events/bad"]) == 1
    assert capsys.readouterr().out.splitlines()[0].endswith("[event.syntax]")


def test_an_id_that_several_events_bear_is_kept_by_the_first_file(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The build reports it, so a check before the build must not find that all is well."""
    for name in ("c", "a", "b"):
        write(project / "more" / name / "event.yaml", f"name: E {name}\nid: same\n")
    assert main(["check", "more/c", "more/b", "more/a"]) == 1
    said = capsys.readouterr().out
    assert starts(said) == ["more/b/event.yaml:1:1", "more/c/event.yaml:1:1"]
    assert said.count("[event.duplicate-id]") == 2
    assert said.count("more/a/event.yaml") == 2


@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab"])
def test_every_format_ends_with_the_same_status_and_summary(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--format", form]) == 1
    said = capsys.readouterr()
    assert "gone.pdf" in said.out
    assert said.err == "2 files: 2 warnings\n"
    assert main(["check", "--format", form, "events/good"]) == 0
    assert capsys.readouterr().out == {"json": "[]\n", "gitlab": "[]\n"}.get(form, "")


def read_json(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_problems_are_left_out_by_their_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "json", "--ignore", "date"]) == 1
    assert [problem["code"] for problem in read_json(capsys)] == ["event.file"]


def test_what_is_left_out_neither_counts_nor_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--ignore", "date", "--ignore", "file"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "2 files: nothing is wrong\n"


def test_every_code_can_be_left_out() -> None:
    ignored = (option for code in Code for option in ("--ignore", code.label))
    assert main(["check", *ignored]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "required"),
        (["chekc"], "invalid choice"),
        (["check", "nowhere"], "nowhere"),
        (["check", "events", "nowhere/event.yaml"], "nowhere"),
        (["check", "--nothing"], "--nothing"),
        (["check", "--format", "xml"], "invalid choice: 'xml'"),
        (["check", "--ignore", "dates"], "invalid choice: 'dates'"),
        (["schema", "events"], "invalid choice: 'events'"),
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


def test_the_schema_is_printed_and_nothing_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == schema()
    assert said.err == ""


def test_as_a_module_it_ends_with_the_same_status() -> None:
    faulty = run("check")
    assert faulty.returncode == 1
    assert starts(faulty.stdout) == ["events/bad/event.yaml:2:7", "events/bad/event.yaml:3:9"]


@pytest.mark.parametrize("encoding", ["ascii", "cp932"])
def test_an_output_that_cannot_show_all_characters_is_no_reason_to_fail(
    encoding: str, project: Path
) -> None:
    """A console or a pipe of Windows, or the C locale."""
    write(project / "events" / "bad" / "event.yaml", "name: E\ndate: 来週 é😀\n")
    ended = run("check", PYTHONIOENCODING=encoding)
    assert "Traceback" not in ended.stderr
    assert ended.returncode == 1
    assert ended.stdout.startswith("events/bad/event.yaml:2:7: ")


@pytest.mark.parametrize("encoding", ["ascii", "cp932", "latin-1"])
def test_what_programs_read_is_utf_8_whatever_the_console_shows(
    encoding: str, project: Path
) -> None:
    """JSON has no other encoding (RFC 8259, 8.1), and none of Python's escapes."""
    write(project / "events" / "bad" / "event.yaml", "name: E\ndate: 来週 é😀\n")
    (found,) = json.loads(run("check", "--format", "json", PYTHONIOENCODING=encoding).stdout)
    assert "来週 é😀" in found["message"]
    assert json.loads(run("schema", PYTHONIOENCODING=encoding).stdout) == schema()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are text")
@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab"])
def test_a_name_that_is_no_text_is_no_reason_to_fail(form: str, project: Path) -> None:
    write(Path(os.fsdecode(os.fsencode(project) + b"/more/\xff/event.yaml")), "date: soon\n")
    ended = run("check", "--format", form, "more")
    assert ended.returncode == 1
    assert ended.stderr == "1 file: 1 warning\n"
    if form == "json":
        assert json.loads(ended.stdout)[0]["path"] == "more/\udcff/event.yaml"


@pytest.mark.skipif(os.name == "nt", reason="Windows has another error for it")
@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["check"], 1, "2 files: 2 warnings\n"),
        (["check", "--format", "json"], 1, "2 files: 2 warnings\n"),
        (["schema"], 0, ""),
    ],
)
def test_a_reader_that_has_seen_enough_is_no_reason_to_fail(
    arguments: list[str], status: int, said: str
) -> None:
    """As `head` may end before all is written."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = run(*arguments, stdout=writing)
    finally:
        os.close(writing)
    assert ended.stderr == said
    assert ended.returncode == status


# In CI


def test_in_github_actions_the_change_is_annotated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert main(["check"]) == 1
    assert capsys.readouterr().out.startswith("::warning file=events/bad/event.yaml,line=2,col=7,")
    assert main(["check", "--format", "text"]) == 1
    assert starts(capsys.readouterr().out)[0] == "events/bad/event.yaml:2:7"


@pytest.mark.parametrize(
    ("conf", "ci", "options", "is_japanese"),
    [
        ('language = "ja"\n', "true", [], True),
        ('language = "ja"\n', "true", ["events/bad/event.yaml"], True),
        ('language = "ja_JP"\n', "true", [], True),
        ('language = "ja"\n', "", [], False),
        ('language = "ja"\n', "true", ["--language", "en"], False),
        ('language = "en"\n', "true", [], False),
        ('language = "fr"\n', "true", [], False),
        ("language = None\n", "true", [], False),
        ('import os\nlanguage = os.environ.get("L", "ja")\n', "true", [], True),
        ("language = (\n", "true", [], False),
    ],
)
def test_in_ci_messages_are_in_the_language_of_the_site(
    conf: str,
    ci: str,
    options: list[str],
    is_japanese: bool,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(project / "conf.py", conf)
    monkeypatch.setenv("CI", ci)
    assert main(["check", *options]) == 1
    assert (JAPANESE in capsys.readouterr().out) is is_japanese


@pytest.mark.parametrize("form", ["github", "gitlab"])
def test_hosts_get_paths_from_the_top_of_the_repository(
    form: str, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (project.parent / ".git").mkdir()
    for folder in (project, project / "events" / "good"):
        monkeypatch.chdir(folder)
        assert main(["check", "--format", form, str(project / "events")]) == 1
        said = capsys.readouterr().out
        paths = re.findall(r'(?:file=|"path": ")([^,"]+)', said)
        assert set(paths) == {"project/events/bad/event.yaml"}


@pytest.mark.parametrize(("faults", "has_summary"), [(10, False), (11, True)])
def test_what_github_does_not_annotate_is_in_the_summary_of_the_step(
    faults: int,
    has_summary: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(Path("more/event.yaml"), "name: E\n" + "".join(f"<k{n}>: 1\n" for n in range(faults)))
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert main(["check", "more", "--format", "github"]) == 1
    assert capsys.readouterr().out.count("::warning ") == faults
    before, *lines = summary.read_text(encoding="utf-8").splitlines()
    assert before == "before"
    if not has_summary:
        assert lines == []
        return
    assert (lines[0], lines[-1]) == ("<pre>", "</pre>")
    assert starts("\n".join(lines[1:-1])) == [f"more/event.yaml:{n + 2}:1" for n in range(faults)]
    assert "&lt;k0&gt;" in lines[1]
    main(["check", "more", "--format", "text"])
    assert summary.read_text(encoding="utf-8").count("<pre>") == 1
