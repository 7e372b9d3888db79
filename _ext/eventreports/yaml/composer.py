"""Events of YAML's parser → plain data in which every value knows its place.

Scalars stay text: what a text means (a number, a date, yes or no) is for the
schema to say, so that ``10:30``, ``no`` and ``18.10`` arrive as written.
Composed without recursion: no input is deep enough to exhaust the stack.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import yaml

from sphinxcommon.messages import Message

from ..core.characters import invisible, name_of, without
from ..core.located import Mapping, Sequence, Text, Value, copy
from ..core.problems import Code, Edit, Finding, Fix, Mark
from ..core.quoting import quoted, shown_in_quotes
from . import limits, model_keys
from .failures import (
    COMMA,
    COMMA_IN_TEXT,
    CUT_OFF,
    KEY_NOT_TEXT,
    MISSING_DASH,
    NO_MAPPING,
    NO_SPACE,
    Failure,
    Token,
    UnusableFileError,
    anchor_in_text,
    check_plain,
    comment_in_text,
    misread,
    tag_as_text,
    tag_in_text,
)
from .lines import LEFT_OUT_VALUE
from .source import Source, index_of, parser_events

#: What an unquoted scalar says where it says nothing (YAML 1.2, core schema).
_NOTHING: Final = frozenset({"", "~", "null"})
#: Of keys in a row that are repeated, how many are named.
_MOST_REPEATED: Final = 6
#: What follows a key.
_COLON: Final = re.compile(r"\s*:")
#: A tag that is none of a programming language, nor of YAML's own types: the author's word.
_WORD_AS_TAG: Final = re.compile(
    r"![^:<]*|tag:yaml\.org,2002:(?!(?:str|int|float|bool|null|timestamp|binary)$).*"
)
#: A key and its value, with no space after the colon.
_KEY_AND_VALUE: Final = re.compile(r"([a-z_]+)[:：]\s*\S")
#: A key and the beginning of a value in quotes that has a colon in it.
_KEY_AND_QUOTE: Final = re.compile(r"([a-z_]+):[\"']")
#: What may be a key of which the value is missing.
_KEY_ALONE: Final = re.compile(r"[a-z_]+|[\"'].*")
_MERGE: Final = "<<"
_ALIAS: Final = re.compile(r"\*([^\s,\[\]{}]+)")
#: Within a plain scalar, where the next line begins.
_NEXT_LINE: Final = re.compile(r"\n\s*")
_ONE_DOCUMENT: Final = Message("one document a file: what follows here is not read; remove it")
#: Sentinel: leave out this value, of which a problem has been reported.
_DROPPED: Final = Text("", Mark())


@dataclass
class _Collection:
    """A mapping or list whose end has not come yet."""

    value: Mapping | Sequence
    anchor: str | None
    is_flow: bool
    #: Whether it is an item of a list, and neither is in brackets.
    is_item: bool
    #: What had been composed before it.
    size_before: int
    key: Text | None = None
    height: int = 1
    #: The keys just read that it had before, and where: one fault.
    repeated: dict[Text, Mark] = field(default_factory=dict)


@dataclass
class _Anchored:
    """A value that aliases may repeat."""

    value: Value
    size: int
    height: int


def _merge(mapping: Mapping) -> None:
    """Add what the merge key “<<” refers to (YAML 1.1), except for keys that the mapping has."""
    found = mapping.get(_MERGE)
    sources = found if isinstance(found, Sequence) else [found]
    merged = [source for source in sources if isinstance(source, Mapping)]
    if not merged or len(merged) < len(sources):
        return
    del mapping[_MERGE]
    mark = mapping.key_marks.pop(_MERGE)
    for source in merged:
        for key in source.key_marks:
            if key in mapping.key_marks:
                continue
            mapping.key_marks[key] = mark
            if key in source:
                mapping[key] = source[key]
            else:
                mapping.pruned.append(key)


class Composer:
    """Composes values from the events of one document."""

    def __init__(self, text: str) -> None:
        self.root: Value = None
        self.findings: list[Finding] = []
        self._source = Source(text)
        self._open: list[_Collection] = []
        self._anchors: dict[str, _Anchored] = {}
        self._last = Token()
        self._size = 0

    def compose(self) -> Failure | None:
        """Compose the first document.

        :returns: Where YAML gave up, or read something otherwise than it was meant.
        :raises UnusableFileError: where a limit is exceeded.
        """
        end: yaml.DocumentEndEvent | None = None
        try:
            for event in parser_events(self._source.text):
                if end and isinstance(event, yaml.DocumentStartEvent):
                    self._report(Code.DOCUMENT, _ONE_DOCUMENT, self._mark(event.start_mark))
                    break
                end = event if isinstance(event, yaml.DocumentEndEvent) else None
                self._take(event)
        except yaml.MarkedYAMLError as error:
            if not (end and end.explicit):
                return self._failure(error)
            self._report(Code.DOCUMENT, _ONE_DOCUMENT, self._mark(error.problem_mark))
        return None

    def _failure(self, error: yaml.MarkedYAMLError) -> Failure:
        problem, context = error.problem or "", error.context or ""
        at = self._mark(error.problem_mark or error.context_mark)
        around = self._mark(error.context_mark or error.problem_mark)
        if "<document start>" in problem:
            problem = NO_MAPPING
        flow = next((opened.value.mark for opened in self._open if opened.is_flow), None)
        if flow and "quoted" not in context:
            around = flow
            context = context if " flow " in context else "while parsing a flow collection"
        return Failure(problem, at, context, around, self._last)

    def _report(self, code: Code, message: Message, mark: Mark, fix: Fix = ()) -> None:
        if len(self.findings) < limits.MAX_PROBLEMS:
            self.findings.append(Finding(mark, code, message, fix))

    def _mark(self, mark: Any) -> Mark:
        return self._source.mark(index_of(mark))

    def _take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self._take_scalar(event)
            case yaml.CollectionStartEvent():
                self._open_collection(event)
            case yaml.CollectionEndEvent():
                self._close_collection(self._mark(event.start_mark))
            case yaml.AliasEvent():
                self._take_alias(event)

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        start, end = index_of(event.start_mark), index_of(event.end_mark)
        is_plain = not event.style
        if start == end:
            # Where nothing stands, the parsers give one place or another.
            colon = _COLON.match(self._source.text, self._source.index(self._last.end))
            start = end = colon.end() if colon else start
        mark = self._source.mark(start)
        self._last = Token(mark, self._source.mark(end), event.style in ("'", '"'))
        text = self._visible(event.value, start, end)
        if event.tag or event.anchor:
            whole = self._whole_text(event, start, end) if is_plain else ""
            if whole:
                text = self._visible(whole, start, end)
            else:
                self._check_tag(event.tag, event.implicit[0], mark)
        if is_plain:
            check_plain(self._source, event.value, start, end, is_root=not self._open)
            self._check_next_line(start, end)
        value: Value = None if is_plain and text in _NOTHING else Text(text, mark)
        if event.value and not text:
            # Nothing is left of it but what has been reported.
            value = _DROPPED
        if is_plain:
            self._check_key_as_text(event.value, start, mark)
            self._check_comma(event.value, start)
        if is_plain and (cut := CUT_OFF.match(self._source.text, end)):
            is_flow = any(opened.is_flow for opened in self._open)
            self._report(
                Code.QUOTING,
                comment_in_text(text, cut[1], is_flow=is_flow),
                self._source.mark(cut.start(1)),
            )
            # Where nothing is left of it, that follows.
            value = value or _DROPPED
        size = limits.SIZE_OF_A_VALUE + len(text)
        self._check_limits(0, size, mark)
        self._add(value, event.anchor, mark, size, 0)

    def _whole_text(self, event: yaml.ScalarEvent, start: int, end: int) -> str:
        """Return a text that begins with what YAML takes for a tag or an anchor, and report that.

        :returns: The whole text; of one that begins otherwise, nothing.
        """
        whole = _NEXT_LINE.sub(" ", self._source.text[start:end])
        mark = self._source.mark(start)
        fix = (Edit(mark, self._source.mark(end), quoted(whole)),)
        if event.tag and _WORD_AS_TAG.fullmatch(event.tag):
            self._report(Code.TAG, tag_as_text(whole), mark, fix)
            return whole
        if event.anchor and event.anchor not in self._aliases:
            message = anchor_in_text(event.anchor, event.value)
            self._report(Code.QUOTING, message, mark, fix)
            return whole
        return ""

    def _check_key_as_text(self, text: str, start: int, mark: Mark) -> None:
        """Check that an item, or a key without a value, is no key and value in one.

        :raises yaml.MarkedYAMLError: where the colon of a key has no space after it.
        """
        around = self._open[-1] if self._open else None
        list_key = self._open[-2].key if len(self._open) > 1 else None
        if around and isinstance(around.value, Sequence) and list_key:
            entity = model_keys.entity_of(list_key)
            if entity and (key := _KEY_AND_VALUE.match(text)) and key[1] in entity.model_fields:
                raise misread(NO_SPACE, start)
        elif around and isinstance(around.value, Mapping) and around.key is None:
            if (key := _KEY_AND_QUOTE.match(text)) and model_keys.is_known(key[1]):
                raise misread(NO_SPACE, start)
        elif around and around.is_flow and around.key and not text:
            key = _KEY_AND_VALUE.match(around.key)
            if key and model_keys.is_known(key[1]):
                raise misread(NO_SPACE, self._source.index(around.key.mark))

    def _check_comma(self, text: str, start: int) -> None:
        """Check that a text in brackets does not end at a comma of its own.

        :raises yaml.MarkedYAMLError: where it does.
        """
        around = self._open[-1] if self._open else None
        if not around or not around.is_flow:
            return
        if text and COMMA_IN_TEXT.match(self._source.text, start):
            raise misread(COMMA, start)
        if isinstance(around.value, Mapping) and around.key and around.value and not text:
            *_, last = around.value.key_marks
            before = around.value.get(last)
            if not isinstance(before, Text) or _KEY_ALONE.fullmatch(around.key):
                return
            # What an alias repeats stands elsewhere.
            if before.mark > around.value.key_marks[last]:
                raise misread(COMMA, self._source.index(before.mark))

    @cached_property
    def _aliases(self) -> set[str]:
        """What may be the names of aliases in the text."""
        return set(_ALIAS.findall(self._source.text))

    def _check_next_line(self, start: int, end: int) -> None:
        """Hint at a text that goes on in the next line, where a list is expected."""
        around = self._open[-1] if self._open else None
        if around is None or around.is_flow:
            return
        if isinstance(around.value, Mapping) and not model_keys.is_list(around.key or ""):
            return
        if goes_on := _NEXT_LINE.search(self._source.text, start, end):
            self._report(
                Code.FOLDED,
                Message(
                    "this goes on with line {line}; if it is an item, begin it with “- ”",
                    line=self._source.mark(start).line,
                ),
                self._source.mark(goes_on.end()),
            )

    def _visible(self, text: str, start: int, end: int) -> str:
        """Strip invisible characters, and report them."""
        if not (places := invisible(text)):
            return text
        written = invisible(self._source.text[start:end])
        message = Message(
            "an invisible character, {name}; remove it", name=name_of(text[places[0]])
        )
        if len(places) > 1:
            message = Message(
                "{problem} (and {count} more)", problem=message, count=len(places) - 1
            )
        marks = [self._source.mark(start + place) for place in written]
        fix = tuple(Edit(mark, mark._replace(column=mark.column + 1), "") for mark in marks)
        at = marks[0] if marks else self._source.mark(start)
        self._report(Code.INVISIBLE, message, at, fix)
        return without(text, places)

    def _check_tag(self, tag: str | None, implicit: bool, mark: Mark) -> None:
        if tag is not None and (tag == "!" or not implicit):
            self._report(Code.TAG, tag_in_text(tag), mark)

    def _check_limits(self, height: int, size: int, mark: Mark) -> None:
        """Count what is to be composed.

        :param height: How many collections it has within each other.
        :param size: What it counts for.
        :raises UnusableFileError: where that is too much.
        """
        self._size += size
        if self._size > limits.MAX_SIZE:
            raise UnusableFileError(
                Code.LIMIT,
                Message(
                    "more than {limit} characters, counting what aliases repeat",
                    limit=limits.MAX_SIZE,
                ),
                mark,
            )
        if len(self._open) + height > limits.MAX_DEPTH:
            raise UnusableFileError(
                Code.LIMIT,
                Message("nested deeper than {limit} levels", limit=limits.MAX_DEPTH),
                mark,
            )

    def _check_key(self, event: yaml.Event) -> None:
        """Check that what is no text is no key."""
        if self._open and isinstance(self._open[-1].value, Mapping) and self._open[-1].key is None:
            raise misread(KEY_NOT_TEXT, index_of(event.start_mark))

    def _open_collection(self, event: yaml.CollectionStartEvent) -> None:
        mark = self._mark(event.start_mark)
        self._check_tag(event.tag, event.implicit, mark)
        self._check_key(event)
        around = self._open[-1] if self._open else None
        is_flow = bool(event.flow_style) or (around is not None and around.is_flow)
        is_item = around is not None and isinstance(around.value, Sequence) and not is_flow
        size_before = self._size
        self._check_limits(1, limits.SIZE_OF_A_VALUE, mark)
        value = Mapping(mark) if isinstance(event, yaml.MappingStartEvent) else Sequence(mark)
        self._open.append(_Collection(value, event.anchor, is_flow, is_item, size_before))

    def _close_collection(self, end: Mark) -> None:
        ended = self._open.pop()
        self._report_repeated(ended)
        if isinstance(ended.value, Mapping):
            ended.value.end = end
            _merge(ended.value)
        elif ended.is_item and ended.anchor is None and self._flatten(ended):
            return
        size = self._size - ended.size_before
        self._add(ended.value, ended.anchor, ended.value.mark, size, ended.height)

    def _flatten(self, ended: _Collection) -> bool:
        """Take the items of a list that is itself an item, which no key has, as the list's own."""
        around, within = self._open[-1].value, ended.value
        if not isinstance(around, Sequence) or not isinstance(within, Sequence):
            return False
        if not any(model_keys.is_list(opened.key or "") for opened in self._open[-3:-1]):
            return False
        if not isinstance(self._open[-2].value, Sequence):
            self._report(
                Code.SYNTAX,
                Message("a list begins within a list; write one “- ” before an item"),
                within.mark,
            )
        self._open[-1].height = max(self._open[-1].height, ended.height)
        around.extend(within)
        around.item_marks += within.item_marks
        return True

    def _take_alias(self, event: yaml.AliasEvent) -> None:
        name = event.anchor or ""
        mark = self._mark(event.start_mark)
        self._last = Token(mark, self._mark(event.end_mark))
        anchored = self._anchors.get(name)
        is_within = any(name == opened.anchor for opened in self._open)
        if anchored is None or is_within:
            message = Message(
                "nothing is named “{anchor}”; a text that begins with “*” needs quotes: {whole}",
                anchor=f"&{name}",
                whole=shown_in_quotes(f"*{name}"),
            )
            if is_within:
                message = Message(
                    "“{alias}” stands within what it names; write out what is meant",
                    alias=f"*{name}",
                )
            if name != LEFT_OUT_VALUE:
                self._report(Code.ALIAS, message, mark)
            self._add(_DROPPED, None, mark, 0, 0)
            return
        if anchored.height:
            self._check_key(event)
        self._check_limits(anchored.height, anchored.size, mark)
        # A copy: what is wrong in one place may be right in another.
        self._add(copy(anchored.value), None, mark, anchored.size, anchored.height)

    def _add(self, value: Value, anchor: str | None, mark: Mark, size: int, height: int) -> None:
        """Add a value to the collection that it stands in."""
        if anchor is not None:
            self._anchors[anchor] = _Anchored(value, size, height)
        if not self._open:
            self.root = value
            return
        parent = self._open[-1]
        parent.height = max(parent.height, height + 1)
        if isinstance(parent.value, Mapping):
            self._add_to_mapping(parent, parent.value, value, mark)
        elif value is not _DROPPED:
            parent.value.append(value)
            parent.value.item_marks.append(mark)

    def _add_to_mapping(
        self, parent: _Collection, mapping: Mapping, value: Value, mark: Mark
    ) -> None:
        """Take a value as the next key, or as the value of the key before it."""
        key, parent.key = parent.key, None
        if key is None:
            text = "null" if value is None else str(value)
            parent.key = _DROPPED if value is _DROPPED else Text(text, mark)
        elif key is _DROPPED:
            pass
        elif key in mapping.key_marks:
            self._repeat(parent, mapping, key, value)
        else:
            self._report_repeated(parent)
            mapping.key_marks[str(key)] = key.mark
            if value is _DROPPED:
                mapping.pruned.append(str(key))
            else:
                mapping[str(key)] = value

    def _repeat(self, parent: _Collection, mapping: Mapping, key: Text, value: Value) -> None:
        """Note a key that the mapping has already.

        :raises yaml.MarkedYAMLError: where the key begins another item, without its dash.
        """
        first = mapping.key_marks[key]
        is_list = parent.is_item or (not parent.is_flow and self._takes_entities())
        begins_item = is_list and key == next(iter(mapping.key_marks))
        if begins_item and first.line + 1 != key.mark.line:
            raise misread(MISSING_DASH, self._source.index(key.mark))
        if len(parent.repeated) < _MOST_REPEATED:
            parent.repeated.setdefault(key, first)
        mapping.repeated.add(str(key))
        if mapping.get(key) is None and key not in mapping.pruned:
            # The first says nothing.
            mapping[str(key)] = value

    def _takes_entities(self) -> bool:
        """Return whether the mapping stands where a list of mappings is expected."""
        key = (self._open[-2].key if len(self._open) > 1 else None) or ""
        return model_keys.is_list(key) and model_keys.entity_of(key) is not None

    def _report_repeated(self, parent: _Collection) -> None:
        """Report keys in a row that are repeated, as one problem."""
        if not parent.repeated:
            return
        key, *more = parent.repeated
        line = parent.repeated[key].line
        message = Message(
            "the key “{key}” stands here again; the first is in line {line}", key=key, line=line
        )
        if more:
            message = Message(
                "the keys “{keys}” stand here again; the first is in line {line}",
                keys=[key, *more],
                line=line,
            )
        if more and parent.is_item:
            message = Message("{problem}; an item of a list begins with “- ”", problem=message)
        self._report(Code.DUPLICATE_KEY, message, key.mark)
        parent.repeated.clear()
