"""``{event:event}``, ``{event:session}``: references from any page to an object of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.roles import XRefRole

from ..core.names import composed

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


class ObjectRole(XRefRole):
    """Lead to an object by its id, or by its event's and its own, and show its title."""

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
        return title, composed(target.strip())
