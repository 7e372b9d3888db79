"""Names as people write them: which are the same, and which are nearly so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

#: In a shorter name one letter makes another name; a longer one is none.
_SHORTEST = 6
_LONGEST = 100
_PLACEHOLDER = re.compile(
    r"\W*(todo|tbd|tba|tbc|fixme|xxx+|未定|未記入|要確認|調整中|[?？]{2,})\W*", re.IGNORECASE
)
#: What follows a company's name after a comma, and is none by itself.
_COMPANY_FORM = re.compile(
    r"(inc|incorporated|ltd|limited|llc|co|corp|gmbh|ag|plc|k\.?k)\.?", re.IGNORECASE
)
_BRACKETS = {")": "(", "]": "[", "）": "（", "］": "［", "】": "【", "」": "「"}


def initial(name: str) -> str | None:
    """Under which sign a name stands in an index, where that is not its first letter.

    Those that are written in kanji stand together: each would have a sign of its own.
    """
    first = unicodedata.normalize("NFKC", name.strip())[:1]
    if "\u3041" <= first <= "\u30ff":
        # Katakana with hiragana, voiced with unvoiced.
        kana = unicodedata.normalize("NFD", first)[0]
        return chr(ord(kana) - 0x60) if "\u30a1" <= kana <= "\u30f6" else kana
    return "漢" if unicodedata.name(first, "").startswith("CJK") else None


def composed(text: str) -> str:
    """The text with each letter and its marks in one (NFC): as nearly all programs write it.

    The file system of macOS, and what is copied from it, parts them.
    """
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=4096)
def comparable(name: str) -> str:
    """What names have in common that differ in their form of Unicode alone (NFKC)."""
    return unicodedata.normalize("NFKC", name)


def folded(name: str) -> str:
    """What two names have in common that differ in widths, capitals and blanks alone."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"\s+", " ", plain).strip()


def similar(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs (later, earlier) of names that differ, but in one letter at most.

    A letter left out, added or changed is found by what is left when one is
    taken out of each (the deletion neighbourhood of SymSpell): the cost grows
    with the number of names, not with that of pairs.
    """
    seen: dict[str, str] = {}
    for name in dict.fromkeys(names):
        plain = folded(name)
        keys = [plain, plain.replace(" ", ""), *_shortened(plain)]
        earlier = next((seen[key] for key in keys if key in seen), None)
        if earlier is not None and not _differ_in_digits(name, earlier):
            yield name, earlier
        for key in keys:
            seen.setdefault(key, name)


def is_typo_of(word: str, known: str) -> bool:
    """Return whether a word is another one, but for case, width and one typo at most.

    That is a letter too few, too many or another, or two that changed places.
    """
    one, other = folded(word), folded(known)
    while one and one[:1] == other[:1]:
        one, other = one[1:], other[1:]
    is_swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:] or is_swapped


def _shortened(name: str) -> Iterator[str]:
    if _SHORTEST <= len(name) <= _LONGEST:
        yield from (name[:at] + name[at + 1 :] for at in range(len(name)))


def _differ_in_digits(one: str, other: str) -> bool:
    """“Rails 6” and “Rails 7” are two things."""
    return re.findall(r"\d", folded(one)) != re.findall(r"\d", folded(other))


def is_placeholder(name: str) -> bool:
    """Whether it only keeps the place of a name: TODO, TBD, 未定."""
    return bool(_PLACEHOLDER.fullmatch(name))


def is_company_form(name: str) -> bool:
    """Whether it is no name but the end of one: Inc., Ltd."""
    return bool(_COMPANY_FORM.fullmatch(name))


def is_balanced(text: str) -> bool:
    """Whether each bracket has its counterpart (of any width: （…) is fine)."""
    open_brackets: list[str] = []
    for char in unicodedata.normalize("NFKC", text):
        if char in _BRACKETS.values():
            open_brackets.append(char)
        elif char in _BRACKETS and (not open_brackets or open_brackets.pop() != _BRACKETS[char]):
            return False
    return not open_brackets
