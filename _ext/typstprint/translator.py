"""The document tree → Typst source.

Each element becomes a call of the template's, or of Typst's own; what it looks
like is the template's to say, so that a site's own can say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from segno import DataOverflowError
from sphinx.locale import __, admonitionlabels
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator

from .codes import qr_code
from .markup import CLOSE, OPEN, arguments, array, boolean, call, string
from .mathematics import evaluated
from .shapes import (
    CJK_LETTER,
    LONG,
    LONG_IN_CELLS,
    NARROW,
    NO_ROOM,
    SHORT_CELL,
    SHORT_TABLE,
    SOFT_BREAK,
    Kinds,
    beside,
    closes_later,
    column_shares,
    file_of,
    is_close,
    is_in,
    is_short_list,
    is_tight,
    leads_on,
    length,
    on_lines,
    opened_before,
    pieces,
    says_its_page,
)

if TYPE_CHECKING:
    from .builder import TypstSourceBuilder
    from .documents import Printout

logger = logging.getLogger(__name__)

Visitor = Callable[["TypstTranslator", nodes.Element], None]

#: Elements that are one call around their content; nothing: the content alone.
_AROUND: Final = {
    "PassthroughTextElement": "",
    "abbreviation": "",
    "acks": "",
    "acronym": "",
    "attribution": "attribution",
    "block_quote": "quotation",
    "centered": "centered",
    "classifier": "classifier",
    "compound": "",
    "definition": "",
    "desc": "",
    "desc_addname": "",
    "desc_annotation": "aside",
    "desc_content": "indented",
    "desc_inline": "",
    "desc_name": "strong",
    "desc_optional": "",
    "desc_parameter": "",
    "desc_returns": "returns",
    "desc_signature": "signature",
    "desc_signature_line": "",
    "desc_type": "",
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
    "option_group": "strong",
    "option_string": "",
    "production": "line-of",
    "productionlist": "preformatted",
    "strong": "strong",
    "subscript": "sub",
    "superscript": "super",
    "term": "",
    "title_reference": "emph",
    "versionmodified": "",
}
#: What prints nothing.
_UNSEEN: Final = (
    "comment",
    "fontawesome",
    "footnote",
    "highlightlang",
    "index",
    "meta",
    "pending",
    "substitution_definition",
    "system_message",
    "tabular_col_spec",
    "toctree",
)
#: Of links, in bytes (so Typst has it).
_LONGEST_ADDRESS: Final = 8000
_CHECKBOX: Final = re.compile(r"<input\b[^>]*type=.checkbox.[^>]*>")


class TypstTranslator(SphinxTranslator):
    """``body`` holds statements of Typst's code mode, one a line."""

    builder: TypstSourceBuilder

    def __init__(
        self, document: nodes.document, builder: TypstSourceBuilder, printout: Printout
    ) -> None:
        super().__init__(document, builder)
        self.printout = printout
        self.body: list[str] = []
        self._docnames: list[str] = [document["docname"]]
        self._depth = 0
        self._labelled: set[str] = set()
        self._footnotes = {
            self.key(note_id, note): note
            for note in document.findall(nodes.footnote)
            for note_id in note["ids"]
        }
        self._noted: set[str] = set()
        #: The places within the title at hand, if it is one.
        self._title: list[str] | None = None
        #: What is said to functions that break words, within a table of narrow columns.
        self._narrow: dict[str, str] = {}
        #: Of links that have a code (once each on a page), and those that are to be shown.
        self._coded = {
            f"{file_of(link) or self._docnames[0]} {link['refuri']}"
            for link in document.findall(nodes.reference)
            if "qr" in link["classes"] and "refuri" in link
        }
        self._codes: list[str] = []
        self.add(call("anchor", string(self.key(""))))

    # What all use

    def add(self, statement: str) -> None:
        self.body.append(statement)

    def rendered(self, children: Iterable[nodes.Node]) -> str:
        """The content of some nodes, as an argument of a call."""
        outer, self.body = self.body, [OPEN]
        for child in children:
            child.walkabout(self)
        inner, self.body = self.body, outer
        return "".join((*inner, CLOSE))

    def key(self, target: str, node: nodes.Element | None = None) -> str:
        """The label of a place in the file that ``node`` is from, or of the one at hand."""
        docname = file_of(node) if node is not None else self._docnames[-1]
        return f"{docname or self._docnames[0]}#{target}"

    def anchor(self, node: nodes.Element) -> None:
        """Places that references may lead to; those in a title stand behind it."""
        ids: list[str] = node.get("ids", [])
        if self._title is not None:
            self._title += ids
            return
        self._anchors(ids)

    def _anchors(self, ids: Iterable[str]) -> None:
        for target in ids:
            key = self.key(target)
            if key not in self._labelled:
                self._labelled.add(key)
                self.add(call("anchor", string(key)))

    def dispatch_visit(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Body | nodes.title) and (line := node.line):
            # Where in the sources a fault of the compiler's is to be looked for.
            self.add(f"// {self._docnames[-1]}:{line}\n")
        super().dispatch_visit(node)

    def unknown_visit(self, node: nodes.Node) -> None:
        name = type(node).__name__
        if name not in self.builder.unknown_nodes:
            self.builder.unknown_nodes.add(name)
            logger.warning(
                __("unknown node type: %r; its content is printed"),
                name,
                location=node,
                type="typstprint",
                subtype="unknown_node",
            )

    def unknown_departure(self, node: nodes.Node) -> None:
        """Its children have been written."""

    # Text

    def visit_Text(self, node: nodes.Text) -> None:
        around: nodes.Node = node.parent
        while isinstance(around, nodes.Inline) and around.parent:
            around = around.parent
        if isinstance(around, nodes.literal_block):
            # Of text whose line breaks count.
            lines = (string(line) + "\n" for line in node.astext().split("\n"))
            self.add("linebreak()\n".join(lines))
            return
        before, after = beside(node)
        joined = SOFT_BREAK.sub("", before + node.astext() + after)
        text = joined[len(before) : len(joined) - len(after)].replace("\n", " ")
        limit = LONG_IN_CELLS if is_in(node.parent, (nodes.entry,)) else LONG
        for piece, is_long in pieces(text, limit):
            literal = string(piece)
            self.add(call("breakable", literal, **self._narrow) if is_long else literal + "\n")

    def depart_Text(self, node: nodes.Text) -> None:
        """Text has no end of its own."""

    def visit_literal(self, node: nodes.Element) -> None:
        if self._narrow:
            code = call("inline-code", string(node.astext()), **self._narrow)
        else:
            code = call("raw", string(node.astext()))
        self._apart(node, code)
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
    visit_option_argument = visit_literal

    def visit_inline(self, node: nodes.Element) -> None:
        self.anchor(node)
        self.add(f"span({_words(node['classes'])}, {OPEN}")

    def depart_inline(self, node: nodes.Element) -> None:
        self.add(f"{CLOSE})\n")

    def visit_problematic(self, node: nodes.Element) -> None:
        """What it says, without what is wrong with it: that has been told of."""

    def depart_problematic(self, node: nodes.Element) -> None:
        """See above."""

    def visit_desc_parameterlist(self, node: nodes.Element) -> None:
        self.add(string("(") + "\n")
        for number, parameter in enumerate(node.children):
            if number:
                self.add(string(", ") + "\n")
            parameter.walkabout(self)
        self.add(string(")") + "\n")
        raise nodes.SkipNode

    # Sections

    def visit_start_of_file(self, node: nodes.Element) -> None:
        self._docnames.append(node["docname"])
        self.add(call("anchor", string(self.key(""))))

    def depart_start_of_file(self, node: nodes.Element) -> None:
        self._docnames.pop()

    def visit_section(self, node: nodes.Element) -> None:
        self._depth += 1

    def depart_section(self, node: nodes.Element) -> None:
        self._show_codes(node)
        self._depth -= 1

    def visit_title(self, node: nodes.Element) -> None:
        if not isinstance(node.parent, nodes.section):
            raise nodes.SkipNode  # Who has it has taken it.
        level = max(1, self._depth - self.builder.levels_above)
        if self._depth <= self.builder.levels_above:
            # The document's own title, which the template sets.
            self.anchor(node.parent)
            self._title_notes(node)
            raise nodes.SkipNode
        ids: list[str] = node.parent["ids"]
        label = ""
        if ids and (key := self.key(ids[0])) not in self._labelled:
            self._labelled.add(key)
            label = f"#label({string(key)})"
        # What a title says is said again in the contents, and at the head of pages: what there
        # may be but one of, is not in it.
        self._title = []
        content = self.rendered(node.children)
        within, self._title = self._title, None
        self.add(f"[#heading(level: {level}, {content}){label}]\n")
        self._anchors([*node.parent["ids"], *within])
        self._title_notes(node)
        self._show_codes(node.parent)
        raise nodes.SkipNode

    def _title_notes(self, title: nodes.Element) -> None:
        """The footnotes of a title, below it: it is said in several places, they are not."""
        for reference in title.findall(nodes.footnote_reference):
            note = self._footnotes.get(self.key(reference["refid"], reference))
            if note is not None:
                self.add(call("title-note", self._said_in(note)))

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
        ragged = "ragged: true, " if LONG.search(node.astext()) else ""
        close = "close: true, " if is_close(node) else ""
        leads = "leads: true, " if leads_on(node) else ""
        self.add(f"paragraph({_words(node['classes'])}, {ragged}{close}{leads}{OPEN}")

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
        items = [self.rendered(item.children) for item in node.children]
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

    def _pairs(self, node: nodes.Element, function: str, term: Kinds, said: Kinds) -> None:
        self.anchor(node)
        pairs = [
            array(
                self.rendered(on_lines(part for part in item.children if isinstance(part, kind)))
                for kind in (term, said)
            )
            for item in node.children
            if isinstance(item, nodes.Element)
        ]
        self.add(call(function, _words(node["classes"]), array(pairs)))
        raise nodes.SkipNode

    def visit_definition_list(self, node: nodes.Element) -> None:
        self._pairs(node, "definitions", (nodes.term, nodes.classifier), (nodes.definition,))

    def visit_field_list(self, node: nodes.Element) -> None:
        self._pairs(node, "fields", (nodes.field_name,), (nodes.field_body,))

    def visit_option_list(self, node: nodes.Element) -> None:
        self._pairs(node, "definitions", (nodes.option_group,), (nodes.description,))

    # Blocks

    def visit_literal_block(self, node: nodes.Element) -> None:
        self.anchor(node)
        if node.rawsource != node.astext() or "language" not in node:
            # Not code but text whose line breaks count (a parsed literal).
            self.add(f"preformatted({self.rendered(node.children)})\n")
            raise nodes.SkipNode
        options: dict[str, Any] = node.get("highlight_args", {})
        lines = self.builder.highlighter.highlight_block(
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
        lines = self.builder.highlighter.highlight_block(node.astext(), "pycon", location=node)
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
            number = self._number("code-block", node)
            shown = call("numbered", number, self.rendered(caption.children)).strip()
            self.add(call("captioned", shown, self.rendered(rest)))
            raise nodes.SkipNode
        component = node.get("design_component", "")
        if component == "grid-row":
            self.add(call("card-row", array(self.rendered([child]) for child in node.children)))
            raise nodes.SkipNode
        classes = _words([*([component] if component else []), *node["classes"]])
        self.add(f"container({classes}, {OPEN}")

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
        name = self.printout.pictures.get(node["uri"])
        if name is None:
            self._instead_of_picture(node)
            raise nodes.SkipNode
        # As in HTML: without words of the author's a picture has its file's name, and an empty
        # text says that it is an ornament.
        alt = node.get("alt", PurePosixPath(node["uri"]).name)
        named = {}
        if width := length(node.get("width", "")):
            named["width"] = width
        if node.get("align") in ("left", "center", "right"):
            named["alignment"] = node["align"]
        function = "inline-picture" if isinstance(node.parent, nodes.TextElement) else "picture"
        # Made here, not in the template: so a fault of the picture's has its place.
        path = string(f"/{self.builder.imagedir}/{name}")
        made = (
            f"image({arguments(path, alt=string(alt))})" if alt else f"pdf.artifact(image({path}))"
        )
        self.add(call(function, made, **named))
        raise nodes.SkipNode

    def _instead_of_picture(self, node: nodes.Element) -> None:
        """What a picture shows, where it is not there, which has been told of; and where it is."""
        address, words = node["uri"], node.get("alt", "")
        said = string(words) + "\n"
        is_link = "://" in address and len(address.encode()) <= _LONGEST_ADDRESS
        if is_link and not is_in(node.parent, (nodes.reference,)):
            link = f"{OPEN}{string(words or address)}\n{CLOSE}"
            code = self._qr_code(address) if self.config.typstprint_show_urls == "qr" else None
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
        named = {}
        if node.get("align") in ("left", "center", "right"):
            named["alignment"] = node["align"]
        number = self._number("figure", node)
        self.anchor(node)
        self.add(call("figure-of", self.rendered(others), captions, number, legends, **named))
        raise nodes.SkipNode

    def visit_caption(self, node: nodes.Element) -> None:
        self.add(f"caption({OPEN}")

    def depart_caption(self, node: nodes.Element) -> None:
        self.add(f"{CLOSE})\n")

    def _number(self, kind: str, node: nodes.Element) -> str:
        """“Fig. 1”, where the site numbers its figures."""
        if not self.config.numfig:
            return "none"
        numbers = self.builder.env.toc_fignumbers.get(self._docnames[-1], {}).get(kind, {})
        found = next((numbers[one] for one in node["ids"] if one in numbers), None)
        if found is None:
            return "none"
        return string(self.config.numfig_format[kind] % ".".join(map(str, found)))

    def visit_table(self, node: nodes.Element) -> None:
        self.anchor(node)
        (group,) = [child for child in node.children if isinstance(child, nodes.tgroup)]
        widths = [spec["colwidth"] for spec in group.findall(nodes.colspec)]
        is_auto = "colwidths-given" not in node["classes"]
        heads = [row for head in group.findall(nodes.thead) for row in head.children]
        body = [row for part in group.findall(nodes.tbody) for row in part.children]
        shares = column_shares([*heads, *body], self.printout.line_length) if is_auto else widths
        columns = array(f"{share}fr" if share else "auto" for share in shares)
        if is_auto:
            letters = min(filter(None, shares), default=self.printout.line_length // len(widths))
        else:
            letters = int(min(widths) / sum(widths) * self.printout.line_length)
        narrow = {"most": str(max(2, letters - 4))} if letters < NARROW else {}
        outer, self._narrow = self._narrow, narrow
        rows = [array(self._cells(row)) for row in (*heads, *body)]
        self._narrow = outer
        caption, number = self._title_of(node), self._number("table", node)
        classes = _words(node["classes"])
        is_short = len(rows) <= SHORT_TABLE and len(node.astext()) <= SHORT_CELL
        stubs = sum("stub" in spec for spec in group.findall(nodes.colspec))
        head_count = str(len(heads))
        self.add(
            call(
                "table-of",
                classes,
                columns,
                head_count,
                array(rows),
                caption,
                number,
                stubs=str(stubs),
                whole=boolean(is_short),
            )
        )
        self._show_codes(node)
        raise nodes.SkipNode

    def _cells(self, row: nodes.Node) -> list[str]:
        cells = []
        for entry in row.children:
            if not isinstance(entry, nodes.entry):
                continue
            named = {}
            if entry.get("morerows"):
                named["rowspan"] = str(entry["morerows"] + 1)
            if entry.get("morecols"):
                named["colspan"] = str(entry["morecols"] + 1)
            for side in ("left", "center", "right"):
                if f"text-{side}" in entry["classes"]:
                    named["align"] = side
            if len(entry.astext()) <= SHORT_CELL and not entry.get("morerows"):
                named["breakable"] = "false"
            cells.append(call("table.cell", self.rendered(entry.children), **named).strip())
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
        if address and not address.startswith("%"):
            self._weblink(node, address)
            return
        docname, _sharp, target = address.removeprefix("%").partition("#")
        here = docname or self._docnames[-1]
        key = f"{here}#{node.get('refid', target)}"
        quiet = "" if says_its_page(node) else "page-words: none, "
        self.add(f"reference({string(key)}, {quiet}{OPEN}")

    def _weblink(self, node: nodes.Element, address: str) -> None:
        shown: str = self.config.typstprint_show_urls
        code = self._qr_code(address) if "qr" in node["classes"] else None
        if shown == "qr" and (code is not None or not self._notes_code(node, address)):
            shown = "inline"  # Beside its own code, or instead of one.
        if address.removeprefix("mailto:") == node.astext():
            shown = "no"
        with_code = f"qr: {code}, " if code else ""
        self.add(f"weblink({string(address)}, show-url: {string(shown)}, {with_code}{OPEN}")

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

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        key = self.key(node["refid"], node)
        note = self._footnotes.get(key)
        label = f"label({string(f'footnote {key}')})"
        if self._title is not None:
            raise nodes.SkipNode
        if note is None:
            self.add(string(node.astext()) + "\n")
        elif key in self._noted:
            self.add(call("footnote", label))
        else:
            self._noted.add(key)
            self.add(f"[#footnote({self._said_in(note)})#{label}]\n")
        raise nodes.SkipNode

    def _said_in(self, note: nodes.Element) -> str:
        said = [child for child in note.children if not isinstance(child, nodes.label)]
        if len(said) == 1 and isinstance(said[0], nodes.paragraph):
            said = said[0].children
        return self.rendered(said)

    def visit_citation(self, node: nodes.Element) -> None:
        self.anchor(node)
        mark, *said = node.children
        pair = array([string(f"[{mark.astext()}]"), self.rendered(said)])
        self.add(call("fields", "()", array([pair])))
        raise nodes.SkipNode

    # Mathematics, and what is of a format

    def _math(self, node: nodes.Element, *, is_block: bool) -> None:
        tex = node.astext()
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
        number = string(f"({node['number']})") if node.get("number") else "none"
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
            self.add(call("eval", string(node.astext()), mode='"markup"', scope="in-sources"))
        elif "html" in formats and (found := _CHECKBOX.match(node.astext())):
            # MyST's task lists.
            self.add(call("checkbox", boolean("checked" in found[0])))
        elif "html" in formats and node.astext() == "<s>" and closes_later(node, "</s>"):
            self.add(f"strike({OPEN}")
        elif "html" in formats and node.astext() == "</s>" and opened_before(node, "<s>"):
            self.add(f"{CLOSE})\n")
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


def _skip(_self: TypstTranslator, _node: nodes.Element) -> None:
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
