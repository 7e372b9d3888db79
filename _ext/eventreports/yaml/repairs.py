"""What a place that YAML cannot read most likely meant: in words, and as lines that it can read.

libyaml says where it gave up, and what it expected there in the words of a
grammar. People have one of a dozen slips in mind; the line tells which.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ..core.messages import Message
from ..core.problems import Mark

#: What stands before a value on its line: indentation, dashes, a key.
_DASHES: Final = re.compile(r"\s*(?:-\s+)*")
_LEAD: Final = re.compile(r"\s*(?:-\s+)*(?:(?:[\w.-]+|\"[^\"]*\"|'[^']*')\s*:\s+)?")
_KEY: Final = re.compile(r"\s*(?:-\s+)*[\w.-]+\s*:(?:\s|$)")
_KEY_AND_VALUE: Final = re.compile(
    r"(?P<lead>\s*(?:-\s+)*)(?P<key>[^\W\d][\w-]*)(?P<colon>:(?![ \t]|//|$)|：)\s*(?P<value>.*)"
)
_WORD: Final = re.compile(r"\s*(?:-\s+)*[^\W\d_][\w.-]*\s*")
_BLOCK_HEAD: Final = re.compile(r".*[:-]\s+[|>][-+\d]*\s*")
#: Where a text begins with one of these, YAML takes it for something else.
_SPECIAL: Final = re.compile(r"[\"'\[\]{}#&*!|>%@`,]|[-?](?=\s)")
#: What people begin an item of a list with, besides “- ”.
SLIPPED_BULLET: Final = re.compile(
    r"-(?=[^\W\d_])|[・•‣●○]\s*|－(?=\w)|-[\u3000\xa0]+|[–—ー－*]\s+"
)
#: A key and its colon after what should have ended with a comma.
_PAIR: Final = re.compile(r"\s+(?:\"[^\"]*\"|'[^']*'|[\w-]+)\s*:\s")
_WIDE: Final = re.compile(r"[^\t ]")
_CLOSING: Final = {"[": "]", "{": "}"}
_LONGEST_PROPOSAL: Final = 60
#: By how many columns a line may stand beside those it belongs to.
_NEAR: Final = 2
#: How far above, in lines, there may be what a line belongs to.
_FAR: Final = 200
_NEIGHBOURS: Final = 8
#: Stands where a value was that cannot be read: an alias, as those are never wrong by themselves.
LEFT_OUT: Final = "LEFT-OUT"
#: Stands where a line was: a comment, by which what is above and below is not joined.
LEFT_OUT_LINE: Final = "#"

#: What libyaml says of a key without its colon; and what it has no problem with.
BLANK_IN_KEY: Final = "a blank in a key"
BULLET: Final = "a bullet"
DEEPER_ITEM: Final = "expected an item of its own"
NO_COLON: Final = "could not find expected ':'"
NO_MAPPING: Final = "expected keys and values"
UNCLOSED: Final = "a quote is closed by another"
MISSING_DASH: Final = "expected a dash"
KEY_NOT_TEXT: Final = "found a key that is no text"


@dataclass(frozen=True, slots=True)
class Token:
    """The last scalar or alias that could be read."""

    start: Mark
    end: Mark
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Failure:
    """Where YAML gave up, and what it said; ``context`` is what it was at, since ``around``."""

    problem: str
    at: Mark
    context: str
    around: Mark
    last: Token | None


@dataclass(frozen=True, slots=True)
class Repair:
    """What is wrong at ``mark``; lines (by number) as they are to be, and those to leave out."""

    mark: Mark
    message: Message
    changed: Mapping[int, str] = field(default_factory=dict)
    left_out: range = range(0)


def quoted(text: str) -> str:
    """``text`` as a scalar that says nothing else."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def shown_in_quotes(text: str) -> str:
    """How ``text`` looks in quotes; of a long one the beginning."""
    return quoted(text if len(text) < _LONGEST_PROPOSAL else f"{text[:_LONGEST_PROPOSAL]}…")


