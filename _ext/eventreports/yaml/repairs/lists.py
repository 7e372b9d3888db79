"""Items of a list that do not begin with “- ”."""

import itertools
from typing import Final

from sphinxcommon.messages import Message

from ...core.problems import Mark
from ...core.quoting import shortened
from ..failures import Failure
from ..lines import (
    OTHER_BULLET,
    Lines,
    above,
    depth,
    first_content,
    indentation,
    is_content,
    is_item,
    is_key,
    key_depth,
    key_of,
    line_above,
    opens,
    with_deeper,
)
from .base import Repair, count_lines, leave_out

#: How what stands in brackets or quotes begins and ends.
_ENCLOSED: Final = ("{}", "[]", '""', "''")


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
    begins = count_lines(_begins(changed[number]), changed)
    for n in [*changed]:
        # What was as deep as the text is so still.
        before = len(lines[n - 1]) - len(OTHER_BULLET.sub("", lines[n - 1].lstrip(), count=1))
        by = key_depth(changed[n]) - before
        below = with_deeper(n, lines)[1:]
        if by > 0 and any(depth(lines[m - 1]) == before for m in below if is_content(lines[m - 1])):
            changed |= {m: " " * by + lines[m - 1] for m in below if lines[m - 1].strip()}
    return Repair(Mark(number, own + 1), begins, changed)


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


def add_dashes_to_keys(failure: Failure, lines: Lines) -> Repair | None:
    """Add the dashes of a list of which no item has one, where its first key stands again."""
    number = failure.at.line
    line = lines[number - 1]
    own, key = depth(line), key_of(line)
    head = next((n for n in above(number, lines) if depth(lines[n - 1]) < own), 0)
    if not head or not opens(lines[head - 1]) or is_item(line):
        return None
    below = [n for n in with_deeper(head, lines)[1:] if is_content(lines[n - 1])]
    firsts = [n for n in below if depth(lines[n - 1]) == own and key_of(lines[n - 1]) == key]
    changed = {n: f"{' ' * own}  {lines[n - 1][own:]}" for n in below}
    changed |= {n: f"{' ' * own}- {lines[n - 1][own:]}" for n in firsts}
    message = Message(
        "{problem} ({count} such lines)", problem=_begins(changed[firsts[0]]), count=len(firsts)
    )
    return Repair(Mark(firsts[0], own + 1), message, changed)


def add_dashes_to_brackets(failure: Failure, lines: Lines) -> Repair | None:
    """Add the dashes of items that stand in brackets or quotes, each in its line."""
    number = failure.at.line
    own = depth(lines[number - 1])
    changed: dict[int, str] = {}
    head = next((n for n in above(number, lines) if depth(lines[n - 1]) < own), 0)
    if not head or not opens(lines[head - 1]):
        return None
    for n in with_deeper(head, lines)[1:]:
        text = lines[n - 1].strip().removesuffix(",").rstrip()
        if not text or not is_content(text):
            continue
        if text[0] + text[-1] not in _ENCLOSED or depth(lines[n - 1]) != own:
            return None
        changed[n] = f"{' ' * own}- {text}"
    if len(changed) < 2 or number not in changed:
        return None
    first = min(changed)
    return Repair(Mark(first, own + 1), count_lines(_begins(changed[first]), changed), changed)


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
        "an item of a list begins with “-” and a space: {whole}", whole=shortened(item.strip())
    )
