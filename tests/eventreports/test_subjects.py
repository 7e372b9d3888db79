"""Who is who: which names that events give are one person's, organization's, topic's, series'."""

import hashlib
import json
import random
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventreports.core.appearances import Appearance, Form, appearances, in_language
from eventreports.core.model import SubjectKind
from eventreports.core.names import comparable, in_order
from eventreports.core.related_sessions import Related, related_sessions
from eventreports.core.subject_groups import KINDS
from eventreports.core.subject_ids import Unwritten, ids, is_id
from eventreports.core.subjects import Subject, Subjects
from subject_forms import entries, entry, form, talk, topic


def digits(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:8]


def names(subjects: Sequence[Subject]) -> list[str]:
    return [one.name for one in subjects]


# Where events name subjects

EVERYTHING = form(
    "kumo",
    date="2026-11-21",
    timezone="Asia/Tokyo",
    series="Kumo Days",
    topics=["Cloud"],
    organizers=["Kumo Users Group"],
    supporters=["Docker Tokyo"],
    sponsors=["Loose Inc."],
    sponsor_tiers=[{"name": {"ja": "金", "en": "Gold"}, "sponsors": ["Example Inc."]}],
    media_partners=["Kumo Magazine"],
    groups=[{"name": "Volunteers", "members": ["Ken Mori"]}],
    reporters=[{"name": "Hanako Yamada", "affiliation": "Us"}],
    participants=["Taro Yamada"],
    recipients=["The Boss"],
    files=[{"name": "x.pdf", "uploader": "Somebody"}],
    sessions=[
        {
            "id": "block",
            "title": "Block",
            "start": "10:00",
            "topics": ["IoT"],
            "children": [
                {
                    "id": "lt",
                    "title": "LT",
                    "start": "10:30",
                    "speakers": [
                        {
                            "name": {"ja": "田中葵", "en": "Aoi Tanaka"},
                            "affiliation": "Example Inc.",
                        }
                    ],
                }
            ],
        }
    ],
)


def test_each_place_in_which_an_event_names_somebody_is_found() -> None:
    found = [(one.kind, one.role, one.names, one.session) for one in appearances(EVERYTHING)]
    assert found == [
        ("series", "series", ("Kumo Days",), ""),
        ("topic", "topic", ("Cloud",), ""),
        ("organization", "organizer", ("Kumo Users Group",), ""),
        ("organization", "supporter", ("Docker Tokyo",), ""),
        ("organization", "sponsor", ("Loose Inc.",), ""),
        ("organization", "media-partner", ("Kumo Magazine",), ""),
        ("organization", "sponsor", ("Example Inc.",), ""),
        ("organization", "member", ("Ken Mori",), ""),
        ("person", "reporter", ("Hanako Yamada",), ""),
        ("organization", "affiliation", ("Us",), ""),
        ("person", "participant", ("Taro Yamada",), ""),
        ("topic", "topic", ("IoT",), "block"),
        ("person", "speaker", ("田中葵", "Aoi Tanaka"), "lt"),
        ("organization", "affiliation", ("Example Inc.",), "lt"),
    ]


def test_what_else_is_known_of_it_there_comes_with_it() -> None:
    found = list(appearances(EVERYTHING))
    tier, group = found[6], found[7]
    assert in_language(tier.group, "en") == "Gold"
    assert in_language(group.group, "en") == "Volunteers"
    speaker, work = found[-2:]
    assert speaker.date == "2026-11-21T10:30:00+09:00"
    assert {one.date for one in found if not one.session} == {"2026-11-21"}
    assert speaker.form["affiliation"] == {"und": "Example Inc."}
    # Who spoke for it.
    assert work.form is speaker.form
    assert not work.is_of_itself


# One is one


def test_what_differs_in_width_and_unicode_form_alone_is_one() -> None:
    events = [
        talk("a", unicodedata.normalize("NFD", "José Valim")),
        talk("b", "José Valim"),
        talk("c", "Ｊｏｓé Valim"),
    ]
    subjects = Subjects(events)
    (one,) = subjects.of("person")
    assert one.events == ("a", "b", "c")
    assert subjects.find("person", "José Valim") is one


