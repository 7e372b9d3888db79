"""Measure a build with nothing to do, in a site with faults and in one without.

    python bench/faults.py [--events 300] [--faulty 30] [--builder html]

Makes a site in a temporary folder, with faults in the data and the notes of some events, and the
same site without. Builds both four times, in turns, and prints the CPU seconds of the builds that
had nothing to do, the number of their warnings, and the ratio of the two medians.
"""

import argparse
import resource
import statistics
import tempfile
from pathlib import Path

from sites import build, make_site

_IN_DATA = "nmae: X\nreporters: [TODO]\nfiles: [missing.pdf]\n"
_IN_NOTES = "\nSee {event:session}`nowhere/talk`.\n\n```{event:info}\n:fields: nmae\n```\n"


def spoil(folder: Path, number: int) -> None:
    """Put faults into the first events."""
    for event in sorted((folder / "events").glob("event-*"))[:number]:
        for name, text in (("event.yaml", _IN_DATA), ("index.md", _IN_NOTES)):
            with (event / name).open("a", encoding="utf-8") as file:
                file.write(text)


def cpu_seconds() -> float:
    """Return the CPU seconds of all builds up to now."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=300)
    parser.add_argument("--faulty", type=int, default=30)
    parser.add_argument("--builder", default="html")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        sites = {kind: Path(name, kind) for kind in ("without", "with")}
        seconds: dict[str, list[float]] = {kind: [] for kind in sites}
        for kind, folder in sites.items():
            make_site(folder, options.events)
            spoil(folder, options.faulty if kind == "with" else 0)
            build(folder, options.builder, warnings=Path(name, "log"))
        for _time in range(3):
            for kind, folder in sites.items():
                log = Path(name, f"{kind}.log")
                before = cpu_seconds()
                build(folder, options.builder, warnings=log)
                seconds[kind].append(cpu_seconds() - before)
        for kind, some in seconds.items():
            messages = Path(name, f"{kind}.log").read_text(encoding="utf-8")
            warned = messages.count("WARNING: ")
            text = ", ".join(f"{one:.2f}" for one in some)
            print(f"{kind:>8} faults: {text} s, {warned} warnings")
        medians = [statistics.median(seconds[kind]) for kind in ("with", "without")]
        print(f"   ratio: {medians[0] / medians[1]:.2f}")


if __name__ == "__main__":
    main()
