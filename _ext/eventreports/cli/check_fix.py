"""``eventreports check --fix``: what is read already, written into files and pages."""

import difflib
from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Protocol, TypeVar

import yaml

from sphinxcommon.files import write_whole
from sphinxcommon.messages import Message

from ..core.edits import edited
from ..core.encodings import decode
from ..core.entity import Entity
from ..core.problems import Code, Edit, Finding, Mark, Problem
from ..loader import MAX_REPORTED, LoadedEvent, is_as_written, load
from ..registers import LoadedRegister, load_register
from ..yaml.edit import Document
from .project import root_of, setting_of, shown_here

#: How often a file is read again: what is fixed may show what else is wrong.
_MOST_ROUNDS: Final = 20

Groups = Sequence[Sequence[Edit]]


class Loaded(Protocol):
    """What a file holds, and its problems."""

    @property
    def document(self) -> Entity | None:
        """The event or register; nothing if nothing of it could be read."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the file."""


L = TypeVar("L", bound=Loaded)


@dataclass(frozen=True)
class Fix:
    """The text of a file before and after it is fixed, and why some of it cannot be."""

    path: Path
    shown_path: str
    raw: bytes = b""
    text: str = ""
    edited: str = ""
    notices: Iterable[Finding] = ()

    @property
    def diff(self) -> list[str]:
        """The lines of a unified diff."""
        before, after = (one.removesuffix("\n").split("\n") for one in (self.text, self.edited))
        path = self.shown_path
        return [*difflib.unified_diff(before, after, path, path, lineterm="")]

    def write(self) -> list[Problem]:
        """Write the file completely or not at all; return the problems of what is missing."""
        problems = [Problem(self.shown_path, *notice) for notice in self.notices]
        mark = self.raw[: len(self.raw) - len(self.text.encode())]
        try:
            if self.edited != self.text:
                # Replacing a file takes no permission to write it.
                self.path.open("r+b").close()
                write_whole(self.path.resolve(), mark + self.edited.encode())
        except OSError as error:
            reason = error.strerror or str(error)
            message = Message("what is fixed cannot be written: {reason}", reason=reason)
            problems.append(Problem(self.shown_path, Mark(), Code.UNWRITABLE, message))
        return problems


def fix_event(path: Path, root: Path, shown_path: str, ignored: Container[str] = ()) -> Fix:
    """Fix the text of an event's file, where that changes nothing of the event.

    :param path: The file.
    :param root: The project's folder, which the file must not leave.
    :param shown_path: The path in messages.
    :param ignored: Labels of the codes whose problems stay.
    :returns: The change, which is not yet written.
    """

    def read(text: str) -> LoadedEvent:
        return load(path, root, shown_path=shown_path, raw=text.encode())

    found = load(path, root, shown_path=shown_path)
    if found.event is None:
        return Fix(path, shown_path, notices=[_UNREAD])
    raw = path.read_bytes()
    text = str(decode(raw))
    new, found = _fixed(text, found, read, ignored)
    notices: list[Finding] = []
    if Code.NO_ID.label not in ignored:
        new, found, notices = _with_ids(new, found, read)
    return Fix(path, shown_path, raw, text, new, notices)


def fix_register(path: Path, root: Path, shown_path: str, ignored: Container[str] = ()) -> Fix:
    """Fix the text of a register, where that changes nothing of what it says.

    :param path: The file.
    :param root: The project's folder, which the file must not leave.
    :param shown_path: The path in messages.
    :param ignored: Labels of the codes whose problems stay.
    :returns: The change, which is not yet written.
    """

    def read(text: str) -> LoadedRegister:
        return load_register(path, root, shown_path=shown_path, raw=text.encode())

    found = load_register(path, root, shown_path=shown_path)
    if found.document is None:
        return Fix(path, shown_path)
    raw = path.read_bytes()
    text = str(decode(raw))
    return Fix(path, shown_path, raw, text, _fixed(text, found, read, ignored)[0])


def _fixed(text: str, found: L, read: Callable[[str], L], ignored: Container[str]) -> tuple[str, L]:
    """Return a text with what its problems know, and what is read of it then."""
    for _round in range(_MOST_ROUNDS):
        better = _applied(text, found, _of_problems(text, found, ignored), read)
        if better == text:
            break
        text, found = better, read(better)
    return text, found


