"""Registers: ids and names that entries share, and topics that are above themselves."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from sphinxcommon.messages import Message

from ..core.model import Register, RegisteredSubject, RegisteredTopic
from ..core.names import comparable
from ..core.problems import Code, Finding, Mark
from ..core.subject_ids import is_id
from ..core.texts import all_texts
from .base import Checked, repeats


def duplicate_ids(checked: Checked[Register]) -> Iterator[Finding]:
    """Find ids, former ones included, that an earlier entry has; case does not count in addresses.

    An entry may have its own id among its former ones.
    """
    entries = checked.document.entries
    current = [(entry.id, entry.mark("id"), entry) for entry in entries if entry.id]
    former = [
        (old, mark, entry)
        for entry in entries
        for old, mark in zip(entry.old_ids, entry.marks("old_ids"), strict=True)
        if old.casefold() != entry.id.casefold()
    ]
    items = ((one[0].casefold(), one) for one in (*current, *former))
    for (one, mark, _entry), (_id, _mark, first) in repeats(items):
        message = Message(
            "the id “{id}” is that of the entry in line {line} too; write another",
            id=one,
            line=first.mark().line,
        )
        yield Finding(mark, Code.DUPLICATE_ID, message)


def unfit_ids(checked: Checked[Register]) -> Iterator[Finding]:
    """Find ids that no page can have."""
    for entry in checked.document.entries:
        if entry.id and not is_id(entry.id):
            message = Message(
                "“{id}” cannot be the name of a page on every system; write another", id=entry.id
            )
            yield Finding(entry.mark("id"), Code.VALUE, message)


def ambiguous_names(checked: Checked[Register]) -> Iterator[Finding]:
    """Find names of which nobody knows which of two entries they mean."""
    names = (
        ((key, place), (name, place, place_mark or mark, entry))
        for entry in checked.document.entries
        for key, (name, mark) in _names(entry).items()
        for place, place_mark in _places(entry)
    )
    for (name, place, mark, _entry), (_name, _place, _mark, first) in repeats(names):
        message = Message(
            "“{name}” is a name of the entry in line {line} too; say at which events it means this "
            "one: “{key}: …”",
            name=name,
            line=first.mark().line,
            key="at",
        )
        if place:
            message = Message(
                "“{name}” means the entry in line {line} at {place} too; remove the place from one "
                "of them",
                name=name,
                place=place,
                line=first.mark().line,
            )
        yield Finding(mark, Code.DUPLICATE_NAME, message)


def _names(entry: RegisteredSubject) -> dict[str, tuple[str, Mark]]:
    """Return the names of an entry as they are compared, each as it is written, and where."""
    aliases = zip(entry.aliases, entry.marks("aliases"), strict=True)
    found = [*((name, entry.mark("name")) for name in all_texts(entry.name)), *aliases]
    return {comparable(name): (name, mark) for name, mark in reversed(found)}


def _places(entry: RegisteredSubject) -> list[tuple[str, Mark | None]]:
    """Return where an entry is, and where that is written; everywhere is an empty place."""
    return [*zip(entry.at, entry.marks("at"), strict=True)] or [("", None)]


def circular_parents(checked: Checked[Register]) -> Iterator[Finding]:
    """Find topics that are above themselves."""
    topics = [one for one in checked.document.entries if isinstance(one, RegisteredTopic)]
    by_name = {comparable(name): one for one in reversed(topics) for name in one.all_names}
    marks = {one.mark(): one for one in topics}
    above = {
        one.mark(): [by_name[key].mark() for key in map(comparable, one.parents) if key in by_name]
        for one in topics
    }
    try:
        TopologicalSorter(above).prepare()
    except CycleError as error:
        circle = [str(marks[mark].name) for mark in error.args[1]]
        message = Message(
            "a topic is above itself ({circle}); remove one of these parents",
            circle=" → ".join(reversed(circle)),
        )
        yield Finding(marks[error.args[1][-1]].mark("parents"), Code.VALUE, message)
