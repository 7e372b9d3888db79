"""Values that are kept from build to build, and that most builds do not ask for."""

import pickle
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Packed(Generic[T]):
    """A value with a pickle of its own, which is read when the value is first asked for.

    :param value: The value, which does not change.
    """

    __slots__ = ("_pickled", "_values")

    def __init__(self, value: T) -> None:
        self._values = [value]
        self._pickled = b""

    @property
    def value(self) -> T:
        """The value."""
        if not self._values:
            # Part of the environment, which Sphinx has unpickled, too.
            self._values = [pickle.loads(self._pickled)]
        return self._values[0]

    def __reduce__(self) -> tuple[Callable[[bytes], "Packed[T]"], tuple[bytes]]:
        pickled = self._pickled or pickle.dumps(self._values[0], pickle.HIGHEST_PROTOCOL)
        return _packed, (pickled,)


def _packed(pickled: bytes) -> Packed[T]:
    """Return a value that is not unpickled yet."""
    packed: Packed[T] = Packed.__new__(Packed)
    packed._values, packed._pickled = [], pickled
    return packed
