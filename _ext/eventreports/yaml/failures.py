"""Where and why YAML text cannot be read, in the words of libyaml and a few more."""

from typing import Final, NamedTuple

import yaml

from sphinxcommon.messages import Message

from ..core.problems import Code, Finding, Mark

#: libyaml: a line without the colon that makes it a key.
NO_COLON: Final = "could not find expected ':'"
#: libyaml: a colon and a space within a text, or a key below one.
COLON_IN_TEXT: Final = "mapping values are not allowed"
#: libyaml: a line that is no item, as deep as the items of a list.
NO_ITEM: Final = "'-' indicator"

# What libyaml reads without a problem, and its author meant otherwise.
NO_MAPPING: Final = "expected keys and values"
BULLET: Final = "a bullet"
SPACE_IN_KEY: Final = "a space in a key"
ITEM_IN_TEXT: Final = "expected an item of its own"
KEY_NOT_TEXT: Final = "found a key that is no text"
MISSING_DASH: Final = "expected a dash"


class UnusableFileError(Exception):
    """Nothing of a file can be used; ``finding`` says why."""

    def __init__(self, code: Code, message: Message, mark: Mark = Mark()) -> None:  # noqa: B008
        super().__init__(message)
        self.finding = Finding(mark, code, message)


def misread(problem: str, index: int) -> yaml.MarkedYAMLError:
    """Return what is raised at a place (from 0) that YAML reads otherwise than it was meant."""
    mark = yaml.Mark("", index, 0, 0, None, 0)
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


class Token(NamedTuple):
    """A scalar or alias, or the beginning of the file."""

    start: Mark = Mark()
    end: Mark = Mark()
    is_quoted: bool = False


class Failure(NamedTuple):
    """Where YAML gave up, and what it said.

    ``context`` is what it was reading, since ``around``: within brackets, where these open, as
    YAML may take the lines that follow for a part of them. ``last`` is what could be read last.
    """

    problem: str
    at: Mark
    context: str
    around: Mark
    last: Token = Token()
