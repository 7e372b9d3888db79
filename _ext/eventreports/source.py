"""YAML text → plain data in which every value knows its place.

Scalars stay text: what a text means (a number, a date, yes or no) is for the
schema to say, so that ``10:30``, ``no`` and ``18.10`` arrive as written.
Built from the parser's events, without recursion: no input is deep enough to
exhaust the stack, and the bounds below hold before any memory is spent.
"""

from __future__ import annotations

import bisect
import errno
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from .problems import Code, Mark, Problem, kind_of

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML without libyaml: the same events, more slowly
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_BYTES: Final = 2 * 1024 * 1024
MAX_DEPTH: Final = 50
#: Characters in one file, counted as often as an alias repeats them; each
#: value counts for so many more.
MAX_SIZE: Final = 2 * MAX_BYTES
SIZE_OF_A_VALUE: Final = 40

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

    ``pruned`` holds the keys whose faulty values were taken out of it.
    """

    __slots__ = ("key_marks", "mark", "pruned")

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.key_marks: dict[str, Mark] = {}
        self.pruned: list[str] = []


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
    for container, keys in doomed.values():
        if isinstance(container, Mapping):
            container.pruned += sorted(map(str, keys))
            for key in keys:
                container.pop(str(key), None)
        else:
            for index in sorted(map(int, keys), reverse=True):
                del container[index]


class _Fault(Exception):
    """Ends the reading of a file: (what is wrong, where, which code)."""

    def __init__(self, message: str, mark: Mark, code: Code = Code.SYNTAX) -> None:
        super().__init__(message)
        self.message = message
        self.mark = mark
        self.code = code


@dataclass
class _Open:
    """A mapping or list whose end has not come yet."""

    value: Mapping | Sequence
    anchor: str | None
    #: What had been spent before it.
    spent: int
    key: Text | None = None
    height: int = 1


@dataclass(frozen=True)
class _Anchored:
    value: Value
    size: int
    height: int


class _Builder:
    """Values from parser events, one document a file."""

    def __init__(self, shown_path: str, text: str) -> None:
        self.problems: list[Problem] = []
        self.root: Value = None
        self._path = shown_path
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._open: list[_Open] = []
        self._anchors: dict[str, _Anchored] = {}
        self._spent = 0
        self._documents = 0

    def feed(self, event: yaml.Event) -> None:
        mark = self.mark(event.start_mark)
        match event:
            case yaml.ScalarEvent():
                self._check_tag(event.tag, event.implicit[0], mark)
                is_nothing = event.style in (None, "") and event.value in _NOTHING
                value = None if is_nothing else Text(event.value, mark)
                self._spend(SIZE_OF_A_VALUE + len(event.value), mark)
                self._close(value, event.anchor, mark, SIZE_OF_A_VALUE + len(event.value), 0)
            case yaml.MappingStartEvent():
                self._check_tag(event.tag, event.implicit, mark)
                self._start(Mapping(mark), event.anchor)
            case yaml.SequenceStartEvent():
                self._check_tag(event.tag, event.implicit, mark)
                self._start(Sequence(mark), event.anchor)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                ended = self._open.pop()
                size = self._spent - ended.spent
                self._close(ended.value, ended.anchor, ended.value.mark, size, ended.height)
            case yaml.AliasEvent():
                self._alias(event.anchor or "", mark)
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise _Fault("one document a file: remove this “---” and what follows", mark)
            case _:
                pass

    def mark(self, mark: Any) -> Mark:
        """Of PyYAML's marks, whose lines end at characters that editors show within a line."""
        if mark is None:
            return Mark()
        line = bisect.bisect_right(self._lines, mark.index)
        return Mark(line, mark.index - self._lines[line - 1] + 1)

    def _check_tag(self, tag: str | None, implicit: bool, mark: Mark) -> None:
        if tag is not None and not implicit and tag != "!":
            short = tag.replace("tag:yaml.org,2002:", "!!")
            raise _Fault(f"the tag “{short}” is not used here: remove it", mark)

    def _spend(self, size: int, mark: Mark) -> None:
        self._spent += size
        if self._spent > MAX_SIZE:
            raise _Fault(f"more than {MAX_SIZE} characters, counting what aliases repeat", mark)

    def _start(self, value: Mapping | Sequence, anchor: str | None) -> None:
        self._check_depth(1, value.mark)
        self._check_key(value.mark)
        self._open.append(_Open(value, anchor, self._spent))
        self._spend(SIZE_OF_A_VALUE, value.mark)

    def _check_depth(self, height: int, mark: Mark) -> None:
        if len(self._open) + height > MAX_DEPTH:
            raise _Fault(f"nested deeper than {MAX_DEPTH} levels", mark)

    def _check_key(self, mark: Mark) -> None:
        """What is to come is no text: it cannot be a key."""
        if self._open and isinstance(self._open[-1].value, Mapping) and self._open[-1].key is None:
            raise _Fault("a key must be a text", mark)

    def _alias(self, anchor: str, mark: Mark) -> None:
        if any(anchor == around.anchor for around in self._open):
            raise _Fault(f"the alias “*{anchor}” stands within what it names", mark)
        if anchor not in self._anchors:
            message = f"unknown alias “*{anchor}”; a text that starts with * needs quotes"
            raise _Fault(message, mark)
        named = self._anchors[anchor]
        if named.height:
            self._check_key(mark)
        self._check_depth(named.height, mark)
        self._spend(named.size, mark)
        # A copy: what is wrong in one place may be right in another.
        self._close(_copy(named.value), None, mark, named.size, named.height)

    def _close(self, value: Value, anchor: str | None, mark: Mark, size: int, height: int) -> None:
        """Take a finished value into what it stands in."""
        if anchor is not None:
            self._anchors[anchor] = _Anchored(value, size, height)
        if not self._open:
            self.root = value
            return
        parent = self._open[-1]
        parent.height = max(parent.height, height + 1)
        if isinstance(parent.value, Sequence):
            parent.value.append(value)
        elif parent.key is None:
            parent.key = Text(value if isinstance(value, Text) else "null", mark)
        else:
            self._set(parent.value, parent.key, value)
            parent.key = None

    def _set(self, mapping: Mapping, key: Text, value: Value) -> None:
        name = str(key)
        if name in mapping:
            first = mapping.key_marks[name]
            message = f"the key “{name}” stands here again; the first is in line {first.line}"
            self.problems.append(Problem(self._path, key.mark, Code.DUPLICATE_KEY, message))
            return
        mapping[name] = value
        mapping.key_marks[name] = key.mark


