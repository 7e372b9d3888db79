"""The registers of a project: what it knows of people, organizations, topics and series."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sphinxcommon.files import short_digest
from sphinxcommon.messages import Message
from sphinxcommon.suggestions import did_you_mean, nearest

from . import checks
from .core import paths
from .core.audience import ALL, Audience
from .core.files import stamp_of
from .core.model import (
    REGISTERS,
    Event,
    Register,
    RegisteredSubject,
    SubjectKind,
    TopicsRegister,
)
from .core.names import comparable
from .core.paths import IsContent
from .core.problems import Code, Mark, Problem
from .core.quoting import in_flow
from .loader import read, reported_of


@dataclass(frozen=True)
class LoadedRegister:
    """The content of one file; ``document`` is ``None`` if nothing of it could be read."""

    document: Register | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Registers:
    """What the registers have; a site may lack any of them.

    :param entries: Their entries, by kind; each has a name.
    :param is_closed: Whether events may have no other topics than those that have an entry.
    :param problems: What is wrong in the files.
    :param files: The files that are there, as messages show them, by kind.
    :param stamps: The states of these files, by name, and of the pictures that they name, by
        digests, to compare.
    """

    entries: Mapping[SubjectKind, tuple[RegisteredSubject, ...]] = field(default_factory=dict)
    is_closed: bool = False
    problems: tuple[Problem, ...] = ()
    files: Mapping[SubjectKind, str] = field(default_factory=dict)
    stamps: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def load_register(
    path: Path,
    root: Path,
    is_content: IsContent = paths.is_content,
    *,
    shown_path: str = "",
    raw: bytes | None = None,
) -> LoadedRegister:
    """Load one register.

    :param path: The file, whose name says which register it is.
    :param root: The project's folder, which the file and its pictures must not leave.
    :param is_content: Whether data may name a file that is not in the folder of the file.
    :param shown_path: The path in messages, if not from ``root``.
    :param raw: What to read instead of the file's content.
    :returns: The register and its problems.
    """
    shown_path = shown_path or paths.shown(path, root)
    register, problems = read(REGISTERS[path.name], path, root, shown_path, raw)
    if register is not None:
        problems += checks.check(register, path.parent, root, shown_path, is_content)
    return LoadedRegister(register, tuple(reported_of(problems)))


def load_registers(
    top: Path,
    root: Path,
    is_content: IsContent = paths.is_content,
    *,
    audience: Audience = ALL,
    is_excluded: Callable[[Path], bool] = lambda _path: False,
    shown: Callable[[Path], str] | None = None,
) -> Registers:
    """Load the registers that there are.

    :param top: The folder below which events are; registers are in it.
    :param root: The project's folder, which the files and their pictures must not leave.
    :param is_content: Whether data may name a file that is not in ``top``.
    :param audience: For whom the build is; links that are not for these are left out.
    :param is_excluded: Whether a file is no part of the site.
    :param shown: Returns a path as messages show it, if that is not from ``root``.
    :returns: The registers.
    """
    entries: dict[SubjectKind, tuple[RegisteredSubject, ...]] = {}
    files: dict[SubjectKind, str] = {}
    stamps: dict[str, tuple[int, int]] = {}
    problems: list[Problem] = []
    is_closed = False
    for name, document in REGISTERS.items():
        path, kind = top / name, document.kind
        if not paths.is_there(Path.exists, path) or is_excluded(path):
            continue
        files[kind] = shown(path) if shown else paths.shown(path, root)
        stamps[name] = stamp_of(path)
        loaded = load_register(path, root, is_content, shown_path=files[kind])
        problems += loaded.problems
        if (register := loaded.document) is not None:
            seen = map(audience.part, register.entries)
            entries[kind] = tuple(one for one in seen if one and one.name)
            pictures = filter(None, (one.image for one in entries[kind]))
            # The environment has no names of pictures, some of which are not for its audience.
            stamps |= {short_digest(one): stamp_of(top / one) for one in pictures}
            is_closed |= isinstance(register, TopicsRegister) and register.is_closed
    return Registers(entries, is_closed, tuple(problems), files, stamps)


def unknown_places(
    registers: Registers,
    sessions: Mapping[str, Collection[str]],
    is_left_out: Callable[[str, str], bool] = lambda _event, _session: False,
) -> Iterator[Problem]:
    """Find entries that are said to be at an event, or at a session, that there is not.

    :param registers: The registers.
    :param sessions: The ids of all sessions, by event; former ones are among both.
    :param is_left_out: Whether an event, or a session of it, is not for the audience.
    :yields: The problems.
    """
    for kind, entries in registers.entries.items():
        for entry in entries:
            for place, mark in zip(entry.at, entry.marks("at"), strict=True):
                event, _, session = place.partition("/")
                if event in sessions and (not session or session in sessions[event]):
                    continue
                if is_left_out(event, session):
                    continue
                code = Code.UNKNOWN_EVENT
                problem = Message("there is no event “{event}”", event=event)
                known: Collection[str] = sessions.keys()
                if event in sessions:
                    code, known = Code.UNKNOWN_SESSION, sessions[event]
                    problem = Message(
                        "the event “{event}” has no session “{session}”",
                        event=event,
                        session=session,
                    )
                message = did_you_mean(problem, session if event in sessions else event, known)
                yield Problem(registers.files[kind], mark, code, message)


class ClosedTopics:
    """The topics that events may have, where the list of a site is closed.

    :param registers: The registers.
    """

    def __init__(self, registers: Registers) -> None:
        entries = registers.entries.get("topic", ()) if registers.is_closed else ()
        self._file = registers.files.get("topic", "")
        self._names = {name: str(one.name) for one in entries for name in one.all_names}
        self._known = set(map(comparable, self._names))
        self._is_closed = registers.is_closed

    def problems(self, topics: Iterable[tuple[str, Mark]], shown_path: str) -> Iterator[Problem]:
        """Find the topics of an event that the list lacks.

        :param topics: The event's topics, and where they stand.
        :param shown_path: The path of the event's file in messages.
        :yields: The problems.
        """
        for topic, mark in topics if self._is_closed else ():
            if comparable(topic) in self._known:
                continue
            near = nearest(topic, self._names)
            message = Message(
                "“{topic}” is none of the topics of {path}; write one of these, or add “{line}” "
                "there",
                topic=topic,
                path=self._file,
                line=f"- {in_flow(topic)}",
            )
            if near:
                message = Message(
                    "“{topic}” is none of the topics of {path}; write “{near}”, or add “{line}” "
                    "there",
                    topic=topic,
                    path=self._file,
                    near=self._names[near],
                    line=f"- {in_flow(topic)}",
                )
            yield Problem(shown_path, mark, Code.UNKNOWN_TOPIC, message)


def topics_of(event: Event) -> Iterator[tuple[str, Mark]]:
    """Yield the topics of an event and of its sessions, with their places."""
    yield from zip(event.topics, event.marks("topics"), strict=True)
    for session in event.all_sessions:
        yield from zip(session.topics, session.marks("topics"), strict=True)
