"""Random edits with builds between them, compared with builds from nothing.

    python tests/fuzz_builds.py [--edits 200] [--seed 1]

A site is edited at random: its data, notes, names, settings; things move, come and go. Between
the edits it is built by one builder or another, in one process or several, and some builds are
killed. From time to time every builder finishes its work, and what it has made is compared with
what a build from nothing makes of the same sources: each file, and what is reported. Where they
differ, the run ends with the seed, the step and as few steps as lead to a difference.

What is left out of the comparison is in ``LEFT_OUT`` and ``NOT_REPEATED``, with the reasons.
"""

import argparse
import contextlib
import importlib
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sphinx.cmd.build import build_main

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "_ext"))
EXTENSIONS: Final = ["myst_parser", "sphinx_design", "eventreports", "typstprint", "cjksearch"]

BUILDERS: Final = ("html", "text", "typstprint-src")
#: Files that may differ: the records of printed documents hold digests of paths and times; what
#: Sphinx wrote for other settings stays, and no page names it.
LEFT_OUT: Final = re.compile(
    r"typstprint-src/.*\.json|html/\.buildinfo\.bak|html/_static/translations\.js"
)
#: Warnings of Sphinx and MyST that they do not repeat until they read or write the page again; one
#: of contents has no type.
NOT_REPEATED: Final = re.compile(
    r"\[(ref|toc|image|misc|download)\.|\[myst\.xref_|toctree glob pattern"
)
#: A line that reports something: a warning, an error, or a hint of ours.
REPORTED: Final = re.compile(r"\b(WARNING|ERROR|CRITICAL): |\[event\.[\w-]+\]$")

CONF: Final = """\
import sys
sys.path.insert(0, {folder!r})
project = "Site"
copyright = "2020, the authors"
extensions = {extensions!r}
html_theme = "basic"
html_copy_source = False
exclude_patterns = ["_build"]
"""
#: A picture of one point.
PNG: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


# The site


@dataclass
class Session:
    id: str
    title: str
    speaker: str
    more: list[str] = field(default_factory=list)


@dataclass
class Event:
    name: str
    date: str
    sessions: list[Session]
    more: list[str] = field(default_factory=list)
    #: What stands in the file instead, where it cannot be read.
    broken: bytes | None = None

    def data(self) -> bytes:
        if self.broken is not None:
            return self.broken
        lines = [f"name: {self.name}", f"date: {self.date}", *self.more]
        lines += ["sessions:"] if self.sessions else []
        for one in self.sessions:
            lines += [f"  - id: {one.id}", f"    title: {one.title}"]
            lines += [f"    speakers: [{one.speaker}]", *(f"    {more}" for more in one.more)]
        return "".join(f"{line}\n" for line in lines).encode()


