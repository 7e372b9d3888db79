"""QR codes beside the links of sessions, on paper."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from ...render.nodes import card, resource_reference, session_facts
from ..domain import event_domain
from ..domain.object_types import SESSION
from ..transforms.session_sections import ancestors, session_name


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(QRCodes)


class QRCodes(SphinxPostTransform):
    """Give the links of a session QR codes, once: where its facts are, or else on its card."""

    formats = ("typst",)
    default_priority = 100

    def run(self, **kwargs: object) -> None:
        domain = event_domain(self.env)
        for node in self.document.findall(nodes.Element):
            if isinstance(node, session_facts):
                has_codes = True
            elif isinstance(node, card) and "session" in node:
                target = domain.link_target(SESSION, session_name(node))
                has_codes = target is not None and target.shown_as == "card"
            else:
                continue
            if has_codes:
                for link in node.findall(resource_reference):
                    if "event-resource" in link.parent["classes"]:
                        self._give_code(link)

    def _give_code(self, link: nodes.Element) -> None:
        """Put the code on a line of its own, where no comma is needed."""
        link["classes"].append("qr")
        link.parent["classes"].append("event-coded")
        around = link.parent.parent
        if "event-joined" in around["classes"]:
            around.pop()
        line = next((one for one in ancestors(link) if "event-card-links" in one["classes"]), None)
        if line is not None and len(line) > 1:
            # What it is, is said beside the code.
            line["classes"].insert(0, "event-card-codes")
            if (said := line.children[0]).astext() and line.children[1] in [link, *ancestors(link)]:
                line.remove(said)
                link.insert(0, said)
