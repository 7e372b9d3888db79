"""Points and actions of events on other pages; times in notes that lead into videos."""

from __future__ import annotations

import filecmp
import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING, Final

import pytest
from docutils import nodes

from conftest import Built, Site
from eventreports.sphinx.domain import event_domain

if TYPE_CHECKING:
    from pathlib import Path

KUMO: Final = """
name: Kumo Days
date: 2026-11-21
reporters: [{name: 佐藤 花子, aliases: ["@hanako"]}]
sessions:
  - {id: edge, title: Edge, videos: ["https://speakerdeck.com/a/b", "https://youtu.be/abc?t=5"]}
  - {id: core, title: Core, videos: {status: not-recorded}}
  - {id: lt, title: LT, videos: "https://vimeo.com/1", children: [{id: tabs, title: Tabs}]}
"""
#: The sessions stand in another order than in the programme.
PAGE: Final = """
# Kumo Days

```{event:points}
```

```{event:actions}
```

## Core

```{event:session} core
```

### Points

[0:05] A paragraph is a point.

## Edge

```{event:session} edge
```

### Notes

- [12:34] **bold**
  - [1:02:03] nested

    [0:01] no head
- at [0:02]
- ［12:34］
- [9:59](https://a.example/)

[0:03] no item

(target)=
### Points

- [12:34] Choose `fast` *recovery*[^a], see [](#session-edge-notes), {event:session}`core`,
  [](#target), [](../../other.md) and {doc}`../yuki/index`
  - nested

    ```python
    code()
    ```
  - $x$

    ```{math}
    :label: formula
    y
    ```
- 二行に
  分けた

```{figure} x.png
:name: picture
A picture
```

#### Of these

1. Further

[^a]: A footnote

### TODO

- [ ] @佐藤 花子 Build `k3s` 2026-12-02
- [x] @hanako Share (2026-11-25)
- [ ] [1:00] Look again
- @ken Report 2026-12-01

## LT

```{event:session} lt
```

### Tabs

```{event:session} tabs
```

#### Points

- [2:05] Tabs are two
"""
YUKI: Final = """
name: Yuki Night
date: 2025-02-03
old_ids: [snow-night]
sessions: [{id: snow, title: Snow, videos: "https://www.nicovideo.jp/watch/sm9"}]
"""
#: In reStructuredText.
REST: Final = """
Yuki Night
==========

Takeaways
---------

* Of the whole

Snow
----

.. event:session:: snow

.. _here:

Points
~~~~~~

* [3:20] Snow is cold: here_, :ref:`here`, |s| [#f]_ [K]_

.. |s| replace:: replaced
.. [#f] A footnote
.. [K] Knuth

Next steps
~~~~~~~~~~

* [X] Mail ken@example.com
* [ ] @ken Write 2025-03-01
"""
INDEX: Final = """
# Site

```{event:points}
```

```{event:actions}
```

```{toctree}
events/years/index
other
page
```
"""
NAMED: Final = """
# Page

```{event:points} snow-night kumo
:limit: 1
```

```{event:points}
:year: 2025
```

```{event:actions} yuki
:status: open
```

```{event:points} empty
```
"""


def write(site: Site) -> Site:
    site.event("kumo", KUMO, PAGE)
    site.event("empty", "{name: Empty, date: 2026-01-01}")
    site.write({"events/yuki/event.yaml": YUKI, "events/yuki/index.rst": REST})
    site.write({"index.md": INDEX, "page.md": NAMED, "other.md": "# Other\n"})
    (site.folder / "events/kumo/x.png").write_bytes(b"")
    return site


@pytest.fixture
def two(site: Site) -> Site:
    """An event in each markup, and pages that gather what they note."""
    return write(site)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return write(Site(tmp_path_factory.mktemp("site"))).build(language="en", numfig=True)


def block(built: Built, page: str, number: int, kind: str = "points") -> str:
    """The HTML of what a page gathers."""
    starts = built.text(page).split(f'<div class="event-gathered-{kind}')[1:]
    return re.split(r'<div class="event-gathered-|<div class="toctree|<section', starts[number])[0]


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def links(html: str) -> dict[str, str]:
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', html)
    return {words(text): address for address, text in found}


# Which are gathered


def test_nothing_is_reported(built: Built) -> None:
    assert built.warnings == []


