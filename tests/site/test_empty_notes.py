"""Headings of a kind of notes below which nobody has written anything are not published."""

from typing import Any

import pytest
from docutils import nodes

from conftest import Built, Site

FACTS = """
name: Conf
date: 2020-01-02
sessions:
  - {id: ake, title: Ake}
  - {id: ml, title: Learning}
"""
#: What ``eventreports new`` writes, with notes of one session.
MARKDOWN = """\
# Conf

## 全体サマリと印象

## 詳細

### Ake

```{event:session} ake
```

#### メモ

#### ポイント

- Said.

### Learning

```{event:session} ml
```

#### メモ

#### ポイント

## ネクストアクション
"""
RESTRUCTUREDTEXT = """\
Conf
====

全体サマリと印象
----------------

詳細
----

Ake
~~~

.. event:session:: ake

メモ
^^^^

ポイント
^^^^^^^^

- Said.

Learning
~~~~~~~~

.. event:session:: ml

メモ
^^^^

ポイント
^^^^^^^^

ネクストアクション
------------------
"""
EMPTY = ("全体サマリと印象", "メモ", "ネクストアクション")


def write(site: Site, markup: str) -> None:
    """An event with the report that has notes of one of its sessions."""
    site.write({"events/conf/event.yaml": FACTS})
    page = MARKDOWN if markup == "md" else RESTRUCTUREDTEXT
    site.write({f"events/conf/index.{markup}": page})


def page(*parts: str) -> str:
    return "\n\n".join(("# Conf", *parts)) + "\n"


def headings(built: Built, docname: str = "events/conf/index") -> list[str]:
    return [one.astext() for one in built.doctree(docname).findall(nodes.title)]


@pytest.mark.parametrize("markup", ["md", "rst"])
@pytest.mark.parametrize(
    "builder", ["html", "singlehtml", "epub", "latex", "man", "text", "typstprint-src"]
)
def test_no_builder_has_headings_of_notes_that_nobody_wrote(
    site: Site, markup: str, builder: str
) -> None:
    write(site, markup)
    conf: dict[str, Any] = {"man_pages": [("index", "x", "x", "x", "1")], "epub_copyright": "2020"}
    extensions = ["myst_parser", "eventreports", "typstprint"]
    built = site.build(builder, extensions=extensions, html_copy_source=False, **conf)
    assert built.warnings == []
    suffixes = {".html", ".xhtml", ".ncx", ".tex", ".1", ".txt", ".typ"}
    files = [one for one in built.outdir.rglob("*") if one.suffix in suffixes]
    text = "\n".join(one.read_text(encoding="utf-8") for one in files if "_static" not in one.parts)
    assert "Said." in text
    assert "ポイント" in text
    assert not any(heading in text for heading in EMPTY)


@pytest.mark.parametrize("markup", ["md", "rst"])
def test_contents_have_what_is_published(site: Site, markup: str) -> None:
    write(site, markup)
    built = site.build()
    expected = ["Conf", "詳細", "Ake", "ポイント", "Learning"]
    assert headings(built) == expected
    toc = built.app.env.tocs["events/conf/index"]
    assert [one.astext() for one in toc.findall(nodes.reference)] == expected
    # Written later, it is there.
    file = site.folder / f"events/conf/index.{markup}"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n- Write.\n", encoding="utf-8")
    again = site.build()
    assert headings(again) == [*expected, "ネクストアクション"]
    assert 'href="#ネクストアクション"' in again.text("events/conf/index.html") or markup == "rst"


@pytest.mark.parametrize(
    "below",
    [
        "% a comment",
        "<!-- a comment -->\n\n<!--\nanother\n-->",
        "(a-target)=",
        "[label]: https://example.com/",
        "```{event:files}\n:heading: Files\n```",
        "```{event:only} internal\nText.\n```",
        "### 背景\n\n% a comment\n\n#### 要点",
    ],
)
def test_what_nobody_can_read_is_nothing(site: Site, below: str) -> None:
    site.event("conf", FACTS, page("## メモ", below, "## Other"))
    built = site.build()
    assert built.warnings == []
    assert headings(built) == ["Conf", "Other"]


