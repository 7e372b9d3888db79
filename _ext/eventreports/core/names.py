"""Names as people write them: forms to compare and sort them by, typos, placeholders."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sphinxcommon.suggestions import folded

#: In shorter names one letter makes another name; longer ones are no names.
_SHORTEST = 6
_LONGEST = 100
_PLACEHOLDER = re.compile(
    r"\W*(todo|tbd|tba|tbc|fixme|xxx+|未定|未記入|要確認|調整中|[?？]{2,})\W*", re.IGNORECASE
)
#: Legal forms, which follow a company's name after a comma.
_COMPANY_FORM = re.compile(
    r"(inc|incorporated|ltd|limited|llc|co|corp|gmbh|ag|plc|k\.?k)\.?", re.IGNORECASE
)
_BRACKETS = {")": "(", "]": "[", "）": "（", "］": "［", "】": "【", "」": "「"}


def initial(name: str) -> str | None:
    """Return the heading under which an index has a name, if that is not its first letter.

    Names in kanji share one heading: nearly each would have its own.
    """
    first = unicodedata.normalize("NFKC", name.strip())[:1]
    if "\u3041" <= first <= "\u30ff":
        # Katakana with hiragana, voiced with unvoiced.
        kana = unicodedata.normalize("NFD", first)[0]
        return chr(ord(kana) - 0x60) if "\u30a1" <= kana <= "\u30f6" else kana
    return "漢" if unicodedata.name(first, "").startswith("CJK") else None


def composed(text: str) -> str:
    """Return a text in NFC, the Unicode form that nearly all programs write.

    The file system of macOS, and text copied from it, is in NFD.
    """
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=4096)
def comparable(name: str) -> str:
    """Return a name in NFKC, to compare names that differ in their Unicode form alone."""
    return unicodedata.normalize("NFKC", name)


def similar(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Find pairs (later, earlier) of different names that differ in one letter at most.

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
    """Return whether a word is a known one, apart from case, width and one typo at most.

    A typo is a letter too few, too many or another, or two that have changed places.
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
    """Return whether two names have different digits: “Rails 6” and “Rails 7” are not similar."""
    return re.findall(r"\d", folded(one)) != re.findall(r"\d", folded(other))


def is_placeholder(name: str) -> bool:
    """Return whether a name is a placeholder: TODO, TBD, 未定."""
    return bool(_PLACEHOLDER.fullmatch(name))


def is_company_form(name: str) -> bool:
    """Return whether a name is a legal form alone: Inc., Ltd."""
    return bool(_COMPANY_FORM.fullmatch(name))


def is_balanced(text: str) -> bool:
    """Return whether each bracket has its counterpart, of any width: （…) is balanced."""
    open_brackets: list[str] = []
    for char in unicodedata.normalize("NFKC", text):
        if char in _BRACKETS.values():
            open_brackets.append(char)
        elif char in _BRACKETS and (not open_brackets or open_brackets.pop() != _BRACKETS[char]):
            return False
    return not open_brackets
