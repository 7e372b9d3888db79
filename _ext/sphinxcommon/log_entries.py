"""Lines of Sphinx's log, kept from one build to the next."""

from __future__ import annotations

from logging import LogRecord
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.util import logging

logger = logging.getLogger(__name__)

#: As Sphinx has it: a path and a line, or a page and a line.
Place = str | tuple[str, int | None] | None


class LogEntry(NamedTuple):
    """A line of the log; ``once`` where a build has it but once."""

    level: int
    message: str
    location: Place
    type: str
    subtype: str
    once: bool

    @classmethod
    def of(cls, record: LogRecord) -> LogEntry:
        location = getattr(record, "location", None)
        if isinstance(location, nodes.Node):
            location = logging.get_node_location(location)
        type_, subtype = (getattr(record, name, None) or "" for name in ("type", "subtype"))
        # Records that Sphinx has written already answer with their location before it.
        message = LogRecord.getMessage(record)
        once = bool(getattr(record, "once", False))
        return cls(record.levelno, message, location, type_, subtype, once)

    @classmethod
    def of_json(cls, level: int, message: str, location: Any, *more: Any) -> LogEntry:
        """Make a remark of the list that JSON has in its stead."""
        place = tuple(location) if isinstance(location, list) else location
        return cls(level, message, place, *more)

    def report(self) -> None:
        """Write it into the log again."""
        logger.log(
            self.level,
            "%s",
            self.message,
            location=self.location,
            type=self.type,
            subtype=self.subtype,
            once=self.once,
        )
