"""Characters that are one with what stands behind them: letters with marks, joined emoji."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

_JOINER: Final = "\N{ZERO WIDTH JOINER}"
#: A digit or sign with this is one on the key of a telephone.
KEYCAP: Final = "\N{COMBINING ENCLOSING KEYCAP}"


def joins(character: str) -> bool:
    """Whether it is shown as one with what stands before it (Unicode Standard Annex 29, “Extend”):
    marks, selectors of variants, tones of skin, tags, joiners."""
    return (
        unicodedata.category(character)[0] == "M"
        or character == _JOINER
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
    )


def clusters(text: str) -> Iterator[str]:
    """The parts of a text that are of several characters, and shown as one."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not (joins(text[end]) or text[end - 1] == _JOINER):
            if end - start > 1:
                yield text[start:end]
            start = end


def base_of(cluster: str) -> str:
    """A cluster without what joins its characters."""
    return "".join(one for one in cluster if not joins(one))
