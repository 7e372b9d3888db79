"""The facts of a new event: what its timetable says, and what its author does."""

import re
from collections.abc import Mapping
from typing import Any, Final

from sphinxcommon.messages import Message

from ..core.problems import InvalidValueError
from ..importers.events import EventDraft
from ..importers.facts import facts_of
from ..importers.lines import Line

#: The keys that say when an event is: an answer replaces them all.
_DATES: Final = frozenset({"date", "start_date", "end_date", "date_text"})
#: A wording that says no more than the days.
_DAYS: Final = re.compile(r"[\d /-]+")


def fact_of(key: str, said: str) -> dict[str, Any]:
    """Return what an answer says.

    :param key: The key of the fact that was asked for.
    :param said: The answer.
    :returns: Values by their keys, as an event's file has them.
    :raises InvalidValueError: if it is to be a date, and is none.
    """
    found = facts_of(key, Line(said))
    if key != "date":
        return found or {key: said}
    if not found:
        raise InvalidValueError(
            Message("“{text}” is no date; write 2018-04-19, 2018-04 or 2018", text=said)
        )
    if _DAYS.fullmatch(found.get("date_text", "")):
        del found["date_text"]
    return found


def with_answers(facts: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts, and instead of those that an author says something of, that."""
    replaced = {*answers, *(_DATES if not _DATES.isdisjoint(answers) else ())}
    return {**{key: value for key, value in facts.items() if key not in replaced}, **answers}


def days_of(draft: EventDraft) -> list[str]:
    """Return the days that a draft names, in their order: the event's, and those of sessions."""
    stated = [draft.facts.get(key) for key in ("date", "start_date", "end_date")]
    held = [one.facts.get("date") for one in draft.sessions]
    return sorted({str(day) for day in (*stated, *held) if day})