class Site:
    """What the sources are to be; ``write`` makes them so, and touches nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings: dict[str, Any] = {"language": "ja"}
        self.events: dict[str, Event] = {}
        self.pages: dict[str, list[str]] = {}
        self.files: dict[str, bytes] = {}
        self.registers: dict[str, list[str]] = {}
        self.moves: list[tuple[str, str]] = []
        self._number = 0
        for number in range(4):
            self.add_event(f"e{number}", 2020 + number % 2)
        self.pages["pages/one"] = ["# One", "See {event:session}`e1/s0` and [](#e0)."]
        self.pages["pages/two"] = ["# Two", "```{event:list}\n:limit: 3\n```"]
        views = ("list}\n:layout: table", "people}", "topics}", "slides}\n:limit: 3", "overview}")
        self.pages["pages/views"] = ["# Views", *(f"```{{event:{one}\n```" for one in views)]

    def fresh(self) -> int:
        """A number that nothing has been named by."""
        self._number += 1
        return self._number

    def add_event(self, name: str, year: int) -> None:
        sessions = [Session(f"s{n}", f"Talk {n} of {name}", f"Ann {name}") for n in range(2)]
        sessions.append(Session("s2", f"Talk 2 of {name}", "Ken Mori (ACME)", ["topics: [Go]"]))
        series = ["series: Days"]
        self.events[f"events/{name}"] = Event(name.upper(), f"{year}-03-04", sessions, series)
        notes = [f"# {name.upper()}", "```{event:info}\n```", "```{event:sessions}\n```"]
        notes += [f"## Talk 0 of {name}", "```{event:session} s0\n```", "### Notes", "Said."]
        self.pages[f"events/{name}/index"] = notes

    def tree(self) -> dict[str, bytes]:
        years = "events/years/index\n" if self.settings.get("eventreports_year_pages", True) else ""
        front = f"# Site\n\n```{{toctree}}\n:glob:\n\n{years}pages/*\n```\n"
        settings = "".join(f"{name} = {value!r}\n" for name, value in self.settings.items())
        conf = CONF.format(folder=str(ROOT / "_ext"), extensions=EXTENSIONS) + settings
        tree = {"conf.py": conf.encode(), "index.md": front.encode(), **self.files}
        for name, entries in self.registers.items():
            lines = [f"{name}:", *(f"  - {one}" for one in entries)]
            tree[f"events/{name}.yaml"] = "".join(f"{line}\n" for line in lines).encode()
        for folder, event in self.events.items():
            tree[f"{folder}/event.yaml"] = event.data()
        for docname, blocks in self.pages.items():
            tree[f"{docname}.md"] = ("\n\n".join(blocks) + "\n").encode()
        return tree

    def write(self) -> None:
        for old, new in self.moves:
            target = self.folder / new
            if (source := self.folder / old).exists() and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                source.rename(target)
        self.moves = []
        tree = self.tree()
        for path in sorted(self.folder.rglob("*"), reverse=True):
            name = path.relative_to(self.folder).as_posix()
            if name.startswith(("events/years", "_build")):
                continue
            if path.is_file() and name not in tree:
                path.unlink()
            elif path.is_dir() and not any(path.iterdir()):
                path.rmdir()
        for name, content in tree.items():
            path = self.folder / name
            if not path.is_file() or path.read_bytes() != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)


# Edits: each a function of the site and of numbers that are the same in each run

Edit = Callable[[Site, random.Random], None]
EDITS: list[Edit] = []


def edit(function: Edit) -> Edit:
    EDITS.append(function)
    return function


def _event(site: Site, rng: random.Random) -> Event:
    return site.events[rng.choice(sorted(site.events))]


def _session(site: Site, rng: random.Random) -> Session:
    return rng.choice([one for event in site.events.values() for one in event.sessions])


def _page(site: Site, rng: random.Random) -> list[str]:
    return site.pages[rng.choice(sorted(site.pages))]


def _any_target(site: Site, rng: random.Random) -> str:
    """An event or a session that may be there, or may come."""
    name = rng.choice([*site.events, "events/e1", "events/e8"]).rpartition("/")[2]
    return rng.choice([name, f"{name}/s{rng.randrange(4)}", f"{name}/s1", "nowhere", "nowhere/s1"])


@edit
def rename_event(site: Site, rng: random.Random) -> None:
    _event(site, rng).name = f"Event {rng.randrange(100)}"


@edit
def move_in_time(site: Site, rng: random.Random) -> None:
    dates = ["2019-01-01", "2020-05-06", "2021-07-08", "2022", "2020-02-30", "soon"]
    _event(site, rng).date = rng.choice(dates)


@edit
def rename_session(site: Site, rng: random.Random) -> None:
    _session(site, rng).title = f"Title {rng.randrange(100)}"


@edit
def change_speaker(site: Site, rng: random.Random) -> None:
    known = ["Bob (ACME)", "Ken Mori, Ken Morri", "TODO", "Zoë", "Ann e0", "Ann e1, Ken Mori"]
    known += ["{name: Bob, affiliation: Example}", "Mori Ken (ACME), Zoë"]
    _session(site, rng).speaker = rng.choice(known)


@edit
def change_session_id(site: Site, rng: random.Random) -> None:
    session = _session(site, rng)
    old, session.id = session.id, f"s{rng.randrange(6)}"
    if rng.random() < 0.5:
        session.more.append(f"old_ids: [{old}]")


@edit
def order_sessions(site: Site, rng: random.Random) -> None:
    rng.shuffle(_event(site, rng).sessions)


@edit
def add_session(site: Site, rng: random.Random) -> None:
    number = rng.randrange(6)
    _event(site, rng).sessions.append(Session(f"s{number}", f"More {number}", "Eve"))


@edit
def remove_session(site: Site, rng: random.Random) -> None:
    event = _event(site, rng)
    if len(event.sessions) > 1:
        event.sessions.pop(rng.randrange(len(event.sessions)))


@edit
def add_to_session(site: Site, rng: random.Random) -> None:
    name = rng.choice(["talk.pdf", "photo.png", "Talk.pdf", "../e1/talk.pdf"])
    said = ["slides: https://example.com/x", "room: A", "strat: 9:00", "description: Some *text*."]
    said += ["topics: [Go, a]", "topics: [b]", "visibility: internal"]
    _session(site, rng).more = [rng.choice([f"slides: {name}", *said])]


@edit
def add_to_event(site: Site, rng: random.Random) -> None:
    said = ["nmae: X", "tags: {", "topics: [a, b]", "tagline: &x y", "venue: Hall (Tokyo)"]
    said += ["sponsors: [{name: S, logo: photo.png}]", "reporters: [Ann 0, Ann 1]"]
    said += ["series: Days", "series: Nights", "organizers: [ACME, Ann 0]", "visibility: internal"]
    ids = [f"id: e{rng.randrange(6)}", f"old_ids: [e{rng.randrange(6)}]"]
    _event(site, rng).more = [rng.choice([*said, *ids])]


REGISTERS: Final = {
    "people": [
        "{name: Bob, aliases: [Zoë], description: Some *text*.}",
        "{name: {en: Ann e0, ja: アン}, id: ann, reading: あん, image: face.png}",
        "{name: Ann, aliases: [Ann e1], old_ids: [ann-e1], url: https://example.com/ann}",
        "{name: Ken Mori, at: [e1, e2/s0]}",
        "{name: Eve, links: [{url: https://example.com/eve, visibility: internal}]}",
        "{nmae: Eve}",
    ],
    "organizations": ["{name: ACME, aliases: [Example], image: face.png}", "S", "{name: Example}"],
    "topics": ["{name: Go, aliases: [a], parents: [b]}", "{name: b, old_ids: [bb]}", "a"],
    "series": ["{name: Days, aliases: [Nights]}", "{name: Days, id: d, old_ids: [days]}"],
}


@edit
def write_register(site: Site, rng: random.Random) -> None:
    name = rng.choice(sorted(REGISTERS))
    entries = site.registers.setdefault(name, [])
    entries.append(rng.choice(REGISTERS[name]))


@edit
def remove_register(site: Site, rng: random.Random) -> None:
    if site.registers:
        del site.registers[rng.choice(sorted(site.registers))]


@edit
def refer_to_subject(site: Site, rng: random.Random) -> None:
    roles = ["person}`Bob`", "person}`ann`", "person}`Ann e1`", "topic}`Go`", "topic}`bb`"]
    roles += ["organization}`ACME`", "series}`Days`", "person}`Nobody`"]
    _page(site, rng).append(f"See {{event:{rng.choice(roles)}.")


@edit
def break_file(site: Site, rng: random.Random) -> None:
    broken = [b"- a list\n", b"", "name: 会議\n".encode("shift_jis"), b"name: [\n", b"a: b: c\n"]
    _event(site, rng).broken = rng.choice(broken)


@edit
def fix_files(site: Site, rng: random.Random) -> None:
    for event in site.events.values():
        event.broken = None


@edit
def add_file(site: Site, rng: random.Random) -> None:
    folder = rng.choice([*site.events, "pages"])
    site.files[f"{folder}/talk.pdf"] = b"%PDF" + b"x" * rng.randrange(5_000_000)
    site.files[f"{folder}/photo.png"] = PNG + bytes([rng.randrange(9)])
    site.files["events/face.png"] = PNG + bytes([rng.randrange(9)])


@edit
def remove_file(site: Site, rng: random.Random) -> None:
    if site.files:
        del site.files[rng.choice(sorted(site.files))]


@edit
def write_notes(site: Site, rng: random.Random) -> None:
    page, number = _page(site, rng), rng.randrange(100)
    page.append(rng.choice([f"Said {number}.", f"## Part {number}", "### Notes"]))


@edit
def refer(site: Site, rng: random.Random) -> None:
    target = _any_target(site, rng)
    role = "session" if "/" in target else "event"
    link = rng.choice([f"{{event:{role}}}`{target}`", f"[](#{target})", f"[words](#{target})"])
    _page(site, rng).append(f"See {link}.")


@edit
def show(site: Site, rng: random.Random) -> None:
    event = _any_target(site, rng).partition("/")[0]
    session = f"s{rng.randrange(5)}"
    directives = [
        f"## Heading {rng.randrange(9)}\n\n```{{event:session}} {session}\n```",
        f"## Talk\n\n```{{event:session}} {session}\n:event: {event}\n```",
        f"```{{event:sessions}}\n:event: {event}\n```",
        f"```{{event:sessions}}\n:only: {session}, s9\n```",
        f"```{{event:info}}\n:event: {event}\n:fields: name, nmae\n```",
        f"```{{event:sponsors}}\n:event: {event}\n```",
        f"```{{event:schedule}}\n:event: {event}\n:rooms: A\n```",
        "```{event:list}\n:year: 2020\n```",
        "```{event:list}\n:yaer: 2020\n```",
        f"```{{event:list}}\n:reporter: Ann {event}\n:topic: Go\n```",
        "```{event:people}\n:year: 2020, 2021\n```",
        "```{event:slides}\n:year: 2021\n```",
        "```{event:slides}\n```",
        "```{event:files}\n```",
        "![Photo](photo.png)",
        "{unknown-role}`x`",
        "{numref}`photo`",
    ]
    _page(site, rng).append(rng.choice(directives))


@edit
def take_out(site: Site, rng: random.Random) -> None:
    page = _page(site, rng)
    if len(page) > 1:
        page.pop(rng.randrange(1, len(page)))


@edit
def change_heading(site: Site, rng: random.Random) -> None:
    _page(site, rng)[0] = f"# Heading {rng.randrange(100)}"


@edit
def add_page(site: Site, rng: random.Random) -> None:
    name = f"p{rng.randrange(5)}"
    site.pages[f"pages/{name}"] = [f"# Page {name}", "Text."]


@edit
def add_page_to_event(site: Site, rng: random.Random) -> None:
    folder, name = rng.choice(sorted(site.events)), f"n{rng.randrange(3)}"
    reporter = rng.choice(["", f"---\nreporter: Ann {rng.randrange(3)}\n---\n\n"])
    points = rng.choice([[f"- {rng.randrange(9)}"], []])
    notes = ["## Talk 0", "```{event:session} s0\n```", "### Points", *points]
    page = [f"{reporter}# Notes {name}", "```{event:session} s1\n```", *notes]
    site.pages[f"{folder}/{name}"] = page
    index = site.pages.get(f"{folder}/index")
    if index and rng.random() < 0.7:
        index.append(f"```{{toctree}}\n{name}\n```")


@edit
def remove_page(site: Site, rng: random.Random) -> None:
    if len(site.pages) > 1:
        del site.pages[rng.choice(sorted(site.pages))]


@edit
def move_page(site: Site, rng: random.Random) -> None:
    old = rng.choice(sorted(site.pages))
    new = rng.choice([f"pages/p{rng.randrange(5)}", f"{rng.choice(sorted(site.events))}/index"])
    if new not in site.pages:
        site.pages[new] = site.pages.pop(old)
        site.moves.append((f"{old}.md", f"{new}.md"))


@edit
def swap_pages(site: Site, rng: random.Random) -> None:
    """Of files that are renamed the times stay."""
    one, other = rng.sample(sorted(site.pages), 2)
    site.pages[one], site.pages[other] = site.pages[other], site.pages[one]
    site.moves += [(f"{one}.md", "x.md"), (f"{other}.md", f"{one}.md"), ("x.md", f"{other}.md")]


@edit
def add_event(site: Site, rng: random.Random) -> None:
    name = f"e{rng.randrange(8)}"
    if f"events/{name}" not in site.events and len(site.events) < 7:
        site.add_event(name, rng.randrange(2019, 2023))


@edit
def remove_event(site: Site, rng: random.Random) -> None:
    if len(site.events) > 2:
        folder = rng.choice(sorted(site.events))
        del site.events[folder]
        for known in (site.pages, site.files):
            for name in [one for one in known if one.startswith(f"{folder}/")]:
                del known[name]


@edit
def move_event(site: Site, rng: random.Random) -> None:
    old = rng.choice(sorted(site.events))
    new = f"events/{rng.choice(['', 'more/'])}e{rng.randrange(9)}"
    if new in site.events or any(one.startswith(f"{new}/") for one in site.pages):
        return
    site.events[new] = site.events.pop(old)
    site.moves.append((old, new))
    known: Any
    for known in (site.pages, site.files):
        for name in [one for one in known if one.startswith(f"{old}/")]:
            known[f"{new}{name.removeprefix(old)}"] = known.pop(name)


@edit
def add_inner_event(site: Site, rng: random.Random) -> None:
    outer = rng.choice([one for one in sorted(site.events) if one.count("/") < 3])
    site.events.setdefault(f"{outer}/sub", Event("Inner", "2020-09-09", [Session("s1", "I", "J")]))


@edit
def change_setting(site: Site, rng: random.Random) -> None:
    settings: list[tuple[str, list[Any]]] = [
        ("language", ["ja", "en"]),
        ("project", ["Site", "Another"]),
        ("release", ["1", "2"]),
        ("nitpicky", [True, False]),
        ("suppress_warnings", [[], ["event.date"], ["event.unknown-event"], ["myst"]]),
        ("eventreports_year_pages", [True, False]),
        ("eventreports_subject_pages", [True, True, False]),
        ("eventreports_audience", ["public", "internal"]),
        ("eventreports_languages", [[], ["en"]]),
        ("eventreports_note_kinds", [{"notes": ["Notes"]}, {"points": ["Notes", "Part"]}]),
        ("eventreports_handouts", [["full"], ["summary"], ["full", "summary"], []]),
        ("typstprint_show_urls", ["inline", "no", "footnote"]),
        ("cjksearch_synonyms", [[["a", "b"]], []]),
        ("cjksearch_filters", [{}, {"level": "Level"}]),
        ("exclude_patterns", [["_build"], ["_build", "events/e1"], ["_build", "pages/one*"]]),
    ]
    name, values = rng.choice(settings)
    site.settings[name] = rng.choice(values)


# Steps


@dataclass(frozen=True)
class Step:
    """An edit (by its number, with the seed of its own choices) or a build."""

    kind: str
    seed: int = 0
    builder: str = ""
    jobs: int = 1
    #: The signal that ends the build, after how many files are opened to be written.
    ended_by: int = 0
    after: int = 0

    def __str__(self) -> str:
        if self.kind != "build":
            return f"{self.kind}({self.seed})"
        build = f"build {self.builder} -j {self.jobs}"
        if not self.ended_by:
            return build
        return f"{build}, {signal.Signals(self.ended_by).name} at file {self.after}"


def steps(seed: int, edits: int) -> Iterator[Step]:
    rng = random.Random(seed)
    for _number in range(edits):
        yield Step(rng.choice(EDITS).__name__, rng.randrange(10_000))
        if rng.random() < 0.4:
            ended_by = rng.choice([0, 0, signal.SIGKILL, signal.SIGINT])
            after = int(1.06 ** rng.randrange(90)) if ended_by else 0
            yield Step("build", 0, rng.choice(BUILDERS), rng.choice([1, 1, 2, 4]), ended_by, after)


# Builds


@dataclass(frozen=True)
class Work:
    """Where a site is built."""

    source: Path
    built: Path

    def build(self, builder: str, jobs: int = 1, ended_by: int = 0, after: int = 0) -> list[str]:
        """Build in a process of its own; the lines that it says."""
        self.built.mkdir(parents=True, exist_ok=True)
        log = self.built / f"{builder}.log"
        log.write_bytes(b"")
        reading, writing = os.pipe()
        process = os.fork()
        if not process:
            os.setsid()
            _build(self, builder, jobs, log, writing, after if ended_by else 0)
        os.close(writing)
        if os.read(reading, 1):
            time.sleep(0.002 * (after % 5))
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process, ended_by)
        os.close(reading)
        _process, status = os.waitpid(process, 0)
        if ended_by == signal.SIGKILL:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process, ended_by)
        if not ended_by and os.waitstatus_to_exitcode(status):
            raise SystemExit(f"the build ended with {status}: {log.read_text('utf-8')}")
        text = re.sub(r"\x1b\[[0-9;]*m", "", log.read_text("utf-8", "replace"))
        return text.replace(str(self.source), "").splitlines()

    def tree(self, builder: str) -> dict[str, bytes]:
        folder = self.built / builder
        files = (path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _build(work: Work, builder: str, jobs: int, log: Path, writing: int, after: int) -> None:
    """What the process of a build does; it says when it opens a file for the last time."""
    opened = 0

    def count(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal opened
        if event == "open" and set("wax+") & set(str(arguments[1] or "")):
            opened += 1
            if opened == after:
                os.write(writing, b".")

    code = 70
    try:
        said = os.open(log, os.O_RDWR | os.O_APPEND)
        for stream in (0, 1, 2):
            os.dup2(said, stream)
        if after:
            sys.addaudithook(count)
        where = [str(work.source), str(work.built / builder)]
        options = ["-b", builder, "-d", str(work.built / "doctrees"), "-j", str(jobs)]
        code = build_main([*options, *where])
    finally:
        os._exit(code)


def load() -> None:
    """Load what all builds need, once: their processes have it then."""
    for name in (*EXTENSIONS, "sphinx.builders.html", "sphinx.builders.text"):
        importlib.import_module(name)
    for name in ("eventreports.sphinx", "typstprint", "cjksearch"):
        importlib.import_module(f"{name}.extension")


def differences(built: Work, fresh: Work) -> list[str]:
    """What differs between the work of many builds and that of one from nothing."""
    found = []
    shutil.rmtree(fresh.built, ignore_errors=True)
    shutil.rmtree(fresh.source, ignore_errors=True)
    ignored = shutil.ignore_patterns("years", "_build")
    shutil.copytree(built.source, fresh.source, ignore=ignored)
    for builder in BUILDERS:
        warned = [sorted(_lasting(work.build(builder))) for work in (built, fresh)]
        if warned[0] != warned[1]:
            found += [f"{builder}: only with builds before: {one}" for one in _more(*warned)]
            found += [f"{builder}: only from nothing: {one}" for one in _more(*warned[::-1])]
        trees = [work.tree(builder) for work in (built, fresh)]
        for name in sorted({*trees[0], *trees[1]}):
            one, other = trees[0].get(name), trees[1].get(name)
            if other is None and os.environ.get("FUZZ_LEFT"):
                continue
            if one != other and not LEFT_OUT.fullmatch(f"{builder}/{name}"):
                found.append(f"{builder}/{name}: {_how(one, other)}")
    return found


def _lasting(lines: Iterable[str]) -> list[str]:
    return [one for one in lines if REPORTED.search(one) and not NOT_REPEATED.search(one)]


def _more(some: Sequence[str], others: Sequence[str]) -> list[str]:
    rest = list(others)
    return [one for one in some if one not in rest or rest.remove(one)]  # type: ignore[func-returns-value]


def _how(one: bytes | None, other: bytes | None) -> str:
    if one is None or other is None:
        return "is missing" if one is None else "is left over"
    lines = zip([*one.splitlines(), b""], [*other.splitlines(), b""], strict=False)
    first = next(((a, b) for a, b in lines if a != b), (b"", b""))
    at = next((n for n, (a, b) in enumerate(zip(*first, strict=False)) if a != b), 0)
    return " is other than ".join(repr(line[max(at - 60, 0) : at + 80]) for line in first)


def run(folder: Path, planned: Sequence[Step], every: int, say: Callable[[str], None]) -> int:
    """Do the steps; the number of the last one when something differs, else -1."""
    shutil.rmtree(folder, ignore_errors=True)
    source = folder / "site"
    source.mkdir(parents=True)
    site, work = Site(source), Work(source, folder / "built")
    fresh = Work(folder / "fresh", folder / "fresh-built")
    site.write()
    edits = {function.__name__: function for function in EDITS}
    since = 0
    for number, step in enumerate(planned):
        if step.kind == "build":
            site.write()
            work.build(step.builder, step.jobs, step.ended_by, step.after)
        else:
            edits[step.kind](site, random.Random(step.seed))
            since += 1
        if since >= every or number == len(planned) - 1:
            since = 0
            site.write()
            if found := differences(work, fresh):
                say(f"after step {number} ({step}) differ:")
                for line in found[:20]:
                    say(f"  {line}")
                return number
            say(f"after step {number}: no file differs")
    return -1


def shrink(folder: Path, failing: list[Step], seconds: float) -> list[Step]:
    """As few of the steps as still make a difference, as far as the time allows."""
    ends = time.monotonic() + seconds
    size = len(failing) // 2
    while size:
        at = 0
        while at < len(failing) and time.monotonic() < ends:
            fewer = failing[:at] + failing[at + size :]
            if fewer and run(folder, fewer, len(fewer) + 1, lambda _line: None) >= 0:
                failing = fewer
            else:
                at += size
        size //= 2
    return failing


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=8, help="edits between comparisons")
    parser.add_argument("--shrink", type=float, default=300, help="seconds to look for fewer steps")
    parser.add_argument("--keep", type=Path, help="a folder to work in, which is kept")
    options = parser.parse_args()
    os.environ["SOURCE_DATE_EPOCH"] = "1524096000"
    load()
    planned = list(steps(options.seed, options.edits))
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or Path(name)
        failed = run(folder, planned, options.every, print)
        if failed < 0:
            print(f"seed {options.seed}: {options.edits} edits, no difference")
            return 0
        print(f"seed {options.seed}, step {failed}; looking for fewer steps")
        for step in shrink(folder, planned[: failed + 1], options.shrink):
            print(f"  {step}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
