"""What Sphinx's index says of the pages of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import TYPE_CHECKING, Any

from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.locale import _

from .markup import array, call, string

if TYPE_CHECKING:
    from sphinx.builders import Builder


def index_of(builder: Builder, docnames: Set[str]) -> str:
    """The index of some pages as a call of the template's: nothing where that is nothing."""

    def places(targets: Iterable[tuple[str, str]]) -> str:
        keys = (uri.removeprefix("%") for _main, uri in targets)
        return array(string(key) for key in keys if key.partition("#")[0] in docnames)

    def entry(name: str, targets: Any, below: Any) -> Iterator[str]:
        parts = [part for sub, found in below for part in entry(sub, found, ())]
        if (keys := places(targets)) != array([]) or parts:
            yield array([string(name), keys, array(parts)])

    groups = []
    for letter, entries in IndexEntries(builder.env).create_index(builder):
        found = [
            part for name, (targets, below, _key) in entries for part in entry(name, targets, below)
        ]
        if found:
            groups.append(array([string(letter), array(found)]))
    return call("index-of", string(_("Index")), array(groups)) if groups else ""
