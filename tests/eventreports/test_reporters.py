"""Several reporters write of one event, each on pages of their own in its folder."""

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from docutils import nodes
from sphinx import addnodes

from conftest import Built, Site
from eventreports.core.page_reporters import reporters_of_page
from eventreports.core.problems import Code
from eventreports.sphinx.snippets import FILE

FACTS = """\
name: Tea Day
date: 2026-06-01
reporters: [山田, 佐藤, {name: {ja: 有栖, en: Alice}, aliases: [ali]}]
sessions:
  - {id: tea, title: Tea}
  - {id: coffee, title: Coffee}
"""
INDEX = """\
# Tea Day

```{event:sessions}
```

## Tea

```{event:session} tea
```

- Black.
"""
SATO = """\
---
reporter: 佐藤
---

# Notes of Sato

General words.

## Coffee

```{event:session} coffee
```

### Points

- Strong.

## Tea

```{event:session} tea
```

### Points

- Green.
"""
ALICE = """\
:reporter: ali

Alice wrote
===========

Tea
---

.. event:session:: tea

Points
~~~~~~

- Hot.

Questions
~~~~~~~~~

- Why?
"""
FOLDER = "events/tea-day"


def write(site: Site, **pages: str) -> None:
    site.write({f"{FOLDER}/{name.replace('__', '.')}": text for name, text in pages.items()})


def three(site: Site) -> Site:
    site.event("tea-day", FACTS, INDEX)
    write(site, sato__md=SATO, alice__rst=ALICE)
    return site


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return three(Site(tmp_path_factory.mktemp("reporters"))).build(language="en")


def contents(built: Built, docname: str = f"{FOLDER}/index") -> list[str]:
    """The pages that the contents of a page have, as menus show them."""
    return [
        page.removeprefix(f"{FOLDER}/")
        for toctree in built.app.env.tocs[docname].findall(addnodes.toctree)
        for _title, page in toctree["entries"]
    ]


def notes_lines(text: str) -> list[str]:
    """What stands in the lines with the notes of a session, links as ``[text](address)``."""
    lines = re.findall(r'<p class="event-notes-by">(.*?)</p>', text)
    linked = (re.sub(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', r"[\2](\1)", one) for one in lines)
    return [re.sub("<[^>]*>", "", one) for one in linked]


# What a page says of its reporters


def said(text: str, *, is_markdown: bool = True) -> list[str]:
    written, findings = reporters_of_page(text.splitlines(), is_markdown=is_markdown)
    codes = [f"{one.mark.line}:{one.mark.column} {one.code.label}" for one in findings]
    return [f"{one.mark.line}:{one.mark.column} {one.name}" for one in written] + codes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("---\nreporter: 佐藤\n---\n# P\n", ["2:11 佐藤"]),
        ("---\nreporter: [佐藤, 'A: B']\n---\n", ["2:12 佐藤", "2:16 A: B"]),
        ("---\nreporter:\n  - Ann (ACME)\n...\n", ["3:5 Ann"]),
        ("---\nreporter: 佐藤 一郎、鈴木 二郎\n---\n", ["2:11 佐藤 一郎", "2:11 鈴木 二郎"]),
        ("---\nreporter: No\n---\n", ["2:11 No"]),
        ("---\nReporter: Ann\n---\n", ["2:11 Ann", "2:1 unknown-key"]),
        ("---\na: 1\nreporters: [Ann]\n---\n", ["3:13 Ann", "3:1 unknown-key"]),
        ("---\n報告者: 佐藤\n---\n", ["2:6 佐藤", "2:1 unknown-key"]),
        ("---\nauthor: Ann\nmyst: {reporter: Ann}\n---\n", []),
        ("---\nreporter:\n---\n", ["2:1 empty"]),
        ("---\nreporter: {name: Ann}\n---\n", ["2:1 type"]),
        ("---\nreporter: [Ann\n---\n", []),
        ("---\nreporter: Ann\n", []),
        ("# P\n\nreporter: Ann\n", []),
        ("", []),
    ],
)
def test_front_matter_says_who_wrote_a_page(text: str, found: list[str]) -> None:
    assert said(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (":reporter: 佐藤\n\nP\n=\n", ["1:2 佐藤"]),
        ("P\n=\n\n:orphan:\n:reporter:\n   Ann\n", ["5:2 Ann"]),
        (":Reporter: Ann\n", ["1:2 Ann", "1:2 unknown-key"]),
        (":reporter:\n\nP\n=\n", ["1:2 empty"]),
        (".. note::\n   :reporter: Ann\n", []),
        ("---\nreporter: Ann\n---\n", []),
    ],
)
def test_a_field_says_who_wrote_a_page_in_restructuredtext(text: str, found: list[str]) -> None:
    assert said(text, is_markdown=False) == found


