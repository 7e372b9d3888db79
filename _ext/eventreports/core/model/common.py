"""Types of keys that several entities have."""

import re
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator

from .. import located
from ..entity import OneOrMany
from ..i18n import N_
from ..value_types import FormerEventId, FormerId, Identifier, LanguageTag, Word, one_of


def _as_tags(value: object) -> object:
    """Make a list of “de, en”."""
    if isinstance(value, located.Text):
        parts = [part for part in re.split(r"\s*[,/、]\s*", value) if part]
        return [located.Text(part, value.mark) for part in parts] if parts else value
    return value


Words = Annotated[tuple[Word, ...], OneOrMany]
Identifiers = Annotated[tuple[Identifier, ...], OneOrMany]
FormerIds = Annotated[tuple[FormerId, ...], OneOrMany]
FormerEventIds = Annotated[tuple[FormerEventId, ...], OneOrMany]
Languages = Annotated[tuple[LanguageTag, ...], OneOrMany, BeforeValidator(_as_tags)]

Status = Literal["held", "cancelled", "postponed", "moved", "moved-online"]
STATUSES: Final = one_of(
    N_("status"),
    held=N_("It took place as announced (the default)."),
    cancelled=N_("It did not take place."),
    postponed=N_("It was put off, to a date not yet known."),
    moved=N_("It took place at another time or place than announced."),
    moved_online=N_("It took place online instead."),
)
#: In ascending strictness.
Visibility = Literal["public", "internal", "private", "draft"]
STRICTEST: Final = "draft"
VISIBILITIES: Final = one_of(
    N_("visibility"),
    public=N_("For everybody."),
    internal=N_("For the company alone."),
    private=N_("For those named alone."),
    draft=N_("Not yet for anybody but its authors."),
)
