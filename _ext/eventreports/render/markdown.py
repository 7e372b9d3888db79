"""Markdown that stands in data: CommonMark, without what could act.

No HTML, no directives or roles, no images, no headings: a description is text
with emphasis, lists, code and links to allowed schemes.
"""

from __future__ import annotations

from docutils import nodes
from markdown_it.tree import SyntaxTreeNode
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer, make_document
from myst_parser.parsers.mdit import create_md_parser

from ..problems import Mark
from ..resources import check_url
from .context import Context

_SWITCHED_OFF = ["html_block", "html_inline", "heading", "lheading", "hr", "image", "reference"]


class _Renderer(DocutilsRenderer):
    """Makes of code and line breaks what every writer has a form for."""

    def render_hardbreak(self, token: SyntaxTreeNode) -> None:
        self.current_node.append(nodes.Text("\n"))

    def render_fence(self, token: SyntaxTreeNode) -> None:
        self.render_code_block(token)

    def render_code_block(self, token: SyntaxTreeNode) -> None:
        self.current_node.append(nodes.literal_block(token.content, token.content, language="none"))


def markdown(context: Context, text: str, mark: Mark) -> list[nodes.Node]:
    """The nodes of a description, which all stand at ``mark`` in the event's file."""
    parser = create_md_parser(MdParserConfig(commonmark_only=True), _Renderer)
    parser.disable(_SWITCHED_OFF)
    document = make_document(context.source)
    # What MyST would tell of (an unknown language, say) is not the reader's to mend.
    document.reporter.report_level = document.reporter.SEVERE_LEVEL
    parser.options["document"] = document
    parser.render(text)
    for link in list(document.findall(nodes.reference)):
        if not _leads_somewhere(link.get("refuri", "")):
            link.replace_self(link.children)
    for message in list(document.findall(nodes.system_message)):
        message.parent.remove(message)
    for node in document.findall(nodes.Element):
        context.place(node, mark)
    children = list(document.children)
    document.clear()
    return children


def _leads_somewhere(url: str) -> bool:
    try:
        return check_url(url) == url
    except ValueError:
        return False
