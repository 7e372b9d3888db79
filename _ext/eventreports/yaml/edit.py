"""Edits of a YAML text at known places; comments, layout and line ends stay."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import yaml

from sphinxcommon.messages import Message

from ..core.edits import split_lines
from ..core.problems import Edit, Fix, Mark, NewEntries
from .source import Source, index_of, parser_events

#: What may stand before the first key or the text of an item in its line.
_BEFORE_ITEM: Final = re.compile(r"[ \t-]*")
#: An anchor, or a tag, before a value.
_PROPERTIES: Final = re.compile(r"(?:[&!]\S*\s+)*")
_COLON: Final = re.compile(r"\s*:")


@dataclass
class _Node:
    """A key, or a value, as far as it matters where something can be written there."""

    start: Mark
    end: Mark
    is_collection: bool
    is_mapping: bool
    is_flow: bool
    #: The anchors of it and of what it stands in.
    anchors: frozenset[str]
    is_item: bool
    is_alias: bool = False
    is_block_text: bool = False
    text: str | None = None
    #: Of a key, its value.
    value: "_Node | None" = None
    #: Where the first key of a mapping stands.
    first: Mark | None = None
    size: int = 0
    has_id: bool = False


_NOWHERE: Final = _Node(Mark(), Mark(), False, False, False, frozenset(), False)


class Document:
    """The first document of a text, with the places of what is in it.

    :param text: Without a byte order mark, and with its own line ends.
    :raises yaml.YAMLError: where YAML cannot read the text as it stands.
    """

    def __init__(self, text: str) -> None:
        self._lines, self._ends = split_lines(text)
        self._source = Source("\n".join(self._lines))
        #: Values, and keys, by the places where they start.
        self._values: dict[Mark, _Node] = {}
        self._keys: dict[Mark, _Node] = {}
        self._aliases: set[str] = set()
        self._read()

    def _read(self) -> None:
        opened: list[_Node] = []
        keys: list[_Node | None] = []
        for event in parser_events(self._source.text):
            if isinstance(event, yaml.DocumentEndEvent):
                break
            if isinstance(event, yaml.CollectionEndEvent):
                node = opened.pop()
                keys.pop()
                node.end = self._mark(event.end_mark)
            elif isinstance(event, yaml.NodeEvent):
                around = opened[-1] if opened else None
                node = self._node(event, around)
                if around and around.is_mapping:
                    is_key = around.size % 2 == 0
                    around.has_id |= is_key and node.text == "id"
                    around.first = around.first or node.start
                    around.size += 1
                    if is_key:
                        keys[-1] = self._keys.setdefault(node.start, node)
                    elif key := keys[-1]:
                        key.value = node
                if node.is_alias:
                    self._aliases.add(getattr(event, "anchor", None) or "")
                else:
                    self._values.setdefault(node.start, node)
                if isinstance(event, yaml.CollectionStartEvent):
                    opened.append(node)
                    keys.append(None)

    def _mark(self, mark: object) -> Mark:
        return self._source.mark(index_of(mark))

    def _node(self, event: yaml.NodeEvent, around: _Node | None) -> _Node:
        is_flow = getattr(event, "flow_style", False) or (around is not None and around.is_flow)
        return _Node(
            self._mark(event.start_mark),
            self._mark(event.end_mark),
            isinstance(event, yaml.CollectionStartEvent),
            isinstance(event, yaml.MappingStartEvent),
            is_flow,
            (around.anchors if around else frozenset()) | {event.anchor or ""},
            around is not None and not around.is_mapping,
            isinstance(event, yaml.AliasEvent),
            getattr(event, "style", None) in ("|", ">"),
            getattr(event, "value", None),
        )

    # What problems know

    def edits(self, fix: Fix) -> list[Edit]:
        """Return the edits of a fix; none if a part of it has no place in the text."""
        edits: list[Edit] = []
        for part in fix:
            found = [part] if isinstance(part, Edit) else list(self._new_entries(part))
            if not found:
                return []
            edits += found
        return edits

    def _new_entries(self, new: NewEntries) -> Iterator[Edit]:
        (first_key, first_value), *more = new.entries
        if not new.key:
            yield from self._new_value(self._values.get(new.place), first_value or "")
            return
        key = self._keys.get(new.place)
        if key is None or key.text != new.key or key.value is None:
            return
        value = list(self._new_value(key.value, first_value or "")) if first_value else []
        if first_value and not value:
            if key.value.start != key.value.end:
                return
            # There is none yet.
            value = list(self._insertion_behind(key, f" {first_value}"))
        further = "".join(self._joint(key) + f"{name}: {text}" for name, text in more)
        if further and not self._is_alone(key):
            return
        if further and value:
            value[-1] = value[-1]._replace(new=value[-1].new + further)
        if first_key != new.key:
            yield Edit(key.start, key.end, first_key)
        yield from value

    def _new_value(self, node: _Node | None, new: str) -> Iterator[Edit]:
        """Write a value in the place of one of a line, or in brackets; its anchor stays."""
        if node is None or node.is_alias or node.is_block_text or node.start == node.end:
            return
        if node.is_collection and not node.is_flow:
            return
        start = self._source.index(node.start)
        if found := _PROPERTIES.match(self._source.text, start, self._source.index(node.end)):
            start = found.end()
        yield Edit(self._source.mark(start), node.end, new)

    def _insertion_behind(self, key: _Node, new: str) -> Iterator[Edit]:
        if colon := _COLON.match(self._source.text, self._source.index(key.end)):
            mark = self._source.mark(colon.end())
            yield Edit(mark, mark, new)

    def _joint(self, key: _Node) -> str:
        """Return what stands between an entry and the next one."""
        return ", " if key.is_flow else f"\n{' ' * (key.start.column - 1)}"

    def _is_alone(self, key: _Node) -> bool:
        """Return whether another entry can stand in the line below a key, or beside it."""
        before = self._lines[key.start.line - 1][: key.start.column - 1]
        return key.is_flow or _BEFORE_ITEM.fullmatch(before) is not None

    # Ids

    def ids(self, ids: Mapping[Mark, str]) -> tuple[list[list[Edit]], dict[str, Message]]:
        """Write ids, each as the first key of the mapping or item that stands at a place.

        An item that is a text becomes a mapping with the text as its title.

        :param ids: By the places at which the reader found the sessions.
        :returns: The edits of each id that can be written, and why others cannot, by id.
        """
        edits: list[list[Edit]] = []
        left_out = {}
        for mark, session_id in ids.items():
            node = self._values.get(mark, _NOWHERE)
            key = f'id: "{session_id}"'
            if shared := node.anchors & self._aliases:
                left_out[session_id] = Message(
                    "no id is written here, because “*{alias}” repeats the session; write it out "
                    "there, and try again",
                    alias=min(shared),
                )
            elif node.has_id:
                left_out[session_id] = Message(
                    "no id is written here, because “id:” has nothing after it; write {key}",
                    key=key,
                )
            elif found := list(self._insertions(node, key)):
                edits.append(found)
            else:
                left_out[session_id] = Message(
                    "no id is written here, because there is no place for it; write “- {key}”, and "
                    "“title: …” below it",
                    key=key,
                )
        return edits, left_out

    def _insertions(self, node: _Node, key: str) -> Iterator[Edit]:
        """Find what to insert, so that a key stands before the others; nothing where none can."""
        start = node.first or node.start
        next_line = f"\n{' ' * (start.column - 1)}"
        is_alone = _BEFORE_ITEM.fullmatch(self._lines[start.line - 1][: start.column - 1])
        if node.is_mapping and node.is_flow and start != node.start:
            yield _inserted(start, f"{key}, ")
        elif node.is_mapping and not node.is_flow and is_alone:
            yield _inserted(start, f"{key}{next_line}")
        elif node.is_item and not node.is_mapping and node.is_flow:
            yield _inserted(start, f"{{{key}, title: ")
            yield _inserted(node.end, "}")
        elif node.is_item and not node.is_mapping and is_alone:
            yield _inserted(start, f"{key}{next_line}title: ")
            # What goes on in other lines is deeper than the keys.
            for number in range(start.line + 1, node.end.line + 1):
                if Mark(number) < node.end and self._lines[number - 1].strip():
                    yield _inserted(Mark(number), "  ")


def _inserted(place: Mark, text: str) -> Edit:
    return Edit(place, place, text)
