"""Subjects that may be one: pairs for people to look at, which nothing merges.

What is found is mostly right. A name that may be one of several others is left aside; so are two
who speak in one session, or have different accounts at one service.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from .i18n import N_
from .model import SubjectKind
from .names import ascii_words, comparable, is_company_form, similar, with_signs_as_words
from .romanization import romanized
from .services import profile_name, service_name
from .subject_groups import KINDS
from .subjects import Subject, Subjects

#: More who share something are no pair of two names of one.
_MOST: Final = 3
#: A nickname within a name: in quotes or brackets.
_NICKNAME: Final = re.compile(r"[\"“”'‘’「『(（\[][^\"“”'‘’」』)）\]]+[\"“”'‘’」』)）\]](?!\w)")
#: Legal forms that stand before or behind a company's name in Japanese.
_COMPANY: Final = re.compile(r"(?:株式|有限|合同)会社|[(（][株有同][)）]")
#: ー at the end of a word in katakana, and small katakana that some write large.
_LONG_END: Final = re.compile("(?<=[ァ-ヶ])ー(?![ァ-ヶー])")
_LARGE_KANA: Final = str.maketrans("ァィゥェォャュョ", "アイウエオヤユヨ")
_KANJI: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
#: Letters of which people write one for the other, and in how long a word that is no other name.
_ALIKE: Final = ("aeiouy", "sz", "ck", "vw")
_LONG: Final = 5

_Words = tuple[str, ...]


class Pair(NamedTuple):
    """Two subjects that may be one.

    :param kept: The one that has an entry, or that events name more often.
    :param other: The other one.
    :param reason: Why, marked for translation.
    """

    kept: Subject
    other: Subject
    reason: str


_Pairs = Iterator[tuple[Subject, Subject]]
#: Finds pairs among subjects of one kind; it is told the hosts of organizations, too.
_Rule = Callable[[Sequence[Subject], frozenset[str]], _Pairs]


def pairs(subjects: Subjects) -> list[Pair]:
    """Return the pairs of subjects that may be one, each for the first reason that there is."""
    organizations = subjects.of("organization")
    hosts = frozenset(_host(url) for one in organizations for url in _addresses(one))
    found: dict[frozenset[Subject], Pair] = {}
    for kind in KINDS:
        for reason, rule in _RULES[kind].items():
            for one, other in rule(subjects.of(kind), hosts):
                key = frozenset((one, other))
                if len(key) == 2 and key not in found and _may_be_one(one, other):
                    kept, lost = sorted((one, other), key=_importance)
                    found[key] = Pair(kept, lost, reason)
    return list(found.values())


def _importance(subject: Subject) -> tuple[bool, int, tuple[str, str]]:
    return subject.entry is None, -len(subject.appearances), subject.order


def _may_be_one(one: Subject, other: Subject) -> bool:
    """Return whether nothing says that two are two."""
    entries = [subject.entry for subject in (one, other) if subject.entry]
    if len(entries) == 2 or any(entry.at for entry in entries):
        return False
    accounts, others = _accounts(one), _accounts(other)
    both = accounts.keys() & others.keys()
    speak_together = _talks(one) & _talks(other)
    return not speak_together and all(accounts[name] & others[name] for name in both)


def _talks(subject: Subject) -> set[tuple[str, str]]:
    return {(one.event, one.session) for one in subject.appearances if one.role == "speaker"}


# Addresses


def _addresses(subject: Subject) -> set[str]:
    """Return the addresses of a subject itself, by its entry and by events."""
    own = [one.form for one in subject.appearances if one.is_of_itself]
    urls = [form.get("url") for form in own]
    urls += [link.get("url") for form in own for link in form.get("links", ())]
    if subject.entry:
        urls += [subject.entry.url, *(link.url for link in subject.entry.links)]
    return set(filter(None, urls))


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _accounts(subject: Subject) -> Mapping[str, set[str]]:
    """Return the names that somebody goes by at services, by service."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for url in _addresses(subject):
        if name := profile_name(url):
            found[service_name(url)].add(name.casefold())
    return found


