"""Plain data in which every value knows its place in the file."""

from __future__ import annotations

from collections.abc import Iterable

from .problems import Mark


class Text(str):
    """A scalar as written, with the place where it starts."""

    __slots__ = ("mark",)
    mark: Mark

    def __new__(cls, text: str, mark: Mark) -> Text:
        self = super().__new__(cls, text)
        self.mark = mark
        return self


class Mapping(dict[str, "Value"]):
    """A mapping, with the places of itself and of each of its keys.

    ``pruned`` holds the keys whose faulty values were taken out of it, ``repeated``
    those that stand in it again; ``end`` is where it ends; ``is_partial`` tells of
    a file's mapping that what else it held could not be read.
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
        """Where the value of ``key`` stands; its key's place where there is none."""
        value = self.get(key)
        return self.key_marks[key] if value is None else value.mark


class Sequence(list["Value"]):
    """A list, with the places of itself and of each of its items."""

    __slots__ = ("item_marks", "mark")

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.item_marks: list[Mark] = []


Value = Text | Mapping | Sequence | None


def _steps(root: Mapping, loc: tuple[int | str, ...]) -> list[tuple[Mapping | Sequence, int | str]]:
    """The containers and keys on the way to ``loc``, as far as the data goes.

    A schema that takes one thing where a list is expected counts it as the
    list's first; that step is none in the data.
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
    return steps


def value_at(root: Mapping, loc: tuple[int | str, ...]) -> Value:
    """What stands at ``loc``, or the nearest around it."""
    here: Value = root
    for container, step in _steps(root, loc):
        here = container[str(step)] if isinstance(container, Mapping) else container[int(step)]
    return here


def mark_of(root: Mapping, loc: tuple[int | str, ...], *, of_key: bool = False) -> Mark:
    """The place of what stands at ``loc``, or of its key."""
    steps = _steps(root, loc)
    if not steps:
        return root.mark
    container, step = steps[-1]
    if isinstance(container, Mapping):
        return container.key_marks[str(step)] if of_key else container.mark_of(str(step))
    return container.item_marks[int(step)]


def rename(mapping: Mapping, key: str, name: str) -> None:
    """Call a key of the mapping ``name``; it stays where it stands."""
    marks = [(name if known == key else known, mark) for known, mark in mapping.key_marks.items()]
    mapping.key_marks = dict(marks)
    mapping[name] = mapping.pop(key)


def remove(root: Mapping, locs: Iterable[tuple[int | str, ...]]) -> bool:
    """Take out what stands at each of ``locs``; whether that was anything."""
    doomed: dict[int, tuple[Mapping | Sequence, set[int | str]]] = {}
    for loc in locs:
        if steps := _steps(root, loc):
            container, step = steps[-1]
            doomed.setdefault(id(container), (container, set()))[1].add(step)
    for container, keys in doomed.values():
        if isinstance(container, Mapping):
            container.pruned += sorted(map(str, keys))
            for key in keys:
                container.pop(str(key), None)
        else:
            for index in sorted(map(int, keys), reverse=True):
                del container[index], container.item_marks[index]
    return bool(doomed)


def copy(value: Value) -> Value:
    """Of all that can change; what is taken out of one stays in the other."""
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
