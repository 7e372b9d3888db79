"""Loading of files: an event, or a register, of all that is right; problems of what is not."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeVar

from sphinxcommon.messages import Message

from . import checks
from .core import paths
from .core.audience import LEVELS, Audience, LeftOut
from .core.commands import Command
from .core.entity import Entity
from .core.key_words import same_key, visibility_words
from .core.model import STRICTEST, Event, Session
from .core.names import composed, is_typo_of
from .core.page_blocks import begins_block
from .core.paths import IsContent
from .core.problems import Code, Mark, Problem
from .core.session_ids import unwritten_ids, with_ids
from .corrections import VISIBILITY
from .validation import validate
from .yaml import reader

D = TypeVar("D", bound=Entity)

FILE_NAME: Final = "event.yaml"
#: Problems of one file; one more says that there are others.
MAX_REPORTED: Final = 200


#: What may be a key; of bounded length, as lines are of any.
_KEY: Final = re.compile(r"\b([^\W\d]\w{1,24})[\"']?[ \t]{0,3}[:：]")
_RESTRICTED: Final = re.compile(
    r"\b([^\W\d]\w{6,24})[\"']?[ \t]{0,3}[:：=]?[ \t]{0,3}[\"']?"
    rf"(?:{'|'.join(LEVELS[1:])})\b",
    re.IGNORECASE,
)
#: A line whose alias may have said for whom something is: a key, a level, or what is merged.
_LOST: Final = re.compile(rf"<<|visib|{'|'.join(LEVELS[1:])}", re.IGNORECASE)
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
    #: Whether it cannot be read for whom all of it is.
    is_unclear: bool = False
    #: What is not for the audience that was asked for, and whether that is all of it.
    left_out: tuple[LeftOut, ...] = ()
    is_left_out: bool = False

    @property
    def document(self) -> Event | None:
        """The event, which is the whole of the file."""
        return self.event

    @property
    def is_whole(self) -> bool:
        """Whether all of the file could be read; otherwise anything may be missing."""
        return self.event is not None and not self.event.is_partial

    @property
    def left_out_sessions(self) -> tuple[Session, ...]:
        """The sessions that are left out, with those within them."""
        within = (one for part in self.left_out for one in part.entity.entities())
        return tuple(one for one in within if isinstance(one, Session))

    def leaves_out(self, named: str) -> bool:
        """Return whether a session is left out.

        :param named: An id of the session, with the event's before it or not, or its title.
        :returns: Whether it is.
        """
        own_id = composed(named).rpartition("/")[2]
        if self.event and self.event.session(own_id):
            return False
        return any(
            own_id in (session.id, *session.old_ids)
            or (session.title is not None and session.title.says(named))
            for session in self.left_out_sessions
        )

    def seen_by(self, audience: Audience) -> "LoadedEvent":
        """Return what an audience may see of it, problems included.

        Of what is left out, only those are reported that are about for whom it is.
        """
        if self.event is None:
            if audience.has(STRICTEST if self.is_unclear else audience.default):
                return self
            return replace(self, problems=_of_visibility(self.problems), is_left_out=True)
        level = STRICTEST if self.is_unclear else self.event.visibility
        view = audience.view(self.event.model_copy(update={"visibility": level}))
        problems = self.problems
        if view.left_out and not is_as_written(problems):
            # Their messages quote what stands beside the fault.
            problems = (*_of_visibility(problems), _unsaid(self.shown_path, problems))
        parts = [one.entity for one in view.left_out]
        names = _names_of(parts)
        shown = tuple(
            one
            for one in problems
            if _is_of_visibility(one)
            or not (
                any(part.holds(one.mark) for part in parts)
                # Those between two parts name the other.
                or any(name in str(one.message) for name in names)
            )
        )
        return replace(
            self,
            event=view.event,
            problems=shown,
            left_out=view.left_out,
            is_left_out=view.event is None,
        )


def _names_of(parts: Iterable[Entity]) -> set[str]:
    """Return what parts, and those within them, are called."""
    found = {
        str(value)
        for part in parts
        for one in part.entities()
        for key in ("id", "title", "name", "url", "path", "room", "track")
        if (value := getattr(one, key, None))
    }
    return {one for one in found if len(one) > 2}


def _of_visibility(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(filter(_is_of_visibility, problems))


def _is_of_visibility(problem: Problem) -> bool:
    """Return whether a problem is about for whom something is."""
    return problem.code is Code.VISIBILITY or ("key", VISIBILITY) in problem.message.arguments


def _unsaid(shown_path: str, problems: Iterable[Problem]) -> Problem:
    """Return that a file has faults, without saying which."""
    first = min(one.mark for one in problems if one.code is Code.SYNTAX)
    message = Message(
        "YAML cannot read this file, a part of which is not for this build; run {command}, which "
        "says what is wrong",
        command=Command("check", path=shown_path),
    )
    return Problem(shown_path, first, Code.SYNTAX, message)


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
    event, problems = read(Event, path, root, shown_path, raw)
    if event is None:
        is_refused = any(one.code is Code.PATH for one in problems)
        unclear = [] if is_refused else _unread_visibility(path, raw, shown_path, None, problems)
        problems += unclear
        return LoadedEvent(path, shown_path, None, tuple(problems), is_unclear=bool(unclear))
    unclear = _unread_visibility(path, raw, shown_path, event, problems)
    problems += unclear
    problems += checks.check(event, path.parent, root, shown_path, is_content)
    identified = with_ids(event, composed(path.parent.name))
    unwritten = unwritten_ids(event, identified) if is_as_written(problems) else {}
    if unwritten:
        problems.append(_hint_of_ids(identified, unwritten, shown_path))
    found = tuple(reported_of(problems))
    return LoadedEvent(path, shown_path, identified, found, is_content, unwritten, bool(unclear))


def read(
    document: type[D], path: Path, root: Path, shown_path: str, raw: bytes | None = None
) -> tuple[D | None, list[Problem]]:
    """Read a file, without checking its parts against each other.

    :param document: The class of what the file describes.
    :param path: The file.
    :param root: The project's folder, which the file must not leave.
    :param shown_path: Its path in messages.
    :param raw: What to read instead of the file's content.
    :returns: What is valid of it, if anything can be read, and the problems.
    """
    if reason := paths.refusal(path, root, path.name):
        return None, [Problem(shown_path, Mark(), Code.PATH, reason)]
    data, problems = reader.read(path, shown_path) if raw is None else reader.parse(raw, shown_path)
    if data is None:
        return None, problems
    return validate(document, data, shown_path, problems), problems


def _unread_visibility(
    path: Path,
    raw: bytes | None,
    shown_path: str,
    event: Event | None,
    problems: Iterable[Problem],
) -> list[Problem]:
    """Return a problem where a file says for whom something is, and that was not read."""
    try:
        text = (path.read_bytes() if raw is None else raw).decode(errors="replace")
    except OSError:
        return []
    lines = text.splitlines()
    is_read = event is not None and not event.is_partial
    saying = [
        number
        for number, line in enumerate(lines, 1)
        if _is_restricted(line) or (not is_read and _is_about_visibility(line))
    ]
    # What aliases repeat stands in one place.
    read = {
        one.mark(VISIBILITY)
        for one in (event.entities() if event else ())
        if (level := getattr(one, VISIBILITY, None)) and (not is_read or level != LEVELS[0])
    }
    unnamed = (one.mark.line for one in problems if one.code is Code.ALIAS)
    lost = [number for number in unnamed if _LOST.search(lines[number - 1])]
    unread = saying if len(saying) > len(read) + len(_of_visibility(problems)) else []
    message = Message(
        "a part of this file cannot be read, so it is not known for whom all of it is; until then "
        "it counts as “{value}”",
        value=f"{VISIBILITY}: {STRICTEST}",
    )
    if not (found := sorted((*lost, *unread))):
        message = Message(
            "a part of a text cannot be for some; write the text into the page, or “{key}” beside "
            "it; until then all of the file counts as “{value}”",
            key=f"{VISIBILITY}: {LEVELS[1]}",
            value=f"{VISIBILITY}: {STRICTEST}",
        )
        found = [number for number, line in enumerate(lines, 1) if _has_block(line)]
    return [Problem(shown_path, Mark(line), Code.VISIBILITY, message) for line in found[:1]]


def _has_block(line: str) -> bool:
    """Return whether a line seems to begin a block of a page, which texts of data do not have."""
    return not line.lstrip().startswith("#") and bool(begins_block(line))


def _is_restricted(line: str) -> bool:
    """Return whether a line seems to say that something is not for everybody."""
    found = _RESTRICTED.findall(line.partition(" #")[0])
    return not line.lstrip().startswith("#") and any(
        is_typo_of(one, VISIBILITY) or one.casefold().endswith(VISIBILITY) for one in found
    )


def _is_about_visibility(line: str) -> bool:
    words = _KEY.findall(line)
    known = visibility_words()
    return any(is_typo_of(word, VISIBILITY) or same_key(word) in known for word in words)


def is_as_written(problems: Iterable[Problem]) -> bool:
    """Return whether YAML can read a file without repairs, so that places in it are exact."""
    return all(problem.code is not Code.SYNTAX for problem in problems)


def _hint_of_ids(event: Event, unwritten: Mapping[Mark, str], shown_path: str) -> Problem:
    """Return the hint that sessions have no id, with the command that writes ids."""
    message = Message(
        "sessions have no written “id” ({number} of {all}), so links to them change with their "
        "titles; run {command}",
        number=len(unwritten),
        all=len(event.all_sessions),
        command=Command("check", "--fix", path=shown_path),
    )
    return Problem(shown_path, min(unwritten), Code.NO_ID, message)


def reported_of(problems: list[Problem]) -> list[Problem]:
    """Sort problems by place, without consequences of others; limit their number."""
    repaired = {problem.mark.line for problem in problems if problem.code is Code.SYNTAX}
    # Once what is wrong with a date that several sessions have.
    problems = [
        one
        for one in dict.fromkeys(problems)
        if one.code not in _CONSEQUENCES or one.mark.line not in repaired
    ]
    problems.sort(key=lambda problem: (problem.mark, problem.code.label))
    if len(problems) <= MAX_REPORTED:
        return problems
    last = problems[MAX_REPORTED]
    more = Message("{problem}; more problems follow, fix these first", problem=last.message)
    return [*problems[:MAX_REPORTED], replace(last, message=more)]
