"""The messages of a build as data, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from docutils.nodes import Node
from sphinx.util.logging import get_node_location

from eventreports.core.problems import Code, Finding, Mark
from eventreports.sphinx import logging as event_logging
from sphinxcommon.messages import Message

_PLACE = re.compile(r"(?P<path>.+?)(?::(?P<line>\d+))?(?::(?P<column>\d+))?")
_CODES = {code.label: code for code in Code}


class Reported(NamedTuple):
    """A message, and the file that it is of."""

    path: Path
    finding: Finding


@contextmanager
def recorded() -> Iterator[list[Reported]]:
    """Record what the extension reports."""
    found: list[Reported] = []
    messages: list[Message] = []

    def text_of(message: Message) -> str:
        messages.append(message)
        return message.text()

    def log(_template: str, _text: str, *, location: Any, subtype: str, **_others: str) -> None:
        where = get_node_location(location) if isinstance(location, Node) else location
        if isinstance(where, tuple):
            where = ":".join(map(str, where))
        place = _PLACE.fullmatch(str(where))
        assert place
        mark = Mark(int(place["line"] or 1), int(place["column"] or 1))
        found.append(Reported(Path(place["path"]), Finding(mark, _CODES[subtype], messages[-1])))

    with (
        mock.patch.object(event_logging, "message_text", text_of),
        mock.patch.object(event_logging, "logger", mock.Mock(info=log, warning=log)),
    ):
        yield found