@pytest.mark.parametrize(
    "written", ["佐藤", "Ａｌｉｃｅ", "有栖", "ali", "A\N{ZERO WIDTH SPACE}lice"]
)
def test_a_reporter_is_one_of_the_events_in_any_form(site: Site, written: str) -> None:
    site.event("tea-day", FACTS, INDEX)
    write(site, a__md=f"---\nreporter: {written}\n---\n# Notes\n")
    built = site.build("text", language="en")
    assert built.warnings == []
    name = "佐藤" if written == "佐藤" else "Alice"
    assert f"Reported by {name}, Tea Day" in built.text(f"{FOLDER}/a.txt")


@pytest.mark.parametrize(
    ("reporters", "written", "advice"),
    [
        ("[Hanako Yamada]", "Hanako Yamda", "(did you mean “Hanako Yamada”?)"),
        ("[山田]", "佐藤", f"add the name to “reporters” in line 2 of {FOLDER}/event.yaml"),
        ("", "'@ann'", f'write “reporters: ["@ann"]” into {FOLDER}/event.yaml'),
    ],
)
def test_one_who_is_not_is_reported_with_what_to_write(
    site: Site, reporters: str, written: str, advice: str
) -> None:
    facts = "name: Tea Day\n" + (f"reporters: {reporters}\n" if reporters else "")
    site.event("tea-day", facts, "# Tea Day\n")
    write(site, a__md=f"---\nreporter: {written}\n---\n# Notes\n")
    for _time in range(2):
        (warning,) = site.build(language="en").warnings
        assert f"{FOLDER}/a.md:2:11: WARNING: “" in warning
        assert advice in warning
        assert f"[event.{Code.UNKNOWN_NAME.label}]" in warning
    # The advice is right.
    if found := re.search("write “(.*?)”", warning):
        site.event("tea-day", f"name: Tea Day\n{found[1]}\n")
    else:
        name = "Hanako Yamda" if "Yamada" in reporters else written
        site.event("tea-day", f"name: Tea Day\nreporters: [{name}]\n")
    assert site.build(language="en").warnings == []


# Which pages belong to an event


def test_the_pages_of_a_folder_need_no_toctree(built: Built) -> None:
    assert built.warnings == []
    assert contents(built) == ["alice", "sato"]
    html = built.text(f"{FOLDER}/alice.html")
    assert 'rel="prev" title="Tea Day" href="index.html"' in html
    assert 'rel="next" title="Notes of Sato" href="sato.html"' in html
    assert "toctree-wrapper" not in built.text(f"{FOLDER}/index.html")


def test_a_toctree_by_hand_gives_no_second_entry(site: Site) -> None:
    toctree = "```{toctree}\n:hidden:\nlater\n```\n"
    site.event("tea-day", FACTS, f"{INDEX}\n{toctree}")
    site.write({"index.md": f"# Site\n\n```{{toctree}}\nevents/years/index\n{FOLDER}/top\n```\n"})
    write(site, later__md="# Later\n", top__md="# Top\n", a__md="# A\n\n```{toctree}\nb\n```\n")
    write(site, b__md="# B\n", part__rst="Part\n----\n", c__rst="C\n=\n\n.. include:: part.rst\n")
    write(site, alone__md="---\norphan: true\n---\n# Alone\n")
    built = site.build()
    assert built.warnings == []
    assert contents(built) == ["later", "a", "c"]
    assert "multiple toctrees" not in built.status
    # What is named elsewhere no longer is the event's again.
    write(site, a__md="# A\n")
    assert contents(site.build()) == ["later", "a", "b", "c"]


