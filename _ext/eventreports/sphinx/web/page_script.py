"""The script of pages on which something opens in place, keys lead on, or days are tabs."""

from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx

from ...render.labels import _

#: What the visitors of HTML write for the script, and for nothing else.
_FOR_SCRIPT: Final = (
    *('class="event-player"', "event-large", 'class="event-bar"'),
    'style="--event-days: ',
)


def setup(app: Sphinx) -> None:
    """Connect the handler."""
    app.connect("html-page-context", add_script)


def add_script(
    app: Sphinx,
    _pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Add the script to a page that has something for it."""
    body = context.get("body", "")
    if not context.get("embedded") and any(text in body for text in _FOR_SCRIPT):
        words: Any = {"data-close": _("Close")}
        app.add_js_file("eventreports.js", loading_method="defer", **words)
