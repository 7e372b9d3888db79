"""Slots of a programme → sessions, and what the schedule holds beside them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ..core.key_words import VALUES, sharing
from ..core.names import comparable
from ..core.services import sign_of
from ..core.short_people import read_person
from ..core.urls import is_url
from .keys import is_room, session_key, session_kind
from .layouts import Layouts, Parts, best_layouts, part
from .lines import Line, Link
from .people import likelihood, people_in
from .slots import UNKNOWN, Slot
from .times import minutes_in, only_times

#: Keys of a session in the order in which authors write them.
_ORDER: Final = (
    "id title subtitle kind kind_text speakers date start end duration room track level language "
    "topics description slides videos links children"
).split()
_LABEL: Final = re.compile(r"(?P<word>[^:：\s][^:：]{0,20}?)\s*[:：]\s*(?P<value>\S.*)", re.DOTALL)
#: Empty brackets, and signs at the end.
_LEFT_BEHIND: Final = re.compile(r"[(（\[［【]\s*[)）\]］】]|\s*[/／|｜・,、:：–-]\s*$")
_WORDS_BEHIND: Final = re.compile(
    r"(?<=\S)(\s*[,、|/–-]\s*\[?(slides?|videos?|スライド|資料|動画)\]?)+\s*$|^\[(slides?|videos?)\]$",
    re.IGNORECASE,
)
_SHORT: Final = 40
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
#: Words of links that lead to slides or videos.
_RESOURCES: Final = {
    "slides": re.compile(
        r"\W*(発表|講演|登壇)?(slides?|slide ?deck|スライド|資料|deck)(資料|はこちら|を見る)?"
        r"\W*(\(?pdf\)?)?\W*",
        re.IGNORECASE,
    ),
    "videos": re.compile(
        r"\W*(発表|講演)?(video|movie|youtube|動画|録画|ビデオ|アーカイブ|recording)s?(はこちら|を見る)?\W*",
        re.IGNORECASE,
    ),
}


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
    readings = [_Reading.of(slot) for slot in slots]
    labels = _first_lines(readings)
    for reading in readings:
        reading.take_label(labels)
    tags = _tags(readings)
    for reading in readings:
        reading.take_tags(tags)
    layouts = best_layouts(line.text for one in readings for line in one.open_lines())
    people_first = _people_stand_first(readings)
    return [draft for one in readings for draft in one.drafts(layouts, people_first=people_first)]


def _tags(readings: Iterable["_Reading"]) -> Mapping[str, str]:
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


def _first_lines(readings: Iterable["_Reading"]) -> frozenset[str]:
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


def _people_stand_first(readings: Iterable["_Reading"]) -> bool:
    """Return whether people stand before titles, where both have lines of their own."""
    votes = 0.0
    for one in readings:
        lines = one.open_lines()
        if len(lines) > 1 and not one.keyed.get("title"):
            votes += likelihood(lines[0].text) - likelihood(lines[1].text)
    return votes > 0.5


@dataclass
class _Reading:
    """The lines of a slot, sorted by what they say; ``free`` are those that say it themselves."""

    facts: dict[str, Any]
    free: list[Line] = field(default_factory=list)
    keyed: dict[str, list[Line]] = field(default_factory=dict)
    resources: dict[str, list[Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, slot: Slot) -> "_Reading":
        """Sort the lines of a slot."""
        reading = cls({key: value for key, value in slot.facts.items() if value})
        label, is_heading, is_used = "", False, False
        for line in slot.lines:
            # What a heading names goes on to the next one, another label to the next blank line.
            if line.kind == "heading" or (line.kind == "blank" and is_used and not is_heading):
                label = ""
            if named := _label(line, is_first=not reading.free):
                label, is_heading, is_used = named, line.kind == "heading", False
            else:
                reading._sort(line, label)
                is_used = is_used or line.kind != "blank"
        if len(reading.keyed.get("title", ())) > 1:
            # The page names all of them so, and its order tells more.
            reading.free[:0] = [replace(line, key="") for line in reading.keyed.pop("title")]
        return reading

    def _sort(self, line: Line, label: str) -> None:
        rest = self._without_resources(line, label)
        if not rest.text and rest.kind != "blank":
            return
        labelled = _LABEL.fullmatch(rest.text)
        if labelled and (key := _key(labelled["word"])) and not rest.key:
            self._sort(rest.with_text(labelled["value"]), key)
        elif label in ("slides", "videos") and (status := sharing(rest.text)):
            self.resources.setdefault(label, []).append({"status": status[0], "text": rest.text})
        elif (minutes := minutes_in(rest.text)) and not label:
            self.facts.setdefault("duration", str(minutes))
        elif (times := only_times(rest.text)) and times.end and not label:
            # Its own times are more exact than those of the row that it begins in.
            self.facts |= {"start": times.start, "end": times.end}
        elif key := label or rest.key:
            self.keyed.setdefault(key, []).append(rest)
        else:
            self.free.append(rest)

    def _without_resources(self, line: Line, label: str) -> Line:
        """Take out links to slides and videos, and the words that lead there."""
        text = line.text
        for link in line.links:
            if not is_url(link.url):
                continue
            key = _resource_key(link, label)
            if key:
                self.resources.setdefault(key, []).append(link.url)
                if link.text == link.url or _RESOURCES[key].fullmatch(link.text):
                    text = text.replace(link.text, "", 1)
            elif link.text == link.url == text.strip():
                self.resources.setdefault("links", []).append(link.url)
                text = ""
        if text != line.text:
            text = _LEFT_BEHIND.sub("", text)
        # Of links that were copied as text, the words alone are left.
        return line.with_text(_WORDS_BEHIND.sub("", text).strip(" \t|｜"))

    def take_label(self, labels: Set[str]) -> None:
        """Move the first line, if it says what kind of session it is."""
        if (
            len(self.open_lines()) > 1
            and comparable(self.free[0].text) in labels
            and not is_room(self.free[0].text)
        ):
            text = self.free.pop(0).text
            self.facts |= {"kind": session_kind(text) or "other", "kind_text": text}

    def take_tags(self, tags: Mapping[str, str]) -> None:
        """Move lines that are the value of a key."""
        for line in list(self.free):
            if key := tags.get(comparable(line.text)):
                self.free.remove(line)
                self._set_tag(key, line.text)

    def _set_tag(self, key: str, text: str) -> None:
        value = session_kind(text) if key == "kind" else text
        self.facts.setdefault(key, value)

    def open_lines(self) -> list[Line]:
        """Return the lines that may have the title or people, without blank ones."""
        return [line for line in self.free if line.kind != "blank"]

    def drafts(self, layouts: Layouts, *, people_first: bool) -> Iterator[Draft]:
        """Yield what the slot is about."""
        lines = [*self.keyed.pop("title", []), *self.open_lines()]
        lines = [
            line
            for number, line in enumerate(lines)
            if not (number and line.key == "" and self._is_named(line))
        ]
        if not lines:
            if self.keyed or self.resources:
                yield self._draft("", [], [], layouts)
            return
        parts = [part(line.text, layouts) for line in lines]
        several = [] if self.keyed or len(lines) < 2 else _several(lines, parts)
        for title, people in several:
            yield _Reading(dict(self.facts))._draft(title, people, [], layouts)
        if not several:
            yield self._one(lines, parts, layouts, people_first=people_first)

    def _is_named(self, line: Line) -> bool:
        """Return whether a line says no more than who speaks, which another line has said."""
        return any(
            comparable(line.text) in comparable(one.text) for one in self.keyed.get("speakers", ())
        )

    def _one(
        self, lines: list[Line], parts: list[Parts], layouts: Layouts, *, people_first: bool
    ) -> Draft:
        at = self._title_at(lines, people_first=people_first)
        title, rest = parts[at], [line for number, line in enumerate(lines) if number != at]
        people = []
        if "speakers" in self.keyed:
            title = Parts(lines[at].text)
        elif title.people:
            people = [lines[at].with_text(title.people)]
        only = part(rest[0].text, layouts) if len(rest) == 1 else None
        if only and only.people and _session_kind(title.title) and not people:
            # “Keynote”, and the only talk there: that is the title.
            self.facts |= {"kind": _session_kind(title.title), "kind_text": title.title}
            return self._draft(only.title, [rest[0].with_text(only.people)], [], layouts)
        children = self._children(rest, layouts)
        if not children and not people and "speakers" not in self.keyed:
            people, rest = _people_beside(
                lines[:at], [line for line in rest if line not in lines[:at]]
            )
        if rest and rest[0] in lines[:at] and (kind := _session_kind(rest[0].text)):
            self.facts |= {"kind": kind, "kind_text": rest.pop(0).text}
        title_lines = [
            line.text
            for line in rest
            if line.kind == "heading" and at < lines.index(line) <= at + 1
        ]
        if title_lines and lines[at].kind == "heading":
            # A heading below the title goes on with it.
            title = Parts(f"{title.title} {title_lines[0]}")
            rest = [line for line in rest if line.text != title_lines[0]]
        return self._draft(title.title, people, rest, layouts, children)

    def _title_at(self, lines: list[Line], *, people_first: bool) -> int:
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
            people_first
            and len(lines) > 1
            and likelihood(lines[0].text) > likelihood(lines[1].text)
        )
        return 1 if is_second else 0

    def _children(self, lines: list[Line], layouts: Layouts) -> list[dict[str, Any]]:
        """Return the talks of a slot that has a title, and take them out of the lines."""
        parts = [(line, part(line.text, layouts)) for line in lines]
        talks = [(line, one) for line, one in parts if one.people]
        if len(talks) < 2 or len(talks) < len(parts) / 2 or "speakers" in self.keyed:
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
                {"title": _title(one.title), "speakers": people_in([line.with_text(one.people)])}
            )
            for line, one in parts
        ]

    def _draft(
        self,
        title: str,
        people: list[Line],
        rest: list[Line],
        layouts: Layouts,
        children: Sequence[Mapping[str, Any]] = (),
    ) -> Draft:
        facts: dict[str, Any] = dict(self.facts)
        unknown = tuple(self.keyed.pop(UNKNOWN, ()))
        if not title and self.keyed.get("speakers"):
            # “Opening” stands among the speakers, where it has none.
            title = self.keyed["speakers"].pop(0).text
        speakers, biographies = _people_and_more([*people, *self.keyed.pop("speakers", [])])
        affiliations = [line.text for line in self.keyed.pop("affiliation", [])]
        facts["speakers"] = people_in(speakers, affiliations)
        description = [*self.keyed.pop("description", []), *rest, *biographies]
        for key, lines in self.keyed.items():
            facts.setdefault(key, " / ".join(dict.fromkeys(line.text for line in lines)))
        for key, found in self.resources.items():
            different = list(_distinct(found))
            facts[key] = different if len(different) > 1 else different[0]
        facts["description"] = "\n\n".join(line.markdown or line.text for line in description)
        facts["children"] = list(children)
        kind = _break_kind(title) if not facts["speakers"] and not children else ""
        if kind:
            facts |= {"title": title, "kind": kind, "speakers": []}
            return Draft(_in_order(facts), is_break=True, rest=unknown)
        facts["title"] = _title(title)
        if minutes := _MINUTES_BEHIND.fullmatch(facts["title"]):
            facts["title"] = minutes[1]
            if "end" not in facts:
                facts["duration"] = minutes[2]
        facts.setdefault("kind", _session_kind(title))
        return Draft(_in_order(facts), rest=unknown)


def _distinct(values: Iterable[Any]) -> Iterator[Any]:
    seen: list[Any] = []
    for value in values:
        if value not in seen:
            seen.append(value)
            yield value


def _in_order(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts as authors order them, without empty ones."""
    return {key: facts[key] for key in (*_ORDER, *facts) if facts.get(key)}


