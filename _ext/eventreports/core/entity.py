"""Base class of the model's entities, which have a short and a long form and a place in the file.

The long form is a mapping, the short one a text.
"""

import re
from collections.abc import Iterator, Mapping
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

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import nearest

from . import located
from .problems import Code, Mark, kind_of
from .value_types import ValueType, invalid, suggesting_quotes


def _as_list(value: object) -> object:
    """Make a list of a single value, and an empty one of nothing."""
    if value is None:
        return []
    return value if isinstance(value, list | tuple) else [value]


def key(description: str, *examples: str, default: Any = None) -> Any:
    r"""Declare a key of the YAML.

    :param description: What it means, marked for translation.
    :param \*examples: Values, in YAML.
    :param default: The value where the key is missing.
    :returns: The field for pydantic.
    """
    return Field(default=default, description=description, examples=list(examples))


#: The data of an entity that stands in no file.
_NOWHERE: Final = located.Mapping(Mark())


def is_key_like(word: str) -> bool:
    """Return whether a word may be a mistyped key; others begin a text that has a colon."""
    return re.fullmatch("[A-Za-z_]+", word) is not None


def _is_list_by_name(entity: type["Entity"], data: Mapping[str, Any]) -> bool:
    """Return whether a mapping has names as keys, and the items of a list as values."""
    are_within = all(isinstance(value, Mapping) for value in data.values())
    is_item = not entity.file_name
    return is_item and bool(data) and are_within and not entity.model_fields.keys() & data.keys()


class Entity(BaseModel):
    """Something that a mapping of the file describes, or a text in its short form."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    #: Where it stands, and which of its keys were invalid.
    _data: located.Mapping = PrivateAttr(default_factory=lambda: _NOWHERE)

    #: What people call it, marked for translation.
    called: ClassVar[str]
    #: What people call its short form; empty where it has none.
    short_form: ClassVar[str] = ""
    #: The key whose value the short form is.
    short_key: ClassVar[str] = ""
    #: The name of the file that it is the whole of.
    file_name: ClassVar[str] = ""
    #: Keys that must have a value.
    required: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def expand(cls, text: str) -> dict[str, Any]:
        """Return the long form of a short one.

        :param text: The short form.
        :returns: Keys and values.

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
                name, below = next(iter(data.items()))
                key = cls.short_key or ("title" if "title" in cls.model_fields else "name")
                whole = f"- {key}: {below.get(key, name)}"
                message = Message("a list expected; begin each item so: {whole}", whole=whole)
                raise invalid(Code.TYPE, message)
            # A key without a value is as if it were missing.
            given = {k: v for k, v in data.items() if v is not None or k not in cls.model_fields}
            entity = handler(given)
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
        if isinstance(data, located.Mapping):
            entity._data = data
        elif isinstance(data, located.Text):
            entity._data = located.Mapping(data.mark)
            entity._data.end = Mark(data.mark.line + 1)
        return entity

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy, without what the original has computed of its own values."""
        copied = super().model_copy(update=update, deep=deep)
        for name in vars(copied).keys() - type(self).model_fields.keys():
            del vars(copied)[name]
        return copied

    def mark(self, key: str = "") -> Mark:
        """Return the place of the entity, or of the value of one of its keys."""
        return self._data.mark_of(key)

    def marks(self, key: str) -> list[Mark]:
        """Return the places of the values of a key that takes a list."""
        value = self._data.get(key)
        if isinstance(value, located.Sequence):
            return [*value.item_marks]
        return [self.mark(key)] * len(getattr(self, key))

    def text_of(self, key: str) -> str | None:
        """Return what the file has for a key, if it is one text."""
        value = self._data.get(key)
        return value if isinstance(value, str) else None

    def holds(self, mark: Mark) -> bool:
        """Return whether a place of the file is within the entity."""
        return self._data.mark <= mark < self._data.end

    def lost(self, *keys: str) -> bool:
        """Return whether some key is missing because its value was invalid, which is reported."""
        pruned = self._data.pruned
        is_all_lost = bool(pruned) and not self.model_fields_set
        return is_all_lost or any(
            key in keys or nearest(key, keys) or not is_key_like(key) for key in pruned
        )

    @property
    def is_partial(self) -> bool:
        """Whether a part of the file could not be read."""
        return self._data.is_partial

    def entities(self) -> Iterator["Entity"]:
        """Iterate over the entity and all within it, in the model's order."""
        yield self
        for value in self.__dict__.values():
            for below in value if isinstance(value, tuple) else (value,):
                if isinstance(below, Entity):
                    yield from below.entities()

    def without_data(self) -> Self:
        """Return a copy without the data that it, and each entity within it, was read from.

        That data has also what is not for the audience of a build.
        """
        copy = self.model_copy(
            update={name: _without_data(value) for name, value in vars(self).items()}
        )
        copy._data = _NOWHERE
        return copy

    @property
    def keys_in_order(self) -> list[str]:
        """The keys in the file, in the author's order; a short form has none."""
        return list(self._data.key_marks)

    def key_at(self, mark: Mark) -> str | None:
        """Return the key that a place of the file belongs to."""
        keys = self._data.key_marks
        before = [name for name, start in keys.items() if start <= mark]
        return max(before, key=keys.__getitem__, default=None)


OneOrMany = BeforeValidator(_as_list)


class Shape(NamedTuple):
    """What a key takes: values of a type or entities of a class; one, or any number."""

    of: ValueType | type[Entity]
    is_list: bool


def shape(entity: type[Entity], key: str) -> Shape:
    """Return what a key takes.

    :param entity: The class of the entity.
    :param key: The key.
    :returns: Its type, and whether it takes a list.
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


def _without_data(value: Any) -> Any:
    """Return a value of a field without the data of entities within it."""
    if isinstance(value, tuple):
        return tuple(map(_without_data, value))
    return value.without_data() if isinstance(value, Entity) else value
