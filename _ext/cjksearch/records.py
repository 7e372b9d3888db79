"""The records of a document: what a search finds, one for each section, object and term."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Final

from docutils import nodes
from sphinx import addnodes

#: The class of nodes that no search finds, with all in them, as Sphinx names it.
NO_SEARCH: Final = "no-search"
#: Nodes without text of the page. The text of a footnote is found where it is referred to.
_IGNORED: Final = (
    *(nodes.Invisible, nodes.system_message, nodes.docinfo, nodes.label, addnodes.index),
    nodes.footnote,
)
#: The class of lists of other pages.
_TOCTREE: Final = "toctree-wrapper"
#: Lines of their own, which know the text between their parts.
_LINES: Final = (addnodes.desc_signature, addnodes.production)
#: What HTML has besides text: scripts and styles, comments, tags.
_NO_TEXT: Final = re.compile(
    r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)"
    r"""|</?[a-z!?](?:"[^"]*"|'[^']*'|[^'">])*>""",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What an extension knows of a part of a page.

    ``around``, ``date``, ``filters`` and ``is_minor`` apply to the parts within it, too.

    :param kinds: Words for what it is or has: slides, keynote. They rank after text.
    :param is_minor: Whether it ranks behind others that match as well, as what is about the site
        does.
    :param names: Names, such as speakers' in all their spellings; they rank after titles and
        before text.
    :param byline: The names as results show them.
    :param around: Titles above the page's own, such as an event's.
    :param date: A date, month or year in ISO 8601.
    :param filters: The values of each filter, by the filter's name.
    :param is_whole: Whether a section is one record with the sections within it.
    :param title: The title of a record that is no section.
    :param anchor: The id of a record that is no section.
    :param key: Of the records with the same key only the first of the lowest rank is found.
    :param rank: See ``key``.
    :param is_aside: Whether its text stands behind the other text of the record that it is in:
        facts around notes, say, of which results are to quote the notes.
    :param is_left_out: Whether no search finds it, except parts within it that have a ``title``.
    """

    names: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    is_minor: bool = False
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
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """What a search finds.

    :param anchor: Its id on the page; empty for the top of the page.
    :param parents: The titles of the sections and pages that it is in, the outermost first.
    :param text: Its text, one line for each block.
    """

    docname: str
    anchor: str
    title: str
    parents: tuple[str, ...]
    text: str
    facts: Facts


#: Returns what is known of a part of a page.
FactsOf = Callable[[nodes.Element], Facts | None]
#: A part of a page that is a record of its own, and what is known of it.
_Part = tuple[nodes.Element, Facts | None]


def records_of(docname: str, document: nodes.document, facts_of: FactsOf) -> list[Record]:
    """Return the records of a document whose references are resolved, in its order."""
    reader = _Reader(docname, document, facts_of)
    return list(reader.read((document, facts_of(document)), (), Facts()))


@dataclass(slots=True)
class _Deferred:
    """What the text of a part leaves for later: parts within it, and text for its end."""

    parts: list[_Part] = field(default_factory=list)
    last: list[nodes.Element] = field(default_factory=list)


