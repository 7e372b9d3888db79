"""``eventreports check --fix``: ids of sessions, written into events' files."""

import difflib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from sphinxcommon.files import write_whole
from sphinxcommon.messages import Message

from ..core.encodings import decode
from ..core.problems import Code, Finding, Mark, Problem
from ..loader import LoadedEvent, is_as_written, load
from ..yaml.edit import add_ids


@dataclass(frozen=True)
class Fix:
    """The text of an event's file without ids and with them, and why some cannot be written."""

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
        """Write the file completely or not at all; return the problems of ids that are missing."""
        problems = [Problem(self.shown_path, *notice) for notice in self.notices]
        mark = self.raw[: len(self.raw) - len(self.text.encode())]
        try:
            if self.edited != self.text:
                # Replacing a file takes no permission to write it.
                self.path.open("r+b").close()
                write_whole(self.path.resolve(), mark + self.edited.encode())
        except OSError as error:
            reason = error.strerror or str(error)
            message = Message("the ids cannot be written: {reason}", reason=reason)
            problems.append(Problem(self.shown_path, Mark(), Code.UNWRITABLE, message))
        return problems


def fix(path: Path, root: Path, shown_path: str) -> Fix:
    """Put ids into the text of an event's file, where that changes nothing else of the event.

    :param path: The file.
    :param root: The project's folder, which the file must not leave.
    :param shown_path: The path in messages.
    :returns: The change, which is not yet written.
    """
    unchanged = Fix(path, shown_path)
    message = Message(
        "no ids are written into a file that cannot be read as it stands; correct what is wrong "
        "first"
    )
    unread = replace(unchanged, notices=[Finding(Mark(), Code.NO_ID, message)])
    found = load(path, root, shown_path=shown_path)
    if found.event is None or not is_as_written(found.problems):
        return unread
    if not found.unwritten_ids:
        return unchanged
    raw = path.read_bytes()
    text = str(decode(raw))
    try:
        edited, left_out = add_ids(text, found.unwritten_ids)
    except yaml.YAMLError:
        return unread
    again = load(path, root, shown_path=shown_path, raw=edited.encode())
    if _content(again) != _content(found):
        message = Message(
            "no ids are written, because the file would say something else with them; write them "
            "yourself"
        )
        return replace(unchanged, notices=[Finding(Mark(), Code.NO_ID, message)])
    notices = [
        Finding(mark, Code.NO_ID, left_out[session_id])
        for mark, session_id in again.unwritten_ids.items()
    ]
    return Fix(path, shown_path, raw, text, edited, notices)


def _content(loaded: LoadedEvent) -> tuple[object, Counter[Code]]:
    """Return the content of a file, ids included, and how many problems of each kind it has."""
    faults = Counter(problem.code for problem in loaded.problems if problem.is_fault)
    return loaded.event and loaded.event.model_dump(), faults
