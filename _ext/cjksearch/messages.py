"""Messages to authors, in the language of the site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx import locale

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_CATALOG: Final = "cjksearch"
#: As Sphinx's ``__`` is for Sphinx's own messages.
__ = locale.get_translation(_CATALOG, "console")


def add_catalog(app: Sphinx) -> None:
    """Have messages translated into the language of the site."""
    folder = Path(__file__).with_name("locale")
    locale.init([folder], app.config.language, _CATALOG, "console")
