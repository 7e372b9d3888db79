"""Slots of a programme → sessions, and what the schedule holds beside them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from ..core.short_people import read_person
from .keys import break_kind, session_kind, slot_kind
from .layouts import Layouts, Parts, part
from .lines import Line
from .people import likelihood, parted, people_in
from .repeated import first_lines, tags_of, take_numbers, with_minutes_apart
from .slot_lines import MINUTES_AT_END, QUESTIONS, SlotLines
from .slots import UNKNOWN, Slot
from .talks import talks_apart
from .ways import LIKELY, Way, without_quotes

#: Keys of a session in the order in which authors write them.
_ORDER: Final = (
    "id title subtitle kind kind_text speakers date start end duration room track level language "
    "topics description slides videos links children"
).split()
_SHORT: Final = 40
_LONGEST_PERSON: Final = 120
#: The end of a sentence, and no initial or title of somebody.
_SENTENCE: Final = re.compile(
    r"。|(?<!\b[A-Z])(?<!\b[DMJS]r)(?<!\bProf)(?<!\bSt)(?<!\bInc)(?<!\bLtd)(?<!\bCorp)\.\s[A-Z]"
)
#: How long it takes, behind a title.
_MINUTES_BEHIND: Final = re.compile(
    r"(.*\S)\s*[(（\[]\s*(\d{1,3})\s*(?:min(?:ute)?s?\.?|分間?)\s*[)）\]]"
)


@dataclass(frozen=True)
class Draft:
    """A session or slot: the facts by key, whether it is a break, and its notes.

    ``rest`` are lines that say something for which there is no key.
    """

    facts: Mapping[str, Any]
    is_break: bool = False
    notes: tuple[Line, ...] = ()
    rest: tuple[Line, ...] = ()


def drafts(slots: Sequence[Slot]) -> list[Draft]:
    """Return what slots of one document are about.

    :param slots: The slots, of which all together tell how the document writes titles and people.
    :returns: A draft of each session and break; lines with several talks give several.
    """
    readings = [SlotLines.of(slot) for slot in talks_apart(with_minutes_apart(slots))]
    take_numbers(readings)
    labels = first_lines(readings)
    for reading in readings:
        reading.take_label(labels)
    tags = tags_of(readings)
    for reading in readings:
        reading.take_tags(tags)
    way = Way.of(readings)
    found: list[Draft] = []
    for one, later in zip(readings, _later_starts(readings), strict=True):
        found += [*_drafts_of(one, way), *_asides(one, later)]
    return found


def _later_starts(readings: Sequence[SlotLines]) -> Iterator[str]:
    """Yield for each slot when the first one begins that does so later on its day."""
    for number, one in enumerate(readings):
        start, day = one.facts.get("start", ""), one.facts.get("date")
        yield next(
            (
                later.facts["start"]
                for later in readings[number + 1 :]
                if later.facts.get("start", "") > start and later.facts.get("date") == day
            ),
            "",
        )


def _asides(slot: SlotLines, later: str) -> Iterator[Draft]:
    """Yield the breaks that lines of a slot name, which end when the next slot begins."""
    for line in slot.asides:
        parts = MINUTES_AT_END.fullmatch(line.text)
        minutes = int(re.findall(r"\d+", parts["minutes"])[0]) if parts else 0
        title = parts["text"] if parts else line.text
        kind = break_kind(title)
        if kind and minutes and later:
            hours, minute = map(int, later.split(":"))
            start = max(hours * 60 + minute - minutes, 0)
            facts = {
                "title": title,
                "kind": kind,
                **{key: slot.facts[key] for key in ("date",) if key in slot.facts},
                "start": f"{start // 60:02}:{start % 60:02}",
                "end": later,
            }
            yield Draft(_in_order(facts), is_break=True)
        else:
            yield Draft({}, is_break=True, rest=(line,))


def _drafts_of(slot: SlotLines, way: Way) -> Iterator[Draft]:
    """Yield what a slot is about."""
    lines = [*slot.keyed.pop("title", []), *slot.open_lines()]
    lines = lines[:1] + [one for one in lines[1:] if one.key or not slot.has_speaker(one)]
    if not lines:
        if slot.keyed or slot.resources:
            yield _draft(slot, "", [], [])
        return
    parts = [part(line.text, way.layouts) for line in lines]
    several = [] if slot.keyed or len(lines) < 2 else _several(lines, parts)
    for title, people in several:
        yield _draft(SlotLines(dict(slot.facts)), title, people, [])
    if not several:
        if way.has_kind_above(lines):
            slot.take_kind(lines.pop(0))
        yield _draft_of(slot, lines, way, way.title_at(lines))


def _draft_of(slot: SlotLines, lines: list[Line], way: Way, at: int) -> Draft:
    """Return the draft of a slot whose title is in one of its lines."""
    layouts = way.layouts
    before, behind = lines[:at], lines[at + 1 :]
    has_speakers = "speakers" in slot.keyed
    # Who has a line of their own stands in no other.
    is_whole = has_speakers or way.is_named_apart(before, behind)
    title = Parts(lines[at].text) if is_whole else part(lines[at].text, layouts)
    if title.people and break_kind(title.title) and likelihood(title.people) < LIKELY:
        # What stands beside the name of a break is where it is, rather.
        title = Parts(lines[at].text)
    people = [lines[at].with_text(title.people)] if title.people else []
    if not people and len(lines) == 2 and (talk := _only_talk(title.title, lines, at, layouts)):
        slot.facts |= {"kind": _session_kind(title.title), "kind_text": title.title}
        return _draft(slot, talk.title, [lines[1 - at].with_text(talk.people)], [])
    if lines[at].kind == "heading" and behind and behind[0].kind == "heading":
        # A heading below the title goes on with it.
        title = title._replace(title=f"{title.title} {behind.pop(0).text}")
    if title.title.endswith((":", "：")) and behind and not people:
        # So does a line behind a colon.
        title = title._replace(title=f"{title.title} {behind.pop(0).text}")
    children = [] if has_speakers else _take_children(behind, layouts)
    rest = [*before, *behind]
    if not (children or people or has_speakers):
        people, rest = way.people_beside(before, behind)
    if rest and (rest[0] in before or rest[0].kind == "heading"):
        kind = _session_kind(rest[0].text)
        if kind:
            slot.take_kind(rest.pop(0), kind)
    return _draft(slot, title.title, people, rest, children)


def _only_talk(title: str, lines: Sequence[Line], at: int, layouts: Layouts) -> Parts | None:
    """Return the talk in the other of two lines, if the title says only what kind it is."""
    other = part(lines[1 - at].text, layouts)
    return other if other.people and _session_kind(title) else None


def _take_children(lines: list[Line], layouts: Layouts) -> list[dict[str, Any]]:
    """Take the talks of a slot that has a title out of its lines, and return them."""
    parts = [(line, part(line.text, layouts)) for line in lines]
    talks = [(line, one) for line, one in parts if one.people]
    if len(talks) < 2 or len(talks) < len(parts) / 2:
        return []
    kinds = {line.kind for line, _ in talks}
    parts = [
        (line, one)
        for line, one in parts
        if one.people or (line.kind in kinds and line.kind == "item")
    ]
    for line, _one in parts:
        lines.remove(line)
    return [
        _in_order(
            {
                "title": without_quotes(one.title),
                "speakers": people_in([line.with_text(one.people)]),
            }
        )
        for line, one in parts
    ]


def _draft(
    slot: SlotLines,
    title: str,
    people: Sequence[Line],
    rest: Sequence[Line],
    children: Sequence[Mapping[str, Any]] = (),
) -> Draft:
    """Return the draft of a session or break.

    :param slot: What else is known of it.
    :param title: Its title.
    :param people: Lines with names.
    :param rest: Lines that describe it.
    :param children: The talks within it.
    :returns: The draft.
    """
    keyed = dict(slot.keyed)
    if not title and keyed.get("speakers"):
        # “Opening” stands among the speakers, where it has none.
        title = keyed["speakers"].pop(0).text
    unknown = tuple(keyed.pop(UNKNOWN, ()))
    speakers, biographies = _people_and_more([*people, *keyed.pop("speakers", [])])
    affiliations = [line.text for line in keyed.pop("affiliation", [])]
    description = [*keyed.pop("description", []), *rest, *biographies]
    facts: dict[str, Any] = {
        **{key: _joined(lines) for key, lines in keyed.items()},
        **slot.facts,
        **{key: _one_or_many(found) for key, found in slot.resources.items()},
        "speakers": people_in(speakers, affiliations),
        "description": "\n\n".join(line.markdown or line.text for line in description),
        "children": list(children),
    }
    is_attended = facts["speakers"] or children
    kind = "other" if QUESTIONS.fullmatch(title) else break_kind(title)
    kind = kind or slot_kind(str(facts.get("kind", "")))
    if kind and not is_attended:
        facts |= {"title": title, "kind": kind}
        return Draft(_in_order(facts), is_break=True, rest=unknown)
    return Draft(_in_order({**facts, **_facts_of_title(title, facts)}), rest=unknown)


def _joined(lines: Iterable[Line]) -> str:
    return " / ".join(dict.fromkeys(line.text for line in lines))


def _one_or_many(values: Iterable[Any]) -> Any:
    """Return different values as a list, and one alone as it is."""
    found = list(_distinct(values))
    return found if len(found) > 1 else found[0]


def _facts_of_title(text: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the title, and what it says beside that: the kind, and how long the session is."""
    title = _ended(without_quotes(text))
    found = {"title": title} if "kind" in facts else {"title": title, "kind": _session_kind(text)}
    minutes = _MINUTES_BEHIND.fullmatch(title)
    if minutes is None:
        return found
    return found | {"title": minutes[1]} | ({} if "end" in facts else {"duration": minutes[2]})


