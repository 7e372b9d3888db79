"""Labels of tabs as HTML has them."""

from docutils import nodes

from .base import WebTransform


class TabLabels(WebTransform):
    """Remove an attribute that sphinx-design gives to labels of fields, and HTML does not.

    Runs after sphinx-design has made them.
    """

    default_priority = 201

    def run(self, **kwargs: object) -> None:
        for label in self.document.findall(nodes.TextElement):
            label.attributes.pop("aria_controls", None)
