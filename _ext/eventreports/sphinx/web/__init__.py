"""What pages of a web site have beyond the content that every output has.

Post-transforms, for the builders of sites alone: other outputs, and the doctrees, have none of it.
"""

from sphinx.application import Sphinx

from . import visitors
from .event_pages import EventPages
from .session_bars import SessionBars
from .session_cards import SessionCards


def setup(app: Sphinx) -> None:
    """Register the nodes, and the transforms, which run in the order of their priorities."""
    visitors.setup(app)
    for transform in (EventPages, SessionBars, SessionCards):
        app.add_post_transform(transform)