def test_pages_of_folders_below_come_in_order_and_other_events_have_their_own(site: Site) -> None:
    site.event("tea-day", FACTS, INDEX)
    site.event("tea-day/inner", "name: Inner\n", "# Inner\n")
    write(site, zoe__md="# Zoe\n")
    for name in ("day2/index", "day2/ann", "inner/more"):
        site.write({f"{FOLDER}/{name}.md": "# Page\n"})
    built = site.build()
    assert built.warnings == []
    assert contents(built) == ["zoe", "day2/index", "day2/ann"]
    assert contents(built, f"{FOLDER}/inner/index") == ["inner/more"]


def test_the_pages_of_years_are_none_of_an_event_around_them(site: Site) -> None:
    toctree = "```{toctree}\nyears/index\n```"
    site.event(".", "name: Series\n", f"# Series\n\n{toctree}\n")
    site.event("conf", "name: Conf\ndate: 2020-01-02\n", "# Conf\n")
    site.write({"events/about.md": "# About\n"})
    site.write({"index.md": "# Site\n\n```{toctree}\nevents/index\n```\n"})
    built = site.build()
    assert built.warnings == []
    assert contents(built, "events/index") == ["events/years/index", "events/about"]


# What readers see


def test_a_page_says_who_wrote_it_and_leads_to_the_event(built: Built) -> None:
    for page, name in (("sato", "佐藤"), ("alice", "Alice")):
        (line,) = re.findall(r'<p class="event-byline">.*', built.text(f"{FOLDER}/{page}.html"))
        assert f"Reported by {name}" in line
        assert 'href="index.html" title="Tea Day"' in line
    assert "event-byline" not in built.text(f"{FOLDER}/index.html")


def test_cards_and_notes_lead_to_the_notes_of_all(built: Built) -> None:
    here, alice, sato = (f"[{one}]" for one in ("山田", "Alice", "佐藤"))
    index = notes_lines(built.text(f"{FOLDER}/index.html"))
    links = f"{alice}(alice.html#session-tea), {sato}(sato.html#session-tea)"
    assert index == [f"Notes: {here}(#session-tea), {links}", f"Notes: 山田, {links}"]
    (line,) = notes_lines(built.text(f"{FOLDER}/sato.html"))
    home = f"{here}(index.html#session-tea)"
    assert line == f"Notes: {home}, {alice}(alice.html#session-tea), 佐藤"
    # A session that one alone has noted is linked by its title.
    assert 'href="sato.html#session-coffee"' in built.text(f"{FOLDER}/index.html")
    assert "[event.more-notes]" not in built.status


def test_the_quotation_on_a_card_is_of_the_first_who_has_points(built: Built) -> None:
    html = built.text(f"{FOLDER}/index.html")
    assert re.findall('event-quote">(.*?)<', html) == ["Hot.", "Strong."]


def test_the_names_of_reporters_lead_to_their_pages(site: Site) -> None:
    index = f"{INDEX}\n## Facts\n\n```{{event:info}}\n```\n"
    three(site).event("tea-day", FACTS, index)
    html = site.build(language="en").text(f"{FOLDER}/index.html")
    # In the head, and among the facts.
    html = html.replace("<span>", "").replace("</span>", "")
    assert len(re.findall(r'event-person"><a [^>]*href="sato.html">佐藤</a>', html)) == 2
    assert len(re.findall(r'event-person"><a [^>]*href="alice.html">', html)) == 2
    assert 'event-person">山田' in html


@pytest.mark.parametrize(
    ("reporter", "hints"), [("", 1), ("山田", 0), ("佐藤", 1), ("[佐藤, 山田]", 0)]
)
def test_the_hint_of_second_notes_is_about_one_reporter(
    site: Site, reporter: str, hints: int
) -> None:
    site.event("tea-day", FACTS, f"---\nreporter: {reporter}\n---\n{INDEX}" if reporter else INDEX)
    write(site, sato__md=SATO if reporter else SATO[SATO.index("# ") :])
    built = site.build(language="en")
    assert built.warnings == []
    assert built.status.count("[event.more-notes]") == hints


