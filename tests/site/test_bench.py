"""What measures the project runs; how long anything takes is nobody's test."""

import shutil
import subprocess
import sys

import pytest

from conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.once]


def measured(name: str, *options: str) -> str:
    command = [sys.executable, str(ROOT / "bench" / name), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_print_tells_what_a_handout_and_a_book_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    # Without LaTeX, which a machine may have: it takes its time.
    monkeypatch.setenv("PATH", "")
    assert shutil.which("lualatex") is None
    report = ROOT / "events" / "japan-container-days-v1804"
    sizes = ("--rounds", "1", "--events", "1", "--pages", "10")
    said = measured("print.py", "--reports", str(report), *sizes)
    assert "so much it adds" in said
    assert "there is no lualatex" in said
    assert said.splitlines()[-1].split()[1] == "1"


def test_search_tells_what_indexers_and_readers_pay() -> None:
    sizes = ("--records", "3", "20", "--readers", "1")
    said = measured("search.py", *sizes, "--latency", "1", "--megabits", "1000")
    for head in ("Indexing", "Searching", "What the bytes"):
        if head == "Searching" and "Searching is not measured" in said:
            return
        assert head in said
    assert [line.split()[0] for line in said.splitlines() if " cjksearch " in line] == [
        *("3", "20", "3", "20")
    ]


def test_phrases_tells_what_is_found_of_a_text() -> None:
    said = measured("phrases.py", "--records", "60", "--phrases", "10")
    assert said.splitlines()[-1] == "precision 1.0000, recall 1.0000" or "there is no" in said
