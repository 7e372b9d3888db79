"""Keys that their entity does not have."""

import re
from typing import Final

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import nearest, suggesting

from ..core import key_words, located, written_times
from ..core.entity import Entity, is_key_like, shape
from ..core.key_words import is_among, same_key, same_value, values_by_word
from ..core.model import ENTITIES, STRICTEST, Attachment, Event, Person, Resource
from ..core.quoting import as_line, in_flow, shown_in_quotes
from ..core.short_people import read_person, split_people
from ..core.urls import is_url
from ..core.value_types import ValueType
from .base import (
    LIKENESS_OF_TYPO,
    LONGEST,
    VISIBILITY,
    Correction,
    Loc,
    Meaning,
    Place,
    choice,
    corrected,
    counting_as_strictest,
    entity_at,
    fault_of,
    if_certain,
    is_about_visibility,
    is_short,
    texts_at,
)
from .values import value_meant, without_value

#: What a name that stands as a key, and its value, are of an item of the list.
_OF_ITEMS: Final = {
    "SponsorTier": ("name", "sponsors"),
    "Group": ("name", "members"),
    "Resource": ("title", "url"),
    "Attachment": ("name", "path"),
    "Room": ("name", "capacity"),
}


def of_key(data: located.Mapping, loc: Loc, document: type[Entity]) -> Correction:
    """Return what is wrong with an unknown key, and what was meant.

    :param data: The file's data.
    :param loc: The path of keys and indexes that leads to the key.
    :param document: The class of what the file describes.
    :returns: A message with what to write, and what is read.
    """
    key = str(loc[-1])
    entity = entity_at(loc[:-1], document) or document
    around = located.value_at(data, loc[:-1])
    if not isinstance(around, located.Mapping):
        around = located.Mapping(located.mark_of(data, loc))
    value = around.get(key)
    problem = Message("unknown key “{key}”", key=key)
    if value is None and (parts := re.fullmatch(r"([a-z_]+)[:：](.+)", key)):
        whole = f"{parts[1]}: {parts[2].strip()}"
        return Correction(
            Message(
                "{problem}; a key ends with “:” and a space: {whole}", problem=problem, whole=whole
            )
        )
    if is_about_visibility(loc, document):
        return Correction(counting_as_strictest(suggesting(problem, VISIBILITY)))
    place = Place(data, entity, around, key)
    meant, is_typo = _key_meant(place)
    is_text = not entity.file_name and isinstance(value, str | None) and len(around) == 1
    if not meant and (correction := _as_item(place, loc, problem)):
        return correction
    if is_text and (not is_key_like(key) or key[0].isupper()) and meant not in entity.required:
        return _with_colon(key, value, problem)
    if meant:
        return _read_as(meant, value, place, problem, is_typo=is_typo)
    if correction := _from_words(place, problem):
        return correction
    if elsewhere := _elsewhere(place, problem):
        return elsewhere
    if not entity.file_name and not is_key_like(key) and isinstance(value, str | None):
        return _with_colon(key, value, problem)
    return Correction(_without_meaning(key, entity, problem))


def _with_colon(key: str, value: located.Value, problem: Message) -> Correction:
    """Return that a key and its value are one text."""
    return Correction(
        Message(
            "{problem}; a text with a colon needs quotes: {whole}",
            problem=problem,
            whole=shown_in_quotes(f"{key}: {value or ''}".rstrip()),
        )
    )


def _key_meant(place: Place) -> tuple[str, bool]:
    """Return the key, or the path of keys, that an unknown one means, and whether it is a typo."""
    plain = same_key(place.key)
    fields = place.entity.model_fields
    own = next((field for field in fields if same_key(field) == plain), None)
    typo = nearest(place.key, fields, LIKENESS_OF_TYPO)
    words = key_words.keys_by_word(place.entity.__name__)
    word = "" if own else words.get(plain, "")
    known = word.split("|") if word else [own or typo or ""]
    return next(filter(place.is_free, known), known[-1]), not word


