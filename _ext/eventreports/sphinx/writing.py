"""Write files whole or not at all, and report once what Sphinx could not write."""

from __future__ import annotations

import errno
import logging
import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.application import ENV_PICKLE_FILENAME
from sphinx.util.logging import NAMESPACE, WarningStreamHandler

from ..core.messages import Message
from ..core.problems import Code
from .logging import logger, report_at

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: A full disk, one's share of it, and one that can only be read.
_CAUSES: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}
#: As Python writes an error of the system in words and as code, and as Rust does.
_OS_ERROR: Final = re.compile(r"\[Errno (\d+)\]|OSError\((\d+),|\(os error (\d+)\)")


def report_unwritten(app: Sphinx, message: Message) -> None:
    """Report output that is missing, and have the build end with an error."""
    report_at(None, Code.UNWRITABLE, message)
    app.statuscode = 1


def _is_of_disk(message: str) -> bool:
    """True if a message is of something that could not be written, whatever it was."""
    found = _OS_ERROR.search(message)
    return found is not None and int(next(filter(None, found.groups()))) in _CAUSES


class FailedWrites(logging.Filter):
    """Hold back what is reported of single files, such as each page: their cause is one."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        is_held = record.name != logger.name and _is_of_disk(message)
        if is_held:
            self.messages.append(message)
        return not is_held


def watch_writes(app: Sphinx) -> None:
    """Report at the end, and once, what could not be written."""
    failed = FailedWrites()
    _hold_back(failed)
    app.connect("build-finished", partial(_report_failed, failed), priority=999)


def hold_back_toctrees() -> None:
    """Hold back what is reported of contents: the pages of the years are missing in them."""
    _hold_back(lambda record: getattr(record, "type", "") != "toc")


def _hold_back(passes: logging.Filter | Callable[[logging.LogRecord], bool]) -> None:
    """Let a filter see all warnings before Sphinx's own filters, which count them."""
    for handler in logging.getLogger(NAMESPACE).handlers:
        if isinstance(handler, WarningStreamHandler):
            handler.filters.insert(0, passes)


def _report_failed(failed: FailedWrites, app: Sphinx, exception: Exception | None) -> None:
    is_end = exception is not None and _is_of_disk(str(exception))
    messages = [*failed.messages, *([str(exception)] if is_end else [])]
    if not messages:
        return
    message = Message("the output cannot be written: {reason}", reason=messages[0])
    if len(messages) > 1:
        message = Message("{problem} (and {count} more)", problem=message, count=len(messages) - 1)
    report_unwritten(app, message)
    # So the next build writes all: what is half written is as new as the rest. Sphinx itself
    # forgets its environment where a build fails, and cannot read an empty `.buildinfo`.
    for path in (Path(app.doctreedir, ENV_PICKLE_FILENAME), Path(app.outdir, ".buildinfo")):
        with suppress(OSError):
            path.unlink(missing_ok=True)
    if is_end:
        # All has been said; Sphinx would ask to report it to its developers.
        raise SystemExit(2) from exception