def repair(failure: Failure, lines: list[str]) -> Repair:
    """The cure for a place of ``lines`` (without their ends) that YAML cannot read."""
    ways = (
        _root,
        _item_at_top,
        _block_text,
        _wide_blank,
        _tab,
        _bullet,
        _odd_item,
        _missing_dash,
        _comma,
        _reserved,
        _flow_item,
        _quote,
        _colon,
        _missing_colon,
        _flow,
        _special,
        _between_items,
        _indentation,
    )
    found = (way(failure, lines) for way in ways)
    return next(filter(None, found), None) or _unreadable(failure, lines)


def with_children(number: int, lines: list[str]) -> range:
    """Line ``number`` and, where it has a key, the deeper lines below it."""
    is_head = _KEY.match(lines[number - 1])
    return _with_deeper(number, lines) if is_head else _junk(number, lines)


def _junk(number: int, lines: list[str]) -> range:
    """A line that is nothing, with the deeper lines below it that it most likely headed.

    Left where they are, they would go on with what stands above it.
    """
    depth = _depth(lines[number - 1])
    with_deeper = _with_deeper(number, lines)
    above = next((lines[n - 1] for n in _before(number, lines)), "")
    below = next((lines[n - 1] for n in with_deeper if n > number and lines[n - 1].strip()), "")
    if not below or above.rstrip().endswith(":"):
        return range(number, number + 1)
    likes = [lines[n - 1] for n in _before(number, lines)]
    heads_item = any(_is_item(line) and _depth(line) == depth for line in likes)
    goes_on = any(
        _key_depth(line) == _key_depth(below) and _is_alike(line, below) for line in likes
    )
    if _depth(above) > depth and goes_on and not heads_item:
        return range(number, number + 1)
    return with_deeper


def _is_alike(line: str, other: str) -> bool:
    """Whether both are keys, or items of one kind."""
    if _is_item(other):
        return _is_item(line) and _kind(line) == _kind(other)
    return _KEY.match(other) is not None


def _kind(item: str) -> str:
    """What an item begins with: a key, brackets, or words."""
    value = item.lstrip()[1:].lstrip()
    return _key(item) or (value[:1] if value[:1] in _CLOSING else "")


def _with_deeper(number: int, lines: list[str]) -> range:
    depth = _depth(lines[number - 1])
    end = number + 1
    for after in range(number + 1, len(lines) + 1):
        line = lines[after - 1]
        if line.strip() and _depth(line) <= depth:
            break
        if line.strip():
            end = after + 1
    return range(number, end)


def _heads(line: str) -> bool:
    """Whether a line begins a value of its own."""
    return _KEY.match(line) is not None or _is_item(line)


def _is_item(line: str) -> bool:
    return line.lstrip().startswith("- ")


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _value_start(line: str) -> int:
    """The column, from 1, at which the line's value begins."""
    lead = _LEAD.match(line)
    return (lead.end() if lead else 0) + 1


def _before(number: int, lines: list[str]) -> Iterator[int]:
    """The numbers of the lines before that say something, the nearest first; not of very many."""
    for above in range(number - 1, max(0, number - 1 - _FAR), -1):
        if _says(lines[above - 1]):
            yield above


def _requoted(mark: Mark, why: Message, number: int, lines: list[str]) -> Repair:
    """The line's value as one text in quotes, which ``why`` is the reason for."""
    line = lines[number - 1]
    if not _heads(line):
        return Repair(mark, _neither(line), left_out=_junk(number, lines))
    start = _value_start(line) - 1
    text = _unquoted(line[start:].rstrip())
    return Repair(
        mark,
        Message(
            "{problem}; the text needs quotes: {whole}", problem=why, whole=shown_in_quotes(text)
        ),
        {number: line[:start] + quoted(text)},
    )


def _unquoted(value: str) -> str:
    """Without quotes that were meant to surround the whole, as far as that can be told."""
    quote = value[:1]
    if quote not in ("'", '"'):
        return value
    count = value.count(quote)
    if value.endswith(quote) and (count == 2 or count % 2):
        return value[1:-1] if count > 1 else value[1:]
    return value[1:] if count == 1 else value


