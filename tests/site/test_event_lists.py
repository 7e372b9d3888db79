"""Lists and overviews of the events of a site, and the pages of a site that are no author's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import pytest
from babel import Locale
from docutils import nodes

from browsers import serving
from conftest import CONF, Site
from eventreports.render.nodes import counted, year_bar
from eventreports.render.overview import counted_names, figures, weight, years_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser


FRONT: Final = """
# Site

What it is for.

```{event:overview}
:parts: search
```

```{event:list}
:layout: lead
:limit: 3

[Write one](other.md)
```

```{event:overview}
```

```{toctree}
:hidden:

events/years/index
other
```
"""
FACTS: Final = """
name: {name}
date: {date}
venue: Minato Hall
reporters: [Aoi Tanaka]
topics: [Search, Only {name}]
sessions:
  - {{id: edge, title: Edge of {name}, speakers: [Ken Mori], topics: [Search, Kubernetes],
      slides: https://a.example/edge}}
  - {{id: core, title: Core of {name}, speakers: [Ken Mori, Ann Lee]}}
"""
NOTES: Final = """
# {name}

## Core

```{{event:session}} core
```

### Points

- Cores are small.
- Cores are many.

## Edge

```{{event:session}} edge
```

### Points

- It is fast.
"""
WITH_THEME: Final[dict[str, Any]] = {"html_theme": "eventreports", "language": "en"}


@pytest.fixture
def three(site: Site) -> Site:
    """Two events of one year, of which the older one has notes, and one of long before."""
    site.write({"conf.py": CONF.replace("]", ', "cjksearch"]', 1), "index.md": FRONT})
    site.write({"other.md": "# Other\n"})
    for name, date in (("New", "2020-05-06"), ("Noted", "2020-02-03"), ("Old", "2016-01-01")):
        page = NOTES.format(name=name) if name == "Noted" else None
        site.event(name.lower(), FACTS.format(name=name, date=date), page)
    return site


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


# What is counted


def link(children: Sequence[nodes.Node]) -> nodes.Node:
    return nodes.reference("", "", *children, refuri="x")


@pytest.mark.parametrize(
    ("number", "most", "expected"),
    [(1, 1, 1), (1, 2, 1), (2, 2, 3), (1, 7, 1), (2, 7, 2), (5, 7, 3), (7, 7, 3), (30, 68, 2)],
)
def test_a_topic_is_as_large_as_it_is_frequent(number: int, most: int, expected: int) -> None:
    assert weight(number, most) == expected


def years(**numbers: int) -> tuple[list[str], list[year_bar]]:
    colors = {int(year[1:]): ["#123456"] * number for year, number in numbers.items()}
    made = years_list(colors, lambda _year: link, on_web=True)
    return [one.astext() for one in made.children], list(made.findall(year_bar))


def test_years_between_are_reported_unless_they_are_many() -> None:
    assert years(y2018=2, y2020=1)[0] == ["2018 (2)", "2019–", "2020 (1)"]
    assert [text[:4] for text in years(y1999=2, y2020=1)[0]] == ["1999", "2020"]


@pytest.mark.parametrize(("number", "blocks"), [(12, 12), (13, 0)])
def test_many_events_a_year_are_one_bar(number: int, blocks: int) -> None:
    _texts, bars = years(y2018=number, y2019=2)
    assert [len(bar["colors"]) for bar in bars] == ([blocks, 2] if blocks else [0, 0])
    assert [(bar["number"], bar["most"]) for bar in bars] == [(number, number), (2, number)]


def test_elsewhere_topics_are_a_line() -> None:
    made = counted_names([("A", 2, link), ("B", 1, link)], on_web=False)
    assert isinstance(made, nodes.paragraph)
    assert [one["number"] for one in made.findall(counted)] == [2, 1]


def test_what_there_is_none_of_is_no_figure() -> None:
    made = figures({"events": 2, "videos": 0}, Locale("en"), on_web=True)
    assert len(made["figures"]) == 1


# Lists


def test_the_newest_report_stands_first_with_what_was_taken_home(three: Site) -> None:
    built = three.build(language="en")
    assert built.warnings == []
    lead, _more, others = (
        built.text("index.html").partition("event-lead")[2].partition("event-more")
    )
    # In the order of the programme; with links to the notes.
    assert re.findall(r'<p class="event-quote event-phrases">(.*)</p>', lead) == [
        "It is fast.",
        "Cores are small.",
    ]
    assert 'href="events/noted/index.html#session-edge"' in lead
    for said in ("Noted", "Feb 3, 2020", "Minato Hall", "Aoi Tanaka", "2 sessions", "1 slide deck"):
        assert said in words(lead)
    assert re.findall(r"event-card-title.*?title=\"(\w+)\"", others) == ["New", "Old"]


def test_a_timeline_tells_of_years_without_a_report(three: Site) -> None:
    built = three.build(language="en")
    timeline = words(built.text("events/years/index.html"))
    assert re.search(r" New .* Noted .* 2017–2019 There are no .* Old ", timeline)
    assert re.search(r" May .* New .* Feb .* Noted ", words(built.text("events/years/2020.html")))


def test_of_events_beyond_the_limit_a_timeline_says_how_many(three: Site) -> None:
    listing = "# Site\n\n```{event:list}\n:layout: timeline\n:limit: 1\n```\n"
    three.write({"index.md": f"{listing}\n```{{toctree}}\nevents/years/index\nother\n```\n"})
    text = three.build(language="en").text("index.html")
    for year, number in ((2020, "2 events"), (2016, "1 event")):
        (tail,) = re.findall(rf'href="events/years/{year}.html">(.*?)</a>', text)
        assert words(tail) == number
    assert "Noted" not in text


@pytest.mark.parametrize("builder", ["text", "latex", "man", "epub", "singlehtml", "xml"])
def test_every_builder_has_lists_and_overviews(three: Site, builder: str) -> None:
    built = three.build(builder, language="en")
    assert built.warnings == []
    files = {"latex": "*.tex", "man": "*.1", "epub": "index.xhtml", "singlehtml": "index.html"}
    (path,) = built.outdir.glob(files.get(builder, "index.*"))
    text = words(path.read_text(encoding="utf-8"))
    for said in ("Minato Hall", "2020", "Kubernetes", "6 sessions", "2 speakers"):
        assert said.replace(" ", "") in text.replace(" ", "").replace("\\", "")


def test_without_events_there_is_what_the_author_says(site: Site) -> None:
    site.write({"index.md": FRONT, "other.md": "# Other\n"})
    (site.folder / "events").mkdir()
    built = site.build(language="en")
    assert built.warnings == []
    (invitation,) = re.findall(
        r'"event-invitation">(.*?)</div>', built.text("index.html"), re.DOTALL
    )
    assert words(invitation).endswith("Write one")
    assert 'event-button event-button-first reference internal" href="other.html"' in invitation
    assert not re.search("event-overview-(years|topics|figures)", built.text("index.html"))


def test_what_is_said_without_events_is_translated(three: Site) -> None:
    built = three.build("gettext")
    assert '"[Write one](other.md)"' in built.text("index.pot")


def test_topics_lead_to_the_search_that_filters_by_them(three: Site) -> None:
    """Those without a page of their own."""
    assert 'href="search.html?topic=Only+Old"' in three.build().text("index.html")
    text = three.build("dirhtml").text("index.html")
    assert 'href="search/?topic=Only+Old"' in text
    assert 'href="topics/kubernetes/"' in text
    three.write({"conf.py": CONF})
    assert "?topic=" not in three.build().text("index.html")


# What is written again


def test_a_point_writes_the_lists_that_quote_it(three: Site) -> None:
    three.build()
    page = three.folder / "events/noted/index.md"
    page.write_text(page.read_text(encoding="utf-8").replace("fast", "slow"), encoding="utf-8")
    built = three.build()
    assert set(built.written) >= {"index", "events/years/index", "events/years/2020"}
    assert "events/years/2016" not in built.written
    assert "It is slow." in built.text("index.html")


def test_a_speaker_writes_what_counts_speakers(three: Site) -> None:
    three.build()
    facts = three.folder / "events/old/event.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("Ann Lee", "Bo"), encoding="utf-8")
    built = three.build()
    assert "index" in built.written
    assert "events/years/index" not in built.written
    assert "3" in re.findall(r'event-figure">(\d+)', built.text("index.html"))


# Pages of the site


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize("base", ["", "https://a.example/en/latest/"])
def test_a_lost_address_has_a_page(three: Site, builder: str, base: str) -> None:
    built = three.build(builder, html_baseurl=base, **WITH_THEME)
    assert built.warnings == []
    text = built.text("404.html")
    assert re.findall('<base href="(.*?)"', text) == (["/en/latest/"] if base else [])
    year = "events/years/2020.html" if builder == "html" else "events/years/2020/"
    assert f'href="{year}"' in text
    assert 'href="#' not in text.partition("<main")[0]


def test_an_authors_own_page_prevails(three: Site) -> None:
    three.write({"404.md": "---\norphan: true\n---\n# Mine\n"})
    assert "Mine" in three.build(**WITH_THEME).text("404.html")


def test_another_theme_has_no_such_page(three: Site) -> None:
    assert not (three.build().outdir / "404.html").exists()


def test_the_foot_links_to_what_there_is(three: Site) -> None:
    foot = three.build(**WITH_THEME).text("events/new/index.html").partition("bd-footer-links")[2]
    assert re.findall('href="(.*?)"', foot)[:2] == ["../years/index.html", "../../search.html"]


MEASURE: Final = """async () => {
    const shift = await new Promise(done => {
        let sum = 0;
        new PerformanceObserver(list => list.getEntries().forEach(one => sum += one.value))
            .observe({type: 'layout-shift', buffered: true});
        requestAnimationFrame(() => setTimeout(() => done(sum)));
    });
    const sizes = new Set([...document.querySelectorAll('body *')]
        .filter(one => one.checkVisibility() && [...one.childNodes].some(text => text.data?.trim()))
        .map(one => getComputedStyle(one).fontSize));
    return [shift, sizes.size, document.documentElement.scrollWidth];
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    site = Site(folder / "site")
    three.__wrapped__(site)  # type: ignore[attr-defined]
    built = site.build(html_baseurl="https://a.example/en/", **WITH_THEME)
    (folder / "en").symlink_to(built.outdir)
    with serving(folder) as url:
        yield f"{url}en/"


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "page",
    ["", "events/years/", "events/years/2020.html", "404.html", "search.html", "search.html?q=zzz"],
)
def test_nothing_moves_and_the_console_is_silent(
    browser: Browser, address: str, page: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    shown: Any = context.new_page()
    said: list[str] = []
    kinds = ("error", "warning")
    shown.on("console", lambda one: said.extend([one.text] if one.type in kinds else []))
    shown.on("pageerror", lambda error: said.append(str(error)))
    shown.goto(address + page, wait_until="networkidle")
    shift, sizes, scroll_width = shown.evaluate(MEASURE)
    assert said == []
    assert shift == 0
    assert sizes <= 6
    assert scroll_width <= width
    context.close()


@pytest.mark.browser
@pytest.mark.slow
def test_links_of_a_lost_address_lead_home_from_any_depth(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page: Any = context.new_page()
    lost = page.request.get(f"{address}404.html").text()
    page.route(
        "**/no/such/page",
        lambda route: route.fulfill(status=404, body=lost, content_type="text/html"),
    )
    page.goto(f"{address}no/such/page", wait_until="networkidle")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.event-blank')).display") == "grid"
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/no/such/page#main-content")
    page.click("text=2016")
    page.wait_for_url("**/en/events/years/2016.html")
    context.close()


@pytest.mark.browser
@pytest.mark.slow
def test_a_search_without_results_offers_topics(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page: Any = context.new_page()
    page.goto(f"{address}search.html?q=zzz")
    page.click(".cjksearch-found a:has-text('Only Old')")
    page.wait_for_selector(".cjksearch-result")
    assert page.url.endswith("?topic=Only+Old")
    context.close()
