"""PDFs of the events, made by ``typstprint`` before: HTML pages offer those that are there."""

from __future__ import annotations

import filecmp
import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

from sphinxcommon.outputs import OutputList

from ...core.messages import Message
from ...core.paths import is_there
from ...render.context import joined, paragraph, plain
from ...render.labels import _
from ..builders.write_errors import report_unwritten
from ..config import FORMS, Settings
from ..domain import event_domain
from ..domain.data import PDF
from .documents import possible_handouts

#: Builders whose pages are files of a site.
_BUILDERS: Final = ("html", "dirhtml")
#: What an output's pages offered when they were written; the environment is of all outputs.
_OFFERED: Final = ".printouts.json"


def setup(app: Sphinx) -> None:
    """Register the transform, and connect the handlers."""
    app.add_post_transform(PDFLinks)
    app.connect("builder-inited", find_pdfs)
    app.connect("env-get-updated", pages_with_other_pdfs)
    app.connect("build-finished", copy_files)


def find_pdfs(app: Sphinx) -> None:
    """Find out what there is to offer, for the builders whose pages do."""
    if app.builder.name not in _BUILDERS:
        return
    offered = event_domain(app.env).pdfs
    folder = Settings.of(app.config).pdf_folder
    for docname, name, title in _named(app):
        path = f"{name}.pdf"
        if folder and is_there(Path.is_file, Path(app.confdir, folder, path)):
            offered.setdefault(docname, []).append(PDF(path, title))


def _named(app: Sphinx) -> Iterator[tuple[str, str, str]]:
    """Page, name and title of each PDF that may be there."""
    # Whoever prints elsewhere has the names that the builder gives.
    whole = getattr(app.config, "typstprint_documents", [(app.config.root_doc, "book", "")])
    for docname, target, title, *_rest in whole:
        yield docname, target, _("All reports") if len(whole) == 1 else title
    pages: dict[str, str] = {}
    for entry in event_domain(app.env).library.entries.values():
        pages.setdefault(entry.event_id, entry.page)
    for one in possible_handouts(pages):
        if one.form in Settings.of(app.config).handouts:
            yield pages[one.event_id], one.target, _(FORMS[one.form][0])


def pages_with_other_pdfs(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages that offer other than what there is."""
    if app.builder.name not in _BUILDERS:
        return []
    before, now = _offered_before(app), _said(app)
    pages = {*before, *now} & env.found_docs
    return sorted(page for page in pages if before.get(page) != now.get(page))


def _said(app: Sphinx) -> dict[str, list[list[str]]]:
    offered = event_domain(app.env).pdfs
    return {docname: [list(one) for one in some] for docname, some in offered.items()}


def _offered_before(app: Sphinx) -> dict[str, list[list[str]]]:
    try:
        text = Path(app.outdir, _OFFERED).read_text(encoding="utf-8")
        offered: dict[str, list[list[str]]] = json.loads(text)
    except (OSError, ValueError):
        # The build that wrote it may have been interrupted.
        return {}
    return offered


class PDFLinks(SphinxPostTransform):
    """A line with links to the PDFs, below the heading of an event's page and of the front page."""

    builders = _BUILDERS
    default_priority = 50

    def run(self, **kwargs: object) -> None:
        docname = self.env.docname
        offered = event_domain(self.env).pdfs.get(docname, ())
        title = next(iter(self.document.findall(nodes.title)), None)
        if offered and title and title.parent:
            place = title.parent.index(title) + 1
            title.parent.insert(place, self._line(docname, offered))

    def _line(self, docname: str, offered: Iterable[PDF]) -> nodes.paragraph:
        here = self.env._app.builder.get_target_uri(docname)
        links = [
            nodes.reference(
                "", one.title, refuri=relative_uri(here, quote(one.path)), internal=True
            )
            for one in offered
        ]
        return paragraph(
            [plain("PDF", "event-label"), nodes.Text(_(": ")), *joined(links)], "event-printouts"
        )


def copy_files(app: Sphinx, exception: Exception | None) -> None:
    """Put the files where the pages say that they are, and take away those that none offers."""
    if exception or app.builder.name not in _BUILDERS:
        return
    try:
        _copy_files(app)
    except OSError as error:
        report_unwritten(
            app, Message("the PDFs that pages offer cannot be written: {reason}", reason=str(error))
        )


def _copy_files(app: Sphinx) -> None:
    folder = Path(app.confdir, Settings.of(app.config).pdf_folder)
    before, now = _offered_before(app), _said(app)
    paths = {path for offered in now.values() for path, _title in offered}
    for path in paths:
        made, copy = folder / path, Path(app.outdir, path)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not (copy.is_file() and filecmp.cmp(made, copy)):
            shutil.copy2(made, copy)
    gone = {path for offered in before.values() for path, _title in offered} - paths
    # What was printed into the same folder is no copy.
    for path in gone - OutputList(app.builder).of_others():
        Path(app.outdir, path).unlink(missing_ok=True)
    if before != now:
        text = json.dumps(now, ensure_ascii=False, indent=1, sort_keys=True)
        Path(app.outdir, _OFFERED).write_text(text, encoding="utf-8")
