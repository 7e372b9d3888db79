"""Names as people write them: which are one, which only keep a place, which lack a bracket."""

import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counting import grows_linearly
from eventreports.core.names import (
    as_seen,
    ascii_words,
    comparable,
    initial,
    initials,
    is_balanced,
    is_company_form,
    is_placeholder,
    is_typo_of,
    similar,
)
from sphinxcommon.suggestions import folded

WILD = settings(max_examples=150)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aoi Tanaka", "aoi tanaka"),
        ("Aoi Tanaka", "Aoi  Tanaka"),
        ("Aoi Tanaka", " Aoi\u3000Tanaka\n"),
        ("Example Inc.", "\uff25\uff58\uff41\uff4d\uff50\uff4c\uff45 Inc\uff0e"),
        ("クラウド", "\uff78\uff97\uff73\uff84\uff9e"),
        ("Straße", "STRASSE"),
        ("é", "e\u0301"),
    ],
    ids=["capitals", "blanks", "wide-blank", "wide", "narrow-kana", "eszett", "combining"],
)
def test_names_that_differ_in_widths_capitals_and_blanks_are_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("Aoi", "Aio"), ("A B", "AB"), ("か", "が")])
def test_other_names_stay_others(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@WILD
@given(st.text())
def test_a_folded_name_is_folded(name: str) -> None:
    once = folded(name)
    # Small letters may compose anew, once: a second time finds what the first left.
    assert folded(once) == folded(folded(once))
    assert once == once.strip()


@pytest.mark.parametrize(
    ("name", "letters", "words"),
    [
        ("Jiří Šťastný", "JŠ", ["jiri", "stastny"]),
        ("Łukasz Żółć", "ŁŻ", ["lukasz", "zolc"]),
        ("Øyvind Ångström", "ØÅ", ["oyvind", "angstrom"]),
        ("Þóra Æsdóttir", "ÞÆ", ["thora", "aesdottir"]),
        ("Юрий Петров", "ЮП", []),
        ("山田 太郎", "山", []),
        ("37signals", "3", ["37signals"]),
    ],
)
def test_names_of_other_alphabets_are_shortened_alike(
    name: str, letters: str, words: list[str]
) -> None:
    assert initials(name) == letters
    assert ascii_words(name) == words


# Names that are nearly the same


def pairs(*names: str) -> list[tuple[str, str]]:
    return list(similar(names))


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        pytest.param("Cybozu Inc", "Cybozu Inc.", id="one-more"),
        pytest.param("Preferred Networks", "Prefered Networks", id="one-less"),
        pytest.param("Hanako Yamada", "Hanaka Yamada", id="another"),
        pytest.param("Example Inc.", "example inc.", id="capitals"),
        pytest.param("NTT", "ntt", id="short-capitals"),
        pytest.param("株式会社 例", "株式会社\u3000例", id="blanks"),
        pytest.param("ゼットラボ", "\uff7e\uff9e\uff6f\uff84\uff97\uff8e\uff9e", id="widths"),
        pytest.param("日本電信電話株式会社", "日本電信電話株式會社", id="one-kanji"),
    ],
)
def test_names_that_differ_in_one_letter_are_much_alike(earlier: str, later: str) -> None:
    assert pairs(earlier, "Something Else", later) == [(later, earlier)]
    assert pairs(later, "Something Else", earlier) == [(earlier, later)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Aoi", "Aki", id="short"),
        pytest.param("Andrea", "Andres", id="given-names"),
        pytest.param("李 大範", "李 小範", id="short-kanji"),
        pytest.param("Sales\u00a0Force Inc", "Sales Force\u200b Inc", id="spaces-that-look-alike"),
        pytest.param("O’Neil – West", "O'Neil - West", id="quotes-and-dashes"),
        pytest.param("Rails 6", "Rails 7", id="digits"),
        pytest.param("Team 10", "Team 1", id="fewer-digits"),
        pytest.param("Hanako Yamada", "Hanaki Yamaba", id="two-letters"),
        pytest.param("Example Inc.", "Example Ltd.", id="three-letters"),
        pytest.param("Example", "Example", id="the-same"),
    ],
)
def test_names_that_may_well_be_two_are_not_reported(one: str, other: str) -> None:
    assert pairs(one, other) == []


@pytest.mark.parametrize(
    "text",
    [
        "A\u200bcme  Days",
        "Acme\u00a0Days",
        "Acme\tDays\ufeff",
        "Ac\u00adme Days",
        "\u2060Acme Days",
    ],
)
def test_nobody_sees_kinds_of_spaces_and_characters_of_no_width(text: str) -> None:
    assert as_seen(text) == "Acme Days"
    assert as_seen("Acme\u3000Days") != "Acme Days" == comparable("Acme\u3000Days")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A – B", "A - B"),
        ("A -- B", "A — B"),
        ("A’s “B”", 'A\'s "B"'),
        ("〜A～", "~A~"),
        ("A・B", "A·B"),
    ],
)
def test_typography_is_no_difference(one: str, other: str) -> None:
    assert as_seen(one) == as_seen(other)


def test_each_name_is_reported_once_beside_the_first_that_is_like_it() -> None:
    assert pairs("Example Inc", "Example Inc.", "Example, Inc.", "Example Inc.") == [
        ("Example Inc.", "Example Inc"),
        ("Example, Inc.", "Example Inc."),
    ]


