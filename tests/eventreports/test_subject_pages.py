"""The pages of people, organizations, topics and series, and what leads to them."""

import json
import re
import shutil
import zlib
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from conftest import Built, Site

FIRST = """\
name: Kumo Days 2025
series: Kumo Days
date: 2025-11-21
timezone: Asia/Tokyo
organizers: [Kumo Users Group]
sponsors: [{name: Example Inc., url: "https://example.com/"}]
sessions:
  - id: edge
    title: Kubernetes at the Edge
    speakers: [{name: Aoi Tanaka, affiliation: Example Inc.}, Ken Mori]
    topics: [Kubernetes]
    start: 10:00
    slides: https://speakerdeck.com/aoi/edge
"""
SECOND = """\
name: Kumo Days 2026
series: Kumo Days
date: 2026-11-21
sponsors: [Example Inc.]
sessions:
  - id: upgrades
    title: Upgrades
    speakers: [{name: Ａoi Tanaka, affiliation: Sample Co.}]
    topics: [k8s]
    videos: https://youtu.be/upgrades
"""
OTHER = "name: Other\ndate: 2024-01-01\nsessions: [{id: once, title: Once, speakers: [Bo Once]}]\n"
PAGE = "# {}\n\n```{{event:info}}\n```\n\n## {}\n\n```{{event:session}} {}\n```\n\nWords.\n"
TOPICS = "topics:\n  - {name: Kubernetes, aliases: [k8s], parents: [Cloud]}\n"


@pytest.fixture
def kumo(site: Site) -> Site:
    site.event("kumo-2025", FIRST, PAGE.format("Kumo Days 2025", "Edge", "edge"))
    site.event("kumo-2026", SECOND, PAGE.format("Kumo Days 2026", "Upgrades", "upgrades"))
    site.event("other", OTHER, PAGE.format("Other", "Once", "once"))
    return site


def article(built: Built, name: str) -> str:
    found = re.search(r"<main.*</main>|<div class=\"body\".*", built.text(name), re.DOTALL)
    return found[0] if found else built.text(name)


def written(built: Built) -> dict[str, int]:
    files = sorted(Path(built.outdir).rglob("*.html"))
    return {one.relative_to(built.outdir).as_posix(): one.stat().st_mtime_ns for one in files}


def test_whoever_stands_at_two_events_has_a_page(kumo: Site) -> None:
    built = kumo.build()
    assert built.warnings == []
    page = article(built, "people/aoi-tanaka.html")
    first, second = page.index("Upgrades"), page.index("Kubernetes at the Edge")
    assert first < second
    assert 'href="../events/kumo-2025/index.html#session-edge"' in page
    assert "https://speakerdeck.com/aoi/edge" in page
    assert "https://youtu.be/upgrades" in page
    assert "Sample Co. (2026)" in re.sub("<[^>]+>", "", page)
    assert sorted(path.name for path in (built.outdir / "people").iterdir()) == ["aoi-tanaka.html"]


def test_mentions_lead_there(kumo: Site) -> None:
    built = kumo.build()
    page = article(built, "events/kumo-2026/index.html")
    for name in ("people/aoi-tanaka", "organizations/example-inc", "series/kumo-days"):
        assert f'href="../../{name}.html"' in page, name
    # An address of its own stands behind the name.
    first = article(built, "events/kumo-2025/index.html")
    assert re.search(r"example-inc\.html\">Example Inc\.</a> <a [^>]*https://example\.com/", first)
    assert "bo-once" not in article(built, "events/other/index.html")


def test_an_entry_makes_one_of_two_names_and_a_page_of_one_event(kumo: Site) -> None:
    people = "people:\n  - {name: Bo Once, description: Only once., image: people/bo.svg}\n"
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    kumo.write({
        "events/topics.yaml": TOPICS,
        "events/people.yaml": people,
        "events/people/bo.svg": svg,
    })  # fmt: skip
    built = kumo.build()
    assert built.warnings == []
    topic = article(built, "topics/kubernetes.html")
    assert "Upgrades" in topic
    assert "Kubernetes at the Edge" in topic
    assert "Kubernetes" in article(built, "topics/cloud.html")
    assert "Only once." in article(built, "people/bo-once.html")
    (image,) = re.findall(
        r'event-subject-picture" src="\.\./([^"]+)"', built.text("people/bo-once.html")
    )
    assert (built.outdir / image).read_text(encoding="utf-8") == svg


