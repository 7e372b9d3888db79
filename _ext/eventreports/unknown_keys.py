"""Unknown keys: which key was meant, and the message that says so."""

import re
from typing import Final

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import nearest, suggesting

from .core import located
from .core.entity import Entity, is_key_like, shape
from .core.model import ENTITIES, STRICTEST, Event
from .core.names import is_typo_of
from .yaml.quoting import shown_in_quotes

VISIBILITY: Final = "visibility"
#: How similar to a known key an unknown one must be to be read as it.
_LIKENESS_OF_TYPO: Final = 0.8


def unknown_key(data: located.Mapping, loc: tuple[int | str, ...]) -> Message:
    """Return what is wrong with an unknown key, and what to write instead.

    :param data: The file's data.
    :param loc: The path of keys and indexes that leads to the key.
    :returns: A message with what to write.
    """
    key = str(loc[-1])
    entity = entity_at(loc[:-1])
    around = located.value_at(data, loc[:-1])
    value = around.get(key) if isinstance(around, located.Mapping) else None
    if value is None and (parts := re.fullmatch(r"([a-z_]+)[:：](.+)", key)):
        whole = f"{parts[1]}: {parts[2].strip()}"
        return Message(
            "unknown key “{key}”; a key ends with “:” and a space: {whole}", key=key, whole=whole
        )
    # An item of a list that is a text with a colon.
    is_text = entity is not Event and isinstance(value, str | None)
    if is_text and (not is_key_like(key) or (key[0].isupper() and len(around or ()) == 1)):
        return Message(
            "unknown key “{key}”; a text with a colon needs quotes: {whole}",
            key=key,
            whole=shown_in_quotes(f"{key}: {value or ''}".rstrip()),
        )
    problem = Message("unknown key “{key}”", key=key)
    if is_about_visibility(loc):
        return Message(
            "{problem}; until then it counts as “{value}”",
            problem=suggesting(problem, VISIBILITY),
            value=f"{VISIBILITY}: {STRICTEST}",
        )
    if isinstance(around, located.Mapping) and (meant := key_meant(key, loc, around)):
        return Message("{problem}; it is read as such", problem=suggesting(problem, meant))
    if near := nearest(key, entity.model_fields):
        return suggesting(problem, near)
    for other in ENTITIES:
        if known := nearest(key, other.model_fields):
            return Message(
                "unknown key “{key}”; the key “{known}” belongs to “{entity}”",
                key=key,
                known=known,
                entity=Message(other.called),
            )
    return Message("unknown key “{key}”; known are {known}", key=key, known=entity.model_fields)


def key_meant(key: str, loc: tuple[int | str, ...], around: located.Mapping) -> str | None:
    """Return the key that an unknown one is a typo of, unless that is there too."""
    meant = nearest(key, entity_at(loc[:-1]).model_fields, _LIKENESS_OF_TYPO)
    return None if meant in around.key_marks else meant


def is_about_visibility(loc: tuple[int | str, ...]) -> bool:
    """Return whether a place is that of the key ``visibility``, or of a typo of it."""
    has_it = bool(loc) and VISIBILITY in entity_at(loc[:-1]).model_fields
    return has_it and is_typo_of(str(loc[-1]), VISIBILITY)


def entity_at(loc: tuple[int | str, ...]) -> type[Entity]:
    """Return the class of the entity to which a path of keys and indexes leads."""
    entity: type[Entity] = Event
    for step in loc:
        if isinstance(step, str) and isinstance(below := shape(entity, step).of, type):
            entity = below
    return entity
