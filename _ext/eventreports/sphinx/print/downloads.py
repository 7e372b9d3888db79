"""Link HTML pages to the PDFs that ``typstprint`` has made before, and copy these."""

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

from sphinxcommon.files import read_json, write_whole
from sphinxcommon.messages import Message
from sphinxcommon.outputs import OutputList

from ...core.audience import LEVELS
from ...core.paths import is_there
from ...core.problems import Code
from ...render.context import joined, paragraph, plain
from ...render.labels import _
from ..audience.outputs import audience_of_output
from ..builders.write_errors import report_unwritten
from ..domain import event_domain
from ..domain.data import PDF
from ..logging import report_at
from ..settings import FORMS, THEME, Settings
from ..sites import SITES
from .documents import possible_handouts

#: The PDFs that pages linked to when they were written; the environment is of all outputs.
_LINKED: Final = ".printouts.json"


def setup(app: Sphinx) -> None:
    """Register the transform, and connect the handlers."""
    app.add_post_transform(PDFLinks)
    app.connect("builder-inited", find_pdfs)
    app.connect("env-get-updated", pages_with_other_pdfs)
    app.connect("build-finished", copy_files)


def find_pdfs(app: Sphinx) -> None:
    """Find the PDFs that there are, if the builder's pages link to them."""
    if app.builder.name not in SITES:
        return
    found = event_domain(app.env).pdfs
    folder = Settings.of(app.config).pdf_folder
    level = audience_of_output(Path(app.confdir, folder)) if folder else LEVELS[0]
    if not event_domain(app.env).library.audience.has(level):
        message = Message(
            "the PDFs in “{folder}” are of a build for “{level}”; they are left out until they "
            "are printed for this one",
            folder=folder,
            level=level,
        )
        report_at(None, Code.VISIBILITY, message)
        return
    for docname, name, title in _named(app):
        path = f"{name}.pdf"
        if folder and is_there(Path.is_file, Path(app.confdir, folder, path)):
            found.setdefault(docname, []).append(PDF(path, title))


def _named(app: Sphinx) -> Iterator[tuple[str, str, str]]:
    """Yield the page, the target and the title of each PDF that there may be."""
    # Without ``typstprint``, which may run with another configuration: its default.
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
    """Return the pages whose links were written for other PDFs than there are."""
    if app.builder.name not in SITES:
        return []
    before, now = _linked_before(app), event_domain(env).pdfs
    pages = {*before, *now} & env.found_docs
    front = app.config.root_doc
    if app.config.html_theme == THEME and before.get(front) != now.get(front):
        # They are in the foot of all pages.
        return sorted(env.found_docs)
    return sorted(page for page in pages if before.get(page) != now.get(page))


def _linked_before(app: Sphinx) -> dict[str, list[PDF]]:
    linked = read_json(Path(app.outdir, _LINKED)) or {}
    return {docname: [PDF(*one) for one in pdfs] for docname, pdfs in linked.items()}


class PDFLinks(SphinxPostTransform):
    """Add links to the PDFs below the heading of a page."""

    builders = SITES
    default_priority = 50

    def run(self, **kwargs: object) -> None:
        docname = self.env.docname
        pdfs = event_domain(self.env).pdfs.get(docname, ())
        title = next(iter(self.document.findall(nodes.title)), None)
        in_foot = self.config.html_theme == THEME and docname == self.config.root_doc
        if pdfs and not in_foot and title and title.parent:
            place = title.parent.index(title) + 1
            title.parent.insert(place, self._line(docname, pdfs))

    def _line(self, docname: str, pdfs: Iterable[PDF]) -> nodes.paragraph:
        here = self.env._app.builder.get_target_uri(docname)
        links = [
            nodes.reference(
                "", one.title, refuri=relative_uri(here, quote(one.path)), internal=True
            )
            for one in pdfs
        ]
        return paragraph(
            [plain("PDF", "event-label"), nodes.Text(_(": ")), *joined(links)], "event-printouts"
        )


def copy_files(app: Sphinx, exception: Exception | None) -> None:
    """Copy the PDFs that pages link to into the output, and remove copies that none links to."""
    if exception or app.builder.name not in SITES:
        return
    try:
        _copy_files(app)
    except OSError as error:
        report_unwritten(
            app, Message("the PDFs that pages offer cannot be written: {reason}", reason=str(error))
        )


def _copy_files(app: Sphinx) -> None:
    folder = Path(app.confdir, Settings.of(app.config).pdf_folder)
    before, now = _linked_before(app), event_domain(app.env).pdfs
    paths = {one.path for pdfs in now.values() for one in pdfs}
    for path in paths:
        made, copy = folder / path, Path(app.outdir, path)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not (copy.is_file() and filecmp.cmp(made, copy)):
            shutil.copy2(made, copy)
    gone = {one.path for pdfs in before.values() for one in pdfs} - paths
    # PDFs that were printed into the output folder are no copies.
    for path in gone - OutputList(app.builder).of_others():
        Path(app.outdir, path).unlink(missing_ok=True)
    if before != now:
        text = json.dumps(now, ensure_ascii=False, indent=1, sort_keys=True)
        write_whole(Path(app.outdir, _LINKED), text)
