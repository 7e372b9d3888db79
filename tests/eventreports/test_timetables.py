"""Timetables → sessions: the layouts in which programmes are written, all of them made up."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from eventreports.core.dates import PartialDate
from eventreports.core.session_ids import title_id
from eventreports.importers.events import EventDraft, event_of
from eventreports.importers.forms import Forms
from eventreports.importers.lines import plain
from eventreports.importers.source import read_document
from eventreports.importers.writing import texts_of

#: Times, title and people of a session; people are texts, or names of a mapping.
Row = tuple[str, str, list[str]]


def read(text: str, name: str = "") -> EventDraft:
    return event_of(read_document(text, name))


def rows(draft: EventDraft) -> list[Row]:
    """The sessions, each with the talks within it."""
    found = []
    for one in draft.sessions:
        if not one.is_break:
            found.append(_row(one.facts))
            found += [_row({"start": "", **child}) for child in one.facts.get("children", ())]
    return found


def _row(facts: Mapping[str, object]) -> Row:
    people = facts.get("speakers", [])
    assert isinstance(people, list)
    times = "-".join(str(facts[key]) for key in ("start", "end") if facts.get(key))
    return times, str(facts.get("title", "")), [_name(one) for one in people]


def _name(person: object) -> str:
    return str(person["name"]) if isinstance(person, dict) else str(person)


FIRST: Row = ("10:00-10:40", "検索の基礎", ["佐藤 花子 (例社)"])
SECOND: Row = ("10:50-11:30", "Indexes at Scale", ["Ken Mori (Example Inc.)"])

#: One programme of two talks and a break, in the ways of many pages.
LAYOUTS = {
    "slash": """
        10:00-10:40 検索の基礎 / 佐藤 花子 (例社)
        10:40-10:50 休憩
        10:50-11:30 Indexes at Scale / Ken Mori (Example Inc.)
    """,
    "fullwidth": """
        10：00〜10：40　検索の基礎　佐藤 花子（例社）
        10：40〜10：50　休憩
        10：50〜11：30　Indexes at Scale　Ken Mori（Example Inc.）
    """,
    "hours": """
        10時～10時40分 検索の基礎 - 佐藤 花子(例社)
        10時40分～10時50分 休憩
        10時50分～11時30分 Indexes at Scale - Ken Mori(Example Inc.)
    """,
    "12-hour clock": """
        10:00 AM - 10:40 AM: 検索の基礎 by 佐藤 花子 (例社)
        10:40 AM - 10:50 AM: Coffee break
        10:50 AM - 11:30 AM: Indexes at Scale by Ken Mori (Example Inc.)
    """,
    "dots": """
        10.00–10.40 検索の基礎 | 佐藤 花子 (例社)
        10.40–10.50 Break
        10.50–11.30 Indexes at Scale | Ken Mori (Example Inc.)
    """,
    "brackets": """
        【10:00-10:40】検索の基礎 [佐藤 花子(例社)]
        【10:40-10:50】休憩
        【10:50-11:30】Indexes at Scale[Ken Mori(Example Inc.)]
    """,
    "people first": """
        10:00-10:40 佐藤 花子 (例社)「検索の基礎」
        10:40-10:50 休憩
        10:50-11:30 Ken Mori (Example Inc.): "Indexes at Scale"
    """,
    "own lines": """
        10:00 - 10:40

        検索の基礎
        佐藤 花子 (例社)

        10:40 - 10:50

        休憩

        10:50 - 11:30

        Indexes at Scale
        Ken Mori (Example Inc.)
    """,
    "people above": """
        10:00-10:40
        佐藤 花子 (例社)
        『検索の基礎』
        10:40-10:50
        休憩
        10:50-11:30
        Ken Mori (Example Inc.)
        『Indexes at Scale』
    """,
    "labels": """
        10:00-10:40
        検索の基礎
        登壇者：佐藤 花子 (例社)
        10:40-10:50
        休憩
        10:50-11:30
        Indexes at Scale
        Speaker: Ken Mori (Example Inc.)
    """,
    "times behind titles": """
        # Example Conf

        ### 検索の基礎
        10:00-10:40
        佐藤 花子 (例社)

        ### 休憩
        10:40-10:50

        ### Indexes at Scale
        10:50-11:30
        Ken Mori (Example Inc.)
    """,
    "headings": """
        ## 10:00-10:40 検索の基礎
        佐藤 花子 (例社)

        ## 10:40-10:50 休憩

        ## 10:50-11:30 Indexes at Scale
        Ken Mori (Example Inc.)
    """,
    "markdown items": """
        # Example Conf
        - **10:00-10:40** 検索の基礎 / 佐藤 花子 (例社)
        - **10:40-10:50** 休憩
        - **10:50-11:30** Indexes at Scale / Ken Mori (Example Inc.)
    """,
    "markdown table": """
        | 時間 | タイトル | 登壇者 |
        | --- | --- | --- |
        | 10:00-10:40 | 検索の基礎 | 佐藤 花子（例社） |
        | 10:40-10:50 | 休憩 | |
        | 10:50-11:30 | Indexes at Scale | Ken Mori (Example Inc.) |
    """,
    "columns of times": """
        | Start | End | Session | Speaker | Company |
        | --- | --- | --- | --- | --- |
        | 10:00 | 10:40 | 検索の基礎 | 佐藤 花子 | 例社 |
        | 10:40 | 10:50 | Break | | |
        | 10:50 | 11:30 | Indexes at Scale | Ken Mori | Example Inc. |
    """,
    "one column": """
        | 時間 | 内容 |
        | --- | --- |
        | 10:00〜10:40 | 検索の基礎<br>佐藤 花子さん（例社） |
        | 10:40〜10:50 | 休憩 |
        | 10:50〜11:30 | Indexes at Scale<br>Ken Mori (Example Inc.) |
    """,
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_programme_is_read_in_each_layout(layout: str) -> None:
    text = "\n".join(line.removeprefix(" " * 8) for line in LAYOUTS[layout].split("\n"))
    draft = read(text)
    first, second = rows(draft)
    # A bracket with an honorific before it is a part of the name as it was written.
    assert (first[:2], second) == (FIRST[:2], SECOND)
    assert first[2][0].startswith("佐藤 花子")
    (pause,) = [one.facts for one in draft.sessions if one.is_break]
    assert (pause["start"], pause["end"], pause["kind"]) == ("10:40", "10:50", "break")


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_tables_of_spreadsheets_are_read(separator: str) -> None:
    lines = (
        ("id", "Talk title", "Speaker name", "Starts at", "Duration", "Room", "Reviewer"),
        ("7", "検索の基礎", "佐藤 花子 (例社)", "2026-11-21 10:00", "40", "Hall A", "Mio"),
        ("8", '"Indexes\nat Scale"', "Ken Mori", "2026-11-22 10:50", "40", "Hall B", ""),
    )
    draft = read(
        "\n".join(map(separator.join, lines)), "talks.csv" if separator == "," else "talks.tsv"
    )
    first, second = (one.facts for one in draft.sessions)
    assert (first["date"], first["start"], first["duration"]) == ("2026-11-21", "10:00", "40")
    assert (second["title"], second["room"], second["speakers"]) == (
        "Indexes at Scale",
        "Hall B",
        ["Ken Mori"],
    )
    # Nothing is lost of what has no key.
    assert "Reviewer: Mio" in plain(draft.rest)


GRID = """
<title>Programme | Example Conf 2026</title>
<h2>Friday, November 20</h2>
<table>
  <tr><th>Time</th><th>Hall A</th><th>Hall B</th></tr>
  <tr><td>10:00</td><td colspan="2">Opening keynote<br>Aoi Tanaka (Example Inc.)</td></tr>
  <tr><td>11:00</td><td rowspan="2">Long talk<br>Ken Mori</td><td>Short talk<br>Mio Ito</td></tr>
  <tr><td>11:30</td><td>Another short talk<br>Lars Berg</td></tr>
  <tr><td>12:00</td><td>Lunch</td><td>-</td></tr>
