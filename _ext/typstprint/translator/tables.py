"""Tables."""

from collections.abc import Sequence
from typing import Final

from docutils import nodes

from ..markup import array, boolean, call, strings
from ..tree_queries import is_in_cell
from .columns import (
    SHORT_CELL,
    Cell,
    column_shares,
    in_columns,
    is_plain,
    is_short_cell,
    longest_words,
)
from .figures import place_of
from .layout import is_short_text
from .links import Links

#: A table of so few rows stays on one page.
_SHORT_TABLE: Final = 8
#: What is a link in a PDF, or may have one in it.
_LINKING: Final = (nodes.reference, nodes.footnote_reference, nodes.image, nodes.raw)


class Tables(Links):
    """The visitor of tables, which writes their rows and cells."""

    def visit_table(self, node: nodes.Element) -> None:
        (group,) = [child for child in node.children if isinstance(child, nodes.tgroup)]
        # Its own parts alone: a cell may have a table.
        specs, all_heads, bodies = (
            [child for child in group.children if isinstance(child, kind)]
            for kind in (nodes.colspec, nodes.thead, nodes.tbody)
        )
        heads = [row for head in all_heads for row in head.children]
        body = [row for part in bodies for row in part.children]
        named = place_of(node)
        width = named["width"]
        portion = float(width[:-1]) / 100 if width.endswith("%") else 1
        line = int(portion * self.printout.options.line_length)
        # Columns of a table that is to have a width share that.
        is_auto = "colwidths-given" not in node["classes"] and not width
        widths = [spec["colwidth"] for spec in specs]
        shares = column_shares([*heads, *body], line) if is_auto else widths
        if is_auto and any(shares):
            named["shared"] = f"{100 * sum(shares) / line:.0f}%"
        words = longest_words([*heads, *body])
        columns = array(
            array([str(share), strings(words.get(column, ()))]) if share else "auto"
            for column, share in enumerate(shares)
        )
        letters = shares if is_auto else [line * one // sum(widths) for one in widths]
        stubs = sum("stub" in spec for spec in specs)
        rows = [
            *(array(self._head_cells(row, letters)) for row in in_columns(heads)),
            *(array(self._cells(row, letters, heads=stubs)) for row in in_columns(body)),
        ]
        is_short = len(rows) <= _SHORT_TABLE and is_short_text(node, SHORT_CELL)
        self.add(
            call(
                "table-of",
                strings(node["classes"]),
                columns,
                str(len(heads)),
                array(rows),
                self.part_of(node, nodes.title),
                self._number("table", node),
                whole=boolean(is_short),
                # Where there are but paragraphs, their words say whether these have to be fitted.
                fit="auto" if is_plain(node) and not is_in_cell(node) else "true",
                **named,
            )
        )
        self.show_codes(node)
        raise nodes.SkipNode

    def _head_cells(self, row: Sequence[Cell], letters: Sequence[int]) -> list[str]:
        outer, self._in_head = self._in_head, True
        cells = self._cells(row, letters, heads=len(letters))
        self._in_head = outer
        return cells

    def _cells(self, row: Sequence[Cell], letters: Sequence[int], *, heads: int) -> list[str]:
        """Return the cells of a row.

        :param letters: How many letters a line of each column has.
        :param heads: The cells in so many first columns head the others.
        """
        # One cell that is not broken keeps its row from it, however long the others are.
        is_whole = all(
            is_short_cell(entry, letters[column : column + entry.get("morecols", 0) + 1])
            for entry, column in row
        )
        return [self._cell(entry, is_whole=is_whole, heads=column < heads) for entry, column in row]

    def _cell(self, entry: nodes.entry, *, is_whole: bool, heads: bool) -> str:
        sides = (side for side in ("right", "center", "left") if f"text-{side}" in entry["classes"])
        content = self.rendered(entry.children)
        if self._in_head and any(isinstance(one, _LINKING) for one in entry.findall()):
            content = f"head-with-links({self.own_key()}, {content})"
        shown = f"head-cell({content})" if heads else content
        return call(
            "table.cell",
            shown,
            rowspan=str(entry["morerows"] + 1) if entry.get("morerows") else "",
            colspan=str(entry["morecols"] + 1) if entry.get("morecols") else "",
            align=next(sides, ""),
            breakable="false" if is_whole else "",
        ).strip()
