"""Values that their keys do not take."""

import re
from collections.abc import Mapping

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import nearest

from ..core import key_words, located, written_times
from ..core.entity import Entity, shape
from ..core.key_words import is_among, same_value, values_by_word
from ..core.model import STRICTEST, Resource
from ..core.names import is_placeholder
from ..core.problems import Code
from ..core.quoting import as_line
from ..core.urls import link_meant
from ..core.value_types import ValueType
from .base import (
    LIKENESS_OF_TYPO,
    VISIBILITY,
    Correction,
    Loc,
    Meaning,
    Place,
    as_part,
    choice,
    corrected,
    entity_at,
    fault_of,
    if_certain,
    not_of_type,
    texts_at,
)
from .times import times_meant, zone_meant, zone_of


def of_value(data: located.Mapping, loc: Loc, document: type[Entity]) -> Correction | None:
    """Return what was meant by a value that its key does not take.

    :param data: The file's data.
    :param loc: The path of keys and indexes that leads to the value.
    :param document: The class of what the file describes.
    :returns: A message with what to write, and what is read; nothing if no meaning is known.
    """
    value = located.value_at(data, loc)
    key = loc[-1] if loc and isinstance(loc[-1], str) else ""
    entity = entity_at(loc[:-1] if key else loc, document)
    if entity is None or (key not in entity.model_fields if key else entity is not Resource):
        return None
    if not isinstance(value, located.Text | located.Sequence) or value == "":
        return None
    around = located.value_at(data, loc[:-1])
    if not isinstance(around, located.Mapping):
        around = located.Mapping(located.mark_of(data, loc))
        around[key] = value
    place = Place(data, entity, around, key)
    holder, step = located.holder(data, loc)
    meaning = value_meant(key or "status", value, place)
    if meaning is None:
        return without_value(key, value, place, step, not_of_type(entity, key, value))
    problem = not_of_type(entity, key, value)
    if isinstance(holder, located.Mapping) and step == key:
        return corrected(meaning, place, problem)
    # A short form, as an item of a list or as the value of a key.
    whole: located.Value = located.mapping(meaning.values, located.mark_of(data, loc))
    if list(meaning.values) in ([entity.short_key], ["url"]):
        (whole,) = meaning.values.values()
    lines = (as_part(step, whole),)
    message = Message("{problem}; write “{lines}”", problem=problem, lines=lines)
    return if_certain(message, {str(step): whole}, is_certain=meaning.is_certain)


def value_meant(key: str, value: located.Value, place: Place) -> Meaning | None:
    """Return what a value means that a key does not take."""
    of = shape(place.entity, key).of
    if isinstance(value, located.Text) and (of is Resource or not place.key):
        found = _link(value) or _sharing(value)
        if "url" in found and not place.key:
            return Meaning(found)
        if list(found) == ["url"]:
            return Meaning({key: found["url"]})
        if of is Resource:
            return Meaning({key: located.mapping(found, value.mark)}) if found else None
    if not isinstance(of, ValueType) or fault_of(key, value, place) is None:
        return None
    if isinstance(value, located.Sequence):
        return times_meant(key, value, place) if of.code is Code.DATE else None
    if not isinstance(value, located.Text):
        return None
    if key == "published" and is_among(value, key_words.FALSE):
        return Meaning(texts_at({VISIBILITY: STRICTEST}, value.mark))
    if of.code in (Code.DATE, Code.TIME):
        return times_meant(key, value, place)
    if of.code is Code.TIMEZONE:
        return zone_meant(value, place)
    if "enum" in of.schema:
        return _word_meant(key, value, of, place)
    if of.code is Code.URL:
        has_state = place.entity is Resource and place.is_free("status")
        return Meaning(_sharing(value)) if has_state and _sharing(value) else None
    if number := re.fullmatch(
        r"(\d[\d,]*)\s*(名|人|席|people|persons|participants|attendees|seats)", value.casefold()
    ):
        return Meaning({key: located.Text(number[1], value.mark)})
    return _wording_meant(key, value, place)


