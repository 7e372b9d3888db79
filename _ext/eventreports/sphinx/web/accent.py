"""The site's colour, of which the styles make all shades of the accent."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from ..settings import Settings


def setup(app: Sphinx) -> None:
    """Connect the handler."""
    app.connect("html-page-context", add_accent)


def add_accent(
    app: Sphinx,
    _pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Say the colour in the head of a page, over that of the styles."""
    if (accent := Settings.of(app.config).accent) and not context.get("embedded"):
        style = f"<style>:root:root {{ --er-brand: {accent} }}</style>"
        context["metatags"] = f"{context.get('metatags') or ''}{style}\n"
