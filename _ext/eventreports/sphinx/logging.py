"""Report problems in Sphinx's log: one line each, with the place in the event's file."""

from pathlib import Path
from typing import Any, Final

from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.logging import is_suppressed_warning

from sphinxcommon.messages import Message

from ..core.problems import Code, Problem, Severity
from ..render.labels import message_text

logger = logging.getLogger(__name__)

#: The type of all warnings of this extension; the subtype is the code's label.
TYPE: Final = "event"


def is_suppressed(code: Code, config: Config) -> bool:
    """Return whether the site suppresses a problem; Sphinx itself asks for warnings alone."""
    return is_suppressed_warning(TYPE, code.label, config.suppress_warnings)


def report(problem: Problem, root: Path, config: Config) -> None:
    """Report a problem in a file.

    :param problem: What is wrong, and where.
    :param root: The folder that the problem's path is relative to; in the log the path is relative
        to the working directory.
    :param config: Says which problems the site suppresses.
    """
    if is_suppressed(problem.code, config):
        return
    path = root / problem.path
    here = Path.cwd()
    shown = path.relative_to(here) if path.is_relative_to(here) else path
    message = problem.of_file(str(shown)).message
    report_at(f"{shown}:{problem.mark.line}:{problem.mark.column}", problem.code, message)


def report_at(location: Any, code: Code, message: Message) -> None:
    """Report a problem of a page, or of the site as a whole, at any location of Sphinx's."""
    text = message_text(message)
    if code.severity is Severity.HINT:
        shown = f"{text} [{TYPE}.{code.label}]"
        logger.info("%s", shown, location=location, type=TYPE, subtype=code.label)
    else:
        logger.warning("%s", text, location=location, type=TYPE, subtype=code.label)
