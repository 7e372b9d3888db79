"""Names of directives and roles as people write them, and which are meant."""

import re
import unicodedata
from collections.abc import Collection
from typing import Final

from sphinxcommon.suggestions import nearest

#: Other words for what a directive shows.
_SYNONYMS: Final = {
    **dict.fromkeys(("talk", "lecture", "presentation"), "session"),
    **dict.fromkeys(("talks", "cards", "lectures", "presentations"), "sessions"),
    **dict.fromkeys(("timetable", "program", "programme", "agenda"), "schedule"),
    **dict.fromkeys(("facts", "about", "overview", "details"), "info"),
    **dict.fromkeys(("file", "attachments", "downloads"), "files"),
    **dict.fromkeys(("slide", "videos", "recordings"), "slides"),
    **dict.fromkeys(("supporters", "organizers"), "sponsors"),
    **dict.fromkeys(("events", "all"), "list"),
    **dict.fromkeys(("takeaways", "key-points"), "points"),
    **dict.fromkeys(("todo", "todos", "tasks", "action-items"), "actions"),
}
#: How alike a name and the one that is meant are, where it has the domain and where it has none.
_WITH_DOMAIN, _ALONE = 0.65, 0.85
_SEPARATOR: Final = re.compile(r"\s*(?:[:._/-]|\s)\s*")


def name_meant(written: str, known: Collection[str], likeness: float = _WITH_DOMAIN) -> str | None:
    """Return the directive or role of the domain that a name without the domain means."""
    plain = unicodedata.normalize("NFKC", written).strip().lower()
    if plain in known:
        return plain
    synonym = _SYNONYMS.get(plain)
    return synonym if synonym in known else nearest(plain, known, likeness)


def directive_meant(written: str, known: Collection[str]) -> str | None:
    """Return the directive ``event:NAME`` that a whole name means: NAME.

    :param written: The name as it is written: ``event-info``, ``events:info``, ``session``.
    :param known: The names of the domain's directives.
    :returns: Its name; ``None`` if it seems to be the name of another directive.
    """
    plain = unicodedata.normalize("NFKC", written).strip().lower()
    domain, *rest = _SEPARATOR.split(plain, maxsplit=1)
    if rest and nearest(domain, ("event",), 0.7):
        return name_meant(rest[0].strip(":._/- "), known)
    if not rest and (joined := re.fullmatch(r"events?(\w+)", plain)):
        return name_meant(joined[1], known, _ALONE)
    return None if rest else plain if plain in known else nearest(plain, known, _ALONE)
