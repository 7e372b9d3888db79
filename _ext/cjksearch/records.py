"""Documents → records: what a search finds, one for each section."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from docutils import nodes
from sphinx import addnodes

#: A node of this class, and all in it, is found by no search: Sphinx's own name for it.
NO_SEARCH: Final = "no-search"
#: What holds no text of the page, or none that is a part of it: lists of other pages.
_UNSEEN: Final = (nodes.Invisible, nodes.system_message, nodes.docinfo, addnodes.index)
_OF_OTHERS: Final = "toctree-wrapper"
#: Parts of a line that know how their own parts are apart, and that stand by themselves.
_LINES: Final = (addnodes.desc_signature, addnodes.production)
_TAG: Final = re.compile(r"<(style|script).*?</\1>|<[^<]+?>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What an extension knows of a part of a page; ``date`` and ``filters`` hold within it too.

    ``names`` are found after titles and before text: who spoke, for instance, in all ways in
    which they may be called; ``byline`` are those of them that are shown. ``date`` is
    ISO 8601, a year or month alone too. ``filters`` holds what readers may choose by: the
    values under each filter's name. ``is_whole`` makes a section one record with the sections
    within it. ``title`` and ``anchor`` make a record of what is no section; ``is_left_out``
    makes that no search finds it, but for parts within it that have a title so. Of the records
    with one ``key`` one is found: a whole section before others.
    """

    names: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    date: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_whole: bool = False
    title: str = ""
    anchor: str = ""
    key: str = ""
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One thing to find: where it is, and in which words.

    ``anchor`` is an id on the page, empty for its top; ``parents`` are the titles around it,
    the page's first; ``text`` has a line for each block.
    """

    docname: str
    anchor: str
    title: str
    parents: tuple[str, ...]
    text: str
    facts: Facts


#: Says what is known of a part of a page, ``None`` where that is nothing.
Ask = Callable[[nodes.Element], Facts | None]

#: A part of a page that is a record of its own, and what is known of it.
_Part = tuple[nodes.Element, Facts | None]


def records_of(docname: str, document: nodes.document, ask: Ask) -> list[Record]:
    """The records of one document, whose references are resolved, in its order."""
    return list(_Reader(docname, ask).read((document, ask(document)), (), Facts()))


class _Reader:
    def __init__(self, docname: str, ask: Ask) -> None:
        self._docname = docname
        self._ask = ask
        self._has_top = False

    def read(self, part: _Part, parents: tuple[str, ...], around: Facts) -> Iterator[Record]:
        node, own = part
        facts = _within(around, own)
        heading = _heading_of(node)
        title = facts.title or _line(*heading)
        inner: list[_Part] = []
        pieces = "".join(self._pieces(node, heading, facts.is_whole, inner))
        lines = (" ".join(line.split()) for line in pieces.split("\n\n"))
        text = "\n".join(filter(None, lines))
        if title or text:
            # What comes first is where the page begins.
            anchor = facts.anchor or (node["ids"][0] if self._has_top and node["ids"] else "")
            self._has_top = True
            yield Record(self._docname, anchor, title, parents, text, facts)
        below = (*parents, title) if title else parents
        for one in inner:
            yield from self.read(one, below, facts)

    def _pieces(
        self,
        node: nodes.Element,
        heading: Sequence[nodes.Node],
        is_whole: bool,
        inner: list[_Part],
    ) -> Iterator[str]:
        """The text in its order, with an empty line around each block; the parts in it."""
        for child in node.children:
            if isinstance(child, nodes.Text):
                yield child.astext()
            elif isinstance(child, nodes.image):
                yield f"\n\n{child.get('alt', '')}\n\n"
            elif isinstance(child, nodes.raw):
                is_html = "html" in child.get("format", "").split()
                yield _TAG.sub(" ", child.astext()) if is_html else ""
            elif not isinstance(child, nodes.Element) or child in heading or _is_left_out(child):
                continue
            elif isinstance(child, _LINES):
                yield f"\n\n{child.astext()}\n\n"
            elif isinstance(child, nodes.Inline):
                yield from self._pieces(child, heading, is_whole, inner)
            else:
                known = self._ask(child)
                if not is_whole and not (known and known.title):
                    known = _named(child, known)
                is_headed = isinstance(child, nodes.section) and (known or not is_whole)
                if known and known.is_left_out:
                    inner += self._named_parts(child)
                elif is_headed or (known and known.title):
                    inner.append((child, known))
                else:
                    yield "\n\n"
                    yield from self._pieces(child, heading, is_whole, inner)
                    yield "\n\n"

    def _named_parts(self, node: nodes.Element) -> list[_Part]:
        """The parts of what is left out that have a name of their own."""
        inner: list[_Part] = []
        # Its text is found elsewhere.
        deque(self._pieces(node, (), True, inner), maxlen=0)
        return [(part, known) for part, known in inner if known and known.title]


def _is_left_out(node: nodes.Element) -> bool:
    return isinstance(node, _UNSEEN) or not {NO_SEARCH, _OF_OTHERS}.isdisjoint(
        node.get("classes", ())
    )


def _heading_of(node: nodes.Element) -> Sequence[nodes.Node]:
    """What a part begins with that says what it is about."""
    if isinstance(node, nodes.section):
        return [child for child in node.children[:1] if isinstance(child, nodes.title)]
    return _terms_of(node)


def _terms_of(node: nodes.Element) -> Sequence[nodes.term]:
    """The terms that a glossary explains at once; none of any other list."""
    terms = [child for child in node.children if isinstance(child, nodes.term)]
    return [term for term in terms if isinstance(node.parent.parent, addnodes.glossary)]


def _named(node: nodes.Element, known: Facts | None) -> Facts | None:
    """What is known of it, and the name and anchor of an object or a term of a glossary."""
    if isinstance(node, addnodes.desc):
        signatures = [one for one in node.children if isinstance(one, addnodes.desc_signature)]
        for one in signatures:
            if one["ids"]:
                title = one.get("fullname") or _line(one)
                return replace(known or Facts(), title=title, anchor=one["ids"][0])
    for term in (terms := _terms_of(node)):
        if term["ids"]:
            return replace(known or Facts(), title=_line(*terms), anchor=term["ids"][0])
    return known


def _line(*texts: nodes.Node) -> str:
    return ", ".join(" ".join(text.astext().split()) for text in texts)


def _within(around: Facts, own: Facts | None) -> Facts:
    """What holds in a part: its own, and what holds around it."""
    if own is None:
        return Facts(date=around.date, filters=around.filters)
    filters = {**around.filters, **own.filters}
    return replace(own, date=own.date or around.date, filters=filters)
