"""YAML text → plain data in which every value knows its place.

Scalars stay text: what a text means (a number, a date, yes or no) is for the
schema to say, so that ``10:30``, ``no`` and ``18.10`` arrive as written.
Built from the parser's events, without recursion: no input is deep enough to
exhaust the stack, and the bounds below hold before any memory is spent.

A place that YAML cannot read is mended in a copy of the text (or left out of
it) and told of, and the text read again: one slip costs one line.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import yaml

from ..core.characters import LINE_ENDS, UNPRINTABLE, invisible, name_of, without
from ..core.encodings import DecodingFault, decode
from ..core.located import Mapping, Sequence, Text, Value, copy
from ..core.messages import Message
from ..core.problems import Code, Mark, Problem, kind_of
from .repairs import (
    BLANK_IN_KEY,
    BULLET,
    DEEPER_ITEM,
    KEY_NOT_TEXT,
    LEFT_OUT,
    LEFT_OUT_LINE,
    MISSING_DASH,
    NO_COLON,
    NO_MAPPING,
    SLIPPED_BULLET,
    UNCLOSED,
    Failure,
    Repair,
    Token,
    first_without_blank,
    repair,
    shown_in_quotes,
    with_children,
)

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
#: How often a text is read again, and how many characters that may cost.
MAX_READINGS: Final = 200
MAX_REREAD: Final = 2 * MAX_BYTES
#: Problems of one file that are told.
MAX_PROBLEMS: Final = 1000

#: What an unquoted scalar says where it says nothing (YAML 1.2, core schema).
_NOTHING: Final = frozenset({"", "~", "null"})


class _Fault(Exception):
    """Ends the reading of a file: nothing of it is used."""

    def __init__(self, code: Code, message: Message, mark: Mark = Mark()) -> None:  # noqa: B008
        super().__init__(message)
        self.message = message
        self.mark = mark
        self.code = code


class _Unread(Exception):
    """A place that YAML could read, but not as its author meant it."""

    def __init__(self, problem: str, mark: Mark) -> None:
        super().__init__(problem)
        self.problem = problem
        self.mark = mark


class _End(Exception):
    """The document has ended; what follows is not read."""


@dataclass
class _Open:
    """A mapping or list whose end has not come yet."""

    value: Mapping | Sequence
    anchor: str | None
    #: What had been spent before it.
    spent: int
    is_flow: bool
    key: Text | None = None
    height: int = 1
    #: The keys just read that stood in it before, and which problem tells of them: one fault.
    repeated: list[Text] = field(default_factory=list)
    told_at: int = 0


@dataclass
class _Anchored:
    value: Value
    size: int
    height: int
    mark: Mark
    is_used: bool = False


#: Where a value would be whose place in the data is to stay empty.
_LOST: Final = Text("", Mark())

#: Of keys in a row that stand again, how many are named.
_MOST_REPEATED: Final = 6
#: Within a plain scalar, where the next line begins.
_NEXT_LINE: Final = re.compile(r"\n\s*")
#: Within a plain scalar, a line that looks like an item of a list.
_ITEM_WITHIN: Final = re.compile(r"\n *(?=- )")
#: At the beginning of one, keys and values with nothing between.
_COLON_WITHIN: Final = re.compile(
    r"[a-z_]+(?:：|:[\u3000\xa0])"
    r"|[^\W\d][\w-]*:(?!//)\S.*\n *[^\W\d][\w-]*(?::(?!//)\S|：|: )"
)
#: Within quotes, a line that looks like a key and its value.
_KEY_WITHIN: Final = re.compile(r"\n( *)(?:- )?[^\W\d][\w.-]*:[ \t]")
_BLANKS: Final = re.compile(" *")
_FAR_RIGHT: Final = 200
#: What follows a plain scalar if “#” without a blank cut it short.
_CUT: Final = re.compile(r"[ \t]+(#[^\s#!].*)")


class _Builder:
    """Values from parser events, one document a file."""

    def __init__(self, shown_path: str, text: str) -> None:
        self.problems: list[Problem] = []
        self.root: Value = None
        self.last: Token | None = None
        self._path = shown_path
        self._text = text
        self._lines = [0]
        self._indexed = 0
        self._open: list[_Open] = []
        self._anchors: dict[str, _Anchored] = {}
        self._spent = 0
        self._documents = 0

    def feed(self, event: yaml.Event) -> None:
        mark = self.mark(event.start_mark)
        match event:
            case yaml.ScalarEvent():
                self._scalar(event, mark)
            case yaml.MappingStartEvent():
                self._check_tag(event.tag, event.implicit, mark)
                self._start(Mapping(mark), event)
            case yaml.SequenceStartEvent():
                self._check_tag(event.tag, event.implicit, mark)
                self._start(Sequence(mark), event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                ended = self._open.pop()
                if isinstance(ended.value, Mapping):
                    ended.value.end = mark
                size = self._spent - ended.spent
                self._close(ended.value, ended.anchor, ended.value.mark, size, ended.height)
            case yaml.AliasEvent():
                self.last = Token(mark, self.mark(event.end_mark), is_quoted=False)
                self._alias(event, mark)
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1 and not event.explicit:
                    raise _Unread(NO_MAPPING, mark)
                if self._documents > 1:
                    self._tell(Code.DOCUMENT, _ONE_DOCUMENT, mark)
                    raise _End
            case _:
                pass

    def finish(self) -> None:
        """Tell what shows only at the end."""
        for name, anchored in self._anchors.items():
            if isinstance(anchored.value, Text) and not anchored.is_used:
                self._tell(
                    Code.QUOTING,
                    Message(
                        "“{anchor}” is an anchor for YAML and no part of the text; it needs "
                        "quotes: {whole}",
                        anchor=f"&{name}",
                        whole=shown_in_quotes(f"&{name} {anchored.value}"),
                    ),
                    anchored.mark,
                )

    def _tell(self, code: Code, message: Message, mark: Mark) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(self._path, mark, code, message))

    def mark(self, mark: Any) -> Mark:
        """Of PyYAML's marks, whose lines end at characters that editors show within a line."""
        return self._mark_at(index_of(mark))

    def _mark_at(self, index: int) -> Mark:
        while (end := self._text.find("\n", self._indexed, index)) >= 0:
            self._lines.append(end + 1)
            self._indexed = end + 1
        self._indexed = max(self._indexed, index)
        line = bisect.bisect_right(self._lines, index)
        return Mark(line, index - self._lines[line - 1] + 1)

    def _scalar(self, event: yaml.ScalarEvent, mark: Mark) -> None:
        self._check_tag(event.tag, event.implicit[0], mark)
        is_plain = event.style in (None, "")
        start, end = index_of(event.start_mark), index_of(event.end_mark)
        self.last = Token(mark, self._mark_at(end), event.style in ("'", '"'))
        text = self._visible(event.value, start, end)
        if is_plain:
            self._check_layout(event.value, start, end)
        elif self.last.is_quoted:
            self._check_quotes(start, end)
        value = None if is_plain and event.value in _NOTHING else Text(text, mark)
        if event.value and not text:
            # Nothing is left of it but what has been told.
            value = _LOST
        if is_plain and (cut := _CUT.match(self._text, end)):
            self._cut(text, cut)
            # Where nothing is left of it, that follows.
            value = value or _LOST
        size = SIZE_OF_A_VALUE + len(text)
        self._spend(size, mark)
        self._close(value, event.anchor, mark, size, 0)

    def _check_layout(self, text: str, start: int, end: int) -> None:
        """Tell lists and keys from texts that YAML makes of them.

        :raises _Unread: where the text must be read again, mended.
        """
        mark = self._mark_at(start)
        # Far to the right nothing heads a line; and to look back costs.
        before = self._text[start - mark.column + 1 : start] if mark.column < _FAR_RIGHT else "…"
        if not before.strip() and SLIPPED_BULLET.match(text):
            raise _Unread(BULLET, mark)
        if not before.strip() and not text[:1].isascii() and text[:1].isspace():
            raise _Unread(BLANK_IN_KEY, mark)
        if not before.strip(" -") and _COLON_WITHIN.match(self._text, start, end):
            raise _Unread(NO_COLON, mark)
        if item := _ITEM_WITHIN.search(self._text, start, end):
            raise _Unread(DEEPER_ITEM, self._mark_at(item.end()))
        around = self._open[-1] if self._open else None
        is_item = around is not None and isinstance(around.value, Sequence) and not around.is_flow
        if is_item and (goes_on := _NEXT_LINE.search(self._text, start, end)):
            self._tell(
                Code.FOLDED,
                Message(
                    "this goes on with line {line}; if it is an item, begin it with “- ”",
                    line=mark.line,
                ),
                self._mark_at(goes_on.end()),
            )

    def _check_quotes(self, start: int, end: int) -> None:
        """
        :raises _Unread: where a quote is closed by that of another key.
        """
        mark = self._mark_at(start)
        line = self._lines[mark.line - 1]
        depth = len(_BLANKS.match(self._text, line)[0])  # type: ignore[index]
        keys = _KEY_WITHIN.finditer(self._text, start, end)
        if any(len(key[1]) <= depth for key in keys):
            raise _Unread(UNCLOSED, self._mark_at(end))

    @property
    def flow(self) -> Mark | None:
        """Where the brackets open in which the reading is."""
        return next((around.value.mark for around in self._open if around.is_flow), None)

    def _check_item(self, mapping: Mapping, key: Text) -> None:
        """A key that an item has begun with begins the next, if not right below itself.

        :raises _Unread: where a dash is missing.
        """
        begins = key == next(iter(mapping.key_marks))
        is_repeated = mapping.key_marks[str(key)].line + 1 == key.mark.line
        if self._is_item and begins and not is_repeated:
            raise _Unread(MISSING_DASH, key.mark)

    def _tell_again(self, mapping: Mapping, key: Text) -> None:
        """Of a key that stands in the mapping already; of several in a row once."""
        here = self._open[-1]
        if key in here.repeated or len(here.repeated) == _MOST_REPEATED:
            return
        here.repeated.append(key)
        line = mapping.key_marks[here.repeated[0]].line
        if len(here.repeated) == 1:
            here.told_at = len(self.problems)
            self._tell(
                Code.DUPLICATE_KEY,
                Message(
                    "the key “{key}” stands here again; the first is in line {line}",
                    key=key,
                    line=line,
                ),
                key.mark,
            )
        elif here.told_at < len(self.problems):
            message = Message(
                "the keys “{keys}” stand here again; the first is in line {line}",
                keys=here.repeated,
                line=line,
            )
            if self._is_item:
                message = Message("{problem}; an item of a list begins with “- ”", problem=message)
            told = self.problems[here.told_at]
            self.problems[here.told_at] = replace(told, message=message)

    @property
    def _is_item(self) -> bool:
        """Whether what is read is an item of a list, without brackets."""
        is_item = len(self._open) > 1 and isinstance(self._open[-2].value, Sequence)
        return is_item and not self._open[-1].is_flow

    def _cut(self, text: str, cut: re.Match[str]) -> None:
        whole = f"{text} {cut[1]}".strip()
        if self.flow:
            whole = whole.rstrip(",]}")
        self._tell(
            Code.QUOTING,
            Message(
                "“{comment}” is a comment for YAML and no part of the text; it needs quotes: "
                "{whole}",
                comment=cut[1],
                whole=shown_in_quotes(whole),
            ),
            self._mark_at(cut.start(1)),
        )

    def _visible(self, text: str, start: int, end: int) -> str:
        """The text without what nobody sees, which is told."""
        if not (places := invisible(text)):
            return text
        written = invisible(self._text[start:end])
        mark = self._mark_at(start + written[0] if written else start)
        message = Message(
            "an invisible character, {name}; remove it", name=name_of(text[places[0]])
        )
        if len(places) > 1:
            message = Message(
                "{problem} (and {count} more)", problem=message, count=len(places) - 1
            )
        self._tell(Code.INVISIBLE, message, mark)
        return without(text, places)

    def _check_tag(self, tag: str | None, implicit: bool, mark: Mark) -> None:
        if tag == "!" or (tag is not None and not implicit):
            short = tag.replace("tag:yaml.org,2002:", "!!")
            self._tell(
                Code.TAG,
                Message(
                    "“{tag}” is a tag for YAML and no part of the text; tags are not used here: "
                    "remove it, or put the text in quotes",
                    tag=short,
                ),
                mark,
            )

    def _spend(self, size: int, mark: Mark) -> None:
        self._spent += size
        if self._spent > MAX_SIZE:
            raise _Fault(
                Code.LIMIT,
                Message(
                    "more than {limit} characters, counting what aliases repeat", limit=MAX_SIZE
                ),
                mark,
            )

    def _start(self, value: Mapping | Sequence, event: yaml.CollectionStartEvent) -> None:
        self._check_depth(1, value.mark)
        self._check_key(event)
        is_flow = bool(event.flow_style) or (bool(self._open) and self._open[-1].is_flow)
        self._open.append(_Open(value, event.anchor, self._spent, is_flow))
        self._spend(SIZE_OF_A_VALUE, value.mark)

    def _check_depth(self, height: int, mark: Mark) -> None:
        if len(self._open) + height > MAX_DEPTH:
            raise _Fault(
                Code.LIMIT, Message("nested deeper than {limit} levels", limit=MAX_DEPTH), mark
            )

    def _check_key(self, event: yaml.Event) -> None:
        """What is to come is no text: it cannot be a key."""
        if self._open and isinstance(self._open[-1].value, Mapping) and self._open[-1].key is None:
            at: Any = event.start_mark
            raise yaml.MarkedYAMLError(problem=KEY_NOT_TEXT, problem_mark=at)

    def _alias(self, event: yaml.AliasEvent, mark: Mark) -> None:
        name = event.anchor or ""
        named = self._anchors.get(name)
        if named is None or any(name == around.anchor for around in self._open):
            if named is None and all(name != around.anchor for around in self._open):
                message = Message(
                    "nothing is named “{anchor}”; a text that begins with “*” needs quotes",
                    anchor=f"&{name}",
                )
            else:
                message = Message(
                    "“{alias}” stands within what it names; write out what is meant",
                    alias=f"*{name}",
                )
            if name != LEFT_OUT:
                self._tell(Code.ALIAS, message, mark)
            self._close(_LOST, None, mark, 0, 0)
            return
        if named.height:
            self._check_key(event)
        named.is_used = True
        self._check_depth(named.height, mark)
        self._spend(named.size, mark)
        # A copy: what is wrong in one place may be right in another.
        self._close(copy(named.value), None, mark, named.size, named.height)

    def _close(self, value: Value, anchor: str | None, mark: Mark, size: int, height: int) -> None:
        """Take a finished value into what it stands in."""
        if anchor is not None:
            self._anchors[anchor] = _Anchored(value, size, height, mark)
        if not self._open:
            self.root = value
            return
        parent = self._open[-1]
        parent.height = max(parent.height, height + 1)
        if isinstance(parent.value, Sequence):
            if value is not _LOST:
                parent.value.append(value)
                parent.value.item_marks.append(mark)
        elif parent.key is None:
            is_lost = value is _LOST
            parent.key = _LOST if is_lost else Text("null" if value is None else str(value), mark)
        else:
            self._set(parent.value, parent.key, value)
            parent.key = None

    def _set(self, mapping: Mapping, key: Text, value: Value) -> None:
        if key is _LOST:
            return
        name = str(key)
        if name in mapping.key_marks:
            self._check_item(mapping, key)
            self._tell_again(mapping, key)
            mapping.repeated.add(name)
            if mapping.get(name) is None and name not in mapping.pruned:
                # The first says nothing.
                mapping[name] = value
            return
        self._open[-1].repeated.clear()
        mapping.key_marks[name] = key.mark
        if value is _LOST:
            mapping.pruned.append(name)
        else:
            mapping[name] = value


