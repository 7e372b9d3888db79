"""The search in Firefox: from the front page to the words in a page, and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from browsers import serving
from firefox import ENTER, FirefoxPage, firefox
from test_search_browser import small

pytestmark = [pytest.mark.slow, pytest.mark.browser]

RESULTS = "document.querySelectorAll('.cjksearch-result')"
FIELDS = "[...document.querySelectorAll('form input[name=q]')]"
VISIBLE = f"{FIELDS}.find((one) => one.checkVisibility())"
MARKED = "[...(CSS.highlights.get('cjksearch') ?? [])].map(String)"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small(tmp_path_factory.mktemp("firefox") / "site")


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FirefoxPage]:
    with firefox(tmp_path_factory.mktemp("firefox") / "profile") as page:
        yield page


@pytest.fixture(params=["served", "from disk"])
def address(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    if request.param == "from disk":
        yield f"{site.as_uri()}/"
        return
    with serving(site) as url:
        yield url


def test_from_the_front_page_to_the_words_and_back(tab: FirefoxPage, address: str) -> None:
    tab.goto(f"{address}index.html")
    tab.wait_for(VISIBLE)
    tab.focus(VISIBLE)
    tab.press("apples")
    tab.wait_for("document.querySelector('[role=option]')")
    tab.evaluate("void document.querySelector('[role=option]').click()")
    tab.wait_for(f"{MARKED}.length")
    assert {word.lower() for word in tab.evaluate(MARKED)} == {"apples"}
    assert not tab.errors


def test_back_from_a_result_is_the_query(tab: FirefoxPage, address: str) -> None:
    tab.goto(f"{address}search.html")
    tab.wait_for(f"document.querySelector('.cjksearch-page') && {VISIBLE}")
    tab.focus(VISIBLE)
    tab.press(f"apples{ENTER}")
    tab.wait_for(f"{RESULTS}.length && location.search.includes('apples')")
    tab.evaluate(f"void {RESULTS}[0].click()")
    tab.wait_for(f"{MARKED}.length")
    tab.go_back()
    tab.wait_for(f"{RESULTS}.length")
    assert tab.evaluate(f"{VISIBLE}.value") == "apples"
    assert not tab.errors
