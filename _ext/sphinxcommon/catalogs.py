"""Translations of messages to authors, into the language of the site.

A catalog has the name of its package, and is in the package's folder ``locale``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sphinx import locale

from .messages import Translate

#: Sphinx keeps the messages of programs apart from the words of pages by this name.
_NAMESPACE = "console"


def add_catalog(package: str, language: str) -> None:
    folder = Path(str(sys.modules[package].__file__)).with_name("locale")
    locale.init([folder], language, package, _NAMESPACE)


def translator(package: str) -> Translate:
    """Return what translates the messages of a package, and those of this one."""
    own, common = (locale.get_translator(name, _NAMESPACE) for name in (package, __package__))
    return lambda template: common.gettext(own.gettext(template))
