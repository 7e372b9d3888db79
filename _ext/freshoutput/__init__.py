"""Output folders that hold what a build from nothing would make of the site.

Sphinx writes a page again when its source has changed, and never removes a file. This extension
keeps a list of what each builder wrote; from it, pages are written again whose neighbours or menus
have changed or whose build was interrupted, and files are removed that no page or document has any
longer. What a builder did not write is never removed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

#: Of the distribution, whose extensions all use this one.
__version__: Final = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    from .extension import setup as set_up

    return set_up(app, __version__)
