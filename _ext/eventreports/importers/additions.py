"""Add to an event's files what they lack, and change nothing else in them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import yaml

from sphinxcommon.messages import Message

from ..core.edits import split_lines
from ..core.model import Event, Session
from ..core.names import comparable
from ..core.page_sections import (
    Section,
    block_parser,
    sections_of_markdown,
    sections_of_restructuredtext,
)
from ..core.problems import InvalidValueError
from ..yaml.dump import dump
from .checked import checked
from .events import EventDraft
from .forms import Forms
from .sessions import Draft
from .writing import scheduled, with_dates

#: Where a page has the facts of a session, in Markdown and in reStructuredText.
_DIRECTIVE: Final = re.compile(
    r"\s*(?:[`~:]{3,}\{event:session\}|\.\.\s+event:session::)\s+(?P<id>\S+)"
)
#: How the block begins in which forms have what found no place, and its text.
_DRAFT: Final = re.compile(r"(?:[`~:]{3,}\s*\{event:only\}|\.\.\s+event:only::)\s*draft\s*")
_HEADING: Final = re.compile(r"\s*(?:#{1,6}[ \t]|\.\.\s+rubric::)")
_LISTS: Final = ("sessions", "slots")


def sessions_without_directive(event: Event, pages: Iterable[str]) -> list[Session]:
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

    Each stands behind the section of the session before it in the event's file, and before what
    found no place.

    :param page: The text of the page.
    :param event: The event.
    :param missing: The sessions.
    :param forms: The forms to fill in.
    :param language: In which language titles are.
    :returns: The page.
    :raises InvalidValueError: if the form is no template.
    """
    lines, ends = split_lines(page)
    homes = _homes(lines, event, is_markdown=forms.is_markdown)
    rest = _start_of_rest(lines, is_markdown=forms.is_markdown)
    at = min((one.start for one in homes.values()), default=rest)
    line_end = next(filter(None, ends), "\n")
    added: dict[int, str] = defaultdict(str)
    for session in event.sessions:
        if session.id in homes:
            at = min(homes[session.id].end, rest)
        elif session in missing:
            title = session.title.in_language(language) if session.title else session.id
            values = {"id": session.id, "title": " ".join(title.split()), "notes": ""}
            added[at] += forms.session({"session": values}).strip("\n") + "\n\n"
    texts = [f"{line}{end}" for line, end in zip(lines, ends, strict=True)]
    for place, text in sorted(added.items(), reverse=True):
        before = texts[place - 1] if place else "\n"
        gap = line_end * (bool(before.strip()) + (not before.endswith(("\r", "\n"))))
        written = text if place < len(texts) else text.removesuffix("\n")
        texts.insert(place, gap + written.replace("\n", line_end))
    return "".join(texts)


def _start_of_rest(lines: Sequence[str], *, is_markdown: bool) -> int:
    """Return the first line of what found no place: a draft with a heading that ends the page.

    It stands in the section of the last session, and is not of that. Without it, this is the line
    behind the last one.
    """
    start = max(_outer_blocks(lines, is_markdown=is_markdown), default=len(lines))
    is_draft = start < len(lines) and _DRAFT.fullmatch(lines[start])
    is_rest = is_draft and _HEADING.match("\n".join(lines[start + 1 :]))
    return start if is_rest else len(lines)


def _outer_blocks(lines: Sequence[str], *, is_markdown: bool) -> Iterator[int]:
    """Yield the first lines of the blocks of a page that stand in no other."""
    if is_markdown:
        tokens = block_parser().parse("\n".join([*lines, ""]))
        yield from (one.map[0] for one in tokens if one.level == 0 and one.map)
    else:
        yield from (n for n, line in enumerate(lines) if line.strip() and not line[0].isspace())


def _homes(lines: Sequence[str], event: Event, *, is_markdown: bool) -> dict[str, Section]:
    """Return the section of each session that has one, by the session's id."""
    found = (
        sections_of_markdown(block_parser(), lines)
        if is_markdown
        else sections_of_restructuredtext(lines)
    )
    homes: dict[str, Section] = {}
    for section in found:
        session = event.session(section.named[0]) if section.named else None
        if session and section.event in (None, event.id):
            homes.setdefault(session.id, section)
    return homes


def with_new_sessions(text: str, event: Event, draft: EventDraft) -> str:
    """Return an event's file with the sessions and slots of a newer timetable that it lacks.

    :param text: The text of the file.
    :param event: What it says.
    :param draft: What the timetable says.
    :returns: The text.
    :raises InvalidValueError: if the file has its sessions in one line, where none can be added.
    """
    draft = with_dates(draft, event.first_date)
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
    for key in _LISTS:
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
