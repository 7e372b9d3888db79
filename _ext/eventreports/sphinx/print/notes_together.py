"""Put the notes of a session together, which several reporters have on pages of their own."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final, TypeGuard

from docutils import nodes
from sphinx import addnodes

from ...core.model import Event
from ...library import Entry
from ...render.context import paragraph, plain
from ...render.facts import label
from ...render.inline import restriction
from ...render.labels import _, reported_by
from ...render.nodes import UNSEEN, ancestors, byline, is_home, session_facts
from ..domain import EventDomain
from ..domain.data import ObjectName
from ..domain.object_types import SESSION
from ..transforms.session_sections import session_name

#: The attribute of what stands elsewhere than its page.
_MOVED: Final = "event_moved"


def page_of(node: nodes.Node) -> str:
    """Return the page that a node of a document is from; nothing of the document's first page."""
    around = (one for one in (node, *ancestors(node)) if isinstance(one, addnodes.start_of_file))
    return str(next((one["docname"] for one in around), ""))


def of_page(docname: str, *content: nodes.Node) -> list[nodes.Node]:
    r"""Return content that stands elsewhere than its page, which references in it are relative to.

    :param docname: The page; nothing for the document's first page.
    :param \*content: The nodes.
    :returns: The nodes, or one that has them.
    """
    moved = {"docname": docname, _MOVED: True}
    return [addnodes.start_of_file("", *content, **moved)] if docname else [*content]


def reporter_line(
    domain: EventDomain, docname: str, class_name: str, *, is_alone: bool
) -> list[nodes.paragraph]:
    """Return a line that says whose the notes below it are.

    :param domain: The domain.
    :param docname: The page that the notes are from.
    :param class_name: The class of the line, by which ``styles.typ`` styles it.
    :param is_alone: Whether no other page has notes of the same.
    :returns: The line; none where that goes without saying, or nobody says so.
    """
    entry = domain.library.entry_of_page(docname)
    is_own = entry is not None and entry.page == docname
    has_name = bool(domain.reporters_of(docname))
    # Notes of a page without a reporter go by its title, beside those of others.
    is_said = (has_name and not is_alone) if is_own else (has_name or not is_alone)
    # In the words of web pages: a name alone would be one more speaker.
    said = [
        plain(_("Notes") + _(": "), "event-label"),
        plain(domain.name_of_notes(docname)),
        *restriction(domain.page_levels.get(docname)),
    ]
    return [paragraph(said, class_name)] if is_said else []


