"""Text → tokens: what is no difference to a search, and what is; the same here and in browsers."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cjksearch.folding import fold, is_word, short_spellings, tokens

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


# The scripts have the same rules


SCRIPTS = Path(__file__).parent

InScript = Callable[[list[str]], list[list[str]]]


@pytest.fixture(scope="module")
def in_script(node: str) -> Iterator[InScript]:
    """The tokens of texts as ``cjksearch-words.js`` makes them."""
    command = [node, str(SCRIPTS / "tokens.mjs")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, answers = process.stdin, process.stdout

        def tokens_of(texts: list[str]) -> list[list[str]]:
            asked.write(json.dumps(texts).encode() + b"\n")
            asked.flush()
            found: list[list[str]] = json.loads(answers.readline())
            return found

        yield tokens_of


def test_the_script_has_the_same_tokens(in_script: InScript) -> None:
    assert in_script([*TOKENS]) == [tokens(text) for text in TOKENS]


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(TEXT, min_size=20, max_size=60))
def test_the_script_has_the_same_tokens_of_any_text(in_script: InScript, texts: list[str]) -> None:
    assert in_script(texts) == [tokens(text) for text in texts]


@pytest.mark.parametrize("script", sorted(SCRIPTS.glob("*.test.mjs")), ids=lambda path: path.name)
def test_scripts(node: str, script: Path) -> None:
    done = subprocess.run([node, "--test", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
