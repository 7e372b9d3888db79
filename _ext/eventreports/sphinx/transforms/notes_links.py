"""Link to all notes of a session that pages of its event have, by who wrote them."""

from collections import Counter
from collections.abc import Iterator, Sequence

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
from ..domain import EventDomain, event_domain
from ..domain.data import LinkTarget
from ..domain.object_types import SESSION
from ..logging import report_at
from .session_sections import opens_section, session_name


class NotesLinks(SphinxPostTransform):
    """Add links to the notes of a session to each of its sections, and to its cards.

    There are none to what is at hand anyway: the section itself, or where the title of a card
    leads. On paper the notes stand together.
    """

    default_priority = 6

    def run(self, **kwargs: object) -> None:
        if self.env._app.builder.name.startswith("typstprint"):
            return
        facts = filter(_opens_notes, self.document.findall(session_facts))
        cards = (one for one in self.document.findall(card) if "session" in one)
        for node in [*facts, *cards]:
            self._add_links(node)

    def _add_links(self, node: nodes.Element) -> None:
        domain = event_domain(self.env)
        pages = [one.docname for one in domain.best_targets(SESSION, session_name(node))]
        targets = domain.written_notes(session_name(node))
        # The notes themselves are no link, and not named if nobody says whose they are.
        here = "" if isinstance(node, card) else node["refdoc"]
        is_elsewhere = here and here not in pages
        at_hand = here or next(iter(pages), "")
        if is_elsewhere or all(one.docname == at_hand for one in targets):
            return
        names = [
            plain(name)
            if target.docname == here
            else make_refnode(
                self.env._app.builder, node["refdoc"], target.docname, target.anchor, plain(name)
            )
            for target, name in _named(domain, targets)
            if target.docname != here or domain.reporters_of(here)
        ]
        label = plain(_("Notes") + _(": "), "event-label")
        node += paragraph([label, *joined(names)], "event-notes-by")


def _opens_notes(node: nodes.Element) -> bool:
    """Return whether facts open the section of their session's notes."""
    section = node.parent
    is_opener = opens_section(node) and is_home(section)
    return is_opener and session_name(section) == session_name(node)


def _named(domain: EventDomain, targets: Sequence[LinkTarget]) -> Iterator[tuple[LinkTarget, str]]:
    """Yield notes with what they are called: by their page, if one person has several."""
    names = [domain.name_of_notes(one.docname) for one in targets]
    counts = Counter(names)
    for target, name in zip(targets, names, strict=True):
        title = domain.env.titles[target.docname].astext()
        yield target, name if counts[name] == 1 else title


def report_further_notes(app: Sphinx, env: BuildEnvironment) -> None:
    """Report, in every build, notes of a session by those who have notes of it already."""
    domain = event_domain(env)
    for name in domain.targets[SESSION.name]:
        first: dict[tuple[str, ...], LinkTarget] = {}
        for target in domain.written_notes(name):
            reporters = domain.reporters_of(target.docname)
            known = first.setdefault(reporters, target)
            if known is not target:
                report_at((target.docname, target.line), Code.MORE_NOTES, _hint(known, reporters))


def _hint(known: LinkTarget, reporters: Sequence[str]) -> Message:
    if reporters:
        return Message(
            "{reporter} has notes of “{title}” in {page} already",
            reporter=reporters,
            title=known.title,
            page=known.docname,
        )
    return Message(
        "“{title}” has notes in {page} already; if they are another reporter's, write “{right}” at "
        "the top of the page",
        title=known.title,
        page=known.docname,
        right="reporter: …",
    )
