"""An output folder holds what a build from nothing would make, whatever was built before."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sphinx.builders import Builder

from conftest import ROOT, Built, Site
from printing import png
from sphinxcommon.outputs import OutputList

CONF = """\
project = "Site"
version = "1"
copyright = "2020, the authors"
extensions = ["myst_parser", "eventreports", "cjksearch"]
exclude_patterns = ["_build"]
"""
FACTS = """
name: {name}
date: {date}
sessions:
  - {{id: key, title: Keynote of {name}, speakers: [Ann]}}
"""
PAGE = """
# {name}

```{{event:sessions}}
```

![Picture](picture.png)

{{download}}`data.csv`

## Keynote of {name}

```{{event:session}} key
```

- Something was said.
"""


# The list of what was written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "out"


def put(folder: Path, *names: str, text: str = "made") -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def there(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def outputs(folder: Path, name: str = "html") -> OutputList:
    builder = SimpleNamespace(outdir=folder, doctreedir=folder.with_name("trees"), name=name)
    return OutputList(cast(Builder, builder))


def build_once(folder: Path, files: dict[str, set[str]], name: str = "html") -> None:
    """Write the files of each owner, as a builder would."""
    listed = outputs(folder, name)
    listed.begin(files)
    put(folder, *(one for names in files.values() for one in names))
    listed.end(files, files.keys())


def test_what_no_owner_has_any_longer_is_removed_with_its_folders(folder: Path) -> None:
    build_once(folder, {"a": {"a/b/page", "images/one"}, "c": {"c", "images/one"}})
    put(folder, "own", "images/own")
    build_once(folder, {"c": {"c", "images/one"}})
    assert there(folder) == {"c", "own", "images", "images/one", "images/own"}
    build_once(folder, {"d": {"d"}})
    assert there(folder) == {"d", "own", "images", "images/own"}


def test_a_file_that_somebody_has_replaced_stays(folder: Path) -> None:
    build_once(folder, {"a": {"a", "b"}})
    put(folder, "a", text="of somebody else")
    build_once(folder, {"c": {"c"}})
    assert there(folder) == {"a", "c"}


def test_what_another_builder_wrote_into_the_same_folder_stays(folder: Path) -> None:
    build_once(folder, {"a": {"a.txt", "common"}}, "text")
    build_once(folder, {"a": {"a.html", "common"}})
    build_once(folder, {"c": {"c"}})
    assert there(folder) == {"a.txt", "common", "c"}
    build_once(folder, {"c": {"c.txt"}}, "text")
    assert there(folder) == {"c", "c.txt"}


def test_what_an_interrupted_build_wrote_is_removed_too(folder: Path) -> None:
    build_once(folder, {"a": {"a"}})
    outputs(folder).begin({"a": {"a"}, "b": {"b"}})
    put(folder, "a", "b", text="another half")
    build_once(folder, {"c": {"c"}})
    assert there(folder) == {"c"}


def test_what_a_page_shows_is_known_only_after_a_whole_build(folder: Path) -> None:
    listed = outputs(folder)
    listed.end({"a": set(), "b": set()}, {"a"}, {"a": "neighbours", "b": "others"})
    assert (outputs(folder).shows("a"), outputs(folder).shows("b")) == ("neighbours", "")
    listed.begin({"a": set()})
    assert outputs(folder).shows("a") == ""


def test_files_from_before_there_was_a_list_are_listed(folder: Path) -> None:
    put(folder, "a", "own")
    outputs(folder).end({"a": {"a"}}, set())
    build_once(folder, {"c": {"c"}})
    assert there(folder) == {"own", "c"}


@pytest.mark.parametrize("text", ["", "[]", '{"html": 1}', '{"html": {"a": []}}', "\0"])
def test_a_damaged_list_is_none(folder: Path, text: str) -> None:
    build_once(folder, {"a": {"a"}})
    (path,) = folder.with_name("trees").iterdir()
    path.write_text(text, encoding="utf-8")
    build_once(folder, {"c": {"c"}})
    assert there(folder) == {"a", "c"}


def test_one_file_of_two_names_is_kept(folder: Path) -> None:
    """Where case does not count, `Page` may become `page`."""
    build_once(folder, {"Page": {"Page"}})
    listed = outputs(folder)
    os.link(folder / "Page", folder / "page")
    listed.end({"page": {"page"}}, {"page"})
    assert "page" in there(folder)
    assert "Page" in there(folder)


# Sites, compared with the same built from nothing


@pytest.fixture(autouse=True)
def epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1524096000")


def add(site: Site, name: str, date: str, **more: str) -> None:
    site.event(name, FACTS.format(name=name, date=date), more.get("page", PAGE.format(name=name)))
    folder = site.folder / "events" / name
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + name.encode())
    (folder / "data.csv").write_text(name, encoding="utf-8")


MORE = "---\norphan: true\n---\n# {title}\n\n## Keynote\n\n```{{event:session}} key\n```\n\n- x\n"


def add_notes(site: Site, name: str, title: str = "Notes of Zoe") -> None:
    site.write({f"events/{name}.md": MORE.format(title=title)})


@pytest.fixture
def several(site: Site) -> Site:
    site.write({"conf.py": CONF, "other.md": "# Other\n\nSee {event:session}`b/key`.\n"})
    site.write({"index.md": "# Site\n\n```{toctree}\nevents/years/index\nother\n```\n"})
    for name, date in {"a": "2018-01-02", "b": "2018-03-04", "c": "2018-05-06"}.items():
        add(site, name, date)
    add(site, "d", "2020-01-02")
    add_notes(site, "d/zoe")
    return site


def edit(site: Site, name: str, old: str, new: str) -> None:
    path = site.folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


#: What tells of builds rather than of the site.
_OF_BUILDS = (".buildinfo", ".buildinfo.bak", ".printouts.json")


def contents(built: Built) -> dict[str, bytes]:
    files = (path for path in built.outdir.rglob("*") if path.is_file())
    # An EPUB has the times of its files, which are here beside it.
    kept = (one for one in files if one.suffix != ".epub" and one.name not in _OF_BUILDS)
    source = str(built.app.srcdir).encode()
    return {
        path.relative_to(built.outdir).as_posix(): path.read_bytes().replace(source, b"source")
        for path in kept
    }


def check_fresh(site: Site, builder: str = "html", **conf: Any) -> Built:
    """Build once more, and compare with a build from nothing."""
    built = site.build(builder, **conf)
    fresh = Site(site.folder.with_name("fresh"))
    ignored = shutil.ignore_patterns("_build")
    shutil.copytree(site.folder, fresh.folder, ignore=ignored, dirs_exist_ok=True)
    expected = contents(fresh.build(builder, **conf))
    shutil.rmtree(fresh.folder)
    found = contents(built)
    assert found.keys() == expected.keys()
    assert [name for name in found if found[name] != expected[name]] == []
    return built


EPUB: dict[str, Any] = {"epub_copyright": "2020", "epub_title": "Site"}


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml", "epub", "text", "xml"])
def test_an_event_that_is_removed_leaves_nothing_and_takes_nothing_else(
    several: Site, builder: str
) -> None:
    conf = EPUB if builder == "epub" else {}
    before = several.build(builder, **conf)
    assert any("d" in path.parts for path in before.outdir.rglob("*")) == (builder != "singlehtml")
    shutil.rmtree(several.folder / "events" / "d")
    built = check_fresh(several, builder, **conf)
    if builder == "epub":
        (book,) = built.outdir.glob("*.epub")
        assert not [name for name in zipfile.ZipFile(book).namelist() if "/d/" in name]
    own = built.outdir / "events" / "own.txt"
    put(built.outdir, "events/own.txt", "CNAME")
    shutil.rmtree(several.folder / "events" / "c")
    several.build(builder, **conf)
    assert own.is_file()
    assert (built.outdir / "CNAME").is_file()


def exclude(site: Site) -> None:
    edit(site, "conf.py", '["_build"]', '["_build", "events/c"]')


def take_over(site: Site) -> None:
    shutil.rmtree(site.folder / "events/b")
    edit(site, "events/c/event.yaml", "name: c", "old_ids: [b]\nname: c")


EDITS: dict[str, Callable[[Site], object]] = {
    "a page without its picture": lambda site: edit(
        site, "events/b/index.md", "![Picture](picture.png)", ""
    ),
    "a page without its download": lambda site: edit(
        site, "events/b/index.md", "{download}`data.csv`", ""
    ),
    "a folder of another name": lambda site: shutil.move(
        site.folder / "events/b", site.folder / "events/bee"
    ),
    "an event in another year": lambda site: edit(site, "events/b/event.yaml", "2018", "2021"),
    "a year without its only event": lambda site: edit(site, "events/d/event.yaml", "2020", "2018"),
    "an event that is excluded": exclude,
    # The order of pages
    "another order": lambda site: edit(site, "events/a/event.yaml", "-01-02", "-04-05"),
    "an event between others": lambda site: add(site, "e", "2018-04-05"),
    "a year between others": lambda site: add(site, "e", "2019-04-05"),
    "a neighbour of another title": lambda site: edit(
        site, "events/b/index.md", "# b\n", "# *Bee*\n"
    ),
    "a page above of another title": lambda site: edit(site, "index.md", "# Site", "# The site"),
    "parts in another order": lambda site: edit(
        site, "index.md", "events/years/index\nother", "other\nevents/years/index"
    ),
    "a part of another title": lambda site: edit(
        site, "index.md", "\nother\n", "\nElsewhere <other>\n"
    ),
    # Notes of a session on several pages
    "more notes": lambda site: add_notes(site, "b/alice"),
    "no more notes": lambda site: (site.folder / "events/d/zoe.md").unlink(),
    "more notes of another title": lambda site: add_notes(site, "d/zoe", "Of Zoe"),
    "no notes on the event's own page": lambda site: edit(
        site, "events/d/index.md", "## Keynote of d\n\n```{event:session} key\n```", ""
    ),
    # References
    "an id that another event takes over": take_over,
}


@pytest.mark.matrix
@pytest.mark.parametrize("change", EDITS)
def test_an_edit_gives_what_a_build_from_nothing_gives(several: Site, change: str) -> None:
    several.build()
    EDITS[change](several)
    check_fresh(several)


def test_what_takes_over_an_id_is_followed_from_then_on(several: Site) -> None:
    several.build()
    take_over(several)
    several.build()
    edit(several, "events/c/event.yaml", "Keynote of c", "The end")
    check_fresh(several)


@pytest.mark.filterwarnings("ignore::sphinx.deprecation.RemovedInSphinx11Warning")
@pytest.mark.parametrize("builder", ["latex", "texinfo", "gettext", "changes", "qthelp"])
def test_nothing_stays_of_a_page_that_is_removed(site: Site, builder: str) -> None:
    (site.folder / "canarypicture.png").write_bytes(png())
    site.write({
        "index.md": (
            "# Site\n\n```{versionadded} 1\nA change.\n```\n\n```{toctree}\n:glob:\n*/*\n```\n"
        ),
        "canary/page.md": "# canary\n\n![](/canarypicture.png)\n",
    })  # fmt: skip
    conf: dict[str, Any] = {
        "suppress_warnings": ["toc"],
        "gettext_compact": True,
        "eventreports_year_pages": False,
    }
    built = site.build(builder, **conf)
    assert _with(built.outdir, "canary")
    shutil.rmtree(site.folder / "canary")
    assert not _with(site.build(builder, **conf).outdir, "canary")


def _with(folder: Path, word: str) -> list[Path]:
    """The files with a word in them, or in their names."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if word in path.name or word.encode() in path.read_bytes()]


