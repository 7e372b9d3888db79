"""The model as a JSON Schema (draft 7), for editors: what may stand in an ``event.yaml``.

Keywords are chosen for what yaml-language-server makes of them. One flat
schema for the short and the long form, in which each keyword says something of
its own type alone, gives one message for one fault, where ``anyOf`` would give
those of an alternative that nobody meant. Two examples of a value are offered
as a choice; a single one would be typed in for the author.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import yaml

from .day_groups import DATE, SESSIONS
from .entity import Entity, shape
from .i18n import translations
from .model import ENTITIES, Event, Session
from .value_types import ValueType

FILE_NAME: Final = "event.schema.json"
_LANGUAGES: Final = ("en", "ja")


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a file; every description is in English and Japanese."""
    definitions = {entity.__name__: _entity(entity) for entity in ENTITIES if entity is not Event}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "event.yaml",
        "type": "object",
        **_keys(Event),
        "definitions": {**definitions, "SessionsOfDay": _sessions_of_day()},
    }


def schema_text(*, is_ascii: bool = False) -> str:
    """Return the text of :data:`FILE_NAME`.

    :param is_ascii: Whether other characters are escaped, for an output that is not UTF-8.
    :returns: JSON.
    """
    return json.dumps(schema(), ensure_ascii=is_ascii, indent=2) + "\n"


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
    offered = [_number(example) for example in examples if not _has_mapping(example)]
    shown = [example for example in examples if _has_mapping(example)]
    return {
        **({"examples": offered} if offered else {}),
        **({"if": {}, "then": {"examples": shown}} if shown else {}),
    }


def _has_mapping(example: Any) -> bool:
    items = example if isinstance(example, list) else [example]
    return any(isinstance(item, dict) for item in items)


def _number(example: Any) -> Any:
    return int(example) if isinstance(example, str) and example.isdigit() else example


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


def _in_both_languages(message: str) -> str:
    """Return a message in both languages, as two paragraphs."""
    return "\n\n".join(translations(language).gettext(message) for language in _LANGUAGES)
