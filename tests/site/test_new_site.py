"""The site that ``eventreports init`` writes: its CI builds it, PDFs and all."""

import os
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT
from eventreports.cli import main

#: What means something in Python, Markdown, reStructuredText or HTML.
TITLE = '1. "Wörter" *und* _Zeichen_ `C#` \\n <b>|x|'
#: The programs of an environment in which the site is installed.
_PROGRAMS = """\
sphinx-build() { "$PYTHON" -m sphinx "$@"; }
eventreports() { "$PYTHON" -m eventreports "$@"; }"""


def _commands(folder: Path, service: str) -> list[str]:
    """What CI runs, once everything is installed."""
    name = {"github": ".github/workflows/site.yml", "gitlab": ".gitlab-ci.yml"}[service]
    build: dict[str, Any] = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
    if service == "github":
        steps = [step["run"] for step in build["jobs"]["build"]["steps"] if "run" in step]
    else:
        steps = build["build"]["script"]
    assert steps[0] == "pip install -r requirements.txt"
    return steps[1:]


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize(
    ("language", "markup", "service"),
    [
        ("ja", "md", "github"),
        ("ja", "rst", "gitlab"),
        ("en", "md", "gitlab"),
        ("en", "rst", "github"),
    ],
)
def test_ci_builds_the_site_without_a_warning(
    tmp_path: Path, language: str, markup: str, service: str
) -> None:
    options = {"--language": language, "--markup": markup, "--ci": service, "--title": TITLE}
    arguments = [text for option in options.items() for text in option]
    assert main(["init", str(tmp_path), "--yes", *arguments]) == 0
    commands = _commands(tmp_path, service)
    assert sum(" -W" in command for command in commands) == 2
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "_ext"), "PYTHON": sys.executable}
    for command in commands:
        done = subprocess.run(
            ["bash", "-ec", f"{_PROGRAMS}\n{command}"],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    if service == "gitlab":
        assert (tmp_path / "gl-code-quality-report.json").read_text(encoding="utf-8") == "[]\n"
        (tmp_path / "events/search-meetup-12/event.yaml").write_text("nmae: A\n", encoding="utf-8")
        failed = subprocess.run(
            ["bash", "-ec", f"{_PROGRAMS}\n{commands[0]}"],
            cwd=tmp_path,
            env={**environment, "CI": "true", "LANGUAGE": "", "LANG": "C.UTF-8"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        # The log has it, too, in the language of the site.
        assert failed.returncode == 1
        assert ("のことですか" in failed.stdout) is (language == "ja")
        assert "unknown-key" in (tmp_path / "gl-code-quality-report.json").read_text("utf-8")
    page = unescape((tmp_path / "_build/html/index.html").read_text(encoding="utf-8"))
    assert f"<h1>{TITLE}<" in page
    report = tmp_path / "_build/html/events/search-meetup-12/index.html"
    assert 'id="session-ngrams"' in report.read_text(encoding="utf-8")
    assert (tmp_path / "_build/html/handouts/search-meetup-12.pdf").is_file()