def _root(failure: Failure, lines: list[str]) -> Repair | None:
    """A first line by which the file would be no mapping, or one of another depth."""
    if failure.problem != NO_MAPPING:
        return None
    number = _first(lines)
    line = lines[number - 1]
    mark = Mark(number, _depth(line) + 1)
    if found := _blankless(number, lines):
        return found
    if _KEY.match(line) and _depth(line):
        return Repair(
            mark,
            Message("this is indented, and the keys below it are not"),
            {number: line.lstrip()},
        )
    return Repair(mark, _neither(line), left_out=range(number, number + 1))


def _item_at_top(failure: Failure, lines: list[str]) -> Repair | None:
    """A first line that begins with a dash, and keys below it that do not."""
    number = _first(lines)
    line, below = lines[number - 1], lines[failure.at.line - 1]
    is_top = failure.around == Mark(number, 1) and "block collection" in failure.context
    if not is_top or not line.startswith("- ") or not _KEY.match(below) or _depth(below):
        return None
    message = Message("a file begins with a key, without “-”")
    if _KEY.match(line):
        return Repair(failure.around, message, {number: line[1:].lstrip()})
    return Repair(failure.around, message, left_out=range(number, number + 1))


def _first(lines: list[str]) -> int:
    """The number of the first line that says something, else of the first."""
    return next((n for n, line in enumerate(lines, start=1) if _says(line)), 1)


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _neither(line: str) -> Message:
    return Message("“{line}” is neither “key: value” nor “- item”", line=_short(line.strip()))


def _wide_blank(failure: Failure, lines: list[str]) -> Repair | None:
    """Blanks of an input method or a web page, which look like others and are none for YAML."""
    numbers = (failure.at.line, failure.around.line)
    number = next((n for n in numbers if _WIDE.search(_indent(lines[n - 1]))), None)
    if number is None or not (wide := _WIDE.search(_indent(lines[number - 1]))):
        return None
    changed: dict[int, str] = {}
    mended = list(lines)
    for n, line in enumerate(lines, start=1):
        indentation = _indent(line)
        if _WIDE.search(indentation):
            widths = len(indentation), len(indentation.replace("\u3000", "  "))
            depth = _depth_like(n, mended, *widths) if line.strip() else 0
            mended[n - 1] = changed[n] = " " * depth + line.lstrip()
    message = Message(
        "{number} stands in the indentation; use ordinary spaces", number=f"U+{ord(wide[0]):04X}"
    )
    return Repair(Mark(number, wide.start() + 1), _and_more(message, changed), changed)


def _indent(line: str) -> str:
    return line[: _depth(line)]


def _depth_like(number: int, lines: list[str], *widths: int) -> int:
    """The depth of a line above that is of one of ``widths``, or near to the last of them."""
    is_item = _is_item(lines[number - 1])
    near = None
    for place, n in enumerate(itertools.islice(_before(number, lines), _NEIGHBOURS)):
        line = lines[n - 1]
        if place == 0 and line.rstrip().endswith(":"):
            key = _key_depth(line)
            return next((width for width in widths if width > key), key + _NEAR)
        if not (_is_item(line) if is_item else _KEY.match(line)):
            continue
        depth = _depth(line) if is_item else _key_depth(line)
        if depth in widths:
            return depth
        if near is None and abs(depth - widths[-1]) <= _NEAR:
            near = depth
    return widths[-1] if near is None else near


def _and_more(problem: Message, changed: Mapping[int, str]) -> Message:
    if len(changed) == 1:
        return problem
    return Message("{problem} ({count} such lines)", problem=problem, count=len(changed))


def _tab(failure: Failure, lines: list[str]) -> Repair | None:
    number = failure.at.line
    place = _before_text(lines[number - 1]).find("\t")
    if place < 0:
        return None
    changed: dict[int, str] = {}
    mended = list(lines)
    for n, line in enumerate(lines, start=1):
        if "\t" in (before := _before_text(line)):
            # Two blanks are what most people mean by one step.
            blanks = re.sub(r"-\t", "- ", before).replace("\t", "  ")
            width = _depth(blanks + ".")
            depth = _depth_like(n, mended, width) if "\t" in _indent(line) else width
            mended[n - 1] = changed[n] = " " * depth + blanks.lstrip() + line[len(before) :]
    message = Message("a tab stands before the text; write spaces instead")
    return Repair(Mark(number, place + 1), _and_more(message, changed), changed)


