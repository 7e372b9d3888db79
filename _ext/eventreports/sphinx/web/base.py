"""What transforms of web pages have in common."""

from typing import Any

from sphinx.transforms.post_transforms import SphinxPostTransform

from ...core.model import Event, Session
from ...render.context import Context
from ..builders.html import is_of_web
from ..domain import EventDomain, event_domain


class WebTransform(SphinxPostTransform):
    """A transform of pages of web sites; those in books and help files are left as they are."""

    formats = ("html",)

    def apply(self, **kwargs: Any) -> None:
        if is_of_web(self.env._app.builder):
            super().apply(**kwargs)

    @property
    def domain(self) -> EventDomain:
        """The domain of events."""
        return event_domain(self.env)

    def context_of(self, event_id: str) -> Context | None:
        """Return the context in which the page shows an event, if its file could be read."""
        library = self.domain.library
        entry = library.entry_of_page(self.env.docname)
        if entry is None or entry.event_id != event_id:
            entry = library.entry_of_event(event_id)
        if entry is None:
            return None
        loaded = library.load(entry.folder)
        return Context.of_page(self.env, self.env.docname, entry.folder, loaded)


def session_of(event: Event | None, session_id: str) -> Session | None:
    """Return an event's session of an id, if there is one."""
    return event.session(session_id) if event else None
