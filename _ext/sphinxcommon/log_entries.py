"""Entries of Sphinx's log that a later build repeats."""

from logging import LogRecord
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.util import logging

logger = logging.getLogger(__name__)

#: A location as Sphinx has it: a path with a line, or a page and a line.
Place = str | tuple[str, int | None] | None


class LogEntry(NamedTuple):
    """An entry of the log.

    :param once: Whether a build shows it only once.
    """

    level: int
    message: str
    location: Place
    type: str
    subtype: str
    once: bool

    @classmethod
    def of(cls, record: LogRecord) -> "LogEntry":
        """Return the entry of a record of Python's ``logging``."""
        location = getattr(record, "location", None)
        if isinstance(location, nodes.Node):
            location = logging.get_node_location(location)
        type_, subtype = (getattr(record, name, None) or "" for name in ("type", "subtype"))
        # Not Sphinx's own method, which adds the location.
        message = LogRecord.getMessage(record)
        once = bool(getattr(record, "once", False))
        return cls(record.levelno, message, location, type_, subtype, once)

    @classmethod
    def of_json(cls, level: int, message: str, location: Any, *more: Any) -> "LogEntry":
        """Return an entry from the list that JSON makes of it."""
        place = tuple(location) if isinstance(location, list) else location
        return cls(level, message, place, *more)

    def report(self) -> None:
        """Log it again."""
        logger.log(
            self.level,
            "%s",
            self.message,
            location=self.location,
            type=self.type,
            subtype=self.subtype,
            once=self.once,
        )
