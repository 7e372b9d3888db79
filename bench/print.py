"""Measure printing: a handout, a book compared with LaTeX's, and books of many pages.

    python bench/print.py [--rounds 5] [--reports FOLDER ...] [--events 50] [--pages 500 2000]

Makes sites in temporary folders, with the site's own settings, and prints three tables:

- the handouts of single events, of a report of the site (and of the original, in
  ../shared, if it is there): medians of whole commands in an empty folder, and
  of their steps;
- a book of several events, by typstprint and by Sphinx's `latexpdf` with LuaLaTeX,
  from the same doctrees; only the former if LaTeX is missing;
- the seconds and the memory of books of about the given numbers of pages.

No reports, 0 events and no pages leave out their tables.
"""

import argparse
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

from sites import ENVIRONMENT, ROOT, SHIPPED, build, make_site

#: The transcription of the original report; most clones have none.
ORIGINAL = ROOT.parent / "shared" / "seed" / SHIPPED.name
REPORTS = [SHIPPED, *([ORIGINAL] if ORIGINAL.is_dir() else [])]
Settings = Mapping[str, str]
BOOK_ALONE: Settings = {"eventreports_handouts": ""}


@dataclass
class Costs:
    """The seconds of one command: elapsed time, and CPU time."""

    seconds: float
    processor: float


@dataclass
class Printed:
    """A run of ``typstprint`` in a process of its own: seconds, MiB and pages."""

    reading: float = 0
    sources: float = 0
    compiling: float = 0
    memory_before: float = 0
    memory: float = 0
    pages: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--reports", nargs="*", type=Path, default=REPORTS, metavar="FOLDER")
    parser.add_argument("--events", type=int, default=50, metavar="N")
    parser.add_argument("--pages", nargs="*", type=int, default=[500, 2000], metavar="N")
    given = parser.parse_args()
    for folder in given.reports:
        show_handout(folder, given.rounds)
    if given.events:
        show_book(given.events)
    if given.pages:
        show_books(given.pages)


# A handout


def show_handout(source: Path, rounds: int) -> None:
    commands: dict[str, list[Costs]] = {"": [], "full": [], "full,summary": []}
    inside = []
    with tempfile.TemporaryDirectory() as folder_name:
        folder = Path(folder_name)
        make_site(folder, 1, source)
        for _round in range(rounds):
            for forms, found in commands.items():
                shutil.rmtree(folder / "_build", ignore_errors=True)
                builder = "typstprint" if forms else "dummy"
                before = processor_seconds()
                seconds = build(folder, builder, settings=handout_alone(forms))
                found.append(Costs(seconds, processor_seconds() - before))
            shutil.rmtree(folder / "_build")
            inside.append(printed(folder, handout_alone("full")))
    read, full, both = commands.values()
    print(f"{source}: a handout of {inside[0].pages} pages; medians of {rounds}")
    print(f"{'seconds':>8} {'of CPU':>7}")
    print_costs(read, "whole command, from nothing: reading alone")
    print_costs(full, "with the handout")
    print_costs(added(read, full), "so much it adds")
    print_costs(added(full, both), "so much the summary adds")
    for what in ("reading", "sources", "compiling"):
        print(f"{median(getattr(one, what) for one in inside):8.2f} {'':7} in it: {what}")
    print()


def added(less: Sequence[Costs], more: Sequence[Costs]) -> list[Costs]:
    """Return the ratio within each round, which other load disturbs less than the whole."""
    pairs = zip(less, more, strict=True)
    return [Costs(b.seconds - a.seconds, b.processor - a.processor) for a, b in pairs]


def print_costs(found: Sequence[Costs], what: str) -> None:
    seconds = median(one.seconds for one in found)
    processor = median(one.processor for one in found)
    print(f"{seconds:8.2f} {processor:7.2f} {what}")


