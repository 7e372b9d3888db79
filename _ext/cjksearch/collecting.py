"""The records of a site's pages, as its builder writes them, kept from one build to the next."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.search import IndexBuilder
from sphinx.util import logging

from .fallback import LANGUAGE
from .messages import __
from .records import Ask, Facts, Record, records_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)


def report_unwritten(app: Sphinx, error: OSError) -> None:
    """Report that there is no search, or an old one; the build ends with an error."""
    message = __("the search cannot be written: %s")
    logger.error(message, error, type="cjksearch", subtype="write")
    app.statuscode = 1


_VERSION = 4


class PageRecords(IndexBuilder):
    """What a builder for HTML takes for Sphinx's index: it hands over each page that it writes.

    The pages' references are resolved by then, and what is not for HTML is gone.
    """

    def __init__(self, app: Sphinx) -> None:
        super().__init__(app.env, LANGUAGE, {}, "")
        self._app = app
        self._path = Path(app.doctreedir, f"cjksearch-{app.builder.name}.pickle")
        self.by_page = self._read()

    def _read(self) -> dict[str, list[Record]]:
        try:
            version, kept = pickle.loads(self._path.read_bytes())
        except Exception:  # What another version has pickled may fail in any way.
            return {}
        return kept if version == _VERSION else {}

    def feed(self, docname: str, filename: Any, title: str, doctree: nodes.document) -> None:
        self.by_page[docname] = records_of(docname, doctree, self._ask(docname))

    def _ask(self, docname: str) -> Ask:
        def ask(node: nodes.Element) -> Facts | None:
            told = self._app.emit_firstresult("cjksearch-facts", docname, node)
            return None if told is None else Facts(**told)

        return ask

    def load(self, stream: Any, format: Any) -> None:  # noqa: A002
        """Nothing: see :meth:`_read`."""

    def prune(self, docnames: Iterable[str]) -> None:
        """Forget the pages that are no more; Sphinx asks for it before it writes, and after."""
        kept = set(docnames)
        self.by_page = {name: one for name, one in self.by_page.items() if name in kept}

    def dump(self, stream: Any, format: Any) -> None:  # noqa: A002
        """Keep the records; the indexes are made when all is written."""
        new = self._path.with_suffix(".new")
        try:
            new.write_bytes(pickle.dumps((_VERSION, self.by_page)))
            new.replace(self._path)
        except OSError as error:
            # The next build makes those of all pages anew.
            for path in (new, self._path):
                path.unlink(missing_ok=True)
            report_unwritten(self._app, error)

    @property
    def are_kept(self) -> bool:
        return self._path.is_file()

    def records(self) -> list[Record]:
        """Those of all pages."""
        return [record for page in self.by_page.values() for record in page]
