"""The search as people use it, in a real browser: what it finds, and how it behaves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browsers import serving
from conftest import Site
from searching import (
    AXE,
    BLUR,
    INPUT,
    OPTION,
    STRICT,
    data,
    esc_ends_what_is_composed,
    marked,
    opened,
    violations,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request, Route

pytestmark = [pytest.mark.slow, pytest.mark.browser]

OTHER_STATUS = "text => document.querySelector('.cjksearch-status').innerText !== text"


SMALL = """\
from docutils import nodes
project = "Small"
extensions = ["myst_parser", "cjksearch"]
exclude_patterns = ["_build"]
cjksearch_filters = {"kind": "Kind"}
def facts(app, docname):
    known = {"filters": {"kind": ("one",)}, "date": "2020"}
    is_other = docname == "other"
    return lambda node: known if is_other and isinstance(node, nodes.document) else None
def setup(app):
    app.connect("cjksearch-facts", facts)
"""
OTHER = """\
Words before a heading, of apples.

# Other

## Search results

Apples are here: {}

```{{eval-rst}}
| A line of apples

.. code-block:: text
   :caption: Apples in code

   none
```
"""


def small_sources(folder: Path) -> Site:
    """Two pages and fifty sections."""
    folder.mkdir()
    site = Site(folder)
    sections = (f"## Section {n}\n\nコンテナ number {n}\n" for n in range(50))
    page = "# Small\n\n```{toctree}\n:glob:\n*\n```\n\n" + "\n".join(sections)
    site.write({"conf.py": SMALL, "index.md": page, "other.md": OTHER.format("x " * 900)})
    return site


def small(folder: Path, **conf: Any) -> Path:
    built = small_sources(folder).build(**{"html_theme": "alabaster", "language": "en", **conf})
    # What every browser asks for.
    (built.outdir / "favicon.ico").touch()
    return built.outdir


@pytest.fixture(scope="module")
def alabaster_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small(tmp_path_factory.mktemp("small") / "site")


@pytest.fixture(scope="module")
def alabaster(alabaster_folder: Path) -> Iterator[str]:
    with serving(alabaster_folder) as url:
        yield url


@contextmanager
def failing(browser: Browser, url: str) -> Iterator[Page]:
    """A page on which something goes wrong, and is reported."""
    context = browser.new_context()
    context.set_default_timeout(8000)
    yield context.new_page()
    context.close()


def refuse(page: Page, files: str) -> None:
    page.route(files, lambda route: route.fulfill(status=404, body="no"))


def wait_for_status(page: Page, text: str) -> None:
    has = "text => document.querySelector('.cjksearch-status')?.textContent.includes(text)"
    page.wait_for_function(has, arg=text)


@pytest.mark.parametrize("files", ["i/*", "r/*", "site"])
def test_what_cannot_be_read_is_reported_and_tried_again(
    browser: Browser, alabaster: str, files: str
) -> None:
    pattern = f"**/cjksearch/{files}.js*"
    with failing(browser, alabaster) as page:
        refuse(page, pattern)
        page.goto(f"{alabaster}search.html?q=コンテナ")
        page.get_by_text("The search could not be read. Try again.").wait_for()
        assert page.locator(".cjksearch-result").count() == 0
        page.unroute(pattern)
        page.press(INPUT, "Enter")
        page.locator(".cjksearch-result").first.wait_for()
        refuse(page, pattern)
        page.goto(f"{alabaster}index.html")
        page.locator(INPUT).press_sequentially("コンテナ")
        wait_for_status(page, "could not be read")
        assert page.locator(".cjksearch-head").is_visible()
        page.unroute(pattern)
        page.locator(INPUT).press_sequentially(" number")
        page.wait_for_selector(OPTION)


def test_what_to_choose_by_may_be_missing(browser: Browser, alabaster: str) -> None:
    pattern = "**/cjksearch/facets.js*"
    with failing(browser, alabaster) as page:
        refuse(page, pattern)
        page.goto(f"{alabaster}search.html?q=apples")
        page.locator(".cjksearch-result").first.wait_for()
        page.locator(".cjksearch-narrowing").wait_for(state="hidden")
        page.unroute(pattern)
        page.press(INPUT, "Enter")
        page.locator(".cjksearch-facets label").first.wait_for()
        page.locator(".cjksearch-result").first.wait_for()
        # What is chosen cannot be told without.
        refuse(page, pattern)
        page.goto(f"{alabaster}search.html?q=apples&kind=one")
        page.get_by_text("The search could not be read. Try again.").wait_for()


def test_only_the_search_page_is_the_search_page(browser: Browser, alabaster: str) -> None:
    with opened(browser, f"{alabaster}other.html?find=apples") as page:
        assert {text.lower() for text in marked(page)} == {"apples"}
        assert page.locator("section#search-results").get_by_text("Apples are here").count()
        within = page.evaluate("""[...CSS.highlights.get('cjksearch')].map(
            (range) => range.startContainer.parentElement.closest('p, .line, span').className)""")
        assert {"line", "caption-text"} <= set(within)
        page.locator(INPUT).press_sequentially("コンテナ")
        page.wait_for_selector(OPTION)


def test_the_box_closes_and_stays_closed(browser: Browser, alabaster: str) -> None:
    with opened(browser, f"{alabaster}index.html") as page:
        panel, field = page.locator(".cjksearch-panel"), page.locator(INPUT)
        field.press_sequentially("コンテナ")
        page.wait_for_selector(OPTION)
        field.press_sequentially(" n")
        page.keyboard.press("Escape")
        page.wait_for_timeout(300)
        assert not panel.is_visible()
        # What is asked when one leaves is not shown.
        field.press_sequentially("u")
        page.locator(".sphinxsidebarwrapper a").first.focus()
        page.wait_for_timeout(300)
        assert not panel.is_visible()
        # In the results, Esc leads back to the field, and leaving them closes them.
        field.focus()
        page.wait_for_selector(OPTION)
        page.locator(".cjksearch-all").focus()
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.name") == "q"
        page.wait_for_timeout(300)
        assert not panel.is_visible()
        field.press_sequentially("m")
        page.wait_for_selector(OPTION)
        page.locator(".cjksearch-all").focus()
        page.locator(".sphinxsidebarwrapper a").first.focus()
        assert not panel.is_visible()
        # A result on this very page.
        field.fill("section 7")
        page.wait_for_selector(OPTION)
        page.evaluate("""document.addEventListener("click", ({ target }) => {
            const link = target.closest("a");
            link.href = link.href.replace(/[?].*#/, "#");
        }, true)""")
        page.locator(OPTION).first.click()
        page.wait_for_url("**#section-7")
        assert not panel.is_visible()
        assert page.locator(".cjksearch-heard").text_content() == ""


@pytest.mark.parametrize("width", [360, 1280])
def test_results_lie_within_the_window_and_not_over_the_field(
    browser: Browser, alabaster: str, width: int
) -> None:
    with opened(
        browser, f"{alabaster}index.html", viewport={"width": width, "height": 700}
    ) as page:
        page.locator(INPUT).press_sequentially("コンテナ")
        page.wait_for_selector(OPTION)
        box = page.locator(".cjksearch-panel").bounding_box()
        field = page.locator(INPUT).bounding_box()
        assert box
        assert field
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 700
        above, below = box["y"] + box["height"] <= field["y"], box["y"] >= field["y"]
        assert above or (below and box["y"] >= field["y"] + field["height"])
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if AXE.is_file():
            assert violations(page, ".cjksearch-panel") == []


def test_a_value_that_is_gone_can_be_given_up(browser: Browser, alabaster: str) -> None:
    with opened(browser, f"{alabaster}search.html?q=apples&kind=gone") as page:
        gone = page.locator(".cjksearch-facets label", has_text="gone")
        gone.wait_for()
        assert gone.locator("input").is_checked()
        assert gone.locator(".cjksearch-count").inner_text() == "0"
        gone.click()
        page.wait_for_selector(".cjksearch-result")
        assert "kind" not in page.url
        # What stands before the first heading has a heading too.
        assert all(page.locator("h2.cjksearch-group").all_inner_texts())
        if AXE.is_file():
            assert violations(page, "#search-results") == []


def test_enter_opens_what_answers_what_was_typed_last(browser: Browser, alabaster: str) -> None:
    with opened(browser, f"{alabaster}index.html") as page:
        field = page.locator(INPUT)
        field.press_sequentially("コンテナ")
        page.wait_for_selector(OPTION)
        page.keyboard.press("ArrowDown")
        assert field.get_attribute("aria-activedescendant")
        field.press_sequentially(" number 7")
        assert field.get_attribute("aria-activedescendant") is None
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=*number+7")


def test_the_field_keeps_the_keyboard_and_opens_again(browser: Browser, alabaster: str) -> None:
    with opened(browser, f"{alabaster}index.html") as page:
        page.locator(INPUT).press_sequentially("コンテナ")
        page.wait_for_selector(OPTION)
        page.locator(".cjksearch-panel .cjksearch-group").first.click()
        assert page.evaluate("document.activeElement.name") == "q"
        page.keyboard.press("Escape")
        page.locator(".cjksearch-panel").wait_for(state="hidden")
        page.keyboard.press("ArrowDown")
        page.wait_for_selector(OPTION)


def test_what_is_typed_before_the_search_has_come_stays(browser: Browser, alabaster: str) -> None:
    with opened(browser, "about:blank") as page:
        held: list[Route] = []
        page.route("**/cjksearch/site.js*", lambda route: held.append(route))
        page.goto(f"{alabaster}search.html?q=apples", wait_until="domcontentloaded")
        page.locator(INPUT).last.fill("コンテナ")
        page.wait_for_function("() => 'search' in cjksearch")
        while not held:
            page.wait_for_timeout(20)
        held[0].continue_()
        page.wait_for_selector('.cjksearch-found[data-query="コンテナ"] .cjksearch-result')
        assert page.locator(INPUT).last.input_value() == "コンテナ"
        # What drives the browser may hear of the new address later than of the result.
        assert "apples" not in page.evaluate("location.search")


def test_who_waits_is_reported(browser: Browser, alabaster: str) -> None:
    with opened(browser, "about:blank") as page:
        held: list[Route] = []
        page.goto(f"{alabaster}index.html")
        page.route("**/cjksearch/r/*", lambda route: held.append(route))
        page.locator(INPUT).press_sequentially("コンテナ")
        wait_for_status(page, "Searching")
        while not page.locator(OPTION).count():
            while held:
                held.pop().continue_()
            page.wait_for_timeout(20)


def test_what_is_of_another_build_is_not_shown(browser: Browser, alabaster: str) -> None:
    """A site is replaced file by file, while somebody reads it."""

    def of_another(route: Route) -> None:
        script = route.fetch().text().replace('"tag":"', '"tag":"another')
        route.fulfill(body=script, content_type="text/javascript")

    def without_rows(route: Route) -> None:
        name = route.request.url.partition("cjksearch/")[2].partition(".js")[0]
        script = f'cjksearch.receive("{name}",[]);'
        route.fulfill(body=script, content_type="text/javascript")

    with failing(browser, alabaster) as page:
        page.route("**/cjksearch/site.js*", of_another)
        page.route("**/cjksearch/r/*another*", without_rows)
        page.goto(f"{alabaster}search.html?q=コンテナ")
        wait_for_status(page, "could not be read")
        page.unroute("**/cjksearch/site.js*")
        page.press(INPUT, "Enter")
        page.locator(".cjksearch-result").first.wait_for()


def test_after_a_build_all_files_have_other_addresses(browser: Browser, tmp_path: Path) -> None:
    """A browser may keep the files of a build for a long time."""
    site = small_sources(tmp_path / "site")
    tags = []
    for text in ("apples", "apples and pears"):
        site.write({"third.md": f"# Third\n\nmore {text}\n"})
        built = site.build(html_theme="alabaster", language="en")
        (built.outdir / "favicon.ico").touch()
        asked: list[str] = []
        with serving(built.outdir) as url, opened(browser, "about:blank") as page:
            page.on("requestfinished", partial(note, asked))
            page.goto(f"{url}search.html?q=apples")
            page.locator(".cjksearch-result").first.wait_for()
        (tag,) = {one.partition("?")[2] for one in asked if "/i/" in one or "/r/" in one}
        assert tag == data(built, "site")["tag"]
        tags.append(tag)
    assert tags[0] != tags[1]


def note(asked: list[str], request: Request) -> None:
    asked.append(request.url)


def test_much_of_a_page_may_be_marked(browser: Browser, tmp_path: Path) -> None:
    code = "".join(f"    self.value_{n} = self.other({n})\n" for n in range(5000))
    site = Site(tmp_path)
    site.write({"conf.py": SMALL, "index.md": f"# Page\n\n```python\n{code}```\n"})
    built = site.build(html_theme="alabaster")
    (built.outdir / "favicon.ico").touch()
    with serving(built.outdir) as url, opened(browser, f"{url}index.html?find=self") as page:
        assert marked(page) == ["self"] * 1000


def test_on_a_turned_phone_the_choices_are_still_there(browser: Browser, alabaster: str) -> None:
    size = {"width": 390, "height": 844}
    with opened(browser, f"{alabaster}search.html?q=apples", viewport=size) as page:
        page.locator(".cjksearch-facets label").first.wait_for(state="attached")
        assert not page.locator(".cjksearch-facets label").first.is_visible()
        page.set_viewport_size({"width": 844, "height": 390})
        page.locator(".cjksearch-facets label").first.wait_for()


def test_before_anybody_searches_there_is_nothing_to_order(
    browser: Browser, alabaster: str
) -> None:
    with opened(browser, f"{alabaster}search.html") as page:
        page.locator(".cjksearch-facets label").first.wait_for()
        assert not page.locator(".cjksearch-bar select").is_visible()
        page.locator(".cjksearch-facets label").first.click()
        page.locator(".cjksearch-bar select").wait_for()


def test_a_site_of_nothing_finds_nothing(browser: Browser, tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write({"conf.py": SMALL, "index.md": "---\nno-search: true\n---\n\n# Page\n"})
    built = site.build(html_theme="alabaster", language="en")
    (built.outdir / "favicon.ico").touch()
    with serving(built.outdir) as url, opened(browser, f"{url}search.html?q=page") as page:
        wait_for_status(page, "Nothing found")


def test_who_comes_back_finds_as_much_as_was_shown(browser: Browser, alabaster: str) -> None:
    with opened(browser, f"{alabaster}search.html?q=コンテナ") as page:
        results = page.locator(".cjksearch-result")
        page.click(".cjksearch-more")
        results.nth(19).wait_for()
        results.nth(17).click()
        page.wait_for_url("**/index.html*")
        marked(page)
        page.go_back()
        results.nth(19).wait_for()
        page.wait_for_function("scrollY > 0")


def test_without_filters_there_is_nothing_to_narrow(browser: Browser, tmp_path: Path) -> None:
    site = small(tmp_path / "site", html_theme="basic", cjksearch_filters={})
    with serving(site) as url, opened(browser, f"{url}search.html?q=コンテナ") as page:
        page.wait_for_selector(".cjksearch-result")
        assert not page.locator(".cjksearch-narrowing").is_visible()
        columns = "getComputedStyle(document.querySelector('.cjksearch-page')).gridTemplateColumns"
        assert len(page.evaluate(columns).split()) == 1


def test_names_are_shown_as_they_are_handed_for_it(browser: Browser, alabaster: str) -> None:
    def name(route: Route) -> None:
        script = route.fetch().text().removeprefix("cjksearch.receive(").removesuffix(");\n")
        handed, rows = json.loads(f"[{script}]")
        named = [[*row[:6], ["Aoyama", "青山"]] for row in rows]
        said = json.dumps([handed, named])[1:-1]
        route.fulfill(body=f"cjksearch.receive({said});", content_type="text/javascript")

    with opened(browser, "about:blank") as page:
        page.route("**/cjksearch/r/*", name)
        page.goto(f"{alabaster}search.html?q=コンテナ")
        page.wait_for_selector(".cjksearch-result")
        assert page.locator(".cjksearch-about").first.inner_text() == "Aoyama, 青山"


def test_nothing_found_is_reported_and_no_list_is_offered(browser: Browser, alabaster: str) -> None:
    with opened(browser, f"{alabaster}index.html") as page:
        page.locator(INPUT).press_sequentially("コンテナ")
        page.wait_for_selector(OPTION)
        page.locator(INPUT).fill("zebra")
        wait_for_status(page, "Nothing found")
        assert page.locator(".cjksearch-head").is_visible()
        assert page.locator(INPUT).get_attribute("aria-expanded") == "false"
        if AXE.is_file():
            assert violations(page, ".cjksearch-panel") == []
            assert violations(page, INPUT) == []


def test_keys_and_languages_that_are_none_do_no_harm(browser: Browser, alabaster: str) -> None:
    with opened(browser, f"{alabaster}index.html") as page:
        page.wait_for_load_state("networkidle")
        page.evaluate("document.documentElement.lang = 'no_such-language'")
        page.evaluate("window.dispatchEvent(new Event('keydown'))")
        page.evaluate("DOCUMENTATION_OPTIONS.ENABLE_SEARCH_SHORTCUTS = false")
        page.keyboard.press("Control+k")
        assert page.evaluate("document.activeElement.name") != "q"
        page.evaluate("DOCUMENTATION_OPTIONS.ENABLE_SEARCH_SHORTCUTS = true")
        page.keyboard.press("Control+k")
        assert page.evaluate("document.activeElement.name") == "q"
        page.keyboard.type("コンテナ")
        page.wait_for_selector(OPTION)
        # Themes have Sphinx's search begin.
        page.evaluate("Search.loadIndex('index.js')")
        # A field of another site's search is left alone.
        page.evaluate("""() => {
            document.querySelector('form').remove();
            document.body.insertAdjacentHTML('beforeend',
                '<form action="https://example.org/search.html"><input name="q"></form>');
            document.activeElement.blur();
        }""")
        assert page.evaluate("cjksearch.open()") is None
        page.focus('form input[name="q"]')
        assert page.locator(INPUT).get_attribute("role") is None


# A text that is pasted, Esc, and policies


@pytest.mark.parametrize("piece", ["コンテナ基盤と自動化", "load balancers in the wild "])
def test_a_text_that_is_pasted_does_no_harm(browser: Browser, alabaster: str, piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    with opened(browser, f"{alabaster}index.html") as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.locator(INPUT).focus()
        page.keyboard.insert_text(text)
        page.wait_for_function("document.querySelector('.cjksearch-status')?.textContent")
        assert page.locator(INPUT).input_value() == text[:256]
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=*")
        page.wait_for_selector(".cjksearch-found[data-query]", state="attached")
        if text.isascii():
            page.goto(f"{alabaster}search.html?q={text}")
            page.wait_for_selector(".cjksearch-found[data-query]", state="attached")
        assert page.locator(INPUT).last.input_value() == text[:256].strip()
        page.goto(f"{alabaster}index.html?find={text[:6000]}")
        assert max(len(url) for url in asked if "?find=" not in url and len(url) < 9000) < 3000
        assert len(asked) < 100


def test_esc_closes_the_search_from_anywhere(browser: Browser, alabaster: str) -> None:
    with opened(browser, f"{alabaster}index.html") as page:
        panel, field = page.locator(".cjksearch-panel"), page.locator(INPUT)
        for leave in ("document.querySelector('[role=option]').focus()", BLUR, "0"):
            field.press_sequentially("コンテナ")
            page.wait_for_selector(OPTION)
            page.evaluate(leave)
            page.keyboard.press("Escape")
            panel.wait_for(state="hidden")
            assert page.evaluate("document.activeElement.name") == "q"
            field.fill("")


def test_esc_ends_what_is_composed_first(browser: Browser, alabaster: str) -> None:
    with opened(browser, f"{alabaster}index.html") as page:
        esc_ends_what_is_composed(page, "/")


@pytest.mark.parametrize("way", ["served", "as a file"])
def test_a_strict_policy_and_trusted_types_do_not_stop_it(
    browser: Browser, tmp_path: Path, way: str
) -> None:
    site = small(tmp_path / "site")
    policy = STRICT["Content-Security-Policy"].replace("'self'", "'self' file:")
    policy += "; worker-src 'none'; require-trusted-types-for 'script'; trusted-types cjksearch"
    if way == "as a file":
        said = f'<head><meta http-equiv="Content-Security-Policy" content="{policy}">'
        for page_of in site.glob("*.html"):
            text = page_of.read_text(encoding="utf-8")
            page_of.write_text(text.replace("<head>", said, 1), encoding="utf-8")
    with serving(site, {"Content-Security-Policy": policy}) as served:
        url = f"{site.as_uri()}/" if way == "as a file" else served
        with opened(browser, f"{url}search.html?q=apples") as page:
            page.wait_for_selector(".cjksearch-result")
            page.goto(f"{url}index.html")
            page.locator(INPUT).press_sequentially("コンテナ")
            page.wait_for_selector(OPTION)
            page.goto(f"{url}index.html?find=コンテナ")
            assert set(marked(page)) == {"コンテナ"}


# Marks on the page of arrival


@pytest.mark.parametrize("way", ["served", "as a file"])
def test_marks_can_be_put_away_and_leave_the_address(
    browser: Browser, alabaster: str, alabaster_folder: Path, way: str
) -> None:
    url = f"{alabaster_folder.as_uri()}/" if way == "as a file" else alabaster
    with opened(browser, f"{url}search.html?q=apples+code") as page:
        page.locator(".cjksearch-result").first.click()
        page.wait_for_url("**/other.html*")
        assert {text.lower() for text in marked(page)} == {"apples", "code"}
        # What somebody keeps or sends is the page's own address.
        assert "?" not in page.evaluate("location.href")
        button = page.locator(".cjksearch-unmark")
        # Of pages from files axe cannot read the style sheets.
        if AXE.is_file() and way == "served":
            assert violations(page, ".cjksearch-unmark") == []
        button.focus()
        page.keyboard.press("Enter")
        button.wait_for(state="detached")
        assert not page.evaluate("CSS.highlights.has('cjksearch')")
        page.reload()
        page.wait_for_load_state("networkidle")
        assert button.count() == 0
        page.go_back()
        page.locator(".cjksearch-result").first.wait_for()


def test_words_that_are_nowhere_on_a_page_are_not_marked(browser: Browser, alabaster: str) -> None:
    with opened(browser, f"{alabaster}other.html?find=nowhere&lang=en&find=#other") as page:
        page.wait_for_url("**/other.html?lang=en#other")
        assert page.locator(".cjksearch-unmark").count() == 0


def test_what_a_query_found_in_another_form_is_marked(browser: Browser, alabaster: str) -> None:
    with opened(browser, f"{alabaster}index.html") as page:
        page.locator(INPUT).press_sequentially("numbers コンテナー 7")
        page.wait_for_selector(OPTION)
        page.locator(OPTION).first.click()
        page.wait_for_url("**#section-7")
        assert {"number", "コンテナ", "7"} == set(marked(page))


def test_who_comes_back_from_a_result_goes_on_with_the_query(
    browser: Browser, alabaster: str
) -> None:
    with opened(browser, f"{alabaster}index.html") as page:
        page.locator(INPUT).press_sequentially("apples")
        page.wait_for_selector(OPTION)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/other.html*")
        page.go_back()
        page.wait_for_selector(OPTION)
        assert page.locator(INPUT).input_value() == "apples"
        assert page.evaluate("document.activeElement.name") == "q"
        # Once: who then closes the results, leaves, and comes back has the page as it was.
        page.keyboard.press("Escape")
        page.goto(f"{alabaster}search.html")
        page.go_back()
        page.wait_for_load_state("networkidle")
        assert not page.locator(".cjksearch-panel").is_visible()


# What is said of a query


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("apples zebras", "zebras"),
        ("aplpes", "apples"),
        ("aplpes zebras", "zebras"),
        ("apples コンテナ", "No result has all words"),
    ],
)
def test_what_was_left_out_or_meant_is_shown_and_heard(
    browser: Browser, alabaster: str, query: str, said: str
) -> None:
    with opened(browser, f"{alabaster}index.html") as page:
        page.locator(INPUT).press_sequentially(query)
        page.wait_for_selector(OPTION)
        heard = page.get_by_role("status").inner_text()
        assert said.lower() in heard.lower()
        assert page.locator(".cjksearch-head").inner_text().startswith(heard)
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=*")
        page.locator(".cjksearch-result").first.wait_for()
        status = page.locator(".cjksearch-status")
        assert status.inner_text() == heard
        assert status.get_attribute("role") == "status"
        assert status.bounding_box()
        if AXE.is_file():
            page.locator(".cjksearch-facets label").first.wait_for()
            assert violations(page, "#search-results") == []


def test_nothing_is_said_of_a_query_that_is_answered_as_it_is(
    browser: Browser, alabaster: str
) -> None:
    with opened(browser, f"{alabaster}search.html?q=how+are+apples") as page:
        page.locator(".cjksearch-result").first.wait_for()
        assert page.locator(".cjksearch-status").inner_text() == "2 results"


def test_where_nothing_is_found_the_page_says_what_was_tried_and_offers_links(
    browser: Browser, tmp_path: Path
) -> None:
    site = small_sources(tmp_path / "site")
    template = '<template id="cjksearch-nothing"><a href="other.html">Other</a></template>'
    block = f"{{% block footer %}}{template}{{{{ super() }}}}{{% endblock %}}"
    site.write({"templates/layout.html": f"{{% extends '!layout.html' %}}{block}"})
    built = site.build(html_theme="alabaster", language="en", templates_path=["templates"])
    (built.outdir / "favicon.ico").touch()
    with serving(built.outdir) as url, opened(browser, f"{url}search.html?q=zebras") as page:
        wait_for_status(page, "Nothing found")
        found = page.locator(".cjksearch-found")
        assert "tried" in found.inner_text()
        if AXE.is_file():
            assert violations(page, "#search-results") == []
        found.get_by_role("link").click()
        page.wait_for_url("**/other.html")


# Keys


def test_esc_closes_and_tab_leads_into_the_results(browser: Browser, alabaster: str) -> None:
    with opened(browser, f"{alabaster}index.html") as page:
        panel, field = page.locator(".cjksearch-panel"), page.locator(INPUT)
        field.press_sequentially("コンテナ")
        page.wait_for_selector(OPTION)
        page.keyboard.press("Escape")
        panel.wait_for(state="hidden")
        field.press_sequentially(" ")
        page.wait_for_selector(OPTION)
        for _step in range(3):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.className") == "cjksearch-all":
                break
        assert page.evaluate("document.activeElement.className") == "cjksearch-all"
        page.keyboard.press("Escape")
        panel.wait_for(state="hidden")
        assert page.evaluate("document.activeElement.name") == "q"
        assert field.input_value() == "コンテナ "
