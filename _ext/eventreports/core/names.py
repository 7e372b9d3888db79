"""Names as people write them: forms to compare and sort them by, typos, placeholders."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sphinxcommon.suggestions import folded

#: In shorter names one letter makes another name; longer ones are no names.
_SHORTEST = 8
_LONGEST = 100
_PLACEHOLDER = re.compile(
    r"\W*(todo|tbd|tba|tbc|fixme|xxx+|未定|未記入|要確認|調整中|[?？]{2,})\W*", re.IGNORECASE
)
#: Legal forms, which follow a company's name after a comma.
_COMPANY_FORM = re.compile(
    r"(inc|incorporated|ltd|limited|llc|co|corp|gmbh|ag|plc|k\.?k)\.?", re.IGNORECASE
)
#: Signs that writers, keyboards and fonts take for one another, and the one that stands for all.
_LOOK_ALIKE = str.maketrans(
    {
        char: plain
        for plain, chars in (
            ("-", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"),
            ("~", "\u223c\u301c\uff5e"),
            ("'", "`\u00b4\u2018\u2019\u201a\u201b\u2032\uff07\uff40"),
            ('"', "\u201c\u201d\u201e\u201f\u2033\uff02"),
            ("\u30fb", "\u00b7\u2022\u22c5"),
        )
        for char in chars
    }
)
#: Characters of no width, which nobody sees: Default_Ignorable_Code_Point of Unicode.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
#: White space; that of full width is seen.
_SPACES = re.compile(r"[^\S\u3000]+")
_BRACKETS = {")": "(", "]": "[", "）": "（", "］": "［", "】": "【", "」": "「"}
#: Small hiragana, and large ones.
_LARGE_KANA = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
#: Letters that no normal form of Unicode takes apart, as their languages write them in ASCII.
_IN_ASCII = str.maketrans(
    dict(zip("łøđðħıŧæœßþ", "l o d d h i t ae oe ss th".split(), strict=True))
)


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


def in_order(name: str) -> tuple[str, str]:
    """Return what Japanese indexes sort a name, or its reading, by: Latin letters, kana, kanji.

    Katakana stand with hiragana, voiced and small kana with others, and ー with the vowel that it
    makes long (JIS X 4061 in short); where all that is equal, as they are written.
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    hiragana = "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in plain)
    large = re.sub("([ぁ-ゖ])(ー+)", _long, hiragana.translate(_LARGE_KANA))
    apart = unicodedata.normalize("NFD", large)
    return re.sub("[\u0300-\u036f\u3099\u309aー]", "", apart), plain


def _long(vowel: re.Match[str]) -> str:
    """Return a kana with the vowel that it ends with, as often as it has ー behind it."""
    # HIRAGANA LETTER BA
    of_kana = dict(zip("AIUEO", "あいうえお", strict=True))
    return vowel[1] + of_kana.get(unicodedata.name(vowel[1])[-1], "") * len(vowel[2])


def initials(name: str) -> str:
    """Return the first letters of a name: MA of Masaya Aoyama; of 山田太郎 the first character."""
    words = [word for word in re.split(r"[\s\u3000]+", name) if word[:1].isalnum()]
    if words and all(_is_in_alphabet(word[0]) for word in words):
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
    return next(filter(str.isalnum, name), name.strip()[:1])


def _is_in_alphabet(letter: str) -> bool:
    """Return whether a letter is a digit, or of a script that has capitals: Latin, Greek, …."""
    return letter.isascii() or letter.lower() != letter.upper()


def ascii_words(text: str) -> list[str]:
    """Return the words of a text in small letters and digits of ASCII: Łukasz Żółć, lukasz zolc."""
    apart = unicodedata.normalize("NFKD", text).lower().translate(_IN_ASCII)
    return re.findall("[a-z0-9]+", re.sub(r"[\u0300-\u036f]", "", apart))


def with_signs_as_words(text: str) -> str:
    """Return a text with words for the signs that part names of the same letters: C, C++, C#."""
    return text.replace("+", " plus ").replace("#", " sharp ")


def composed(text: str) -> str:
    """Return a text in NFC, the Unicode form that nearly all programs write.

    The file system of macOS, and text copied from it, is in NFD.
    """
    return unicodedata.normalize("NFC", text)


def as_seen(text: str) -> str:
    """Return a text without what nobody can see in it, to compare it with another.

    That is: characters of no width, kinds of spaces, and the kinds of dashes and quotes, of which
    typography and copying make one another.
    """
    plain = _SPACES.sub(" ", _UNSEEN.sub("", text.translate(_LOOK_ALIKE)))
    return re.sub("-+", "-", plain.strip())


@lru_cache(maxsize=16384)
def comparable(name: str) -> str:
    """Return a name as it is seen, in NFKC, to compare names that differ in widths alone."""
    return as_seen(unicodedata.normalize("NFKC", as_seen(name)))


def without_spaces(text: str) -> str:
    """Return a heading as it is compared: without case, white space and what nobody sees."""
    return "".join(comparable(text).casefold().split())


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
        if earlier is not None and _may_be_meant(name, earlier):
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


def _may_be_meant(one: str, other: str) -> bool:
    """Return whether of two similar names one may be a typo of the other.

    “Rails 6” and “Rails 7” are not similar, and nobody can see how names that look alike differ.
    """
    digits, others = (re.findall(r"\d", folded(name)) for name in (one, other))
    return digits == others and as_seen(one) != as_seen(other)


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
