"""What is shown with a link to a page: title, description and card."""

from __future__ import annotations

import re
import struct
import sys
from html import unescape
from typing import Any
from unittest import mock

import pytest

from conftest import CONF, Built, Site
from eventreports.render.link_cards import LinkCard
from eventreports.sphinx.web import link_previews
from sphinxcommon.east_asian import columns_in
from sphinxcommon.phrases import shortened

BASE = "https://example.org/reports/"
EVENT = """
name: 'Kumo "Days" <2026>'
date: 2026-11-21
venue: Minato Hall
status: cancelled
description: An event of *clouds*.
sessions: [One, {id: two, title: Two}]
"""
PAGE = """\
# 20261121 Kumo Days

First words.

## 感想

- よい会だった。
  - 内訳。
- "また" 行く & <書く>。

## 詳細

### Two

```{event:session} two
```

#### ポイント

- セッションの要点。
"""


def tags(built: Built, page: str) -> dict[str, str]:
    """What the head of a page says, by name."""
    found = re.findall(r'<meta (?:name|property)="([^"]*)" content="([^"]*)" />', built.text(page))
    ours = {name: unescape(content) for name, content in found if name != "viewport"}
    assert len(ours) == sum(name in ours for name, _content in found)
    return ours


def cards(built: Built) -> dict[str, bytes]:
    paths = (built.outdir / "_images").glob("card-*.png")
    return {path.name: path.read_bytes() for path in paths}


def test_a_page_says_what_it_is_about(site: Site) -> None:
    site.event("kumo", EVENT, PAGE)
    built = site.build(html_baseurl=BASE)
    assert built.warnings == []
    found = tags(built, "events/kumo/index.html")
    assert found["og:title"] == found["og:image:alt"] == 'Kumo "Days" <2026>'
    assert found["description"] == 'よい会だった。"また" 行く & <書く>。'
    assert found["og:description"] == found["description"]
    assert found["og:url"] == f"{BASE}events/kumo/index.html"
    assert found["og:type"] == "article"
    assert found["og:site_name"] == "Site"
    assert found["twitter:card"] == "summary_large_image"
    name = found["og:image"].removeprefix(f"{BASE}_images/")
    assert struct.unpack(">II", cards(built)[name][16:24]) == (1200, 630)
    year = tags(built, "events/years/2026.html")
    assert year["og:description"] == 'Kumo "Days" <2026>'
    assert len(cards(built)) == len(built.app.env.found_docs)
    # Pages that nobody wrote say nothing.
    assert "og:title" not in built.text("genindex.html")


def test_the_best_description_is_taken(site: Site) -> None:
    site.write({"conf.py": CONF + 'myst_enable_extensions = ["colon_fence"]\n'})
    pages = [
        (PAGE.replace("## 感想", "## その他"), "セッションの要点。"),
        ("# Kumo\n\n```{event:info}\n```\n\nWords.\n", "An event of clouds."),
        ("# Kumo\n\n:::{note}\nAside.\n:::\n\nFirst\nwords.\n\nMore.\n", "First words."),
        ("---\nmyst:\n  html_meta:\n    description: Said.\n---\n\n" + PAGE, "Said."),
        ("# Kumo\n\n```{event:sessions}\n```\n", "One、Two"),
        ("# Kumo\n", None),
    ]
    for number, (page, _description) in enumerate(pages):
        site.event(f"kumo{number}", EVENT, page)
    built = site.build()
    for number, (_page, description) in enumerate(pages):
        name = f"events/kumo{number}/index.html"
        assert tags(built, name).get("og:description") == description
        assert built.text(name).count('name="description"') == bool(description)


@pytest.mark.parametrize("conf", [{}, {"html_baseurl": BASE, "eventreports_link_cards": False}])
def test_without_an_address_or_a_wish_there_is_no_card(site: Site, conf: dict[str, Any]) -> None:
    site.event("kumo", EVENT, PAGE)
    built = site.build(**conf)
    assert built.warnings == []
    assert cards(built) == {}
    found = tags(built, "events/kumo/index.html")
    assert found["twitter:card"] == "summary"
    assert ("og:url" in found) == bool(conf)
    assert "og:image" not in found


