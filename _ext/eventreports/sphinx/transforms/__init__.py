"""Transforms of a page's tree: once it is parsed, and once all pages are read."""

from sphinx.application import Sphinx

from .bylines import Bylines
from .empty_notes import EmptyNotes
from .event_lists import EventListings
from .gathered_notes import GatheredNotes
from .html_tags import TextOfTags
from .indexed_people import IndexedPeople, name_entries
from .line_breaks import JoinLines
from .misplaced_sections import MisplacedSections
from .missing_headings import MissingHeadings
from .note_lists import NoteCollector
from .notes_links import NotesLinks, report_further_notes
from .overviews import Overviews
from .reporter_links import ReporterLinks
from .resource_listings import ResourceListings
from .session_sections import SessionSections
from .subject_lists import SubjectLists
from .unsupported import LinksAsText, UnsupportedLogos
from .video_times import TimesAsLinks, VideoTimes
from .web_addresses import WebAddresses


def setup(app: Sphinx) -> None:
    """Register the transforms, which run in the order of their priorities."""
    own = (
        *(MisplacedSections, SessionSections, VideoTimes, MissingHeadings, Bylines, TextOfTags),
        *(JoinLines, WebAddresses, EmptyNotes, NoteCollector),
    )
    for transform in own:
        app.add_transform(transform)
    late = (
        *(EventListings, Overviews, GatheredNotes, NotesLinks, ReporterLinks, UnsupportedLogos),
        *(SubjectLists, ResourceListings, TimesAsLinks, LinksAsText, IndexedPeople),
    )
    for post_transform in late:
        app.add_post_transform(post_transform)
    app.connect("env-updated", report_further_notes)
    app.connect("env-updated", name_entries)
