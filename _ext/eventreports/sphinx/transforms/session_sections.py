"""Sections of sessions: what the facts of a session open is the section of its notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from ...core.messages import Message
from ...core.names import initial
from ...core.problems import Code
from ...render.nodes import card, session_facts
from ..config import Settings
from ..domain import event_domain
from ..domain.data import LinkTarget, ObjectName, PageKind
from ..domain.object_types import SESSION
from ..logging import is_suppressed, report_at
from .note_kinds import note_kind, without_spaces
from .section_ids import free_id, heading_of, may_shift, rename_section, slug, source_heading_of

#: What may stand between a heading and the directive that opens the section.
_NOT_SEEN: Final = (nodes.title, nodes.Invisible, nodes.system_message)


class SessionSections(SphinxTransform):
    """Give each session of the page its anchor: its section, its facts or its card.

    Runs after targets and explicit ids have reached their sections (260–262),
    and before anything reads the sections' ids.
    """

    default_priority = 270

    def apply(self, **kwargs: object) -> None:
        own = event_domain(self.env).library.event_of_page(self.env.docname)
        facts: list[nodes.Element] = list(self.document.findall(session_facts))
        openers = self._openers(facts)
        sections = {id(node.parent) for node in openers.values()}
        # By name: what shows a session, and the node that bears its anchor.
        anchored: dict[ObjectName, tuple[nodes.Element, nodes.Element]] = {}
        # The page's own event first: another's session must not take its anchors.
        for node in sorted(openers.values(), key=lambda node: node["event"] != own):
            anchored[session_name(node)] = node, self._adopt_section(node, sections)
        # Cards are list items, too, as are the programme's items and sessions within others.
        items = [one for one in self.document.findall(nodes.list_item) if "session" in one]
        for node in sorted((*facts, *items), key=lambda one: SESSION.shown_as.index(_form(one))):
            if node.get("event") == own is not None and session_name(node) not in anchored:
                anchored[session_name(node)] = node, self._insert_target(node)
        for node, bearer in anchored.values():
            self._keep_old_ids(node, bearer)
            self._index_people(node, bearer)
        if own is not None:
            self._name_other_sections()
            self._compare_title()

    def _openers(self, facts: Iterable[nodes.Element]) -> dict[ObjectName, nodes.Element]:
        """Find the facts that open a section, of each session the first."""
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

    def _compare_title(self) -> None:
        """Hint where the page's heading says other than the event's title."""
        library = event_domain(self.env).library
        entry = library.entry_of_page(self.env.docname)
        if entry is None or self.env.docname != entry.page:
            return
        event = library.load(entry.folder).event
        section = next(iter(self.document.findall(nodes.section)), None)
        if event is None or event.title is None or section is None:
            return
        if not _is_headed(section, event.title.root.values()):
            self._hint(
                section,
                Message(
                    "the heading says other than the event's title, “{title}”",
                    title=str(event.title),
                ),
            )

    def _hint(self, section: nodes.Element, message: Message) -> None:
        if not is_suppressed(Code.HEADING, self.config):
            report_at(section[0], Code.HEADING, message)

    def _adopt_section(self, node: nodes.Element, sections: set[int]) -> nodes.Element:
        """Make the section that the facts open that of the session's notes, and return it."""
        section = node.parent
        anchor = rename_section(self.env, self.document, section, f"session-{node['session']}")
        section["classes"] += ["event-session-notes"]
        section["event"], section["session"] = session_name(node)
        self._note(node, "notes", anchor, section[0])
        if not _is_headed(section, node["titles"].split("\n")):
            self._hint(
                section,
                Message(
                    "the heading says other than the session's title, “{title}”",
                    title=node["title"],
                ),
            )
        for below in _sections_below(section, sections):
            below["session"] = node["session"]
            wanted = f"{anchor}-{slug(source_heading_of(below))}"
            rename_section(self.env, self.document, below, wanted)
            self._mark_kind(below)
        return section

    def _insert_target(self, node: nodes.Element) -> nodes.Element:
        """Give facts or a card a target, and return it; a container's id is no label in LaTeX."""
        anchor = free_id(self.document, f"session-{node['session']}", node)
        target = nodes.target("", "", ids=[anchor])
        self.document.ids[anchor] = target
        node["anchor"] = anchor
        around = cast(nodes.Element, node[0]) if isinstance(node, nodes.list_item) else node
        around.insert(0, target)
        self._note(node, _form(node), anchor, node)
        return target

    def _keep_old_ids(self, node: nodes.Element, bearer: nodes.Element) -> None:
        """Keep the anchors that links from elsewhere may still have."""
        for old in node["old_ids"]:
            former = free_id(self.document, f"session-{old}", bearer)
            bearer["ids"].append(former)
            self.document.ids[former] = bearer

    def _index_people(self, node: nodes.Element, bearer: nodes.Element) -> None:
        """Enter who spoke into the index of the site and of the book."""
        entries = [
            # A semicolon would part the name.
            ("single", name.replace(";", ","), bearer["ids"][0], "", initial(reading or name))
            for name, reading in (line.split("\t") for line in node["people"].splitlines())
        ]
        if entries:
            index = addnodes.index(entries=entries)
            bearer.insert(1, index) if isinstance(bearer, nodes.section) else node.insert(0, index)

    def _note(self, node: nodes.Element, form: str, anchor: str, shown_at: nodes.Node) -> None:
        """Tell the domain where the session is shown, under its id and its former ones."""
        domain, docname = event_domain(self.env), self.env.docname
        entry = domain.library.entry_of_page(docname)
        if entry is None or entry.event_id != node["event"]:
            page = PageKind.ELSEWHERE
        else:
            page = PageKind.OF_EVENT if docname == entry.page else PageKind.BELOW_EVENT
        line = shown_at.line or 0
        target = LinkTarget(docname, anchor, node["title"], form, page, line=line)
        domain.note_object(SESSION, session_name(node), target)
        for old in node["old_ids"]:
            domain.note_object(SESSION, (node["event"], old), target._replace(is_former=True))

    def _name_other_sections(self) -> None:
        """Keep new headings from shifting the anchors of those that docutils cannot name."""
        for section in self.document.findall(nodes.section):
            if "session" in section:
                continue
            self._mark_kind(section)
            if may_shift(section):
                wanted = slug(source_heading_of(section))
                rename_section(self.env, self.document, section, wanted)

    def _mark_kind(self, section: nodes.Element) -> None:
        """Say what kind of notes a section holds, where its heading tells."""
        kind = note_kind(heading_of(section), Settings.of(self.config).note_kinds)
        if kind is not None:
            section["classes"] += ["event-note", f"event-{kind}"]


def _is_headed(section: nodes.Element, titles: Iterable[str]) -> bool:
    """Return whether the heading is one of ``titles``, as people read it."""
    return without_spaces(heading_of(section)) in map(without_spaces, titles)


def session_name(node: nodes.Element) -> ObjectName:
    """Name the session that a node shows."""
    return node.get("event", ""), node.get("session", "")


def _form(node: nodes.Element) -> str:
    """Say how a node shows its session; a session within another is shown as that one is."""
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
    return all(isinstance(sibling, _NOT_SEEN) for sibling in before)


def _sections_below(section: nodes.Element, others: set[int]) -> Iterator[nodes.section]:
    """Yield the section's sections, without those of other sessions' notes."""
    for child in section.children:
        if isinstance(child, nodes.section) and id(child) not in others:
            yield child
            yield from _sections_below(child, others)


def ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    """Yield what a node stands in, the nearest first."""
    while node.parent is not None:
        node = node.parent
        yield node
