"""Drafts → the texts of an event's files."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, Final, NamedTuple

import yaml

from ..core.dates import PartialDate
from ..core.model import Event
from ..core.names import ascii_words
from ..core.session_ids import title_id
from ..core.short_people import read_person
from ..yaml.dump import dump
from .checked import checked
from .days import is_date, resolved
from .events import EventDraft
from .forms import Forms, Markup
from .lines import Line, plain
from .notes import as_notes, links_in, with_links
from .sessions import Draft

_ORDER: Final = tuple(Event.model_fields)
#: What stands in the place of one day where an event has several.
_DAYS: Final = ("start_date", "end_date")
#: The level of the heading above general notes, and above those of a session.
_GENERAL: Final = 1
_WITHIN_SESSION: Final = 3
#: Ids are typed and read: of a title, its first words are enough.
_LONGEST_ID: Final = 40
_MOST_WORDS: Final = 5
_FEWEST_LETTERS: Final = 3


class Texts(NamedTuple):
    """The texts of an event's files, and how many lines found no place in them but the last."""

    facts: str
    report: str
    unplaced: int


def texts_of(draft: EventDraft, forms: Forms) -> Texts:
    """Return the texts of the files of an event.

    :param draft: What is known of it.
    :param forms: The forms to fill in.
    :returns: The texts.
    :raises InvalidValueError: if a form is no template.
    """
    draft = with_dates(draft)
    facts, rest = checked(_facts(draft))
    form, places = forms.facts(facts)
    form = _with_days(form, facts)
    in_form = yaml.safe_load(form) or {}
    others = {key: value for key, value in facts.items() if key not in in_form}
    # What the form says itself counts.
    rest += [
        dump({key: value}).rstrip("\n")
        for key, value in facts.items()
        if key in in_form and key not in (*places, *_DAYS)
    ]
    sessions = [
        {
            "id": one["id"],
            "title": one["title"],
            "notes": notes_text(notes, _WITHIN_SESSION) if forms.is_markdown else "",
        }
        for one, notes in _with_notes(facts, draft)
    ]
    left = [draft.rest]
    if not forms.is_markdown:
        left += [draft.notes, *(one.notes for one in draft.sessions)]
    unplaced = [*(line for lines in left for line in plain(lines).splitlines()), *rest]
    unplaced = [line for line in unplaced if line.strip()]
    report = forms.report(
        {
            **facts,
            "title": _text(facts.get("title") or facts.get("name")),
            "sessions": sessions,
            "notes": notes_text(draft.notes, _GENERAL) if forms.is_markdown else "",
            "headings": draft.headings,
            "rest": _as_they_are(unplaced, is_markdown=forms.is_markdown),
        }
    )
    return Texts(_ended(form) + dump(others), _tidy(report), len(unplaced))


def with_dates(draft: EventDraft, first: PartialDate | None = None) -> EventDraft:
    """Return a draft of which all days are dates, as an event's file has them.

    :param draft: The draft; some days may be known by their month and day, or by a number, alone.
    :param first: The event's first day; without it that of the draft.
    :returns: The draft. What was on other days is said among what is left.
    """
    stated = str(draft.facts.get("start_date") or draft.facts.get("date") or "")
    first = first or (PartialDate.parse(stated) if is_date(stated) else None)
    sessions, others = [], dict[str, list[str]]()
    for one in draft.sessions:
        named = str(one.facts.get("date", ""))
        day = resolved(named, first) if named else ""
        facts = {key: value for key, value in one.facts.items() if key != "date"}
        if day and not is_date(day):
            others.setdefault(day, []).append(str(facts.get("title", "")))
        elif day:
            facts = {key: day if key == "date" else value for key, value in one.facts.items()}
        sessions.append(replace(one, facts=facts))
    lines = [Line(f"{day}: {' / '.join(titles)}") for day, titles in others.items()]
    return replace(draft, sessions=tuple(sessions), rest=(*draft.rest, *lines))


def _with_days(form: str, facts: Mapping[str, Any]) -> str:
    """Write the first and the last day where the form has an empty line for one."""
    days = [f"{key}: {facts[key]}" for key in _DAYS if key in facts]
    return re.sub(r"^date:[ \t]*$", "\n".join(days), form, flags=re.MULTILINE) if days else form


def _text(value: Any) -> str:
    return str(next(iter(value.values()))) if isinstance(value, Mapping) else str(value or "")


def _facts(draft: EventDraft) -> dict[str, Any]:
    """Return all facts of a file, those of the programme included."""
    facts = dict(draft.facts)
    facts.setdefault("name", "")
    days = sorted({str(one.facts["date"]) for one in draft.sessions if one.facts.get("date")})
    stated = [str(facts[key]) for key in ("date", "start_date", "end_date") if key in facts]
    if days and (not stated or days[0] < min(stated) or days[-1] > max(stated)):
        days = sorted({*days, *stated})
        facts = {
            key: value
            for key, value in facts.items()
            if key not in ("date", "start_date", "end_date")
        }
        facts |= (
            {"date": days[0]} if len(days) == 1 else {"start_date": days[0], "end_date": days[-1]}
        )
    facts |= scheduled(draft.sessions, facts.get("date"), set())
    return {key: facts[key] for key in _ORDER if key in facts}