def _word_meant(key: str, value: located.Text, of: ValueType, place: Place) -> Meaning | None:
    """Return the word of a closed set that is meant by another."""
    name = place.entity.__name__
    word, wording = values_by_word(name, key).get(same_value(value), ("", ""))
    if not word and place.entity is Resource and (state := key_words.sharing(value)):
        word, wording = state[0], "text"
    if word:
        keeps = wording and place.is_free(wording)
        return Meaning(
            texts_at({key: word, **({wording: str(value)} if keeps else {})}, value.mark)
        )
    if key == VISIBILITY:
        return None
    if typo := nearest(value, of.schema["enum"], LIKENESS_OF_TYPO):
        return Meaning(texts_at({key: typo}, value.mark))
    for other in ("status", "attendance_mode", "kind"):
        found = values_by_word(name, other).get(same_value(value)) if place.is_free(other) else None
        if found and other != key:
            return Meaning(texts_at({other: found[0]}, value.mark), is_certain=False)
    if key == "kind" and not nearest(value, of.schema["enum"]):
        wording_of_kind = _wording_beside(key, value, place)
        return Meaning(wording_of_kind) if wording_of_kind else None
    said = _words_in(value, values_by_word(name, key))
    if key == "status" and said and place.is_free("status_text"):
        return Meaning(
            texts_at({key: said[0], "status_text": str(value)}, value.mark), is_certain=False
        )
    if key == "attendance_mode" and said:
        mode = said[0] if len(set(said)) == 1 else "mixed"
        return Meaning(texts_at({key: mode}, value.mark), is_certain=False)
    return None


def _words_in(text: str, known: Mapping[str, tuple[str, str]]) -> list[str]:
    """Return the values whose words are parts of a text, such as “中止（台風のため）”."""
    plain = same_value(text)
    return [
        value
        for word, (value, _) in known.items()
        if len(word) > 1 and re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", plain)
    ]


def _wording_meant(key: str, value: located.Text, place: Place) -> Meaning | None:
    """Return a value as the wording that the key beside it takes."""
    wording = f"{key}_text"
    if not re.search(r"[^\W\d_]", value):
        return None
    return Meaning({wording: value}) if place.is_free(wording) else None


def _wording_beside(key: str, value: located.Text, place: Place) -> dict[str, located.Value]:
    """Return the keys that take a wording of a date or of a kind which is not known."""
    if key == "kind" and place.is_free("kind_text"):
        return texts_at({key: "other", "kind_text": str(value)}, value.mark)
    is_like_day = re.match(r"\d{4}\W*\d|\d{4}年\s*\d", value)
    if key == "date" and re.search(r"[^\W\d_]", value) and not is_like_day:
        return dict((_wording_meant(key, value, place) or Meaning({})).values)
    return {}


def _link(text: located.Text) -> dict[str, located.Value]:
    """Return the keys of a link that is written as in Markdown."""
    title, url = link_meant(text) or ("", "")
    found = {"url": url, **({"title": title} if title else {})}
    return texts_at(found, text.mark) if url else {}


def _sharing(text: located.Text) -> dict[str, located.Value]:
    """Return the state of slides or a video that a text says instead of where they are."""
    status, wording = key_words.sharing(text) or ("", "")
    found = {"status": status, **({"text": wording.strip()} if wording else {})}
    return texts_at(found, text.mark) if status else {}


def without_value(
    key: str, value: located.Value, place: Place, step: str | int, problem: Message
) -> Correction | None:
    """Return what to do with a value that says there is none, or that has several meanings."""
    of = shape(place.entity, key).of if key else None
    if not isinstance(value, located.Text):
        each = value if isinstance(value, located.Sequence) else []
        if not each or not isinstance(of, ValueType) or of.code is not Code.DATE:
            return None
        return choice(problem, [as_line(key, one) for one in each])
    if isinstance(of, ValueType) and of.code is Code.TIMEZONE and (zone := zone_of(value, place)):
        names = tuple(f"{key}: {name}" for name in zone.names)
        if len(names) > 1:
            return choice(problem, names)
        return Correction(Message("{problem}; write “{lines}”", problem=problem, lines=names))
    if (
        isinstance(of, ValueType)
        and of.code is Code.DATE
        and (days := written_times.either_day(value))
    ):
        return choice(problem, [f"{key}: {day}" for day in days])
    if wording := _wording_beside(key, value, place):
        lines = [as_line(name, text) for name, text in wording.items()]
        fault = fault_of(key, value, place) or problem
        if key != place.key:
            fault = Message("{problem}; {fault}", problem=problem, fault=fault)
        return Correction(
            Message(
                "{problem}; a wording of your own goes into “{lines}”",
                problem=fault,
                lines=lines,
            )
        )
    is_nothing = is_placeholder(value) or is_among(value, key_words.NOTHING)
    if not is_nothing or key == VISIBILITY:
        return None
    is_state = place.entity is Resource and bool(key)
    if is_state or not key or of is Resource:
        later = located.Text("later", value.mark)
        whole = later if is_state else located.mapping({"status": later}, value.mark)
        part = as_part("status" if is_state else step, whole)
        return Correction(
            Message(
                "{problem}; leave it out, or write “{lines}” if there will be some",
                problem=problem,
                lines=(part,),
            )
        )
    return Correction(
        Message("{problem}; as long as there is none, leave “{key}” out", problem=problem, key=key)
    )
