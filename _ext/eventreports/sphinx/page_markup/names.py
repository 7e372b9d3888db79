"""The directives and roles that a page may use."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from sphinxcommon.suggestions import nearest

from ..directive_names import directive_meant

DOMAIN: Final = "event"
#: How alike a name and that of another extension's directive or role are, if it is a typo.
_LIKENESS_OF_TYPO: Final = 0.85


@dataclass(frozen=True)
class Names:
    """What there is to name.

    :param directives: The directives of the domain.
    :param roles: The roles of the domain.
    :param is_directive: Whether there is a directive of a whole name.
    :param is_role: Whether there is a role of a whole name.
    :param others: Names of directives that are of no domain.
    :param options: The options of the domain's directives.
    """

    directives: Collection[str]
    roles: Collection[str]
    is_directive: Callable[[str], bool]
    is_role: Callable[[str], bool]
    others: Collection[str] = ()
    options: Collection[str] = ()

    def directive_meant(self, written: str) -> str | None:
        """Return the domain's directive that is meant, unless there is the one written."""
        if self.is_directive(written):
            return None
        meant = directive_meant(written, self.directives)
        return f"{DOMAIN}:{meant}" if meant else None

    def near_directive(self, written: str) -> str | None:
        """Return the directive of no domain that is meant, unless there is the one written."""
        if ":" in written or self.is_directive(written):
            return None
        return nearest(written, self.others, _LIKENESS_OF_TYPO)

    def role_meant(self, written: str) -> str | None:
        """Return the domain's role that is meant, unless there is the one written."""
        if self.is_role(written):
            return None
        meant = directive_meant(written, self.roles)
        return f"{DOMAIN}:{meant}" if meant else None

    def has_body(self, written: str) -> bool:
        """Return whether text belongs into a directive of the domain."""
        return written == f"{DOMAIN}:only"

    def are_with_body(self, line: str) -> bool:
        """Return whether a line seems to have such a directive, of which no repair is certain."""
        return re.search(rf"\b{DOMAIN}s?\W{{0,3}}only\b", line, re.IGNORECASE) is not None

    def is_option(self, written: str) -> bool:
        """Return whether a name is that of an option of the domain, or nearly."""
        return nearest(written, self.options, _LIKENESS_OF_TYPO) is not None
