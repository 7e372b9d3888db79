"""The headings of what somebody has written, and what each of its sections is."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from ..core.key_words import same_key
from ..core.names import comparable
from .lines import Line
from .slot_lines import label_of

#: What sections are called that hold others or facts, and those of a session.
_SECTIONS: Final = {
    "facts": "開催情報 開催概要 イベント情報 イベント概要 基本情報 概要 event_info "
    "event_information about_the_event event_details details information info",
    "sessions": "詳細 セッション セッション詳細 セッション一覧 各セッション プログラム "
    "タイムテーブル スケジュール 発表 講演 発表一覧 登壇 sessions talks session_notes "
    "notes_by_session schedule timetable agenda program programme",
    "files": "ファイル 添付 添付ファイル 添付資料 attachments attachment files",
    "slides": "スライド 資料 発表資料 講演資料 登壇資料 slides slide deck slide_deck materials",
    "videos": "動画 録画 ビデオ video videos recording",
}
_WORDS: Final = {
    same_key(word): section for section, words in _SECTIONS.items() for word in words.split()
}
#: What notes are called, alone or with another such word.
_NOTES: Final = re.compile(
    r"(全体の?|個人的な|主な|next |key |general |overall |my )?"
    r"(メモ|ノート|ポイント|要点|所感|感想|まとめ|印象|質疑応答|質疑|質問|q&a|qa|サマリー?|総括|考察"
    r"|気づき|学び|ネクスト ?アクション|アクション|次の?アクション|今後の?(アクション|予定)|todo"
    r"|notes?|memos?|points?|take-?aways?|impressions?|summary|thoughts|questions?|comments?"
    r"|actions?( items?)?|learnings?)",
    re.IGNORECASE,
)
_AND: Final = re.compile(r"\s*(?:と|および|及び|[・、/／&＆,+]|\band\b)\s*")

Role = Literal["", "facts", "sessions", "files", "slides", "videos", "notes"]


def role_of(heading: str) -> Role:
    """Return what a section is by its heading.

    :param heading: The heading.
    :returns: What it holds; nothing if its words do not say that.
    """
    plain = comparable(heading).strip(" :：")
    if all(_NOTES.fullmatch(one) for one in _AND.split(plain)):
        return "notes"
    return _WORDS.get(same_key(plain), "")  # type: ignore[return-value]


@dataclass(frozen=True)
class Section:
    """A heading and the lines below it, without those of the sections within."""

    heading: Line
    lines: tuple[Line, ...] = ()
    sections: tuple["Section", ...] = ()

    @property
    def role(self) -> Role:
        """What it holds, as its heading says."""
        return role_of(self.heading.text)

    def all_lines(self) -> Iterator[Line]:
        """Yield its lines and those of the sections within, each with its heading."""
        yield self.heading
        yield from self.lines
        for section in self.sections:
            yield from section.all_lines()

    @property
    def is_session(self) -> bool:
        """Whether it is about a session: it holds notes, or slides."""
        return not self.role and any(
            one.role in ("notes", "slides", "videos") for one in self.sections
        )

    @property
    def has_labels(self) -> bool:
        """Whether words for what a session has stand before its lines, each of them once."""
        labels = [label for line in self.lines if (label := label_of(line.text))]
        is_one = not self.role and len(set(labels)) == len(labels) > 1
        return is_one and ("speakers" in labels or "title" in labels)


def with_headings(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Make headings of lines of plain text that can be nothing else.

    What is called slides or notes again and again is a part of a session, and the line before the
    first of these is its title.
    """
    found = list(lines)
    told = [number for number, line in enumerate(lines) if line.kind != "blank"]
    roles = {
        number: role_of(lines[number].text) for number in told if _may_be_heading(lines, number)
    }
    again = Counter(comparable(lines[number].text) for number, role in roles.items() if role)
    parts = {
        number
        for number, role in roles.items()
        if role in ("notes", "slides", "videos") and again[comparable(lines[number].text)] > 1
    }
    order = list(dict.fromkeys(comparable(lines[number].text) for number in sorted(parts)))
    titles: set[int] = set()
    last = len(order)
    for at, number in enumerate(told):
        if number in parts:
            before = told[at - 1] if at else -1
            rank = order.index(comparable(lines[number].text))
            if rank <= last and before in roles and not roles[before]:
                titles.add(before)
            last = rank
    for number in told:
        if number in titles:
            found[number] = replace(lines[number], kind="heading", level=3)
        elif number in parts:
            found[number] = replace(lines[number], kind="heading", level=4)
        elif roles.get(number):
            found[number] = replace(lines[number], kind="heading", level=2)
    return tuple(found)


def _may_be_heading(lines: Sequence[Line], number: int) -> bool:
    """Return whether a line of text stands alone and is no address."""
    line = lines[number]
    is_alone = (
        number == 0
        or lines[number - 1].kind in ("blank", "heading", "item", "row")
        or bool(role_of(line.text))
    )
    return (
        line.kind == "text"
        and is_alone
        and "://" not in line.text
        and not re.search(r"[。.]$", line.text)
    )


def sections_of(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Section, ...]]:
    """Return the lines before the first heading, and the sections by their levels."""
    number = next((n for n, line in enumerate(lines) if line.kind == "heading"), len(lines))
    sections, _rest = _sections(list(lines[number:]), 0)
    return tuple(lines[:number]), sections


def _sections(lines: list[Line], above: int) -> tuple[tuple[Section, ...], list[Line]]:
    found: list[Section] = []
    while lines and lines[0].kind == "heading" and lines[0].level > above:
        heading = lines.pop(0)
        end = next((n for n, line in enumerate(lines) if line.kind == "heading"), len(lines))
        own, lines = lines[:end], lines[end:]
        within, lines = _sections(lines, heading.level)
        found.append(Section(heading, tuple(own), within))
    return tuple(found), lines
