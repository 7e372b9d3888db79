"""The pages of people, organizations, topics and series, of HTML alone, without doctrees.

A page is written when what it shows has changed, or what is around it, and is left as it is
otherwise.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from docutils import nodes
from markupsafe import escape
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.docutils import new_document
from sphinx.util.osutil import relative_uri

from sphinxcommon.files import read_json, short_digest, write_if_changed
from sphinxcommon.pages import frame_of_pages

from ...core.subjects import KINDS, Subject
from ...render.covers import Size
from ...render.labels import site_locale
from ...render.subject_pages import CoverOf, subject_page
from ..builders.image_names import image_name
from ..domain import event_domain
from ..subject_views import SubjectViews
from .covers import drawn_cover

#: The digests of what pages show, beside the doctrees.
_STATE: Final = "subject-pages-{}.json"
_TEMPLATE: Final = "page.html"


def setup(app: Sphinx) -> None:
    """Connect the handler."""
    app.connect("html-collect-pages", collect_pages)


def collect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the pages that are other than in the last build."""
    builder = app.builder
    domain = event_domain(app.env)
    if not domain.subjects.have_pages or not isinstance(builder, StandaloneHTMLBuilder):
        return
    path = Path(app.doctreedir, _STATE.format(builder.name))
    known: dict[str, str] = read_json(path) or {}
    frame = frame_of_pages(builder)
    if not domain.has_other_subjects and known.get("") == frame:
        for page in known.keys() - {""}:
            app.emit("html-page-kept", page)
        return
    pages = SubjectPages(builder)
    state = {"": frame}
    for page, digest, make in pages.all():
        state[page] = short_digest((frame, digest))
        if known.get(page) == state[page] and Path(builder.get_output_path(page)).is_file():
            app.emit("html-page-kept", page)
        else:
            yield page, make(), _TEMPLATE
    write_if_changed(path, _text_of(state))


def documents(app: Sphinx) -> dict[str, tuple[str, Callable[[], nodes.document]]]:
    """Return the pages for ``cjksearch-collect-pages``: digests, and what makes their nodes."""
    builder = app.builder
    domain = event_domain(app.env)
    if not domain.subjects.have_pages or not isinstance(builder, StandaloneHTMLBuilder):
        return {}
    state: dict[str, str] = read_json(Path(app.doctreedir, _STATE.format(builder.name))) or {}
    state.pop("", None)
    return {page: (digest, partial(_document, builder, page)) for page, digest in state.items()}


def _document(builder: StandaloneHTMLBuilder, page: str) -> nodes.document:
    document = new_document(page)
    if subject := event_domain(builder.env).subjects.of_page(page):
        document += SubjectPages(builder).section(page, subject)
    return document


def _text_of(state: dict[str, str]) -> str:
    lines = ",\n".join(f'"{page}":"{digest}"' for page, digest in sorted(state.items()))
    return f"{{{lines}}}\n"


class SubjectPages:
    """Makes the pages.

    :param builder: The builder of the site.
    """

    def __init__(self, builder: StandaloneHTMLBuilder) -> None:
        self._builder = builder
        self._domain = event_domain(builder.env)
        self._views = SubjectViews(self._domain)
        self._locale = site_locale(builder.config.language)

    def all(self) -> Iterator[tuple[str, str, Callable[[], dict[str, Any]]]]:
        """Yield of each page the name, a digest of what it shows, and what makes its context."""
        for kind in KINDS:
            for subject in self._domain.subjects.all.of(kind):
                if page := self._domain.subjects.page_of(subject):
                    yield page, *self._page(page, subject)

    def _page(self, page: str, subject: Subject) -> tuple[str, Callable[[], dict[str, Any]]]:
        view = self._views.of(subject)
        return short_digest(view), partial(self._context, page, subject)

    def _context(self, page: str, subject: Subject) -> dict[str, Any]:
        """Return what the template of a page gets."""
        _prepare(self._builder, page)
        shown = self._builder.render_partial(self.section(page, subject))
        return {"title": escape(subject.name), "body": shown["fragment"], "parents": []}

    def section(self, page: str, subject: Subject) -> nodes.section:
        """Return the nodes of a page."""
        view = self._views.of(subject)
        if view.image:
            self._builder.images[view.image] = image_name(view.image)
        address = partial(self._address, page)
        return subject_page(view, address, self._draw, self._locale)

    def _draw(self, cover_of: CoverOf) -> str:
        """Return the path of a cover, which Sphinx copies as it does those in lists of events."""
        path = drawn_cover(self._builder.env, *cover_of, Size.CARD)
        self._builder.images[str(path)] = path.name
        return str(path)

    def _address(self, page: str, target: str, anchor: str) -> str:
        uri = self._builder.get_relative_uri(page, target)
        return f"{uri}#{quote(anchor)}" if anchor else uri


def _prepare(builder: StandaloneHTMLBuilder, page: str) -> None:
    """Let the HTML writer know which page it writes, as ``write_doc`` does."""
    builder.current_docname = page
    builder.secnumbers = {}
    builder.fignumbers = {}
    builder.imgpath = relative_uri(builder.get_target_uri(page), builder.imagedir)
