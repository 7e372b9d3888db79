"""What all formats are read into: the lines of a document, as a reader sees them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Kind = Literal["heading", "item", "text", "row", "code", "blank"]


@dataclass(frozen=True, slots=True)
class Link:
    """A part of a line that leads to a URL."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its lines, and how many columns and rows it fills."""

    lines: tuple["Line", ...] = ()
    columns: int = 1
    rows: int = 1
    is_header: bool = False

    @property
    def text(self) -> str:
        """Its lines, one below the other."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Line:
    """A heading, an item of a list, a line of text or code, a row of a table, or a blank line.

    ``text`` is without markup, ``markdown`` is the same in Markdown. ``level`` is that of a
    heading, from 1 on, or how deep an item stands in lists, from 0 on. ``is_strong`` says that all
    of it is in bold. ``key`` is the key of a session that the page's markup names it by.
    """

    text: str
    kind: Kind = "text"
    level: int = 0
    links: tuple[Link, ...] = ()
    cells: tuple[Cell, ...] = ()
    markdown: str = ""
    is_strong: bool = False
    key: str = ""

    def with_text(self, text: str) -> "Line":
        """Return the line with a part of its text."""
        links = tuple(one for one in self.links if one.text in text)
        # What stands before the part is no markup of it.
        markdown = text if text and self.markdown.endswith(text) else self.markdown
        return replace(self, text=text, links=links, markdown=markdown)


@dataclass(frozen=True, slots=True)
class Document:
    """The lines of what was read, and what it says of itself beside them.

    ``is_prose`` tells what somebody has written for reading, as a page of a wiki, from the whole of
    a page on the web, whose navigation and footers nobody wants to read.
    """

    lines: tuple[Line, ...]
    title: str = ""
    is_prose: bool = True
    is_markdown: bool = False
    #: What stands in its front matter.
    front: Mapping[str, Any] = field(default_factory=dict)


def plain(lines: Iterable[Line]) -> str:
    """Return the texts of lines, cells of rows with tabs between them."""
    return "\n".join(
        "\t".join(cell.text.replace("\n", " ") for cell in line.cells)
        if line.kind == "row"
        else line.text
        for line in lines
    )
