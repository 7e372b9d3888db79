"""Phrases of Japanese, between which a title may break into lines."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from .east_asian import columns_in, columns_of

if TYPE_CHECKING:
    from budoux import Parser

_JAPANESE: Final = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
#: What no line begins with, or ends with.
_CLOSING: Final = re.compile(
    r"[、。，．,.・:;：；!?！？)）\]］}｝」』】〉》〕”’\"'…‥ー々ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％%]"
)
_OPENING: Final = re.compile(r"[(（\[［{｛「『【〈《〔“‘#＃$￥¥]$")
#: Marks that open and close alike: 〜入門〜. Before a wave that opens a line may end.
_ALIKE: Final = re.compile(r"[~〜～\"']")
_WAVE: Final = re.compile(r"(?<! )[~〜～]")
#: Within words and numbers of other scripts, and between a numeral and what it counts.
_WORD: Final = re.compile(r"[!-~][!-~]|第[0-9０-９]|[0-9０-９][年月日時分秒回章部個人名件社倍版]")
#: Particles of several words: における, に関する, について, によって, としての.
_PARTICLE: Final = re.compile(
    r"に(おけ|おい|対[しす]|たいし|関[しす]|かんし|つい|よ[るっりれ]|とっ|わた[るっ]|際し|基づ|向け)|とし"
)
#: One kanji alone is a part of the word that goes on: 見|聞き.
_KANJI: Final = re.compile(r"[\u3400-\u9fff]")
#: Where a phrase that is too wide may be parted: Kubernetes|セキュリティ.
_SCRIPTS: Final = re.compile(r"(?<=[A-Za-z0-9])(?=[ァ-ヺ]{4})")
_TOO_WIDE: Final = 24
#: Behind a blank.
_AT_BLANKS: Final = re.compile(r"(?<= )(?! )")


def phrases(text: str) -> tuple[str, ...]:
    """Return the phrases of a text, between which a line may end.

    They are those that BudouX finds, but for places where a line would begin or end with a mark
    that may not stand there, or where a word or a particle would be torn apart. Blanks within a
    phrase are not looked at: there lines may end as always.

    :param text: The text.
    :returns: Its parts; one, if it is not Japanese.
    """
    # A text that is a node would keep its whole document in memory.
    return _phrases(str(text))


@lru_cache(maxsize=4096)
def _phrases(text: str) -> tuple[str, ...]:
    if not _JAPANESE.search(text):
        return (text,) if text else ()
    found: list[str] = []
    at = 0
    for part in _with_openings(text, _parser().parse(text)):
        if found and _is_one(text, at, found[-1], part):
            found[-1] += part
        else:
            found.append(part)
        at += len(part)
    return tuple(
        part
        for phrase in found
        for part in (_SCRIPTS.split(phrase) if columns_in(phrase) > _TOO_WIDE else (phrase,))
    )


def shortened(text: str, columns: int) -> str:
    """Return a text, or its beginning and a mark of omission, if it is too wide.

    :param text: The text.
    :param columns: How many columns it may take; a letter of Japanese takes two.
    :returns: What has room.
    """
    if _room(text, columns) == len(text):
        return text
    kept = ""
    left = columns
    words = (word for part in phrases(text[: columns + 1]) for word in _AT_BLANKS.split(part))
    for word in words:
        left -= columns_in(word)
        if left <= 0:
            break
        kept += word
    kept = kept or text[: _room(text, columns - 1)]
    return f"{kept.rstrip(' 、，,')}…"


def _room(text: str, columns: int) -> int:
    """Return how many of the characters of a text have room in so many columns."""
    for at, character in enumerate(text):
        columns -= columns_of(character)
        if columns < 0:
            return at
    return len(text)


def _with_openings(text: str, parts: Iterable[str]) -> Iterator[str]:
    """Yield parts of a text, of which one begins where a mark opens: 入門|〜はじめの|一歩〜."""
    at = 0
    for part in parts:
        inner = (mark.start() for mark in _WAVE.finditer(part, 1))
        ends = [end for end in inner if _opens(text, at + end)]
        for start, end in pairwise((0, *ends, len(part))):
            yield part[start:end]
        at += len(part)


def _is_one(text: str, at: int, before: str, part: str) -> bool:
    """Return whether a part, at an index of the text, belongs to the phrase before it."""
    first = part[0]
    if _ALIKE.match(first):
        return not _opens(text, at)
    joint = before[-1] + first
    particle = next(_PARTICLE.finditer(before[-1] + part), None)
    return bool(
        first == " "
        or _CLOSING.match(first)
        or _OPENING.search(before)
        or (_ALIKE.match(before[-1]) and _opens(text, at - 1))
        or _WORD.match(joint)
        or (_KANJI.fullmatch(before) and _KANJI.match(first))
        or (particle and particle.start() == 0)
    )


def _opens(text: str, at: int) -> bool:
    """Return whether a mark that opens and closes alike opens: “〜入門〜”, but not “10〜20”."""
    before, mark, after = text[:at], text[at], text[at + 1 :]
    if not before or before[-1] == " ":
        return after[:1] != " "
    return not before[-1].isdecimal() and before.count(mark) % 2 == 0 and mark in after


@cache
def _parser() -> "Parser":
    # What it imports to read HTML takes as long as a small page to build.
    from budoux import load_default_japanese_parser

    return load_default_japanese_parser()