def _key(word: str) -> str:
    key = session_key(word)
    return (
        key
        if key
        in (
            "speakers",
            "room",
            "track",
            "level",
            "language",
            "slides",
            "videos",
            "description",
            "topics",
        )
        else ""
    )


def _label(line: Line, *, is_first: bool) -> str:
    """Return the key that a line names for those behind it."""
    word = line.text.strip().rstrip(":：").strip()
    is_label = line.is_strong or line.kind == "heading" or word != line.text.strip() or not is_first
    return _key(word) if is_label and len(word) <= 20 else ""


def _resource_key(link: Link, label: str) -> str:
    for key, pattern in _RESOURCES.items():
        if pattern.fullmatch(link.text):
            return key
    sign = sign_of(link.url)
    by_sign = {"slides": "slides", "pdf": "slides", "video": "videos"}.get(sign, "")
    return by_sign or (label if label in ("slides", "videos") else "")


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


def _people_beside(before: list[Line], behind: list[Line]) -> tuple[list[Line], list[Line]]:
    """Part the lines before and behind a title into people, and the others."""
    if before and likelihood(before[-1].text) >= 0.3:
        return [before[-1]], [*before[:-1], *behind]
    number = 0
    while number < len(behind) and likelihood(behind[number].text) >= (0.5 if number == 0 else 0.8):
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


