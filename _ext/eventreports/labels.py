"""The words that readers see, by gettext catalogs in ``locale/``."""

from __future__ import annotations

from typing import Final

from babel import Locale, UnknownLocaleError
from sphinx.locale import get_translation, get_translator

from .messages import CATALOG, N_

_ = get_translation(CATALOG)


def site_locale(language: str) -> Locale:
    """Babel's locale for Sphinx's ``language``; English where Babel knows none."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale("en")


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form of a message for ``number``."""
    return get_translator(CATALOG).ngettext(singular, plural, number)


_FIELDS: Final = {
    "name": N_("Name"),
    "date": N_("Date"),
    "timezone": N_("Time zone"),
    "venue": N_("Venue"),
    "url": N_("Website"),
    "hashtag": N_("Hashtag"),
    "capacity": N_("Capacity"),
    "organizers": N_("Organizers"),
    "supporters": N_("Supporters"),
    "sponsors": N_("Sponsors"),
    "reporters": N_("Reporters"),
    "participants": N_("Participants"),
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
    """What readers call a key of the data."""
    return _(_FIELDS[key])
