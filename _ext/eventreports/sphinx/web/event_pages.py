"""The page of an event: a cover and a head, and the facts in columns."""

from collections.abc import Iterable

from docutils import nodes

from ...core.model import Event
from ...core.repeated_dates import repeated_date as date_in
from ...render.event_head import event_head, labels_in_head
from ...render.facts import label
from ...render.labels import _
from ...render.nodes import classes_of, event_block, event_icon, fold, repeated_date
from ...render.pictures import head_cover
from .base import WebTransform

#: So many facts are shown; further ones are folded.
_SHOWN_FACTS = 6


class EventPages(WebTransform):
    """Give the page of each event its head; runs after the links to its PDFs are there."""

    default_priority = 60

    def run(self, **kwargs: object) -> None:
        entry = self.domain.library.entry_of_page(self.env.docname)
        if entry is None:
            return
        context = self.context_of(entry.event_id)
        event = context.event if context else None
        title = next(iter(self.document.findall(nodes.title)), None)
        if context is None or event is None:
            return
        in_head: set[str] = set()
        if entry.page == self.env.docname and title is not None and title.parent:
            heading = _without_date(title, event)
            in_head = labels_in_head(context, event, heading)
            section, place = title.parent, title.parent.index(title)
            section.insert(place + 1, event_head(context, event, self._buttons(section)))
            section.parent.insert(section.parent.index(section), head_cover(context, event))
            for picture in list(self.document.findall(_is_picture)):
                # The cover shows it.
                picture.parent.remove(picture)
        for block in self.document.findall(event_block):
            if "event-info" in block["classes"]:
                _arrange_facts(block, in_head)

    def _buttons(self, section: nodes.Element) -> list[nodes.reference]:
        """Return what the page offers: its PDFs, and its slides."""
        links: list[nodes.reference] = []
        for line in [one for one in section.children if "event-printouts" in classes_of(one)]:
            links += line.findall(nodes.reference)
            section.remove(line)
        buttons = [_button(link, link.astext(), "download") for link in links[:1]]
        buttons += [_button(link, link.astext(), "") for link in links[1:]]
        if (slides := _section_with(self.document, "event-slides")) is not None:
            link = nodes.reference("", "", refid=slides["ids"][0], internal=True)
            buttons.append(_button(link, label("slides"), "slides"))
        if buttons:
            buttons[0]["classes"].append("event-button-first")
        return buttons


def _button(link: nodes.reference, text: str, icon: str) -> nodes.reference:
    link.children = []
    link += [*([event_icon(name=icon)] if icon else []), nodes.inline(text, text)]
    link["classes"] = [*link.get("classes", []), "event-button"]
    return link


def _section_with(document: nodes.document, name: str) -> nodes.Element | None:
    """Return the section that has a block of a class."""
    for block in document.findall(event_block):
        section = block.parent
        if name in block["classes"] and isinstance(section, nodes.section) and section["ids"]:
            return section
    return None


def _without_date(title: nodes.Element, event: Event) -> str:
    """Mark the day of the event that the title repeats; return the rest."""
    text = title.astext()
    found = date_in(text, event.first_date)
    if found is None or [type(one) for one in title.children] != [nodes.Text]:
        return text
    before, day, after = text[: found[0]], text[slice(*found)], text[found[1] :]
    title.children = []
    title += [nodes.Text(before), repeated_date(day, day), nodes.Text(after)]
    return before + after


def _is_picture(node: nodes.Node) -> bool:
    return "event-picture" in classes_of(node)


def _arrange_facts(block: nodes.Element, in_head: set[str]) -> None:
    """Fold the facts: first those that the head does not say, and within, all others.

    A directive that asks for a plain list has one.
    """
    facts = next(iter(block.findall(nodes.field_list)), None)
    if facts is None or "event-plain" in block["classes"]:
        return
    place = block.index(facts)
    below = block.children[place + 1 :]
    others = [one for one in facts.children if one.children[0].astext() not in in_head]
    first = others[:_SHOWN_FACTS] if len(others) > _SHOWN_FACTS + 1 else others
    rest = [one for one in facts.children if one not in first]
    section = block.parent
    is_alone = isinstance(section, nodes.section) and not place and section.children[1:] == [block]
    if not first and not is_alone:
        # A fold that opens to what stands right above it.
        rest = [one for one in rest if one.children[0].astext() in in_head & _needless()]
    if not first and not rest:
        block.remove(facts)
        return
    folded = fold("", label=label("info"), hint=_hint(first or rest))
    if first:
        # Open where there is room.
        folded["classes"].append("event-fold-facts")
        folded += _field_list(facts, first)
    if rest:
        inner = _field_list(facts, rest)
        text = _("{number} more").format(number=len(rest))
        folded += fold("", inner, label=text, hint=_hint(rest)) if first else inner
    if is_alone:
        # The fold's label says what the heading says.
        section["classes"].append("event-folded")
    block.children = [*block.children[:place], folded]
    folded.parent = block
    folded += below


def _needless() -> set[str]:
    """Return the labels of facts that the head does not say, and few readers need."""
    return {label("timezone"), label("coordinates")}


def _field_list(like: nodes.Element, fields: Iterable[nodes.Node]) -> nodes.Element:
    return nodes.field_list("", *fields, classes=list(like["classes"]))


def _hint(facts: Iterable[nodes.Node]) -> str:
    """Return what the facts are about: labels, with the number of names of long lists."""
    words = []
    for one in facts:
        name, body = one.children[0].astext(), one.children[1]
        count = sum(1 for _name in body.findall(_is_name))
        words.append(f"{name} {count}" if count > 1 else name)
    return _(", ").join(words)


def _is_name(node: nodes.Node) -> bool:
    return not {"event-organization", "event-person"}.isdisjoint(classes_of(node))
