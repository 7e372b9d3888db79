"""Text → tokens: what is no difference to a search, and what is; the same here and in browsers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cjksearch
from cjksearch.folding import fold, is_word, short_spellings, tokens

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STATIC = Path(cjksearch.__file__).parent / "static"

#: Texts and their tokens, a blank between them.
TOKENS = {
    "コンテナ基盤": "コ ン テ ナ 基 盤",
    "ｺﾝﾃﾅ": "コ ン テ ナ",
    "こんてな": "コ ン テ ナ",
    "バッチ": "バ ッ チ",
    "ﾊﾟｯﾁ": "パ ッ チ",
    "か\u3099": "ガ",
    "々〇ー": "々 〇 ー",
    "サイボウズ・ラボ、東京。": "サ イ ボ ウ ズ ラ ボ 東 京",
    "株式会社㈱": "株 式 会 社 株",
    "한국어": "한 국 어",
    "Kubernetes": "kubernetes",
    "ＧＫＥ": "gke",
    "Café Ångström": "cafe angstrom",
    "Ｉ’m don't": "im dont",
    "k8s": "k 8 s",
    "v18.04": "v 18 . 04",
    "Rancher2.0": "rancher 2 . 0",
    "C++ C# .NET node.js": "c + + c # . net node . js",
    "A+B 1 + 1": "a + b 1 1",
    "Pub/Sub scale-out snake_case": "pub sub scale out snake case",
    "End. Begin… #tag": "end begin tag",
    "第２回GKE部": "第 2 回 gke 部",
    "🎉 \u200b\u3000": "",
    "𠮷野家": "𠮷 野 家",
    "STRASSE Straße": "strasse strasse",
    "ΟΔΟΣ Οδός": "οδοσ οδοσ",
}


@pytest.mark.parametrize("text", TOKENS)
def test_tokens(text: str) -> None:
    assert tokens(text) == TOKENS[text].split()


def test_what_is_another_character_stays_another() -> None:
    assert (
        len({tuple(tokens(word)) for word in ("バッチ", "パッチ", "ハッチ", "ビール", "ビル")}) == 5
    )


def test_words_are_runs_of_letters() -> None:
    assert [word for word in ("gke", "2", "漢", "ー", "+", "é") if is_word(word)] == ["gke", "é"]


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("サーバー", ["サーバ"]),
        ("社内サーバー運用の話", ["社内サーバ運用の話"]),
        ("サーバーレス", ["サーバレス"]),
        ("クラウドサーバーレス", ["クラウドサバーレス", "クラウドサーバレス", "クラウドサバレス"]),
        ("マルチユーザー環境", ["マルチユザー環境", "マルチユーザ環境", "マルチユザ環境"]),
        ("データ、ビール、キー", []),
        ("ｻｰﾊﾞｰ", ["サーバ"]),
        ("abサーバーcd", ["abサーバcd"]),
        ("of Kubernetesサーバーmonitoring", ["サーバ"]),
        ("前の行\nサーバー\n次の行", ["サーバ"]),
    ],
)
def test_spellings_without_the_long_vowels_that_may_go(text: str, short: list[str]) -> None:
    assert short_spellings(text) == short


TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs", "Cn"]),
        st.sampled_from("あがパーﾊﾟｶﾞ漢々 ・、.+#'’\u3099\u0301aéZ09_-/Ⅳ①㌔ﬁ한ᄒ\u1161\u11ab"),
    )
)


@given(TEXT)
def test_folding_twice_is_folding_once_and_tokens_are_clean(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    for token in tokens(text):
        assert token.isalnum() or token in ".+#"
        assert tokens(token) == [token] or token in ".+#"


@pytest.fixture(scope="module")
def words(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.evaluate("window.cjksearch = {}")
    page.add_script_tag(path=STATIC / "cjksearch-words.js")
    yield page
    page.close()


def in_browser(page: Page, texts: list[str]) -> list[list[str]]:
    found: list[list[str]] = page.evaluate("texts => texts.map(cjksearch.words.texts)", texts)
    return found


@pytest.mark.browser
def test_a_browser_has_the_same_tokens(words: Page) -> None:
    texts = [*TOKENS]
    assert in_browser(words, texts) == [tokens(text) for text in texts]


@pytest.mark.browser
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(TEXT, min_size=20, max_size=60))
def test_a_browser_has_the_same_tokens_of_any_text(words: Page, texts: list[str]) -> None:
    assert in_browser(words, texts) == [tokens(text) for text in texts]


@pytest.mark.browser
def test_a_browser_tells_where_tokens_stand(words: Page) -> None:
    text = "ｶﾞ𠮷ﬁ㌔e\u0301"
    found = words.evaluate("text => cjksearch.words.tokens(text)", text)
    units = [text.encode("utf-16-le")[2 * one["start"] : 2 * one["end"]] for one in found]
    said = [(one["text"], unit.decode("utf-16-le")) for one, unit in zip(found, units, strict=True)]
    assert said == [
        ("ガ", "ｶﾞ"),
        ("𠮷", "𠮷"),
        ("fi", "ﬁ"),
        ("キ", "㌔"),
        ("ロ", "㌔"),
        ("e", "e\u0301"),
    ]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("コンテナ", "ｺﾝﾃﾅ基盤のこんてな", ["ｺﾝﾃﾅ", "こんてな"]),
        ("kube", "Kubernetes, not cube", ["Kubernetes"]),
        ('"kube"', "Kubernetes, Kube", ["Kube"]),
        ("GKEバッチ", "GKEのバッチ", ["GKE", "バッチ"]),
        ("GKEバッチ", "GKEバッチ", ["GKEバッチ"]),
        ("サーバーレス", "サーバレスとサーバ", ["サーバレス"]),
        ("サーバレス", "サーバーレスなサーバー", ["サーバーレス"]),
        ("サーバー", "サーバとサーバー", ["サーバ", "サーバ"]),
        ("さーばー", "サーバとサーバー", ["サーバ", "サーバ"]),
        ("さーばーれすの", "サーバレスの運用", ["サーバレスの"]),
        ("FaaS", "サーバレスとサーバーレス", ["サーバレス", "サーバーレス"]),
        ("サーバレス", "FaaS", ["FaaS"]),
        ("さーばれす", "FaaS", ["FaaS"]),
        ("2.0 C++", "12.0, 2.0; C, C++", ["2.0", "C++"]),
        ("k8s", "Kubernetes and K8s", ["Kubernetes", "K8s"]),
        ("バッチ", "パッチ", []),
    ],
)
def test_marks(words: Page, query: str, text: str, marked: list[str]) -> None:
    said = words.evaluate(
        """([query, text]) => {
            const asked = cjksearch.words.parse(query, [
                ["Kubernetes", "k8s"],
                ["サーバーレス", "FaaS"],
            ]);
            return cjksearch.words.marks(text, asked).map(([a, b]) => text.slice(a, b));
        }""",
        [query, text],
    )
    assert said == marked
