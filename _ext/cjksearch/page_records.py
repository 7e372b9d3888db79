"""The records of a site's pages, made while its builder writes, and kept from build to build."""

import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.search import IndexBuilder
from sphinx.util import logging

from sphinxcommon.files import write_whole

from .fallback import LANGUAGE
from .messages import __
from .records import Facts, Record, records_of

logger = logging.getLogger(__name__)

#: Increased when the pickled records change.
_VERSION: Final = 5


def report_write_error(app: Sphinx, error: OSError) -> None:
    """Report that the search could not be written; the build ends with an error status."""
    message = __("the search cannot be written: %s")
    logger.error(message, error, type="cjksearch", subtype="write")
    app.statuscode = 1


class PageRecords(IndexBuilder):
    """The records by page; builders feed it their pages, as they do Sphinx's own index.

    By then references are resolved, and nodes for other builders are removed.
    """

    def __init__(self, app: Sphinx) -> None:
        super().__init__(app.env, LANGUAGE, {}, "")
        self._app = app
        self._path = Path(app.doctreedir, f"cjksearch-{app.builder.name}.pickle")
        self.by_page = self._read()

    def _read(self) -> dict[str, list[Record]]:
        try:
            version, kept = pickle.loads(self._path.read_bytes())
        except Exception:  # A pickle of another version may fail in any way.
            return {}
        return kept if version == _VERSION else {}

    def feed(self, docname: str, filename: Any, title: str, doctree: nodes.document) -> None:
        """Replace the records of a page."""

        def facts_of(node: nodes.Element) -> Facts | None:
            facts = self._app.emit_firstresult("cjksearch-facts", docname, node)
            return None if facts is None else Facts(**facts)

        self.by_page[docname] = records_of(docname, doctree, facts_of)

    def load(self, stream: Any, format: Any) -> None:  # noqa: A002
        """Do nothing: the records are in a file of their own, which is read already."""

    def prune(self, docnames: Iterable[str]) -> None:
        """Remove all pages but ``docnames``; Sphinx calls this before and after writing."""
        kept = set(docnames)
        self.by_page = {name: one for name, one in self.by_page.items() if name in kept}

    def dump(self, stream: Any, format: Any) -> None:  # noqa: A002
        """Save the records; the indexes are made when all pages are written."""
        try:
            write_whole(self._path, pickle.dumps((_VERSION, self.by_page)))
        except OSError as error:
            # The next build makes the records of all pages again.
            self._path.unlink(missing_ok=True)
            report_write_error(self._app, error)

    @property
    def are_saved(self) -> bool:
        """Whether there are saved records, none in case that failed."""
        return self._path.is_file()

    def records(self) -> list[Record]:
        """Return the records of all pages."""
        return [record for page in self.by_page.values() for record in page]
