"""Problems → Sphinx's log: one line each, with the place in the event's file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.logging import is_suppressed_warning

from .problems import Code, Problem, Severity

logger = logging.getLogger(__name__)


def is_told(code: Code, config: Config) -> bool:
    """Whether the site wants to hear of a problem; Sphinx asks for warnings alone."""
    return not is_suppressed_warning("event", code.label, config.suppress_warnings)


def report(problem: Problem, root: Path, config: Config) -> None:
    """Tell of a problem in a file below ``root``, which is named as seen from here."""
    if not is_told(problem.code, config):
        return
    path = root / problem.path
    here = Path.cwd()
    shown = path.relative_to(here) if path.is_relative_to(here) else path
    _log(problem.code, problem.message, f"{shown}:{problem.mark.line}:{problem.mark.column}")


def report_at(node_or_place: Any, code: Code, message: str) -> None:
    """A problem of a page rather than of an event's file; any Sphinx location will do."""
    _log(code, message, node_or_place)


def _log(code: Code, message: str, location: Any) -> None:
    if code.severity is Severity.HINT:
        logger.info("%s [event.%s]", message, code.label, location=location)
    else:
        logger.warning(message, location=location, type="event", subtype=code.label)
