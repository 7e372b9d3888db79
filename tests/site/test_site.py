"""The site that ships, and the report that it was made for."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from building import sphinx_build
from conftest import ROOT
from copies import REPORT, copy_events, copy_site

pytestmark = pytest.mark.slow


def sphinx(folder: Path, builder: str, *options: str) -> Path:
    """Build in ``folder`` as people do; any warning fails."""
    # A folder for each kind of output: what one build leaves is no part of another.
    outdir = folder / "_build" / "-".join((builder, *options)).replace("/", "-")
    # In another language all is read anew, and for gettext, which has other transforms.
    kind = "gettext" if builder == "gettext" else "en" if "language=en" in options else "ja"
    doctrees = folder / "_build" / f"doctrees-{kind}"
    sphinx_build("-W", "-b", builder, "-d", doctrees, *options, folder, outdir)
    return outdir


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_site(tmp_path_factory.mktemp("shipped") / "site")


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Path:
    """A site of the original's transcription in the stead of our report."""
    folder = copy_events(tmp_path_factory.mktemp("seed") / "site", Path(REPORT).name)
    shutil.rmtree(folder / REPORT)
    shutil.copytree(shared / "seed" / Path(REPORT).name, folder / REPORT)
    return folder


@pytest.mark.matrix
@pytest.mark.parametrize(
    "builder",
    "html dirhtml singlehtml epub latex text man typstprint gettext linkcheck".split(),
)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_builder_builds_the_site_without_a_warning(
    site: Path, builder: str, language: str
) -> None:
    # Links are collected and sorted, but none is asked for: there is no network in tests.
    offline = ["-D", "linkcheck_ignore=https?://"]
    outdir = sphinx(site, builder, "-D", f"language={language}", *offline)
    assert any(outdir.rglob("*"))


@pytest.mark.parametrize(
    ("builder", "page"),
    [
        ("html", f"{REPORT}/index.html"),
        ("dirhtml", f"{REPORT}/index.html"),
        ("singlehtml", "index.html"),
        ("text", f"{REPORT}/index.txt"),
        ("typstprint", f"handouts/{Path(REPORT).name}.pdf"),
    ],
)
def test_no_word_of_the_original_is_lost(seed: Path, shared: Path, builder: str, page: str) -> None:
    outdir = sphinx(seed, builder)
    checker = shared / "seed" / "check_words.py"
    command = [sys.executable, str(checker), str(outdir / page)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "309 of 309 pieces found", done.stdout


@pytest.mark.once
@pytest.mark.parametrize(
    ("language", "title", "class_option"),
    [("ja", "イベントレポート", ""), ("en", "Event reports", "english")],
)
def test_lualatex_sets_the_site_in_either_language(
    site: Path, language: str, title: str, class_option: str
) -> None:
    source = sphinx(site, "latex", "-D", f"language={language}") / "event-reports.tex"
    head = source.read_text("utf-8").partition("\\begin{document}")[0]
    assert "\\def\\sphinxdocclass{ltjsbook}" in head
    assert "\\usepackage[haranoaji]{luatexja-preset}" in head
    assert f"\\title{{{title}}}" in head
    (options,) = re.findall(r"^\\documentclass\[(.*)\]", head, re.MULTILINE)
    assert {"a4paper", class_option} - {""} <= set(options.split(","))
    assert ("english" in options) == bool(class_option)


@pytest.mark.once
def test_a_site_without_a_report_builds_too(site: Path) -> None:
    """Who starts afresh deletes the examples."""
    folder = copy_site(site.with_name("empty"))
    shutil.rmtree(folder / "events")
    (folder / "events").mkdir()
    assert "event-nothing" in (sphinx(folder, "html") / "index.html").read_text("utf-8")


@pytest.mark.once
def test_our_report_has_the_facts_of_the_original(site: Path, shared: Path) -> None:
    """Facts carry over; words do not: each fact stands on the page, no note is the original's."""
    import yaml  # not our own loader: this is what it is checked against

    original = yaml.safe_load(
        (shared / "seed" / Path(REPORT).name / "event.yaml").read_text("utf-8")
    )
    page = squeezed(sphinx(site, "text").joinpath(f"{REPORT}/index.txt").read_text("utf-8"))
    facts = [original["name"], original["title"], original["date_text"], original["venue"], "540名"]
    facts += [*original["supporters"], *original["sponsors"], *original["reporters"]]
    for session in original["sessions"]:
        slides = session["slides"]
        facts += [session["title"], slides if isinstance(slides, str) else slides["text"]]
        facts += re.split(r"[()]", " ".join(session["speakers"]))
    for file in original["files"]:
        facts += [file["name"], file["size"], file["uploader"]]
    assert [fact for fact in facts if squeezed(fact) not in page] == []


def test_our_report_has_its_own_words(shared: Path) -> None:
    folder = Path(REPORT).name
    original = (shared / "seed" / folder / "index.md").read_text("utf-8").splitlines()
    own = (ROOT / REPORT / "index.md").read_text("utf-8").splitlines()
    notes = {line.strip("-* ") for line in own if line.strip().startswith("-")}
    shared_lines = {line.strip("-* ") for line in original if line.strip().startswith("-")} & notes
    assert {line for line in shared_lines if len(line) > 12} == set()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.once
def test_the_english_site_speaks_english(site: Path) -> None:
    """On the pages that are the site's own, but for examples."""
    text = sphinx(site, "text", "-D", "language=en")
    front = (text / "index.txt").read_text("utf-8")
    assert front.startswith("Event reports")
    assert not re.search(r"[ぁ-ん]", front.partition("Japan Container Days")[0])
    years = (text / "events/years/index.txt").read_text("utf-8")
    assert years.startswith("Events")


@pytest.mark.once
def test_every_message_of_the_sites_own_pages_is_in_english(site: Path) -> None:
    made = sphinx(site, "gettext")
    missing = []
    for page in ("index", "guide/index", "guide/data", "guide/problems", "guide/directives"):
        with (made / f"{page}.pot").open("rb") as file:
            wanted = [message.id for message in read_po(file) if message.id]
        with (ROOT / f"locale/en/LC_MESSAGES/{page}.po").open("rb") as file:
            catalog = read_po(file)
        for text in wanted:
            found = catalog.get(text)
            if found is None or not found.string or found.fuzzy:
                missing.append((page, text))
    assert missing == []


@pytest.mark.once
def test_a_page_does_not_grow_with_the_events(
    tmp_path: Path, make_events: Callable[[Path, int], None]
) -> None:
    """Neither the page nor what leads to it holds the other events."""
    sizes = []
    for count in (2, 12):
        folder = copy_events(tmp_path / f"with-{count}")
        make_events(folder, count)
        outdir = sphinx(folder, "html", "-j", "2")
        sizes.append((outdir / "events/event-0/index.html").stat().st_size)
    few, many = sizes
    # Its neighbour may have a longer name.
    assert abs(many - few) < 200


@pytest.fixture
def make_events() -> Callable[[Path, int], None]:
    def make(folder: Path, count: int) -> None:
        for number in range(count):
            event = folder / "events" / f"event-{number}"
            event.mkdir()
            data = f"name: Event {number}\ndate: {2000 + number % 20}-01-02\n"
            (event / "event.yaml").write_text(data, encoding="utf-8")
            (event / "index.md").write_text(f"# Event {number}\n\n```{{event:info}}\n```\n")

    return make
