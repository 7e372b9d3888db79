"""Read plain text, such as what was copied from a page, and Markdown."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from .days import LONGEST_DAY, begins_with_date, says_only_day
from .front_matter import front_matter
from .html import read_html
from .lines import Cell, Document, Line, Link
from .markdown import escaped, read_inline
from .times import only_times

#: What only Markdown has: headings, rules of tables, fences.
_MARKDOWN: Final = re.compile(
    r"^#{1,6}\s+\S|^\s*\|?\s*:?-{3,}:?\s*\||^\s*(```|~~~)|^\s*[-*+] \[[^\]\n]+\]\(https?:|\*\*\S",
    re.MULTILINE,
)
_HEADING: Final = re.compile(r"(#{1,6})\s+(\S.*)")
_LONGEST_HEADING: Final = 80
_FEWEST_ROWS: Final = 2
#: Between the lines of one cell.
_IN_CELL: Final = "\v"
#: Signs that stand before headings in plain text, and those around them.
_MARKED_HEADING: Final = re.compile(
    r"[■□◆◇●▼▽★☆◎]+\s*(?P<marked>\S.*)|(?P<sign>[=＝*#-]{2,})\s*(?P<within>\S.*\S)\s*(?P=sign)"
    r"|【(?P<brackets>[^【】]+)】|＜(?P<angles>[^＜＞]+)＞"
)
_UNDERLINE: Final = re.compile(r"([=＝―—─━~-])\1{2,}")
_ITEM: Final = re.compile(r"(?P<indent>\s*)(?P<bullet>[-*+・•‣◦○◯]|\d{1,2}[.)])\s+(?P<text>\S.*)")
#: Bullets that need no blank behind them.
_JAPANESE_ITEM: Final = re.compile(r"(?P<indent>\s*)(?P<bullet>[・•])(?P<text>\S.*)")
_FENCE: Final = re.compile(r"\s*(`{3,}|~{3,})")
#: An element that holds others; its content is HTML, too.
_HTML: Final = re.compile(
    r"\s{0,3}<(table|div|section|article|main|ul|ol|dl|p|h[1-6]|header|details|figure|center)\b",
    re.IGNORECASE,
)
#: Classes of what stands above, as some dialects of Markdown have them.
_ATTRIBUTES: Final = re.compile(r"\{:[^{}]*\}")
_TABLE_RULE: Final = re.compile(r"\|?(\s*:?-+:?\s*\|)+(\s*:?-+:?\s*)?")
_BETWEEN_CELLS: Final = re.compile(r"(?<!\\)\|")
_LINK: Final = re.compile(
    r"\[(?P<text>[^\[\]]+)\]\((?P<url>#|[a-z]+:[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)"
)
_ADDRESS: Final = re.compile(r"<?(https?://[^\s<>\"'）」、。]+)>?")


def read_text(text: str, *, is_markdown: bool | None = None) -> Document:
    """Read plain text or Markdown.

    :param text: The text.
    :param is_markdown: Which of both it is; without it that is found out.
    :returns: Its lines.
    """
    if is_markdown is None:
        is_markdown = bool(_MARKDOWN.search(text))
    lines = text.splitlines()
    lines, front = front_matter(lines)
    if not is_markdown:
        lines = _joined_rows(lines)
    found = tuple(_markdown_lines(lines) if is_markdown else _plain_lines(lines))
    found = found if is_markdown else tuple(_without_gaps(found))
    return Document(found, is_markdown=is_markdown, front=front)


def _joined_rows(lines: list[str]) -> list[str]:
    """Join the lines of each row of a table that a browser copied: its cells have several lines.

    A row begins with a time. Lines behind it belong to the cell that the tab before them began.
    """
    begins = [number for number, line in enumerate(lines) if only_times(line.split("\t")[0])]
    with_tabs = [number for number in begins if "\t" in lines[number]]
    # Where most rows have cells beside their times, times alone are none of them.
    begins = with_tabs if len(with_tabs) > len(begins) / 2 else begins
    tabbed = [number for number, line in enumerate(lines) if "\t" in line.strip(" ")]
    if len(begins) < _FEWEST_ROWS or len(tabbed) <= _FEWEST_ROWS:
        return lines
    joined = lines[: begins[0]]
    headers = {line.strip() for line in joined if "\t" in line.strip()}
    for start, end in zip(begins, [*begins[1:], len(lines)], strict=True):
        row = lines[start:end]
        cut = _end_of_row(row, headers, is_last=end == len(lines))
        told = [line.strip(" ") for line in row[:cut] if line.strip(" ")]
        first = told[0] if "\t" in told[0] else f"{told[0]}\t"
        cells = _IN_CELL.join([first, *told[1:]]).replace(f"\t{_IN_CELL}", "\t")
        joined += [cells.replace(f"{_IN_CELL}\t", "\t"), *row[cut:]]
    return joined


def _end_of_row(row: Sequence[str], headers: Collection[str], *, is_last: bool) -> int:
    """Return how many lines are of a row, behind which a day or another table may begin."""
    other = next((n for n, line in enumerate(row) if n and _begins_anew(line, headers)), len(row))
    if other == len(row) and not is_last:
        return other
    # Behind the last row, a blank line ends the table.
    return next((n for n, line in enumerate(row[:other]) if not line.strip()), other)


def _begins_anew(line: str, headers: Collection[str]) -> bool:
    """Return whether a line names a day, or the columns once more."""
    text = line.strip()
    is_day = len(text) <= LONGEST_DAY and (says_only_day(text) or begins_with_date(text))
    return is_day or text in headers


def _without_gaps(lines: Sequence[Line]) -> Iterator[Line]:
    """Leave out blank lines between items: in Markdown, they would move all of a list apart."""
    told = [line.kind for line in lines if line.kind != "blank"]
    number = 0
    for line in lines:
        if line.kind != "blank":
            number += 1
        elif told[number - 1 : number + 1] == ["item", "item"] and number:
            continue
        yield line


def _plain_lines(lines: Sequence[str]) -> Iterator[Line]:
    indents: list[int] = []
    for number, line in enumerate(lines):
        content = line.strip()
        before, after = (
            lines[at].strip() if 0 <= at < len(lines) else "" for at in (number - 1, number + 1)
        )
        item = _ITEM.fullmatch(line) or _JAPANESE_ITEM.fullmatch(line)
        if not item and content:
            indents.clear()
        if not content or _UNDERLINE.fullmatch(content):
            # A rule below a text has made that a heading; any other only parts what is around it.
            if not (content and _is_underlined(before, content)):
                yield Line("", "blank")
        elif item:
            level = _level(item["indent"], indents)
            found = plain_line(item["text"])
            markdown = f"{'  ' * level}- {found.markdown}"
            yield replace(found, kind="item", level=level, markdown=markdown)
        elif "\t" in content:
            cells = (cell.split(_IN_CELL) for cell in line.strip("\n").split("\t"))
            yield Line(
                "",
                "row",
                cells=tuple(Cell(tuple(plain_line(one.strip()) for one in cell)) for cell in cells),
            )
        elif marked := _MARKED_HEADING.fullmatch(content):
            names = ("marked", "within", "brackets", "angles")
            text = next(filter(None, map(marked.__getitem__, names)))
            yield replace(plain_line(text), kind="heading", level=2)
        elif _is_underlined(content, after):
            yield replace(plain_line(content), kind="heading", level=2)
        else:
            yield plain_line(content)


def _level(indent: str, indents: list[int]) -> int:
    """Return how deep an item is; ``indents`` are those of the items around it."""
    width = len(indent.replace("\t", "    ").replace("\u3000", "  "))
    while indents and indents[-1] > width:
        indents.pop()
    if not indents or indents[-1] < width:
        indents.append(width)
    return len(indents) - 1


def _is_underlined(line: str, rule: str) -> bool:
    return (
        bool(line)
        and len(line) <= _LONGEST_HEADING
        and bool(_UNDERLINE.fullmatch(rule))
        and not _UNDERLINE.fullmatch(line)
        and "|" not in line
        and not _ITEM.fullmatch(line)
    )


def plain_line(text: str) -> Line:
    """Read a line of plain text, in which links may stand as Markdown has them."""
    links = [Link(link["text"], link["url"]) for link in _LINK.finditer(text)]
    without = _LINK.sub(lambda link: link["text"], text)
    links += [Link(address[1], address[1]) for address in _ADDRESS.finditer(without)]
    markdown = escaped(without)
    return Line(_ADDRESS.sub(r"\1", without), links=tuple(links), markdown=markdown)


def _markdown_lines(lines: Sequence[str]) -> Iterator[Line]:
    fence = ""
    indents: list[int] = []
    end_of_html = 0
    for number, line in enumerate(lines):
        if number < end_of_html:
            continue
        if not fence and _HTML.match(line) and (end := _end_of_html(lines, number)):
            yield from read_html("\n".join(lines[number:end])).lines
            end_of_html = end
            continue
        content = line.strip()
        before, after = (
            lines[at].strip() if 0 <= at < len(lines) else "" for at in (number - 1, number + 1)
        )
        item = _ITEM.fullmatch(line)
        if not item and content:
            indents.clear()
        found = _FENCE.match(line)
        if fence or found:
            yield Line(line, "code", markdown=line)
            if not fence:
                fence = found[1] if found else ""
            elif found and found[1].startswith(fence) and not content.strip("`~"):
                fence = ""
        elif not content or _TABLE_RULE.fullmatch(content) or _ATTRIBUTES.fullmatch(content):
            if not content:
                yield Line("", "blank")
        elif heading := _HEADING.fullmatch(content):
            text = _without_closing(heading[2])
            yield replace(read_inline(text), kind="heading", level=len(heading[1]), markdown=text)
        elif _is_underlined(content, after):
            level = 1 if after.startswith("=") else 2
            yield replace(read_inline(content), kind="heading", level=level, markdown=content)
        elif _UNDERLINE.fullmatch(content):
            if not _is_underlined(before, content):
                yield Line("", "blank", markdown=content)
        elif "|" in content.strip("|") and (content.startswith("|") or _is_in_table(lines, number)):
            cells = _BETWEEN_CELLS.split(content.strip().removeprefix("|").removesuffix("|"))
            yield Line("", "row", cells=tuple(map(_markdown_cell, cells)), markdown=line)
        elif item:
            level = _level(item["indent"], indents)
            yield replace(read_inline(item["text"]), kind="item", level=level, markdown=line)
        else:
            yield replace(read_inline(content), markdown=line)


def _without_closing(heading: str) -> str:
    """Return the text of a heading without the signs that may close it, as in “# Title #”."""
    text = heading.rstrip("#")
    return text.rstrip() if text != heading and (not text or text[-1].isspace()) else heading


def _end_of_html(lines: Sequence[str], start: int) -> int:
    """Return the line behind an element that is open over several lines, or 0 if it is not."""
    found = _HTML.match(lines[start])
    tag = found[1] if found else ""
    depth = 0
    for number in range(start, len(lines)):
        depth += len(re.findall(rf"<{tag}[\s>]", lines[number], re.IGNORECASE))
        depth -= len(re.findall(rf"</{tag}\s*>", lines[number], re.IGNORECASE))
        if depth <= 0:
            return number + 1
    return 0


def _is_in_table(lines: Sequence[str], number: int) -> bool:
    """Return whether a line that begins with no bar is one of a table: a rule is close above it."""
    start = number
    while start > 0 and "|" in lines[start - 1]:
        start -= 1
    return start + 1 < len(lines) and bool(_TABLE_RULE.fullmatch(lines[start + 1].strip()))


def _markdown_cell(markdown: str) -> Cell:
    found = read_inline(re.sub(r"\s*<br\s*/?>\s*", "<br>", markdown.strip().replace("\\|", "|")))
    return Cell(tuple(found.with_text(text.strip()) for text in found.text.split("\n")))
