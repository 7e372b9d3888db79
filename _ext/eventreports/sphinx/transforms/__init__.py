"""What is done to a page's tree once it is parsed, and once all pages are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .further_notes import FurtherNotesLinks
from .html_tags import TextOfTags
from .line_breaks import JoinLines
from .listings import EventListings
from .logos import UnsupportedLogos
from .misplaced_sections import MisplacedSections
from .references import ReferenceCollector, ReferencesAsText
from .session_sections import SessionSections

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register the transforms; in which order they run is said by their priorities."""
    for transform in (
        MisplacedSections,
        SessionSections,
        ReferenceCollector,
        TextOfTags,
        JoinLines,
    ):
        app.add_transform(transform)
    for post_transform in (EventListings, FurtherNotesLinks, UnsupportedLogos, ReferencesAsText):
        app.add_post_transform(post_transform)
