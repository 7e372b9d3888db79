"""What measures the project runs; how long anything takes is nobody's test."""

import shutil
import subprocess
import sys

import pytest

from conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.once]

REPORT = str(ROOT / "events" / "japan-container-days-v1804")


@pytest.mark.matrix
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--reports", REPORT, "--rounds", "1", "--events", "0", "--pages"), "so much it adds"),
        (("--reports", "--events", "1", "--pages"), "there is no lualatex"),
        (("--reports", "--events", "0", "--pages", "10"), "Books of many pages"),
    ],
    ids=["a handout", "a book", "many pages"],
)
def test_print_tells_what_a_handout_and_a_book_cost(
    monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], said: str
) -> None:
    # Without LaTeX, which a machine may have: it takes its time.
    monkeypatch.setenv("PATH", "")
    assert shutil.which("lualatex") is None
    assert said in measured("print.py", *options)


@pytest.mark.matrix
@pytest.mark.parametrize("options", [(), ("--subjects",)], ids=["plain Sphinx", "subjects"])
def test_scale_tells_what_builds_cost(options: tuple[str, ...]) -> None:
    lines = measured("scale.py", "--events", "2", "--times", "1", *options).splitlines()
    assert lines[0].startswith("2 events")
    assert {line[:30].strip() for line in lines[1:]} >= {"full", "nothing to do"}


def test_search_tells_what_indexers_and_readers_pay() -> None:
    sizes = ("--records", "20", "--readers", "1")
    said = measured("search.py", *sizes, "--latency", "1", "--megabits", "1000")
    for head in ("Indexing", "Searching", "What the bytes"):
        if head == "Searching" and "Searching is not measured" in said:
            return
        assert head in said
    assert [line.split()[0] for line in said.splitlines() if " cjksearch " in line] == ["20", "20"]


def test_phrases_tells_what_is_found_of_a_text() -> None:
    said = measured("phrases.py", "--records", "60", "--phrases", "10")
    assert said.splitlines()[-1] == "precision 1.0000, recall 1.0000" or "there is no" in said


def measured(name: str, *options: str) -> str:
    command = [sys.executable, str(ROOT / "bench" / name), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
