"""The kinds of values that settings may have."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from .messages import Message
from .suggestions import nearest, suggesting


@dataclass(frozen=True)
class Kind:
    """A kind of values.

    :param words: A description, for “NAME must be …”.
    :param types: The types that a value may have; a ``bool`` is no ``int`` here.
    :param test: A further condition for a value of these types.
    :param nearest: Returns what a wrong value of these types was probably meant to be.
    """

    words: Message
    types: tuple[type, ...]
    test: Callable[[Any], object] = lambda _value: True
    nearest: Callable[[Any], str | None] = lambda _value: None

    def is_of_types(self, value: object) -> bool:
        """Return whether a value has one of the types."""
        return isinstance(value, self.types) and isinstance(value, bool) is (bool in self.types)

    def fits(self, value: object) -> bool:
        """Return whether a value is of this kind."""
        return self.is_of_types(value) and bool(self.test(value))

    def fault(self, name: str, value: object) -> Message | None:
        """Return what is wrong with the value of a setting, if anything, and what is right."""
        if self.fits(value):
            return None
        problem = Message(
            "{name} must be {words}, not {value}", name=name, words=self.words, value=repr(value)
        )
        return suggesting(problem, self.nearest(value) if self.is_of_types(value) else None)


def one_of(*choices: str) -> Kind:
    """Return the kind of a text that is one of several."""
    words = Message("one of {choices}", choices=map(repr, choices))
    return Kind(words, (str,), choices.__contains__, partial(nearest, known=choices))


def list_of(
    item: Kind, words: Message, test: Callable[[Any], object] = lambda _values: True
) -> Kind:
    """Return the kind of a list or tuple whose items are all of a kind."""

    def near(values: Any) -> str | None:
        wrong = (one for one in values if item.is_of_types(one) and not item.fits(one))
        return next(filter(None, map(item.nearest, wrong)), None)

    def fits(values: Any) -> bool:
        return all(map(item.fits, values)) and bool(test(values))

    return Kind(words, (list, tuple), fits, near)


def some_of(*choices: str) -> Kind:
    """Return the kind of a list of texts that are some of several."""
    words = Message("a list of some of {choices}", choices=map(repr, choices))
    return list_of(one_of(*choices), words)


TEXT: Final = Kind(Message("a text"), (str,))
TEXTS: Final = list_of(TEXT, Message("a list of texts"))
FLAG: Final = Kind(Message("True or False"), (bool,))
NUMBER: Final = Kind(Message("a number from 0"), (int,), lambda value: value >= 0)
