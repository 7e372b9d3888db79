"""Sections of sessions: what the facts of a session open is the section of its notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import cast

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from ...core.names import initial
from ...core.problems import Code
from ...render.nodes import card, session_facts
from ..domain import PageKind, Rank, SessionKey, SessionPlace, event_domain
from ..logging import is_told, report_at
from ..section_ids import free_id, heading_of, may_shift, rename_section, slug, source_heading_of
from .note_kinds import note_kind, without_spaces

#: What may stand between a heading and the directive that opens the section.
_UNSEEN = (nodes.title, nodes.Invisible, nodes.system_message)


class SessionSections(SphinxTransform):
    """Give each session of the page its anchor: its section, its facts or its card.

    Runs after targets and explicit ids have reached their sections (260–262),
    and before anything reads the sections' ids.
    """

    default_priority = 270

    def apply(self, **kwargs: object) -> None:
        self._homes: list[tuple[nodes.Element, nodes.Element]] = []
        facts: list[nodes.Element] = list(self.document.findall(session_facts))
        homes: dict[SessionKey, nodes.Element] = {}
        for node in filter(opens_section, facts):
            if homes.setdefault(session_key(node), node) is not node:
                message = f"the page has notes of the session “{node['title']}” already, above"
                report_at(node.parent[0], Code.MORE_NOTES, message)
        sections = {id(node.parent) for node in homes.values()}
        own = event_domain(self.env).library.event_of_page(self.env.docname)
        # The page's own event first: another's session must not take its anchors.
        for opener in sorted(homes.values(), key=lambda node: node["event"] != own):
            self._adopt(opener, sections)
        anchored = set(homes)
        # Cards are list items, too, as are the programme's items and sessions within others.
        items = [one for one in self.document.findall(nodes.list_item) if "session" in one]
        places = [(_rank(node), node) for node in (*facts, *items)]
        for rank, node in sorted(places, key=itemgetter(0)):
            if node.get("event") == own is not None and session_key(node) not in anchored:
                anchored.add(session_key(node))
                self._anchor(node, rank)
        for node, home in self._homes:
            self._keep_old_ids(node, home)
            self._index_people(node, home)
        if own is not None:
            self._settle_others()
            self._compare_title()

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
            self._hint(section, f"the heading says other than the event's title, “{event.title}”")

    def _hint(self, section: nodes.Element, message: str) -> None:
        if is_told(Code.HEADING, self.config):
            report_at(section[0], Code.HEADING, message)

    def _adopt(self, node: nodes.Element, homes: set[int]) -> None:
        section = node.parent
        wanted = f"session-{node['session']}"
        anchor = rename_section(self.env, self.document, section, wanted)
        section["classes"] += ["event-session-notes"]
        section["event"], section["session"] = node["event"], node["session"]
        self._homes.append((node, section))
        self._note(node, Rank.NOTES, anchor, section[0])
        if not _is_headed(section, node["titles"].split("\n")):
            self._hint(
                section, f"the heading says other than the session's title, “{node['title']}”"
            )
        for below in _sections_below(section, homes):
            below["session"] = node["session"]
            wanted = f"{anchor}-{slug(source_heading_of(below))}"
            rename_section(self.env, self.document, below, wanted)
            self._mark_kind(below)

    def _anchor(self, node: nodes.Element, rank: Rank) -> None:
        """A target of its own, for an id on a container or list item is no label in LaTeX."""
        anchor = free_id(self.document, f"session-{node['session']}", node)
        target = nodes.target("", "", ids=[anchor])
        self.document.ids[anchor] = target
        self._homes.append((node, target))
        node["anchor"] = anchor
        place = cast(nodes.Element, node[0]) if isinstance(node, nodes.list_item) else node
        place.insert(0, target)
        self._note(node, rank, anchor, node)

    def _keep_old_ids(self, node: nodes.Element, home: nodes.Element) -> None:
        """Anchors that links from elsewhere may still have."""
        for old in node["old_ids"]:
            former = free_id(self.document, f"session-{old}", home)
            home["ids"].append(former)
            self.document.ids[former] = home

    def _index_people(self, node: nodes.Element, home: nodes.Element) -> None:
        """For the index of the site and of the book: who spoke, and where that stands."""
        entries = [
            # A semicolon would part the name.
            ("single", name.replace(";", ","), home["ids"][0], "", initial(reading or name))
            for name, reading in (line.split("\t") for line in node["people"].splitlines())
        ]
        if entries:
            index = addnodes.index(entries=entries)
            home.insert(1, index) if isinstance(home, nodes.section) else node.insert(0, index)

    def _note(self, node: nodes.Element, rank: Rank, anchor: str, shown_at: nodes.Node) -> None:
        domain, docname = event_domain(self.env), self.env.docname
        entry = domain.library.entry_of_page(docname)
        if entry is None or entry.event_id != node["event"]:
            page = PageKind.ELSEWHERE
        else:
            page = PageKind.OF_EVENT if docname == entry.page else PageKind.BELOW_EVENT
        line = shown_at.line or 0
        place = SessionPlace(False, rank, page, docname, anchor, node["title"], line)
        domain.note_session(node["event"], node["session"], place)
        for old in node["old_ids"]:
            domain.note_session(node["event"], old, place._replace(is_former=True))

    def _settle_others(self) -> None:
        """A new heading must not shift the anchors of those that docutils cannot name."""
        for section in self.document.findall(nodes.section):
            if "session" in section:
                continue
            self._mark_kind(section)
            if may_shift(section):
                wanted = slug(source_heading_of(section))
                rename_section(self.env, self.document, section, wanted)

    def _mark_kind(self, section: nodes.Element) -> None:
        """Say what kind of notes a section holds, where its heading tells."""
        kind = note_kind(heading_of(section), self.config.eventreports_note_kinds)
        if kind is not None:
            section["classes"] += ["event-note", f"event-{kind}"]


def _is_headed(section: nodes.Element, titles: Iterable[str]) -> bool:
    """Whether the heading is one of ``titles``, as people read it."""
    return without_spaces(heading_of(section)) in map(without_spaces, titles)


def session_key(node: nodes.Element) -> SessionKey:
    return node.get("event", ""), node.get("session", "")


def _rank(node: nodes.Element) -> Rank:
    """How much a node shows of its session; of a talk within another, as much as that one's."""
    for shown in (node, *ancestors(node)):
        if isinstance(shown, session_facts):
            return Rank.FACTS if shown is node else Rank.PART
        if isinstance(shown, card):
            return Rank.CARD
    return Rank.LISTED


def opens_section(node: nodes.Element) -> bool:
    section = node.parent
    if not isinstance(section, nodes.section):
        return False
    before = section[: section.index(node)]
    return all(isinstance(sibling, _UNSEEN) for sibling in before)


def _sections_below(section: nodes.Element, homes: set[int]) -> Iterator[nodes.section]:
    """The section's sections, without those that are other sessions' homes."""
    for child in section.children:
        if isinstance(child, nodes.section) and id(child) not in homes:
            yield child
            yield from _sections_below(child, homes)


def ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    """Yield what a node stands in, the nearest first."""
    while node.parent is not None:
        node = node.parent
        yield node
