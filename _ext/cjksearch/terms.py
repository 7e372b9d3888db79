"""The terms of a text: what an index has lists for, folded so that a query finds what was written.

``static/cjksearch-words.js`` has the same rules for queries; a test compares the two. Words of
Chinese, Japanese and Korean have no spaces between them, and no two programs segment them alike.
So the terms of a run of their characters are

- each character, and each pair of characters: a phrase is where all of its pairs are;
- each word of カタカナ as a whole, behind ``=``: the vocabulary in which a slip is looked up.

Of letters and digits of any other script they are

- each word as it is written, without the signs in it: multi-tenant and multitenant are one;
- its parts: LoadBalancer has load and balancer, v18.04 has 18.04.

Width (NFKC), letter case, accents, whether kana are ひらがな or カタカナ, and which of two forms of
a 漢字 a name is written with, make no difference.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from .variants import VARIANTS

#: Characters that are a term each, after folding: 漢字, 々〇, カタカナ, ー, 注音, 한글.
SINGLE: Final = (
    r"\u3005-\u3007\u3021-\u3029\u3038-\u303b\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f"
    r"\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7a3"
    r"\uf900-\ufaff\U00020000-\U0003fffd"
)
_LETTER: Final = rf"[^\W_{SINGLE}]"
#: Runs of such characters, and words with the signs that are a part of them: C++, node.js, don't.
_RUN: Final = re.compile(rf"[{SINGLE}]+|\.?{_LETTER}+(?:[.'\u2019_-]{_LETTER}+)*[+#]*")
_IS_SINGLE: Final = re.compile(rf"[{SINGLE}]")
_CHARACTERS: Final = re.compile(rf"[{SINGLE}]+")
#: Words within a word: load|Balancer, k|8|s, v|18.04, multi|tenant.
_PARTS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+(?:\.\d+)+|[^\W\d_]+|\d+")
_NUMBERS: Final = re.compile(r"\d+")
#: Signs within a word that may as well not be there, and those around it.
_WITHIN: Final = re.compile(r"['\u2019_-]")
_AROUND: Final = ".+#"
#: A word of カタカナ, long enough that its ー may be left out (JIS Z 8301, annex H).
KATAKANA: Final = re.compile(r"[\u30a1-\u30fa\u30fc]{3,64}")
_LONG: Final = "\u30fc"
#: A word of カタカナ that may be mistyped.
_SHORTEST_WORD: Final = 4
#: ひらがな → カタカナ, letters that no normal form takes apart, and forms of 漢字.
_ALIKE: Final = str.maketrans(
    {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
    | dict(zip(map(ord, "ßςłøđæœẞŁØĐÆŒ"), "ss σ l o d ae oe SS L O D AE OE".split(), strict=True))
    | {ord(form): plain for form, plain in VARIANTS.items()}
)
#: Letters that may have accents, and accents of their own; not those of kana.
_ACCENTED: Final = re.compile(r"[\u00c0-\u1fff\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f]")
#: Between parts of one name: アイ・ビー・エム, 山田 太郎.
_BETWEEN: Final = re.compile(rf"(?<=[{SINGLE}])[\u30fb ](?=[{SINGLE}])")
#: Soft hyphens and such, which nobody sees.
_UNSEEN: Final = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))


def normal(text: str) -> str:
    """Return a text in one width (NFKC), without signs that nobody sees."""
    return unicodedata.normalize("NFKC", text).translate(_UNSEEN)


def fold(text: str) -> str:
    """Return a normal text without the differences that a search ignores, but for letter case."""
    folded = text.translate(_ALIKE)
    if folded.isascii():
        return folded
    return _BETWEEN.sub("", _without_accents(folded))


@lru_cache(maxsize=1 << 12)
def _letter(letter: str) -> str:
    apart = unicodedata.normalize("NFD", letter)
    bare = "".join(one for one in apart if unicodedata.category(one) != "Mn")
    return unicodedata.normalize("NFC", bare)


def _without_accents(text: str) -> str:
    return _ACCENTED.sub(lambda found: _letter(found[0]), text)


def is_single(term: str) -> bool:
    """Return whether a term is a character, or a pair of them."""
    return _IS_SINGLE.match(term) is not None


def runs(folded: str) -> list[str]:
    """Return the runs of a folded text, in its order."""
    return _RUN.findall(folded)


@lru_cache(maxsize=1 << 16)
def forms(word: str) -> frozenset[str]:
    """Return the terms of a word of letters and digits, written with its signs."""
    joined = _WITHIN.sub("", word)
    parts = _PARTS.findall(word)
    numbers = [number for part in parts if "." in part for number in _NUMBERS.findall(part)]
    within = (*parts, *numbers) if len(parts) + len(numbers) > 1 else ()
    found = (joined, joined.strip(_AROUND), *within)
    return frozenset(one.lower() for one in found if one)


def terms(text: str) -> set[str]:
    """Return the terms of a text."""
    text = normal(text)
    folded = fold(text)
    found: set[str] = set()
    for run in runs(folded):
        if _IS_SINGLE.match(run):
            found.update(run)
            found.update(map("".join, pairwise(run)))
        else:
            found |= forms(run)
    for word in KATAKANA.findall(text):
        if len(word) >= _SHORTEST_WORD:
            found.add(f"={word}")
    if _LONG in text:
        # Of サーバーレス, サーバレス has other pairs.
        for run in _CHARACTERS.findall(fold(KATAKANA.sub(_without_long, text))):
            found.update(map("".join, pairwise(run)))
    return found


def _without_long(word: re.Match[str]) -> str:
    return word[0][:2] + word[0][2:].replace(_LONG, "")


def terms_of_date(date: str) -> Iterator[str]:
    """Yield the terms of a date, month or year in ISO 8601: 2018, =2018-04, =2018-04-19, =04-19."""
    if date:
        yield date[:4]
    if len(date) >= len("2018-04"):
        yield f"={date[:7]}"
    if len(date) == len("2018-04-19"):
        yield f"={date}"
        yield f"={date[5:]}"
