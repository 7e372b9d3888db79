"""What Sphinx is told of the builders, and what a site may set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.util import logging

from .builder import TypstBuilder, TypstSourceBuilder
from .settings import KINDS, settled

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)

#: What a site has that sets nothing. What it says here is in the guide, with what it means.
DEFAULTS: Final[dict[str, Any]] = {
    # How all documents are set; the keys are those of ``options.Options``.
    "options": {},
    # For text, where a site says nothing else; the compiler brings the others.
    "fonts": ["Noto Sans CJK JP"],
    "font_paths": [],
    "show_urls": "no",
    # Whether a reference to another page of the document says which.
    "show_pagerefs": True,
    "looks": [],
    "template": "",
    # What the template, and whatever else of Typst's, finds beside itself.
    "additional_files": [],
    "standards": [],
}
#: After those of a site's own ``conf.py``, which may set some, and before Sphinx looks at types.
_LATE: Final = 700


def whole_site(config: Config) -> list[tuple[str, str, str, str]]:
    """One book of all pages, where ``typstprint_documents`` names none."""
    return [(config.root_doc, "book", config.project, config.author)]


def settle(app: Sphinx, config: Config) -> None:
    """What is wrong with the settings is told at once, and what is right is left."""

    def tell(name: str, problem: str) -> None:
        message = "typstprint_%s: %s"
        logger.warning(message, name, problem, type="typstprint", subtype="setting")

    given = {name: config[f"typstprint_{name}"] for name in KINDS}
    defaults = {**DEFAULTS, "documents": whole_site(config)}
    for name, value in settled(given, defaults, Path(app.confdir), tell).items():
        config[f"typstprint_{name}"] = value


def setup(app: Sphinx, version: str) -> ExtensionMetadata:
    app.setup_extension("freshoutput")
    app.add_builder(TypstSourceBuilder)
    app.add_builder(TypstBuilder)
    # Emitted with (document: PrintedDocument, tree: nodes.document), where all pages of a
    # document are in the tree and no reference is resolved: what is done to the tree is printed.
    app.add_event("typstprint-document")
    # Emitted with (document: PrintedDocument); a document of which a listener answers True is left
    # as it was printed before.
    app.add_event("typstprint-skip-document")
    # Which documents there are, and what they look like, is no matter of reading pages: what is
    # made of it is in each document's digest.
    for name, default in {**DEFAULTS, "documents": whole_site}.items():
        types = (type(default),) if isinstance(default, str | bool | dict) else (list, tuple)
        app.add_config_value(f"typstprint_{name}", default, "", types=types)
    app.connect("config-inited", settle, priority=_LATE)
    return {"version": version, "parallel_read_safe": True, "parallel_write_safe": True}