def test_what_is_alike_but_not_equal_is_not_merged() -> None:
    alike = ["Aoi Tanaka", "aoi tanaka", "A. Tanaka", "Tanaka Aoi", "AoiTanaka", "たなか あおい"]
    assert len(Subjects([talk(f"e{at}", one) for at, one in enumerate(alike)]).of("person")) == 6


def test_names_of_one_mention_in_several_languages_are_one_s() -> None:
    events = [
        talk("a", "田中葵"),
        talk("b", {"name": {"ja": "田中葵", "en": "Aoi Tanaka"}}),
        talk("c", {"name": {"en": "Aoi Tanaka", "fr": "Aoï Tanaka"}}),
        talk("d", "Aoï Tanaka"),
    ]
    for order in (events, events[::-1]):
        (one,) = Subjects(order, language="ja").of("person")
        assert one.name == "田中葵"
        assert set(one.names) == {"田中葵", "Aoi Tanaka", "Aoï Tanaka"}
        assert one.events == ("a", "b", "c", "d")


def test_aliases_and_readings_of_events_are_shown_and_merge_nothing() -> None:
    person = {"name": "田中葵", "aliases": ["aoi"], "reading": "たなか あおい"}
    subjects = Subjects([talk("a", person), talk("b", "aoi"), talk("c", "たなか あおい")])
    assert len(subjects.of("person")) == 3
    one = subjects.find("person", "田中葵")
    assert one is not None
    assert one.aliases == ("aoi",)
    assert one.readings == ("たなか あおい",)
    assert subjects.find("person", "aoi") is not one


def test_what_only_keeps_a_place_is_nobody() -> None:
    events = [form(one, reporters=["TBD", "未定", "Aoi"], topics=["TODO"]) for one in "ab"]
    subjects = Subjects(events)
    assert names([one for kind in KINDS for one in subjects.of(kind)]) == ["Aoi"]
    assert subjects.find("person", "TBD") is None


def test_kinds_are_kept_apart() -> None:
    subjects = Subjects([form("a", series="Kumo", topics=["Kumo"], sponsors=["Kumo"])])
    assert [len(subjects.of(kind)) for kind in KINDS] == [0, 1, 1, 1]


def test_whoever_organizes_is_a_person_where_the_name_is_a_person_s_alone() -> None:
    events = [
        form(
            "a",
            organizers=["Ken Mori", "Docker Tokyo", "Example Inc."],
            reporters=["Ken Mori", "Example Inc."],
            sponsors=["Example Inc."],
        )
    ]
    subjects = Subjects(events)
    assert names(subjects.of("organization")) == ["Docker Tokyo", "Example Inc."]
    ken = subjects.find("person", "Ken Mori")
    assert ken is not None
    assert [one.role for one in ken.appearances] == ["organizer", "reporter"]


def test_the_name_is_the_most_frequent_then_the_earliest() -> None:
    once = {"name": {"ja": "青井", "en": "Aoi"}}
    other = {"name": {"ja": "青井", "en": "AOI"}}
    events = [talk("a", other, date="2020"), talk("b", once, date="2019")]
    assert Subjects(events, language="en").of("person")[0].name == "Aoi"
    events.append(talk("c", other, date="2021"))
    assert Subjects(events, language="en").of("person")[0].name == "AOI"


def test_appearances_are_by_date_and_undated_ones_last() -> None:
    events = [
        talk("late", "A", date="2026-11-21"),
        form("undated", reporters=["A"]),
        talk("early", "A", date="2018"),
    ]
    (one,) = Subjects(events).of("person")
    assert one.events == ("early", "late", "undated")


# Registers


def test_three_lines_merge_two_names() -> None:
    kuo = entry("郭學聰", aliases=["Hsueh-Tsung Kuo"])
    events = [talk("a", "郭學聰"), talk("b", "Hsueh-Tsung Kuo")]
    (one,) = Subjects(events, entries(kuo)).of("person")
    assert (one.name, one.id, one.entry) == ("郭學聰", "hsueh-tsung-kuo", kuo)
    assert one.events == ("a", "b")
    assert one.aliases == ("Hsueh-Tsung Kuo",)


