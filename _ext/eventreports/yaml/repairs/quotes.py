"""Quotes that are not closed or closed too early, and texts that need them."""

import re
from typing import Final

from sphinxcommon.messages import Message

from ...core.problems import Mark
from ..failures import Failure
from ..lines import CLOSING, Lines, value_start
from .base import Repair, quote_value

#: Where a text begins with one of these, YAML takes it for something else.
_INDICATOR: Final = re.compile(r"[\"'\[\]{}#&*!|>%@`,]|[-?](?=\s)")


def close_quote(failure: Failure, lines: Lines) -> Repair | None:
    """Close a quote at the end of its line."""
    return quote_value(failure.around, Message("the quote that opens here is not closed"), lines)


def close_quote_in_brackets(failure: Failure, lines: Lines) -> Repair | None:
    """Close a quote in brackets that another line closes, where the brackets end in its own."""
    last = failure.last
    line = lines[last.start.line - 1].rstrip()
    start = value_start(line)
    if not last.is_quoted or last.start.line == last.end.line or last.start.column - 1 == start:
        return None
    if CLOSING.get(line[start : start + 1]) != line[-1:]:
        return None
    return quote_value(last.start, _closed_in(last.end.line), lines)


def _closed_in(line: int) -> Message:
    return Message("the quote that opens here is closed only in line {line}", line=line)


def use_single_quotes(failure: Failure, lines: Lines) -> Repair | None:
    """Put a text with backslashes in single quotes."""
    return quote_value(
        failure.around,
        Message("“\\” has a meaning of its own in double quotes, and none in single ones"),
        lines,
    )


def quote_whole_value(failure: Failure, lines: Lines) -> Repair | None:
    """Quote all of a value of which a part stands in quotes, or close its quote in its line."""
    last = failure.last
    if not last.is_quoted or last.end.line != failure.at.line:
        return None
    rest = lines[last.start.line - 1][last.end.column - 1 :]
    if last.start.line < last.end.line:
        why = _closed_in(last.end.line)
    elif rest and not rest.lstrip().startswith(":"):
        why = Message("more text stands after the closing quote")
    else:
        return None
    return quote_value(last.start, why, lines)


def quote_indicator(failure: Failure, lines: Lines) -> Repair | None:
    """Quote a text that begins with a character that means something else to YAML."""
    number = failure.at.line
    line = lines[number - 1]
    start = value_start(line)
    indicator = _INDICATOR.match(line, start)
    if not line[:start].strip() or failure.at.column <= start or not indicator:
        return None
    return quote_value(
        Mark(number, start + 1), Message("no text begins with “{sign}”", sign=indicator[0]), lines
    )
