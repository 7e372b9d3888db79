"""What is printed again: what has changed, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Site
from test_print import CONF, build, says

pytestmark = pytest.mark.slow


@pytest.fixture
def book(site: Site) -> Site:
    site.write({"conf.py": CONF})
    return site


def test_how_it_is_printed_reads_no_page_again(book: Site) -> None:
    page = "# Site\n\n[Slides](https://example.org/slides)\n"
    assert build(book, page).read == ["index"]
    built = book.build("typstprint", language="en", typstprint_show_urls="inline")
    assert built.read == []
    assert says(built.outdir / "book.pdf", "https://example.org/slides")


def test_a_code_that_is_there_is_not_made_again(book: Site) -> None:
    page = "# Site\n\n[Slides](https://example.org/){.qr}\n"

    def made() -> list[tuple[Path, int]]:
        folder = build(book, page).outdir / "_images"
        return [(path, path.stat().st_mtime_ns) for path in folder.iterdir()]

    (first,) = made()
    assert made() == [first]
