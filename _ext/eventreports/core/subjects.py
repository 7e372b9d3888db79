"""Subjects: the people, organizations, topics and series that several events have in common.

Events name them; :class:`Subjects` says which names are one subject's. Same is what is equal after
:func:`.names.comparable`, or stands as one name in several languages, or belongs to one entry of a
register; nothing else is.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from operator import attrgetter, itemgetter
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias, get_args

from .appearances import Appearance, Form, Role, appearances, in_language
from .model import RegisteredSubject, RegisteredTopic, SubjectKind
from .names import comparable, composed, in_order, is_placeholder
from .session_forms import all_sessions
from .subject_ids import Unwritten, ids, is_id

#: The entries of registers.
Entries = Mapping[SubjectKind, Sequence[RegisteredSubject]]
#: A kind, and a name or an id.
_Key: TypeAlias = tuple[SubjectKind, str]

KINDS: Final[tuple[SubjectKind, ...]] = get_args(SubjectKind)
_KINDS_OF_EITHER: Final[frozenset[SubjectKind]] = frozenset({"person", "organization"})
#: What organizations are, and people may be as well.
_ROLES_OF_EITHER: Final[frozenset[Role]] = frozenset({"organizer", "supporter", "member"})


@dataclass(frozen=True, eq=False)
class Subject:
    """A person, an organization, a topic or a series.

    :param kind: Which of these it is.
    :param id: Its id among those of its kind, which is the name of its page.
    :param name: Its name in the site's language: that of its entry, else the one that events give
        most often, of several the earliest.
    :param names: All names that mean it, that one first.
    :param entry: Its entry in a register.
    :param appearances: Where events name it, by date; undated ones come last.
    :param has_page: Whether it has a page: it stands at two events or more, or in a register and
        at one; a topic also if one below it has a page.
    """

    kind: SubjectKind
    id: str
    name: str
    names: tuple[str, ...]
    entry: RegisteredSubject | None = None
    appearances: tuple[Appearance, ...] = field(default=(), repr=False)
    has_page: bool = False

    @property
    def old_ids(self) -> tuple[str, ...]:
        """Its former ids."""
        return self.entry.old_ids if self.entry else ()

    @cached_property
    def events(self) -> tuple[str, ...]:
        """The ids of the events that name it, by date."""
        return tuple(dict.fromkeys(one.event for one in self.appearances))

    @cached_property
    def readings(self) -> tuple[str, ...]:
        """How its name is read: by its entry, else by events, the most frequent first."""
        if self.entry and self.entry.reading:
            return tuple(dict.fromkeys(self.entry.reading.root.values()))
        own = (one.form.get("reading", {}) for one in self.appearances if one.is_of_itself)
        found = Counter(text for reading in own for text in reading.values())
        return tuple(text for text, _ in found.most_common())

    def description(self, language: str) -> str:
        """Return who or what it is, in a language, if its entry says so."""
        said = self.entry.description if self.entry else None
        return said.in_language(language) if said else ""

    @cached_property
    def aliases(self) -> tuple[str, ...]:
        """What it is called beside its name, also those names by which nothing finds it."""
        own = (one.form.get("aliases", ()) for one in self.appearances if one.is_of_itself)
        found = {comparable(name): name for name in (*self.names, *chain.from_iterable(own))}
        found.pop(comparable(self.name))
        return tuple(found.values())

    @cached_property
    def order(self) -> tuple[str, str]:
        """What sorts it among others: its reading in kana, else another, else its name."""
        in_kana = (one for one in self.readings if one[:1] >= "\u3041")
        return in_order(next(in_kana, next(iter(self.readings), self.name)))


@dataclass(eq=False, slots=True)
class _Group:
    """Names that are one subject's; ``parent`` leads to the group that it is a part of now."""

    kind: SubjectKind
    entry: RegisteredSubject | None = None
    #: The first name in which it was met.
    name: str = ""
    parent: "_Group | None" = None
    found: list[Appearance] = field(default_factory=list)

    def root(self) -> "_Group":
        """Return the group that this one is a part of now."""
        group = self
        while group.parent is not None:
            if group.parent.parent is not None:
                group.parent = group.parent.parent
            group = group.parent
        return group

    def take(self, other: "_Group") -> None:
        """Make a group a part of this one."""
        other.parent = self
        self.found += other.found
        other.found = []


class _Named(NamedTuple):
    """A group, the name that is shown, all of its names, and these as they were met."""

    group: _Group
    name: str
    names: tuple[str, ...]
    in_time: tuple[str, ...]


