"""What an event's page costs in a site of few events and of many.

    python bench/scale.py [--events 10 1000]

Makes sites of so many events in a temporary folder, builds each with the
site's own settings, and prints per page: seconds of a first build, and bytes
of the page; and for the whole site: seconds of a build with nothing to do,
and of one with one edited fact. The last line holds the ratios of many to few.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import astuple, dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SESSIONS = 9


@dataclass
class Costs:
    seconds_a_page: float
    bytes_a_page: float
    idle_seconds: float
    edit_seconds: float


def make_site(folder: Path, events: int) -> None:
    """A site whose events are as large as the report that ships with it."""
    shutil.copytree(ROOT / "_static", folder / "_static")
    for name in ("conf.py", "index.md"):
        shutil.copy(ROOT / name, folder)
    # The extension stays where it is; the guide is not part of the measure.
    conf = (folder / "conf.py").read_text(encoding="utf-8")
    (folder / "conf.py").write_text(conf.replace("Path(__file__).parent", repr_path(ROOT)), "utf-8")
    index = (folder / "index.md").read_text(encoding="utf-8")
    (folder / "index.md").write_text(index.replace("guide/index\n", ""), "utf-8")
    source = ROOT / "events" / "japan-container-days-v1804"
    for number in range(events):
        event = folder / "events" / f"event-{number:04}"
        shutil.copytree(source, event)
        data = (event / "event.yaml").read_text(encoding="utf-8")
        year = 2000 + number % 25
        data = data.replace("date: 2018-04-19", f"date: {year}-04-19")
        (event / "event.yaml").write_text(data, "utf-8")


def repr_path(path: Path) -> str:
    return f"Path({str(path)!r})"


def build(folder: Path) -> float:
    started = time.perf_counter()
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", ".", "_build/html"]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run(command, cwd=folder, check=True, env=environment)
    return time.perf_counter() - started


def measure(events: int) -> Costs:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_site(folder, events)
        first = build(folder)
        idle = build(folder)
        data = folder / "events" / "event-0000" / "event.yaml"
        data.write_text(data.read_text(encoding="utf-8").replace("540", "541"), "utf-8")
        edit = build(folder)
        page = folder / "_build/html/events/event-0000/index.html"
        return Costs(first / events, page.stat().st_size, idle, edit)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", nargs=2, type=int, default=[10, 1000], metavar=("FEW", "MANY"))
    sizes = parser.parse_args().events
    print(f"{'events':>8} {'s/page':>8} {'bytes/page':>11} {'idle s':>8} {'one edit s':>10}")
    costs = []
    for size in sizes:
        found = measure(size)
        costs.append(found)
        print("{:>8} {:>8.3f} {:>11.0f} {:>8.2f} {:>10.2f}".format(size, *astuple(found)))
    few, many = map(astuple, costs)
    ratios = [many_ / few_ for few_, many_ in zip(few, many, strict=True)]
    print("{:>8} {:>8.2f} {:>11.2f} {:>8.2f} {:>10.2f}".format("ratio", *ratios))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory of a build: {peak:.0f} MiB")


if __name__ == "__main__":
    main()
