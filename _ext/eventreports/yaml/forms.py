"""What the model says of a key, for texts that are not in the form that YAML or the key takes."""

from typing import Final

from pydantic_core import PydanticCustomError

from sphinxcommon.suggestions import nearest

from ..core.entity import Entity, shape
from ..core.model import ENTITIES

#: By key; all entities that have it take the same.
_SHAPES: Final = {key: shape(entity, key) for entity in ENTITIES for key in entity.model_fields}
_NAMES: Final = ("title", "name")


def is_known(key: str) -> bool:
    """Return whether any entity has a key."""
    return key in _SHAPES


def meant(key: str) -> str | None:
    """Return the key that is meant by one that may have a typo."""
    return key if key in _SHAPES else nearest(key, _SHAPES)


def entity_of(key: str) -> type[Entity] | None:
    """Return the class of the entities that a key takes, if it takes any."""
    found = _SHAPES.get(key)
    return found.of if found and isinstance(found.of, type) else None


def is_list(key: str) -> bool:
    """Return whether a key takes a list."""
    return key in _SHAPES and _SHAPES[key].is_list


def long_form(entity: type[Entity] | None, text: str) -> dict[str, str]:
    """Return the keys and values that a text is short for; a name, where there is no short form."""
    try:
        return entity.expand(text) if entity else {"name": text}
    except PydanticCustomError:
        return {"name": text}


def with_url(entity: type[Entity], text: str, url: str) -> dict[str, str] | None:
    """Return the keys and values of what is called ``text`` and has a URL, if it can have one."""
    name = next((key for key in _NAMES if key in entity.model_fields), None)
    return {name: text, "url": url} if name and "url" in entity.model_fields else None
