"""Which names of people, organizations, topics and series are one subject's.

Same is what is equal after :func:`.names.comparable`, or stands as one name in several languages,
or belongs to one entry of a register; nothing else is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final, TypeAlias, get_args

from .appearances import Appearance, Form, Role, appearances
from .model import RegisteredSubject, RegisteredTopic, SubjectKind
from .names import comparable, is_placeholder
from .session_forms import all_sessions

#: The entries of registers.
Entries = Mapping[SubjectKind, Sequence[RegisteredSubject]]
#: A kind, and a name or an id.
Key: TypeAlias = tuple[SubjectKind, str]

KINDS: Final[tuple[SubjectKind, ...]] = get_args(SubjectKind)
_KINDS_OF_EITHER: Final[frozenset[SubjectKind]] = frozenset({"person", "organization"})
#: What organizations are, and people may be as well.
_ROLES_OF_EITHER: Final[frozenset[Role]] = frozenset({"organizer", "supporter", "member"})


def key_of(kind: SubjectKind, name: str) -> Key:
    """Return a name in the form in which those that mean the same are equal."""
    return kind, comparable(name)


@dataclass(eq=False, slots=True)
class Group:
    """Names that are one subject's; ``parent`` leads to the group that it is a part of now."""

    kind: SubjectKind
    entry: RegisteredSubject | None = None
    #: The first name in which it was met.
    name: str = ""
    parent: "Group | None" = None
    found: list[Appearance] = field(default_factory=list)

    def root(self) -> "Group":
        """Return the group that this one is a part of now."""
        group = self
        while group.parent is not None:
            if group.parent.parent is not None:
                group.parent = group.parent.parent
            group = group.parent
        return group

    def take(self, other: "Group") -> None:
        """Make a group a part of this one."""
        other.parent = self
        self.found += other.found
        other.found = []


def sources(form: Form) -> object:
    """Return all that subjects are made of in an event.

    :param form: The normal form of the event.
    :returns: Plain values with an unambiguous ``repr``.
    """
    return form["id"], _current_places([form]), [*appearances(form)]


class Groups:
    """The groups of names that are one subject's each.

    :param forms: The normal forms of the events.
    :param entries: The entries of the registers, by kind.
    """

    def __init__(self, forms: Iterable[Form], entries: Entries) -> None:
        #: The groups of names that mean one subject wherever they stand, and of the entries that
        #: names mean at certain events or sessions alone, by name and place.
        self._groups: dict[Key, Group] = {}
        self._bound: dict[Key, dict[str, Group]] = {}
        #: Of the former, those that were met, by names as they are written.
        self._groups_by_name: dict[Key, Group] = {}
        events = sorted(forms, key=itemgetter("id"))
        groups = self._groups_of_entries(entries, _current_places(events))
        found = [one for form in events for one in appearances(form)]
        known = self._known_by_kind(found, entries)
        for one in found:
            if one.role in _ROLES_OF_EITHER and self._is_person(one, known):
                one = one._replace(kind="person")
            self._group_of(one).found.append(one)
        for name in _parents(entries):
            self._groups.setdefault(key_of("topic", name), Group("topic", name=name))
        groups += (one for one in self._groups.values() if not one.entry and not one.parent)
        self._shown = [one for one in groups if one.entry or _is_name(one.name)]

    def __iter__(self) -> Iterator[Group]:
        """Yield the groups: those of entries first, then in the order in which they were met."""
        return iter(self._shown)

    def of_topic(self, name: str) -> Group:
        """Return the group of a topic that events or entries name."""
        return self._groups[key_of("topic", name)].root()

    def _groups_of_entries(self, entries: Entries, places: Mapping[str, str]) -> list[Group]:
        """Make a group of each entry; of two with one name, the first has it."""
        groups = []
        for kind in KINDS:
            for entry in entries.get(kind, ()):
                groups.append(group := Group(kind, entry))
                for name in entry.all_names:
                    key = key_of(kind, name)
                    if not entry.at:
                        self._groups.setdefault(key, group)
                    for place in entry.at:
                        bound = self._bound.setdefault(key, {})
                        bound.setdefault(places.get(place, place), group)
        return groups

    def _known_by_kind(self, found: Iterable[Appearance], entries: Entries) -> set[Key]:
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
        return {key_of(kind, name) for kind, name in named}

    def _is_person(self, one: Appearance, known: Set[Key]) -> bool:
        """Return whether whoever organizes is a person: the name is elsewhere one's alone."""
        names = one.texts.values()
        is_organization = any(key_of("organization", name) in known for name in names)
        return not is_organization and any(key_of("person", name) in known for name in names)

    def _group_of(self, one: Appearance) -> Group:
        """Return the group that is meant; names of several languages make one of theirs."""
        texts = one.texts
        first = next(iter(texts.values()))
        known = self._groups_by_name.get((one.kind, first)) if len(texts) == 1 else None
        if known is not None:
            return known if known.parent is None else known.root()
        keys = [key_of(one.kind, name) for name in texts.values()]
        bound = self._bound.keys() & keys
        if bound and (group := self._bound_of(keys, one.event, one.session)):
            return group
        group = self._merged(keys, first)
        if len(texts) == 1 and not bound:
            self._groups_by_name[one.kind, first] = group
        return group

    def _merged(self, keys: Sequence[Key], name: str) -> Group:
        """Return the group of names that mean one subject wherever they stand."""
        groups = []
        for key in keys:
            group = self._groups.get(key)
            if group is None:
                group = self._groups[key] = Group(key[0], name=name)
            groups.append(group.root())
        # Two entries are two, whatever an event says.
        first = next((group for group in groups if group.entry), groups[0])
        for other in groups:
            if not other.entry and other.root() is not first:
                first.take(other)
        return first

    def _bound_of(self, keys: Iterable[Key], event: str, session: str) -> Group | None:
        """Return the entry that names mean at an event or session alone."""
        places = [self._bound[key] for key in keys if key in self._bound]
        found = (one.get(f"{event}/{session}") or one.get(event) for one in places)
        return next(filter(None, found), None)


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


def _is_name(name: str) -> bool:
    """Return whether a name can be seen, and does not only keep a place."""
    return bool(comparable(name)) and not is_placeholder(name)
