"""Gather the points and actions of events when all pages are read."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from docutils import nodes

from ...render.context import paragraph, plain
from ...render.inline import restriction
from ...render.labels import _
from ...render.nodes import event_block, gathered_notes
from ..domain.data import Noted, SessionNotes
from ..domain.object_types import SESSION
from .action_tables import Task, action_tables
from .note_copies import NoteCopies
from .note_lists import NotedList, noted_lists
from .overviews import ListedEvent, OverallTransform

#: An event, and what is noted of it.
_Gathered = tuple[ListedEvent, list[Noted]]


class GatheredNotes(OverallTransform):
    """Replace the placeholders of points and actions; runs before references are resolved."""

    default_priority = 5

    def run(self, **kwargs: object) -> None:
        self._lists: dict[tuple[str, str], list[NotedList]] = {}
        for placeholder in list(self.document.findall(gathered_notes)):
            placeholder.replace_self(self._filled(placeholder))

    def _filled(self, placeholder: nodes.Element) -> nodes.Element:
        """Return what a placeholder stands for; messages to translate stand where they are from."""
        block = event_block("", classes=placeholder["classes"], support_smartquotes=False)
        if self.env._app.builder.name == "gettext":
            return block
        gathered = self._gathered(placeholder)
        if placeholder["kind"] == "points":
            block += self._points(placeholder, gathered)
        else:
            block += self._actions(placeholder, gathered)
        if not block.children:
            block += paragraph([plain(_nothing(placeholder))], "event-nothing")
        return block

    def _gathered(self, placeholder: nodes.Element) -> list[_Gathered]:
        """Return the events of which something is noted, newest first."""
        noted, named = self.domain.noted_of_events(placeholder["kind"]), placeholder["events"]
        ids = None if named is None else {self.domain.library.current_id(one) for one in named}
        found = [
            (event, there)
            for event in self.events(placeholder["choice"])
            if (ids is None or event.event_id in ids)
            and (there := [one for one in noted.get(event.event_id, ()) if event.has(one.session)])
        ]
        return found[: placeholder["limit"]]

    def _items(self, noted: Noted, refdoc: str) -> list[list[nodes.Node]]:
        """Return copies of the items of a list, each as blocks."""
        key = noted.docname, noted.kind
        if key not in self._lists:
            self._lists[key] = [*noted_lists(self.env.get_doctree(noted.docname), noted.kind)]
        copies = NoteCopies(self.domain, self.env._app.builder, noted.docname, refdoc)
        return [copies.blocks(item) for item in self._lists[key][noted.place].items]

    def _points(
        self, placeholder: nodes.Element, gathered: Sequence[_Gathered]
    ) -> Iterator[nodes.Node]:
        """Yield the points, below the sessions, and these below the events if there are several."""
        refdoc = placeholder["refdoc"]
        for event, noted in gathered:
            if _has_several(placeholder):
                yield self._heading(placeholder, event)
            for session, lists in groupby(noted, lambda one: one.session):
                if session:
                    link = self._session_link(event, session, refdoc)
                    yield paragraph([link], "event-gathered-session")
                points = nodes.bullet_list(bullet="-", classes=["event-gathered-list"])
                for one in lists:
                    items = self._items(one, refdoc)
                    points += [nodes.list_item("", *self._marked(one, body)) for body in items]
                yield points

    def _heading(self, placeholder: nodes.Element, event: ListedEvent) -> nodes.Element:
        """Return the name of an event, as a link to its page, and when it was."""
        heading = self.heading(placeholder, event.target.title, "event-gathered-event")
        heading[:] = [self._event_link(event, placeholder["refdoc"])]
        if when := event.when(self.locale):
            heading += [nodes.Text(" "), plain(when, "event-gathered-when")]
        return heading

    def _event_link(self, event: ListedEvent, refdoc: str) -> nodes.Node:
        link = self.link("event", event.event_id, refdoc)([plain(event.target.title)])
        marks = restriction(event.facts.visibility)
        return nodes.inline("", "", link, *marks) if marks else link

    def _session_link(self, event: ListedEvent, session: str, refdoc: str) -> nodes.Node:
        """Return the title of a session, as a link to its notes."""
        target = self.domain.link_target(SESSION, (event.event_id, session))
        link = self.link("session", f"{event.event_id}/{session}", refdoc)
        shown = link([plain(target.title if target else session)])
        facts = target.facts if target else None
        level = facts.visibility if isinstance(facts, SessionNotes) else ""
        return nodes.inline("", "", shown, *restriction(level)) if level else shown

    def _marked(self, noted: Noted, body: list[nodes.Node]) -> list[nodes.Node]:
        """Add to an item of a page that is not for all for whom that is."""
        level = self.domain.page_levels.get(noted.docname)
        first = next((one for one in body if isinstance(one, nodes.paragraph)), None)
        if first is not None:
            first += restriction(level)
        return body

    def _actions(
        self, placeholder: nodes.Element, gathered: Sequence[_Gathered]
    ) -> Iterator[nodes.Node]:
        """Yield what is to be done, and below that what has been."""
        tasks = [
            Task.of(action, body, self._origin(placeholder, event, one))
            for event, noted in gathered
            for one in noted
            for action, body in zip(
                one.actions,
                (self._marked(one, body) for body in self._items(one, placeholder["refdoc"])),
                strict=True,
            )
        ]
        for status, made in action_tables(tasks, self.locale):
            if placeholder["status"] not in (None, status):
                continue
            if status == "done" and placeholder["status"] is None:
                yield self.heading(placeholder, _("Completed"), "event-gathered-done")
            yield made

    def _origin(
        self, placeholder: nodes.Element, event: ListedEvent, noted: Noted
    ) -> list[nodes.Node]:
        """Return links to where an action stands: to its event, if there are several."""
        refdoc = placeholder["refdoc"]
        links = []
        if _has_several(placeholder):
            links.append(paragraph([self._event_link(event, refdoc)]))
        if noted.session:
            links.append(paragraph([self._session_link(event, noted.session, refdoc)]))
        return [*links]


def _has_several(placeholder: nodes.Element) -> bool:
    """Return whether a placeholder may be of several events, which have to be named."""
    return placeholder["events"] is None or len(placeholder["events"]) > 1


def _nothing(placeholder: nodes.Element) -> str:
    """Return what stands where there is nothing."""
    match placeholder["kind"], placeholder["status"]:
        case "points", _status:
            return _("There are no points.")
        case _kind, "open":
            return _("There are no open actions.")
        case _kind, "done":
            return _("No action is done yet.")
    return _("There are no actions.")
