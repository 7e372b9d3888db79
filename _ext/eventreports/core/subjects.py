"""Subjects: the people, organizations, topics and series that several events have in common."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from .appearances import Appearance, Form, in_language
from .model import RegisteredSubject, RegisteredTopic, SubjectKind
from .names import comparable, composed, in_order
from .packed import Packed
from .subject_groups import KINDS, Entries, Group, Groups, Key, key_of
from .subject_ids import Unwritten, ids, is_id


@dataclass(frozen=True, eq=False)
class Subject:
    """A person, an organization, a topic or a series.

    :param kind: Which of these it is.
    :param id: Its id among those of its kind, which is the name of its page.
    :param name: Its name in the site's language: that of its entry, else the one that events give
        most often, of several the earliest.
    :param names: All names that mean it, that one first.
    :param entry: Its entry in a register.
    :param packed: Its :attr:`appearances`.
    :param has_page: Whether it has a page: it stands at two events or more, or in a register and
        at one; a topic also if one below it has a page.
    """

    kind: SubjectKind
    id: str
    name: str
    names: tuple[str, ...]
    entry: RegisteredSubject | None = None
    packed: Packed[tuple[Appearance, ...]] = field(default=Packed(()), repr=False)
    has_page: bool = False

    @property
    def old_ids(self) -> tuple[str, ...]:
        """Its former ids."""
        return self.entry.old_ids if self.entry else ()

    @property
    def appearances(self) -> tuple[Appearance, ...]:
        """Where events name it, by date; undated ones come last."""
        return self.packed.value

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


class _Named(NamedTuple):
    """A group, the name that is shown, all of its names, and these as they were met."""

    group: Group
    name: str
    names: tuple[str, ...]
    in_time: tuple[str, ...]


#: What an event names: the kind, the name as written, the session, the subject.
Naming = tuple[SubjectKind, str, str, Subject]


class Subjects:
    """All subjects of a site, and who is who.

    :param forms: The normal forms of the events.
    :param entries: The entries of the registers, by kind.
    :param language: The site's language.
    """

    def __init__(
        self, forms: Iterable[Form], entries: Entries = MappingProxyType({}), language: str = ""
    ) -> None:
        groups = Groups(forms, entries)
        # Of those with one name, the one that it means everywhere else comes first.
        in_order = sorted(groups, key=_is_bound)
        self._note(_made([_named(group, language) for group in in_order], groups))

    def _note(self, subjects: Sequence[Subject]) -> None:
        """Note how subjects are found: not when they are asked for, as that is kept with them."""
        self._subjects = subjects
        self._by_id: dict[Key, Subject] = {}
        self._by_name: defaultdict[Key, list[Subject]] = defaultdict(list)
        for subject in subjects:
            self._by_id.setdefault((subject.kind, subject.id), subject)
            for name in subject.names:
                self._by_name[key_of(subject.kind, name)].append(subject)
        self._in_order = self._sorted()
        self._at_events = {event: Packed(names) for event, names in self._grouped_by_event()}
        for subject in subjects:
            # Asked for here so that it is pickled, too.
            _ = subject.events

    def shown(self) -> "Subjects":
        """Return what may be shown of these.

        Those of registers that no event names, and that have no page, are left out; of the entries
        of others, where they are and what else stands in their files.
        """
        shown = Subjects.__new__(Subjects)
        shown._note(
            [
                replace(one, entry=one.entry and _published(one.entry))
                for one in self._subjects
                if one.appearances or one.has_page
            ]
        )
        return shown

    def __len__(self) -> int:
        return len(self._subjects)

    def get(self, kind: SubjectKind, subject_id: str) -> Subject | None:
        """Return the subject that has an id, or else that had it formerly."""
        key = kind, composed(subject_id)
        return self._by_id.get(key) or self._by_old_id.get(key)

    @cached_property
    def _by_old_id(self) -> Mapping[Key, Subject]:
        pairs = ((one, old) for kind in KINDS for one in self.of(kind) for old in one.old_ids)
        found: dict[Key, Subject] = {}
        for one, old in pairs:
            found.setdefault((one.kind, old), one)
        return found

    def named(self, kind: SubjectKind, name: str) -> tuple[Subject, ...]:
        """Return all subjects that a name may mean, the one that it means everywhere else first."""
        return tuple(self._by_name.get(key_of(kind, name), ()))

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
            plain = key_of(kind, name)[1]
            there = [one for one in known if _is_there(one, event, "", plain)]
            nearest = (one for one in there if _is_there(one, event, session, plain))
            return next(nearest, next(iter(there or known)))
        return next(iter(known), None)

    def at(self, event: str) -> Iterator[Naming]:
        """Yield what an event names."""
        if names := self._at_events.get(event):
            for kind, name, session, own_id in names.value:
                yield kind, name, session, self._by_id[kind, own_id]

    def _grouped_by_event(self) -> Iterable[tuple[str, list[tuple[SubjectKind, str, str, str]]]]:
        """Return what events name, by their ids, with the ids of the subjects."""
        found: defaultdict[str, dict[tuple[SubjectKind, str, str, str], None]] = defaultdict(dict)
        for kind, own_id in self._by_id:
            for one in self._by_id[kind, own_id].appearances:
                name = next(iter(one.texts.values()))
                found[one.event].setdefault((kind, name, one.session, own_id))
        return ((event, list(names)) for event, names in found.items())

    def of(self, kind: SubjectKind) -> tuple[Subject, ...]:
        """Return all subjects of a kind, in the order of Japanese indexes."""
        return self._in_order.get(kind, ())

    def _sorted(self) -> Mapping[SubjectKind, tuple[Subject, ...]]:
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


def _named(group: Group, language: str) -> _Named:
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
    names = {key_of(group.kind, one): one for one in reversed((name, *of_entry, *by_frequency))}
    return _Named(
        group,
        name,
        tuple(reversed(names.values())),
        tuple(dict.fromkeys((*of_entry, *named, name))),
    )


def _made(named: Sequence[_Named], groups: Groups) -> list[Subject]:
    """Return the subjects of all groups."""
    with_page = _with_page(named, groups)
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
            packed, has_page = Packed(tuple(group.found)), group in with_page
            made.append(Subject(kind, own_id, name, names, group.entry, packed, has_page))
    return made


def _with_page(named: Iterable[_Named], groups: Groups) -> set[Group]:
    """Return the groups that have a page, with the topics above them."""
    found = {
        one
        for one in (one.group for one in named)
        if one.found and (one.entry or _is_at_several(one.found))
    }
    above = [one for one in found if one.kind == "topic"]
    while above:
        group = above.pop()
        for name in group.entry.parents if isinstance(group.entry, RegisteredTopic) else ():
            parent = groups.of_topic(name)
            if parent not in found:
                found.add(parent)
                above.append(parent)
    return found


def _published(entry: RegisteredSubject) -> RegisteredSubject:
    """Return an entry without what a page does not show: its places, and the data of its file."""
    return entry.without_data().model_copy(update={"at": ()})


def _own_id(group: Group) -> str:
    """Return the id that a register has for a group, without its case; nothing if it has none."""
    return group.entry.id.casefold() if group.entry else ""


def _is_bound(group: Group) -> bool:
    """Return whether a group is an entry of certain events or sessions."""
    return bool(_place(group))


def _place(group: Group) -> str:
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
