"""Random texts in Japanese and English, the same ones each time."""

import random
from collections.abc import Sequence
from typing import Final

_JOINTS: Final = ("の", "は", "を", "に", "が", "で", "と", "する", "した", "、", "。", "。\n")
_SYLLABLES: Final = [one + other for one in "bcdfghjklmnprstvwz" for other in "aeiou"]


class Words:
    """Words of 漢字, カタカナ and Latin letters, a few of them frequent.

    :param count: How many.
    """

    def __init__(self, count: int = 6000) -> None:
        chance = random.Random(1)
        # A few characters are in many words, too.
        kanji = [chr(code) for code in chance.sample(range(0x4E00, 0x9FA0), 1500)]
        kana = [chr(code) for code in range(0x30A2, 0x30F3)] + ["ー", "ン"] * 4
        common = [1 / (rank + 20) for rank in range(len(kanji))]
        found: dict[str, None] = {}
        while len(found) < count:
            kind = chance.random()
            if kind < 0.5:
                word = "".join(chance.choices(kanji, common, k=chance.randint(2, 4)))
            elif kind < 0.75:
                word = "".join(chance.choices(kana, k=chance.randint(3, 7)))
            else:
                word = latin(chance, chance.randint(2, 4))
            found[word] = None
        self.words = list(found)
        self._weights = [1 / (rank + 3) for rank in range(count)]

    def some(self, chance: random.Random, count: int) -> list[str]:
        """Return words as often as they are in texts."""
        return chance.choices(self.words, self._weights, k=count)

    def text(self, chance: random.Random, length: int) -> str:
        """Return a text in Japanese of at least a number of characters."""
        pieces: list[str] = []
        size = 0
        while size < length:
            for word in self.some(chance, 20):
                joint = chance.choice(_JOINTS)
                pieces += f" {word} " if word.isascii() else word, joint
                size += len(word) + len(joint)
        return "".join(pieces)

    def sentence(self, chance: random.Random, words: int, joints: Sequence[str] = _JOINTS) -> str:
        """Return one line of a number of words with something between each two."""
        pieces: list[str] = []
        for word in self.some(chance, words):
            pieces += word, chance.choice(joints)
        return "".join(pieces[:-1]).replace("\n", "")


def latin(chance: random.Random, syllables: int) -> str:
    """Return a word of Latin letters."""
    return "".join(chance.choices(_SYLLABLES, k=syllables))
