"""Link the names of an event's reporters, on its own page, to the pages that they wrote."""

from collections.abc import Mapping

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from ...render.nodes import classes_of
from ..domain import event_domain


class ReporterLinks(SphinxPostTransform):
    """Link each reporter with a page below the event's to the first of these.

    It runs once web pages have their heads (60). On paper the pages are in the same document.
    """

    default_priority = 63

    def run(self, **kwargs: object) -> None:
        pages = self._pages()
        if not pages or self.env._app.builder.name.startswith("typstprint"):
            return
        for named in list(self.document.findall(_are_reporters)):
            for person in named.findall(nodes.inline):
                if "event-person" in person["classes"]:
                    self._link_name(person, pages)

    def _link_name(self, person: nodes.inline, pages: Mapping[str, str]) -> None:
        name = person[0]
        page = pages.get(name.astext())
        # One with a page of their own on the web is a link already.
        if page and not any(name.findall(nodes.reference)):
            docname = self.env.docname
            person[0] = make_refnode(self.env._app.builder, docname, page, "", name.deepcopy())

    def _pages(self) -> dict[str, str]:
        """Return the first page of each reporter by name; of pages below events there are none."""
        domain, docname = event_domain(self.env), self.env.docname
        entry = domain.library.entry_of_page(docname)
        found: dict[str, str] = {}
        if entry is not None and docname == entry.page:
            for page in sorted(domain.reporters):
                if page != docname and domain.library.folder_of_page(page) == entry.folder:
                    for name in domain.reporters[page]:
                        found.setdefault(name, page)
        return found


def _are_reporters(node: nodes.Node) -> bool:
    return "event-reporters" in classes_of(node)
