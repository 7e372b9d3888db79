"""Validation of located data: an event or register of what is valid, problems of what is not.

Pydantic reports all invalid values at once. These are removed and the rest is validated again, so
that a wrong date costs that date alone.
"""

from collections.abc import Mapping
from typing import Final, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sphinxcommon.messages import Message

from . import corrections
from .core import day_groups, located
from .core.entity import Entity
from .core.model import STRICTEST, Event
from .core.names import is_typo_of
from .core.problems import Code, Finding, Fix, NewEntries, Problem
from .core.quoting import in_flow
from .core.value_types import ALREADY_REPORTED
from .corrections import VISIBILITY, is_about_visibility
from .yaml import limits

D = TypeVar("D", bound=Entity)

_CODES: Final = {code.label: code for code in Code}


def validate(
    document: type[D], data: located.Mapping, shown_path: str, problems: list[Problem]
) -> D:
    """Return what a file describes without invalid values, which become problems.

    What was meant by another word is read as such where that is certain.

    :param document: The class of what the file describes.
    :param data: The file's data, which is changed.
    :param shown_path: The file's path in messages.
    :param problems: Where to add the problems.
    :returns: What is valid.
    """
    _restrict_repeated(data)
    if document is Event:
        day_groups.spread(data)
    while True:
        findings: list[Finding] = []
        try:
            valid = document.model_validate(data, context=findings)
        except ValidationError as error:
            # Without URLs: they point at the validator's own docs, not at ours.
            faults = error.errors(include_url=False)
        else:
            problems += [Problem(shown_path, *finding) for finding in findings]
            return valid
        corrected = set()
        number = 0
        for one in faults:
            problem, is_corrected = _corrected(document, data, one, shown_path)
            if one["type"] != ALREADY_REPORTED and number < limits.MAX_PROBLEMS:
                problems.append(problem)
                number += 1
            if is_corrected:
                corrected.add(one["loc"])
        invalid = [one["loc"] for one in faults if one["loc"] not in corrected]
        if not located.remove(data, invalid) and not corrected:
            return document()


def _restrict_repeated(value: located.Value) -> None:
    """Make the visibility the strictest where it is given twice."""
    if isinstance(value, located.Mapping):
        if VISIBILITY in value.repeated:
            value[VISIBILITY] = located.Text(STRICTEST, value.mark_of(VISIBILITY))
        for part in value.values():
            _restrict_repeated(part)
    elif isinstance(value, located.Sequence):
        for part in value:
            _restrict_repeated(part)


def _restrict(document: type[Entity], data: located.Mapping, loc: tuple[int | str, ...]) -> bool:
    """Make the strictest of an invalid visibility; return whether a place is that of one."""
    around = located.value_at(data, loc[:-1])
    if not is_about_visibility(loc, document) or not isinstance(around, located.Mapping):
        return False
    key = str(loc[-1])
    strictest = located.Text(STRICTEST, around.mark_of(key))
    located.put(around, key, {VISIBILITY: strictest})
    return True


def _restrict_around(
    document: type[Entity], data: located.Mapping, loc: tuple[int | str, ...]
) -> bool:
    """Make the strictest of what is around a visibility that nothing can have by itself."""
    if not loc or not is_typo_of(str(loc[-1]), VISIBILITY) or is_about_visibility(loc, document):
        return False
    for end in range(len(loc) - 1, -1, -1):
        around = located.value_at(data, loc[:end])
        has_it = is_about_visibility((*loc[:end], VISIBILITY), document)
        if has_it and isinstance(around, located.Mapping):
            around[VISIBILITY] = located.Text(STRICTEST, around.mark)
            around.key_marks.setdefault(VISIBILITY, around.mark)
            return True
    return False


def _corrected(
    document: type[Entity], data: located.Mapping, details: ErrorDetails, shown_path: str
) -> tuple[Problem, bool]:
    """Return the problem that a fault is; correct the data, if what was meant is certain."""
    loc, kind = details["loc"], details["type"]
    is_unknown = kind == "extra_forbidden"
    of_key = is_unknown or (bool(loc) and loc[-1] == "[key]")
    mark = located.mark_of(data, loc, of_key=of_key)
    meant = corrections.of_key if is_unknown else corrections.of_value
    correction = meant(data, loc, document)
    if is_unknown and correction:
        code, message = Code.UNKNOWN_KEY, correction.message
    else:
        code = _CODES.get(kind, Code.TYPE)
        problem = details.get("ctx", {}).get("message", Message("this cannot be read"))
        problem = correction.message if correction else problem
        message = Message("{key}: {problem}", key=_name(loc, document), problem=problem)
    is_restricted = not (correction and correction.values) and _restrict(document, data, loc)
    if is_restricted and not is_unknown:
        message = Message(
            "{problem}; until then it counts as “{value}”", problem=message, value=STRICTEST
        )
    if is_restricted or (correction and correction.is_about_visibility):
        code = Code.VISIBILITY
    if is_unknown and _restrict_around(document, data, loc):
        code = Code.VISIBILITY
        message = Message(
            "{problem}; until then what is around it counts as “{value}”",
            problem=message,
            value=STRICTEST,
        )
    fix: Fix = ()
    if correction and correction.values:
        holder, step = located.holder(data, loc)
        if correction.is_to_write and not is_restricted:
            fix = _new_entries(holder, step, correction.values)
        if isinstance(holder, located.Mapping):
            located.put(holder, str(step), correction.values)
        else:
            holder[int(step)] = correction.values[str(step)]
    return (
        Problem(shown_path, mark, code, message, fix),
        is_restricted or bool(correction and correction.values),
    )


def _new_entries(
    holder: located.Mapping | located.Sequence, step: int | str, values: Mapping[str, located.Value]
) -> Fix:
    """Return what to write instead of a key and its value, or of an item.

    There is nothing where what is written elsewhere would have to be changed as well.
    """
    if isinstance(holder, located.Sequence):
        (item,) = values.values()
        return (NewEntries(holder.item_marks[int(step)], "", (("", in_flow(item)),)),)
    step = str(step)
    if step in holder.repeated or holder.key_marks.keys() & values.keys() - {step}:
        return ()
    entries = tuple(
        (key, None if value is holder.get(step) else in_flow(value))
        for key, value in values.items()
    )
    return (NewEntries(holder.key_marks[step], step, entries),)


def _name(loc: tuple[int | str, ...], document: type[Entity]) -> str:
    """Return the name of a value in messages: the nearest key, rather than an index in a list."""
    named = (step for step in reversed(loc) if isinstance(step, str) and step != "[key]")
    return next(named, document.file_name)
