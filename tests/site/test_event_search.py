"""What a search knows of events: a session is one record, wherever its notes stand."""

import pytest

from conftest import Built, Site
from searching import data, records, rows_written

CONF = """\
project = "Site"
extensions = ["myst_parser", "sphinx_design", "eventreports", "cjksearch"]
exclude_patterns = ["_build"]
"""

FACTS = """\
name: Conf
date: 2018-04-19
topics: [Cloud]
sessions:
  - id: a
    title: {ja: 基盤の話, en: About platforms}
    speakers:
      - name: {ja: 青山真也, en: Masaya Aoyama}
        affiliation: CyberAgent
        aliases: ["@amsy"]
    topics: [Kubernetes]
    language: ja
    slides: https://example.com/slides
  - {id: b, title: Second talk, date: 2018-04-20, videos: {status: not-shared}}
"""
PAGE = """
# The report

Before all.

```{event:sessions}
```

## 基盤の話

```{event:session} a
```

### メモ

- 独自実装

### ポイント

低遅延

## 所感

よかった
"""


def build(site: Site, builder: str = "html") -> Built:
    built = site.build(builder)
    assert built.warnings == []
    return built


@pytest.fixture
def events(site: Site) -> Site:
    site.write({"conf.py": CONF})
    site.event("conf", FACTS, PAGE)
    return site


def test_a_session_is_one_record_with_its_notes(events: Site) -> None:
    found = records(build(events))
    record = found["events/conf/index#session-a"]
    assert record.title == "基盤の話"
    assert "スライド\nexample.com" in record.text
    assert "独自実装" in record.text
    # Results quote notes before facts.
    assert record.text.split("\n")[:4] == ["メモ", "独自実装", "ポイント", "低遅延"]
    names = ["About platforms", "青山真也", "Masaya Aoyama", "@amsy", "CyberAgent"]
    assert list(record.facts.names) == names
    assert record.facts.byline == ("青山真也 (CyberAgent)",)
    assert record.facts.date == "2018-04-19"
    assert record.facts.filters == {
        "event": ("Conf",),
        "year": ("2018",),
        "person": ("青山真也",),
        "organization": ("CyberAgent",),
        "topic": ("Kubernetes",),
        "language": ("日本語",),
        "has": ("スライド",),
        "area": ("レポート",),
    }
    assert {"slides", "スライド"} <= {*record.facts.kinds}
    (other,) = (one for one in found.values() if one.title == "所感")
    assert (other.text, other.facts.filters["event"]) == ("よかった", ("Conf",))


def test_a_word_that_is_explained_in_notes_is_part_of_the_session(events: Site) -> None:
    glossary = "```{glossary}\nGKE\n  Kubernetes of Google's\n```\n"
    events.event("conf", FACTS, PAGE.replace("- 独自実装", glossary))
    found = records(build(events))
    assert "GKE\nKubernetes of Google's" in found["events/conf/index#session-a"].text
    assert not [key for key in found if "term" in key]


def test_a_session_is_of_the_year_in_which_it_was(events: Site) -> None:
    facts = FACTS.replace("date: 2018-04-19", "start_date: 2018-12-31\nend_date: 2019-01-01")
    events.event("conf", facts.replace("2018-04-20", "2019-01-01"), PAGE)
    found = records(build(events))
    years = {key: one.facts.filters["year"] for key, one in found.items() if "session-" in key}
    assert years["events/conf/index#session-a"] == ("2018",)
    assert years["events/conf/index#session-b"] == ("2019",)


def test_a_session_without_notes_is_found_at_its_card_and_each_is_found_once(events: Site) -> None:
    found = records(build(events))
    card = found["events/conf/index#session-b"]
    assert (card.title, card.facts.date) == ("Second talk", "2018-04-20")
    assert card.facts.filters["has"] == ()
    for said, keys in {"基盤": ["session-a"], "Second talk": ["session-b"]}.items():
        where = [key for key, one in found.items() if said in f"{one.title} {one.text}"]
        assert [key.partition("#")[2] for key in where] == keys


def test_talks_within_a_session_are_found_where_they_stand_first(events: Site) -> None:
    talks = """
  - id: lightning
    title: Lightning talks
    date: 2018-04-20
    start: 10:00
    end: 11:00
    children:
      - {id: one, title: The first bolt, speakers: [Thor]}
"""
    page = "# Conf\n\n```{event:schedule}\n```\n\n```{event:sessions}\n```\n"
    events.event("conf", FACTS + talks.lstrip("\n"), page)
    found = records(build(events))
    bolt = found["events/conf/index#session-one"]
    assert "Thor" in bolt.text
    assert (bolt.title, bolt.facts.names) == ("The first bolt", ("Thor",))
    assert found["events/conf/index#session-lightning"].title == "Lightning talks"


def test_a_session_may_have_a_page_of_its_own(events: Site) -> None:
    events.event("conf", FACTS, "# The report\n\n```{event:sessions}\n```\n")
    notes = "# 基盤の話\n\n```{event:session} a\n```\n\n## メモ\n\n独自実装\n"
    events.write({"events/conf/a.md": notes})
    rows = {row[1]: row for row in rows_written(events.build()).values()}
    url, _title, parents, text, names, *_ = rows["基盤の話"]
    assert (url, parents) == ("events/conf/a.html", ["Conf"])
    assert "独自実装" in text
    assert "青山真也" in names
    assert "メモ" not in rows


