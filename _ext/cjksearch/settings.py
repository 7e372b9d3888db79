"""The settings ``cjksearch_*``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from sphinxcommon.messages import Message
from sphinxcommon.setting_kinds import TEXTS, Kind, list_of
from sphinxcommon.settings import Declaration, setting


def _is_filter(name: object, given: object) -> bool:
    """Return whether a filter has a name and a label; Sphinx's translated texts are no ``str``."""
    known = given if isinstance(given, dict) else {"label": given}
    label, newest_first = known.get("label"), known.get("newest_first", False)
    is_value = label is None or isinstance(label, int | float | list | tuple | dict | bytes)
    is_known = known.keys() <= {"label", "newest_first"} and isinstance(newest_first, bool)
    return isinstance(name, str) and not is_value and is_known


_SYNONYMS: Final = list_of(
    TEXTS, Message("a list of lists of names, such as [['Kubernetes', 'k8s']]")
)
_FILTERS: Final = Kind(
    Message(
        "a dictionary of names and labels, such as {'topic': 'Topic', 'year': {'label': 'Year',"
        " 'newest_first': True}}"
    ),
    (dict,),
    lambda value: all(map(_is_filter, value, value.values())),
)


@dataclass(frozen=True)
class Settings(Declaration):
    """The settings of a site."""

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
        Message(
            "The filters that readers choose by, in order, with their labels, such as"
            ' `{"topic": "Topic"}`. `{"year": {"label": "Year", "newest_first": True}}` lists the'
            " values of a filter newest first."
        ),
        "html",
    )
