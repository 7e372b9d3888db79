"""Validation of located data: an event of what is valid, and problems of what is not.

Pydantic reports all invalid values at once. These are removed and the rest is validated again, so
that a wrong date costs that date alone.
"""

import itertools
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sphinxcommon.messages import Message

from .core import located
from .core.model import STRICTEST, Event
from .core.problems import Code, Finding, Problem
from .core.value_types import ALREADY_REPORTED
from .unknown_keys import (
    VISIBILITY,
    is_about_visibility,
    key_meant,
    unknown_key,
)
from .yaml import limits

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


def _restrict(data: located.Mapping, loc: tuple[int | str, ...]) -> bool:
    """Make the strictest of an invalid visibility; return whether a place is that of one."""
    around = located.value_at(data, loc[:-1])
    if not is_about_visibility(loc) or not isinstance(around, located.Mapping):
        return False
    key = str(loc[-1])
    strictest = located.Text(STRICTEST, around.mark_of(key))
    if key != VISIBILITY and VISIBILITY in around:
        del around[key], around.key_marks[key]
    elif key != VISIBILITY:
        located.rename(around, key, VISIBILITY)
    around[VISIBILITY] = strictest
    return True


def _rename(
    data: located.Mapping, loc: tuple[int | str, ...], renamed: set[tuple[int | str, ...]]
) -> bool:
    """Rename an unknown key to what was meant; return whether that is clear."""
    around = located.value_at(data, loc[:-1])
    key = str(loc[-1])
    meant = key_meant(key, loc, around) if isinstance(around, located.Mapping) else None
    if meant is None or not isinstance(around, located.Mapping):
        return False
    located.rename(around, key, meant)
    renamed.add((*loc[:-1], meant))
    return True


def _problem(data: located.Mapping, details: ErrorDetails, shown_path: str) -> Problem:
    loc = details["loc"]
    kind = details["type"]
    if kind == "extra_forbidden":
        mark = located.mark_of(data, loc, of_key=True)
        return Problem(shown_path, mark, Code.UNKNOWN_KEY, unknown_key(data, loc))
    of_key = bool(loc) and loc[-1] == "[key]"
    mark = located.mark_of(data, loc, of_key=of_key)
    problem = details.get("ctx", {}).get("message", Message("this cannot be read"))
    message = Message("{key}: {problem}", key=_name(loc), problem=problem)
    if is_about_visibility(loc):
        message = Message(
            "{problem}; until then it counts as “{value}”", problem=message, value=STRICTEST
        )
    return Problem(shown_path, mark, _CODES.get(kind, Code.TYPE), message)


def _name(loc: tuple[int | str, ...]) -> str:
    """Return the name of a value in messages: the nearest key, rather than an index in a list."""
    named = (step for step in reversed(loc) if isinstance(step, str) and step != "[key]")
    return next(named, "event.yaml")
