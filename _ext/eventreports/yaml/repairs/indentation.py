"""Indentation by characters that are no spaces, and lines a little beside the others."""

import itertools
import re
from typing import Final

from sphinxcommon.messages import Message

from ...core.problems import Mark
from .. import model_keys
from ..failures import Failure
from ..lines import (
    LEFT_OUT_LINE,
    MAX_DISTANCE,
    Lines,
    above,
    depth,
    first_content,
    indentation,
    is_in_block_scalar,
    is_item,
    is_key,
    item_kind,
    key_depth,
    key_of,
    line_below,
    opens,
    with_children,
    with_deeper,
)
from .base import Repair, count_lines, leave_out

#: By how many columns a line may stand beside those it belongs with.
_NEAR: Final = 2
#: Any but a space; after a dash it belongs to the bullet.
_OTHER_SPACE: Final = re.compile(r"(?<!-)[^\S ]|\t")
#: How many lines above may show how deep a line belongs.
_NEIGHBOURS: Final = 8


def replace_spaces(failure: Failure, lines: Lines) -> Repair | None:
    """Replace tabs, and spaces of an input method or a web page, before the text of each line."""
    numbers = (failure.at.line, failure.around.line)
    found = ((n, _OTHER_SPACE.search(_before_text(lines[n - 1]))) for n in numbers)
    number, other = next(((n, other) for n, other in found if other), (0, None))
    if other is None:
        return None
    changed: dict[int, str] = {}
    fixed = list(lines)
    for n, line in enumerate(lines, start=1):
        before = _before_text(line)
        if _OTHER_SPACE.search(before):
            # Two spaces are what most people mean by one step.
            dashes = before.lstrip().replace("-\t", "- ").replace("\t", "  ")
            fixed[n - 1] = changed[n] = " " * _width(n, fixed) + dashes + line[len(before) :]
    message = Message("a tab stands before the text; write spaces instead")
    if other[0] != "\t":
        message = Message(
            "{number} stands in the indentation; use ordinary spaces",
            number=f"U+{ord(other[0]):04X}",
        )
    return Repair(Mark(number, other.start() + 1), count_lines(message, changed), changed)


def _before_text(line: str) -> str:
    """Return the indentation of a line and its dashes."""
    return line[: key_depth(line)]


def _width(number: int, lines: Lines) -> int:
    """Return how deep a line belongs, by its spaces and by lines above that are near."""
    line = lines[number - 1]
    spaces = indentation(line)
    if not spaces.strip(" ") or spaces == line:
        return depth(line) if line.strip() else 0
    columns = spaces.replace("\t", "  ")
    widths = len(columns), len(columns.replace("\u3000", "  "))
    is_beside, depth_of = (is_item, depth) if is_item(line) else (is_key, key_depth)
    neighbours = (lines[n - 1] for n in itertools.islice(above(number, lines), _NEIGHBOURS))
    before = next(neighbours, "")
    if opens(before):
        deeper = [width for width in widths if width > key_depth(before)]
        below = depth(line_below(number, lines))
        return below if below in deeper else max(deeper, default=key_depth(before) + _NEAR)
    near: list[int] = []
    # No further than needed: there may be as many such lines as the file has.
    for other in filter(is_beside, itertools.chain([before], neighbours)):
        found = depth_of(other)
        if found in widths:
            return found
        if abs(found - widths[-1]) <= _NEAR:
            near.append(found)
    return next(iter(near), widths[-1])


def move_first_key(failure: Failure, lines: Lines) -> Repair | None:
    """Move a file's first key to the left; leave out a first line that is no key."""
    number = first_content(lines)
    line = lines[number - 1]
    if is_key(line) and depth(line):
        like = next((n for n, text in enumerate(lines, 1) if is_key(text) and not depth(text)), 1)
        return moved(number, like, 0, {number: line.lstrip()}, lines)
    return leave_out(number, lines)


def align_item(failure: Failure, lines: Lines) -> Repair | None:
    """Move an item that stands one column beside most others of its list."""
    at = failure.at.line
    near = lines[: at + MAX_DISTANCE]
    heads = (n for n in above(at, lines) if opens(lines[n - 1]))
    below = next((found for n in heads if at in (found := with_deeper(n, near))), range(0))
    items = [n for n in below if is_item(lines[n - 1])]
    least = min((depth(lines[n - 1]) for n in items), default=0)
    beside, deeper = ([n for n in items if depth(lines[n - 1]) == least + by] for by in (0, 1))
    odd, others = (beside, deeper) if len(beside) < len(deeper) else (deeper, beside)
    number = next((n for n in reversed(odd) if n <= at), None)
    if number is None or len(odd) == len(others):
        return None
    like = min(others, key=lambda n: abs(n - number))
    return _indented(number, like, depth(lines[like - 1]), lines)