def test_of_several_places_of_a_session_its_notes_are_found(events: Site) -> None:
    more = "# Conf again\n\n```{event:sessions}\n```\n"
    events.write({"events/conf/a.md": more, "events/conf/z.md": more})
    events.event(
        "other",
        "name: Other\ndate: 2020-01-01\n",
        "# Other\n\n## 基盤の話\n\n```{event:session} a\n:event: conf\n```\n",
    )
    rows = rows_written(events.build()).values()
    urls = [row[0] for row in rows if row[1] in ("基盤の話", "Second talk")]
    assert sorted(urls) == [
        "events/conf/index.html#session-a",
        "events/conf/index.html#session-b",
    ]


@pytest.mark.parametrize("name", ["alice", "zoe"])
def test_notes_of_a_session_on_several_pages_are_all_found(events: Site, name: str) -> None:
    page = (
        f"---\norphan: true\n---\n# Notes of {name}\n\n## 基盤の話\n\n```{{event:session}} a\n```\n"
    )
    events.write({f"events/conf/{name}.md": f"{page}\n- 別の言葉\n"})
    rows = {row[0]: row for row in rows_written(events.build()).values()}
    assert "独自実装" in rows["events/conf/index.html#session-a"][3]
    _url, title, parents, text, names, *_ = rows[f"events/conf/{name}.html#session-a"]
    assert (title, parents) == ("基盤の話", ["Conf", f"Notes of {name}"])
    assert "別の言葉" in text
    assert "青山真也" in names


def test_a_session_shown_elsewhere_is_of_its_own_event(events: Site) -> None:
    events.event(
        "other",
        "name: Other\ndate: 2020-01-01\ntopics: [Else]\n",
        "# Other\n\n## Second\n\n```{event:session} b\n:event: conf\n```\n",
    )
    (record,) = (
        one
        for one in records(events.build()).values()
        if one.docname.endswith("other/index") and one.anchor
    )
    assert record.facts.date == "2018-04-20"
    assert record.facts.filters["event"] == ("Conf",)
    assert record.facts.filters["topic"] == ("Cloud",)


def test_records_are_written_oldest_event_first_with_addresses(events: Site) -> None:
    events.event("old", "name: Old\ndate: 2011-03\n", "# Old\n\nText\n")
    events.event("undated", "name: Undated\n", "# Undated\n\nText\n")
    built = events.build()
    rows = rows_written(built)
    urls = {row[0]: number for number, row in rows.items()}
    ages = [urls[f"events/{name}/index.html"] for name in ("undated", "old", "conf")]
    assert ages == sorted(ages)
    session = urls["events/conf/index.html#session-a"]
    assert rows[session][5] == "2018-04-19"
    site = data(built, "site")
    assert site["total"] == len(rows)
    assert list(site["filters"]) == [
        "year", "event", "person", "organization", "topic", "language", "has", "area",
    ]  # fmt: skip
    facets = {name: dict(values) for name, values in data(built, "facets").items()}
    assert set(facets["year"]) == {"2011", "2018"}
    assert facets["person"] == {"青山真也": [session]}


def test_folders_as_pages_have_their_own_addresses(events: Site) -> None:
    built = build(events, "dirhtml")
    assert "events/conf/#session-a" in [row[0] for row in rows_written(built).values()]


def test_the_page_of_a_reporter_is_found_by_the_name_and_lines_of_links_by_none(
    events: Site,
) -> None:
    events.event("conf", f"{FACTS}reporters: [Yamada, Sato]\n", PAGE)
    notes = "# Impressions of all\n\n## 基盤の話\n\n```{event:session} a\n```\n\nGreen words.\n"
    events.write({"events/conf/sato.md": f"---\nreporter: Sato\n---\n\n{notes}"})
    rows = {row[0]: row for row in rows_written(build(events)).values()}
    _url, title, parents, _text, names, *_ = rows["events/conf/sato.html"]
    assert (title, parents) == ("Impressions of all", ["Conf"])
    assert "Sato" in names
    assert "Green words." in rows["events/conf/sato.html#session-a"][3]
    texts = [row[3] for row in rows.values()]
    assert not any(said in text for said in ("Reported by", "Yamada") for text in texts)


def test_a_page_on_which_nobody_has_written_of_a_session_is_no_second_place(events: Site) -> None:
    events.event("conf", f"{FACTS}reporters: [Yamada, Sato]\n", PAGE)
    notes = "# Impressions of all\n\n## 基盤の話\n\n```{event:session} a\n```\n\n### メモ\n"
    for written, found in ("", False), ("- Green words.\n", True), ("", False):
        events.write({"events/conf/sato.md": f"---\nreporter: Sato\n---\n\n{notes}{written}"})
        rows = {row[0]: row for row in rows_written(build(events)).values()}
        assert ("events/conf/sato.html#session-a" in rows) == found
        assert not any("メモ" in row[1] and "sato" in row[0] for row in rows.values()) or found


def test_what_a_page_offers_with_its_repository_is_not_found(events: Site) -> None:
    url = "https://github.com/example/reports"
    plain, linked = (events.build(eventreports_repository_url=one) for one in ("", url))
    assert plain.warnings == linked.warnings == []
    assert url in linked.text("events/conf/index.html")
    files = [*linked.outdir.glob("cjksearch/**/*.js")]
    assert files
    assert not any(url in one.read_text(encoding="utf-8") for one in files)
    texts = [row[3].lower() for row in rows_written(linked).values()]
    assert not any("mistake" in text for text in texts)