def test_on_the_page_of_an_event_stands_what_is_noted_of_it(built: Built) -> None:
    shown = block(built, "events/kumo/index.html", 0)
    # In the order of the programme, without the name of the event.
    titles = re.findall(r'gathered-session"><a.*?href="(.*?)".*?</a>', shown)
    assert titles == ["#session-edge", "#session-core", "#session-tabs"]
    assert "Kumo Days" not in shown
    assert words(shown).endswith("Core [0:05] A paragraph is a point. Tabs 2:05 Tabs are two")


def test_elsewhere_stand_those_of_all_events_the_newest_first(built: Built) -> None:
    shown = block(built, "index.html", 0)
    events = re.findall(r'gathered-event.*?href="(.*?)".*?gathered-when">(.*?)</span>', shown)
    assert events == [
        ("events/kumo/index.html", "Sat, Nov 21, 2026"),
        ("events/yuki/index.html", "Mon, Feb 3, 2025"),
    ]
    # What is noted of the whole event stands before its sessions.
    assert re.search(r"2025 Of the whole Snow 3:20 Snow is cold", words(shown))


def test_events_are_named_by_ids_or_chosen_as_in_lists(built: Built) -> None:
    named, of_year, empty = (words(block(built, "page.html", number)) for number in range(3))
    assert "Tabs are two" in named
    assert "Snow is cold" not in named
    assert "Snow is cold" in of_year
    assert "Tabs are two" not in of_year
    assert "There are no points." in empty


def test_another_place_has_the_points_of_an_event_as_text(built: Built) -> None:
    found = event_domain(built.app.env).noted_of_events("points").items()
    assert {event: [(one.session, one.texts) for one in noted] for event, noted in found} == {
        "kumo": [
            (
                "edge",
                (
                    "Choose fast recovery, see Notes, core, Points, and ../yuki/index",
                    "二行に分けた",
                    "Further",
                ),
            ),
            ("core", ("A paragraph is a point.",)),
            ("tabs", ("Tabs are two",)),
        ],
        "yuki": [("", ("Of the whole",)), ("snow", ("Snow is cold: here, here, replaced [K]",))],
    }  # fmt: skip


def test_pages_of_one_event_are_gathered_as_one(two: Site) -> None:
    two.write({
        "events/kumo/a.md": "---\norphan: true\n---\n# A\n\n## Points\n\n- Of all, too\n\n"
        "## Edge\n\n```{event:session} edge\n```\n\n### Points\n\n- Another's\n",
    })  # fmt: skip
    shown = words(block(two.build(), "index.html", 0))
    assert re.search(r"Of all, too Edge 12:34 Choose .* Further Another's Core", shown)


# Copies


def test_items_keep_their_form_and_links_lead_where_they_did(built: Built) -> None:
    shown = block(built, "index.html", 0)
    assert '<code class="docutils literal notranslate"><span class="pre">fast</span>' in shown
    assert "<em>recovery</em>, see" in shown
    assert re.search(r"<ul>\s*<li><p>nested</p>.*?highlight-python", shown, re.DOTALL)
    found = links(shown)
    kumo, yuki = "events/kumo/index.html", "events/yuki/index.html"
    assert found["12:34"] == "https://youtu.be/abc?t=754"
    assert found["Notes"] == f"{kumo}#session-edge-notes"
    assert found["Core"] == f"{kumo}#session-core"
    assert found["Other"] == "other.html"
    assert found["Yuki Night"] == yuki
    assert found["here"] == f"{yuki}#here"
    assert found["[K]"] == f"{yuki}#k"
    assert built.text("index.html").count("A picture") == 0


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_ids_are_unique_and_links_lead_to_ids(two: Site, builder: str) -> None:
    built = two.build(builder, numfig=True)
    assert built.warnings == []
    files = built.outdir.rglob("*.html")
    pages = {path.resolve(): path.read_text(encoding="utf-8") for path in files}
    ids = {path: Counter(re.findall(r' id="([^"]*)"', text)) for path, text in pages.items()}
    for path, text in pages.items():
        assert [one for one, number in ids[path].items() if number > 1] == []
        for address in re.findall(r'<a class="reference internal"[^>]*href="([^"]*)"', text):
            page, _sharp, anchor = address.partition("#")
            target = (path.parent / page).resolve() if page else path
            target = target / "index.html" if target.is_dir() else target
            if target in ids and anchor and not anchor.startswith("document-"):
                assert anchor in ids[target], (path, address)


