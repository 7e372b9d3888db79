"""Give a page of an event that has no heading that of the event."""

from docutils import nodes
from docutils.utils import column_width
from sphinx.transforms import SphinxTransform

from sphinxcommon.messages import Message

from ...core.problems import Code
from ..domain import event_domain
from ..logging import report_at
from ..markups import is_markdown
from .section_ids import free_id, slug


class MissingHeadings(SphinxTransform):
    """Put a page without headings into a section that is called as its event, and report it.

    Without one no contents, and no list of pages, can lead to the page.
    """

    #: Once what stands above the text (front matter) is known as such (340).
    default_priority = 350

    def apply(self, **kwargs: object) -> None:
        name = event_domain(self.env).heading_of_page(self.env.docname)
        if name is None or any(self.document.findall(nodes.section)):
            return
        message = Message(
            "the page has no heading, and is called “{name}”; begin it with “# {name}”", name=name
        )
        if not is_markdown(self.env, self.env.docname):
            message = Message(
                "the page has no heading, and is called “{name}”; begin it with “{name}”, and "
                "“{underline}” below it",
                name=name,
                underline="=" * column_width(name),
            )
        report_at(f"{self.document['source']}:1:1", Code.NO_HEADING, message)
        self._put_below(name)

    def _put_below(self, name: str) -> None:
        """Put all that the page shows into a section."""
        title = nodes.title(name, name, translatable=False)
        section = nodes.section("", title)
        title.source, title.line = section.source, section.line = self.document["source"], 1
        section["ids"] = [free_id(self.document, slug(name), section)]
        self.document.ids[section["ids"][0]] = section
        for node in list(self.document.children):
            if not isinstance(node, nodes.docinfo):
                self.document.remove(node)
                section += node
        self.document += section
