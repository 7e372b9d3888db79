"""What pages of a web site have beyond the content that every output has.

Post-transforms, for the builders of sites alone: other outputs, and the doctrees, have none of it.
"""

from sphinx.application import Sphinx

from . import (
    accent,
    event_data,
    forwarding,
    link_previews,
    page_script,
    site_pages,
    subject_pages,
    titles,
    visitors,
)
from .covers import Covers
from .event_pages import EventPages
from .pictures import Pictures
from .players import Players
from .repository_links import RepositoryLinks
from .session_bars import SessionBars
from .session_cards import SessionCards
from .subject_links import NearSessions, SeriesLinks, SubjectLinks
from .tab_labels import TabLabels
from .task_lists import TaskLists


def setup(app: Sphinx) -> None:
    """Register the nodes and the transforms, which run in the order of their priorities."""
    scripts = (link_previews, page_script, accent, titles)
    files = (event_data, forwarding, site_pages, subject_pages)
    for module in (visitors, *files, *scripts):
        module.setup(app)
    late = (
        Players,
        SubjectLinks,
        NearSessions,
        SeriesLinks,
        Covers,
        Pictures,
        TabLabels,
        TaskLists,
        RepositoryLinks,
    )
    for transform in (EventPages, SessionBars, SessionCards, *late):
        app.add_post_transform(transform)
