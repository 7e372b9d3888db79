"""Pages offer the PDFs that are there, and no others."""

import os
import re
from pathlib import Path

import pytest

from building import sphinx_build
from conftest import Built, Site

FACTS = "name: Conf\ndate: 2018-04-19\n"
PAGE = "# The report\n\n```{event:info}\n```\n"
LINK = re.compile(
    r'<a class="[^"]*\breference internal" href="([^"]*\.pdf)">(?:<svg.*?</svg>)?(?:<span>)?([^<]*)'
)


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
    assert text.index("</h1>") < text.index("event-buttons") < text.index("event-facts")


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
    rewritten = ["events/conf/index", "events/other/index"]
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


def test_an_output_knows_what_its_own_pages_offer(printed: Site) -> None:
    """The environment is that of all builders; it may be older than an output, or newer."""
    printed.build("text", language="en")
    assert LINK.findall(build(printed).text("index.html"))
    plain = printed.build(language="en")
    assert LINK.findall(plain.text("index.html")) == []


@pytest.mark.slow
def test_what_is_printed_beside_the_pages_stays(site: Site) -> None:
    """Typstprint may write into the folder of the pages: there are no copies then."""
    site.event("conf", FACTS, PAGE)
    site.write({"index.md": "# Site\n\n```{toctree}\n:glob:\n\nevents/conf/*\n```\n"})
    folder = site.folder / "_build" / "html"
    doctrees = site.folder / "_build" / "doctrees"
    extensions = "extensions=myst_parser,eventreports,typstprint"
    offers = ("-D", "eventreports_pdf_folder=_build/html")
    for options in (("-b", "typstprint"), offers, ()):
        sphinx_build("-D", extensions, "-d", doctrees, *options, site.folder, folder)
    assert (folder / "handouts" / "conf.pdf").is_file()
    assert "conf.pdf" not in (folder / "events" / "conf" / "index.html").read_text(encoding="utf-8")


def test_what_is_offered_no_more_is_taken_away(printed: Site) -> None:
    built = build(printed)
    kept = built.outdir / "handouts" / "mine.pdf"
    kept.write_text("%PDF of somebody else", encoding="utf-8")
    changed = printed.build(
        language="en", eventreports_pdf_folder="_build/pdf", eventreports_handouts=["full"]
    )
    there = sorted(path.name for path in changed.outdir.rglob("*.pdf"))
    assert there == ["book.pdf", "conf.pdf", "mine.pdf"]
    assert len(LINK.findall(changed.text("events/conf/index.html"))) == 1


def test_addresses_of_pdfs_are_quoted(site: Site) -> None:
    site.event("c#-100%", FACTS, PAGE)
    put(site, "handouts/c#-100%.pdf")
    ((href, _title),) = LINK.findall(build(site).text("events/c#-100%/index.html"))
    assert href == "../../handouts/c%23-100%25.pdf"


def test_a_book_of_another_name_is_offered_where_it_begins(printed: Site) -> None:
    pages = {"index": "reports", "events/conf/index": "one"}
    documents = [(page, name, f"All of {name}", "") for page, name in pages.items()]
    put(printed, *(f"{name}.pdf" for name in pages.values()))
    built = printed.build(
        language="en",
        eventreports_pdf_folder="_build/pdf",
        extensions=["myst_parser", "eventreports", "typstprint"],
        typstprint_documents=documents,
    )
    assert LINK.findall(built.text("index.html")) == [("reports.pdf", "All of reports")]
    assert ("../../one.pdf", "All of one") in LINK.findall(built.text("events/conf/index.html"))