def _of_problems(text: str, found: Loaded, ignored: Container[str]) -> Groups:
    """Return the edits that the problems of a text know."""
    fixes = [one.fix for one in found.problems if one.fix and one.code.label not in ignored]
    if not fixes:
        return []
    try:
        document = Document(text)
    except yaml.YAMLError:
        # First what YAML cannot read: that is whole lines.
        return [
            [part for part in fix if isinstance(part, Edit)]
            for fix in fixes
            if all(isinstance(part, Edit) for part in fix)
        ]
    return list(filter(None, map(document.edits, fixes)))


def _applied(text: str, found: L, groups: Groups, read: Callable[[str], L]) -> str:
    """Return a text after edits, without those that would change what it says or add a fault."""
    new = edited(text, groups)
    if new == text or _is_same(found, read(new)):
        return new
    kept: list[Sequence[Edit]] = []
    for group in groups:
        if _is_same(found, read(edited(text, [*kept, group]))):
            kept.append(group)
    return edited(text, kept)


def _with_ids(
    text: str, found: LoadedEvent, read: Callable[[str], LoadedEvent]
) -> tuple[str, LoadedEvent, list[Finding]]:
    """Return a text with the ids of its sessions, and why some are missing."""
    if not is_as_written(found.problems):
        return text, found, [_UNREAD]
    if not found.unwritten_ids:
        return text, found, []
    try:
        groups, left_out = Document(text).ids(found.unwritten_ids)
    except yaml.YAMLError:
        return text, found, [_UNREAD]
    new = edited(text, groups)
    again = read(new)
    if not _is_same(found, again):
        message = Message(
            "no ids are written, because the file would say something else with them; write them "
            "yourself"
        )
        return text, found, [Finding(Mark(), Code.NO_ID, message)]
    notices = [
        Finding(mark, Code.NO_ID, left_out[session_id])
        for mark, session_id in again.unwritten_ids.items()
    ]
    return new, again, notices


_UNREAD: Final = Finding(
    Mark(),
    Code.NO_ID,
    Message(
        "no ids are written into a file that cannot be read as it stands; correct what is wrong "
        "first"
    ),
)


def _is_same(before: Loaded, after: Loaded) -> bool:
    """Return whether a file says the same, ids included, and has no faults that are new."""
    if before.document is None or after.document is None:
        return False
    if before.document.model_dump() != after.document.model_dump():
        return False
    is_complete = len(before.problems) <= MAX_REPORTED
    return not is_complete or _faults(after) <= _faults(before)


def _faults(loaded: Loaded) -> Counter[Code]:
    """Return how many faults of each kind a file has."""
    return Counter(problem.code for problem in loaded.problems if problem.is_fault)


def fix_page(path: Path, problems: Sequence[Problem], ignored: Container[str] = ()) -> Fix:
    """Fix the text of a page.

    :param path: The page.
    :param problems: What is wrong with it.
    :param ignored: Labels of the codes whose problems stay.
    :returns: The change, which is not yet written.
    """
    fixes = [one for one in problems if one.fix and one.code.label not in ignored]
    if not fixes:
        return Fix(path, shown_here(path))
    raw = path.read_bytes()
    text = str(decode(raw))
    groups = [[part for part in one.fix if isinstance(part, Edit)] for one in fixes]
    return Fix(path, shown_here(path), raw, text, edited(text, groups))


def fixes_of(
    registers: Iterable[Path],
    files: Iterable[Path],
    pages: Iterable[tuple[Path, Sequence[Problem]]],
    ignored: Iterable[str] = (),
) -> list[Fix]:
    """Fix registers, events' files and pages.

    :param registers: The registers.
    :param files: The events' files.
    :param pages: Pages, and what is wrong with them.
    :param ignored: Labels of the codes whose problems stay, besides those that ``conf.py``
        suppresses.
    :returns: The changes, which are not yet written.
    """
    of_files = [
        fix(file, root_of(file), shown_here(file), {*ignored, *_suppressed(root_of(file))})
        for fix, given in ((fix_register, registers), (fix_event, files))
        for file in given
    ]
    of_pages = [
        fix_page(page, problems, {*ignored, *_suppressed(root_of(page))})
        for page, problems in pages
    ]
    return of_files + of_pages


@cache
def _suppressed(root: Path) -> frozenset[str]:
    """Return the labels of the codes of which a site wants no warnings."""
    listed = setting_of(root, "suppress_warnings")
    names = set(listed) if isinstance(listed, list | tuple) else set()
    is_all = not names.isdisjoint({"event", "event.*"})
    return frozenset(one.label for one in Code if is_all or f"event.{one.label}" in names)
