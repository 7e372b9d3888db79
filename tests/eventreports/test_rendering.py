"""What the directives show of the facts, as nodes: rows, cards, titles, in the author's order."""

import re
from collections.abc import Callable

import pytest
from docutils import nodes

from eventreports.render.nodes import card_list
from rendering import Rendered
from test_directives import CONFERENCE, FULL

Render = Callable[..., Rendered]


def classes(node: nodes.Node) -> list[str]:
    return node["classes"] if isinstance(node, nodes.Element) else []


class TestInfo:
    def test_in_english(self, render: Render) -> None:
        found = dict(render("info", FULL, "en").rows)
        assert found["Date"].replace("\u2009", " ") == "Thu, Apr 19 – Fri, Apr 20, 2018"
        assert found["Capacity"] == "1,540 people"
        assert found["Rooms"] == "A, B"

    def test_the_authors_wording_comes_first(self, render: Render) -> None:
        facts = "name: X\ndate: 2018-04-19\ndate_text: 2018年4月19日(木)\ncapacity_text: 約500名\n"
        assert render("info", facts).rows == [
            ("名称", "X"),
            ("日時", "2018年4月19日(木)"),
            ("定員", "約500名"),
        ]

    @pytest.mark.parametrize(
        ("date", "words"),
        [("2018", "2018年"), ("2018-04", "2018年4月"), ("'2018-04-19'", "2018年4月19日(木)")],
    )
    def test_as_much_of_the_date_as_is_known(self, render: Render, date: str, words: str) -> None:
        assert dict(render("info", f"name: X\ndate: {date}\n").rows)["日時"] == words

    def test_chosen_fields_in_the_chosen_order(self, render: Render) -> None:
        rows = render("info", FULL, fields="venue, name").rows
        assert [name for name, _body in rows] == ["会場", "部屋", "名称"]

    @pytest.mark.parametrize(
        ("venue", "shown"),
        [
            ("locality: Natal", "Natal"),
            ("address: 15 Mitropoleos, locality: Athens", "15 Mitropoleos, Athens"),
            ("address: '15 Mitropoleos, Athens', locality: Athens", "15 Mitropoleos, Athens"),
            (
                "name: Hall, address: 15 Mitropoleos, locality: Athens",
                "Hall, Athens (15 Mitropoleos)",
            ),
            ("name: Athens, locality: Athens", "Athens"),
        ],
    )
    def test_what_is_known_of_the_venue(self, render: Render, venue: str, shown: str) -> None:
        found = render("info", f"name: X\nvenue: {{{venue}}}\n", "en", fields="venue")
        assert (found.rows, found.problems) == ([("Venue", shown)], [])

    def test_rooms_may_be_all_that_is_known_of_a_venue(self, render: Render) -> None:
        found = render("info", "name: X\nvenue: {rooms: [A, B]}\n", "en", fields="venue")
        assert (found.rows, found.problems) == ([("Rooms", "A, B")], [])

    def test_all_but_some(self, render: Render) -> None:
        rows = render("info", FULL, exclude="sponsors supporters links").rows
        assert not {"Gold", "Silver", "後援", "リンク"} & {name for name, _body in rows}

    def test_names_in_two_languages(self, render: Render) -> None:
        facts = "name: {ja: コンテナの日, en: Container Day}\nvenue: {name: {en: Hall}}\n"
        assert render("info", facts).rows == [("名称", "コンテナの日"), ("会場", "Hall")]
        assert render("info", facts, "en").rows[0] == ("Name", "Container Day")

    def test_a_name_is_on_one_line_and_without_controls(self, render: Render) -> None:
        found = render("info", 'name: "Multi\\n\\nline"\nvenue: "bell\\a"\n')
        assert found.rows == [("名称", "Multi line"), ("会場", "bell")]
        (problem,) = found.problems
        assert "U+0007" in problem

    def test_the_status_of_an_event_comes_first(self, render: Render) -> None:
        assert render("info", CONFERENCE, "en").rows[0] == ("Status", "Postponed: a typhoon")


