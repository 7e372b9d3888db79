"""The labels and words that readers see, translated by the catalogs in ``locale/``."""

from __future__ import annotations

from typing import Final

from babel import Locale, UnknownLocaleError
from sphinx.locale import get_translation, get_translator

from sphinxcommon.catalogs import translator

from ..core.i18n import CATALOG, N_
from ..core.messages import Message

_ = get_translation(CATALOG)


def site_locale(language: str) -> Locale:
    """Return Babel's locale for Sphinx's ``language``; English if Babel does not know it."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale("en")


def message_text(message: Message) -> str:
    """Return a message to authors in the site's language."""
    return message.text(translator(CATALOG))


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form of a message for a number, translated."""
    return get_translator(CATALOG).ngettext(singular, plural, number)


_FIELDS: Final = {
    "name": N_("Name"),
    "date": N_("Date"),
    "kind": N_("Kind"),
    "series": N_("Series"),
    "status": N_("Status"),
    "days": N_("Days"),
    "timezone": N_("Time zone"),
    "venue": N_("Venue"),
    "url": N_("Website"),
    "hashtag": N_("Hashtag"),
    "capacity": N_("Capacity"),
    "coordinates": N_("Coordinates"),
    "maps": N_("Maps"),
    "attendance": N_("Attendance"),
    "attendance_mode": N_("Held"),
    "organizers": N_("Organizers"),
    "supporters": N_("Supporters"),
    "sponsors": N_("Sponsors"),
    "media_partners": N_("Media partners"),
    "groups": N_("Supported by"),
    "tracks": N_("Tracks"),
    "purpose": N_("Purpose"),
    "license": N_("Licence"),
    "visibility": N_("Visibility"),
    "published": N_("Published"),
    "updated": N_("Last revised"),
    "level": N_("Level"),
    "slides_language": N_("Language of the slides"),
    "seen": N_("Seen"),
    "parent": N_("Part of"),
    "reporters": N_("Reporters"),
    "participants": N_("Participants"),
    "recipients": N_("To"),
    "topics": N_("Topics"),
    "links": N_("Links"),
    "speakers": N_("Speakers"),
    "time": N_("Time"),
    "room": N_("Room"),
    "rooms": N_("Rooms"),
    "track": N_("Track"),
    "language": N_("Language"),
    "slides": N_("Slides"),
    "videos": N_("Videos"),
    "schedule": N_("Schedule"),
    "sessions": N_("Sessions"),
    "files": N_("Files"),
    "size": N_("Size"),
    "added": N_("Added"),
    "uploader": N_("Added by"),
    "description": N_("Description"),
    "info": N_("Event information"),
    "key": N_("Key"),
    "meaning": N_("Meaning"),
    "form": N_("Form"),
    "example": N_("Example"),
    "code": N_("Code"),
    "cause": N_("What is wrong"),
    "cure": N_("What to do"),
}


def label(key: str) -> str:
    """Return the label of a key of the data."""
    return _(_FIELDS[key])


#: What readers see of the words of closed sets; some go without saying.
_WORDS: Final = {
    "attendance_mode": {
        "offline": N_("on site"),
        "online": N_("online"),
        "mixed": N_("on site and online"),
    },
    "event": {
        "conference": N_("Conference"),
        "meetup": N_("Meetup"),
        "workshop": N_("Workshop"),
        "seminar": N_("Seminar"),
        "hackathon": N_("Hackathon"),
        "exhibition": N_("Exhibition"),
        "training": N_("Training"),
        "internal": N_("Internal event"),
        "other": N_("Other"),
    },
    "seen": {
        "live": N_("live"),
        "recording": N_("as a recording"),
        "slides": N_("by its slides"),
        "missed": N_("missed"),
    },
    "session": {
        "keynote": N_("Keynote"),
        "lightning-talk": N_("Lightning talk"),
        "workshop": N_("Workshop"),
        "tutorial": N_("Tutorial"),
        "panel": N_("Panel"),
        "q-and-a": N_("Q&A"),
        "demo": N_("Demonstration"),
        "poster": N_("Poster"),
        "meeting": N_("Meeting"),
    },
    "slot": {
        "break": N_("Break"),
        "meal": N_("Meal"),
        "registration": N_("Registration"),
        "opening": N_("Opening"),
        "closing": N_("Closing"),
        "party": N_("Party"),
        "other": N_("Other"),
    },
    "status": {
        "cancelled": N_("Cancelled"),
        "postponed": N_("Postponed"),
        "moved": N_("Moved"),
        "moved-online": N_("Moved online"),
    },
    "visibility": {
        "internal": N_("Internal"),
        "private": N_("Private"),
    },
}


def word(of: str, value: str) -> str:
    """Return what readers see of a word of a closed set; nothing if it goes without saying."""
    return _(_WORDS[of][value]) if value in _WORDS[of] else ""