class Subjects:
    """All subjects of a site, and who is who.

    :param forms: The normal forms of the events.
    :param entries: The entries of the registers, by kind.
    :param language: The site's language.
    """

    def __init__(
        self, forms: Iterable[Form], entries: Entries = MappingProxyType({}), language: str = ""
    ) -> None:
        self._comparable: dict[str, str] = {}
        #: The groups of names that mean one subject wherever they stand, and of the entries that
        #: names mean at certain events or sessions alone, by name and place.
        self._groups: dict[_Key, _Group] = {}
        self._bound: dict[_Key, dict[str, _Group]] = {}
        #: Of the former, those that were met, by names as they are written.
        self._groups_by_name: dict[_Key, _Group] = {}
        events = sorted(forms, key=itemgetter("id"))
        groups = self._groups_of_entries(entries, _current_places(events))
        found = [one for form in events for one in appearances(form)]
        known = self._known_by_kind(found, entries)
        for one in found:
            if one.role in _ROLES_OF_EITHER and self._is_person(one, known):
                one = one._replace(kind="person")
            self._group_of(one).found.append(one)
        for name in _parents(entries):
            key = self._key("topic", name)
            self._groups.setdefault(key, _Group("topic", name=name))
        groups += (one for one in self._groups.values() if not one.entry and not one.parent)
        groups = [one for one in groups if one.entry or _is_name(one.name)]
        self._by_id: dict[_Key, Subject] = {}
        self._by_name: defaultdict[_Key, list[Subject]] = defaultdict(list)
        # Of those with one name, the one that it means everywhere else comes first.
        groups.sort(key=_is_bound)
        for subject in self._made([_named(group, language, self._key) for group in groups]):
            self._note(subject)

    # Which names are one

    def _key(self, kind: SubjectKind, name: str) -> _Key:
        """Return a name in the form in which those that mean the same are equal."""
        plain = self._comparable.get(name)
        if plain is None:
            plain = self._comparable[name] = comparable(name)
        return kind, plain

    def _groups_of_entries(self, entries: Entries, places: Mapping[str, str]) -> list[_Group]:
        """Make a group of each entry; of two with one name, the first has it."""
        groups = []
        for kind in KINDS:
            for entry in entries.get(kind, ()):
                groups.append(group := _Group(kind, entry))
                for name in entry.all_names:
                    key = self._key(kind, name)
                    if not entry.at:
                        self._groups.setdefault(key, group)
                    for place in entry.at:
                        bound = self._bound.setdefault(key, {})
                        bound.setdefault(places.get(place, place), group)
        return groups

    def _known_by_kind(self, found: Iterable[Appearance], entries: Entries) -> set[_Key]:
        """Return the names that are certainly those of people, or of organizations."""
        named = {
            (one.kind, name)
            for one in found
            if one.kind in _KINDS_OF_EITHER and one.role not in _ROLES_OF_EITHER
            for name in one.texts.values()
        }
        named.update(
            (kind, name)
            for kind in _KINDS_OF_EITHER
            for entry in entries.get(kind, ())
            for name in entry.all_names
        )
        return {self._key(kind, name) for kind, name in named}

    def _is_person(self, one: Appearance, known: Set[_Key]) -> bool:
        """Return whether whoever organizes is a person: the name is elsewhere one's alone."""
        names = one.texts.values()
        is_organization = any(self._key("organization", name) in known for name in names)
        return not is_organization and any(self._key("person", name) in known for name in names)

    def _group_of(self, one: Appearance) -> _Group:
        """Return the group that is meant; names of several languages make one of theirs."""
        texts = one.texts
        first = next(iter(texts.values()))
        known = self._groups_by_name.get((one.kind, first)) if len(texts) == 1 else None
        if known is not None:
            return known if known.parent is None else known.root()
        keys = [self._key(one.kind, name) for name in texts.values()]
        bound = self._bound.keys() & keys
        if bound and (group := self._bound_of(keys, one.event, one.session)):
            return group
        group = self._merged(keys, first)
        if len(texts) == 1 and not bound:
            self._groups_by_name[one.kind, first] = group
        return group

    def _merged(self, keys: Sequence[_Key], name: str) -> _Group:
        """Return the group of names that mean one subject wherever they stand."""
        groups = []
        for key in keys:
            group = self._groups.get(key)
            if group is None:
                group = self._groups[key] = _Group(key[0], name=name)
            groups.append(group.root())
        # Two entries are two, whatever an event says.
        first = next((group for group in groups if group.entry), groups[0])
        for other in groups:
            if not other.entry and other.root() is not first:
                first.take(other)
        return first

    def _bound_of(self, keys: Iterable[_Key], event: str, session: str) -> _Group | None:
        """Return the entry that names mean at an event or session alone."""
        places = [self._bound[key] for key in keys if key in self._bound]
        found = (one.get(f"{event}/{session}") or one.get(event) for one in places)
        return next(filter(None, found), None)

    # What they are

    def _made(self, named: Sequence[_Named]) -> list[Subject]:
        """Return the subjects of all groups."""
        with_page = self._with_page(named)
        made: list[Subject] = []
        for kind in KINDS:
            of_kind = [one for one in named if one.group.kind == kind]
            entries = [one.group.entry for one in of_kind if one.group.entry]
            # Of two with one id, and of what is none, a problem is reported.
            of_entries = [one.group for one in of_kind if one.group.entry]
            owners = {own: one for one in reversed(of_entries) if is_id(own := _own_id(one))}
            written = [*owners, *(old for entry in entries for old in entry.old_ids)]
            has_own = [owners.get(_own_id(one.group)) is one.group for one in of_kind]
            unwritten = [
                Unwritten(one.in_time, one.group in with_page, _place(one.group))
                for one, is_own in zip(of_kind, has_own, strict=True)
                if not is_own
            ]
            found = iter(ids(unwritten, written))
            for (group, name, names, _), is_own in zip(of_kind, has_own, strict=True):
                own_id = group.entry.id if group.entry and is_own else next(found)
                places, has_page = tuple(group.found), group in with_page
                made.append(Subject(kind, own_id, name, names, group.entry, places, has_page))
        return made

    def _with_page(self, named: Iterable[_Named]) -> set[_Group]:
        """Return the groups that have a page, with the topics above them."""
        groups = [one.group for one in named]
        found = {one for one in groups if one.found and (one.entry or _is_at_several(one.found))}
        above = [one for one in found if one.kind == "topic"]
        while above:
            group = above.pop()
            for name in group.entry.parents if isinstance(group.entry, RegisteredTopic) else ():
                parent = self._groups[self._key("topic", name)].root()
                if parent not in found:
                    found.add(parent)
                    above.append(parent)
        return found

    def _note(self, subject: Subject) -> None:
        """Note how a subject is found."""
        self._by_id.setdefault((subject.kind, subject.id), subject)
        for name in subject.names:
            self._by_name[self._key(subject.kind, name)].append(subject)

    # Look-ups

    def get(self, kind: SubjectKind, subject_id: str) -> Subject | None:
        """Return the subject that has an id, or else that had it formerly."""
        key = kind, composed(subject_id)
        return self._by_id.get(key) or self._by_old_id.get(key)

    @cached_property
    def _by_old_id(self) -> Mapping[_Key, Subject]:
        pairs = ((one, old) for kind in KINDS for one in self.of(kind) for old in one.old_ids)
        found: dict[_Key, Subject] = {}
        for one, old in pairs:
            found.setdefault((one.kind, old), one)
        return found

    def named(self, kind: SubjectKind, name: str) -> tuple[Subject, ...]:
        """Return all subjects that a name may mean, the one that it means everywhere else first."""
        return tuple(self._by_name.get(self._key(kind, name), ()))

    def find(
        self, kind: SubjectKind, name: str, event: str = "", session: str = ""
    ) -> Subject | None:
        """Return the subject that a name means.

        :param kind: Its kind.
        :param name: The name, in any language.
        :param event: The id of the event that has the name, if one has it.
        :param session: That of the session.
        :returns: The one that is named there, else the one that the name means everywhere else.
        """
        known = self.named(kind, name)
        if len(known) > 1 and event:
            plain = self._key(kind, name)[1]
            there = [one for one in known if _is_there(one, event, "", plain)]
            nearest = (one for one in there if _is_there(one, event, session, plain))
            return next(nearest, next(iter(there or known)))
        return next(iter(known), None)

    def at(self, event: str) -> Iterable[tuple[SubjectKind, str, Subject]]:
        """Return what an event names: the kind, the name as it is first written, the subject."""
        return self._at_events.get(event, ())

    @cached_property
    def _at_events(self) -> Mapping[str, list[tuple[SubjectKind, str, Subject]]]:
        found: defaultdict[str, dict[tuple[SubjectKind, str, Subject], None]] = defaultdict(dict)
        for subject in self._by_id.values():
            for one in subject.appearances:
                name = next(iter(one.texts.values()))
                found[one.event].setdefault((subject.kind, name, subject))
        return {event: list(some) for event, some in found.items()}

    def of(self, kind: SubjectKind) -> tuple[Subject, ...]:
        """Return all subjects of a kind, in the order of Japanese indexes."""
        return self._in_order.get(kind, ())

    @cached_property
    def _in_order(self) -> Mapping[SubjectKind, tuple[Subject, ...]]:
        found: defaultdict[SubjectKind, list[Subject]] = defaultdict(list)
        for one in sorted(self._by_id.values(), key=attrgetter("order", "id")):
            found[one.kind].append(one)
        return {kind: tuple(subjects) for kind, subjects in found.items()}

    # Topics above and below others

    def parents(self, topic: Subject) -> tuple[Subject, ...]:
        """Return the topics right above one, in the order of its entry."""
        entry = topic.entry
        names = entry.parents if isinstance(entry, RegisteredTopic) else ()
        return _different(filter(None, (self.find("topic", name) for name in names)), topic)

    def children(self, topic: Subject) -> tuple[Subject, ...]:
        """Return the topics right below one, in order."""
        return tuple(self._children.get(topic, ()))

    @cached_property
    def _children(self) -> Mapping[Subject, list[Subject]]:
        found: defaultdict[Subject, list[Subject]] = defaultdict(list)
        for one in self.of("topic"):
            for parent in self.parents(one):
                found[parent].append(one)
        return found

    def ancestors(self, topic: Subject) -> tuple[Subject, ...]:
        """Return all topics above one, each once, the nearest first."""
        return self._all(topic, self.parents)

    def descendants(self, topic: Subject) -> tuple[Subject, ...]:
        """Return all topics below one, each once, the nearest first."""
        return self._all(topic, self.children)

    def _all(
        self, topic: Subject, next_of: Callable[[Subject], Iterable[Subject]]
    ) -> tuple[Subject, ...]:
        found: dict[Subject, None] = {}
        layer: Iterable[Subject] = [topic]
        while layer := dict.fromkeys(other for one in layer for other in next_of(one)):
            layer = [one for one in layer if one not in found and one is not topic]
            found.update(dict.fromkeys(layer))
        return tuple(found)


