"""Search as one types, which finds Japanese, and sections of pages; for sites on any static host.

Browsers search with Pagefind where they can run it, and else with Sphinx's own index, of pairs of
characters. Other extensions add names, dates and filters by events (``docs/events.md``).
"""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinxcommon import __version__


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extension."""
    from .extension import setup as set_up

    return set_up(app, __version__)