</table>
<h2>Saturday, November 21</h2>
<table>
  <tr><th>Time</th><th>Hall A</th></tr>
  <tr><td>10:00 - 10:40</td><td>Last talk<br>Zoë Ångström</td></tr>
  <tr><td>10:40 - 11:00</td><td>Closing</td></tr>
</table>
"""


def test_grids_tell_rooms_days_and_ends() -> None:
    draft = read(GRID, "programme.html")
    found = [one.facts for one in draft.sessions if not one.is_break]
    assert draft.facts["name"] == "Example Conf 2026"
    assert [one["title"] for one in found] == [
        "Opening keynote",
        "Long talk",
        "Short talk",
        "Another short talk",
        "Last talk",
    ]
    assert [one.get("room") for one in found] == [None, "Hall A", "Hall B", "Hall B", "Hall A"]
    assert [one["date"] for one in found] == ["2026-11-20"] * 4 + ["2026-11-21"]
    # A cell of two rows ends where the row behind them begins.
    assert [one.get("end") for one in found] == [None, "12:00", None, None, "10:40"]


#: Titles above their times, as a page looks that is copied; the second has no blank line before it.
ABOVE = """
Level 2, 1 Marina Street

Start Of Day 1
Registration
8:00 AM - 8:45 AM

Foundations of Search
9:00 AM - 9:40 AM

Ken Mori

How an index is built.

Tea Break
9:40 AM - 10:00 AM

Ranking, not sorting: what comes first
10:00 AM - 10:40 AM

Aoi Tanaka

Mio, Ranking and Rust.

Crawling Politely
10:40 AM - 11:20 AM

Darsono

Start Of Day 2
Registration
8:00 AM - 8:45 AM

Spelling
9:00 AM - 9:40 AM

