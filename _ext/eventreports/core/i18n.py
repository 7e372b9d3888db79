"""Where the translations are; free of Sphinx, so that every room can mark its words."""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import Final

CATALOG: Final = "eventreports"
LOCALE_FOLDER: Final = Path(__file__).parents[1] / "locale"


def N_(message: str) -> str:  # noqa: N802, gettext's own name for it
    """Mark a message for extraction where it is not yet to be translated."""
    return message


def translated(message: str, language: str) -> str:
    """``message`` in ``language`` (a tag such as ``ja``), as it is where there is none."""
    catalog = gettext.translation(CATALOG, LOCALE_FOLDER, languages=[language], fallback=True)
    return catalog.gettext(message)
