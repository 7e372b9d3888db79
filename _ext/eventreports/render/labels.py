"""The labels and words that readers see, translated by the catalogs in ``locale/``."""

from typing import Final

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal
from sphinx.locale import get_translation, get_translator

from sphinxcommon.catalogs import translator
from sphinxcommon.messages import Message

from ..core.i18n import CATALOG, N_

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
    "resource": {
        "not-shared": N_("Not shared"),
        "not-recorded": N_("Not recorded"),
        "later": N_("To be published later"),
        "gone": N_("No longer available"),
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
        "draft": N_("Draft"),
    },
    "audience": {
        "internal": N_("Internal edition"),
        "private": N_("Private edition"),
        "draft": N_("Edition with drafts"),
    },
}


def word(of: str, value: str) -> str:
    """Return what readers see of a word of a closed set; nothing if it goes without saying."""
    return _(_WORDS[of][value]) if value in _WORDS[of] else ""


def reported_by(names: str) -> str:
    """Return that some people wrote a report or notes, by their names."""
    return f"{_('Reported by')} {names}"


def count_text(kind: str, number: int, locale: Locale) -> str:
    """Return a number of events, sessions, slides, videos or people in words: 9 sessions."""
    match kind:
        case "events":
            text = ngettext("{number} event", "{number} events", number)
        case "speakers":
            text = ngettext("{number} speaker", "{number} speakers", number)
        case "people":
            text = ngettext("{number} person", "{number} people", number)
        case "sessions":
            text = ngettext("{number} session", "{number} sessions", number)
        case "slides":
            text = ngettext("{number} slide deck", "{number} slide decks", number)
        case "videos":
            text = ngettext("{number} video", "{number} videos", number)
        case "capacity":
            text = ngettext("{number} place", "{number} places", number)
        case _:
            text = ngettext("{number} participant", "{number} participants", number)
    return text.format(number=format_decimal(number, locale=locale))
