"""Read facts of an event that stand beside a word for them: ``会場：ベルサール神田``."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from ..core.short_people import split_names
from ..core.urls import is_url
from ..core.written_times import read, read_beginning
from .keys import event_key
from .lines import Line
from .people import people_in

_LABEL: Final = re.compile(
    r"[■●◆○・\s]*(?P<word>[^:：\s][^:：\n]{0,23}?)\s*[:：]\s*(?P<value>\S.*)", re.DOTALL
)
_PEOPLE: Final = ("reporters", "participants", "recipients")
_ORGANIZATIONS: Final = ("organizers", "supporters", "sponsors", "media_partners")
_NUMBERS: Final = ("capacity", "attendance")
#: Facts that one line cannot tell, or that no page means by such a word.
_NOT_HERE: Final = frozenset(
    "sessions slots tracks description id old_ids files sponsor_tiers groups title".split()
)
_NUMBER: Final = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)\s*(?:名|人|people|persons|seats|attendees)?")


def labelled(line: Line) -> tuple[str, Line] | None:
    """Return the key of the word before a colon, and what stands behind it.

    :param line: A line.
    :returns: The key of an event, and the rest of the line; nothing if the word means none.
    """
    match = _LABEL.fullmatch(line.text)
    key = key_of(match["word"]) if match else ""
    return (key, line.with_text(match["value"].strip())) if match and key else None


def key_of(word: str) -> str:
    """Return the key of an event that a word means, or nothing."""
    plain = unicodedata.normalize("NFKC", word).strip().strip("■●◆○・【】[]")
    key = event_key(plain)
    return "" if key.partition(".")[0] in _NOT_HERE else key


def facts_of(key: str, value: Line) -> dict[str, Any]:
    """Return the facts that a line says of an event.

    :param key: The key that the word before it means.
    :param value: The line.
    :returns: Values by their keys, as an event's file has them; nothing if they are not clear.
    """
    text, url = value.text.strip(), next((one.url for one in value.links if is_url(one.url)), "")
    if key in ("date", "start_date", "end_date"):
        return _dates(key, text)
    if key in _PEOPLE:
        return {key: people_in([value])}
    if key in _ORGANIZATIONS:
        return {key: split_names(text)}
    if key in _NUMBERS:
        number = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text))
        return {key: int(number[1].replace(",", ""))} if number else {f"{key}_text": text}
    if key == "name" and url:
        return {"name": text, "url": url}
    if key == "venue" and url and text != url:
        return {"venue": {"name": text, "url": url}}
    if key == "hashtag":
        return {key: text.lstrip("#＃")}
    if key == "topics":
        return {key: split_names(text)}
    if key in ("url", "links"):
        return {key: url} if url else {}
    outer, _, inner = key.partition(".")
    return {outer: {inner: text}} if inner else {key: text}


def _dates(key: str, text: str) -> dict[str, Any]:
    """Return the days that a text names; the text, too, if they do not say all of it."""
    whole = read(text)
    written = whole or read_beginning(text)
    if written is None or not written.days:
        return {}
    days = [day.isoformat() for day in written.days]
    is_all = whole is not None and not (whole.start or whole.is_list)
    wording = {} if is_all else {"date_text": text}
    if key != "date" or len(days) == 1:
        return {key: days[0], **wording}
    return {"start_date": days[0], "end_date": days[-1], **wording}


def merged(facts: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts with others that they do not have; mappings are merged."""
    both = dict(facts)
    for key, value in others.items():
        if isinstance(value, dict) and isinstance(both.get(key), (dict, str)):
            own = both[key]
            both[key] = {**value, **(own if isinstance(own, dict) else {"name": own})}
        elif isinstance(value, str) and isinstance(both.get(key), dict):
            both[key] = {"name": value, **both[key]}
        else:
            both.setdefault(key, value)
    return both
