"""Fragments of a source, each what one node became: what fails costs the smallest of them.

Comments say where a fragment begins, with its number and where its node comes from, and where it
ends. A fragment is one or more statements of Typst's code mode: others may take its place.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from docutils import nodes

from .markup import call, content, string

_BEGINNING: Final = re.compile(r"\s*// \[(?P<number>\d+)\](?: (?P<place>.+):(?P<line>\d+))?")
_END: Final = re.compile(r"\s*// \[/(?P<number>\d+)\]")


@dataclass
class Fragment:
    """Lines of a source that were made of one node."""

    number: int
    #: The indexes of its first and last line among all lines of the source.
    first: int
    last: int = 0
    inner: list["Fragment"] = field(default_factory=list)


def beginning(number: int, place: str, line: int | None) -> str:
    """Return the comment at the beginning of a fragment.

    :param number: The number of the fragment.
    :param place: The page, or the path of the file, that its node comes from.
    :param line: The line there, if it is known.
    :return: The comment, on a line of its own.
    """
    # A name may have a line break in it.
    origin = f" {' '.join(place.splitlines())}:{line}" if line else ""
    return f"// [{number}]{origin}\n"


def end(number: int) -> str:
    """Return the comment at the end of a fragment."""
    return f"// [/{number}]\n"


def origin(lines: Sequence[str]) -> tuple[str, int] | None:
    """Return the page or path, and the line, that the last line of some was made from."""
    found = (match for line in reversed(lines) if (match := _BEGINNING.fullmatch(line)))
    match = next((one for one in found if one["line"]), None)
    return (match["place"], int(match["line"])) if match else None


def fragments_of(lines: Iterable[str]) -> list[Fragment]:
    """Return the outermost fragments, with others within."""
    outermost: list[Fragment] = []
    unfinished: list[Fragment] = []
    for place, line in enumerate(lines):
        if match := _BEGINNING.fullmatch(line):
            unfinished.append(Fragment(int(match["number"]), place))
        elif match := _END.fullmatch(line):
            # An extension's own visitor may leave one without an end.
            while unfinished and unfinished[-1].number != int(match["number"]):
                unfinished.pop()
            if unfinished:
                fragment = unfinished.pop()
                fragment.last = place
                (unfinished[-1].inner if unfinished else outermost).append(fragment)
    return outermost


def replaced(source: str, statements: Mapping[int, str]) -> str:
    """Return a source with statements in the place of some fragments, by their numbers."""
    lines = source.splitlines(keepends=True)

    def replace(fragments: Sequence[Fragment]) -> None:
        for one in reversed(fragments):
            if one.number in statements:
                lines[one.first + 1 : one.last] = [statements[one.number]]
            else:
                replace(one.inner)

    replace(fragments_of(source.splitlines()))
    return "".join(lines)


def as_text(node: nodes.Element) -> str:
    """Return statements of a node's text, and of nothing else."""
    if isinstance(node.parent, nodes.TextElement):
        return string(node.astext()) + "\n"
    paragraphs = re.split(r"\n\s*\n", node.astext())
    return "".join(call("paragraph", "()", content(string(one))) for one in paragraphs)


def fragment_at(fragments: Iterable[Fragment], place: int) -> Fragment | None:
    """Return the smallest fragment that has a line."""
    found = next((one for one in fragments if one.first <= place <= one.last), None)
    return found and (fragment_at(found.inner, place) or found)


def culprit(source: str, shows: Callable[[str], bool]) -> Fragment | None:
    """Return the smallest fragment with which an error shows.

    All that stands before it may be needed for that.

    :param source: A source that has the error.
    :param shows: Returns whether a source has the error.
    :return: The fragment, ``None`` if the error shows without any.
    """

    def shows_without(removed: frozenset[int]) -> bool:
        return shows(replaced(source, dict.fromkeys(removed, "")))

    def smallest(fragments: Sequence[Fragment], removed: frozenset[int]) -> Fragment | None:
        """Return the smallest that the error shows with, of those up to which it shows."""

        def without(count: int) -> frozenset[int]:
            return removed | {one.number for one in fragments[count:]}

        counts = range(len(fragments) + 1)
        count = bisect_left(counts, True, key=lambda count: shows_without(without(count)))
        if not 0 < count < len(counts):
            return None
        found = fragments[count - 1]
        alone = removed | {one.number for one in fragments if one is not found}
        return smallest(found.inner, alone if shows_without(alone) else without(count)) or found

    return smallest(fragments_of(source.splitlines()), frozenset())
