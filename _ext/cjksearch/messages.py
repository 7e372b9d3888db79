"""Messages to authors, in the language of the site."""

from __future__ import annotations

from sphinx.locale import get_translation

#: As Sphinx's ``__`` is for Sphinx's own messages.
__ = get_translation("cjksearch", "console")
