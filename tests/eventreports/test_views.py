"""What pages show across events, chosen by year, series, place, topic, reporter or kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from conftest import Site

if TYPE_CHECKING:
    from conftest import Built

SNOW = """
name: Snow Night
date: 2020-02-03
kind: meetup
series: {ja: 雪の会, en: Snow}
venue: {name: {ja: 港ホール, en: Minato Hall}, locality: 札幌}
reporters: [{name: 佐藤 一郎, reading: さとう いちろう}]
participants: [Ken Mori, 伊藤]
topics: [Search]
sessions:
  - {id: edge, title: The Edge, topics: [k8s], speakers: [{name: Ann Lee, affiliation: ACME}],
     slides: [{url: "https://a.example/edge", title: Deck}]}
  - {id: core, title: The Core, speakers: [{name: 阿部 花, reading: あべ はな}],
     videos: {status: not-recorded}}
"""
KUMO = """
name: Kumo Days
start_date: 2021-05-06
end_date: 2021-05-07
kind: conference
series: Kumo Days
venue: Big Hall
reporters: [佐藤 一郎, Ken Mori]
sessions:
  - {id: mesh, title: A Mesh, topics: [Kubernetes, Istio], slides: "https://a.example/mesh",
     speakers: [{name: Ann Lee, affiliation: Beta}],
     children: [{id: part, title: A Part, slides: part.pdf}]}
"""
ELSE = """
name: Elsewhere
date: 2019-01-01
venue: Somewhere
reporters: [Bo]
sessions: [{id: one, title: One, speakers: [Bo], slides: "https://a.example/one"}]
"""
TOPICS = """
topics:
  - {name: Kubernetes, aliases: [k8s], parents: [Cloud]}
  - {name: Istio, parents: [Kubernetes]}
