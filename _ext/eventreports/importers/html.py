"""Read the HTML of a page: its lines as a browser shows them, with what their classes say."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser

from .front_matter import front_matter
from .lines import Cell, Document, Kind, Line, Link
from .markdown import escaped, raised

_UNSEEN: Final = frozenset(
    "button canvas dialog head iframe math nav noscript object option script select style svg "
    "template textarea title video".split()
)
_INLINE: Final = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rp rt "
    "ruby s samp small span strike strong sub sup time tt u var wbr".split()
)
_STRONG: Final = frozenset("b strong dt summary th".split())
#: Behind these a browser leaves a space.
_PARTED: Final = frozenset("article blockquote div dl fieldset hr ol p section ul".split())
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
#: Words in names of classes that say which part of a session something is.
_KEYS: Final = {
    word: key
    for key, words in {
        "title": "title headline subject heading topic",
        "speakers": "speaker speakers presenter presenters lecturer lecturers author authors "
        "performer performers panelist panelists host",
        "affiliation": "affiliation company organization organisation org",
        "description": "abstract description desc summary outline",
        "start": "time start begin starttime timeslot",
        "room": "room place venue location stage hall",
        "track": "track",
    }.items()
    for word in words.split()
}
_MOST_SPANS: Final = 60


def read_html(text: str) -> Document:
    """Read a page, or a part of one.

    :param text: The HTML.
    :returns: Its lines, and its title.
    """
    lines, front = front_matter(text.splitlines())
    # A short text by itself would be taken for the path of a file.
    tree = HTMLParser(namespace_html_elements=False).parse(io.StringIO("\n".join(lines)))
    body = next((one for one in tree.iter("body")), tree)
    title = next((_collapsed("".join(one.itertext())) for one in tree.iter("title")), "")
    return Document(tuple(_Reader().read(body)), title, is_prose=False, front=front)


def _collapsed(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip(" ")


@dataclass(frozen=True)
class _Place:
    """Where the text stands that is being read."""

    kind: Kind = "text"
    level: int = 0
    key: str = ""


@dataclass
class _Reader:
    """Collects text until an element ends the line."""

    lines: list[Line] = field(default_factory=list)
    text: str = ""
    strong: str = ""
    links: list[Link] = field(default_factory=list)

    def read(self, element: Element, place: _Place = _Place()) -> tuple[Line, ...]:
        """Return the lines of an element's content."""
        self._content(element, place, is_strong=False)
        self._end(place)
        return tuple(self.lines)

    def _content(self, element: Element, place: _Place, *, is_strong: bool) -> None:
        self._add(element.text or "", is_strong=is_strong)
        for child in element:
            if not _is_unseen(child):
                self._element(child, place, is_strong=is_strong)
            self._add(child.tail or "", is_strong=is_strong)

    def _element(self, element: Element, place: _Place, *, is_strong: bool) -> None:
        tag = str(element.tag)
        is_strong = is_strong or tag in _STRONG
        if tag == "br":
            self._end(place)
        elif tag == "sup" and (text := "".join(element.itertext())) != raised(text):
            self._add(raised(text), is_strong=is_strong)
        elif tag == "img":
            self._add(element.get("alt", ""), is_strong=is_strong)
        elif tag == "pre":
            self._end(place)
            self.lines += [Line(line, "code") for line in "".join(element.itertext()).splitlines()]
        elif tag == "table":
            self._end(place)
            self.lines += [Line("", "row", cells=cells) for cells in _rows(element)]
            self._blank()
        elif tag in _INLINE and not (key := _key(element)):
            self._inline(element, place, is_strong=is_strong)
        elif tag in _INLINE:
            self._end(place)
            self._inline(element, replace(place, key=key), is_strong=is_strong)
            self._end(replace(place, key=key))
        else:
            self._block(element, _inner(element, place), place, is_strong=is_strong)

    def _inline(self, element: Element, place: _Place, *, is_strong: bool) -> None:
        before = len(self.text)
        self._content(element, place, is_strong=is_strong)
        if element.tag == "a" and (url := element.get("href", "").strip()):
            # A link around blocks has none of their text here.
            self.links.append(Link(_collapsed(self.text[before:]), url))

    def _block(self, element: Element, inner: _Place, place: _Place, *, is_strong: bool) -> None:
        self._end(place)
        self._content(element, inner, is_strong=is_strong)
        self._end(inner)
        if element.tag in _PARTED:
            self._blank()

    def _blank(self) -> None:
        if self.lines and self.lines[-1].kind != "blank":
            self.lines.append(Line("", "blank"))

    def _add(self, text: str, *, is_strong: bool) -> None:
        self.text += text
        if is_strong:
            self.strong += text

    def _end(self, place: _Place) -> None:
        text = _collapsed(self.text)
        if text or self.links:
            line = Line(
                text,
                place.kind,
                place.level,
                tuple(self.links),
                markdown=escaped(text),
                is_strong=bool(text) and _collapsed(self.strong) == text,
                key=place.key,
            )
            self.lines.append(line)
        self.text, self.strong, self.links = "", "", []


def _inner(element: Element, place: _Place) -> _Place:
    """Return the place of what an element holds that is a block."""
    tag = str(element.tag)
    # What holds headings holds more than one part of a session.
    has_headings = any(one.tag in _HEADINGS for one in element.iter() if one is not element)
    key = (not has_headings and _key(element)) or place.key
    if tag in _HEADINGS:
        return _Place("heading", _HEADINGS[tag], key)
    if tag in ("ul", "ol"):
        return _Place(place.kind, place.level + 1 if place.kind == "item" else 0, key)
    return _Place("item" if tag == "li" else place.kind, place.level, key)


def _is_unseen(element: Element) -> bool:
    style = element.get("style", "").replace(" ", "")
    # Comments have a function for a name.
    if callable(element.tag):
        return True
    return element.tag in _UNSEEN or "display:none" in style or element.get("hidden") is not None


def _key(element: Element) -> str:
    """Return which part of a session an element is by the last words of its classes."""
    names = f"{element.get('itemprop', '')} {element.get('class', '')}".lower().split()
    words = (re.split("[^a-z]+", name)[-1] for name in names)
    return next((_KEYS[word] for word in words if word in _KEYS), "")


def _rows(table: Element) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of a table's own rows."""
    for element in table:
        if element.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(element)
        elif element.tag == "tr":
            yield tuple(_cell(cell) for cell in element if cell.tag in ("td", "th"))


def _cell(element: Element) -> Cell:
    place = _Place(key=_key(element))
    columns, rows = (_span(element.get(name, "")) for name in ("colspan", "rowspan"))
    lines = tuple(line for line in _Reader().read(element, place) if line.kind != "blank")
    return Cell(lines, columns, rows, element.tag == "th")


def _span(text: str) -> int:
    return min(int(text), _MOST_SPANS) if text.isdecimal() and int(text) else 1
