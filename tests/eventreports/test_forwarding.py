"""Pages forward from former addresses: where they are, where they lead, what they leave alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urljoin

import pytest

from browsers import serving
from conftest import Built, Site
from eventreports.cli.inventory import read_inventory
from eventreports.core.former_addresses import former_folder, former_pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BASE: Final = "https://reports.example/ja/"
#: Two at two events, of whom one has an entry: both have a page.
SPEAKERS: Final = "speakers: [Aoi Tanaka, ジョン・スミス]"
PEOPLE: Final = "people: [{name: Aoi Tanaka, id: aoi, old_ids: [aoi-tanaka, 田中・葵]}]\n"


def add_site(site: Site, old_ids: str = "old_ids: [kumo, /2025/雲の日]") -> None:
    """An event that has moved, with a page below it, another, and a register."""
    sessions = f"sessions: [{{title: Edge, id: edge, old_ids: [e1], {SPEAKERS}}}]"
    site.event("2026/new", f"name: Kumo <& Days>\n{old_ids}\n{sessions}\n")
    site.write({"events/2026/new/ken.md": "---\norphan: true\n---\n# Notes\n"})
    site.event("other", f"name: Other\nsessions: [{{title: Other, {SPEAKERS}}}]\n")
    site.write({"events/people.yaml": PEOPLE})


def forwards(built: Built) -> dict[str, str]:
    """The files that forward, and where they lead, as addresses from the top of the site."""
    found = {}
    for path in sorted(built.outdir.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if target := re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', text):
            name = path.relative_to(built.outdir).as_posix()
            found[name] = unquote(urljoin(f"/{name}", target[1]))
            assert f'<a href="{target[1]}">' in text
    return found


@pytest.mark.parametrize(("builder", "end"), [("html", ".html"), ("dirhtml", "/")])
def test_pages_forward_from_each_former_address(site: Site, builder: str, end: str) -> None:
    add_site(site)
    built = site.build(builder, html_baseurl=BASE)
    assert built.warnings == []
    new = "/events/2026/new/" + ("index.html" if end == ".html" else "")
    below, file = f"/events/2026/new/ken{end}", end.replace("/", "/index.html")
    assert forwards(built) == {
        "events/2026/kumo/index.html": new,
        f"events/2026/kumo/ken{file}": below,
        "events/2025/雲の日/index.html": new,
        f"events/2025/雲の日/ken{file}": below,
        f"people/aoi-tanaka{file}": f"/people/aoi{end}",
        f"people/田中・葵{file}": f"/people/aoi{end}",
    }
    page = built.text("events/2026/kumo/index.html")
    assert '<html lang="ja">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert f'<link rel="canonical" href="{BASE}{new[1:]}">' in page
    assert "このページは移動しました" in page
    assert '">2026/new</a>' in page
    script = re.search(r'<script src="([^"]+)"', page)
    assert script is not None
    assert Path(built.outdir, "events/2026/kumo", script[1]).is_file()
    assert "<script>" not in page
    for name in ("searchindex.js", "events.json"):
        assert "2026/kumo" not in built.text(name)
    items = read_inventory(str(built.outdir))
    assert not [one for one in items if one.kind == "std:doc" and "kumo" in one.name]


def test_forwarding_pages_are_written_when_they_change_and_removed_with_their_id(
    site: Site,
) -> None:
    add_site(site)
    built = site.build()
    paths = [built.outdir / name for name in forwards(built)]
    before = [path.stat().st_mtime_ns for path in paths]
    beside = built.outdir / "events/2025/mine.txt"
    beside.touch()
    # Without the address of the site there is none to name.
    assert "canonical" not in paths[0].read_text(encoding="utf-8")
    site.build()
    assert [path.stat().st_mtime_ns for path in paths] == before
    add_site(site, "old_ids: [kumo]")
    assert [one for one in forwards(site.build()) if one.startswith("events")] == [
        "events/2026/kumo/index.html",
        "events/2026/kumo/ken.html",
    ]
    assert [*beside.parent.iterdir()] == [beside]


def test_a_page_that_moves_forwards_from_where_it_was(site: Site) -> None:
    add_site(site, "")
    site.build()
    (site.folder / "events/2026/new").rename(site.folder / "events/2026/newer")
    site.write({"events/2026/newer/event.yaml": "name: Kumo\nold_ids: [new]\n"})
    moved = forwards(site.build())
    assert moved["events/2026/new/index.html"] == "/events/2026/newer/index.html"
    # And back again.
    (site.folder / "events/2026/newer").rename(site.folder / "events/2026/new")
    site.write({"events/2026/new/event.yaml": "name: Kumo\nold_ids: [newer]\n"})
    built = site.build()
    assert forwards(built)["events/2026/newer/index.html"] == "/events/2026/new/index.html"
    assert "events/2026/new/index.html" not in forwards(built)
    assert site.build().written == []


def test_a_folder_may_have_been_called_as_its_event_is(site: Site) -> None:
    site.event("kumo-days", "name: Kumo\nid: kumo\nold_ids: [kumo]\n")
    built = site.build()
    assert built.warnings == []
    assert forwards(built) == {"events/kumo/index.html": "/events/kumo-days/index.html"}


def test_no_page_and_no_file_of_an_author_is_overwritten(site: Site) -> None:
    site.event("new", "name: New\nold_ids: [kumo, extra, index, .hidden, _static, mine]\n")
    site.event("kumo", "name: Kumo\nid: kumo-2025\n")
    site.write({"extra/events/extra/index.html": "An author's", "people/index.md": "# People\n"})
    site.write({"events/people.yaml": "people: [{name: A, old_ids: [index]}]\n"})
    mine = site.folder / "_build/html/events/mine/index.html"
    mine.parent.mkdir(parents=True)
    mine.write_text("Mine", encoding="utf-8")
    built = site.build(html_extra_path=["extra"])
    assert sorted(forwards(built)) == ["events/index/index.html"]
    assert built.text("events/extra/index.html") == "An author's"
    assert mine.read_text(encoding="utf-8") == "Mine"


def test_nothing_forwards_to_what_is_left_out(site: Site) -> None:
    add_site(site, "visibility: internal\nold_ids: [kumo]")
    site.write({"events/organizations.yaml": ""})
    built = site.build()
    assert [one for one in forwards(built) if one.startswith("events")] == []
    # Who stands at one event that is seen has a page by the entry.
    assert "people/aoi-tanaka.html" in forwards(built)
    site.write({"events/other/event.yaml": "name: Other\n"})
    assert forwards(site.build()) == {}


def test_sessions_keep_their_former_anchors(site: Site) -> None:
    add_site(site)
    for builder in ("html", "dirhtml", "singlehtml"):
        page = "index.html" if builder == "singlehtml" else "events/2026/new/index.html"
        assert 'id="session-e1"' in site.build(builder).text(page)


def test_former_folders() -> None:
    assert former_folder("events/2026/new", "old", "events") == "events/2026/old"
    assert former_folder("events/2026/new", "/2025/old", "events") == "events/2025/old"
    assert former_folder("events/new", "..", "events") is None
    assert former_folder("events/new", "/../../etc", "events") is None
    former = {"e/a": ["e/a1", "x/a2"], "e/a/b": ["e/a/b1"]}
    assert sorted(former_pages("e/a/b/page", former)) == [
        "e/a/b1/page",
        "e/a1/b/page",
        "e/a1/b1/page",
        "x/a2/b/page",
        "x/a2/b1/page",
    ]


@pytest.mark.browser
def test_anchors_and_queries_are_kept(site: Site, browser: Browser) -> None:
    add_site(site)
    folder = site.build("dirhtml").outdir

    with serving(folder) as top:
        for with_script in (True, False):
            page = browser.new_page(java_script_enabled=with_script)
            page.goto(f"{top}events/2026/kumo/?a=1#session-edge")
            page.wait_for_url(re.compile("/events/2026/new/"))
            end = "?a=1#session-edge" if with_script else ""
            assert page.url.startswith(f"{top}events/2026/new/{end}")
            page.close()
