"""Leave out of a build what is not for its audience, before anything of it is read.

Of events :class:`library.Library` knows nothing else; here are pages, the sections of sessions,
blocks of a page, and the references to all of these.
"""

from sphinx.application import Sphinx

from . import blocks, contents, marks, outputs, pages, parts, references


def setup(app: Sphinx) -> None:
    """Set up the modules."""
    for module in (pages, parts, blocks, contents, references, outputs, marks):
        module.setup(app)