def _by_date(found: list[Appearance]) -> list[Appearance]:
    """Return appearances by date, those without one last."""
    found = sorted(found, key=attrgetter("date", "event"))
    undated = next((at for at, one in enumerate(found) if one.date), 0)
    return found[undated:] + found[:undated]


def _parents(entries: Entries) -> Iterator[str]:
    """Yield the names of the topics that registers name as those above others."""
    for entry in entries.get("topic", ()):
        if isinstance(entry, RegisteredTopic):
            yield from entry.parents


def _current_places(events: Iterable[Form]) -> dict[str, str]:
    """Map former ids of events and sessions to those that they have: ``EVENT``, ``EVENT/SESSION``.

    Only those are in it that differ.
    """
    found: dict[str, str] = {}
    for event in events:
        current, former = event["id"], event.get("old_ids", ())
        found.update(dict.fromkeys(former, current))
        for session in all_sessions(event.get("sessions", ())):
            session_id, old = session["id"], session.get("old_ids", ())
            for other in (current, *former) if former or old else ():
                pairs = (
                    (f"{other}/{one}", f"{current}/{session_id}") for one in (session_id, *old)
                )
                found.update(pairs)
    return found


def _named(group: _Group, language: str, key: Callable[[SubjectKind, str], _Key]) -> _Named:
    """Return a group with its names."""
    entry = group.entry
    group.found = _by_date(group.found)
    mentions = [one.texts for one in group.found]
    shown = named = Counter(name for texts in mentions for name in texts.values())
    if named.total() > len(mentions):
        shown = Counter(in_language(texts, language) for texts in mentions)
    of_entry = entry.all_names if entry else ()
    name = max(shown, key=shown.__getitem__, default=group.name)
    if entry and entry.name:
        name = entry.name.in_language(language)
    by_frequency = sorted(named, key=named.__getitem__, reverse=True)
    names = {key(group.kind, one): one for one in reversed((name, *of_entry, *by_frequency))}
    return _Named(
        group,
        name,
        tuple(reversed(names.values())),
        tuple(dict.fromkeys((*of_entry, *named, name))),
    )


def _own_id(group: _Group) -> str:
    """Return the id that a register has for a group, without its case; nothing if it has none."""
    return group.entry.id.casefold() if group.entry else ""


def _is_name(name: str) -> bool:
    """Return whether a name can be seen, and does not only keep a place."""
    return bool(comparable(name)) and not is_placeholder(name)


def _is_bound(group: _Group) -> bool:
    """Return whether a group is an entry of certain events or sessions."""
    return bool(_place(group))


def _place(group: _Group) -> str:
    """Return what tells an entry from others of its name."""
    return group.entry.at[0] if group.entry and group.entry.at else ""


def _is_at_several(found: Sequence[Appearance]) -> bool:
    return any(one.event != found[0].event for one in found)


def _is_there(subject: Subject, event: str, session: str, name: str) -> bool:
    """Return whether an event, or a session of it, names a subject by a name."""
    return any(
        one.event == event and (not session or one.session == session)
        for one in subject.appearances
        if name in map(comparable, one.texts.values())
    )


def _different(found: Iterable[Subject], other: Subject) -> tuple[Subject, ...]:
    """Return subjects, each once, without another."""
    return tuple(one for one in dict.fromkeys(found) if one is not other)
