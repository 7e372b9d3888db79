"""Tell whether a document speaks of a session again, and join what it says both times."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ..core.names import comparable
from ..core.short_people import read_person
from .facts import merged
from .sessions import Draft

#: A shorter title stands in others by chance.
_SHORTEST_TITLE: Final = 4


def is_again(one: Draft, other: Draft) -> bool:
    """Return whether two drafts are of one session: they began at one time, and share the title."""
    first, second = one.facts, other.facts
    if "start" not in first or any(first.get(key) != second.get(key) for key in ("start", "date")):
        return False
    if "room" in first and "room" in second and first["room"] != second["room"]:
        return False
    titles = [_compared(facts) for facts in (first, second)]
    if titles[0] != titles[1] and not _may_be_same_people(first, second):
        return False
    return min(map(len, titles)) >= _SHORTEST_TITLE and (
        titles[0] in titles[1] or titles[1] in titles[0]
    )


def is_same(one: Draft, other: Draft) -> bool:
    """Return whether two drafts have one title."""
    title = _compared(one.facts)
    return bool(title) and title == _compared(other.facts)


def both(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of two drafts of one session: the shorter title, and names alone.

    :param first: What is said of it first, which counts.
    :param second: What is said again.
    :returns: The facts.
    """
    titles = (str(first["title"]), str(second["title"]))
    facts = {**merged(first, second), "title": min(titles, key=len)}
    if "speakers" in first and "speakers" in second:
        names = [_name(one) for one in second["speakers"]]
        facts["speakers"] = [_alone(one, names) for one in first["speakers"]]
    return facts


def _alone(person: Any, names: Sequence[str]) -> Any:
    """Return a person, without where they work in the name if it stands alone elsewhere."""
    whole = _name(person)
    name = next((one for one in names if whole.endswith(f" {one}")), "")
    if not name or isinstance(person, dict):
        return person
    return f"{name} ({whole.removesuffix(name).strip()})" if whole == person else person


def _may_be_same_people(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """Return whether the same people speak, as far as both say it."""
    ones, others = ([_name(one) for one in facts.get("speakers", ())] for facts in (first, second))
    if not (ones and others):
        return True
    return len(ones) == len(others) and all(
        any(map(one.endswith, others)) or any(other.endswith(one) for other in others)
        for one in ones
    )


def _name(person: Any) -> str:
    found = person["name"] if isinstance(person, dict) else read_person(str(person))["name"]
    return comparable(str(found))


def _compared(facts: Mapping[str, Any]) -> str:
    """Return a title as it is compared with another."""
    return comparable(str(facts.get("title", ""))).casefold()
