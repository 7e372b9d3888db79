"""Set up the extension: each module registers what it has, and connects its handlers."""

from pathlib import Path
from typing import Final

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from ..core import i18n
from . import (
    audience,
    collect,
    directives,
    domain,
    event_contents,
    html_visitors,
    lexers,
    not_shown,
    page_encodings,
    page_markup,
    page_reporters,
    repeated_warnings,
    search,
    settings,
    snippets,
    staleness,
    transforms,
    unpublished_files,
    web,
    year_pages,
)
from .builders import epub, html, image_names, linkcheck, singlehtml, write_errors
from .domain import choices, references
from .print import documents, downloads, qr_codes

_PACKAGE: Final = Path(__file__).parents[1]
_STATIC: Final = _PACKAGE / "static"
#: Handlers of one event run in this order, unless they have a priority.
_MODULES: Final = (
    *(settings, lexers, html_visitors, unpublished_files, domain, directives, transforms),
    *(html, singlehtml, epub, linkcheck, image_names, write_errors),
    *(repeated_warnings, page_encodings, page_markup, audience, collect, year_pages),
    *(page_reporters, event_contents),
    *(staleness, references, choices),
    *(not_shown, snippets),
    *(downloads, qr_codes, web),
)
#: The modules that answer another extension, by its name.
_ANSWERS: Final = {"typstprint": documents, "cjksearch": search}


def setup(app: Sphinx, version: str) -> ExtensionMetadata:
    """Set up the other extensions that this one needs, then its own modules."""
    if app.config.source_suffix is app.config.values["source_suffix"].default:
        # Sphinx adds what is read to its default, which is one for all sites of a process.
        app.config.source_suffix = {".rst": "restructuredtext"}
    if "myst_parser" in app.config.extensions or ".md" in app.config.source_suffix:
        # Else Markdown files are no pages of the site.
        app.setup_extension("myst_parser")
    app.setup_extension("sphinx_design")
    app.setup_extension("sphinxcommon")
    app.add_message_catalog(i18n.CATALOG, str(i18n.LOCALE_FOLDER))
    app.add_html_theme(settings.THEME, str(_PACKAGE / "theme"))
    app.add_css_file("eventreports.css")
    app.connect("config-inited", add_static_files)
    app.connect("config-inited", set_up_answers)
    for module in _MODULES:
        module.setup(app)
    return {
        "version": version,
        "env_version": 7,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def set_up_answers(app: Sphinx, _config: Config) -> None:
    """Set up what answers the extensions that the site uses, which may come after this one."""
    for name, module in _ANSWERS.items():
        if name in app.extensions:
            module.setup(app)


def add_static_files(_app: Sphinx, config: Config) -> None:
    """Add the extension's static files to those of the site, which prevail."""
    config.html_static_path.insert(0, str(_STATIC))
