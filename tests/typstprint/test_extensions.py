"""What other extensions may do: nodes of their own, and what is printed in one document."""

import shutil
import sys

import pytest

from conftest import Site
from printing import CONF, build, png, says, squeezed, written

pytestmark = pytest.mark.slow

STAMP = """
from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from typstprint.markup import call, string
from typstprint.translator import TypstTranslator


class stamp(nodes.General, nodes.Element):
    pass


class Stamp(SphinxDirective):
    has_content = True

    def run(self):
        return [stamp("", *self.parse_content_to_nodes(), name=self.content[0])]


def visit_stamp(self: TypstTranslator, node: stamp) -> None:
    self.add(call("strong", string(f'stamped "{node["name"]}":')))
    self.add("block({")


def depart_stamp(self: TypstTranslator, node: stamp) -> None:
    self.add("})\\n")


def setup(app):
    app.add_directive("stamp", Stamp)
    app.add_node(stamp, typst=(visit_stamp, depart_stamp))
    return {"parallel_read_safe": True}
"""
CHANGE = """
from docutils import nodes
from sphinx import addnodes


def change(app, document, tree):
    if document.target != "short":
        return
    for section in list(tree.findall(nodes.section)):
        if "left-out" in section["ids"]:
            section.parent.remove(section)
    xref = addnodes.pending_xref(
        "", nodes.inline("", "there"), refdomain="std", reftype="ref", reftarget="far",
        refexplicit=True, refwarn=True, refdoc=document.docname,
    )
    tree[0].insert(1, nodes.paragraph("", "Put in before: ", xref))


def setup(app):
    app.connect("typstprint-document-assembled", change)
    return {"parallel_read_safe": True}
"""


@pytest.fixture
def book(site: Site) -> Site:
    site.write({"conf.py": CONF})
    return site


def use(book: Site, name: str, code: str) -> None:
    book.write({f"{name}.py": code})
    path = f"import sys\nsys.path.insert(0, {str(book.folder)!r})\nextensions += [{name!r}]\n"
    (book.folder / "conf.py").write_text(CONF + path, encoding="utf-8")


def test_an_extension_registers_how_its_node_is_printed(book: Site) -> None:
    use(book, "a_stamp", STAMP)
    built = build(book, '# Site\n\n```{stamp}\n#1 "word"\n```\n')
    assert built.warnings == []
    assert says(built.outdir / "book.pdf", 'stamped "#1 "word"": #1 "word"')


def test_an_extension_changes_what_is_printed_in_one_document(book: Site) -> None:
    use(book, "a_change", CHANGE)
    page = "# Site\n\n## Left out\n\nSecret\n\n(far)=\n## Far\n\nWords\n"
    documents = [("index", "long", "", "", False), ("index", "short", "", "", False)]
    built = build(book, page, typstprint_documents=documents)
    assert built.warnings == []
    assert says(built.outdir / "long.pdf", "Secret")
    assert not says(built.outdir / "long.pdf", "Put in")
    assert says(built.outdir / "short.pdf", "Put in before: there")
    assert not says(built.outdir / "short.pdf", "Secret")
    # Resolved, though it was put in last.
    assert 'reference("index#far"' in built.text("short.typ")


# Nodes that nobody knows, and diagrams

KEEPING = """
from docutils import nodes
from docutils.parsers.rst import Directive


class keeping(nodes.General, nodes.Element):
    pass


class telling(nodes.General, nodes.Element):
    def astext(self):
        return "told by itself"


class silent(nodes.General, nodes.Inline, nodes.Element):
    pass


class Keeping(Directive):
    def run(self):
        code = 'first "line"\\n  second'
        inline = nodes.paragraph("", "Words ", keeping("", uml="within a line"), nodes.Text(" end"))
        return [keeping("", uml=code, mode="x"), telling(), inline, silent("", number=3)]


def setup(app):
    app.add_directive("keeping", Keeping)
    return {"parallel_read_safe": True}
"""


def test_text_that_a_node_keeps_elsewhere_is_printed(book: Site) -> None:
    use(book, "keeping", KEEPING)
    built = build(book, "# Site\n\n```{eval-rst}\n.. keeping::\n```\n\nEnd\n")
    assert says(built.outdir / "book.pdf", 'first "line" second told by itself')
    assert says(built.outdir / "book.pdf", "Words within a line end End")
    reported = [line for line in built.warnings if "unknown node" in line]
    assert len(reported) == len(built.warnings) == 3
    (silent,) = (line for line in reported if "nothing of it is printed" in line)
    assert "'silent'" in silent


