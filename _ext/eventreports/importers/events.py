"""Documents → drafts of events: the facts, the sessions with their notes, and what is left."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ..core.dates import PartialDate
from ..core.key_words import same_key
from ..core.written_times import read, read_beginning
from .again import both, is_again, is_same
from .attachments import files_in
from .days import LONGEST_DAY, begins_with_date, names_day, says_only_day
from .facts import facts_of, key_of, labelled, merged
from .keys import event_key, is_room
from .lines import Document, Line
from .outline import Section, role_of, sections_of, with_headings
from .programme import programme_in
from .session_sections import labelled_sections, session_sections, slot_of, with_role
from .sessions import Draft, drafts
from .times import times_before

_LONGEST_NAME: Final = 100
#: Facts that one line behind a heading tells.
_OF_ONE_LINE: Final = frozenset("date start_date end_date venue url hashtag capacity name".split())
#: What menus of websites begin with.
_NAVIGATION: Final = frozenset(
    map(
        same_key,
        "home top menu about news blog login sign_in log_in skip_to_content skip_to_main_content "
        "ホーム トップ トップページ メニュー ニュース お知らせ ログイン "
        "コンテンツへスキップ".split(),
    )
)
#: Between the name of a page and that of its site.
_BETWEEN_PARTS: Final = r"\s[|｜:–—-]+\s"


@dataclass(frozen=True)
class EventDraft:
    """What a document says of an event.

    ``facts`` are values by their keys; ``sessions`` and breaks are in their order. ``notes`` are
    lines about no session, with their headings, and ``rest`` those of which nothing is known.
    ``headings`` are what the document calls its sections, by what these hold.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    sessions: tuple[Draft, ...] = ()
    notes: tuple[Line, ...] = ()
    rest: tuple[Line, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)


def event_of(document: Document, first: PartialDate | None = None) -> EventDraft:
    """Return what a document says of an event.

    :param document: The document.
    :param first: The event's first day, if it is known from elsewhere.
    :returns: A draft, in which every line of the document has its place.
    """
    reader = _Reader(document, first)
    reader.read()
    return EventDraft(
        reader.facts,
        tuple(reader.sessions),
        tuple(reader.notes),
        tuple(reader.rest),
        reader.headings,
    )