@pytest.mark.parametrize("builder", ["text", "latex", "man", "epub", "texinfo", "xml"])
def test_every_builder_has_points_and_actions(two: Site, builder: str) -> None:
    built = two.build(builder, language="en", suppress_warnings=["epub.unknown_project_files"])
    assert built.warnings == []
    files = {"latex": "*.tex", "man": "*.1", "epub": "index.xhtml", "texinfo": "*.texi"}
    (path,) = built.outdir.glob(files.get(builder, "index.*"))
    text = words(path.read_text(encoding="utf-8")).replace("\\", "")
    for said in ("Tabs are two", "Report", "Mar 1, 2025", "Completed"):
        assert said.replace(" ", "") in text.replace(" ", "")


def test_messages_to_translate_stand_on_their_own_pages_alone(two: Site) -> None:
    built = two.build("gettext")
    assert "Tabs are two" in built.text("events.pot")
    assert "Tabs are two" not in built.text("index.pot")


# Actions


def rows(built: Built, page: str, number: int = 0) -> list[list[list[str]]]:
    """The cells of each table of actions."""
    tables = block(built, page, number, "actions").split("<table")[1:]
    return [
        [
            [words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
            for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)
        ]
        for table in tables
    ]


def test_actions_are_a_table_by_date_and_those_that_are_done_another(built: Built) -> None:
    opened, done = rows(built, "events/kumo/index.html")
    assert opened == [
        ["Action", "Who", "By", "Notes"],
        ["Report", "ken", "Dec 1, 2026", "Edge"],
        ["Build k3s", "佐藤 花子", "Dec 2, 2026", "Edge"],
        ["1:00 Look again", "", "", "Edge"],
    ]
    assert done[1:] == [["Share", "佐藤 花子", "Nov 25, 2026", "Edge"]]


def test_across_events_actions_say_of_which_they_are(built: Built) -> None:
    opened, done = rows(built, "index.html")
    assert opened[1] == ["Write", "ken", "Mar 1, 2025", "Yuki Night Snow"]
    assert [row[0] for row in done[1:]] == ["Share", "Mail ken @ example . com"]


def test_a_status_chooses_actions_and_empty_columns_are_left_out(built: Built) -> None:
    assert rows(built, "page.html") == [
        [["Action", "Who", "By", "Notes"], ["Write", "ken", "Mar 1, 2025", "Snow"]]
    ]


def test_boxes_of_myst_say_the_same(two: Site) -> None:
    built = two.build(language="en", myst_enable_extensions=["tasklist"])
    assert built.warnings == []
    opened, done = rows(built, "events/kumo/index.html")
    assert [row[0] for row in opened[1:]] == ["Report", "Build k3s", "1:00 Look again"]
    assert [row[:2] for row in done[1:]] == [["Share", "佐藤 花子"]]
    assert "checkbox" not in block(built, "events/kumo/index.html", 0, "actions")


@pytest.mark.parametrize(
    ("status", "message"),
    [(None, "There are no actions."), ("open", "no open actions"), ("done", "No action is done")],
)
def test_without_any_that_is_said(site: Site, status: str | None, message: str) -> None:
    option = f":status: {status}\n" if status else ""
    page = f"# Conf\n\n```{{event:actions}}\n{option}```\n"
    site.event("conf", "{name: Conf, date: 2020-01-02}", page)
    assert message in site.build(language="en").text("events/conf/index.html")


# Times


def times(built: Built, docname: str) -> dict[str, str]:
    tree = built.doctree(docname)
    nodes_of = (one for one in tree.findall(nodes.inline) if "event-video-time" in one["classes"])
    return {one.astext(): one["refuri"] for one in nodes_of}


def test_times_at_the_heads_of_items_lead_into_the_video(built: Built) -> None:
    edge = "https://youtu.be/abc?t="
    assert times(built, "events/kumo/index") == {
        "12:34": f"{edge}754",
        "1:02:03": f"{edge}3723",
        "1:00": f"{edge}60",
        # Of a part without a video, into that of the whole.
        "2:05": "https://vimeo.com/1#t=125s",
    }
    assert times(built, "events/yuki/index") == {
        "3:20": "https://www.nicovideo.jp/watch/sm9?from=200"
    }
    html = built.text("events/kumo/index.html")
    assert f'<a class="event-video-time reference external" href="{edge}754">12:34</a>' in html
    for text in ("[0:01] no head", "at [0:02]", "［12:34］", "[0:03] no item", "[0:05] A par"):
        assert text in html


