"""Event reports for Sphinx: facts from ``event.yaml``, notes from MyST pages."""

from typing import TYPE_CHECKING

from sphinxcommon import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["__version__", "setup"]


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Set up the extension; Sphinx is not imported before."""
    from .sphinx import extension

    return extension.setup(app, __version__)