def test_sources_that_are_no_longer_copied_are_removed(several: Site) -> None:
    assert list(several.build().outdir.rglob("_sources/**/*.md.txt"))
    built = several.build(html_copy_source=False)
    assert not (built.outdir / "_sources").exists()
    assert "_sources" not in built.text("events/a/index.html")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after", "gone"),
    [
        ({}, {"html_use_index": False}, "genindex.html"),
        ({"html_additional_pages": {"more": "page.html"}}, {}, "more.html"),
        ({}, {"html_file_suffix": ".htm"}, "search.html"),
    ],
)
def test_pages_that_sphinx_no_longer_generates_are_removed(
    several: Site, before: dict[str, Any], after: dict[str, Any], gone: str
) -> None:
    assert (several.build(**before).outdir / gone).is_file()
    several.build(**before)
    put(several.folder / "_build/html", "mine.html")
    assert not (several.build(**after).outdir / gone).exists()
    assert (several.folder / "_build/html/mine.html").is_file()


def test_only_the_neighbours_of_a_page_are_written_with_it(several: Site) -> None:
    several.build()
    edit(several, "events/c/index.md", "# c\n", "# Cee\n")
    built = several.build()
    assert built.read == ["events/c/index"]
    assert {"events/c/index", "events/years/2018", "events/b/index"} <= set(built.written)
    assert not {"events/a/index", "events/d/index", "other", "index"} & set(built.written)
    assert several.build().written == []


