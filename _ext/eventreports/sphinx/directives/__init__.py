"""``event:…``: places in a page where an event's facts appear."""

from __future__ import annotations

from .event import Files, Info, Sponsors
from .listing import ListDirective
from .reference import Keys, Problems
from .report import Report
from .sessions import Schedule, SessionDirective, Sessions, Slides

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
    "keys": Keys,
    "problems": Problems,
}