def _copy(value: Value) -> Value:
    if isinstance(value, Mapping):
        mapping = Mapping(value.mark)
        mapping.update((key, _copy(item)) for key, item in value.items())
        mapping.key_marks.update(value.key_marks)
        return mapping
    if isinstance(value, Sequence):
        sequence = Sequence(value.mark)
        sequence.extend(map(_copy, value))
        return sequence
    return value


#: What YAML does not allow in a file (YAML 1.1, 5.1), but for lone surrogates.
_UNPRINTABLE: Final = re.compile(
    "[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


def _decode(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _Fault("not UTF-8: save the file as UTF-8", Mark(line), Code.UNREADABLE) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _UNPRINTABLE.search(text):
        before = text[: found.start()].rpartition("\n")
        mark = Mark(before[0].count("\n") + bool(before[1]) + 1, len(before[2]) + 1)
        raise _Fault(f"the control character U+{ord(found[0]):04X}: remove it", mark)
    return text


def parse(raw: bytes, shown_path: str) -> tuple[Mapping | None, list[Problem]]:
    """The mapping at the top of a YAML file, and what was wrong with the text.

    ``raw`` is the file's content, ``shown_path`` the name for the problems.
    No mapping is returned where the text cannot be understood at all.
    """
    builder = _Builder(shown_path, "")
    try:
        if len(raw) > MAX_BYTES:
            raise _Fault(f"larger than {MAX_BYTES // 1024**2} MiB", Mark(), Code.UNREADABLE)
        text = _decode(raw)
        builder = _Builder(shown_path, text)
        for event in yaml.parse(text, Loader=_Loader):
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
        mark = builder.mark(at)
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
        if not path.is_file():
            raise FileNotFoundError(errno.ENOENT, "there is no such file")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        return None, [Problem(shown_path, Mark(), Code.UNREADABLE, message)]
    return parse(raw, shown_path)
