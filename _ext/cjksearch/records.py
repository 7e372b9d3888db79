"""Documents → records: what a search finds, one for each section."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Final

from docutils import nodes
from sphinx import addnodes

#: A node of this class, and all in it, is found by no search: Sphinx's own name for it.
NO_SEARCH: Final = "no-search"
#: What holds no text of the page, or none that is a part of it: lists of other pages.
_UNSEEN: Final = (
    *(nodes.Invisible, nodes.system_message, nodes.docinfo, nodes.label, addnodes.index),
    # Its text is found where it is referred to.
    nodes.footnote,
)
_OF_OTHERS: Final = "toctree-wrapper"
#: Parts of a line that know how their own parts are apart, and that stand by themselves.
_LINES: Final = (addnodes.desc_signature, addnodes.production)


@dataclass(frozen=True, slots=True)
class Facts:
    """What an extension knows of a part of a page; ``date`` and ``filters`` hold within it too.

    ``names`` are found after titles and before text: who spoke, for instance, in all ways in
    which they may be called; ``byline`` is what is shown of them. ``around`` are titles around
    the page's own, such as an event's, which hold within it as well. ``date`` is
    ISO 8601, a year or month alone too. ``filters`` holds what readers may choose by: the
    values under each filter's name. ``is_whole`` makes a section one record with the sections
    within it. ``title`` and ``anchor`` make a record of what is no section; ``is_left_out``
    makes that no search finds it, but for parts within it that have a title so. Of the records
    with one ``key`` one is found: the first of the least ``rank``.
    """

    names: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    date: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_whole: bool = False
    title: str = ""
    anchor: str = ""
    key: str = ""
    rank: int = 0
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One thing to find: where it is, and in which words.

    ``anchor`` is an id on the page, empty for its top; ``parents`` are the titles around it,
    from without; ``text`` has a line for each block.
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
    reader = _Reader(docname, document, ask)
    return list(reader.read((document, ask(document)), (), Facts()))


@dataclass(slots=True)
class _Met:
    """What is met on the way through a part: those that are parts themselves, and footnotes."""

    parts: list[_Part] = field(default_factory=list)
    footnotes: list[nodes.Element] = field(default_factory=list)


class _Reader:
    def __init__(self, docname: str, document: nodes.document, ask: Ask) -> None:
        self._docname = docname
        self._ask = ask
        self._has_top = False
        footnotes = document.findall(nodes.footnote)
        self._footnotes = {id_: one for one in footnotes for id_ in one["ids"]}

    def read(self, part: _Part, parents: tuple[str, ...], around: Facts) -> Iterator[Record]:
        node, own = part
        facts = _within(around, own)
        heading = _heading_of(node)
        title = facts.title or _plain(*heading)
        met = _Met()
        pieces = [*self._pieces(node, heading, facts.is_whole, met)]
        for footnote in met.footnotes:
            pieces += ("\n\n", *self._pieces(footnote, (), True, met))
        lines = (" ".join(line.split()) for line in "".join(pieces).split("\n\n"))
        text = "\n".join(filter(None, lines))
        if title or text:
            # What comes first is where the page begins.
            anchor = facts.anchor or (node["ids"][0] if self._has_top and node["ids"] else "")
            self._has_top = True
            yield Record(self._docname, anchor, title, (*facts.around, *parents), text, facts)
        below = (*parents, title) if title else parents
        for one in met.parts:
            yield from self.read(one, below, facts)

    def _pieces(
        self, node: nodes.Element, heading: Sequence[nodes.Node], is_whole: bool, met: _Met
    ) -> Iterator[str]:
        """The text in its order, with an empty line around each block."""
        for child in node.children:
            if isinstance(child, nodes.Text):
                yield child.astext()
            elif isinstance(child, nodes.image):
                yield f"\n\n{child.get('alt', '')}\n\n"
            elif isinstance(child, nodes.raw):
                yield _text_of_raw(child)
            elif isinstance(child, nodes.footnote_reference):
                footnote = self._footnotes.get(child.get("refid", ""))
                if footnote is not None and footnote not in met.footnotes:
                    met.footnotes.append(footnote)
            elif not isinstance(child, nodes.Element) or child in heading or _is_left_out(child):
                continue
            elif isinstance(child, _LINES):
                yield f"\n\n{_signature(child)}\n\n"
            elif isinstance(child, nodes.Inline):
                yield from self._pieces(child, heading, is_whole, met)
            else:
                known = self._ask(child)
                if not is_whole and not (known and known.title):
                    known = _named(child, known)
                is_headed = isinstance(child, nodes.section) and (known or not is_whole)
                if known and known.is_left_out:
                    met.parts += self._named_parts(child)
                elif is_headed or (known and known.title):
                    met.parts.append((child, known))
                else:
                    yield "\n\n"
                    yield from self._pieces(child, heading, is_whole, met)
                    yield "\n\n"

    def _named_parts(self, node: nodes.Element) -> list[_Part]:
        """The parts of what is left out that have a name of their own."""
        met = _Met()
        # Its text is found elsewhere.
        deque(self._pieces(node, (), True, met), maxlen=0)
        return [(part, known) for part, known in met.parts if known and known.title]


class _TextOfHtml(HTMLParser):
    """The text of HTML, a blank for each tag; nothing of comments, scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._code = ""

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self._code = tag if tag in ("script", "style") else self._code
        self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._code = "" if tag == self._code else self._code
        self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._code:
            self.pieces.append(data)


