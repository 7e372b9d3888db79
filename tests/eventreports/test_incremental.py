"""Builds read and write what changed, and nothing else; however many processes read."""

import filecmp
import os
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sphinx.testing.util import SphinxTestApp

from conftest import Site
from eventreports.core.subjects import Subjects

#: Builders that write a file a page and share their doctrees.
PAGE_BUILDERS = ["html", "dirhtml", "epub", "text", "xml"]

TALK = """
name: {name}
date: {date}
sessions:
  - id: key
    title: {title}
    speakers: [Ann {name} (ACME)]
"""
NOTES = """
# {name}

```{{event:info}}
```

## {title}

```{{event:session}} key
```

### Notes

- Something was said.
"""
OTHER = """
# Elsewhere

See {event:session}`b/key` and [](#b).
"""


def add(site: Site, name: str, date: str = "2020-01-02", title: str = "Keynote") -> None:
    facts = TALK.format(name=name.upper(), date=date, title=title)
    site.event(name, facts, NOTES.format(name=name.upper(), title=title))


@pytest.fixture
def three(site: Site) -> Site:
    """Two events of one year, one of another, and a page that refers to one of them."""
    add(site, "a")
    add(site, "b")
    add(site, "c", date="2021-03-04")
    site.write({"other.md": OTHER})
    site.write({"index.md": "# Site\n\n```{toctree}\nevents/years/index\nother\n```\n"})
    return site


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def event_file(site: Site, name: str) -> Path:
    return site.folder / "events" / name / "event.yaml"


def named(written: list[str]) -> set[str]:
    """Pages by the folders that they stand for, so that dirhtml's names are like the others'."""
    return {name.removesuffix("/index") for name in written}


@pytest.mark.parametrize("builder", PAGE_BUILDERS)
def test_a_second_build_does_nothing(three: Site, builder: str) -> None:
    first = three.build(builder)
    assert len(first.read) == 8
    assert first.warnings == []
    second = three.build(builder)
    assert (second.read, second.written, second.warnings) == ([], [], [])


def test_a_second_build_reads_no_translated_page(three: Site) -> None:
    catalog = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    three.write({"locale/en/LC_MESSAGES/other.po": f'{catalog}msgid "Elsewhere"\nmsgstr "Else"\n'})
    first = three.build("text", language="en", locale_dirs=["locale"])
    assert "Else\n" in first.text("other.txt")
    assert three.build("text", language="en", locale_dirs=["locale"]).read == []


@pytest.mark.parametrize("builder", PAGE_BUILDERS)
def test_an_edited_fact_reads_its_page_alone(three: Site, builder: str) -> None:
    three.build(builder)
    edit(event_file(three, "b"), "Ann B (ACME)", "Bob (ACME)")
    built = three.build(builder)
    assert built.read == ["events/b/index"]
    # Nothing that other pages show of the event has changed; Sphinx writes the page above anew.
    assert named(built.written) == {"events/b", "events/years/2020"}


