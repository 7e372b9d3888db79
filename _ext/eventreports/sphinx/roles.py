"""``{event:event}`` and ``{event:session}``: references from any page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.roles import XRefRole

from ..core.names import composed
from .domain import event_domain

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


class EventRole(XRefRole):
    """``{event:event}`ID```: leads to the event's page, named as the event is; so for sessions."""

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
        target = composed(target.strip())
        event_domain(env).note_use_of(env.docname, target)
        return title, target


#: ``{event:session}`ID``` serves within an event, ``{event:session}`EVENT/ID``` elsewhere too.
ROLES = {"event": EventRole(), "session": EventRole()}
