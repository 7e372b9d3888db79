"""Where the site is published: the settings are right, and their commands make what is served."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

import make
from conftest import ROOT
from copies import copy_events, copy_project

pytestmark = [pytest.mark.slow, pytest.mark.once]

SETTINGS = ROOT / ".readthedocs.yaml"
REPORT = "japan-container-days-v1804"


def settings() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))
    return found


def test_the_settings_are_what_their_schema_asks_for() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.readthedocs"]
    done = subprocess.run([*command, SETTINGS], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_has_commands_is_among_the_formats_and_the_versions_are_locked() -> None:
    found = settings()
    assert set(found["build"]["jobs"]["build"]) == {"html", *found["formats"]}
    (install,) = found["python"]["install"]
    assert "--hash=sha256:" in (ROOT / install["requirements"]).read_text(encoding="utf-8")


def run(command: str, folder: Path, environment: Mapping[str, str]) -> str:
    """Run a command of a shell, which succeeds, and return what it writes to standard error."""
    done = subprocess.run(
        ["bash", "-ec", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stderr


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the commands of all formats have put where Read the Docs looks for it."""
    folder = copy_events(tmp_path_factory.mktemp("hosting") / "site", REPORT)
    output = folder / "_readthedocs"
    environment = {
        **os.environ,
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
        "READTHEDOCS_OUTPUT": str(output),
        "READTHEDOCS_LANGUAGE": "ja",
        "READTHEDOCS_CANONICAL_URL": "https://reports.example/ja/latest/",
    }
    for commands in settings()["build"]["jobs"]["build"].values():
        for command in commands:
            assert "WARNING" not in run(command, folder, environment)
    return output


def test_there_is_one_pdf_to_download(output: Path) -> None:
    (book,) = (output / "pdf").iterdir()
    assert book.read_bytes().startswith(b"%PDF")


def test_pages_have_their_handouts_and_say_where_they_are(output: Path) -> None:
    page = (output / "html" / "events" / REPORT / "index.html").read_text(encoding="utf-8")
    assert f'href="../../handouts/{REPORT}.pdf"' in page
    assert (output / "html" / "handouts" / f"{REPORT}.summary.pdf").is_file()
    canonical = f"https://reports.example/ja/latest/events/{REPORT}/index.html"
    assert f'<link rel="canonical" href="{canonical}"' in page


PAGES = ROOT / ".github" / "workflows" / "pages.yml"


def steps_of_pages() -> list[dict[str, Any]]:
    jobs = yaml.safe_load(PAGES.read_text(encoding="utf-8"))["jobs"]
    steps: list[dict[str, Any]] = jobs["build"]["steps"]
    return steps


def test_the_workflows_are_valid_and_may_no_more_than_they_need() -> None:
    workflows = sorted(PAGES.parent.glob("*.yml"))
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    done = subprocess.run(
        [*command, "vendor.github-workflows", *workflows],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for path in workflows:
        workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert workflow["permissions"] == {}, path


def test_a_pull_request_is_annotated(tmp_path: Path) -> None:
    folder = copy_project(tmp_path / "checkout")
    (folder / "events" / "rubykaigi-2018" / "event.yaml").write_text("nmae: A\n", encoding="utf-8")
    text = (PAGES.parent / "check.yml").read_text(encoding="utf-8")
    (command,) = [
        step["run"] for step in yaml.safe_load(text)["jobs"]["check"]["steps"] if "run" in step
    ]
    done = subprocess.run(
        ["bash", "-ec", command],
        cwd=folder,
        env={**os.environ, "PYTHON": sys.executable, "VENV": sys.prefix, "GITHUB_ACTIONS": "true"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode != 0
    assert "::warning file=events/rubykaigi-2018/event.yaml,line=1,col=1" in done.stdout
    assert "のことですか" in done.stdout


def test_what_is_published_is_the_public_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BUILDDIR", raising=False)
    monkeypatch.setenv("AUDIENCE", "public")
    (command,) = [step["run"] for step in steps_of_pages() if "run" in step]
    (path,) = [step["with"]["path"] for step in steps_of_pages() if "path" in step.get("with", {})]
    # That builds it there, as `.ci/run` does.
    assert command == "make site AUDIENCE=public"
    assert path == f"{make._builddir()}/html"
