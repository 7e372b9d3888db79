"""What the search finds, held against what readers say that it must find.

The search is asked without a browser: how a page shows what it finds is tested elsewhere.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from conftest import TESTS
from copies import REPORT, copy_events
from searching import Ask, asking, build

pytestmark = pytest.mark.slow

QUERIES: Final = TESTS / "queries"
READERS: Final = QUERIES / "readers" / "2026-11.json"
REPORTS: Final = sorted(path.stem for path in QUERIES.glob("*.json"))


@pytest.fixture(scope="module")
def ask_seed(node: str, tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[Ask]:
    """The search of a site of the seed's transcription alone."""
    folder = copy_events(tmp_path_factory.mktemp("seed") / "site")
    shutil.rmtree(folder / "events")
    shutil.copytree(shared / "seed" / Path(REPORT).name, folder / REPORT)
    with asking(node, build(folder) / "cjksearch") as ask:
        yield ask


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of the three reports that ship."""
    return build(copy_events(tmp_path_factory.mktemp("reports") / "site"))


@pytest.fixture(scope="module")
def ask(node: str, reports: Path) -> Iterator[Ask]:
    with asking(node, reports / "cjksearch") as ask:
        yield ask


def queries_in(path: Path) -> list[dict[str, Any]]:
    queries: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["queries"]
    return queries


class Score:
    """How well a set of queries is answered: recall at 10, and the precision of all that is found.

    A query that finds nothing of what is expected, or anything where nothing is, is a failure
    whatever the others do; so is one of which the page does not say what it has left out or read
    otherwise, or does where it has not.
    """

    def __init__(self) -> None:
        self._recalls: list[float] = []
        self._precisions: list[float] = []
        self._failed: list[str] = []
        self._faults: list[str] = []

    def add(
        self, query: Mapping[str, Any], found: Sequence[object], notes: Mapping[str, Any]
    ) -> None:
        expected, fine = query["expected"], (*query["expected"], *query.get("also_fine", ()))
        missing = [one for one in expected if one not in found[:10]]
        superfluous = [one for one in found if one not in fine]
        if expected:
            self._recalls.append(1 - len(missing) / len(expected))
        if found:
            self._precisions.append(1 - len(superfluous) / len(found))
        if not any(one in found for one in expected) if expected else superfluous:
            self._failed.append(query["q"])
        meant = [one["meant"] for one in notes["meant"]]
        is_noted = (
            notes["without"] == query.get("without", [])
            and meant == [one.lower() for one in query.get("meant", ())]
            and notes["isPartial"] == query.get("partial", False)
        )
        if not is_noted:
            self._failed.append(f"{query['q']} ({notes})")
        if missing or superfluous:
            fault = f"missing {missing}, superfluous {[*dict.fromkeys(superfluous)]}"
            self._faults.append(f"{query['q']}: {fault}")

    def hold(self) -> None:
        recall = sum(self._recalls) / len(self._recalls)
        precision = sum(self._precisions) / len(self._precisions)
        head = f"recall {recall:.4f}, precision {precision:.4f}, failed: {self._failed}"
        summary = "\n".join((head, *self._faults))
        assert not self._failed, summary
        assert recall >= 0.99, summary
        assert precision >= 0.97, summary


#: More than any query finds.
ALL: Final = 1000


def score_of(
    ask: Ask, queries: Sequence[Mapping[str, Any]], named: Callable[[str], object]
) -> Score:
    """The score of the search, asked all these; ``named`` says what an address stands for.

    Pages of people and topics, which lead to reports, count neither way.
    """
    score = Score()
    for query in queries:
        answer = ask(query["q"], ALL)
        urls = [one["url"] for one in answer["results"] if one["url"].startswith("events/")]
        score.add(query, list(map(named, urls)), answer["notes"])
    return score


def test_the_seed_is_found_as_its_readers_expect(ask_seed: Ask, shared: Path) -> None:
    facts = yaml.safe_load(
        (shared / "seed" / Path(REPORT).name / "event.yaml").read_text(encoding="utf-8")
    )
    number = {f"session-{one['id']}": n for n, one in enumerate(facts["sessions"], 1)}

    def named(url: str) -> object:
        return number.get(urlsplit(url).fragment, "event")

    score_of(ask_seed, queries_in(shared / "search" / "queries.json"), named).hold()


def place(url: str) -> str:
    """``EVENT/ANCHOR`` of a session, ``EVENT/event`` of any other part of an event's page."""
    parts = urlsplit(url)
    event = PurePosixPath(unquote(parts.path)).parent.name
    return f"{event}/{parts.fragment if parts.fragment.startswith('session-') else 'event'}"


@pytest.mark.parametrize("report", REPORTS)
def test_reports_are_found_as_their_readers_expect(ask: Ask, report: str) -> None:
    score_of(ask, queries_in(QUERIES / f"{report}.json"), place).hold()


@pytest.mark.parametrize("queries", ["own", "shared"])
def test_readers_find_what_they_mean(
    request: pytest.FixtureRequest, ask: Ask, queries: str
) -> None:
    """Slips, other forms and scripts, questions: the words that they type are often nowhere."""
    path = READERS
    if queries == "shared":
        path = request.getfixturevalue("shared") / "search" / "reader-queries.json"
    hold_readers(ask, queries_in(path))


def hold_readers(ask: Ask, queries: Sequence[Mapping[str, Any]]) -> None:
    missed, nothing = [], []
    for query in queries:
        found = [unquote(one["url"]) for one in ask(query["q"], 5)["results"]]
        if not found:
            nothing.append(query["q"])
        if not any(re.search(one, "\n".join(found)) for one in query["expected"]):
            missed.append(query["q"])
    assert len(missed) <= (1 - 0.82) * len(queries), missed
    assert len(nothing) <= 0.10 * len(queries), nothing


@pytest.mark.parametrize("report", REPORTS)
def test_what_readers_expect_is_on_the_site(reports: Path, report: str) -> None:
    missing = []
    for query in queries_in(QUERIES / f"{report}.json"):
        for wanted in (*query["expected"], *query["also_fine"]):
            event, _, anchor = wanted.partition("/")
            page = (reports / "events" / event / "index.html").read_text(encoding="utf-8")
            if anchor != "event" and f'id="{anchor}"' not in page:
                missing.append((query["q"], wanted))
    assert missing == []
