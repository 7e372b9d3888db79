"""Fill the lists of people, organizations and topics when all pages are read."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from docutils import nodes

from ...core.model import SubjectKind
from ...core.subject_lists import ListedSubject, listed, most
from ...render.context import in_brackets, paragraph, plain
from ...render.labels import _, count_text
from ...render.nodes import event_block, subject_list
from ..domain.choices import chosen_events
from .overviews import OverallTransform

#: From so many on they stand under initials.
_MANY: Final = 30


class SubjectLists(OverallTransform):
    """Replace the placeholders of lists of subjects; runs before references are resolved."""

    default_priority = 5

    def run(self, **kwargs: object) -> None:
        for placeholder in list(self.document.findall(subject_list)):
            placeholder.replace_self(self._filled(placeholder))

    def _filled(self, placeholder: nodes.Element) -> nodes.Element:
        block = event_block("", classes=placeholder["classes"], support_smartquotes=False)
        if self.env._app.builder.name == "gettext":
            return block
        kind: SubjectKind = placeholder["kind"]
        chosen = chosen_events(self.domain, placeholder["choice"])
        found = listed(self.domain.subjects.all, kind, chosen, self.config.language)
        shown = most(list(found), placeholder["limit"])
        by_id = {one.id: one for one in shown}
        top = _top(shown, by_id)
        runs = [(heading, list(of)) for heading, of in groupby(top, lambda one: one.initial)]
        if len(shown) < _MANY:
            runs = [("", top)] if top else []
        for heading, of_initial in runs:
            if heading:
                block += self.heading(placeholder, heading, "event-initial")
            block += self._list(placeholder, of_initial, by_id)
        if not runs:
            block += paragraph([plain(_nothing(kind))], "event-nothing")
        return block

    def _list(
        self,
        placeholder: nodes.Element,
        shown: Sequence[ListedSubject],
        by_id: Mapping[str, ListedSubject],
        above: tuple[str, ...] = (),
    ) -> nodes.bullet_list:
        """Return a list of subjects; those below others are in these, but not in themselves."""
        items = nodes.bullet_list(classes=["event-subject-list"], bullet="-")
        for one in shown:
            item = nodes.list_item("", paragraph(self._line(placeholder, one)))
            around = (*above, one.id)
            children = [by_id[id_] for id_ in one.children if id_ in by_id and id_ not in around]
            if children:
                item += self._list(placeholder, children, by_id, around)
            items += item
        return items

    def _line(self, placeholder: nodes.Element, one: ListedSubject) -> Iterator[nodes.Node]:
        """Yield the name, as a link if it has a page, and what is known beside it."""
        name = plain(one.name, "event-subject")
        link = self.link(placeholder["kind"], one.id, placeholder["refdoc"])
        yield link([name]) if one.has_page else name
        if one.reading:
            yield nodes.Text(" ")
            yield plain(f"[{one.reading}]", "event-reading")
        yield from in_brackets(one.affiliation, "event-affiliation")
        numbers = {"events": one.events, "sessions": one.sessions}
        known = [count_text(key, number, self.locale) for key, number in numbers.items() if number]
        yield nodes.Text(_(": "))
        yield plain(_(", ").join(known), "event-numbers")


def _top(shown: Sequence[ListedSubject], by_id: Mapping[str, ListedSubject]) -> list[ListedSubject]:
    """Return the subjects that are below no other; of those below each other the first."""
    below = {child for one in shown for child in one.children}
    top: set[str] = set()
    reached: set[str] = set()
    for one in sorted(shown, key=lambda one: one.id in below):
        if one.id not in reached:
            top.add(one.id)
            ids = [one.id]
            while ids:
                if (found := ids.pop()) in by_id and found not in reached:
                    reached.add(found)
                    ids += by_id[found].children
    return [one for one in shown if one.id in top]


def _nothing(kind: SubjectKind) -> str:
    """Return what stands where there is none."""
    match kind:
        case "person":
            return _("There are no people.")
        case "organization":
            return _("There are no organizations.")
    return _("There are no topics.")
