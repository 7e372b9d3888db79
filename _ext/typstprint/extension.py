"""What Sphinx is told of the builders, and what a site may set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.util import logging

from . import messages
from .builder import TypstBuilder, TypstSourceBuilder
from .settings import SETTINGS, settled, unknown_settings, whole_site

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)

#: After those of a site's own ``conf.py``, which may set some, and before Sphinx looks at types.
_LATE: Final = 700


def settle(app: Sphinx, config: Config) -> None:
    """What is wrong with the settings is told at once, and what is right is left."""

    def tell(name: str, problem: str) -> None:
        message = "typstprint_%s: %s"
        logger.warning(message, name, problem, type="typstprint", subtype="setting")

    # What `-D name=` makes of a list with nothing in it is a list of nothing.
    values = {name: config[f"typstprint_{name}"] for name in SETTINGS}
    given = {name: [] if value == [""] else value for name, value in values.items()}
    defaults = {name: setting.default for name, setting in SETTINGS.items()}
    defaults["documents"] = whole_site(config)
    for name, value in settled(given, defaults, Path(app.confdir), tell).items():
        config[f"typstprint_{name}"] = value
    for name, problem in unknown_settings(config):
        tell(name, problem)


def setup(app: Sphinx, version: str) -> ExtensionMetadata:
    app.setup_extension("freshoutput")
    messages.add_catalog(app)
    app.add_builder(TypstSourceBuilder)
    app.add_builder(TypstBuilder)
    # When each is emitted, with what, and what listeners return: docs/events.md.
    app.add_event("typstprint-collect-documents")
    app.add_event("typstprint-collect-options")
    app.add_event("typstprint-collect-styles")
    app.add_event("typstprint-skip-document")
    app.add_event("typstprint-document-assembled")
    # Which documents there are, and what they look like, is no matter of reading pages: what is
    # made of it is in each document's digest.
    for name, setting in SETTINGS.items():
        app.add_config_value(f"typstprint_{name}", setting.default, "", types=setting.types)
    app.connect("config-inited", settle, priority=_LATE)
    return {"version": version, "parallel_read_safe": True, "parallel_write_safe": True}
