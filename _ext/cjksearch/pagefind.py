"""The index that is asked in the browser: Pagefind's, one record each.

The program is asked as a service, in its own protocol (base64 of JSON, a comma after each
message; pagefind/src/service), for its Python package waits a tenth of a second for each
answer.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import threading
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any, Final, Self

from .contents import name_by_row
from .folding import SYMBOLS, is_word, short_spellings, tokens
from .messages import __
from .records import Record

#: Words begin at these places, so that a place alone tells in what a word was found.
NAMES_FROM: Final = 64
TEXT_FROM: Final = 192
#: What is found in none of them, but in the titles around, is told as found in this.
AROUND: Final = "around"
#: Takes a place, and is no word: phrases end at it.
_GAP: Final = "\u00b7"
#: Neither stemmed nor cut by a segmenter: the words are cut already.
_LANGUAGE: Final = "und"
#: Seconds in which an index is made; 20,000 records take one minute.
PATIENCE: float = 900
#: Answers are of some 200 bytes, and a pipe holds 64 KiB.
_MOST_UNANSWERED: Final = 64
#: What else the program makes is an interface that is not ours.
_NEEDED: Final = frozenset(
    {"pagefind.js", "pagefind-entry.json", ".pf_meta", ".pf_index", ".pagefind"}
)


class IndexerError(Exception):
    """The index could not be made; the message says why, in one line."""


def program() -> Path:
    """Where the program is.

    Raises:
        IndexerError: it is not installed, or not for this platform.
    """
    try:
        from pagefind_bin import get_executable
    except ImportError:
        raise IndexerError(__("it is not installed (pip install pagefind_bin)")) from None
    try:
        return Path(get_executable())
    except OSError as error:
        raise IndexerError(str(error)) from error


def contents(record: Record) -> str:
    """The words of a record, a blank between them: title, names, text, each at its place.

    What has no room at its place is found as text.
    """
    lines = record.text.split("\n")
    title, more_title = _fitting([record.title], NAMES_FROM)
    names, more_names = _fitting(record.facts.names, TEXT_FROM - NAMES_FROM)
    short = short_spellings("\n".join((record.title, *lines)))
    return " ".join([*title, *names, *_words(*more_title, *more_names, *lines, *short)])


def _fitting(lines: Iterable[str], room: int) -> tuple[list[str], list[str]]:
    """The words of so many lines as there is room for, and gaps to its end; the lines left."""
    words: list[str] = []
    left = []
    for line in lines:
        found = _words(line)
        if len(words) + len(found) <= room:
            words += found
        else:
            left.append(line)
            words += found[: room - len(words)]
    return words + [_GAP] * (room - len(words)), left


def _words(*lines: str) -> list[str]:
    return [word for line in lines for word in (*tokens(line), _GAP)]


def write_index(records: Iterable[Record], folder: Path) -> list[str]:
    """Write the index of ``records`` into a new folder; it finds the row of each (``contents``).

    Where words of letters are in several files, each file but the first begins with one of those
    that are returned, or with more of it. Pagefind looks for a beginning in one file alone.

    Raises:
        IndexerError: the program is missing, or failed.
    """
    with _Service(program()) as service:
        config = {"force_language": _LANGUAGE, "include_characters": SYMBOLS}
        index = service.ask("NewIndex", config=config)["index_id"]
        for row, record in enumerate(records):
            service.send(
                "AddRecord",
                index_id=index,
                url=str(row),
                content=contents(record),
                language=_LANGUAGE,
                meta={AROUND: " ".join(_words(*record.parents))},
                sort={"row": str(row)},
            )
        # It answers before what it writes itself is on the disk.
        files = service.ask("GetFiles", index_id=index)["files"]
    for file in files:
        path = PurePosixPath(file["path"])
        # Records have files of our own, in which their text is as the author wrote it.
        if path.suffix in _NEEDED or path.name in _NEEDED:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(base64.b64decode(file["content"]))
    try:
        firsts = name_by_row(folder)
    except (OSError, ValueError) as error:
        message = __("it is of a version that is not known here: %s")
        raise IndexerError(message % error) from error
    return [first for first in firsts if is_word(first)]


class _Service:
    """A running program, which answers in the order in which it is asked."""

    def __init__(self, program: Path) -> None:
        self._program = program
        self._unanswered = 0
        self._unread = b""

    def __enter__(self) -> Self:
        try:
            self._process = subprocess.Popen(
                [self._program, "--service"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise IndexerError(f"{self._program}: {error.strerror}") from error
        self._timer = threading.Timer(PATIENCE, self._process.kill)
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._process.kill()
        self._process.communicate()

    def ask(self, kind: str, **payload: object) -> dict[str, Any]:
        """What it answers, once all sent before is answered too."""
        self.send(kind, **payload)
        while self._unanswered > 1:
            self._receive()
        return self._receive()

    def send(self, kind: str, **payload: object) -> None:
        """Ask without waiting, but for so many answers that the pipe could not hold."""
        if self._unanswered >= _MOST_UNANSWERED:
            self._receive()
        message = {"message_id": 0, "payload": {"type": kind, **payload}}
        assert self._process.stdin
        try:
            self._process.stdin.write(base64.b64encode(json.dumps(message).encode()) + b",")
            self._process.stdin.flush()
        except OSError as error:
            raise IndexerError(__("it stopped: %s") % error.strerror) from error
        self._unanswered += 1

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout
        pieces = [self._unread]
        while b"," not in pieces[-1]:
            if not (more := os.read(self._process.stdout.fileno(), 1 << 20)):
                message = __("it stopped, or took too long (status %d)")
                raise IndexerError(message % self._process.wait())
            pieces.append(more)
        last, _, self._unread = pieces.pop().partition(b",")
        answer = b"".join((*pieces, last))
        self._unanswered -= 1
        try:
            payload: dict[str, Any] = json.loads(base64.b64decode(answer))["payload"]
            is_error = payload["type"] == "Error"
        except (ValueError, LookupError, TypeError):
            message = __("it answered what is no answer: %r")
            raise IndexerError(message % answer[:60]) from None
        if is_error:
            raise IndexerError(payload["message"])
        return payload