def test_books_do_not_set_the_address_beside_each_time(two: Site) -> None:
    latex = two.build("latex", latex_show_urls="footnote", latex_engine="lualatex")
    (path,) = latex.outdir.glob("*.tex")
    text = path.read_text(encoding="utf-8")
    assert r"\sphinxhref{https://youtu.be/abc?t=754}{12:34}" in text
    assert r"\sphinxnolinkurl{https://youtu.be/abc?t=754}" not in text
    epub = two.build("epub", epub_show_urls="inline", suppress_warnings=["epub"])
    page = epub.text("events/kumo/index.xhtml")
    assert 'href="https://youtu.be/abc?t=754">12:34</a> ' in page
    assert "[https://youtu.be/abc?t=754]" not in page


def test_a_video_that_comes_later_makes_links(two: Site) -> None:
    two.build()
    file = two.folder / "events/kumo/event.yaml"
    later = file.read_text(encoding="utf-8").replace("{status: not-recorded}", "https://youtu.be/x")
    file.write_text(later.replace("A paragraph", "P"), encoding="utf-8")
    page = two.folder / "events/kumo/index.md"
    page.write_text(page.read_text(encoding="utf-8").replace("[0:05]", "- [0:05]"), "utf-8")
    built = two.build()
    assert times(built, "events/kumo/index")["0:05"] == "https://youtu.be/x?t=5"
    assert "https://youtu.be/x?t=5" in built.text("index.html")


# What is written again


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "is_seen"),
    [
        ("Tabs are two", "Tabs are many", True),
        ("  - nested\n\n", "  - deeper\n\n", True),
        # Of actions the page has those of the other event alone.
        ("@ken Report 2026", "@ann Report 2026", False),
        ("**bold**", "**bolder**", False),
    ],
)
def test_an_edit_writes_the_pages_that_gather_it(
    two: Site, old: str, new: str, is_seen: bool
) -> None:
    two.build()
    assert two.build().written == []
    edit(two.folder / "events/kumo/index.md", old, new)
    built = two.build()
    assert built.read == ["events/kumo/index"]
    # Sphinx writes the pages above anew.
    assert ("page" in built.written) is is_seen
    assert "events/empty/index" not in built.written


def test_a_title_in_a_link_of_a_point_writes_the_pages_that_gather_it(two: Site) -> None:
    edit(two.folder / "events/kumo/index.md", "{event:session}`core`", "{event:session}`yuki/snow`")
    two.write({"page.md": "# Page\n\n```{event:points} kumo\n```\n"})
    two.build()
    edit(two.folder / "events/yuki/event.yaml", "title: Snow", "title: Ice")
    edit(two.folder / "events/yuki/index.rst", "Snow\n----", "Ice\n---")
    built = two.build()
    assert "page" in built.written
    assert "Ice" in built.text("page.html")


def test_parallel_and_later_builds_give_the_same(two: Site, tmp_path: Path) -> None:
    first = two.build()
    (two.folder / "_build").rename(tmp_path / "serial")
    two.build(parallel=4)
    edit(two.folder / "events/kumo/index.md", "two", "many")
    two.build(parallel=4)
    edit(two.folder / "events/kumo/index.md", "many", "two")
    built = two.build(parallel=4)
    pages = [path.relative_to(built.outdir) for path in built.outdir.rglob("*.html")]
    before = tmp_path / "serial" / first.outdir.name
    assert filecmp.cmpfiles(before, built.outdir, pages, shallow=False)[1:] == ([], [])


# What is written wrong


def test_an_unknown_event_is_reported_and_the_others_are_shown(two: Site) -> None:
    two.write({"page.md": "# Page\n\n```{event:points} kumo yuky\n```\n"})
    built = two.build()
    (warning,) = built.warnings
    assert "page.md:3: WARNING: there is no event “yuky” (did you mean “yuki”?)" in warning
    assert "Tabs are two" in built.text("page.html")


def test_an_event_in_an_option_is_read_as_such(two: Site) -> None:
    two.write({"page.md": "# Page\n\n```{event:points}\n:event: yuki\n```\n"})
    built = two.build()
    (warning,) = built.warnings
    assert "write “```{event:points} yuki”; it is read as such" in warning
    assert "Snow is cold" in built.text("page.html")
    assert "Tabs are two" not in built.text("page.html")
