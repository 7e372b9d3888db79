"""Report once, at the end, that output cannot be written: a full disk fails for every page."""

import errno
import logging
import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.util.logging import NAMESPACE, WarningStreamHandler

from sphinxcommon.messages import Message

from ...core.problems import Code
from ..logging import logger, report_at

#: A full disk, an exceeded quota or size limit, and a read-only disk.
_CAUSES: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}
#: System errors in messages: as ``str()`` and ``repr()`` of Python's, and as Rust writes them.
_OS_ERROR: Final = re.compile(r"\[Errno (\d+)\]|OSError\((\d+),|\(os error (\d+)\)")


def setup(app: Sphinx) -> None:
    """Connect the handler."""
    app.connect("builder-inited", watch_writes)


def report_unwritten(app: Sphinx, message: Message) -> None:
    """Report output that is missing, and have the build end with an error."""
    report_at(None, Code.UNWRITABLE, message)
    app.statuscode = 1


def _is_of_disk(message: str) -> bool:
    """Return whether a message is of a full or read-only disk, whatever could not be written."""
    found = _OS_ERROR.search(message)
    return found is not None and int(next(filter(None, found.groups()))) in _CAUSES


def watch_writes(app: Sphinx) -> None:
    """Report at the end, and once, that output could not be written."""
    held_back: list[str] = []

    def passes(record: logging.LogRecord) -> bool:
        """Hold back the warnings of single files, such as each page: they have one cause."""
        message = record.getMessage()
        is_held = record.name != logger.name and _is_of_disk(message)
        if is_held:
            held_back.append(message)
        return not is_held

    _hold_back(passes)
    app.connect("build-finished", partial(_report_failed, held_back), priority=999)


def hide_toctree_warnings() -> None:
    """Hide the warnings of toctrees, which lack the pages that could not be written."""
    _hold_back(lambda record: getattr(record, "type", "") != "toc")


def _hold_back(passes: Callable[[logging.LogRecord], bool]) -> None:
    """Put a filter before Sphinx's own, which count warnings."""
    for handler in logging.getLogger(NAMESPACE).handlers:
        if isinstance(handler, WarningStreamHandler):
            handler.filters.insert(0, passes)


def _report_failed(held_back: list[str], app: Sphinx, exception: Exception | None) -> None:
    is_end = exception is not None and _is_of_disk(str(exception))
    messages = [*held_back, *([str(exception)] if is_end else [])]
    if not messages:
        return
    message = Message("the output cannot be written: {reason}", reason=messages[0])
    if len(messages) > 1:
        message = Message("{problem} (and {count} more)", problem=message, count=len(messages) - 1)
    report_unwritten(app, message)
    # So that the next build writes all: half-written files are as new as the rest. Sphinx itself
    # drops its environment where a build fails, and cannot read an empty `.buildinfo`.
    for path in (Path(app.doctreedir, ENV_PICKLE_FILENAME), Path(app.outdir, ".buildinfo")):
        with suppress(OSError):
            path.unlink(missing_ok=True)
    if is_end:
        # It has been reported; Sphinx would show a traceback for its developers.
        raise SystemExit(2) from exception