Mio Ito
"""


def test_titles_may_stand_above_their_times() -> None:
    draft = event_of(read_document(ABOVE, ""), PartialDate(2026, 11, 20))
    assert rows(draft) == [
        ("09:00-09:40", "Foundations of Search", ["Ken Mori"]),
        ("10:00-10:40", "Ranking, not sorting: what comes first", ["Aoi Tanaka"]),
        ("10:40-11:20", "Crawling Politely", ["Darsono"]),
        ("09:00-09:40", "Spelling", ["Mio Ito"]),
    ]
    breaks = [one.facts for one in draft.sessions if one.is_break]
    assert [(one["title"], one["date"][-2:]) for one in breaks] == [
        ("Registration", "20"),
        ("Tea Break", "20"),
        ("Registration", "21"),
    ]
    description = draft.sessions[1].facts["description"]
    assert description == "How an index is built."


def test_headings_may_be_titles_of_the_headings_with_times_below_them() -> None:
    page = "<ul><li>Day 1</li><li>20 November</li><li>Day 2</li><li>21 November</li></ul>"
    for number in range(1, 4):
        page += f"<h4>Talk {number}</h4><h6>{number}:00 PM - {number}:40 PM</h6><p>Ken Mori</p>"
    draft = read(f"<h1>Example Conf 2026</h1>{page}", "page.html")
    assert rows(draft) == [
        (f"1{number + 2}:00-1{number + 2}:40", f"Talk {number}", ["Ken Mori"])
        for number in range(1, 4)
    ]
    # Of days that choose what a page shows, the first is shown.
    assert {one.facts["date"] for one in draft.sessions} == {"2026-11-20"}


BY_LINES = """
9:30
オープニング 5分
9:50
検索のいま 40分
by mio
9:50
小さく始める索引 45分
by 佐藤花子（さとう はなこ）/田中葵
質疑応答 5分
休憩 10分
休憩 10分
10:50
入門 障害対応 「索引は繰り返しだよ」 20分
by Ken Mori
"""


def test_lines_say_who_speaks_and_how_long_it_takes() -> None:
    draft = read(BY_LINES)
    assert rows(draft) == [
        ("09:50", "検索のいま", ["mio"]),
        ("09:50", "小さく始める索引", ["佐藤花子", "田中葵"]),
        ("10:50", "入門 障害対応 「索引は繰り返しだよ」", ["Ken Mori"]),
    ]
    minutes = [one.facts.get("duration") for one in draft.sessions if not one.is_break]
    assert minutes == ["40", "45", "20"]
    # A break ends when what stands below it begins.
    breaks = [one.facts for one in draft.sessions if one.is_break]
    assert [(one["title"], one["start"], one.get("end")) for one in breaks] == [
        ("オープニング", "09:30", None),
        ("休憩", "10:40", "10:50"),
    ]
    assert "質疑応答 5分" in plain(draft.rest)


def test_minutes_at_the_end_of_one_title_are_its_words() -> None:
    draft = read("10:00\nRust in 40 min\n11:00\nIndexes\n12:00\nRanking\n")
    assert [title for _times, title, _people in rows(draft)] == [
        "Rust in 40 min",
        "Indexes",
        "Ranking",
    ]


@pytest.mark.parametrize("first", ["", "朝"])
def test_cells_may_say_their_times_themselves(first: str) -> None:
    cell = "<td><div>{}</div><a href='#1'>{}</a> <span>40分</span><div>by {}</div></td>"
    body = "".join(
        f"<tr><th>{first}</th>{cell.format(time, one, 'Ken Mori')}{cell.format(time, two, 'mio')}"
        "<td><div>質疑応答</div></td></tr>"
        for time, one, two in (("9:50", "索引", "順位"), ("10:40", "語彙", "辞書"))
    )
    page = f"<table><tr><th></th><th>ホールA</th><th>ホールB</th></tr>{body}</table>"
    found = [one.facts for one in read(page, "page.html").sessions if not one.is_break]
    assert [(one["start"], one["title"], one["room"], one["speakers"]) for one in found] == [
        ("09:50", "索引", "ホールA", ["Ken Mori"]),
        ("09:50", "順位", "ホールB", ["mio"]),
        ("10:40", "語彙", "ホールA", ["Ken Mori"]),
        ("10:40", "辞書", "ホールB", ["mio"]),
    ]


def test_classes_of_pages_name_the_parts_of_sessions() -> None:
    page = """
    <div class="session"><span class="session-time">10:00</span>
      <div class="talk__title">Ken Mori and his search engine</div>
      <p class="talk__abstract">How Aoi Tanaka met it.</p>
      <ul class="talk__speakers"><li><a href="https://x.com/mio">Mio Ito</a></li></ul></div>
    <div class="session"><span class="session-time">11:00</span>
      <div class="talk__title">Second</div><ul class="talk__speakers"><li>Ken Mori</li></ul></div>
    """
    first, second = (one.facts for one in read(page, "page.html").sessions)
    assert first["title"] == "Ken Mori and his search engine"
    assert first["speakers"] == [{"name": "Mio Ito", "url": "https://x.com/mio"}]
    assert first["description"] == "How Aoi Tanaka met it."
    assert (second["title"], second["speakers"]) == ("Second", ["Ken Mori"])


def test_talks_of_one_slot_stand_within_it() -> None:
    draft = read(
        "- 13:00-14:00 ライトニングトーク\n"
        "  - 小さな検索 / 山田 太郎\n  - Ranking / Aoi Tanaka\n  - 逆引き / @mio\n"
        "- 14:00-15:00 Panel\n"
    )
    group, panel = (one.facts for one in draft.sessions)
    assert (group["title"], panel["title"]) == ("ライトニングトーク", "Panel")
    assert [one["title"] for one in group["children"]] == ["小さな検索", "Ranking", "逆引き"]


def test_links_lead_to_slides_videos_and_people() -> None:
    draft = read(
        "| Time | Session |\n| --- | --- |\n"
        "| 10:00 | Ranking ([slides](https://speakerdeck.com/aoi/ranking)) by "
        "[Aoi Tanaka](https://github.com/aoi) |\n"
        "| 11:00 | Filters [video](https://youtu.be/aaaaaaaaaaa) by Ken Mori |\n"
    )
    first, second = (one.facts for one in draft.sessions)
    assert first["title"] == "Ranking"
    assert first["slides"] == "https://speakerdeck.com/aoi/ranking"
    assert first["speakers"] == [{"name": "Aoi Tanaka", "url": "https://github.com/aoi"}]
    assert second["videos"] == "https://youtu.be/aaaaaaaaaaa"


@pytest.mark.parametrize(
    ("people", "names"),
    [
        ("Łukasz Żółć (Przykład)", ["Łukasz Żółć (Przykład)"]),
        ("Jiří Šťastný, Ötzi Ăsan", ["Jiří Šťastný", "Ötzi Ăsan"]),
        ("李 大範・佐藤 花子", ["李 大範", "佐藤 花子"]),
        ("Ольга Ёлкина", ["Ольга Ёлкина"]),
        ("Jiří Šťastný, Example", ["Jiří Šťastný (Example)"]),
    ],
)
def test_names_of_all_scripts_are_found(people: str, names: list[str]) -> None:
    found = rows(read(f"10:00-10:40 Żółty indeks / {people}\n11:00-11:40 検索（{people}）\n"))
    assert found == [
        ("10:00-10:40", "Żółty indeks", names),
        ("11:00-11:40", "検索", names),
    ]


def test_facts_stand_beside_words_for_them() -> None:
    facts = read(
        "東京検索勉強会 第12回\n\n- 日時：2026年6月18日(木) 19:00〜\n"
        "- 会場：神田コミュニティホール\n"
        "- 定員：80名\n- 協賛：株式会社サンプル、Example, Inc.、\n例示株式会社\n- 報告者：田中 澪\n"
        "- 合言葉：ない\n\n19:10 N-gramで十分 / 佐藤 花子\n19:50 ランキング / 森 健\n"
    )
    assert facts.facts["name"] == "東京検索勉強会 第12回"
    assert (facts.facts["date"], facts.facts["capacity"]) == ("2026-06-18", 80)
    assert facts.facts["venue"] == "神田コミュニティホール"
    assert facts.facts["sponsors"] == ["株式会社サンプル", "Example, Inc.", "例示株式会社"]
    assert facts.facts["reporters"] == ["田中 澪"]
    assert "合言葉：ない" in plain(facts.rest)
    assert [row[1] for row in rows(facts)] == ["N-gramで十分", "ランキング"]


def test_notes_stay_with_their_sessions() -> None:
    draft = read(
        "Example Conf\n\n全体の所感\n\n- よかった\n\n"
        "検索の基礎 [佐藤 花子(例社)]\n\nスライド\n\n共有なし\n\n"
        "メモ\n\n- 10:00に始まった / 山田 太郎\n - 深い項目\n\n本文の段落\n\nポイント\n\n- 測る\n\n"
        "Indexes at Scale - Ken Mori(Example Inc.)\n\nスライド\n\n"
        "<https://speakerdeck.com/mori/indexes>\n\nメモ\n\n- B木\n\nポイント\n\n- 大きい\n"
    )
    assert [row[1] for row in rows(draft)] == ["検索の基礎", "Indexes at Scale"]
    first, second = draft.sessions
    assert first.facts["slides"] == {"status": "not-shared", "text": "共有なし"}
    assert all(word in plain(first.notes) for word in ("深い項目", "本文の段落", "測る"))
    assert "B木" in plain(second.notes)
    assert "よかった" in plain(draft.notes)
    assert plain(draft.rest).strip() == ""


def test_sessions_that_a_page_lists_twice_are_one() -> None:
    draft = read(
        "<h2>Timetable</h2><table><tr><th>Time</th><th>Talk</th></tr>"
        "<tr><td>10:00-10:40</td><td>Ranking</td></tr>"
        "<tr><td>11:00-11:40</td><td>Filters</td></tr></table>"
        "<h2>Abstracts</h2><h3>A-1 Ranking 10:00-10:40</h3><p>What ranks.</p><p>Aoi Tanaka</p>"
        "<h3>A-2 Filters 11:00-11:40</h3><p>What filters.</p>",
        "page.html",
    )
    assert [row[1] for row in rows(draft)] == ["Ranking", "Filters"]
    assert "What ranks." in draft.sessions[0].facts["description"]


def said(draft: EventDraft) -> list[str]:
    """Day and times, title, people and room of each session; breaks begin with “-”."""
    return [_said("-" if one.is_break else "", one.facts) for one in draft.sessions]


def _said(mark: str, facts: Mapping[str, object]) -> str:
    times, title, people = _row(facts)
    named = " ".join(filter(None, (str(facts.get("date", "")), times, title)))
    room = f" @ {facts['room']}" if "room" in facts else ""
    return f"{mark}{named}{' / ' if people else ''}{', '.join(people)}{room}"


#: What tells on which day a session was, and what is read of it.
DAYS = {
    "dates without a year": (
        "a.md",
        (
            "## 1日目: 4月16日\n\n10:00-11:00 | 検索の話 - 佐藤 花子\n11:00-11:20 | 午後の休憩\n\n"
            "## 2日目: 4月17日\n\n10:00-11:00 | 検索の話 - 佐藤 花子\n11:00-11:20 | 午後の休憩\n"
        ),
        [
            "--04-16 10:00-11:00 検索の話 / 佐藤 花子",
            "---04-16 11:00-11:20 午後の休憩",
            "--04-17 10:00-11:00 検索の話 / 佐藤 花子",
            "---04-17 11:00-11:20 午後の休憩",
        ],
    ),
    "the year of the name": (
        "a.md",
        (
            "# Example Conf 2026\n\n## Day 1: 4/16\n\n- 10:00-11:00 検索の話 - 佐藤 花子\n"
            "\n## Day 2: 4/17\n\n- 10:00-11:00 順位の話 - 森 健太郎\n"
        ),
        [
            "2026-04-16 10:00-11:00 検索の話 / 佐藤 花子",
            "2026-04-17 10:00-11:00 順位の話 / 森 健太郎",
        ],
    ),
    "the name of a day": (
        "a.csv",
        (
            "day,from,to,title,speaker\nfri,09:00,10:00,Lunch,\nfri,10:00,10:20,Indexes,Ken Mori\n"
            "sat,09:00,10:00,Lunch,\nsat,10:00,10:20,Indexes,Aoi Tanaka\n"
        ),
        [
            "-fri 09:00-10:00 Lunch",
            "fri 10:00-10:20 Indexes / Ken Mori",
            "-sat 09:00-10:00 Lunch",
            "sat 10:00-10:20 Indexes / Aoi Tanaka",
        ],
    ),
    "a weekday of the event": (
        "a.txt",
        (
            "Example Conf\n\nDate: 2026-11-20\n\nFriday\n10:00 Indexes - Ken Mori\n"
            "Saturday\n10:00 Ranking - Aoi Tanaka\n"
        ),
        ["2026-11-20 10:00 Indexes / Ken Mori", "2026-11-21 10:00 Ranking / Aoi Tanaka"],
    ),
    "the nearer of two dates": (
        "a.txt",
        (
            "Programme\nThursday November 19th, 2026\n\nFriday November 20th, 2026\n"
            "9:30AM\tCustom Indexes\n10:00AM\tRanking Theory\n"
        ),
        ["2026-11-20 09:30 Custom Indexes", "2026-11-20 10:00 Ranking Theory"],
    ),
    "a date behind the last row of a table": (
        "a.txt",
        (
            "Friday November 20th, 2026\n9:30AM\tCustom Indexes\n5:30PM\tRanking Theory\n"
            "Sunday November 22nd, 2026 - More\nMain Track\n9:30AM\tCrawling\n10:00AM\tFilters\n"
        ),
        [
            "2026-11-20 09:30 Custom Indexes",
            "2026-11-20 17:30 Ranking Theory",
            "2026-11-22 09:30 Crawling",
            "2026-11-22 10:00 Filters",
        ],
    ),
    "two days in one date": (
        "a.html",
        (
            "<p>Friday/Saturday 20th/21st November, 2026</p>"
            "<h2>November 20th 2026</h2><table><tr><th>10:30</th><td>Indexes</td></tr></table>"
            "<h2>November 21st 2026</h2><table><tr><th>10:30</th><td>Ranking</td></tr></table>"
        ),
        ["2026-11-20 10:30 Indexes", "2026-11-21 10:30 Ranking"],
    ),
    "the day before the month": (
        "a.md",
        (
            "### 3/11/2026\n\n9:30-9:40 Indexes - Ken Mori\n9:40-9:50 Ranking - Aoi Tanaka\n"
            "\n### 4/11/2026\n\n9:30-9:40 Filters - Mio Ito\n"
        ),
        [
            "2026-11-03 09:30-09:40 Indexes / Ken Mori",
            "2026-11-03 09:40-09:50 Ranking / Aoi Tanaka",
            "2026-11-04 09:30-09:40 Filters / Mio Ito",
        ],
    ),
    "rows of a table": (
        "a.html",
        (
            "<h1>Example Conf 2026</h1><table><tr><td colspan='2'>Friday, Nov. 20</td></tr>"
            "<tr><td>9:00</td><td>Indexes</td></tr><tr><td>10:00</td><td>Ranking</td></tr>"
            "<tr><td colspan='2'>Saturday, Nov. 21</td></tr>"
            "<tr><td>9:00</td><td>Filters</td></tr></table>"
        ),
        [
            "2026-11-20 09:00 Indexes",
            "2026-11-20 10:00 Ranking",
            "2026-11-21 09:00 Filters",
        ],
    ),
    "a column that is empty below": (
        "a.md",
        (
            "| Date | Time | Event | |\n| --- | --- | --- | --- |\n"
            "| 2026-11-20 | 9:00-10:00 | Indexes | |\n"
            "| | 10:00-10:30 | Ranking | Late |\n| 2026-11-21 | 9:00-10:00 | Filters | |\n"
        ),
        [
            "2026-11-20 09:00-10:00 Indexes",
            "2026-11-20 10:00-10:30 Ranking",
            "2026-11-21 09:00-10:00 Filters",
        ],
    ),
    "columns": (
        "a.html",
        (
            "<h1>Example Conf - November 20-21 2026 - Kanda</h1>"
            "<table><tr><th>Day</th><th>Friday 20</th><th>Saturday 21</th></tr>"
            "<tr><th>Place</th><th>City Theatre</th><th>Old Library</th></tr>"
            "<tr><th>9:30</th><td>Indexes</td><td>Ranking</td></tr>"
            "<tr><th>10:30</th><td colspan='2'>Lunch</td></tr>"
            "<tr><th>11:30</th><td>Filters</td><td>Crawling</td></tr></table>"
        ),
        [
            "2026-11-20 09:30 Indexes @ City Theatre",
            "2026-11-21 09:30 Ranking @ Old Library",
            "-2026-11-20 10:30 Lunch @ City Theatre",
            "-2026-11-21 10:30 Lunch @ Old Library",
            "2026-11-20 11:30 Filters @ City Theatre",
            "2026-11-21 11:30 Crawling @ Old Library",
        ],
    ),
}


@pytest.mark.parametrize("case", DAYS)
def test_days_are_named_in_many_ways(case: str) -> None:
    name, text, expected = DAYS[case]
    assert said(read(text, name)) == expected


@pytest.mark.parametrize("date", ["04/05/2026", "21/22 November", "November 21 or 22, 2026"])
def test_a_date_of_which_nobody_knows_the_day_is_none(date: str) -> None:
    draft = read(f"## {date}\n\n9:30 Indexes - Ken Mori\n9:50 Ranking - Mio Ito\n", "a.md")
    assert {one.facts.get("date") for one in draft.sessions} == {None}
    assert date in f"{draft.facts.get('name')} {plain((*draft.rest, *draft.notes))}"


#: What tells where a session was.
PLACES = {
    "columns that are tracks": (
        "a.txt",
        (
            "Time\tMain Track\tSide Track\n9:30\tCustom Indexes\tRanking Theory\n"
            "10:00\tFilters\tCrawling\n"
        ),
        [
            "09:30 Custom Indexes @ Main Track",
            "09:30 Ranking Theory @ Side Track",
            "10:00 Filters @ Main Track",
            "10:00 Crawling @ Side Track",
        ],
    ),
    "a column in two languages": (
        "a.csv",
        (
            "タイトル / Title,開始時刻,終了時刻,講演者名 / Username,名前 / Firstname,Room / 部屋\n"
            "索引,13:00,13:30,mio,澪,A715\n順位,13:00,13:30,Ken_M,健,A765\n"
        ),
        ["13:00-13:30 索引 / mio @ A715", "13:00-13:30 順位 / Ken_M @ A765"],
    ),
    "a column of places": (
        "a.csv",
        "title,start,end,場所\nIndexes,13:00,13:30,A715\n",
        ["13:00-13:30 Indexes @ A715"],
    ),
    "cells with labels, on lines of their own": (
        "a.txt",
        (
            "時刻\tトラック1\tトラック2\n10:20\t\n検索の基礎\n\n短い紹介です。\n\nSpeaker\n佐藤花子\n"
            "\t\n索引を作る\nSpeaker\n田中葵\n\n11:00\t\n順位の話\nSpeaker\n森健太郎\n\t準備\n"
        ),
        [
            "10:20 検索の基礎 / 佐藤花子 @ トラック1",
            "10:20 索引を作る / 田中葵 @ トラック2",
            "11:00 順位の話 / 森健太郎 @ トラック1",
            "11:00 準備 @ トラック2",
        ],
    ),
    "a list above": (
        "a.txt",
        (
            "Room A (Gym)\nRoom B (Attic)\n10:00-10:15\nLunch\n10:15-12:00\nIndexes\nby Ken Mori\n"
            "10:15-10:45\nRanking\nby Mio Hall\n10:45-11:15\nFilters\nby Aoi Tanaka\n"
            "12:00-12:30\nCrawling\nby Lars Berg\n12:00-12:30\nSpelling\nby Zoë Ångström\n"
        ),
        [
            "-10:00-10:15 Lunch",
            "10:15-12:00 Indexes / Ken Mori @ Room A (Gym)",
            "10:15-10:45 Ranking / Mio Hall @ Room B (Attic)",
            "10:45-11:15 Filters / Aoi Tanaka",
            "12:00-12:30 Crawling / Lars Berg @ Room A (Gym)",
            "12:00-12:30 Spelling / Zoë Ångström @ Room B (Attic)",
        ],
    ),
}


@pytest.mark.parametrize("case", PLACES)
def test_places_are_named_in_many_ways(case: str) -> None:
    name, text, expected = PLACES[case]
    assert said(read(text, name)) == expected


def test_days_that_are_no_dates_are_said_beside_what_was_on_them(tmp_path: Path) -> None:
    draft = read(DAYS["dates without a year"][1], "a.md")
    draft = replace(draft, facts={**draft.facts, "name": "Example Conf"})
    written = texts_of(draft, Forms(tmp_path, "ja"))
    assert "--04" not in written.facts
    assert "04-17: 検索の話 / 午後の休憩" in written.report
    # With the event's day, the year is known.
    known = replace(draft, facts={**draft.facts, "start_date": "2026-04-16"})
    facts = yaml.safe_load(texts_of(known, Forms(tmp_path, "ja")).facts)
    days = {str(one.get("date")) for one in facts["sessions"]}
    assert days == {"2026-04-16", "2026-04-17"}


def test_what_a_column_of_times_says_otherwise_is_left() -> None:
    draft = read("day,start,title,speaker\nsome day,soon,Indexes,Ken Mori\n", "a.csv")
    assert said(draft) == ["Indexes / Ken Mori"]
    assert plain(draft.rest) == "Indexes\nday: some day\nstart: soon"


def test_two_signs_may_stand_in_one_range_of_times() -> None:
    draft = read("10:30 - 11.00 Indexes\n14.00-16:00 Ranking\n16:10 1.25 million documents\n")
    assert said(draft) == [
        "10:30-11:00 Indexes",
        "14:00-16:00 Ranking",
        "16:10 1.25 million documents",
    ]


#: What tells people from titles, and talks from each other.
PEOPLE = {
    "marks that lead to affiliations": (
        "a.md",
        """