class NotesTogether:
    """The notes of one event in a document that has its pages.

    :param domain: The domain.
    :param entry: The event's entry.
    :param event: The event.
    :param own: What the document has of the event's own page, with the pages below it.
    """

    def __init__(self, domain: EventDomain, entry: Entry, event: Event, own: nodes.Element) -> None:
        self._domain = domain
        self._page = entry.page
        self._own = own
        self._order = {one.id: number for number, one in enumerate(event.all_sessions)}
        self._root = next(iter(own.findall(nodes.section)), None)
        self._homes = self._homes_in(entry.event_id, own)

    def _homes_in(
        self, event_id: str, own: nodes.Element
    ) -> Mapping[ObjectName, list[nodes.section]]:
        """Return the sections with notes of each session, that to which links lead first."""
        found: dict[tuple[ObjectName, str], nodes.section] = {}
        for section in own.findall(nodes.section):
            if is_home(section) and section["event"] == event_id:
                found[session_name(section), self._page_of(section)] = section
        return {
            name: [
                found[name, target.docname]
                for target in self._domain.best_targets(SESSION, name)
                if (name, target.docname) in found
            ]
            for name in dict.fromkeys(name for name, _page in found)
        }

    def put_together(self) -> None:
        """Put all notes of a session below it, and the sessions on the event's own page."""
        for name, sections in self._homes.items():
            pages = {one.docname for one in self._domain.written_notes(name)}
            written = [one for one in sections if self._page_of(one) in pages]
            for number, section in enumerate(sections):
                self._say_whose(section, written)
                if number:
                    self._move_notes(section, sections[0])
        if self._root is not None:
            self._move_sessions(self._root)
        for line in self._own.findall(byline):
            # The event is around it.
            line.children = []
            line += plain(reported_by(line["reporters"]))

    def _page_of(self, node: nodes.Node) -> str:
        return page_of(node) or self._page

    def _say_whose(self, section: nodes.section, written: Collection[nodes.section]) -> None:
        """Say below the facts of a session whose the notes are, where somebody has written some.

        :param section: A section of the session.
        :param written: All those of its sections that have notes.
        """
        for line in [one for one in section.children if isinstance(one, byline)]:
            section.remove(line)
        if section in written:
            page, is_alone = self._page_of(section), len(written) == 1
            whose = reporter_line(self._domain, page, "event-notes-of", is_alone=is_alone)
            section.insert(_behind_facts(section), whose)

    def _move_notes(self, section: nodes.section, home: nodes.section) -> None:
        """Move notes to those to which links lead, behind these."""
        docname = self._page_of(section)
        target = nodes.target("", "", ids=section["ids"])
        notes = section[_behind_facts(section) :]
        around = section.parent
        around.remove(section)
        _remove_empty(around)
        below = (n for n, one in enumerate(home.children) if _is_home_section(one))
        home.insert(next(below, len(home)), of_page(docname, target, *notes))

    def _move_sessions(self, root: nodes.section) -> None:
        """Move the sessions of which only reporters' pages have notes to the event's own page."""
        own = [one for one in root.findall(nodes.section) if self._is_of(self._page, one)]
        found = [one for page in sorted(self._domain.reporters) for one in self._moved(page, root)]
        if not found:
            return
        around = own[-1].parent if own else self._section_of_sessions(root)
        for section in sorted(found, key=self._rank):
            page, docname = section.parent, self._page_of(section)
            page.remove(section)
            _remove_empty(page)
            around.insert(self._place_in(around, section), of_page(docname, section))

    def _moved(self, docname: str, root: nodes.section) -> list[nodes.section]:
        """Return the outermost sections with notes of sessions on a reporter's page."""
        if docname == self._page:
            return []
        return [one for one in root.findall(nodes.section) if self._is_of(docname, one)]

    def _is_of(self, docname: str, section: nodes.section) -> bool:
        """Return whether a page has notes in a section that is in no other with notes."""
        is_outermost = not any(map(_is_home_section, ancestors(section)))
        return is_home(section) and is_outermost and self._page_of(section) == docname

    def _rank(self, section: nodes.Element) -> int:
        return self._order.get(section["session"], len(self._order))

    def _place_in(self, around: nodes.Element, section: nodes.section) -> int:
        """Return the place of a session among others, in the order of the programme."""
        place = len(around)
        for number in reversed(range(len(around))):
            shown = around[number]
            if isinstance(shown, addnodes.start_of_file) and _MOVED in shown:
                shown = shown[-1]
            if _is_home_section(shown):
                if self._rank(shown) < self._rank(section):
                    return number + 1
                place = number
        return place

    def _section_of_sessions(self, root: nodes.section) -> nodes.section:
        """Add a section for sessions behind the content of the event's own page."""
        made = nodes.section("", nodes.title("", label("sessions")))
        pages = (n for n, one in enumerate(root.children) if _has_other_page(one))
        root.insert(next(pages, len(root)), made)
        return made


def _has_other_page(node: nodes.Node) -> bool:
    return any(_MOVED not in one for one in node.findall(addnodes.start_of_file))


def _is_home_section(node: nodes.Node) -> TypeGuard[nodes.section]:
    return isinstance(node, nodes.section) and is_home(node)


def _behind_facts(section: nodes.section) -> int:
    """Return the place behind the heading and the facts of a session."""
    facts = (n for n, one in enumerate(section.children, 1) if isinstance(one, session_facts))
    return next(facts, 1)


def _remove_empty(section: nodes.Element) -> None:
    """Remove a section of which all content has been moved, and those that it alone is in.

    What leads there leads to where it was.
    """
    while isinstance(section, nodes.section) and not list(_content(section)):
        around = section.parent
        section.replace_self(nodes.target("", "", ids=section["ids"]))
        section = around


def _content(section: nodes.section) -> Iterator[nodes.Node]:
    return (one for one in section.children if not isinstance(one, UNSEEN))