def _before_text(line: str) -> str:
    """The indentation of a line and its dashes."""
    return line[: _key_depth(line)]


def _bullet(failure: Failure, lines: list[str]) -> Repair | None:
    """Items of a list that begin with something else than “- ”."""
    is_at = SLIPPED_BULLET.match(lines[failure.at.line - 1].lstrip())
    number = failure.at.line if is_at else failure.around.line
    depth = _depth(lines[number - 1])
    changed = {}
    for after in range(number, len(lines) + 1):
        line = lines[after - 1]
        if _depth(line) != depth or not (bullet := SLIPPED_BULLET.match(line, depth)):
            break
        changed[after] = f"{line[:depth]}- {line[bullet.end() :]}"
    if not changed:
        return None
    return Repair(Mark(number, depth + 1), _begins(changed[number]), changed)


def _begins(item: str) -> Message:
    return Message(
        "an item of a list begins with “-” and a space: {item}", item=_short(item.strip())
    )


def _odd_item(failure: Failure, lines: list[str]) -> Repair | None:
    """An item that stands one blank beside the others of its list: it is to be mended, not they."""
    if not ("expected" in failure.problem or "not allowed" in failure.problem):
        return None
    at = failure.at.line
    heads = (n for n in _before(at, lines) if lines[n - 1].rstrip().endswith(":"))
    below = next((found for head in heads if at in (found := _value_below(head, lines))), range(0))
    items = [n for n in below if _is_item(lines[n - 1])]
    least = min((_depth(lines[n - 1]) for n in items), default=0)
    beside, deeper = ([n for n in items if _depth(lines[n - 1]) == least + by] for by in (0, 1))
    odd, others = (beside, deeper) if len(beside) < len(deeper) else (deeper, beside)
    number = next((n for n in reversed(odd) if n <= at), None)
    if number is None or len(odd) == len(others):
        return None
    like = min(others, key=lambda n: abs(n - number))
    return _indented(number, like, _depth(lines[like - 1]), lines)


def _value_below(head: int, lines: list[str]) -> range:
    """The lines of a key's value, as far as they are near."""
    depth = _key_depth(lines[head - 1])
    end = min(len(lines), head + _FAR)
    for number in range(head + 1, end + 1):
        line = lines[number - 1]
        if _says(line) and _depth(line) < depth + (not _is_item(line)):
            return range(head + 1, number)
    return range(head + 1, end + 1)


def _missing_dash(failure: Failure, lines: list[str]) -> Repair | None:
    """A key that an item above begins with begins one too."""
    number = failure.at.line
    line = lines[number - 1]
    if failure.problem.startswith("mapping values are not allowed") and failure.last:
        return _first_dash(failure.last.start.line, number, lines)
    if failure.problem != MISSING_DASH and "'-' indicator" not in failure.problem:
        return None
    depth = _depth(line)
    items = (n for n in _before(number, lines) if _is_item(lines[n - 1]))
    beside = (n for n in items if depth in (_depth(lines[n - 1]), _key_depth(lines[n - 1])))
    above = next(beside, None)
    if above is None or not _key(line) or _key(lines[above - 1]) != _key(line):
        return None
    item = " " * _depth(lines[above - 1]) + "- " + line.lstrip()
    return Repair(Mark(number, _depth(line) + 1), _begins(item), {number: item})


def _first_dash(number: int, below: int, lines: list[str]) -> Repair | None:
    """The first item of a list, whose next ones have their dash."""
    line = lines[number - 1]
    head = next(_before(number, lines), 0)
    after = (text for text in lines[below:] if text.strip() and _depth(text) <= _depth(line))
    is_list = _depth(following := next(after, "")) == _depth(line) and _is_item(following)
    is_key = lines[head - 1].rstrip().endswith(":") and _KEY.match(line) is not None
    if number == below or not (is_list and is_key):
        return None
    item = f"{_indent(line)}- {line.lstrip()}"
    return Repair(Mark(number, _depth(line) + 1), _begins(item), {number: item})


