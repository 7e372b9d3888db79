"""What the README says, done by somebody who has nothing but Python and a bare clone."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, Site
from copies import copy_project

pytestmark = [pytest.mark.slow, pytest.mark.once]

READMES = ["README.md", "README.ja.md"]


def blocks(readme: str, language: str) -> list[str]:
    """The code blocks of a language, in the README's order."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    found = re.findall(r"^(`{3,})(\w+)\n(.*?)^\1$", text, flags=re.MULTILINE | re.DOTALL)
    return [block for _fence, name, block in found if name == language]


def commands(block: str) -> list[str]:
    return [line.partition("#")[0].strip() for line in block.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("clone") / "event reports")


def run(command: str, folder: Path) -> str:
    # As a person's shell would be: nothing of this run's own environment helps.
    foreign = ("PYTHON", "PYTEST", "VIRTUAL_ENV", "MAKE", "VENV", "MFLAGS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    python = Path(sys.base_prefix, "bin", f"python{sys.version_info[0]}.{sys.version_info[1]}")
    assert python.exists()
    kept["PATH"] = os.pathsep.join((str(folder / "bin"), kept["PATH"]))
    (folder / "bin").mkdir(exist_ok=True)
    for name in ("python3", "python"):
        link = folder / "bin" / name
        if not link.exists():
            # A script: a link would hide where the interpreter's library is.
            link.write_text(f'#!/bin/sh\nexec "{python}" "$@"\n')
            link.chmod(0o755)
    done = subprocess.run(
        ["sh", "-ec", command], cwd=folder, env=kept, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


@pytest.mark.parametrize("readme", READMES)
def test_two_commands_come_first(readme: str) -> None:
    assert commands(blocks(readme, "sh")[0]) == ["make site", "make test"]


@pytest.mark.skipif(os.name == "nt", reason="the commands are those of make; Windows has make.bat")
def test_the_first_command_does_all_the_set_up(clone: Path) -> None:
    # The second, in a new environment, is how `.ci/run` starts these very tests.
    site, _test = commands(blocks("README.md", "sh")[0])
    run(site, clone)
    report = clone / "_build/html/events/japan-container-days-v1804/index.html"
    assert "session-ake" in report.read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="the shell's words are those of Unix")
def test_the_plain_way_works(clone: Path) -> None:
    plain = next(block for block in blocks("README.md", "sh") if "pip install -r" in block)
    shutil.rmtree(clone / "_build", ignore_errors=True)
    run("\n".join(commands(plain)), clone)
    assert (clone / "_build/html/index.html").is_file()


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("readme", READMES)
def test_the_examples_build(site: Site, readme: str, number: int) -> None:
    facts = blocks(readme, "yaml")[number]
    page = blocks(readme, "md")[number]
    site.write({"events/example/event.yaml": facts, "events/example/index.md": page})
    for name in re.findall(r"[\w-]+\.pdf", "".join(re.findall(r"files: \[(.*)\]", facts))):
        (site.folder / "events/example" / name).write_bytes(b"%PDF")
    built = site.build()
    assert built.warnings == []
    assert (number == 0) == ("files:" not in facts)
    assert "[event." not in built.app.status.getvalue()
    assert 'class="event-session-notes" id="session-' in built.text("events/example/index.html")
