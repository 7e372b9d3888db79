"""YAML text → plain data in which every value knows its place.

Scalars stay text: what a text means (a number, a date, yes or no) is for the
schema to say, so that ``10:30``, ``no`` and ``18.10`` arrive as written.
Built from the parser's events, without recursion: no input is deep enough to
exhaust the stack, and the bounds below hold before any memory is spent.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import yaml

from .problems import Code, Mark, Problem, kind_of

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML without libyaml: the same events, more slowly
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_BYTES: Final = 4 * 1024 * 1024
MAX_DEPTH: Final = 50
#: Values in one file, counted as often as an alias repeats them.
MAX_VALUES: Final = 200_000

#: What an unquoted scalar says where it says nothing (YAML 1.2, core schema).
_NOTHING: Final = frozenset({"", "~", "null"})


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

    ``pruned`` tells that a faulty value was taken out of it.
    """

    __slots__ = ("key_marks", "mark", "pruned")

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.key_marks: dict[str, Mark] = {}
        self.pruned = False


class Sequence(list["Value"]):
    """A list, with the place where it starts."""

    __slots__ = ("mark",)

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark


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


def mark_of(root: Mapping, loc: tuple[int | str, ...]) -> Mark:
    """The place of what stands at ``loc`` (its key's place, where it has one)."""
    mark = root.mark
    for container, step in _steps(root, loc):
        if isinstance(container, Mapping):
            mark = container.key_marks[str(step)]
        elif (item := container[int(step)]) is not None:
            mark = item.mark
    return mark


def remove(root: Mapping, locs: Iterable[tuple[int | str, ...]]) -> None:
    """Take out what stands at each of ``locs``."""
    doomed: dict[int, tuple[Mapping | Sequence, set[int | str]]] = {}
    for loc in locs:
        container, step = (_steps(root, loc) or [(root, "")])[-1]
        doomed.setdefault(id(container), (container, set()))[1].add(step)
    for container, steps in doomed.values():
        if isinstance(container, Mapping):
            container.pruned = True
            for key in steps:
                container.pop(str(key), None)
        else:
            for index in sorted(map(int, steps), reverse=True):
                del container[index]


class _Fault(Exception):
    """Ends the reading of a file: (what is wrong, where, which code)."""

    def __init__(self, message: str, mark: Mark, code: Code = Code.SYNTAX) -> None:
        super().__init__(message)
        self.message = message
        self.mark = mark
        self.code = code


