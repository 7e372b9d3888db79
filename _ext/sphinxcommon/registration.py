"""Settings in Sphinx: their registration, the check of ``conf.py``, tables on pages."""

from collections.abc import Iterable
from functools import partial
from inspect import ismodule
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .catalogs import add_catalog, translator
from .messages import Message
from .settings import Declaration

logger = logging.getLogger(__name__)


def declare(app: Sphinx, declaration: type[Declaration]) -> None:
    """Register the settings, their check, and the directive that shows their table."""
    for package in (declaration.package(), __package__):
        add_catalog(package, app.config.language)
    for name, one in declaration.settings().items():
        # Sphinx ends the build when ``-D`` gives a flag a text, unless a text is allowed.
        types = (*one.kind.types, str) if bool in one.kind.types else one.kind.types
        app.add_config_value(name, one.default, one.rebuild, types, one.meaning.template)
    # After ``setup`` in ``conf.py``, which may change settings, and before Sphinx checks types.
    app.connect("config-inited", partial(check, declaration), priority=700)
    add_table(app, "settings", declaration)


def add_table(app: Sphinx, name: str, declaration: type[Declaration]) -> None:
    """Add a directive ``PACKAGE-NAME`` that shows the table of these settings."""
    directive = type("Table", (SettingsTable,), {"declaration": declaration})
    app.add_directive(f"{declaration.package()}-{name}", directive)


def check(declaration: type[Declaration], _app: Sphinx, config: Config) -> None:
    """Report wrong values and unknown names in ``conf.py``, and use the defaults instead."""
    known = declaration.settings()
    # The option `-D name=` gives an empty list as a list of an empty text.
    given = {name: [] if config[name] == [""] else config[name] for name in known}
    right, faults = declaration.checked(given | _unknown(declaration.prefix, config))
    for name, one in known.items():
        default = one.default(config) if callable(one.default) else one.default
        config[name] = right.get(name, default)
    for fault in faults:
        warn(declaration, fault)


def warn(declaration: type[Declaration], fault: Message) -> None:
    """Report a fault of a setting, in the site's language."""
    text = fault.text(translator(declaration.package()))
    logger.warning("%s", text, type=declaration.warning_type, subtype="setting")


def _unknown(prefix: str, config: Config) -> dict[str, Any]:
    """Return values of ``conf.py`` that are named like settings, without functions and modules."""
    given: dict[str, Any] = getattr(config, "_raw_config", {})
    named = {name: given[name] for name in given if name.startswith(prefix) and name not in config}
    return {name: one for name, one in named.items() if not callable(one) and not ismodule(one)}


class SettingsTable(SphinxDirective):
    """A table of settings with their defaults and meanings."""

    declaration: ClassVar[type[Declaration]]

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        head, *rows = map(_row, self.declaration.table(translator(self.declaration.package())))
        columns = [nodes.colspec(colwidth=1) for _cell in head]
        group = nodes.tgroup(
            "", *columns, nodes.thead("", head), nodes.tbody("", *rows), cols=len(columns)
        )
        table = nodes.table("", group, classes=["colwidths-auto"], support_smartquotes=False)
        self.set_source_info(table)
        return [table]


def _row(cells: Iterable[str]) -> nodes.row:
    # The texts are in the site's language already.
    paragraphs = (nodes.paragraph("", "", *marked_up(text), translatable=False) for text in cells)
    return nodes.row("", *(nodes.entry("", paragraph) for paragraph in paragraphs))


def marked_up(text: str) -> list[nodes.Node]:
    """Return the nodes of a message that has code between backticks."""
    return [
        nodes.literal("", part) if number % 2 else nodes.Text(part)
        for number, part in enumerate(text.split("`"))
        if part
    ]
