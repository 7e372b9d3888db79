"""Colons that are missing, have no space after them, or stand within a text."""

import re
from typing import Final

from sphinxcommon.messages import Message

from ...core.problems import Mark
from ...core.quoting import shortened
from .. import model_keys
from ..failures import ITEM_IN_TEXT, NO_COLON, NO_MAPPING, Failure
from ..lines import (
    CLOSING,
    Lines,
    depth,
    first_content,
    is_entry,
    is_item,
    key_depth,
    key_of,
    line_above,
    line_below,
    value_start,
)
from .base import Repair, count_lines, leave_out, neither_key_nor_item, quote_value
from .nesting import as_block

_KEY_AND_VALUE: Final = re.compile(
    r"(?P<lead>\s*(?:-\s+)*)(?P<key>[^\W\d][\w-]*)(?P<colon>:(?![ \t\x85]|//|$)|：)\s*(?P<value>.*)"
)
_KEY_IN_ITEM: Final = re.compile(r"(?P<key>[a-z_]+)[:：]\s*")
_WORD: Final = re.compile(r"\s*(?:-\s+)*[^\W\d_][\w.-]*\s*")


def add_space(failure: Failure, lines: Lines) -> Repair | None:
    """Add the space after a key's colon, or replace one of full width, in all lines alike."""
    number = _suspect(failure, lines)
    if not (match := _KEY_AND_VALUE.fullmatch(lines[number - 1])):
        return None
    changed = {
        n: f"{other['lead']}{other['key']}: {other['value']}".rstrip()
        for n, line in enumerate(lines, start=1)
        if (other := _KEY_AND_VALUE.fullmatch(line)) and other["colon"] == match["colon"]
    }
    return Repair(
        Mark(number, match.start("colon") + 1),
        count_lines(
            _ends(changed[number].strip(" -")),
            changed,
        ),
        changed,
    )


def add_space_in_item(failure: Failure, lines: Lines) -> Repair | None:
    """Add the space after a key's colon where the key is an item, or stands in brackets.

    The same key is fixed in all lines alike.
    """
    number, column = failure.at
    found = _KEY_IN_ITEM.match(lines[number - 1], column - 1)
    if not found:
        return None
    key = found["key"]
    line = lines[number - 1]
    fixed = [*lines]
    fixed[number - 1] = f"{line[: found.end('key')]}: {line[found.end() :]}"
    fixed = [_with_space(n, key, fixed) for n in range(1, len(lines) + 1)]
    changed = {
        n: new for n, (old, new) in enumerate(zip(lines, fixed, strict=True), 1) if old != new
    }
    value = re.split(r"[,\]}]", line[found.end() :])[0]
    message = count_lines(_ends(f"{key}: {value}"), changed)
    return Repair(Mark(number, found.end("key") + 1), message, changed)


def _with_space(number: int, key: str, lines: Lines) -> str:
    """Return a line with spaces after the colons of a key, if it has any in items or brackets."""
    line = lines[number - 1]
    start = value_start(line)
    if line[start : start + 1] in CLOSING:
        before = r"(?<=[\[{, ])"
    elif is_item(line) and line.startswith(key, start):
        before = rf"(?<=^.{{{start}}})"
    else:
        return line
    fixed = re.sub(rf"{before}{key}[:：](?!\s|//|$)", f"{key}: ", line)
    entity = model_keys.entity_of(model_keys.key_at(number, lines)) if fixed != line else None
    return fixed if entity and key in entity.model_fields else line


def _ends(entry: str) -> Message:
    return Message("a key ends with “:” and a space: {whole}", whole=shortened(entry))


def _suspect(failure: Failure, lines: Lines) -> int:
    """Return the number of the line that most likely was to be a key."""
    if failure.problem == NO_COLON:
        return failure.around.line
    if failure.problem == NO_MAPPING:
        return first_content(lines)
    return failure.last.start.line


def quote_colon(failure: Failure, lines: Lines) -> Repair | None:
    """Quote a text with a colon and a space in it."""
    line = lines[failure.at.line - 1]
    if _goes_on_over_lines(failure) or failure.at.column <= value_start(line):
        return None
    number = failure.at.line
    is_long = model_keys.is_long_text(key_of(line)) and line[value_start(line)] not in "'\""
    if is_long and depth(line_below(number, lines)) > key_depth(line):
        below = next(n for n in range(number + 1, len(lines) + 1) if lines[n - 1].strip())
        return as_block(number, below, lines)
    return quote_value(failure.at, Message("a colon and a space stand within the text"), lines)


def _goes_on_over_lines(failure: Failure) -> bool:
    """Return whether YAML took the line of the failure for a part of a text above it."""
    last = failure.last
    return last.start.line < failure.at.line == last.end.line


def leave_out_words(failure: Failure, lines: Lines) -> Repair | None:
    """Leave out a line of words, with which YAML takes the key or item below it for one text."""
    number = failure.last.start.line
    line, below = lines[number - 1], lines[failure.at.line - 1]
    is_above_item = failure.problem == ITEM_IN_TEXT and depth(below) <= depth(line)
    if is_entry(line) or not (is_above_item or _goes_on_over_lines(failure)):
        return None
    return leave_out(number, lines)


def add_colon(failure: Failure, lines: Lines) -> Repair | None:
    """Add the colon after a key whose value stands in the lines below it."""
    number = failure.around.line
    line = lines[number - 1]
    before, after = line_above(number, lines), line_below(number, lines)
    # Between two entries of one list or mapping it is no key, but for a blank line above it.
    is_between = depth(before) > depth(line) and depth(after) in (depth(before), key_depth(before))
    is_between = is_between and bool(lines[number - 2].strip())
    has_value = is_item(after) or depth(after) > depth(line)
    if is_between or not has_value or not _WORD.fullmatch(line):
        return None
    return Repair(
        failure.around,
        Message("a key ends with “:”: {whole}", whole=f"{line.strip()}:"),
        {number: f"{line.rstrip()}:"},
    )


def leave_out_line(failure: Failure, lines: Lines) -> Repair:
    """Leave out a line without a colon."""
    number = failure.around.line
    return leave_out(
        number,
        lines,
        Message(
            "{problem}; a text goes on only where it is deeper than its key",
            problem=neither_key_nor_item(lines[number - 1]),
        ),
    )