def parser_events(text: str) -> Iterator[yaml.Event]:
    """Return the events of YAML's parser.

    :raises yaml.YAMLError: on the way, at what it cannot read.
    """
    return yaml.parse(text, Loader=_Loader)


def index_of(mark: Any) -> int:
    """Return the place of a mark of PyYAML's in the text, from 0."""
    return 0 if mark is None else int(mark.index)


_ONE_DOCUMENT: Final = Message("one document a file: what follows here is not read; remove it")


def _decode(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise _Fault(Code.LIMIT, Message("larger than {limit} MiB", limit=MAX_BYTES // 1024**2))
    text = decode(raw)
    if isinstance(text, DecodingFault):
        raise _Fault(Code.ENCODING, text.message, text.mark)
    return text.replace("\r\n", "\n").replace("\r", "\n")


@dataclass
class _Told:
    """A place that YAML could not read, and which lines that cost."""

    mark: Mark
    message: Message
    left_out: range
    is_costly: bool = False
    #: Characters of the line from the place on, before the repair.
    rest: int = 0

    def problem(self, shown_path: str) -> Problem:
        message, lines = self.message, self.left_out
        if len(lines) == 1:
            message = Message(
                "{problem}; line {line} is left out", problem=message, line=lines.start
            )
        elif lines:
            message = Message(
                "{problem}; lines {first} to {last} are left out",
                problem=message,
                first=lines.start,
                last=lines.stop - 1,
            )
        return Problem(shown_path, self.mark, Code.SYNTAX, message)


class _Reader:
    """Reads a text as often as it takes to get past what YAML cannot read."""

    def __init__(self, text: str, shown_path: str) -> None:
        self._path = shown_path
        self._lines = text.split("\n")
        self._problems = list(itertools.islice(self._clean(), MAX_PROBLEMS))
        if len(self._problems) == MAX_PROBLEMS:
            raise _Fault(Code.ENCODING, Message("control characters throughout: this is no text"))
        self._told: list[_Told] = []
        self._mended: dict[int, _Told] = {}
        self._reread = 0

    def _clean(self) -> Iterator[Problem]:
        """Leave out what YAML refuses; where it ends a line, and editors do not, stands a blank."""
        for number, line in enumerate(self._lines, start=1):
            if line.isprintable() or not (found := UNPRINTABLE.search(line)):
                continue
            name = name_of(found[0])
            if LINE_ENDS.match(found[0]):
                message = Message(
                    "an invisible character, {name}; write a space instead", name=name
                )
            else:
                message = Message("an invisible character, {name}; remove it", name=name)
            yield Problem(self._path, Mark(number, found.start() + 1), Code.INVISIBLE, message)
            self._lines[number - 1] = UNPRINTABLE.sub("", LINE_ENDS.sub(" ", line))

    def read(self) -> _Builder:
        """The builder of what could be read, with all problems."""
        for number in range(1, MAX_READINGS + 1):
            text = "\n".join(self._lines)
            builder = _Builder(self._path, text)
            try:
                for event in parser_events(text):
                    builder.feed(event)
            except _End:
                pass
            except _Unread as unread:
                failure = _failure(unread.problem, unread.mark, builder)
                self._mend(failure, is_last=number == MAX_READINGS - 1)
                continue
            except yaml.MarkedYAMLError as error:
                mark = builder.mark(error.problem_mark or error.context_mark)
                if not self._has_ended(error.problem, mark):
                    around = builder.mark(error.context_mark or error.problem_mark)
                    failure = _failure(error.problem, mark, builder, error.context, around)
                    self._mend(failure, is_last=number == MAX_READINGS - 1)
                    continue
                ended = Problem(self._path, mark, Code.DOCUMENT, _ONE_DOCUMENT)
                builder.problems.append(ended)
            slip = isinstance(builder.root, Text) and first_without_blank(self._lines)
            if slip and not self._told_of({slip}):
                mark = Mark(slip)
                failure = Failure(NO_COLON, mark, "", mark, None)
                self._mend(failure, is_last=number == MAX_READINGS - 1)
                continue
            builder.finish()
            if isinstance(builder.root, Mapping):
                builder.root.is_partial = any(
                    told.left_out or told.is_costly for told in self._told
                )
            told = [told.problem(self._path) for told in self._told]
            builder.problems[:0] = [*self._problems, *told]
            return builder
        raise _Fault(Code.SYNTAX, Message("YAML cannot read this file"), self._told[-1].mark)

    def _has_ended(self, problem: str | None, mark: Mark) -> bool:
        """Whether YAML gave up where a document had been ended."""
        is_end = "<document start>" in (problem or "")
        return is_end and any(line.startswith("...") for line in self._lines[: mark.line])

    def _mend(self, failure: Failure, *, is_last: bool) -> None:
        found = repair(failure, self._lines)
        rest = len("".join(self._lines[found.mark.line - 1 :][:1])) - found.mark.column
        self._reread += sum(map(len, self._lines[: failure.at.line]))
        if is_last or self._reread > MAX_REREAD:
            lines = range(found.mark.line, len(self._lines) + 1)
            self._leave_out(Repair(found.mark, found.message, left_out=lines))
        elif (told := self._told_of({found.mark.line, *found.changed})) and not (
            # Further to the right it is another fault, unless the repairs themselves push it there.
            found.changed
            and told.mark.line == found.mark.line
            and told.mark < found.mark
            and rest < told.rest
        ):
            # It was mended to no avail.
            lines = with_children(found.mark.line, self._lines)
            told.left_out = range(min(told.left_out.start or lines.start, lines.start), lines.stop)
            self._empty(lines)
        elif found.changed:
            costs = any(line.endswith(f"*{LEFT_OUT}") for line in found.changed.values())
            told = _Told(found.mark, found.message, found.left_out, costs, rest)
            self._told.append(told)
            self._empty(found.left_out)
            for number, line in found.changed.items():
                self._lines[number - 1] = line
                self._mended[number] = told
        else:
            self._leave_out(found)

    def _told_of(self, lines: set[int]) -> _Told | None:
        return next((self._mended[line] for line in lines if line in self._mended), None)

    def _leave_out(self, found: Repair) -> None:
        """What adjoins lines that have been left out is told of as one with them."""
        lines = found.left_out
        for told in self._told:
            between = self._lines[told.left_out.stop - 1 : lines.start - 1]
            if told.left_out and told.left_out.stop <= lines.start and not any(between):
                told.left_out = range(told.left_out.start, lines.stop)
                break
        else:
            self._told.append(_Told(found.mark, found.message, lines))
        self._empty(lines)

    def _empty(self, lines: range) -> None:
        for number in lines:
            self._lines[number - 1] = LEFT_OUT_LINE


def _failure(
    problem: str | None,
    at: Mark,
    builder: _Builder,
    context: str | None = None,
    around: Mark | None = None,
) -> Failure:
    """Within brackets, YAML may take the lines that follow for a part of them."""
    if "<document start>" in (problem or ""):
        problem = NO_MAPPING
    is_quoted = "quoted" in (context or "")
    if builder.flow and not is_quoted:
        around = builder.flow
        context = context if " flow " in (context or "") else "while parsing a flow collection"
    return Failure(problem or "", at, context or "", around or at, builder.last)


def parse(raw: bytes, shown_path: str) -> tuple[Mapping | None, list[Problem]]:
    """The mapping at the top of a YAML file, and what was wrong with the text.

    ``raw`` is the file's content, ``shown_path`` the name for the problems.
    No mapping is returned where the text cannot be understood at all.
    """
    problems: list[Problem] = []
    try:
        builder = _Reader(_decode(raw), shown_path).read()
        problems = builder.problems
        if isinstance(builder.root, Mapping):
            return builder.root, problems
        if builder.root is None and problems:
            # Why nothing is left of it has been told.
            return None, problems
        if builder.root is None:
            raise _Fault(Code.DOCUMENT, Message("the file says nothing: begin with “name: …”"))
        raise _Fault(
            Code.DOCUMENT,
            Message(
                "keys and values expected (name: …), found {found}", found=kind_of(builder.root)
            ),
            builder.root.mark,
        )
    except _Fault as fault:
        return None, [*problems, Problem(shown_path, fault.mark, fault.code, fault.message)]


def read(path: Path, shown_path: str) -> tuple[Mapping | None, list[Problem]]:
    """:func:`parse` of a file, of which no more is read than is allowed."""
    try:
        if not path.is_file():
            message = Message("cannot be read: there is no such file")
            return None, [Problem(shown_path, Mark(), Code.UNREADABLE, message)]
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        message = Message("cannot be read: {reason}", reason=str(error.strerror))
        return None, [Problem(shown_path, Mark(), Code.UNREADABLE, message)]
    return parse(raw, shown_path)
