"""For whom a page is, by the first lines of its text."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile
from typing import Final, cast

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import suggesting

from .audience import LEVELS
from .key_words import same_key, visibility_words
from .model import STRICTEST, Visibility
from .names import is_typo_of
from .problems import Code, Finding, Mark

VISIBILITY: Final = "visibility"
#: Lines of a page among which its fields are.
MOST_LINES: Final = 100
#: A key of a page's front matter (MyST), and a field at its top (reStructuredText).
_KEY: Final = re.compile(r"""["']?(?P<key>[^\W\d][\w-]*)["']?\s*[:：](?:\s+(?P<value>.*)|$)""")
_FIELD: Final = re.compile(r":(?P<key>[^\W\d][\w-]*)\s*[:：](?:\s+(?P<value>.*)|$)")
_FENCE: Final = re.compile(r"(---|\.\.\.)\s*")


def visibility_of_page(
    lines: Iterable[str], *, is_markdown: bool
) -> tuple[Visibility | None, Finding | None]:
    """Return for whom a page is, and what is wrong with how it says so.

    :param lines: The lines of the page, of which the first are read.
    :param is_markdown: Whether it has its fields in front matter, as MyST does; else they are a
        list of fields, as docutils has it.
    :returns: Its level, if it says one; the strictest where that cannot be read.
    """
    levels: list[Visibility] = []
    finding: Finding | None = None
    first = islice(lines, MOST_LINES)
    for number, found in _front_matter(first) if is_markdown else _fields(first):
        key, value = found["key"], _unquoted(found["value"] or "")
        if key == VISIBILITY and value in ("", *LEVELS):
            levels += [cast(Visibility, value)] if value else []
        elif is_typo_of(key, VISIBILITY) or same_key(key) in visibility_words():
            levels.append(STRICTEST)
            finding = finding or Finding(
                Mark(number, found.start("key") + 1), Code.VISIBILITY, _unknown(key, value)
            )
    if len(levels) > 1:
        return STRICTEST, finding or _repeated()
    return (levels[0] if levels else None), finding


def _front_matter(lines: Iterable[str]) -> Iterator[tuple[int, re.Match[str]]]:
    numbered = enumerate(lines, 1)
    _number, opening = next(numbered, (0, ""))
    if not re.fullmatch(r"\ufeff?---\s*", opening):
        return
    for number, line in takewhile(lambda one: not _FENCE.fullmatch(one[1]), numbered):
        if found := _KEY.match(line.rstrip()):
            yield number, found


def _fields(lines: Iterable[str]) -> Iterator[tuple[int, re.Match[str]]]:
    for number, line in enumerate(lines, 1):
        if found := _FIELD.match(line.removeprefix("\ufeff").rstrip()):
            yield number, found


def _unquoted(value: str) -> str:
    plain = re.sub(r"(^|\s)#.*", "", value).strip()
    quoted = re.fullmatch(r"""(["'])(.*)\1""", plain)
    return quoted[2].strip() if quoted else plain


def _unknown(key: str, value: str) -> Message:
    if key == VISIBILITY:
        problem = Message("“{value}” is no {key}; use {known}", value=value, key=key, known=LEVELS)
    else:
        problem = suggesting(Message("unknown key “{key}”", key=key), VISIBILITY)
    return _counting(problem)


def _repeated() -> Finding:
    message = Message("“{key}” stands here twice", key=VISIBILITY)
    return Finding(Mark(), Code.VISIBILITY, _counting(message))


def _counting(problem: Message) -> Message:
    return Message(
        "{problem}; until then it counts as “{value}”",
        problem=problem,
        value=f"{VISIBILITY}: {STRICTEST}",
    )
