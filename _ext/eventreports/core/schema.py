"""The model as JSON Schemas (draft 7): what may stand in each file, and in ``events.json``.

Those of files are for editors. Keywords are chosen for what yaml-language-server makes of them. One
flat schema for the short and the long form, in which each keyword says something of
its own type alone, gives one message for one fault, where ``anyOf`` would give
those of an alternative that nobody meant. Two examples of a value are offered
as a choice; a single one would be typed in for the author.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

import yaml

from .day_groups import DATE, SESSIONS
from .entity import Entity, shape
from .i18n import N_, translations
from .model import ENTITIES, REGISTER_ENTITIES, REGISTERS, Event, Session
from .normal_form import ADDED, REPLACED
from .value_types import ValueType

FILE_NAME: Final = "event.schema.json"
EVENTS_FILE_NAME: Final = "events.schema.json"
_LANGUAGES: Final = ("en", "ja")


def schema(document: type[Entity] = Event) -> dict[str, Any]:
    """Return the JSON Schema of a file; every description is in English and Japanese.

    :param document: The class of what the file describes.
    :returns: The schema.
    """
    within = _within(document)
    definitions = {
        entity.__name__: _entity(entity)
        for entity in (*ENTITIES, *REGISTER_ENTITIES)
        if entity in within
    }
    of_days = {"SessionsOfDay": _sessions_of_day()} if document is Event else {}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": document.file_name,
        "type": "object",
        **_keys(document),
        "definitions": {**definitions, **of_days},
    }


def _within(entity: type[Entity]) -> set[type[Entity]]:
    """Return the classes of what is within an entity."""
    found: set[type[Entity]] = set()
    left = [entity]
    while left:
        one = left.pop()
        below = {of for key in one.model_fields if isinstance(of := shape(one, key).of, type)}
        left += below - found
        found |= below
    return found


def schema_of_events() -> dict[str, Any]:
    """Return the JSON Schema of the events of a site, each in its normal form."""
    reference = {"$ref": "#/definitions/Event"}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "events.json",
        "type": "object",
        "properties": {
            "$schema": {"type": "string", "format": "uri-reference"},
            "events": {"type": "array", "items": reference},
        },
        "required": ["$schema", "events"],
        "additionalProperties": False,
        "definitions": {
            **{entity.__name__: _normal_entity(entity) for entity in ENTITIES},
            "Text": _normal_texts(),
            "Markdown": _normal_texts(contentMediaType="text/markdown"),
        },
    }


#: By the name of the file that each is the schema of.
SCHEMAS: Final[Mapping[str, Callable[[], dict[str, Any]]]] = {
    "event.yaml": schema,
    "events.json": schema_of_events,
    **{name: partial(schema, document) for name, document in REGISTERS.items()},
}


def schema_text(of: str = "event.yaml", *, is_ascii: bool = False) -> str:
    """Return the text of a schema: of :data:`FILE_NAME`, say, or of :data:`EVENTS_FILE_NAME`.

    :param of: What it is the schema of, a key of :data:`SCHEMAS`.
    :param is_ascii: Whether other characters are escaped, for an output that is not UTF-8.
    :returns: JSON.
    """
    return json.dumps(SCHEMAS[of](), ensure_ascii=is_ascii, indent=2) + "\n"


def _keys(entity: type[Entity]) -> dict[str, Any]:
    return {
        "properties": {key: _key(entity, key) for key in entity.model_fields},
        "required": list(entity.required),
        "additionalProperties": False,
    }


def _entity(entity: type[Entity]) -> dict[str, Any]:
    """Return the schema of an entity in its long form, and its short one if there is one."""
    refused = ["array"] if entity.short_form else ["array", "string", "number", "boolean"]
    taken = ["string", "object"] if entity.short_form else "object"
    return {**_keys(entity), "if": {"type": refused}, "then": {"type": taken}}


def _key(entity: type[Entity], key: str) -> dict[str, Any]:
    field = entity.model_fields[key]
    # Without the types that YAML would give them: what is offered is typed as it stands.
    examples = [yaml.load(text, Loader=yaml.BaseLoader) for text in field.examples or ()]
    of, is_list = shape(entity, key)
    taken = _value(of) if isinstance(of, ValueType) else {"$ref": f"#/definitions/{of.__name__}"}
    if (entity, key) == (Event, SESSIONS):
        is_group = {"type": "object", "required": [SESSIONS]}
        taken = {"if": is_group, "then": {"$ref": "#/definitions/SessionsOfDay"}, "else": taken}
    return {
        "description": _in_both_languages(field.description or ""),
        **_shown(examples),
        **(_one_or_many(taken) if is_list else {"allOf": [taken]} if "$ref" in taken else taken),
    }


def _sessions_of_day() -> dict[str, Any]:
    """Return the schema of a group of sessions of one day."""
    sessions = _key(Event, SESSIONS)
    return {
        "type": "object",
        "properties": {
            DATE: _key(Session, DATE),
            SESSIONS: {
                **_one_or_many({"$ref": "#/definitions/Session"}),
                "description": sessions["description"],
            },
        },
        "additionalProperties": False,
    }


def _shown(examples: Sequence[Any]) -> dict[str, Any]:
    """Return the keyword for examples: an editor can offer those without mappings alone."""
    offered = [_typed(example) for example in examples if not _has_mapping(example)]
    shown = [example for example in examples if _has_mapping(example)]
    return {
        **({"examples": offered} if offered else {}),
        **({"if": {}, "then": {"examples": shown}} if shown else {}),
    }


def _has_mapping(example: Any) -> bool:
    items = example if isinstance(example, list) else [example]
    return any(isinstance(item, dict) for item in items)


def _typed(example: Any) -> Any:
    """Return a number or truth value as such, and any other example as it is."""
    if not isinstance(example, str):
        return example
    return (
        int(example) if example.isdigit() else {"true": True, "false": False}.get(example, example)
    )


def _one_or_many(item: Mapping[str, Any]) -> dict[str, Any]:
    one = {"if": {"not": {"type": ["array", "null"]}}, "then": item}
    return {"items": item, "allOf": [one]}


def _value(of: ValueType) -> dict[str, Any]:
    """Return the schema of a value; that of a closed set has a description for each word.

    YAML makes a number of a word of digits.
    """
    schema = dict(of.schema)
    if words := schema.pop("enum", None):
        meanings = [_in_both_languages(meaning) for meaning in schema.pop("enumDescriptions")]
        numbers = [int(word) for word in words if word.isdigit()]
        schema["enum"] = [*words, *numbers]
        schema["enumDescriptions"] = [*meanings, *meanings[: len(numbers)]]
        # A key with nothing after it; were null a member of the set, it would be offered.
        others = {"type": ["array", "boolean", "number", "object", "string"]}
        return {"anyOf": [schema, {"not": others}]}
    return {"allOf": [schema]}


def _in_both_languages(*messages: str) -> str:
    """Return messages in both languages, as two paragraphs."""
    catalogs = map(translations, _LANGUAGES)
    return "\n\n".join(" ".join(map(catalog.gettext, messages)) for catalog in catalogs)


# The normal form


def _normal_texts(**of_one: str) -> dict[str, Any]:
    """Return the schema of texts by language, at least one."""
    description = N_("Texts by language (BCP 47); “und” where the author has given none.")
    return {
        "description": _in_both_languages(description),
        "type": "object",
        "minProperties": 1,
        "additionalProperties": {"type": "string", **of_one},
    }


def _normal_entity(entity: type[Entity]) -> dict[str, Any]:
    """Return the schema of an entity in the normal form."""
    added, replaced = ADDED.get(entity, {}), REPLACED.get(entity, ())
    fields = [one for one in entity.model_fields.items() if one[0] not in replaced]
    # A fault costs any other value; ids are made, and words said, where none is written.
    always = [key for key, one in fields if key == "id" or one.default]
    return {
        "type": "object",
        "properties": {
            **{key: _normal_key(entity, key) for key, _field in fields},
            **{
                key: {"description": _in_both_languages(one.description), **one.schema}
                for key, one in added.items()
            },
        },
        "required": [*always, *(key for key, one in added.items() if one.is_required)],
        "additionalProperties": False,
    }


def _normal_key(entity: type[Entity], key: str) -> dict[str, Any]:
    of, is_list = shape(entity, key)
    one = dict(of.normal) if isinstance(of, ValueType) else {"$ref": f"#/definitions/{of.__name__}"}
    description = entity.model_fields[key].description or ""
    descriptions = [description, *([one.pop("description")] if "description" in one else [])]
    if is_list:
        one = {"type": "array", "items": one}
    elif "$ref" in one:
        # Beside it, other keywords count for nothing.
        one = {"allOf": [one]}
    return {"description": _in_both_languages(*descriptions), **one}
