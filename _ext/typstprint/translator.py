"""The document tree → Typst source.

Each element becomes a call of the template's, or of Typst's own; what it looks
like is the template's to say, so that a site's own can say otherwise.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final, NoReturn

from docutils import nodes
from segno import DataOverflowError
from sphinx import addnodes
from sphinx.locale import admonitionlabels
from sphinx.util import logging

from .codes import qr_code
from .footnotes import Footnotes
from .highlight import Highlighter
from .icons import Icons
from .markup import CLOSE, OPEN, arguments, array, boolean, call, string
from .mathematics import evaluated
from .messages import __
from .parts import beginning, end
from .settings import Settings
from .shapes import (
    CJK_LETTER,
    NO_ROOM,
    SHORT_CELL,
    SHORT_TABLE,
    beside,
    column_shares,
    file_of,
    in_cell,
    in_columns,
    is_close,
    is_in,
    is_plain,
    is_short_cell,
    is_short_list,
    is_short_text,
    is_tight,
    kept_text,
    leads_on,
    longest_words,
    on_lines,
    pieces,
    place_of,
    placed,
    says_its_page,
    size_of,
)
from .signatures import Signatures

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from .documents import Printout, ValueOf

logger = logging.getLogger(__name__)

Visitor = Callable[["TypstTranslator", nodes.Element], None]

#: Elements that are one call around their content; nothing: the content alone.
_AROUND: Final = {
    "PassthroughTextElement": "",
    "acks": "",
    "acronym": "",
    "attribution": "attribution",
    "autosummary_table": "",
    "autosummary_toc": "",
    "block_quote": "quotation",
    "centered": "centered",
    "classifier": "classifier",
    "compound": "",
    "definition": "",
    "desc": "described",
    "desc_addname": "",
    "desc_annotation": "aside",
    "desc_content": "indented",
    "desc_inline": "",
    "desc_name": "strong",
    "desc_parameter": "parameter",
    "desc_returns": "returns",
    "desc_signature_line": "signature-line",
    "desc_type": "",
    "desc_type_parameter": "parameter",
    "description": "",
    "document": "",
    "emphasis": "emph",
    "field_body": "",
    "field_name": "",
    "generated": "",
    "glossary": "",
    "legend": "",
    "line_block": "line-block",
    "literal_emphasis": "aside",
    "literal_strong": "strong",
    "manpage": "emph",
    "option_group": "option-names",
    "option_string": "",
    "production": "line-of",
    "productionlist": "preformatted",
    "strong": "strong",
    "struck": "strike",
    "subscript": "sub",
    "subtitle": "rubric",
    "superscript": "super",
    "term": "",
    "title_reference": "emph",
    "versionmodified": "",
}
#: What prints nothing.
_UNSEEN: Final = (
    "fontawesome",
    "highlightlang",
    "index",
    "meta",
    "pending",
    "substitution_definition",
    "system_message",
    "tabular_col_spec",
    "toctree",
)
#: What is printed with its title.
_TITLED: Final = (nodes.Admonition, nodes.sidebar, nodes.table, nodes.topic)
#: What is a part of the source: if there can be no PDF of it, it costs no more than that.
_PARTS: Final = (nodes.Body, nodes.title)
#: What is a link in a PDF, or may have one in it.
_LINKING: Final = (nodes.reference, nodes.footnote_reference, nodes.image, nodes.raw)
#: Of links, in bytes (so Typst has it).
_LONGEST_ADDRESS: Final = 8000


class TypstTranslator(Footnotes, Signatures, Icons):
    def __init__(self, document: nodes.document, builder: Builder, printout: Printout) -> None:
        super().__init__(document, builder)
        self.printout = printout
        self._highlighter = Highlighter("html", self.config.pygments_style or "sphinx")
        self._show_urls = Settings.of(self.config).show_urls
        self._depth = 0
        #: Of the links within the title at hand, those that are to be shown in words.
        self._title_addresses: list[str] = []
        self._explained: set[tuple[str, str]] = set()
        #: Of links that have a code (once each on a page), and those that are to be shown.
        self._coded = {
            f"{file_of(link) or self._docnames[0]} {link['refuri']}"
            for link in document.findall(nodes.reference)
            if "qr" in link["classes"] and "refuri" in link
        }
        self._codes: list[str] = []
        #: Of the parts of the source, by the identity of their nodes.
        self._numbers: dict[int, int] = {}
        for kind, value_of in printout.values.items():
            setattr(self, f"visit_{kind.__name__}", partial(self._styled, kind, value_of))
        self.add(call("anchor", string(self.key(""))))

    # All nodes

    def _styled(
        self, kind: type[nodes.Element], value_of: ValueOf, node: nodes.Element
    ) -> NoReturn:
        """Call the function that an extension's style has for its class of nodes."""
        self.anchor(node)
        self.settle(node)
        function = f"all-looks.nodes.at({string(kind.__name__)})"
        self.add(call(function, self.expression(value_of(node))))
        raise nodes.SkipNode

    def dispatch_visit(self, node: nodes.Node) -> None:
        if isinstance(node, _PARTS):
            self._numbers[id(node)] = number = len(self.printout.parts)
            self.printout.parts.append(node)
            self.add(beginning(number, self._source_of(node), node.line))
        try:
            super().dispatch_visit(node)
        except nodes.SkipNode:
            if f"visit_{type(node).__name__}" in vars(self):
                # An extension's own visitor, which has written what there is.
                self.settle(node)
            self._end(node)
            raise

    def dispatch_departure(self, node: nodes.Node) -> None:
        super().dispatch_departure(node)
        self._end(node)

    def _source_of(self, node: nodes.Node) -> str:
        """The page that a node is from, or the path of another file, from the folder of pages."""
        docname = self._docnames[-1]
        if not node.source or node.source == str(self.builder.env.doc2path(docname)):
            return docname
        return str(node.source).removeprefix(f"{self.builder.srcdir}{os.sep}")

    def _end(self, node: nodes.Node) -> None:
        if isinstance(node, _PARTS):
            self.add(end(self._numbers[id(node)]))

    def unknown_visit(self, node: nodes.Node) -> None:
        name = type(node).__name__
        kept = "" if any(node.findall(nodes.Text)) else kept_text(node)
        if kept and isinstance(node.parent, nodes.TextElement):
            self.add(call("raw", string(kept)))
        elif kept:
            self.add(self.rendered([nodes.literal_block(kept, kept, language="none")]) + "\n")
        is_printed = bool(kept or node.children)
        message = (
            __("unknown node type: %r; its content is printed")
            if is_printed
            else __("unknown node type: %r; nothing of it is printed")
        )
        logger.warning(
            message,
            name,
            location=placed(node),
            type="typstprint",
            subtype="unknown_node",
            once=is_printed,
        )

    def unknown_departure(self, node: nodes.Node) -> None:
        """Its children have been written."""

    # Text

    def visit_Text(self, node: nodes.Text) -> None:
        self.settled.add(id(node))
        for piece, is_long in pieces(node.astext()):
            literal = string(piece)
            self.add(call("breakable", literal) if is_long else literal + "\n")

    def depart_Text(self, node: nodes.Text) -> None:
        """Text has no end of its own."""

    def visit_literal(self, node: nodes.Element) -> None:
        self._apart(node, call("raw", string(self.text_of(node))))
        raise nodes.SkipNode

    def _apart(self, node: nodes.Element, made: str) -> None:
        """Code and formulas, as far from Japanese as Latin letters in a text are."""
        outer: nodes.Node = node
        while isinstance(outer.parent, nodes.reference | nodes.inline) and len(outer.parent) == 1:
            outer = outer.parent
        before, after = (CJK_LETTER.fullmatch(one) for one in beside(outer))
        gap = call("cjk-gap")
        self.add(f"{gap if before else ''}{made}{gap if after else ''}")

    visit_kbd = visit_literal

    def visit_option_argument(self, node: nodes.Element) -> None:
        self.add(string(self.text_of(node)) + "\n")
        raise nodes.SkipNode

    def visit_abbreviation(self, node: nodes.Element) -> None:
        self.anchor(node)

    def depart_abbreviation(self, node: nodes.Element) -> None:
        """What it means is said once: not in titles, which are said in several places, nor in
        what is code."""
        said = (node.astext(), node.get("explanation", ""))
        has_room = self._title is None and not is_in(node, (addnodes.desc_signature,))
        if said[1] and has_room and said not in self._explained:
            self._explained.add(said)
            self.add(string(f" ({said[1]})") + "\n")

    def visit_inline(self, node: nodes.Element) -> None:
        self.anchor(node)
        self.add(f"span({_words(node['classes'])}, {OPEN}")

    def depart_inline(self, node: nodes.Element) -> None:
        self.add(f"{CLOSE})\n")

    def visit_line_break(self, node: nodes.Element) -> None:
        self.add(call("linebreak"))
        raise nodes.SkipNode

    def visit_comment(self, node: nodes.Element) -> None:
        if type(node) is nodes.comment:
            _skip(self, node)
        # Extensions have comments of their own kinds, so that others do not see them.
        self.unknown_visit(node)

    def depart_comment(self, node: nodes.Element) -> None:
        """See above."""

    def visit_problematic(self, node: nodes.Element) -> None:
        """What it says, without what is wrong with it: that has been told of."""

    def depart_problematic(self, node: nodes.Element) -> None:
        """See above."""

    # Sections

    def visit_start_of_file(self, node: nodes.Element) -> None:
        self._docnames.append(node["docname"])
        self.add(call("anchor", string(self.key(""))))

    def depart_start_of_file(self, node: nodes.Element) -> None:
        self._docnames.pop()

    def visit_section(self, node: nodes.Element) -> None:
        # What is below the document's own section is of the first level.
        self._depth += not node.get("is_own")

    def depart_section(self, node: nodes.Element) -> None:
        self._show_codes(node)
        self._depth -= not node.get("is_own")

    def visit_title(self, node: nodes.Element) -> None:
        if isinstance(node.parent, _TITLED):
            raise nodes.SkipNode  # Who has it has taken it.
        if not isinstance(node.parent, nodes.section):
            self.visit_rubric(node)
            return
        ids: list[str] = node.parent["ids"]
        label = ""
        is_own = node.parent.get("is_own")
        if not is_own and ids and (key := self.key(ids[0])) not in self._labelled:
            self._labelled.add(key)
            label = f"#label({string(key)})"
        # What a title says is said again in the contents, and at the head of pages: what there
        # may be but one of, is not in it.
        self._title = []
        content = self.rendered(node.children)
        within, self._title = self._title, None
        if not is_own:
            self.add(f"[#heading(level: {self._depth}, {content}){label}]\n")
        self._anchors([*ids, *within])
        self.title_notes(node)
        for address in self._title_addresses:
            self.add(call("title-note", f"link({string(address)}, breakable({string(address)}))"))
        self._title_addresses.clear()
        self._show_codes(node.parent)
        raise nodes.SkipNode

    def depart_title(self, node: nodes.Element) -> None:
        self.depart_rubric(node)

    def visit_rubric(self, node: nodes.Element) -> None:
        self.anchor(node)
        self.add(f"rubric({OPEN}")

    def depart_rubric(self, node: nodes.Element) -> None:
        self.add(f"{CLOSE})\n")

    # Paragraphs and lists

    def visit_option(self, node: nodes.Element) -> None:
        self.add("" if node is node.parent[0] else string(", ") + "\n")

    def depart_option(self, node: nodes.Element) -> None:
        """Its strings have been written."""

    def visit_paragraph(self, node: nodes.Element) -> None:
        self.anchor(node)
        has_long = any(is_long for _piece, is_long in pieces(node.astext()))
        ragged = "ragged: true, " if has_long else ""
        close = "close: true, " if is_close(node) else ""
        leads = "leads: true, " if leads_on(node) else ""
        # In a list, a note …, where there is less room than in the cell that this is in.
        is_inner = not isinstance(node.parent, nodes.entry | nodes.container) and in_cell(node)
        fit = "fit: true, " if is_inner else ""
        self.add(f"paragraph({_words(node['classes'])}, {ragged}{close}{leads}{fit}{OPEN}")

    def depart_paragraph(self, node: nodes.Element) -> None:
        self.add(f"{CLOSE})\n")
        self._show_codes(node)

    visit_compact_paragraph = visit_paragraph
    depart_compact_paragraph = depart_paragraph

    def visit_line(self, node: nodes.Element) -> None:
        self.add(f"line-of({OPEN}")

    def depart_line(self, node: nodes.Element) -> None:
        self.add(f"{CLOSE})\n")

    def _list(self, node: nodes.Element, function: str, **named: str) -> None:
        items = [*map(self.content, node.children)]
        classes = _words(node["classes"])
        named |= {"tight": boolean(is_tight(node)), "whole": boolean(is_short_list(node))}
        self.add(call(function, classes, array(items), **named))
        raise nodes.SkipNode

    def visit_hlist(self, node: nodes.Element) -> None:
        columns = array(self.rendered(column.children) for column in node.children)
        self.add(call("side-by-side", columns))
        raise nodes.SkipNode

    def visit_bullet_list(self, node: nodes.Element) -> None:
        self.anchor(node)
        self._list(node, "bullets")

    def visit_enumerated_list(self, node: nodes.Element) -> None:
        self.anchor(node)
        kind = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}
        pattern = node.get("prefix", "") + kind.get(node.get("enumtype", ""), "1")
        numbering = string(pattern + node.get("suffix", "."))
        self._list(node, "numbers", start=str(node.get("start", 1)), numbering=numbering)

    def _pairs(self, node: nodes.Element, function: str, *kinds: type[nodes.Element]) -> None:
        """Items of parts of some kinds, and of others that are said of these."""
        self.anchor(node)
        pairs = [
            array(
                self.rendered(
                    on_lines(one for one in item.children if isinstance(one, kinds) is is_name)
                )
                for is_name in (True, False)
            )
            for item in node.children
            if isinstance(item, nodes.Element)
        ]
        self.add(call(function, _words(node["classes"]), array(pairs)))
        raise nodes.SkipNode

    def visit_definition_list(self, node: nodes.Element) -> None:
        self._pairs(node, "definitions", nodes.term, nodes.classifier)

    def visit_field_list(self, node: nodes.Element) -> None:
        self._pairs(node, "fields", nodes.field_name)

    def visit_option_list(self, node: nodes.Element) -> None:
        self._pairs(node, "definitions", nodes.option_group)

    # Blocks

    def visit_literal_block(self, node: nodes.Element) -> None:
        self.anchor(node)
        if node.rawsource != node.astext() or "language" not in node:
            # Not code but text whose line breaks count (a parsed literal).
            self.add(f"preformatted({self.rendered(node.children)})\n")
            raise nodes.SkipNode
        self.settle(node)
        options: dict[str, Any] = node.get("highlight_args", {})
        lines = self._highlighter.highlight_block(
            node.rawsource.rstrip("\n"),
            node["language"],
            force=node.get("force", False),
            location=node,
        )
        self.add(
            call(
                "code",
                lines,
                first=str(options.get("linenostart", 1)) if node.get("linenos") else "none",
                marked=array(map(str, options.get("hl_lines", ()))),
            )
        )
        raise nodes.SkipNode

    def visit_doctest_block(self, node: nodes.Element) -> None:
        lines = self._highlighter.highlight_block(self.text_of(node), "pycon", location=node)
        self.add(call("code", lines))
        raise nodes.SkipNode

    def _admonition(self, node: nodes.Element, kind: str, title: str) -> None:
        self.anchor(node)
        content = self.rendered(node.children)
        self.add(call("admonition", string(kind), title, content))
        raise nodes.SkipNode

    def visit_admonition(self, node: nodes.Element) -> None:
        kind = next((name for name in node["classes"] if name in admonitionlabels), "note")
        self._admonition(node, kind, self._title_of(node))

    def visit_todo_node(self, node: nodes.Element) -> None:
        """Sphinx's own extension shows them where a site says so."""
        if not self.config.todo_include_todos:
            _skip(self, node)
        self._admonition(node, "note", self._title_of(node))

    def visit_topic(self, node: nodes.Element) -> None:
        self.anchor(node)
        self.add(call("topic", self._title_of(node), self.rendered(node.children)))
        raise nodes.SkipNode

    visit_sidebar = visit_topic

    def _title_of(self, node: nodes.Element) -> str:
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        return self.rendered(title.children) if title else "none"

    def visit_container(self, node: nodes.Element) -> None:
        self.anchor(node)
        if node.get("literal_block"):
            caption, *rest = node.children
            shown = self.rendered(caption.children)
            number = self._number("code-block", node)
            self.add(call("captioned", shown, self.rendered(rest), number=number))
            raise nodes.SkipNode
        component = node.get("design_component", "")
        if component == "grid-row":
            self.add(call("card-row", array(map(self._grid_item, node.children))))
            raise nodes.SkipNode
        classes = _words([*([component] if component else []), *node["classes"]])
        self.add(f"container({classes}, {OPEN}")

    def _grid_item(self, node: nodes.Node) -> str:
        content = self.rendered([node])
        # A card is fitted itself.
        inner = (one.get("design_component") for one in node.findall(nodes.container))
        return content if "card" in inner else f"fitted({content})"

    def depart_container(self, node: nodes.Element) -> None:
        self._show_codes(node)
        self.add(f"{CLOSE})\n")

    def visit_transition(self, node: nodes.Element) -> None:
        # Typst has its own line above footnotes.
        if "footnotes" not in node["classes"]:
            self.add(call("transition"))
        raise nodes.SkipNode

    # Pictures and tables

    def visit_image(self, node: nodes.Element) -> None:
        self.anchor(node)
        name = self.printout.pictures.get(node["uri"])
        if name is None:
            self._instead_of_picture(node)
            raise nodes.SkipNode
        # As in HTML: without words of the author's a picture has its file's name, and an empty
        # text says that it is an ornament.
        alt = node.get("alt", PurePosixPath(node["uri"]).name)
        function = "inline-picture" if isinstance(node.parent, nodes.TextElement) else "picture"
        # Made here, not in the template: so a fault of the picture's has its place.
        path = string(f"/{self.builder.imagedir}/{name}")
        made = (
            f"image({arguments(path, alt=string(alt))})" if alt else f"pdf.artifact(image({path}))"
        )
        self.add(call(function, made, **size_of(node)))
        raise nodes.SkipNode

    def _instead_of_picture(self, node: nodes.Element) -> None:
        """What a picture shows, where it is not there, which has been told of; and where it is."""
        address, words = node["uri"], node.get("alt", "")
        said = string(words) + "\n"
        is_link = "://" in address and len(address.encode()) <= _LONGEST_ADDRESS
        if is_link and not is_in(node.parent, (nodes.reference,)):
            link = f"{OPEN}{string(words or address)}\n{CLOSE}"
            code = self._qr_code(address) if self._show_urls == "qr" else None
            named = {
                "show_url": string("inline" if words else "no"),
                **({"qr": code} if code else {}),
            }
            said = call("weblink", string(address), link, **named)
        # Beside other blocks it is one, too.
        is_inline = isinstance(node.parent, nodes.TextElement)
        self.add(said if is_inline else call("paragraph", "()", f"{OPEN}{said}{CLOSE}"))

    def visit_figure(self, node: nodes.Element) -> None:
        said = {
            kind: [child for child in node.children if isinstance(child, kind)]
            for kind in (nodes.caption, nodes.legend)
        }
        captions, legends = (
            self.rendered(part for one in ones for part in one.children) if ones else "none"
            for ones in said.values()
        )
        others = [child for child in node.children if not isinstance(child, tuple(said))]
        number = self._number("figure", node)
        self.anchor(node)
        content = self.rendered(others)
        self.add(call("figure-of", content, captions, number, legends, **place_of(node)))
        raise nodes.SkipNode

    def visit_caption(self, node: nodes.Element) -> None:
        self.add(f"caption({OPEN}")

    def depart_caption(self, node: nodes.Element) -> None:
        self.add(f"{CLOSE})\n")

    def _number(self, kind: str, node: nodes.Element) -> str:
        """“Fig. 1”, where the site numbers its figures."""
        found = self._counted(kind, node) if self.config.numfig else ()
        if not found:
            return "none"
        return string(self.config.numfig_format[kind] % ".".join(map(str, found)))

    def _counted(self, kind: str, node: nodes.Element) -> tuple[int, ...]:
        """The number that Sphinx counts for a node, after those of its sections."""
        numbers = self.builder.env.toc_fignumbers.get(self._docnames[-1], {}).get(kind, {})
        return next((numbers[one] for one in node["ids"] if one in numbers), ())

    def _equation_number(self, node: nodes.Element) -> str:
        """“(1)”, as references to a formula say it."""
        number = node.get("number")
        if number and self.config.numfig and self.config.math_numfig:
            *sections, last = map(str, self._counted("displaymath", node) or (number,))
            number = self.config.math_numsep.join(
                [".".join(sections), last] if sections else [last]
            )
        return string(f"({number})") if number else "none"

    def visit_table(self, node: nodes.Element) -> None:
        self.anchor(node)
        (group,) = [child for child in node.children if isinstance(child, nodes.tgroup)]
        # Its own parts alone: a cell may have a table.
        specs, all_heads, bodies = (
            [child for child in group.children if isinstance(child, kind)]
            for kind in (nodes.colspec, nodes.thead, nodes.tbody)
        )
        widths = [spec["colwidth"] for spec in specs]
        named = place_of(node)
        # Columns of a table that is to have a width share that.
        is_auto = "colwidths-given" not in node["classes"] and "width" not in named
        heads = [row for head in all_heads for row in head.children]
        body = [row for part in bodies for row in part.children]
        width = named.get("width", "")
        share = float(width[:-1]) / 100 if width.endswith("%") else 1
        line = int(share * self.printout.line_length)
        shares = column_shares([*heads, *body], line) if is_auto else widths
        words = longest_words([*heads, *body])
        columns = array(
            array([str(share), array(map(string, words.get(column, ())))]) if share else "auto"
            for column, share in enumerate(shares)
        )
        if is_auto and any(shares):
            named["shared"] = f"{100 * sum(shares) / line:.0f}%"
        letters = shares if is_auto else [line * one // sum(widths) for one in widths]
        stubs = sum("stub" in spec for spec in specs)
        rows = [
            *(array(self._head_cells(row, letters)) for row in in_columns(heads)),
            *(array(self._cells(row, letters, heads=stubs)) for row in in_columns(body)),
        ]
        caption, number = self._title_of(node), self._number("table", node)
        classes = _words(node["classes"])
        is_short = len(rows) <= SHORT_TABLE and is_short_text(node, SHORT_CELL)
        head_count = str(len(heads))
        # Where there are but paragraphs, their words say whether these have to be fitted.
        fit = "auto" if is_plain(node) and not in_cell(node) else "true"
        self.add(
            call(
                "table-of",
                classes,
                columns,
                head_count,
                array(rows),
                caption,
                number,
                whole=boolean(is_short),
                fit=fit,
                **named,
            )
        )
        self._show_codes(node)
        raise nodes.SkipNode

    def _head_cells(
        self, row: Sequence[tuple[nodes.entry, int]], letters: Sequence[int]
    ) -> list[str]:
        outer, self._in_head = self._in_head, True
        cells = self._cells(row, letters, heads=sys.maxsize)
        self._in_head = outer
        return cells

    def _cells(
        self, row: Sequence[tuple[nodes.entry, int]], letters: Sequence[int], *, heads: int
    ) -> list[str]:
        """Cells, of which those in so many first columns head the others."""
        cells = []
        # One cell that is not broken keeps its row from it, however long the others are.
        is_whole = all(
            is_short_cell(entry, letters[column : column + entry.get("morecols", 0) + 1])
            for entry, column in row
        )
        for entry, column in row:
            named = {}
            if entry.get("morerows"):
                named["rowspan"] = str(entry["morerows"] + 1)
            if entry.get("morecols"):
                named["colspan"] = str(entry["morecols"] + 1)
            for side in ("left", "center", "right"):
                if f"text-{side}" in entry["classes"]:
                    named["align"] = side
            if is_whole:
                named["breakable"] = "false"
            content = self.rendered(entry.children)
            if self._in_head and any(isinstance(one, _LINKING) for one in entry.findall()):
                content = f"head-with-links({self.own_key()}, {content})"
            shown = f"head-cell({content})" if column < heads else content
            cells.append(call("table.cell", shown, **named).strip())
        return cells

    # References

    def visit_reference(self, node: nodes.Element) -> None:
        self.anchor(node)
        address = node.get("refuri", "")
        # Badges and buttons look like such.
        self.add(f"span({_words(node['classes'])}, {OPEN}" if node["classes"] else "")
        if len(address.encode()) > _LONGEST_ADDRESS:
            logger.warning(
                __("an address of %d characters, too many for a PDF: its words alone are printed"),
                len(address),
                location=node,
                type="typstprint",
                subtype="address",
            )
            self.add(f"span((), {OPEN}")
            return
        if address and not address.startswith(("%", "#")):
            self._weblink(node, address)
            return
        place = address.removeprefix("%")
        docname, sharp, target = place.rpartition("#")
        if not sharp or place in self.builder.env.all_docs:  # Whose name may have a “#”, too.
            docname, target = place, ""
        here = docname or self._docnames[-1]
        key = f"{here}#{node.get('refid', target)}"
        quiet = "" if says_its_page(node) else "page-words: none, "
        self.add(f"reference({string(key)}, {quiet}{OPEN}")

    def _weblink(self, node: nodes.Element, address: str) -> None:
        shown = self._show_urls
        code = self._qr_code(address) if "qr" in node["classes"] else None
        if code and self._title is not None:
            self._codes.append(array([string(address), string(node.astext()), code]))
            code = None
        if code or (shown == "qr" and not self._notes_code(node, address)):
            shown = "inline"  # Beside its own code, or instead of one.
        if address.removeprefix("mailto:") == node.astext():
            shown = "no"
        if self._title is not None and shown in ("inline", "footnote"):
            self._title_addresses.append(address)
            shown = "no"
        named = f"qr: {code}, " if code else ""
        if self._in_head and shown == "footnote":
            named = f"note: head-note.with({self.own_key()}, label({self.own_key()})), "
        self.add(f"weblink({string(address)}, show-url: {string(shown)}, {named}{OPEN}")

    def _qr_code(self, address: str) -> str | None:
        """The path of a picture, as an expression; nothing of an address that is too long."""
        try:
            name = qr_code(address, self.builder.outdir / self.builder.imagedir)
        except DataOverflowError:
            return None
        self.printout.codes.add(name)
        return string(f"/{self.builder.imagedir}/{name}")

    def _notes_code(self, node: nodes.Element, address: str) -> bool:
        """Whether a link has a code, which stands below the block at hand.

        Once on each page of the site: the same link again is but its words.
        """
        key = f"{self._docnames[-1]} {address}"
        if key in self._coded:
            return True
        if not address.startswith(("http://", "https://")):
            return False
        if (code := self._qr_code(address)) is None:
            return False
        self._coded.add(key)
        words = "" if address == node.astext() else node.astext()
        self._codes.append(array([string(address), string(words), code]))
        return True

    def _show_codes(self, node: nodes.Element) -> None:
        """The codes of the links of a block, below it; not within what has no room for them."""
        if self._codes and not is_in(node.parent, (*NO_ROOM, nodes.entry)):
            self.add(call("codes", array(self._codes)))
            self._codes.clear()

    def depart_reference(self, node: nodes.Element) -> None:
        self.add(f"{CLOSE})\n")
        self.add(f"{CLOSE})\n" if node["classes"] else "")

    visit_number_reference = visit_reference
    depart_number_reference = depart_reference

    def visit_download_reference(self, node: nodes.Element) -> None:
        """The file is not in the PDF: its name is."""

    def depart_download_reference(self, node: nodes.Element) -> None:
        """See above."""

    def visit_target(self, node: nodes.Element) -> None:
        self.anchor(node)

    def depart_target(self, node: nodes.Element) -> None:
        """A target may have text, which has been written."""

    # Mathematics, and what is of a format

    def _math(self, node: nodes.Element, *, is_block: bool) -> None:
        tex = self.text_of(node)
        formula = self.printout.formulas.get(tex)
        if formula is None:
            logger.warning(
                __("mathematics that Typst cannot show: %s"),
                tex,
                location=node,
                type="typstprint",
                subtype="math",
            )
            self.add(call("raw", string(tex), block=boolean(is_block)))
            return
        number = self._equation_number(node)
        named = {"block": boolean(is_block), "alt": string(tex)}
        shown = call("mathematics", evaluated(formula), number, **named)
        if is_block:
            self.add(shown)
        else:
            self._apart(node, shown)

    def visit_math(self, node: nodes.Element) -> None:
        self._math(node, is_block=False)
        raise nodes.SkipNode

    def visit_math_block(self, node: nodes.Element) -> None:
        self.anchor(node)
        self._math(node, is_block=True)
        raise nodes.SkipNode

    def visit_raw(self, node: nodes.Element) -> None:
        formats = node.get("format", "").split()
        if "typst" in formats:
            # Evaluated: so what is wrong with it has its place, and ends with it.
            source = string(self.text_of(node))
            self.add(call("eval", source, mode='"markup"', scope="in-sources"))
        elif "html" not in formats:  # What is left of that shows what cannot be printed.
            self.settle(node)
        raise nodes.SkipNode

    def visit_checkbox(self, node: nodes.Element) -> None:
        self.add(call("checkbox", boolean(node["checked"])))
        raise nodes.SkipNode


def _opening(function: str) -> Visitor:
    def visit(self: TypstTranslator, node: nodes.Element) -> None:
        self.anchor(node)
        self.add(f"{function}({OPEN}" if function else "")

    return visit


def _closing(function: str) -> Visitor:
    def depart(self: TypstTranslator, _node: nodes.Element) -> None:
        self.add(f"{CLOSE})\n" if function else "")

    return depart


def _labelled(kind: str) -> Visitor:
    def visit(self: TypstTranslator, node: nodes.Element) -> None:
        self._admonition(node, kind, string(str(admonitionlabels[kind])))

    return visit


def _skip(self: TypstTranslator, node: nodes.Element) -> NoReturn:
    self.anchor(node)
    self.settle(node)
    raise nodes.SkipNode


for _name, _function in _AROUND.items():
    setattr(TypstTranslator, f"visit_{_name}", _opening(_function))
    setattr(TypstTranslator, f"depart_{_name}", _closing(_function))
for _name in admonitionlabels:
    setattr(TypstTranslator, f"visit_{_name}", _labelled(_name))
for _name in _UNSEEN:
    setattr(TypstTranslator, f"visit_{_name}", _skip)


def _words(classes: Sequence[str]) -> str:
    return array(map(string, classes))