def _account(subject: Subject) -> Iterator[Hashable]:
    for service, names in _accounts(subject).items():
        yield from ((service, name) for name in names)


def _page(subject: Subject) -> Iterator[tuple[str, str, str]]:
    for url in _addresses(subject):
        parts = urlsplit(url)
        if parts.hostname and not profile_name(url):
            yield _host(url), parts.path.rstrip("/"), parts.query


def _same_page_of_people(members: Sequence[Subject], hosts: frozenset[str]) -> _Pairs:
    """Yield people with a page that is not that of the organization of both."""

    def own_page(subject: Subject) -> Iterator[Hashable]:
        yield from (page for page in _page(subject) if page[0] not in hosts)

    for one, other in _sharing(own_page)(members, hosts):
        if not _work(one) & _work(other):
            yield one, other


def _work(subject: Subject) -> set[str]:
    found = (one.form.get("affiliation", {}).values() for one in subject.appearances)
    return {comparable(text) for texts in found for text in texts}


def _same_page_of_organizations(members: Sequence[Subject], hosts: frozenset[str]) -> _Pairs:
    """Yield organizations with one page, and something in common in their names."""
    for one, other in _sharing(_page)(members, hosts):
        words, others = (
            {word for name in subject.names for word in _words(name) if len(word) > 2}
            for subject in (one, other)
        )
        if words & others or _initials(one) & _initials(other):
            yield one, other


def _initials(organization: Subject) -> set[str]:
    """Return names without their legal form, and the initials of longer ones."""
    names = [_without_form(name) for name in organization.names]
    short = {"".join(word[0] for word in words) for words in names if len(words) > 2}
    return short | {words[0] for words in names if words}


# Names


def _words(name: str) -> _Words:
    """Return the words of a name as they are compared: small, and without accents."""
    is_latin = all(char.isascii() or ascii_words(char) for char in name if char.isalpha())
    plain = comparable(name).casefold().replace("・", " ")
    return tuple(ascii_words(with_signs_as_words(plain)) if is_latin else plain.split())


def _letters(subject: Subject) -> Iterator[Hashable]:
    """Yield names without case, accents, spaces and signs; サーバー is サーバ, ウェブ is ウエブ."""
    for name in subject.names:
        yield _LONG_END.sub("", "".join(_words(name)).translate(_LARGE_KANA))


def _turned(subject: Subject) -> Iterator[Hashable]:
    for words in map(_words, subject.names):
        if len(words) > 1:
            yield tuple(sorted(words))


def _without_nickname(subject: Subject) -> Iterator[Hashable]:
    for name in subject.names:
        if len(words := _words(_NICKNAME.sub(" ", name))) > 1:
            yield words


def _called(subject: Subject) -> Iterator[Hashable]:
    """Yield names, and what events call somebody beside them."""
    for name in (*subject.names, *subject.aliases):
        yield comparable(name).casefold().removeprefix("@")


def _sounds(subject: Subject) -> Iterator[Hashable]:
    """Yield how names are read, in any order of their words."""
    for name in (*subject.names, *subject.readings):
        if len(words := romanized(name)) > 1:
            yield tuple(sorted(words))


def _read_alike(members: Sequence[Subject], hosts: frozenset[str]) -> _Pairs:
    """Yield people who are read alike; where both are in kanji, most of these are the same."""
    for one, other in _sharing(_sounds)(members, hosts):
        kanji, others = ("".join(_KANJI.findall(subject.name)) for subject in (one, other))
        common = (Counter(kanji) & Counter(others)).total()
        if not (kanji and others) or (kanji[-1] == others[-1] and 2 * common >= len(kanji)):
            yield one, other


def _without_form(name: str) -> _Words:
    """Return the words of a company's name without its legal form."""
    words = _words(_COMPANY.sub(" ", name))
    return tuple(word for word in words if not is_company_form(word))


def _company(subject: Subject) -> Iterator[Hashable]:
    yield from ("".join(_without_form(name)) for name in subject.names)


