"""What a line of YAML is like, read by itself or with those around it: a key, an item, how deep.

Lines are numbered from 1, and have no line ends.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

Lines = Sequence[str]

#: Stands where a value was that cannot be read: an alias, as those are never wrong by themselves.
LEFT_OUT_VALUE: Final = "LEFT-OUT"
#: Stands where a line was: a comment, by which what is above and below is not joined.
LEFT_OUT_LINE: Final = "#"
#: YAML ends a line here and we do not: several lines of YAML take the place of one.
NEXT_LINE: Final = "\x85"
#: A comment behind a value, in a line that YAML can read.
COMMENT: Final = re.compile(r"(?<!\s)\s+#(?:\s.*)?$")

#: What stands before a value on its line: indentation, dashes, a key.
_DASHES: Final = re.compile(r"\s*(?:-\s+)*")
_LEAD: Final = re.compile(r"\s*(?:-\s+)*(?:(?:[\w.-]+|\"[^\"]*\"|'[^']*')\s*:\s+)?")
_KEY: Final = re.compile(r"\s*(?:-\s+)*[\w.-]+\s*:(?:\s|$)")
_BLOCK_SCALAR: Final = re.compile(r".*[:-]\s+[|>][-+\d]*\s*")
#: What people begin an item of a list with, besides “- ”.
OTHER_BULLET: Final = re.compile(
    r"-(?=[^\W\d_]|[\[{\"'「『])|[・•‣●○]\s*|－(?=\w)|-[\u3000\xa0]+|[–—ー－*]\s+"
)
#: Brackets of flow collections.
CLOSING: Final = {"[": "]", "{": "}"}
#: How far above, in lines, there may be what a line belongs to.
MAX_DISTANCE: Final = 200


def indentation(line: str) -> str:
    """Return the whitespace that a line begins with."""
    return line[: depth(line)]


def depth(line: str) -> int:
    """Return by how many characters a line is indented."""
    return len(line) - len(line.lstrip())


def key_depth(line: str) -> int:
    """Return by how many characters a line's key is indented, its dashes among them."""
    lead = _DASHES.match(line)
    return lead.end() if lead else 0


def value_start(line: str) -> int:
    """Return where a line's value begins, after its dashes and its key, from 0."""
    lead = _LEAD.match(line)
    return lead.end() if lead else 0


def is_item(line: str) -> bool:
    """Return whether a line begins an item of a list."""
    return line.lstrip().startswith("- ")


def is_key(line: str) -> bool:
    """Return whether a line has a key, after any dashes."""
    return _KEY.match(line) is not None


def is_entry(line: str) -> bool:
    """Return whether a line begins an entry of a mapping or list."""
    return is_key(line) or is_item(line)


def is_content(line: str) -> bool:
    """Return whether a line is neither blank nor a comment."""
    return not line.lstrip().startswith("#") and bool(line.strip())


def opens(line: str) -> bool:
    """Return whether a line is a key whose value stands in the lines below it."""
    return line.rstrip().endswith(":")


def key_of(line: str) -> str:
    """Return a line's key; of a line that has none, nothing."""
    found = _KEY.match(line)
    return found[0].strip(" -:") if found else ""


def item_kind(line: str) -> str:
    """Return how an item begins: with a key, brackets, or words; nothing for other lines."""
    first = line.lstrip()[1:].lstrip()[:1]
    return f"- {key_of(line) or (first if first in CLOSING else '')}" if is_item(line) else ""


def first_content(lines: Lines) -> int:
    """Return the number of the first line of content, else of the first."""
    return next((n for n, line in enumerate(lines, start=1) if is_content(line)), 1)


def above(number: int, lines: Lines) -> Iterator[int]:
    """Iterate over the numbers of lines of content above one, the nearest first."""
    for n in range(number - 1, max(0, number - 1 - MAX_DISTANCE), -1):
        if is_content(lines[n - 1]):
            yield n


def line_above(number: int, lines: Lines) -> str:
    """Return the next line of content above one."""
    return next((lines[n - 1] for n in above(number, lines)), "")


def line_below(number: int, lines: Lines) -> str:
    """Return the next line below one that is not blank."""
    return next((line for line in lines[number:] if line.strip()), "")


def is_in_block_scalar(number: int, lines: Lines) -> bool:
    """Return whether a line is part of the text after “|” or “>”."""
    own = depth(lines[number - 1])
    shallower = (lines[n - 1] for n in above(number, lines) if depth(lines[n - 1]) < own)
    return _BLOCK_SCALAR.fullmatch(next(shallower, "")) is not None


def with_deeper(number: int, lines: Lines) -> range:
    """Return a line and those below it that are indented deeper."""
    own = depth(lines[number - 1])
    deeper = itertools.takewhile(
        lambda n: not lines[n - 1].strip() or depth(lines[n - 1]) > own,
        range(number + 1, len(lines) + 1),
    )
    last = max((n for n in deeper if lines[n - 1].strip()), default=number)
    return range(number, last + 1)


def with_children(number: int, lines: Lines) -> range:
    """Return a line and what belongs to it: the deeper lines below its key.

    A line that is no key most likely was to open them: left where they are, they would go on with
    what stands above it, as facts of something else.
    """
    line = lines[number - 1]
    deeper = with_deeper(number, lines)
    if is_key(line):
        return deeper
    before = line_above(number, lines)
    below = next((lines[n - 1] for n in deeper[1:] if lines[n - 1].strip()), "")
    others = [lines[n - 1] for n in above(number, lines)]
    begins_item = any(is_item(other) and depth(other) == depth(line) for other in others)
    like_below = [other for other in others if key_depth(other) == key_depth(below)]
    if is_item(below):
        like_below = [other for other in like_below if item_kind(other) == item_kind(below)]
    goes_on = is_entry(below) and bool(like_below) and depth(before) > depth(line)
    return deeper[:1] if opens(before) or (goes_on and not begins_item) else deeper
