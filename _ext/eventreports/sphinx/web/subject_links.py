"""Names lead to the pages of those who have them, and sessions and events to those near to them."""

from collections.abc import Iterable, Iterator

from docutils import nodes

from ...core.related_sessions import SessionKey
from ...render.context import joined, paragraph, plain
from ...render.labels import _
from ...render.nodes import (
    ancestors,
    event_block,
    event_icon,
    is_home,
    resource_reference,
    schedule_item,
    session_facts,
    subject_name,
)
from ..domain.object_types import EVENT, SESSION
from ..transforms.overviews import link_to, topic_uri
from .base import WebTransform


class SubjectLinks(WebTransform):
    """Make links of the names of people, organizations, topics and series that have a page.

    An address of their own that a name has led to follows behind it, as a sign. Topics without a
    page lead to what the search finds of them.
    """

    default_priority = 64

    def run(self, **kwargs: object) -> None:
        for node in list(self.document.findall(subject_name)):
            # A reporter's name leads to their page of the event; small ones close together, as in
            # the schedule, are no links.
            around = ancestors(node)
            is_text = any(isinstance(one, nodes.reference | schedule_item) for one in around)
            if not is_text and (uri := self._address(node)):
                own = [one for one in node.children if isinstance(one, resource_reference)]
                text = [part for one in node.children for part in (one.children or [one])]
                node.children = []
                node += link_to(uri)(text)
                node += [part for one in own for part in _as_sign(one)]

    def _address(self, node: nodes.Element) -> str:
        """Return where a name leads; nothing if nowhere."""
        app, docname = self.env._app, self.env.docname
        session = next((one["session"] for one in ancestors(node) if "session" in one), "")
        subjects = self.domain.subjects
        found = subjects.have_pages and subjects.all.find(
            node["kind"], node["subject"], node["event"], session
        )
        if found and (page := subjects.page_of(found)):
            return app.builder.get_relative_uri(docname, page)
        return topic_uri(app, docname, node["subject"]) if node["kind"] == "topic" else ""


def _as_sign(link: nodes.Element) -> Iterator[nodes.Node]:
    """Yield a link to an address of one's own as a sign behind the name."""
    link.children = []
    link += event_icon(name="link", label=_("Website"))
    link["classes"] = [*link["classes"], "event-own-page"]
    yield nodes.Text(" ")
    yield link


class NearSessions(WebTransform):
    """Put links to other sessions of the same people, and on the same topics, at the notes."""

    default_priority = 64

    def run(self, **kwargs: object) -> None:
        if not self.domain.subjects.have_pages:
            return
        for facts in list(self.document.findall(session_facts)):
            section = facts.parent
            if isinstance(section, nodes.section) and is_home(section) and facts["session"]:
                of_event = self.domain.subjects.related_sessions.get(facts["event"], {})
                found = of_event.get(facts["session"], ((), ()))
                heads = (_("Also by the speakers"), _("On the same topics"))
                lines = [
                    paragraph([plain(f"{head}{_(': ')}", "event-label"), *joined(links)])
                    for head, near in zip(heads, found, strict=True)
                    if (links := list(self._links(near)))
                ]
                if lines:
                    section.append(event_block("", *lines, classes=["event-near"]))

    def _links(self, sessions: Iterable[SessionKey]) -> Iterator[nodes.Node]:
        builder = self.env._app.builder
        for event, session in sessions:
            target = self.domain.link_target(SESSION, (event, session))
            of_event = self.domain.link_target(EVENT, (event,))
            if target and of_event:
                uri = builder.get_relative_uri(self.env.docname, target.docname)
                anchor = f"#{target.anchor}" if target.anchor else ""
                link = link_to(f"{uri}{anchor}")([nodes.Text(target.title)])
                yield nodes.inline("", "", link, plain(f" ({of_event.title})", "event-beside"))


class SeriesLinks(WebTransform):
    """Put links to the events before and after in the series at the end of an event's page."""

    default_priority = 64

    def run(self, **kwargs: object) -> None:
        entry = self.domain.library.entry_of_page(self.env.docname)
        section = next(iter(self.document.findall(nodes.section)), None)
        subjects = self.domain.subjects
        if (
            entry is None
            or entry.page != self.env.docname
            or section is None
            or not subjects.have_pages
        ):
            return
        links = [
            self._link(event, icon)
            for event, icon in zip(
                subjects.neighbours_in_series(entry.event_id), ("previous", "next"), strict=True
            )
            if event
        ]
        if found := [one for one in links if one is not None]:
            section.append(event_block("", paragraph(found), classes=["event-neighbours"]))

    def _link(self, event: str, icon: str) -> nodes.Node | None:
        target = self.domain.link_target(EVENT, (event,))
        if target is None:
            return None
        uri = self.env._app.builder.get_relative_uri(self.env.docname, target.docname)
        text: list[nodes.Node] = [nodes.Text(target.title)]
        sign = event_icon(name=icon)
        link = link_to(uri)([sign, *text] if icon == "previous" else [*text, sign])
        return nodes.inline("", "", link, classes=[f"event-{icon}"])
