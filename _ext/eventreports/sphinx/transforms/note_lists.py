"""The points and actions in the notes of a page: which items there are, and what they say."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from sphinxcommon.files import short_digest
from sphinxcommon.line_breaks import joined_lines

from ...core.model import Event
from ...core.note_items import OTHER, Action, action, video_time
from ...core.texts import all_texts
from ...render.nodes import ancestors, event_block, is_home, time_link
from ..domain import event_domain
from ..domain.data import NOTED, Noted
from ..domain.references import queries_of

LISTS: Final = (nodes.bullet_list, nodes.enumerated_list)
#: What is no text of an item, although it may have some.
_OTHER: Final = (
    *(nodes.literal, nodes.math, nodes.raw, nodes.image, nodes.reference, addnodes.pending_xref),
    *(nodes.footnote_reference, addnodes.download_reference, time_link),
)
#: How the box of a task begins in MyST (``tasklist``).
BOX: Final = '<input class="task-list-item-checkbox" '


class NotedList(NamedTuple):
    """What stands under a heading that names its kind.

    :param home: The section of the session that it is about; ``None`` for the event as a whole.
    :param items: The items of its lists; of points paragraphs, too.
    """

    home: nodes.Element | None
    items: tuple[nodes.Element, ...]

    @property
    def texts(self) -> Iterator[str]:
        """The items in plain text, without what they are explained with."""
        return filter(None, map(_plain_text, self.items))


class NoteCollector(SphinxTransform):
    """Note in the domain what the page notes of events; runs when all else has been done to it."""

    default_priority = 895

    def apply(self, **kwargs: object) -> None:
        noted = tuple(one for kind in NOTED for one in self._noted(kind))
        if noted:
            event_domain(self.env).noted[self.env.docname] = noted

    def _noted(self, kind: str) -> Iterator[Noted]:
        """Yield what the page notes of a kind, unless that is of no event."""
        domain, docname = event_domain(self.env), self.env.docname
        for place, one in enumerate(noted_lists(self.document, kind)):
            event_id = one.home["event"] if one.home else domain.library.event_of_page(docname)
            if not event_id:
                continue
            links = [link for item in one.items for link in item.findall(addnodes.pending_xref)]
            yield Noted(
                docname,
                place,
                kind,
                event_id,
                one.home["session"] if one.home else "",
                tuple(one.texts),
                tuple(self._actions(one, event_id) if kind == "actions" else ()),
                short_digest([item.pformat() for item in one.items]),
                tuple(query for link in links for query in queries_of(domain, docname, link)),
            )

    def _actions(self, noted: NotedList, event_id: str) -> Iterator[Action]:
        library = event_domain(self.env).library
        entry = library.entry_of_event(event_id)
        event = library.load(entry.folder).event if entry else None
        names = called_names(event, self.config.language) if event else {}
        yield from (action_of(item, names) for item in noted.items)


def noted_lists(root: nodes.Element, kind: str) -> Iterator[NotedList]:
    """Yield what a page, or a part of it, notes of a kind, in the order of the page.

    :param root: Where to look; the sections have been given their kinds.
    :param kind: The kind.
    :yields: The items under each heading of the kind that is under no other of the same kind.
    """
    name = f"event-{kind}"
    for section in root.findall(nodes.section):
        around = [one for one in ancestors(section) if isinstance(one, nodes.section)]
        if name not in section["classes"] or any(name in one["classes"] for one in around):
            continue
        if items := tuple(_items(section, kind)):
            yield NotedList(next(filter(is_home, around), None), items)


def _items(section: nodes.Element, kind: str) -> Iterator[nodes.Element]:
    """Yield the items, also those under further headings that name no other kind."""
    for child in unwrapped(section.children):
        if isinstance(child, LISTS):
            yield from (one for one in child.children if isinstance(one, nodes.list_item))
        elif isinstance(child, nodes.paragraph) and kind == "points" and child.astext().strip():
            yield child
        elif isinstance(child, nodes.section) and _is_part(child, kind):
            yield from _items(child, kind)


def lists_of(section: nodes.Element, kind: str) -> Iterator[nodes.Element]:
    """Yield the lists of a section of notes, also those under further headings of it.

    :param section: The section.
    :param kind: The kind of its notes.
    :yields: The lists that are in no other.
    """
    for child in unwrapped(section.children):
        if isinstance(child, LISTS):
            yield child
        elif isinstance(child, nodes.section) and _is_part(child, kind):
            yield from lists_of(child, kind)


def _is_part(section: nodes.section, kind: str) -> bool:
    """Return whether a section has notes of the kind of the section around it."""
    is_of_another = "event-note" in section["classes"] and f"event-{kind}" not in section["classes"]
    return not (is_of_another or is_home(section))


def unwrapped(children: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """Yield nodes, of containers what is in them; of ``event:only`` not for whom that is."""
    for child in children:
        is_only = isinstance(child, event_block) and "event-only" in child["classes"]
        if is_only or type(child) in (nodes.container, nodes.compound):
            yield from unwrapped(child.children)
        elif not (isinstance(child, nodes.paragraph) and "event-only-for" in child["classes"]):
            yield child


def action_of(item: nodes.Element, names: Mapping[str, str]) -> Action:
    """Return what an item says of something to do.

    :param item: The item.
    :param names: As :func:`called_names` returns them.
    :returns: What it says.
    """
    line = first_line(item)
    ticked = is_ticked(line) if line else None
    texts = [*own_text(line)][0 if ticked is None else 1 :] if line else []
    return action("".join(texts), names, is_done=ticked)


def called_names(event: Event, language: str) -> Mapping[str, str]:
    """Return the names by which reporters and participants are called, and what is shown."""
    return {
        called.removeprefix("@"): person.name.in_language(language)
        for person in (*event.participants, *event.reporters)
        if person.name
        for called in (*all_texts(person.name), *person.aliases)
    }


def first_line(item: nodes.Element) -> nodes.paragraph | None:
    """Return the paragraph in which an item says what it is about, if it has one."""
    if isinstance(item, nodes.paragraph):
        return item
    return next((one for one in item.children if isinstance(one, nodes.paragraph)), None)


def is_ticked(line: nodes.Element) -> bool | None:
    """Return whether a paragraph begins with a box of MyST that is ticked; ``None`` without one."""
    text = line.children[0].astext() if line.children else ""
    is_box = text.startswith(BOX) and isinstance(line.children[0], nodes.raw)
    return "checked" in text.removeprefix(BOX) if is_box else None


def own_text(line: nodes.Element) -> Iterator[str]:
    """Yield the texts of a paragraph, with :data:`OTHER` for code, links and the like."""
    for leaf in leaves(line):
        yield leaf if isinstance(leaf, nodes.Text) else OTHER


def leaves(node: nodes.Element) -> Iterator[nodes.Node]:
    """Yield the texts of a paragraph, and the nodes whose texts are not its own."""
    for child in node.children:
        if isinstance(child, (nodes.Text, *_OTHER)):
            yield child
        elif isinstance(child, nodes.Element):
            yield from leaves(child)


def _plain_text(item: nodes.Element) -> str:
    """Return the first paragraph of an item, without the time at its head and without notes."""
    line = first_line(item)
    if line is None:
        return ""
    aside = (nodes.raw, nodes.footnote_reference, time_link)
    text = "".join(one.astext() for one in leaves(line) if not isinstance(one, aside))
    text = " ".join("".join(one.astext() for one in joined_lines([nodes.Text(text)])).split())
    time = video_time(text)
    return text[time.end :].lstrip() if time else text
