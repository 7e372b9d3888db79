"""PDF by Typst: the builders ``typstprint`` (PDF) and ``typstprint-src`` (Typst sources).

From pip alone: the compiler is inside the ``typst`` package, fonts are packages too.
"""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinxcommon import __version__

from .documents import PrintedDocument

__all__ = ["PrintedDocument", "setup"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extension."""
    from .extension import setup as set_up

    return set_up(app, __version__)
