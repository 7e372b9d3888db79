"""What a site hands to those who search it: the records, their addresses, the indexes."""

import errno
import os
import shutil
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest

from cjksearch.update import Update
from conftest import Built, Site
from searching import data, records, rows_written

CONF = """\
project = "Site"
extensions = ["myst_parser", "sphinx_design", "cjksearch"]
exclude_patterns = ["_build"]
"""
NEW = "# New\n\n青山\n\n## Part\n\nText\n"
#: Pages with facts of their own, which their front matter says.
TALKS = f"""{CONF}
cjksearch_filters = {{"speaker": "Speaker"}}

def facts(app, docname):
    said = app.env.metadata[docname]
    speakers = tuple(filter(None, [said.get("speaker")]))
    known = {{"date": said.get("held", ""), "filters": {{"speaker": speakers}}}}
    return lambda node: known if node.tagname == "document" else None

def setup(app):
    app.connect("cjksearch-facts", facts)
"""


def build(site: Site, builder: str = "html", parallel: int = 0, **conf: Any) -> Built:
    built = site.build(builder, parallel, **conf)
    assert built.warnings == []
    return built


@pytest.fixture
def plain(site: Site) -> Site:
    site.write({"conf.py": CONF})
    return site


@pytest.fixture
def pages(site: Site) -> Site:
    site.write({
        "conf.py": TALKS,
        "index.md": "# Site\n\n```{toctree}\n:glob:\ntalks/*\n```\n",
        "talks/old.md": '---\nheld: "2011-03"\n---\n\n# Old\n\nText\n',
        "talks/new.md": f'---\nheld: "2018-04-20"\nspeaker: 青山\n---\n\n{NEW}',
    })  # fmt: skip
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


def test_records_are_written_oldest_page_first_with_addresses(pages: Site) -> None:
    built = build(pages)
    rows = rows_written(built)
    assert {row: (one[0], one[5]) for row, one in rows.items()} == {
        # A year begins at a row that a page more in another year leaves as it is.
        0: ("index.html", ""),
        1024: ("talks/old.html", "2011-03"),
        2048: ("talks/new.html", "2018-04-20"),
        2049: ("talks/new.html#part", "2018-04-20"),
    }
    site = data(built, "site")
    assert site["total"] == len(rows)
    assert site["filters"] == {"speaker": "Speaker"}
    facets = {name: dict(values) for name, values in data(built, "facets").items()}
    # Rows are told as differences.
    assert facets == {"speaker": {"青山": [2048, 1]}}


def test_folders_as_pages_have_their_own_addresses(pages: Site) -> None:
    assert "talks/new/#part" in [row[0] for row in rows_written(build(pages, "dirhtml")).values()]


def test_builds_in_parallel_and_again_say_the_same(pages: Site) -> None:
    one = rows_written(build(pages))
    again = build(pages)
    assert (again.read, again.written, rows_written(again)) == ([], [], one)
    pages.write({f"talks/more{n}.md": f"# More {n}\n\nText\n" for n in range(4)})
    more = rows_written(build(pages))
    assert len(more) > len(one)
    shutil.rmtree(pages.folder / "_build")
    assert rows_written(build(pages, parallel=4)) == more


def state(built: Built) -> dict[str, str]:
    """What the files of the search hold."""
    folder = built.outdir / "cjksearch"
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


@pytest.mark.parametrize("lost", ["*.records", "table", "version", "*"])
def test_records_that_are_lost_are_made_anew(pages: Site, lost: str) -> None:
    before = state(build(pages))
    (kept,) = (pages.folder / "_build").rglob("cjksearch-html")
    for path in kept.glob(lost):
        path.unlink()
    assert state(build(pages)) == before


@pytest.mark.parametrize("lost", ["i/*", "r/*", "site.js", "facets.js"])
def test_files_that_are_lost_are_written_anew(pages: Site, lost: str) -> None:
    built = build(pages)
    before = state(built)
    for path in (built.outdir / "cjksearch").glob(lost):
        path.unlink()
    assert state(build(pages)) == before


def test_files_of_another_build_are_written_anew(pages: Site, tmp_path: Path) -> None:
    """As when a cache brings back an older output, with the doctrees of a newer one."""
    built = build(pages)
    older = shutil.copytree(built.outdir, tmp_path / "older")
    pages.write({"talks/old.md": '---\nheld: "2011-03"\n---\n\n# Old\n\nOther words\n'})
    newer = state(build(pages))
    shutil.rmtree(built.outdir)
    shutil.copytree(older, built.outdir)
    assert state(build(pages)) == newer


