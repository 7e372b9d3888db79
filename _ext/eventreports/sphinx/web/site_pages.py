"""What templates show of the site: an overview, links of its foot; a page for what is lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from docutils import nodes
from markupsafe import Markup, escape
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.locale import _ as _sphinx
from sphinx.util.docutils import new_document
from sphinx.util.osutil import relative_uri

from ...render.covers import new_moon
from ...render.labels import _
from ...render.nodes import event_overview
from ..builders.html import NOT_FOUND
from ..data_files import data_links
from ..domain import event_domain
from ..settings import Settings
from ..sites import SITES
from ..transforms.overviews import Overviews
from ..year_pages import FOLDER


def setup(app: Sphinx) -> None:
    """Connect the handlers."""
    app.connect("html-page-context", add_parts)
    app.connect("html-collect-pages", not_found_page)


def add_parts(
    app: Sphinx,
    page: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Give templates what they may show: texts, functions, and the links of the foot."""

    def overview(*parts: str) -> Markup:
        document = new_document("")
        document.settings.env = app.env
        placeholder = event_overview(parts=parts, limit=20, refdoc=page, classes=["event-overview"])
        shown = Overviews(document).filled(placeholder)
        return Markup(builder.render_partial(shown)["fragment"])

    context["event_texts"] = {
        "lost": _("There is no such page"),
        "lost_hint": _("It has moved, or never was there. Search, or choose a year."),
        "color_mode": _("Colors"),
        "as_system": _("As the system"),
        "nothing_hint": _("Write fewer or shorter words, or choose a topic."),
    }
    builder: Any = app.builder
    context["event_overview"] = overview
    context["event_new_moon"] = lambda: Markup(new_moon())
    if builder.name in SITES:
        context["footer_links"] = list(_footer_links(app, page))


def _footer_links(app: Sphinx, page: str) -> Iterator[dict[str, str]]:
    here = app.builder.get_target_uri(page)
    years = f"{Settings.of(app.config).folder}/{FOLDER}/index"
    if years in app.env.found_docs:
        yield {"url": app.builder.get_relative_uri(page, years), "title": _("Events")}
    yield {"url": app.builder.get_relative_uri(page, "search"), "title": _sphinx("Search")}
    for link in data_links(app, page):
        yield {"url": link.uri, "title": link.title, "icon": link.icon}
    for pdf in event_domain(app.env).pdfs.get(app.config.root_doc, ()):
        title = _("{name} ({more})").format(name=pdf.title, more="PDF")
        yield {"url": relative_uri(here, quote(pdf.path)), "title": title}


def not_found_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page that hosts show for addresses without one, if the theme has a template."""
    builder = app.builder
    if builder.name not in SITES or not isinstance(builder, StandaloneHTMLBuilder):
        return
    template = f"{NOT_FOUND}.html"
    has_template = any(Path(one, template).is_file() for one in builder.theme.get_theme_dirs())
    is_made = NOT_FOUND in app.env.found_docs or "notfound.extension" in app.extensions
    if has_template and not is_made:
        # At any depth links start from the top of the site.
        top = escape(urlsplit(app.config.html_baseurl).path.rstrip("/") + "/")
        base = f'<base href="{top}" />' if app.config.html_baseurl else ""
        tags = f'{base}\n<meta name="robots" content="noindex" />'
        yield NOT_FOUND, {"metatags": tags}, template
