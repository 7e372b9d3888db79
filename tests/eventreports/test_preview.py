"""Faults on the page of whoever previews it, and what a site with faults is like for all others."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import textwrap
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from docutils import nodes

import eventreports
from conftest import Built, Site
from editors import problems_after_builds
from make import preview_command

PACKAGES = Path(eventreports.__file__).parents[1]
PAGE = "events/conf/index"

FACTS = """\
name: Conf
date: soon
organizers: [Users Group, Users Group]
sponsors:
  - name: Example Inc.
    url: www.example.com
sessions:
  - id: edge
    title: At the Edge
    start: ten
    speakers:
      - name: Ken Mori
        url: ken
  - id: cloud
    title: In the Cloud
    start: 14:00
  - id: fog
    titel: In the Fog
capasity: 120
files:
  - name: map.png
    date: yesterday
  - gone.pdf
"""
NOTES = """\
# Report

```{event:info}
```

## Sponsors

```{event:sponsors}
```

## At the Edge

```{event:session} edge
```

Notes of the edge.

## In the Cloud

```{event:session} cloud
```

Notes of the cloud.

## In the Fog

```{event:session} fog
```

## Files

```{event:files}
```
"""
#: The lines of the faults, by the section that they are about.
ABOUT = {
    "Report": [2, 3, 6, 19],
    "Sponsors": [3, 6],
    "At the Edge": [10, 13],
    "In the Fog": [18],
    "Files": [22, 23],
}


def faults_by_section(built: Built, docname: str = PAGE) -> dict[str, list[int]]:
    """The lines of the faults that a page shows, by the heading of the section around them."""
    found: dict[str, list[int]] = {}
    for message in built.doctree(docname).findall(nodes.system_message):
        around = message.parent
        while not isinstance(around, nodes.section):
            around = around.parent
        assert message["source"] == "events/conf/event.yaml"
        found.setdefault(around[0].astext(), []).append(message["line"])
    return {heading: sorted(lines) for heading, lines in found.items()}


def words_of(built: Built, docname: str = PAGE) -> str:
    """A page's words, on one line."""
    page = re.sub(r"<(script|style).*?</\1>", "", built.text(f"{docname}.html"), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def event_lines(warnings: list[str]) -> list[int]:
    return sorted(int(line) for line in re.findall(r"event\.yaml:(\d+):", "\n".join(warnings)))


# On the page


def test_a_fault_shows_at_the_place_that_it_is_about(site: Site) -> None:
    site.event("conf", FACTS, NOTES)
    built = site.build(keep_warnings=True)
    assert faults_by_section(built) == ABOUT
    every_line = {line for lines in ABOUT.values() for line in lines}
    assert {*event_lines(built.warnings)} == every_line


def test_a_fault_shows_with_its_place_its_words_and_its_code(site: Site) -> None:
    site.event("conf", FACTS, NOTES)
    words = words_of(site.build(keep_warnings=True))
    assert (
        "System Message: WARNING/2 (events/conf/event.yaml, line 2) "
        "date: “soon” is no date; write 2018-04-19, 2018-04 or 2018; a wording of your own goes "
        "into “date_text: soon” [event.date]"
    ) in words
    assert "“capacity”?); it is read as such [event.unknown-key]" in words


def test_a_fault_stands_below_the_facts(site: Site) -> None:
    site.event("conf", FACTS, NOTES)
    words = words_of(site.build(keep_warnings=True))
    order = ["Ken Mori", "event.yaml, line 10", "Notes of the edge.", "14:00", "Notes of the cloud"]
    places = [words.index(word) for word in order]
    assert places == sorted(places)


def test_all_of_a_report_at_once_shows_each_fault_once(site: Site) -> None:
    site.event("conf", FACTS)
    found = faults_by_section(site.build(keep_warnings=True))
    assert found == {"開催情報": [2, 3, 6, 19], "セッション": [10, 13, 18], "ファイル": [22, 23]}


@pytest.mark.parametrize(
    ("directive", "lines"),
    [
        ("event:sessions", [10, 13, 18]),
        ("event:session} edge", [10, 13]),
        ("event:session} cloud", []),
        ("event:slides", []),
        ("event:list", []),
        ("event:info}\n:event: other", []),
        ("event:report}\n:event: other", []),
        ("event:files", [22, 23]),
        ("event:report}\n:parts: sponsors, files", [3, 6, 22, 23]),
    ],
)
def test_a_place_shows_the_faults_of_what_it_shows(
    site: Site, directive: str, lines: list[int]
) -> None:
    opening = directive if "}" in directive else directive + "}"
    site.event("other", "name: Other\n")
    site.event("conf", FACTS, f"# Report\n\n```{{{opening}\n```\n")
    found = faults_by_section(site.build(keep_warnings=True))
    assert sorted(line for shown in found.values() for line in shown) == lines


def test_a_session_s_fault_shows_wherever_the_session_does(site: Site) -> None:
    page = "# Notes\n\n## Edge\n\n```{event:session} edge\n:event: conf\n```\n"
    site.event("conf", FACTS, NOTES)
    site.write({"other.md": f"---\norphan: true\n---\n{page}"})
    assert faults_by_section(site.build(keep_warnings=True), "other") == {"Edge": [10, 13]}


SPELLINGS = {
    "one a line": """
        sessions:
          - {id: edge, title: A, start: ten}
          - {id: cloud, title: B}
          - {id: fog, title: C}
        """,
    "all on a line": """
        sessions: [{id: edge, title: A, start: ten}, {id: cloud, title: B}, {id: fog, title: C}]
        """,
    "without indentation": """
        sessions:
        - id: edge
          start: ten
          title: A
        - id: cloud
          title: B
        - {id: fog, title: C}
        """,
    "the last of all": """
        sessions:
          - {id: cloud, title: B}
          - {id: fog, title: C}
          - id: edge
            title: A
            start: ten""",
    "with comments": """
        sessions:
          - id: edge
            title: A
            # Of the morning
            start: ten

          # Of the evening
          - id: cloud
            title: B
          - {id: fog, title: C}
        """,
    "a text that needs quotes": """
        sessions:
          - id: edge
            title: A
            speakers: Ken: Mori
          - {id: cloud, title: B}
          - {id: fog, title: C}
        """,
    "a bracket that is not closed": """
        sessions:
          - title: A
            id: edge
            topics: [A
          - {id: cloud, title: B}
          - {id: fog, title: C}
        """,
}


@pytest.mark.parametrize("sessions", SPELLINGS.values(), ids=SPELLINGS)
def test_a_fault_is_that_of_its_own_session_however_it_is_written(
    site: Site, sessions: str
) -> None:
    site.event("conf", "name: Conf\n" + textwrap.dedent(sessions), NOTES)
    found = faults_by_section(site.build(keep_warnings=True))
    assert [*found] == ["At the Edge"]


def test_of_a_file_that_holds_no_event_each_place_says_so(site: Site) -> None:
    """Also where nobody previews: there is nothing else to show."""
    site.event("conf", "- a list\n", NOTES)
    for keep in (True, False):
        words = words_of(site.build(keep_warnings=keep))
        assert "events/conf/event.yaml:1:1" in words
        assert "Notes of the edge." in words


def test_a_fixed_fault_leaves_the_page(site: Site) -> None:
    site.event("conf", FACTS, NOTES)
    assert 10 in faults_by_section(site.build(keep_warnings=True))["At the Edge"]
    site.event("conf", FACTS.replace("start: ten", "start: 10:00"), NOTES)
    built = site.build(keep_warnings=True)
    assert faults_by_section(built)["At the Edge"] == [13]
    assert "10:00" in words_of(built)


@pytest.mark.slow
@pytest.mark.parametrize(
    "builder", ["html", "dirhtml", "singlehtml", "latex", "text", "man", "epub", "xml"]
)
def test_every_builder_can_show_them_and_says_nothing_more(site: Site, builder: str) -> None:
    site.event("conf", FACTS, NOTES)
    quiet = len(site.build(builder).warnings)
    built = site.build(builder, keep_warnings=True)
    assert len(built.warnings) == quiet == len(event_lines(built.warnings))


# Not on the page


def test_on_the_site_itself_there_is_nothing_of_it(site: Site) -> None:
    site.event("conf", FACTS, NOTES)
    built = site.build()
    assert faults_by_section(built) == {}
    words = words_of(built)
    for word in ("[event.", "event.yaml", "System Message", "soon"):
        assert word not in words
    for word in ("Users Group", "Example Inc.", "Ken Mori", "14:00", "map.png", "Notes of the"):
        assert word in words


def test_hints_neither_show_nor_warn(site: Site) -> None:
    facts = "name: Conf\nsupporters: [Docker Tokyo]\nsponsors: [Docker Tokio]\n"
    site.event("conf", facts)
    built = site.build(keep_warnings=True)
    assert built.warnings == []
    assert faults_by_section(built) == {}
    assert "[event.similar-name]" in built.app.status.getvalue()
    assert "similar-name" not in words_of(built)


def test_a_fault_costs_nothing_but_itself(site: Site) -> None:
    site.event("conf", FACTS, NOTES)
    site.event("other", "name: Other\ndate: 2020-02-02\nsessions: [Talk]\n")
    built = site.build()
    reported = event_lines(built.warnings)
    assert len(built.warnings) == len(reported)
    words = words_of(built)
    for word in ("At the Edge", "Notes of the edge.", "In the Cloud", "Notes of the cloud."):
        assert word in words
    assert "Talk" in words_of(built, "events/other/index")
    assert "Other" in words_of(built, "events/years/2020")
    assert "Conf" in words_of(built, "events/years/undated")


def test_a_warning_is_a_line_with_its_place(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site.folder)
    site.event("conf", FACTS, NOTES)
    for warning in site.build().warnings:
        assert re.fullmatch(
            r"events/conf/event\.yaml:\d+:\d+: WARNING: .+ \[event\.[a-z-]+\]", warning
        )


# As people run it


def python(*arguments: str) -> list[str]:
    return [sys.executable, "-m", *arguments]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(PACKAGES), "PYTHONUTF8": "1", "NO_COLOR": "1"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("facts", "status", "codes"),
    [
        ("name: Conf\ndate: soon\nurl: www\n", 1, {"date", "url"}),
        ("name: Conf\nsupporters: [Docker Tokyo]\nsponsors: [Docker Tokio]\n", 0, set[str]()),
    ],
    ids=["faults", "a hint"],
)
def test_faults_fail_a_strict_build_and_hints_do_not(
    site: Site, facts: str, status: int, codes: set[str]
) -> None:
    site.event("conf", facts)
    site.write({"index.md": "# Site\n\n```{toctree}\nevents/years/index\n```\n"})
    command = python("sphinx", "-W", "--keep-going", "-D", "language=ja", ".", "_build")
    done = subprocess.run(
        command,
        cwd=site.folder,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == status, done.stderr
    assert {*re.findall(r"WARNING: .*\[event\.([a-z-]+)\]", done.stderr)} == codes
    assert "conf" in (site.folder / "_build" / f"{PAGE}.html").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ja"])
def test_an_editor_shows_all_that_a_build_says_at_its_place(site: Site, language: str) -> None:
    facts = "name: Conf\ndate: soon\nsupporters: [Docker Tokyo]\nsponsors: [Docker Tokio]\n"
    site.event("conf", facts, "# Conf\n\n```{event:info}\n```\n\n```{event:nosuch}\n```\n")
    site.write({"index.md": "# Site\n\n```{toctree}\nevents/years/index\n```\n"})
    site.write({"lost.md": "# In no toctree\n"})
    done = subprocess.run(
        # As in a terminal, warnings stand between what else is said.
        [sys.executable, "-u", "-m", "sphinx", "-D", f"language={language}", ".", "_build"],
        cwd=site.folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    run = f"[sphinx-autobuild] > python\n{done.stdout}\n[sphinx-autobuild] Serving on http://a\n"
    (shown,) = problems_after_builds(run)
    # What is wrong with data is named by the folder of the project, pages by their whole paths.
    root = Path(os.path.realpath(site.folder))
    assert [(root / one.file, *one[1:-1]) for one in shown] == [
        (root / "events/conf/event.yaml", 2, 7, "warning", "event.date"),
        (root / "events/conf/event.yaml", 4, 12, "info", "event.similar-name"),
        (root / "events/conf/index.md", 6, 0, "warning", "event.directive"),
        (root / "lost.md", 0, 0, "warning", "toc.not_included"),
    ]
    of_data = " ".join(one.message for one in shown[:3])
    assert bool(re.search("[ぁ-ん]", of_data)) == (language == "ja")
    assert of_data.count("[") == of_data.count("WARNING") == 0


#: Seconds to wait for what a page shows: what a busy machine may take, not what it does.
PATIENCE = 90


@contextmanager
def running(command: list[str], folder: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process and its children, all of which end."""
    with (
        log.open("wb") as said,
        subprocess.Popen(
            command,
            cwd=folder,
            env=environment(),
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@dataclass
class Preview:
    """A page that is served, as long as its server runs."""

    url: str
    server: subprocess.Popen[bytes]
    log: Path

    def wait_until(self, is_there: Callable[[str], bool]) -> None:
        self._wait(self._page, is_there)

    def wait_until_said(self, words: str) -> None:
        """In the terminal."""
        self._wait(lambda: self.log.read_text(encoding="utf-8"), lambda said: words in said)

    def wait_until_an_editor_shows(self, codes: list[str]) -> None:
        """That is, after the last build."""

        def is_shown(said: str) -> bool:
            shown = [*problems_after_builds(said)]
            return [problem.code for problem in shown[-1]] == codes

        self._wait(lambda: self.log.read_text(encoding="utf-8"), is_shown)

    def _wait(self, read: Callable[[], str], is_there: Callable[[str], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not is_there(page := read()):
            said = self.log.read_text(encoding="utf-8")
            assert self.server.poll() is None, said
            assert time.monotonic() < deadline, f"{said}\n{page}"
            time.sleep(0.1)

    def _page(self) -> str:
        try:
            with urllib.request.urlopen(self.url, timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except (OSError, http.client.HTTPException):
            return ""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="process groups are those of Unix")
def test_a_preview_shows_an_edit_without_a_restart(site: Site, tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    facts = "name: Conf\ndate: 2018-04-19\n"
    site.event("conf", facts)
    site.write({"index.md": "# Site\n\n```{toctree}\nevents/years/index\n```\n"})
    command = [sys.executable, *preview_command("_build"), "--port", str(port)]
    with running(command, site.folder, log) as server:
        preview = Preview(f"http://127.0.0.1:{port}/{PAGE}.html", server, log)
        preview.wait_until(lambda page: "2018" in page)
        site.event("conf", facts.replace("2018", "2019"))
        preview.wait_until(lambda page: "2019" in page and "2018" not in page)
        site.event("conf", f"{facts}capasity: 120\n")
        preview.wait_until(lambda page: "event.unknown-key" in page and "2018" in page)
        preview.wait_until_an_editor_shows(["event.unknown-key"])
        site.event("conf", f"{facts}capacity: 120\n")
        preview.wait_until(lambda page: "120" in page and "event.unknown-key" not in page)
        preview.wait_until_an_editor_shows([])
    said = log.read_text(encoding="utf-8")
    assert "Detected changes" in said
    assert (site.folder / ".vscode" / "sessions.code-snippets").is_file()
    # What a build itself writes is no reason to build again.
    assert "events/years" not in "".join(re.findall(r"Detected changes \((.*)\)", said))
    # Whatever is served is for readers.
    kept = {path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*.doctree")}
    assert kept
    assert all(path.startswith("_build/preview/doctrees/") for path in kept)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="process groups are those of Unix")
def test_a_preview_says_that_a_build_failed_and_goes_on(site: Site, tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    site.write({"index.md": "# Before\n"})
    conf = (site.folder / "conf.py").read_text(encoding="utf-8")
    command = [sys.executable, *preview_command("_build"), "--port", str(port)]
    with running(command, site.folder, log) as server:
        preview = Preview(f"http://127.0.0.1:{port}/index.html", server, log)
        preview.wait_until(lambda page: "Before" in page)
        site.write({"conf.py": f"{conf}\nraise ValueError\n", "index.md": "# After\n"})
        preview.wait_until_said("exit code: 2")
        site.write({"conf.py": conf})
        preview.wait_until(lambda page: "After" in page)
