"""Transforms of a page's tree: once it is parsed, and once all pages are read."""

from sphinx.application import Sphinx

from .event_lists import EventListings
from .further_notes import FurtherNotesLinks, report_further_notes
from .html_tags import TextOfTags
from .line_breaks import JoinLines
from .misplaced_sections import MisplacedSections
from .missing_headings import MissingHeadings
from .overviews import Overviews
from .session_sections import SessionSections
from .unsupported import LinksAsText, UnsupportedLogos
from .web_addresses import WebAddresses


def setup(app: Sphinx) -> None:
    """Register the transforms, which run in the order of their priorities."""
    own = (MisplacedSections, SessionSections, MissingHeadings, TextOfTags, JoinLines, WebAddresses)
    for transform in own:
        app.add_transform(transform)
    late = (EventListings, Overviews, FurtherNotesLinks, UnsupportedLogos, LinksAsText)
    for post_transform in late:
        app.add_post_transform(post_transform)
    app.connect("env-updated", report_further_notes)