def test_a_page_without_a_reporter_goes_by_its_title(site: Site) -> None:
    three(site)
    write(site, more__md="# More words\n\n## Tea\n\n```{event:session} tea\n```\n\n- Sweet.\n")
    built = site.build(language="en")
    assert built.warnings == []
    assert "[event.more-notes]" not in built.status
    assert (
        "[More words](more.html#session-tea)" in notes_lines(built.text(f"{FOLDER}/index.html"))[0]
    )


def test_two_pages_of_one_reporter_go_by_their_titles(site: Site) -> None:
    three(site)
    write(site, second__md=SATO.replace("Notes of Sato", "Day 2"))
    card = notes_lines(site.build(language="en").text(f"{FOLDER}/index.html"))[0]
    assert "[Notes of Sato](sato.html#session-tea), [Day 2](second.html#session-tea)" in card


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "epub", "latex", "text", "man"])
def test_every_builder_has_all_pages_once_and_the_names(site: Site, builder: str) -> None:
    conf: dict[str, Any] = {"man_pages": [("index", "x", "x", "x", "1")], "epub_copyright": "2020"}
    built = three(site).build(builder, language="en", html_copy_source=False, **conf)
    assert built.warnings == []
    suffixes = (".html", ".xhtml", ".tex", ".1", ".txt")
    files = [one for one in built.outdir.rglob("*") if one.suffix in suffixes]
    text = "\n".join(one.read_text(encoding="utf-8") for one in files)
    assert text.count("General words.") == 1
    assert text.count("Why?") == 1
    assert text.count("Reported by Alice") == 1
    assert text.count("Notes: ") == 4


# Headings below which nobody has written anything


SCAFFOLD = """\
---
reporter: {0}
---

# Notes of {0}

## Tea

```{{event:session}} tea
```

### メモ

### Points
"""


def scaffold(name: str, notes: str = "") -> str:
    return SCAFFOLD.format(name) + notes


def names_in(built: Built, page: str) -> list[str]:
    return notes_lines(built.text(f"{FOLDER}/{page}.html"))


def test_nobody_is_named_for_headings_alone(site: Site) -> None:
    site.event("tea-day", FACTS, INDEX.replace("- Black.", "### メモ"))
    write(site, sato__md=scaffold("佐藤"), alice__md=scaffold("Alice"))
    built = site.build(language="en")
    assert built.warnings == []
    assert [names_in(built, page) for page in ("index", "sato", "alice")] == [[], [], []]
    # Nobody is said to have written twice, either.
    write(site, again__md=scaffold("佐藤"))
    assert "[event.more-notes]" not in site.build(language="en").status


def test_those_who_have_written_are_named_wherever_others_have_not(site: Site) -> None:
    site.event("tea-day", FACTS, INDEX.replace("- Black.", "### メモ"))
    write(site, sato__md=scaffold("佐藤"), alice__md=scaffold("Alice", "\n- Hot.\n"))
    built = site.build(language="en")
    assert built.warnings == []
    line = "Notes: [Alice]({}#session-tea)"
    # On the card and at the heading of the event's own page, to which the card leads.
    assert names_in(built, "index") == [line.format("alice.html")] * 2
    assert names_in(built, "sato") == [line.format("alice.html")]
    assert names_in(built, "alice") == []


@pytest.mark.parametrize(("first", "second"), [("alice", "zoe"), ("zoe", "alice")])
def test_a_session_leads_to_the_page_on_which_somebody_has_written(
    site: Site, first: str, second: str
) -> None:
    cards = INDEX.partition("## Tea")[0]
    site.event("tea-day", FACTS, cards)
    write(
        site, **{f"{first}__md": scaffold("佐藤"), f"{second}__md": scaffold("Alice", "\n- A.\n")}
    )
    built = site.build(language="en")
    # That is who its title leads to: no other has to be named.
    assert names_in(built, "index") == []
    assert f'href="{second}.html#session-tea"' in built.text(f"{FOLDER}/index.html")
    assert names_in(built, first) == [f"Notes: [Alice]({second}.html#session-tea)"]


