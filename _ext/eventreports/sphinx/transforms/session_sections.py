"""Make a section whose first content is a session's facts the home of the session's notes."""

from collections.abc import Iterable, Iterator
from typing import Final, cast

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinxcommon.messages import Message

from ...core.headings import other_than_event, other_than_session, says
from ...core.problems import Code
from ...render.nodes import UNSEEN, ancestors, card, event_block, session_facts
from ..domain import event_domain
from ..domain.data import LinkTarget, ObjectName, PageKind, SessionNotes
from ..domain.object_types import SESSION
from ..logging import is_suppressed, report_at
from ..settings import Settings
from .indexed_people import note_indexed
from .note_kinds import note_kind
from .note_lists import noted_lists
from .section_ids import free_id, heading_of, may_change, rename_section, slug, source_heading_of

#: The forms that a session has in lists, of which the author has chosen what they show.
_LISTED: Final = ("card", "schedule")
#: What holds no words of the page's author: what directives show, metadata, messages.
_ASIDE: Final = (event_block, nodes.docinfo, nodes.field_list, nodes.system_message)


class SessionSections(SphinxTransform):
    """Give each session of the page its anchor: at its section, its facts or its card.

    Runs after targets and explicit ids have been moved to their sections (260–262), and before
    anything reads the ids of sections.
    """

    default_priority = 270

    def apply(self, **kwargs: object) -> None:
        own = event_domain(self.env).library.event_of_page(self.env.docname)
        facts: list[nodes.Element] = list(self.document.findall(session_facts))
        openers = self._openers(facts)
        sections = {id(node.parent) for node in openers.values()}
        # By name: the node that shows a session, and the one with its anchor.
        anchored: dict[ObjectName, tuple[nodes.Element, nodes.Element]] = {}
        # The page's own event first: sessions of others must not take its anchors.
        for node in sorted(openers.values(), key=lambda node: node["event"] != own):
            anchored[session_name(node)] = node, self._adopt_section(node, sections)
        # Once all homes are known, of which one may stand within another.
        for node, section in anchored.values():
            lists = (one for one in noted_lists(section, "points") if one.home is section)
            texts = tuple(text for one in lists for text in one.texts)
            points = SessionNotes(texts, node.get("visibility", ""))
            self._note(node, "notes", section["ids"][0], section[0], points)
        for node in sorted(
            (*facts, *self._items()), key=lambda one: SESSION.shown_as.index(_form(one))
        ):
            if node.get("event") == own is not None and session_name(node) not in anchored:
                anchored[session_name(node)] = node, self._insert_target(node)
        for node, owner in anchored.values():
            self._keep_old_ids(node, owner)
            self._index_people(node, owner)
        if own is not None:
            self._name_other_sections()
            if _has_words(self.document):
                event_domain(self.env).with_words[self.env.docname] = True
            self._look_at_event()

    def _items(self) -> Iterator[nodes.Element]:
        """Yield the cards, the items of schedules, and the sessions within others."""
        return (one for one in self.document.findall(nodes.list_item) if "session" in one)

    def _openers(self, facts: Iterable[nodes.Element]) -> dict[ObjectName, nodes.Element]:
        """Return the first facts that open a section, by session; report further ones."""
        openers: dict[ObjectName, nodes.Element] = {}
        for node in filter(opens_section, facts):
            if openers.setdefault(session_name(node), node) is not node:
                report_at(
                    node.parent[0],
                    Code.MORE_NOTES,
                    Message(
                        "the page has notes of the session “{title}” already, above",
                        title=node["title"],
                    ),
                )
        return openers

    def _look_at_event(self) -> None:
        """Compare the page of an event with its data: the heading, and which sessions there are."""
        domain = event_domain(self.env)
        entry = domain.library.entry_of_page(self.env.docname)
        if entry is None or self.env.docname != entry.page:
            return
        event = domain.library.load(entry.folder).event
        if event is None:
            return
        if not any(_form(one) in _LISTED for one in self._items()):
            domain.sessions[self.env.docname] = tuple(
                session.id
                for session in event.all_sessions
                if session.status == "held" and session.seen != "missed"
            )
        section = next(iter(self.document.findall(nodes.section)), None)
        if event.title is None or section is None:
            return
        message = other_than_event(str(event.title))
        self._check_heading(section, event.title.root.values(), message)

    def _check_heading(
        self, section: nodes.Element, titles: Iterable[str], message: Message
    ) -> None:
        """Report a heading that is none of some titles."""
        if not says(heading_of(section), titles) and not is_suppressed(Code.HEADING, self.config):
            report_at(section[0], Code.HEADING, message)

    def _adopt_section(self, node: nodes.Element, sections: set[int]) -> nodes.Element:
        """Make the section that the facts open the session's home, and return it."""
        section = node.parent
        anchor = rename_section(self.env, self.document, section, f"session-{node['session']}")
        section["classes"] += ["event-session-notes"]
        section["event"], section["session"] = session_name(node)
        message = other_than_session(node["title"])
        self._check_heading(section, node["titles"].split("\n"), message)
        for below in _sections_below(section, sections):
            below["session"] = node["session"]
            wanted = f"{anchor}-{slug(source_heading_of(below))}"
            rename_section(self.env, self.document, below, wanted)
            self._mark_kind(below)
        return section

    def _insert_target(self, node: nodes.Element) -> nodes.Element:
        """Give facts or a card a target, and return it; LaTeX ignores ids of containers."""
        anchor = free_id(self.document, f"session-{node['session']}", node)
        target = nodes.target("", "", ids=[anchor])
        self.document.ids[anchor] = target
        node["anchor"] = anchor
        around = cast(nodes.Element, node[0]) if isinstance(node, nodes.list_item) else node
        around.insert(0, target)
        self._note(node, _form(node), anchor, node)
        return target

    def _keep_old_ids(self, node: nodes.Element, owner: nodes.Element) -> None:
        """Keep the anchors of the session's former ids."""
        for old in node["old_ids"]:
            former = free_id(self.document, f"session-{old}", owner)
            owner["ids"].append(former)
            self.document.ids[former] = owner

    def _index_people(self, node: nodes.Element, owner: nodes.Element) -> None:
        """Add the speakers to the index."""
        if node["people"]:
            place = self.env.docname, session_name(node), owner["ids"][0]
            index = note_indexed(event_domain(self.env), *place, node["people"])
            owner.insert(1, index) if isinstance(owner, nodes.section) else node.insert(0, index)

    def _note(
        self,
        node: nodes.Element,
        form: str,
        anchor: str,
        shown_at: nodes.Node,
        notes: SessionNotes | None = None,
    ) -> None:
        """Note in the domain where the session is shown, under its id and its former ones."""
        domain, docname = event_domain(self.env), self.env.docname
        entry = domain.library.entry_of_page(docname)
        if entry is None or entry.event_id != node["event"]:
            page = PageKind.ELSEWHERE
        else:
            page = PageKind.OF_EVENT if docname == entry.page else PageKind.BELOW_EVENT
        line = shown_at.line or 0
        target = LinkTarget(
            docname, anchor, node["title"], form, page, group=node["event"], facts=notes, line=line
        )
        domain.note_object(SESSION, session_name(node), target)
        for old in node["old_ids"]:
            domain.note_object(SESSION, (node["event"], old), target._replace(is_former=True))

    def _name_other_sections(self) -> None:
        """Give sections without a session ids that new headings do not change."""
        for section in self.document.findall(nodes.section):
            if "session" in section:
                continue
            self._mark_kind(section)
            if may_change(section):
                wanted = slug(source_heading_of(section))
                rename_section(self.env, self.document, section, wanted)

    def _mark_kind(self, section: nodes.Element) -> None:
        """Add the class of the kind of notes that the heading names."""
        kind = note_kind(heading_of(section), Settings.of(self.config).note_kinds)
        if kind is not None:
            section["classes"] += ["event-note", f"event-{kind}"]


