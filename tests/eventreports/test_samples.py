"""Real events in the site: every fact of what is known of them stands on their pages."""

import html
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from docutils import nodes

from conftest import ROOT, Built, Site
from eventreports.core.dates import PartialDate
from eventreports.loader import load
from eventreports.render.nodes import resource_reference, schedule_item

NAMES = ("rubykaigi-2018", "rails-world-2023")
JAPANESE = Locale("ja")

Step = str | int


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    site = Site(tmp_path_factory.mktemp("samples"))
    for name in NAMES:
        shutil.copytree(ROOT / "events" / name, site.folder / "events" / name)
    made = site.build()
    assert made.warnings == []
    return made


class Page:
    """What a reader can find on a page."""

    def __init__(self, source: str) -> None:
        self.source = source
        plain = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", source, flags=re.DOTALL)
        self.text = " ".join(html.unescape(plain).split())
        self.links = {html.unescape(link) for link in re.findall(r'href="([^"]*)"', source)}

    def says(self, value: Any) -> bool:
        words = " ".join(str(value).split())
        return words in self.text or "".join(words.split()) in "".join(self.text.split())

    def links_to(self, value: Any) -> bool:
        return value in self.links


def has_day(page: Page, value: Any) -> bool:
    return page.says(PartialDate.parse(value).format(JAPANESE))


def has_words(words: dict[str, str]) -> Callable[[Page, Any], bool]:
    return lambda page, value: page.says(words[value])


def has_video(page: Page, value: Any) -> bool:
    """The video's id within its address; what is not recorded has the talk's id there."""
    return any(value in link for link in page.links) or page.says("Not recorded")


#: How each kind of fact is looked for, by the last keys on the way to it.
LOOKS: dict[str, Callable[[Page, Any], bool]] = {
    "kind": has_words(
        {
            "conference": "カンファレンス",
            "keynote": "基調講演",
            "lightning_talk": "LT",
            "q_and_a": "質疑応答",
        }
    ),
    "language": has_words({"Japanese": "日本語", "English": "英語"}),
    "date": has_day,
    # The days from the first to the last are said as one.
    "start_date": has_day,
    "end_date": lambda page, value: page.says(f"{PartialDate.parse(value).day}日"),
    "website": Page.links_to,
    "playlist": Page.links_to,
    "maps": Page.links_to,
    "slides_url": Page.links_to,
    "video_provider": lambda page, value: page.says(
        {"youtube": "YouTube", "not_recorded": "Not recorded"}.get(value, "")
    ),
    "video_id": has_video,
    "color": lambda page, value: f"--event-color: {value.lower()}" in page.source,
    # The country is said by its name.
    "country_code": has_words({"JP": "Japan", "NL": "Netherlands"}),
    **dict.fromkeys(
        "title name location timezone street city region postal_code country display latitude "
        "longitude track speakers items start_time end_time".split(),
        Page.says,
    ),
}
#: What is looked for in the order or the number of what stands there, below.
COUNTED = {"level", "slots"}
#: What is found as an anchor of the page, or its name.
IDS = {"id"}


