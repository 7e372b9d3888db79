"""What the extensions of this distribution have in common; it knows none of them.

Messages to authors are data (``messages``), translated where they are shown (``catalogs``). A
setting is a field of a frozen dataclass, with its default, the values it may have
(``setting_kinds``), its meaning, and what is rebuilt when it changes (``settings``).
``registration`` registers settings with Sphinx, checks ``conf.py``, and shows their tables on
pages::

    @dataclass(frozen=True)
    class Settings(Declaration):
        prefix: ClassVar = "greeting_"
        warning_type: ClassVar = "greeting"

        lines: int = setting(1, NUMBER, Message("How many lines greet."), "env")

    def setup(app):
        declare(app, Settings)

    lines = Settings.of(app.config).lines

As a Sphinx extension it keeps output folders as a build from scratch would make them. Sphinx writes
a page again only when its source has changed, and never removes a file. From a list of what each
builder wrote (``outputs``, ``pages``), ``extension`` has pages written again whose neighbours or
menus have changed or whose build was interrupted, and removes files that no page has any longer.
A file that no builder wrote is never removed.
"""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

#: The version of the distribution with all its extensions.
__version__: Final = "0.1.0"


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Set up the extension that keeps output folders current."""
    from .extension import setup as set_up

    return set_up(app, __version__)
