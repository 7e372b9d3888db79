"""Cards of sessions: their numbers, what the reporter took home, and signs of what there is."""

from collections.abc import Iterable, Iterator

from docutils import nodes

from ...core.model import Person, Session
from ...core.names import initials
from ...render.context import Context
from ...render.event_head import can_be_opened
from ...render.facts import label
from ...render.labels import _
from ...render.nodes import (
    card,
    card_list,
    classes_of,
    event_block,
    event_icon,
    event_initials,
    schedule_item,
    session_facts,
)
from ..domain.object_types import SESSION
from ..transforms.session_sections import session_name
from .base import WebTransform, session_of

#: A person more is not drawn.
_MOST_INITIALS = 3


class SessionCards(WebTransform):
    """Complete the cards of sessions, the schedule, and the facts at their notes.

    It runs when all links are there.
    """

    default_priority = 62

    def run(self, **kwargs: object) -> None:
        for cards in self.document.findall(card_list):
            for node in cards.children:
                if isinstance(node, card) and "session" in node:
                    self._complete(node)
        for item in self.document.findall(schedule_item):
            if "session" in item:
                self._sign(item)
        for facts in self.document.findall(session_facts):
            context = self.context_of(facts["event"])
            if context and (session := session_of(context.event, facts["session"])):
                for line in _lines(facts, "event-speakers"):
                    line[:0] = _initials(context, session.speakers)

    def _sign(self, item: nodes.Element) -> None:
        """Put signs of what there is beside the people of a session in the schedule."""
        context = self.context_of(item["event"])
        session = session_of(context.event, item["session"]) if context else None
        if session is None:
            return
        signs = list(_signs(session, has_notes=self._has_notes(item)))
        if not signs:
            return
        foot = event_block("", classes=["event-card-foot"])
        place = next(
            (at for at, one in enumerate(item.children) if "event-children" in classes_of(one)),
            len(item.children),
        )
        for people in _lines(item, "event-card-people"):
            place = item.index(people)
            item.remove(people)
            foot += people
        foot += nodes.paragraph("", "", *signs, classes=["event-signs"])
        item.insert(place, foot)

    def _has_section(self, node: nodes.Element) -> bool:
        """Return whether the session that a node shows has a section, which has its links."""
        target = self.domain.link_target(SESSION, session_name(node))
        return target is not None and target.shown_as == "notes"

    def _has_notes(self, node: nodes.Element) -> bool:
        return self.domain.has_notes(session_name(node))

    def _complete(self, node: nodes.Element) -> None:
        context = self.context_of(node["event"])
        session = session_of(context.event, node["session"]) if context else None
        if context is None or session is None:
            return
        if number := node.get("number"):
            node.insert(0, nodes.paragraph("", str(number), classes=["event-number"]))
        people = next(iter(_lines(node, "event-card-people")), None)
        if people is not None:
            people[:0] = _initials(context, session.speakers)
        if self._has_notes(node):
            node["classes"].append("event-has-notes")
        if not self._has_section(node):
            return
        points = self.domain.points(session_name(node))
        title = next(iter(_lines(node, "event-card-title")), None)
        if points and title is not None:
            quote = nodes.paragraph("", points[0], classes=["event-quote"])
            node.insert(node.index(title) + 1, quote)
        foot = event_block("", classes=["event-card-foot"])
        if people is not None:
            node.remove(people)
            foot += people
        # The links stand at the notes.
        for line in _lines(node, "event-card-links"):
            node.remove(line)
        if signs := list(_signs(session, has_notes=self._has_notes(node))):
            foot += nodes.paragraph("", "", *signs, classes=["event-signs"])
        if foot.children:
            node += foot


def _signs(session: Session, *, has_notes: bool) -> Iterator[nodes.Node]:
    if has_notes:
        yield event_icon(name="notes", label=_("With notes"))
    for kind, icon in (("slides", "slides"), ("videos", "video")):
        if can_be_opened(session, kind):
            yield event_icon(name=icon, label=label(kind))


def _initials(context: Context, people: Iterable[Person]) -> list[nodes.Node]:
    names = [context.name(one.name) for one in people if one.name]
    if len(names) > _MOST_INITIALS:
        return []
    return [event_initials(letters=initials(name)) for name in names]


def _lines(node: nodes.Element, name: str) -> list[nodes.paragraph]:
    """Return the paragraphs of a class in a card, or those of the facts under a key."""
    fields = [
        field for below in node.children if isinstance(below, nodes.field_list) for field in below
    ]
    bodies = [field.children[1] for field in fields if name in classes_of(field)]
    lines = [line for body in bodies for line in body.children]
    lines += [line for line in node.children if name in classes_of(line)]
    return [line for line in lines if isinstance(line, nodes.paragraph)]
