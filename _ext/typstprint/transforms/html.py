"""HTML within pages, as MyST and ``raw`` nodes have it, made docutils nodes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import Final

from docutils import nodes

#: Elements that show nothing of what is in them.
_HIDDEN: Final = frozenset({"head", "script", "style", "template"})
#: Elements that stand in a line; all others begin and end blocks.
_INLINE: Final = frozenset(
    """
    a abbr acronym audio b bdi bdo big br button canvas cite code data del dfn em embed font i
    iframe img input ins kbd label mark math object picture q rp rt ruby s samp select small source
    span strike strong sub sup svg td th time tt u var video wbr
    """.split()
)
_BOLD: Final = frozenset({"b", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "summary", "th"})
#: Elements that show what is elsewhere, or what they draw.
_SHOWING: Final = frozenset(
    {"audio", "canvas", "embed", "iframe", "math", "object", "svg", "video"}
)
_ADDRESSES: Final = ("src", "data", "href")
_SPACE: Final = re.compile(r"\s+")
_TAG: Final = re.compile(r"<(?P<end>/?)(?P<name>\w+)[^>]*>")
_BREAK: Final = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)


class struck(nodes.inline):  # noqa: N801 - as docutils names its nodes
    """Words with a line through them."""


class line_break(nodes.Inline, nodes.Element):  # noqa: N801 - see above
    """Where a line ends within a paragraph."""


class checkbox(nodes.Inline, nodes.Element):  # noqa: N801 - see above
    """A box to be checked, or one that is; MyST's task lists have them."""


class bullet(nodes.Inline, nodes.Element):  # noqa: N801 - see above
    """The bullet of an item without a box, in a list whose other items have boxes."""


#: The nodes of elements in a line, of which MyST writes the start and the end tag on their own.
_PAIRS: Final[dict[str, type[nodes.TextElement]]] = {
    **dict.fromkeys(("s", "del", "strike"), struck),
    **dict.fromkeys(("b", "strong"), nodes.strong),
    **dict.fromkeys(("i", "em"), nodes.emphasis),
    "sub": nodes.subscript,
    "sup": nodes.superscript,
}


class _Reader(HTMLParser):
    """Reads HTML into blocks of inline nodes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.blocks: list[list[nodes.Node]] = [[]]
        #: The elements that are open, which the next text is in.
        self.open: list[str] = []
        #: That of the link that is open.
        self.address = ""
        #: Whether something is to be seen that is no text, and has no address.
        self.is_more = False
        self.feed(html)
        self.close()

    def add(self, node: nodes.Node) -> None:
        self.blocks[-1].append(node)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        address = next((found for one in _ADDRESSES if (found := _address(given.get(one)))), "")
        if tag == "br":
            self.add(line_break())
        elif tag == "img":
            self._add_picture(given)
        elif tag == "input" and given.get("type") == "checkbox":
            self.add(checkbox(checked="checked" in given))
        elif tag in _SHOWING and address:
            words = given.get("title") or given.get("aria-label") or address
            self.add(nodes.reference("", words, refuri=address))
        elif tag in _SHOWING:
            self.is_more = True
        elif tag == "a":
            self.address = address
        self._begin_block(tag)
        if tag == "li":
            self.add(nodes.Text("• "))
        elif tag in ("td", "th") and _is_shown(self.blocks[-1]):
            self.add(nodes.Text("\N{EM SPACE}"))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                """Those without an end of their own."""
        if tag == "a":
            self.address = ""
        self._begin_block(tag)

    def _begin_block(self, tag: str) -> None:
        if tag not in _INLINE:
            self.blocks.append([])

    def _add_picture(self, given: dict[str, str]) -> None:
        address = _address(given.get("src"))
        name = PurePosixPath(given.get("src", "")).name
        words = given.get("alt", "" if address else name)
        if address:
            self.add(nodes.image(uri=address, alt=words, candidates={"?": address}))
        elif words:
            self.add(nodes.Text(words))

    def handle_data(self, data: str) -> None:
        if not _HIDDEN.isdisjoint(self.open):
            return
        if "pre" in self.open:
            self.add(nodes.literal_block(data.strip("\n"), data.strip("\n")))
            return
        text = _SPACE.sub(" ", data)
        node: nodes.Node = nodes.Text(text)
        if not _BOLD.isdisjoint(self.open) and text.strip():
            node = nodes.strong("", "", node)
        if self.address and text.strip():
            node = nodes.reference("", "", node, refuri=self.address)
        self.add(node)


def _address(given: str | None) -> str:
    """Return an address of the web; nothing for one within the site."""
    address = f"https:{given}" if given and given.startswith("//") else given or ""
    return address if address.lower().startswith(("http://", "https://", "mailto:")) else ""


def inlines_of(children: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Return inline nodes, with others in the place of their HTML."""
    if not any(map(_html, children)):
        return [*children]
    return [one for child in _with_breaks(_paired(children)) for one in _read_inline(child)]


def blocks_of(children: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Return block nodes, with others in the place of their HTML."""
    return [one for child in children for one in _read_blocks(child)]


def _read_inline(node: nodes.Node) -> list[nodes.Node]:
    if not (html := _html(node)):
        return [node]
    reader = _Reader(html)
    found = [[*block, nodes.Text(" ")] for block in reader.blocks if _is_shown(block)]
    inlines = [one for block in found for one in block][:-1]
    return [*inlines, node] if reader.is_more else inlines


def _read_blocks(node: nodes.Node) -> list[nodes.Node]:
    if not (html := _html(node)):
        return [node]
    reader = _Reader(html)
    blocks: list[nodes.Node] = [
        nodes.paragraph("", "", *block) for block in filter(_is_shown, reader.blocks)
    ]
    for block in blocks:
        block.source, block.line = node.source, node.line
    return [*blocks, node] if reader.is_more else blocks


def _is_shown(block: Iterable[nodes.Node]) -> bool:
    return any(isinstance(one, nodes.image | checkbox) or one.astext().strip() for one in block)


def _html(node: nodes.Node) -> str:
    """Return the HTML that a node is; nothing for others."""
    is_html = isinstance(node, nodes.raw) and "html" in node.get("format", "").split()
    return node.astext() if is_html else ""


def _paired(children: Iterable[nodes.Node]) -> list[nodes.Node]:
    """Return one node for a start tag and its end tag, with what is between them.

    One alone is left out.
    """
    # What stands outside of all pairs, and within each that is open.
    levels: list[tuple[str, list[nodes.Node]]] = [("", [])]
    for child in children:
        tag = _TAG.fullmatch(_html(child))
        name = tag["name"].lower() if tag else ""
        if tag is None or name not in _PAIRS:
            levels[-1][1].append(child)
        elif not tag["end"]:
            levels.append((name, []))
        elif any(name == begun for begun, _inner in levels):
            while (last := levels.pop())[0] != name:
                levels[-1][1].extend(last[1])
            levels[-1][1].append(_PAIRS[name]("", "", *last[1]))
    return [child for _name, level in levels for child in level]


def _with_breaks(children: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """Yield nodes, with line breaks where HTML has them."""
    begins = False
    for child in children:
        if _BREAK.fullmatch(_html(child)):
            yield line_break()
            begins = True
        elif isinstance(child, nodes.Text) and begins:
            # A space would be seen at the beginning of a line.
            if text := child.astext().lstrip():
                yield nodes.Text(text)
                begins = False
        else:
            yield child
            begins = begins and isinstance(child, nodes.raw)
