"""QR codes beside the links of sessions, in print."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from ...render.nodes import ancestors, card, resource_reference, session_facts
from ..domain import event_domain
from ..domain.object_types import SESSION
from ..transforms.session_sections import session_name


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(QRCodes)


class QRCodes(SphinxPostTransform):
    """Give the links of a session QR codes, once: at its facts, or else on its card."""

    formats = ("typst",)
    default_priority = 100

    def run(self, **kwargs: object) -> None:
        domain = event_domain(self.env)
        for node in self.document.findall(nodes.Element):
            has_codes = isinstance(node, session_facts)
            if isinstance(node, card) and "session" in node:
                target = domain.link_target(SESSION, session_name(node))
                has_codes = target is not None and target.shown_as == "card"
            for link in node.findall(resource_reference) if has_codes else ():
                if "event-resource" in link.parent["classes"] and not _is_of_person(link):
                    self._give_code(link)

    def _give_code(self, link: nodes.Element) -> None:
        """Give a link a code on a line of its own, without the comma behind it."""
        link["classes"].append("qr")
        link.parent["classes"].append("event-coded")
        around = link.parent.parent
        if "event-joined" in around["classes"]:
            around.pop()
        line = next((one for one in ancestors(link) if "event-card-links" in one["classes"]), None)
        if line is not None and len(line) > 1:
            # The label stands beside the code.
            line["classes"].insert(0, "event-card-codes")
            if (name := line[0]).astext() and line[1] in [link, *ancestors(link)]:
                line.remove(name)
                link.insert(0, name)


def _is_of_person(link: nodes.Element) -> bool:
    return any("event-person" in around["classes"] for around in ancestors(link))
