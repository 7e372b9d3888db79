"""Markdown that stands in data: CommonMark, without what could act.

No HTML, no directives or roles, no images, no headings: a description is text
with emphasis, lists, code and links to allowed schemes.
"""

from __future__ import annotations

from docutils import nodes
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer, make_document
from myst_parser.parsers.mdit import create_md_parser

from ..problems import Mark
from ..resources import ALLOWED_SCHEMES
from .context import Context

_SWITCHED_OFF = ["html_block", "html_inline", "heading", "lheading", "image", "reference"]


def markdown(context: Context, text: str, mark: Mark) -> list[nodes.Node]:
    """The nodes of a description, which all stand at ``mark`` in the event's file."""
    config = MdParserConfig(commonmark_only=True, url_schemes=dict.fromkeys(ALLOWED_SCHEMES))
    parser = create_md_parser(config, DocutilsRenderer)
    parser.disable(_SWITCHED_OFF)
    document = make_document(context.source)
    parser.options["document"] = document
    parser.render(text)
    for link in list(document.findall(nodes.reference)):
        if "refuri" not in link:
            link.replace_self(link.children)
    for node in list(document.findall(lambda n: isinstance(n, nodes.system_message))):
        node.parent.remove(node)
    for node in document.findall(nodes.Element):
        context.place(node, mark)
    children = list(document.children)
    document.clear()
    return children
