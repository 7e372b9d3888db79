"""``make`` and ``make.bat``: both run ``tools/make.py``, whose targets are tried here."""

import subprocess
import sys
from pathlib import Path

import pytest

import make
from conftest import ROOT, Site
from eventreports.core.audience import LEVELS


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