def _read_as(
    meant: str, value: located.Value, place: Place, problem: Message, *, is_typo: bool = False
) -> Correction:
    """Return the correction of a key that means another, with its value in the form of that."""
    outer, _, inner = meant.partition(".")
    if inner:
        return _read_below(outer, inner, value, place, problem)
    if value is None:
        free = {meant: value} if place.is_free(meant) else None
        return Correction(suggesting(problem, meant), free, is_to_write=True)
    fault = fault_of(meant, value, place)
    meaning = value_meant(meant, value, place)
    if meaning is None and fault and meant == VISIBILITY:
        strictest = located.Text(STRICTEST, place.around.mark_of(place.key))
        return Correction(
            counting_as_strictest(suggesting(problem, meant)),
            {VISIBILITY: strictest},
            is_about_visibility=True,
        )
    if meaning is None and fault and place.entity is Event and _is_time(value):
        return Correction(_event_time(place, problem))
    if meaning is None and fault:
        problem = suggesting(problem, meant)
        unclear = without_value(meant, value, place, meant, problem)
        return unclear or Correction(Message("{problem}; {fault}", problem=problem, fault=fault))
    if meaning is None and place.is_free(meant) and (is_typo or not is_short(value)):
        return if_certain(suggesting(problem, meant), {meant: value})
    return corrected(meaning or Meaning({meant: value}), place, problem)


def _read_below(
    outer: str, inner: str, value: located.Value, place: Place, problem: Message
) -> Correction:
    """Return the correction of a key that belongs into the mapping of another: an address."""
    below = shape(place.entity, outer).of
    there = place.around.get(outer)
    mark = place.around.mark_of(place.key)
    whole = located.Mapping(mark)
    if isinstance(there, located.Text) and isinstance(below, type):
        whole = located.mapping({below.short_key: there}, there.mark)
    elif there is not None and (not isinstance(there, located.Mapping) or inner in there):
        known = there.get(inner) if isinstance(there, located.Mapping) else None
        if isinstance(known, located.Text) and isinstance(value, located.Text):
            value = located.Text(f"{known}, {value}", mark)
        line = as_line(inner, value)
        return Correction(
            Message(
                "{problem}; write “{line}” below “{key}”", problem=problem, line=line, key=outer
            )
        )
    elif isinstance(there, located.Mapping):
        line = as_line(inner, value)
        message = Message(
            "{problem}; write “{line}” below “{key}”", problem=problem, line=line, key=outer
        )
        whole = located.mapping(there, there.mark)
        whole.key_marks, whole.end = dict(there.key_marks), there.end
        located.put(whole, inner, {inner: value})
        return if_certain(message, {outer: whole})
    located.put(whole, inner, {inner: value})
    lines = (as_line(outer, whole),)
    message = Message("{problem}; write “{lines}”", problem=problem, lines=lines)
    if there is not None:
        message = Message(
            "{problem}; write “{lines}” instead of both", problem=problem, lines=lines
        )
    return if_certain(message, {outer: whole})