def _ended(title: str) -> str:
    """Return a title without a sign at its end, behind which people stand in others."""
    ended = title.rstrip("-–—―/／|｜")
    return ended.rstrip() if ended != title and ended[-1:].isspace() else title


def _distinct(values: Iterable[Any]) -> Iterator[Any]:
    seen: list[Any] = []
    for value in values:
        if value not in seen:
            seen.append(value)
            yield value


def _in_order(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts as authors order them, without empty ones."""
    return {key: facts[key] for key in (*_ORDER, *facts) if facts.get(key)}


def _several(lines: Sequence[Line], parts: Sequence[Parts]) -> list[tuple[str, list[Line]]]:
    """Return the talks of lines of which none is the title of the others, with their people."""
    if all(one.people for one in parts):
        return [
            (one.title, [line.with_text(one.people)])
            for line, one in zip(lines, parts, strict=True)
        ]
    pairs = list(zip(lines[::2], lines[1::2], strict=False))
    are_pairs = len(lines) % 2 == 0 and len(pairs) > 1
    if are_pairs and all(
        likelihood(people.text) > max(likelihood(title.text), 0.3) for title, people in pairs
    ):
        return [(title.text, [people]) for title, people in pairs]
    return []


def _people_and_more(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Part lines about people into names, and what is told of them.

    A line that is no name says where the one before it works.
    """
    people: list[Line] = []
    others: list[Line] = []
    for line in lines:
        if max(map(len, parted(line.text))) > _LONGEST_PERSON or _SENTENCE.search(line.text):
            others.append(line)
        elif (
            people
            and likelihood(line.text) < 0.5
            and read_person(people[-1].text).keys() == {"name"}
            and len(line.text) <= _SHORT
        ):
            people[-1] = replace(
                people[-1],
                text=f"{people[-1].text} ({line.text})",
                links=(*people[-1].links, *line.links),
            )
        else:
            people.append(line)
    return people, others


def _session_kind(title: str) -> str:
    """Return the kind that a title begins with, or that it is."""
    match = re.match(
        r"[\[［【(（<]([^\[\]］】)）>]+)[\]］】)）>]|([^:：\s]{2,20}?)\s*[:：]|(.{2,20})$",
        title.strip(),
    )
    word = next(filter(None, match.groups())) if match else ""
    kind = session_kind(word)
    return kind if kind != "talk" else ""