"""


@pytest.fixture
def three(site: Site) -> Site:
    for name, facts in (("snow", SNOW), ("kumo", KUMO), ("else", ELSE)):
        site.event(name, facts)
    (site.folder / "events/kumo/part.pdf").write_bytes(b"%PDF-1.4")
    site.write({"events/topics.yaml": TOPICS})
    site.write(
        {
            "index.md": "# Site\n\n```{toctree}\nevents/years/index\npage\n```\n",
            "page.md": "# Page\n",
        }
    )
    return site


def fence(name: str, *options: str) -> str:
    return "\n".join((f"```{{event:{name}}}", *options, "```", ""))


def build(site: Site, *directives: str, builder: str = "text", **conf: Any) -> Built:
    site.write({"page.md": "\n".join(("# Page\n", *directives))})
    return site.build(builder, language="en", **conf)


def shown(site: Site, name: str, *options: str, **conf: Any) -> str:
    built = build(site, fence(name, *options), **conf)
    assert built.warnings == []
    return built.text("page.txt").partition("****\n")[2]


def order(text: str, *names: str) -> list[str]:
    """The names that a text has, in its order."""
    return sorted((one for one in names if one in text), key=text.index)


# Choices


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        (":year: 2020", ["Snow Night"]),
        (":year: 2020, 2021", ["Kumo Days", "Snow Night"]),
        (":series: Snow", ["Snow Night"]),
        (":series: Ｓｎｏｗ, Kumo Days", ["Kumo Days", "Snow Night"]),
        (":place: 港ホール", ["Snow Night"]),
        (":place: 札幌, Big Hall", ["Kumo Days", "Snow Night"]),
        # An alias finds what the name does, and a wider topic those below it.
        (":topic: k8s", ["Kumo Days", "Snow Night"]),
        (":topic: kubernetes", ["Kumo Days", "Snow Night"]),
        (":topic: Cloud", ["Kumo Days", "Snow Night"]),
        (":topic: Istio", ["Kumo Days"]),
        (":reporter: 佐藤 一郎", ["Kumo Days", "Snow Night"]),
        (":kind: meetup", ["Snow Night"]),
        (":topic: k8s\n:year: 2021\n:kind: conference", ["Kumo Days"]),
        (":topic: k8s\n:reporter: Bo", []),
    ],
)
def test_options_choose_events(three: Site, option: str, expected: list[str]) -> None:
    text = shown(three, "list", *option.split("\n"))
    assert order(text, "Snow Night", "Kumo Days", "Elsewhere") == expected


def test_unknown_names_are_reported_with_near_ones_when_all_is_read(three: Site) -> None:
    options = (":topic: Istioo", ":reporter: Ann Lee", ":place: Big Hal", ":series: Snow")
    # It is read before the events.
    three.write({"a.md": "---\norphan: true\n---\n# A\n\n" + fence("list", *options)})
    first = three.build("text")
    assert [re.sub(r".*a\.md:\d+: WARNING: ", "", one) for one in first.warnings] == [
        "place: there is no “Big Hal” in the data (did you mean “Big Hall”?) [event.unknown-name]",
        "topic: there is no “Istioo” in the data (did you mean “Istio”?) [event.unknown-name]",
        # She speaks, and reports nothing.
        "reporter: there is no “Ann Lee” in the data [event.unknown-name]",
    ]
    again = three.build("text")
    assert (again.read, again.warnings) == ([], first.warnings)


def test_names_in_what_is_left_out_are_not_reported(three: Site) -> None:
    three.event("own", "name: Own\nvisibility: internal\ntopics: [Secret]\nvenue: Roof\n")
    built = build(three, fence("list", ":topic: Secret", ":place: Roof", ":reporter: 伊藤"))
    (warning,) = built.warnings
    assert "reporter: there is no “伊藤”" in warning
    assert "Own" not in built.text("page.txt")


# Tables


def test_a_table_ends_with_how_many_there_are(three: Site) -> None:
    text = shown(three, "list", ":layout: table")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines()]
    head, *_rule, total = (row for row in rows if len(row) == 6)
    assert head == ["Date", "Name", "Venue", "Reporters", "Participants", "Sessions"]
    assert order(text, "Kumo Days", "Snow Night", "Elsewhere") == [
        *("Kumo Days", "Snow Night", "Elsewhere")
    ]
    # 佐藤 was at two of them.
    said = [cell.strip("*") for cell in total]
    assert said == ["Total", "3 events", "", "3 people", "2 people", "4"]


def test_a_table_has_no_empty_columns_and_one_event_no_total(three: Site) -> None:
    text = shown(three, "list", ":layout: table", ":year: 2019")
    assert "Participants" not in text
    assert "Total" not in text


def test_a_table_says_what_was_cancelled_and_is_not_for_all(three: Site) -> None:
    three.event("off", "name: Off\nstatus: cancelled\nvisibility: internal\n")
    text = shown(
        three, "list", ":layout: table", ":year: undated", eventreports_audience="internal"
    )
    assert order(text, "Off", "Internal", "Cancelled") == ["Off", "Internal", "Cancelled"]


# People, organizations, topics


def test_people_stand_in_japanese_order_with_what_is_known(three: Site) -> None:
    lines = re.findall(r"\* (.*)", shown(three, "people"))
    assert lines == [
        "Ann Lee (Beta): 2 events, 2 sessions",
        "Bo: 1 event, 1 session",
        "Ken Mori: 2 events",
        "阿部 花 [あべ はな]: 1 event, 1 session",
        "佐藤 一郎 [さとう いちろう]: 2 events",
        "伊藤: 1 event",
    ]


def test_lists_of_chosen_events_are_of_what_is_there(three: Site) -> None:
    people = re.findall(r"\* (.*)", shown(three, "people", ":year: 2020"))
    assert people[0] == "Ann Lee (ACME): 1 event, 1 session"
    assert len(people) == 5
    # Of a topic the sessions alone that have it.
    assert re.findall(r"\* (.*)", shown(three, "people", ":topic: k8s")) == [
        "Ann Lee (Beta): 2 events, 2 sessions"
    ]
    limited = re.findall(r"\* (.*?)[:(\[]", shown(three, "people", ":limit: 2"))
    assert limited == ["Ann Lee ", "Ken Mori"]
    organizations = re.findall(r"\* (.*)", shown(three, "organizations", ":year: 2021"))
    assert organizations == ["Beta: 1 event, 1 session"]


def test_topics_have_those_below_them(three: Site) -> None:
    assert re.findall(r"( *)\* (.*)", shown(three, "topics")) == [
        ("", "Cloud: 2 events, 2 sessions"),
        ("  ", "Kubernetes: 2 events, 2 sessions"),
        ("    ", "Istio: 1 event, 1 session"),
        ("", "Search: 1 event"),
    ]
    assert "There are no topics." in shown(three, "topics", ":year: 2019")


def test_topics_below_each_other_are_listed_once(three: Site) -> None:
    circle = "topics:\n  - {name: Cloud, parents: [k8s]}\n"
    three.write({"events/topics.yaml": circle + TOPICS.partition("topics:\n")[2]})
    text = build(three, fence("topics")).text("page.txt")
    assert re.findall(r"\* (\w+)", text) == ["Cloud", "Kubernetes", "Istio", "Search"]


def test_many_stand_under_initials_and_link_to_their_pages(three: Site) -> None:
    names = ["がとう", "カトウ", "Zoe", *(f"Bo{number}" for number in range(30))]
    three.event("big", f"name: Big\nparticipants: [{', '.join(names)}]\n")
    built = build(three, fence("people"), builder="html")
    text = built.text("page.html")
    initials = re.findall(r'event-initial rubric">(.*?)</', text)
    assert initials == ["A", "B", "K", "Z", "あ", "か", "さ", "漢"]
    assert re.findall(r'href="(people/.*?)"', unquote(text)) == [
        "people/ann-lee.html",
        "people/ken-mori.html",
        "people/佐藤-一郎.html",
    ]


def test_an_overview_counts_a_topic_once_under_all_of_its_names(three: Site) -> None:
    three.event("more", "name: More\ntopics: [k8s, Kubernetes]\nseries: Snow\n")
    text = build(three, fence("overview", ":parts: topics series")).text("page.txt")
    assert "Kubernetes (3), " in text
    assert "k8s" not in text
    assert "Snow (2), Kumo Days (1)" in text


# Slides


def test_slides_of_all_events_stand_below_these(three: Site) -> None:
    text = shown(three, "slides")
    said = ("Kumo Days", "A Mesh", "A Part", "PDF", "Snow Night", "Deck", "Not recorded", "One")
    assert order(text, *said) == [*said]
    text = shown(three, "slides", ":topic: Istio")
    assert order(text, "A Mesh", "A Part", "The Edge") == ["A Mesh", "A Part"]
    assert "The Core" not in shown(three, "slides", ":kinds: slides", ":heading: Decks")


def test_on_a_page_of_an_event_a_choice_asks_for_those_of_many(three: Site) -> None:
    page = "# Snow\n\n{}"
    three.event("snow", SNOW, page.format(fence("slides")))
    assert "A Mesh" not in three.build("text").text("events/snow/index.txt")
    three.event("snow", SNOW, page.format(fence("slides", ":year: 2021", ":rooms: A")))
    built = three.build("text")
    (warning,) = built.warnings
    assert "“:rooms:” chooses sessions of one event" in warning
    assert "A Mesh" in built.text("events/snow/index.txt")


def test_a_file_of_another_event_is_linked_where_its_page_has_it(three: Site) -> None:
    page = "# Kumo\n\n{}"
    three.event("kumo", KUMO, page.format(fence("sessions")))
    text = build(three, fence("slides"), builder="html").text("page.html")
    (path,) = re.findall(r'href="(_downloads/.*?)"', text)
    assert (three.folder / "_build/html" / path).is_file()
    three.event("kumo", KUMO, page.format(""))
    text = three.build(language="en").text("page.html")
    assert "PDF" in text
    assert "_downloads" not in text


def test_points_of_a_topic_are_those_of_its_sessions(three: Site) -> None:
    notes = "## {0}\n\n```{{event:session}} {1}\n```\n\n### Points\n\n- Of {1}.\n\n"
    sections = notes.format("The Edge", "edge") + notes.format("The Core", "core")
    three.event("snow", SNOW, f"# Snow\n\n{sections}")
    assert order(shown(three, "points"), "Of edge", "Of core") == ["Of edge", "Of core"]
    assert order(shown(three, "points", ":topic: k8s"), "Of edge", "Of core") == ["Of edge"]


# Builders and builds


ALL = (
    fence("list", ":layout: table"),
    *map(fence, ("people", "organizations", "topics", "slides")),
)


@pytest.mark.parametrize("builder", ["latex", "man", "epub", "singlehtml", "xml", "gettext"])
def test_every_builder_has_them(three: Site, builder: str) -> None:
    built = build(three, *ALL, builder=builder)
    assert built.warnings == []
    files = {"latex": "*.tex", "man": "*.1", "epub": "page.xhtml", "singlehtml": "index.html"}
    (path,) = built.outdir.glob(files.get(builder, "page.*"))
    text = re.sub(r"<[^>]*>|\\", "", path.read_text(encoding="utf-8"))
    for said in ("3 people", "佐藤 一郎", "ACME", "Istio", "The Core"):
        assert (said.replace(" ", "") in re.sub(r"\s", "", text)) is (builder != "gettext")
    if builder in ("epub", "singlehtml"):
        assert 'href="people/' not in path.read_text(encoding="utf-8")


def test_an_edit_writes_the_pages_that_show_it(three: Site) -> None:
    pages = {
        "page_cards": fence("list", ":series: Snow"),
        "page_table": fence("list", ":layout: table", ":series: Snow"),
        "page_people": fence("people", ":year: 2020"),
        "page_topic": fence("list", ":topic: Mesh, Search"),
        "page_slides": fence("slides", ":kind: meetup"),
    }
    three.write({f"{name}.md": f"# Page\n\n{text}" for name, text in pages.items()})
    toctree = "\n".join(("events/years/index", *pages))
    three.write({"index.md": f"# Site\n\n```{{toctree}}\n{toctree}\n```\n"})
    three.build()

    def written(path: str, old: str, new: str) -> set[str]:
        file = three.folder / "events" / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
        return {one for one in three.build().written if one.startswith("page")}

    def of(*names: str) -> set[str]:
        return {f"page_{name}" for name in names}

    # Another event than the chosen ones.
    assert written("else/event.yaml", "name: Elsewhere", "name: Else") == set()
    assert written("kumo/event.yaml", "affiliation: Beta", "affiliation: Gamma") == set()
    # What is in some of these alone.
    assert written("snow/event.yaml", "伊藤", "加藤") == of("table", "people")
    assert written("snow/event.yaml", "title: Deck", "title: Slides") == of("slides")
    assert written("snow/event.yaml", "affiliation: ACME", "affiliation: A") == of(
        "people", "slides"
    )
    # Kumo Days joins those that are chosen.
    assert written("topics.yaml", "name: Istio", "name: Istio, aliases: [Mesh]") == of("topic")
    assert written("kumo/event.yaml", "series: Kumo Days", "series: Snow") == of("cards", "table")
    nothing = three.build()
    assert (nothing.read, nothing.written) == ([], [])
