"""What checks have in common."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

from ..core.entity import Entity
from ..core.paths import IsContent

T = TypeVar("T")
D_co = TypeVar("D_co", bound=Entity, covariant=True)


@dataclass(frozen=True)
class Checked(Generic[D_co]):
    """What a file describes, of which each value is right by itself, and where the file is.

    :param document: The event, or the register.
    :param folder: The folder of the file.
    :param root: The project's folder, which local files must not leave.
    :param is_content: Whether data may name a file that is not in ``folder``.
    """

    document: D_co
    folder: Path
    root: Path
    is_content: IsContent

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """The document and all within it."""
        return tuple(self.document.entities())


def repeats(items: Iterable[tuple[Hashable, T]]) -> Iterator[tuple[T, T]]:
    """Pair each item whose key is the key of an earlier one with the first that has it.

    :param items: Keys and items.
    :yields: The later item and the first.
    """
    first: dict[Hashable, T] = {}
    for key, item in items:
        if key in first:
            yield item, first[key]
        else:
            first[key] = item
