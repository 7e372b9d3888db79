"""HTML: names of pages and texts of ``conf.py`` are escaped, whatever the theme.

Templates of themes write them into HTML and scripts without escaping.
"""

from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from docutils import nodes
from markupsafe import Markup, escape
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.dirhtml import DirectoryHTMLBuilder

from ...render.icons import svg

#: The page that hosts show for addresses of which there is no page.
NOT_FOUND: Final = "404"
#: The texts of ``conf.py`` that templates get.
_TEXTS: Final = (
    *("project", "author", "copyright", "version", "release"),
    *("docstitle", "shorttitle", "logo_alt"),
)
#: The characters that end a text in a script, or the script.
_UNSAFE: Final = "\\'\"`<>&"


def setup(app: Sphinx) -> None:
    """Register the builder, and connect the handler."""
    app.add_builder(QuotingDirectoryHTMLBuilder, override=True)
    app.connect("html-page-context", add_signs)
    # After the handlers of themes.
    app.connect("html-page-context", escape_texts, priority=900)


def add_signs(
    _app: Sphinx,
    _pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Give templates the function ``event_icon``, which draws a sign by its name."""
    context["event_icon"] = lambda name, label="": Markup(svg(name, label))


def is_of_web(builder: Builder) -> bool:
    """Return whether a builder makes pages of a web site, and not of a book or of help files."""
    return builder.format == "html" and not getattr(builder, "embedded", False)


def is_of_site(app: Sphinx, name: str) -> bool:
    """Return whether the site has a file of that name of its own, which prevails."""
    paths = (Path(app.confdir, path) for path in app.config.html_extra_path)
    return any(path.name == name or Path(path, name).exists() for path in paths)


class QuotingDirectoryHTMLBuilder(DirectoryHTMLBuilder):
    """Sphinx's ``dirhtml`` with names of pages quoted in URLs, as in ``html``; 9.0 does not.

    Hosts look for the page of lost addresses by the name of its file.
    """

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        if docname == NOT_FOUND:
            return f"{docname}{self.out_suffix}"
        return quote(super().get_target_uri(docname, typ))

    def get_output_path(self, page_name: str, /) -> Path:
        if page_name == NOT_FOUND:
            return Path(self.outdir, f"{page_name}{self.out_suffix}")
        return super().get_output_path(page_name)


class PageName(str):
    """A page's name, which is quoted as in a URL when a template writes it."""

    __slots__ = ()

    def __str__(self) -> str:
        return quote(self[:])

    __html__ = __str__


def escape_texts(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Escape the texts that a page's template gets; others keep their type."""
    if getattr(app.builder, "templates", None) is None:
        # Pages as data (JSON, say) have no markup.
        return
    if context.get("title") == app.config.html_title:
        # The title of singlehtml's page; other titles are HTML.
        context["title"] = _escaped(app.config.html_title)
    for name in _TEXTS:
        match context.get(name):
            case str() as text:
                context[name] = _escaped(text)
            case list() | tuple() as texts:
                context[name] = tuple(map(_escaped, texts))
    if any(char in pagename for char in _UNSAFE):
        context["pagename"] = PageName(pagename)
        for script in context.get("script_files", ()):
            attributes = getattr(script, "attributes", {})
            if body := attributes.get("body"):
                attributes["body"] = script_with(body, pagename)


def _escaped(text: str) -> str:
    escaped = escape(text)
    return text if escaped == text else escaped


def script_with(script: str, name: str) -> str:
    """Return a script with a name escaped wherever it stands in quotes."""
    escaped = "".join(f"\\u{ord(char):04x}" if char in _UNSAFE else char for char in name)
    for mark in "'\"`":
        script = script.replace(f"{mark}{name}{mark}", f"{mark}{escaped}{mark}")
    return script
