"""How pages look, measured in a browser: one design for all types of pages, for everybody, and light."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browsers import serving
from conftest import ROOT
from contact_sheet import PAGES, build, make_site, pages_of
from searching import AXE, opened, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.once]

VNU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
#: Sizes, weights and heights of lines of what is read, and the longest line of text, in letters.
TYPE = """() => {
    const sizes = {}, weights = {}, lines = {}, long = [];
    const note = (all, value, element) => (all[value] ??= `${element.localName}.${element.className}`);
    for (const element of document.querySelectorAll("body *")) {
        const isText = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        if (!isText || !element.checkVisibility({contentVisibilityAuto: false})) continue;
        const style = getComputedStyle(element);
        note(sizes, style.fontSize, element);
        note(weights, style.fontWeight, element);
        if (element.matches("section > p:not([class]), section > ul:not([class]) > li > p")) {
            const size = parseFloat(style.fontSize);
            note(lines, Math.round(parseFloat(style.lineHeight) / size * 100) / 100, element);
            const range = document.createRange();
            range.selectNodeContents(element);
            const widest = Math.max(...[...range.getClientRects()].map(box => box.width));
            if (widest > size * MEASURE + 1) long.push(element.textContent.slice(0, 60));
        }
    }
    return {sizes, weights, lines, long};
}"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(make_site(tmp_path_factory.mktemp("looks") / "site"))


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    with serving(built) as url:
        yield url


def settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_the_sizes_and_weights_of_the_design(
    browser: Browser, built: Path, address: str, name: str
) -> None:
    if name not in pages_of(built):
        pytest.skip("the site has no such page")
    with opened(browser, address + PAGES[name], viewport={"width": 1280, "height": 900}) as page:
        settle(page)
        found = page.evaluate(TYPE.replace("MEASURE", "40"))
    assert len(found["sizes"]) <= 6, found["sizes"]
    assert set(found["weights"]) <= {"400", "600"}, found["weights"]
    assert set(found["lines"]) <= {"1.8", "1.7"}, found["lines"]
    assert found["long"] == []