# Rules


def _sharing(keys: Callable[[Subject], Iterable[Hashable]]) -> _Rule:
    """Make the rule of subjects that have something in common."""

    def rule(members: Sequence[Subject], _hosts: frozenset[str]) -> _Pairs:
        found: defaultdict[Hashable, list[Subject]] = defaultdict(list)
        for one in members:
            for key in dict.fromkeys(filter(None, keys(one))):
                found[key].append(one)
        for group in found.values():
            if len(group) <= _MOST:
                yield from combinations(group, 2)

    return rule


def _abbreviated(members: Sequence[Subject], _hosts: frozenset[str]) -> _Pairs:
    """Yield those of whom one has an initial where the other has a name, or nothing."""
    by_ends: defaultdict[Hashable, dict[_Words, Subject]] = defaultdict(dict)
    for one in members:
        for words in map(_words, one.names):
            if len(words) > 1 and len(words[-1]) > 1:
                by_ends[words[0][0], words[-1]][words] = one
    for names in by_ends.values():
        short = [words for words in names if min(map(len, words)) == 1]
        full = [words for words in names if min(map(len, words)) > 1]
        for words in short:
            meant = [other for other in full if _fits(words, other)]
            rivals = [other for other in short if meant and _fits(other, meant[0])]
            if len(meant) == len(rivals) == 1:
                yield names[words], names[meant[0]]


def _fits(short: _Words, full: _Words) -> bool:
    """Return whether a name with initials may be a full name."""
    pairs_of_words = zip(short, full, strict=False)
    if len(short) == len(full):
        return all(one == other or one == other[0] for one, other in pairs_of_words)
    return tuple(word for word in short if len(word) > 1) == full


def _one_letter(members: Sequence[Subject], _hosts: frozenset[str]) -> _Pairs:
    by_name = {name: one for one in members for name in one.names}
    for name, earlier in similar(by_name):
        if _is_typo(" ".join(_words(name)), " ".join(_words(earlier))):
            yield by_name[name], by_name[earlier]


def _is_typo(one: str, other: str) -> bool:
    """Return whether of two names one may have a typo; the ends of words make other names."""
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    rest, others = one[start:], other[start:]
    if rest[:2] == others[1::-1]:
        is_typo = rest[2:] == others[2:]
        end = 2
    elif rest[1:] == others[1:]:
        word = one[:start].rpartition(" ")[2] + rest.partition(" ")[0]
        is_alike = any(rest[0] in row and others[0] in row for row in _ALIKE)
        is_typo = is_alike and len(word) >= _LONG
        end = 1
    else:
        is_typo = others == rest[1:] or rest == others[1:]
        end = 1 if others == rest[1:] else 0
    is_within = one[start - 1 : start].isalnum() and one[start + end : start + end + 1].isalnum()
    return is_typo and is_within


_SPELLING: Final[Mapping[str, _Rule]] = {
    N_("they differ in capitals, accents, spaces or signs alone"): _sharing(_letters)
}
_LETTER: Final[Mapping[str, _Rule]] = {N_("they differ in one letter"): _one_letter}
_RULES: Final[Mapping[SubjectKind, Mapping[str, _Rule]]] = {
    "person": {
        **_SPELLING,
        N_("an event gives one the other's name as well"): _sharing(_called),
        N_("they have the same words in another order"): _sharing(_turned),
        N_("they are read alike"): _read_alike,
        N_("they differ in a nickname alone"): _sharing(_without_nickname),
        N_("one has the initials of the other"): _abbreviated,
        N_("they have the same account"): _sharing(_account),
        N_("they have the same page"): _same_page_of_people,
        **_LETTER,
    },
    "organization": {
        **_SPELLING,
        N_("they differ in the legal form alone"): _sharing(_company),
        N_("they have the same page"): _same_page_of_organizations,
        **_LETTER,
    },
    "topic": {**_SPELLING, **_LETTER},
    "series": {**_SPELLING, **_LETTER},
}
