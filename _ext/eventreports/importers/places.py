"""Rooms that a list names above the sessions in them."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from .keys import is_room
from .slots import Slot

_FEWEST: Final = 2
#: So many times with several sessions have one for each room.
_MOSTLY: Final = 0.6


def with_listed_rooms(slots: Sequence[Slot]) -> list[Slot]:
    """Return slots with their rooms, where as many begin at one time as listed rooms are free.

    :param slots: The slots in their order, which is that of the rooms.
    :returns: The slots; as they were where their number is mostly another.
    """
    found: list[Slot] = []
    several = fitting = 0
    for _start, group in groupby(slots, _start_of):
        together = list(group)
        rooms = _free_rooms(together[0], found)
        is_fitting = len(together) == len(rooms) and not all(map(_says_room, together))
        if len(together) >= _FEWEST and together[0].rooms:
            several += 1
            fitting += is_fitting
            if is_fitting:
                together = [_placed(*pair) for pair in zip(together, rooms, strict=True)]
        found += together
    return found if fitting >= _MOSTLY * several else list(slots)


def _start_of(slot: Slot) -> tuple[str, str]:
    return slot.facts.get("date", ""), slot.facts.get("start", "")


def _free_rooms(slot: Slot, before: Sequence[Slot]) -> list[str]:
    """Return the rooms of the list above a slot in which nothing goes on any more."""
    date, start = _start_of(slot)
    taken = {
        one.facts.get("room")
        for one in before
        if one.facts.get("date", "") == date and one.facts.get("end", "") > start
    }
    return [room for room in slot.rooms if room not in taken]


def _says_room(slot: Slot) -> bool:
    return "room" in slot.facts or any(is_room(line.text) for line in slot.lines)


def _placed(slot: Slot, room: str) -> Slot:
    return replace(slot, facts={**slot.facts, "room": room})
