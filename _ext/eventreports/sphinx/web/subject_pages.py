"""The pages of people, organizations, topics and series, of HTML alone, without doctrees.

A page is written when what it shows has changed, or what is around it, and is left as it is
otherwise.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from docutils import nodes
from markupsafe import escape
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import CONFIG_OK, BuildEnvironment
from sphinx.util.docutils import new_document
from sphinx.util.osutil import relative_uri

from sphinxcommon.files import read_json, short_digest, write_if_changed, write_whole
from sphinxcommon.messages import Message
from sphinxcommon.pages import file_of_page, frame_of_pages

from ...core.files import stamp_of
from ...core.model import REGISTER_NAMES
from ...core.subject_groups import KINDS
from ...core.subjects import Subject
from ...render.covers import Size
from ...render.labels import site_locale
from ...render.subject_pages import CoverOf, SubjectView, subject_page
from ..builders.image_names import image_name
from ..builders.write_errors import report_unwritten
from ..domain import event_domain
from ..subject_sources import Changes, Sources, sources_of
from ..subject_views import SubjectViews
from .covers import drawn_cover
from .link_previews import Head, link_previews

#: What is known of the pages, beside the doctrees.
_STATE: Final = "subject-pages-{}.json"
#: What stands in a frame for the name, the title, the tags in the head and the text of a page.
_NAME, _TITLE, _TAGS, _BODY = (f"subject-page-{part}" for part in ("name", "title", "tags", "body"))


def setup(app: Sphinx) -> None:
    """Connect the handlers."""
    app.connect("env-before-read-docs", forget_pages)
    app.connect("html-collect-pages", collect_pages)


class _Kept(NamedTuple):
    """What is known of a page that is there.

    :param places: A digest of where its subject stands.
    :param shown: A digest of what it shows.
    :param files: Its own file, and those of pictures that it shows, in the output folder.
    """

    places: str
    shown: str
    files: tuple[str, ...]


class _State(NamedTuple):
    """What is known of all pages, from build to build.

    :param frame: A digest of what stands around all pages.
    :param sources: What they are made of.
    :param pages: The pages by their names.
    """

    frame: str
    sources: Sources
    pages: Mapping[str, _Kept]


def forget_pages(app: Sphinx, env: BuildEnvironment, _docnames: Sequence[str]) -> None:
    """Have all pages written again where settings have changed for which Sphinx reads all anew."""
    if env.config_status != CONFIG_OK:
        # Sphinx does so once, whatever the builder is.
        for path in Path(app.doctreedir).glob(_STATE.format("*")):
            path.unlink()


def collect_pages(app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """Write the pages that are other than in the last build; leave none for Sphinx to write."""
    builder = app.builder
    domain = event_domain(app.env)
    if not domain.subjects.have_pages or not isinstance(builder, StandaloneHTMLBuilder):
        return []
    known = _known(builder)
    pages, written = _there(builder, known), frozenset[str]()
    # Another builder may have read what has changed.
    frame = _frame_of(builder)
    is_same = (known.sources.changed, known.frame) == (domain.changed, frame)
    if not is_same or len(pages) < len(known.pages):
        try:
            _state(builder).unlink(missing_ok=True)
            kept = pages if known.frame == frame else {}
            sources = sources_of(domain, known.sources)
            pages = _made(builder, kept, Changes(known.sources, sources))
            state = _State(frame, sources, pages)
            write_whole(_state(builder), json.dumps(state, ensure_ascii=False))
            shown = {page: one.shown for page, one in kept.items()}
            written = frozenset(page for page, one in pages.items() if shown.get(page) != one.shown)
        except OSError as error:
            message = Message(
                "{path} cannot be written: {reason}",
                path=str(error.filename or builder.outdir),
                reason=str(error.strerror or error),
            )
            report_unwritten(app, message)
    app.emit("html-pages-kept", {page: one.files for page, one in pages.items()}, written)
    return []


def _state(builder: StandaloneHTMLBuilder) -> Path:
    return Path(builder.doctreedir, _STATE.format(builder.name))


def _known(builder: StandaloneHTMLBuilder) -> _State:
    """Return what is known of the last build."""
    try:
        frame, sources, pages = read_json(_state(builder))
        known = Sources(*sources)
        kept = {
            page: _Kept(places, shown, tuple(files))
            for page, (places, shown, files) in pages.items()
        }
    except (TypeError, ValueError):
        # There is none, or one of another release.
        return _State("", Sources(), {})
    return _State(frame, known, kept)


def _frame_of(builder: StandaloneHTMLBuilder) -> str:
    """Return a digest of what stands around all pages, and of where they are written."""
    titles = [builder.env.titles.get(folder) for folder in REGISTER_NAMES.values()]
    above = [title and title.pformat() for title in titles]
    return short_digest((frame_of_pages(builder), above, str(builder.outdir)))


def _there(builder: StandaloneHTMLBuilder, known: _State) -> dict[str, _Kept]:
    """Return the known pages that are there with their pictures; anybody may remove some."""

    @cache
    def is_there(file: str) -> bool:
        # ``Path`` is slow for thousands of pages.
        return os.path.isfile(f"{builder.outdir}{os.sep}{file}")  # noqa: PTH113

    return {page: kept for page, kept in known.pages.items() if all(map(is_there, kept.files))}


def _made(
    builder: StandaloneHTMLBuilder, kept: Mapping[str, _Kept], changes: Changes
) -> dict[str, _Kept]:
    """Write the pages that show other than before; return what is then known of all.

    :param builder: The builder of the site.
    :param kept: What is known of the pages that are there.
    :param changes: What has changed since these were written.
    :returns: What is known of each page.
    """
    pages = SubjectPages(builder)
    made = {}
    for page, subject in pages.all():
        before = kept.get(page)
        if before is None or changes.are_of_places:
            places = short_digest(subject.appearances)
        else:
            places = before.places
        if before and before.places == places and not changes.concern(subject):
            made[page] = before
        else:
            made[page] = pages.update(page, subject, before, places)
    return made


def documents(app: Sphinx) -> dict[str, tuple[str, Callable[[], nodes.document]]]:
    """Return the pages for ``cjksearch-collect-pages``: digests, and what makes their nodes."""
    builder = app.builder
    domain = event_domain(app.env)
    if not domain.subjects.have_pages or not isinstance(builder, StandaloneHTMLBuilder):
        return {}
    return {
        page: (kept.shown, partial(_found, builder, page))
        for page, kept in _known(builder).pages.items()
    }


def _found(builder: StandaloneHTMLBuilder, page: str) -> nodes.document:
    """Return what is found of a page: who or what it is about; sessions are found by themselves."""
    document = new_document(page)
    if subject := event_domain(builder.env).subjects.of_page(page):
        text = subject.description(builder.config.language)
        body = [nodes.paragraph(text, text)] if text else []
        document += nodes.section("", nodes.title(subject.name, subject.name), *body)
    return document


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
        context = {"title": _TITLE, "body": _BODY, "parents": parents, "metatags": _TAGS}
        builder.handle_page(page, context, "page.html", outfilename=file)
        self._text = file.read_text(encoding="utf-8")
        file.unlink()

    def page(self, name: str, title: str, body: str, tags: str) -> str:
        """Return a page.

        :param name: Its name in the folder.
        :param title: Its title, as text.
        :param body: Its HTML.
        :param tags: The HTML of what its head says of it.
        :returns: The HTML of the whole.
        """
        before, after = self._text.replace(_TAGS, tags, 1).split(_BODY)
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
        self._previews = link_previews(builder)
        self._locale = site_locale(builder.config.language)
        self._frame = cache(partial(Frame, builder))
        #: The names of the pictures of the page that is made.
        self._images: dict[str, None] = {}

    def all(self) -> Iterator[tuple[str, Subject]]:
        """Yield the pages, each with its subject."""
        for kind in KINDS:
            for subject in self._domain.subjects.all.of(kind):
                if page := self._domain.subjects.page_of(subject):
                    yield page, subject

    def update(self, page: str, subject: Subject, before: _Kept | None, places: str) -> _Kept:
        """Write a page if it shows other than before.

        :param page: The page.
        :param subject: Its subject.
        :param before: What is known of the page that is there; ``None`` if there is none.
        :param places: A digest of where the subject stands.
        :returns: What is then known of it.
        """
        view = self._views.of(subject)
        picture = view.image and stamp_of(Path(self._builder.srcdir, view.image))
        # The search has years of sessions, too.
        years = sorted({one.date[:4] for one in subject.appearances})
        shown = short_digest((view, picture, years))
        if before and before.shown == shown:
            return before._replace(places=places)
        return _Kept(places, shown, tuple(self._write(page, subject, view)))

    def _write(self, page: str, subject: Subject, view: SubjectView) -> Iterator[str]:
        """Write a page, and yield its file, and those of its pictures."""
        around = self._frame(REGISTER_NAMES[subject.kind])
        previews = self._previews
        head = previews.head_of_subject(page, view) if previews else Head("", "")
        self._images = dict.fromkeys(filter(None, [head.picture]))
        _prepare(self._builder, page)
        body = self._builder.render_partial(self.section(page, view))["fragment"]
        text = around.page(subject.id, subject.name, body, head.tags)
        write_if_changed(Path(self._builder.get_output_path(page)), text)
        yield file_of_page(self._builder, page)
        yield from (f"{self._builder.imagedir}/{name}" for name in self._images)

    def section(self, page: str, view: SubjectView) -> nodes.section:
        """Return the nodes of a page."""
        if view.image:
            self._show(view.image, image_name(view.image))
        address = partial(self._address, page)
        return subject_page(view, address, self._draw, self._locale)

    def _draw(self, cover_of: CoverOf) -> str:
        """Return the path of a cover, which Sphinx copies as it does those in lists of events."""
        path = drawn_cover(self._builder.env, *cover_of, Size.CARD)
        self._show(str(path), path.name)
        return str(path)

    def _show(self, path: str, name: str) -> None:
        """Have Sphinx copy a picture under a name."""
        self._builder.images[path] = name
        self._images[name] = None

    def _address(self, page: str, target: str, anchor: str) -> str:
        uri = self._builder.get_relative_uri(page, target)
        return f"{uri}#{quote(anchor)}" if anchor else uri


def _prepare(builder: StandaloneHTMLBuilder, page: str) -> None:
    """Let the HTML writer know which page it writes, as ``write_doc`` does."""
    builder.current_docname = page
    builder.secnumbers = {}
    builder.fignumbers = {}
    builder.imgpath = relative_uri(builder.get_target_uri(page), builder.imagedir)