def test_two_who_share_a_name_are_parted(kumo: Site) -> None:
    entry = "people:\n  - {name: Aoi Tanaka, id: aoi-2, at: [kumo-2026]}\n"
    kumo.write({"events/people.yaml": entry})
    built = kumo.build()
    assert "Upgrades" in article(built, "people/aoi-2.html")
    assert "Edge" not in article(built, "people/aoi-2.html")
    assert not (built.outdir / "people" / "aoi-tanaka.html").exists()


def test_pages_refer_to_subjects_by_names_and_ids(kumo: Site) -> None:
    kumo.write({
        "more.md": "---\norphan: true\n---\n\n# More\n\n{event:person}`aoi-tanaka`, "
        "{event:person}`Bo Once`, {event:topic}`them <Kubernetes>`, "
        "{event:organization}`Example Inc.`, {event:series}`Kumo Days`\n",
        "rest.rst": ":orphan:\n\nRest\n====\n\n:event:person:`Aoi Tanaka`\n",
    })  # fmt: skip
    built = kumo.build(source_suffix={".md": "markdown", ".rst": "restructuredtext"})
    assert built.warnings == []
    page = article(built, "more.html")
    assert re.search(r'href="people/aoi-tanaka.html"[^>]*>(<span[^>]*>)?Aoi Tanaka<', page)
    assert "Bo Once" in page
    assert "bo-once" not in page
    assert 'href="people/aoi-tanaka.html"' in article(built, "rest.html")
    text = kumo.build("text", source_suffix={".md": "markdown", ".rst": "restructuredtext"})
    assert text.warnings == []
    assert "Aoi Tanaka, Bo Once, them" in (text.outdir / "more.txt").read_text(encoding="utf-8")


def test_unknown_and_ambiguous_names_are_reported(kumo: Site) -> None:
    kumo.write({
        "events/people.yaml": "people:\n"
        "  - {name: Aoi Tanaka, id: aoi-1, at: [kumo-2025]}\n"
        "  - {name: Aoi Tanaka, id: aoi-2, at: [kumo-2026]}\n",
        "more.md": "---\norphan: true\n---\n\n# More\n\n{event:person}`Aoi Tanaka` "
        "{event:person}`Ken Morri`\n",
    })  # fmt: skip
    unknown, ambiguous = sorted(kumo.build().warnings)
    assert "“Ken Mori”" in unknown
    assert "aoi-1, aoi-2" in ambiguous


def test_other_projects_find_them(kumo: Site) -> None:
    built = kumo.build("dirhtml")
    data = (built.outdir / "objects.inv").read_bytes().split(b"\n", 4)[4]
    lines = zlib.decompress(data).decode().splitlines()
    assert "aoi-tanaka event:person 1 people/aoi-tanaka/ Aoi Tanaka" in lines
    assert "kumo-days event:series 1 series/kumo-days/ Kumo Days" in lines


def test_a_session_leads_to_those_near_to_it(kumo: Site) -> None:
    kumo.write({"events/topics.yaml": TOPICS})
    built = kumo.build()
    page = article(built, "events/kumo-2025/index.html")
    near = page[page.index("event-near") :]
    assert 'href="../kumo-2026/index.html#session-upgrades"' in near
    assert "event-near" not in article(built, "events/other/index.html")


def test_an_event_leads_to_the_next_of_its_series(kumo: Site) -> None:
    built = kumo.build()
    page = article(built, "events/kumo-2025/index.html")
    assert 'href="../kumo-2026/index.html"' in page[page.index("event-neighbours") :]
    assert "event-neighbours" not in article(built, "events/other/index.html")


