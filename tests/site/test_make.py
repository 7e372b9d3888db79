"""``make`` and ``make.bat``: both run ``tools/make.py``, whose targets are tried here."""

import locale
import os
import subprocess
import sys
from pathlib import Path

import pytest

import make
from conftest import ROOT, Site
from eventreports.core.audience import LEVELS
from terminals import Terminal


def run(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "tools" / "make.py"), *arguments]
    return subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=60
    )


@pytest.mark.parametrize("file", ["Makefile", "make.bat"])
def test_every_target_is_that_of_the_script(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8").replace("\\", "/")
    commands = [line for line in text.splitlines() if "tools/make.py" in line]
    assert len([line for line in commands if not line.startswith(("#", "rem "))]) == 1
    assert not set(make.TARGETS) & set(text.replace(":", " ").split()) - {"help"}


def test_help_lists_all_targets(tmp_path: Path) -> None:
    done = run(folder=tmp_path)
    assert done.returncode == 0
    listed = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("make ")]
    assert listed[: len(make.TARGETS)] == list(make.TARGETS)


@pytest.mark.parametrize(
    ("typo", "meant"), [("tets", "test"), ("dirhtlm", "dirhtml"), ("handouts", "handout")]
)
def test_a_typo_is_reported_at_once(typo: str, meant: str, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    done = run("clean", typo, f"VENV={environment}", f"BUILDDIR={tmp_path}")
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert f"“{typo}”" in line
    assert f"`make {meant}`" in line
    assert not environment.exists()
    assert tmp_path.exists()


def test_the_builders_are_those_of_sphinx(site: Site) -> None:
    app = site.build("dummy", extensions=["myst_parser", "eventreports", "typstprint"]).app
    of_extensions = {"coverage", "doctest"}
    of_make_mode = {"info", "latexpdf", "latexpdfja"}
    assert {*app.registry.builders} == {*make.BUILDERS} - of_extensions - of_make_mode
    assert not set(make.BUILDERS) & set(make.TARGETS)


def test_a_handout_needs_its_event() -> None:
    done = run("handout")
    assert done.returncode == 2
    assert "EVENT=ID" in done.stderr


def test_each_audience_has_a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert make.AUDIENCES == LEVELS
    monkeypatch.delenv("BUILDDIR", raising=False)
    monkeypatch.setenv("SPHINXOPTS", "")
    found = {}
    for audience in ("", *LEVELS):
        monkeypatch.setenv("AUDIENCE", audience)
        found[audience] = make._builddir(), make._sphinx_options()
    assert found == {
        "": ("_build", []),
        "public": ("_build", ["-D", "eventreports_audience=public"]),
        **{
            level: (f"_build/{level}", ["-D", f"eventreports_audience={level}"])
            for level in LEVELS[1:]
        },
    }
    done = run("site", "AUDIENCE=intrenal")
    assert done.returncode == 2
    assert "public, internal, private, draft" in done.stderr


def test_what_is_installed_already_is_not_installed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[object, ...]] = []

    def _run(*command: object) -> None:
        ran.append(command)
        python = tmp_path / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()
        python.with_name(f"pip{python.suffix}").touch()

    monkeypatch.setattr(make, "_run", _run)
    counts = []
    for wanted in ("a==1", "a==1", "a==2"):
        make._installed(tmp_path, "list.txt", wanted, "-r", "list.txt")
        counts.append(len(ran))
    # The environment and what it has; nothing; what is new.
    assert counts == [2, 2, 3]


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What a target runs, after the list of packages that are there for it."""
    found: list[list[str]] = []
    monkeypatch.setattr(make, "_python_with", lambda requirements: requirements)
    monkeypatch.setattr(make, "_run", lambda *command: found.append([*map(str, command)]))
    return found


@pytest.mark.parametrize(
    ("options", "requirements"),
    [("", "requirements.txt"), ("--fix --photos", "requirements-preview.txt")],
)
def test_photos_are_changed_where_their_packages_are(
    options: str, requirements: str, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHECKOPTS", options)
    make.check()
    assert ran == [[requirements, "-m", "eventreports", "check", *options.split(), "events"]]


def test_the_list_of_writers_has_the_packages_of_photos() -> None:
    listed = (ROOT / "requirements-preview.txt").read_text(encoding="utf-8").splitlines()
    names = {line.partition("==")[0] for line in listed if line[:1].isalpha()}
    assert {"sphinx-autobuild", "pillow", "pillow-heif"} <= names
    of_sites = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert "pillow-heif" not in of_sites


VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.mark.parametrize(
    ("asked", "known", "used"),
    [
        # What is there is left alone.
        ({"LANG": "ja_JP.UTF-8"}, {""}, {"LANG": "ja_JP.UTF-8"}),
        (
            {"LANG": "ja_JP.UTF-8"},
            {"C.UTF-8"},
            {"LANG": "ja_JP.UTF-8", "LANGUAGE": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8"},
        ),
        (
            {"LC_ALL": "ja_JP.UTF-8", "LANG": "en_US.UTF-8"},
            {"C.UTF-8"},
            {"LC_ALL": "C.UTF-8", "LANGUAGE": "ja_JP.UTF-8", "LANG": "en_US.UTF-8"},
        ),
        (
            {"LANGUAGE": "en", "LANG": "ja_JP.UTF-8"},
            {"en_US.UTF-8"},
            {"LANGUAGE": "en", "LANG": "ja_JP.UTF-8", "LC_ALL": "en_US.UTF-8"},
        ),
        (
            {"LANG": "ja_JP.UTF-8"},
            set(),
            {"LANG": "ja_JP.UTF-8", "LANGUAGE": "ja_JP.UTF-8", "LC_ALL": "C"},
        ),
    ],
)
def test_a_locale_that_is_not_on_the_machine_is_replaced_and_its_language_kept(
    asked: dict[str, str], known: set[str], used: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def setlocale(_category: int, name: str) -> None:
        if name not in known:
            raise locale.Error("unsupported locale setting")

    for name in VARIABLES:
        monkeypatch.setenv(name, asked.get(name, ""))
    monkeypatch.setattr(locale, "setlocale", setlocale)
    make._use_locale_that_is_there()
    assert {name: os.environ[name] for name in VARIABLES if os.environ[name]} == used


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows takes other names of locales")
def test_a_command_says_in_the_language_what_it_has_to_say(tmp_path: Path) -> None:
    """In a locale that no machine has; Sphinx begins with what would fail."""
    program = (
        "import locale, os, subprocess, sys; sys.path[:0] = ['tools', '_ext']; import make\n"
        "make._site_python = lambda: sys.executable\n"
        "make._installed = lambda *_: sys.executable\n"
        f"os.environ['CHECKOPTS'] = {str(tmp_path)!r}\n"
        "make.main(['check'])\n"
        "make._run(sys.executable, '-c', 'import locale; locale.setlocale(locale.LC_ALL, \"\")')\n"
    )
    (tmp_path / "event.yaml").write_text("name: E\ndate: soon\n", encoding="utf-8")
    environment = {"LANG": "ja_XX.UTF-8", "LANGUAGE": "", "LC_ALL": "", "LC_MESSAGES": ""}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, **environment, "CI": "", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert "「soon」は日付ではありません" in done.stdout
    assert "locale.Error" not in done.stderr


@pytest.mark.slow
def test_what_is_interrupted_may_say_something_before_it_ends(tmp_path: Path) -> None:
    inner = (
        "import time\n"
        "try: print('begun', flush=True); time.sleep(60)\n"
        "except KeyboardInterrupt: time.sleep(1); print('nothing was written')\n"
    )
    (tmp_path / "inner.py").write_text(inner, encoding="utf-8")
    outer = (
        f"import sys; sys.path[:0] = [{str(ROOT / 'tools')!r}]; import make\n"
        "try: make._run(sys.executable, 'inner.py')\n"
        "except KeyboardInterrupt: print('make ends')\n"
    )
    terminal = Terminal([sys.executable, "-c", outer], tmp_path, {})
    terminal.wait_for("begun\n")
    terminal.interrupt()
    assert terminal.end() == (0, "^Cnothing was written\nmake ends\n")
