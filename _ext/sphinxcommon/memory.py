"""Bound the memory of builds of many pages, and the time in which Python looks for garbage.

Sphinx keeps the doctree of each page that it has read until that is written, and doctrees refer to
themselves, so that Python's garbage collector alone frees them. The more pages there are, the more
it looks through, again and again, without finding any.
"""

import atexit
import gc
from collections.abc import Sized
from typing import Final

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

#: So many doctrees are kept; those of more pages are read from their files when they are written.
_MOST_DOCTREES: Final = 20
#: The thresholds of the collector while a site is built: new objects, and rounds.
_THRESHOLDS: Final = (20_000, 20, 50)


class Memory:
    """The memory of a build; its methods are listeners of Sphinx's events."""

    def begin(self, _app: Sphinx, _config: Config) -> None:
        """Have the collector look for garbage less often."""
        self._thresholds = gc.get_threshold()
        self._is_frozen = False
        self._resolved = 0
        gc.set_threshold(*_THRESHOLDS)

    def begin_reading(self, _app: Sphinx, env: BuildEnvironment, docnames: Sized) -> None:
        """Exempt what is in memory from collection, after a last one if many pages are read."""
        if len(docnames) > _MOST_DOCTREES:
            self._free(env)
        else:
            gc.freeze()

    def begin_page(self, _app: Sphinx, env: BuildEnvironment, _docname: str) -> None:
        """Free the doctrees of the pages that have been read, if there are many."""
        if len(env._write_doc_doctree_cache) >= _MOST_DOCTREES:
            self._free(env)

    def note_resolved(self, app: Sphinx, _doctree: nodes.document, _docname: str) -> None:
        """Free the doctrees of the pages that have been written, if there are many."""
        self._resolved += 1
        # Pages that are written in parallel wait for others in large groups.
        most = _MOST_DOCTREES if app.parallel <= 1 else 4 * _MOST_DOCTREES
        if self._resolved % most == 0:
            app.env._pickled_doctree_cache.clear()
            if self._is_frozen:
                gc.collect()
            else:
                self._free(app.env)

    def begin_writing(self, _app: Sphinx, builder: Builder) -> None:
        """Exempt what is in memory from collection before many pages are written."""
        if self._is_frozen:
            self._free(builder.env)

    def end(self, _app: Sphinx, _exception: Exception | None) -> None:
        """Have the collector work as before."""
        gc.unfreeze()
        gc.set_threshold(*self._thresholds)

    def _free(self, env: BuildEnvironment) -> None:
        """Collect garbage, and exempt the rest from later collections."""
        env._write_doc_doctree_cache.clear()
        gc.collect()
        gc.freeze()
        self._is_frozen = True


def setup(app: Sphinx) -> None:
    """Connect the listeners."""
    memory = Memory()
    app.connect("config-inited", memory.begin)
    # Between pages, when no doctree is in use.
    app.connect("env-before-read-docs", memory.begin_reading)
    app.connect("env-purge-doc", memory.begin_page)
    app.connect("write-started", memory.begin_writing)
    app.connect("doctree-resolved", memory.note_resolved)
    app.connect("build-finished", memory.end, priority=950)
    # A process that ends need not collect garbage; it may have set up several builds.
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)
