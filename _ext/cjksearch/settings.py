"""What a site may set in ``conf.py``: what is wrong is told, and the default used in its stead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting, its value where none is given, what it must be, and whether a value is so."""

    name: str
    default: Any
    kind: str
    fits: Callable[[Any], bool]


def _is_list_of_names(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)


SETTINGS: Final = (
    # Names of one thing: whoever searches for one finds the others.
    Setting(
        "cjksearch_synonyms",
        [],
        "a list of lists of names, such as [['Kubernetes', 'k8s']]",
        lambda value: isinstance(value, list | tuple) and all(map(_is_list_of_names, value)),
    ),
    # What readers may choose by, in the order in which it is shown; labels may be translated.
    Setting(
        "cjksearch_filters",
        {},
        "a dictionary of names and labels, such as {'year': 'Year'}",
        lambda value: isinstance(value, Mapping) and all(isinstance(one, str) for one in value),
    ),
    # The filter whose values are shown last first, such as years.
    Setting(
        "cjksearch_newest_filter",
        "",
        "the name of a filter, such as 'year'",
        lambda value: isinstance(value, str),
    ),
    # Whether Pagefind indexes the site; without, a build is quicker and the fallback searches.
    Setting(
        "cjksearch_pagefind",
        True,
        "True or False",
        # On the command line, -D cjksearch_pagefind=0.
        lambda value: value in (True, False),
    ),
    # With more characters than these, the fallback's index costs readers more than it helps.
    Setting(
        "cjksearch_fallback_characters",
        1_000_000,
        "a number from 0",
        lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
    ),
)
