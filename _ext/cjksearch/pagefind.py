"""Pagefind's index, which has one record for each of ours.

The program runs as a service. It speaks a protocol of its own (base64 of JSON, a comma after each
message; pagefind/src/service). Its Python package would do that too, but waits a tenth of a second
for each answer.
"""

import base64
import json
import os
import subprocess
import threading
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import Any, Final

from .folding import SYMBOLS, is_word, short_spellings, tokens
from .messages import __
from .records import Record

#: The positions of words from which names and text begin: a position alone says where a word is.
NAMES_FROM: Final = 64
TEXT_FROM: Final = 192
#: The key of Pagefind's metadata that has the titles of parents.
AROUND: Final = "around"
#: Takes a position without being a word, so that no phrase goes on past it.
_GAP: Final = "\u00b7"
#: A language without stemming or segmentation: the words are tokens already.
_LANGUAGE: Final = "und"
#: The time limit for an index, in seconds; 20,000 records take one minute.
PATIENCE: float = 900
#: Answers have some 200 bytes, and a pipe holds 64 KiB.
_MOST_UNANSWERED: Final = 64
#: The files that are used, by suffix or name; the others are Pagefind's own user interface.
_NEEDED: Final = frozenset(
    {"pagefind.js", "pagefind-entry.json", ".pf_meta", ".pf_index", ".pagefind"}
)


class IndexerError(Exception):
    """The index could not be made; the message is the reason, in one line."""


def program() -> Path:
    """Find the program.

    :return: Its path.
    :raises IndexerError: If it, or what reads its files, is not installed.
    """
    try:
        import cbor2  # noqa: F401 - is needed once the program is done
        from pagefind_bin import get_executable

        return Path(get_executable())
    except ImportError as error:
        raise IndexerError(__("it is not installed (pip install %s)") % error.name) from None
    except OSError as error:
        raise IndexerError(str(error)) from error


def contents(record: Record) -> str:
    """Return the words of a record between spaces: title, names, text, each from its position.

    Lines of the title and the names for which there are too few positions follow as text.
    """
    lines = record.text.split("\n")
    title, more_title = _fitting([record.title], NAMES_FROM)
    names, more_names = _fitting(record.facts.names, TEXT_FROM - NAMES_FROM)
    short = short_spellings("\n".join((record.title, *lines)))
    return " ".join([*title, *names, *_words(*more_title, *more_names, *lines, *short)])


def _fitting(lines: Iterable[str], size: int) -> tuple[list[str], list[str]]:
    """Fill a number of positions with the words of lines, and with gaps.

    :return: The words, and the lines that do not fit as a whole.
    """
    words: list[str] = []
    left = []
    for line in lines:
        found = _words(line)
        if len(words) + len(found) > size:
            left.append(line)
        words += found[: size - len(words)]
    return words + [_GAP] * (size - len(words)), left


def _words(*lines: str) -> list[str]:
    return [word for line in lines for word in (*tokens(line), _GAP)]


def write_index(records: Iterable[Record], folder: Path) -> list[str]:
    """Write the index; its records are named by their rows.

    :param records: The records, each in its row.
    :param folder: A folder that does not exist yet.
    :return: The borders: the prefixes with which the index files of words begin. Pagefind looks
        for words with a given beginning in one of these files alone.
    :raises IndexerError: If the program is missing or fails.
    """
    with closing(_Service(program())) as service:
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
        # Files that it writes itself may not be complete when it answers.
        files = service.ask("GetFiles", index_id=index)["files"]
    for file in files:
        path = PurePosixPath(file["path"])
        # Its files of records are left out: ours have the text as the author wrote it.
        if path.suffix in _NEEDED or path.name in _NEEDED:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(base64.b64decode(file["content"]))
    from .pagefind_metadata import name_by_row

    try:
        firsts = name_by_row(folder)
    except (OSError, ValueError) as error:
        message = __("it is of a version that is not known here: %s")
        raise IndexerError(message % error) from error
    return [first for first in firsts if is_word(first)]


class _Service:
    """A running Pagefind service, which answers in the order of the questions."""

    def __init__(self, program: Path) -> None:
        self._unanswered = 0
        self._unread = b""
        try:
            self._process = subprocess.Popen(
                [program, "--service"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise IndexerError(f"{program}: {error.strerror}") from error
        self._timer = threading.Timer(PATIENCE, self._process.kill)
        self._timer.start()

    def close(self) -> None:
        """End the program."""
        self._timer.cancel()
        self._process.kill()
        self._process.communicate()

    def ask(self, kind: str, **payload: object) -> dict[str, Any]:
        """Send a message and return its answer, after the answers to all messages before it."""
        self.send(kind, **payload)
        while self._unanswered > 1:
            self._receive()
        return self._receive()

    def send(self, kind: str, **payload: object) -> None:
        """Send a message without waiting for its answer, unless too many are outstanding."""
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
            if payload["type"] == "Error":
                raise IndexerError(payload["message"])
        except (ValueError, LookupError, TypeError):
            message = __("it answered what is no answer: %r")
            raise IndexerError(message % answer[:60]) from None
        return payload