def _text_of_raw(node: nodes.raw) -> str:
    if "html" not in node.get("format", "").split():
        return ""
    parser = _TextOfHtml()
    parser.feed(node.astext())
    parser.close()
    return "".join(parser.pieces)


def _is_left_out(node: nodes.Element) -> bool:
    return isinstance(node, _UNSEEN) or not {NO_SEARCH, _OF_OTHERS}.isdisjoint(
        node.get("classes", ())
    )


def _heading_of(node: nodes.Element) -> Sequence[nodes.Element]:
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
                facts = known or Facts()
                title = one.get("fullname") or _signature(one)
                full = [f"{one['module']}.{title}"] if one.get("module") else []
                names = (*full, *facts.names)
                return replace(facts, title=title, names=names, anchor=one["ids"][0])
    for term in (terms := _terms_of(node)):
        if term["ids"]:
            return replace(known or Facts(), title=_plain(*terms), anchor=term["ids"][0])
    return known


def _signature(node: nodes.Element) -> str:
    """Its text, whose parts know how they are apart; without the link to its source."""
    parts = [
        child.astext()
        for child in node.children
        if not (isinstance(child, nodes.reference) and _is_to_source(child))
    ]
    return " ".join(node.child_text_separator.join(parts).split())


def _is_to_source(reference: nodes.reference) -> bool:
    """Is it what ``sphinx.ext.viewcode`` and ``sphinx.ext.linkcode`` add?"""
    return any("viewcode-link" in one["classes"] for one in reference.findall(nodes.inline))


def _plain(*lines: nodes.Element) -> str:
    return ", ".join(" ".join("".join(_texts(line)).split()) for line in lines)


def _texts(node: nodes.Element) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, nodes.Text):
            yield child.astext()
        elif isinstance(child, nodes.raw):
            yield _text_of_raw(child)
        elif isinstance(child, nodes.Element) and not isinstance(child, nodes.footnote_reference):
            yield from _texts(child)


def _within(around: Facts, own: Facts | None) -> Facts:
    """What holds in a part: its own, and what holds around it."""
    if own is None:
        return Facts(around=around.around, date=around.date, filters=around.filters)
    return replace(
        own,
        around=own.around or around.around,
        date=own.date or around.date,
        filters={**around.filters, **own.filters},
    )