@dataclass
class _Reader:
    document: Document
    first: PartialDate | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    sessions: list[Draft] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)

    def read(self) -> None:
        """Read all lines."""
        lines = list(self.document.lines)
        if self.document.is_prose and not any(
            line.kind == "heading" and line.level < 4 for line in lines
        ):
            lines = list(with_headings(lines))
        self._read_front_matter()
        lines = self._without_title(lines)
        lines = self._without_facts(lines)
        self._read_days_of_title()
        _before, sections = sections_of(lines)
        within = list(session_sections(sections))
        notes = list(with_role(sections, ("notes", "files")))
        apart = {id(line) for section in (*within, *notes) for line in section.all_lines()}
        others = [line for line in lines if id(line) not in apart]
        programme = programme_in(others, self._first_day(), self._year())
        for draft in drafts(programme.slots):
            self._add(draft)
        _before, outside = sections_of(programme.others)
        within += labelled_sections(outside)
        self._add_sections(within)
        unplaced = {id(line) for line in programme.others}
        of_sessions = {id(line) for section in within for line in section.all_lines()}
        self._place([line for line in lines if id(line) in (unplaced | apart) - of_sessions])

    def _first_day(self) -> PartialDate | None:
        day = self.facts.get("start_date") or self.facts.get("date")
        return self.first or (PartialDate.parse(day) if day else None)

    def _year(self) -> int | None:
        found = re.findall(
            r"(?<!\d)(?:19|20)\d\d(?!\d)", f"{self.facts.get('name', '')} {self.document.title}"
        )
        return int(found[0]) if len(set(found)) == 1 else None

    def _read_days_of_title(self) -> None:
        """Take the days from the name or the page's title: “Example Conf - July 13-14 2026”."""
        if "date" in self.facts or "start_date" in self.facts:
            return
        for text in (str(self.facts.get("name", "")), self.document.title):
            for part in re.split(_BETWEEN_PARTS, text):
                if _is_date(part) and (facts := facts_of("date", Line(part))):
                    self.facts |= facts
                    return

    def _read_front_matter(self) -> None:
        """Take facts from the front matter; what is none is left."""
        for key, value in self.document.front.items():
            text = str(value)
            if key == "title" and _is_name(text):
                self.facts["name"] = text
            elif isinstance(value, str) and (known := key_of(key)) in (
                "date",
                "venue",
                "url",
                "name",
                "topics",
            ):
                self.facts = merged(self.facts, facts_of(known, Line(text)))
            elif text:
                self.rest.append(Line(f"{key}: {text}"))

    def _without_title(self, lines: list[Line]) -> list[Line]:
        """Take the name of the event from the first heading, from the first line, or the title."""
        told = [line for line in lines if line.kind != "blank"]
        named = [
            line
            for line in told
            if line.kind == "heading" and line.level == 1 and _is_name(line.text)
        ]
        _before, sections = sections_of(lines)
        if not named and self.document.is_prose and told and told[0].kind in ("text", "heading"):
            is_title = (
                not (sections and sections[0].heading is told[0] and sections[0].has_labels)
                and not labelled(told[0])
                and not times_before(told[0].text)
                and len(told[0].text) <= _LONGEST_NAME
                and told[0].text[-1:] not in "。."
            )
            named = told[:1] if is_title and _is_name(told[0].text) else []
        if named:
            self.facts.setdefault("name", named[0].text)
            return [line for line in lines if line is not named[0]]
        # “Schedule | Example Conf 2026”: one part is the page's, another the site's.
        parts = [part.strip() for part in re.split(_BETWEEN_PARTS, self.document.title)]
        if name := next((part for part in parts if _is_name(part)), ""):
            self.facts.setdefault("name", name)
        return lines

    def _without_facts(self, lines: list[Line]) -> list[Line]:
        """Take out lines with a word for a fact before it; a list may go on in the next line."""
        left: list[Line] = []
        number = 0
        while number < len(lines):
            line = lines[number]
            number += 1
            found = self._fact(lines, number - 1)
            if not found or not self._is_before_notes(lines, number - 1):
                left.append(line)
                continue
            key, value = found
            taken = [line]
            if value in lines[number : number + 2]:
                number = lines.index(value, number) + 1
            while number < len(lines) and line.kind == "item" and lines[number].kind == "text":
                value = replace(value, text=f"{value.text} {lines[number].text}")
                taken.append(lines[number])
                number += 1
            facts = facts_of(key, value)
            known = key in self.facts and key != "name"
            if not facts or known:
                left += taken
                continue
            self._set(facts)
            if value is line and self._begins_programme(line):
                left += taken
        return left

    def _begins_programme(self, line: Line) -> bool:
        """Return whether a line that is a day is the first of several, each with its programme."""
        days = {one.text for one in self.document.lines if _is_day(one)}
        return _is_day(line) and len(days) > 1

    def _fact(self, lines: Sequence[Line], number: int) -> tuple[str, Line] | None:
        """Return the key and the value that a line has, or that it and the next one have."""
        line = lines[number]
        if line.kind == "row":
            return self._fact_in_row(line)
        if line.kind in ("text", "item") and (found := labelled(line)):
            return found
        following = next(
            (one for one in lines[number + 1 : number + 3] if one.kind != "blank"), None
        )
        word = line.text.strip().rstrip(":：")
        is_label = line.is_strong or line.kind == "heading" or word != line.text.strip()
        key = key_of(word) if is_label and len(word) <= 20 else ""
        is_value = (
            following is not None
            and following.kind in ("text", "item", "heading")
            and len(following.text) <= 80
        )
        if key in _OF_ONE_LINE and following and is_value and not key_of(following.text):
            return key, following
        if (
            line.kind in ("text", "heading")
            and "date" not in self.facts
            and "start_date" not in self.facts
        ):
            return ("date", line) if _is_date(line.text) else None
        return None

    def _is_before_notes(self, lines: Sequence[Line], number: int) -> bool:
        """Return whether a line stands before the first section that is about something else."""
        headings = [line for line in lines[:number] if line.kind == "heading"]
        return not any(
            Section(line).role not in ("", "facts") or line.level > 3 for line in headings
        )

    def _fact_in_row(self, line: Line) -> tuple[str, Line] | None:
        cells = [cell for cell in line.cells if cell.lines] if line.kind == "row" else []
        if len(cells) != 2 or not (key := key_of(cells[0].text)):
            return None
        first = cells[1].lines[0]
        return key, replace(
            first,
            text=cells[1].text,
            links=tuple(link for one in cells[1].lines for link in one.links),
        )

    def _set(self, facts: Mapping[str, Any]) -> None:
        """Set facts; a page's heading that is another than the name stays."""
        title = self.facts.get("name")
        if title and "name" in facts:
            self.facts = {
                **facts,
                **{key: value for key, value in self.facts.items() if key != "name"},
            }
            if title != facts["name"]:
                self.facts["title"] = title
        else:
            self.facts = merged(self.facts, facts)

    def _add(self, draft: Draft) -> None:
        """Add a session or break, or what is told of one a second time."""
        if not draft.facts:
            self.rest += [line for line in draft.rest if line not in self.rest]
            return
        if draft.rest:
            self.rest += [Line(str(draft.facts.get("title", ""))), *draft.rest]
        if draft.is_break and "start" in draft.facts and draft in self.sessions:
            return
        known = next(
            (number for number, one in enumerate(self.sessions) if is_again(one, draft)), None
        )
        if known is None:
            self.sessions.append(draft)
            return
        facts = both(self.sessions[known].facts, draft.facts)
        self.sessions[known] = replace(self.sessions[known], facts=facts)

    def _add_sections(self, sections: Sequence[Section]) -> None:
        """Make sessions of sections, or add their notes to those that are known by their titles."""
        found = [slot_of(section) for section in sections]
        for draft, section in zip(drafts(found), sections, strict=False):
            notes = tuple(
                line
                for one in section.sections
                if one.role not in ("slides", "videos")
                for line in one.all_lines()
            )
            known = next((n for n, one in enumerate(self.sessions) if is_same(one, draft)), None)
            if known is None:
                self.sessions.append(replace(draft, notes=notes))
            else:
                facts = merged(self.sessions[known].facts, draft.facts)
                self.sessions[known] = replace(self.sessions[known], facts=facts, notes=notes)

    def _place(self, lines: Sequence[Line]) -> None:
        """Put each line where it belongs: into the notes, the files, or with what is left."""
        before, sections = sections_of(lines)
        self.rest += before
        for section in sections:
            self._place_section(section)

    def _place_section(self, section: Section) -> None:
        role = section.role
        if role in ("facts", "sessions", "files"):
            self.headings.setdefault(role, section.heading.text)
            files, others = files_in(section.lines) if role == "files" else ([], section.lines)
            if files:
                self.facts.setdefault("files", []).extend(files)
            self.rest += others
            for one in section.sections:
                self._place_section(one)
        elif role == "notes":
            self.notes += section.all_lines()
        else:
            target = self.notes if self.document.is_prose else self.rest
            target += [section.heading, *section.lines]
            for one in section.sections:
                self._place_section(one)


def _is_date(text: str) -> bool:
    """Return whether a line names the day of the event, and little else."""
    written = read(text) or read_beginning(text)
    return written is not None and bool(written.days) and bool(written.days[0].day)


def _is_day(line: Line) -> bool:
    """Return whether a line begins with a day, or names one and nothing else."""
    is_day = says_only_day(line.text) or begins_with_date(line.text)
    return line.kind in ("text", "heading") and len(line.text) <= LONGEST_DAY and is_day


def _is_name(text: str) -> bool:
    """Return whether a heading may be the name of an event, and not that of a part of its pages."""
    is_part = same_key(text) in _NAVIGATION or role_of(text) or event_key(text) or is_room(text)
    return bool(text) and not is_part and not names_day(text) and not says_only_day(text)