def test_an_entry_parts_two_who_share_a_name() -> None:
    second = entry("佐藤 一郎", id="ichiro-sato-2", at=["b", "c/talk"])
    events = [talk(one, "佐藤 一郎") for one in "abcd"]
    events[2] = form(
        "c",
        sessions=[
            {"id": "talk", "title": "T", "speakers": ["佐藤 一郎"]},
            {"id": "other", "title": "O", "speakers": ["佐藤 一郎"]},
        ],
    )
    subjects = Subjects(events, entries(second))
    first, other = subjects.named("person", "佐藤 一郎")
    assert (first.events, first.entry) == (("a", "d", "c"), None)
    assert (other.id, other.events) == ("ichiro-sato-2", ("b", "c"))
    find = subjects.find
    assert find("person", "佐藤 一郎") is first
    assert find("person", "佐藤 一郎", "b", "talk") is other
    assert find("person", "佐藤 一郎", "b") is other
    assert find("person", "佐藤 一郎", "c", "talk") is other
    assert find("person", "佐藤 一郎", "c", "other") is first
    assert find("person", "佐藤 一郎", "a", "talk") is first
    assert find("person", "佐藤 一郎", "elsewhere") is first
    assert find("person", "鈴木") is None


def test_an_entry_of_some_events_takes_no_other_language_away_from_others() -> None:
    second = entry("佐藤 一郎", at=["b"])
    both = {"name": {"ja": "佐藤 一郎", "en": "Ichiro Sato"}}
    subjects = Subjects(
        [talk("a", both), talk("b", both), talk("c", "Ichiro Sato")], entries(second)
    )
    first, other = subjects.named("person", "Ichiro Sato")
    assert (first.events, other.events) == (("a", "c"), ("b",))
    assert subjects.find("person", "Ichiro Sato", "b", "talk") is other


def test_former_ids_of_events_and_sessions_tell_where_an_entry_is() -> None:
    second = entry("佐藤 一郎", at=["old/former"])
    sessions = [{"id": "talk", "old_ids": ["former"], "title": "T", "speakers": ["佐藤 一郎"]}]
    moved = form("new", old_ids=["old"], sessions=sessions)
    subjects = Subjects([moved, talk("a", "佐藤 一郎")], entries(second))
    one = subjects.find("person", "佐藤 一郎", "new", "talk")
    assert one is not None
    assert one.entry == second


def test_a_mention_never_makes_one_of_two_entries() -> None:
    first, second = entry("Aoi"), entry("葵")
    both = {"name": {"ja": "葵", "en": "Aoi"}}
    subjects = Subjects(
        [talk("a", both), talk("b", "Aoi"), talk("c", "葵")], entries(first, second)
    )
    assert [one.entry for one in subjects.of("person")] == [first, second]
    assert sorted(one.events for one in subjects.of("person")) in (
        [("a", "b"), ("c",)],
        [("a", "c"), ("b",)],
    )


def test_of_two_entries_with_one_name_the_first_has_it_and_both_are_known() -> None:
    first, second = entry("Aoi"), entry("Aoi", id="another")
    subjects = Subjects([talk("a", "Aoi")], entries(first, second))
    assert [one.entry for one in subjects.named("person", "Aoi")] == [first, second]
    assert [len(one.appearances) for one in subjects.named("person", "Aoi")] == [1, 0]
    assert len({one.id for one in subjects.of("person")}) == 2


def test_the_entry_says_the_name_in_the_language_of_the_site() -> None:
    kuo = entry({"zh": "郭學聰", "en": "Hsueh-Tsung Kuo"})
    events = [talk("a", "郭學聰"), talk("b", "郭學聰")]
    of = {
        tag: Subjects(events, entries(kuo), tag).of("person")[0].name for tag in ("en", "zh", "ja")
    }
    assert of == {"en": "Hsueh-Tsung Kuo", "zh": "郭學聰", "ja": "郭學聰"}


# Pages


def test_a_page_needs_two_events_or_an_entry_and_one() -> None:
    events = [
        form("a", reporters=["Once", "Twice", "Entered"], participants=["Once"]),
        form("b", reporters=["Twice"]),
    ]
    subjects = Subjects(events, entries(entry("Entered"), entry("Nowhere")))
    with_page = {one.name for one in subjects.of("person") if one.has_page}
    assert with_page == {"Twice", "Entered"}
    assert subjects.find("person", "Nowhere") is not None


