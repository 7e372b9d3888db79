"""The pages in a real browser: no error, nothing cut off, every link leads somewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from browsers import serving
from building import sphinx_build
from copies import REPORT, add_every_key, copy_site
from printing import written
from searching import AXE, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from conftest import Site

pytestmark = [pytest.mark.slow, pytest.mark.browser]

LARGE = "events/rubykaigi-2018/index.html"
PAGES = [
    "index.html",
    "events/years/index.html",
    "events/years/2018.html",
    f"{REPORT}/index.html",
    LARGE,
    "events/rails-world-2023/index.html",
]
EDGE = "events/edge/index.html"
EVERY_KEY = "events/every-key/index.html"
MANY_ROOMS = "events/many-rooms/index.html"

SPEAKERS = ", ".join(f"Speaker {n} (Company {n})" for n in range(12))
LONG = (
    "とても長い題名を持つセッションは、折り返しても読みやすく、カードからはみ出さず、隣の列を押しのけることもない"
    * 2
)
EDGE_FACTS = f"""
name: Edge cases
date: 2019-02-03
sponsors: [{{name: {"A" * 60}, url: "https://example.org/{"a" * 200}"}}, B]
sessions:
  - {{id: long, title: {LONG}, speakers: [{SPEAKERS}]}}
  - {{id: url, title: {"https-" * 30}, slides: "https://example.org/{"x" * 300}"}}
  - A session of which nothing is known
files: [{{name: {"n" * 120}.pdf, size: 1 MB, uploader: {"u" * 80}}}]
"""
EDGE_PAGE = """
# Edge cases

```{event:info}
```

```{event:sponsors}
:heading: Sponsors
```

```{event:sessions}
:heading: Sessions
```

```{event:slides}
:heading: Slides
```

## Files

```{event:files}
```

## Nothing

```{event:sponsors}
:roles: supporters
```
"""


def many_rooms() -> str:
    """A day in 24 rooms and one in 72, each with a keynote before and a break between."""
    lines = ["name: Many rooms", "start_date: 2019-02-03", "end_date: 2019-02-04", "sessions:"]
    for day, rooms in (("2019-02-03", 24), ("2019-02-04", 72)):
        lines.append(
            f"  - {{id: keynote-{rooms}, title: Keynote, date: {day}, start: 9:00, duration: 45, "
            "room: Room 1}"
        )
        lines += [
            f"  - {{id: t-{rooms}-{room}-{n}, title: Talk {n} in room {room}, date: {day}, "
            f"room: Room {room}, start: '{10 + n}:{room % 3 * 5:02}', duration: 40, "
            f"speakers: [Speaker {room} (Company {n})]}}"
            for room in range(1, rooms + 1)
            for n in (0, 1, 3, 4, 5)
        ]
    lines.append("slots:")
    lines += [
        f"  - {{title: Lunch, date: {day}, start: 12:00, duration: 45}}"
        for day in ("2019-02-03", "2019-02-04")
    ]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_site(tmp_path_factory.mktemp("browser") / "site")
    edge = folder / "events" / "edge"
    edge.mkdir()
    (edge / "event.yaml").write_text(EDGE_FACTS.lstrip(), encoding="utf-8")
    (edge / "index.md").write_text(EDGE_PAGE.lstrip(), encoding="utf-8")
    many = folder / "events" / "many-rooms"
    many.mkdir()
    (many / "event.yaml").write_text(many_rooms(), encoding="utf-8")
    body = "# Many rooms\n\nText.\n\n## Programme\n\n```{event:schedule}\n```\n"
    (many / "index.md").write_text(body, encoding="utf-8")
    add_every_key(folder)
    page = folder / "events" / "every-key" / "index.md"
    tabs = "\n## Tabs\n\n```{event:schedule}\n:days: tabs\n```\n"
    page.write_text(page.read_text(encoding="utf-8") + tabs, encoding="utf-8")
    # The event with every key is not for everybody.
    sphinx_build("-W", "-D", "eventreports_audience=draft", folder, folder / "_build")
    return folder / "_build"


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    with serving(built) as url:
        yield url


def open_page(
    browser: Browser, url: str, width: int, scheme: str = "light"
) -> tuple[Page, list[str]]:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(url)
    return page, errors


@pytest.mark.matrix
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("name", [*PAGES, EDGE, EVERY_KEY, MANY_ROOMS])
def test_no_error_and_nothing_wider_than_the_screen(
    browser: Browser, address: str, name: str, width: int, scheme: str
) -> None:
    page, errors = open_page(browser, address + name, width, scheme)
    page.wait_for_load_state("networkidle")
    assert errors == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # Nothing sticks out of its card or cell.
    outside = page.evaluate(
        """() => [...document.querySelectorAll('.sd-card, .event-session, dl.event-facts')]
            .filter(box => box.scrollWidth > box.clientWidth + 1)
            .map(box => box.textContent.trim().slice(0, 40))"""
    )
    assert outside == []
    page.context.close()


class Anchors(HTMLParser):
    """What links of a page name, and what they may name of it."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name == "id":
                self.ids.add(value or "")
            elif name == "href" and tag == "a":
                self.links.append(value or "")


