"""What a tree of nodes is like, asked before it is printed; and texts, cut where they may break."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import Final

from docutils import nodes
from sphinx import addnodes

from .characters import columns_of

Kinds = tuple[type[nodes.Element], ...]

#: In these a reference does not say its page.
NO_ROOM: Final = (
    nodes.title,
    nodes.rubric,
    nodes.caption,
    nodes.term,
    nodes.field_name,
    addnodes.desc_signature,
    addnodes.productionlist,
)
#: Classes of references that do not say their page, for an extension to give.
_PAGELESS: Final = frozenset({"no-page"})
_LENGTH: Final = re.compile(r"\s*([\d.]+)\s*(%|[a-z]*)\s*")
#: CSS's and docutils' units that Typst has not, in its own.
_UNITS: Final = {
    "": (0.75, "pt"),
    "px": (0.75, "pt"),
    "rem": (12.0, "pt"),
    "pc": (12.0, "pt"),
    "ex": (0.5, "em"),
    "ch": (0.5, "em"),
}
_CJK: Final = r"[\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
#: Between one of these and Latin letters there is a little space; marks have room of their own.
CJK_LETTER: Final = re.compile(
    r"[\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u312f\u3190-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff]"
)
SOFT_BREAK: Final = re.compile(rf"(?<={_CJK})\s*\n\s*(?={_CJK})")
#: What of a text stands on one line: up to a mark after which words break, or to kanji.
_WORD: Final = re.compile(rf"(?:(?!{_CJK})[^\s/?&=._:,;|\\-])+(?:(?!{_CJK})\S)?")
#: Letters that are wider than others, in their widths.
_WIDE: Final = dict.fromkeys("MWmw@%—…", 1.6)
#: So many of the longest words are measured.
_WIDEST: Final = 4
#: Words of this length, such as addresses, may be wider than the line.
LONG: Final = 25
#: Marks, lines and small kana between which no line ends.
_STUCK: Final = (
    r"\u2010-\u2027※\u2190-\u26ff、。々〜・ー！？，．：；～"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
#: Such words: of ASCII; of what is between no line's end; and, past the length at which the
#: rules of a language break them, of letters in other alphabets.
_LONG_WORD: Final = re.compile(
    rf"[!-~]{{{LONG},}}|[{_STUCK}]{{{LONG},}}"
    r"|[!-~\u00c0-\u02ff\u0370-\u052f\u1e00-\u1fff]{40,}"
)
#: Some of those, with the letter that they go with: a short text in a cell may have them, too.
_STUCK_WORD: Final = re.compile(rf"\S?[{_STUCK}]{{2,}}")
#: What a paragraph may lead to, and the characters that such a one has at most.
_SHOWN: Final = (nodes.bullet_list, nodes.enumerated_list, nodes.literal_block, nodes.table)
_LEADING: Final = 120
#: With one of these in it a list is not short.
_TALL: Final = (nodes.image, nodes.literal_block, nodes.math_block, nodes.table)
#: What a cell has at its sides, and what “(page 12)” takes, in letters.
_PADDING: Final = 2
_PAGE: Final = 10
#: A table of so few rows, and so few characters, stays on one page; so does a cell.
SHORT_TABLE: Final = 8
SHORT_CELL: Final = 600
#: So many lines, each a paragraph of its own, do not fill a page of any size.
_FEW_LINES: Final = 24


def says_its_page(node: nodes.Element) -> bool:
    """Whether a reference in the document is one that a reader of paper turns pages for.

    Not one in what has no room for it, such as a heading; nor a word of the glossary, of which
    a text may be full (so in Sphinx's LaTeX, too); nor a picture.
    """
    inner = next(iter(node.children), None)
    if isinstance(inner, nodes.Element) and "std-term" in inner["classes"]:
        return False
    if not node.astext().strip() or not _PAGELESS.isdisjoint(node["classes"]):
        return False
    return not is_in(node.parent, NO_ROOM)


def is_in(node: nodes.Element | None, kinds: Kinds) -> bool:
    """Whether a node is one of some kinds, or within such a one; so with tables of contents."""
    while node is not None:
        if isinstance(node, kinds) or "contents" in node["classes"]:
            return True
        node = node.parent
    return False


def kept_text(node: nodes.Node) -> str:
    """What a node says that has no texts within it: what its attributes have of several words."""
    if not isinstance(node, nodes.Element):
        return ""
    values = (value for key, value in node.attributes.items() if key not in node.basic_attributes)
    texts = [value for value in values if isinstance(value, str) and len(value.split()) > 1]
    return (node.astext() or "\n".join(texts) or node.rawsource).strip()


def in_cell(node: nodes.Element) -> bool:
    """Whether a node is within a cell of a table, or of a grid."""
    outer = node.parent
    while outer is not None:
        if isinstance(outer, nodes.entry) or outer.get("design_component") == "grid-row":
            return True
        outer = outer.parent
    return False


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a text, and which of them are words so long that they may not fit a line."""
    place = 0
    for match in _LONG_WORD.finditer(text):
        if match.start() > place:
            yield text[place : match.start()], False
        yield match[0], True
        place = match.end()
    if place < len(text):
        yield text[place:], False


def beside(node: nodes.Node) -> tuple[str, str]:
    """The characters before and after what is in a line, of which either may be nothing."""
    siblings = node.parent.children
    place = next(place for place, one in enumerate(siblings) if one is node)
    before = siblings[place - 1].astext()[-1:] if place else ""
    return before, "".join(one.astext() for one in siblings[place + 1 : place + 2])[:1]


def file_of(node: nodes.Node | None) -> str:
    """The file that a node is from, in a document made of several."""
    while node is not None:
        if isinstance(node, nodes.Element) and "docname" in node:
            return str(node["docname"])
        node = node.parent
    return ""


def placed(node: nodes.Node) -> nodes.Node:
    """A node, or the nearest before or around it of which it is known where it stands."""
    while node.line is None and node.parent is not None:
        siblings = node.parent.children
        place = next(place for place, one in enumerate(siblings) if one is node)
        node = siblings[place - 1] if place else node.parent
    return node


def on_lines(parts: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """Each term of several (the words of a glossary that mean the same) on a line of its own."""
    for number, part in enumerate(parts):
        if number and isinstance(part, nodes.term):
            yield nodes.raw("", "#linebreak()", format="typst")
        yield part


def is_tight(node: nodes.Element) -> bool:
    """Whether no item of a list has several paragraphs."""
    return all(
        sum(isinstance(child, nodes.paragraph) for child in item.children) <= 1
        for item in node.children
    )


def is_short_list(node: nodes.Element) -> bool:
    """Whether a list is one that nobody would break; those in others go with them."""
    is_inner = isinstance(node.parent, nodes.list_item | nodes.entry)
    items = sum(1 for _item in node.findall(nodes.list_item))
    return not is_inner and items <= 4 and is_short_text(node, 240)


def is_short_text(node: nodes.Element, letters: int) -> bool:
    """Whether it surely takes but a part of a page: few letters, few lines, and nothing tall."""
    inner = [one for one in node.findall(nodes.Element) if one is not node]
    lines = sum(isinstance(one, nodes.TextElement) for one in inner)
    lines -= sum(isinstance(one, nodes.Inline) for one in inner)
    has_tall = any(isinstance(one, _TALL) for one in inner)
    return not has_tall and lines <= _FEW_LINES and len(node.astext()) <= letters


def is_short_cell(entry: nodes.entry, letters: Sequence[int]) -> bool:
    """Whether a cell surely takes but a part of a page.

    :param letters: how many letters a line of each of its columns has, 0 for as many as it needs
    """
    width = sum(letters) - _PADDING if all(letters) else SHORT_CELL
    is_low = len(entry.astext()) <= _FEW_LINES / 2 * max(1, width)
    return is_low and is_short_text(entry, SHORT_CELL) and not entry.get("morerows")


def is_close(node: nodes.Element) -> bool:
    """Whether a paragraph is followed by a list that it is to be told to stand close to."""
    after = node.next_node(siblings=True, descend=False)
    return (
        isinstance(after, nodes.bullet_list | nodes.enumerated_list)
        and (is_short_list(after) or leads_on(node))
        and is_tight(after)
    )


def leads_on(node: nodes.Element) -> bool:
    """Whether a paragraph is but a line or two that say what stands below it."""
    after = node.next_node(siblings=True, descend=False)
    while isinstance(after, nodes.target | nodes.container | nodes.compound):
        if isinstance(after, nodes.container) and "literal_block" in after:
            break
        is_place = isinstance(after, nodes.target)
        after = after.next_node(siblings=is_place, descend=not is_place)
    is_shown = isinstance(after, (*_SHOWN, nodes.container))
    return is_shown and len(node.astext()) <= _LEADING


def in_columns(rows: Iterable[nodes.Node]) -> Iterator[list[tuple[nodes.entry, int]]]:
    """The cells of each row, with the columns where they begin."""
    # By columns, in how many more rows a cell from above goes on.
    taken: dict[int, int] = {}
    for row in rows:
        cells = []
        column = 0
        below: dict[int, int] = {}
        for entry in (child for child in row.children if isinstance(child, nodes.entry)):
            while taken.get(column):
                column += 1
            cells.append((entry, column))
            for _column in range(entry.get("morecols", 0) + 1):
                below[column] = entry.get("morerows", 0)
                column += 1
        taken = below | {at: count - 1 for at, count in taken.items() if count}
        yield cells


def place_of(node: nodes.Element) -> dict[str, str]:
    """How wide a picture, a figure or a table is to be, and at which side."""
    found = {}
    if width := length(node.get("width", "")):
        found["width"] = width
    if node.get("align") in ("left", "center", "right"):
        found["alignment"] = node["align"]
    return found


def size_of(picture: nodes.Element) -> dict[str, str]:
    found = place_of(picture)
    if height := length(picture.get("height", "")):
        found["height"] = height
    if scale := picture.get("scale"):
        found["scale"] = f"{scale}%"
    return found


def length(text: str) -> str:
    """A length of CSS or docutils, as Typst has it; nothing where it has none, and of none."""
    if not (match := _LENGTH.fullmatch(text)):
        return ""
    number, unit = float(match[1]), match[2]
    if unit in _UNITS:
        factor, unit = _UNITS[unit]
        number *= factor
    return f"{number:g}{unit}" if number and unit in ("pt", "mm", "cm", "in", "em", "%") else ""


def column_shares(rows: Sequence[nodes.Node], line: int) -> list[int]:
    """How wide the columns of a table are that says nothing of it; 0 for as wide as its cells.

    Where all of it is wider than the line (of so many letters), short columns stay as they are,
    and the others share the rest; who has much to say has more of it, but not all.
    """
    widths = _column_widths(rows)
    if sum(widths) <= line:
        return [0] * len(widths)
    rest, long = line, set(range(len(widths)))
    while short := {column for column in long if widths[column] <= rest / len(long)}:
        rest -= sum(widths[column] for column in short)
        long -= short
    # Half of the rest to all alike, and half by what they hold, up to a line of it.
    weights = {column: min(widths[column], line) for column in long}
    total = sum(weights.values())
    return [
        max(1, round(rest / 2 / len(long) + rest / 2 * weights[column] / total))
        if column in long
        else 0
        for column in range(len(widths))
    ]


def _column_widths(rows: Sequence[nodes.Node]) -> list[int]:
    """Of the widest cell in each column, in letters; cells over several columns are left out."""
    widths: dict[int, int] = {}
    for entry, column in (cell for row in in_columns(rows) for cell in row):
        across = entry.get("morecols", 0) + 1
        for place in range(column, column + across):
            widths.setdefault(place, _PADDING)
        if across == 1:
            lines = (line for one in entry.children for line in _line_widths(one))
            widths[column] = max(widths[column], _PADDING + max(lines, default=0))
    return [widths[column] for column in sorted(widths)]


def _line_widths(node: nodes.Node) -> Iterator[int]:
    pages = 0
    if isinstance(node, nodes.paragraph):
        references = (
            one for one in node.findall(nodes.reference) if "://" not in one.get("refuri", "")
        )
        pages = sum(_PAGE for one in references if says_its_page(one))
    for line in node.astext().split("\n"):
        yield ceil(_letters(line)) + pages


def is_plain(table: nodes.Element) -> bool:
    """Whether all cells of a table hold nothing but paragraphs."""
    cells = table.findall(nodes.entry)
    return all(isinstance(one, nodes.paragraph) for cell in cells for one in cell.children)


def longest_words(rows: Sequence[nodes.Node]) -> dict[int, list[str]]:
    """The words of each column that may be the widest; cells over several columns are left out."""
    found: dict[int, set[str]] = {}
    for entry, column in (cell for row in in_columns(rows) for cell in row):
        if not entry.get("morecols"):
            words = _WORD.findall(entry.astext()) + _STUCK_WORD.findall(entry.astext())
            # The template keeps short words of code whole.
            words += [
                word[:14] for one in entry.findall(nodes.literal) for word in one.astext().split()
            ]
            found.setdefault(column, set()).update(word[:LONG] for word in words)
    return {
        column: sorted(words, key=lambda word: (-_letters(word), word))[:_WIDEST]
        for column, words in found.items()
    }


def _letters(text: str) -> float:
    """About how wide a text is, in letters."""
    return sum(_WIDE.get(one) or columns_of(one) + 0.25 * one.isupper() for one in text)