class _Builder:
    """Values from parser events, one document a file."""

    def __init__(self, shown_path: str) -> None:
        self.path = shown_path
        self.problems: list[Problem] = []
        self._open: list[tuple[Mapping | Sequence, str | None]] = []
        self._keys: list[Text | None] = []
        self._anchors: dict[str, Value] = {}
        self._sizes: dict[int, int] = {}
        self._count = 0
        self._documents = 0
        self.root: Value = None

    def feed(self, event: yaml.Event) -> None:
        mark = _mark(event.start_mark)
        match event:
            case yaml.ScalarEvent():
                self._check_tag(event.tag, event.implicit[0], mark)
                is_nothing = event.style in (None, "") and event.value in _NOTHING
                self._close(None if is_nothing else Text(event.value, mark), event.anchor, mark)
            case yaml.MappingStartEvent():
                self._check_tag(event.tag, event.implicit, mark)
                self._start(Mapping(mark), event.anchor)
            case yaml.SequenceStartEvent():
                self._check_tag(event.tag, event.implicit, mark)
                self._start(Sequence(mark), event.anchor)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                value, anchor = self._open.pop()
                self._keys.pop()
                self._close(value, anchor, value.mark)
            case yaml.AliasEvent():
                self._alias(event.anchor, mark)
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise _Fault("one document a file: remove this “---” and what follows", mark)
            case _:
                pass

    def _check_tag(self, tag: str | None, implicit: bool, mark: Mark) -> None:
        if tag is not None and not implicit and tag != "!":
            short = tag.replace("tag:yaml.org,2002:", "!!")
            raise _Fault(f"the tag “{short}” is not used here: remove it", mark)

    def _start(self, value: Mapping | Sequence, anchor: str | None) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise _Fault(f"nested deeper than {MAX_DEPTH} levels", value.mark)
        if self._open and isinstance(self._open[-1][0], Mapping) and self._keys[-1] is None:
            raise _Fault("a key must be a text", value.mark)
        self._open.append((value, anchor))
        self._keys.append(None)

    def _alias(self, anchor: str | None, mark: Mark) -> None:
        if any(anchor == name for _value, name in self._open):
            raise _Fault(f"the alias “*{anchor}” stands within what it names", mark)
        if anchor is None or anchor not in self._anchors:
            raise _Fault(f"unknown alias “*{anchor}”; a text that starts with * needs quotes", mark)
        value = self._anchors[anchor]
        self._close(value, None, mark, size=self._sizes.get(id(value), 1))

    def _close(self, value: Value, anchor: str | None, mark: Mark, size: int | None = None) -> None:
        """Take a finished value into what it stands in."""
        if size is None:
            size = 1 + sum(self._sizes.get(id(child), 1) for child in _children(value))
            if isinstance(value, Mapping | Sequence):
                self._sizes[id(value)] = size
        if size > MAX_VALUES:
            raise _Fault(f"more than {MAX_VALUES} values", mark)
        if anchor is not None:
            self._anchors[anchor] = value
        if not self._open:
            self.root = value
            return
        parent = self._open[-1][0]
        if isinstance(parent, Sequence):
            parent.append(value)
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = self._key(value, mark)
        else:
            self._keys[-1] = None
            self._set(parent, key, value)

    def _key(self, value: Value, mark: Mark) -> Text:
        if value is None:
            return Text("null", mark)
        if isinstance(value, Text):
            return value
        raise _Fault("a key must be a text", mark)

    def _set(self, mapping: Mapping, key: Text, value: Value) -> None:
        if key in mapping:
            first = mapping.key_marks[key]
            message = f"the key “{key}” stands here again; the first is in line {first.line}"
            self.problems.append(Problem(self.path, key.mark, Code.DUPLICATE_KEY, message))
            return
        name = str(key)
        mapping[name] = value
        mapping.key_marks[name] = key.mark


def _children(value: Value) -> list[Value]:
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, Sequence) else []


def _mark(mark: Any) -> Mark:
    """Of PyYAML's marks, which libyaml's parser has a class of its own for."""
    return Mark(mark.line + 1, mark.column + 1) if mark else Mark()


def _decode(raw: bytes, shown_path: str) -> str:
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _Fault("not UTF-8: save the file as UTF-8", Mark(line), Code.UNREADABLE) from error


def parse(raw: bytes, shown_path: str) -> tuple[Mapping | None, list[Problem]]:
    """The mapping at the top of a YAML file, and what was wrong with the text.

    ``raw`` is the file's content, ``shown_path`` the name for the problems.
    No mapping is returned where the text cannot be understood at all.
    """
    builder = _Builder(shown_path)
    try:
        if len(raw) > MAX_BYTES:
            raise _Fault(f"larger than {MAX_BYTES // 1024**2} MiB", Mark(), Code.UNREADABLE)
        for event in yaml.parse(_decode(raw, shown_path), Loader=_Loader):
            builder.feed(event)
        if builder.root is None:
            raise _Fault("the file says nothing: start with “name: …”", Mark(), Code.MISSING)
        if not isinstance(builder.root, Mapping):
            found = kind_of(builder.root)
            raise _Fault(f"keys and values expected (name: …), found {found}", builder.root.mark)
    except _Fault as fault:
        problem = Problem(shown_path, fault.mark, fault.code, fault.message)
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        mark = _mark(at)
        said = ", ".join(filter(None, (error.context, error.problem)))
        problem = Problem(shown_path, mark, Code.SYNTAX, f"not YAML: {said}")
    except yaml.YAMLError as error:
        problem = Problem(shown_path, Mark(), Code.SYNTAX, f"not YAML: {error}".split("\n")[0])
    else:
        return builder.root, builder.problems
    return None, [*builder.problems, problem]


def read(path: Path, shown_path: str) -> tuple[Mapping | None, list[Problem]]:
    """:func:`parse` of a file, of which no more is read than is allowed."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        return None, [Problem(shown_path, Mark(), Code.UNREADABLE, message)]
    return parse(raw, shown_path)
