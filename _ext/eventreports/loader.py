"""Loading of an ``event.yaml``: an event of all that is right, and problems of what is not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from sphinxcommon.messages import Message

from . import checks
from .core import paths
from .core.model import Event
from .core.names import composed
from .core.paths import IsContent
from .core.problems import Code, Mark, Problem
from .core.session_ids import unwritten_ids, with_ids
from .validation import validate
from .yaml import reader

FILE_NAME: Final = "event.yaml"
#: Problems of one file; one more says that there are others.
MAX_REPORTED: Final = 200


#: Problems that follow from a syntax error in the same line.
_CONSEQUENCES: Final = {Code.TYPE, Code.BRACKETS, Code.MISSING}


@dataclass(frozen=True)
class LoadedEvent:
    """The content of one file; ``event`` is ``None`` if nothing of it could be read."""

    path: Path
    shown_path: str
    event: Event | None
    problems: tuple[Problem, ...]
    is_content: IsContent = paths.is_content
    #: Ids of sessions that have none in the file, by the sessions' places.
    unwritten_ids: Mapping[Mark, str] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether all of the file could be read; otherwise anything may be missing."""
        return self.event is not None and not self.event.is_partial


def load(
    path: Path,
    root: Path,
    is_content: IsContent = paths.is_content,
    *,
    shown_path: str = "",
    raw: bytes | None = None,
) -> LoadedEvent:
    """Load an event's file.

    :param path: The file.
    :param root: The project's folder, which the file and its local files must not leave.
    :param is_content: Whether data may name a file that is not in the event's own folder.
    :param shown_path: The path in messages, if not from ``root``.
    :param raw: What to read instead of the file's content.
    :returns: The event, with an id for itself and each session, and the problems.
    """
    shown_path = shown_path or paths.shown(path, root)
    if reason := paths.refusal(path, root, path.name):
        problem = Problem(shown_path, Mark(), Code.PATH, reason)
        return LoadedEvent(path, shown_path, None, (problem,))
    data, problems = reader.read(path, shown_path) if raw is None else reader.parse(raw, shown_path)
    if data is None:
        return LoadedEvent(path, shown_path, None, tuple(problems))
    event = validate(data, shown_path, problems)
    problems += checks.check(event, path.parent, root, shown_path, is_content)
    identified = with_ids(event, composed(path.parent.name))
    unwritten = unwritten_ids(event, identified) if is_as_written(problems) else {}
    if unwritten:
        problems.append(_hint_of_ids(identified, unwritten, shown_path))
    found = tuple(_reported(problems))
    return LoadedEvent(path, shown_path, identified, found, is_content, unwritten)


def is_as_written(problems: Iterable[Problem]) -> bool:
    """Return whether YAML can read a file without repairs, so that places in it are exact."""
    return all(problem.code is not Code.SYNTAX for problem in problems)


def _hint_of_ids(event: Event, unwritten: Mapping[Mark, str], shown_path: str) -> Problem:
    """Return the hint that sessions have no id, with the command that writes ids."""
    message = Message(
        "sessions have no written “id” ({number} of {all}), so links to them change with their "
        'titles; run eventreports check --fix "{file}"',
        number=len(unwritten),
        all=len(event.all_sessions),
        file=shown_path,
    )
    return Problem(shown_path, min(unwritten), Code.NO_ID, message)


def _reported(problems: list[Problem]) -> list[Problem]:
    """Sort problems by place, without consequences of others; limit their number."""
    repaired = {problem.mark.line for problem in problems if problem.code is Code.SYNTAX}
    problems = [
        one for one in problems if one.code not in _CONSEQUENCES or one.mark.line not in repaired
    ]
    problems.sort(key=lambda problem: (problem.mark, problem.code.label))
    if len(problems) <= MAX_REPORTED:
        return problems
    last = problems[MAX_REPORTED]
    more = Message("{problem}; more problems follow, fix these first", problem=last.message)
    return [*problems[:MAX_REPORTED], replace(last, message=more)]
