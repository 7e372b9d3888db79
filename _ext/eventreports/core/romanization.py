"""Japanese in Latin letters: one form for all ways in which a word in kana is romanized."""

import re
import unicodedata
from typing import Final

from .names import ascii_words

#: Hepburn, Kunrei and what people write, as Kunrei has it (ISO 3602); long vowels are short.
_SPELLINGS: Final = (
    (r"cch|tch", "tty"),
    (r"sh", "sy"),
    (r"ch", "ty"),
    (r"dz?u", "zu"),
    (r"di|ji", "zi"),
    (r"jy?", "zy"),
    (r"dy", "zy"),
    (r"ts", "t"),
    (r"f", "h"),
    (r"yy", "y"),
    (r"yi", "i"),
    (r"m(?=[bmp])", "n"),
    (r"nn", "n"),
    (r"o(?:[ou]|h(?![aiueoy]))+", "o"),
    (r"([aiue])\1+", r"\1"),
)
_KANA: Final = re.compile(r"[\u3041-\u30ffー]+")
#: A word of syllables that Japanese has, in any romanization.
_ROMANIZED: Final = re.compile(
    r"((cch|tch|ssh|tts|[kgsztdnhbpmrj]y|sh|shy|ch|ts|kk|ss|tt|pp|[kgsztdnhbpmrjfyw])?[aiueo]+"
    r"(h(?![aiueoy]))?|n(?![aiueo])|m(?=[bmp]))+"
)


def romanized(text: str) -> list[str]:
    """Return the words of a name or reading in one romanization; none if it is not Japanese.

    :param text: In kana, or in Latin letters as they romanize kana.
    :returns: The words, in small letters of ASCII.
    """
    words = unicodedata.normalize("NFKC", text).replace("・", " ").split()
    if words and all(map(_KANA.fullmatch, words)):
        return [_folded(_latin(word)) for word in words]
    words = ascii_words(re.sub("['’-]", "", text))
    return [_folded(word) for word in words] if all(map(_ROMANIZED.fullmatch, words)) else []


def _latin(kana: str) -> str:
    """Return a word in kana in the Latin letters of the names that Unicode has for them."""
    said = ""
    is_doubled = False
    for char in kana:
        name = unicodedata.name(char, "").split()
        sound = name[-1].lower() if char.isalpha() and char != "ー" else ""
        is_small = "SMALL" in name
        if is_small and sound == "tu":
            is_doubled = True
            continue
        if is_small and said[-1:] in ("i", "u", "e", "o") and sound[:1] in "yaiueo":
            said = said[:-1]
        said += (sound[:1] if is_doubled else "") + sound
        is_doubled = False
    return said


def _folded(word: str) -> str:
    for spelling, one in _SPELLINGS:
        word = re.sub(spelling, one, word)
    return word
