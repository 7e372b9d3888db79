"""The keys that words of a document mean, in the model's own words and those of others."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final, get_args

from ..core.entity import Entity
from ..core.key_words import EITHER, VALUES, keys_by_word, same_key, same_value, values_by_word
from ..core.model import Event, Person, Session
from ..core.model.session import SessionKind

_ROOM: Final = re.compile(
    r"(room|track|hall|stage|floor|theat(er|re)|auditorium|booth)\b.{0,20}"
    r"|.{0,20}\b(room|track|hall|stage|floor)( ?\w{1,3})?"
    r"|.{0,12}(会場|ホール|会議室|ルーム|教室|講義室|トラック|ステージ|号室|スタジオ)\s?.{0,6}",
    re.IGNORECASE,
)


#: A longer text names no break.
_LONGEST_BREAK: Final = 100
#: What stands before the name of a break and tells which one it is.
_WHICH: Final = "(?:morning|afternoon|evening|midday|networking|refreshment)"
_AND: Final = re.compile(r"[,、&/+・]|\band\b")


@cache
def session_key(word: str) -> str:
    """Return the key of a session that a word means, or nothing."""
    return _key(Session, word)


@cache
def column_key(word: str) -> str:
    """Return the key of a session that a column's name means: a place in it is no whole venue."""
    plain = same_key(unicodedata.normalize("NFKC", word).strip())
    either = (keys for keys, words in EITHER["Session"].items() if is_word(plain, words))
    return session_key(word) or next(either, "").partition(" ")[0]


def is_word(plain: str, words: str) -> bool:
    """Return whether a word as :func:`same_key` writes it is one of some."""
    return plain in map(same_key, words.split())


@cache
def is_name_of_person(word: str) -> bool:
    """Return whether a word before a name may mean that of a person."""
    return _key(Person, word) == "name"


@cache
def event_key(word: str) -> str:
    """Return the key of an event that a word means, or nothing; the first, if it may be several."""
    return _key(Event, word).partition("|")[0]


def _key(entity: type[Entity], word: str) -> str:
    plain = same_key(unicodedata.normalize("NFKC", word).strip())
    own = next((key for key in entity.model_fields if same_key(key) == plain), "")
    return own or keys_by_word(entity.__name__).get(plain, "")


@cache
def session_kind(word: str) -> str:
    """Return the kind of session that a word means, perhaps with a number behind; or nothing."""
    plain = same_value(
        re.sub(r"\s*[#＃]?\d{1,2}$", "", unicodedata.normalize("NFKC", word).strip())
    )
    own = next(
        (kind for kind in get_args(get_args(SessionKind)[0]) if same_value(kind) == plain), ""
    )
    return own or values_by_word("Session", "kind").get(plain, ("", ""))[0]


def is_room(text: str) -> bool:
    """Return whether a text is the name of a room or a track."""
    return bool(_ROOM.fullmatch(text))


def _words(key: str) -> Mapping[str, str]:
    rows = VALUES[key].items()
    return {word.rstrip("+"): value for value, words in rows for word in f"{value} {words}".split()}


@cache
def slot_kind(word: str) -> str:
    """Return which kind of break a word is, and nothing else; or nothing."""
    plain = same_value(unicodedata.normalize("NFKC", word).strip())
    kind = next((kind for one, kind in _words("Slot.kind").items() if same_value(one) == plain), "")
    return "" if kind == "other" else kind


@cache
def break_kind(title: str) -> str:
    """Return which kind of break a title says, if it says nothing else; or nothing.

    :param title: The title, such as “Lunch” or “Welcome, Registration & Coffee”.
    :returns: The kind; of several the first one that is more than an opening.
    """
    if len(title) > _LONGEST_BREAK:
        return ""
    plain = (
        re.sub(r"[(（\[【].*?[)）\]】]", "", unicodedata.normalize("NFKC", title)).strip().lower()
    )
    if kind := _break_kind(plain):
        return kind
    parts = [part.strip() for part in _AND.split(plain) if part.strip()]
    kinds = [_break_kind(part) or _kind_of_words(part) for part in parts]
    if not parts or not all(kinds):
        return ""
    return next((kind for kind in kinds if kind != "opening"), kinds[0])


def _kind_of_words(plain: str) -> str:
    """Return the kind of break of the last word, if each of several names one: “Welcome coffee”."""
    kinds = list(map(_break_kind, plain.split()))
    return kinds[-1] if kinds and all(kinds) else ""


def _break_kind(plain: str) -> str:
    best = ""
    for word, kind in _words("Slot.kind").items():
        said = word.replace("_", " ")
        if said in ("other", "その他", "misc", "social", "tea", "rest", "welcome", "挨拶"):
            pattern = rf"\W*{re.escape(said)}\W*"
        else:
            pattern = (
                rf"(?:.{{0,6}}|{_WHICH} )\b{re.escape(said)}\b.{{0,14}}"
                if said.isascii()
                else rf".{{0,6}}{re.escape(said)}.{{0,10}}"
            )
        if re.fullmatch(pattern, plain) and len(said) > len(best):
            best, found = said, kind
    return found if best else ""
