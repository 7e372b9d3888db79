"""Whatever text goes in comes out of the PDF, wherever it stands."""

import itertools
import re
import subprocess
import zlib
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from docutils import nodes
from hypothesis import given, settings
from hypothesis import strategies as st
from sphinx import addnodes
from sphinx.testing.util import SphinxTestApp

from conftest import Site
from printing import CONF, png, squeezed
from typstprint import PrintedDocument
from typstprint.builder import TypstBuilder

pytestmark = pytest.mark.slow

SOME = settings(max_examples=40)

#: What is in the fonts: all of ASCII, and Japanese with its marks. (Of a letter that no font
#: has, there is a box; that it breaks nothing is tried with all of Unicode.)
LETTERS = (
    "".join(map(chr, range(0x20, 0x7F))) * 3
    + "あいうえお、。「」（）・ーァアカガパ漢字日本語東京国会々〆〒①㈱：；！？"
    + "éüßñçøÅ—–…“”‘’«»§±×÷€£¥°"
)
texts = st.text(alphabet=LETTERS, min_size=1, max_size=60)
anything = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)
#: Blanks at the ends, and several in one place, are no more than one, or none.
said = texts.filter(lambda text: text.strip() != "")


class Press:
    """Prints trees of nodes, one after the other, as pages that say nothing else."""

    def __init__(self, app: SphinxTestApp, log: StringIO) -> None:
        self.app = app
        self.log = log
        self.content: list[nodes.Node] = []
        self.numbers = itertools.count()
        app.connect("typstprint-document-assembled", self._put)

    def _put(self, _app: object, _document: PrintedDocument, tree: nodes.document) -> None:
        section = tree[0]
        assert isinstance(section, nodes.section)
        section.extend(self.content)

    def print(self, *content: nodes.Node) -> Path:
        self.content = list(content)
        assert isinstance(self.app.builder, TypstBuilder)
        # A name for each: as in a build, where no document is compiled twice.
        name = f"any{next(self.numbers)}"
        document = PrintedDocument("index", name, "T", "A", False, {"header": "", "footer": ""})
        self.log.seek(0)
        self.log.truncate()
        self.app.builder.print_document(document)
        reported = self.log.getvalue().splitlines()
        assert [line for line in reported if "typstprint.font" not in line] == []
        return Path(self.app.outdir) / f"{name}.pdf"

    def words(self, *content: nodes.Node) -> str:
        """All that the pages say, without blanks, in the order in which it was written."""
        command = ["pdftotext", "-raw", str(self.print(*content)), "-"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        # A word that ends a line has a mark that is no text; so has one that must not.
        return re.sub("[\u00ad\u2060]", "", squeezed(done.stdout))


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    site = Site(tmp_path_factory.mktemp("press"))
    site.write({"conf.py": CONF, "index.md": "# T\n\n![x](dot.png)\n"})
    (site.folder / "dot.png").write_bytes(png())
    log = StringIO()
    app = SphinxTestApp(
        buildername="typstprint", srcdir=site.folder, builddir=site.folder / "_build", warning=log
    )
    app.build()
    yield Press(app, log)
    app.cleanup()


def section(title: str, *ids: str) -> nodes.section:
    return nodes.section("", nodes.title(title, title), ids=list(ids))


def table(text: str) -> nodes.table:
    def row() -> nodes.row:
        entries = (nodes.entry("", nodes.paragraph("", text)) for _column in range(2))
        return nodes.row("", *entries)

    group = nodes.tgroup("", cols=2)
    group += [nodes.colspec("", colwidth=50) for _column in range(2)]
    group += [nodes.thead("", row()), nodes.tbody("", row())]
    return nodes.table("", nodes.title("", text), group)


def code(text: str, **options: Any) -> nodes.literal_block:
    return nodes.literal_block(text, text, language="text", **options)


@given(said)
@SOME
def test_text_in_every_place(press: Press, text: str) -> None:
    inline = nodes.paragraph(
        "",
        "",
        nodes.strong("", text),
        nodes.Text("\n"),
        nodes.emphasis("", text),
        nodes.Text("\n"),
        nodes.literal(text, text),
        nodes.Text("\n"),
        nodes.inline("", text, classes=[text]),
    )
    term = nodes.definition_list_item(
        "", nodes.term("", text), nodes.definition("", nodes.paragraph("", text))
    )
    field = nodes.field(
        "", nodes.field_name("", text), nodes.field_body("", nodes.paragraph("", text))
    )
    content = [
        section(text),
        nodes.paragraph("", text),
        inline,
        nodes.rubric("", text),
        nodes.admonition("", nodes.title("", text), nodes.paragraph("", text)),
        nodes.bullet_list("", nodes.list_item("", nodes.paragraph("", text))),
        nodes.definition_list("", term),
        nodes.field_list("", field),
        nodes.block_quote("", nodes.paragraph("", text), nodes.attribution("", text)),
        nodes.line_block("", nodes.line("", text)),
        table(text),
        nodes.container("", nodes.caption("", text), code(text), literal_block=True),
        code(text, linenos=True),
    ]
    # A table has it in its title, and four cells; the others once or twice.
    assert press.words(*content).count(squeezed(text)) >= 24


@given(st.lists(texts, min_size=1, max_size=6))
@SOME
def test_lines_of_code(press: Press, lines: list[str]) -> None:
    text = "\n".join(lines)
    python = nodes.literal_block(text, text, language="python", force=True)
    assert press.words(code(text), python).count(squeezed(text)) >= 2


@given(said, texts)
@SOME
def test_addresses(press: Press, words: str, text: str) -> None:
    address = f"https://example.org/{quote(text, safe='/?&=#%')}"
    link = nodes.reference("", words, refuri=address)
    pdf = press.print(nodes.paragraph("", "", link))
    done = subprocess.run(["pdfinfo", "-url", str(pdf)], capture_output=True, text=True, check=True)
    found = {line.split(maxsplit=2)[2] for line in done.stdout.splitlines()[1:]}
    assert found == {address}


@given(anything.filter(lambda name: kept(name) != ""), said)
@SOME
def test_places_of_any_name_are_found(press: Press, name: str, words: str) -> None:
    """On the page after: it is said which."""
    link = nodes.reference("", words, refid=name)
    far = nodes.raw("", "#pagebreak()", format="typst")
    found = press.words(nodes.paragraph("", "", link), far, section("There", name))
    assert f"{squeezed(words)}(p.2)" in found


@given(st.one_of(said, anything.filter(lambda text: bool(text.strip()))))
@SOME
def test_alternative_texts(press: Press, text: str) -> None:
    pdf = press.print(nodes.image("", uri="dot.png", candidates={"*": "dot.png"}, alt=text))
    assert kept(text) in [kept(one) for one in alternatives(pdf)]


@given(anything)
@SOME
def test_nothing_of_unicode_breaks_anything(press: Press, text: str) -> None:
    press.print(
        section(text),
        nodes.paragraph("", text),
        nodes.paragraph("", "", nodes.literal(text, text)),
        code(text),
        table(text),
        nodes.paragraph("", "", nodes.inline("", text, classes=[text])),
    )


# Texts and blocks in one node


def blocks() -> list[nodes.Node]:
    """Words, one block of each kind behind them, and words again."""
    item = nodes.list_item("", nodes.paragraph("", "item."))
    term = nodes.definition_list_item(
        "", nodes.term("", "term."), nodes.definition("", nodes.paragraph("", "meaning."))
    )
    row = nodes.row("", nodes.entry("", nodes.paragraph("", "cell.")))
    group = nodes.tgroup("", nodes.colspec("", colwidth=1), nodes.tbody("", row), cols=1)
    return [
        nodes.Text("first. "),
        nodes.paragraph("", "second."),
        nodes.bullet_list("", item),
        nodes.note("", nodes.paragraph("", "note.")),
        nodes.literal_block("code.", "code.", language="text"),
        nodes.Text("between. "),
        nodes.definition_list("", term),
        nodes.block_quote("", nodes.paragraph("", "quoted.")),
        nodes.table("", group),
        nodes.line_block("", nodes.line("", "line.")),
        nodes.strong("", "", nodes.Text("strong."), nodes.paragraph("", "within.")),
        nodes.Text("last."),
    ]


def defined(kind: type[nodes.Element]) -> nodes.Element:
    parts = [nodes.term("", "", nodes.Text("x")), nodes.definition("", nodes.paragraph("", "x"))]
    for part in parts:
        part.extend(blocks() if isinstance(part, kind) else [])
    return nodes.definition_list("", nodes.definition_list_item("", *parts))


def field() -> nodes.Element:
    name, body = nodes.field_name("", "", *blocks()), nodes.field_body("", *blocks())
    return nodes.field_list("", nodes.field("", name, body))


def table_of_blocks() -> nodes.Element:
    heads, cells = (nodes.row("", nodes.entry("", *blocks())) for _row in range(2))
    parts = nodes.colspec("", colwidth=1), nodes.thead("", heads), nodes.tbody("", cells)
    caption = nodes.title("", "", *blocks())
    return nodes.table("", caption, nodes.tgroup("", *parts, cols=1))


HOLDERS: dict[str, Callable[[], nodes.Element]] = {
    "paragraph": lambda: nodes.paragraph("", "", *blocks()),
    "short one before a list": lambda: nodes.paragraph("", "", *blocks()[:3]),
    "compact paragraph": lambda: addnodes.compact_paragraph("", "", *blocks()),
    "rubric": lambda: nodes.rubric("", "", *blocks()),
    "title": lambda: nodes.section("", nodes.title("", "", *blocks()), ids=["t"]),
    "line": lambda: nodes.line_block("", nodes.line("", "", *blocks())),
    "attribution": lambda: nodes.block_quote("", nodes.attribution("", "", *blocks())),
    "list item": lambda: nodes.bullet_list("", nodes.list_item("", *blocks())),
    "term": lambda: defined(nodes.term),
    "definition": lambda: defined(nodes.definition),
    "field": field,
    "table": table_of_blocks,
    "caption": lambda: nodes.figure("", nodes.caption("", "", *blocks())),
    "legend": lambda: nodes.figure("", nodes.legend("", *blocks())),
    "admonition": lambda: nodes.admonition("", nodes.title("", "", *blocks()), *blocks()),
    "signature": lambda: addnodes.desc("", addnodes.desc_signature("", "", *blocks())),
    "inline": lambda: nodes.paragraph("", "", nodes.inline("", "", *blocks())),
    "link": lambda: nodes.paragraph(
        "", "", nodes.reference("", "", *blocks(), refuri="https://example.org/")
    ),
}


@pytest.mark.matrix
@pytest.mark.parametrize("kind", HOLDERS)
def test_texts_and_blocks_in_one_node_are_printed(press: Press, kind: str) -> None:
    holder = HOLDERS[kind]()
    count = holder.astext().count("first.")
    words = press.words(holder)  # Fails where something is reported.
    for word in squeezed(holder.astext()).removesuffix(".").split("."):
        assert words.count(word) >= count, word


def kept(text: str) -> str:
    """What Typst's source keeps of a text: control characters have no place in a PDF."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text)


def alternatives(pdf: Path) -> list[str]:
    """The alternative texts of a PDF, which no tool of poppler's prints (ISO 32000-1, 7.3.4)."""
    data = pdf.read_bytes()
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    packed = (one for one in streams if one[:1] == b"\x78")
    whole = b"\n".join([data, *(zlib.decompressobj().decompress(one) for one in packed)])
    return [pdf_string(whole, match.end()) for match in re.finditer(rb"/Alt\s*", whole)]


ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pdf_string(data: bytes, place: int) -> str:
    if data[place : place + 1] == b"<":
        raw = bytes.fromhex(data[place + 1 : data.index(b">", place)].decode())
    else:
        raw, depth, at = b"", 1, place + 1
        while True:
            char = data[at : at + 1]
            if char == b"\\":
                octal = re.compile(rb"[0-7]{1,3}").match(data, at + 1)
                if octal:
                    raw += bytes([int(octal[0], 8)])
                    at = octal.end()
                    continue
                escaped = data[at + 1 : at + 2]
                raw += ESCAPED.get(escaped, escaped)
                at += 2
                continue
            depth += (char == b"(") - (char == b")")
            if depth == 0:
                break
            raw += char
            at += 1
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be")
    return raw.decode("latin-1")
