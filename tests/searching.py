"""What a build writes to be searched, and a search asked: with Node.js alone, or in a browser."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from building import sphinx_build
from cjksearch.extension import store_of
from cjksearch.index import ROWS_OF_FILE
from cjksearch.records import Record
from conftest import ROOT, TESTS, Built

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FIELD: Final = '.bd-search input[name="q"] >> visible=true'
AXE: Final = ROOT / "node_modules" / "axe-core" / "axe.min.js"
INPUT: Final = 'form input[name="q"]'
OPTION: Final = '[role="option"]'
BLUR: Final = "document.activeElement.blur()"
#: A policy under which a site may run its own scripts, and those of the theme in its pages.
STRICT: Final = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; connect-src 'none'; "
    "style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'"
}


def build(folder: Path) -> Path:
    built = folder / "_build" / "html"
    sphinx_build("-W", folder, built)
    return built


#: Answers a query: its results, and what is said of it.
Ask = Callable[..., dict[str, Any]]


@contextmanager
def asking(node: str, folder: Path) -> Iterator[Ask]:
    """The search of a site, given the folder of its index; asked as a page does."""
    command = [node, str(TESTS / "cjksearch" / "ask.mjs"), str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, answers = process.stdin, process.stdout

        def answer(
            query: str, wanted: int = 50, order: str = "relevance", **chosen: list[str]
        ) -> dict[str, Any]:
            said = {"query": query, "wanted": wanted, "chosen": chosen, "order": order}
            asked.write(json.dumps(said).encode() + b"\n")
            asked.flush()
            found: dict[str, Any] = json.loads(answers.readline())
            return found

        yield answer


@contextmanager
def opened(browser: Browser, url: str, **context: Any) -> Iterator[Page]:
    """A page on which nothing goes wrong."""
    made = browser.new_context(**context)
    page = made.new_page()
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(url)
    yield page
    made.close()
    # What drives the browser evaluates strings, which a strict policy tells.
    reported = [error for error in errors if "Evaluating a string" not in error]
    assert not reported, reported


def ask(page: Page, query: str) -> list[str]:
    """All that the search page finds, as addresses in their order."""
    page.fill(FIELD, query)
    said = json.dumps(query, ensure_ascii=False)
    page.wait_for_selector(f".cjksearch-found[data-query={said}]", state="attached")
    more, results = page.locator(".cjksearch-more"), page.locator(".cjksearch-result")
    while more.is_visible():
        count = results.count()
        more.click()
        results.nth(count).wait_for()
    urls: list[str] = results.evaluate_all("all => all.map(a => a.href)")
    return [url.partition("?")[0] + "#" + url.partition("#")[2] for url in urls]


def data(built: Built, name: str) -> Any:
    """What a script hands over to browsers."""
    text = built.text(f"cjksearch/{name}.js")
    said = text.removeprefix("cjksearch.receive(").removesuffix(");\n")
    handed, value = json.loads(f"[{said}]")
    assert handed == name
    return value


def records(built: Built) -> dict[str, Record]:
    """By address within the page."""
    store = store_of(built.app)
    known = {*built.app.env.found_docs, *store.collected}
    pages = sorted(store.known(known))
    found = [record for page in pages for record in store.latest(page)]
    named = {f"{record.docname}#{record.anchor}": record for record in found}
    assert len(named) == len(found)
    return named


def rows_written(built: Built) -> dict[int, list[Any]]:
    """What browsers show of the records, by row: the oldest page first."""
    files = (built.outdir / "cjksearch" / "r").glob("*.js")
    numbers = sorted(int(file.stem) for file in files)
    return {
        number * ROWS_OF_FILE + at: row
        for number in numbers
        for at, row in enumerate(data(built, f"r/{number}"))
    }


def marked(page: Page) -> list[str]:
    """The words that are marked on a page to which a result has led."""
    page.locator(".cjksearch-unmark").wait_for(timeout=60_000)
    found: list[str] = page.evaluate("[...CSS.highlights.get('cjksearch')].map(String)")
    return found


def violations(page: Page, selector: str) -> list[str]:
    """What is wrong for somebody, by WCAG 2.2 AA and by what has proven good."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    # Of the rules that are on trial, that for those who say the words that they see.
    spoken = {"label-content-name-mismatch": {"enabled": True}}
    options = {"runOnly": tags, "rules": spoken}
    found = page.evaluate(
        "([selector, options]) => axe.run(selector, options)", [selector, options]
    )
    return [
        f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]
    ]


def esc_ends_what_is_composed(page: Page, opened_by: str) -> None:
    """Type in the field that a key opens, and check what Esc does while one composes a word."""
    press(page, opened_by)
    page.keyboard.insert_text("コンテナ")
    page.wait_for_selector(OPTION)
    compose = {"text": "き", "selectionStart": 1, "selectionEnd": 1}
    page.context.new_cdp_session(page).send("Input.imeSetComposition", compose)
    page.keyboard.press("Escape")
    assert page.locator(INPUT).last.is_visible()
    assert page.evaluate("cjksearch.isComposing()")
    page.keyboard.insert_text("き")
    page.keyboard.press("Escape")
    page.locator(".cjksearch-panel").wait_for(state="hidden")


def press(page: Page, key: str) -> None:
    """Press a key that opens the search; a page listens for it one task after all is read."""
    page.evaluate("() => new Promise(done => setTimeout(done))")
    page.keyboard.press(key)


def open_field(page: Page, key: str = "/") -> None:
    press(page, key)
    page.wait_for_selector(FIELD)