**9:30-9:40**

_Open Source Indexes_

Ken Mori<sup>1</sup>; Mio Ito<sup>1,2</sup>; <sup>3</sup>Lars Berg
<sup>1</sup>Example Library, <sup>2</sup>Freelance, <sup>3</sup>Old Archive

**9:40-9:50**

_The area of 10<sup>2</sup> m_

<sup>1</sup>Aoi Tanaka
""",
        [
            "09:30-09:40 Open Source Indexes / Ken Mori, Mio Ito, Lars Berg",
            "09:40-09:50 The area of 10² m / Aoi Tanaka",
        ],
    ),
    "a kind before “by”": (
        "a.txt",
        """
14:00-15:00
Custom Indexes
Workshop by Ken Mori
15:00-16:00
Sorting Theory
Tutorial by Mio Ito
""",
        ["14:00-15:00 Custom Indexes / Ken Mori", "15:00-16:00 Sorting Theory / Mio Ito"],
    ),
    "“by” below each title at one time": (
        "a.txt",
        """
14:00-15:00
Example Index
by Ken Mori
It is large.
Example Index - How it is sorted
by Mio Ito
15:00-16:00
Filters
by Aoi Tanaka
""",
        [
            "14:00-15:00 Example Index / Ken Mori",
            "14:00-15:00 Example Index - How it is sorted / Mio Ito",
            "15:00-16:00 Filters / Aoi Tanaka",
        ],
    ),
    "labels between talks at one time": (
        "a.md",
        """