def _words(key: str) -> Mapping[str, str]:
    rows = VALUES[key].items()
    return {word.rstrip("+"): value for value, words in rows for word in f"{value} {words}".split()}


def _break_kind(title: str) -> str:
    """Return which kind of break a title says, if it says nothing else."""
    plain = (
        re.sub(r"[(（\[【].*?[)）\]】]", "", unicodedata.normalize("NFKC", title)).strip().lower()
    )
    best = ""
    for word, kind in _words("Slot.kind").items():
        said = word.replace("_", " ")
        if said in ("other", "その他", "misc", "social", "tea", "rest", "welcome", "挨拶"):
            pattern = rf"\W*{re.escape(said)}\W*"
        else:
            pattern = (
                rf".{{0,6}}\b{re.escape(said)}\b.{{0,14}}"
                if said.isascii()
                else rf".{{0,6}}{re.escape(said)}.{{0,10}}"
            )
        if re.fullmatch(pattern, plain) and len(said) > len(best):
            best, found = said, kind
    return found if best else ""


def _session_kind(title: str) -> str:
    """Return the kind that a title begins with, or that it is."""
    match = re.match(
        r"[\[［【(（<]([^\[\]］】)）>]+)[\]］】)）>]|([^:：\s]{2,20}?)\s*[:：]|(.{2,20})$",
        title.strip(),
    )
    word = next(filter(None, match.groups())) if match else ""
    kind = session_kind(word)
    return kind if kind != "talk" else ""
