"""What a repair is, and what several of them need."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sphinxcommon.messages import Message

from ...core.problems import Mark
from ...core.quoting import quoted, shortened, shown_in_quotes, unquoted
from ..lines import CLOSING, COMMENT, Lines, depth, is_entry, value_start, with_children

#: In brackets, where a text ends.
_NEXT: Final = re.compile(r"[,\]}]")


@dataclass(frozen=True, slots=True)
class Repair:
    """What is wrong at ``mark``; lines (by number) as they are to be, and those to leave out."""

    mark: Mark
    message: Message
    changed: Mapping[int, str] = field(default_factory=dict)
    left_out: range = range(0)


def neither_key_nor_item(line: str) -> Message:
    """Return what is wrong with a line that is nothing."""
    return Message("“{line}” is neither “key: value” nor “- item”", line=shortened(line.strip()))


def does_not_go_on() -> Message:
    """Return what is wrong with a line at a place where nothing may stand."""
    return Message("this does not go on with what stands above: see its indentation, and its “-”")


def leave_out(number: int, lines: Lines, why: Message | None = None) -> Repair:
    """Leave out a line, and what belongs to it."""
    line = lines[number - 1]
    mark = Mark(number, depth(line) + 1)
    why = why or neither_key_nor_item(line)
    return Repair(mark, why, left_out=with_children(number, lines))


def count_lines(message: Message, changed: Mapping[int, str]) -> Message:
    """Add to how many lines a message applies, if to several."""
    if len(changed) == 1:
        return message
    return Message("{problem} ({count} such lines)", problem=message, count=len(changed))


def quote_value(mark: Mark, why: Message, lines: Lines) -> Repair:
    """Put the value of the line of ``mark`` in quotes, as one text, for the reason ``why``.

    Where it stands in brackets, and a quote at ``mark``, that is the text that begins there.
    """
    line = lines[mark.line - 1]
    if not is_entry(line):
        return leave_out(mark.line, lines)
    start, rest = value_start(line), ""
    if line[start : start + 1] in CLOSING and line[mark.column - 1] in ("'", '"'):
        start = mark.column - 1
        rest = line[start + len(_NEXT.split(line[start:], maxsplit=1)[0]) :]
    elif line[start : start + 1] not in ("'", '"') and (comment := COMMENT.search(line, start)):
        rest = comment[0]
    text = unquoted(line[start : len(line) - len(rest)].rstrip())
    return Repair(
        mark,
        Message(
            "{problem}; the text needs quotes: {whole}", problem=why, whole=shown_in_quotes(text)
        ),
        {mark.line: line[:start] + quoted(text) + rest},
    )