11:10-11:40 | 索引を作る - Ken Mori
            | 概要: 速くします。
            | 順位の話 - 森 健太郎
            | 概要: 並べます。
11:50-12:20 | 語彙の進化 - 佐藤 花子
            | 辞書は続く - 田中 葵
""",
        [
            "11:10-11:40 索引を作る / Ken Mori",
            "11:10-11:40 順位の話 / 森 健太郎",
            "11:50-12:20 語彙の進化 / 佐藤 花子",
            "11:50-12:20 辞書は続く / 田中 葵",
        ],
    ),
    "labels below headings without times": (
        "a.md",
        """
### 招待講演1

- 演者: 佐藤 花子
- 題目: 検索の基礎
- 概要: 未定

### 招待講演2

- 演者: 森 健太郎
- 題目: 順位の話
- 概要: 並べます。
""",
        ["検索の基礎 / 佐藤 花子", "順位の話 / 森 健太郎"],
    ),
    "numbers and links in cells": (
        "a.html",
        (
            "<table><tr><th>時間</th><th>会場A</th><th>会場B</th></tr><tr><td>11:25 - 12:05</td>"
            "<td><p>A-1</p><p>索引の話</p><ul><li><a href='http://s.example/a'>slide</a></li></ul>"
            "<p>Ken Mori</p></td><td><p>B-1</p><p>順位の話</p><p>佐藤 花子</p></td></tr></table>"
        ),
        ["11:25-12:05 索引の話 / Ken Mori @ 会場A", "11:25-12:05 順位の話 / 佐藤 花子 @ 会場B"],
    ),
    "nicknames behind titles": (
        "a.txt",
        """
