"""Tokens of a text, folded so that a query matches what an author wrote.

``static/cjksearch-words.js`` has the same rules for queries; a test compares the two. A token is

- a single character of Chinese, Japanese or Korean: words of these languages have no spaces
  between them, and no two programs segment them alike;
- a run of letters, or a run of digits, of any other script: ``v2`` is two tokens;
- ``.`` before a letter or digit, ``+`` and ``#`` after one: 2.0, .NET, C++, C#.

Everything else separates tokens. Width (NFKC), letter case, accents, and whether kana are ひらがな
or カタカナ make no difference.
"""

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
#: Tokens that are symbols: 2.0, C++, C#.
SYMBOLS: Final = ".+#"
#: A character with its combining marks: か + ゛, e + ´, ｶﾞ.
_CLUSTER: Final = re.compile(
    r"[\u1100-\u11ff]+|(?s:.)[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    r"\u3099\u309a\uff9e\uff9f\ufe00-\ufe0f]*"
)
_TOKEN: Final = re.compile(
    rf"[{SINGLE}]|\d+|[^\W\d_{SINGLE}]+|\.(?=[^\W_])|(?:(?<=[^\W_])|(?<=[^\W_]\+))[+#]"
)
_WORD: Final = re.compile(rf"[^\W\d_{SINGLE}]+")
_APOSTROPHES: Final = re.compile(r"(?<=[^\W\d_])['\u2019](?=[^\W\d_])")
#: ひらがな → カタカナ, and small letters that have no capital of their own.
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
    """Return the text without the differences that a search ignores.

    Each character is folded with its combining marks, so that positions in the folded text can be
    mapped to the text, as browsers do to highlight words.
    """
    return "".join(map(_fold_cluster, _CLUSTER.findall(text)))


def tokens(text: str) -> list[str]:
    """Return the tokens of a text, in its order."""
    return _TOKEN.findall(_APOSTROPHES.sub("", fold(text)))


def is_word(token: str) -> bool:
    """Return whether a token is a run of letters."""
    return _WORD.fullmatch(token) is not None


#: A word of カタカナ, long enough that its ー may be left out (JIS Z 8301, annex H). Longer runs
#: are no words, and would have as many spellings as characters.
_KATAKANA: Final = re.compile(r"[\u30a1-\u30fa\u30fc]{3,64}")
_LONG: Final = "\u30fc"
#: Characters before and after such a word that are repeated with it, for phrases.
_BESIDE: Final = 4
_WITHIN_WORD: Final = re.compile(rf"[^\W_{SINGLE}]{{2}}")


def short_spellings(text: str) -> list[str]:
    """Return the words of カタカナ without one ー, and without all, with their context.

    サーバーレスの運用 → サーバレスの運用. ``static/cjksearch-words.js`` searches for both spellings
    of a query.
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
    # Each by itself: マルチユーザー becomes マルチユーザ.
    places = [place for place in range(2, len(word)) if word[place] == _LONG]
    shorter = [word[:place] + word[place + 1 :] for place in places]
    shortest = word[:2] + word[2:].replace(_LONG, "")
    return [*shorter, shortest] if places else []


def _whole_words(line: str, start: int, end: int) -> tuple[int, int]:
    """Narrow a range of a line to words of letters that are in it as a whole."""
    start, end = max(start, 0), min(end, len(line))
    while start and _WITHIN_WORD.match(line, start - 1):
        start += 1
    while _WITHIN_WORD.match(line, end - 1):
        end -= 1
    return start, end
