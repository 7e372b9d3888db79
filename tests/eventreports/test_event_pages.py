"""The page of an event on the web: its head and facts, cards of sessions, and a bar at each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from browsers import serving
from conftest import Site
from eventreports.core.dates import PartialDate
from eventreports.core.names import initials
from eventreports.core.repeated_dates import repeated_date

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from conftest import Built

PAGE: Final = "events/day/index.html"
FACTS: Final = """
name: Kumo Day
date: 2018-04-19
venue: {name: Minato Hall, latitude: 35.64, longitude: 139.74}
capacity: 540
organizers: [Kumo Users Group]
supporters: [A, B, C]
hashtag: kumo
language: ja
purpose: To see
license: CC BY 4.0
topics: [Kubernetes]
published: 2018-05-01
reporters: [Aoi Tanaka]
sessions:
  - {id: edge, title: Edge, speakers: [Ken Mori (Example Inc.)], slides: https://a.example/edge}
  - {id: core, title: Core, videos: {status: later}}
  - {id: end, title: End}
"""
REPORT: Final = """
# 20180419 Kumo Day

```{event:info}
```

```{event:sessions}
```

## Edge

```{event:session} edge
```

### Points

- It is **fast**.
  - Faster than before.
- It is small.

## Core

```{event:session} core
```

Notes alone.
"""


@pytest.mark.parametrize(
    ("title", "rest"),
    [
        ("20180419 Kumo Day", "Kumo Day"),
        ("2018-04-19: Kumo Day", "Kumo Day"),
        ("Kumo Day (2018年4月19日(木))", "Kumo Day"),
        ("【2018/4/19】Kumo Day", "Kumo Day"),
        ("Kumo Day – 2018.04.19", "Kumo Day"),
        ("Kumo 20180419 Day", "Kumo 20180419 Day"),
        ("20180420 Kumo Day", "20180420 Kumo Day"),
        ("120180419 Kumo Day", "120180419 Kumo Day"),
        ("Kumo Day 2018", "Kumo Day 2018"),
        ("20180419", "20180419"),
        # A part of a range, or of a sentence.
        ("2018年4月19日〜21日 雲の祭", "2018年4月19日〜21日 雲の祭"),
        ("2018/4/19-21 Kumo Days", "2018/4/19-21 Kumo Days"),
        ("雲の祭 2018年4月17日〜2018年4月19日", "雲の祭 2018年4月17日〜2018年4月19日"),
        ("2018年4月19日の会", "2018年4月19日の会"),
    ],
)
def test_the_day_of_the_event_is_found_in_its_title(title: str, rest: str) -> None:
    start, end = repeated_date(title, PartialDate(2018, 4, 19)) or (0, 0)
    assert title[:start] + title[end:] == rest
    assert repeated_date(title, PartialDate(2018, 4)) is repeated_date(title, None) is None


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Masaya Aoyama", "MA"),
        ('Yukihiro "Matz" Matsumoto', "YM"),
        ("elct9620", "E"),
        ("山田 太郎", "山"),
        ("ボム", "ボ"),
        ("<>", "<"),
    ],
)
def test_initials_are_those_of_first_and_last_name(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.fixture
def built(site: Site) -> Built:
    site.event("day", FACTS, REPORT)
    built = site.build("html", language="en")
    assert built.warnings == []
    return built


def test_a_heading_does_not_repeat_the_day_that_the_title_keeps(built: Built) -> None:
    text = built.text(PAGE)
    assert "<h1>Kumo Day<" in text
    assert "<title>20180419 Kumo Day" in text


def test_the_head_says_when_where_who_and_how_many(built: Built) -> None:
    head = built.text(PAGE).partition("event-head")[2].partition("event-info")[0]
    words = re.sub(r"<[^>]*>", "", head)
    for said in ("Apr 19, 2018", "Minato Hall", "Aoi Tanaka", "3 sessions", "1 slide deck"):
        assert said in words
    assert "540 places" in words
    assert "videos" not in words
    assert 'href="https://www.openstreetmap.org/?mlat=35.64' in head


def test_all_facts_stand_in_the_folds_in_the_authors_order(built: Built) -> None:
    info = built.text(PAGE).partition("event-fold")[2].partition("event-session-cards")[0]
    facts = re.findall(r'<div class="event-(\w+)"><dt', info)
    shown, rest = facts[:6], facts[6:]
    assert shown == ["organizers", "supporters", "hashtag", "language", "purpose", "license"]
    assert rest == [
        "name",
        "date",
        "venue",
        "venue",
        "capacity",
        "topics",
        "published",
        "reporters",
    ]


def test_a_plain_list_has_all_facts_in_one(site: Site) -> None:
    site.event("day", FACTS, REPORT.replace("{event:info}", "{event:info}\n:layout: list"))
    text = site.build("html", language="en").text(PAGE)
    assert "event-fold" not in text
    facts = re.findall(r'<div class="event-(\w+)"><dt', text.partition("event-session")[0])
    assert facts[:3] == ["name", "date", "venue"]


def test_other_outputs_have_neither_head_nor_folds(site: Site) -> None:
    site.event("day", FACTS, REPORT)
    text = site.build("text", language="en").text("events/day/index.txt")
    assert "20180419 Kumo Day" in text
    assert "540 places" not in text


def test_a_card_quotes_the_first_point_and_has_signs_of_what_there_is(built: Built) -> None:
    edge, core, end = re.findall(
        r'<li class="[^"]*sd-col[^"]*">.*?</li>', built.text(PAGE), re.DOTALL
    )
    assert '<p class="event-quote">It is fast.</p>' in edge
    assert 'aria-label="With notes"' in edge
    assert 'aria-label="Slides"' in edge
    assert 'aria-label="With notes"' in core
    assert "event-quote" not in core
    assert "event-has-notes" not in end


def test_cards_follow_the_notes_on_another_page(site: Site) -> None:
    cards, notes = REPORT.split("## Edge")
    site.event("day", FACTS, cards)
    site.write(
        {"events/day/edge.md": f"# Edge{notes.partition('## Core')[0]}".replace("###", "##")}
    )
    assert "It is fast." in site.build("html").text(PAGE)
    page = site.folder / "events/day/edge.md"
    page.write_text(page.read_text(encoding="utf-8").replace("**fast**", "slow"), encoding="utf-8")
    assert "It is slow." in site.build("html").text(PAGE)


def test_bars_lead_from_session_to_session(built: Built) -> None:
    edge, core = re.findall(r'<nav class="event-bar".*?</nav>', built.text(PAGE), re.DOTALL)
    assert 'rel="next" href="#session-core"' in edge
    assert 'rel="prev"' not in edge
    assert 'rel="prev" href="#session-edge"' in core
    assert 'rel="next"' not in core


@pytest.mark.browser
def test_arrow_keys_lead_from_session_to_session(built: Built, browser: Browser) -> None:
    with serving(built.outdir) as address:
        page = browser.new_page()
        page.goto(address + PAGE)
        places = []
        for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft", "a"):
            page.keyboard.press(key)
            places.append(page.evaluate("location.hash"))
        page.close()
    edge, core = "#session-edge", "#session-core"
    assert places == [edge, core, core, edge, edge, edge]


TWO_DAYS: Final = """
name: Kumo Days
start_date: 2018-04-19
end_date: 2018-04-20
sessions:
  - {id: edge, title: Edge, date: 2018-04-19, start: 10:00, end: 11:00}
  - {id: core, title: Core, date: 2018-04-20, start: 10:00, end: 11:00}
"""


@pytest.mark.browser
def test_an_address_opens_the_day_that_it_leads_to(site: Site, browser: Browser) -> None:
    site.event("day", TWO_DAYS, "# Kumo Days\n\n```{event:schedule}\n:days: tabs\n```\n")
    built = site.build("html", html_theme="eventreports")
    assert "design-tabs.js" not in built.text(PAGE)
    with serving(built.outdir) as address:
        page = browser.new_page()
        edge, core = (page.locator(".event-talk", has_text=text) for text in ("Edge", "Core"))
        page.goto(f"{address}{PAGE}#session-core")
        core.wait_for(state="visible")
        page.evaluate("location.hash = 'session-edge'")
        edge.wait_for(state="visible")
        assert not core.is_visible()
        page.close()
