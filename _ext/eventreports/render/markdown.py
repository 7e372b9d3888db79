"""Markdown of the data: CommonMark without what could act.

There are no HTML, directives, roles, images or headings: a description is text with emphasis,
lists, code, and links with allowed schemes.
"""

from functools import cache

from docutils import nodes
from docutils.frontend import Values
from docutils.utils import Reporter, new_document
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer, make_document
from myst_parser.parsers.mdit import create_md_parser

from ..core.entity import Entity
from ..core.problems import Mark
from ..core.texts import LocalizedText
from ..core.urls import check_url
from .context import Context
from .nodes import event_block
from .web_addresses import link_web_addresses

_SWITCHED_OFF = ["html_block", "html_inline", "heading", "lheading", "hr", "image", "reference"]


class _Break(nodes.Invisible, nodes.Inline, nodes.Element):
    """A hard line break, until the lines of its paragraph are separated."""


class _Renderer(DocutilsRenderer):
    """Renders code and line breaks as nodes that every writer supports."""

    def render_hardbreak(self, token: SyntaxTreeNode) -> None:
        self.current_node.append(_Break())

    def render_code_block(self, token: SyntaxTreeNode) -> None:
        self.current_node.append(nodes.literal_block(token.content, token.content, language="none"))

    render_fence = render_code_block


def markdown(context: Context, text: str, mark: Mark) -> list[nodes.Node]:
    """Parse a description, and give its nodes a place in the event's file."""
    parser = _parser()
    document = new_document(context.source, _settings())
    parser.options["document"] = document
    parser.render(text)
    for paragraph in {id(end.parent): end.parent for end in document.findall(_Break)}.values():
        paragraph.replace_self(_lines(paragraph))
    for link in list(document.findall(nodes.reference)):
        if not _leads_somewhere(link.get("refuri", "")):
            link.replace_self(link.children)
    for message in list(document.findall(nodes.system_message)):
        message.parent.remove(message)
    link_web_addresses(document)
    for node in document.findall(nodes.Element):
        context.place(node, mark)
    return document.children


def _lines(paragraph: nodes.Element) -> nodes.line_block:
    """Return the lines of a paragraph with hard line breaks."""
    lines = [nodes.line()]
    for child in paragraph.children:
        if isinstance(child, _Break):
            lines.append(nodes.line())
        elif child != nodes.Text("\n") or lines[-1].children:
            lines[-1] += child
    return nodes.line_block("", *lines)


def described(context: Context, entity: Entity, text: LocalizedText) -> event_block:
    """Return an entity's description in the languages that are shown."""
    mark = entity.mark("description")
    about = (node for one in context.texts(text) for node in markdown(context, one, mark))
    return event_block("", *about, classes=["event-description"])


@cache
def _parser() -> MarkdownIt:
    parser = create_md_parser(MdParserConfig(commonmark_only=True), _Renderer)
    return parser.disable(_SWITCHED_OFF)


@cache
def _settings() -> Values:
    """Return docutils' settings, which take longer to collect than a description to parse."""
    settings = make_document().settings
    # Warnings of MyST, of an unknown language, say, have no place in the event's file.
    settings.report_level = Reporter.SEVERE_LEVEL
    return settings


def _leads_somewhere(url: str) -> bool:
    try:
        return check_url(url) == url
    except ValueError:
        return False
