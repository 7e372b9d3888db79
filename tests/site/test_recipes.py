"""The recipe in ``CONTRIBUTING.md`` that adds a key."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from copies import copy_project

pytestmark = [pytest.mark.slow, pytest.mark.once]

_HUNK = re.compile(r"^@@.*\n((?:[ +].*\n)+)", re.MULTILINE)
_EVENT = "name: Meetup\nsessions:\n  - {id: a, title: Talk, duties: Install Go, level: Beginner}\n"


def apply(diff: str, folder: Path) -> None:
    """Add the new lines of each hunk behind its old ones, wherever these are."""
    file = folder / re.findall(r"^\+\+\+ b/(.*)$", diff, re.MULTILINE)[0]
    text = file.read_text(encoding="utf-8")
    for hunk in _HUNK.findall(diff):
        lines = hunk.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line.startswith(" "))
        assert text.count(old) == 1
        text = text.replace(old, "".join(line[1:] for line in lines))
    file.write_text(text, encoding="utf-8")


def run(folder: Path, *command: str) -> str:
    """Run a command in the copy, with this Python; nothing is installed."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "_ext"), "PATH": str(Path(sys.executable).parent)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_key_is_added_by_three_files_and_one_command(tmp_path: Path) -> None:
    folder = copy_project(tmp_path)
    # Of other pages the catalogs are as they were.
    shutil.rmtree(folder / "events")
    for path in (folder / "guide").glob("*.md"):
        if path.stem not in ("index", "data"):
            path.unlink()
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    diffs = re.findall(r"^```diff\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(diffs) == 3
    for diff in diffs:
        apply(diff, folder)
    script = "import make, pathlib; make._site_python = lambda: pathlib.Path(sys.executable)"
    run(folder / "tools", "-c", f"import sys; {script}; make.main(['generate'])")

    schema = json.loads((folder / "_ext/eventreports/event.schema.json").read_text("utf-8"))
    assert "What to do beforehand." in json.dumps(schema)
    assert "事前にしておくこと。" in json.dumps(schema, ensure_ascii=False)
    (folder / "events" / "new").mkdir(parents=True)
    (folder / "events" / "new" / "event.yaml").write_text(_EVENT, encoding="utf-8")
    page = "# Meetup\n\n## Talk\n\n```{event:session} a\n```\n"
    (folder / "events" / "new" / "index.md").write_text(page, encoding="utf-8")
    run(folder, "-m", "sphinx", "-q", "-b", "text", ".", "_build/text")
    shown = (folder / "_build/text/events/new/index.txt").read_text("utf-8")
    assert "準備" in shown
    assert "Install Go" in shown
    assert "duties" in (folder / "_build/text/guide/data.txt").read_text("utf-8")
