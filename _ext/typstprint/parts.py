"""Parts of a source, each what one node became: what ends a whole document costs the smallest.

Lines of comments say where a part begins, with its number and where its node comes from, and
where it ends. A part is one or more statements of Typst's code mode: others may take its place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from docutils import nodes

from .markup import CLOSE, OPEN, call, string

_BEGINNING: Final = re.compile(r"\s*// \[(?P<number>\d+)\](?: (?P<place>.+):(?P<line>\d+))?")
_END: Final = re.compile(r"\s*// \[/(?P<number>\d+)\]")


@dataclass
class Part:
    number: int
    #: The places of its first and last line among all lines of the source.
    first: int
    last: int = 0
    inner: list[Part] = field(default_factory=list)


def beginning(number: int, place: str, line: int | None) -> str:
    # A name may have a line break in it.
    origin = f" {' '.join(place.splitlines())}:{line}" if line else ""
    return f"// [{number}]{origin}\n"


def end(number: int) -> str:
    return f"// [/{number}]\n"


def origin(lines: Sequence[str]) -> tuple[str, int] | None:
    """The page or path, and the line, that the last of some lines of a source was made from."""
    found = (match for line in reversed(lines) if (match := _BEGINNING.fullmatch(line)))
    match = next((one for one in found if one["line"]), None)
    return (match["place"], int(match["line"])) if match else None


def parts_of(lines: Iterable[str]) -> list[Part]:
    """The outermost parts, with others within."""
    outermost: list[Part] = []
    unfinished: list[Part] = []
    for place, line in enumerate(lines):
        if match := _BEGINNING.fullmatch(line):
            unfinished.append(Part(int(match["number"]), place))
        elif match := _END.fullmatch(line):
            # An extension's own visitor may leave one without an end.
            while unfinished and unfinished[-1].number != int(match["number"]):
                unfinished.pop()
            if unfinished:
                part = unfinished.pop()
                part.last = place
                (unfinished[-1].inner if unfinished else outermost).append(part)
    return outermost


def replaced(source: str, statements: Mapping[int, str]) -> str:
    """A source with statements in the place of some parts, by their numbers."""
    lines: list[str] = []
    inside = None
    for line in source.splitlines(keepends=True):
        if inside is None:
            lines.append(line)
            match = _BEGINNING.fullmatch(line.rstrip("\n"))
            if match and int(match["number"]) in statements:
                inside = int(match["number"])
                lines.append(statements[inside])
        elif (match := _END.fullmatch(line.rstrip("\n"))) and int(match["number"]) == inside:
            inside = None
            lines.append(line)
    return "".join(lines)


def as_text(node: nodes.Element) -> str:
    """Statements of a node's text, and of nothing else."""
    if isinstance(node.parent, nodes.TextElement):
        return string(node.astext()) + "\n"
    paragraphs = re.split(r"\n\s*\n", node.astext())
    return "".join(call("paragraph", "()", f"{OPEN}{string(one)}\n{CLOSE}") for one in paragraphs)


def part_at(parts: Iterable[Part], place: int) -> Part | None:
    """The smallest part that has a line."""
    found = next((part for part in parts if part.first <= place <= part.last), None)
    return found and (part_at(found.inner, place) or found)


def culprit(source: str, shows: Callable[[str], bool]) -> Part | None:
    """The smallest part with which a fault shows: all before it may be needed for that."""

    def first_of(
        parts: Sequence[Part], removed: frozenset[int]
    ) -> tuple[Part | None, frozenset[int]]:
        """The first of some parts up to which the fault shows, and all that it shows without."""

        def without(count: int) -> frozenset[int]:
            return removed | {part.number for part in parts[count:]}

        counts = range(len(parts) + 1)
        count = bisect_left(counts, True, key=lambda count: is_in(without(count)))
        return (parts[count - 1] if count else None), without(count)

    def is_in(removed: frozenset[int]) -> bool:
        return shows(replaced(source, dict.fromkeys(removed, "")))

    outermost = parts_of(source.splitlines())
    found, removed = first_of(outermost, frozenset())
    if found is None:
        return None
    alone = frozenset(part.number for part in outermost if part is not found)
    if is_in(alone):
        removed = alone
    while True:
        smaller, without = first_of(found.inner, removed)
        if smaller is None:
            return found
        found, removed = smaller, without