class _Reader:
    def __init__(self, docname: str, document: nodes.document, facts_of: FactsOf) -> None:
        self._docname = docname
        self._facts_of = facts_of
        self._has_top = False
        footnotes = document.findall(nodes.footnote)
        self._footnotes = {id_: one for one in footnotes for id_ in one["ids"]}

    def read(self, part: _Part, parents: tuple[str, ...], around: Facts) -> Iterator[Record]:
        node, own = part
        facts = _within(around, own)
        heading = _heading_of(node)
        title = facts.title or _plain(*heading)
        deferred = _Deferred()
        pieces = [*self._pieces(node, heading, facts.is_whole, deferred)]
        for last in deferred.last:
            pieces += ("\n\n", *self._pieces(last, (), facts.is_whole, deferred))
        lines = (" ".join(line.split()) for line in "".join(pieces).split("\n\n"))
        text = "\n".join(filter(None, lines))
        if title or text:
            # The first record is the top of the page.
            anchor = facts.anchor or (node["ids"][0] if self._has_top and node["ids"] else "")
            self._has_top = True
            yield Record(self._docname, anchor, title, (*facts.around, *parents), text, facts)
        below = (*parents, title) if title else parents
        for one in deferred.parts:
            yield from self.read(one, below, facts)

    def _pieces(
        self,
        node: nodes.Element,
        heading: Sequence[nodes.Node],
        is_whole: bool,
        deferred: _Deferred,
    ) -> Iterator[str]:
        """Yield the text of a node in order, with empty lines between blocks."""
        for child in node.children:
            if isinstance(child, nodes.Text):
                yield child.astext()
            elif isinstance(child, nodes.image):
                yield f"\n\n{child.get('alt', '')}\n\n"
            elif isinstance(child, nodes.raw):
                yield _text_of_raw(child)
            elif isinstance(child, nodes.footnote_reference):
                footnote = self._footnotes.get(child.get("refid", ""))
                if footnote is not None and footnote not in deferred.last:
                    deferred.last.append(footnote)
            elif not isinstance(child, nodes.Element) or child in heading or _is_left_out(child):
                continue
            elif isinstance(child, _LINES):
                yield f"\n\n{_signature(child)}\n\n"
            elif isinstance(child, nodes.Inline):
                yield from self._pieces(child, heading, is_whole, deferred)
            else:
                known = self._facts_of(child)
                if not is_whole and not (known and known.title):
                    known = _named(child, known)
                is_headed = isinstance(child, nodes.section) and (known or not is_whole)
                if known and known.is_left_out:
                    deferred.parts += self._named_parts(child)
                elif is_headed or (known and known.title):
                    deferred.parts.append((child, known))
                elif known and known.is_aside:
                    deferred.last.append(child)
                else:
                    yield "\n\n"
                    yield from self._pieces(child, heading, is_whole, deferred)
                    yield "\n\n"

    def _named_parts(self, node: nodes.Element) -> list[_Part]:
        """Return the parts of a node that is left out that have a title of their own."""
        deferred = _Deferred()
        # The text itself is not needed.
        list(self._pieces(node, (), True, deferred))
        return [(part, known) for part, known in deferred.parts if known and known.title]


def _text_of_raw(node: nodes.raw) -> str:
    is_html = "html" in node.get("format", "").split()
    return unescape(_NO_TEXT.sub(" ", node.astext())) if is_html else ""


def _is_left_out(node: nodes.Element) -> bool:
    classes = {NO_SEARCH, _TOCTREE}
    return isinstance(node, _IGNORED) or not classes.isdisjoint(node.get("classes", ()))


def _heading_of(node: nodes.Element) -> Sequence[nodes.Element]:
    """Return the nodes that are the title of a part."""
    if isinstance(node, nodes.section):
        return [child for child in node.children[:1] if isinstance(child, nodes.title)]
    return _terms_of(node)


def _terms_of(node: nodes.Element) -> Sequence[nodes.term]:
    """Return the terms of an entry of a glossary; none of any other list."""
    terms = [child for child in node.children if isinstance(child, nodes.term)]
    return [term for term in terms if isinstance(node.parent.parent, addnodes.glossary)]


def _named(node: nodes.Element, known: Facts | None) -> Facts | None:
    """Add the title and anchor of an object, or of a term of a glossary, to what is known of it."""
    if isinstance(node, addnodes.desc):
        for one in node.children:
            if isinstance(one, addnodes.desc_signature) and one["ids"]:
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
    """Return the text of a signature without the link to its source."""
    parts = [
        child.astext()
        for child in node.children
        if not (isinstance(child, nodes.reference) and _is_to_source(child))
    ]
    return " ".join(node.child_text_separator.join(parts).split())


def _is_to_source(reference: nodes.reference) -> bool:
    """Return whether ``sphinx.ext.viewcode`` or ``sphinx.ext.linkcode`` has added the link."""
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
    """Return what is known of a part, with what it inherits from the part around it."""
    own = own or Facts()
    return replace(
        own,
        around=own.around or around.around,
        date=own.date or around.date,
        filters={**around.filters, **own.filters},
        is_minor=own.is_minor or around.is_minor,
    )
