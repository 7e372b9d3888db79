"""What a site may set in ``conf.py``: what is wrong is told, and the default used in its stead."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from inspect import ismodule
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sphinx.config import Config


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting, its value where none is given, what it must be, and whether a value is so."""

    name: str
    default: Any
    kind: str
    fits: Callable[[Any], bool]

    @property
    def types(self) -> tuple[type, ...]:
        """What Sphinx takes; of a switch on the command line also a text, which it would end at."""
        kind = type(self.default)
        return {list: (list, tuple), bool: (bool, str)}.get(kind, (kind,))


def did_you_mean(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _is_list_of_names(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)


def _is_label(name: Any, label: Any) -> bool:
    """True of a name and a text; translated texts are of a class of Sphinx's own."""
    is_value = label is None or isinstance(label, int | float | list | tuple | dict | bytes)
    return isinstance(name, str) and not is_value


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
        lambda value: isinstance(value, Mapping) and all(map(_is_label, value, value.values())),
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
        lambda value: isinstance(value, bool),
    ),
    # With more characters than these, the fallback's index costs readers more than it helps.
    Setting(
        "cjksearch_fallback_characters",
        1_000_000,
        "a number from 0",
        lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
    ),
)


def unknown_settings(config: Config) -> Iterator[str]:
    """Yield the names that look like settings, and that Sphinx passes over."""
    given: dict[str, Any] = getattr(config, "_raw_config", {})
    for name, value in given.items():
        is_code = callable(value) or ismodule(value)
        if name.startswith("cjksearch_") and name not in config and not is_code:
            yield name
