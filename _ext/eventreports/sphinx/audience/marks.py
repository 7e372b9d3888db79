"""Say on each page for whom the build is, if that is not everybody."""

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from ...render.context import joined, paragraph, plain
from ...render.labels import _, word
from ...render.nodes import event_block
from ..domain import event_domain
from ..settings import THEME

#: The builders whose sheets say at their head for whom the build is.
_PRINTED = ("typstprint", "typstprint-src")


def setup(app: Sphinx) -> None:
    """Register the transform, and connect the handler."""
    app.add_post_transform(AudienceMarks)
    app.connect("html-page-context", add_to_page)


class AudienceMarks(SphinxPostTransform):
    """Begin each page with whom it is for; sheets say at their head for whom the build is."""

    default_priority = 950

    def run(self, **kwargs: object) -> None:
        builder = self.env._app.builder
        is_of_theme = builder.format == "html" and self.config.html_theme == THEME
        if is_of_theme and builder.name != "singlehtml":
            return
        if builder.name in _PRINTED:
            self._mark_pages()
        elif words := words_of(self.env._app, self.env.docname):
            line = paragraph(joined([plain(one) for one in words]))
            self.document.insert(0, event_block("", line, classes=["event-audience"]))

    def _mark_pages(self) -> None:
        """Say of each page of a sheet that is not for all for whom it is, below its title."""
        for page in [self.document, *self.document.findall(addnodes.start_of_file)]:
            docname = page.get("docname", self.env.docname)
            section = next((one for one in page.children if isinstance(one, nodes.section)), None)
            words = words_of(self.env._app, docname)[1:]
            # Notes of a page may stand below headings of another one, which says it there.
            if words and section and section[0].astext() == self.env.titles[docname].astext():
                badges = [plain(one, "event-kind-badge") for one in words]
                section.insert(1, paragraph(badges, "event-only-for"))


def words_of(app: Sphinx, docname: str) -> list[str]:
    """Return for whom the build is, and the page if it is for fewer; nothing in one for all."""
    domain = event_domain(app.env)
    edition = word("audience", domain.library.audience.level)
    page = word("visibility", domain.page_levels.get(docname, ""))
    if not edition:
        return []
    return [edition, *([_("this page: {audience}").format(audience=page)] if page else [])]


def add_to_page(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Have the template of the extension's own theme say it, also on pages without a source."""
    context["event_audience"] = words_of(app, pagename)