class TestSponsors:
    def test_by_tier_in_order(self, render: Render) -> None:
        found = render("sponsors", FULL)
        assert found.texts("event-tier") == ["Gold", "Silver"]
        assert found.titles == ["Zeta", "Alpha", "Beta"]

    def test_one_list_needs_no_tier(self, render: Render) -> None:
        found = render("sponsors", "name: X\nsponsors: [On, No, 123, Null]\n")
        assert found.titles == ["On", "No", "123", "Null"]
        assert found.texts("event-tier") == []

    def test_other_roles(self, render: Render) -> None:
        found = render("sponsors", FULL, roles="organizers, supporters")
        assert found.titles == ["Org", "Docker Tokyo"]

    def test_some_tiers_sorted_by_name(self, render: Render) -> None:
        found = render("sponsors", FULL, tiers="Gold", sort="name", columns="1 2 3 4")
        assert found.titles == ["Alpha", "Zeta"]
        (cards,) = found.tree.findall(card_list)
        assert "sd-row-cols-lg-4" in cards["columns"]

    def test_a_tier_that_is_none(self, render: Render) -> None:
        (problem,) = render("sponsors", FULL, tiers="Gould").problems
        assert "did you mean “Gold”" in problem
        assert "[event.unknown-name]" in problem

    def test_one_tier_keeps_its_name(self, render: Render) -> None:
        facts = "name: X\nsponsor_tiers: [{name: Gold, sponsors: [A]}]\n"
        assert render("sponsors", facts).texts("event-tier") == ["Gold"]
        assert render("sponsors", facts, tier_names="none").texts("event-tier") == []

    def test_a_tier_says_what_it_is_in_markdown(self, render: Render) -> None:
        tier = "{name: Gold, description: They *gave*., sponsors: [A]}"
        found = render("sponsors", f"name: X\nsponsor_tiers:\n  - {tier}\n")
        assert [one.astext() for one in found.tree.findall(nodes.emphasis)] == ["gave"]

    @pytest.mark.parametrize("language", ["ja", "en"])
    def test_a_tier_is_found_by_its_name_in_any_language(
        self, render: Render, language: str
    ) -> None:
        tiers = "  - {name: {ja: 金, en: Gold}, sponsors: [A]}\n  - {name: Silver, sponsors: [B]}\n"
        found = render("sponsors", f"name: X\nsponsor_tiers:\n{tiers}", language, tiers="金")
        assert found.problems == []
        assert found.titles == ["A"]

    def test_tiers_and_groups_without_members_are_shown_by_name(self, render: Render) -> None:
        tiers = "sponsor_tiers: [{name: Gold}, {name: Tin, sponsors: [A]}]"
        groups = "groups: [{name: Helpers}, {name: Jury, members: [B]}, {name: Crew}]"
        facts = f"name: X\n{tiers}\n{groups}\n"
        found = render("sponsors", facts, "en", roles="sponsors groups")
        assert found.texts("event-tier") == ["Gold", "Tin", "Helpers", "Jury", "Crew"]
        assert found.titles == ["A", "B"]
        unnamed = render("sponsors", facts, roles="sponsors groups", tier_names="none")
        assert unnamed.titles == ["A", "B"]
        assert render("info", facts, "en", fields="sponsors groups").rows == [
            ("Gold", "–"),
            ("Tin", "A"),
            ("Jury", "B"),
            ("Supported by", "Helpers, Crew"),
        ]

    def test_a_wall_of_small_tiers_is_set_off_from_the_tier_before(self, render: Render) -> None:
        tiers = "".join(f"  - {{name: T{n}, sponsors: [S{n}]}}\n" for n in range(3))
        facts = f"name: Conf\nsponsor_tiers:\n  - {{name: Gold, sponsors: [A, B]}}\n{tiers}"
        assert render("sponsors", facts, "en").texts("event-tier") == ["Gold", "Others"]