def test_a_page_that_is_gone_is_in_no_table_of_contents(site: Site) -> None:
    contents = "# Site\n\n```{toctree}\nfirst\nsecond\n```\n"
    site.write({"index.md": contents, "first.md": "# First\n", "second.md": "# Second\n"})
    assert "Second" in site.build("text").text("index.txt")
    (site.folder / "second.md").unlink()
    site.build()
    assert "Second" not in site.build("text").text("index.txt")


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["pydata_sphinx_theme", "alabaster"])
def test_menus_show_what_there_is(several: Site, theme: str) -> None:
    """The top of the contents is on every page, and a part's contents are on its own."""
    part = "# Part\n\n```{toctree}\none\ntwo\n```\n"
    several.write({"part/index.md": part, "part/one.md": "# One\n", "part/two.md": "# Two\n"})
    edit(several, "index.md", "other\n", "other\npart/index\n")
    # The theme adds to the list that would be the default of all builds in this process.
    settings = 'html_sidebars = {"index": [], "events/**": []}\ntemplates_path = []\n'
    several.write({"conf.py": CONF + settings})
    several.build(html_theme=theme)
    several.write({"part/two.md": "# Second\n"})
    built = check_fresh(several, html_theme=theme)
    assert "Second" in built.text("part/one.html")
    assert not [name for name in built.written if name.startswith("events/")]
    several.write({"part/index.md": part.replace("# Part", "# The part")})
    assert "The part" in check_fresh(several, html_theme=theme).text("part/one.html")


