"""Translations of messages to authors into the language of the site.

The catalog of a package has the package's name, and is in its folder ``locale``.
"""

import sys
from pathlib import Path
from typing import Final

from sphinx import locale

from .messages import Translate

#: The namespace in which Sphinx keeps messages of programs, apart from words on pages.
NAMESPACE: Final = "console"
#: This package's own, as Sphinx's ``__`` is for Sphinx's messages.
__ = locale.get_translation("sphinxcommon", NAMESPACE)


def add_catalog(package: str, language: str) -> None:
    """Load the catalog of a package, which is imported already."""
    folder = Path(str(sys.modules[package].__file__)).with_name("locale")
    locale.init([folder], language, package, NAMESPACE)


def translator(package: str) -> Translate:
    """Return a function that translates the messages of a package, and those of this one."""
    own, common = (locale.get_translator(name, NAMESPACE) for name in (package, __package__))
    return lambda template: common.gettext(own.gettext(template))