DIAGRAMS = """
Diagrams
========

.. graphviz::
   :caption: Its *caption*
   :name: fig

   digraph G { "first node" -> b }

Within |g| words.

.. |g| digraph:: x

   c -> "second node"

.. inheritance-diagram:: zipfile.ZipFile
   :caption: What inherits

End
"""


@pytest.mark.parametrize("standards", [[], ["ua-1"], ["a-2a"]])
def test_diagrams_are_drawn(book: Site, standards: list[str]) -> None:
    if shutil.which("dot") is None:
        pytest.skip("there is no dot")
    use(book, "sphinx.ext.inheritance_diagram", "")
    book.write({"page.rst": DIAGRAMS})
    contents = "# Site\n\n```{toctree}\npage\n```\n"
    built = build(book, contents, typstprint_standards=standards)
    assert built.warnings == []
    assert len(list((built.outdir / "_images").glob("*.svg"))) == 3
    text = squeezed(written(built.outdir / "book.pdf"))
    for words in ("first node", "second node", "Its caption", "zipfile.ZipFile", "What inherits"):
        assert squeezed(words) in text
    assert "digraph" not in text


def test_diagrams_that_nobody_draws_are_their_source(book: Site) -> None:
    use(book, "sphinx.ext.inheritance_diagram", "")
    book.write({"page.rst": DIAGRAMS})
    contents = "# Site\n\n```{toctree}\npage\n```\n"
    built = build(book, contents, graphviz_dot="no-such-program")
    # As in all builders of Sphinx's.
    (reported,) = built.warnings
    assert "no-such-program" in reported
    for words in ('digraph G { "first node" -> b } Its caption', 'c -> "second node"'):
        assert says(built.outdir / "book.pdf", words)
    assert says(built.outdir / "book.pdf", "Within digraph x {")
    for words in ('"zipfile.ZipFile" [', "What inherits", "End"):
        assert says(built.outdir / "book.pdf", words)


def test_a_diagram_with_a_fault_is_its_source_and_reported_of(book: Site) -> None:
    if shutil.which("dot") is None:
        pytest.skip("there is no dot")
    use(book, "sphinx.ext.graphviz", "")
    built = build(book, "# Site\n\nWords\n\n```{graphviz}\ndigraph { no end\n```\n")
    (reported,) = built.warnings
    assert "index.md:" in reported
    assert "[typstprint.diagram]" in reported
    assert says(built.outdir / "book.pdf", "digraph { no end")


MERMAID = """
import os
from pathlib import Path
from docutils import nodes
from sphinx.util.docutils import SphinxDirective


class mermaid(nodes.General, nodes.Inline, nodes.Element):
    pass


class Mermaid(SphinxDirective):
    has_content = True

    def run(self):
        return [mermaid("", code="\\n".join(self.content), options={})]


def render_mm(translator, code, options, format, prefix="mermaid"):
    builder = translator.builder
    file = Path(builder.outdir, builder.imagedir, f"{prefix}-1.{format}")
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(Path(builder.srcdir, "dot.png").read_bytes())
    return f"{builder.imgpath}/{file.name}", str(file)


def setup(app):
    app.add_node(mermaid, html=(lambda *_given: None, None))
    app.add_directive("mermaid", Mermaid)
    app.add_config_value("mermaid_cmd", "no-such-program --fast", "html")
    return {"parallel_read_safe": True}
"""


def test_mermaid_is_its_picture_where_its_program_is_there(book: Site) -> None:
    use(book, "mermaid_like", MERMAID)
    (book.folder / "dot.png").write_bytes(png())
    page = "# Site\n\n```{mermaid}\nsequenceDiagram\n  A->>B: hello\n```\n\nEnd\n"
    built = build(book, page)
    assert built.warnings == []
    assert says(built.outdir / "book.pdf", "sequenceDiagram A->>B: hello End")
    built = build(book, page, mermaid_cmd=f"{sys.executable} -x")
    assert built.warnings == []
    assert [path.name for path in (built.outdir / "_images").iterdir()] == ["mermaid-1.png"]
    assert not says(built.outdir / "book.pdf", "sequenceDiagram")
