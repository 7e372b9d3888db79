"""Keys and items that stand below a value, which YAML takes for the end of it."""

import itertools
from collections.abc import Iterator

import yaml

from sphinxcommon.messages import Message

from ...core.problems import Mark
from ...core.quoting import quoted, shortened, unquoted
from .. import model_keys
from ..failures import Failure
from ..lines import (
    CLOSING,
    NEXT_LINE,
    Lines,
    above,
    depth,
    is_content,
    is_entry,
    is_item,
    is_key,
    key_depth,
    key_of,
    line_above,
    opens,
    value_start,
)
from ..source import index_of, parser_events
from .base import Repair, does_not_go_on, leave_out
from .indentation import moved


def write_long_form(failure: Failure, lines: Lines) -> Repair | None:
    """Make a key of the value above a key that belongs to the same thing."""
    number, head, child = _head_and_child(failure, lines)
    if not head or not is_key(child) or is_item(child) or _is_beside(head, child):
        return None
    key = model_keys.key_at(number, lines)
    if key_of(head) and not model_keys.is_known(key):
        return leave_out(failure.at.line, lines, does_not_go_on())
    entity = model_keys.entity_of(key)
    start = value_start(head)
    entries = _entries(head[start:], is_mapping=True)
    if entries is None:
        long = model_keys.long_form(entity, unquoted(head[start:].strip()))
        entries = [f"{name}: {quoted(text)}" for name, text in long.items()]
        if len(long) == 1:
            entries = [f"{next(iter(long))}: {head[start:].rstrip()}"]
    return _in_lines(number, head, child, entries, failure, lines)


def move_to_key_above(failure: Failure, lines: Lines) -> Repair | None:
    """Move keys to the left that stand below another key's value, as if they were a part of it."""
    number, head, child = _head_and_child(failure, lines)
    if (
        not head
        or is_item(child)
        or not _is_beside(head, child)
        or not model_keys.meant(key_of(child))
    ):
        return None
    needed = key_depth(head)
    shifted = _shifted(failure.at.line, number, needed - depth(child), lines)
    # What is less deep may be where it belongs already.
    changed = dict(
        itertools.takewhile(lambda one: depth(lines[one[0] - 1]) >= depth(child), shifted)
    )
    return moved(failure.at.line, number, needed, changed, lines)


def _is_beside(head: str, child: str) -> bool:
    """Return whether a key below a key with a value cannot belong to that value."""
    key, entity = key_of(head), model_keys.entity_of(key_of(head))
    if not key or (entity and key_of(child) in entity.model_fields):
        return False
    return model_keys.is_known(key) and (entity is None or model_keys.is_known(key_of(child)))


def write_list(failure: Failure, lines: Lines) -> Repair | None:
    """Make an item of the value above an item."""
    number, head, child = _head_and_child(failure, lines)
    key = key_of(head)
    if (
        not key
        or not is_item(child)
        or not (model_keys.is_list(key) or not model_keys.is_known(key))
    ):
        return None
    if is_key(child) and model_keys.is_known(key) and not model_keys.entity_of(key):
        return None
    start = value_start(head)
    in_brackets = _entries(head[start:], is_mapping=False)
    if in_brackets and depth(child) == key_depth(head):
        return None
    entries = in_brackets or [head[start:].rstrip()]
    return _in_lines(number, head, child, [f"- {entry}" for entry in entries], failure, lines)


def write_block(failure: Failure, lines: Lines) -> Repair | None:
    """Make a text of several lines of a text that goes on with what looks like keys or items."""
    number, head, child = _head_and_child(failure, lines)
    key = key_of(head)
    value = head[value_start(head) :]
    is_text = (
        model_keys.is_known(key) and not model_keys.entity_of(key) and not model_keys.is_list(key)
    )
    is_deeper = depth(child) > key_depth(head)
    if not is_text or not is_deeper or value[:1] in ("'", '"', *CLOSING):
        return None
    # A known key is one that is misplaced; items may go on below a key between them.
    is_between = depth(line_above(number, lines)) > depth(head)
    is_alien = is_item(child) and (is_between or not model_keys.is_long_text(key))
    if not is_entry(child) or model_keys.meant(key_of(child)) or is_alien:
        return None
    return as_block(number, failure.at.line, lines)


