"""Edits of an event's text at known places; comments, layout and line ends stay."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import yaml

from sphinxcommon.messages import Message

from ..core.problems import Mark
from .source import Source, index_of, parser_events

#: What may stand before the first key or the text of an item in its line.
_BEFORE_ITEM: Final = re.compile(r"[ \t-]*")


@dataclass
class _Node:
    """A mapping, or a text, as far as it matters where a key can be added to it."""

    start: Mark
    end: Mark
    is_mapping: bool
    is_flow: bool
    #: The anchors of it and of what it stands in.
    anchors: frozenset[str]
    is_item: bool
    #: Where the first key of a mapping stands.
    first: Mark | None = None
    size: int = 0
    has_id: bool = False


_NOWHERE: Final = _Node(Mark(), Mark(), False, False, frozenset(), False)


def _places(text: str) -> tuple[dict[Mark, _Node], set[str]]:
    """Return the nodes of a document by the places where they start, and the aliases in it."""
    source = Source(text)
    nodes: dict[Mark, _Node] = {}
    aliases: set[str] = set()
    opened: list[_Node] = []
    for event in parser_events(text):
        if isinstance(event, yaml.DocumentEndEvent):
            break
        if isinstance(event, yaml.CollectionEndEvent):
            opened.pop()
        elif isinstance(event, yaml.NodeEvent):
            around = opened[-1] if opened else None
            node = _node(event, around, source)
            if around and around.is_mapping:
                is_key = around.size % 2 == 0
                around.has_id |= is_key and getattr(event, "value", None) == "id"
                around.first = around.first or node.start
                around.size += 1
            if isinstance(event, yaml.AliasEvent):
                aliases.add(event.anchor or "")
            else:
                nodes.setdefault(node.start, node)
            if isinstance(event, yaml.CollectionStartEvent):
                opened.append(node)
    return nodes, aliases


def _node(event: yaml.NodeEvent, around: _Node | None, source: Source) -> _Node:
    start, end = (source.mark(index_of(mark)) for mark in (event.start_mark, event.end_mark))
    is_mapping = isinstance(event, yaml.MappingStartEvent)
    is_flow = getattr(event, "flow_style", False) or (around is not None and around.is_flow)
    anchors = (around.anchors if around else frozenset()) | {event.anchor or ""}
    is_item = around is not None and not around.is_mapping
    return _Node(start, end, is_mapping, is_flow, anchors, is_item)


Insertion = tuple[Mark, str]


def add_ids(text: str, ids: Mapping[Mark, str]) -> tuple[str, dict[str, Message]]:
    """Write ids into a text, each as the first key of the mapping or item that stands at a place.

    An item that is a text becomes a mapping with the text as its title.

    :param text: Without a byte order mark, and with its own line ends.
    :param ids: By the places at which the reader found the sessions.
    :returns: The text with those ids that could be written, and why others could not, by id.
    :raises yaml.YAMLError: where YAML cannot read the text as it stands.
    """
    parts = re.split(r"(\r\n|\r|\n)", text)
    lines, ends = parts[::2], [*parts[1::2], ""]
    nodes, aliases = _places("\n".join(lines))
    insertions: list[Insertion] = []
    left_out = {}
    for mark, session_id in ids.items():
        node = nodes.get(mark, _NOWHERE)
        key = f'id: "{session_id}"'
        if shared := node.anchors & aliases:
            left_out[session_id] = Message(
                "no id is written here, because “*{alias}” repeats the session; write it out "
                "there, and try again",
                alias=min(shared),
            )
        elif node.has_id:
            left_out[session_id] = Message(
                "no id is written here, because “id:” has nothing after it; write {key}", key=key
            )
        elif found := list(_insertions(node, key, lines, ends[mark.line - 1] or ends[0] or "\n")):
            insertions += found
        else:
            left_out[session_id] = Message(
                "no id is written here, because there is no place for it; write “- {key}”, and "
                "“title: …” below it",
                key=key,
            )
    for (line, column), inserted in sorted(insertions, reverse=True):
        whole = lines[line - 1]
        lines[line - 1] = whole[: column - 1] + inserted + whole[column - 1 :]
    return "".join(map("".join, zip(lines, ends, strict=True))), left_out


def _insertions(node: _Node, key: str, lines: list[str], line_end: str) -> Iterator[Insertion]:
    """Find what to insert, so that a key stands before the others; nothing where none can."""
    start = node.first or node.start
    next_line = f"{line_end}{' ' * (start.column - 1)}"
    is_alone = _BEFORE_ITEM.fullmatch(lines[start.line - 1][: start.column - 1])
    if node.is_mapping and node.is_flow and start != node.start:
        yield start, f"{key}, "
    elif node.is_mapping and not node.is_flow and is_alone:
        yield start, f"{key}{next_line}"
    elif node.is_item and not node.is_mapping and node.is_flow:
        yield from [(start, f"{{{key}, title: "), (node.end, "}")]
    elif node.is_item and not node.is_mapping and is_alone:
        yield start, f"{key}{next_line}title: "
        # What goes on in other lines is deeper than the keys.
        for number in range(start.line + 1, node.end.line + 1):
            if Mark(number) < node.end and lines[number - 1].strip():
                yield Mark(number), "  "
