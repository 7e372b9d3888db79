"""What the entities of the model have in common: their forms, and their place in the file.

Every thing that a list holds takes a short form (a text) and a long form (a
mapping); each knows where in the file it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, NamedTuple, Self, get_args, get_origin

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    model_validator,
)

from . import located
from .messages import Message
from .problems import Code, Mark, kind_of
from .scalars import ValueType, invalid, suggesting_quotes
from .suggestions import nearest


def _as_list(value: object) -> object:
    """One thing where a list is expected is a list of one; nothing is an empty one."""
    if value is None:
        return []
    return value if isinstance(value, list | tuple) else [value]


def key(description: str, *examples: str, default: Any = None) -> Any:
    """A key of the YAML: what it means, and how it is written (YAML, by example)."""
    return Field(default=default, description=description, examples=list(examples))


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entity, its keys and their values stand, and which keys were taken out of it."""

    start: Mark
    end: Mark
    keys: Mapping[str, Mark] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    pruned: tuple[str, ...] = ()
    is_partial: bool = False


_NOWHERE: Final = Place(Mark(), Mark())


def is_key_like(word: str) -> bool:
    """Whether it may be a slip of a key; other words are a text, parted at its colon."""
    return re.fullmatch("[A-Za-z_]+", word) is not None


def _is_list_by_name(entity: type[Entity], data: Mapping[str, Any]) -> bool:
    """Whether a mapping has a name for each of what should be items of a list."""
    are_within = all(isinstance(value, Mapping) for value in data.values())
    is_item = not entity.is_document
    return is_item and bool(data) and are_within and not entity.model_fields.keys() & data.keys()


class Entity(BaseModel):
    """What a mapping of the file describes, or the text that stands for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    _place: Place = PrivateAttr(default_factory=lambda: _NOWHERE)

    #: What it is in words.
    called: ClassVar[str]
    #: What may stand instead of the mapping, in words; nothing may where it is empty.
    short_form: ClassVar[str] = ""
    #: The key whose value the short form is.
    short_key: ClassVar[str] = ""
    #: Whether it is what a file holds as a whole.
    is_document: ClassVar[bool] = False
    #: What must be there.
    required: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        """Return the long form of a short one.

        :raises PydanticCustomError: if there is no short form.
        """
        if cls.short_key:
            return {cls.short_key: text}
        raise invalid(
            Code.TYPE,
            Message("keys and values expected, found the text “{text}”", text=text.strip()),
        )

    @model_validator(mode="wrap")
    @classmethod
    def _locate(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if isinstance(data, cls):
            return data
        if isinstance(data, str):
            if not data.strip():
                raise invalid(
                    Code.EMPTY, Message("nothing stands here; write a text, or remove it")
                )
            entity = handler(cls.expand(data))
        elif isinstance(data, Mapping):
            if _is_list_by_name(cls, data):
                raise invalid(Code.TYPE, Message("a list expected; begin each item with “- ”"))
            # A key with nothing after it says nothing.
            said = {k: v for k, v in data.items() if v is not None or k not in cls.model_fields}
            entity = handler(said)
        elif data is None:
            raise invalid(
                Code.EMPTY, Message("an item with nothing in it; write it, or remove its “-”")
            )
        elif cls.short_form:
            problem = Message(
                "{form} or a mapping expected, found {found}",
                form=Message(cls.short_form),
                found=kind_of(data),
            )
            raise invalid(Code.TYPE, suggesting_quotes(problem, data))
        else:
            raise invalid(
                Code.TYPE, Message("a mapping expected, found {found}", found=kind_of(data))
            )
        match data:
            case located.Mapping():
                marks = {name: data.mark_of(name) for name in data.key_marks}
                pruned = tuple(data.pruned)
                entity._place = Place(
                    data.mark, data.end, data.key_marks, marks, pruned, data.is_partial
                )
            case located.Text():
                entity._place = Place(data.mark, Mark(data.mark.line + 1))
        return entity

    def mark(self, key: str = "") -> Mark:
        """Where the entity stands in its file, or the value of one of its keys."""
        return self._place.marks.get(key, self._place.start)

    def holds(self, mark: Mark) -> bool:
        """Whether a place of the file is within the entity."""
        return self._place.start <= mark < self._place.end

    def lost(self, *keys: str) -> bool:
        """Whether a fault, told already, is why one of ``keys`` is missing."""
        pruned = self._place.pruned
        is_all_lost = bool(pruned) and not self.model_fields_set
        return is_all_lost or any(
            key in keys or nearest(key, keys) or not is_key_like(key) for key in pruned
        )

    @property
    def is_partial(self) -> bool:
        """Whether the file held more, which could not be read."""
        return self._place.is_partial

    def entities(self) -> Iterator[Entity]:
        """The entity itself and all within it, in the model's order."""
        yield self
        for value in self.__dict__.values():
            for below in value if isinstance(value, tuple) else (value,):
                if isinstance(below, Entity):
                    yield from below.entities()

    @property
    def keys_in_order(self) -> list[str]:
        """The keys that the author gave, in the author's order; none of a short form."""
        return list(self._place.keys)

    def key_at(self, mark: Mark) -> str | None:
        """The key that a place of the file belongs to."""
        keys = self._place.keys
        before = [name for name, start in keys.items() if start <= mark]
        return max(before, key=keys.__getitem__, default=None)


OneOrMany = BeforeValidator(_as_list)


class Shape(NamedTuple):
    """What a key takes: values of a form or entities of a class; one, or any number."""

    of: ValueType | type[Entity]
    is_list: bool


def shape(entity: type[Entity], key: str) -> Shape:
    """What ``key`` of ``entity`` takes.

    :raises KeyError: if there is no such key.
    """
    info = entity.model_fields[key]
    found = next((item for item in info.metadata if isinstance(item, ValueType)), None)
    return Shape(found, is_list=False) if found else _shape(info.annotation)


def _shape(annotation: Any) -> Shape:
    if isinstance(annotation, type) and issubclass(annotation, Entity):
        return Shape(annotation, is_list=False)
    arguments = get_args(annotation)
    if found := next((item for item in arguments if isinstance(item, ValueType)), None):
        return Shape(found, is_list=False)
    return Shape(_shape(arguments[0]).of, is_list=get_origin(annotation) is tuple)