def distance_is_one(one: str, other: str) -> bool:
    """As the books define it, for two texts that differ: slow, and plainly right."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(
        long[:at] + long[at + 1 :] == short for at in range(len(long))
    )


ALIKE = st.text("abc", min_size=7, max_size=10)


@WILD
@given(ALIKE, ALIKE)
def test_what_is_alike_is_so_in_either_order(one: str, other: str) -> None:
    assert bool(pairs(one, other)) is bool(pairs(other, one))


@WILD
@given(st.data(), st.text("abcdefgh", min_size=9, max_size=20))
def test_no_slip_of_one_letter_is_missed(data: st.DataObject, name: str) -> None:
    at = data.draw(st.integers(0, len(name) - 1))
    typed = data.draw(st.sampled_from(["", "x", "x" + name[at], name[at] + "x"]))
    slipped = name[:at] + typed + name[at + 1 :]
    assert distance_is_one(name, slipped)
    assert pairs(name, slipped) == [(slipped, name)]


@WILD
@given(st.lists(ALIKE, max_size=12))
def test_whatever_is_found_has_been_seen_before_and_is_another(names: list[str]) -> None:
    for later, earlier in similar(names):
        assert names.index(earlier) < names.index(later)
        assert later != earlier


def test_many_names_take_time_by_their_number_and_not_by_that_of_pairs() -> None:
    def work(number: int) -> Callable[[], object]:
        codes = ((0x4E00 + n, 0x6E00 - n, 0x5E00 + n) for n in range(number))
        names = [f"{chr(one)}{chr(two)}山 太郎花子{chr(last)}" for one, two, last in codes]
        return lambda: list(similar(names))

    assert grows_linearly(work, 500)


@pytest.mark.slow
@pytest.mark.parametrize("letters", ["x", "日", "x "], ids=["latin", "kanji", "words"])
def test_a_name_of_a_megabyte_takes_no_memory(letters: str) -> None:
    """A pasted page, or malice: what is taken out of each name would fill any memory."""
    name = letters * (1024**2 // len(letters))
    tracemalloc.start()
    try:
        assert pairs(name, name + "x") == []
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 60 * 1024**2


# Names that are none


@pytest.mark.parametrize(
    "name",
    [
        *("TODO", "todo", "[TODO]", "TBD", "(tbd)", "TBA", "tbc.", "FIXME", "xxx", "XXXX"),
        *("未定", "(未定)", "【未定】", "未記入", "要確認", "\uff08要確認\uff09"),
    ],
)
def test_what_keeps_the_place_of_a_name_is_known(name: str) -> None:
    assert is_placeholder(name)


@pytest.mark.parametrize(
    "name",
    [
        *("Todo アプリを作る", "TODO list", "Todoroki", "xx", "XX", "Tbd Inc", "未定義動作", "?"),
        *("", "-", "A", "xxxii"),
    ],
)
def test_names_that_only_look_like_it_are_names(name: str) -> None:
    assert not is_placeholder(name)


@pytest.mark.parametrize("name", ["Inc.", "inc", "Ltd.", "LLC", "Co.", "GmbH", "K.K.", "KK", "plc"])
def test_the_form_of_a_company_is_no_name(name: str) -> None:
    assert is_company_form(name)


@pytest.mark.parametrize("name", ["Inc. Magazine", "Cobol", "Agnes", "Example Inc.", "", "A"])
def test_what_only_begins_or_ends_so_is_a_name(name: str) -> None:
    assert not is_company_form(name)


# Brackets


@pytest.mark.parametrize(
    "text",
    [
        *("", "Name", "Name (A)", "Name\uff08A\uff09", "Name\uff08A)", "Name (A\uff09", "(a [b])"),
        *("Name (a) (b)", "【LT】「題」", "[LT] 題 (A)", "\uff3ba]", "f(x)[0]", "< >"),
    ],
)
def test_brackets_of_any_width_close_each_other(text: str) -> None:
    assert is_balanced(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Name (A", "Name A)", "Name\uff08A", ")(", "(a [b)]", "((a)", "(a))", "【LT", "LT】"),
        *("「題", "題」", "[LT", "LT]", "\uff3bLT", "(A]"),
    ],
)
def test_a_bracket_without_its_counterpart_is_found(text: str) -> None:
    assert not is_balanced(text)


@WILD
@given(st.text("ab()[]「」（）", max_size=12), st.text("ab()[]「」（）", max_size=12))
def test_what_is_balanced_stays_so_within_brackets_and_in_a_row(one: str, other: str) -> None:
    if is_balanced(one) and is_balanced(other):
        assert is_balanced(one + other)
        assert is_balanced(f"({one})")
        assert not is_balanced(f"({one}")
        assert not is_balanced(f"{one})")


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("Ann", None),
        ("青山", "漢"),
        ("あおやま", "あ"),
        ("アオヤマ", "あ"),
        (" ｱｵﾔﾏ", "あ"),
        ("ガクト", "か"),
        ("ァ", "ぁ"),
        ("ヶ", "ゖ"),
        ("ーる", "ー"),
    ],
)
def test_an_index_has_kana_under_one_letter_and_kanji_under_one_heading(
    name: str, heading: str | None
) -> None:
    assert initial(name) == heading


@pytest.mark.slow
def test_a_megabyte_of_brackets_is_read_to_its_end() -> None:
    assert not is_balanced("(" * 1024**2)
    assert is_balanced("(" * 1024**2 + ")" * 1024**2)


@pytest.mark.parametrize(
    "word",
    [
        "visibility",
        "Visibility",
        "ｖisibility",
        "visibilty",
        "visibilityy",
        "visibiliyt",
        "vsiibility",
        "fisibility",
    ],
)
def test_a_typo_is_one_letter_or_two_that_changed_places(word: str) -> None:
    assert is_typo_of(word, "visibility")


@pytest.mark.parametrize("word", ["", "visible", "visibilities", "visibility_text", "vsiibilitx"])
def test_more_than_that_is_another_word(word: str) -> None:
    assert not is_typo_of(word, "visibility")
