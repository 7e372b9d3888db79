"""Items of a list that do not begin with “- ”."""

import itertools

from sphinxcommon.messages import Message

from ...core.problems import Mark
from ..failures import Failure
from ..lines import (
    OTHER_BULLET,
    Lines,
    above,
    depth,
    first_content,
    indentation,
    is_item,
    is_key,
    key_depth,
    key_of,
    line_above,
    opens,
)
from ..quoting import shortened
from .base import Repair, leave_out


def replace_bullets(failure: Failure, lines: Lines) -> Repair | None:
    """Replace the bullets of an item and of those below it."""
    is_at = OTHER_BULLET.match(lines[failure.at.line - 1].lstrip())
    number = failure.at.line if is_at else failure.around.line
    own = depth(lines[number - 1])
    run = itertools.takewhile(
        lambda n: depth(lines[n - 1]) == own and OTHER_BULLET.match(lines[n - 1], own),
        range(number, len(lines) + 1),
    )
    changed = {n: " " * own + OTHER_BULLET.sub("- ", lines[n - 1].lstrip(), count=1) for n in run}
    if not changed:
        return None
    return Repair(Mark(number, own + 1), _begins(changed[number]), changed)


def add_dash(failure: Failure, lines: Lines) -> Repair | None:
    """Add the dash before a key that an item above begins with."""
    number = failure.at.line
    line = lines[number - 1]
    own = depth(line)
    items = (lines[n - 1] for n in above(number, lines) if is_item(lines[n - 1]))
    beside = next((item for item in items if own in (depth(item), key_depth(item))), "")
    if not key_of(line) or key_of(beside) != key_of(line):
        return None
    item = f"{indentation(beside)}- {line.lstrip()}"
    return Repair(Mark(number, own + 1), _begins(item), {number: item})


def add_first_dash(failure: Failure, lines: Lines) -> Repair | None:
    """Add the dash of a list's first item, whose next ones have theirs."""
    number = failure.last.start.line
    line = lines[number - 1]
    own = depth(line)
    shallower = (text for text in lines[failure.at.line :] if text.strip() and depth(text) <= own)
    below = next(shallower, "")
    is_list = is_item(below) and depth(below) == own and opens(line_above(number, lines))
    if number == failure.at.line or not is_list or is_item(line) or not is_key(line):
        return None
    item = f"{indentation(line)}- {line.lstrip()}"
    return Repair(Mark(number, own + 1), _begins(item), {number: item})


def remove_dash(failure: Failure, lines: Lines) -> Repair | None:
    """Remove the dash of a file's first key; of a text, the whole line."""
    number = first_content(lines)
    line, below = lines[number - 1], lines[failure.at.line - 1]
    is_top = failure.around == Mark(number, 1) and is_item(line)
    if not is_top or not is_key(below) or depth(below):
        return None
    why = Message("a file begins with a key, without “-”")
    if is_key(line):
        return Repair(failure.around, why, {number: line[1:].lstrip()})
    return leave_out(number, lines, why)


def _begins(item: str) -> Message:
    return Message(
        "an item of a list begins with “-” and a space: {item}", item=shortened(item.strip())
    )
