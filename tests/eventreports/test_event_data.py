"""``events.json`` and ``feed.xml`` of a site: what is in them, where they are linked, when made."""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from jsonschema import Draft7Validator

from conftest import ROOT, Built, Site
from copies import add_every_key
from eventreports.core.schema import schema_text

BASE: Final = "https://reports.example/ja/"
ATOM: Final = "{http://www.w3.org/2005/Atom}"
FILES: Final = ("events.json", "events.schema.json", "feed.xml")

EVENT: Final = """\
name: "{name} <& {{{{ 1 }}}}>"
date: {date}
reporters: [山田]
sessions:
  - {{id: edge, title: Edge}}
  - {{id: tabs, title: Tabs}}
  - {{id: unseen, title: Unseen}}
"""
PAGE: Final = """\
# Title

```{event:info}
```

## Points

- All *is* well.

  More of it.
- <b>Bold</b> & more

### Points in detail

Too fine.

## Edge

```{event:session} edge
```

### Points

1. Near.

## List

```{event:session} tabs
```
"""
BELOW: Final = """\
---
orphan: true
---

# Another's notes

## Points

A point.

## Edge

```{event:session} edge
```

### Points

- And far.
"""


def add(site: Site, name: str, date: str, page: str = PAGE) -> None:
    site.event(name, EVENT.format(name=name, date=date), page)


def data(built: Built) -> list[dict[str, Any]]:
    """The events of a site, which fit the schema that is published beside them."""
    whole = json.loads(built.text("events.json"))
    schema = json.loads(built.text(urlsplit(whole["$schema"]).path.rpartition("/")[2]))
    assert [one.message for one in Draft7Validator(schema).iter_errors(whole)] == []
    events: list[dict[str, Any]] = whole["events"]
    return events


def entries(built: Built) -> list[ET.Element]:
    return ET.fromstring(built.text("feed.xml")).findall(f"{ATOM}entry")


class Links(HTMLParser):
    """The links of a page: those in its head by media type, and those that are seen, by text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.of_head: dict[str, str] = {}
        self.seen: list[tuple[str, str]] = []
        self._href = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "link" and found.get("rel") == "alternate":
            assert found["title"]
            self.of_head[found["type"]] = found["href"]
        if tag == "a":
            self._href = found.get("href", "")

    def handle_endtag(self, tag: str) -> None:
        self._href = "" if tag == "a" else self._href

    def handle_data(self, text: str) -> None:
        if self._href and text.strip():
            self.seen.append((text.strip(), self._href))


def target(built: Built, address: str) -> Path:
    """The file that an address of the site leads to; its anchor is there."""
    parts = urlsplit(address.removeprefix(BASE))
    assert not parts.scheme
    path = built.outdir / unquote(parts.path)
    path = path / "index.html" if path.is_dir() else path
    assert path.is_file(), address
    if parts.fragment:
        assert f'id="{unquote(parts.fragment)}"' in path.read_text(encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Three events: an older one, one of which nothing was written, one with a page below."""
    site = Site(tmp_path_factory.mktemp("three"))
    add(site, "old", "2020-01-02")
    add(site, "frame", "2026-12-01", "# Frame\n\n```{event:report}\n```\n\n## Points\n\n-\n")
    add(site, "new", "2026-11-21")
    site.write({"events/new/below.md": BELOW})
    toctree = "```{toctree}\nevents/years/index\n```\n"
    site.write({"index.md": f"# Site\n\n```{{event:overview}}\n```\n\n{toctree}"})
    return site


@pytest.fixture(scope="module", params=["html", "dirhtml"])
def built(request: pytest.FixtureRequest, three: Site) -> Built:
    made = three.build(request.param, html_baseurl=BASE, html_copy_source=False)
    assert [line for line in made.warnings if "event.more-notes" not in line] == []
    return made


