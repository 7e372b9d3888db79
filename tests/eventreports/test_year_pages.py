"""Pages of the years: what they say, and which files are written, kept and removed."""

import os
import re
from pathlib import Path

import pytest

from eventreports.core.dates import PartialDate
from eventreports.library import Entry
from eventreports.sphinx.year_pages import (
    MARKDOWN,
    RESTRUCTUREDTEXT,
    UNDATED,
    write_pages,
    year_pages,
)


def entry(name: str, date: str | None = None) -> Entry:
    return Entry(f"events/{name}", name, PartialDate.parse(date) if date else None, (0, 0))


def pages_of(*entries: Entry) -> dict[str, str]:
    return dict(year_pages(entries, "イベント", "日付なし"))


def toctree(page: str) -> list[str]:
    """The documents that a page has below it."""
    found = re.findall(r"^```\{toctree\}\n(?::.*\n)+\n((?:.+\n)*?)```$", page, re.MULTILINE)
    return [line for block in found for line in block.splitlines()]


ENTRIES = (
    entry("old", "2017-05-01"),
    entry("someday"),
    entry("december", "2018-12-01"),
    entry("year-only", "2018"),
    entry("april-b", "2018-04-19"),
    entry("april-a", "2018-04-19"),
    entry("month-only", "2018-04"),
)


def test_there_is_a_page_for_each_year_and_one_for_all() -> None:
    pages = pages_of(*ENTRIES)
    assert set(pages) == {"index.md", "2018.md", "2017.md", f"{UNDATED}.md"}
    assert all(page.startswith(f"{MARKDOWN.mark}\n\n# ") for page in pages.values())
    assert all(page.endswith("```\n") for page in pages.values())


def test_the_page_of_all_leads_to_the_years_newest_first_and_undated_last() -> None:
    page = pages_of(*ENTRIES)["index.md"]
    assert "\n# イベント\n" in page
    assert "```{event:overview}\n:parts: years\n```" in page
    assert "```{event:list}\n:layout: timeline\n:limit: 20\n```" in page
    assert toctree(page) == ["2018", "2017", UNDATED]


def test_a_years_page_lists_its_events_newest_first() -> None:
    page = pages_of(*ENTRIES)["2018.md"]
    assert "\n# 2018\n" in page
    assert "```{event:list}\n:year: 2018\n:layout: timeline\n```" in page
    assert ":hidden:" in page
    assert toctree(page) == [
        "/events/december/index",
        "/events/april-b/index",
        "/events/april-a/index",
        "/events/month-only/index",
        "/events/year-only/index",
    ]


def test_events_without_a_date_have_a_page_with_a_heading_in_words() -> None:
    page = pages_of(*ENTRIES)[f"{UNDATED}.md"]
    assert "\n# 日付なし\n" in page
    assert f":year: {UNDATED}\n" in page
    assert toctree(page) == ["/events/someday/index"]


def test_the_order_of_discovery_changes_no_page() -> None:
    assert pages_of(*ENTRIES) == pages_of(*reversed(ENTRIES))


def test_years_have_four_digits() -> None:
    pages = pages_of(entry("ancient", "0987"))
    assert "# 0987\n" in pages["0987.md"]
    assert toctree(pages["index.md"]) == ["0987"]


def test_without_events_there_is_one_page_that_leads_nowhere() -> None:
    pages = pages_of()
    assert set(pages) == {"index.md"}
    assert "{event:list}" in pages["index.md"]
    assert "toctree" not in pages["index.md"]
    assert "overview" not in pages["index.md"]


def test_they_may_be_restructuredtext() -> None:
    entries, headings = ENTRIES[:2], ("イベント", "日付なし")
    pages = year_pages(entries, *headings, ".rst", RESTRUCTUREDTEXT)
    assert set(pages) == {"index.rst", "2017.rst", f"{UNDATED}.rst"}
    assert pages["index.rst"].startswith(f"{RESTRUCTUREDTEXT.mark}\n\nイベント\n========\n\n")
    assert "\n.. event:overview::\n   :parts: years\n\n.. event:list::\n" in pages["index.rst"]
    assert "\n\n.. toctree::\n   :hidden:\n\n   2017\n" in pages["index.rst"]
    assert ".. event:list::\n   :year: 2017\n   :layout: timeline\n\n" in pages["2017.rst"]


