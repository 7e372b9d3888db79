"""Commands that messages name: whoever types one where the message was shown runs it."""

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import eventreports
from eventreports.cli import main
from eventreports.core.commands import Command, command_line, python
from sphinxcommon.messages import Message

PACKAGES = Path(eventreports.__file__).parents[1]
EVENT = "name: E\nsessions: [A]\n"
SCRIPT = f"""\
#!{sys.executable}
from eventreports.cli import main
raise SystemExit(main())
"""

in_shells_of_unix = pytest.mark.skipif(os.name == "nt", reason="the shell is that of Unix")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in whose folder the test runs, with an event whose session has no id."""
    project = tmp_path / "my project"
    folder = project / "events" / "it's an event"
    folder.mkdir(parents=True)
    (folder / "event.yaml").write_text(EVENT, encoding="utf-8")
    (folder / "index.md").write_text("# E\n\n```{event:report}\n```\n", encoding="utf-8")
    (project / "index.md").write_text("# S\n\n```{toctree}\n:glob:\n\nevents/*/*\n```\n", "utf-8")
    (project / "conf.py").write_text(
        f"import sys\nsys.path.insert(0, {str(PACKAGES)!r})\n"
        'extensions = ["myst_parser", "eventreports"]\nexclude_patterns = ["venv"]\n',
        encoding="utf-8",
    )
    monkeypatch.chdir(project)
    return project


def said(command: str | Sequence[str], **environment: str) -> str:
    """What a command says where nothing tells it how it is run."""
    done = subprocess.run(
        command,
        shell=isinstance(command, str),
        env={**os.environ, "EVENTREPORTS_COMMAND": "", "PYTHONPATH": "", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    return done.stdout + done.stderr


def advised(text: str) -> str:
    found = re.search(r"; run (.+) \[event\.no-id\]", re.sub(r"\x1b\[[\d;]*m", "", text))
    assert found, text
    return found[1]


def has_id(project: Path) -> bool:
    return "id: " in next(project.glob("events/*/event.yaml")).read_text(encoding="utf-8")


@in_shells_of_unix
@pytest.mark.slow
def test_as_a_module_it_names_the_interpreter_and_the_path(project: Path) -> None:
    command = advised(
        said([sys.executable, "-m", "eventreports", "check"], PYTHONPATH=str(PACKAGES))
    )
    assert "-m eventreports check --fix" in command
    said(command)
    assert has_id(project)


@in_shells_of_unix
@pytest.mark.slow
@pytest.mark.parametrize("is_on_path", [True, False])
def test_as_a_program_it_has_the_name_that_the_shell_finds(is_on_path: bool, project: Path) -> None:
    program = project / "venv" / "bin" / "eventreports"
    program.parent.mkdir(parents=True)
    program.write_text(SCRIPT, encoding="utf-8")
    program.chmod(0o755)
    paths = [str(program.parent), os.environ["PATH"]] if is_on_path else [os.environ["PATH"]]
    environment = {"PYTHONPATH": str(PACKAGES), "PATH": os.pathsep.join(paths)}
    typed = "eventreports" if is_on_path else "venv/bin/eventreports"
    command = advised(said(f"{typed} check", **environment))
    assert command.startswith(f"{typed} check --fix ")
    said(command, **environment)
    assert has_id(project)


@in_shells_of_unix
@pytest.mark.slow
def test_a_build_of_a_checkout_names_what_works_there(project: Path) -> None:
    command = advised(said([sys.executable, "-m", "sphinx", "-b", "dummy", ".", "_build"]))
    said(command)
    assert has_id(project)


def test_make_gets_the_options_and_finds_the_events_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("EVENTREPORTS_COMMAND", "make")
    lines = [
        command_line("check", ["--fix", "--photos"], "events/a"),
        command_line("check", path="events/a/event.yaml"),
        command_line("new", ["--name", "…"]),
    ]
    assert lines == [
        'make check CHECKOPTS="--fix --photos"',
        "make check",
        "make new NEWOPTS='--name \"…\"'",
    ]
    (_make, _new, variable) = shlex.split(lines[2])
    assert shlex.split(variable.removeprefix("NEWOPTS=")) == ["--name", "…"]


@pytest.mark.parametrize("path", ["a b", "$HOME", "`x`", "it's", 'a"b', "会場", "!x", "a\\b"])
@in_shells_of_unix
def test_a_path_is_one_word_for_the_shell(path: str) -> None:
    line = command_line("check", path=path)
    assert shlex.split(line) == ["eventreports", "check", path]


def test_how_a_command_is_run_is_found_where_its_message_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    message = Message("run {command}", command=Command("check", "--fix", path="a"))
    assert message.text() == "run eventreports check --fix a"
    monkeypatch.setenv("EVENTREPORTS_COMMAND", "uv run eventreports")
    assert message.text() == "run uv run eventreports check --fix a"
    # For programs it is the same.
    assert dict(message.values()) == {"options": ("--fix",), "path": "a"}


def test_an_interpreter_is_named_as_one_types_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = Path(sys.executable).name
    for folder in ("bin", "other"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).symlink_to(sys.executable)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / name))
    monkeypatch.setenv("PATH", str(tmp_path / "other"))
    assert python() == str(Path("bin", name))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert python() == (Path(name).stem if os.name == "nt" else name)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("make", "what is the event called? run make new NEWOPTS='--date 2026 --name \"…\"'"),
        ("eventreports", 'what is the event called? run eventreports new --date 2026 --name "…"'),
    ],
)
@pytest.mark.usefixtures("project")
def test_an_option_is_told_with_the_command_that_takes_it(
    command: str,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("EVENTREPORTS_COMMAND", command)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    with pytest.raises(SystemExit):
        main(["new", "--date", "2026"])
    assert words in capsys.readouterr().err
