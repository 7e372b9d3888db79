"""The lines of a slot, sorted by what they say as far as each says it alone."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ..core.key_words import sharing
from ..core.names import comparable
from ..core.services import sign_of
from ..core.urls import is_url
from .keys import break_kind, is_name_of_person, is_room, session_key, session_kind
from .lines import Line, Link
from .people import likelihood
from .slots import Slot
from .times import minutes_in, only_times

#: Keys that stand as words before their values.
_LABELLED: Final = frozenset(
    "title speakers room track level language slides videos description topics".split()
)
_LABEL: Final = re.compile(r"(?P<word>[^:：\s][^:：]{0,20}?)\s*[:：]\s*(?P<value>\S.*)", re.DOTALL)
#: Empty brackets, and signs at the end.
_LEFT_BEHIND: Final = re.compile(r"[(（\[［【]\s*[)）\]］】]|\s*[/／|｜・,、:：–-]\s*$")
_WORDS_BEHIND: Final = re.compile(
    r"(?<=\S)(\s*[,、|/–-]\s*\[?(slides?|videos?|スライド|資料|動画)\]?)+\s*$|^\[(slides?|videos?)\]$",
    re.IGNORECASE,
)
#: A line that ends with how long something takes.
MINUTES_AT_END: Final = re.compile(
    r"(?P<text>.*\S)\s+(?P<minutes>[(（\[]?\d{1,3}\s*(?:分間?|min(?:ute)?s?\.?)[)）\]]?)", re.DOTALL
)
QUESTIONS: Final = re.compile(
    r"質疑(応答)?|Q ?[&＆] ?A|questions?( (and|&) answers)?", re.IGNORECASE
)
#: A line of its own that says who speaks.
_BY: Final = re.compile(
    r"(?:(?P<kind>\w[\w ]{1,20}?)\s)??(?:presented\s+)?by\s*[:：]?\s+(?P<people>\S.*)",
    re.IGNORECASE,
)
_LONGEST_BY: Final = 100
#: A longer line than that has to name people, and nothing else.
_LONGEST_LIST: Final = 1_000
_LIKELY: Final = 0.8
_LONGEST_BREAK: Final = 20
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


@dataclass
class SlotLines:
    """The lines of a slot, sorted by what they say; ``free`` are those that say it themselves."""

    facts: dict[str, Any]
    free: list[Line] = field(default_factory=list)
    keyed: dict[str, list[Line]] = field(default_factory=dict)
    resources: dict[str, list[Any]] = field(default_factory=dict)
    #: Lines that name a break, or time for questions, behind what the slot is about.
    asides: list[Line] = field(default_factory=list)

    @classmethod
    def of(cls, slot: Slot) -> "SlotLines":
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
        has_title = bool(self.free or self.keyed.get("title"))
        by = by_in(rest.text) if has_title else None
        if has_title and not label and not rest.key and _is_aside_line(rest.text):
            self.asides.append(rest)
        elif by and not rest.key and not label:
            if by["kind"]:
                self.take_kind(rest.with_text(by["kind"]))
            self._sort(rest.with_text(by["people"]), "speakers")
        elif labelled and (key := _key(labelled["word"])) and not rest.key:
            self._sort(rest.with_text(labelled["value"]), key)
        elif label in ("slides", "videos") and (status := sharing(rest.text)):
            self.resources.setdefault(label, []).append({"status": status[0], "text": rest.text})
        elif (minutes := minutes_in(rest.text)) and not label:
            self.facts.setdefault("duration", str(minutes))
        elif (times := only_times(rest.text)) and times.end and not label:
            # Its own times are more exact than those of the row that it begins in.
            self.facts |= {"start": times.start, "end": times.end}
        elif key := label or rest.key:
            self.keyed.setdefault(key, []).append(
                replace(rest, key=key) if label == "title" else rest
            )
        elif not (self.free and rest.text and rest.text == self.free[-1].text):
            # What stands there twice is a picture's text and the text beside it.
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
        lines = self.open_lines()
        if len(lines) > 1 and comparable(lines[0].text) in labels and not is_room(lines[0].text):
            self.free.remove(lines[0])
            self.take_kind(lines[0])

    def take_kind(self, line: Line, kind: str = "") -> None:
        """Take a line for what kind of session it is."""
        self.facts |= {
            "kind": kind or session_kind(line.text) or "other",
            "kind_text": line.text,
        }

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

    def has_speaker(self, line: Line) -> bool:
        """Return whether a line says no more than who speaks, which another line has said."""
        text = comparable(line.text)
        return any(text in comparable(one.text) for one in self.keyed.get("speakers", ()))


def by_in(text: str) -> re.Match[str] | None:
    """Return who speaks, of a line that says it: “by Ken Mori”, “Workshop by Ken Mori”."""
    found = _BY.fullmatch(text) if len(text) <= _LONGEST_LIST else None
    if found is None or (found["kind"] and not session_kind(found["kind"])):
        return None
    is_list = len(text) > _LONGEST_BY and likelihood(found["people"]) >= _LIKELY
    return found if is_list or len(text) <= _LONGEST_BY else None


def is_aside(text: str) -> bool:
    """Return whether a text names nothing but a break, or time for questions."""
    return bool(QUESTIONS.fullmatch(text) or (len(text) <= _LONGEST_BREAK and break_kind(text)))


def _is_aside_line(text: str) -> bool:
    """Return whether a line does that, with or without how long it takes."""
    parts = MINUTES_AT_END.fullmatch(text)
    return is_aside(parts["text"]) if parts else bool(QUESTIONS.fullmatch(text))


def label_of(text: str) -> str:
    """Return the key of a session that a word before a colon means, or nothing."""
    labelled = _LABEL.fullmatch(text)
    return _key(labelled["word"]) if labelled else ""


def _key(word: str) -> str:
    key = session_key(word)
    # A name may be that of a person.
    is_name = key == "title" and is_name_of_person(word)
    return key if key in _LABELLED and not is_name else ""


def _label(line: Line, *, is_first: bool) -> str:
    """Return the key that a line names for those behind it."""
    if any(is_url(link.url) and link.text == line.text for link in line.links):
        # It leads to what it names.
        return ""
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