def test_every_link_of_the_site_leads_somewhere(built: Path) -> None:
    pages = {path: Anchors(path) for path in built.rglob("*.html") if "_static" not in path.parts}
    assert len(pages) > len(PAGES)
    for page, anchors in pages.items():
        for link in anchors.links:
            parts = urlsplit(link)
            # Where no web server answers, an address of the site is a path.
            if parts.scheme or parts.netloc or parts.path.startswith("/"):
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            assert target.exists(), (page, link)
            if parts.fragment and target in pages:
                assert unquote(parts.fragment) in pages[target].ids, (page, link)


def test_a_shared_link_shows_the_session(browser: Browser, address: str) -> None:
    page, _errors = open_page(browser, f"{address}{REPORT}/index.html#session-ake", 1280)
    top = page.evaluate("document.getElementById('session-ake').getBoundingClientRect().top")
    assert -10 <= top < 300
    page.context.close()


def test_a_card_leads_to_the_notes(browser: Browser, address: str) -> None:
    page, _errors = open_page(browser, f"{address}{REPORT}/index.html", 1280)
    card = page.locator(".event-session-cards a", has_text="AKEを支える技術").first
    card.click()
    assert page.url.endswith("#session-ake")
    page.context.close()


def test_print_leaves_out_what_paper_does_not_need(browser: Browser, address: str) -> None:
    page, _errors = open_page(browser, f"{address}{REPORT}/index.html", 1280)
    page.emulate_media(media="print")
    for selector in (".bd-header", ".bd-sidebar-secondary", ".bd-footer", ".headerlink"):
        shown = page.locator(selector).first
        assert not shown.is_visible(), selector
    assert page.locator(".event-session").first.is_visible()
    said = page.evaluate(
        """() => [...document.querySelectorAll(".event-session .event-slides a")]
        .map(link => [getComputedStyle(link, "::after").content, link.href])"""
    )
    assert said
    assert all(address in text for text, address in said)
    # Its ground is that of the paper.
    ground = "getComputedStyle(document.querySelector('.event-cover-head')).backgroundColor"
    assert page.evaluate(ground) == "rgba(0, 0, 0, 0)"
    page.context.close()