def test_a_topic_has_a_page_if_one_below_it_has_one() -> None:
    registered = [
        topic("Kubernetes", aliases=["k8s"], parents=["Containers"]),
        topic("Containers", parents=["Cloud Native"]),
        topic("Unused", parents=["Nothing"]),
    ]
    subjects = Subjects([form("a", topics=["k8s"])], {"topic": registered})
    by_name = {one.name: one for one in subjects.of("topic")}
    assert {one.name for one in by_name.values() if one.has_page} == {
        "Kubernetes",
        "Containers",
        "Cloud Native",
    }
    kubernetes, native = by_name["Kubernetes"], by_name["Cloud Native"]
    assert names(subjects.parents(kubernetes)) == ["Containers"]
    assert names(subjects.ancestors(kubernetes)) == ["Containers", "Cloud Native"]
    assert names(subjects.children(native)) == ["Containers"]
    assert names(subjects.descendants(native)) == ["Containers", "Kubernetes"]
    assert subjects.parents(native) == ()


def test_topics_above_themselves_end() -> None:
    registered = [topic("A", parents=["B", "A"]), topic("B", parents=["A"])]
    subjects = Subjects([form("a", topics=["A"])], {"topic": registered})
    a, b = subjects.of("topic")
    assert (a.has_page, b.has_page) == (True, True)
    assert subjects.ancestors(a) == (b,)
    assert subjects.descendants(a) == (b,)


# Ids


def id_of(name: str, **others: Any) -> str:
    (one,) = (one for one in Subjects([talk("a", name), talk("b", name)]).of("person"))
    return one.id


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Aoi Tanaka", "aoi-tanaka"),
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("Łukasz Żółć", "lukasz-zolc"),
        ("Ｒｕｂｙ", "ruby"),
        ("Node.js", "node-js"),
        ("2600", "2600"),
        ("田中　葵", "田中-葵"),
        ("Rails勉強会", "Rails勉強会"),
        ("東京/横浜: AI?", "東京-横浜-AI"),
        ("100%日本", "100-日本"),
        ("..隠し", "隠し"),
        (unicodedata.normalize("NFD", "ガ行"), "ガ行"),
        ("con", f"con-{digits('con')}"),
        ("Index", f"index-{digits('Index')}"),
        ("!!!", digits("!!!")),
        ("あ" * 100, "あ" * 40),
    ],
)
def test_an_unwritten_id_comes_from_the_name(name: str, expected: str) -> None:
    assert id_of(name) == expected


def test_a_latin_name_comes_before_others() -> None:
    both = {"name": {"ja": "田中葵", "en": "Aoi Tanaka"}}
    assert Subjects([talk("a", both)]).of("person")[0].id == "aoi-tanaka"


def test_an_id_stays_when_a_later_event_writes_the_name_otherwise() -> None:
    early = talk("a", {"name": {"en": "Aoi Tanaka", "ja": "田中葵"}}, date="2019")
    late = [
        talk(f"b{at}", {"name": {"en": "A. Tanaka", "ja": "田中葵"}}, date="2020")
        for at in range(3)
    ]
    (one,) = Subjects([*late, early], language="en").of("person")
    assert (one.name, one.id) == ("A. Tanaka", "aoi-tanaka")


def test_equal_ids_get_digits_of_their_names_all_of_them_in_any_order() -> None:
    found = ["Go", "GO", "go!", "Rust", "RUST"]
    events = [form(f"{at}", topics=found) for at in (1, 2)]
    for order in (events, events[::-1]):
        of = {one.name: one.id for one in Subjects(order).of("topic")}
        assert of["Go"] == f"go-{digits('Go')}"
        assert of["GO"] == f"go-{digits('GO')}"
        assert of["go!"] == f"go-{digits('go!')}"
    others = ids([Unwritten([name]) for name in reversed(found)], [])
    assert [*reversed(others)] == ids([Unwritten([name]) for name in found], [])


def test_an_id_makes_way_for_those_that_registers_have_also_formerly() -> None:
    written = entries(entry("葵", id="Aoi"), entry("健", id="ken", old_ids=["mori"]))
    subjects = Subjects([talk("a", "Aoi", "Mori", "Ken"), talk("b", "Aoi", "Mori", "Ken")], written)
    of = {one.name: one.id for one in subjects.of("person")}
    assert of["Aoi"] == f"aoi-{digits('Aoi')}"
    assert of["Mori"] == f"mori-{digits('Mori')}"
    assert of["Ken"] == f"ken-{digits('Ken')}"
    former = subjects.get("person", "mori")
    assert former is not None
    assert former.name == "健"


