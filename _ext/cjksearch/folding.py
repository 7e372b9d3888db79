"""Text → tokens, so that what a reader types meets what an author wrote.

``static/cjksearch-words.js`` has the same rules for what is typed; a test holds the
two together. A token is one of

- a single character of Chinese, Japanese or Korean: words of these languages
  are not told apart by blanks, and no two programs cut them alike;
- a run of letters, or a run of digits, of any other script: ``v2`` is two tokens;
- ``.`` before a letter or digit, ``+`` and ``#`` after one: 2.0, .NET, C++, C#.

Everything else parts tokens and is none. Width (NFKC), letter case, accents,
and whether kana are ひらがな or カタカナ make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

#: Characters that are a token each, after folding: 漢字, 々〇, カタカナ, ー, 注音, 한글.
SINGLE: Final = (
    r"\u3005-\u3007\u3021-\u3029\u3038-\u303b\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f"
    r"\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7a3"
    r"\uf900-\ufaff\U00020000-\U0003fffd"
)
#: Tokens that are no letters: 2.0, C++, C#.
SYMBOLS: Final = ".+#"
#: One character with what is written over, under or after it: か + ゛, e + ´, ｶﾞ.
_CLUSTER: Final = re.compile(
    r"[\u1100-\u11ff]+|(?s:.)[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    r"\u3099\u309a\uff9e\uff9f\ufe00-\ufe0f]*"
)
_TOKEN: Final = re.compile(
    rf"[{SINGLE}]|\d+|[^\W\d_{SINGLE}]+|\.(?=[^\W_])|(?:(?<=[^\W_])|(?<=[^\W_]\+))[+#]"
)
_WORD: Final = re.compile(rf"[^\W\d_{SINGLE}]+")
_APOSTROPHES: Final = re.compile(r"(?<=[^\W\d_])['\u2019](?=[^\W\d_])")
#: ひらがな as カタカナ, and the small letters that have no capital of their own.
_ALIKE: Final = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)} | {
    ord("ß"): "ss",
    ord("ς"): "σ",
}


@lru_cache(maxsize=1 << 14)
def _fold_cluster(cluster: str) -> str:
    folded = unicodedata.normalize("NFKC", cluster).lower().translate(_ALIKE)
    if folded.isascii() or re.search(f"[{SINGLE}]", folded):
        return folded
    bare = "".join(
        character
        for character in unicodedata.normalize("NFD", folded)
        if unicodedata.category(character) != "Mn"
    )
    return unicodedata.normalize("NFC", bare)


def fold(text: str) -> str:
    """The text without the differences that a search looks past.

    Each character is folded with the marks that belong to it, so that a place in
    the folded text can be followed back to the text (the browser marks words so).
    """
    return "".join(map(_fold_cluster, _CLUSTER.findall(text)))


def tokens(text: str) -> list[str]:
    """The tokens of a text, in its order."""
    return _TOKEN.findall(_APOSTROPHES.sub("", fold(text)))


def is_word(token: str) -> bool:
    """Whether a token is a run of letters, which stands for itself."""
    return _WORD.fullmatch(token) is not None


#: A word of カタカナ, long enough that its ー may be left out (JIS Z 8301, annex H). None is
#: longer than this; アーアーアー… for pages would make pages of spellings.
_KATAKANA: Final = re.compile(r"[\u30a1-\u30fa\u30fc]{3,64}")
_LONG: Final = "\u30fc"
#: So much beside such a word is told with it, for phrases that go on.
_BESIDE: Final = 4
_WITHIN_WORD: Final = re.compile(rf"[^\W_{SINGLE}]{{2}}")


def short_spellings(text: str) -> list[str]:
    """Words of カタカナ without a ー that may be left out, or all, and what stands beside them.

    サーバーレスの運用 → サーバレスの運用. ``static/cjksearch-words.js`` tries both spellings of
    what is typed.
    """
    found: dict[str, None] = {}
    for line in unicodedata.normalize("NFKC", text).split("\n"):
        for match in _KATAKANA.finditer(line):
            start, end = _whole_words(line, match.start() - _BESIDE, match.end() + _BESIDE)
            before, after = line[start : match.start()], line[match.end() : end]
            for short in _short_forms(match[0]):
                found[before + short + after] = None
    return list(found)


def _short_forms(word: str) -> list[str]:
    # In マルチユーザー it is the last one that ユーザ lacks.
    places = [place for place in range(2, len(word)) if word[place] == _LONG]
    shorter = [word[:place] + word[place + 1 :] for place in places]
    shortest = word[:2] + word[2:].replace(_LONG, "")
    return [*shorter, shortest] if places else []


def _whole_words(line: str, start: int, end: int) -> tuple[int, int]:
    """The part of a line, without words of letters that go on beyond it."""
    start, end = max(start, 0), min(end, len(line))
    while start and _WITHIN_WORD.match(line, start - 1):
        start += 1
    while _WITHIN_WORD.match(line, end - 1):
        end -= 1
    return start, end