def _has_words(document: nodes.document) -> bool:
    """Return whether a page says anything beside its headings and what directives show of data."""
    return any(
        one.astext().strip() and not any(isinstance(around, _ASIDE) for around in ancestors(one))
        for one in document.findall(nodes.paragraph)
    )


def session_name(node: nodes.Element) -> ObjectName:
    """Return the name of the session that a node shows."""
    return node.get("event", ""), node.get("session", "")


def _form(node: nodes.Element) -> str:
    """Return how a node shows its session; one within another is shown like that."""
    for shown in (node, *ancestors(node)):
        if isinstance(shown, session_facts):
            return "facts" if shown is node else "part"
        if isinstance(shown, card):
            return "card"
    return "schedule"


def opens_section(node: nodes.Element) -> bool:
    """Return whether a node is the first thing under a heading."""
    section = node.parent
    if not isinstance(section, nodes.section):
        return False
    before = section[: section.index(node)]
    return all(isinstance(sibling, UNSEEN) for sibling in before)


def _sections_below(section: nodes.Element, others: set[int]) -> Iterator[nodes.section]:
    """Yield the section's sections, without those of other sessions' notes."""
    for child in section.children:
        if isinstance(child, nodes.section) and id(child) not in others:
            yield child
            yield from _sections_below(child, others)
