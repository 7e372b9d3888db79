"""Commands in a terminal of their own: what is typed there, and what they show."""

from __future__ import annotations

import codecs
import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

import pytest

CTRL_D: Final = "\x04"
#: In seconds; longer than any command takes to say something.
_LONGEST: Final = 60


class Terminal:
    """A command that runs in a terminal."""

    def __init__(
        self, command: Sequence[str | Path], folder: Path, environment: Mapping[str, str]
    ) -> None:
        pytest.importorskip("termios", reason="a pseudo-terminal is a thing of Unix")
        self._terminal, inside = os.openpty()
        self._process = subprocess.Popen(
            [*map(str, command)],
            cwd=folder,
            env={**os.environ, "PYTHONUTF8": "1", **environment},
            stdin=inside,
            stdout=inside,
            stderr=inside,
            start_new_session=True,
            preexec_fn=_own_the_terminal,
        )
        os.close(inside)
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._shown = ""

    def wait_for(self, text: str) -> None:
        """Wait until a text is shown, behind those that were waited for before."""
        while text not in self._shown:
            if not self._read():
                self._fail(f"it has ended without {text!r}")
        self._shown = self._shown.partition(text)[2]

    def type(self, text: str) -> None:
        """Type a text, or a key."""
        os.write(self._terminal, text.encode())

    def interrupt(self) -> None:
        """Type Ctrl-C once the command waits for what is typed."""
        # Python would read on, if it came between the question and the reading.
        time.sleep(0.5)
        self.type("\x03")

    def end(self) -> tuple[int, str]:
        """Return the exit status, and all that was shown behind what was waited for."""
        while self._read():
            pass
        os.close(self._terminal)
        return self._process.wait(timeout=_LONGEST), self._shown

    def _read(self) -> bool:
        """Read what is shown next; return whether the command still runs."""
        if not select.select([self._terminal], [], [], _LONGEST)[0]:
            self._fail("nothing more is shown")
        # Where nobody has the terminal any longer, reading is an error on Linux.
        with suppress(OSError):
            found = os.read(self._terminal, 65536)
            self._shown = (self._shown + self._decoder.decode(found)).replace("\r\n", "\n")
            return bool(found)
        return False

    def _fail(self, reason: str) -> NoReturn:
        self._process.kill()
        self._process.wait()
        os.close(self._terminal)
        pytest.fail(f"{reason}: {self._shown!r}")


def _own_the_terminal() -> None:
    """Have Ctrl-C in the terminal that is the standard input end this process."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def eventreports(*arguments: str | Path) -> list[str | Path]:
    """Return the command as a module of the interpreter that runs the tests."""
    return [sys.executable, "-m", "eventreports", *arguments]
