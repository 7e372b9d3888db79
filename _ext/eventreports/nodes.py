"""The shapes that events take in a document.

Each is a kind of a standard node, so that every writer knows a form for it;
HTML alone gets visitors, which give sphinx-design's cards and grids their look.
Classes tell other extensions what a node means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.text import TextTranslator


class event_block(nodes.container):
    """What one directive shows; its first class tells which."""


class session_facts(event_block):
    """One session's facts; opens its home where it is the first thing under a heading.

    Attributes: ``event`` and ``session``, the ids; ``title``, the session's title.
    """


class card_list(nodes.bullet_list):
    """Cards in a grid. Attribute ``columns``: sphinx-design's row classes."""


class card(nodes.list_item):
    """One card. Attributes ``event``, ``session`` and ``title`` where it shows a session."""


class resource_reference(nodes.reference):
    """A link of the data: named for what it leads to, its address kept in plain text."""


class file_reference(addnodes.download_reference):
    """A local file of the data; its name is kept in plain text."""


class event_logo(nodes.image):
    """A picture beside the name that it stands for; where there are only words, it is left out."""


class event_listing(nodes.General, nodes.Element):
    """Stands for a list of events until all pages are read.

    Attributes: ``year`` (``None``: all; 0: events without a date), ``limit``.
    """


def _visit_block(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "div"))


def _depart_block(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</div>\n")


def _visit_card_list(self: HTML5Translator, node: nodes.Element) -> None:
    row = nodes.Element(classes=["sd-row", *node["columns"]])
    self.body.append(self.starttag(node, "div", CLASS="sd-container-fluid sd-sphinx-override"))
    self.body.append(self.starttag(row, "ul", role="list"))


def _depart_card_list(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</ul>\n</div>\n")


def _visit_card(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "li", CLASS="sd-col sd-d-flex-row"))
    self.body.append('<div class="sd-card sd-w-100"><div class="sd-card-body">\n')


def _depart_card(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</div></div></li>\n")


def _visit_reference_in_text(self: TextTranslator, node: nodes.Element) -> None:
    """The text itself comes from the children."""


def _depart_reference_in_text(self: TextTranslator, node: nodes.Element) -> None:
    uri = node.get("refuri") or node.get("reftarget", "").rpartition("/")[2]
    if uri != node.astext():
        self.add_text(f" <{uri}>")


def _leave_out(self: nodes.NodeVisitor, node: nodes.Element) -> None:
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    block: Any = (_visit_block, _depart_block)
    app.add_node(event_block, html=block)
    app.add_node(session_facts, html=block)
    app.add_node(card_list, html=(_visit_card_list, _depart_card_list))
    app.add_node(card, html=(_visit_card, _depart_card))
    app.add_node(event_listing)
    left_out: Any = (_leave_out, None)
    app.add_node(event_logo, text=left_out, man=left_out)
    in_text: Any = (_visit_reference_in_text, _depart_reference_in_text)
    app.add_node(resource_reference, text=in_text)
    app.add_node(file_reference, text=in_text)