def test_nothing_of_a_page_is_cut_off_on_paper(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    page, _errors = open_page(browser, f"{address}events/rails-world-2023/index.html", 1280)
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    words = written(tmp_path / "page.pdf")
    # The last of its sponsors, at the end of the page; what makes the site is no part of it.
    assert "Renuo" in words
    assert "Sphinx" not in words
    page.context.close()


def test_a_page_of_a_topic_begins_its_years_on_its_first_sheet(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    page, _errors = open_page(browser, f"{address}topics/action-cable.html", 1280)
    page.pdf(path=tmp_path / "page.pdf", format="A4", page_ranges="1")
    words = written(tmp_path / "page.pdf")
    assert "Rails World 2023" in words
    assert "RubyKaigi 2018" in words
    page.context.close()


def test_a_letter_with_a_mark_is_drawn_as_one(browser: Browser, address: str) -> None:
    """A Japanese font that has the letter and the mark alone draws one beside the other."""
    page, _errors = open_page(browser, f"{address}topics/action-cable.html", 1280)
    letters = "\u0158\u0160\u0165\u0107\u017a\u0171"
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    for family in ("sans", "serif"):
        for weight in (400, 600):
            style = f"font-family: var(--er-{family}); font-weight: {weight}"
            text = f"<p style='{style}'>{letters}</p>"
            page.evaluate("text => { document.body.innerHTML = text }", text)
            root = session.send("DOM.getDocument")["root"]["nodeId"]
            node = session.send("DOM.querySelector", {"nodeId": root, "selector": "p"})
            fonts = session.send("CSS.getPlatformFontsForNode", node)["fonts"]
            assert sum(one["glyphCount"] for one in fonts) == len(letters), fonts
    page.context.close()


#: The cells of the first grid of a page: where each is, and what it says.
#: What is far from the screen has no text as it is seen (innerText) until it is near.
CELLS = """() => [...document.querySelector('.event-schedule-grid').querySelectorAll('td')]
    .map(cell => {
        cell.querySelectorAll('.event-cell').forEach(one => one.style.contentVisibility = 'visible')
        return cell
    })
    .filter(cell => !cell.classList.contains('event-gap'))
    .map(cell => {
        const {left, right, top} = cell.getBoundingClientRect()
        const words = cell.querySelector('.event-card-when').innerText
        const start = cell.querySelector('.event-when').textContent.split('–')[0]
        const isAcross = cell.classList.contains('event-across')
        const isTalk = cell.classList.contains('event-talk')
        return {left, right, top, words, start, isAcross, isTalk}
    })"""


def test_a_programme_is_a_grid_of_times_and_rooms(browser: Browser, address: str) -> None:
    page, _errors = open_page(browser, address + LARGE, 1280)
    cells = page.evaluate(CELLS)
    assert len(cells) == 20
    by_start: dict[str, set[int]] = {}
    for cell in cells:
        by_start.setdefault(cell["start"], set()).add(round(cell["top"]))
    # What begins at one time begins at one height, and later is lower.
    assert all(len(tops) == 1 for tops in by_start.values())
    tops = [min(by_start[start]) for start in sorted(by_start)]
    assert tops == sorted(tops)
    heads = page.evaluate(
        """() => [...document.querySelectorAll('.event-schedule-grid')[0]
            .querySelectorAll('thead th')].slice(1).map(h => h.getBoundingClientRect())
            .map(({left, right}) => [Math.round(left), Math.round(right)])"""
    )
    places = {(round(cell["left"]), round(cell["right"])) for cell in cells}
    assert places == {(heads[0][0], heads[-1][1]), *map(tuple, heads)}
    # The keynote and the lightning talks go across all of them, and say where they are.
    assert [cell["isAcross"] for cell in cells if "Main Hall" in cell["words"]] == [True, True]
    page.context.close()


@pytest.mark.parametrize(("width", "media"), [(390, "screen"), (1280, "print")])
def test_where_there_is_no_room_a_programme_is_a_list_by_time(
    browser: Browser, address: str, width: int, media: str
) -> None:
    page, _errors = open_page(browser, address + LARGE, width)
    page.emulate_media(media="print" if media == "print" else "screen")
    cells = page.evaluate(CELLS)
    starts = [cell["start"] for cell in cells]
    assert starts == sorted(starts)
    assert cells[-1]["top"] == max(cell["top"] for cell in cells)
    if media == "screen":
        # A break has its time before it.
        assert len({round(cell["left"]) for cell in cells if cell["isTalk"]}) == 1
    # The column's head is gone: each says where it is.
    assert sum("Main Hall" in cell["words"] for cell in cells) > 5
    page.context.close()


#: Of each area that scrolls: what it is, and where its heads and the hours beside are seen.
AREAS = """() => [...document.querySelectorAll('.event-schedule-area')].map(area => {
    area.scrollIntoView({block: 'nearest'})
    area.scrollTo(700, 300)
    const place = area.getBoundingClientRect()
    const head = area.querySelectorAll('thead th')[7].getBoundingClientRect()
    const hour = area.querySelector('tbody tr:nth-of-type(4) th').getBoundingClientRect()
    return {
        name: area.getAttribute('aria-label'),
        left: hour.left - place.left,
        top: head.top - place.top,
        width: head.width,
        scrolled: [area.scrollLeft, area.scrollTop],
        words: area.querySelector('.event-across p').getBoundingClientRect().left - place.left,
    }
})"""

#: Note what of a schedule moves while nobody moves it.
WATCH = """() => {
    window.shifts = []
    new PerformanceObserver(list => list.getEntries().forEach(entry => entry.sources
        .filter(({node}) => node?.parentElement?.closest('.event-schedule'))
        .forEach(({node}) => shifts.push(node.outerHTML.slice(0, 200)))
    )).observe({type: 'layout-shift', buffered: true})
}"""


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_nothing_of_a_schedule_moves(browser: Browser, address: str, width: int) -> None:
    page, _errors = open_page(browser, address + MANY_ROOMS, width)
    page.evaluate(WATCH)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    assert page.evaluate("shifts") == []
    page.context.close()


@pytest.mark.parametrize("width", [1280, 1920])
def test_a_grid_of_many_rooms_scrolls_below_its_heads_and_beside_its_hours(
    browser: Browser, address: str, width: int
) -> None:
    page, _errors = open_page(browser, address + MANY_ROOMS, width)
    page.evaluate(WATCH)
    areas = page.evaluate(AREAS)
    assert len(areas) == 2
    for area in areas:
        assert area["name"]
        assert area["scrolled"][0] > 600
        assert 0 <= area["left"] < 10
        assert 0 <= area["top"] < 10
        assert area["width"] > 140
        # What goes across all columns is read at any of them.
        assert 0 < area["words"] < 120
    # What waited until it was near has moved nothing.
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    assert page.evaluate("shifts") == []
    # The keyboard scrolls it.
    page.locator(".event-schedule-area").first.focus()
    before = page.evaluate("document.querySelector('.event-schedule-area').scrollLeft")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"document.querySelector('.event-schedule-area').scrollLeft > {before}")
    if AXE.is_file():
        assert violations(page, ".event-schedule") == []
    page.context.close()


def test_days_in_tabs_are_all_on_paper(browser: Browser, address: str) -> None:
    page, _errors = open_page(browser, address + EVERY_KEY, 1280)
    panels = page.locator(".sd-tab-content")
    assert [panels.nth(n).is_visible() for n in range(panels.count())] == [False, True]
    page.locator(".sd-tab-label").first.click()
    assert [panels.nth(n).is_visible() for n in range(panels.count())] == [True, False]
    page.emulate_media(media="print")
    assert [panels.nth(n).is_visible() for n in range(panels.count())] == [True, True]
    page.context.close()


def test_days_stay_in_view_and_to_choose_one_moves_nothing(browser: Browser, address: str) -> None:
    for width in (390, 1280):
        page, _errors = open_page(browser, address + LARGE, width)
        labels = page.locator(".sd-tab-set > label")
        grids = page.locator("table.event-schedule-grid")
        grids.first.locator("tbody tr").nth(6).scroll_into_view_if_needed()
        before = page.evaluate("scrollY")
        page.mouse.wheel(0, 400)
        page.wait_for_function(f"scrollY >= {before} + 400")
        before = page.evaluate("scrollY")
        tops = [labels.nth(n).bounding_box()["y"] for n in range(3)]  # type: ignore[index]
        assert len(set(tops)) == 1
        assert 0 <= tops[0] < 100
        box = labels.nth(1).bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 10)
        assert [grids.nth(n).is_visible() for n in range(3)] == [False, True, False]
        assert page.evaluate("scrollY") == before
        page.keyboard.press("ArrowRight")
        assert [grids.nth(n).is_visible() for n in range(3)] == [False, False, True]
        if AXE.is_file():
            # A link that the labels cover by half is too small until the page is scrolled.
            page.evaluate("scrollTo(0, 0)")
            assert violations(page, ".event-schedule") == []
        page.context.close()


