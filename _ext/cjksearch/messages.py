"""Messages to authors, in the language of the site."""

from sphinx.locale import get_translation

#: Translates this package's messages, as Sphinx's ``__`` does Sphinx's own.
__ = get_translation("cjksearch", "console")
