"""The directives and roles that a page may use."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from ..directive_names import directive_meant

DOMAIN = "event"


@dataclass(frozen=True)
class Names:
    """What there is to name.

    :param directives: The directives of the domain.
    :param roles: The roles of the domain.
    :param is_directive: Whether there is a directive of a whole name.
    :param is_role: Whether there is a role of a whole name.
    """

    directives: Collection[str]
    roles: Collection[str]
    is_directive: Callable[[str], bool]
    is_role: Callable[[str], bool]

    def directive_meant(self, written: str) -> str | None:
        """Return the whole name of the directive that is meant, unless there is the one written."""
        if self.is_directive(written):
            return None
        meant = directive_meant(written, self.directives)
        return f"{DOMAIN}:{meant}" if meant else None

    def role_meant(self, written: str) -> str | None:
        """Return the whole name of the role that is meant, unless there is the one written."""
        if self.is_role(written):
            return None
        meant = directive_meant(written, self.roles)
        return f"{DOMAIN}:{meant}" if meant else None