def test_of_two_entries_with_one_id_the_first_has_it_and_what_is_no_id_is_none() -> None:
    written = entries(entry("葵", id="aoi"), entry("健", id="Aoi"), entry("Mori", id="index"))
    subjects = Subjects([talk("a", "葵", "健", "Mori")], written)
    of = {one.name: one.id for one in subjects.of("person")}
    assert of == {"葵": "aoi", "健": "健", "Mori": "mori"}


def test_a_name_without_a_page_takes_no_address_from_one_with_a_page() -> None:
    events = [form("a", topics=["Go", "GO"]), form("b", topics=["Go"])]
    of = {one.name: one.id for one in Subjects(events).of("topic")}
    assert of == {"Go": "go", "GO": f"go-{digits('GO')}"}


def test_ids_of_two_kinds_do_not_meet() -> None:
    subjects = Subjects([form("a", topics=["Kumo"], series="Kumo")])
    assert [subjects.of(kind)[0].id for kind in ("topic", "series")] == ["kumo", "kumo"]
    assert subjects.get("topic", "kumo") is subjects.of("topic")[0]
    assert subjects.get("person", "kumo") is None


_NAMES = st.one_of(
    st.text(min_size=1, max_size=40),
    st.sampled_from(["Go", "GO", "go", "con", "index", ".", "..", "C", "C++", "C#", "葵", "a/b"]),
    st.text("aA-. ", min_size=1, max_size=4),
)


@given(st.lists(_NAMES, min_size=1, max_size=12, unique=True), st.randoms(use_true_random=False))
def test_ids_can_be_files_and_addresses_everywhere_and_are_all_different(
    found: list[str], chance: random.Random
) -> None:
    made = ids([Unwritten([name]) for name in found], ["Go"])
    assert len({one.casefold() for one in made} | {"go"}) == len(found) + 1
    for one in made:
        assert is_id(one)
        assert one == unicodedata.normalize("NFC", one)
        assert len(one.encode()) <= 140
        assert not re.search(r"[\s<>:\"/\\|?*#%&+]", one)
        assert one.strip(".- ") == one
        one.encode()
    shuffled = [*found]
    chance.shuffle(shuffled)
    again = dict(zip(shuffled, ids([Unwritten([name]) for name in shuffled], ["Go"]), strict=True))
    assert [again[name] for name in found] == made


# Order


def test_subjects_are_in_the_order_of_japanese_indexes() -> None:
    people = [
        {"name": "渡辺", "reading": "わたなべ"},
        {"name": "ガガ", "reading": "がが"},
        "かか",
        "Zed",
        "安部",
        {"name": "青木", "reading": {"en": "Aoki", "ja": "アオキ"}},
        {"name": "Adam"},
    ]
    found = names(Subjects([talk("a", *people)]).of("person"))
    assert found == ["Adam", "Zed", "青木", "かか", "ガガ", "渡辺", "安部"]


def test_long_vowels_and_small_kana_do_not_part_names_in_order() -> None:
    found = ["しやき", "さは", "サーバー", "しゃか", "サバク"]
    assert sorted(found, key=in_order) == ["サーバー", "さは", "サバク", "しゃか", "しやき"]


# Whatever the order, whatever the names

_NAME = st.sampled_from(["葵", "Aoi", "AOI", "Ken", "健", "ケン", "Ｋｅｎ", "a/b", "con"])
_MENTION = st.one_of(
    _NAME, st.fixed_dictionaries({"name": st.fixed_dictionaries({"ja": _NAME, "en": _NAME})})
)
_EVENTS = st.lists(
    st.tuples(st.sampled_from(["2018", "2019", "2020"]), st.lists(_MENTION, max_size=4)), max_size=5
)
_ENTRY = st.fixed_dictionaries(
    {"name": _NAME},
    optional={
        "aliases": st.lists(_NAME, max_size=2),
        "at": st.lists(st.sampled_from(["e0", "e1/talk", "e2", "gone"]), min_size=1, max_size=2),
    },
)


def described(subjects: Subjects) -> list[Any]:
    return [
        (kind, one.id, one.name, one.names, one.has_page, [*map(str, one.appearances)])
        for kind in KINDS
        for one in subjects.of(kind)
    ]