def test_events_come_with_their_pages_and_points(built: Built) -> None:
    found = data(built)
    assert [one["id"] for one in found] == ["frame", "new", "old"]
    _frame, new, old = found
    assert old["points"] == ["All is well.", "Bold & more", "Too fine."]
    assert new["points"] == [*old["points"], "A point."]
    assert old["name"] == {"und": "old <& {{ 1 }}>"}
    edge, tabs, unseen = new["sessions"]
    assert edge["points"] == ["Near.", "And far."]
    assert tabs["points"] == unseen["points"] == []
    assert edge["page_url"].endswith("#session-edge")
    for one in (new, edge, tabs):
        assert one["page_url"].startswith(BASE)
        path = target(built, one["page_url"])
        assert path.relative_to(built.outdir).as_posix() == "events/new/index.html"


def test_reports_are_those_of_which_something_was_written(built: Built) -> None:
    titles = [one.findtext(f"{ATOM}title") for one in entries(built)]
    assert titles == ["new <& {{ 1 }}>", "old <& {{ 1 }}>"]
    for one in entries(built):
        link = one.find(f"{ATOM}link")
        assert link is not None
        target(built, link.get("href") or "")


def test_every_page_says_where_they_are(built: Built) -> None:
    pages = [page for page in built.outdir.rglob("*.html") if "_static" not in page.parts]
    assert len(pages) > 8
    for page in pages:
        links = Links(page.read_text(encoding="utf-8")).of_head
        here = f"{BASE}{page.relative_to(built.outdir).as_posix()}"
        assert {kind: urljoin(here, href) for kind, href in links.items()} == {
            "application/atom+xml": f"{BASE}feed.xml",
            "application/json": f"{BASE}events.json",
        }


def test_the_overview_links_to_them(built: Built) -> None:
    seen = Links(built.text("index.html")).seen
    assert ("フィード", "feed.xml") in seen
    assert ("データ（JSON）", "events.json") in seen


def test_a_schema_is_published_beside_them(built: Built) -> None:
    assert built.text("events.schema.json") == schema_text("events.json")


def test_the_foot_of_our_theme_links_to_them(site: Site) -> None:
    site.event("kumo", "name: Kumo\n")
    built = site.build(html_theme="eventreports", html_baseurl=BASE, language="en")
    foot = built.text("events/kumo/index.html").partition('<footer class="bd-footer">')[2]
    seen = Links(foot).seen
    assert ("Feed", "../../feed.xml") in seen
    assert ("Data (JSON)", "../../events.json") in seen
    assert foot.count('class="event-icon"') == 2
    lost = Links(built.text("404.html"))
    assert lost.of_head["application/atom+xml"] == "feed.xml"


@pytest.mark.parametrize("address", ["", "/ja/", "reports.example"])
def test_without_an_address_there_is_no_feed(site: Site, address: str) -> None:
    add(site, "kumo", "2026-11-21")
    built = site.build(html_baseurl=address)
    assert built.warnings == []
    assert not (built.outdir / "feed.xml").exists()
    links = Links(built.text("events/kumo/index.html")).of_head
    assert links == {"application/json": "../../events.json"}
    (event,) = data(built)
    assert event["page_url"] == "events/kumo/index.html"
    assert event["sessions"][0]["page_url"] == "events/kumo/index.html#session-edge"


