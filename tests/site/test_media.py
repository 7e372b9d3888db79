"""Slides and videos in place, and pictures that open large, as pages have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import pytest

from browsers import serving
from conftest import Site
from eventreports.render.icons import ICONS, svg
from printing import png
from searching import violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from conftest import Built

PAGE: Final = "events/day/index.html"
FACTS: Final = """
name: Day
date: 2018-04-19
sessions:
  - id: edge
    title: Edge & <more>
    speakers: [{name: Aoi, links: [https://speakerdeck.com/aoi, https://youtu.be/dQw4w9WgXcQ]}]
    slides: [https://www.docswell.com/s/aoi/LK7J5V-edge, https://speakerdeck.com/aoi/edge, edge.pdf]
    videos: {url: https://youtu.be/dQw4w9WgXcQ, start: "12:34"}
  - id: none
    title: None
    slides: {status: gone, url: https://vimeo.com/1}
"""
REPORT: Final = """
# Day

![The hall](hall.png)

```{event:sessions}
```

## Edge

```{event:session} edge
```

A ![sign](hall.png) in a text, ![](small.png)

[![linked](hall.png)](https://example.com)

```{figure} hall.png
:width: 50%

The hall at noon
```

![](hall.png)

## None

```{event:session} none
```
"""
PLAYERS: Final = ".event-session .event-player"
VIDEO: Final = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&start=754"


def day(site: Site, page: str = REPORT, **conf: Any) -> Built:
    site.event("day", FACTS, page)
    folder = site.folder / "events" / "day"
    (folder / "edge.pdf").write_bytes(b"%PDF-1.4\n")
    (folder / "hall.png").write_bytes(png(width=1600, height=900))
    (folder / "small.png").write_bytes(png(width=24, height=24))
    return site.build(**{"language": "en", **conf})


def tags(html: str, name: str) -> list[dict[str, str]]:
    """The attributes of all elements of a name."""
    found = re.findall(rf"<{name}\b([^>]*)>", html)
    return [dict(re.findall(r'([\w-]+)="([^"]*)"', attributes)) for attributes in found]


@pytest.mark.parametrize("name", ICONS)
def test_a_sign_is_decoration_unless_it_says_something(name: str) -> None:
    assert 'aria-hidden="true"' in svg(name)
    assert 'role="img" aria-label="a &quot;b&quot;"' in svg(name, 'a "b"')


def test_what_can_be_shown_in_place_has_a_button_at_its_session_alone(site: Site) -> None:
    built = day(site)
    assert built.warnings == []
    html = built.text(PAGE)
    players = tags(html, "button")
    assert [one["data-player"] for one in players] == [
        "https://www.docswell.com/slide/LK7J5V/embed",
        "",
        VIDEO.replace("&", "&amp;"),
    ]
    assert players[0]["data-title"] == "Edge &amp; &lt;more&gt; – Docswell"
    cards = html[html.index("event-session-cards") : html.index('class="event-session-notes"')]
    assert "event-icon" in cards
    assert "event-player" not in cards


@pytest.mark.parametrize("builder", ["epub", "latex", "text"])
def test_signs_and_buttons_are_for_pages_of_the_web(site: Site, builder: str) -> None:
    built = day(site, builder=builder)
    written = "".join(
        path.read_text(encoding="utf-8", errors="replace")
        for path in built.outdir.rglob("*")
        if path.suffix in (".xhtml", ".tex", ".txt", ".1", ".texi")
    )
    assert "Docswell" in written
    for word in ("event-icon", "event-player", "Open here", "event-large", "eventreports.js"):
        assert word not in written


def test_pictures_are_sized_lazy_and_links_to_their_files(site: Site) -> None:
    pictures = tags(day(site).text(PAGE), "img")
    first, sign, small, linked, figure, bare = pictures
    # The first is seen at once.
    assert ["loading" in one for one in pictures] == [False] + [True] * 5
    assert all(one["decoding"] == "async" for one in pictures)
    assert [
        (one.get("width"), one.get("height")) for one in (first, sign, small, linked, bare)
    ] == [
        *(("1600", "900"),) * 2,
        ("24", "24"),
        *(("1600", "900"),) * 2,
    ]
    assert "aspect-ratio: 1600 / 900" in figure["style"]
    large = [one for one in pictures if "event-large" in one.get("class", "")]
    assert [one["alt"] for one in large] == ["The hall", "The hall at noon", "hall.png"]


def test_a_site_may_have_no_links_to_files_of_pictures(site: Site) -> None:
    links = tags(day(site, html_scaled_image_link=False).text(PAGE), "a")
    assert not [one for one in links if "_images" in one.get("href", "")]


def test_pages_that_are_of_no_event_keep_their_pictures(site: Site) -> None:
    (site.folder / "hall.png").write_bytes(png(width=1600, height=900))
    site.write({"index.md": "# Site\n\n![Hall](hall.png)\n"})
    built = site.build()
    assert "event-large" not in built.text("index.html")
    assert "eventreports.js" not in built.text("index.html")


def test_the_script_is_on_pages_with_something_to_open(site: Site) -> None:
    assert "eventreports.js" in day(site).text(PAGE)
    assert "eventreports.js" not in day(site, "# Day\n\n```{event:sessions}\n```\n").text(PAGE)
    assert "eventreports.js" in day(site, "# Day\n\n![Hall](hall.png)\n").text(PAGE)


def test_singlehtml_has_the_pictures_of_its_events(site: Site) -> None:
    site.write({"index.md": "# Site\n\n```{toctree}\nevents/day/index\n```\n"})
    html = day(site, builder="singlehtml").text("index.html")
    assert html.count('loading="lazy"') == 5
    assert "eventreports.js" in html


# In a browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("media") / "site"
    folder.mkdir()
    built = day(Site(folder))
    with serving(built.outdir) as url:
        yield url


@contextmanager
def opened(browser: Browser, address: str, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """The page, and what it asks other hosts for, which answer with a page of their own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
    asked: list[str] = []

    def answer(route: Any) -> None:
        if route.request.url.startswith(address):
            route.continue_()
        else:
            asked.append(route.request.url)
            route.fulfill(body="<title>Player</title>", content_type="text/html")

    context.route("**/*", answer)
    # Without a window, some versions have no viewer.
    viewer = "Object.defineProperty(navigator, 'pdfViewerEnabled', {get: () => true})"
    context.add_init_script(viewer)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address + PAGE)
    yield page, asked
    context.close()
    assert errors == []


SHIFTS: Final = """() => new Promise(done => {
    new PerformanceObserver(list => done(list.getEntries().map(one => one.value)))
        .observe({type: 'layout-shift', buffered: true})
    setTimeout(() => done([]), 300)
})"""


@pytest.mark.browser
def test_nothing_is_asked_of_another_host_before_somebody_wants_it(
    browser: Browser, address: str
) -> None:
    with opened(browser, address) as (page, asked):
        page.wait_for_load_state("networkidle")
        assert page.locator(PLAYERS).evaluate_all("all => all.every(one => !one.disabled)")
        assert asked == []
        assert page.evaluate(SHIFTS) == []
        page.get_by_role("button", name="Play here: Edge & <more> – YouTube").click()
        frame = page.locator(".event-frame iframe")
        page.wait_for_function("() => document.querySelector('iframe').contentDocument === null")
        assert asked == [VIDEO]
        assert frame.get_attribute("title") == "Edge & <more> – YouTube"
        assert frame.get_attribute("referrerpolicy") == "strict-origin-when-cross-origin"
        assert "allow-top-navigation" not in (frame.get_attribute("sandbox") or "")
        box = frame.bounding_box()
        assert box is not None
        assert abs(box["width"] / box["height"] - 16 / 9) < 0.05


@pytest.mark.browser
def test_the_keyboard_opens_and_closes_a_player(browser: Browser, address: str) -> None:
    with opened(browser, address) as (page, _asked):
        link = page.get_by_role("link", name="Docswell").last
        link.focus()
        page.keyboard.press("Tab")
        button = page.locator(PLAYERS + ":focus")
        assert button.get_attribute("aria-expanded") == "false"
        page.keyboard.press("Enter")
        page.locator("iframe").wait_for()
        assert button.get_attribute("aria-expanded") == "true"
        page.keyboard.press("Escape")
        page.locator("iframe").wait_for(state="detached")
        assert button.get_attribute("aria-expanded") == "false"


@pytest.mark.browser
def test_a_pdf_of_the_site_is_shown_where_browsers_can(browser: Browser, address: str) -> None:
    with opened(browser, address) as (page, asked):
        page.locator(f'{PLAYERS}[data-player=""]').click()
        frame = page.locator("iframe")
        assert (frame.get_attribute("src") or "").endswith("/edge.pdf")
        assert frame.get_attribute("sandbox") is None
        # The viewer is the browser's own.
        assert all(url.startswith("chrome") for url in asked)


@pytest.mark.browser
def test_a_phone_that_shows_no_pdf_has_the_link_alone(browser: Browser, address: str) -> None:
    context = browser.new_context()
    none = "Object.defineProperty(navigator, 'pdfViewerEnabled', {get: () => false})"
    context.add_init_script(none)
    page = context.new_page()
    page.goto(address + PAGE)
    assert page.locator(PLAYERS).count() == 2
    assert page.locator('.event-player[data-player=""]').count() == 0
    context.close()


@pytest.mark.browser
def test_without_a_script_there_are_links_alone(browser: Browser, address: str) -> None:
    with opened(browser, address, java_script_enabled=False) as (page, asked):
        assert page.locator(".event-player >> visible=true").count() == 0
        assert page.get_by_role("link", name="YouTube").last.is_visible()
        page.get_by_role("link", name="The hall", exact=True).click()
        assert page.url.endswith(".png")
        assert asked == []


@pytest.mark.browser
def test_a_picture_opens_large_and_closes_again(browser: Browser, address: str) -> None:
    with opened(browser, address) as (page, _asked):
        link = page.get_by_role("link", name="The hall", exact=True)
        dialog = page.get_by_role("dialog", name="The hall")
        link.focus()
        page.keyboard.press("Enter")
        dialog.wait_for()
        assert (
            dialog.get_by_role("img", name="The hall").evaluate(
                "one => one.decode().then(() => one.naturalWidth)"
            )
            == 1600
        )
        assert dialog.get_by_role("button", name="Close").evaluate(
            "one => one === document.activeElement"
        )
        page.keyboard.press("Escape")
        dialog.wait_for(state="detached")
        assert link.evaluate("one => one === document.activeElement")
        link.click()
        dialog.click(position={"x": 5, "y": 5})
        dialog.wait_for(state="detached")
        link.click()
        dialog.get_by_role("button").click()
        dialog.wait_for(state="detached")
        with page.context.expect_page() as other:
            link.click(modifiers=["ControlOrMeta"])
        other.value.wait_for_url("**/*.png")
        assert dialog.count() == 0


@pytest.mark.browser
def test_what_is_open_is_accessible(browser: Browser, address: str) -> None:
    with opened(browser, address) as (page, _asked):
        page.locator(PLAYERS).first.click()
        assert violations(page, ".event-session") == []
        page.get_by_role("link", name="The hall", exact=True).click()
        assert violations(page, "dialog") == []


def test_the_box_of_a_task_has_a_name(site: Site) -> None:
    site.event("kumo", "name: Kumo\n", "# Kumo\n\n- [x] Sent\n- [ ] Printed\n")
    page = site.build(language="en", myst_enable_extensions=["tasklist"]).text(
        "events/kumo/index.html"
    )
    names = re.findall(r'<input class="task-list-item-checkbox" aria-label="([^"]*)"', page)
    assert names == ["Done", "To do"]