# Files


def test_pages_are_written_where_there_was_no_folder(tmp_path: Path) -> None:
    folder = tmp_path / "events" / "years"
    pages = pages_of(*ENTRIES)
    write_pages(pages, folder)
    written = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert written == pages


def test_nothing_is_written_for_no_pages(tmp_path: Path) -> None:
    folder = tmp_path / "years"
    write_pages({}, folder)
    assert not folder.exists()


def test_what_is_right_already_stays_untouched(tmp_path: Path) -> None:
    write_pages(pages_of(entry("a", "2017"), entry("b", "2018")), tmp_path)
    for path in tmp_path.iterdir():
        os.utime(path, ns=(1, 1))
    write_pages(pages_of(entry("a", "2017"), entry("b", "2018"), entry("c", "2018")), tmp_path)
    untouched = {path.name for path in tmp_path.iterdir() if path.stat().st_mtime_ns == 1}
    assert untouched == {"index.md", "2017.md"}
    assert "/events/c/index" in (tmp_path / "2018.md").read_text(encoding="utf-8")


def test_a_page_of_ours_that_nothing_needs_goes(tmp_path: Path) -> None:
    write_pages(pages_of(entry("a", "2017"), entry("b")), tmp_path)
    write_pages(pages_of(entry("c", "2018")), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"index.md", "2018.md"}


def test_pages_in_the_other_markup_go(tmp_path: Path) -> None:
    write_pages(pages_of(entry("a", "2017")), tmp_path)
    pages = year_pages([], "Events", "Undated", ".rst", RESTRUCTUREDTEXT)
    write_pages(pages, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["index.rst"]
    write_pages(pages_of(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["index.md"]


@pytest.mark.parametrize("name", ["notes.md", "1999.md", "index.rst", "image.png"])
def test_a_file_that_is_not_ours_stays(name: str, tmp_path: Path) -> None:
    own = tmp_path / name
    own.write_bytes(b"# Mine\n")
    write_pages(pages_of(entry("a", "2018")), tmp_path)
    write_pages(pages_of(), tmp_path)
    assert own.read_bytes() == b"# Mine\n"


@pytest.mark.parametrize("name", ["index.md", "2018.md"])
def test_a_page_of_the_authors_own_is_never_written_over(name: str, tmp_path: Path) -> None:
    """Only a page that says that its edits are lost may lose them."""
    own = tmp_path / name
    own.write_text("# Written by hand\n", encoding="utf-8")
    write_pages(pages_of(entry("a", "2018")), tmp_path)
    assert own.read_text(encoding="utf-8") == "# Written by hand\n"


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege on Windows")
@pytest.mark.parametrize("name", ["2018.md", "1999.md"])
@pytest.mark.parametrize("leads_somewhere", [True, False])
def test_a_link_is_the_authors_own(name: str, leads_somewhere: bool, tmp_path: Path) -> None:
    """Whatever it leads to is neither written nor taken for a page of ours."""
    elsewhere, folder = tmp_path / "elsewhere.md", tmp_path / "years"
    if leads_somewhere:
        elsewhere.write_text(f"{MARKDOWN.mark}\n", encoding="utf-8")
    folder.mkdir()
    (folder / name).symlink_to(elsewhere)
    write_pages(pages_of(entry("a", "2018")), folder)
    assert (folder / name).is_symlink()
    assert elsewhere.exists() == leads_somewhere
    if leads_somewhere:
        assert elsewhere.read_text(encoding="utf-8") == f"{MARKDOWN.mark}\n"


def test_a_page_in_another_encoding_ends_no_build(tmp_path: Path) -> None:
    own = tmp_path / "notes.md"
    own.write_bytes("# 覚え書き\n".encode("shift_jis"))
    write_pages(pages_of(entry("a", "2018")), tmp_path)
    assert own.read_bytes() == "# 覚え書き\n".encode("shift_jis")
    assert (tmp_path / "2018.md").exists()


def test_a_folder_that_cannot_be_written_is_an_os_error(tmp_path: Path) -> None:
    """That is what the build looks out for."""
    (tmp_path / "years").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(OSError, match="years"):
        write_pages(pages_of(entry("a", "2018")), tmp_path / "years")
