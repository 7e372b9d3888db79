"""What other extensions may do: nodes of their own, and what is printed in one document."""

from __future__ import annotations

import pytest

from conftest import Site
from test_print import CONF, build, says

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
    app.connect("typstprint-document", change)
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