@pytest.mark.parametrize(
    ("below", "is_named"),
    [
        ("% a comment", False),
        ("```{toctree}\n:hidden:\n\nmore\n```", False),
        ("### 背景", True),
        ("Text.", True),
        ("## Coffee\n\n```{event:session} coffee\n```", False),
        ("### Coffee\n\n```{event:session} coffee\n```", False),
        ("### Coffee\n\n```{event:session} coffee\n```\n\nText.", True),
    ],
)
def test_what_makes_notes_of_headings(site: Site, below: str, is_named: bool) -> None:
    site.event("tea-day", FACTS, INDEX)
    page = SCAFFOLD.format("佐藤").partition("### メモ")[0]
    write(site, sato__md=f"{page}{below}\n", more__md="# More\n")
    built = site.build(language="en")
    assert built.warnings == []
    assert any("佐藤" in line for line in names_in(built, "index")) == is_named


def test_cards_have_a_sign_of_notes_that_somebody_has_written(site: Site) -> None:
    coffee = "\n## Coffee\n\n```{event:session} coffee\n```\n\n### メモ\n"
    site.event("tea-day", FACTS, INDEX + coffee)
    html = site.build(language="en").text(f"{FOLDER}/index.html")
    cards = re.findall(r'<li class="[^"]*sd-col[^"]*">.*?</li>', html, re.DOTALL)
    assert ["With notes" in one for one in cards] == [True, False]
    assert ["event-has-notes" in one for one in cards] == [True, False]
    assert 'href="#session-coffee"' in cards[1]


def test_what_somebody_writes_later_is_known_to_all_pages(
    site: Site, make_site: Callable[[str], Site]
) -> None:
    """An edit, and its undoing, leave what a build from nothing makes."""
    states = {
        name: {
            "sato__md": scaffold("佐藤", "\n- Green.\n" if name in ("both", "sato") else ""),
            "alice__md": scaffold("Alice", "\n- Hot.\n" if name in ("both", "alice") else ""),
        }
        for name in ("none", "sato", "both", "alice")
    }
    other = "---\norphan: true\n---\n# Other\n\n{event:session}`tea-day/tea`\n"

    def begun(one: Site) -> Site:
        one.event("tea-day", FACTS, INDEX.partition("## Tea")[0])
        one.write({"other.md": other})
        return one

    fresh = {}
    for name, pages in states.items():
        write(begun(one := make_site(f"fresh-{name}")), **pages)
        fresh[name] = dict(pages_of(one.build(language="en")))
    begun(site)
    for name in ("none", "alice", "none", "sato", "both", "alice", "sato", "none"):
        write(site, **states[name])
        assert dict(pages_of(site.build(language="en"))) == fresh[name], name
    # A further note of one who has some already is nothing to other pages.
    write(site, **states["both"])
    site.build(language="en")
    write(site, alice__md=scaffold("Alice", "\n- Hot.\n").replace("# メモ", "# メモ\n\nMore."))
    assert site.build(language="en").written == [f"{FOLDER}/alice", f"{FOLDER}/index"]


# What another build has left


def pages_of(built: Built) -> Iterator[tuple[str, str]]:
    for path in sorted(built.outdir.rglob("*.html")):
        yield path.relative_to(built.outdir).as_posix(), path.read_text(encoding="utf-8")


