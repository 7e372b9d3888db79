"""What many slots of a document have in common: what kind they are, their numbers, their length."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from ..core.names import comparable
from .keys import is_room, session_kind
from .lines import Line
from .slot_lines import MINUTES_AT_END, SlotLines, is_aside
from .slots import Slot

_SHORT: Final = 40
#: What many slots begin with is what kind of session they are.
_FEWEST_LABELS: Final = 3
_SHORT_LABEL: Final = 20
#: What sessions are numbered by: “A-1”, “S2”, “#12”.
_NUMBER: Final = re.compile(r"[#＃]?[A-Z]{0,3}[-‐–.]?\d{1,3}")
_FEWEST_NUMBERS: Final = 2
_LEVELS: Final = re.compile(
    r"(beginner|intermediate|advanced|all|初級|中級|上級|初心者|入門)(者?向け| level)?s?",
    re.IGNORECASE,
)


def with_minutes_apart(slots: Sequence[Slot]) -> list[Slot]:
    """Part the lines that end with how long a session takes, where many do, into two."""
    ends = [bool(MINUTES_AT_END.fullmatch(line.text)) for slot in slots for line in slot.lines]
    if sum(ends) < max(_FEWEST_LABELS, len(slots) / 3):
        return list(slots)
    return [replace(one, lines=tuple(_parted_lines(one.lines))) for one in slots]


def _parted_lines(lines: Iterable[Line]) -> Iterator[Line]:
    for number, line in enumerate(lines):
        parts = MINUTES_AT_END.fullmatch(line.text)
        if parts is None or (number and is_aside(parts["text"])):
            yield line
        else:
            yield line.with_text(parts["text"])
            yield Line(parts["minutes"])


def tags_of(readings: Iterable[SlotLines]) -> Mapping[str, str]:
    """Return short lines that many slots have, by what they say: rooms, tracks, kinds, levels."""
    counts = Counter(
        comparable(line.text)
        for one in readings
        for line in {line.text: line for line in one.free}.values()
        if len(line.text) <= _SHORT
    )
    found = {}
    for text, count in counts.items():
        if key := _tag(text, is_repeated=count >= 3):
            found[text] = key
    return found


def first_lines(readings: Iterable[SlotLines]) -> frozenset[str]:
    """Return what stands in many slots before everything else: what kind of session it is."""
    firsts = Counter(
        comparable(lines[0].text) for one in readings if len(lines := one.open_lines()) > 1
    )
    return frozenset(
        text
        for text, count in firsts.items()
        if count >= _FEWEST_LABELS and len(text) <= _SHORT_LABEL
    )


def _tag(text: str, *, is_repeated: bool) -> str:
    """Return the key that a short line is the value of."""
    if _LEVELS.fullmatch(text):
        return "level"
    if is_repeated and is_room(text):
        return "track" if re.search(r"track|トラック", text, re.IGNORECASE) else "room"
    if is_repeated and session_kind(text):
        return "kind"
    return ""


def take_numbers(readings: Sequence[SlotLines]) -> None:
    """Move the first line of slots into their ids, if most begin with a number of their own."""
    several = [one for one in readings if len(one.open_lines()) > (not one.keyed.get("title"))]
    numbers = [text for one in several if _NUMBER.fullmatch(text := one.open_lines()[0].text)]
    is_each_once = len(set(numbers)) == len(numbers) >= _FEWEST_NUMBERS
    if not is_each_once or len(numbers) <= len(several) / 2:
        return
    for one in several:
        first = one.open_lines()[0]
        if first.text in numbers:
            one.free.remove(first)
            one.facts.setdefault("id", first.text)