def indent_key_between_items(failure: Failure, lines: Lines) -> Repair | None:
    """Indent a key that stands less deep than the items of the list around it."""
    number = failure.last.start.line
    line, item = lines[number - 1], lines[failure.at.line - 1]
    items = (n for n in above(number, lines) if is_item(lines[n - 1]))
    beside = next((n for n in items if depth(lines[n - 1]) == depth(item)), None)
    if beside is None or not is_key(line) or is_item(line) or depth(line) >= depth(item):
        return None
    needed = key_depth(lines[beside - 1])
    return moved(number, beside, needed, {number: " " * needed + line.lstrip()}, lines)


def align_line(failure: Failure, lines: Lines) -> Repair | None:
    """Move an item or a key to a depth that is near, of the lines it belongs with."""
    number = failure.at.line
    is_of_list = is_item(lines[number - 1])
    place = _item_place(number, lines) if is_of_list else _key_place(number, lines)
    return _indented(number, *place, lines) if place else None


def _indented(number: int, like: int, needed: int, lines: Lines) -> Repair:
    """Indent a line, and what is below it, by ``needed`` spaces, as the line ``like``."""
    line = lines[number - 1]
    own = depth(line)
    changed = {number: _shifted(line, needed - own)}
    below = [n for n in with_children(number, lines)[1:] if lines[n - 1].strip()]
    # What stands below may be where it belongs already.
    if below and depth(lines[below[0] - 1]) != key_depth(changed[number]):
        changed |= {n: _shifted(lines[n - 1], needed - own) for n in below}
    return moved(number, like, needed, changed, lines)


def moved(number: int, like: int, needed: int, changed: dict[int, str], lines: Lines) -> Repair:
    """Return a repair that indents a line by ``needed`` spaces, as the line ``like``."""
    message = Message(
        "indent this as line {line} (spaces before it: {depth})", line=like, depth=needed
    )
    if len(changed) > 1:
        message = Message(
            "{problem}, with the lines below it ({count})",
            problem=message,
            count=len(changed) - 1,
        )
    return Repair(Mark(number, depth(lines[number - 1]) + 1), message, changed)


def _shifted(line: str, columns: int) -> str:
    return " " * columns + line if columns > 0 else line[min(-columns, depth(line)) :]


def _item_place(number: int, lines: Lines) -> tuple[int, int] | None:
    """Return as which line, and how deep, an item belongs: below its key, or beside another."""
    line = lines[number - 1]
    own = depth(line)
    before = next(above(number, lines), number)
    if opens(lines[before - 1]):
        key = key_depth(lines[before - 1])
        items = map(depth, filter(is_item, lines[number:]))
        below = next((item for item in items if item > key), key + _NEAR)
        return (before, below) if below != own else None
    entries = (n for n in above(number, lines) if not is_in_block_scalar(n, lines))
    # A text belongs to the list right above it.
    items_above = itertools.takewhile(lambda n: is_key(line) or is_item(lines[n - 1]), entries)
    places = (
        (n, depth(lines[n - 1])) for n in items_above if item_kind(lines[n - 1]) == item_kind(line)
    )
    return next((place for place in places if 0 < abs(place[1] - own) <= _NEAR), None)


def _key_place(number: int, lines: Lines) -> tuple[int, int] | None:
    """Return as which line, and how deep, a key belongs, if that is near."""
    own = depth(lines[number - 1])
    if not is_key(lines[number - 1]):
        return None
    before = next(above(number, lines), number)
    if lines[before - 1].strip() == "-":
        return before, depth(lines[before - 1]) + _NEAR
    is_after_left_out = lines[number - 2] == LEFT_OUT_LINE
    goes_on = depth(line_below(number, lines)) == own or is_after_left_out
    if goes_on and own > key_depth(lines[before - 1]):
        # A block whose head is not there.
        return None
    lines_by_depth: dict[int, int] = {}
    least = MAX_DISTANCE
    for n in above(number, lines):
        line = lines[n - 1]
        if is_in_block_scalar(n, lines):
            continue
        # What stands below a line less deep has ended there.
        if is_key(line) and key_depth(line) <= least:
            lines_by_depth.setdefault(key_depth(line), n)
        least = min(least, depth(line))
    near = sorted((abs(other - own), other) for other in lines_by_depth if other != own)
    # Of two that are as near, the deeper line below a known key shows which is meant.
    below = (
        depth(line_below(number, lines)) if model_keys.is_known(key_of(lines[number - 1])) else 0
    )
    near.sort(key=lambda one: (one[0], not own < one[1] == below))
    is_unclear = len(near) > 1 and near[0][0] == near[1][0] and not own < near[0][1] == below
    if not near or near[0][0] > _NEAR or is_unclear:
        return None
    return lines_by_depth[near[0][1]], near[0][1]
