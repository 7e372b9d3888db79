"""What the model says of a key, for texts that are not in the form that YAML or the key takes."""

from typing import Final

from pydantic_core import PydanticCustomError

from sphinxcommon.suggestions import nearest

from ..core import urls
from ..core.entity import Entity, shape
from ..core.model import ENTITIES, REGISTER_ENTITIES
from ..core.quoting import quoted
from .lines import Lines, above, depth, key_depth, key_of, opens

#: By key; all entities of an event that have it take the same, which counts before registers.
_SHAPES: Final = {
    key: shape(entity, key)
    for entity in (*REGISTER_ENTITIES, *ENTITIES)
    for key in entity.model_fields
}


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


def is_long_text(key: str) -> bool:
    """Return whether a key takes a text of several lines."""
    return key == "description"


def long_form(entity: type[Entity] | None, text: str) -> dict[str, str]:
    """Return the keys and values that a text is short for; a name, where there is no short form."""
    try:
        return entity.expand(text) if entity else {"name": text}
    except PydanticCustomError:
        return {"name": text}


def link(key: str, text: str, url: str) -> str | None:
    """Return how a link with a text is written as the value of a key, if it is one.

    :param key: The key, or that of the list in which the link is an item.
    :param text: The link's text.
    :param url: Where it leads.
    :returns: A URL, or a mapping in brackets; nothing where the key takes no link.
    """
    entity, url = entity_of(key), urls.meant(url)
    if entity is None:
        return url if key in _SHAPES and _SHAPES[key].of is _SHAPES["url"].of else None
    if "url" not in entity.model_fields:
        return None
    name = next((name for name in ("title", "name") if name in entity.model_fields), None)
    named = f"{name}: {quoted(text)}, " if name and text else ""
    return f"{{{named}url: {quoted(url)}}}"


def key_at(number: int, lines: Lines) -> str:
    """Return the key of a line, or of the list that it is an item of."""
    line = lines[number - 1]
    if key := key_of(line):
        return key
    heads = (lines[n - 1] for n in above(number, lines) if opens(lines[n - 1]))
    return next((key_of(head) for head in heads if key_depth(head) <= depth(line)), "")