def test_pages_are_written_again_where_they_show_what_changed(kumo: Site) -> None:
    before = written(kumo.build())
    assert written(kumo.build()).keys() == before.keys()
    again = written(kumo.build())
    subjects = {name for name in before if name.split("/")[0] in ("people", "organizations")}
    assert subjects
    assert {name for name in subjects if again[name] != before[name]} == set()
    facts = kumo.folder / "events/kumo-2026/event.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("Upgrades", "Updates"), "utf-8")
    built = kumo.build()
    after = written(built)
    changed = {name for name in after if after[name] != before[name]} - {
        *("search.html", "genindex.html", "404.html", "index.html")
    }
    assert "people/aoi-tanaka.html" in changed
    assert "events/other/index.html" not in changed
    assert "Updates" in article(built, "people/aoi-tanaka.html")


def test_what_another_builder_has_read_is_seen(kumo: Site) -> None:
    kumo.build()
    facts = kumo.folder / "events/kumo-2026/event.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("Upgrades", "Updates"), "utf-8")
    kumo.build("text")
    assert "Updates" in article(kumo.build(), "people/aoi-tanaka.html")


def test_what_is_gone_leaves_no_page_and_no_link(kumo: Site) -> None:
    kumo.build()
    facts = kumo.folder / "events/kumo-2026/event.yaml"
    text = facts.read_text(encoding="utf-8").replace("Ａoi Tanaka", "Mio Kato")
    facts.write_text(text, encoding="utf-8")
    built = kumo.build()
    assert not (built.outdir / "people" / "aoi-tanaka.html").exists()
    assert "aoi-tanaka" not in built.text("events/kumo-2025/index.html")


@pytest.mark.parametrize("removed", ["people", "people/aoi-tanaka.html", "."])
def test_a_page_that_was_removed_is_written_again(kumo: Site, removed: str) -> None:
    built = kumo.build()
    before = {name: built.text(name) for name in written(built)}
    path = built.outdir / removed
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    built = kumo.build()
    assert {name: built.text(name) for name in written(built)} == before


def test_a_picture_goes_with_the_page_that_shows_it(kumo: Site) -> None:
    people = "people:\n  - {name: Bo Once, image: bo.svg}\n"
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    kumo.write({"events/people.yaml": people, "events/bo.svg": svg})

    def pictures(built: Built) -> list[str]:
        return sorted(path.name for path in (built.outdir / "_images").glob("bo*"))

    first = pictures(kumo.build(eventreports_year_pages=False))
    assert len(first) == 1
    facts = kumo.folder / "events/kumo-2025/event.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("at the Edge", "Here"), "utf-8")
    assert pictures(kumo.build(eventreports_year_pages=False)) == first
    facts = kumo.folder / "events/other/event.yaml"
    facts.write_text(f"visibility: internal\n{OTHER}", encoding="utf-8")
    assert pictures(kumo.build(eventreports_year_pages=False)) == []


def test_a_picture_that_is_replaced_is_shown(kumo: Site) -> None:
    people = "people:\n  - {name: Bo Once, image: bo.svg}\n"
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    kumo.write({"events/people.yaml": people, "events/bo.svg": svg})
    kumo.build()
    kumo.write({"events/bo.svg": svg.replace("9", "18")})
    built = kumo.build()
    (shown,) = re.findall(r'src="\.\./(_images/bo[^"]*)"', built.text("people/bo-once.html"))
    assert 'width="18"' in built.text(shown)


def test_settings_for_which_all_is_read_anew_are_seen(kumo: Site) -> None:
    layout = "{{% extends '!layout.html' %}}{{% block content %}}{}{{% endblock %}}"
    kumo.write({"_templates/layout.html": layout.format("{{ super() }}<p>{{ release }}</p>")})
    settings: dict[str, Any] = {"templates_path": ["_templates"], "html_title": "Site"}
    kumo.build(**settings, release="1")
    # Another builder reads all.
    kumo.build("text", **settings, release="2")
    built = kumo.build(**settings, release="2")
    assert "<p>2</p>" in built.text("people/aoi-tanaka.html")


