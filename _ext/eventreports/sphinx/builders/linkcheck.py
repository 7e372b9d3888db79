"""Have linkcheck name the event's file if that has the link, instead of the page."""

import re
from pathlib import Path
from typing import cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.linkcheck import CheckExternalLinksBuilder, Hyperlink
from sphinx.transforms.post_transforms import SphinxPostTransform


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(DataLinks)


class DataLinks(SphinxPostTransform):
    """Replace the page of a link by the event's file, after Sphinx has collected the links."""

    builders = ("linkcheck",)
    default_priority = 801

    def run(self, **kwargs: object) -> None:
        builder = cast(CheckExternalLinksBuilder, self.env._app.builder)
        docname = self.env.current_document.docname
        if any(re.match(pattern, docname) for pattern in self.config.linkcheck_exclude_documents):
            # Exclusion is by the page's name, which would be lost.
            return
        srcdir = Path(self.env.srcdir)
        page = Path(self.env.doc2path(docname))
        for link in self.document.findall(nodes.reference):
            known = builder.hyperlinks.get(link.get("refuri", ""))
            if known is None or not link.source:
                continue
            source = Path(link.source)
            if source == page or not source.is_relative_to(srcdir):
                continue
            name = source.relative_to(srcdir)
            # The report asks for the path of a document with this name.
            self.env.project._docname_to_path.setdefault(name.as_posix(), name)
            path = type(known.docpath)(source)
            builder.hyperlinks[known.uri] = Hyperlink(
                known.uri, name.as_posix(), path, link.line or 0
            )
