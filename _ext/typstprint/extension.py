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
SHOW_URLS: Final = ENUM("no", "inline", "footnote", "qr")


def whole_site(config: Config) -> list[tuple[str, str, str, str]]:
    """One book of all pages, where ``typstprint_documents`` names none."""
    return [(config.root_doc, "book", config.project, config.author)]


def setup(app: Sphinx, version: str) -> ExtensionMetadata:
    app.add_builder(TypstSourceBuilder)
    app.add_builder(TypstBuilder)
    # Emitted with (document: PrintedDocument, tree: nodes.document), where all pages of a
    # document are in the tree and no reference is resolved: what is done to the tree is printed.
    app.add_event("typstprint-document")
    # Which documents there are, and what they look like, is no matter of reading pages: what is
    # made of it is in each document's digest.
    for name, default, types in (
        # (page, file, title, author, whether it is a book, its own options), of each document.
        ("documents", whole_site, (list, tuple)),
        # How all documents are set; the keys are those of ``options.Options``.
        ("options", {}, (dict,)),
        ("paper", "a4", (str,)),
        ("fonts", FONTS, (list, tuple)),
        ("font_paths", [], (list, tuple)),
        ("show_urls", "no", SHOW_URLS),
        # Whether a reference to another page of the document says which.
        ("show_pagerefs", True, (bool,)),
        ("looks", [], (list, tuple)),
        ("template", "", (str,)),
        ("standards", [], (list, tuple)),
    ):
        app.add_config_value(f"typstprint_{name}", default, "", types=types)
    return {"version": version, "parallel_read_safe": True, "parallel_write_safe": True}