@pytest.fixture
def gathered(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """One item for each time that it has been gathered what all events have in common."""
    found: list[object] = []
    of_forms = Subjects.__init__

    def gather(*arguments: Any) -> None:
        found.append(object())
        of_forms(*arguments)

    monkeypatch.setattr(Subjects, "__init__", gather)
    return found


def test_edited_words_leave_what_the_events_have_in_common(
    three: Site, gathered: list[object]
) -> None:
    three.write({"events/people.yaml": "people: [{name: {ja: 安, en: Ann B}}]\n"})
    three.build("text")
    gathered.clear()
    page = three.folder / "events/b/index.md"
    edit(page, "Something was said", "Something was meant")
    built = three.build("text")
    assert (built.read, gathered) == (["events/b/index"], [])
    # The index still has people by the names that the register gives them.
    entries = built.app.env.domains.index_domain.entries["events/b/index"]
    assert [one[1] for one in entries if one[0] == "single"] == ["安"]
    edit(event_file(three, "b"), "Ann B", "Bob")
    three.build("text")
    assert gathered


@pytest.mark.parametrize("between", [[], ["text"]])
def test_an_edited_title_is_shown_elsewhere_without_gathering_anew(
    three: Site, gathered: list[object], between: list[str]
) -> None:
    edit(event_file(three, "b"), "Ann B", "Ann A")
    three.build()
    gathered.clear()
    edit(event_file(three, "b"), "title: Keynote", "title: Opening")
    for builder in between:
        three.build(builder)
    built = three.build()
    assert gathered == []
    for page in ("people/ann-a.html", "events/a/index.html"):
        assert "Opening" in built.text(page)


def test_a_program_may_build_what_was_before(three: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "ab":
        edit(event_file(three, name), "title: Keynote", "title: Keynote\n    topics: [IoT]")
        edit(three.folder / f"events/{name}/index.md", "### Notes", "### Points")
    three.build()
    with monkeypatch.context() as patch:
        patch.setattr(SphinxTestApp, "cleanup", lambda _app: None)
        built = three.build()
    for before, now in [("said", "meant"), ("meant", "said")]:
        edit(three.folder / "events/b/index.md", f"was {before}", f"was {now}")
        built.app.build()
        points = re.findall(r"Something was (\w+)", built.text("topics/iot.html"))
        assert sorted(points) == sorted(["said", now])
    built.app.cleanup()


@pytest.mark.parametrize("builder", PAGE_BUILDERS)
def test_what_other_pages_show_is_written_anew(three: Site, builder: str) -> None:
    three.build(builder)
    edit(event_file(three, "b"), "name: B", "name: Bee")
    built = three.build(builder)
    assert built.read == ["events/b/index"]
    years = {"events/years/2020", "events/years", "index"}
    assert named(built.written) == {"events/b", "other", *years}


@pytest.mark.parametrize("builder", PAGE_BUILDERS)
def test_a_builder_sees_what_another_has_read(three: Site, builder: str) -> None:
    """The doctrees are shared: nothing is left to read, but there is something to write."""
    three.build(builder)
    three.build("html" if builder != "html" else "text")
    edit(event_file(three, "b"), "name: B", "name: Bee")
    three.build("html" if builder != "html" else "text")
    built = three.build(builder)
    assert built.read == []
    assert {"events/b", "events/years/2020", "other"} <= named(built.written)
    assert not {"events/a", "events/c"} & named(built.written)
    assert three.build(builder).written == []


def test_a_reference_depends_on_one_session_alone(three: Site) -> None:
    facts = event_file(three, "b").read_text(encoding="utf-8")
    three.write({"events/b/event.yaml": f"{facts}  - {{id: other, title: Other}}\n"})
    three.build()
    edit(event_file(three, "b"), "title: Other", "title: Another")
    assert "other" not in three.build().written


def test_a_new_event_appears_where_it_belongs(three: Site) -> None:
    three.build()
    add(three, "d", date="2021-05-06")
    built = three.build()
    assert sorted(built.read) == ["events/d/index", "events/years/2021"]
    assert "events/years" in named(built.written)
    assert "events/a" not in named(built.written)
    assert 'href="../d/index.html"' in built.text("events/years/2021.html")
    assert 'href="../d/index.html"' in built.text("events/years/index.html")


def test_a_new_year_gets_a_page(three: Site) -> None:
    three.build()
    add(three, "d", date="1999-12-31")
    built = three.build()
    assert sorted(built.read) == ["events/d/index", "events/years/1999", "events/years/index"]
    assert "D" in built.text("events/years/1999.html")


def test_a_removed_event_leaves_no_trace(three: Site) -> None:
    three.build()
    shutil.rmtree(three.folder / "events" / "c")
    built = three.build()
    assert built.warnings == []
    assert not (three.folder / "events/years/2021.md").exists()
    assert built.read == ["events/years/index"]
    assert "../c/" not in built.text("events/years/index.html")


def test_an_event_that_moves_to_another_year_moves_its_page(three: Site) -> None:
    three.build()
    edit(event_file(three, "b"), "2020-01-02", "2021-01-02")
    built = three.build()
    assert sorted(built.read) == ["events/b/index", "events/years/2020", "events/years/2021"]
    assert "../b/index.html" not in _body(built.text("events/years/2020.html"))
    assert "../b/index.html" in _body(built.text("events/years/2021.html"))


def _body(html: str) -> str:
    return html.partition('role="main"')[2].partition('class="clearer"')[0]


def test_broken_data_is_reported_until_it_is_fixed(three: Site) -> None:
    three.build()
    edit(event_file(three, "b"), "date: 2020-01-02", "date: 2020-02-30")
    for _time in range(2):
        built = three.build()
        assert len(built.warnings) == 1
        assert "events/b/event.yaml:2:7: WARNING: " in built.warnings[0]
        assert "[event.date]" in built.warnings[0]
        assert "Ann" in built.text("events/b/index.html")
    edit(event_file(three, "b"), "2020-02-30", "2020-02-28")
    assert three.build().warnings == []
    assert three.build().read == []


def test_a_file_that_cannot_be_read_keeps_its_page(three: Site) -> None:
    three.build()
    text = event_file(three, "b").read_text(encoding="utf-8")
    event_file(three, "b").write_text("- a list\n", encoding="utf-8")
    built = three.build()
    assert any(
        "events/b/event.yaml" in line and "[event.document]" in line for line in built.warnings
    )
    assert "Something was said" in built.text("events/b/index.html")
    assert "event-fault" in built.text("events/b/index.html")
    event_file(three, "b").write_text(text, encoding="utf-8")
    fixed = three.build()
    assert fixed.warnings == []
    assert "event-fault" not in fixed.text("events/b/index.html")
    assert three.build().read == []


def test_a_missing_file_is_found_when_it_comes(three: Site) -> None:
    edit(event_file(three, "b"), "    speakers", "    slides: talk.pdf\n    speakers")
    built = three.build()
    assert any("[event.file]" in line for line in built.warnings)
    (three.folder / "events/b/talk.pdf").write_bytes(b"%PDF" + b"x" * 4_800_000)
    built = three.build()
    assert built.warnings == []
    assert "PDF 4.8 MB" in built.text("events/b/index.html")
    assert three.build().read == []
    (three.folder / "events/b/talk.pdf").write_bytes(b"%PDF" + b"x" * 9_600_000)
    assert "PDF 9.6 MB" in three.build().text("events/b/index.html")


def test_a_page_that_borrows_an_event_follows_it(three: Site) -> None:
    three.write({"other.md": "# Elsewhere\n\n```{event:sessions}\n:event: b\n```\n"})
    assert three.build().warnings == []
    edit(event_file(three, "b"), "Ann B (ACME)", "Bob (ACME)")
    built = three.build()
    assert sorted(built.read) == ["events/b/index", "other"]
    assert "Bob" in built.text("other.html")
    shutil.move(three.folder / "events/b", three.folder / "events/bee")
    built = three.build()
    assert "other" in built.read
    assert any("other.md:3" in w and "[event.unknown-event]" in w for w in built.warnings)
    shutil.move(three.folder / "events/bee", three.folder / "events/b")
    built = three.build()
    assert built.warnings == []
    assert "Bob" in built.text("other.html")


def test_notes_that_come_and_go_change_the_cards_elsewhere(three: Site) -> None:
    three.write({"other.md": "# Elsewhere\n\n```{event:sessions}\n:event: b\n```\n"})
    linked = 'href="events/b/index.html#session-key"'
    assert linked in three.build().text("other.html")
    page = three.folder / "events/b/index.md"
    edit(page, "```{event:session} key\n```\n", "")
    built = three.build()
    assert built.read == ["events/b/index"]
    assert "other" in named(built.written)
    assert linked not in built.text("other.html")


def _many(site: Site) -> None:
    for number in range(12):
        add(site, f"e{number}", date=f"{2010 + number % 4}-01-02")
        page = site.folder / f"events/e{number}/index.md"
        page.write_text(page.read_text(encoding="utf-8") + "\n![Logo](logo.png)\n")
        # One name, different pictures: the names in the output must not depend on luck.
        (page.parent / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes([number]))
    site.write({f"page{n}.md": f"# Page {n}\n\n{{event:session}}`e{n}/key`\n" for n in range(8)})
    pages = "".join(f"page{n}\n" for n in range(8))
    site.write({"index.md": f"# Site\n\n```{{toctree}}\nevents/years/index\n{pages}```\n"})


def _tree(folder: Path) -> set[str]:
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and ".doctrees" not in path.parts
    }


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["html", "text", "singlehtml", "latex"])
def test_serial_and_parallel_builds_are_equal(
    make_site: Callable[[str], Site], builder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1524096000")
    folders = []
    for name, parallel in (("serial", 0), ("parallel", 4)):
        # The same path for both: some builders write it into what they make.
        site = make_site("same")
        _many(site)
        built = site.build(builder, parallel=parallel)
        assert built.warnings == []
        folders.append(
            shutil.move(site.folder, site.folder.with_name(name)) / Path("_build") / builder
        )
    serial, parallel_ = folders
    assert _tree(serial) == _tree(parallel_)
    differing = filecmp.cmpfiles(serial, parallel_, sorted(_tree(serial)), shallow=False)[1:]
    assert differing == ([], [])


def test_an_incremental_build_equals_a_fresh_one(
    make_site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1524096000")
    grown = make_site("grown")
    for name in ("a", "b", "c"):
        add(grown, name)
        grown.build()
    edit(event_file(grown, "a"), "name: A", "name: Ay")
    edit(grown.folder / "events/b/index.md", "Something", "Nothing")
    grown.build()
    fresh = make_site("fresh")
    shutil.copytree(grown.folder / "events", fresh.folder / "events", dirs_exist_ok=True)
    fresh.build()
    left, right = (site.folder / "_build" / "html" for site in (grown, fresh))
    assert _tree(left) == _tree(right)
    pages = sorted(name for name in _tree(left) if name.endswith(".html"))
    assert filecmp.cmpfiles(left, right, pages, shallow=False)[1:] == ([], [])


def test_the_clock_of_the_file_system_is_no_trap(three: Site) -> None:
    """Outputs written in the very moment of reading are not taken for stale."""
    three.build("text")
    now = time.time()
    for path in (three.folder / "_build/text").rglob("*.txt"):
        os.utime(path, (now, now))
    assert three.build("text").written == []


def test_a_link_follows_a_session_that_moves(three: Site) -> None:
    """Links by any name are followed as references by role are."""
    three.write({"other.md": "# Elsewhere\n\n[the keynote](#b/key)\n"})
    assert 'href="events/b/index.html#session-key"' in three.build().text("other.html")
    (three.folder / "events/b/index.md").write_text("# B\n\n```{toctree}\nkey\n```\n")
    three.write({"events/b/key.md": "# Keynote\n\n```{event:session} key\n```\n"})
    built = three.build()
    assert built.warnings == []
    assert 'href="events/b/key.html#session-key"' in built.text("other.html")


def test_one_fact_of_a_session_writes_no_other_years(three: Site) -> None:
    three.build()
    edit(event_file(three, "b"), "title: Keynote", "title: Opening")
    written = named(three.build().written)
    assert not {"events/years", "events/years/2021", "events/a", "events/c"} & written


def test_a_file_of_an_older_time_is_read(three: Site) -> None:
    three.build()
    edit(event_file(three, "b"), "Ann B (ACME)", "Bob (ACME)")
    long_ago = 1_000_000_000
    os.utime(event_file(three, "b"), (long_ago, long_ago))
    built = three.build()
    assert built.read == ["events/b/index"]
    assert "Bob" in built.text("events/b/index.html")


def test_a_nearer_event_takes_its_pages(three: Site) -> None:
    page = "---\norphan: true\n---\n# P\n\n```{event:info}\n```\n"
    three.write({"events/a/sub/page.md": page})
    assert "<p>A</p>" in three.build().text("events/a/sub/page.html")
    three.event("a/sub", "name: Nearer\n")
    built = three.build()
    assert "<p>Nearer</p>" in built.text("events/a/sub/page.html")


def test_of_two_events_with_one_id_the_other_stays(three: Site) -> None:
    edit(event_file(three, "a"), "name: A", "id: b\nname: A")
    assert len(three.build().warnings) == 1
    shutil.rmtree(three.folder / "events/a")
    built = three.build()
    assert built.warnings == []
    assert "../b/index.html" in _body(built.text("events/years/2020.html"))


def test_a_file_that_breaks_is_listed_as_in_a_build_from_nothing(three: Site) -> None:
    """What it said before is not remembered, for the output would depend on it."""
    three.build()
    event_file(three, "b").write_text("- a list\n", encoding="utf-8")
    built = three.build()
    assert len(built.warnings) == 1
    assert "../b/index.html" in _body(built.text("events/years/undated.html"))
    assert "../b/index.html" not in _body(built.text("events/years/2020.html"))


def test_what_the_site_does_not_want_to_hear_makes_no_work(three: Site) -> None:
    """A page is read again while something is wrong; a fault that is wanted is none."""
    edit(event_file(three, "b"), "name: B", "name: B\nreporters: [TODO]")
    unwanted = ["event.placeholder"]
    assert three.build(suppress_warnings=unwanted).warnings == []
    assert three.build(suppress_warnings=unwanted).read == []


def test_a_hint_can_be_switched_off(three: Site) -> None:
    edit(event_file(three, "b"), "name: B", "name: B\nreporters: [Ken Mori, Ken Morri]")
    assert "event.similar-name" in three.build().status
    built = three.build(suppress_warnings=["event.similar-name"])
    assert "event.similar-name" not in built.status
