"""The events of ``docs/sphinx-events.md``: what their examples do to what is printed."""

import pytest

from conftest import Site
from examples import examples, use_example
from printing import CONF, build, says

pytestmark = pytest.mark.slow


def test_each_event_is_documented(site: Site) -> None:
    site.write({"conf.py": CONF})
    built = build(site, "# Site\n", "typstprint-src")
    events = {name for name in built.app.events.events if name.startswith("typstprint-")}
    assert events == {name for name in examples() if name.startswith("typstprint-")}


def test_documents(site: Site) -> None:
    use_example(site, "typstprint-collect-documents", CONF)
    site.write({"notes/one.md": "# One\n\nWords\n"})
    built = build(site, "# Site\n\n```{toctree}\nnotes/one\n```\n", "typstprint-src")
    assert built.warnings == []
    assert '"Words"' in built.text("book.typ")
    assert '"Words"' in built.text("notes/one.typ")


def test_options(site: Site) -> None:
    use_example(site, "typstprint-collect-options", CONF)
    one, own = ("index", "one", "", "", False), ("index", "own", "", "", False, {"marking": "Own"})
    page = "---\nstatus: {}\n---\n\n# Site\n"
    documents = [one, own]
    built = build(site, page.format("draft"), "typstprint-src", typstprint_documents=documents)
    assert 'marking: "Draft"' in built.text("one.typ")
    assert 'marking: "Own"' in built.text("own.typ")
    built = build(site, page.format("final"), "typstprint-src", typstprint_documents=documents)
    assert "marking: none" in built.text("one.typ")


def test_skipped_documents(site: Site) -> None:
    use_example(site, "typstprint-skip-document", f"{CONF}tags.add('quick')\n")
    documents = [("index", "book"), ("index", "page", "", "", False)]
    built = build(site, "# Site\n", "typstprint-src", typstprint_documents=documents)
    assert [path.name for path in built.outdir.glob("[bp]*.typ")] == ["page.typ"]


def test_trees(site: Site) -> None:
    use_example(site, "typstprint-document-assembled", CONF)
    page = "# Site\n\n:::{container} web-only\nClick here\n:::\n\nWords\n"
    built = build(site, page, "typstprint-src")
    assert built.warnings == []
    assert "Words" in built.text("book.typ")
    assert "Click" not in built.text("book.typ")


def test_styles(site: Site) -> None:
    use_example(site, "typstprint-collect-styles", CONF)
    page = '# Site\n\n```{rating} 3\nIt has "quotes" #1.\n\n- [words]{.loud}\n```\n'
    built = build(site, page)
    assert built.warnings == []
    assert says(built.outdir / "book.pdf", '3 of 5 stars It has "quotes" #1. • WORDS')


def test_the_sites_own_style_has_the_last_word(site: Site) -> None:
    use_example(site, "typstprint-collect-styles", CONF)
    site.write({"own.typ": "#let looks = (spans: (loud: body => [LOUD #body]))\n"})
    built = build(site, "# Site\n\n[words]{.loud}\n", typstprint_looks=["own.typ"])
    assert says(built.outdir / "book.pdf", "LOUD words")
