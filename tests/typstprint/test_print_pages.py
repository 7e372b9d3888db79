"""References say on which page of the document to look."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import typstprint
from conftest import Built, Site
from printing import CONF, build, squeezed, written
from sphinxcommon.typst_fonts import fonts_with
from typstprint.compiler import Compiler

pytestmark = pytest.mark.slow

FILL = "Words and words. " * 600
TERM = "```{glossary}\nKubernetes\n  An orchestrator\n```\n"


@pytest.fixture
def book(site: Site) -> Site:
    site.write({"conf.py": CONF})
    return site


def printed(book: Site, page: str, **conf: Any) -> Built:
    documents = [("index", "book", "", "", False)]
    built = build(book, page, typstprint_documents=documents, myst_heading_anchors=3, **conf)
    assert built.warnings == []
    return built


def text(built: Built) -> str:
    return squeezed(written(built.outdir / "book.pdf"))


def test_a_reference_to_another_page_says_which_and_one_to_this_page_does_not(book: Site) -> None:
    page = f"# Site\n\nSee [there](#far) and [near](#close).\n\n## Close\n\n{FILL}\n\n## Far\n"
    assert "Seethere(p.3)andnear." in text(printed(book, page))


def test_in_japanese(book: Site) -> None:
    page = f"# Site\n\n[先](#far)を見る。\n\n{FILL}\n\n## Far\n"
    found = text(printed(book, page, language="ja"))
    # Whether Sphinx's own words are translated depends on the tests before.
    assert re.search(r"先\(3(ページ|page)\)を見る。", found)


def test_none_in_headings_nor_at_words_of_the_glossary(book: Site) -> None:
    page = (
        "# Site\n\n## On [far](#far-away)\n\n"
        f"Of {{term}}`Kubernetes`. [Hidden](#far-away){{.no-page}}.\n\n"
        f"{FILL}\n\n{TERM}\n## Far away\n"
    )
    found = text(printed(book, page))
    assert "OnfarOfKubernetes.Hidden.Words" in found
    assert "(p." not in found


def test_a_page_of_the_site_is_a_place_too(book: Site) -> None:
    book.write({"other.md": f"# Other\n\n{FILL}\n\nBack to [the first](index.md).\n"})
    page = f"# Site\n\nSee [the other](other.md).\n\n{FILL}\n\n```{{toctree}}\nother\n```\n"
    built = build(book, page)
    assert built.warnings == []
    found = text(built)
    (there,) = re.findall(r"Seetheother\(p\.(\d)\)", found)
    contents = re.sub(r"[.\u2060]", "", found)
    assert f"Other{there}" in contents
    assert re.search(r"Backtothefirst\(p\.\d\)\.", found)


PUSHED = """\
#import "/template.typ": anchor, reference
#set document(title: "x")
#set text(size: 10pt)
#set par(leading: 5pt)
#set page(width: 100pt, height: 60pt, margin: 5pt)
#let reference = reference.with(page-words: (" (on page ", ")"))
#block(height: 36pt, spacing: 0pt)
#block(breakable: false, spacing: 0pt, reference("x", "a few words"))
#block(breakable: false, height: 20pt, spacing: 0pt, anchor("x"))
"""


def test_a_reference_that_its_page_pushes_to_that_page_settles(tmp_path: Path) -> None:
    """It would say the page, move there, not say it, and move back, with no end."""
    shutil.copy(Path(typstprint.__file__).parent / "template.typ", tmp_path)
    pdf = tmp_path / "x.pdf"
    data, remarks, _pages = Compiler(tmp_path, [], fonts_with([])).compile(PUSHED)
    pdf.write_bytes(data)
    assert remarks == []
    assert "afewwords(onpage2)" in squeezed(written(pdf))
    # What one document needs holds for that one.
    near = PUSHED.replace("height: 36pt", "height: 5pt").replace("height: 20pt", "height: 5pt")
    data, remarks, _pages = Compiler(tmp_path, [], fonts_with([])).compile(near)
    pdf.write_bytes(data)
    assert remarks == []
    assert squeezed(written(pdf)) == "afewwords"


def test_a_link_to_a_place_on_its_own_page_leads_there(book: Site) -> None:
    rst = f"```{{eval-rst}}\nSee `there <#far-away>`_ and `nowhere <#none>`_.\n```\n\n{FILL}"
    page = f"# Site\n\n{rst}\n\n## Far away\n"
    assert "Seethere(p.3)andnowhere." in text(printed(book, page))


def test_a_page_whose_name_has_a_mark_of_addresses_is_a_place_too(book: Site) -> None:
    sharp = "# Sharp\n\n```{index} single: entry\n```\n\nWords\n\n(deep)=\n## Below\n"
    book.write({"c#/page.md": sharp})
    contents = "```{toctree}\nc#/page\n```\n"
    page = f"# Site\n\nSee {{doc}}`c#/page` and {{ref}}`deep`.\n\n{FILL}\n\n{contents}"
    options = {"cover": False, "contents": 0}
    built = build(book, page, typstprint_options=options)
    assert built.warnings == []
    found = text(built)
    assert "SeeSharp(p.3)andBelow(p.3)." in found
    assert "entry,3" in found
