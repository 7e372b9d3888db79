"""What has most likely taken the place of what is gone: by title, by its parts, by its id."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple, TypeVar

from sphinxcommon.suggestions import nearest

from .names import comparable

K = TypeVar("K")


class Candidate(NamedTuple):
    """What is gone, or may be in its place.

    :param id: Its id.
    :param titles: Its titles, to compare.
    :param parts: The ids of what is in it.
    """

    id: str
    titles: frozenset[str]
    parts: frozenset[str] = frozenset()


def titles(*texts: str) -> frozenset[str]:
    """Return titles in the form in which those that say the same are equal."""
    return frozenset(map(comparable, texts))


def successors(gone: Mapping[K, Candidate], known: Iterable[Candidate]) -> dict[K, Candidate]:
    """Find what has most likely taken the place of each that is gone; each at most once.

    :param gone: What is gone.
    :param known: What is new.
    :returns: What is likely, for those of which anything is.
    """
    found: dict[K, Candidate] = {}
    free = list(known)
    for choose in _WAYS:
        for key, one in gone.items():
            if key not in found and (successor := choose(one, free)):
                found[key] = successor
                free.remove(successor)
    return found


def _by_title(gone: Candidate, known: Sequence[Candidate]) -> Candidate | None:
    same = [one for one in known if one.titles & gone.titles]
    return same[0] if len(same) == 1 else None


def _by_parts(gone: Candidate, known: Sequence[Candidate]) -> Candidate | None:
    best = max(known, key=lambda one: len(one.parts & gone.parts), default=None)
    is_like = best is not None and 0 < len(gone.parts) <= 2 * len(best.parts & gone.parts)
    return best if is_like else None


def _by_id(gone: Candidate, known: Sequence[Candidate]) -> Candidate | None:
    """Return what has nearly the same id; of two that differ in a number, each is one's own."""
    ids = {one.id: one for one in known if _numbers(one.id) == _numbers(gone.id)}
    near = nearest(gone.id, ids)
    return ids[near] if near else None


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+", text)


#: The most convincing first.
_WAYS: Final[tuple[Callable[[Candidate, Sequence[Candidate]], Candidate | None], ...]] = (
    _by_title,
    _by_parts,
    _by_id,
)
