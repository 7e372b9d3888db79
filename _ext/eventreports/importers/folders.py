"""Names of the folders of new events."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ..core.names import ascii_words
from ..core.session_ids import title_id

_LONGEST: Final = 60
#: Fewer letters say too little: “#12” of a name in Japanese.
_FEWEST_LETTERS: Final = 4


def folder_name(facts: Mapping[str, Any], events: Path, taken: set[str]) -> str:
    """Return the name of the folder of a new event, by its name and its year, and take it.

    :param facts: Those of the event.
    :param events: The folder of the site's events.
    :param taken: Names of other new events, to which this one is added.
    :returns: Letters and digits in ASCII with hyphens between: ``kumo-days-2026``.
    """
    name = facts.get("name", "")
    text = str(next(iter(name.values()), "")) if isinstance(name, Mapping) else str(name)
    day = str(facts.get("start_date") or facts.get("date") or "")
    slug = "-".join(ascii_words(text))[:_LONGEST].strip("-")
    letters = len(re.findall("[a-z]", slug))
    if letters < _FEWEST_LETTERS or letters < len(re.findall(r"[^\W\d_]", text)) / 3:
        slug = day or title_id(text)
    elif day[:4] and day[:4] not in slug:
        slug = f"{slug}-{day[:4]}"
    number, found = 1, slug
    while found in taken or (events / found).exists():
        number += 1
        found = f"{slug}-{number}"
    taken.add(found)
    return found
