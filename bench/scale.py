"""Compare the builds of a site of reports with plain Sphinx's of the same pages written by hand.

    python bench/scale.py [--events 100 1000] [--without-search] [--subjects] [--times 3]

Makes a corpus of events of ten sessions each (schedule, sponsors, notes; in Japanese and English),
builds it by this project, and writes what its pages show as MyST: the same words, links, nesting,
contents and theme's settings. Plain Sphinx, with MyST-Parser alone, builds these. Neither side has
a sidebar of all pages or cards of links. Each side searches its own way, or with
``--without-search`` not at all.

Pages of people, organizations, topics and series, which the other side has not, are switched off;
with ``--subjects`` builds with these are compared with builds without instead.

Prints for each kind of build the seconds of both (wall clock, and of processors) and their ratios;
last, of more events to fewer. Builds are made some times, by turns, of which the quickest counts;
full ones of more than a hundred events once. Nothing else should run meanwhile.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from corpus import Corpus, Size
from sites import ENVIRONMENT, ROOT

_OURS: Final = """\
import sys
sys.path.insert(0, {extensions!r})
extensions = ["myst_parser", "eventreports"{search}]
html_theme = "eventreports"
eventreports_subject_pages = False
"""
_PLAIN: Final = """\
extensions = ["myst_parser"]
html_theme = "pydata_sphinx_theme"
"""
_BOTH: Final = """\
project = "Events"
language = "ja"
smartquotes = False
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence", "deflist", "strikethrough", "tasklist"]
suppress_warnings = ["myst.strikethrough"]
html_copy_source = False
exclude_patterns = ["_build", "_parallel"]
html_sidebars = {"**": []}
html_theme_options = {"navbar_align": "left"}
"""
_WITHOUT_SEARCH: Final = """\
def setup(app):
    app.connect("builder-inited", lambda app: setattr(app.builder, "search", False))
"""
_FRONT: Final = """\
# Events

```{event:overview}
:parts: search
```

```{event:list}
:layout: lead
:limit: 5
```

```{event:overview}
```

```{toctree}
:hidden:

events/years/index
```
"""
#: The event that is edited.
_EDITED: Final = "events/event-0000"
#: Full builds of more events than that are made once.
_FEW_EVENTS: Final = 100
#: Writes the pages of the site that is built in one folder as MyST into another, in a process of
#: its own.
_WRITE_PLAIN: Final = """\
import sys
from pathlib import Path
from sphinx.application import Sphinx
sys.path.insert(0, {bench!r})
from plain import write_pages
folder = sys.argv[1]
out = folder + "/" + sys.argv[3]
app = Sphinx(folder, folder, out + "/html", out + "/doctrees", "html", status=None)
app.build()
write_pages(app, Path(sys.argv[2]))
"""


@dataclass(frozen=True)
class Cost:
    """The seconds of a build, those of processors, and the MiB that a process took at most."""

    seconds: float
    cpu: float
    memory: float


@dataclass(frozen=True)
class Site:
    """A site to build, the folder beside its sources that it is built in, and options for that."""

    folder: Path
    out: str = "_build"
    options: tuple[str, ...] = ()

    def build(self) -> Cost:
        """Build it; what was built before is kept."""
        command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", *self.options]
        command += ["-d", f"{self.out}/doctrees", ".", f"{self.out}/html"]
        started = time.perf_counter()
        with (self.folder / "log").open("w", encoding="utf-8") as log:
            process = subprocess.Popen(command, cwd=self.folder, env=ENVIRONMENT, stderr=log)
            _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit((self.folder / "log").read_text(encoding="utf-8"))
        seconds = time.perf_counter() - started
        return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)

    def replace(self, name: str, old: str, new: str) -> None:
        """Edit a file, which must have what is replaced."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, (name, old)
        path.write_text(text.replace(old, new, 1), "utf-8")


def make_site(ours: Path, events: int, *, with_search: bool) -> Site:
    """Make our site."""
    (ours / "events").mkdir(parents=True)
    Corpus(Size(events)).write(ours / "events")
    (ours / "index.md").write_text(_FRONT, "utf-8")
    search = ', "cjksearch"' if with_search else ""
    end = "" if with_search else _WITHOUT_SEARCH
    first = _OURS.format(extensions=str(ROOT / "_ext"), search=search)
    (ours / "conf.py").write_text(first + _BOTH + end, "utf-8")
    return Site(ours)


def make_plain(ours: Site, plain: Path, *, with_search: bool) -> Site:
    """Make the site of plain Sphinx, with what the pages of ours show, which is built."""
    plain.mkdir()
    end = "" if with_search else _WITHOUT_SEARCH
    (plain / "conf.py").write_text(_PLAIN + _BOTH + end, "utf-8")
    program = _WRITE_PLAIN.format(bench=str(ROOT / "bench"))
    command = [sys.executable, "-c", program, str(ours.folder), str(plain), ours.out]
    subprocess.run(command, check=True)
    return Site(plain)


def start_anew(site: Site) -> None:
    """Remove what was built before."""
    shutil.rmtree(site.folder / site.out, ignore_errors=True)


def leave(site: Site) -> None:
    """Edit nothing."""


