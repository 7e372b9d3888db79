"""Logos that a builder cannot show."""

from __future__ import annotations

from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.images import guess_mimetype

from ...render.nodes import event_logo


class UnsupportedLogos(SphinxPostTransform):
    """Leave out pictures that a builder cannot show: the name stands below.

    Before Sphinx looks for pictures that it could convert, and warns of those that it cannot.
    """

    default_priority = 100

    def run(self, **kwargs: object) -> None:
        builder = self.env._app.builder
        has_dark_pages = builder.format == "html" and builder.name != "epub"
        for logo in list(self.document.findall(event_logo)):
            is_shown = guess_mimetype(logo["uri"]) in builder.supported_image_types
            if not is_shown or ("only-dark" in logo["classes"] and not has_dark_pages):
                line = logo.parent
                line.remove(logo)
                if not line.children:
                    line.parent.remove(line)
