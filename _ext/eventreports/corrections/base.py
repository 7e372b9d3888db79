"""What corrections consist of: places, meanings, and the messages that say what to write."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from sphinxcommon.messages import Message

from ..core import key_words, located
from ..core.entity import Entity, shape
from ..core.key_words import is_among
from ..core.model import STRICTEST, VISIBILITIES, Resource
from ..core.names import is_typo_of
from ..core.problems import Mark
from ..core.quoting import as_line, in_flow
from ..core.value_types import ValueType

VISIBILITY: Final = "visibility"
#: How similar to a known word an unknown one must be to be read as it.
LIKENESS_OF_TYPO: Final = 0.8
#: Longer values are not repeated in a message.
LONGEST: Final = 60

Loc = tuple[int | str, ...]


class Meaning(NamedTuple):
    """What a key and its value were meant as: keys and values, and whether that is certain.

    ``usual`` is the line that people write where what is read is right, but unusual.
    """

    values: Mapping[str, located.Value]
    is_certain: bool = True
    usual: str = ""


@dataclass(frozen=True)
class Correction:
    """What is wrong at a place, and what stands there instead; nothing, if that is not certain.

    ``is_to_write`` is true where that is also what people write; ``is_about_visibility`` where
    nobody knows for whom something is.
    """

    message: Message
    values: Mapping[str, located.Value] | None = None
    is_to_write: bool = False
    is_about_visibility: bool = False


@dataclass(frozen=True)
class Place:
    """Where a key stands: the file's data, the class of the entity, and its keys and values."""

    data: located.Mapping
    entity: type[Entity]
    around: located.Mapping
    key: str

    def is_free(self, key: str) -> bool:
        """Return whether a key of the entity may be written there."""
        has_it = key in self.entity.model_fields
        return has_it and (key == self.key or self.around.get(key) is None)

    def takes_list(self, key: str) -> bool:
        """Return whether a key of the entity takes a list."""
        return shape(self.entity, key).is_list


def is_about_visibility(loc: Loc, document: type[Entity]) -> bool:
    """Return whether a place is that of the key ``visibility``, or of a typo of it."""
    entity = entity_at(loc[:-1], document) if loc else None
    has_it = entity is not None and VISIBILITY in entity.model_fields
    return has_it and is_typo_of(str(loc[-1]), VISIBILITY)


def entity_at(loc: Loc, document: type[Entity]) -> type[Entity] | None:
    """Return the class of the entity to which a path of keys and indexes leads, if to one."""
    entity = document
    for step in loc:
        if isinstance(step, str):
            below = shape(entity, step).of if step in entity.model_fields else None
            if not isinstance(below, type):
                return None
            entity = below
    return entity


def fault_of(key: str, value: located.Value, place: Place) -> Message | None:
    """Return why a key does not take a value; what is within lists and mappings has its own."""
    of, is_list = shape(place.entity, key)
    if of is Resource and isinstance(value, located.Text) and is_among(value, key_words.NOTHING):
        return Message("“{text}” is neither a URL nor a path", text=str(value))
    return of.fault(value) if isinstance(of, ValueType) and not is_list else None


def not_of_type(entity: type[Entity], key: str, value: located.Value) -> Message:
    """Return that a value is not of its key's type."""
    if isinstance(value, located.Sequence):
        return Message("one value expected, found a list")
    of = shape(entity, key).of if key else None
    if not isinstance(of, ValueType):
        return Message("“{text}” is neither a URL nor a path", text=str(value))
    return Message("“{text}” is no {kind}", text=str(value), kind=Message(of.label))


def corrected(meaning: Meaning, place: Place, problem: Message) -> Correction:
    """Return the correction of a key and its value, which fits to what stands beside it."""
    values: dict[str, located.Value] = {}
    is_free = meaning.is_certain
    for key, value in meaning.values.items():
        there = None if key == place.key else place.around.get(key)
        if there is None or there == value:
            values[key] = value
        elif key == VISIBILITY:
            values[key] = max(there, value, key=_strictness)
        elif place.takes_list(key):
            added = value if isinstance(value, located.Sequence) else [value]
            merged = located.Sequence(place.around.mark_of(key))
            for item in (*(there if isinstance(there, located.Sequence) else [there]), *added):
                located.append(merged, item)
            lines = tuple(in_flow(item) for item in added)
            message = Message(
                "{problem}; add “{lines}” to “{key}”", problem=problem, lines=lines, key=key
            )
            return if_certain(message, {key: merged}, is_certain=is_free)
        else:
            message = Message(
                "{problem}; “{key}” is meant, which stands here too: keep one of them",
                problem=problem,
                key=key,
            )
            return Correction(message)
    lines = tuple(as_line(key, value) for key, value in values.items())
    message = Message("{problem}; write “{lines}”", problem=problem, lines=lines)
    if meaning.usual:
        message = Message(
            "{problem}; write a place with this offset, such as “{lines}”; until then it is read "
            "as “{zone}”, whose sign is the other way round",
            problem=problem,
            lines=(meaning.usual,),
            zone=", ".join(map(str, values.values())),
        )
        return Correction(message, values)
    return if_certain(message, values, is_certain=is_free)


def choice(problem: Message, either: Iterable[str]) -> Correction:
    """Return that a place has several meanings, with the lines of each."""
    return Correction(
        Message("{problem}; write what is meant: “{either}”", problem=problem, either=either)
    )


def if_certain(
    message: Message, values: Mapping[str, located.Value], *, is_certain: bool = True
) -> Correction:
    """Return a correction whose values are read if it is certain, which its message adds."""
    if not is_certain:
        return Correction(message)
    message = Message("{problem}; it is read as such", problem=message)
    return Correction(message, values, is_to_write=True)


def counting_as_strictest(problem: Message) -> Message:
    """Add to a message that a visibility which cannot be read counts as the strictest."""
    return Message(
        "{problem}; until then it counts as “{value}”",
        problem=problem,
        value=f"{VISIBILITY}: {STRICTEST}",
    )


def _strictness(value: located.Value) -> int:
    """Return how strict a visibility is; what is none is the strictest."""
    known = VISIBILITIES.schema["enum"]
    return known.index(value) if value in known else len(known)


def is_short(value: located.Value) -> bool:
    """Return whether a value can be repeated in a message."""
    return isinstance(value, located.Text) and len(value) <= LONGEST and "\n" not in value


def as_part(step: str | int, value: located.Value) -> str:
    """Return how a value is written behind its key, or as an item of a list."""
    return as_line(step, value) if isinstance(step, str) else in_flow(value)


def texts_at(values: Mapping[str, str | list[str]], mark: Mark) -> dict[str, located.Value]:
    """Return texts and lists of texts with a place."""
    return {key: located.at(value, mark) for key, value in values.items()}
