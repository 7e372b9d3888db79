"""The directives ``event:…``, which show an event's facts in a page."""

from sphinx.application import Sphinx

from .event_list import ListDirective, Overview
from .gathered import Actions, Points
from .guide_tables import Keys, Problems
from .info import Files, Info
from .report import Report
from .sessions import Schedule, SessionDirective, Sessions, Slides
from .sponsors import Sponsors
from .subject_lists import Organizations, PeopleDirective, Topics

#: The directives by their names in the domain.
DIRECTIVES = {
    "info": Info,
    "sponsors": Sponsors,
    "sessions": Sessions,
    "session": SessionDirective,
    "schedule": Schedule,
    "slides": Slides,
    "files": Files,
    "report": Report,
    "list": ListDirective,
    "people": PeopleDirective,
    "organizations": Organizations,
    "topics": Topics,
    "overview": Overview,
    "points": Points,
    "actions": Actions,
    "keys": Keys,
    "problems": Problems,
}


def setup(app: Sphinx) -> None:
    """Register the directives in the domain."""
    for name, directive in DIRECTIVES.items():
        app.add_directive_to_domain("event", name, directive)
