"""PDFs of the events, made by ``typstprint`` before: HTML pages offer those that are there."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

from .domain import Printout, event_domain
from .handouts import FORMS, handouts
from .labels import _
from .render.context import joined, paragraph, plain

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: The book's name without its ending; it is the front page's.
BOOK: Final = "book"
#: Builders whose pages are files of a site.
_BUILDERS: Final = ("html", "dirhtml")


def take_stock(app: Sphinx) -> None:
    """Find out what there is to offer, for the builders whose pages do."""
    if app.builder.name not in _BUILDERS:
        return
    domain = event_domain(app.env)
    ids = {entry.event_id for entry in domain.library.entries.values()}
    named = [("", BOOK, _("All reports"))]
    named += [(one.event_id, one.target, _(FORMS[one.form][0])) for one in handouts(ids)]
    offered: dict[str, list[Printout]] = {}
    folder = app.config.eventreports_pdf_folder
    for event_id, name, title in named:
        path = f"{name}.pdf"
        if folder and Path(app.confdir, folder, path).is_file():
            offered.setdefault(event_id, []).append(Printout(path, title))
    domain.data["printouts"] = offered


class OfferPrintouts(SphinxPostTransform):
    """A line with links to the PDFs, below the heading of an event's page and of the front page."""

    builders = _BUILDERS
    default_priority = 50

    def run(self, **kwargs: object) -> None:
        domain = event_domain(self.env)
        docname = self.env.docname
        entry = domain.library.entry_of_page(docname)
        if docname == self.config.root_doc:
            offered = domain.printouts.get("", ())
        elif entry and entry.page == docname:
            offered = domain.printouts.get(entry.event_id, ())
        else:
            return
        title = next(iter(self.document.findall(nodes.title)), None)
        if offered and title and title.parent:
            place = title.parent.index(title) + 1
            title.parent.insert(place, self._line(docname, offered))

    def _line(self, docname: str, offered: Iterable[Printout]) -> nodes.paragraph:
        here = self.env._app.builder.get_target_uri(docname)
        links = [
            nodes.reference("", one.title, refuri=relative_uri(here, one.path), internal=True)
            for one in offered
        ]
        return paragraph(
            [plain("PDF", "event-label"), nodes.Text(_(": ")), *joined(links)], "event-printouts"
        )


def copy_files(app: Sphinx, exception: Exception | None) -> None:
    """Put the files where the pages say that they are."""
    if exception or app.builder.name not in _BUILDERS:
        return
    folder = Path(app.confdir, app.config.eventreports_pdf_folder)
    for offered in event_domain(app.env).printouts.values():
        for one in offered:
            made, copy = folder / one.path, Path(app.outdir, one.path)
            copy.parent.mkdir(parents=True, exist_ok=True)
            if not (copy.is_file() and filecmp.cmp(made, copy)):
                shutil.copy2(made, copy)