def test_files_have_the_addresses_at_which_they_are_offered(site: Site) -> None:
    add_every_key(site.folder)
    site.event(
        "other",
        "name: Other\nimage: ../every-key/kumo.svg\nfiles: [a file.pdf, ../../conf.py, no.pdf]\n"
        "sponsors: [{name: A, logo: unseen.svg}]\n",
        "# Other\n\n```{event:files}\n```\n",
    )
    (site.folder / "events/other/a file.pdf").write_bytes(b"%PDF")
    shutil.copy(site.folder / "events/every-key/kumo.svg", site.folder / "events/other/unseen.svg")
    built = site.build(eventreports_audience="draft", html_baseurl=BASE)
    kumo, other = data(built)
    (edge, *_sessions) = kumo["sessions"]
    named = [
        *(kumo["image"], kumo["files"][0]["path"], edge["slides"][1]["path"]),
        *(kumo["sponsor_tiers"][1]["sponsors"][0][key] for key in ("logo", "logo_dark")),
        *(other["image"], other["files"][0]["path"]),
    ]
    names = [target(built, one).name for one in named]
    assert [re.sub("-[0-9a-f]{8}", "", name) for name in names] == [
        *("kumo.svg", "handout.pdf", "appendix.pdf", "light.svg", "dark.svg"),
        *("kumo.svg", "a file.pdf"),
    ]
    # What is not to be had from the site is not named.
    assert [set(one) for one in other["files"][1:]] == [set(), set()]
    assert set(other["sponsors"][0]) == {"name"}


def test_an_event_without_a_page_or_with_a_damaged_file_is_left_out(site: Site) -> None:
    add(site, "kumo", "2026-11-21")
    add(site, "nowhere", "2026-11-21")
    (site.folder / "events/nowhere/index.md").unlink()
    add(site, "hidden", "2026-11-21")
    site.event("damaged", "- a list\n")
    built = site.build(html_baseurl=BASE, exclude_patterns=["events/hidden/index.md", "_build"])
    assert [one["id"] for one in data(built)] == ["kumo"]
    assert len(entries(built)) == 1


def test_a_fault_costs_only_its_value(site: Site) -> None:
    site.event("kumo", "name: [Kumo]\ndate: 2026-13-01\ncolor: many\nhashtag: kumo\n")
    (event,) = data(site.build())
    known = {"format": "1", "id": "kumo", "status": "held", "visibility": "public"}
    added = {"page_url": "events/kumo/index.html", "points": []}
    assert event == {**known, "hashtag": "kumo", **added}


def test_a_site_without_events_has_none(site: Site) -> None:
    built = site.build(html_baseurl=BASE)
    assert data(built) == []
    assert entries(built) == []


@pytest.mark.parametrize("builder", ["singlehtml", "epub", "text"])
def test_only_sites_have_them(site: Site, builder: str) -> None:
    add(site, "kumo", "2026-11-21")
    site.write({"index.md": "# Site\n\n```{event:overview}\n```\n"})
    built = site.build(builder, html_baseurl=BASE, epub_copyright="2020")
    assert [name for name in FILES if (built.outdir / name).exists()] == []
    for page in built.outdir.rglob("index.*"):
        assert "events.json" not in page.read_text(encoding="utf-8", errors="ignore")


def test_a_file_of_the_sites_own_prevails(site: Site) -> None:
    add(site, "kumo", "2026-11-21")
    site.write({"extra/feed.xml": "<feed/>\n"})
    for base in (BASE, ""):
        built = site.build(html_baseurl=base, html_extra_path=["extra"])
        assert built.text("feed.xml") == "<feed/>\n"


