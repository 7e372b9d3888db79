"""Text → terms: what is no difference to a search, and what is; the same here and in browsers."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cjksearch.sounds import sound_of_kana, sounds, sounds_of_latin
from cjksearch.terms import fold, normal, terms, terms_of_date
from cjksearch.variants import VARIANTS

#: Texts that have the same terms.
ALIKE = [
    ("コンテナ基盤", "ｺﾝﾃﾅ基盤"),
    ("ガ", "か\u3099"),
    ("Kubernetes", "ＫＵＢＥＲＮＥＴＥＳ"),
    ("Cafe Angstrom", "Café Ångström"),
    ("Lodz Oresund", "Łódź Øresund"),
    ("STRASSE", "Straße"),
    ("οδοσ", "Οδός"),
    ("高橋 斎藤 桜井 渡辺", "髙橋 齋藤 櫻井 渡邉"),
    ("アイビーエム", "アイ・ビー・エム"),
    ("soft hyphen", "so\u00adft hy\u200bphen"),
]
#: Words, and all of their terms.
WORDS = {
    "LoadBalancer": "loadbalancer load balancer",
    "HTTPServer": "httpserver http server",
    "k8s": "k8s k 8 s",
    "v18.04": "v18.04 v 18.04 18 04",
    "2.0": "2.0 2 0",
    "C++": "c++ c",
    "C#": "c# c",
    ".NET": ".net net",
    "node.js": "node.js node js",
    "multi-tenant": "multitenant multi tenant",
    "snake_case": "snakecase snake case",
    "I’m": "im i m",
    "コンテナ": "コ ン テ ナ コン ンテ テナ =コンテナ",
    "運用": "運 用 運用",
    "GKE部": "gke 部",
    "𠮷野": "𠮷 野 𠮷野",
    "🎉 \u3000": "",
    "Pub/Sub": "pub sub",
}


@pytest.mark.parametrize(("text", "other"), ALIKE)
def test_what_is_no_difference(text: str, other: str) -> None:
    assert terms(text) - {"ー"} == terms(other) - {"ー"} or fold(normal(text)) == fold(
        normal(other)
    )


@pytest.mark.parametrize("word", WORDS)
def test_the_terms_of_a_word(word: str) -> None:
    assert terms(word) == set(WORDS[word].split())


def test_what_is_another_character_stays_another() -> None:
    words = ("バッチ", "パッチ", "ハッチ", "ビール", "ビル")
    assert len({frozenset(terms(word)) for word in words}) == len(words)


def test_words_are_found_without_their_long_vowels() -> None:
    assert {"サバ", "バレ"} - terms("サーバーレス") == {"サバ"}
    assert "バレ" in terms("サーバーレス")


def test_dates_are_found_by_their_parts() -> None:
    assert [*terms_of_date("2018-04-19")] == ["2018", "=2018-04", "=2018-04-19", "=04-19"]
    assert [*terms_of_date("2018-04")] == ["2018", "=2018-04"]
    assert [*terms_of_date("2018")] == ["2018"]
    assert [*terms_of_date("")] == []


def test_no_form_of_a_character_stands_for_another_form() -> None:
    assert not VARIANTS.keys() & set(VARIANTS.values())


#: Words of カタカナ and ひらがな, and the words in Latin letters that they are.
PAIRS = """
メルカリ mercari  クーベネティス kubernetes  ロードバランサー loadbalancer  サーバー server
コンテナ container  マイグレーション migration  セキュリティ security  ワークフロー workflow
ソフトウェア software  データベース database  エンジニア engineer  プロメテウス prometheus
テラフォーム terraform  ジェンキンス jenkins  リナックス linux  グーグル google
ネットワーク network  オブザーバビリティ observability  デプロイ deploy  シリーズ series
アジャイル agile  デザイン design  フレームワーク framework
ライブラリ library  スレッド thread  キックオフ kickoff  ブラウザ browser
あおやま aoyama  まつもと matsumoto  おおたに otani  たかはし takahashi  じゅんいち junichi
きょうへい kyohei  わたなべ watanabe  ふじわら fujiwara  つだ tsuda  ユーザー user  クエリ query
""".split()


@pytest.mark.parametrize(("kana", "latin"), [*zip(PAIRS[::2], PAIRS[1::2], strict=True)])
def test_a_word_sounds_like_itself_in_the_other_script(kana: str, latin: str) -> None:
    assert sound_of_kana(fold(kana)) in sounds_of_latin(latin)


def test_names_sound_alike_in_either_order_and_by_their_initials() -> None:
    found = {term.partition(":")[2] for term in sounds("Yukihiro Matsumoto", is_name=True)}
    assert {"yukihiro", "yukihiro matsumoto", "matsumoto yukihiro"} <= found
    assert "~DHH:david heinemeier hansson" in set(sounds("David Heinemeier Hansson", is_name=True))
    assert "~LB:load balancer" in set(sounds("type: LoadBalancer"))


def test_small_letters_in_a_text_are_no_names() -> None:
    assert not [*sounds("all of these words, メモ")]


TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs", "Cn"]),
        st.sampled_from("あがパーﾊﾟｶﾞ漢々髙 ・、.+#'’\u3099\u0301aéZ09_-/Ⅳ①㌔ﬁ한ᄒ\u1161\u11abŁß"),
    )
)


@given(TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(normal(text))
    assert fold(normal(once)) == once


@given(TEXT)
def test_terms_need_no_escape_in_a_script(text: str) -> None:
    found = {*terms(text), *sounds(text, is_name=True)}
    assert not set("`$\\\t\n\u2028\u2029") & set("".join(found))


# The scripts have the same rules


SCRIPTS = Path(__file__).parent

InScript = Callable[[str, list[str]], list[list[str]]]


@pytest.fixture(scope="module")
def in_script(node: str) -> Iterator[InScript]:
    """What functions of the scripts make of texts."""
    command = [node, str(SCRIPTS / "terms.mjs")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, answers = process.stdin, process.stdout

        def made_of(name: str, texts: list[str]) -> list[list[str]]:
            asked.write(json.dumps({"name": name, "texts": texts}).encode() + b"\n")
            asked.flush()
            found: list[list[str]] = json.loads(answers.readline())
            return found

        yield made_of


def test_the_script_has_the_same_terms(in_script: InScript) -> None:
    texts = [*WORDS, *(text for pair in ALIKE for text in pair)]
    assert [*map(set, in_script("terms", texts))] == [*map(terms, texts)]


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(TEXT, min_size=20, max_size=60))
def test_the_script_has_the_same_terms_of_any_text(in_script: InScript, texts: list[str]) -> None:
    assert [*map(set, in_script("terms", texts))] == [*map(terms, texts)]


def test_the_script_has_the_same_sounds(in_script: InScript) -> None:
    kana, latin = [fold(word) for word in PAIRS[::2]], PAIRS[1::2]
    assert in_script("sounds", kana) == [[sound_of_kana(word)] for word in kana]
    assert [*map(set, in_script("sounds", latin))] == [{*sounds_of_latin(word)} for word in latin]


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(words=st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=12), min_size=50))
def test_the_script_has_the_same_sounds_of_any_word(in_script: InScript, words: list[str]) -> None:
    assert [*map(set, in_script("sounds", words))] == [{*sounds_of_latin(word)} for word in words]
