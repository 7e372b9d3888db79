"""Subjects that may be one: what is found, and what is left aside because it is mostly wrong."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventreports.core.model import SubjectKind
from eventreports.core.romanization import romanized
from eventreports.core.subject_groups import Entries
from eventreports.core.subject_hints import Pair, pairs
from eventreports.core.subjects import Subjects
from subject_forms import entries, entry, form, talk

#: Where people are found, in a person's long form.
AOI = {"url": "https://example.com/~aoi", "links": ["https://github.com/aoi"]}


def hints(*people: Any, registered: Entries | None = None) -> list[Pair]:
    """The hints for people who speak at an event each."""
    events = [talk(f"e{at}", one) for at, one in enumerate(people)]
    return pairs(Subjects(events, registered or {}, "ja"))


def of_kind(kind: SubjectKind, *names: Any) -> list[tuple[str, str]]:
    keys: dict[SubjectKind, str] = {"organization": "sponsors", "topic": "topics"}
    events = [
        form(f"e{at}", **({"series": one} if kind == "series" else {keys[kind]: [one]}))
        for at, one in enumerate(names)
    ]
    return named(pairs(Subjects(events)))


def named(found: Sequence[Pair]) -> list[tuple[str, str]]:
    return [(one.kept.name, one.other.name) for one in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José Valim", "Jose Valim"),
        ("Hiroshi SHIBATA", "Hiroshi Shibata"),
        ("佐藤 一郎", "佐藤一郎"),
        ("Tom Preston-Werner", "Tom Preston Werner"),
        ("Shibata Hiroshi", "Hiroshi Shibata"),
        ("一郎 佐藤", "佐藤 一郎"),
        ({"name": "田中葵", "reading": "たなか あおい"}, "Aoi Tanaka"),
        ({"name": "田中葵", "reading": "Aoi Tanaka"}, "Tanaka Aoi"),
        (
            {"name": "斎藤 一郎", "reading": "さいとう いちろう"},
            {"name": "斉藤 一郎", "reading": "サイトウ イチロウ"},
        ),
        ("さとう けん", {"name": "佐藤 健", "reading": "さとう けん"}),
        ("Yuuichi Tateno", "Yuichi Tateno"),
        ("Kouhei Sutou", "Kohei Suto"),
        ("Shyouhei Urabe", "Shohei Urabe"),
        ('Yukihiro "Matz" Matsumoto', "Yukihiro Matsumoto"),
        ("Eileen M. Uchitelle", "Eileen Uchitelle"),
        ("A. Tanaka", "Aoi Tanaka"),
        ("Olivier Lacan", "Oliver Lacan"),
        ("Reid Morrison", "Ried Morrison"),
        ("Liz Abinante", "Liz Abenante"),
        ({"name": "田中葵", "aliases": ["@aoi"]}, "aoi"),
        ({"name": "Aoi Tanaka", **AOI}, {"name": "Aoi Mori", "links": ["https://github.com/Aoi"]}),
        (
            {"name": "Aoi Tanaka", **AOI},
            {"name": "Aoi Mori", "url": "http://www.example.com/~aoi/"},
        ),
    ],
)
def test_two_names_that_may_be_one_s_are_found(one: Any, other: Any) -> None:
    (found,) = hints(one, other)
    assert {found.kept.name, found.other.name} == {
        str(name["name"] if isinstance(name, dict) else name) for name in (one, other)
    }


@pytest.mark.parametrize(
    "people",
    [
        ["Ron Evans", "Jon Evans"],
        ["Keith Pitt", "Keith Pitty"],
        ["Chris Seaton", "Chris Sexton"],
        ["Michael Cain", "Michael Chan"],
        ["佐藤 健", "佐藤 武"],
        [
            {"name": "佐藤 健", "reading": "さとう たけし"},
            {"name": "佐藤 武", "reading": "さとう たけし"},
        ],
        # Nobody knows which of the two is meant.
        ["A. Tanaka", "Aoi Tanaka", "Akira Tanaka"],
        ["Jason A. Clark", "Jason R. Clark", "Jason Clark"],
        ["John A. Smith", "John B. Smith"],
        ["Aoi Tanaka", "Ken Tanaka"],
        # Two accounts at one service.
        [
            {"name": "Aoi Tanaka", "links": ["https://github.com/aoi"]},
            {"name": "Tanaka Aoi", "links": ["https://github.com/tanaka"]},
        ],
    ],
)
def test_what_mostly_are_two_is_left_aside(people: list[Any]) -> None:
    assert hints(*people) == []


def test_who_speaks_beside_the_other_is_another() -> None:
    assert named(pairs(Subjects([talk("a", "Aoi Tanaka", "Tanaka Aoi")]))) == []


def test_the_page_of_a_company_makes_nobody_one() -> None:
    works = [
        {"name": name, "affiliation": "Example", "url": "https://example.com/"}
        for name in ("Aoi Tanaka", "Ken Mori")
    ]
    assert hints(*works) == []
    sponsor = form("s", sponsors=[{"name": "Example", "url": "https://example.com/"}])
    alone = [{key: one[key] for key in ("name", "url")} for one in works]
    events = [talk(f"e{at}", one) for at, one in enumerate(alone)]
    assert len(pairs(Subjects(events))) == 1
    assert pairs(Subjects([sponsor, *events])) == []


def test_a_merge_and_a_parting_silence_a_hint() -> None:
    people = "Aoi Tanaka", "Tanaka Aoi"
    assert len(hints(*people)) == 1
    merged = entries(entry("Aoi Tanaka", aliases=["Tanaka Aoi"]))
    parted = entries(entry("Aoi Tanaka"), entry("Tanaka Aoi"))
    bound = entries(entry("Tanaka Aoi", at=["e1"]))
    assert [hints(*people, registered=one) for one in (merged, parted, bound)] == [[], [], []]
    (left,) = hints(*people, registered=entries(entry("Tanaka Aoi")))
    assert left.kept.name == "Tanaka Aoi"


def test_the_name_that_is_more_frequent_is_kept() -> None:
    assert named(hints("Tanaka Aoi", "Aoi Tanaka", "Aoi Tanaka")) == [("Aoi Tanaka", "Tanaka Aoi")]


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("organization", "GitHub", "Github"),
        ("organization", "サイバーエージェント", "株式会社サイバーエージェント"),
        ("organization", "Wantedly, Inc.", "Wantedly"),
        ("organization", "Medley, Inc.", "MEDLEY Inc."),
        ("topic", "Service Mesh", "service-mesh"),
        ("topic", "Kubernetes", "Kubernetis"),
        ("topic", "サーバー監視", "サーバ監視"),
        ("topic", "ソフトウェア", "ソフトウエア"),
        ("series", "RubyKaigi", "Ruby Kaigi"),
    ],
)
def test_other_kinds_have_hints_too(kind: SubjectKind, one: str, other: str) -> None:
    assert [set(found) for found in of_kind(kind, one, other)] == [{one, other}]


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("organization", ["note inc.", "Nota Inc."]),
        ("topic", ["Rails 6", "Rails 7"]),
        ("topic", ["ビール", "ビル"]),
        ("topic", ["C", "C++", "C#"]),
        ("series", ["Rails Camp UK", "Rails Camp US"]),
        ("series", ["Kiro Days", "Koro Days"]),
    ],
)
def test_other_kinds_that_are_several_have_none(kind: SubjectKind, names: list[str]) -> None:
    assert of_kind(kind, *names) == []


def test_organizations_with_one_page_need_something_in_common() -> None:
    def found(*names: str) -> list[tuple[str, str]]:
        return of_kind("organization", *({"name": one, "url": "https://e.org/"} for one in names))

    assert len(found("Studist Corporation", "Studist")) == 1
    assert len(found("Eiwa System Management, Inc.", "ESM, Inc.")) == 1
    assert found("Sentry", "Ichizoku") == []


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("しょうへい", "Shohei"),
        ("しょうへい", "Syohei"),
        ("おおの", "Ohno"),
        ("じゅんいち", "Jun'ichi"),
        ("ほんま", "Homma"),
        ("はっとり", "Hattori"),
        ("さっちゃん", "Satchan"),
        ("つづき", "Tsuzuki"),
        ("まつもと ゆきひろ", "Matsumoto Yukihiro"),
        ("フジイ・リョウ", "Fujii Ryō"),
    ],
)
def test_kana_are_read_as_any_romanization_has_them(kana: str, latin: str) -> None:
    assert romanized(kana) == romanized(latin) != []


def test_other_languages_have_no_romanization() -> None:
    assert romanized("Chris Seaton") == romanized("田中") == romanized("") == []


@given(st.lists(st.text(min_size=1, max_size=30).filter(str.strip), max_size=6, unique=True))
def test_no_names_are_too_wild(names: list[str]) -> None:
    for one in hints(*({"name": name} for name in names)):
        assert one.kept is not one.other
        romanized(one.kept.name)