def _from_words(place: Place, problem: Message) -> Correction | None:
    """Return the correction of a word that is no key, but says how to write what it tells."""
    key, entity, value = place.key, place.entity, place.around.get(place.key)
    plain, fields = same_key(key), entity.model_fields
    mark = place.around.mark_of(key)
    for known, word in key_words.flag(key):
        of = shape(entity, known).of if known in fields else None
        is_word = isinstance(of, ValueType) and word in of.schema["enum"]
        if is_word and isinstance(value, str | None):
            return _flagged(known, word, value, place, problem)
    text = value if isinstance(value, located.Text) else None
    if "speakers" in fields and text and (role := key_words.role(key)):
        people = located.Sequence(mark)
        for name in split_people(text):
            person = {**read_person(name), "role": role}
            located.append(people, located.mapping(texts_at(person, text.mark), text.mark))
        return corrected(Meaning({"speakers": people}), place, problem)
    target = next((field for field in ("links", "url") if field in fields), None)
    # A name at a service is one of people; a session's link is written out.
    is_name = not is_url(text or "") and "speakers" in fields
    if target and text and not is_name and (url := key_words.account(key, text)):
        return corrected(Meaning({target: located.Text(url, text.mark)}), place, problem)
    for targets, words in key_words.EITHER.get(entity.__name__, {}).items():
        if plain in map(same_key, words.split()):
            keys = targets.split()
            if text and "room" in keys and _is_room(text, place.data):
                return corrected(Meaning({"room": text}), place, problem)
            return choice(problem, [as_line(one, value) if text else one for one in keys])
    if entity is Event and plain in map(same_key, key_words.EVENT_TIMES.split()):
        return Correction(_event_time(place, problem))
    if plain in map(same_key, key_words.NOTES.split()):
        return Correction(
            Message("{problem}; it belongs to the notes on the page, index.md", problem=problem)
        )
    if plain in map(same_key, key_words.DESCRIBED.split()) and "description" in fields:
        return Correction(_described(text, place, problem))
    return None


def _flagged(
    known: str, word: str, value: str | None, place: Place, problem: Message
) -> Correction:
    """Return the correction of a key that says by ``true`` what is the value of another."""
    text = value or ""
    if not text or is_among(text, key_words.TRUE):
        meant = word
    elif is_among(text, key_words.FALSE):
        if word == "online":
            return _flagged(known, "offline", None, place, problem)
        if same_key(place.key) not in map(same_key, key_words.PUBLISHED.split()):
            return Correction(
                Message("{problem}; it is so without it, remove the line", problem=problem)
            )
        meant = STRICTEST
    elif known_value := values_by_word(place.entity.__name__, known).get(same_value(text)):
        meant = known_value[0]
    elif (wording := key_words.WORDINGS.get(known)) and place.is_free(wording):
        # Why, or since when.
        mark = place.around.mark_of(place.key)
        said = {known: word, wording: f"{place.key}: {text}"}
        return corrected(Meaning(texts_at(said, mark)), place, problem)
    else:
        return _read_as(known, place.around[place.key], place, problem)
    new = located.Text(meant, place.around.mark_of(place.key))
    return corrected(Meaning({known: new}), place, problem)


def _is_room(text: str, data: located.Mapping) -> bool:
    """Return whether the event's venue has a room of a name."""
    venue = data.get("venue")
    rooms = venue.get("rooms") if isinstance(venue, located.Mapping) else None
    names = (
        room.get("name") if isinstance(room, located.Mapping) else room
        for room in (rooms if isinstance(rooms, located.Sequence) else [rooms])
    )
    return text in list(names)


def _is_time(value: located.Value) -> bool:
    """Return whether a text is a time of day, or two, without a day."""
    written = written_times.read(value) if isinstance(value, located.Text) else None
    return bool(written and written.start and not written.days)


def _event_time(place: Place, problem: Message) -> Message:
    """Return that an event has a wording for its times, and no key."""
    around = place.around
    dates = [around.get(key) for key in ("date_text", "date", "start_date", "end_date")]
    days = [str(date) for date in dates if isinstance(date, located.Text) and not _is_time(date)]
    if around.get("date_text") or around.get("date"):
        days = days[:1]
    times = [str(text) for key, text in around.items() if key == place.key or _is_time(text)]
    whole = " ".join(filter(None, ("–".join(days), "–".join(times))))
    return Message(
        "{problem}; an event has days, and for its times a wording: write “{lines}”",
        problem=problem,
        lines=(as_line("date_text", located.Text(whole, around.mark)),),
    )