def _key(line: str) -> str:
    found = _KEY.match(line)
    return found[0].strip(" -:") if found else ""


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_PROPOSAL else f"{text[:_LONGEST_PROPOSAL]}…"


def _block_text(failure: Failure, lines: list[str]) -> Repair | None:
    """After “|” or “>”, a text that is not indented."""
    is_within = "block scalar" in failure.context
    given_up = failure.at.line if is_within else failure.around.line
    above = itertools.takewhile(
        lambda n: n == given_up - 1 or not _heads(lines[n]), _before(given_up, lines)
    )
    head = next((n for n in above if _BLOCK_HEAD.fullmatch(lines[n - 1])), None)
    if head is None:
        return None
    depth = _key_depth(lines[head - 1])
    number = next(n for n in range(head + 1, given_up + 1) if lines[n - 1].strip())
    indentation = _indent(lines[number - 1])
    if len(indentation) > depth and re.fullmatch(" *", indentation):
        return None
    changed = {}
    for after in range(number, len(lines) + 1):
        line = lines[after - 1]
        if after > number and _heads(line):
            break
        changed[after] = " " * (depth + _NEAR) + line.lstrip() if line.strip() else line
    return Repair(
        Mark(number, _depth(lines[number - 1]) + 1),
        Message("the text after “|” or “>” must be indented deeper than its key"),
        changed,
    )


def _comma(failure: Failure, lines: list[str]) -> Repair | None:
    number = failure.at.line
    line = lines[number - 1]
    before, after = line[: failure.at.column - 1], line[failure.at.column :]
    if line[failure.at.column - 1 : failure.at.column] != ",":
        return None
    if failure.context == "while parsing a flow node":
        message = Message("nothing stands between two commas; remove one")
    elif not after.strip() and before.rstrip().endswith(("]", "}", '"', "'")):
        message = Message("nothing goes on after this comma; remove it")
    else:
        return None
    return Repair(failure.at, message, {number: before + after})


def _flow_item(failure: Failure, lines: list[str]) -> Repair | None:
    """Within brackets, a text that goes on where it cannot, or a comma that is not there."""
    last = failure.last
    if last is None or " flow " not in failure.context or last.start.line != last.end.line:
        return None
    between = lines[last.end.line - 1][last.end.column - 1 : failure.at.column - 1]
    if last.start < failure.around or (last.end.line == failure.at.line and "," in between):
        # It stands before the bracket, or is an item of its own.
        return None
    number = last.end.line
    line = lines[number - 1]
    rest = line[last.end.column - 1 :]
    if number < failure.at.line:
        is_missing = not rest.strip() and _PAIR.match(lines[failure.at.line - 1])
    else:
        is_missing = _PAIR.match(rest)
    if is_missing:
        mended = f"{line[: last.end.column - 1]},{rest}"
        return Repair(last.end, Message("a comma is missing here"), {number: mended})
    end = re.search(r"[,\]}]", line[failure.at.column - 1 :])
    if number != failure.at.line or end is None or end.start() == 0 or not rest.strip():
        return None
    stop = failure.at.column - 1 + end.start()
    text = line[last.start.column - 1 : stop].rstrip()
    if text[-1:] in "[{#" or re.search(r"\s#", text):
        return None
    plain = _unquoted(text)
    mended = line[: last.start.column - 1] + quoted(plain) + line[stop:]
    return Repair(
        last.start,
        Message("a text within brackets needs quotes: {whole}", whole=shown_in_quotes(plain)),
        {number: mended},
    )


def _quote(failure: Failure, lines: list[str]) -> Repair | None:
    last = failure.last
    if "quoted scalar" in failure.context:
        if failure.context.startswith("while scanning"):
            why = Message("the quote that opens here is not closed")
        else:
            why = Message("“\\” has a meaning of its own in double quotes, and none in single ones")
        return _requoted(failure.around, why, failure.around.line, lines)
    if last is None or not last.is_quoted or last.end.line != failure.at.line:
        return None
    line = lines[last.start.line - 1]
    if last.start.line < last.end.line:
        why = Message("the quote that opens here is closed only in line {line}", line=last.end.line)
    elif last.end.column <= len(line) and not line[last.end.column - 1 :].lstrip().startswith(":"):
        why = Message("more text stands after the closing quote")
    else:
        return None
    return _requoted(last.start, why, last.start.line, lines)


