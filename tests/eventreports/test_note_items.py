"""What items of notes say: times of a video; who is to do something, by when, and whether it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventreports.core.note_items import OTHER, action, video_time

NAMES = {**dict.fromkeys(("佐藤 花子", "佐藤", "hanako"), "佐藤 花子"), "Ken Mori": "Ken Mori"}


@pytest.mark.parametrize(
    ("text", "start", "rest", "seconds"),
    [
        ("[12:34] about it", 0, " about it", 754),
        (" [1:02:03]それは", 1, "それは", 3723),
        ("[0:05]", 0, "", 5),
        ("[90:00] long", 0, " long", 5400),
        ("[ ] [0:10] look", 4, " look", 10),
        ("[x] [0:10] look", 4, " look", 10),
    ],
)
def test_a_time_stands_at_the_head(text: str, start: int, rest: str, seconds: int) -> None:
    time = video_time(text)
    assert time is not None
    assert (time.start, text[time.end :], time.seconds) == (start, rest, seconds)
    assert text[time.start : time.end] == f"[{time.text}]"


@pytest.mark.parametrize(
    "text",
    [
        *("［12:34］ wide", "[１２:３４]", "[12:75]", "[12]", "[1234]", "12:34", "at [12:34]"),
        *("[-1:00]", "[1:2]", "[12:34", "[12:34:5]", ""),
    ],
)
def test_other_brackets_are_text(text: str) -> None:
    assert video_time(text) is None


@pytest.mark.parametrize(
    ("text", "is_done"),
    [
        *(("[x] a", True), ("[X] a", True), ("[ ] a", False), ("a", False), ("[x]", True)),
        *(("a [x]", False), ("[x]a", False), ("［x］ a", False), ("[ｘ] a", False)),
    ],
)
def test_a_ticked_box_says_that_it_is_done(text: str, is_done: bool) -> None:
    assert action(text, {}).is_done is is_done


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("@ken writes", ("ken",)),
        ("write (@ken-m, @ann.lee)", ("ken-m", "ann.lee")),
        ("ask @ken.", ("ken",)),
        ("@鈴木 資料", ("鈴木",)),
        ("資料（@鈴木）と@", ("鈴木",)),
        ("@ken and @ken", ("ken",)),
        # People of the event: by any of their names, with a space in it, and kana behind.
        ("@hanako に聞く", ("佐藤 花子",)),
        ("@佐藤 花子 資料", ("佐藤 花子",)),
        ("@佐藤が送る", ("佐藤 花子",)),
        ("@Ken Mori and @佐藤", ("Ken Mori", "佐藤 花子")),
        # Somebody else.
        ("@佐藤次郎 資料", ("佐藤次郎",)),
        ("@hanako2", ("hanako2",)),
        # No names.
        *((text, ()) for text in ("ken@example.com", "山田@Example に聞く", "@ ken", "a.@b")),
        *((text, ()) for text in (f"{OTHER}@example", "＠鈴木", "@", "@@")),
    ],
)
def test_who(text: str, who: tuple[str, ...]) -> None:
    assert action(text, NAMES).who == who


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("by 2026-12-01, or 2026-12-02", "2026-12-01"),
        ("期限2026-12-01まで", "2026-12-01"),
        ("(2026-12-01)", "2026-12-01"),
        # The first that is in the calendar.
        ("2026-02-30 2026-03-01", "2026-03-01"),
        *(
            (text, None)
            for text in (
                *("２０２６-１２-０１", "2026/12/01", "12-01", "12026-12-01", "2026-12-011"),
                *("v2026-12-01", "/a/2026-12-01/b", "2026-12-01-draft"),
            )
        ),
    ],
)
def test_by_when(text: str, due: str | None) -> None:
    found = action(text, {}).due
    assert (found.isoformat() if found else None) == due


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("[ ] @ken write it 2026-12-01", "write it"),
        ("write it（@hanako, 2026-12-01）", "write it"),
        ("@ken, @ann: write it.", "write it."),
        ("2026-12-01 @佐藤 花子 — write it - @ken", "write it"),
        # What is part of the sentence stays.
        ("ask @ken to write it", "ask @ken to write it"),
        ("@佐藤が書く", "@佐藤が書く"),
        ("@佐藤さん 書く", "@佐藤さん 書く"),
        ("2026-12-01まで", "2026-12-01まで"),
        ("@ken (or others) write", "(or others) write"),
        ("see foo@ken", "see foo@ken"),
        # Nothing else is said.
        ("@ken 2026-12-01", "@ken 2026-12-01"),
        ("[x] ", ""),
    ],
)
def test_marks_at_the_edges_are_no_text(text: str, rest: str) -> None:
    found = action(text, NAMES)
    assert text[found.head : len(text) - found.tail] == rest


@given(st.text(st.sampled_from("[]x @ken佐藤2026-10(),.:はa\n" + OTHER), max_size=60))
def test_whatever_is_written_is_read(text: str) -> None:
    found = action(text, NAMES)
    assert 0 <= found.head <= len(text) - found.tail
    assert all(found.who)
    video_time(text)
