"""Measure which pieces of Japanese text the search finds: precision and recall.

    python bench/phrases.py [--records 16000] [--phrases 500] [--wanted 30]

Makes the records of ``bench/search.py``, draws phrases of 3 to 6 characters from their texts,
types each into the search page of the built site in Chromium, and compares the results that are
shown with the records that have the phrase. A result that differs from it in long vowels alone
(サーバー, サーバ) is right. Prints the phrases with something missing or wrong, and the means.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import search as bench
from cjksearch.records import Record
from cjksearch.terms import fold, normal

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: The addresses of the results, once there are as many as wanted, or no more.
ADDRESSES: Final = """async wanted => {
  const links = () => [...document.querySelectorAll("a.cjksearch-result")];
  const more = document.querySelector(".cjksearch-more");
  while (links().length < wanted && !more.hidden) {
    const before = links().length;
    more.click();
    while (links().length === before) await new Promise(requestAnimationFrame);
  }
  return links().slice(0, wanted).map((link) => link.href);
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--records", type=int, default=16_000, metavar="N")
    parser.add_argument("--phrases", type=int, default=500, metavar="N")
    parser.add_argument("--wanted", type=int, default=30, metavar="N")
    given = parser.parse_args()
    records = bench.Corpus().records(given.records)
    phrases = drawn(records, given.phrases)
    with tempfile.TemporaryDirectory() as name, bench.chromium() as browser:
        if browser is None:
            print("Nothing is measured: there is no Chromium, or no Playwright")
            return
        bench.site_of(bench.OURS, folder := Path(name, "site"), records).build()
        line = bench.Line(0, 10_000)
        with bench.serving(folder / "_build", line, is_packed=False) as address:
            context = browser.new_context()
            context.add_init_script(bench.WATCH)
            page = context.new_page()
            page.goto(f"{address}search.html", wait_until="networkidle")
            texts = {address_of(one): text_of(one) for one in records}
            scores = [score(page, phrase, texts, given.wanted) for phrase in phrases]
    for one in scores:
        if min(one.precision, one.recall) < 1:
            print(f"{one.phrase}\tprecision {one.precision:.2f}\trecall {one.recall:.2f}")
    precision, recall = mean(one.precision for one in scores), mean(one.recall for one in scores)
    print(f"{len(scores)} phrases, {len(records)} records, the first {given.wanted} results:")
    print(f"precision {precision:.4f}, recall {recall:.4f}")


@dataclass(frozen=True)
class Score:
    """What was found for a phrase, as shares of 1."""

    phrase: str
    precision: float
    recall: float


def drawn(records: Sequence[Record], count: int) -> list[str]:
    """Return phrases in Japanese letters, with no blank or stop in them."""
    chance = random.Random(7)
    found: list[str] = []
    while len(found) < count:
        text = normal(chance.choice(records).text)
        length = chance.randint(3, 6)
        start = chance.randrange(len(text) - length)
        phrase = text[start : start + length]
        if re.fullmatch(r"[\u3041-\u30ff\u3400-\u9fff]+", phrase):
            found.append(phrase)
    return found


def text_of(record: Record) -> str:
    pieces = (record.title, *record.facts.names, *record.parents, record.text)
    return fold(normal("\n".join(pieces))).lower()


def address_of(record: Record) -> str:
    return f"/{record.docname}.html#{record.anchor}"


def score(page: Page, phrase: str, texts: dict[str, str], wanted: int) -> Score:
    bench.asked(page, phrase)
    shown = [of_link(link) for link in page.evaluate(ADDRESSES, wanted)]
    query = fold(phrase).lower()
    having = {address for address, text in texts.items() if query in text}
    without = query.replace("ー", "")
    right = [one for one in shown if without in texts[one].replace("ー", "")]
    expected = min(wanted, len(having))
    # Where more have it than are wanted, any of them will do.
    found = len(right) if len(having) > wanted else len(having.intersection(shown))
    return Score(
        phrase,
        precision=len(right) / len(shown) if shown else float(not having),
        recall=found / expected if expected else 1.0,
    )


def of_link(link: str) -> str:
    """Return the path and the fragment of a link, without what marks words on the page."""
    parts = urlsplit(link)
    return f"{parts.path}#{parts.fragment.partition(':~:')[0]}"


if __name__ == "__main__":
    main()
