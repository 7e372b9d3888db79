"""The settings ``cjksearch_*``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from sphinxcommon.kinds import FLAG, NUMBER, TEXT, TEXTS, Kind, list_of
from sphinxcommon.messages import Message
from sphinxcommon.settings import Declaration, setting


def _is_label(name: object, label: object) -> bool:
    """Return whether a filter has a name and a text; Sphinx's translated texts are no ``str``."""
    is_value = label is None or isinstance(label, int | float | list | tuple | dict | bytes)
    return isinstance(name, str) and not is_value


_SYNONYMS: Final = list_of(
    TEXTS, Message("a list of lists of names, such as [['Kubernetes', 'k8s']]")
)
_FILTERS: Final = Kind(
    Message("a dictionary of names and labels, such as {'year': 'Year'}"),
    (dict,),
    lambda value: all(map(_is_label, value, value.values())),
)


@dataclass(frozen=True)
class Settings(Declaration):
    """What a site may set."""

    prefix: ClassVar = "cjksearch_"
    warning_type: ClassVar = "cjksearch"

    synonyms: Sequence[Sequence[str]] = setting(
        [],
        _SYNONYMS,
        Message(
            'Names of one thing, such as `[["Kubernetes", "k8s"]]`: whoever searches for one'
            " finds the others."
        ),
        "html",
    )
    filters: Mapping[str, Any] = setting(
        {},
        _FILTERS,
        Message("What readers may choose by, with labels, in the order in which it is shown."),
        "html",
    )
    newest_filter: str = setting(
        "", TEXT, Message("The filter whose values are shown last first, such as `year`."), "html"
    )
    pagefind: bool = setting(
        True,
        FLAG,
        Message(
            "Whether Pagefind indexes the site. Without it a build is quicker, and the fallback"
            " searches alone."
        ),
        "html",
    )
    fallback_characters: int = setting(
        1_000_000,
        NUMBER,
        Message(
            "With more characters than these a site has no fallback's index, which would cost"
            " readers more than it helps."
        ),
        "html",
    )
