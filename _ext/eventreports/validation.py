"""Validation of located data: an event of what is valid, and problems of what is not.

Pydantic reports all invalid values at once. These are removed and the rest is validated again, so
that a wrong date costs that date alone.
"""

import itertools
import re
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import nearest, suggesting

from .core import located
from .core.entity import Entity, is_key_like, shape
from .core.model import ENTITIES, STRICTEST, Event
from .core.names import is_typo_of
from .core.problems import Code, Finding, Problem
from .core.value_types import ALREADY_REPORTED
from .yaml import limits
from .yaml.quoting import shown_in_quotes

_VISIBILITY: Final = "visibility"
#: How similar to a known key an unknown one must be to be read as it.
_LIKENESS_OF_TYPO: Final = 0.8
_CODES: Final = {code.label: code for code in Code}


def validate(data: located.Mapping, shown_path: str, problems: list[Problem]) -> Event:
    """Return the event without invalid values, which become problems.

    A mistyped key is read as the key that was meant.
    """
    _restrict_repeated(data)
    renamed: set[tuple[int | str, ...]] = set()
    while True:
        findings: list[Finding] = []
        try:
            event = Event.model_validate(data, context=findings)
        except ValidationError as error:
            # Without URLs: they point at the validator's own docs, not at ours.
            faults = error.errors(include_url=False)
        else:
            problems += [Problem(shown_path, *finding) for finding in findings]
            return event
        new = (
            one for one in faults if one["type"] != ALREADY_REPORTED and one["loc"] not in renamed
        )
        reported = itertools.islice(new, limits.MAX_PROBLEMS)
        problems += [_problem(data, details, shown_path) for details in reported]
        corrected = {one["loc"] for one in faults if _restrict(data, one["loc"])}
        unknown = {one["loc"] for one in faults if one["type"] == "extra_forbidden"} - corrected
        corrected |= {loc for loc in unknown if _rename(data, loc, renamed)}
        invalid = [one["loc"] for one in faults if one["loc"] not in corrected]
        if not located.remove(data, invalid) and not corrected:
            return Event()


def _is_about_visibility(loc: tuple[int | str, ...]) -> bool:
    """Return whether a place is that of the key ``visibility``, or of a typo of it."""
    has_it = bool(loc) and _VISIBILITY in _entity_at(loc[:-1]).model_fields
    return has_it and is_typo_of(str(loc[-1]), _VISIBILITY)


def _restrict_repeated(value: located.Value) -> None:
    """Make the visibility the strictest where it is given twice."""
    if isinstance(value, located.Mapping):
        if _VISIBILITY in value.repeated:
            value[_VISIBILITY] = located.Text(STRICTEST, value.mark_of(_VISIBILITY))
        for part in value.values():
            _restrict_repeated(part)
    elif isinstance(value, located.Sequence):
        for part in value:
            _restrict_repeated(part)


def _restrict(data: located.Mapping, loc: tuple[int | str, ...]) -> bool:
    """Make the strictest of an invalid visibility; return whether a place is that of one."""
    around = located.value_at(data, loc[:-1])
    if not _is_about_visibility(loc) or not isinstance(around, located.Mapping):
        return False
    key = str(loc[-1])
    strictest = located.Text(STRICTEST, around.mark_of(key))
    if key != _VISIBILITY and _VISIBILITY in around:
        del around[key], around.key_marks[key]
    elif key != _VISIBILITY:
        located.rename(around, key, _VISIBILITY)
    around[_VISIBILITY] = strictest
    return True


def _rename(
    data: located.Mapping, loc: tuple[int | str, ...], renamed: set[tuple[int | str, ...]]
) -> bool:
    """Rename an unknown key to what was meant; return whether that is clear."""
    around = located.value_at(data, loc[:-1])
    key = str(loc[-1])
    meant = _meant(key, loc, around) if isinstance(around, located.Mapping) else None
    if meant is None or not isinstance(around, located.Mapping):
        return False
    located.rename(around, key, meant)
    renamed.add((*loc[:-1], meant))
    return True


def _meant(key: str, loc: tuple[int | str, ...], around: located.Mapping) -> str | None:
    """Return the key that an unknown one is a typo of, unless that is there too."""
    meant = nearest(key, _entity_at(loc[:-1]).model_fields, _LIKENESS_OF_TYPO)
    return None if meant in around.key_marks else meant


def _problem(data: located.Mapping, details: ErrorDetails, shown_path: str) -> Problem:
    loc = details["loc"]
    kind = details["type"]
    if kind == "extra_forbidden":
        mark = located.mark_of(data, loc, of_key=True)
        return Problem(shown_path, mark, Code.UNKNOWN_KEY, _unknown_key(data, loc))
    of_key = bool(loc) and loc[-1] == "[key]"
    mark = located.mark_of(data, loc, of_key=of_key)
    problem = details.get("ctx", {}).get("message", Message("this cannot be read"))
    message = Message("{key}: {problem}", key=_name(loc), problem=problem)
    if _is_about_visibility(loc):
        message = Message(
            "{problem}; until then it counts as “{value}”", problem=message, value=STRICTEST
        )
    return Problem(shown_path, mark, _CODES.get(kind, Code.TYPE), message)


def _unknown_key(data: located.Mapping, loc: tuple[int | str, ...]) -> Message:
    key = str(loc[-1])
    entity = _entity_at(loc[:-1])
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
    if _is_about_visibility(loc):
        return Message(
            "{problem}; until then it counts as “{value}”",
            problem=suggesting(problem, _VISIBILITY),
            value=f"{_VISIBILITY}: {STRICTEST}",
        )
    if isinstance(around, located.Mapping) and (meant := _meant(key, loc, around)):
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


def _name(loc: tuple[int | str, ...]) -> str:
    """Return the name of a value in messages: the nearest key, rather than an index in a list."""
    named = (step for step in reversed(loc) if isinstance(step, str) and step != "[key]")
    return next(named, "event.yaml")


def _entity_at(loc: tuple[int | str, ...]) -> type[Entity]:
    entity: type[Entity] = Event
    for step in loc:
        if isinstance(step, str) and isinstance(below := shape(entity, step).of, type):
            entity = below
    return entity
