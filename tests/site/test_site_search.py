"""The search of the site that ships, in a real browser: what it finds, and how it behaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browsers import serving
from copies import REPORT, copy_site
from searching import (
    AXE,
    BLUR,
    FIELD,
    OPTION,
    STRICT,
    ask,
    build,
    esc_ends_what_is_composed,
    marked,
    open_field,
    opened,
    press,
    violations,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it ships, and two large events."""
    return build(copy_site(tmp_path_factory.mktemp("search") / "site"))


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    with serving(built) as url:
        yield url


def titles(page: Page) -> list[str]:
    return page.locator(".cjksearch-title").all_inner_texts()


@pytest.mark.parametrize("way", ["served", "as a file"])
def test_phrases_and_compounds(browser: Browser, built: Path, way: str) -> None:
    with serving(built) as served:
        base = built.as_uri() + "/" if way == "as a file" else served
        with opened(browser, f"{base}search.html") as page:
            page.wait_for_selector(".cjksearch-page")
            assert ask(page, '"Container Days"') != []
            assert ask(page, '"Days Container"') == []
            assert ask(page, "18.04") != []
            assert ask(page, "18.4") == ask(page, "8.0") == []
            # 10:00 to 11:00 is in the programmes.
            assert ask(page, "1,000") != ask(page, "10:00") != []
            # What is only begun in the title around is no find.
            assert set(ask(page, "requirements.txt")) <= set(ask(page, "requirements.tx")) != set()
            # The event says where to look, and is no find by itself.
            found = ask(page, "Japan Container Days 低遅延")
            assert [url.partition("#")[2] for url in found] == ["session-ake"]
            assert len(ask(page, "Japan Container Days")) < 9


def test_what_is_typed_in_two_orders_finds_the_same(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}search.html") as page:
        page.wait_for_selector(".cjksearch-page")
        # Where the words stand together so, comes first.
        assert set(ask(page, "GKE バッチ")) == set(ask(page, "バッチ　GKE")) != set()
        assert ask(page, "ばっち") == ask(page, "バッチ") == ask(page, "ﾊﾞｯﾁ")
        assert ask(page, "パッチ") != ask(page, "バッチ")
        assert set(ask(page, "コンテナー")) == set(ask(page, "コンテナ"))
        assert set(ask(page, "KUBERNETES")) <= set(ask(page, "k8s"))
        assert ask(page, '"Kubern"') == []
        assert set(ask(page, "Pub/Sub")) <= set(ask(page, "pub/su")) != set()
        assert ask(page, "鸚鵡") == []
        # Of what is typed without blanks, parts that are nowhere are left out, and said to be.
        assert set(ask(page, "鸚鵡の言葉")) == set(ask(page, "言葉")) != set()
        ask(page, "鸚鵡の言葉")
        assert "鸚鵡" in page.locator(".cjksearch-status").inner_text()
        # Particles between words are no part of them, unless all of it stands so.
        assert ask(page, "Kubernetesのセキュリティ") == ask(page, "Kubernetes セキュリティ") != []
        assert ask(page, '"Kubernetesのセキュリティ"') == []
        assert set(ask(page, "RubyGems")) <= set(ask(page, "ruby gems")) != set()
        assert set() != set(ask(page, "37sig")) <= set(ask(page, "37signals"))
        # Words that stand together come first.
        assert ask(page, "Rails 5")[0].endswith("#session-thomas-e-enebo")


def test_titles_come_before_names_before_text_and_newer_first(
    browser: Browser, address: str
) -> None:
    with opened(browser, f"{address}search.html") as page:
        page.wait_for_selector(".cjksearch-page")
        ask(page, "ruby")
        found = titles(page)
        fields = ["ruby" in title.lower() for title in found]
        assert fields == sorted(fields, reverse=True)
        assert any(fields)
        assert not all(fields)
        dates = page.locator(".cjksearch-date").all_inner_texts()
        assert len(dates) > 1


