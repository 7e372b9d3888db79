"""Part slots that have several talks, each with what is told of it behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from .layouts import Layouts, best_layouts, part
from .lines import Line
from .slot_lines import SlotLines, by_in
from .slots import Slot

_FEWEST: Final = 2


def talks_apart(slots: Sequence[Slot]) -> list[Slot]:
    """Return slots of one talk each, where what is told of each stands between them.

    :param slots: The slots of a document, which together tell how lines name a talk.
    :returns: The slots; those with no such lines as they were.
    """
    layouts = best_layouts(line.text for slot in slots for line in SlotLines.of(slot).open_lines())
    return [one for slot in slots for one in _parts(slot, layouts)]


def _parts(slot: Slot, layouts: Layouts) -> Iterator[Slot]:
    said = [number for number, line in enumerate(slot.lines) if line.kind in ("text", "item")]
    if len(said) <= _FEWEST or any(line.kind == "heading" for line in slot.lines):
        yield slot
        return
    talks = _above_people(slot, said) or _between_labels(slot, said, layouts)
    for begin, end in zip([0, *talks[1:]], [*talks[1:], len(slot.lines)], strict=True):
        yield replace(slot, lines=slot.lines[begin:end])


def _above_people(slot: Slot, said: Sequence[int]) -> list[int]:
    """Return which lines are titles, each with a line behind it that says in words who speaks."""
    talks = [
        before
        for before, number in pairwise(said)
        if by_in(slot.lines[number].text) and not by_in(slot.lines[before].text)
    ]
    return talks if len(talks) >= _FEWEST and talks[0] == said[0] else []


def _between_labels(slot: Slot, said: Sequence[int], layouts: Layouts) -> list[int]:
    """Return which lines are a title and people, if all others have labels."""
    readings = {number: SlotLines.of(Slot((slot.lines[number],))) for number in said}
    talks = [number for number in said if _is_talk(readings[number].open_lines(), layouts)]
    others = [number for number in said if number not in talks]
    are_labelled = others and all(_is_labelled(readings[number]) for number in others)
    return talks if len(talks) >= _FEWEST and talks[0] == said[0] and are_labelled else []


def _is_talk(lines: Sequence[Line], layouts: Layouts) -> bool:
    return len(lines) == 1 and bool(part(lines[0].text, layouts).people)


def _is_labelled(reading: SlotLines) -> bool:
    return bool(reading.keyed or reading.resources) and not reading.open_lines()
