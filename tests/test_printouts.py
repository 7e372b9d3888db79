"""Pages offer the PDFs that are there, and no others."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from conftest import Built, Site

FACTS = "name: Conf\ndate: 2018-04-19\n"
PAGE = "# The report\n\n```{event:info}\n```\n"
LINK = re.compile(r'<a class="reference internal" href="([^"]*\.pdf)">([^<]*)</a>')


@pytest.fixture
def printed(site: Site) -> Site:
    """A site of two events, of one of which there are PDFs (so that one can tell them)."""
    site.event("conf", FACTS, PAGE)
    site.event("other", FACTS, PAGE)
    put(site, "book.pdf", "handouts/conf.pdf", "handouts/conf.summary.pdf")
    return site


def put(site: Site, *names: str) -> None:
    for name in names:
        path = site.folder / "_build" / "pdf" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"%PDF {name}", encoding="utf-8")


def build(site: Site, builder: str = "html") -> Built:
    built = site.build(builder, language="en", eventreports_pdf_folder="_build/pdf")
    assert built.warnings == []
    return built


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_an_events_page_offers_its_handouts_and_the_front_page_the_book(
    printed: Site, builder: str
) -> None:
    built = build(printed, builder)
    page = "events/conf/index.html"
    offered = LINK.findall(built.text(page))
    assert [title for _href, title in offered] == ["Handout", "Summary"]
    for href, _title in offered:
        path = built.outdir / os.path.normpath(Path(page).parent / href)
        assert path.read_text(encoding="utf-8").startswith("%PDF handouts/conf")
    assert LINK.findall(built.text("index.html")) == [("book.pdf", "All reports")]
    assert (built.outdir / "book.pdf").is_file()
    # Below the heading, before all else.
    text = built.text(page)
    assert text.index("</h1>") < text.index("event-printouts") < text.index("event-facts")


def test_what_is_not_there_is_not_offered(printed: Site) -> None:
    built = build(printed)
    assert LINK.findall(built.text("events/other/index.html")) == []
    assert LINK.findall(built.text("events/years/2018.html")) == []


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml", "epub", "text"])
def test_a_plain_build_offers_nothing(printed: Site, builder: str) -> None:
    built = printed.build(builder, language="en", epub_copyright="2020")
    assert [line for line in built.warnings if "unknown_project_files" not in line] == []
    pages = [path for path in built.outdir.rglob("*") if path.suffix in (".html", ".xhtml", ".txt")]
    assert pages
    assert not any(".pdf" in path.read_text(encoding="utf-8") for path in pages)


def test_pages_follow_what_comes_and_goes_and_nothing_else_is_written(printed: Site) -> None:
    assert build(printed).written
    again = build(printed)
    assert (again.read, again.written) == ([], [])
    put(printed, "handouts/other.pdf")
    (printed.folder / "_build" / "pdf" / "handouts" / "conf.summary.pdf").unlink()
    changed = build(printed)
    # Sphinx writes the page above anew.
    rewritten = ["events/conf/index", "events/other/index", "events/years/2018"]
    assert (changed.read, changed.written) == ([], rewritten)
    assert LINK.findall(changed.text("events/other/index.html")) == [
        ("../../handouts/other.pdf", "Handout")
    ]
    assert len(LINK.findall(changed.text("events/conf/index.html"))) == 1
    plain = printed.build(language="en")
    assert {*rewritten, "index"} <= set(plain.written)
    assert LINK.findall(plain.text("index.html")) == []


def test_a_file_that_has_changed_is_copied_again(printed: Site) -> None:
    build(printed)
    path = printed.folder / "_build" / "pdf" / "book.pdf"
    path.write_text("%PDF anew and longer", encoding="utf-8")
    built = build(printed)
    assert (built.outdir / "book.pdf").read_text(encoding="utf-8") == "%PDF anew and longer"


def test_no_event_is_offered_the_handout_of_another(site: Site) -> None:
    for name in ("conf", "conf.summary"):
        site.event(name, FACTS, PAGE)
    put(site, "handouts/conf.pdf", "handouts/conf.summary.pdf")
    built = build(site)
    assert len(LINK.findall(built.text("events/conf/index.html"))) == 1
    assert LINK.findall(built.text("events/conf.summary/index.html")) == [
        ("../../handouts/conf.summary.pdf", "Handout")
    ]
