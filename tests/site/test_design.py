"""How pages look, measured in a browser: of one design, for everybody, and light."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from colorsys import hls_to_rgb
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from browsers import serving
from building import sphinx_build
from conftest import ROOT
from contact_sheet import PAGES, build, pages_of, site_with_all_types
from copies import REPORT
from searching import AXE, opened, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

    from conftest import Site

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.once]

VNU: Final = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
EVENT: Final = f"{REPORT}/index.html"
#: Sizes, weights and heights of lines of what is read, and which text has lines longer than that.
MEASURED: Final = """longest => {
    const sizes = {}, weights = {}, heights = {}, long = []
    const note = (all, value, one) => { all[value] ??= `${one.localName}.${one.className}` }
    const read = parseFloat(getComputedStyle(document.documentElement).fontSize)
    const text = "section > p:not([class]), section > ul:not([class]) > li > p"
    for (const one of document.querySelectorAll("body *")) {
        const isText = [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())
        if (!isText || !one.checkVisibility()) continue
        const style = getComputedStyle(one), size = parseFloat(style.fontSize)
        note(sizes, style.fontSize, one)
        note(weights, style.fontWeight, one)
        if (size !== read || !one.matches(text)) continue
        note(heights, Math.round(parseFloat(style.lineHeight) / size * 100) / 100, one)
        const range = document.createRange()
        range.selectNodeContents(one)
        const widths = [...range.getClientRects()].map(box => box.width)
        if (Math.max(...widths) > longest * size + 1) long.push(one.textContent.slice(0, 60))
    }
    return {sizes, weights, heights, long}
}"""
#: How much of the page moves while it opens.
SHIFT: Final = """() => new Promise(done => {
    let sum = 0
    const add = list => list.getEntries().forEach(one => { sum += one.value })
    new PerformanceObserver(add).observe({type: "layout-shift", buffered: true})
    requestAnimationFrame(() => setTimeout(() => done(sum), 100))
})"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_with_all_types(tmp_path_factory.mktemp("looks") / "site")


@pytest.fixture(scope="module")
def built(site: Path) -> Path:
    return build(site)


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    with serving(built) as url:
        yield url


def check_type(page: Page, line_height: float, longest: int) -> None:
    found = page.evaluate(MEASURED, longest)
    assert len(found["sizes"]) <= 6, found["sizes"]
    assert set(found["weights"]) <= {"400", "600"}, found["weights"]
    assert set(found["heights"]) <= {str(line_height)}, found["heights"]
    assert found["long"] == []


def test_every_type_of_page_is_there(built: Path) -> None:
    assert list(pages_of(built)) == list(PAGES)


@pytest.mark.matrix
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_of_the_design_and_for_everybody(
    browser: Browser, address: str, name: str, width: int, scheme: Any
) -> None:
    if not AXE.is_file():
        pytest.skip("needs npm ci")
    window = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    with opened(browser, address + PAGES[name], **window) as page:
        check_type(page, 1.8, 40)
        # Nothing is hidden from the checker.
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert violations(page, "html") == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for opener in page.locator("[popovertarget]:visible:not([popovertargetaction])").all():
            opener.click()
            assert violations(page, f"#{opener.get_attribute('popovertarget')}") == []
            page.keyboard.press("Escape")


def test_english_is_set_for_english(browser: Browser, site: Path) -> None:
    with serving(build(site, "_build/en", "-D", "language=en")) as url:
        for name in ("guide/directives.html", "events/rails-world-2023/index.html"):
            with opened(browser, url + name, viewport={"width": 1280, "height": 900}) as page:
                # 66 letters, each half as wide as it is high.
                check_type(page, 1.6, 33)


def test_pages_are_html(built: Path) -> None:
    """By the checker of the standard's makers; hints on style are not asked for."""
    java = shutil.which("java")
    if not java or not VNU.is_file():
        pytest.skip("needs Java and npm ci")
    pages = {str(built / page.partition("?")[0]) for page in pages_of(built).values()}
    command = [java, "-jar", str(VNU), "--errors-only", "--format", "json", "--stdout"]
    done = subprocess.run([*command, *pages], capture_output=True, encoding="utf-8", check=False)
    found = json.loads(done.stdout)["messages"]
    assert [(one["url"], one["lastLine"], one["message"]) for one in found] == []


def test_the_first_view_of_an_event_is_light_and_nothing_moves(
    browser: Browser, address: str
) -> None:
    for width in (390, 1280):
        weights: dict[str, int] = {}

        def weigh(response: Response, weights: dict[str, int] = weights) -> None:
            if response.url.startswith("http"):
                weights[response.url] = len(gzip.compress(response.body()))

        context = browser.new_context(viewport={"width": width, "height": 900})
        page = context.new_page()
        page.on("response", weigh)
        page.goto(address + EVENT)
        page.wait_for_load_state("networkidle")
        assert sum(weights.values()) <= 80 * 1024, weights
        assert len(weights) <= 8, weights
        assert page.evaluate(SHIFT) == 0
        if width == 390:
            # Within 600 px, with a line of buttons (44 px, and 12 above it) for what is printed.
            top = "document.querySelector('section section > ul > li').getBoundingClientRect().top"
            assert page.evaluate(top) <= 600 - 56
        context.close()


