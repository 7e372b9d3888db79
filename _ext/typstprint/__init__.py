"""PDF by Typst: the builders ``typstprint`` (PDF) and ``typstprint-src`` (Typst sources).

From pip alone: the compiler is inside the ``typst`` package, fonts are packages too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxcommon import __version__

from .documents import PrintedDocument

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["PrintedDocument", "setup"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extension."""
    from .extension import setup as set_up

    return set_up(app, __version__)