@pytest.mark.parametrize(
    "below",
    [
        "Text.",
        "-",
        "`code`",
        "<hr/>",
        "<!-- a comment --> <b>text</b>",
        "$$\nx\n$$",
        "```{index} word\n```",
        "```{event:points}\n```",
        "```{toctree}\n:hidden:\n\nmore\n```",
        "### 背景\n\nText.",
        "### Ake\n\n```{event:session} ake\n```",
    ],
)
def test_what_holds_anything_at_all_stays(site: Site, below: str) -> None:
    site.event("conf", FACTS, page("## メモ", below, "## Other"))
    site.write({"events/conf/more.md": "# More\n"})
    built = site.build()
    assert built.warnings == []
    assert headings(built)[:2] == ["Conf", "メモ"]


@pytest.mark.parametrize(
    ("below", "found"),
    [
        (".. a comment", ["Conf", "Other"]),
        (".. _a-target:", ["Conf", "Other"]),
        (".. |word| replace:: another", ["Conf", "Other"]),
        (".. _site: https://example.com/", ["Conf", "Other"]),
        (".. event:files::\n   :heading: Files", ["Conf", "Other"]),
        ("Text.", ["Conf", "メモ", "Other"]),
        (".. [1] A footnote.", ["Conf", "メモ", "Other"]),
    ],
)
def test_restructuredtext_has_the_same_rule(site: Site, below: str, found: list[str]) -> None:
    """What is defined in such a section is known to the rest of the page."""
    used = {"|word|": "|word|", "_site": "site_", "[1]": "[1]_", "_a-target": "a-target_"}
    parts = ["Conf\n====", *(use for name, use in used.items() if name in below)]
    text = "\n\n".join([*parts, "メモ\n----", below, "Other\n-----"]) + "\n"
    site.write({"events/conf/event.yaml": FACTS, "events/conf/index.rst": text})
    built = site.build()
    assert built.warnings == []
    assert headings(built) == found


def test_headings_of_no_kind_of_notes_stay(site: Site) -> None:
    site.event("conf", FACTS, page("## 背景", "## 費用", "### メモ"))
    site.write({"other.md": "---\norphan: true\n---\n# Other\n\n## メモ\n"})
    built = site.build()
    assert headings(built) == ["Conf", "背景", "費用"]
    # No page of an event.
    assert headings(built, "other") == ["Other", "メモ"]


def test_the_kinds_are_those_of_the_setting(site: Site) -> None:
    site.event("conf", FACTS, page("## Fazit", "## メモ"))
    built = site.build(eventreports_note_kinds={"points": ["Fazit"]})
    assert headings(built) == ["Conf", "メモ"]


def test_the_heading_of_a_page_stays(site: Site) -> None:
    site.event("conf", FACTS, page())
    site.write(
        {"events/conf/sato.md": "# 佐藤のメモ\n", "events/conf/ann.md": "# メモ\n\n## 所感\n"}
    )
    built = site.build()
    assert built.warnings == []
    assert headings(built, "events/conf/sato") == ["佐藤のメモ"]
    assert headings(built, "events/conf/ann") == ["メモ"]


def test_anchors_are_those_of_all_headings(site: Site) -> None:
    """What is written later changes no address."""
    parts = ("## Ake", "```{event:session} ake\n```", "### メモ", "### メモ", "- b")
    site.event("conf", FACTS, page(*parts))
    built = site.build()
    assert headings(built) == ["Conf", "Ake", "メモ"]
    assert 'id="session-ake-メモ-1"' in built.text("events/conf/index.html")


