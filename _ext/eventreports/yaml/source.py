"""The text of a YAML file: places in it as editors count them, and PyYAML's events."""

import bisect
from collections.abc import Iterator
from typing import Any, Final

import yaml

from ..core.problems import Mark
from .pure import PureLoader

#: libyaml's parser, or where PyYAML was built without it, the same in Python.
_Loader: Final = getattr(yaml, "CSafeLoader", PureLoader)


def parser_events(text: str) -> Iterator[yaml.Event]:
    """Parse a text.

    :param text: As far as YAML can read it.
    :returns: The events of YAML's parser.
    :raises yaml.YAMLError: on the way, at what it cannot read.
    """
    return yaml.parse(text, Loader=_Loader)


def index_of(mark: Any) -> int:
    """Return the place of a mark of PyYAML's in the text, from 0."""
    return 0 if mark is None else int(mark.index)


class Source:
    """A text with ``\\n`` at the ends of its lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0]
        #: How far the text has been searched for lines: a fault in front costs no whole search.
        self._searched = 0

    def mark(self, index: int) -> Mark:
        """Return the line and column of a character, counted from 0.

        PyYAML's own lines end at characters that editors show within a line, too.
        """
        while (end := self.text.find("\n", self._searched, index)) >= 0:
            self._searched = end + 1
            self._starts.append(self._searched)
        self._searched = max(self._searched, index)
        line = bisect.bisect_right(self._starts, index)
        return Mark(line, index - self._starts[line - 1] + 1)

    def index(self, mark: Mark) -> int:
        """Return the place, from 0, of a mark that :meth:`mark` has returned."""
        return self._starts[mark.line - 1] + mark.column - 1