@given(_EVENTS, st.lists(_ENTRY, max_size=3), st.randoms(use_true_random=False))
def test_each_mention_is_one_subject_s_and_the_order_of_events_does_not_matter(
    found: list[tuple[str, list[Any]]], written: list[Any], chance: random.Random
) -> None:
    events = [talk(f"e{at}", *people, date=date) for at, (date, people) in enumerate(found)]
    registered = entries(*(entry(**one) for one in written))
    subjects = Subjects(events, registered, "en")
    members = subjects.of("person")
    assert sum(len(one.appearances) for one in members) == sum(len(people) for _, people in found)
    for one in members:
        assert subjects.get("person", one.id) is one
        for place in one.appearances:
            for name in place.names:
                known = subjects.named("person", name)
                assert one in known
                there = subjects.find("person", name, place.event, place.session)
                same = {comparable(other) for other in there.names} if there else set()
                assert comparable(name) in same
    assert len({one.id.casefold() for one in members}) == len(members)
    chance.shuffle(events)
    assert described(Subjects(events, registered, "en")) == described(subjects)


def test_forms_may_come_from_json() -> None:
    texts = [json.dumps(EVERYTHING), json.dumps(form("b", reporters=["Hanako Yamada"]))]
    subjects = Subjects(map(json.loads, texts))
    one = subjects.get("person", "hanako-yamada")
    assert one is not None
    assert one.events == ("kumo", "b")
    assert all(isinstance(place, Appearance) for place in one.appearances)


def test_nothing_is_needed() -> None:
    nothing: list[Form] = []
    kinds: tuple[SubjectKind, ...] = KINDS
    assert [Subjects(nothing).of(kind) for kind in kinds] == [(), (), (), ()]


# Sessions that are near to others


def near(*forms: Form, event: str) -> tuple[list[str], list[str]]:
    related = related_sessions(Subjects(forms, {}, "en"))
    by_people, on_topics = related[event]["talk"]
    return [one for one, _ in by_people], [one for one, _ in on_topics]


def yearly(years: range, *speakers: str, **keys: Any) -> list[Form]:
    return [talk(f"in-{year}", *speakers, date=f"{year}-06-01", **keys) for year in years]


def test_few_of_the_same_people_and_topics_are_near() -> None:
    events = [
        *yearly(range(2005, 2015), "Aoi", topics=["IoT"]),
        *yearly(range(1990, 2005), "Ken", topics=["IoT"]),
    ]
    by_people, on_topics = near(*events, event="in-2010")
    assert by_people == ["in-2011", "in-2009"]
    assert on_topics == ["in-2004", "in-2003"]


def test_those_that_have_more_in_common_are_nearer() -> None:
    others = yearly(range(2000, 2020), topics=["IoT"])
    both = talk("both", date="1990-01-01", topics=["IoT", "Cloud"])
    here = talk("here", date="2020-01-01", topics=["Cloud", "IoT"])
    assert near(*others, both, here, event="here")[1][0] == "both"


def test_of_the_same_people_those_on_the_same_topics_are_nearer() -> None:
    others = yearly(range(2010, 2020), "Aoi", topics=["Cloud"])
    older = talk("older", "Aoi", date="1990-01-01", topics=["IoT"])
    here = talk("here", "Aoi", date="2020-01-01", topics=["IoT"])
    assert near(*others, older, here, event="here") == (["older", "in-2019"], [])


def test_a_new_event_is_near_to_few() -> None:
    years = range(2000, 2050)
    new = talk("new", "Aoi", date="2050-01-01", topics=["IoT"])
    events = [*yearly(years, "Aoi", topics=["IoT"]), new]
    found = [near(*events, event=f"in-{year}") for year in years]
    assert 1 <= sum("new" in [*by_people, *on_topics] for by_people, on_topics in found) <= 6
    assert near(*events, event="in-2049")[0][0] == "new"


def test_other_sessions_of_the_event_are_near_by_people_alone() -> None:
    sessions = [
        {"id": name, "title": name, "speakers": ["Aoi"], "topics": ["IoT"]}
        for name in ("talk", "panel")
    ]
    event = form("kumo", date="2026-11-21", sessions=sessions)
    assert related_sessions(Subjects([event], {}, "en")) == {
        "kumo": {
            "talk": Related((("kumo", "panel"),), ()),
            "panel": Related((("kumo", "talk"),), ()),
        }
    }
