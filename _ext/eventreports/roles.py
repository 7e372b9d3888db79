"""``{event:event}`` and ``{event:session}``: references from any page."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.roles import XRefRole

from .domain import EventDomain

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


class EventRole(XRefRole):
    """``{event:event}`ID```: leads to the event's page, named as the event is."""

    def __init__(self) -> None:
        super().__init__(innernodeclass=nodes.inline, warn_dangling=True)

    def process_link(
        self,
        env: BuildEnvironment,
        refnode: nodes.Element,
        has_explicit_title: bool,
        title: str,
        target: str,
    ) -> tuple[str, str]:
        domain = cast(EventDomain, env.get_domain("event"))
        target = target.strip()
        domain.note_use(env.docname, self.event_id(domain, env.docname, target))
        return title, target

    def event_id(self, domain: EventDomain, docname: str, target: str) -> str:
        return target


class SessionRole(EventRole):
    """``{event:session}`ID``` within an event, ``{event:session}`EVENT/ID``` from elsewhere."""

    def event_id(self, domain: EventDomain, docname: str, target: str) -> str:
        return domain.session_key(docname, target)[0]


ROLES = {"event": EventRole(), "session": SessionRole()}