def as_block(number: int, below: int, lines: Lines) -> Repair:
    """Make a text of several lines of a value and of what stands below it."""
    head, child = lines[number - 1], lines[below - 1]
    value = head[value_start(head) :]
    sign = "|" if is_item(child) else ">-"
    line = f"{head[: value_start(head)]}{sign}"
    return Repair(
        Mark(below, depth(child) + 1),
        Message(
            "this looks like a part of the text above; a text of several lines begins with "
            "“{sign}”, and the text in the line below: {whole}",
            sign=sign,
            whole=line.strip(),
        ),
        {number: f"{line}{NEXT_LINE}{' ' * depth(child)}{value}"},
    )


def _head_and_child(failure: Failure, lines: Lines) -> tuple[int, str, str]:
    """Return the line of a value, its number, and a line below it that is deeper."""
    child = lines[failure.at.line - 1]
    numbers = (n for n in above(failure.at.line, lines) if _may_have(lines[n - 1], child))
    number = next(numbers, 0)
    head = lines[number - 1] if number else ""
    is_value = is_entry(head) and not opens(head) and bool(head[value_start(head) :].strip())
    # The value ends where the line does.
    is_last = failure.last.start.line == number and " flow " not in failure.context
    return (number, head, child) if is_value and is_last else (0, "", child)


def _may_have(head: str, child: str) -> bool:
    """Return whether a line is as deep as what has another in it; items may be as deep as a key."""
    is_list = is_item(child) and is_key(head) and key_depth(head) == depth(child)
    return depth(head) < depth(child) or is_list


def _entries(value: str, *, is_mapping: bool) -> list[str] | None:
    """Return the entries of a mapping or list in brackets, as they are written."""
    if value[:1] != ("{" if is_mapping else "["):
        return None
    level = 0
    places: list[tuple[int, int]] = []
    try:
        for event in parser_events(value):
            if isinstance(event, yaml.CollectionEndEvent):
                level -= 1
                if level == 1:
                    places[-1] = places[-1][0], index_of(event.end_mark)
            elif isinstance(event, yaml.NodeEvent):
                if level == 1:
                    places.append((index_of(event.start_mark), index_of(event.end_mark)))
                level += isinstance(event, yaml.CollectionStartEvent)
    except yaml.YAMLError:
        return None
    if is_mapping:
        pairs = zip(places[::2], places[1::2], strict=True)
        return [value[start:end] for (start, _), (_, end) in pairs]
    return [value[start:end] for start, end in places]


def _in_lines(
    number: int, head: str, child: str, entries: list[str], failure: Failure, lines: Lines
) -> Repair:
    """Write entries in lines of their own, as deep as those below."""
    needed = depth(child)
    before = f"{head[: value_start(head)].rstrip()}{NEXT_LINE}{' ' * needed}"
    changed: dict[int, str] = {}
    if not key_of(head):
        before, needed = head[: key_depth(head)], key_depth(head)
        changed = dict(_shifted(failure.at.line, number, needed - depth(child), lines))
    changed[number] = before + f"{NEXT_LINE}{' ' * needed}".join(entries)
    shown = [*map(shortened, entries)]
    message = Message(
        "keys stand below the text in line {line}; write it as keys beside them, one a line: "
        "{whole}",
        line=number,
        whole=shown,
    )
    if is_item(child):
        message = Message(
            "an item of a list stands below the text in line {line}; write both as items, one a "
            "line: {whole}",
            line=number,
            whole=shown,
        )
    elif not key_of(head):
        message = Message(
            "keys stand below the text in line {line}; write it as keys, one a line, and these "
            "right below: {whole}",
            line=number,
            whole=[f"- {shown[0]}", *shown[1:]],
        )
    return Repair(Mark(failure.at.line, depth(child) + 1), message, changed)


def _shifted(number: int, head: int, by: int, lines: Lines) -> Iterator[tuple[int, str]]:
    """Indent lines from one on otherwise, as far as they are deeper than a head."""
    if not by:
        return
    for n in range(number, len(lines) + 1):
        line = lines[n - 1]
        if is_content(line) and depth(line) <= depth(lines[head - 1]):
            return
        if line.strip():
            yield n, " " * max(0, depth(line) + by) + line.lstrip()
