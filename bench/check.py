"""Measure the check of event files: few and many, right and faulty ones.

    python bench/check.py [--events 10 1000]

Copies a report of the site the given numbers of times, without and with a fault
in every tenth line, runs `eventreports check` on the copies, and prints seconds,
and milliseconds per file. The last lines are ratios: many files to few, faulty
ones to right ones, and the slowest of several faulty files of 2 MiB to a right
one of that size.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sites import ROOT, SHIPPED

SOURCE = SHIPPED / "event.yaml"
LARGEST = 2 * 1024 * 1024

#: Faulty lines, each of which is repeated in a file.
SLOW = {
    "tabs": "\tkey: value\n",
    "colons": "title: a: b\n",
    "quotes": 'title: "open\n',
    "words": "word\n",
    "aliases": "- *unknown\n",
    "controls": "a\x07\n",
}


def faulty(text: str) -> str:
    """Put a fault into every tenth line: a colon within a text."""
    lines = text.splitlines()
    lines[9::10] = [f"{line}: and more" for line in lines[9::10]]
    return "\n".join(lines) + "\n"


def check(folder: Path) -> float:
    """Return the seconds of one run."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "eventreports", "check", "--format", "json", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "_ext")}
    subprocess.run(command, check=False, env=environment, capture_output=True)
    return time.perf_counter() - started


def seconds(events: int, change: Callable[[str], str]) -> float:
    with tempfile.TemporaryDirectory() as name:
        text = change(SOURCE.read_text(encoding="utf-8"))
        for number in range(events):
            event = Path(name) / f"event-{number:04}"
            event.mkdir()
            (event / "event.yaml").write_text(text, encoding="utf-8")
        return check(Path(name))


def seconds_of_one(text: str) -> float:
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "event.yaml").write_text(text[:LARGEST], encoding="utf-8")
        return check(Path(name))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--events", nargs=2, type=int, default=[10, 1000], metavar="N")
    few, many = parser.parse_args().events
    costs = {}
    changes: dict[str, Callable[[str], str]] = {"right": str, "faulty": faulty}
    for kind, change in changes.items():
        for events in (few, many):
            costs[kind, events] = seconds(events, change)
            each = costs[kind, events] / events * 1000
            print(f"{events:>6} {kind:<6} {costs[kind, events]:8.2f} s {each:8.2f} ms a file")
    large = "name: A\ntopics:\n" + "  - A topic of forty letters, more or less\n" * 20_000
    right = seconds_of_one(large)
    slow = {kind: seconds_of_one(line * (LARGEST // len(line))) for kind, line in SLOW.items()}
    for kind, spent in {"right": right, **slow}.items():
        print(f"     1 {kind:<8} {spent:6.2f} s for a file of up to 2 MiB")
    marginal = (costs["right", many] - costs["right", few]) / (many - few) * 1000
    print(f"one more right file: {marginal:.2f} ms")
    print(f"ratios: faulty to right {costs['faulty', many] / costs['right', many]:.2f}", end=", ")
    print(f"slowest to right {max(slow.values()) / right:.2f}")


if __name__ == "__main__":
    main()
