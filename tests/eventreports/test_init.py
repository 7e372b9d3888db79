"""``eventreports init``: the site that it writes, and when it writes none."""

import runpy
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from conftest import ROOT
from editors import read_settings, the_task
from eventreports import __version__
from eventreports.cli import main
from eventreports.cli.init import NewSite, requirements_text, site_files
from eventreports.core.model import REGISTERS
from eventreports.core.schema import schema_text
from make import preview_command

SETTINGS = ".vscode/settings.json"


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions of a terminal; answers are put into the list before."""
    answers: list[str] = []

    def _input(_question: str) -> str:
        if not answers:
            raise EOFError
        return answers.pop(0)

    monkeypatch.setattr("builtins.input", _input)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    return answers


def test_without_a_terminal_nothing_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.input", lambda _question: pytest.fail("it asks"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert main(["init", str(tmp_path / "new")]) == 0
    assert {"conf.py", "index.md", "requirements.txt"} <= files_in(tmp_path / "new")


def test_answers_and_options_are_used(
    tmp_path: Path, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    asked += ["fr", "ja", "ありがとう", "rst", "internal"]
    assert main(["init", str(tmp_path), "--ci", "gitlab"]) == 0
    assert asked == []
    conf = runpy.run_path(str(tmp_path / "conf.py"))
    assert (conf["language"], conf["project"]) == ("ja", "ありがとう")
    assert conf["eventreports_default_visibility"] == "internal"
    assert "-D eventreports_audience=internal" in capsys.readouterr().out
    written = files_in(tmp_path)
    assert {"index.rst", ".gitlab-ci.yml"} <= written
    assert not [name for name in written if name.endswith(".md") or "github" in name]


def test_the_locale_gives_the_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "ja")
    assert main(["init", str(tmp_path), "--yes", "--title", " "]) == 0
    conf = runpy.run_path(str(tmp_path / "conf.py"))
    assert conf["language"] == "ja"
    assert conf["project"]


def test_an_empty_answer_takes_the_default(tmp_path: Path, asked: list[str]) -> None:
    asked += [""] * 4
    assert main(["init", str(tmp_path), "--language", "en"]) == 0
    assert runpy.run_path(str(tmp_path / "conf.py"))["project"] == "Event reports"


def test_the_end_of_the_input_writes_nothing(tmp_path: Path, asked: list[str]) -> None:
    asked += ["ja"]
    with pytest.raises(SystemExit) as ended:
        main(["init", str(tmp_path / "new")])
    assert ended.value.code == 2
    assert not (tmp_path / "new").exists()


def test_a_folder_that_is_not_empty_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("Mine.")
    with pytest.raises(SystemExit) as ended:
        main(["init", str(tmp_path), "--yes"])
    assert ended.value.code == 2
    assert files_in(tmp_path) == {"notes.txt"}
    said = capsys.readouterr().err
    assert all(name in said for name in ("conf.py", "events/search-meetup-12/event.yaml"))


@pytest.mark.parametrize("folder", ["file", "file/below"])
def test_a_file_is_no_folder(
    tmp_path: Path, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit) as ended:
        main(["init", str(tmp_path / folder), "--yes"])
    assert ended.value.code == 2
    assert str(tmp_path / "file") in capsys.readouterr().err


def test_a_new_repository_counts_as_empty(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert main(["init", str(tmp_path), "--yes"]) == 0


def test_the_editor_finds_the_schema(tmp_path: Path) -> None:
    files = site_files(NewSite("en", "Reports", "md", "none", "public", ""))
    settings = read_settings(files[".vscode/settings.json"])
    patterns = {
        pattern: files[name.removeprefix("./")]
        for name, pattern in settings["yaml.schemas"].items()
    }
    of_registers = {f"events/{name}": schema_text(name) for name in REGISTERS}
    assert patterns == {"events/**/event.yaml": schema_text(), **of_registers}


def test_the_editor_has_the_preview_and_settings_of_this_project() -> None:
    files = site_files(NewSite("en", "Reports", "md", "none", "public", ""))
    settings = [
        {**read_settings(text), "yaml.schemas": {}}
        for text in (files[SETTINGS], (ROOT / SETTINGS).read_text(encoding="utf-8"))
    ]
    assert settings[0] == settings[1]
    task, own = the_task(files[".vscode/tasks.json"]), the_task()
    assert tuple(task["args"]) == preview_command("_build")
    how = ("type", "command", "args", "windows")
    of_site, of_project = (
        {key: value for key, value in one.items() if key not in how} for one in (task, own)
    )
    assert of_site == of_project


def test_the_preview_is_installed_with_the_site() -> None:
    files = site_files(NewSite("en", "Reports", "md", "none", "public", "eventreports"))
    lines = [line for line in files["requirements.txt"].splitlines() if not line.startswith("#")]
    group = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert lines == ["eventreports", *group["dependency-groups"]["preview"]]


def test_the_requirements_name_this_version() -> None:
    assert requirements_text(None) == f"eventreports[site]=={__version__}"


@pytest.mark.parametrize(
    "url",
    [
        "git+https://code.example/reports.git@v1.0.0",
        "git+ssh://git@code.example/reports.git",
        "https://files.example/eventreports-1.0.0.zip#sha256=0123",
        "https://files.example/eventreports-1.0.0-py3-none-any.whl",
        "file:///srv/eventreports-1.0.0.tar.gz",
    ],
)
def test_the_requirements_may_name_a_repository_or_a_file(url: str) -> None:
    found = Requirement(requirements_text(url))
    assert (found.name, found.extras, found.url) == ("eventreports", {"site"}, url)


@pytest.mark.parametrize(
    "source",
    ["", "reports", "../reports", "ssh://code.example/a.git", "https://a b", "https://a.example/"],
)
def test_what_pip_would_not_understand_is_refused(source: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["init", str(tmp_path / "new"), "--yes", "--from", source])
    assert ended.value.code == 2
    assert not (tmp_path / "new").exists()


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "schema"),
    [
        (".readthedocs.yaml", "readthedocs"),
        (".github/workflows/site.yml", "github-workflows"),
        (".gitlab-ci.yml", "gitlab-ci"),
    ],
)
def test_the_settings_for_services_are_valid(tmp_path: Path, name: str, schema: str) -> None:
    service = "gitlab" if schema == "gitlab-ci" else "github"
    text = site_files(NewSite("en", "Reports", "md", service, "public", ""))[name]
    file = tmp_path / Path(name).name
    file.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    done = subprocess.run([*command, file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