def _colon(failure: Failure, lines: list[str]) -> Repair | None:
    last = failure.last
    if failure.problem == DEEPER_ITEM and last is not None:
        return _blankless(last.start.line, lines)
    if not failure.problem.startswith("mapping values are not allowed"):
        return None
    if last is not None and last.start.line < failure.at.line == last.end.line:
        return _blankless(last.start.line, lines) or _headless(last.start.line, lines)
    if failure.at.column < _value_start(lines[failure.at.line - 1]):
        return None
    return _requoted(
        failure.at, Message("a colon and a space stand within the text"), failure.at.line, lines
    )


def _blankless(number: int, lines: list[str]) -> Repair | None:
    """A key whose colon no blank follows, or one of full width; others of its kind as well."""
    if not (match := _KEY_AND_VALUE.fullmatch(lines[number - 1])):
        return None
    alike = {
        n: f"{other['lead']}{other['key']}: {other['value']}".rstrip()
        for n, line in enumerate(lines, start=1)
        if (other := _KEY_AND_VALUE.fullmatch(line)) and other["colon"] == match["colon"]
    }
    message = Message(
        "a key ends with “:” and a space: {whole}", whole=_short(alike[number].strip(" -"))
    )
    return Repair(Mark(number, match.start("colon") + 1), _and_more(message, alike), alike)


def _headless(number: int, lines: list[str]) -> Repair | None:
    """A line that is neither a key nor an item, which YAML takes for the beginning of one."""
    line = lines[number - 1]
    if _heads(line):
        return None
    mark = Mark(number, _depth(line) + 1)
    return Repair(mark, _neither(line), left_out=_junk(number, lines))


def first_without_blank(lines: list[str]) -> int | None:
    """The number of the first line that is a key but for the blank after its colon."""
    numbers = (n for n, line in enumerate(lines, start=1) if _KEY_AND_VALUE.fullmatch(line))
    return next(numbers, None)


def _missing_colon(failure: Failure, lines: list[str]) -> Repair | None:
    if failure.problem != NO_COLON:
        return None
    number = failure.around.line
    if found := _blankless(number, lines):
        return found
    line = lines[number - 1]
    said = line.strip()
    after = next((text for text in lines[number:] if text.strip()), "")
    begins = _is_item(after) or _depth(after) > _depth(line)
    above = lines[next(_before(number, lines), number) - 1]
    parts = _depth(above) > _depth(line) and _depth(after) in (_depth(above), _key_depth(above))
    # A blank line parts a key from what is above it.
    parts = parts and bool(lines[number - 2].strip())
    if _WORD.fullmatch(line) and begins and not parts:
        return Repair(
            failure.around,
            Message("a key ends with “:”: {whole}", whole=f"{said}:"),
            {number: f"{line.rstrip()}:"},
        )
    return Repair(
        failure.around,
        Message(
            "{problem}; a text goes on only where it is deeper than its key", problem=_neither(line)
        ),
        left_out=with_children(number, lines),
    )


def _flow(failure: Failure, lines: list[str]) -> Repair | None:
    """Within brackets."""
    mark = failure.around
    line = lines[mark.line - 1]
    opening = line[mark.column - 1 : mark.column]
    if " flow " not in failure.context or opening not in _CLOSING:
        return None
    within = [n for n in _with_deeper(mark.line, lines) if n < failure.at.line] or [mark.line]
    text = "\n".join(lines[n - 1] for n in within)[mark.column - 1 :]
    closing = _CLOSING[opening]
    if closing not in text and not re.search(r"\s#", text):
        last = within[-1]
        closed = lines[last - 1].rstrip().removesuffix(",") + closing
        return Repair(
            mark,
            Message(
                "the “{opening}” that opens here is not closed; write “{closing}” at its end",
                opening=opening,
                closing=closing,
            ),
            {last: closed},
        )
    if re.search(r"\s#", text):
        message = Message(
            "“ #” begins a comment within brackets too; the text needs quotes; all of it is left "
            "out"
        )
    else:
        message = Message(
            "what stands between the brackets cannot be read; a text in it may need quotes; all of "
            "it is left out"
        )
    without = f"{line[: mark.column - 1].rstrip()} *{LEFT_OUT}"
    rest = range(mark.line + 1, within[-1] + 1)
    return Repair(mark, message, {mark.line: without}, rest)


