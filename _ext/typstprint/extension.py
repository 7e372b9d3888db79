"""Where typstprint meets Sphinx: its builders, events and settings."""

from dataclasses import fields
from pathlib import Path
from typing import Final

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from sphinxcommon import __version__
from sphinxcommon.messages import Message
from sphinxcommon.registration import add_table, declare, warn

from .builder import TypstBuilder, TypstSourceBuilder
from .options import Options
from .settings import Settings, usable

#: When each is emitted, with what, and what listeners return: docs/sphinx-events.md.
_EVENTS: Final = (
    "typstprint-collect-documents",
    "typstprint-collect-options",
    "typstprint-collect-styles",
    "typstprint-skip-document",
    "typstprint-document-assembled",
)


def leave_out_unusable(app: Sphinx, config: Config) -> None:
    """Report what of the settings cannot be used, and leave it out."""

    def report(name: str, fault: Message) -> None:
        warn(Settings, Message("typstprint_{name}: {fault}", name=name, fault=fault))

    settings = usable(Settings.of(config), Path(app.confdir), report)
    for one in fields(settings):
        config[f"typstprint_{one.name}"] = getattr(settings, one.name)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register all that the extension has."""
    app.setup_extension("sphinxcommon")
    app.add_builder(TypstSourceBuilder)
    app.add_builder(TypstBuilder)
    for event in _EVENTS:
        app.add_event(event)
    declare(app, Settings)
    add_table(app, "options", Options)
    # Once their kinds are checked, and before Sphinx looks at types.
    app.connect("config-inited", leave_out_unusable, priority=750)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
