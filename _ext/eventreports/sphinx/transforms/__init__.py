"""What a page needs once it is parsed, and once all pages are read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Final, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.images import guess_mimetype
from sphinx.util.nodes import make_refnode
from sphinx_design.grids import row_columns_option

from ...core.dates import format_range
from ...core.names import initial
from ...core.problems import Code
from ...render.context import joined, paragraph, plain
from ...render.facts import status_badge
from ...render.labels import _, ngettext, site_locale
from ...render.nodes import (
    card,
    card_list,
    event_block,
    event_listing,
    event_logo,
    file_reference,
    resource_reference,
    session_facts,
)
from ..domain import EventObject, PageKind, Rank, SessionKey, SessionPlace, event_domain, year_of
from ..logging import is_told, report_at
from ..section_ids import free_id, heading_of, may_shift, rename_section, slug, source_heading_of

#: What a heading may name together: メモと印象, Points & actions.
_AND: Final = re.compile(r"と|および|及び|[・、/／&＆]|\band\b")
#: What may stand between a heading and the directive that opens the section.
_UNSEEN = (nodes.title, nodes.Invisible, nodes.system_message)


class StraySections(SphinxTransform):
    """A section that stands within a list, a card or a tab has no place there: a rubric has.

    A directive cannot tell where it stands (MyST gives it no parent), so the
    sections that our directives make are set right afterwards.
    """

    default_priority = 265

    def apply(self, **kwargs: object) -> None:
        for section in list(self.document.findall(nodes.section)):
            is_stray = not isinstance(section.parent, nodes.section | nodes.document)
            if is_stray and section.get("event_made"):
                title = next(iter(section.findall(nodes.title)))
                # A second child: writers leave out a rubric that says “Footnotes” and no more.
                heading = nodes.rubric("", "", *title.children, nodes.Text(""), ids=section["ids"])
                heading["translatable"] = title.get("translatable", True)
                heading.source, heading.line = title.source, title.line
                section.replace_self([heading, *section[1:]])


class SessionHomes(SphinxTransform):
    """Give each session of the page its anchor: its section, its facts or its card.

    Runs after targets and explicit ids have reached their sections (260–262),
    and before anything reads the sections' ids.
    """

    default_priority = 270

    def apply(self, **kwargs: object) -> None:
        self._homes: list[tuple[nodes.Element, nodes.Element]] = []
        facts: list[nodes.Element] = list(self.document.findall(session_facts))
        homes: dict[SessionKey, nodes.Element] = {}
        for node in filter(_opens_section, facts):
            if homes.setdefault(_key(node), node) is not node:
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
            if node.get("event") == own is not None and _key(node) not in anchored:
                anchored.add(_key(node))
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
        kinds: dict[str, list[str]] = self.config.eventreports_note_kinds
        heading = heading_of(section)
        parts = (heading, *_AND.split(heading))
        for kind, words in kinds.items():
            if any(_ends_with(part, word) for part in parts for word in words):
                section["classes"] += ["event-note", f"event-{kind}"]
                return


def _ends_with(heading: str, word: str) -> bool:
    """Whether that is what a heading is about: 全体の所感, Overall impressions; not Endpoints."""
    before = _folded(heading).removesuffix(_folded(word))
    is_compound = not word[:1].isascii() or not before[-1:].isascii()
    is_after_blank = heading.casefold().endswith(f" {word.casefold()}")
    return before != _folded(heading) and (not before or is_compound or is_after_blank)


#: References that are meant to be text where they lead nowhere, or that lead to other projects.
_OF_OTHERS: Final = {"leads_to", "intersphinx"}


class Uses(SphinxTransform):
    """Note the links that may lead to an event or session; after MyST has made them (879)."""

    default_priority = 890

    def apply(self, **kwargs: object) -> None:
        domain = event_domain(self.env)
        for link in self.document.findall(addnodes.pending_xref):
            if link.get("reftype") in ("any", "myst"):
                domain.note_use_of(self.env.docname, link.get("reftarget", ""))
            elif link.get("refdomain") == domain.name and not _OF_OTHERS & link.attributes.keys():
                domain.note_reference(self.env.docname, link)


def _is_headed(section: nodes.Element, titles: Iterable[str]) -> bool:
    """Whether the heading is one of ``titles``, as people read it."""
    return _folded(heading_of(section)) in map(_folded, titles)


def _key(node: nodes.Element) -> SessionKey:
    return node.get("event", ""), node.get("session", "")


def _rank(node: nodes.Element) -> Rank:
    """How much a node shows of its session; of a talk within another, as much as that one's."""
    for shown in (node, *_above(node)):
        if isinstance(shown, session_facts):
            return Rank.FACTS if shown is node else Rank.PART
        if isinstance(shown, card):
            return Rank.CARD
    return Rank.LISTED


def _opens_section(node: nodes.Element) -> bool:
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


