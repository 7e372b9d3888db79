"""A slice of ``fuzz_builds.py``: random edits and builds leave what a build from nothing makes."""

import subprocess
import sys
from pathlib import Path

import pytest

import fuzz_builds


@pytest.mark.slow
def test_builds_after_random_edits_equal_those_from_nothing(tmp_path: Path) -> None:
    # In a process of its own, for its builds are copies of it, and this one has threads.
    command = [sys.executable, fuzz_builds.__file__, "--keep", str(tmp_path)]
    command += ["--edits", "12", "--every", "6", "--seed", "5", "--shrink", "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("no file differs") >= 2


def test_the_same_seed_makes_the_same_steps() -> None:
    first, again, other = (list(fuzz_builds.steps(seed, 200)) for seed in (1, 1, 2))
    assert first == again != other
    assert len([one for one in first if one.kind != "build"]) == 200
    assert {one.kind for one in first} >= {function.__name__ for function in fuzz_builds.EDITS}
    assert {one.builder for one in first} >= set(fuzz_builds.BUILDERS)
    assert {one.jobs for one in first if one.kind == "build"} == {1, 2, 4}


def test_a_difference_is_found_and_the_steps_to_it_are_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where each build but those from nothing leaves something over."""
    planned = [fuzz_builds.Step("add_page", 1), fuzz_builds.Step("remove_event", 2)]

    def differences(built: fuzz_builds.Work, _fresh: fuzz_builds.Work) -> list[str]:
        events = [*(built.source / "events").iterdir()]
        return ["an event is gone"] if len(events) < 4 else []

    monkeypatch.setattr(fuzz_builds, "differences", differences)
    said: list[str] = []
    assert fuzz_builds.run(tmp_path, planned, 1, said.append) == 1
    assert "an event is gone" in said[-1]
    assert fuzz_builds.shrink(tmp_path, planned, 60) == planned[1:]
