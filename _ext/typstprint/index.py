"""The index of a document: the entries of Sphinx's index for its pages."""

from collections.abc import Iterable, Iterator, Set
from contextlib import suppress
from typing import Any

from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.locale import _
from sphinx.util.index_entries import split_index_msg

from .characters import composed
from .markup import array, call, string, strings


def index_of(builder: Builder, docnames: Set[str]) -> str:
    """Return a call of the template's function; nothing where there are no entries."""
    hints = set(_hints(builder.env, docnames))

    def places(targets: Iterable[tuple[str, str]]) -> str:
        keys = (uri.removeprefix("%") for _main, uri in targets)
        return strings(key for key in keys if key.rpartition("#")[0] in docnames)

    def entry(name: str, targets: Any, below: Any, above: str = "") -> Iterator[str]:
        parts = [part for sub, found in below for part in entry(sub, found, (), name)]
        if (keys := places(targets)) != array([]) or parts or (above, name) in hints:
            yield array([string(composed(name)), keys, array(parts)])

    groups = []
    for letter, entries in IndexEntries(builder.env).create_index(builder):
        found = [
            part for name, (targets, below, _key) in entries for part in entry(name, targets, below)
        ]
        if found:
            groups.append(array([string(letter), array(found)]))
    return call("index-of", string(_("Index")), array(groups)) if groups else ""


def _hints(env: BuildEnvironment, docnames: Set[str]) -> Iterator[tuple[str, str]]:
    """Yield the entries with “see”: Sphinx does not say which pages those are of."""
    for docname in docnames:
        for kind, value, *_others in env.domains.index_domain.entries.get(docname, ()):
            if kind in ("see", "seealso"):
                with suppress(ValueError):  # Sphinx has warned of it.
                    first, second = split_index_msg(kind, value)
                    yield first, (_("see %s") if kind == "see" else _("see also %s")) % second