#: The least contrast of each pair of colours, of all accents.
CONTRASTS: Final = """([accents, pairs]) => {
    const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true})
    const probe = document.body.appendChild(document.createElement("i"))
    const luminance = name => {
        probe.style.color = `var(--er-${name})`
        canvas.fillStyle = getComputedStyle(probe).color
        canvas.fillRect(0, 0, 1, 1)
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(one => one / 255)
            .map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const least = {}
    for (const accent of accents) {
        document.documentElement.style.setProperty("--er-brand", accent)
        for (const pair of pairs) {
            const [high, low] = pair.map(luminance).sort((one, other) => other - one)
            const contrast = (high + 0.05) / (low + 0.05)
            least[pair] = Math.min(least[pair] ?? 21, contrast)
        }
    }
    return least
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_whatever_the_sites_colour_is_it_can_be_read(
    browser: Browser, address: str, scheme: Any
) -> None:
    lightness_and_saturation = [(0.05, 1), (0.5, 1), (0.5, 0.3), (0.75, 1), (0.95, 1)]
    accents = ["#000000", "#ffffff"] + [
        "#" + "".join(f"{round(255 * one):02x}" for one in hls_to_rgb(hue / 36, *both))
        for hue in range(36)
        for both in lightness_and_saturation
    ]
    grounds = ("paper", "raised", "tint", "accent-tint", "on-accent")
    pairs = [(of, on) for of in ("accent", "accent-strong") for on in grounds]
    with opened(browser, address + "index.html", color_scheme=scheme) as page:
        found = page.evaluate(CONTRASTS, [accents, pairs])
    assert min(found.values()) >= 4.5, found


FACTS: Final = """
name: Kumo Days
date: 2019-02-03
venue: A hall
organizers: [A, B, C]
sponsors: [A company of a rather long name, Another company of a rather long name]
sessions: [{id: talk, title: A talk, speakers: [Somebody], topics: [Cloud]}]
files: [{name: a-file-of-a-rather-long-name.pdf, size: 1 MB, uploader: Somebody else}]
"""


@pytest.mark.parametrize(
    "theme",
    [
        "eventreports",
        "pydata_sphinx_theme",
        "alabaster",
        "basic",
        "furo",
        "sphinx_rtd_theme",
        "sphinx_book_theme",
    ],
)
def test_a_site_has_its_own_colour_and_room_in_any_theme(
    browser: Browser, make_site: Callable[[str], Site], theme: str
) -> None:
    made = make_site(theme)
    made.event("kumo", FACTS)
    made.write({"index.md": "# Site\n\n```{toctree}\nevents/years/index\n```\n"})
    settings = {"html_theme": theme, "language": "ja", "eventreports_accent": "#8a1c4a"}
    options = [f"-D{name}={value}" for name, value in settings.items()]
    built = made.folder / "_build"
    assert sphinx_build(*options, made.folder, built) == ""
    with serving(built) as url:
        page = browser.new_page()
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{url}events/kumo/index.html")
            brand = "getComputedStyle(document.documentElement).getPropertyValue('--er-brand')"
            assert page.evaluate(brand).strip() == "#8a1c4a"
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            for part in (".event-info", ".event-head", ".event-session-cards"):
                assert violations(page, part) == []
        page.close()


#: What of a page is in the order of the keyboard, and can be seen when it is there.
FOCUSED: Final = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect()
    const isSeen = box.width > 0 && box.bottom > 0 && box.top < innerHeight
    const ring = one.closest(".event-search") || one
    const isMarked = parseFloat(getComputedStyle(ring).outlineWidth) > 0
    window.focused ??= new Set()
    if (focused.has(one) || one === document.body) return null
    focused.add(one)
    return {html: one.outerHTML.slice(0, 120), isSeen, isMarked}
}"""
#: What ought to be.
REACHABLE: Final = """() => [...document.querySelectorAll(
        "a[href], button, input, select, summary, [tabindex='0']")]
    .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled
        && one.tabIndex >= 0 && !focused.has(one)
        && !(one.type === "radio" && !one.checked)).map(one => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize(
    ("name", "width"),
    [
        *(("front", 390), ("event", 1280), ("many-sessions", 390), ("search-many", 1280)),
        *(("guide", 390), ("guide", 1280), ("schedule", 1280), ("404", 390)),
    ],
)
def test_the_keyboard_alone_reaches_all(
    browser: Browser, address: str, name: str, width: int
) -> None:
    with opened(browser, address + PAGES[name], viewport={"width": width, "height": 900}) as page:
        page.evaluate("document.activeElement.blur()")
        if name == "search-many":
            page.locator(".cjksearch-result").first.wait_for()
        first = None
        for _number in range(600):
            page.keyboard.press("Tab")
            if (found := page.evaluate(FOCUSED)) is None:
                break
            first = first or found["html"]
            assert found["isSeen"], found["html"]
            assert found["isMarked"], found["html"]
        assert "skip-link" in str(first)
        assert page.evaluate(REACHABLE) == []
