"""``eventreports check``: registers, and what they and events say of each other."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from sphinxcommon.messages import Message

from ..core.appearances import Appearance
from ..core.model import REGISTER_NAMES, REGISTERS, Event, Organization, Person
from ..core.normal_form import normal_form
from ..core.problems import Code, Mark, Problem
from ..core.quoting import in_flow
from ..core.subject_hints import Pair, pairs
from ..core.subjects import Subjects
from ..loader import FILE_NAME, LoadedEvent
from ..registers import ClosedTopics, Registers, load_registers, topics_of, unknown_places
from .project import events_folder, language_of, root_of, shown_here


def registers_of(path: Path) -> list[Path]:
    """Return the registers that a path names: one, or those of a folder with all events."""
    if path.name in REGISTERS:
        return [path]
    folder = events_folder(path)
    files = [folder / name for name in REGISTERS] if _has(path, folder) else []
    return [file for file in files if file.exists()]


def _folder(path: Path) -> Path:
    """Return the folder in which the registers of a path are."""
    return path.parent if path.name in REGISTERS else events_folder(path)


def _has(path: Path, folder: Path) -> bool:
    """Return whether a path is that of a folder with all events of a project."""
    return path.is_dir() and folder.resolve().is_relative_to(path.resolve())


def problems_of_registers(
    paths: Iterable[Path], loaded: Sequence[LoadedEvent]
) -> Iterator[Problem]:
    """Find what is wrong in registers, and between them and events.

    :param paths: The paths to check.
    :param loaded: The events that are checked.
    :yields: The problems.
    """
    given = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100
    named = {shown_here(file) for path in given for file in registers_of(path)}
    for folder in dict.fromkeys(map(_folder, given)):
        registers = load_registers(folder, root_of(folder / FILE_NAME), shown=shown_here)
        yield from (one for one in registers.problems if one.path in named)
        closed = ClosedTopics(registers)
        events = {
            one.event.id: (one.event, one.shown_path)
            for one in loaded
            if one.event and one.path.is_relative_to(folder)
        }
        for event, path in events.values():
            yield from closed.problems(topics_of(event), path)
        if any(_has(path, folder) for path in given):
            yield from unknown_places(registers, _ids(loaded))
            yield from _hints(registers, events, folder)


def _ids(loaded: Iterable[LoadedEvent]) -> dict[str, set[str]]:
    """Return the ids of the sessions of events, by event; former ones are among both."""
    found: dict[str, set[str]] = {}
    for event in (one.event for one in loaded if one.event):
        sessions = {own for one in event.all_sessions for own in (one.id, *one.old_ids)}
        found.update((own, sessions) for own in (event.id, *event.old_ids))
    return found


def _hints(
    registers: Registers, events: Mapping[str, tuple[Event, str]], folder: Path
) -> Iterator[Problem]:
    """Yield a hint for each two subjects that may be one."""
    forms = [normal_form(event, lambda path: path) for event, _path in events.values()]
    language = language_of(root_of(folder / FILE_NAME))
    for pair in pairs(Subjects(forms, registers.entries, language)):
        # Of a topic that is not in a closed list, that is reported.
        is_reported = pair.other.kind == "topic" and registers.is_closed
        if pair.other.appearances and not is_reported:
            first = pair.other.appearances[0]
            event, path = events[first.event]
            name = f"{REGISTER_NAMES[pair.other.kind]}.yaml"
            register = registers.files.get(pair.other.kind, shown_here(folder / name))
            yield Problem(path, _place(event, first), Code.SAME_SUBJECT, _advice(pair, register))


def _place(event: Event, appearance: Appearance) -> Mark:
    """Return where an event has the name of a subject first."""
    kind = appearance.kind
    name = appearance.names[0]
    if kind == "series":
        return event.mark("series")
    if kind == "topic":
        return next(mark for topic, mark in topics_of(event) if topic == name)
    people = (one for one in event.entities() if isinstance(one, Person | Organization))
    for one in people:
        if one.name and one.name.says(name):
            return one.mark("name")
        if isinstance(one, Person) and one.affiliation and one.affiliation.says(name):
            return one.mark("affiliation")
    return event.mark()


def _advice(pair: Pair, register: str) -> Message:
    """Return that two may be one, and what to write if they are, or if they are not."""
    kept, other = pair.kept, pair.other
    problem = Message(
        "“{other}” may be “{kept}”: {reason}",
        other=other.name,
        kept=kept.name,
        reason=Message(pair.reason),
    )
    if kept.entry:
        return Message(
            "{problem}; if so, add it to the aliases of the entry in line {line} of {path}; if "
            "not, write “{two}” there",
            problem=problem,
            line=kept.entry.mark().line,
            path=register,
            two=f"- {in_flow(other.name)}",
        )
    return Message(
        "{problem}; if so, write “{one}” below “{key}:” in {path}; if not, “{two}”",
        problem=problem,
        one=f"- {in_flow({'name': kept.name, 'aliases': [other.name]})}",
        key=REGISTER_NAMES[kept.kind],
        path=register,
        two=[f"- {in_flow(one.name)}" for one in (kept, other)],
    )