def test_nothing_is_kept_of_a_page_that_was_gone_before_it_was_found(pages: Site) -> None:
    build(pages)
    (kept,) = (pages.folder / "_build").rglob("cjksearch-html")
    names = {path.name for path in kept.iterdir()}
    pages.write({"talks/secret.md": "# Secret\n\nText\n"})
    with pytest.MonkeyPatch.context() as patch:
        # The build is interrupted before the search is written.
        patch.setattr(Update, "run", MagicMock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            build(pages)
    assert {path.name for path in kept.iterdir()} != names
    (pages.folder / "talks" / "secret.md").unlink()
    build(pages)
    assert {path.name for path in kept.iterdir()} == names


def test_what_another_version_has_left_is_removed(pages: Site) -> None:
    folder = build(pages).outdir / "cjksearch"
    (folder / "records").mkdir()
    (folder / "records" / "0.js").write_text("old words")
    (folder / "state.json").write_text("{}")
    (folder / "site.js").unlink()
    build(pages)
    left = {path.name for path in folder.iterdir()}
    assert left == {"i", "r", "all.js", "site.js", "facets.js", "stemmer.js"}


def test_files_that_stay_the_same_are_not_touched(pages: Site) -> None:
    built = build(pages)
    times = {path: path.stat().st_mtime_ns for path in (built.outdir / "cjksearch").rglob("*.js")}
    pages.write({"talks/old.md": '---\nheld: "2011-03"\n---\n\n# Old\n\nOther words\n'})
    build(pages)
    changed = {path.stem for path, time in times.items() if path.stat().st_mtime_ns != time}
    # Of the records, those of this page; what browsers know of the site tells that it is another.
    assert {"256", "site"} <= changed
    assert not changed & {"512", "facets", "stemmer"} - {
        path.stem for path in times if path.parent.name == "i"
    }


def test_a_site_may_have_looks_of_its_own(plain: Site) -> None:
    plain.write({"index.md": "# Page\n", "_static/cjksearch.css": "/* own */"})
    built = build(plain, html_static_path=["_static"])
    assert built.text("_static/cjksearch.css") == "/* own */"


def test_large_records_are_cut_where_they_are_shown(plain: Site) -> None:
    large = "word " * 5000
    plain.write({"index.md": f"# Page\n\nsmall\n\n## Large\n\n{large}\n\n## Next\n\nsmall\n"})
    row = rows_written(build(plain))[1]
    assert row[3].endswith("word …")
    assert len(row[3]) < len(large)


def test_a_site_may_have_other_filters_though_no_page_has_changed(pages: Site) -> None:
    build(pages)
    filters = {"speaker": "Speaker", "since": "Since"}
    built = build(pages, cjksearch_filters=filters)
    assert data(built, "facets").keys() == data(built, "site")["filters"].keys() == filters.keys()


def test_a_page_that_is_removed_is_found_no_more(pages: Site) -> None:
    pages.write({"talks/more.md": "# More\n\nText\n"})
    build(pages)
    (pages.folder / "talks" / "more.md").unlink()
    assert not [row for row in rows_written(build(pages)).values() if "more" in row[0]]


@pytest.mark.parametrize("builder", ["singlehtml", "text", "latex", "epub"])
def test_other_builders_have_no_search(pages: Site, builder: str) -> None:
    built = pages.build(builder, epub_copyright="2020")
    assert not list(built.outdir.rglob("cjksearch*"))


def test_pages_name_no_script_of_sphinxs_search(plain: Site) -> None:
    plain.write({"index.md": "# Page\n\nText\n"})
    built = build(plain, html_theme="pydata_sphinx_theme")
    for name in ("index.html", "search.html"):
        for script in ("searchtools.js", "language_data.js", "searchindex.js"):
            assert script not in built.text(name)
        assert "_static/cjksearch.js" in built.text(name)


@pytest.mark.parametrize(
    ("name", "value", "used"),
    [
        ("cjksearch_synonyms", ["k8s", "Kubernetes"], []),
        ("cjksearch_synonyms", 5, []),
        ("cjksearch_filters", ["year"], {}),
        ("cjksearch_filters", {"year": {"newest_first": True}}, {}),
    ],
)
def test_a_setting_that_is_wrong_is_reported_once_and_not_used(
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


def test_records_that_cannot_be_kept_are_one_message_and_made_anew(
    pages: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(pages)
    pages.write({
        "talks/old.md": '---\nheld: "2011-03"\n---\n\n# Old\n\nOther words\n',
        "talks/new.md": f'---\nheld: "2018-04-20"\n---\n\n{NEW}\nOther words\n',
    })  # fmt: skip
    write = Path.write_bytes

    def fail(path: Path, content: bytes) -> int:
        if path.name.endswith(".new.part"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return write(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", fail)
        built = pages.build()
    (error,) = built.warnings
    assert "the search cannot be written" in error
    assert built.app.statuscode == 1
    found = rows_written(build(pages))
    shutil.rmtree(pages.folder / "_build")
    assert found == rows_written(build(pages))


def test_text_is_never_a_script(plain: Site) -> None:
    text = "</script><script>alert(1)</script> \u2028 ${x} \\ ' \""
    plain.write({"index.md": f"# Page\n\n`{text}`\n"})
    assert rows_written(build(plain))[0][3] == " ".join(text.split())