14:00
索引を速くするためのレビュー
kenchan
14:10
Keynote
なぜ検索をするの？
Ken Mori
14:40
順位を学んでいく話
miomio
14:50
こわくない逆引き
aoi3t
15:00
ぼくらの語彙
ほたて
""",
        [
            "14:00 索引を速くするためのレビュー / kenchan",
            "14:10 なぜ検索をするの？ / Ken Mori",
            "14:40 順位を学んでいく話 / miomio",
            "14:50 こわくない逆引き / aoi3t",
            "15:00 ぼくらの語彙 / ほたて",
        ],
    ),
    "people above titles that look like names": (
        "a.txt",
        (
            "Time\tRoom A\tRoom B\n9:30AM\tKen Mori\nCustom Indexes\tMio Ito\nSort: What Is First\n"
            "10:00AM\tAoi Tanaka\nHeaps, Not Trees\tLars Berg\nRobotics\n"
        ),
        [
            "09:30 Custom Indexes / Ken Mori @ Room A",
            "09:30 Sort: What Is First / Mio Ito @ Room B",
            "10:00 Heaps, Not Trees / Aoi Tanaka @ Room A",
            "10:00 Robotics / Lars Berg @ Room B",
        ],
    ),
    "a colon in titles": (
        "a.txt",
        """
