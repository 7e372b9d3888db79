"""A file → an event and what is wrong with it; what is right is kept.

The model reports all faults at once. Each faulty value is then taken out and
the rest checked again, so that one wrong date costs that date and no more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from . import checks, source
from .model import TOLD, Entity, Event, Session
from .problems import Code, Mark, Problem, did_you_mean

FILE_NAME: Final = "event.yaml"

_CODES: Final = {code.label: code for code in Code}


@dataclass(frozen=True)
class LoadedEvent:
    """What one file holds: ``event`` is ``None`` where nothing could be read."""

    path: Path
    shown_path: str
    event: Event | None
    problems: tuple[Problem, ...]


def load(path: Path, root: Path) -> LoadedEvent:
    """The event in ``path``, whose local files must lie inside ``root``."""
    shown_path = _shown(path, root)
    data, problems = source.read(path, shown_path)
    if data is None:
        return LoadedEvent(path, shown_path, None, tuple(problems))
    event = _validate(data, shown_path, problems)
    problems += checks.check(event, path.parent, root, shown_path)
    event = _with_ids(event, path.parent.name)
    return LoadedEvent(path, shown_path, event, tuple(sorted(problems, key=_place)))


def _place(problem: Problem) -> tuple[Mark, str]:
    return problem.mark, problem.code.label


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _validate(data: source.Mapping, shown_path: str, problems: list[Problem]) -> Event:
    while True:
        try:
            return Event.model_validate(data)
        except ValidationError as error:
            # Without URLs: they point at the validator's own docs, not at ours.
            faults = error.errors(include_url=False)
        new = (details for details in faults if details["type"] != TOLD)
        problems += [_problem(data, details, shown_path) for details in new]
        source.remove(data, [details["loc"] for details in faults])


def _problem(data: source.Mapping, details: ErrorDetails, shown_path: str) -> Problem:
    loc = details["loc"]
    key = str(loc[-1]) if loc else ""
    kind = details["type"]
    if kind == "extra_forbidden":
        keys = list(_entity_at(loc[:-1]).model_fields)
        hint = did_you_mean(key, keys) or f"; known are {', '.join(keys)}"
        code, message = Code.UNKNOWN_KEY, f"unknown key “{key}”{hint}"
    elif kind == "literal_error":
        code, message = Code.VALUE, f"{key}: {details['ctx']['expected']} expected"
    elif kind in _CODES:
        code, message = _CODES[kind], f"{_name(loc)}: {details['msg']}"
    else:
        code, message = Code.TYPE, f"{_name(loc)}: {details['msg']}"
    return Problem(shown_path, source.mark_of(data, loc), code, message)


def _name(loc: tuple[int | str, ...]) -> str:
    """The nearest key, which names a value better than its place in a list."""
    named = (step for step in reversed(loc) if isinstance(step, str) and step != "[key]")
    return next(named, FILE_NAME)


def _entity_at(loc: tuple[int | str, ...]) -> type[Entity]:
    entity: type[Entity] = Event
    for step in loc:
        if isinstance(step, str):
            entity = _entity_in(entity.model_fields[step].annotation) or entity
    return entity


def _entity_in(annotation: Any) -> type[Entity] | None:
    if isinstance(annotation, type) and issubclass(annotation, Entity):
        return annotation
    return next(filter(None, map(_entity_in, get_args(annotation))), None)


def _with_ids(event: Event, fallback_id: str) -> Event:
    """Give an id to what has none, and a session's id to its first bearer alone."""
    taken: set[str] = {session.id for session in event.sessions if session.id}
    given: set[str] = set()
    sessions = []
    for number, session in enumerate(event.sessions, start=1):
        session_id = session.id
        if not session_id or session_id in given:
            session_id = _free_id(session, number, taken | given)
        given.add(session_id)
        sessions.append(session.model_copy(update={"id": session_id}))
    changes = {"id": event.id or fallback_id, "sessions": tuple(sessions)}
    return event.model_copy(update=changes)


def _free_id(session: Session, number: int, taken: set[str]) -> str:
    words = re.findall(r"[a-z0-9]+", str(session.title or "").lower())
    slug = "-".join(words)[:60].strip("-")
    candidate = slug if slug and slug not in taken else f"s{number}"
    while candidate in taken:
        candidate += "-"
    return candidate
