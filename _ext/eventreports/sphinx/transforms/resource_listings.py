"""Fill the lists of slides and videos of many events when all pages are read."""

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docutils import nodes

from ...core.model import Session
from ...core.normal_form import UNDETERMINED
from ...core.session_forms import with_resources
from ...render.context import Context, paragraph, plain, verbatim
from ...render.inline import restriction
from ...render.labels import _
from ...render.nodes import event_block, file_reference, resource_listing
from ...render.resource_lists import resource_list
from ..domain.copied_files import copied_files
from .overviews import ListedEvent, OverallTransform


class ResourceListings(OverallTransform):
    """Replace the placeholders of such lists; runs before references are resolved."""

    default_priority = 5

    def run(self, **kwargs: object) -> None:
        for placeholder in list(self.document.findall(resource_listing)):
            placeholder.replace_self(self._filled(placeholder))

    def _filled(self, placeholder: nodes.Element) -> nodes.Element:
        block = event_block("", classes=placeholder["classes"], support_smartquotes=False)
        if self.env._app.builder.name == "gettext":
            return block
        of_events = [*self._lists(placeholder)][: placeholder["limit"]]
        for one, items in of_events:
            block += self._heading(placeholder, one)
            block += items
        if not of_events:
            block += paragraph([plain(_("There are no slides."))], "event-nothing")
        copies = copied_files(self.env)
        for link in list(block.findall(file_reference)):
            _lead_to_copy(link, copies)
        return verbatim(block)

    def _lists(self, placeholder: nodes.Element) -> Iterator[tuple[ListedEvent, nodes.bullet_list]]:
        """Yield the events that have any, newest first, each with its list."""
        forms = self.domain.subjects.forms
        for one in self.events(placeholder["choice"]):
            form = forms.get(one.event_id, {})
            sessions = [
                Session.model_validate(_as_written(session))
                for session in with_resources(form, one.sessions)
            ]
            context = self._context(placeholder, one.event_id)
            items = resource_list(context, sessions, placeholder["kinds"])
            if items.children:
                yield one, items

    def _context(self, placeholder: nodes.Element, event: str) -> Context:
        """Return the context of the page; paths of the form begin at the source directory."""
        entry = self.domain.library.entry_of_event(event)
        site = self.config.language
        return Context(
            docname=placeholder["refdoc"],
            event_id=event,
            languages=placeholder["languages"] or (site, *self.config.eventreports_languages),
            locale=self.locale,
            root=Path(self.env.srcdir),
            folder=".",
            source=str(Path(self.env.srcdir, entry.file)) if entry else "",
        )

    def _heading(self, placeholder: nodes.Element, one: ListedEvent) -> nodes.rubric:
        """Return the name of an event, as a link to its page, and when it was."""
        heading = self.heading(placeholder, one.target.title, "event-gathered-event")
        link = self.link("event", one.event_id, placeholder["refdoc"])
        heading[:] = [link([plain(one.target.title)]), *restriction(one.facts.visibility)]
        if when := one.when(self.locale):
            heading += [nodes.Text(" "), plain(when, "event-gathered-when")]
        return heading


def _lead_to_copy(link: file_reference, copies: Mapping[str, str]) -> None:
    """Let a link lead to the copy of a file that the event's page has; else keep its text."""
    path = posixpath.normpath(link["reftarget"].lstrip("/"))
    if path in copies:
        link["reftarget"] = f"/{path}"
        link["filename"] = copies[path]
    else:
        link.replace_self(nodes.inline("", "", *link.children))


def _as_written(form: Any) -> Any:
    """Return a part of the normal form as the model takes it, with texts of no language as such."""
    if isinstance(form, dict):
        if form.keys() == {UNDETERMINED}:
            return form[UNDETERMINED]
        return {key: _as_written(value) for key, value in form.items()}
    if isinstance(form, list):
        return [_as_written(one) for one in form]
    # The model reads text.
    return form if isinstance(form, str) else str(form).lower()