def test_the_example_of_the_guide_reads_them(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.event("kumo", 'name: "雲"\ndate: 2026-11-21\n', "# 雲\n\n## Points\n\n- A point.\n")
    site.event("undated", "name: {en: Undated}\n")
    built = site.build()
    guide = (ROOT / "guide/hosting.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```python\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)
    (example,) = (one for one in examples if "events.json" in one)
    address = "https://reports.example.com/"
    assert address in example
    exec(compile(example.replace(address, f"{built.outdir.as_uri()}/"), "example", "exec"), {})
    assert capsys.readouterr().out == "2026-11-21 雲 A point.\nNone Undated\n"


# Builds again, and in parallel


def state(built: Built) -> dict[str, bytes]:
    return {name: (built.outdir / name).read_bytes() for name in FILES}


def times(built: Built) -> dict[str, int]:
    return {name: (built.outdir / name).stat().st_mtime_ns for name in FILES}


def fresh(site: Site, **conf: Any) -> dict[str, bytes]:
    shutil.rmtree(site.folder / "_build")
    return state(site.build(html_baseurl=BASE, **conf))


def test_builds_again_write_what_has_changed(site: Site) -> None:
    add_every_key(site.folder)
    for number in range(3):
        add(site, f"kumo{number}", f"2026-11-0{number + 1}")
    first = site.build(html_baseurl=BASE)
    before = times(first)
    again = site.build(html_baseurl=BASE)
    assert (again.read, times(again)) == ([], before)

    page = site.folder / "events/kumo1/index.md"
    page.write_text(page.read_text(encoding="utf-8").replace("Near.", "Nearer."), encoding="utf-8")
    edited = site.build(html_baseurl=BASE)
    assert edited.read == ["events/kumo1/index"]
    points = {one["id"]: one["sessions"][0]["points"] for one in data(edited) if "sessions" in one}
    assert points["kumo1"] == ["Nearer."]
    assert points["kumo2"] == ["Near."]
    assert times(edited)["events.schema.json"] == before["events.schema.json"]

    shutil.rmtree(site.folder / "events/kumo2")
    (site.folder / "events/kumo0/index.md").write_text("# Title\n", encoding="utf-8")
    removed = site.build(html_baseurl=BASE)
    assert "kumo2" not in {one["id"] for one in data(removed)}
    assert len(entries(removed)) == 1
    assert state(removed) == fresh(site) == fresh(site, parallel=2)

    gone = site.build(html_baseurl="")
    assert not (gone.outdir / "feed.xml").exists()


def test_a_picture_that_no_page_shows_any_longer_has_no_address(site: Site) -> None:
    facts = "name: Kumo\nsponsors: [{name: A, logo: a.svg}]\n"
    site.event("kumo", facts, "# Kumo\n\n```{event:sponsors}\n```\n")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="3"/>'
    site.write({"events/kumo/a.svg": svg})
    (event,) = data(site.build())
    assert "logo" in event["sponsors"][0]
    site.write({"events/kumo/index.md": "# Kumo\n"})
    (event,) = data(site.build())
    assert "logo" not in event["sponsors"][0]


def test_what_is_for_others_is_in_neither(site: Site) -> None:
    facts = """\
name: Kumo
date: 2026-11-21
sessions:
  - {id: open, title: Open}
  - {id: secret, title: Secret, visibility: internal}
"""
    page = "# Kumo\n\nWords.\n\n"
    for title in ("Open", "Secret"):
        directive = f"```{{event:session}} {title.lower()}\n```"
        page += f"## {title}\n\n{directive}\n\n### Points\n\n- {title} point\n\n"
    site.event("kumo", facts, page)
    site.event("hidden", "name: Secret Days\ndate: 2026-11-22\nvisibility: internal\n", page)
    for audience in ("internal", "public"):
        built = site.build(html_baseurl=BASE, eventreports_audience=audience)
        text = built.text("events.json") + built.text("feed.xml")
        assert ("ecret" in text) == (audience == "internal")
        assert "Open point" in text


# With other themes


#: One of these has no release for the newest Sphinx.
THEMES: Final = [
    theme
    for theme in ("alabaster", "furo", "sphinx_rtd_theme", "sphinx_book_theme")
    if find_spec(theme)
]


@pytest.mark.filterwarnings("ignore:'sphinx_book_theme")
@pytest.mark.parametrize("theme", THEMES)
def test_other_themes_link_to_them_too(site: Site, theme: str) -> None:
    add(site, "kumo", "2026-11-21")
    built = site.build(html_theme=theme, html_baseurl=BASE)
    links = Links(built.text("events/kumo/index.html")).of_head
    assert links["application/atom+xml"] == "../../feed.xml"
    assert links["application/json"] == "../../events.json"
