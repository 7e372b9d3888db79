"""What Sphinx is told of the builders, and what a site may set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx.config import ENUM

from .builder import TypstBuilder, TypstSourceBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

#: For text, where a site says nothing else; the compiler brings the others.
FONTS: Final = ["Noto Sans CJK JP"]
SHOW_URLS: Final = ENUM("no", "inline", "footnote")


def whole_site(config: Config) -> list[tuple[str, str, str, str]]:
    """One book of all pages, where ``typstprint_documents`` names none."""
    return [(config.root_doc, "book", config.project, config.author)]


def setup(app: Sphinx, version: str) -> ExtensionMetadata:
    app.add_builder(TypstSourceBuilder)
    app.add_builder(TypstBuilder)
    app.add_config_value("typstprint_documents", whole_site, "env", types=(list, tuple))
    app.add_config_value("typstprint_paper", "a4", "env", types=(str,))
    app.add_config_value("typstprint_fonts", FONTS, "env", types=(list, tuple))
    app.add_config_value("typstprint_font_paths", [], "env", types=(list, tuple))
    app.add_config_value("typstprint_show_urls", "no", "env", types=SHOW_URLS)
    app.add_config_value("typstprint_looks", [], "env", types=(list, tuple))
    app.add_config_value("typstprint_template", "", "env", types=(str,))
    app.add_config_value("typstprint_standards", [], "env", types=(list, tuple))
    return {"version": version, "parallel_read_safe": True, "parallel_write_safe": True}
