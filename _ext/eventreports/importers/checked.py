"""Take out of a draft what an event's file cannot say."""

from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

import yaml

from ..core.problems import Mark
from ..loader import FILE_NAME, load
from ..yaml.dump import dump, dump_value

#: A fault may hide others; each round takes out all that it finds.
_ROUNDS: Final = 20
_REQUIRED: Final = ("name", "title")

Way = tuple[str | int, ...]


class Checked(NamedTuple):
    """The facts that are right, and a line for each that is not."""

    facts: dict[str, Any]
    rest: list[str]


def checked(facts: Mapping[str, Any]) -> Checked:
    """Return facts of which an event's file may be written.

    :param facts: All keys of the file.
    :returns: Those without a fault, and what the others say. Local files are faults: there are none
        yet.
    """
    left: dict[str, Any] = _copy(facts)
    rest: list[str] = []
    with TemporaryDirectory() as folder:
        for _ in range(_ROUNDS):
            text = dump(left)
            loaded = load(Path(folder, FILE_NAME), Path(folder), raw=text.encode())
            faults = {one.mark for one in loaded.problems if one.is_fault}
            root = yaml.compose(text, Loader=yaml.SafeLoader) if faults else None
            ways = {way for mark in faults if (way := _without_required(_way(root, mark)))}
            if not ways:
                break
            # From behind, so that the indexes of the others stay.
            outermost = sorted(_outermost(ways), key=_order, reverse=True)
            rest += [_taken(left, way) for way in outermost]
    return Checked(left, rest)


def _outermost(ways: Set[Way]) -> Iterator[Way]:
    """Yield the ways that go on from no other one."""
    for way in ways:
        if not any(way[:length] in ways for length in range(1, len(way))):
            yield way


def _order(way: Way) -> list[tuple[int, str]]:
    return [(part, "") if isinstance(part, int) else (0, part) for part in way]


def _without_required(way: Way) -> Way:
    """Return the way to what has to go: without a name or title, what it belongs to."""
    return way[:-1] if len(way) > 1 and way[-1] in _REQUIRED else way


def _copy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copy(one) for key, one in value.items()}
    return [_copy(one) for one in value] if isinstance(value, (list, tuple)) else value


def _way(node: yaml.Node | None, mark: Mark) -> Way:
    """Return the keys and indexes that lead to what stands at a place."""
    for key, value, start in _children(node):
        end = (value.end_mark.line, value.end_mark.column)
        if start <= (mark.line - 1, mark.column - 1) < end:
            return (key, *_way(value, mark))
    return ()


def _children(node: yaml.Node | None) -> Iterator[tuple[str | int, yaml.Node, tuple[int, int]]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key.value, value, (key.start_mark.line, key.start_mark.column)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield index, value, (value.start_mark.line, value.start_mark.column)


def _taken(facts: dict[str, Any], way: Way) -> str:
    """Take out what a way leads to, and return the line that says it."""
    around: Any = facts
    for part in way[:-1]:
        around = around[part]
    value = around.pop(way[-1])
    name = next((part for part in reversed(way) if isinstance(part, str)), "")
    return f"{name}: {dump_value(value)}" if not isinstance(value, dict) else " ".join(_said(value))


def _said(value: Any) -> Iterator[str]:
    """Yield the texts of a value, without the id that nobody has written."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from () if key == "id" else _said(one)
    elif isinstance(value, list):
        for one in value:
            yield from _said(one)
    else:
        yield str(value)
