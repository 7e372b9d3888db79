"""Slots of a programme → sessions, and what the schedule holds beside them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from ..core.names import comparable
from ..core.short_people import read_person
from .keys import break_kind, is_room, session_kind
from .layouts import Layouts, Parts, best_layouts, part
from .lines import Line
from .people import likelihood, people_in
from .slot_lines import MINUTES_AT_END, QUESTIONS, SlotLines, is_aside
from .slots import UNKNOWN, Slot

#: Keys of a session in the order in which authors write them.
_ORDER: Final = (
    "id title subtitle kind kind_text speakers date start end duration room track level language "
    "topics description slides videos links children"
).split()
_SHORT: Final = 40
#: Above this, a line names people.
_LIKELY: Final = 0.8
_LONGEST_PERSON: Final = 120
#: What many slots begin with is what kind of session they are.
_FEWEST_LABELS: Final = 3
_SHORT_LABEL: Final = 20
#: In quotes as a whole.
_QUOTED: Final = re.compile(
    r"『([^『』]+)』|「([^「」]+)」|｢((?:「[^」]*」|[^｢｣])+)｣|“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»|„([^„“]+)“"
)
#: How long it takes, behind a title.
_MINUTES_BEHIND: Final = re.compile(
    r"(.*\S)\s*[(（\[]\s*(\d{1,3})\s*(?:min(?:ute)?s?\.?|分間?)\s*[)）\]]"
)
_LEVELS: Final = re.compile(
    r"(beginner|intermediate|advanced|all|初級|中級|上級|初心者|入門)(者?向け| level)?s?",
    re.IGNORECASE,
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
    readings = [SlotLines.of(slot) for slot in _with_minutes_apart(slots)]
    labels = _first_lines(readings)
    for reading in readings:
        reading.take_label(labels)
    tags = _tags(readings)
    for reading in readings:
        reading.take_tags(tags)
    way = _Way.of(readings)
    found: list[Draft] = []
    for one, later in zip(readings, _later_starts(readings), strict=True):
        found += [*_drafts_of(one, way), *_asides(one, later)]
    return found


def _with_minutes_apart(slots: Sequence[Slot]) -> list[Slot]:
    """Part the lines that end with how long a session takes, where many do, into two."""
    ends = [bool(MINUTES_AT_END.fullmatch(line.text)) for slot in slots for line in slot.lines]
    if sum(ends) < max(_FEWEST_LABELS, len(slots) / 3):
        return list(slots)
    return [replace(one, lines=tuple(_parted_lines(one.lines))) for one in slots]


def _parted_lines(lines: Iterable[Line]) -> Iterator[Line]:
    for number, line in enumerate(lines):
        parts = MINUTES_AT_END.fullmatch(line.text)
        if parts is None or (number and is_aside(parts["text"])):
            yield line
        else:
            yield line.with_text(parts["text"])
            yield Line(parts["minutes"])


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


@dataclass(frozen=True, slots=True)
class _Way:
    """How a document writes titles and people.

    :param layouts: The layouts of lines that have both.
    :param people_first: Whether people stand before titles, where both have lines of their own.
    :param people_behind: Whether the line behind a title names people, in most of its slots.
    """

    layouts: Layouts
    people_first: bool
    people_behind: bool

    @classmethod
    def of(cls, readings: Sequence[SlotLines]) -> "_Way":
        """Find out how a document does."""
        layouts = best_layouts(line.text for one in readings for line in one.open_lines())
        seconds = [lines[1] for one in readings if len(lines := one.open_lines()) > 1]
        named = [line for line in seconds if likelihood(line.text) >= _LIKELY]
        is_usual = len(named) >= _FEWEST_LABELS and len(named) > len(seconds) / 2
        return cls(layouts, _people_stand_first(readings), is_usual)

    def least(self) -> float:
        """Return how likely the line behind a title must name people to be taken for them."""
        return 0.3 if self.people_behind else 0.5


def _tags(readings: Iterable[SlotLines]) -> Mapping[str, str]:
    """Return short lines that many slots have, by what they say: rooms, tracks, kinds, levels."""
    counts = Counter(
        comparable(line.text)
        for one in readings
        for line in {line.text: line for line in one.free}.values()
        if len(line.text) <= _SHORT
    )
    found = {}
    for text, count in counts.items():
        if key := _tag(text, is_repeated=count >= 3):
            found[text] = key
    return found


def _first_lines(readings: Iterable[SlotLines]) -> frozenset[str]:
    """Return what stands in many slots before everything else: what kind of session it is."""
    firsts = Counter(comparable(one.free[0].text) for one in readings if len(one.open_lines()) > 1)
    return frozenset(
        text
        for text, count in firsts.items()
        if count >= _FEWEST_LABELS and len(text) <= _SHORT_LABEL
    )


def _tag(text: str, *, is_repeated: bool) -> str:
    """Return the key that a short line is the value of."""
    if _LEVELS.fullmatch(text):
        return "level"
    if is_repeated and is_room(text):
        return "track" if re.search(r"track|トラック", text, re.IGNORECASE) else "room"
    if is_repeated and session_kind(text):
        return "kind"
    return ""


def _people_stand_first(readings: Iterable[SlotLines]) -> bool:
    """Return whether people stand before titles, where both have lines of their own."""
    votes = 0.0
    for one in readings:
        lines = one.open_lines()
        if len(lines) > 1 and not one.keyed.get("title"):
            votes += likelihood(lines[0].text) - likelihood(lines[1].text)
    return votes > 0.5


def _drafts_of(slot: SlotLines, way: _Way) -> Iterator[Draft]:
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
        yield _draft_of(slot, lines, way, _title_at(lines, people_first=way.people_first))


def _draft_of(slot: SlotLines, lines: list[Line], way: _Way, at: int) -> Draft:
    """Return the draft of a slot whose title is in one of its lines."""
    layouts = way.layouts
    before, behind = lines[:at], lines[at + 1 :]
    has_speakers = "speakers" in slot.keyed
    # Who has a line of their own stands in no other.
    is_named_behind = bool(behind) and likelihood(behind[0].text) >= _LIKELY
    is_whole = has_speakers or (way.people_behind and is_named_behind)
    title = Parts(lines[at].text) if is_whole else part(lines[at].text, layouts)
    people = [lines[at].with_text(title.people)] if title.people else []
    if not people and len(lines) == 2 and (talk := _only_talk(title.title, lines, at, layouts)):
        slot.facts |= {"kind": _session_kind(title.title), "kind_text": title.title}
        return _draft(slot, talk.title, [lines[1 - at].with_text(talk.people)], [])
    if lines[at].kind == "heading" and behind and behind[0].kind == "heading":
        # A heading below the title goes on with it.
        title = title._replace(title=f"{title.title} {behind.pop(0).text}")
    children = [] if has_speakers else _take_children(behind, layouts)
    rest = [*before, *behind]
    if not (children or people or has_speakers):
        people, rest = _people_beside(before, behind, way.least())
    if rest and rest[0] in before and (kind := _session_kind(rest[0].text)):
        slot.facts |= {"kind": kind, "kind_text": rest.pop(0).text}
    return _draft(slot, title.title, people, rest, children)


def _only_talk(title: str, lines: Sequence[Line], at: int, layouts: Layouts) -> Parts | None:
    """Return the talk in the other of two lines, if the title says only what kind it is."""
    other = part(lines[1 - at].text, layouts)
    return other if other.people and _session_kind(title) else None


def _title_at(lines: Sequence[Line], *, people_first: bool) -> int:
    """Return which line has the title: one in quotes, a heading, one in bold, or the first."""
    quoted = [number for number, line in enumerate(lines) if _QUOTED.fullmatch(line.text)]
    is_title = lines[0].key == "title" and not (quoted and likelihood(lines[0].text) >= 0.3)
    if is_title or (len(quoted) == 1 and quoted[0] <= 2):
        return 0 if is_title else quoted[0]
    for number, line in enumerate(lines):
        if line.kind == "heading":
            return number
    strong = [number for number, line in enumerate(lines) if line.is_strong]
    if len(strong) == 1:
        return strong[0]
    is_second = (
        people_first and len(lines) > 1 and likelihood(lines[0].text) > likelihood(lines[1].text)
    )
    return 1 if is_second else 0


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
        _in_order({"title": _title(one.title), "speakers": people_in([line.with_text(one.people)])})
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
    if not is_attended and (kind := "other" if QUESTIONS.fullmatch(title) else break_kind(title)):
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
    title = _title(text)
    found = {"title": title} if "kind" in facts else {"title": title, "kind": _session_kind(text)}
    minutes = _MINUTES_BEHIND.fullmatch(title)
    if minutes is None:
        return found
    return found | {"title": minutes[1]} | ({} if "end" in facts else {"duration": minutes[2]})


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


def _people_beside(
    before: list[Line], behind: list[Line], least: float
) -> tuple[list[Line], list[Line]]:
    """Part the lines before and behind a title into people, and the others."""
    if before and likelihood(before[-1].text) >= 0.3:
        return [before[-1]], [*before[:-1], *behind]
    number = 0
    while number < len(behind) and likelihood(behind[number].text) >= (
        least if number == 0 else _LIKELY
    ):
        number += 1
    return behind[:number], [*before, *behind[number:]]


def _people_and_more(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Part lines about people into names, and what is told of them.

    A line that is no name says where the one before it works.
    """
    people: list[Line] = []
    others: list[Line] = []
    for line in lines:
        if len(line.text) > _LONGEST_PERSON or re.search(r"。|\.\s+[A-Z]", line.text):
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


def _title(text: str) -> str:
    """Return a title without quotes that are all around it."""
    match = _QUOTED.fullmatch(text.strip())
    return next(filter(None, match.groups())).strip() if match else text.strip()


def _session_kind(title: str) -> str:
    """Return the kind that a title begins with, or that it is."""
    match = re.match(
        r"[\[［【(（<]([^\[\]］】)）>]+)[\]］】)）>]|([^:：\s]{2,20}?)\s*[:：]|(.{2,20})$",
        title.strip(),
    )
    word = next(filter(None, match.groups())) if match else ""
    kind = session_kind(word)
    return kind if kind != "talk" else ""
