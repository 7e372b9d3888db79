"""Messages to authors, in the language of the site, and warnings."""

from typing import Any

from sphinx.locale import get_translation
from sphinx.util import logging

logger = logging.getLogger(__name__)

#: As Sphinx's ``__`` is for Sphinx's own messages.
__ = get_translation("typstprint", "console")


def warn(
    subtype: str, message: str, *arguments: object, location: Any = None, once: bool = False
) -> None:
    """Warn of what a site can suppress as ``typstprint.SUBTYPE``.

    :param subtype: What the site can suppress it by.
    :param message: A translated message, with placeholders as ``logging`` has them.
    :param *arguments: What the placeholders stand for.
    :param location: A node, a page, or a page and a line.
    :param once: Whether a build reports it but once.
    """
    logger.warning(
        message, *arguments, location=location, type="typstprint", subtype=subtype, once=once
    )