class TestSessions:
    @pytest.mark.parametrize(
        ("options", "chosen"),
        [
            ({}, ["AKE", "機械学習", "A talk of which nothing is known"]),
            ({"only": "ml, ake"}, ["機械学習", "AKE"]),
            ({"exclude": "ake"}, ["機械学習", "A talk of which nothing is known"]),
            ({"topics": "ML"}, ["機械学習"]),
            ({"rooms": "A"}, ["AKE"]),
            ({"tracks": "Infra"}, ["AKE"]),
            ({"sort": "time"}, ["A talk of which nothing is known", "機械学習", "AKE"]),
            ({"sort": "title"}, ["A talk of which nothing is known", "AKE", "機械学習"]),
            ({"sort": "speaker"}, ["A talk of which nothing is known", "AKE", "機械学習"]),
        ],
    )
    def test_which_and_in_what_order(
        self, render: Render, options: dict[str, str], chosen: list[str]
    ) -> None:
        found = render("sessions", FULL, **options)
        assert found.problems == []
        assert found.titles == chosen

    @pytest.mark.parametrize(
        ("option", "name"), [("rooms", "C"), ("topics", "Kubernets"), ("tracks", "Infr")]
    )
    def test_a_name_that_no_session_has(self, render: Render, option: str, name: str) -> None:
        found = render("sessions", FULL, **{option: name})
        (problem,) = found.problems
        assert "[event.unknown-name]" in problem
        assert found.titles == []

    def test_a_session_that_is_none(self, render: Render) -> None:
        found = render("sessions", FULL, only="aek ml")
        (problem,) = found.problems
        assert "did you mean “ake”" in problem
        assert found.titles == ["機械学習"]

    def test_sixty_sessions_and_a_title_of_130_characters(self, render: Render) -> None:
        title = "長い題名" * 32 + "終り"
        talks = "".join(f"  - {{id: s{n}, title: {title}{n}}}\n" for n in range(60))
        found = render("sessions", f"name: X\nsessions:\n{talks}")
        assert found.titles == [f"{title}{n}" for n in range(60)]

    @pytest.mark.parametrize(
        ("options", "days", "facts"),
        [
            ({}, ["Day 1: May 31, 2018", "Jun 1, 2018"], ["10:00", "11:00", "10:00"]),
            ({"only": "a b"}, ["Day 1: May 31, 2018"], ["10:00", "11:00"]),
            ({"only": "c"}, [], ["Jun 1, 2018 10:00"]),
            ({"only": "a c"}, [], ["May 31, 2018 10:00", "Jun 1, 2018 10:00"]),
            (
                {"only": "a c b"},
                [],
                ["May 31, 2018 10:00", "Jun 1, 2018 10:00", "May 31, 2018 11:00"],
            ),
        ],
    )
    def test_cards_stand_under_their_days(
        self, render: Render, options: dict[str, str], days: list[str], facts: list[str]
    ) -> None:
        written = """
name: Conf
start_date: 2018-05-31
end_date: 2018-06-01
days: [{name: Day 1, date: 2018-05-31}]
sessions:
  - {id: a, title: A, date: 2018-05-31, start: 10:00}
  - {id: b, title: B, date: 2018-05-31, start: 11:00}
  - {id: c, title: C, date: 2018-06-01, start: 10:00}
"""
        found = render("sessions", written, "en", **options)
        assert [re.sub("[A-Z][a-z]{2}, ", "", one) for one in found.texts("event-day")] == days
        shown = [re.sub("[A-Z][a-z]{2}, ", "", one) for one in found.texts("event-fact")]
        assert shown == facts

    def test_the_day_of_the_event_is_not_repeated(self, render: Render) -> None:
        sessions = "[{title: A, date: 2018-05-31, start: 9:00}, {title: B, date: 2018-05-31}]"
        found = render("sessions", f"name: X\ndate: 2018-05-31\nsessions: {sessions}\n")
        assert (found.texts("event-day"), found.texts("event-fact")) == ([], ["09:00"])

    @pytest.mark.parametrize(
        ("title", "badges"), [("Keynote: The next ten years", 0), ("Keynotes of the past", 1)]
    )
    def test_a_kind_that_the_title_says_has_no_badge(
        self, render: Render, title: str, badges: int
    ) -> None:
        facts = f"name: X\nsessions: [{{title: '{title}', kind: keynote}}]\n"
        assert len(render("sessions", facts, "en").texts("event-kind-badge")) == badges

    def test_only_the_end_or_the_length_is_known(self, render: Render) -> None:
        facts = """
name: Conf
date: 2018-04-19
sessions:
  - {title: A, end: 11:00}
  - {title: B, end: 11:00, duration: 40}
  - {title: C, duration: 40 min}
"""
        found = render("sessions", facts, "en")
        assert found.texts("event-fact") == ["–11:00", "10:20–11:00", "40 min"]
        assert render("sessions", facts).texts("event-fact")[-1] == "40分"

    @pytest.mark.parametrize(
        ("languages", "title"),
        [
            ("en", "The debate"),
            ("ja en", "討論 / The debate"),
            ("English, Japanese", "The debate / 討論"),
            ("de", "討論"),
        ],
    )
    def test_texts_in_the_languages_that_are_wanted(
        self, render: Render, languages: str, title: str
    ) -> None:
        found = render("sessions", CONFERENCE, languages=languages, only="panel")
        assert found.titles == [f"{title} パネルディスカッション"]