def _reserved(failure: Failure, lines: list[str]) -> Repair | None:
    """Within brackets, a text that begins with a character that YAML keeps for itself."""
    number = failure.at.line
    line = lines[number - 1]
    at = failure.at.column - 1
    if " flow " not in failure.context or line[at : at + 1] not in ("@", "`", "%"):
        return None
    item = re.match(r"[^,\]}]*", line[at:])
    text = item[0].rstrip() if item else ""
    message = Message(
        "a text that begins with “{sign}” needs quotes: {whole}",
        sign=line[at],
        whole=shown_in_quotes(text),
    )
    mended = line[:at] + quoted(text) + line[at + len(text) :]
    return Repair(failure.at, message, {number: mended})


def _special(failure: Failure, lines: list[str]) -> Repair | None:
    """A text that begins as no text can."""
    number = failure.at.line
    line = lines[number - 1]
    start = _value_start(line)
    if not line[: start - 1].strip() or failure.at.column < start:
        return None
    if not (first := _SPECIAL.match(line, start - 1)):
        return None
    value = line[start - 1 :]
    end = _closed(value)
    if end and not (rest := value[end:].strip()).strip("]})"):
        mended = line[: start - 1 + end]
        return Repair(
            Mark(number, start + end),
            Message("“{rest}” stands after the closing bracket; remove it", rest=rest),
            {number: mended},
        )
    return _requoted(
        Mark(number, start), Message("no text begins with “{sign}”", sign=first[0]), number, lines
    )


def _indentation(failure: Failure, lines: list[str]) -> Repair | None:
    """A line that stands a little beside those to which it belongs."""
    if "expected" not in failure.problem and "not allowed" not in failure.problem:
        return None
    number = failure.at.line
    line = lines[number - 1]
    place = _item_depth(number, lines) if _is_item(line) else _depth_beside(number, lines)
    if place is None:
        return None
    return _indented(number, *place, lines)


def _indented(number: int, like: int, depth: int, lines: list[str]) -> Repair:
    """Line ``number``, and what is below it, as deep as line ``like``: by ``depth`` blanks."""
    line = lines[number - 1]
    shift = depth - _depth(line)
    changed = {number: _shifted(line, shift)}
    below = [n for n in with_children(number, lines) if n > number and lines[n - 1].strip()]
    # What stands below may be where it belongs already.
    if below and _depth(lines[below[0] - 1]) != _key_depth(changed[number]):
        changed |= {n: _shifted(lines[n - 1], shift) for n in below}
    mark = Mark(number, _depth(line) + 1)
    return Repair(
        mark,
        Message("indent this as line {line} (spaces before it: {depth})", line=like, depth=depth),
        changed,
    )


def _closed(value: str) -> int:
    """Where the brackets are closed with which a value begins; 0 if it begins with none."""
    depth = 0
    for place, char in enumerate(value, start=1):
        depth += (char in "[{") - (char in "]}")
        if depth == 0:
            return place if place > 1 else 0
    return 0


