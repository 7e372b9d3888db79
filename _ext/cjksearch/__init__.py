"""Search that finds Japanese: each section by itself, as one types, on any static host.

Pagefind answers where the browser lets it; Sphinx's own index, of pairs of characters, answers
everywhere else. It knows sections; an extension that connects to its events tells it more: names,
dates, what to choose by (``docs/events.md``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxcommon import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    from .extension import setup as set_up

    return set_up(app, __version__)