def _described(text: located.Text | None, place: Place, problem: Message) -> Message:
    """Return that a fact belongs into the description, with all that do."""
    words = set(map(same_key, key_words.DESCRIBED.split()))
    facts = {key: fact for key, fact in place.around.items() if same_key(key) in words}
    if not place.is_free("description"):
        facts = {place.key: text}
    whole = " / ".join(f"{key}: {fact}" for key, fact in facts.items())
    if not text or len(whole) > LONGEST or not all(map(is_short, facts.values())):
        return Message("{problem}; write it into “{key}”", problem=problem, key="description")
    if not place.is_free("description"):
        return Message(
            "{problem}; add “{lines}” to “{key}”", problem=problem, lines=whole, key="description"
        )
    line = as_line("description", located.Text(whole, text.mark))
    return Message("{problem}; write “{lines}”", problem=problem, lines=(line,))


def _as_item(place: Place, loc: Loc, problem: Message) -> Correction | None:
    """Return how a name that stands as a key is written: “Gold: [A, B]” as an item of a list."""
    entity, value = place.entity, place.around[place.key]
    list_of = next((step for step in reversed(loc[:-1]) if isinstance(step, str)), "")
    is_tier = list_of == "sponsors" and isinstance(value, located.Sequence)
    keys = ("name", "sponsors") if is_tier else _OF_ITEMS.get(entity.__name__)
    if not keys or value is None or entity.model_fields.keys() & place.around.keys():
        return None
    name, key = keys
    if entity in (Resource, Attachment) and isinstance(value, located.Text) and is_url(value):
        key = "url"
    takes_it = isinstance(value, located.Text) and not fault_of(key, value, place)
    if not (is_tier or place.takes_list(key) or takes_it):
        return None
    mark = place.around.mark_of(place.key)
    whole = located.mapping({name: located.Text(place.key, mark), key: value}, mark)
    line = f"- {in_flow(whole)}"
    if is_tier:
        return Correction(
            Message(
                "{problem}; write “{line}” below “{key}”",
                problem=problem,
                line=line,
                key="sponsor_tiers",
            )
        )
    return Correction(Message("{problem}; write “{lines}”", problem=problem, lines=(line,)))


def _elsewhere(place: Place, problem: Message) -> Correction | None:
    """Return the correction of a key, or a word for one, that belongs to another entity."""
    plain = same_key(place.key)
    for other in ENTITIES:
        known = next((field for field in other.model_fields if same_key(field) == plain), None)
        if known := known or key_words.keys_by_word(other.__name__).get(plain):
            of_speaker = _of_only_speaker(known, place, problem) if other is Person else None
            return of_speaker or Correction(_belonging(problem, known, other))
    return None


def _of_only_speaker(known: str, place: Place, problem: Message) -> Correction | None:
    """Return the correction of a key of a person beside the only speaker of a session."""
    speaker, value = place.around.get("speakers"), place.around.get(place.key)
    if isinstance(speaker, located.Sequence) and len(speaker) == 1:
        speaker = speaker[0]
    if not isinstance(value, located.Text) or known not in ("affiliation", "job_title"):
        return None
    if isinstance(speaker, located.Text) and len(split_people(speaker)) == 1:
        keys = texts_at(read_person(speaker), speaker.mark)
    elif isinstance(speaker, located.Mapping):
        keys = dict(speaker)
    else:
        return None
    if known in keys:
        return None
    whole = located.mapping({**keys, known: value}, speaker.mark)
    lines = (as_line("speakers", whole),)
    message = Message("{problem}; write “{lines}” instead of both", problem=problem, lines=lines)
    return if_certain(message, {"speakers": whole})


def _without_meaning(key: str, entity: type[Entity], problem: Message) -> Message:
    """Return what to write instead of a key that is no other word for any."""
    if near := nearest(key, entity.model_fields):
        return suggesting(problem, near)
    for other in ENTITIES:
        if known := nearest(key, other.model_fields, LIKENESS_OF_TYPO):
            return _belonging(problem, known, other)
    return Message("{problem}; known are {known}", problem=problem, known=entity.model_fields)


def _belonging(problem: Message, known: str, entity: type[Entity]) -> Message:
    return Message(
        "{problem}; the key “{known}” belongs to “{entity}”",
        problem=problem,
        known=known.partition("|")[0].rpartition(".")[2],
        entity=Message(entity.called),
    )