def _between_items(failure: Failure, lines: list[str]) -> Repair | None:
    """What parts the items of a list: a key that stands less deep, or words above the first."""
    if failure.problem != DEEPER_ITEM or failure.last is None:
        return None
    number = failure.last.start.line
    line, item = lines[number - 1], lines[failure.at.line - 1]
    if not _KEY.match(line) and not _is_item(line) and _depth(item) <= _depth(line):
        message = _neither(line)
        mark = Mark(number, _depth(line) + 1)
        return Repair(mark, message, left_out=_junk(number, lines))
    items = (above for above in _before(number, lines) if _is_item(lines[above - 1]))
    above = next((n for n in items if _depth(lines[n - 1]) == _depth(item)), None)
    if above is None or not _KEY.match(line) or _depth(line) >= _depth(item):
        return None
    depth = _key_depth(lines[above - 1])
    return Repair(
        Mark(number, _depth(line) + 1),
        Message(
            "this parts two items of a list; indent it as line {line} (spaces before it: {depth})",
            line=above,
            depth=depth,
        ),
        {number: " " * depth + line.lstrip()},
    )


def _item_depth(number: int, lines: list[str]) -> tuple[int, int] | None:
    """As which line, and how deep, an item belongs: below its key, or beside another."""
    line = lines[number - 1]
    for place, above in enumerate(_before(number, lines)):
        other = lines[above - 1]
        if place == 0 and other.rstrip().endswith(":"):
            key = _key_depth(other)
            items = filter(_is_item, lines[number:])
            below = next((_depth(text) for text in items if _depth(text) > key), key + _NEAR)
            return (above, below) if below != _depth(line) else None
        if _is_text(above, lines):
            continue
        if not _is_item(other) and not _KEY.match(line):
            return None
        is_like = _is_item(other) and _kind(other) == _kind(line)
        if is_like and 0 < abs(_depth(other) - _depth(line)) <= _NEAR:
            return above, _depth(other)
        if _is_item(other) and not is_like:
            return None
    return None


def _is_text(number: int, lines: list[str]) -> bool:
    """Whether a line is a part of the text of a block."""
    depth = _depth(lines[number - 1])
    around = (n for n in _before(number, lines) if _depth(lines[n - 1]) < depth)
    head = next(around, None)
    return head is not None and _BLOCK_HEAD.fullmatch(lines[head - 1]) is not None


def _depth_beside(number: int, lines: list[str]) -> tuple[int, int] | None:
    """As which line, and how deep, a key belongs, if that is near."""
    depth = _depth(lines[number - 1])
    if not _KEY.match(lines[number - 1]):
        return None
    above = next(_before(number, lines), number)
    if lines[above - 1].strip() == "-":
        return above, _depth(lines[above - 1]) + _NEAR
    after = next((text for text in lines[number:] if text.strip()), "")
    is_after_left_out = lines[number - 2] == LEFT_OUT_LINE
    if (_depth(after) == depth or is_after_left_out) and depth > _key_depth(lines[above - 1]):
        # A block whose head is not there.
        return None
    keys = [
        n for n in _before(number, lines) if _KEY.match(lines[n - 1]) and not _is_text(n, lines)
    ]
    found = {_key_depth(lines[n - 1]): n for n in reversed(keys)}
    near = sorted((abs(other - depth), other) for other in found if other != depth)
    # As near to two of them: which is meant cannot be told.
    is_open = len(near) > 1 and near[0][0] == near[1][0]
    if not near or near[0][0] > _NEAR or is_open:
        return None
    other = near[0][1]
    return found[other], other


def _key_depth(line: str) -> int:
    """Where a line's key stands: after its dashes."""
    lead = _DASHES.match(line)
    return lead.end() if lead else 0


def _shifted(line: str, columns: int) -> str:
    return " " * columns + line if columns > 0 else line[min(-columns, _depth(line)) :]


def _unreadable(failure: Failure, lines: list[str]) -> Repair:
    mark = failure.at if lines[failure.at.line - 1].strip() else failure.around
    mark = Mark(mark.line, _depth(lines[mark.line - 1]) + 1)
    if failure.problem == DEEPER_ITEM:
        message = Message("an item of a list stands below a text; write both as items")
    elif failure.problem == KEY_NOT_TEXT:
        message = Message("a key must be a text")
    elif "expected" in failure.problem or "not allowed" in failure.problem:
        message = Message(
            "this does not go on with what stands above: see its indentation, and its “-”"
        )
    else:
        message = Message("YAML cannot read this: {reason}", reason=failure.problem)
    return Repair(mark, message, left_out=with_children(mark.line, lines))
