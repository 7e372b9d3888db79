"""What ``eventreports new`` asks for in a terminal: first a timetable, and then facts."""

import os
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from io import BufferedReader
from typing import Any, Final

from sphinxcommon.messages import Message, Translate, printable
from sphinxcommon.phrases import shortened

from ..core.problems import InvalidValueError
from ..importers.events import EventDraft
from .new_facts import days_of, fact_of

#: What is asked for, and its option.
QUESTIONS: Final = (
    ("name", Message("Name of the event")),
    ("date", Message("Day, or first and last day")),
    ("venue", Message("Venue")),
    ("url", Message("Website")),
    ("reporters", Message("Who reports")),
)
#: What ends the input in a terminal.
_END: Final = "Ctrl-Z, Enter" if os.name == "nt" else "Ctrl-D"
_LAST_LINE: Final = b"."
#: In bytes; a terminal gives a line at a time, and no longer one.
_LONGEST_LINE: Final = 65536
#: In columns, of what a question shows in brackets.
_WIDEST: Final = 60
#: The keys of what a mapping is called.
_NAMES: Final = ("name", "title", "text")


def pasted(say: Translate) -> bytes:
    """Ask for a timetable, and return what is pasted.

    :param say: Translates the question.
    :returns: All that comes before a line with a dot alone, or before the end of the input.
    """
    question = Message(
        "Paste the timetable, and end it with a line that has only a dot, or with {key}. If you "
        "have none, do that at once.",
        key=_END,
    )
    print(question.text(say), flush=True)
    return b"".join(_lines())


def _lines() -> Iterator[bytes]:
    """Yield the lines of a terminal as they come, without the one that ends them."""
    # What reads by itself until a line ends would want the key twice, within a line.
    terminal = sys.stdin.buffer
    assert isinstance(terminal, BufferedReader)
    while (line := terminal.raw.read(_LONGEST_LINE)) and line.strip() != _LAST_LINE:
        yield line
        if not line.endswith(b"\n"):
            break
    if not line or not line.endswith(b"\n"):
        print()


def tell_what_was_read(draft: EventDraft, unplaced: int, say: Translate) -> None:
    """Say in one line what was read.

    :param draft: What was read.
    :param unplaced: How many lines found no place.
    :param say: Translates the line.
    """
    message = Message(
        "This was read: sessions: {sessions}, days: {days}, lines that found no place: {lines}",
        sessions=sum(not one.is_break for one in draft.sessions),
        days=_number_of_days(draft),
        lines=unplaced,
    )
    print(message.text(say))


def _number_of_days(draft: EventDraft) -> int:
    days = days_of(draft)
    try:
        first, last = (date.fromisoformat(one) for one in (days[0], days[-1]))
    except (IndexError, ValueError):
        # None is known, or only their month.
        return len(days)
    held = {str(one.facts["date"]) for one in draft.sessions if one.facts.get("date")}
    return len(held) or (last - first).days + 1


def tell_how_to_answer(say: Translate) -> None:
    """Say what no answer means."""
    message = Message(
        "Enter alone, or {key}, takes what stands in brackets; where nothing does, the fact is "
        "left out.",
        key=_END,
    )
    print(message.text(say))


def answer(key: str, question: Message, draft: EventDraft, say: Translate) -> dict[str, Any]:
    """Ask for a fact until the answer can be read.

    :param key: The key of the fact.
    :param question: What is asked.
    :param draft: What was read; what it says of the fact is the default.
    :param say: Translates the question.
    :returns: The answer by its keys; nothing, if the default is taken.
    """
    default = _default(key, draft, say)
    prompt = question.text(say) + (f" [{default}]: " if default else ": ")
    while (said := _typed(prompt)) is not None:
        try:
            if said:
                return fact_of(key, said)
            if default or key != "name":
                return {}
            print(Message("an event needs a name").text(say))
        except InvalidValueError as error:
            print(error.message.text(say))
    return {}


def _typed(prompt: str) -> str | None:
    """Return what is typed into a line, or nothing at the end of the input."""
    try:
        return input(prompt).strip()
    except EOFError:
        print()
        return None


def _default(key: str, draft: EventDraft, say: Translate) -> str:
    """Return what was read of a fact, as an answer would say it."""
    if key == "date":
        days = days_of(draft)
        return "/".join(dict.fromkeys((days[0], days[-1]))) if days else ""
    return shortened(printable(_as_answer(draft.facts.get(key), say)), _WIDEST)


def _as_answer(value: object, say: Translate) -> str:
    match value:
        case None:
            return ""
        case Mapping():
            return _as_one(value, say)
        case list() | tuple():
            return Message(", ").text(say).join(_as_answer(one, say) for one in value)
        case _:
            return str(value)


def _as_one(value: Mapping[str, object], say: Translate) -> str:
    """Return a mapping as its name, and in brackets what else it says."""
    name = next((key for key in _NAMES if value.get(key)), "")
    others = [one for key, one in value.items() if key != name and one]
    if not name or not others:
        return _as_answer(others or value.get(name), say)
    named = Message(
        "{name} ({more})", name=_as_answer(value[name], say), more=_as_answer(others, say)
    )
    return named.text(say)