PARTS = """
name: Conf
date: 2018-04-19
sessions:
  - id: lts
    title: Lightning talks
    room: Main
    children:
      - {id: tabs, title: Tabs, topics: [Indent], slides: "https://example.com/tabs"}
      - {id: spaces, title: Spaces, slides: "https://example.com/spaces"}
  - {id: keynote, title: Keynote, room: Side, slides: "https://example.com/keynote"}
"""


class TestParts:
    """Sessions within sessions, where the author chooses some."""

    @pytest.mark.parametrize(
        ("options", "titles"),
        [
            ({"only": "lts"}, ["Tabs", "Spaces"]),
            ({"only": "spaces, lts"}, ["Spaces", "Tabs"]),
            ({"exclude": "lts"}, ["Keynote"]),
            ({"exclude": "tabs"}, ["Spaces", "Keynote"]),
            ({"rooms": "Main"}, ["Tabs", "Spaces"]),
            ({"topics": "Indent"}, ["Tabs"]),
            ({"only": "lts", "exclude": "tabs"}, ["Spaces"]),
            ({"sort": "title"}, ["Keynote", "Spaces", "Tabs"]),
        ],
    )
    def test_slides(self, render: Render, options: dict[str, str], titles: list[str]) -> None:
        assert render("slides", PARTS, "en", **options).texts("event-session-title") == titles

    @pytest.mark.parametrize(
        ("options", "titles"),
        [
            ({"exclude": "tabs"}, ["Lightning talks", "Spaces", "Keynote"]),
            ({"only": "tabs"}, ["Tabs"]),
            ({"topics": "Indent"}, ["Tabs"]),
            ({"rooms": "Main"}, ["Lightning talks", "Tabs", "Spaces"]),
        ],
    )
    @pytest.mark.parametrize("name", ["sessions", "schedule"])
    def test_cards_and_programme(
        self, render: Render, name: str, options: dict[str, str], titles: list[str]
    ) -> None:
        assert render(name, PARTS, "en", **options).texts("event-session-title") == titles

    @pytest.mark.parametrize("name", ["sessions", "schedule"])
    def test_each_is_by_somebody(self, render: Render, name: str) -> None:
        facts = PARTS.replace("title: Tabs", "title: Tabs, speakers: [Ann (ACME)]")
        assert "Ann (ACME)" in render(name, facts, "en").words