def _folded(text: str) -> str:
    """For comparing: case, width and white space do not count."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


class EventListings(SphinxPostTransform):
    """Fill the lists of events, now that all are known; before references are resolved."""

    default_priority = 5

    def run(self, **kwargs: object) -> None:
        for listing in list(self.document.findall(event_listing)):
            listing.replace_self(self._filled(listing))

    def _filled(self, listing: nodes.Element) -> nodes.Element:
        domain = event_domain(self.env)
        known = ((event_id, domain.event(event_id)) for event_id in domain.events)
        events = [(event_id, event) for event_id, event in known if event]
        year, limit = listing["year"], listing["limit"]
        chosen = [item for item in events if year is None or year_of(item[1]) == year]
        chosen.sort(key=lambda item: item[0])
        chosen.sort(key=lambda item: item[1].start or (), reverse=True)
        block = event_block("", classes=listing["classes"], support_smartquotes=False)
        if not chosen:
            block += paragraph([plain(_("There are no events."))], "event-nothing")
            return block
        cards = card_list(columns=row_columns_option("1"), classes=["event-cards"], bullet="-")
        cards += [self._card(listing, *item) for item in chosen[:limit]]
        block += cards
        return block

    def _card(self, listing: nodes.Element, event_id: str, event: EventObject) -> card:
        link = addnodes.pending_xref(
            "",
            plain(event.name),
            refdomain="event",
            reftype="event",
            reftarget=event_id,
            refexplicit=True,
            refwarn=False,
            refdoc=listing["refdoc"],
        )
        locale = site_locale(self.config.language)
        when = event.date_text
        if not when and event.start and event.end:
            when = format_range(event.start, event.end, locale)
        number = event.session_count
        count = ngettext("{number} session", "{number} sessions", number).format(number=number)
        facts = [when, event.venue, count if number else ""]
        node = card("", paragraph([link], "sd-card-title", "event-card-title"))
        if said := status_badge(event.status):
            node += paragraph(said, "event-card-status")
        if known := [plain(fact, "event-fact") for fact in facts if fact]:
            node += paragraph(joined(known), "event-card-when")
        return node


class MoreNotes(SphinxPostTransform):
    """Where a session's notes are, and on its cards, links to its notes on other pages."""

    default_priority = 6

    def run(self, **kwargs: object) -> None:
        facts = filter(self._is_at_home, self.document.findall(session_facts))
        cards = (one for one in self.document.findall(card) if "session" in one)
        for node in [*facts, *cards]:
            self._add_links(node)

    def _is_at_home(self, node: nodes.Element) -> bool:
        """Whether the facts open the section to which links lead."""
        section = node.parent
        if not _is_home(section) or _key(section) != _key(node) or not _opens_section(node):
            return False
        home = event_domain(self.env).home(*_key(node))
        return home is not None and home.docname == node["refdoc"]

    def _add_links(self, node: nodes.Element) -> None:
        domain = event_domain(self.env)
        docname = node["refdoc"]
        links = [
            make_refnode(
                self.env._app.builder,
                docname,
                place.docname,
                place.anchor,
                plain(self.env.titles[place.docname].astext()),
            )
            for place in domain.more_notes(*_key(node))
            if place.docname != docname
        ]
        if links:
            name = plain(_("More notes") + _(": "), "event-label")
            node += paragraph([name, *joined(links)], "event-more-notes")


def _is_home(node: nodes.Node) -> bool:
    return isinstance(node, nodes.section) and "event-session-notes" in node["classes"]


class Logos(SphinxPostTransform):
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


class PrintedLinks(SphinxPostTransform):
    """On paper the links of a session get QR codes, once: where its notes are, or else its card."""

    formats = ("typst",)
    default_priority = 100

    def run(self, **kwargs: object) -> None:
        domain = event_domain(self.env)
        for node in self.document.findall(nodes.Element):
            if isinstance(node, session_facts):
                is_home = True
            elif isinstance(node, card) and "session" in node:
                home = domain.home(node["event"], node["session"])
                is_home = home is not None and home.rank is Rank.CARD
            else:
                continue
            if is_home:
                for link in node.findall(resource_reference):
                    if "event-resource" in link.parent["classes"]:
                        self._give_code(link)

    def _give_code(self, link: nodes.Element) -> None:
        """Each code stands on a line of its own, where no comma is needed."""
        link["classes"].append("qr")
        link.parent["classes"].append("event-coded")
        around = link.parent.parent
        if "event-joined" in around["classes"]:
            around.pop()
        line = next((one for one in _above(link) if "event-card-links" in one["classes"]), None)
        if line is not None and len(line) > 1:
            # What it is, is said beside the code.
            line["classes"].insert(0, "event-card-codes")
            if (said := line.children[0]).astext() and line.children[1] in [link, *_above(link)]:
                line.remove(said)
                link.insert(0, said)


def _above(node: nodes.Node) -> Iterator[nodes.Element]:
    while node.parent is not None:
        node = node.parent
        yield node


class PlainReferences(SphinxPostTransform):
    """Where nothing can be followed, a reference is its text; that of the data keeps its address.

    In manual pages the references between pages have an empty address, which
    docutils' writer (0.22) prints as ``<>``.
    """

    builders = ("man", "text")
    default_priority = 900

    def run(self, **kwargs: object) -> None:
        for reference in list(self.document.findall(nodes.Element)):
            match reference:
                case resource_reference():
                    address = reference["refuri"]
                case file_reference():
                    address = reference["reftarget"].rpartition("/")[2]
                case nodes.reference() if reference.get("refuri") == "":
                    address = ""
                case _:
                    continue
            is_said = address in ("", reference.astext())
            beside = [] if is_said else [nodes.Text(f" <{address}>")]
            reference.replace_self([*reference.children, *beside])
