"""Write what our pages show as MyST, as somebody would by hand: same words, links and nesting."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

from docutils import nodes
from sphinx import addnodes

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>#|~{}$&!:^+-])")


def write_pages(app: Any, folder: Path) -> None:
    """Write a Markdown file for each page of a site that has been built.

    :param app: The Sphinx application of that site.
    :param folder: Where the files go.
    """
    env = app.env
    docnames = sorted(env.found_docs)
    trees = {name: env.get_and_resolve_doctree(name, app.builder) for name in docnames}
    pages = {app.builder.get_target_uri(name): name for name in docnames}
    sections = (
        (name, section["ids"][0])
        for name, tree in trees.items()
        for section in tree.findall(nodes.section)
    )
    labels = {place: f"section-{number}" for number, place in enumerate(sections)}
    for name, tree in trees.items():
        page = Page(name, app.builder.get_target_uri(name), pages, labels)
        below = [f"/{one}" for one in env.toctree_includes.get(name, ())]
        contents = ["```{toctree}", ":hidden:", "", *below, "```"] if below else []
        text = "\n\n".join([*page.blocks(tree), "\n".join(contents)])
        path = folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{text}\n", "utf-8")


class Page:
    """Makes Markdown of the nodes of a page.

    :param docname: The page.
    :param uri: Its address.
    :param pages: The pages of the site by their addresses.
    :param labels: The labels of sections by page and id.
    """

    def __init__(
        self,
        docname: str,
        uri: str,
        pages: dict[str, str],
        labels: dict[tuple[str, str], str],
    ) -> None:
        self._docname = docname
        self._uri = uri
        self._pages = pages
        self._labels = labels

    def blocks(self, node: nodes.Element, level: int = 0) -> Iterator[str]:
        """Yield the blocks of a node."""
        for child in node.children:
            match child:
                case nodes.section():
                    label = self._labels.get((self._docname, child["ids"][0]))
                    yield f"({label})="
                    yield from self.blocks(child, level + 1)
                case nodes.title():
                    yield f"{'#' * level} {self.line(child)}"
                case nodes.bullet_list() | nodes.enumerated_list():
                    yield "\n".join(self._items(child))
                case nodes.field_list():
                    yield "\n".join(self._fields(child))
                case nodes.table():
                    yield "\n".join(self._rows(child))
                case nodes.literal_block():
                    yield f"```\n{child.astext()}\n```"
                case nodes.Invisible() | nodes.image():
                    continue
                case nodes.TextElement():
                    # What begins a paragraph alone may stand in line elsewhere.
                    if text := self.line(child).strip():
                        yield text
                case nodes.Element():
                    yield from self.blocks(child, level)
                case _:
                    if text := _escaped(child.astext()).strip():
                        yield text

    def _items(self, node: nodes.Element) -> Iterator[str]:
        items = (one for one in node.children if isinstance(one, nodes.Element))
        for item in items:
            lines = "\n\n".join(self.blocks(item)).splitlines() or [""]
            yield f"- {lines[0]}"
            yield from (f"  {line}" if line else "" for line in lines[1:])

    def _fields(self, node: nodes.Element) -> Iterator[str]:
        for field in node.findall(nodes.field):
            (name,), (body,) = field.findall(nodes.field_name), field.findall(nodes.field_body)
            text = " ".join(self.blocks(body))
            yield f"- **{self.line(name)}**: {text}"

    def _rows(self, node: nodes.Element) -> Iterator[str]:
        rows = list(node.findall(nodes.row))
        for number, row in enumerate(rows):
            entries = row.findall(nodes.entry)
            cells = [" ".join(self.blocks(one)).replace("\n", " ") for one in entries]
            yield f"| {' | '.join(cells)} |"
            if not number:
                yield f"|{' --- |' * len(cells)}"

    def line(self, node: nodes.Node) -> str:
        """Return what stands in a line."""
        if isinstance(node, nodes.Text):
            return _escaped(node.astext())
        if isinstance(node, nodes.Invisible | nodes.image | addnodes.toctree):
            return ""
        inner = "".join(self.line(one) for one in node.children)
        match node:
            case nodes.reference() if inner.strip():
                return self._link(node, inner)
            case nodes.strong() if inner.strip():
                return f"**{inner.strip()}**"
            case nodes.emphasis() if inner.strip():
                return f"*{inner.strip()}*"
            case nodes.literal() if inner.strip():
                return f"`{node.astext()}`"
        return inner

    def _link(self, node: nodes.Element, text: str) -> str:
        if "refid" in node:
            label = self._labels.get((self._docname, node["refid"]))
            return f"[{text}](#{label})" if label else text
        uri = node.get("refuri", "")
        if not node.get("internal"):
            return f"[{text}]({uri})" if urlsplit(uri).scheme else text
        address, _sign, anchor = uri.partition("#")
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(self._uri), unquote(address)))
        page = self._pages.get(whole) if address else self._docname
        if page is None:
            # The search, say, which is no page that can be linked by its name.
            return f"[{text}](https://example.org/{quote(whole, safe='/?=&%')})"
        label = self._labels.get((page, anchor))
        return f"[{text}](#{label})" if label else f"[{text}](/{page}.md)"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.splitlines()))