def leaves(value: Any, path: tuple[Step, ...] = ()) -> Iterator[tuple[tuple[Step, ...], Any]]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield from leaves(below, (*path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from leaves(below, (*path, index))
    else:
        yield path, value


def key_of(path: tuple[Step, ...]) -> str:
    keys = [step for step in path if isinstance(step, str)]
    return "maps" if "maps" in keys else keys[-1]


@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def facts(shared: Path, name: str) -> dict[str, Any]:
    found = json.loads((shared / "samples" / f"{name}.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_every_fact_is_on_the_page(facts: dict[str, Any], name: str, built: Built) -> None:
    page = Page(built.text(f"events/{name}/index.html"))
    # Ids that sessions had elsewhere are old ids here.
    former = json.dumps(former_ids(name))
    missing = []
    for path, value in leaves(facts):
        key = key_of(path)
        if key in COUNTED:
            continue
        if key in IDS:
            is_there = value == name or f'"{value}"' in former
        else:
            is_there = LOOKS[key](page, value)
        if not is_there:
            missing.append((path, value))
    assert missing == []


def former_ids(name: str) -> list[str]:
    event = load(ROOT / "events" / name / "event.yaml", ROOT).event
    assert event is not None
    return [old for session in event.all_sessions for old in session.old_ids]


def talks_of(facts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for talk in facts["talks"]:
        yield talk
        yield from talk.get("talks", [])


def test_every_talk_has_its_facts_where_it_stands(
    facts: dict[str, Any], name: str, built: Built
) -> None:
    """Its own, not those of the card beside it."""
    event = load(ROOT / "events" / name / "event.yaml", ROOT).event
    assert event is not None
    by_old_id = {old: one.id for one in event.all_sessions for old in one.old_ids}
    shown = {
        item["session"]: item
        for item in built.doctree(f"events/{name}/index").findall(nodes.list_item)
        if "session" in item and not isinstance(item, schedule_item)
    }
    talks = list(talks_of(facts))
    assert len(shown) == len(talks)
    missing = []
    for talk in talks:
        item = shown[by_old_id[talk["id"]]]
        said = item.astext()
        links = {link["refuri"] for link in item.findall(resource_reference)}
        wanted = [talk["title"], *talk.get("speakers", []), talk.get("track", "")]
        missing += [(talk["id"], words) for words in wanted if words not in said]
        if talk.get("slides_url") not in {None, *links}:
            missing.append((talk["id"], talk["slides_url"]))
        if talk.get("video_provider") == "youtube":
            video = talk["video_id"]
            missing += [] if any(video in link for link in links) else [(talk["id"], video)]
    assert missing == []


def test_every_sponsor_stands_under_its_tier(
    facts: dict[str, Any], name: str, built: Built
) -> None:
    event = load(ROOT / "events" / name / "event.yaml", ROOT).event
    assert event is not None
    found = {str(tier.name): [str(one.name) for one in tier.sponsors] for tier in event.tiers}
    wanted = {
        tier["name"]: [sponsor["name"] for sponsor in tier["sponsors"]]
        for tier in facts["sponsor_tiers"]
    }
    assert found == wanted


def test_tiers_stand_in_the_order_of_their_level(
    facts: dict[str, Any], name: str, built: Built
) -> None:
    page = Page(built.text(f"events/{name}/index.html"))
    tiers = sorted(facts["sponsor_tiers"], key=lambda tier: tier["level"])
    wall = page.text[page.text.rindex(tiers[0]["name"]) :]
    places = [wall.index(tier["name"]) for tier in tiers]
    assert places == sorted(places)


def test_every_row_of_the_schedule_holds_as_many_as_were_on(
    facts: dict[str, Any], name: str
) -> None:
    event = load(ROOT / "events" / name / "event.yaml", ROOT).event
    assert event is not None
    on = [
        (one.date.isoformat(), one.start, one.ends)
        for one in (*event.sessions, *event.slots)
        if one.date
    ]
    for day in facts["schedule"]:
        for row in day["grid"]:
            assert on.count((day["date"], row["start_time"], row["end_time"])) == row["slots"]


@pytest.mark.parametrize(
    ("name", "counts"),
    [("rubykaigi-2018", (56, 50, 23, 3, 4)), ("rails-world-2023", (28, 16, 3, 3, 2))],
    indirect=["name"],
)
def test_nothing_is_wrong_and_the_counts_are_right(name: str, counts: tuple[int, ...]) -> None:
    """Talks, slides, tiers, days, tracks."""
    loaded = load(ROOT / "events" / name / "event.yaml", ROOT)
    assert loaded.problems == ()
    event = loaded.event
    assert event is not None
    slides = [one for session in event.all_sessions for one in session.slides if one.url]
    found = (event.sessions, slides, event.tiers, event.days, event.tracks)
    assert tuple(map(len, found)) == counts
