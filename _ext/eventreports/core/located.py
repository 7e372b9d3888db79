"""Plain data in which every value has its place in the file."""

from collections import abc
from collections.abc import Callable, Iterable

from .problems import Mark


class Text(str):
    """A scalar as written, with its place."""

    __slots__ = ("mark",)
    mark: Mark

    def __new__(cls, text: str, mark: Mark) -> "Text":
        """Make a text that starts at ``mark``."""
        self = super().__new__(cls, text)
        self.mark = mark
        return self

    def __reduce__(self) -> tuple[type["Text"], tuple[str, Mark]]:
        return type(self), (str(self), self.mark)


class Mapping(dict[str, "Value"]):
    """A mapping, with the places of itself and of each of its keys.

    ``pruned`` holds the keys whose invalid values were removed, ``repeated`` those that occur
    again; ``end`` is where it ends; ``is_partial`` is set on a file's mapping if a part of the file
    could not be read.
    """

    __slots__ = ("end", "is_partial", "key_marks", "mark", "pruned", "repeated")

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.end = mark
        self.key_marks: dict[str, Mark] = {}
        self.pruned: list[str] = []
        self.repeated: set[str] = set()
        self.is_partial = False

    def mark_of(self, key: str) -> Mark:
        """Return the place of a key's value, or else of the key, or else of the mapping."""
        value = self.get(key)
        return self.key_marks.get(key, self.mark) if value is None else value.mark


class Sequence(list["Value"]):
    """A list, with the places of itself and of each of its items."""

    __slots__ = ("item_marks", "mark")

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.item_marks: list[Mark] = []


Value = Text | Mapping | Sequence | None


def _walk(
    root: Mapping, loc: tuple[int | str, ...]
) -> tuple[list[tuple[Mapping | Sequence, int | str]], Value]:
    """Return the containers and keys on the way to ``loc``, and the value at their end.

    They go as far as the data goes.

    Where a list is expected and the data has one value, pydantic's ``loc`` has a 0 that is no step
    in the data.
    """
    steps: list[tuple[Mapping | Sequence, int | str]] = []
    here: Value = root
    for step in loc:
        below: Value
        match here, step:
            case Mapping(), str() if step in here:
                below = here[step]
            case Sequence(), int() if step < len(here):
                below = here[step]
            case _, 0:
                continue
            case _:
                break
        steps.append((here, step))
        here = below
    return steps, here


def value_at(root: Mapping, loc: tuple[int | str, ...]) -> Value:
    """Return the value at a pydantic ``loc``, or the nearest value around it."""
    return _walk(root, loc)[1]


def mark_of(root: Mapping, loc: tuple[int | str, ...], *, of_key: bool = False) -> Mark:
    """Return the place of the value at a pydantic ``loc``, or of its key."""
    steps, _ = _walk(root, loc)
    if not steps:
        return root.mark
    container, step = steps[-1]
    if isinstance(container, Mapping):
        return container.key_marks[str(step)] if of_key else container.mark_of(str(step))
    return container.item_marks[int(step)]


def move_marks(value: Value, moved: Callable[[Mark], Mark]) -> None:
    """Replace the places of a value and of all within it."""
    match value:
        case Text():
            value.mark = moved(value.mark)
        case Mapping():
            value.mark, value.end = moved(value.mark), moved(value.end)
            value.key_marks = {key: moved(mark) for key, mark in value.key_marks.items()}
            for below in value.values():
                move_marks(below, moved)
        case Sequence():
            value.mark = moved(value.mark)
            value.item_marks = [moved(mark) for mark in value.item_marks]
            for below in value:
                move_marks(below, moved)


def holder(root: Mapping, loc: tuple[int | str, ...]) -> tuple[Mapping | Sequence, int | str]:
    """Return the mapping or list that holds the value at a pydantic ``loc``, and its key or index.

    The whole has no holder but itself.
    """
    steps, _ = _walk(root, loc)
    return steps[-1] if steps else (root, "")


def at(value: str | list[str], mark: Mark) -> Value:
    """Return a text, or a list of texts, with a place."""
    if isinstance(value, str):
        return Text(value, mark)
    sequence = Sequence(mark)
    for item in value:
        append(sequence, Text(item, mark))
    return sequence


def append(sequence: Sequence, item: "Value") -> None:
    """Add an item to a list, at its own place if it has one."""
    sequence.append(item)
    sequence.item_marks.append(sequence.mark if item is None else item.mark)


def mapping(values: "abc.Mapping[str, Value]", mark: Mark) -> Mapping:
    """Make a mapping of keys and values, all at one place."""
    made = Mapping(mark)
    made.update(values)
    made.key_marks = dict.fromkeys(values, mark)
    made.end = Mark(mark.line + 1)
    return made


def put(mapping: Mapping, key: str, values: "abc.Mapping[str, Value]") -> None:
    """Put keys and values in the place of a key, or at the end if there is none.

    Those that the mapping has already are changed where they stand.
    """
    known = {key: mapping.mark, **mapping.key_marks}
    new = [name for name in values if name == key or name not in known]
    marks = {name: mark for name, mark in known.items() if name != key}
    before = list(mapping.key_marks).index(key) if key in mapping.key_marks else len(marks)
    ordered = [*marks][:before] + new + [*marks][before:]
    mapping.key_marks = {name: marks.get(name, known[key]) for name in ordered}
    mapping.pop(key, None)
    mapping.update(values)


def replace(sequence: Sequence, index: int, items: Iterable["Value"]) -> None:
    """Put items in the place of one, which keep its place in the file."""
    new = list(items)
    if len(new) == 1:
        sequence[index] = new[0]
        return
    sequence[index : index + 1] = new
    sequence.item_marks[index : index + 1] = [sequence.item_marks[index]] * len(new)


def remove(root: Mapping, locs: Iterable[tuple[int | str, ...]]) -> bool:
    """Remove the value at each of some pydantic ``loc``; return whether there was any."""
    found: dict[int, tuple[Mapping | Sequence, set[int | str]]] = {}
    for loc in locs:
        steps, _ = _walk(root, loc)
        if steps:
            container, step = steps[-1]
            found.setdefault(id(container), (container, set()))[1].add(step)
    for container, keys in found.values():
        if isinstance(container, Mapping):
            container.pruned += sorted(map(str, keys))
            for key in keys:
                container.pop(str(key), None)
        else:
            for index in sorted(map(int, keys), reverse=True):
                del container[index], container.item_marks[index]
    return bool(found)


def copy(value: Value) -> Value:
    """Copy a value and all mutable values within it."""
    if isinstance(value, Mapping):
        mapping = Mapping(value.mark)
        mapping.update((key, copy(item)) for key, item in value.items())
        mapping.key_marks.update(value.key_marks)
        mapping.pruned += value.pruned
        mapping.repeated |= value.repeated
        mapping.end = value.end
        return mapping
    if isinstance(value, Sequence):
        sequence = Sequence(value.mark)
        sequence.extend(map(copy, value))
        sequence.item_marks = [*value.item_marks]
        return sequence
    return value
