"""Where the translations are; free of Sphinx, so that every room can mark its words."""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import Final

import sphinxcommon

CATALOG: Final = "eventreports"
LOCALE_FOLDER: Final = Path(__file__).parents[1] / "locale"


def N_(message: str) -> str:  # noqa: N802, gettext's own name for it
    """Mark a message for extraction where it is not yet to be translated."""
    return message


def translations(language: str | None = None) -> gettext.NullTranslations:
    """Return what is translated into a language (a tag such as ``ja``): English, if nothing is.

    Without one it is that of the user's locale: ``LANGUAGE``, ``LC_ALL``, ``LC_MESSAGES``,
    ``LANG``.
    """
    languages = [language] if language else None
    own, common = (
        gettext.translation(folder.parent.name, folder, languages, fallback=True)
        for folder in (LOCALE_FOLDER, Path(sphinxcommon.__file__).with_name("locale"))
    )
    own.add_fallback(common)
    return own