10:00 Custom Indexes: Heaps, Trees and Lists
10:30 Ranks and Filters: explained with pictures
11:00 Ranking Theory - Ken Mori
11:30 Sorting - Mio Ito
""",
        [
            "10:00 Custom Indexes: Heaps, Trees and Lists",
            "10:30 Ranks and Filters: explained with pictures",
            "11:00 Ranking Theory / Ken Mori",
            "11:30 Sorting / Mio Ito",
        ],
    ),
    "a colon behind people": (
        "a.txt",
        "10:00 Ken Mori: Custom Indexes\n10:30 Mio Ito: Ranks and Filters\n",
        ["10:00 Custom Indexes / Ken Mori", "10:30 Ranks and Filters / Mio Ito"],
    ),
    "initials, titles and nicknames": (
        "a.txt",
        """
8.15 AM\tIndexes in Action - Ken J. Mori
9.00 AM\tRanking Research - Dr. Mio Ito
9.25 AM\tSorting (Lars "Big Heap" Berg).
9.50 AM\tFiltering (write to us for this)
10.10 AM\tSpelling - Example, Inc. Aoi Tanaka
""",
        [
            "08:15 Indexes in Action / Ken J. Mori",
            "09:00 Ranking Research / Dr. Mio Ito",
            '09:25 Sorting / Lars "Big Heap" Berg',
            "09:50 Filtering (write to us for this)",
            "10:10 Spelling / Aoi Tanaka (Example, Inc.)",
        ],
    ),
    "several behind the last sign": (
        "a.txt",
        """
10:00-10:30 順位（日本語） - Ken Mori
10:30-11:00 索引を作る - 自動更新（日本語） - Ken J. Mori, 森 健太郎
11:30-12:00 ライトニングトーク -
12:00-12:30 語彙 - 佐藤花子（例社 CTO） 田中葵（同 部長）
""",
        [
            "10:00-10:30 順位（日本語） / Ken Mori",
            "10:30-11:00 索引を作る - 自動更新（日本語） / Ken J. Mori, 森 健太郎",
            "11:30-12:00 ライトニングトーク",
            "12:00-12:30 語彙 / 佐藤花子, 田中葵",
        ],
    ),
    "degrees behind names": (
        "a.txt",
        "9:00 am EST Indexes - Ken Mori, MD, PhD\n10:00 am EST Ranking - Mio Ito, PhD\n",
        ["09:00 Indexes / Ken Mori, MD, PhD", "10:00 Ranking / Mio Ito, PhD"],
    ),
    "dashes within words": (
        "a.txt",
        (
            "10:00 Ken Mori: Lists of the Codd–Date Problem\n10:30 Mio Ito: Ranks\n"
            "11:00 順位—森 健太郎\n"
        ),
        [
            "10:00 Lists of the Codd–Date Problem / Ken Mori",
            "10:30 Ranks / Mio Ito",
            "11:00 順位 / 森 健太郎",
        ],
    ),
    "classes below paragraphs": (
        "a.md",
        (
            "### 10:00--10:40\n**Ken Mori: Getting the Lists**\n{: .desc}\n\n"
            "What a list is.\n{: .desc}\n\n"
            "### 11:00--11:40\n**Mio Ito: Sorting Them**\n{: .desc}\n"
        ),
        ["10:00-10:40 Getting the Lists / Ken Mori", "11:00-11:40 Sorting Them / Mio Ito"],
    ),
    "headings above some times": (
        "a.md",
        """
**9:00 - 9:30** Indexes: _Ken Mori_

**9:30 - 9:40** Ranking: _Mio Ito_

### Session 1: Sorting

**9:40 - 10:30**
Speakers:
+ _Aoi Tanaka_
+ _Lars Berg_

### Session 2: Filters

**10:40 - 11:30**
Speakers:
+ _Zoë Ångström_

**11:30 - 11:40** Spelling: _Ken Mori_

### Posters

