"""What pages of a web site have beyond the content that every output has.

Post-transforms, for the builders of sites alone: other outputs, and the doctrees, have none of it.
"""

from sphinx.application import Sphinx

from . import link_previews, visitors
from .event_pages import EventPages
from .session_bars import SessionBars
from .session_cards import SessionCards


def setup(app: Sphinx) -> None:
    """Register the nodes and the transforms, and have links previewed."""
    visitors.setup(app)
    link_previews.setup(app)
    for transform in (EventPages, SessionBars, SessionCards):
        app.add_post_transform(transform)