@pytest.mark.slow
def test_pages_named_on_the_command_line_leave_the_others(several: Site) -> None:
    built = several.build()
    shutil.rmtree(several.folder / "events" / "d")
    edit(several, "events/a/event.yaml", "-01-02", "-04-05")
    subprocess.run(
        [*sphinx(several), str(several.folder / "other.md")],
        env={**os.environ, "PYTHONPATH": str(ROOT / "_ext")},
        check=True,
    )
    assert not (built.outdir / "events" / "d").exists()
    assert (built.outdir / "events/a/index.html").is_file()


# What is printed


@pytest.fixture
def printed(several: Site) -> Site:
    several.write({"conf.py": CONF.replace('"cjksearch"', '"typstprint"')})
    for picture in several.folder.rglob("picture.png"):
        picture.write_bytes(png())
    return several


def printed_files(built: Built) -> set[str]:
    return {name for name in there(built.outdir) if (built.outdir / name).is_file()}


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["typstprint", "typstprint-src"])
def test_what_was_printed_of_an_event_goes_with_it(printed: Site, builder: str) -> None:
    built = printed.build(builder)
    assert {"handouts/d.typ", "handouts/d.summary.typ"} <= printed_files(built)
    pictures = [name for name in printed_files(built) if name.startswith("_images/")]
    put(built.outdir, "handouts/mine.pdf", "mine.json", "handouts/d.txt")
    shutil.rmtree(printed.folder / "events" / "d")
    left = printed_files(printed.build(builder))
    assert {name for name in left if "/d." in name} == {"handouts/d.txt"}
    assert {"handouts/mine.pdf", "mine.json", "handouts/c.typ", "book.typ", "template.typ"} <= left
    assert len([name for name in left if name.startswith("_images/")]) == len(pictures) - 1


@pytest.mark.slow
def test_events_that_are_printed_alone_take_no_others_away(printed: Site) -> None:
    built = printed.build("typstprint")
    before = contents(built)
    edit(printed, "events/a/index.md", "Something", "Nothing")
    again = printed.build("typstprint", eventreports_printed_events=["a"])
    assert contents(again).keys() == before.keys()
    changed = {name for name, text in contents(again).items() if before[name] != text}
    assert changed == {f"handouts/a.{ending}" for ending in ("json", "pdf", "typ", "digest")} | {
        "handouts/a.summary.json"
    }
    # And what is printed alone in a folder where nothing was is alone there.
    shutil.rmtree(built.outdir)
    alone = printed.build("typstprint", eventreports_printed_events=["a"])
    pdfs = {name for name in printed_files(alone) if name.endswith(".pdf")}
    assert pdfs == {"handouts/a.pdf", "handouts/a.summary.pdf"}


