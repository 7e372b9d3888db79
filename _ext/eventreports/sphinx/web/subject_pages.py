"""The pages of people, organizations, topics and series, of HTML alone, without doctrees.

A page is written when what it shows has changed, or what is around it, and is left as it is
otherwise.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from docutils import nodes
from markupsafe import escape
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.docutils import new_document
from sphinx.util.osutil import relative_uri

from sphinxcommon.files import read_json, short_digest, write_if_changed, write_whole
from sphinxcommon.pages import frame_of_pages

from ...core.model import REGISTER_NAMES
from ...core.subjects import KINDS, Subject
from ...render.covers import Size
from ...render.labels import site_locale
from ...render.subject_pages import CoverOf, SubjectView, subject_page
from ..builders.image_names import image_name
from ..domain import event_domain
from ..subject_views import SubjectViews
from .covers import drawn_cover

#: The digests of what pages show, beside the doctrees.
_STATE: Final = "subject-pages-{}.json"
#: What stands in a frame for the name, the title and the text of a page.
_NAME, _TITLE, _BODY = "subject-page-name", "subject-page-title", "subject-page-body"


def setup(app: Sphinx) -> None:
    """Connect the handler."""
    app.connect("html-collect-pages", collect_pages)


def collect_pages(app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """Write the pages that are other than in the last build; leave none for Sphinx to write."""
    builder = app.builder
    domain = event_domain(app.env)
    if not domain.subjects.have_pages or not isinstance(builder, StandaloneHTMLBuilder):
        return []
    path = Path(app.doctreedir, _STATE.format(builder.name))
    known: dict[str, str] = read_json(path) or {}
    frame = frame_of_pages(builder)
    if domain.has_other_subjects or known.get("") != frame:
        path.unlink(missing_ok=True)
        state = {"": frame, **_written(builder, frame, known)}
        write_whole(path, _text_of(state))
    else:
        state = known
    for page in state.keys() - {""}:
        app.emit("html-page-kept", page)
    return []


def _written(
    builder: StandaloneHTMLBuilder, frame: str, known: Mapping[str, str]
) -> dict[str, str]:
    """Write the pages that have changed; return a digest of each page."""
    pages = SubjectPages(builder)
    state: dict[str, str] = {}
    for page, digest, write in pages.all():
        state[page] = short_digest((frame, digest))
        if known.get(page) != state[page] or not Path(builder.get_output_path(page)).is_file():
            write()
    return state


def documents(app: Sphinx) -> dict[str, tuple[str, Callable[[], nodes.document]]]:
    """Return the pages for ``cjksearch-collect-pages``: digests, and what makes their nodes."""
    builder = app.builder
    domain = event_domain(app.env)
    if not domain.subjects.have_pages or not isinstance(builder, StandaloneHTMLBuilder):
        return {}
    state: dict[str, str] = read_json(Path(app.doctreedir, _STATE.format(builder.name))) or {}
    state.pop("", None)
    return {page: (digest, partial(_found, builder, page)) for page, digest in state.items()}


def _found(builder: StandaloneHTMLBuilder, page: str) -> nodes.document:
    """Return what is found of a page: who or what it is about; sessions are found by themselves."""
    document = new_document(page)
    if subject := event_domain(builder.env).subjects.of_page(page):
        text = subject.description(builder.config.language)
        body = [nodes.paragraph(text, text)] if text else []
        document += nodes.section("", nodes.title(subject.name, subject.name), *body)
    return document


def _text_of(state: dict[str, str]) -> str:
    lines = ",\n".join(f'"{page}":"{digest}"' for page, digest in sorted(state.items()))
    return f"{{{lines}}}\n"


class Frame:
    """What stands around the pages of one folder, which the theme writes once for all of them.

    :param builder: The builder of the site.
    :param folder: The folder.
    """

    def __init__(self, builder: StandaloneHTMLBuilder, folder: str) -> None:
        file = Path(builder.doctreedir, "subject-page.html")
        page = f"{folder}/{_NAME}"
        parents = []
        if folder in builder.env.found_docs:
            # A page of the site's own that lists them, most likely.
            title = builder.render_partial(builder.env.titles[folder])["title"]
            parents = [{"link": builder.get_relative_uri(page, folder), "title": title}]
        context = {"title": _TITLE, "body": _BODY, "parents": parents}
        builder.handle_page(page, context, "page.html", outfilename=file)
        self._text = file.read_text(encoding="utf-8")
        file.unlink()

    def page(self, name: str, title: str, body: str) -> str:
        """Return a page.

        :param name: Its name in the folder.
        :param title: Its title, as text.
        :param body: Its HTML.
        :returns: The HTML of the whole.
        """
        before, after = self._text.split(_BODY)
        around = [
            part.replace(_TITLE, escape(title)).replace(_NAME, quote(name))
            for part in (before, after)
        ]
        return body.join(around)


class SubjectPages:
    """Makes the pages.

    :param builder: The builder of the site.
    """

    def __init__(self, builder: StandaloneHTMLBuilder) -> None:
        self._builder = builder
        self._domain = event_domain(builder.env)
        self._views = SubjectViews(self._domain)
        self._locale = site_locale(builder.config.language)

    def all(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        """Yield of each page the name, a digest of what it shows, and what writes it."""
        for kind in KINDS:
            frame = cache(partial(Frame, self._builder, REGISTER_NAMES[kind]))
            for subject in self._domain.subjects.all.of(kind):
                if page := self._domain.subjects.page_of(subject):
                    view = self._views.of(subject)
                    write = partial(self._write, page, subject, view, frame)
                    yield page, short_digest(view), write

    def _write(
        self, page: str, subject: Subject, view: SubjectView, frame: Callable[[], Frame]
    ) -> None:
        around = frame()
        _prepare(self._builder, page)
        body = self._builder.render_partial(self.section(page, view))["fragment"]
        text = around.page(subject.id, subject.name, body)
        write_if_changed(Path(self._builder.get_output_path(page)), text)

    def section(self, page: str, view: SubjectView) -> nodes.section:
        """Return the nodes of a page."""
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