def test_without_the_compiler_there_is_no_card(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(link_previews.__dict__, "import_module", mock.Mock(side_effect=ImportError))
    site.event("kumo", EVENT, PAGE)
    built = site.build(html_baseurl=BASE)
    assert (built.warnings, cards(built)) == ([], {})
    assert tags(built, "events/kumo/index.html")["twitter:card"] == "summary"


def test_a_card_is_made_once_and_goes_when_another_takes_its_place(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = mock.Mock(wraps=link_previews._drawn)
    monkeypatch.setattr(link_previews, "_drawn", drawn)
    site.event("kumo", EVENT, PAGE)
    site.event("umi", "name: Umi\n")
    first = cards(site.build(html_baseurl=BASE))
    assert drawn.call_count == 1
    site.event("kumo", EVENT, PAGE + "\n- もっと。\n")
    assert cards(site.build(html_baseurl=BASE)) == first
    assert drawn.call_count == 1
    site.event("kumo", EVENT.replace("Minato", "Another"), PAGE)
    second = cards(site.build(html_baseurl=BASE))
    assert len(drawn.call_args.args[0]) == 1
    assert len(second) == len(first)
    assert len(second.keys() - first.keys()) == 1


def test_builds_make_the_same_bytes(make_site: Any) -> None:
    made = []
    for name, builder, parallel in (("a", "html", 0), ("b", "dirhtml", 2)):
        site = make_site(name)
        for number in range(3):
            site.event(f"event{number}", EVENT, PAGE)
        made.append(cards(site.build(builder, parallel, html_baseurl=BASE)))
    assert made[0] == made[1] != {}


def test_other_builders_and_extensions_have_their_own(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.event("kumo", EVENT, PAGE)
    for builder in ("epub", "text"):
        built = site.build(builder, html_baseurl=BASE)
        assert (built.warnings, cards(built)) == ([], {})
    theirs = mock.Mock(setup=lambda _app: {"parallel_read_safe": True})
    for name in ("sphinxext", "sphinxext.opengraph"):
        monkeypatch.setitem(sys.modules, name, theirs)
    site.write({"conf.py": CONF + 'extensions.append("sphinxext.opengraph")\n'})
    built = site.build(html_baseurl=BASE)
    assert (built.warnings, cards(built)) == ([], {})
    assert tags(built, "events/kumo/index.html") == {}


def test_a_page_below_an_event_has_its_cover(site: Site) -> None:
    site.event("kumo", EVENT, PAGE + "\n```{toctree}\ntwo\n```\n")
    site.write({"events/kumo/two.md": "# Two\n\nText.\n"})
    built = site.build("singlehtml", html_baseurl=BASE)
    assert tags(built, "index.html")["og:url"] == BASE
    assert len(cards(built)) == 1
    with mock.patch.object(link_previews, "_drawn", return_value=[b""] * 5) as drawn:
        site.build(html_baseurl=BASE)
    (of_event,) = [one for one in drawn.call_args.args[0] if one["title"] == ['Kumo "Days" <2026>']]
    (below,) = [one for one in drawn.call_args.args[0] if one["title"] == ["Two"]]
    assert below["cover"] == of_event["cover"]
    assert below["facts"] == ['Kumo "Days" <2026>']
    assert of_event["facts"] == ["中止", "Minato Hall", "2セッション"]
    assert of_event["day"] == below["day"] == "21"


def test_tags_of_others_stay_and_are_not_written_twice(site: Site) -> None:
    site.event("kumo", EVENT, PAGE)
    site.write(
        {
            "conf.py": CONF
            + """
def add(app, page, template, context, doctree):
    context["metatags"] = '<meta property="og:title" content="Theirs" />'

def setup(app):
    app.connect("html-page-context", add)
"""
        }
    )
    found = tags(site.build(), "events/kumo/index.html")
    assert found["og:title"] == "Theirs"
    assert found["og:site_name"] == "Site"


TITLES = [
    "Rails World 2023",
    "サイバーエージェントにおけるプライベートコンテナ基盤AKEを支える技術",
    "Kubernetesセキュリティベストプラクティス",
    "CloudNative Days Winter 2026 / Observability Conference Tokyo 2026",
    "長い題" * 60,
    "word" * 60,
    "",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_as_large_as_it_has_room(title: str) -> None:
    data = LinkCard(title, ("one", None, None)).data()
    shown = "".join(data["title"])
    assert title.startswith(shown.removesuffix("…"))
    assert data["size"] in (74, 59, 48)
    # Five lines in the smallest size.
    assert columns_in(shown) <= 150


def test_of_a_long_text_whole_words_are_kept() -> None:
    assert shortened("One two three", 13) == "One two three"
    assert shortened("One two three", 12) == "One two…"
    assert shortened("速さを支える技術", 12) == "速さを…"
    assert shortened("word" * 9, 5) == "word…"


def test_a_series_has_a_card_and_who_stands_at_several_events_says_which(site: Site) -> None:
    for year in (2025, 2026):
        event = f"name: Kumo {year}\nseries: Kumo <Days>\ndate: {year}-11-21\n"
        site.event(f"kumo-{year}", f"{event}sessions: [{{title: One, speakers: [Aoi]}}]\n", PAGE)
    built = site.build(html_baseurl=BASE)
    page = "series/kumo-days.html"
    found = tags(built, page)
    assert found["og:title"] == "Kumo <Days>"
    assert found["og:url"] == f"{BASE}{page}"
    assert found["description"] == "Kumo 2026、Kumo 2025"
    name = found["og:image"].removeprefix(f"{BASE}_images/")
    assert struct.unpack(">II", cards(built)[name][16:24]) == (1200, 630)
    person = tags(built, "people/aoi.html")
    assert person["description"] == "Kumo 2026、Kumo 2025"
    assert "og:image" not in person
    # A build that writes nothing leaves the card.
    assert name in cards(site.build(html_baseurl=BASE))
    # A setting that takes the cards away is no change of what the pages show.
    built = site.build(html_baseurl=BASE, eventreports_link_cards=False)
    assert "og:image" not in tags(built, page)
    assert cards(built) == {}
