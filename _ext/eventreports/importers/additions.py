"""Add to an event's files what they lack, and change nothing else in them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import yaml

from sphinxcommon.messages import Message

from ..core.model import Event, Session
from ..core.names import comparable
from ..core.problems import InvalidValueError
from ..yaml.dump import dump
from .checked import checked
from .events import EventDraft
from .forms import Forms
from .sessions import Draft
from .writing import scheduled

#: Where a page has the facts of a session, in Markdown and in reStructuredText.
_DIRECTIVE: Final = re.compile(
    r"\s*(?:[`~:]{3,}\{event:session\}|\.\.\s+event:session::)\s+(?P<id>\S+)"
)
_HEADING: Final = re.compile(r"(#{1,6})\s")
_FENCE: Final = re.compile(r"\s*(`{3,}|~{3,})")
#: A slot whose title says as much as that of another at the same time is that one.
_SLOTS: Final = ("sessions", "slots")


def sessions_without_home(event: Event, pages: Iterable[str]) -> list[Session]:
    """Return the sessions that no page has a directive for.

    :param event: The event.
    :param pages: The texts of its pages.
    :returns: The sessions.
    """
    named = {
        match["id"].rpartition("/")[2]
        for page in pages
        for line in page.splitlines()
        if (match := _DIRECTIVE.match(line))
    }
    return [one for one in event.sessions if named.isdisjoint((one.id, *one.old_ids))]


def with_sessions(
    page: str, event: Event, missing: Sequence[Session], forms: Forms, language: str
) -> str:
    """Return a page with a heading and a directive for each session that it lacks.

    Each stands behind the section of the session before it, in the order of the event's file.

    :param page: The text of the page.
    :param event: The event.
    :param missing: The sessions.
    :param forms: The forms to fill in.
    :param language: In which language titles are.
    :returns: The page.
    :raises InvalidValueError: if the form is no template.
    """
    line_end = "\r\n" if "\r\n" in page else "\n"
    lines = page.splitlines()
    before = ""
    for session in event.sessions:
        if session in missing:
            title = session.title.in_language(language) if session.title else session.id
            text = forms.session(
                {"session": {"id": session.id, "title": " ".join(title.split()), "notes": ""}}
            )
            at = len(lines)
            if forms.is_markdown:
                at = _end_of(lines, before) if before else _end_of_last(lines)
            around = ["", *text.strip("\n").splitlines(), ""]
            lines[at:at] = around if at and lines[at - 1].strip() else around[1:]
        before = session.id
    return line_end.join(lines).rstrip() + line_end


def _end_of(lines: Sequence[str], session_id: str) -> int:
    """Return the line behind the section of a session; the last one if it has none."""
    at = next(
        (
            n
            for n, line in enumerate(lines)
            if (match := _DIRECTIVE.match(line)) and match["id"].endswith(session_id)
        ),
        None,
    )
    if at is None:
        return _end_of_last(lines)
    headings = list(_headings(lines))
    level = next((level for number, level in reversed(headings) if number < at), 1)
    return next(
        (number for number, found in headings if number > at and found <= level), len(lines)
    )


def _end_of_last(lines: Sequence[str]) -> int:
    """Return the line behind the section of the last session of a page, or of the page."""
    ids = [match["id"] for line in lines if (match := _DIRECTIVE.match(line))]
    return _end_of(lines, ids[-1]) if ids else len(lines)


def _headings(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the line and the level of each heading."""
    fence = ""
    for number, line in enumerate(lines):
        opened = _FENCE.match(line)
        if opened and (not fence or opened[1].startswith(fence)):
            fence = "" if fence else opened[1]
        elif not fence and (heading := _HEADING.match(line)):
            yield number, len(heading[1])


def with_new_sessions(text: str, event: Event, draft: EventDraft) -> str:
    """Return an event's file with the sessions and slots of a newer timetable that it lacks.

    :param text: The text of the file.
    :param event: What it says.
    :param draft: What the timetable says.
    :returns: The text.
    :raises InvalidValueError: if the file has its sessions in one line, where none can be added.
    """
    new = [
        one for one in draft.sessions if not any(_is_same(one, known) for known in event.scheduled)
    ]
    if not new:
        return text
    days = {
        key: draft.facts[key] for key in ("date", "start_date", "end_date") if key in draft.facts
    }
    taken = {one.id for one in event.all_sessions}
    only_day = event.only_day.isoformat() if event.only_day else days.get("date")
    added = scheduled(new, only_day, taken)
    facts = checked({"name": "x", **days, **added}).facts
    for key in _SLOTS:
        if facts.get(key):
            text = _with_items(text, key, facts[key])
    return text


def _is_same(draft: Draft, known: Any) -> bool:
    """Return whether a draft is of a session or slot: by the title, or by the time and the room."""
    title = comparable(str(draft.facts.get("title", ""))).casefold()
    said = comparable(str(known.title or "")).casefold()
    if title and title == said:
        return draft.facts.get("start") == known.begins or not draft.is_break
    is_there = draft.facts.get("start") == known.begins and len(title) > 3 and len(said) > 3
    return is_there and (title in said or said in title)


def _with_items(text: str, key: str, items: Sequence[Mapping[str, Any]]) -> str:
    """Return the text of a file with items at the end of a list."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    found = next((value for name, value in pairs if name.value == key), None)
    line_end = "\r\n" if "\r\n" in text else "\n"
    if found is None or (isinstance(found, yaml.ScalarNode) and not found.value):
        block = dump({key: list(items)})
        ended = text if text.endswith("\n") or not text else text + line_end
        return ended + block.replace("\n", line_end)
    if not isinstance(found, yaml.SequenceNode) or found.flow_style:
        raise InvalidValueError(
            Message(
                "“{key}” stands in one line; write its items below each other, each with “- ”",
                key=key,
            )
        )
    lines = text.splitlines(keepends=True)
    last = found.value[-1].end_mark if found.value else found.end_mark
    at = last.line + (1 if last.column else 0)
    while at and not lines[at - 1].strip():
        at -= 1
    # Comments behind the list belong to what follows it.
    indent = " " * (found.start_mark.column)
    block = "".join(
        f"{indent}{line[2:]}{line_end}" if line else line_end
        for line in dump({key: list(items)}).splitlines()[1:]
    )
    if at and not lines[at - 1].endswith("\n"):
        lines[at - 1] += line_end
    return "".join([*lines[:at], block, *lines[at:]])
