"""What a site hands to those who search it: the records, their addresses, the indexes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from cjksearch import pagefind
from cjksearch.collecting import PageRecords
from cjksearch.records import Record
from conftest import Built, Site

CONF = """\
project = "Site"
extensions = ["myst_parser", "sphinx_design", "cjksearch"]
exclude_patterns = ["_build"]
"""
EVENTS = CONF.replace('"cjksearch"', '"eventreports", "cjksearch"')

FACTS = """\
name: Conf
date: 2018-04-19
topics: [Cloud]
sessions:
  - id: a
    title: {ja: 基盤の話, en: About platforms}
    speakers:
      - name: {ja: 青山真也, en: Masaya Aoyama}
        affiliation: CyberAgent
        aliases: ["@amsy"]
    topics: [Kubernetes]
    language: ja
    slides: https://example.com/slides
  - {id: b, title: Second talk, date: 2018-04-20, videos: {status: not-shared}}
"""
PAGE = """
# The report

Before all.

```{event:sessions}
```

## 基盤の話

```{event:session} a
```

### メモ

- 独自実装

### ポイント

低遅延

## 所感

よかった
"""


def data(built: Built, name: str) -> Any:
    text = built.text(f"cjksearch/{name}.js")
    said = text.removeprefix("cjksearch.receive(").removesuffix(");\n")
    handed, _digest, value = json.loads(f"[{said}]")
    assert handed == name
    return value


def records(built: Built) -> dict[str, Record]:
    """By address within the page."""
    found = PageRecords(built.app).records()
    named = {f"{record.docname}#{record.anchor}": record for record in found}
    assert len(named) == len(found)
    return named


def written(built: Built) -> list[list[Any]]:
    """The rows of all files."""
    counts = data(built, "site")["counts"]
    return [row for number in range(len(counts)) for row in data(built, f"records/{number}")]


def build(site: Site, builder: str = "html", parallel: int = 0, **conf: Any) -> Built:
    built = site.build(builder, parallel, **conf)
    assert built.warnings == []
    return built


@pytest.fixture
def plain(site: Site) -> Site:
    site.write({"conf.py": CONF})
    return site


@pytest.fixture
def events(site: Site) -> Site:
    site.write({"conf.py": EVENTS})
    site.event("conf", FACTS, PAGE)
    return site


def test_each_section_is_a_record_with_its_own_text(plain: Site) -> None:
    page = """
    # Page

    Before *the* sections.

    ## First

    - One
    - Two

      | A | B |
      |---|---|
      | c | d |

    ### Within

    `code` and [a link](https://example.com)

    ```python
    print("x")
    ```

    ## Second
    """
    plain.write({"index.md": page})
    found = records(build(plain))
    said = {key: (record.title, record.parents, record.text) for key, record in found.items()}
    assert said == {
        "index#": ("Page", (), "Before the sections."),
        "index#first": ("First", ("Page",), "One\nTwo\nA\nB\nc\nd"),
        "index#within": ("Within", ("Page", "First"), 'code and a link\nprint("x")'),
        "index#second": ("Second", ("Page",), ""),
    }


def test_what_is_not_shown_is_not_found(plain: Site) -> None:
    page = """
    Page
    ====

    .. a comment

    .. only:: html

       for html

    .. only:: latex

       for latex

    .. index:: entry

    .. toctree::
       :hidden:

       other

    .. container:: no-search

       hidden from search

    .. image:: x.png
       :alt: the picture
    """
    other = ":no-search:\n\nOther\n=====\n\nnothing of it\n"
    plain.write({"page.rst": page, "other.rst": other, "x.png": "x"})
    found = records(plain.build())
    assert found["page#"].text == "for html\nthe picture"
    assert not [key for key in found if key.startswith("other")]


def test_records_say_what_the_page_of_this_builder_shows(plain: Site) -> None:
    """Another builder may have read the pages, and references have the words of their targets."""
    page = """
    Page
    ====

    .. only:: html

       shown

    .. only:: latex

       printed

    See :doc:`other` and :ref:`label`.

    .. py:function:: frobnicate(widget, *rest)

       It does.
    """
    other = ".. _label:\n\nThe other title\n===============\n\n.. raw:: html\n\n   <b>raw</b>\n"
    plain.write({"page.rst": page, "other.rst": other})
    plain.build("latex")
    found = records(plain.build())
    assert found["page#"].text.split("\n") == [
        "shown",
        "See The other title and The other title.",
    ]
    assert found["page#frobnicate"].text == "frobnicate(widget, *rest)\nIt does."
    assert found["other#"].text == "raw"


def test_objects_and_terms_have_their_own_anchors(plain: Site) -> None:
    page = """
    Page
    ====

    .. py:class:: pkg.Widget(size)
              pkg.Widget(width, height)

       A thing.

       .. py:method:: draw()

          Shows it.

    .. py:function:: hidden()
       :no-index:

       Is told with the page.

    .. option:: -f FILE, --file FILE

       Where it is.

    .. glossary::

       容器
       コンテナ
          *isolated* process

       node
          a machine

    term
       of no glossary
    """
    plain.write({"page.rst": page})
    found = records(plain.build())
    said = {key.partition("#")[2]: (one.title, one.parents, one.text) for key, one in found.items()}
    assert said == {
        "": ("Page", (), "hidden()\nIs told with the page.\nterm\nof no glossary"),
        "pkg.Widget": (
            "pkg.Widget",
            ("Page",),
            "class pkg.Widget(size)\nclass pkg.Widget(width, height)\nA thing.",
        ),
        "pkg.Widget.draw": ("pkg.Widget.draw", ("Page", "pkg.Widget"), "draw()\nShows it."),
        "cmdoption-f": ("-f FILE, --file FILE", ("Page",), "-f FILE, --file FILE\nWhere it is."),
        "term-0": ("容器, コンテナ", ("Page",), "isolated process"),
        "term-node": ("node", ("Page",), "a machine"),
    }


def test_footnotes_are_text_of_what_refers_to_them(plain: Site) -> None:
    page = """
    # Page[^2]

    Version 2.0[^1] of 概念[^2].

    ## Other

    Nothing.

    [^1]: 脚注の言葉
    [^2]: Second
    """
    plain.write({"index.md": page})
    found = records(build(plain))
    said = {key: (record.title, record.text) for key, record in found.items()}
    assert said == {
        "index#": ("Page", "Version 2.0 of 概念.\n脚注の言葉\nSecond"),
        "index#other": ("Other", "Nothing."),
    }


def test_html_is_read_as_it_is_shown(plain: Site) -> None:
    page = """
    # Title with <span>markup</span>

    <!-- secret <b> comment -->

    <div title="a > b">caf&eacute; AT&amp;T<script>if (a < b) hidden()</script></div>
    """
    plain.write({"index.md": page})
    (record,) = records(build(plain)).values()
    assert (record.title, record.text) == ("Title with markup", "café AT&T")


def test_objects_are_found_by_their_full_names_without_the_link_to_their_source(
    plain: Site,
) -> None:
    plain.write({
        "conf.py": CONF + f"import sys\nsys.path.insert(0, {str(plain.folder)!r})\n"
        "extensions += ['sphinx.ext.autodoc', 'sphinx.ext.viewcode']\n",
        "found_module.py": "class Widget:\n    def draw(self):\n        'Shows it.'\n",
        "index.md": "# Page\n\n```{toctree}\napi\n```\n",
        "api.rst": "Page\n====\n\n.. automodule:: found_module\n   :members:\n"
        "   :undoc-members:\n",
    })  # fmt: skip
    record = records(build(plain))["api#found_module.Widget.draw"]
    assert (record.title, record.text) == ("Widget.draw", "draw()\nShows it.")
    assert record.facts.names == ("found_module.Widget.draw",)
    assert record.facts.byline == ()


def test_a_page_may_have_no_title_and_several_at_the_top(plain: Site) -> None:
    plain.write({"index.md": "# One\n\nfirst\n\n# Two\n\nsecond\n\n```{toctree}\nbare\n```\n"})
    plain.write({"bare.md": "Words alone.\n"})
    found = records(plain.build())
    assert [(key, record.title, record.text) for key, record in found.items()] == [
        ("bare#", "", "Words alone."),
        ("index#", "One", "first"),
        ("index#two", "Two", "second"),
    ]


def test_a_session_is_one_record_with_its_notes(events: Site) -> None:
    found = records(build(events))
    record = found["events/conf/index#session-a"]
    assert record.title == "基盤の話"
    assert "スライド\nexample.com" in record.text
    assert "独自実装" in record.text
    assert record.text.split("\n")[-4:] == ["メモ", "独自実装", "ポイント", "低遅延"]
    names = ["About platforms", "青山真也", "Masaya Aoyama", "@amsy", "CyberAgent"]
    assert list(record.facts.names) == names
    assert record.facts.byline == ("青山真也 (CyberAgent)",)
    assert record.facts.date == "2018-04-19"
    assert record.facts.filters == {
        "event": ("Conf",),
        "year": ("2018",),
        "person": ("青山真也",),
        "organization": ("CyberAgent",),
        "topic": ("Kubernetes",),
        "language": ("日本語",),
        "has": ("スライド",),
    }
    (other,) = (one for one in found.values() if one.title == "所感")
    assert (other.text, other.facts.filters["event"]) == ("よかった", ("Conf",))


def test_a_session_without_notes_is_found_at_its_card_and_each_is_found_once(events: Site) -> None:
    found = records(build(events))
    card = found["events/conf/index#session-b"]
    assert (card.title, card.facts.date) == ("Second talk", "2018-04-20")
    assert card.facts.filters["has"] == ()
    for said, keys in {"基盤": ["session-a"], "Second talk": ["session-b"]}.items():
        where = [key for key, one in found.items() if said in f"{one.title} {one.text}"]
        assert [key.partition("#")[2] for key in where] == keys


def test_talks_within_a_session_are_found_where_they_stand_first(events: Site) -> None:
    talks = """
  - id: lightning
    title: Lightning talks
    date: 2018-04-20
    start: 10:00
    end: 11:00
    children:
      - {id: one, title: The first bolt, speakers: [Thor]}
"""
    page = "# Conf\n\n```{event:schedule}\n```\n\n```{event:sessions}\n```\n"
    events.event("conf", FACTS + talks.lstrip("\n"), page)
    found = records(build(events))
    bolt = found["events/conf/index#session-one"]
    assert "Thor" in bolt.text
    assert (bolt.title, bolt.facts.names) == ("The first bolt", ("Thor",))
    assert found["events/conf/index#session-lightning"].title == "Lightning talks"


def test_a_session_may_have_a_page_of_its_own(events: Site) -> None:
    events.event("conf", FACTS, "# The report\n\n```{event:sessions}\n```\n")
    notes = "# 基盤の話\n\n```{event:session} a\n```\n\n## メモ\n\n独自実装\n"
    events.write({"events/conf/a.md": notes})
    rows = {row[1]: row for row in written(events.build())}
    url, _title, parents, text, names, *_ = rows["基盤の話"]
    assert (url, parents) == ("events/conf/a.html", ["Conf"])
    assert "独自実装" in text
    assert "青山真也" in names
    assert "メモ" not in rows


def test_of_several_places_of_a_session_its_notes_are_found(events: Site) -> None:
    more = "# Conf again\n\n```{event:sessions}\n```\n"
    events.write({"events/conf/a.md": more, "events/conf/z.md": more})
    events.event(
        "other",
        "name: Other\ndate: 2020-01-01\n",
        "# Other\n\n## 基盤の話\n\n```{event:session} a\n:event: conf\n```\n",
    )
    urls = [row[0] for row in written(events.build()) if row[1] in ("基盤の話", "Second talk")]
    assert sorted(urls) == [
        "events/conf/index.html#session-a",
        "events/conf/index.html#session-b",
    ]


@pytest.mark.parametrize("name", ["alice", "zoe"])
def test_notes_of_a_session_on_several_pages_are_all_found(events: Site, name: str) -> None:
    page = (
        f"---\norphan: true\n---\n# Notes of {name}\n\n## 基盤の話\n\n```{{event:session}} a\n```\n"
    )
    events.write({f"events/conf/{name}.md": f"{page}\n- 別の言葉\n"})
    rows = {row[0]: row for row in written(events.build())}
    assert "独自実装" in rows["events/conf/index.html#session-a"][3]
    _url, title, parents, text, names, *_ = rows[f"events/conf/{name}.html#session-a"]
    assert (title, parents) == ("基盤の話", ["Conf", f"Notes of {name}"])
    assert "別の言葉" in text
    assert "青山真也" in names


def test_a_session_shown_elsewhere_is_of_its_own_event(events: Site) -> None:
    events.event(
        "other",
        "name: Other\ndate: 2020-01-01\ntopics: [Else]\n",
        "# Other\n\n## Second\n\n```{event:session} b\n:event: conf\n```\n",
    )
    (record,) = (
        one
        for one in records(events.build()).values()
        if one.docname.endswith("other/index") and one.anchor
    )
    assert record.facts.date == "2018-04-20"
    assert record.facts.filters["event"] == ("Conf",)
    assert record.facts.filters["topic"] == ("Cloud",)


def test_records_are_written_newest_first_with_addresses(events: Site) -> None:
    events.event("old", "name: Old\ndate: 2011-03\n", "# Old\n\nText\n")
    events.event("undated", "name: Undated\n", "# Undated\n\nText\n")
    built = events.build()
    rows = written(built)
    dates = [row[5] for row in rows]
    assert dates == sorted(dates, reverse=True)
    urls = [row[0] for row in rows]
    assert urls[0] == "events/conf/index.html#session-b"
    assert "events/old/index.html" in urls
    site = data(built, "site")
    assert site["total"] == len(rows)
    assert list(site["filters"]) == [
        "year", "event", "person", "organization", "topic", "language", "has",
    ]  # fmt: skip
    facets = {name: dict(values) for name, values in data(built, "facets").items()}
    assert set(facets["year"]) == {"2011", "2018"}
    assert facets["person"] == {"青山真也": [urls.index("events/conf/index.html#session-a")]}


def test_folders_as_pages_have_their_own_addresses(events: Site) -> None:
    built = build(events, "dirhtml")
    assert "events/conf/#session-a" in [row[0] for row in written(built)]


def test_builds_in_parallel_and_again_say_the_same(events: Site) -> None:
    one = written(build(events))
    again = build(events)
    assert (again.read, again.written, written(again)) == ([], [], one)
    events.event("more", "name: More\ndate: 2020-01-02\n", "# More\n\nText\n")
    more = written(build(events))
    assert len(more) > len(one)
    shutil.rmtree(events.folder / "_build")
    assert written(build(events, parallel=4)) == more


def test_records_that_are_lost_are_made_anew(events: Site) -> None:
    before = written(build(events))
    for kept in (events.folder / "_build").rglob("cjksearch-html.pickle"):
        kept.write_bytes(b"")
    assert written(build(events)) == before
    settings = events.folder / "_build" / "html" / "cjksearch" / "site.js"
    time = settings.stat().st_mtime_ns
    build(events)
    assert settings.stat().st_mtime_ns == time


def test_files_that_are_lost_are_written_anew(events: Site) -> None:
    folder = build(events).outdir / "cjksearch"
    for lost in ("records", "pagefind"):
        shutil.rmtree(folder / lost)
        build(events)
        assert list((folder / lost).iterdir())
    (folder / "searchindex.js").unlink()
    build(events)
    assert (folder / "searchindex.js").is_file()


def test_a_site_may_have_looks_of_its_own(plain: Site) -> None:
    plain.write({"index.md": "# Page\n", "_static/cjksearch.css": "/* own */"})
    built = build(plain, html_static_path=["_static"])
    assert built.text("_static/cjksearch.css") == "/* own */"


def test_large_records_stand_alone_and_are_cut_where_they_are_shown(plain: Site) -> None:
    large = "word " * 5000
    plain.write({"index.md": f"# Page\n\nsmall\n\n## Large\n\n{large}\n\n## Next\n\nsmall\n"})
    built = build(plain)
    assert data(built, "site")["counts"] == [1, 1, 1]
    (row,) = data(built, "records/1")
    assert row[3].endswith("word …")
    assert len(row[3]) < len(large)


def test_a_page_that_is_removed_is_found_no_more(events: Site) -> None:
    events.event("more", "name: More\ndate: 2020-01-02\n", "# More\n\nText\n")
    build(events)
    for name in ("index.md", "event.yaml"):
        (events.folder / "events" / "more" / name).unlink()
    assert not [row for row in written(build(events)) if "more" in row[0]]


@pytest.mark.parametrize("builder", ["singlehtml", "text", "latex", "epub"])
def test_other_builders_have_no_search(events: Site, builder: str) -> None:
    built = events.build(builder, epub_copyright="2020")
    assert not list(built.outdir.rglob("cjksearch*"))


def test_pages_name_no_script_of_sphinxs_search(plain: Site) -> None:
    plain.write({"index.md": "# Page\n\nText\n"})
    built = build(plain, html_theme="pydata_sphinx_theme")
    for name in ("index.html", "search.html"):
        for script in ("searchtools.js", "language_data.js", "searchindex.js"):
            assert script not in built.text(name)
        assert "_static/cjksearch.js" in built.text(name)


def test_without_the_program_there_is_one_warning_and_the_other_index(
    events: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> Path:
        raise pagefind.IndexerError("it is not installed")

    monkeypatch.setattr(pagefind, "program", missing)
    for _time in range(2):
        built = events.build()
        (warning,) = built.warnings
        assert "it is not installed" in warning
        assert "[cjksearch.pagefind]" in warning
        site = data(built, "site")
        assert (site["pagefind"], site["hasFallback"]) == (None, True)
        assert json.dumps("青山") in built.text("cjksearch/searchindex.js")


@pytest.mark.parametrize("script", ["exit 3", "echo nonsense,; sleep 1", "exec sleep 60"])
def test_a_program_that_fails_is_told(
    plain: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(pagefind, "program", lambda: program)
    monkeypatch.setattr(pagefind, "PATIENCE", 2)
    plain.write({"index.md": "# Page\n\nText\n"})
    (warning,) = plain.build().warnings
    assert "[cjksearch.pagefind]" in warning


def test_a_quick_build_has_only_the_other_index(events: Site) -> None:
    built = build(events, cjksearch_pagefind=False)
    assert data(built, "site")["pagefind"] is None
    assert not (built.outdir / "cjksearch" / "pagefind").exists()
    build(events)
    assert not (build(events, cjksearch_pagefind=False).outdir / "cjksearch" / "pagefind").exists()


def test_beyond_a_size_there_is_no_other_index(events: Site) -> None:
    built = build(events, cjksearch_fallback_characters=20)
    assert data(built, "site")["hasFallback"] is False
    assert "beyond cjksearch_fallback_characters = 20" in built.status
    assert not (built.outdir / "cjksearch" / "searchindex.js").exists()
    # Unless it is the only one.
    only = build(events, cjksearch_fallback_characters=20, cjksearch_pagefind=False)
    assert data(only, "site")["hasFallback"] is True
    assert json.dumps("青山") in only.text("cjksearch/searchindex.js")


@pytest.mark.parametrize(
    ("name", "value", "used"),
    [
        ("cjksearch_synonyms", ["k8s", "Kubernetes"], []),
        ("cjksearch_synonyms", 5, []),
        ("cjksearch_filters", ["year"], {}),
        ("cjksearch_newest_filter", None, ""),
        ("cjksearch_pagefind", "maybe", True),
        ("cjksearch_fallback_characters", "many", 1_000_000),
        ("cjksearch_fallback_characters", -1, 1_000_000),
    ],
)
def test_a_setting_that_is_wrong_is_told_once_and_not_used(
    plain: Site, name: str, value: Any, used: Any
) -> None:
    plain.write({"index.md": "# Page\n", "conf.py": f"{CONF}{name} = {value!r}\n"})
    built = plain.build()
    (warning,) = built.warnings
    assert f"{name} must be " in warning
    assert f", not {value!r} [" in warning
    assert "[cjksearch.setting]" in warning
    assert built.app.config[name] == used
    assert data(built, "site")["total"] == 1


def test_settings_may_be_tuples(plain: Site) -> None:
    conf = "cjksearch_synonyms = (('a', 'b'),)\n"
    plain.write({"index.md": "# Page\n", "conf.py": f"{CONF}{conf}"})
    assert data(build(plain), "site")["synonyms"] == [["a", "b"]]


def test_text_is_never_a_script(plain: Site) -> None:
    text = "</script><script>alert(1)</script> \u2028 ${x} \\ ' \""
    plain.write({"index.md": f"# Page\n\n`{text}`\n"})
    assert written(build(plain))[0][3] == " ".join(text.split())
