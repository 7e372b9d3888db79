"""Make the ids of singlehtml's page unique, and its links lead to them.

Sphinx joins the pages as they are: ids occur several times, and links have two anchors.
"""

import html
import re
from collections.abc import Iterator
from typing import Final

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

_PAGE: Final = "#document-"


def setup(app: Sphinx) -> None:
    """Register the visitors, and connect the handler."""
    app.add_node(addnodes.start_of_file, override=True, html=(_visit_start, _depart_start))
    app.connect("doctree-resolved", make_ids_unique)


def _visit_start(self: HTML5Translator, node: nodes.Element) -> None:
    """Do as Sphinx (9.0) does, and escape the page's name."""
    self.docnames.append(node["docname"])
    self.body.append(f'<span id="{_PAGE[1:]}{html.escape(node["docname"])}"></span>')


def _depart_start(self: HTML5Translator, _node: nodes.Element) -> None:
    self.docnames.pop()


def make_ids_unique(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Replace ids that other pages have too, and the links to them."""
    if app.builder.name != "singlehtml":
        return
    found = list(_with_pages(doctree, docname))
    pages = {page for page, _node in found}
    taken: set[str] = set()
    renamed: dict[tuple[str, str], str] = {}
    for page, node in found:
        ids = [_unique(page, ref, taken) for ref in node["ids"]]
        renamed.update(zip(((page, ref) for ref in node["ids"]), ids, strict=True))
        # The contents, which are not part of this tree, link to sections by page and id.
        # Writers do not escape an element's further ids.
        aliases = [html.escape(f"{_PAGE[1:]}{page}#{ref}") for ref in node["ids"]]
        node["ids"] = [*ids, *aliases] if isinstance(node, nodes.section) else ids
    for page, node in found:
        if node.get("refid"):
            node["refid"] = renamed.get((page, node["refid"]), node["refid"])
        if node.get("backrefs"):
            node["backrefs"] = [renamed.get((page, ref), ref) for ref in node["backrefs"]]
        target, ref = _split(node.get("refuri", ""), pages)
        if ref:
            node["refuri"] = f"#{renamed.get((target, ref), ref)}"


def _with_pages(node: nodes.Element, page: str) -> Iterator[tuple[str, nodes.Element]]:
    """Yield each element below a node, with the page that it came from."""
    for child in node.children:
        if isinstance(child, nodes.Element):
            here = child["docname"] if isinstance(child, addnodes.start_of_file) else page
            yield here, child
            yield from _with_pages(child, here)


def _split(refuri: str, pages: set[str]) -> tuple[str, str]:
    """Return the page and the id that a link names; a page's name may contain a ``#``."""
    parts = refuri.removeprefix(_PAGE).split("#") if refuri.startswith(_PAGE) else []
    for end in range(len(parts) - 1, 0, -1):
        if (page := "#".join(parts[:end])) in pages:
            return page, "#".join(parts[end:])
    return "", ""


def _unique(page: str, ref: str, taken: set[str]) -> str:
    """Return an id, with the page before it if another page has it too."""
    unique = ref
    if ref in taken:
        unique = re.sub(r"""[/\s\\<>&'"`%]+""", "-", page) + f"-{ref}"
    while unique in taken:
        unique += "-"
    taken.add(unique)
    return unique