@pytest.mark.parametrize(
    "link", ["[](#session-ake-メモ)", "[words](#メモ)", "{ref}`words <mine>`", "[](#mine)"]
)
def test_a_reference_to_such_a_heading_is_reported(site: Site, link: str) -> None:
    notes = ("## Ake", "```{event:session} ake\n```", "(mine)=\n### メモ", "### Other", link)
    site.event("conf", FACTS, page(*notes))
    (warning,) = site.build().warnings
    assert "events/conf/index.md:13: WARNING: " in warning
    assert "mine" in warning or "メモ" in warning
    # It leads there when there is something.
    site.event("conf", FACTS, page(*notes[:-2], "- Said.", *notes[-2:]))
    assert site.build().warnings == []


@pytest.mark.parametrize("link", ["`メモ`_", "mine_", ":ref:`words <mine>`"])
def test_a_reference_of_restructuredtext_to_such_a_heading_is_reported(
    site: Site, link: str
) -> None:
    text = f"Conf\n====\n\n{link}\n\n.. _mine:\n\nメモ\n----\n"
    site.write({"events/conf/event.yaml": FACTS, "events/conf/index.rst": text})
    (warning,) = site.build().warnings
    assert "events/conf/index.rst:4: " in warning
    site.write({"events/conf/index.rst": f"{text}\n- Said.\n"})
    assert site.build().warnings == []


def test_a_label_of_what_follows_stays(site: Site) -> None:
    site.event("conf", FACTS, page("[](#mine)", "## メモ", "(mine)=", "## Other"))
    built = site.build()
    assert built.warnings == []
    assert '<a class="reference internal" href="#mine">' in built.text("events/conf/index.html")


def test_another_page_is_told_that_a_label_is_gone_and_there_again(site: Site) -> None:
    site.event("conf", FACTS, page("(mine)=\n## メモ", "- Said.", "## Other"))
    site.write({"other.md": "---\norphan: true\n---\n# Other\n\n{ref}`mine`\n"})
    assert site.build().warnings == []
    site.event("conf", FACTS, page("(mine)=\n## メモ", "## Other"))
    site.write({"other.md": "---\norphan: true\n---\n# Other\n\n{ref}`mine` \n"})
    (warning,) = site.build().warnings
    assert "undefined label: 'mine'" in warning


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        (("## メモ", "Text.", "---", "## ネクストアクション"), 0),
        (("Text.", "---", "## メモ"), 0),
        (("Text.", "---", "## メモ", "## Other"), 1),
        (("## メモ", "Text.", "---", "## ポイント", "## Other"), 1),
    ],
)
def test_a_line_that_would_end_the_page_goes_with_what_it_separates(
    site: Site, parts: tuple[str, ...], lines: int
) -> None:
    site.event("conf", FACTS, page(*parts))
    built = site.build()
    assert built.warnings == []
    assert len(list(built.doctree("events/conf/index").findall(nodes.transition))) == lines


def test_footnotes_at_the_end_of_a_page_are_not_of_its_last_heading(site: Site) -> None:
    parts = ("## メモ", "Text.[^1]", "---", "## ネクストアクション", "[^1]: A footnote.")
    site.event("conf", FACTS, page(*parts))
    built = site.build()
    assert built.warnings == []
    assert headings(built) == ["Conf", "メモ"]
    assert "A footnote." in built.text("events/conf/index.html")


def test_a_list_of_contents_has_no_such_headings(site: Site) -> None:
    site.event("conf", FACTS, page("```{contents}\n```", "## メモ", "## Other"))
    built = site.build()
    assert built.warnings == []
    (contents,) = built.doctree("events/conf/index").findall(nodes.topic)
    assert "Other" in contents.astext()
    assert "メモ" not in contents.astext()


def test_what_is_for_some_is_something_to_them_alone(site: Site) -> None:
    only = "```{event:only} internal\nText.\n```"
    site.event("conf", FACTS, page("## メモ", only, "## Other"))
    assert headings(site.build()) == ["Conf", "Other"]
    assert headings(site.build(eventreports_audience="internal")) == ["Conf", "メモ", "Other"]
