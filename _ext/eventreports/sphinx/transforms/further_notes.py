"""Link to the notes of a session on further pages than the one to which links lead."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from sphinxcommon.messages import Message

from ...core.problems import Code
from ...render.context import joined, paragraph, plain
from ...render.labels import _
from ...render.nodes import card, is_home, session_facts
from ..domain import event_domain
from ..domain.object_types import SESSION
from ..logging import report_at
from .session_sections import opens_section, session_name


class FurtherNotesLinks(SphinxPostTransform):
    """Add links to further notes of a session at its notes, and to its cards."""

    default_priority = 6

    def run(self, **kwargs: object) -> None:
        facts = filter(self._is_linked, self.document.findall(session_facts))
        cards = (one for one in self.document.findall(card) if "session" in one)
        for node in [*facts, *cards]:
            self._add_links(node)

    def _is_linked(self, node: nodes.Element) -> bool:
        """Return whether the facts open the section to which links lead."""
        section = node.parent
        if not (opens_section(node) and is_home(section)):
            return False
        target = event_domain(self.env).link_target(SESSION, session_name(node))
        is_linked = target is not None and target.docname == node["refdoc"]
        return is_linked and session_name(section) == session_name(node)

    def _add_links(self, node: nodes.Element) -> None:
        domain = event_domain(self.env)
        docname = node["refdoc"]
        links = [
            make_refnode(
                self.env._app.builder,
                docname,
                target.docname,
                target.anchor,
                plain(self.env.titles[target.docname].astext()),
            )
            for target in domain.further_targets(SESSION, session_name(node))
            if target.docname != docname
        ]
        if links:
            name = plain(_("More notes") + _(": "), "event-label")
            node += paragraph([name, *joined(links)], "event-more-notes")


def report_further_notes(app: Sphinx, env: BuildEnvironment) -> None:
    """Report, in every build, notes of a session beside those to which links lead."""
    domain = event_domain(env)
    for name, (target, *_others) in domain.targets[SESSION.name].items():
        for further in domain.further_targets(SESSION, name):
            report_at(
                (further.docname, further.line),
                Code.MORE_NOTES,
                Message(
                    "links to “{title}” lead to its notes in {page}",
                    title=further.title,
                    page=target.docname,
                ),
            )