def edit_notes(site: Site) -> None:
    """Edit a line of an event's notes."""
    site.replace(f"{_EDITED}/index.md", "\n- ", "\n- zebra ")


def edit_title(site: Site) -> None:
    """Edit a session's title: its heading and, in our sites, the event's data."""
    site.replace(f"{_EDITED}/index.md", "\n### ", "\n### Zebra ")
    if (site.folder / _EDITED / "event.yaml").exists():
        title = "- id: talk-00\n  title: "
        site.replace(f"{_EDITED}/event.yaml", title, f"{title}Zebra ")


def in_turn(sides: Sequence[Site], edit: Callable[[Site], None], times: int) -> Iterator[Cost]:
    """Yield what each site costs to build after an edit: the least of some times."""
    costs: list[list[Cost]] = [[] for _site in sides]
    for _time in range(times):
        for site, found in zip(sides, costs, strict=True):
            edit(site)
            found.append(site.build())
    for found in costs:
        yield min(found, key=lambda cost: cost.cpu)


def built(sides: Sequence[Site], events: int, times: int) -> Iterator[tuple[str, Cost, Cost]]:
    """Yield what builds cost from nothing, and after edits."""
    times_full = times if events <= _FEW_EVENTS else 1
    yield "full", *in_turn(sides, start_anew, times_full)  # type: ignore[misc]
    for edit, what in _EDITS.items():
        yield what, *in_turn(sides, edit, times)  # type: ignore[misc]


def beside_plain(
    ours: Site, plain_folder: Path, events: int, times: int, *, with_search: bool
) -> Iterator[tuple[str, Cost, Cost]]:
    """Yield each kind of build with what it costs by us, and by plain Sphinx."""
    parallel = replace(ours, out="_parallel", options=("-j", "2"))
    cost = parallel.build()
    plain = make_plain(parallel, plain_folder, with_search=with_search)
    yield "full, -j 2", cost, replace(parallel, folder=plain_folder).build()
    sides = (ours, plain)
    yield from built(sides, events, times)
    faulty = sorted((ours.folder / "events").glob("event-*0/event.yaml"))
    for path in faulty:
        ours.replace(str(path), "capacity:", "capasity:")
    ours.build()
    yield "nothing, a tenth with faults", *in_turn(sides, leave, times)  # type: ignore[misc]


def with_subjects(without: Site, events: int, times: int) -> Iterator[tuple[str, Cost, Cost]]:
    """Yield each kind of build with what it costs with pages of people and topics, and without."""
    folder = without.folder.with_name("with")
    shutil.copytree(without.folder, folder)
    switched_on = Site(folder, options=("-D", "eventreports_subject_pages=1"))
    yield from built((switched_on, without), events, times)


def show(heads: Sequence[str], costs: Iterable[tuple[str, Cost, Cost]]) -> list[tuple[Cost, Cost]]:
    """Print a table of what costs how much on two sides, and return that."""
    columns = "{:30} {:>8} {:>8} {:>7} {:>9} {:>9} {:>7} {:>9} {:>9} {:>7}"
    units = [f"{head} {unit}" for unit in ("s", "CPU", "MiB") for head in heads[1:]]
    print(columns.format(heads[0], *units[:2], "ratio", *units[2:4], "ratio", *units[4:], "ratio"))
    found = []
    for what, one, other in costs:
        cells = [
            *_compared(one.seconds, other.seconds, 2),
            *_compared(one.cpu, other.cpu, 2),
            *_compared(one.memory, other.memory, 0),
        ]
        print(columns.format(what, *cells), flush=True)
        found.append((one, other))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", nargs="+", type=int, default=[100, 1000], metavar="N")
    parser.add_argument("--without-search", action="store_true")
    parser.add_argument("--subjects", action="store_true")
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    full: dict[int, tuple[Cost, Cost]] = {}
    for events in given.events:
        with tempfile.TemporaryDirectory() as name:
            with_search = not given.without_search
            ours = make_site(Path(name, "ours"), events, with_search=with_search)
            if given.subjects:
                show(
                    (f"{events} events", "with", "without"),
                    with_subjects(ours, events, given.times),
                )
                continue
            pairs = beside_plain(
                ours, Path(name, "plain"), events, given.times, with_search=with_search
            )
            costs = show((f"{events} events", "ours", "plain"), pairs)
            full[events] = costs[1]
            both = zip(*costs[:2], strict=True)
            parallel = [f"{one.seconds / serial.seconds:.2f}" for one, serial in both]
            print("-j 2 against one process: ours {}, plain {}\n".format(*parallel))
    if len(full) < 2:
        return
    few, many = min(full), max(full)
    ratios = [f"{full[many][side].cpu / many / (full[few][side].cpu / few):.2f}" for side in (0, 1)]
    print(f"CPU seconds a page, {many} events against {few}:", end=" ")
    print("ours {}, plain {}".format(*ratios))


def _compared(ours: float, plain: float, digits: int) -> tuple[str, str, str]:
    return f"{ours:.{digits}f}", f"{plain:.{digits}f}", f"{ours / plain:.2f}"


#: What is done to a site before a build, with what the table calls that build.
_EDITS: Final = {
    leave: "nothing to do",
    edit_notes: "a line of notes",
    edit_title: "a session's title",
}


if __name__ == "__main__":
    main()