def test_what_is_chosen_narrows_counts_and_stands_in_the_address(
    browser: Browser, address: str
) -> None:
    with opened(browser, f"{address}search.html?q=rails") as page:
        page.wait_for_selector(".cjksearch-facets label")
        status = page.locator(".cjksearch-status")
        before = status.inner_text()
        year = page.locator('details[data-name="year"] label', has_text="2023")
        count = int(year.locator(".cjksearch-count").inner_text())
        year.click()
        page.wait_for_function(
            "t => document.querySelector('.cjksearch-status').innerText !== t", arg=before
        )
        assert str(count) in status.inner_text()
        assert "year=2023" in page.url
        # The other year can be chosen too: any of one filter's.
        page.locator('details[data-name="year"] label', has_text="2018").click()
        page.wait_for_function(
            "t => document.querySelector('.cjksearch-status').innerText === t", arg=before
        )
        assert "year=2023&year=2018" in page.url
        shared_url = page.url
        shown = titles(page)
    with opened(browser, shared_url) as page:
        page.wait_for_selector(".cjksearch-result")
        assert titles(page) == shown
        assert page.locator('details[data-name="year"] input:checked').count() == 2


def test_one_may_choose_without_a_word_and_sort_by_date(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}search.html?year=2018&sort=date") as page:
        page.wait_for_selector(".cjksearch-result")
        dates = page.locator(".cjksearch-date").all_inner_texts()
        assert dates == sorted(dates, reverse=True)
        assert all(date.startswith("2018") for date in dates)
        assert page.locator(".cjksearch-bar select").input_value() == "date"


def test_one_comes_back_to_the_results_and_the_words_are_marked(
    browser: Browser, address: str
) -> None:
    with opened(browser, f"{address}search.html") as page:
        page.wait_for_selector(".cjksearch-page")
        ask(page, "GKE バッチ")
        shown = titles(page)
        page.locator(".cjksearch-result").first.click()
        assert {text.upper() for text in marked(page)} == {"GKE", "バッチ"}
        assert page.evaluate("location.href").endswith("/index.html#session-batch")
        page.go_back()
        page.wait_for_selector(".cjksearch-result")
        assert titles(page) == shown
        assert page.input_value(FIELD) == "GKE バッチ"


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_the_keyboard_is_enough(browser: Browser, address: str, key: str) -> None:
    with opened(browser, f"{address}{REPORT}/index.html") as page:
        open_field(page, key)
        page.keyboard.type("コンテナ")
        page.wait_for_selector('[role="option"]')
        field = page.locator(FIELD)
        assert field.get_attribute("aria-expanded") == "true"
        assert field.get_attribute("aria-activedescendant") is None
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        chosen = page.locator('[role="option"][aria-selected="true"]')
        assert chosen.count() == 1
        assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
        assert page.evaluate("document.activeElement.name") == "q"
        page.keyboard.press("Escape")
        page.locator(".cjksearch-panel").wait_for(state="hidden")
        page.keyboard.press(key)
        page.wait_for_selector(FIELD)
        # The theme empties the field that it closes.
        page.keyboard.insert_text("コンテナ")
        page.wait_for_selector('[role="option"]')
        page.keyboard.press("ArrowDown")
        href = page.locator('[role="option"][aria-selected="true"]').get_attribute("href")
        page.keyboard.press("Enter")
        # On the page of arrival the address is without the words that are marked.
        page.wait_for_url(re.sub(r"\?[^#]*", "", str(href)))


def test_enter_without_a_choice_leads_to_all_results(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}index.html") as page:
        press(page, "/")
        page.keyboard.type("kubernetes")
        page.wait_for_selector('[role="option"]')
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=kubernetes")
        page.wait_for_selector(".cjksearch-result")


def test_nothing_happens_while_an_input_method_composes(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}index.html") as page:
        press(page, "/")
        session = page.context.new_cdp_session(page)
        for text in ("k", "こ", "こn", "こんてな"):
            session.send(
                "Input.imeSetComposition",
                {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
            )
            page.wait_for_timeout(250)
            assert not page.locator(".cjksearch-panel").is_visible()
        session.send("Input.insertText", {"text": "コンテナ"})
        page.wait_for_selector('[role="option"]')
        assert page.locator(".cjksearch-status").first.inner_text()
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        # What was about to be asked when the input method begins is not asked either.
        page.evaluate(
            """() => {
                const field = document.activeElement;
                field.value = "kube";
                field.dispatchEvent(new InputEvent("input", { bubbles: true }));
                field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
            }"""
        )
        page.wait_for_timeout(300)
        assert not page.locator(".cjksearch-panel").is_visible()


def test_no_page_pays_before_the_search_is_used(browser: Browser, address: str) -> None:
    with opened(browser, "about:blank") as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}{REPORT}/index.html")
        page.wait_for_load_state("networkidle")
        ours = [url for url in asked if "cjksearch" in url and not url.endswith(".css")]
        assert {url.partition("?")[0].rpartition("/")[2] for url in ours if ".css" not in url} == {
            "cjksearch.js"
        }
        open_field(page)
        page.keyboard.type("kube")
        page.wait_for_selector('[role="option"]')
        assert {url for url in asked if not url.startswith(address)} == set()