def test_a_folder_that_cannot_be_written_is_one_message(
    kumo: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, _text: str) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr("eventreports.sphinx.web.subject_pages.write_if_changed", full)
    built = kumo.build()
    (message,) = built.warnings
    assert "No space left on device" in message
    monkeypatch.undo()
    again = kumo.build()
    assert again.warnings == []
    assert (again.outdir / "people" / "aoi-tanaka.html").is_file()


def test_who_stands_only_in_what_is_left_out_is_nowhere(kumo: Site) -> None:
    kumo.event(
        "hidden",
        "name: Hidden\nvisibility: internal\nsessions: [{title: A, speakers: [Bo Once]}]\n",
        "# Hidden\n",
    )
    kumo.write({"events/people.yaml": "people: [Bo Once, Cy Hidden]\n"})
    built = kumo.build()
    assert "Hidden" not in built.text("people/bo-once.html")
    assert not (built.outdir / "people" / "cy-hidden.html").exists()


@pytest.mark.parametrize("parallel", [0, 2])
def test_pages_can_be_switched_off(kumo: Site, parallel: int) -> None:
    built = kumo.build(parallel=parallel, eventreports_subject_pages=False)
    assert built.warnings == []
    assert not (built.outdir / "people").exists()
    assert "people/" not in built.text("events/kumo-2025/index.html")


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "../../up", "a?b#c&d", "q\"uote's", "{{ 7 * 7 }}", "index"],
)
def test_names_are_text_wherever_they_stand(site: Site, name: str) -> None:
    for event in ("a", "b"):
        data = {"name": event.upper(), "topics": [name], "organizers": [name]}
        site.event(event, json.dumps(data), "# A\n\n```{event:info}\n```\n")
    built = site.build()
    (made,) = (built.outdir / "topics").rglob("*.html")
    html = made.read_text(encoding="utf-8")
    assert "<script>alert" not in html
    (title,) = re.findall("<h1>([^<]*)", html)
    assert unescape(title) == name
    (link,) = set(re.findall(r'href="(\.\./\.\./topics/[^"]*)"', built.text("events/a/index.html")))
    target = unquote(unescape(link))
    assert (built.outdir / "events/a" / target).resolve() == made.resolve()
    assert made.parent == built.outdir / "topics"


def test_a_title_that_other_events_show_leaves_their_years_alone(kumo: Site) -> None:
    assert kumo.build().warnings == []
    facts = FIRST.replace("at the Edge", "at Home")
    kumo.event("kumo-2025", facts, PAGE.format("Kumo Days 2025", "At Home", "edge"))
    built = kumo.build()
    assert "Kubernetes at Home</a>" in article(built, "events/kumo-2026/index.html")
    assert "events/kumo-2026/index" in built.written
    assert "events/years/2026" not in built.written
    assert "events/years/2025" in built.written
    # The next build knows the contents.
    kumo.event("kumo-2026", SECOND, "# Another title\n")
    assert "events/years/2026" in kumo.build().written


def test_the_index_has_one_name_of_each_person(kumo: Site) -> None:
    kumo.event("other", OTHER.replace("Bo Once", "A. Tanaka"), PAGE.format("Other", "Once", "once"))

    def indexed(built: Built) -> list[str]:
        assert built.warnings == []
        found = re.findall(
            r"<li>(?:<a [^>]*>)?([^<]*)(?:</a>)?(?=[<\s])", built.text("genindex.html")
        )
        return [unescape(name) for name in found]

    # Widths of letters make no other name.
    assert indexed(kumo.build()) == ["A. Tanaka", "Aoi Tanaka", "Ken Mori"]
    entry = "people: [{name: 田中葵, reading: たなかあおい, aliases: [Aoi Tanaka, A. Tanaka]}]\n"
    kumo.write({"events/people.yaml": entry})
    assert indexed(kumo.build()) == ["Ken Mori", "田中葵"]
    latex = kumo.build("latex").text("site.tex")
    assert re.findall(r"index\{(.*?)@", latex).count("田中葵") == 3
    kumo.write({"events/people.yaml": "people: []\n"})
    assert indexed(kumo.build()) == ["A. Tanaka", "Aoi Tanaka", "Ken Mori"]