**11:40 - 12:00**
""",
        [
            "09:00-09:30 Indexes / Ken Mori",
            "09:30-09:40 Ranking / Mio Ito",
            "09:40-10:30 Session 1: Sorting / Aoi Tanaka, Lars Berg",
            "10:40-11:30 Session 2: Filters / Zoë Ångström",
            "11:30-11:40 Spelling / Ken Mori",
            "11:40-12:00 Posters",
        ],
    ),
    "a rule between sessions": (
        "a.md",
        (
            "* 9-10:00, Indexes (Ken Mori)\n* 10:00 - 10:20, Ranking (Mio Ito)\n\n---\n\n"
            "Chair: Lars Berg\n\n* 10:20 - 11:00, Filters (Aoi Tanaka)\n"
        ),
        [
            "09:00-10:00 Indexes / Ken Mori",
            "10:00-10:20 Ranking / Mio Ito",
            "10:20-11:00 Filters / Aoi Tanaka",
        ],
    ),
    "a title that goes on behind a colon": (
        "a.txt",
        "10:00\n検索トーク #1:\n索引を作る\nSpeaker\n佐藤 花子\n11:00\n順位\nSpeaker\n森 健太郎\n",
        ["10:00 検索トーク #1: 索引を作る / 佐藤 花子", "11:00 順位 / 森 健太郎"],
    ),
}


@pytest.mark.parametrize("case", PEOPLE)
def test_people_and_titles_are_told_apart(case: str) -> None:
    name, text, expected = PEOPLE[case]
    found = [re.sub(r" \((?!write|Example,)[^()]*\)", "", one) for one in said(read(text, name))]
    assert found == expected


#: What tells breaks from sessions.
BREAKS = {
    "without a time": (
        "a.txt",
        (
            "9.00 AM\tIndexes - Ken Mori\n9.25 AM\tRanking - Mio Ito\n\nTea Break\n\n"
            "10.20 AM\tSorting - Aoi Tanaka\n\nTea Break\n\n11.00 AM\tFilters - Lars Berg\n"
        ),
        [
            "09:00 Indexes / Ken Mori",
            "09:25 Ranking / Mio Ito",
            "-Tea Break",
            "10:20 Sorting / Aoi Tanaka",
            "-Tea Break",
            "11:00 Filters / Lars Berg",
        ],
    ),
    "times behind the name": (
        "a.txt",
        "10:00-10:10 Indexes\nPAUSE: 10:30-10:45\n10:45-10:55 Ranking\nLunch 13:00-14:00\n",
        ["10:00-10:10 Indexes", "-10:30-10:45 PAUSE", "10:45-10:55 Ranking", "-13:00-14:00 Lunch"],
    ),
    "where they are": (
        "a.md",
        (
            "**9:00-9:10**: Welcome (Old Hall)\n\n**9:10-9:30**: Indexes (Ken Mori)\n\n"
            "**9:30-9:40**: Break (Foyer)\n\n**9:40-10:00**: Ranking (Mio Ito)\n\n"
            "**10:00-10:10**: Closing (Visboekzaal B)\n\n**10:10-11:00**: Welcome coffee\n"
        ),
        [
            "-09:00-09:10 Welcome (Old Hall)",
            "09:10-09:30 Indexes / Ken Mori",
            "-09:30-09:40 Break (Foyer)",
            "09:40-10:00 Ranking / Mio Ito",
            "-10:00-10:10 Closing (Visboekzaal B)",
            "-10:10-11:00 Welcome coffee",
        ],
    ),
    "a column of kinds": (
        "a.csv",
        (
            "from,to,title,speaker,type\n09:00,10:00,Hello,,break\n"
            "10:00,10:20,Indexes,Ken Mori,talk\n10:20,10:40,Ranking,,other\n"
        ),
        [
            "-09:00-10:00 Hello",
            "10:00-10:20 Indexes / Ken Mori",
            "10:20-10:40 Ranking",
        ],
    ),
    "several at once": (
        "a.txt",
        (
            "9:30-10:00 Afternoon break\n10:00-10:30 Welcome, Registration & Coffee\n"
            "10:30-11:00 Coffee and a history of trees\n"
        ),
        [
            "-09:30-10:00 Afternoon break",
            "-10:00-10:30 Welcome, Registration & Coffee",
            "10:30-11:00 Coffee and a history of trees",
        ],
    ),
}


@pytest.mark.parametrize("case", BREAKS)
def test_breaks_are_told_from_sessions(case: str) -> None:
    name, text, expected = BREAKS[case]
    assert said(read(text, name)) == expected


def test_a_second_list_names_people_without_their_companies() -> None:
    rows_of_table = "".join(
        f"<tr><td>{hour}:00-{hour}:40</td><td>{title}<br>{name}</td></tr>"
        for hour, title, name in ((10, "Ranking", "Example Ken Mori"), (11, "Filters", "Mio Ito"))
    )
    draft = read(
        f"<h2>Timetable</h2><table><tr><th>Time</th><th>Talk</th></tr>{rows_of_table}</table>"
        "<h3>A-1 Ranking 10:00-10:40</h3><p>What ranks.</p><p class='speaker'>Ken Mori</p>",
        "page.html",
    )
    assert rows(draft)[0] == ("10:00-10:40", "Ranking", ["Ken Mori (Example)"])


def test_a_form_for_registration_is_no_break() -> None:
    draft = read(
        "9:00 Indexes - Ken Mori\n\n[Registration form](https://example.com/f)\n\n"
        "10:00 Ranking - Mio Ito\n",
        "a.md",
    )
    assert said(draft) == ["09:00 Indexes / Ken Mori", "10:00 Ranking / Mio Ito"]


WILD = st.text(
    st.sampled_from("10:3-/|[]()（）「」『』 \t\n#*_`<>&、：・@.Aoi田中さん氏〜分")
    | st.characters(),
    max_size=300,
)


@settings(max_examples=60, deadline=None)
@given(WILD, st.sampled_from(["", "a.md", "a.html", "a.csv", "a.txt"]))
def test_any_text_is_read(text: str, name: str) -> None:
    draft = read(text, name)
    assert yaml.safe_dump({"facts": dict(draft.facts)})
    assert all(title_id(str(one.facts.get("title", ""))) for one in draft.sessions)
