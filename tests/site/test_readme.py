"""What the README says to do, done."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, Site
from copies import copy_events

pytestmark = [pytest.mark.slow, pytest.mark.once]

READMES = ["README.md", "README.ja.md"]


def blocks(readme: str, language: str) -> list[str]:
    """The code blocks of a language, in the README's order."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    found = re.findall(r"^(`{3,})(\w+)\n(.*?)^\1$", text, flags=re.MULTILINE | re.DOTALL)
    return [block for _fence, name, block in found if name == language]


def commands(block: str) -> list[str]:
    return [line.partition("#")[0].strip() for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize("readme", READMES)
def test_two_commands_come_first(readme: str) -> None:
    assert commands(blocks(readme, "sh")[0]) == ["make site", "make test"]


@pytest.mark.skipif(os.name == "nt", reason="the shell's words are those of Unix")
def test_the_plain_way_works(tmp_path: Path) -> None:
    """Once everything is installed; that it can be, and `make site`, `.ci/run` shows."""
    plain = next(block for block in blocks("README.md", "sh") if "pip install -r" in block)
    *_environment, last = commands(plain)
    install, build = last.split(" && ")
    assert install == "pip install -r requirements.txt"
    clone = copy_events(tmp_path / "event reports")
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    # As a person's shell would be: nothing of this run's own environment helps.
    environment = {**os.environ, "PATH": path, "PYTHONPATH": ""}
    subprocess.run(build.split(), cwd=clone, env=environment, check=True, capture_output=True)
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
