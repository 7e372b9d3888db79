"""Words that sound alike in カタカナ and in Latin letters: メルカリ, Mercari; あおやま, Aoyama.

``static/cjksearch-sounds.js`` has the same rules for queries; a test compares the two. A word's
sound is the sequence of its consonants, as far as カタカナ tells them apart: l is r, v is b, and
vowels count only where the word begins with one. Kana are read as Hepburn romanizes them (ISO 3602
has the same consonants but for a few). A term of a sound is ``~SOUND:WORD``, with blanks between
the words within a word: a query's word leads to all words of the site with its sound, whichever
script each is in; how near they are is for the browser to tell.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, permutations
from typing import Final

from .terms import fold, normal

#: Consonants of kana by the vowel's row: each syllable of a row is the consonant and a vowel.
_ROWS: Final = {
    "": "アイウエオ", "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サシスセソ", "z": "ザジズゼゾ",
    "t": "タチツテト", "d": "ダヂヅデド", "n": "ナニヌネノ", "h": "ハヒフヘホ", "b": "バビブベボ",
    "p": "パピプペポ", "m": "マミムメモ", "r": "ラリルレロ",
}  # fmt: skip
_SYLLABLES: Final = {
    kana: f"{consonant}{vowel}"
    for consonant, row in _ROWS.items()
    for kana, vowel in zip(row, "aiueo", strict=True)
} | dict(zip("ヤユヨワヲンヴ", "ya yu yo wa o n bu".split(), strict=True))
#: Small vowels replace the one before them: ティ ti, ファ fa, ウェ we.
_SMALL: Final = dict(zip("ァィゥェォャュョヮ", "a i u e o a u o a".split(), strict=True))
_KANA: Final = re.compile(r"[\u30a1-\u30f4\u30fc]+")
#: What Latin letters sound like in カタカナ, the longest first; some in two ways.
_LATIN: Final = {
    spelled: heard.split("/")
    for spelled, heard in (
        line.split()
        for line in """
        tch t
        sch sk
        ck k
        ch t/k
        sh s
        ph h
        th s/t
        wh w
        qu ku
        gh -
        dg s
        ts t
        x ks
        """.splitlines()
        if line.strip()
    )
}
#: Consonants that are one to this.
_CLASSES: Final = str.maketrans("gzdbvfjlmcq", "kstpphsrnkk")
_VOWELS: Final = "aeiou"
#: Letters that are heard or not, or in another way: g before e, i and y; r behind a vowel.
_AMBIGUOUS: Final = ((r"g(?=[eiy])", "s"), (r"(?<=[aeiou])r(?![aeiouy]|$)|(?<=[aeiou])re?$", ""))
#: The fewest consonants that tell a word from others.
_FEWEST: Final = 2
_SHORTEST: Final = 3
#: So many sounds of two words are enough.
_MOST: Final = 8
#: Names have so many words, in either order.
_MOST_NAMES: Final = 4
_WORDS: Final = re.compile(r"[A-Za-z]{3,}")
#: Words within a word: Cyber|Agent.
_PARTS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def romaji(kana: str) -> str:
    """Return カタカナ in Latin letters, long vowels as ``-``; ッ is left out."""
    said = ""
    for sign in kana:
        if sign == "ー":
            said += "-"
        elif sign in _SMALL:
            # ウィ is wi, and of キャ the y is heard in no other script.
            is_glide = said[-1:] == "u" and said[-2:-1] in ("", *_VOWELS)
            said = f"{said[:-1]}{'w' if is_glide else ''}{_SMALL[sign]}"
        else:
            said += _SYLLABLES.get(sign, "")
    return said


@lru_cache(maxsize=1 << 15)
def sound_of_kana(kana: str) -> str:
    """Return the sound of a word in カタカナ."""
    return _skeleton(romaji(kana).replace("-", "").translate(_CLASSES))


@lru_cache(maxsize=1 << 15)
def sounds_of_latin(word: str) -> tuple[str, ...]:
    """Return the sounds that a word in small Latin letters may have.

    An r behind a vowel is heard in Mercari, and not in server; g and c differ before e, i and y.
    """
    ways = _ways(_heard(word))
    found = dict.fromkeys(_skeleton(said.translate(_CLASSES)) for said in ways)
    return tuple(one for one in found if len(one) >= _FEWEST)


def _heard(word: str) -> str:
    """Return a word without letters that nobody hears, and with s for c where it is one."""
    word = re.sub(r"^[kg]n", "n", re.sub(r"^wr", "r", word))
    word = re.sub(r"gn$", "n", re.sub(r"mb$", "m", word))
    word = re.sub(r"(?<=[aeiou])h(?![aeiou])", "", word)
    word = re.sub(r"[tcs]i(?=[ao])", "s", word)
    return re.sub(r"c(?=[eiy])", "s", word)


def _ways(word: str) -> list[str]:
    """Return how a word may be heard."""
    ways = [word]
    for pattern, heard in _AMBIGUOUS:
        ways += [re.sub(pattern, heard, one) for one in ways if re.search(pattern, one)]
    for spelled, sounds_like in _LATIN.items():
        ways = [
            one.replace(spelled, heard.strip("-"))
            for one in ways
            for heard in (sounds_like if spelled in one else sounds_like[:1])
        ]
    return ways


def _skeleton(said: str) -> str:
    """Return the consonants of what is said, and a for a vowel at its beginning."""
    # As consonants y and w stand before a vowel; y behind no other consonant, nor before u.
    said = re.sub(r"y(?=u|[^aeiou]|$)|(?<=[^aeiou])y", "i", re.sub(r"w(?![aeiou])", "u", said))
    first = "a" if said[:1] in _VOWELS and said else ""
    return first + re.sub(r"[aeiou]+", "", re.sub(r"([^aeiou])\1+", r"\1", said))


def sounds(text: str, *, is_name: bool = False) -> Iterator[str]:
    """Yield the terms of the sounds of a text's words.

    :param text: The text.
    :param is_name: Whether its words are names, of whatever letters. In other texts words in Latin
        letters count if they have a capital, and words in ひらがな do not.
    :yields: The terms.
    """
    written = normal(text)
    kana = fold(written) if is_name else written
    for word in _KANA.findall(kana):
        if len(word) >= _SHORTEST and len(sound := sound_of_kana(word)) >= _FEWEST:
            yield f"~{sound}:{word}"
    for line in fold(written).split("\n"):
        words = [word for word in _WORDS.findall(line) if is_name or not word.islower()]
        for word in words:
            parts = _PARTS.findall(word)
            initials = [_initials(parts)] if len(parts) > 1 else []
            for sound in (*_sounds_of(word), *initials):
                yield f"~{sound}:{' '.join(parts).lower()}"
        if is_name:
            yield from _of_several(words)


def _of_several(words: Sequence[str]) -> Iterator[str]:
    """Yield the terms of words that stand together: as they are said, and of their initials."""
    is_person = len(words) <= _MOST_NAMES
    pairs = permutations(words, 2) if is_person else pairwise(words)
    for one, other in pairs:
        for sound in _joined(_sounds_of(one), _sounds_of(other)):
            yield f"~{sound}:{one.lower()} {other.lower()}"
    for count in range(2, _MOST_NAMES + 1):
        for first in range(len(words) - count + 1):
            some = words[first : first + count]
            yield f"~{_initials(some)}:{' '.join(some).lower()}"


def _initials(words: Sequence[str]) -> str:
    """Return the initials of words, in capitals: sounds are in small letters."""
    return "".join(word[0] for word in words).upper()


@lru_cache(maxsize=1 << 15)
def _sounds_of(word: str) -> tuple[str, ...]:
    """Return the sounds of a word as it is written; words within it are heard by themselves."""
    parts = _PARTS.findall(word)
    sounds = sounds_of_latin(parts[0].lower()) if parts else ()
    for part in parts[1:]:
        sounds = _joined(sounds, sounds_of_latin(part.lower()))
    return sounds


def _joined(sounds: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sounds of two words that are one in カタカナ."""
    found = (f"{one}{other.removeprefix('a')}" for one in sounds for other in others)
    return tuple(dict.fromkeys(found))[:_MOST]