def test_a_page_that_comes_or_goes_changes_what_is_around_it(
    site: Site, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = three(Site(tmp_path_factory.mktemp("fresh")))
    write(other, alice__rst=ALICE.replace("ali", "有栖").replace("Hot", "Very hot"))
    fresh = dict(pages_of(other.build(language="en")))
    site.event("tea-day", FACTS, INDEX)
    site.build(language="en")
    write(site, alice__rst=ALICE, zoe__md="# Zoe\n")
    site.build(language="en")
    write(site, sato__md=SATO, alice__rst=ALICE.replace("ali", "有栖").replace("Hot", "Very hot"))
    (site.folder / FOLDER / "zoe.md").unlink()
    built = site.build(language="en")
    found = {name: text for name, text in pages_of(built) if not name.endswith("zoe.html")}
    assert found == fresh
    again = site.build(language="en")
    assert "0 added, 0 changed, 0 removed" in again.status
    assert "none found" in again.status
    for path in (site.folder / FOLDER).glob("[as]*"):
        path.unlink()
    alone = site.build(language="en")
    assert contents(alone) == []
    assert "event-notes-by" not in alone.text(f"{FOLDER}/index.html")


def test_a_build_that_broke_off_leaves_nothing_in_the_contents(site: Site) -> None:
    site.event("tea-day", FACTS, INDEX)
    built = site.build()
    environment = Path(built.app.doctreedir, "environment.pickle")
    before = environment.read_bytes()
    write(site, zoe__md="# Zoe\n")
    site.build()
    # As if it had been killed before it wrote the environment.
    doctree = Path(built.app.doctreedir, FOLDER, "index.doctree")
    environment.write_bytes(before)
    time = doctree.stat().st_mtime_ns - 1
    os.utime(environment, ns=(time, time))
    (site.folder / FOLDER / "zoe.md").unlink()
    built = site.build()
    assert built.warnings == []
    assert not list(built.doctree(f"{FOLDER}/index").findall(addnodes.toctree))


def test_parallel_builds_say_the_same(site: Site, built: Built) -> None:
    three(site)
    site.write({f"filler{n}.md": "---\norphan: true\n---\n# Filler\n" for n in range(8)})
    parallel = site.build(language="en", parallel=4)
    assert contents(parallel) == contents(built)
    page = f"{FOLDER}/index.html"
    assert notes_lines(parallel.text(page)) == notes_lines(built.text(page))


def test_a_page_that_is_not_for_the_build_is_offered_nowhere(site: Site) -> None:
    three(site)
    write(site, alice__rst=f":visibility: internal\n{ALICE}")
    built = site.build(language="en")
    assert built.warnings == []
    assert contents(built) == ["sato"]
    assert not any("alice" in name for name, _text in pages_of(built))
    lines = notes_lines(built.text(f"{FOLDER}/index.html"))
    assert lines
    assert not any("Alice" in one for one in lines)
    internal = site.build(language="en", eventreports_audience="internal")
    assert contents(internal) == ["alice", "sato"]


# The editor


def snippets(site: Site) -> dict[str, dict[str, str]]:
    site.build("dummy", language="en", eventreports_snippets=True)
    found: dict[str, dict[str, str]] = json.loads((site.folder / FILE).read_text(encoding="utf-8"))
    return found


def test_the_editor_begins_the_page_of_another_reporter(site: Site) -> None:
    found = snippets(three(site))
    body = "---\nreporter: ${1|山田,佐藤,Alice|}\n---\n\n# $1\n\n$0"
    assert found["tea-day reporter"] == {
        "scope": "markdown",
        "description": "Tea Day",
        "prefix": "reporter:",
        "body": body,
    }
    # Notes of one are no notes of another.
    assert "tea-day/tea +" in found


def test_names_that_mean_something_in_a_snippet_are_themselves(site: Site) -> None:
    site.event("tea-day", "name: D\nreporters: ['@a', 'B, C|D']\n", "# D\n")
    body = snippets(site)["tea-day reporter"]["body"]
    assert '\nreporter: "${1|@a,B\\, C\\|D|}"\n' in body
    site.event("tea-day", "name: D\nreporters: [Ann]\n", "# D\n")
    assert snippets(site) == {}


def test_a_heading_is_not_asked_for_twice(site: Site) -> None:
    site.event("tea-day", FACTS, INDEX)
    write(site, a__md="---\nreporter: 佐藤\n---\n\nWords.\n")
    built = site.build(language="en")
    (warning,) = built.warnings
    assert "[event.no-heading]" in warning
    (title, *_others) = built.doctree(f"{FOLDER}/a").findall(nodes.title)
    assert title.astext() == "Tea Day"