def scheduled(drafts: Iterable[Draft], only_day: str | None, taken: set[str]) -> dict[str, Any]:
    """Return the lists ``sessions`` and ``slots`` of a file, without those that are empty.

    :param drafts: What they hold.
    :param only_day: The event's day, if it has one alone: it need not be repeated.
    :param taken: Ids that other sessions have, to which these are added.
    :returns: The lists by their keys.
    """
    sessions, slots = [], []
    for one in drafts:
        left_out = ("id", *(("date",) if one.facts.get("date") == only_day else ()))
        own = {key: value for key, value in one.facts.items() if key not in left_out}
        if one.is_break:
            slots.append(own)
        else:
            sessions.append(_with_id(own, taken))
    found = {"slots": slots, "sessions": list(_by_day(sessions))}
    return {key: value for key, value in found.items() if value}


def _with_id(session: Mapping[str, Any], taken: set[str]) -> dict[str, Any]:
    """Return a session with an id, and so each within it."""
    identified = {"id": _id(session, taken), **session}
    if children := session.get("children"):
        identified["children"] = [_with_id(one, taken) for one in children]
    return identified


def _id(session: Mapping[str, Any], taken: set[str]) -> str:
    wanted = _short_id(session)
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    taken.add(found)
    return found


def _short_id(session: Mapping[str, Any]) -> str:
    """Return an id that people can type: of the title, of who speaks, or of when it begins."""
    title, start = str(session.get("title", "")), str(session.get("start", ""))
    speakers = session.get("speakers", ())
    if slug := _slug(title):
        return slug
    if speakers and (slug := _slug(_name_of(speakers[0]))):
        return slug
    return f"at-{start.replace(':', '')}" if start else title_id(title)


def _name_of(person: Any) -> str:
    found = person if isinstance(person, Mapping) else read_person(str(person))
    return str(found.get("name", ""))


def _slug(text: str) -> str:
    """Return the first words in Latin letters; nothing if they are too few to tell what it is."""
    slug = ""
    for word in ascii_words(text):
        longer = f"{slug}-{word}".strip("-")
        if slug and (len(longer) > _LONGEST_ID or longer.count("-") == _MOST_WORDS):
            break
        slug = longer
    letters = len(re.findall("[a-z]", slug))
    return slug[:_LONGEST_ID].strip("-") if letters >= _FEWEST_LETTERS else ""


def _by_day(sessions: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield sessions; those of a day that the event has beside others, in its group."""
    for day, group in groupby(sessions, lambda one: one.get("date")):
        if day is None:
            yield from group
        else:
            yield {
                "date": day,
                "sessions": [
                    {key: value for key, value in one.items() if key != "date"} for one in group
                ],
            }


def _with_notes(
    facts: Mapping[str, Any], draft: EventDraft
) -> Iterator[tuple[dict[str, Any], tuple[Line, ...]]]:
    """Yield each session of the file with the notes of its draft."""
    written: list[dict[str, Any]] = []
    for one in facts.get("sessions", ()):
        written += one.get("sessions", [one])
    found: dict[str, tuple[Line, ...]] = {}
    taken: set[str] = set()
    for one in draft.sessions:
        if not one.is_break:
            found[_with_id(one.facts, taken)["id"]] = one.notes
    for session in written:
        yield session, found.get(session["id"], ())


# Markdown


def notes_text(lines: Sequence[Line], above: int) -> Markup:
    """Return lines as Markdown.

    :param lines: The lines.
    :param above: The level of the heading that they stand below.
    :returns: The text, without blank lines around it.
    """
    levels = [line.level for line in lines if line.kind == "heading"]
    ahead = above + 1 - min(levels, default=above + 1)
    texts: list[str] = []
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        if line.kind == "heading":
            level = min(max(line.level + ahead, 1), 6)
            texts += ["", f"{'#' * level} {line.markdown or line.text}", ""]
        elif line.kind == "row":
            texts += _row(line, is_first=not (before and before.kind == "row"))
        else:
            if line.kind == "text" and before and before.kind == "text":
                # Each stood in a line of its own.
                texts[-1] += "\\"
            texts.append(line.markdown or line.text)
    body = as_notes(re.sub(r"\n{3,}", "\n\n", "\n".join(texts)).split("\n"), above)
    # What a page named beside it is not here.
    return Markup(with_links(body, {}, frozenset(links_in(body))))


def _row(line: Line, *, is_first: bool) -> list[str]:
    cells = [" ".join(one.markdown or one.text for one in cell.lines) for cell in line.cells]
    row = f"| {' | '.join(cells)} |"
    return ["", row, f"|{' --- |' * len(cells)}"] if is_first else [row]


def _as_they_are(lines: Sequence[str], *, is_markdown: bool) -> Markup:
    """Return lines as they are, for an author to move."""
    if not lines:
        return Markup()
    if not is_markdown:
        return Markup("\n".join(["::", "", *(f"   {line}" for line in lines)]))
    # None of them ends the block, nor what a form has around it.
    indented = (re.sub(r"^(?= {0,3}`{3})", " " * 4, line) for line in lines)
    return Markup("\n".join(["```text", *indented, "```"]))


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"


def _tidy(text: str) -> str:
    """Return a page with one blank line where a form has left several."""
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"
