"""Ids of subjects, which are names of pages: as a register has them, or else made from names."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from typing import Final, NamedTuple

from .names import ascii_words, composed, with_signs_as_words

#: In bytes; a hash and a suffix follow, and encrypted file systems take 143.
_LONGEST: Final = 120
_HASH_DIGITS: Final = 8
#: Blanks, and what URLs (RFC 3986) or files (of Windows, too) reserve or do not take.
_RESERVED: Final = re.compile(r"[-\s!\"#$%&'()*+,/:;<=>?@\[\\\]^`{|}]+")
#: Categories of characters that are no part of a name: control, format, surrogate, private.
_UNFIT: Final = frozenset({"Cc", "Cf", "Co", "Cs"})
#: Names of pages of their own, and of devices of Windows, whatever follows behind a dot.
_TAKEN: Final = re.compile(
    r"(index|con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])?(\..*)?",
    re.IGNORECASE,
)


class Unwritten(NamedTuple):
    """A subject whose id no register has.

    :param names: Its names, the most important first.
    :param has_page: Whether its id is that of a page; others make way.
    :param place: What tells it from others of the same names.
    """

    names: Sequence[str]
    has_page: bool = True
    place: str = ""


def is_id(text: str) -> bool:
    """Return whether a text may be the id of a subject, so the name of its page."""
    is_fit = not text.endswith(".") and len(text.encode()) <= _LONGEST
    return is_fit and not _TAKEN.fullmatch(text)


def ids(subjects: Sequence[Unwritten], written: Iterable[str]) -> list[str]:
    """Return the ids of the subjects of one kind that no register has.

    Those that differ in case alone from another, or from one that is written, end with the first
    digits of the SHA-256 of the name, all of them: their order does not matter.

    :param subjects: The subjects.
    :param written: The ids, also former ones, that registers have.
    :returns: An id for each, all different.
    """
    seeds = [_seed(one.names) for one in subjects]
    plain = [seed[1].casefold() for seed in seeds]
    taken = {one.casefold() for one in written}
    everyone = Counter(plain)
    of_pages = Counter(
        one for one, subject in zip(plain, subjects, strict=True) if subject.has_page
    )
    found = [
        seed[1] if one not in taken and rivals[one] == 1 and is_id(seed[1]) else ""
        for seed, one, rivals in zip(
            seeds,
            plain,
            (of_pages if subject.has_page else everyone for subject in subjects),
            strict=True,
        )
    ]
    used = taken.union(map(str.casefold, found))
    for number, (name, one) in enumerate(seeds):
        if not found[number]:
            found[number] = _hashed(one, f"{name}{subjects[number].place}", used)
            used.add(found[number])
    return found


def _seed(names: Sequence[str]) -> tuple[str, str]:
    """Return the name that an id is made from, the first in Latin letters, and what it gives."""
    for name in names:
        if slug := _slug(name):
            return name, slug
    return names[0], _as_name(names[0])


def _slug(name: str) -> str:
    """Return the slug of a name in Latin letters; nothing for any other."""
    plain = unicodedata.normalize("NFKC", name)
    if not all(map(_is_latin, filter(str.isalpha, plain))):
        return ""
    return _shortened("-".join(ascii_words(with_signs_as_words(plain))))


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN ")


def _as_name(name: str) -> str:
    """Return a name with ``-`` for what neither addresses nor files take."""
    shown = "".join(char for char in composed(name) if unicodedata.category(char) not in _UNFIT)
    return _shortened(_RESERVED.sub("-", shown))


def _shortened(text: str) -> str:
    part = text.encode()[:_LONGEST].decode(errors="ignore")
    # Windows drops dots at the end; before the first letter they hide a file.
    return part.strip("-. ")


def _hashed(one: str, seed: str, used: Set[str]) -> str:
    """Return an id with as many digits of a hash as make it another than those that are used."""
    digest = hashlib.sha256(composed(seed).encode()).hexdigest()
    for digits in range(_HASH_DIGITS, len(digest) + 1):
        made = f"{one}-{digest[:digits]}".lstrip("-")
        if made.casefold() not in used:
            return made
    raise ValueError(seed)
