"""Measure the page of an event, in a site of few events and of many.

    python bench/scale.py [--events 10 1000]

Makes sites of several sizes in a temporary folder, with the site's own settings,
builds them, and prints for each page the seconds of a first build and the bytes
of the page, and for each site the seconds of a build with nothing to do and of
one with an edited fact. The last line has the ratios of many events to few.
"""

import argparse
import resource
import tempfile
from dataclasses import astuple, dataclass
from pathlib import Path

from sites import build, make_site


@dataclass
class Costs:
    seconds_a_page: float
    bytes_a_page: float
    idle_seconds: float
    edit_seconds: float


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