#: For each colour of a track, the least contrast of the words in its cells; by what is drawn.
CONTRASTS = """colors => {
    const paint = document.createElement('canvas').getContext('2d', {willReadFrequently: true})
    const light = color => {
        paint.clearRect(0, 0, 1, 1)
        paint.fillStyle = color
        paint.fillRect(0, 0, 1, 1)
        const parts = [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part => part / 255)
            .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
    const cell = document.querySelector('td.event-talk[style]')
    return colors.map(color => {
        cell.style.setProperty('--event-color', color)
        const ground = light(getComputedStyle(cell).backgroundColor)
        return Math.min(...[...cell.querySelectorAll('p, p *:not(svg, svg *)')].map(part => {
            const ink = light(getComputedStyle(part).color)
            return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05)
        }))
    })
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_are_read_on_the_tint_of_any_track(
    browser: Browser, address: str, scheme: str
) -> None:
    colors = ["#000000", "#ffffff", "#ffff00", "#0000ff", "#ff0000", "#00ff00", "#808080"]
    for name in (LARGE, EVERY_KEY):
        page, _errors = open_page(browser, address + name, 1280, scheme)
        found = page.evaluate(CONTRASTS, colors)
        assert min(found) >= 4.5, dict(zip(colors, found, strict=True))
        page.context.close()


def test_a_title_ends_its_lines_between_phrases_and_is_copied_as_it_is(
    browser: Browser, address: str
) -> None:
    page, _errors = open_page(browser, f"{address}{REPORT}/index.html", 390)
    copied, lines = page.evaluate(
        """() => {
            const title = document.querySelector('#session-ake > h3')
            getSelection().selectAllChildren(title)
            const copied = getSelection().toString()
            const texts = [...title.childNodes].filter(node => node.nodeType === Node.TEXT_NODE)
            const lines = {}
            for (const text of texts) {
                const range = document.createRange()
                range.selectNodeContents(text)
                const top = Math.round(range.getBoundingClientRect().top)
                lines[top] = (lines[top] ?? '') + text.data
            }
            return [copied, Object.values(lines)]
        }"""
    )
    assert copied == "サイバーエージェントにおけるプライベートコンテナ基盤AKEを支える技術"
    assert lines[0] == "サイバーエージェントにおける"
    assert len(lines) > 1
    page.context.close()


def test_on_paper_nothing_covers_a_programme(browser: Browser, address: str) -> None:
    page, _errors = open_page(browser, address + LARGE, 1280)
    page.emulate_media(media="print")
    covered = page.evaluate(
        """() => [...document.querySelectorAll('.event-schedule .event-card-title')]
        .filter(title => {
            title.scrollIntoView({block: 'center'})
            const {left, top, height} = title.getBoundingClientRect()
            return !title.contains(document.elementFromPoint(left + 5, top + height / 2))
        }).map(title => title.textContent)"""
    )
    assert covered == []
    for selector in ("details.event-fold dl", ".event-schedule .event-year"):
        found = page.locator(selector)
        assert all(found.nth(n).is_visible() for n in range(found.count()))
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_logo_is_that_of_the_pages_scheme(browser: Browser, address: str, scheme: str) -> None:
    page, _errors = open_page(browser, address + EVERY_KEY, 1280, scheme)
    for name in ("light", "dark"):
        logo = page.locator(f".event-logo img.only-{name}")
        assert logo.count() == 1
        assert logo.is_visible() == (name == scheme)
    page.context.close()


def test_a_list_of_names_keeps_the_blank_after_its_comma(browser: Browser, address: str) -> None:
    """Each name is a box with its comma, at whose end browsers drop a blank."""
    page, _errors = open_page(browser, address + EVERY_KEY, 1280)
    wide = """() => [...document.querySelectorAll('.event-joined > .event-separator')]
        .filter(s => s.offsetParent && !s.closest('.event-schedule-grid')
            && !s.previousElementSibling?.matches('.event-topic'))
        .map(s => [s.textContent, s.getBoundingClientRect().width])"""
    found = page.evaluate(
        """() => {
            document.querySelectorAll('.event-joined > .event-separator')
                .forEach(s => { s.textContent = ', ' });
            const comma = document.createElement('span');
            comma.textContent = ',';
            document.querySelector('dd').append(comma);
            return comma.getBoundingClientRect().width;
        }"""
    )
    widths = [width for _text, width in page.evaluate(wide)]
    assert widths
    assert all(width > found * 1.3 for width in widths)
    page.context.close()


def test_of_very_many_sessions_those_far_away_cost_nothing(
    browser: Browser, make_site: Callable[[str], Site]
) -> None:
    """A page of 1,000 took seconds to open: each of its 37,000 elements was styled and laid out."""
    site = make_site("many")
    sessions = "\n".join(
        f"  - {{id: talk-{n}, title: Talk {n}, speakers: [Somebody {n}], topics: [Cloud],"
        f" room: R{n % 4}, date: 2026-01-0{1 + n // 80}, start: '{9 + n % 80 // 8:02}:00'}}"
        for n in range(240)
    )
    facts = f"name: Big\nstart_date: 2026-01-01\nend_date: 2026-01-03\nsessions:\n{sessions}\n"
    notes = "".join(
        f"\n## Talk {n}\n\n```{{event:session}} talk-{n}\n```\n\n### Points\n\n- Point\n"
        for n in range(240)
    )
    pages = {
        "cards": "```{event:sessions}\n```\n",
        "schedule": "```{event:schedule}\n```\n",
        "notes": notes,
    }
    for name, shown_there in pages.items():
        site.event(name, facts, f"# Big\n\n{shown_there}")
    built = site.build(eventreports_year_pages=False)
    within = 'document.querySelectorAll("[role=main] p")'
    seen = "one => one.checkVisibility({ contentVisibilityAuto: true })"
    page = browser.new_page(viewport={"width": 1280, "height": 400})
    for name in pages:
        page.goto(f"{(built.outdir / f'events/{name}/index.html').as_uri()}")
        shown, all_of_it = page.evaluate(f"[[...{within}].filter({seen}).length, {within}.length]")
        assert shown < all_of_it / 2, name
        # Whoever follows a link arrives where it leads.
        page.goto(f"{page.url}#session-talk-200")
        place = "document.getElementById('session-talk-200').getBoundingClientRect().top"
        page.wait_for_function(f"{place} >= -20 && {place} < innerHeight")
        page.emulate_media(media="print")
        assert page.evaluate(f"[...{within}].filter({seen}).length") > all_of_it / 2, name
        page.emulate_media(media="screen")
    page.close()