class TestSession:
    def test_all_that_is_known(self, render: Render) -> None:
        assert render("session", FULL, arguments=["ake"]).rows == [
            ("登壇者", "Ann (ACME、CTO)、Bob"),
            ("時間", "09:30–10:10"),
            ("部屋", "A"),
            ("トラック", "Infra"),
            ("言語", "日本語"),
            ("スライド", "Speaker Deck"),
            ("動画", "録画 (YouTube)"),
            ("トピック", "Kubernetes、独自実装"),
        ]

    def test_where_it_was_if_not_at_the_events_venue(self, render: Render) -> None:
        facts = """\
name: X
venue: Hall
slots:
  - {title: Drinks, start: 18:00, venue: {name: Pier, address: Harbour 3}}
sessions:
  - {id: a, title: A, subtitle: Of A, kind: other, kind_text: 対談, start: 9:00, room: Loft,
     venue: {name: Café, locality: Sendai, url: "https://cafe.example/", rooms: [Loft]}}
"""
        assert render("session", facts, "en", arguments=["a"]).rows == [
            ("Subtitle", "Of A"),
            ("Kind", "対談"),
            ("Time", "09:00"),
            ("Room", "Loft"),
            ("Venue", "Café, Sendai"),
            ("Rooms", "Loft"),
        ]
        cards = render("sessions", facts, "en")
        assert cards.titles == ["A 対談"]
        assert cards.texts("event-subtitle") == ["Of A"]
        (when,) = [one for one in cards.tree.findall() if "event-card-when" in classes(one)]
        assert when.astext() == "09:00, Loft, Café, Sendai"
        items = render("schedule", facts, "en").tree.findall()
        assert [one.astext() for one in items if "event-card-when" in classes(one)] == [
            "09:00, Loft, Café, Sendai",
            "18:00, Pier (Harbour 3)",
        ]

    def test_the_links_of_people_at_the_facts_and_on_cards_alone(self, render: Render) -> None:
        facts = """\
name: X
sessions:
  - id: a
    title: A
    slides: https://a.example/
    speakers:
      - {name: Ann, affiliation: ACME, links: [https://github.com/ann, https://a.example/]}
      - Bob
"""
        whole = "Ann (ACME) (GitHub ann、a.example)、Bob"
        assert dict(render("session", facts, arguments=["a"]).rows)["登壇者"] == whole
        for directive, words in (("sessions", whole), ("slides", "Ann (ACME)、Bob")):
            (found,) = render(directive, facts).texts("event-card-people") or [""]
            assert found == words

    def test_nothing_known_but_the_title(self, render: Render) -> None:
        found = render("session", FULL, arguments=["bare"])
        assert found.rows == []
        assert not list(found.tree.findall(nodes.field_list))

    def test_one_that_is_none(self, render: Render) -> None:
        found = render("session", FULL, arguments=["aek"])
        (problem,) = found.problems
        assert "did you mean “ake”" in problem
        assert found.tree.children == []


@pytest.mark.parametrize("name", ["sessions", "sponsors", "slides", "files", "schedule"])
def test_where_there_is_nothing(render: Render, name: str) -> None:
    """A quiet line under the author's heading; under its own, not even that."""
    assert len(render(name, "name: X\n").texts("event-nothing")) == 1
    assert render(name, "name: X\n", heading="H").tree.children == []


@pytest.mark.parametrize(
    ("slides", "words"),
    [
        ("https://speakerdeck.com/a/b", "Speaker Deck"),
        ("https://www.slideshare.net/a/b", "SlideShare"),
        ("https://x.example/a.pdf", "PDF (x.example)"),
        ("{status: not-shared}", "共有なし"),
        ("{status: not-shared, text: 非公開です}", "非公開です"),
        ("{status: not-recorded, text: 録画なし}", "録画なし"),
        ("{status: later}", "後日公開"),
        (
            "{status: gone, url: 'https://a.example/', archived: 'https://web.archive.org/x'}",
            "公開終了 https://a.example/ Internet Archive",
        ),
        (
            "[https://a.example/, {url: 'https://b.example/', title: 補足}]",
            "a.example、補足 (b.example)",
        ),
    ],
)
def test_a_link_shows_what_it_is(render: Render, slides: str, words: str) -> None:
    found = render("slides", f"name: X\nsessions:\n  - {{id: a, title: A, slides: {slides}}}\n")
    assert found.problems == []
    assert found.words.partition("スライド")[2].lstrip("： ") == words
