"""Translations, free of Sphinx, so that every package can mark its messages."""

import gettext
import os
import re
from pathlib import Path
from typing import Final

import sphinxcommon

CATALOG: Final = "eventreports"
LOCALE_FOLDER: Final = Path(__file__).parents[1] / "locale"
#: The variables that say the user's language; the first that has a value counts.
_VARIABLES: Final = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
#: Locales of no language.
_NO_LANGUAGE: Final = frozenset({"", "C", "POSIX"})


def N_(message: str) -> str:  # noqa: N802, gettext's own name for it
    """Mark a message for extraction where it is not yet to be translated."""
    return message


def translations(language: str | None = None) -> gettext.NullTranslations:
    """Return the translations into a language; English, if there are none.

    :param language: A tag such as ``ja``; without one, the user's locale counts (``LANGUAGE``,
        ``LC_ALL``, ``LC_MESSAGES``, ``LANG``).
    :returns: The translations of this extension and of the package that it shares.
    """
    languages = [language] if language else None
    own, common = (
        gettext.translation(folder.parent.name, folder, languages, fallback=True)
        for folder in (LOCALE_FOLDER, Path(sphinxcommon.__file__).with_name("locale"))
    )
    own.add_fallback(common)
    return own


def has_language() -> bool:
    """Return whether the user's locale says a language."""
    said = next(filter(None, map(os.environ.get, _VARIABLES)), "")
    return any(re.split("[.@]", one)[0] not in _NO_LANGUAGE for one in said.split(":"))
