"""What pages show across events, chosen by year, series, place, topic, reporter or kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    site.write({"index.md": "# Site\n\n```{toctree}\nevents/years/index\npage\n```\n"})
    return site


def fence(name: str, *options: str) -> str:
    return "\n".join((f"```{{event:{name}}}", *options, "```", ""))


def build(site: Site, *directives: str, builder: str = "text") -> Built:
    site.write({"page.md": "\n".join(("# Page\n", *directives))})
    return site.build(builder, language="en")


def shown(site: Site, name: str, *options: str) -> str:
    built = build(site, fence(name, *options))
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


def test_try(three):
    for name, opts in (("list",[":layout: table"]),("people",[]),("people",[":topic: k8s"]),("organizations",[]),("topics",[]),("slides",[]),("slides",[":topic: Istio"]),("slides",[":kinds: slides",":limit: 1"])):
        print("=====",name,opts); print(shown(three,name,*opts))
    b = build(three, fence("overview"), builder="text")
    print(b.text("page.txt"))
    assert 0
