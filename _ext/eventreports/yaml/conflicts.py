"""Marks of a merge conflict, which Git writes into a file where two edits of it meet."""

from collections.abc import Iterator
from typing import Final

from sphinxcommon.messages import Message

from ..core.problems import Code, Finding, Mark
from .lines import LEFT_OUT_LINE, is_in_block_scalar, is_key, key_of, with_deeper

_OURS: Final = "<<<<<<<"
_BASE: Final = "|||||||"
_THEIRS: Final = "======="
_END: Final = ">>>>>>>"


def settle(lines: list[str]) -> Iterator[Finding]:
    """Take of each conflict the first version, with what only the second one has.

    :param lines: Those of the file; what is not read is left out of them.
    :yields: What is reported, one finding a conflict.
    """
    opened: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        mark = line[:7]
        if line[7:8].strip():
            continue
        if mark == _OURS:
            opened = {_OURS: number}
        elif mark == _BASE and opened.keys() == {_OURS}:
            opened[_BASE] = number
        elif mark == _THEIRS and _OURS in opened:
            opened[_THEIRS] = number
        elif mark == _END and _THEIRS in opened:
            yield _settle(opened[_OURS], opened.get(_BASE), opened[_THEIRS], number, lines)
            opened = {}


def _settle(start: int, base: int | None, middle: int, end: int, lines: list[str]) -> Finding:
    ours = range(start + 1, base or middle)
    theirs = range(middle + 1, end)
    left_out = {start, end, *range(base or middle, middle + 1)}
    known = {_entry(n, lines) for n in ours}
    for n in (start, middle, end):
        lines[n - 1] = ""
    # In a text, a comment would end it.
    is_text = any(is_in_block_scalar(n, lines) for n in (*ours, *theirs) if lines[n - 1])
    n = theirs.start
    while n < end:
        below = with_deeper(n, lines[: end - 1])
        if _entry(n, lines) in known:
            left_out.update(below)
        n = below.stop
    for n in left_out:
        lines[n - 1] = "" if is_text else LEFT_OUT_LINE
    return Finding(
        Mark(start, 1),
        Code.SYNTAX,
        Message(
            "a merge conflict: keep what stands above line {middle}, or what stands below it, or "
            "some of both, and remove the lines {start}, {middle} and {end}; until then the "
            "first version counts, with the entries that only the second one has",
            start=start,
            middle=middle,
            end=end,
        ),
    )


def _entry(number: int, lines: list[str]) -> str:
    """Return by what an entry is known: its indentation and key, or all of it."""
    line = lines[number - 1]
    key = key_of(line) if is_key(line) else ""
    is_name = not key or line.lstrip().startswith("- ")
    return line.strip() if is_name else line.partition(key)[0] + key
