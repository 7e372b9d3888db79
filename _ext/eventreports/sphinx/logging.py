"""Problems → Sphinx's log: one line each, with the place in the event's file."""

from __future__ import annotations

import logging as python_logging
from pathlib import Path
from typing import Any, Final

from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.logging import is_suppressed_warning

from sphinxcommon.log_entries import LogEntry

from ..core.messages import Message
from ..core.problems import Code, Problem, Severity
from ..render.labels import message_text

logger = logging.getLogger(__name__)

_TYPE: Final = "event"
#: The types of warnings whose cause is in the page that was read, and nowhere else.
_OF_PAGES: Final = (_TYPE, "docutils", "myst")


class _Keeper(python_logging.Handler):
    """Keeps what is reported while a page is read."""

    def __init__(self, kept: dict[str, list[LogEntry]], docname: str) -> None:
        super().__init__(python_logging.INFO)
        self._kept = kept
        self._docname = docname

    def emit(self, record: python_logging.LogRecord) -> None:
        if getattr(record, "type", None) in _OF_PAGES:
            self._kept.setdefault(self._docname, []).append(LogEntry.of(record))


def keep_remarks(kept: dict[str, list[LogEntry]], docname: str) -> None:
    """Keep what is reported from now on as that of a page, and no longer as that of another.

    For each page anew: Sphinx takes all handlers away in the processes that read.
    """
    stop_keeping()
    python_logging.getLogger(logging.NAMESPACE).addHandler(_Keeper(kept, docname))


def stop_keeping() -> None:
    log = python_logging.getLogger(logging.NAMESPACE)
    for keeper in [one for one in log.handlers if isinstance(one, _Keeper)]:
        log.removeHandler(keeper)


def is_told(code: Code, config: Config) -> bool:
    """Whether the site wants to hear of a problem; Sphinx asks for warnings alone."""
    return not is_suppressed_warning(_TYPE, code.label, config.suppress_warnings)


def report(problem: Problem, root: Path, config: Config) -> None:
    """Tell of a problem in a file below ``root``, which is named as seen from here."""
    if not is_told(problem.code, config):
        return
    path = root / problem.path
    here = Path.cwd()
    shown = path.relative_to(here) if path.is_relative_to(here) else path
    message = problem.of_file(str(shown)).message
    report_at(f"{shown}:{problem.mark.line}:{problem.mark.column}", problem.code, message)


def report_at(location: Any, code: Code, message: Message) -> None:
    """Report a problem of a page, or of the site as a whole; any location of Sphinx's will do."""
    text = message_text(message)
    if code.severity is Severity.HINT:
        said = f"{text} [{_TYPE}.{code.label}]"
        logger.info("%s", said, location=location, type=_TYPE, subtype=code.label)
    else:
        logger.warning("%s", text, location=location, type=_TYPE, subtype=code.label)