def processor_seconds() -> float:
    """Return the CPU seconds of all commands so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def handout_alone(forms: str) -> Settings:
    return {"eventreports_handouts": forms, "eventreports_printed_events": "event-0000"}


# A book


def show_book(events: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_site(folder, events)
        build(folder, "dummy")
        print(f"A book of {events} events, the doctrees being there")
        print(f"{'':12} {'seconds':>8} {'pages':>6} {'runs':>5}")
        typst = build(folder, "typstprint", settings=BOOK_ALONE)
        print_row("typstprint", typst, count_pages(folder / "_build/typstprint/book.pdf"), 1)
        missing = [one for one in ("lualatex", "latexmk", "make") if not shutil.which(one)]
        if missing:
            print(f"{'LuaLaTeX':12} not measured: there is no {', no '.join(missing)}\n")
            return
        started = time.perf_counter()
        command = [sys.executable, "-m", "sphinx", "-M", "latexpdf", ".", "_build", "-W"]
        command += ["-D", "latex_engine=lualatex"]
        done = subprocess.run(
            command,
            cwd=folder,
            env={**ENVIRONMENT, "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        latex = time.perf_counter() - started
        text = done.stdout.decode("utf-8", "replace")
        if done.returncode:
            print(f"{'LuaLaTeX':12} failed:", *text.splitlines()[-12:], "", sep="\n")
            return
        pages = re.findall(r"Output written on \S+\s+\((\d+)\s+pages", text.replace("\n", " "))
        runs = text.count("This is LuaHBTeX")
        print_row("LuaLaTeX", latex, int(pages[-1]), runs)
        print(f"{'ratio':12} {latex / typst:8.1f}\n")


def print_row(name: str, seconds: float, pages: int, runs: int) -> None:
    print(f"{name:12} {seconds:8.1f} {pages:6} {runs:5}")


# Books of many pages


def show_books(sizes: Sequence[int]) -> None:
    each = pages_of_an_event()
    print("Books of many pages; memory: the most that the process had, before compiling and in all")
    heads = ("pages", "events", "reading s", "sources s", "compiling s", "before MiB", "peak MiB")
    print(*(f"{head:>11}" for head in heads))
    for size in sizes:
        events = max(1, round(size / each))
        with tempfile.TemporaryDirectory() as name:
            make_site(Path(name), events)
            one = printed(Path(name), BOOK_ALONE)
        print(f"{one.pages:11} {events:11}", end=" ")
        print(
            *(f"{seconds:11.1f}" for seconds in (one.reading, one.sources, one.compiling)), end=" "
        )
        print(f"{one.memory_before:11.0f} {one.memory:11.0f}")


def pages_of_an_event() -> float:
    """Return by how many pages one more event makes a book longer."""
    counts = []
    for events in (1, 3):
        with tempfile.TemporaryDirectory() as name:
            make_site(Path(name), events)
            counts.append(printed(Path(name), BOOK_ALONE).pages)
    return (counts[1] - counts[0]) / 2


# One run, in a process of its own


def printed(folder: Path, settings: Settings) -> Printed:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        return processes.submit(print_here, folder, settings).result()


def print_here(folder: Path, settings: Settings) -> Printed:
    from sphinx.application import Sphinx

    outdir = folder / "_build" / "typstprint"
    app = Sphinx(
        folder,
        folder,
        outdir,
        folder / "_build" / "doctrees",
        "typstprint",
        confoverrides={**settings},
        status=None,
        warningiserror=True,
    )
    found = Printed()
    builder: Any = app.builder
    write_documents, compile_one = builder.write_documents, builder._compile
    started = time.perf_counter()

    def has_read(*_given: object) -> None:
        found.reading = time.perf_counter() - started

    def writing(*given: object) -> None:
        began = time.perf_counter()
        write_documents(*given)
        found.sources = time.perf_counter() - began - found.compiling

    def compiling(*given: object) -> None:
        began = time.perf_counter()
        found.memory_before = found.memory_before or peak_memory()
        compile_one(*given)
        found.compiling += time.perf_counter() - began

    app.connect("env-updated", has_read)
    builder.write_documents, builder._compile = writing, compiling
    app.build()
    found.memory = peak_memory()
    found.pages = sum(map(count_pages, outdir.rglob("*.pdf")))
    return found


def peak_memory() -> float:
    """Return the peak memory of this process, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def count_pages(pdf: Path) -> int:
    """Return the number of pages of a PDF of Typst, whose page dictionaries are not compressed."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))


if __name__ == "__main__":
    main()