@pytest.mark.slow
def test_a_form_or_a_document_that_is_no_longer_wanted_is_removed(printed: Site) -> None:
    documents = [("index", "book"), ("other", "more/other")]
    built = printed.build("typstprint-src", typstprint_documents=documents)
    assert "more/other.typ" in printed_files(built)
    left = printed_files(printed.build("typstprint-src", eventreports_handouts=["full"]))
    assert not (built.outdir / "more").exists()
    assert not [name for name in left if "summary" in name]
    assert {"book.typ", "handouts/a.typ"} <= left


@pytest.mark.slow
def test_a_pdf_that_somebody_has_signed_stays(printed: Site) -> None:
    built = printed.build("typstprint")
    put(built.outdir, "handouts/d.pdf", text="signed")
    shutil.rmtree(printed.folder / "events" / "d")
    left = printed_files(printed.build("typstprint"))
    assert {name for name in left if "/d." in name} == {"handouts/d.pdf"}


# Builds that end before they are done


def sphinx(site: Site) -> list[str]:
    build = site.folder / "_build"
    options = ["-q", "-D", "html_theme=basic", "-D", "language=ja", "-d", str(build / "doctrees")]
    return [sys.executable, "-m", "sphinx", *options, str(site.folder), str(build / "html")]


#: At the third page of all, when the second is written in part.
STOP = """
import os
from pathlib import Path

def stop(app, page, template, context, doctree):
    stop.pages.append(page)
    if len(stop.pages) == 3:
        path = app.builder.get_output_path(stop.pages[1])
        path.write_text(path.read_text(encoding="utf-8")[:100], encoding="utf-8")
        {how}

stop.pages = []

def setup(app):
    app.connect("html-page-context", stop)
    return {{"parallel_write_safe": True}}
"""


@pytest.mark.slow
@pytest.mark.parametrize("how", ["os._exit(9)", "raise KeyboardInterrupt"])
def test_after_an_interrupted_build_the_next_is_right(several: Site, how: str) -> None:
    several.build()
    edit(several, "events/b/index.md", "Something was said", "Nothing was said")
    edit(several, "events/c/event.yaml", "Keynote of c", "The end")
    edit(several, "events/a/event.yaml", "-01-02", "-04-05")
    several.write({"stop.py": STOP.format(how=how)})
    stopped = subprocess.run(
        [*sphinx(several), "-D", "extensions=myst_parser,eventreports,cjksearch,stop"],
        env={**os.environ, "PYTHONPATH": f"{ROOT / '_ext'}{os.pathsep}{several.folder}"},
        capture_output=True,
    )
    assert stopped.returncode != 0
    built = check_fresh(several)
    assert built.written
    assert several.build().written == []


def test_a_file_that_was_written_in_part_ends_no_build(several: Site) -> None:
    several.build()
    for name in ("html/.printouts.json", "doctrees/cjksearch-html/table"):
        put(several.folder / "_build", name, text='{"')
    check_fresh(several)


@pytest.mark.slow
@pytest.mark.parametrize("lines", [0, 1, 2, 3])
def test_a_record_of_settings_that_was_written_in_part_ends_no_build(
    several: Site, lines: int
) -> None:
    path = several.build().outdir / ".buildinfo"
    text = path.read_text(encoding="utf-8")
    path.write_text("".join(text.splitlines(keepends=True)[:lines]), encoding="utf-8")
    check_fresh(several)
    assert path.read_text(encoding="utf-8") == text


# Events of one id


@pytest.mark.slow
@pytest.mark.parametrize("kept", ["a", "b"])
@pytest.mark.parametrize("removes", [True, False])
def test_of_two_events_of_one_id_each_has_its_own_facts_when_it_is_alone(
    several: Site, kept: str, removes: bool
) -> None:
    gone = "b" if kept == "a" else "a"
    for name in ("a", "b"):
        edit(several, f"events/{name}/event.yaml", "name:", "id: same\nname:")
    edit(several, "other.md", "b/key", "same/key")
    assert len(several.build().warnings) == 1
    check_duplicates = check_fresh(several)
    assert len(check_duplicates.warnings) == 1
    if removes:
        shutil.rmtree(several.folder / "events" / gone)
    else:
        edit(several, f"events/{gone}/event.yaml", "id: same\n", "")
    built = check_fresh(several)
    assert built.warnings == []
    assert re.search(rf'href="events/{kept}/index.html#session-key"', built.text("other.html"))