def test_a_strict_policy_is_kept(browser: Browser, built: Path) -> None:
    with serving(built, STRICT) as url, opened(browser, f"{url}search.html") as page:
        page.wait_for_selector(".cjksearch-page")
        assert ask(page, "コンテナ基盤")


def test_a_query_reads_a_small_part_of_the_index(browser: Browser, built: Path) -> None:
    folder = built / "cjksearch"
    with serving(built) as url, opened(browser, "about:blank") as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{url}search.html?q=GKE+バッチ")
        page.locator(".cjksearch-result").first.wait_for()
        for kind in ("i", "r"):
            read = {one for one in asked if f"/cjksearch/{kind}/" in one}
            assert 0 < len(read) < len([*(folder / kind).iterdir()]) / 3


def test_a_site_may_be_anywhere_below_its_host(
    browser: Browser, built: Path, tmp_path: Path
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "site").symlink_to(built)
    with serving(tmp_path) as url, opened(browser, f"{url}a/b/site/{REPORT}/index.html") as page:
        open_field(page)
        page.keyboard.type("コンテナ基盤")
        page.wait_for_selector('[role="option"]')
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/a/b/site/**#session-ake")


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_everybody_can_use_it(browser: Browser, address: str, width: int, scheme: str) -> None:
    if not AXE.is_file():
        pytest.skip("needs axe-core: npm ci --ignore-scripts")
    size = {"width": width, "height": 900}
    with opened(browser, f"{address}index.html", viewport=size, color_scheme=scheme) as page:
        press(page, "/")
        page.keyboard.type("コンテナ")
        page.wait_for_selector('[role="option"]')
        page.keyboard.press("ArrowDown")
        assert violations(page, ".cjksearch-panel") == []
        assert violations(page, FIELD.partition(" >>")[0]) == []
        # What is as it was asked for, with a slip and a word that is left out, and nothing.
        for query in ("kubernetes&year=2018", "kubernets+zebra", "zebra"):
            page.goto(f"{address}search.html?q={query}")
            page.wait_for_selector(".cjksearch-found[data-query]", state="attached")
            narrowing = page.locator(".cjksearch-narrowing > summary")
            if narrowing.is_visible():
                narrowing.click()
                page.wait_for_selector(".cjksearch-facets label")
            assert violations(page, "main") == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.goto(f"{address}{REPORT}/index.html?find=コンテナ")
        assert marked(page)
        assert violations(page, "body") == []


def test_who_comes_back_from_a_result_goes_on_with_the_query(
    browser: Browser, address: str
) -> None:
    with opened(browser, f"{address}guide/index.html") as page:
        open_field(page)
        page.keyboard.insert_text("コンテナ基盤")
        page.wait_for_selector(OPTION)
        shown = page.locator(OPTION).all_inner_texts()
        page.locator(OPTION).first.click()
        page.wait_for_url("**#session-ake")
        marked(page)
        page.go_back()
        page.wait_for_selector(OPTION)
        assert page.locator("dialog[open]").count() == 1
        assert page.input_value(FIELD) == "コンテナ基盤"
        assert page.locator(OPTION).all_inner_texts() == shown
        page.keyboard.press("Escape")
        page.locator("dialog[open]").wait_for(state="detached")
        page.reload()
        assert page.locator("dialog[open]").count() == 0


def test_where_nothing_is_found_there_are_ways_on(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}search.html?q=鸚鵡") as page:
        page.locator(".cjksearch-found a").first.wait_for()
        assert titles(page) == []
        assert page.locator(".cjksearch-found > p").first.inner_text()


def test_esc_closes_a_dialog_from_anywhere(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}index.html") as page:
        for leave in ("document.querySelector('[role=option]').focus()", BLUR, "0", ""):
            open_field(page, "Control+k")
            page.locator(FIELD).fill("コンテナ")
            page.wait_for_selector(OPTION)
            if leave:
                page.evaluate(leave)
            else:
                page.keyboard.press("Tab")
                assert page.evaluate("document.activeElement.name") != "q"
            page.keyboard.press("Escape")
            page.locator("dialog[open]").wait_for(state="detached")


def test_esc_ends_what_is_composed_in_the_dialog_first(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}index.html") as page:
        esc_ends_what_is_composed(page, "Control+k")
