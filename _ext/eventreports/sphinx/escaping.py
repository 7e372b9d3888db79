"""Keep names of pages and texts of ``conf.py`` from becoming markup or script in any theme.

Templates of themes write them into HTML and scripts as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from markupsafe import escape
from sphinx.builders.dirhtml import DirectoryHTMLBuilder

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

#: What templates know of the settings that are texts.
_TEXTS: Final = (
    *("project", "author", "copyright", "version", "release"),
    *("docstitle", "shorttitle", "logo_alt"),
)
#: The characters that end a text in a script, or the script.
_ACTING: Final = "\\'\"`<>&"


def setup(app: Sphinx) -> None:
    app.add_builder(QuotingDirectoryHTMLBuilder, override=True)
    # After themes have added what they add.
    app.connect("html-page-context", escape_texts, priority=900)


class QuotingDirectoryHTMLBuilder(DirectoryHTMLBuilder):
    """Quote names of pages in URLs, as the builder ``html`` does and ``dirhtml`` (9.0) does not."""

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return quote(super().get_target_uri(docname, typ))


class PageName(str):
    """A page's name, which a template writes as it is written in a URL."""

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
    """Escape what a page's template is given; what needs no escape stays what it was."""
    if getattr(app.builder, "templates", None) is None:
        # Of pages as data (JSON, say) nothing is markup.
        return
    if context.get("title") == app.config.html_title:
        # So singlehtml calls its page; the titles of others are HTML.
        context["title"] = _escaped(app.config.html_title)
    for name in _TEXTS:
        match context.get(name):
            case str() as text:
                context[name] = _escaped(text)
            case list() | tuple() as texts:
                context[name] = tuple(map(_escaped, texts))
    if any(char in pagename for char in _ACTING):
        context["pagename"] = PageName(pagename)
        for script in context.get("script_files", ()):
            attributes = getattr(script, "attributes", {})
            if body := attributes.get("body"):
                attributes["body"] = script_with(body, pagename)


def _escaped(text: str) -> str:
    escaped = escape(text)
    return text if escaped == text else escaped


def script_with(script: str, name: str) -> str:
    """The script with a name in quotes, where it stands there unescaped, escaped."""
    escaped = "".join(f"\\u{ord(char):04x}" if char in _ACTING else char for char in name)
    for mark in "'\"`":
        script = script.replace(f"{mark}{name}{mark}", f"{mark}{escaped}{mark}")
    return script
