"""What is done to a document's tree before it is printed: what HTML and line breaks in it mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from docutils import nodes

from .shapes import SOFT_BREAK

#: Nodes whose text is as it is written.
_AS_WRITTEN: Final = (nodes.FixedTextElement, nodes.math)
_BREAK: Final = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)


class struck(nodes.inline):  # noqa: N801 - as docutils names its nodes
    """Words with a line through them."""


class line_break(nodes.Inline, nodes.Element):  # noqa: N801 - see above
    """Where a line ends within a paragraph."""


def prepare(node: nodes.Element, *, as_written: bool = False) -> None:
    """Make nodes of the HTML that MyST writes where docutils has none, and join lines."""
    as_written = as_written or isinstance(node, _AS_WRITTEN)
    if isinstance(node, nodes.TextElement):
        if any(isinstance(child, nodes.raw) for child in node.children):
            _set_children(node, _with_breaks(_paired(node.children)))
        if not as_written:
            _set_children(node, _joined(node.children))
    if isinstance(node, nodes.paragraph):
        _set_children(node, _run_in(node.children))
    for child in node.children:
        if isinstance(child, nodes.Element):
            prepare(child, as_written=as_written)


def _set_children(node: nodes.Element, children: Iterable[nodes.Node]) -> None:
    made = list(children)
    node.children = []
    node.extend(made)


def _run_in(children: Sequence[nodes.Node]) -> Iterator[nodes.Node]:
    """A paragraph right behind words, as Sphinx makes them of doc fields, goes on in their line."""
    is_behind_words = False
    for child in children:
        if is_behind_words and isinstance(child, nodes.paragraph):
            yield nodes.inline("", "", *child.children, ids=child["ids"], classes=child["classes"])
        else:
            yield child
        is_behind_words = isinstance(child, nodes.Text | nodes.Inline)


def _html(node: nodes.Node) -> str:
    is_html = isinstance(node, nodes.raw) and "html" in node.get("format", "").split()
    return node.astext() if is_html else ""


def _paired(children: Iterable[nodes.Node]) -> list[nodes.Node]:
    """``<s>`` and its ``</s>`` are one node, with what is between them; one alone is nothing."""
    # What stands outside of all pairs, and within each that is open.
    levels: list[list[nodes.Node]] = [[]]
    for child in children:
        match _html(child):
            case "<s>":
                levels.append([])
            case "</s>":
                if len(levels) > 1:
                    inner = levels.pop()
                    levels[-1].append(struck("", "", *inner))
            case _:
                levels[-1].append(child)
    return [child for level in levels for child in level]


def _with_breaks(children: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    begins = False
    for child in children:
        if _BREAK.fullmatch(_html(child)):
            yield line_break()
            begins = True
        elif isinstance(child, nodes.Text) and begins:
            # A blank would be seen at the beginning of a line.
            if text := child.astext().lstrip():
                yield nodes.Text(text)
                begins = False
        else:
            yield child
            begins = begins and isinstance(child, nodes.raw)


def _joined(children: Sequence[nodes.Node]) -> Iterator[nodes.Node]:
    """Lines of Japanese without a blank between them, others with one."""
    before = ""
    for place, child in enumerate(children):
        own = child.astext()
        if isinstance(child, nodes.Text) and "\n" in own:
            after = "".join(one.astext() for one in children[place + 1 : place + 2])[:1]
            joined = SOFT_BREAK.sub("", before + own + after)
            text = joined[len(before) : len(joined) - len(after)]
            yield nodes.Text(text.replace("\n", " "))
        else:
            yield child
        before = own[-1:]
