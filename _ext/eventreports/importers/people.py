"""Tell people from titles, in lines that say of neither which it is."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ..core.names import is_placeholder
from ..core.services import sign_of
from ..core.short_people import is_company_or_job, is_name_in_kanji, read_person, split_people
from ..core.urls import is_url
from .lines import Line, Link

_LONGEST: Final = 60
_LONGEST_LIST: Final = 1_000
_LONGEST_PARTED: Final = 3_000
#: Below this, a text names nobody.
_POSSIBLE: Final = 0.3
_HONORIFIC: Final = re.compile(r"(?P<name>.*\S)\s*(?:さん|氏|様|先生|くん|ちゃん)$")
#: A part of the name before it, behind a comma.
_SUFFIX: Final = r"(?:Inc|Ltd|LLC|Corp|Co|Ph\.?\s?D|M\.?D|M\.?Sc|B\.?Sc|MBA|Jr|Sr|I{2,3})\b"
_BETWEEN: Final = re.compile(
    rf"\s*(?:[、;；&＆\n]|,\s(?![A-Z][a-z]*\.?$|{_SUFFIX})|\s/\s|\s\+\s|\s[Aa]nd\s|\sと\s"
    r"|(?<=[一-鿿])・(?=[一-鿿])|(?<=\0)\s(?=[^\0]*[^\0\s]\0))\s*"
)
_IN_BRACKETS: Final = re.compile(r"[(（\[［【][^()（）\[\]［］【】]*[)）\]］】]")
#: Between a given name and that of the family: Ken “Index” Mori.
_NICKNAME: Final = re.compile(r"(?<=\w)\s[\"“][^\"“”]{2,30}[\"”]\s(?=\w)")
#: A company by its form, and one person: “Example, Inc. Ken Mori”.
_COMPANY_BEFORE: Final = re.compile(
    r"(?P<work>[^、;；&＆/／()（）]{1,40}(?:\b(?:Inc|Ltd|LLC|Corp|GmbH)\.?|株式会社|有限会社))"
    r"\s+(?P<name>[^,、;；&＆/／()（）]{2,40})"
)
_SUFFIXES: Final = re.compile(rf"(?:{_SUFFIX}[.,\s]*)+")
#: Raised numbers, which lead from a name to where somebody works.
_MARK: Final = re.compile("\\s?[⁰¹²³⁴-⁹†‡]+(?:,\\s?[⁰¹²³⁴-⁹†‡]+)*")
_HANDLE: Final = re.compile(r"[@＠][\w.-]{2,}")
#: A word of a name, where the script has capitals.
_WORD: Final = re.compile(r"[\w'’.-]+")
_PARTICLES: Final = frozenset(
    "af al bin da de del della den der di do dos du el la le ten ter van von y zu".split()
)
#: Capitalised words of titles and of breaks, which no person has for a name.
_NO_NAMES: Final = frozenset(
    "about access after agenda and api app apps award awards aws break breakfast building check "
    "class closing cloud code coffee community competition conference contest data day demo "
    "design dev developer developers dinner discussion door doors drinks duty end ending event "
    "for future go guide hall hands how in introduction java javascript keynote kubernetes lab "
    "lecture lightning live lt lts lunch meet meetup modern morning net networking new office "
    "ops on open opening panel party php platform poster program project python q&a questions "
    "reception registration remarks rest room ruby rust scala science security server session "
    "sessions short show social software special sponsor sponsors stage start state summary "
    "swift system talk talks team tea tech technology test testing the time to top tour track "
    "tutorial unconference update using web welcome what why with workshop world wrap your you "
    "session a of is are be it this".split()
)
_KATAKANA: Final = re.compile(r"[゠-ヿ]+(?:[・＝=\s][゠-ヿ]+)+")
_KANJI_NAME: Final = re.compile(r"[\u4e00-\u9fff々〆ヶ]{2,5}")
_KANA_NAME: Final = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff々ー・]{2,8}")
_ACCOUNT: Final = re.compile(r"[A-Za-z0-9][\w.-]{1,20}")


def likelihood(text: str) -> float:
    """Return how likely a text names people, and nothing else.

    :param text: One person or several, with their affiliations or not.
    :returns: From 0 to 1; above 0.8 it would be odd if it did not.
    """
    plain = _MARK.sub("", text).strip()
    outside = _IN_BRACKETS.sub("", plain)
    if not plain or len(plain) > _LONGEST_LIST or re.search(r"https?://|[。？?]|[!！]$", outside):
        return 0
    parts = [part for part in parted(plain) if part]
    return max(_one(plain), min(map(_one, parts)) if parts else 0)


def says_affiliations(text: str, people: str) -> bool:
    """Return whether a text goes on with where people work, whose names have marks behind them."""
    return bool(_MARK.match(text)) and bool(_MARK.search(people))


def parted(text: str) -> list[str]:
    """Return the parts of a text between signs that stand between people."""
    if len(text) > _LONGEST_PARTED:
        return [text]
    masked = _IN_BRACKETS.sub(lambda match: "\0" * len(match[0]), text)
    parts, end = [], 0
    for match in _BETWEEN.finditer(masked):
        parts.append(text[end : match.start()].strip())
        end = match.end()
    return [*parts, text[end:].strip()]


def _one(text: str) -> float:
    """Return how likely a text is one person, perhaps with an affiliation."""
    if len(text) > _LONGEST * 2:
        return 0
    if match := _HONORIFIC.fullmatch(text):
        return max(0.9, _one(match["name"])) if _one(match["name"]) else 0.5
    if _HANDLE.fullmatch(text):
        return 1
    found = read_person(text)
    name = str(found["name"])
    beside = _name(name)
    if len(found) > 1 and beside:
        return max(beside, 0.85) if beside >= 0.3 else beside
    behind = re.fullmatch(r"(?P<name>.*?\S)\s*[(（\[［](?P<note>[^()（）\[\]［］]+)[)）\]］]", text)
    return _name(behind["name"] if behind else text)


def _name(text: str) -> float:
    """Return how likely a text is a name."""
    if len(text) > 40 or is_company_or_job(text):
        return 0
    if _HANDLE.fullmatch(text) or is_name_in_kanji(text):
        return 1
    words = _NICKNAME.sub(" ", text.replace("\u3000", " ")).split()
    if all(word.isascii() or _is_name_word(word.strip(",")) for word in words):
        return _latin(words)
    if _KATAKANA.fullmatch(text):
        return 0.8
    if _KANJI_NAME.fullmatch(text):
        return 0.5
    if len(words) == 2 and all(_KANA_NAME.fullmatch(word) for word in words):
        return 0.6 if max(map(len, words)) <= 5 else 0.3
    return 0.3 if _KANA_NAME.fullmatch(text) else 0


def _is_name_word(word: str) -> bool:
    return word[:1].isupper() and _WORD.fullmatch(word) is not None


def _latin(words: list[str]) -> float:
    """Return how likely words in Latin letters are a name."""
    if any(word.lower().strip(".,:") in _NO_NAMES for word in words):
        return 0
    if len(words) == 1:
        return 0.4 if _ACCOUNT.fullmatch(words[0]) else 0
    if len(words[-1]) == 1:
        # “Hall B” is a place.
        return 0.4
    are_names = all(_is_name_word(word.strip(",")) or word in _PARTICLES for word in words)
    return (
        (0.9 if len(words) <= 4 else 0.4)
        if are_names and not re.search(r"\d", "".join(words))
        else 0
    )


def people_in(
    lines: Sequence[Line], affiliations: Sequence[str] = ()
) -> list[str | dict[str, Any]]:
    """Return the people that lines name, each as an event's file has them.

    :param lines: Lines with names.
    :param affiliations: Where they work, if the lines do not say it: one for all, or one for each.
    :returns: Each person once, in the short form or, with a page of their own, in the long one.
    """
    found: dict[str, str | dict[str, Any]] = {}
    for line in lines:
        pages = [link for link in line.links if is_url(link.url) and not sign_of(link.url)]
        for person in people_of(line.text):
            name = str(person["name"])
            if not name or _is_known(name, found) or is_placeholder(name):
                continue
            works = affiliations[len(found) :][:1] if len(affiliations) > 1 else affiliations
            url = next((link.url for link in pages if _is_of(link, person)), "")
            found[name] = _written(
                {
                    **({"affiliation": works[0]} if works else {}),
                    **person,
                    **({"url": url} if url else {}),
                }
            )
    return list(found.values())


def people_of(text: str) -> list[Mapping[str, Any]]:
    """Return the keys of each person that a text names."""
    text = _MARK.sub("", text).strip()
    parts = [part for part in parted(text) if part]
    if len(parts) == 1:
        parts = [part.strip() for part in re.split("[/／]", text)]
    if len(parts) == 2 and _HANDLE.match(parts[1]) and not _HANDLE.match(parts[0]):
        # One person, and the name that they go by.
        second = read_person(parts[1])
        return [{**second, **read_person(_plain(parts[0])), "aliases": [str(second["name"])]}]
    if match := _COMPANY_BEFORE.fullmatch(text):
        return [{**read_person(match["name"]), "affiliation": match["work"]}]
    name, _, rest = text.strip().partition(", ")
    if _is_affiliation_of(name, rest):
        return [{**read_person(name), "affiliation": rest}]
    are_people = len(parts) > 1 and min(map(_one, parts)) >= _POSSIBLE
    people = (part for one in (parts if are_people else [text]) for part in split_people(one))
    return [read_person(_plain(one)) for one in people]


def _is_affiliation_of(name: str, text: str) -> bool:
    """Return whether one word with a capital follows a name of several: “Ann Lee, Example”."""
    words = name.split()
    return (
        not _SUFFIXES.fullmatch(text)
        and len(words) > 1
        and all(map(_is_name_word, words))
        and len(text) > 1
        and _is_name_word(text)
    )


def _plain(text: str) -> str:
    """Return a name without what politeness has put behind it."""
    return _HONORIFIC.sub(r"\g<name>", text)


def _is_known(name: str, found: Mapping[str, object]) -> bool:
    """Return whether somebody is named already, perhaps with their company before the name."""
    return any(one == name or one.endswith(f" {name}") for one in found)


def _is_of(link: Link, person: Mapping[str, Any]) -> bool:
    """Return whether a link is about a person: its text is the name, or a handle."""
    names = (str(person["name"]), *person.get("aliases", ()))
    return bool(link.text) and any(link.text in name or name in link.text for name in names)


def _written(person: Mapping[str, Any]) -> str | dict[str, Any]:
    """Return a person in the short form, if that says the same."""
    name = str(person["name"])
    short = f"{name} ({person['affiliation']})" if "affiliation" in person else name
    return short if dict(read_person(short)) == person else dict(person)
