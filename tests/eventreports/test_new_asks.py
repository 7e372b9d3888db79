"""``eventreports new`` in a terminal: what it asks for, and what ends the asking."""

from pathlib import Path

import pytest
import yaml

from conftest import ROOT
from terminals import CTRL_D, Terminal, eventreports

TIMETABLE = """\
くもの日 2026

日時：2026年11月21日(土)
会場：みなとホール
住所：東京都港区1-2-3
合言葉：なし
報告者：佐藤 花子（例社）、田中 澪

10:00-10:40 検索の基礎 / 佐藤 花子 (例社)
10:40-11:00 休憩
11:00-11:40 Indexes at Scale / Ken Mori"""
pytestmark = pytest.mark.slow

PASTE = "Paste the timetable"
LAST = "Who reports"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "conf.py").write_text('language = "en"\n', encoding="utf-8")
    (tmp_path / "events").mkdir()
    return tmp_path


def begin(folder: Path, *arguments: str, language: str = "en") -> Terminal:
    environment = {"PYTHONPATH": str(ROOT / "_ext"), "LANGUAGE": language, "CI": ""}
    return Terminal(eventreports("new", *arguments), folder, environment)


def facts_in(folder: Path) -> dict[str, object]:
    (file,) = folder.glob("events/*/event.yaml")
    facts: dict[str, object] = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
    return facts


@pytest.mark.parametrize("end", ["\n.\n", f"\n{CTRL_D}", CTRL_D])
def test_what_is_pasted_is_told_and_gives_the_defaults(end: str, folder: Path) -> None:
    terminal = begin(folder)
    terminal.wait_for("or with Ctrl-D")
    terminal.type(TIMETABLE + end)
    terminal.wait_for("sessions: 2, days: 1, lines that found no place: 1\n")
    terminal.wait_for("Enter alone, or Ctrl-D, takes what stands in brackets")
    terminal.wait_for("Name of the event [くもの日 2026]: ")
    terminal.type("\n")
    terminal.wait_for("Day, or first and last day [2026-11-21]: ")
    terminal.type(CTRL_D)
    terminal.wait_for("\nVenue [みなとホール (東京都港区1-2-3)]: ")
    terminal.type("\n")
    terminal.wait_for("Website: ")
    terminal.type(CTRL_D)
    terminal.wait_for("\nWho reports [佐藤 花子 (例社), 田中 澪]: ")
    terminal.type("澪\n")
    status, shown = terminal.end()
    assert status == 0
    assert "is written; sessions: 2" in shown
    facts = facts_in(folder)
    assert facts["date"] == "2026-11-21"
    assert facts["venue"] == {"name": "みなとホール", "address": "東京都港区1-2-3"}
    assert facts["reporters"] == ["澪"]


@pytest.mark.parametrize("end", [".\n", CTRL_D])
def test_without_a_timetable_nothing_is_told_and_no_default_is_shown(
    end: str, folder: Path
) -> None:
    terminal = begin(folder)
    terminal.wait_for(PASTE)
    terminal.type(end)
    terminal.wait_for("Name of the event: ")
    terminal.type("\n")
    # That one cannot be left out.
    terminal.wait_for("an event needs a name\nName of the event: ")
    terminal.type("Kumo Days\n")
    terminal.wait_for("Day, or first and last day: ")
    terminal.type("soon\n")
    terminal.wait_for("“soon” is no date")
    terminal.wait_for("Day, or first and last day: ")
    terminal.type("2026-11-21/2026-11-22\n")
    terminal.wait_for("Venue: ")
    terminal.type("\n\n\n")
    status, shown = terminal.end()
    assert status == 0
    assert "was read" not in shown
    facts = facts_in(folder)
    assert (facts["start_date"], facts["end_date"]) == ("2026-11-21", "2026-11-22")


@pytest.mark.parametrize("question", [PASTE, "Name of the event", LAST])
def test_an_interruption_writes_nothing_and_says_so(question: str, folder: Path) -> None:
    terminal = begin(folder)
    terminal.wait_for(PASTE)
    if question != PASTE:
        terminal.type(f"{TIMETABLE}\n.\n")
        terminal.wait_for("Name of the event")
    if question == LAST:
        terminal.type("\n\n\n\n")
        terminal.wait_for(question)
    terminal.interrupt()
    status, shown = terminal.end()
    assert status == 130
    assert shown.endswith("\nnothing was written\n")
    assert "Traceback" not in shown
    assert list(folder.glob("events/*")) == []


def test_what_options_give_is_not_asked_for(folder: Path) -> None:
    (folder / "timetable.txt").write_text(TIMETABLE, encoding="utf-8")
    known = ("--venue", "Hall", "--url", "https://example.com/", "--date", "2026-11-28")
    terminal = begin(folder, "timetable.txt", *known)
    terminal.wait_for("This was read: sessions: 2")
    terminal.wait_for("Name of the event")
    terminal.type("\n")
    terminal.wait_for(LAST)
    terminal.type("\n")
    assert terminal.end()[0] == 0
    facts = facts_in(folder)
    assert (facts["venue"], facts["date"]) == ("Hall", "2026-11-28")
    assert facts["reporters"] == ["佐藤 花子 (例社)", "田中 澪"]


def test_a_folder_that_has_an_event_is_refused_before_anything_is_asked(folder: Path) -> None:
    (folder / "events" / "kumo").mkdir()
    (folder / "events" / "kumo" / "event.yaml").write_text("name: K\n", encoding="utf-8")
    status, shown = begin(folder, "--folder", "events/kumo").end()
    assert status == 2
    assert 'eventreports new --folder "events/…"' in shown
    assert PASTE not in shown


def test_the_questions_are_in_the_language_of_the_locale_and_the_form_in_the_sites(
    folder: Path,
) -> None:
    terminal = begin(folder, language="ja")
    terminal.wait_for("タイムテーブルを貼り付け")
    terminal.type(f"{TIMETABLE}\n.\n")
    terminal.wait_for("イベントの名前")
    terminal.type("\n\n\n\n")
    terminal.wait_for("会場 [みなとホール（東京都港区1-2-3）]")
    terminal.wait_for("報告者 [佐藤 花子 (例社)、田中 澪]")
    terminal.type("\n")
    assert terminal.end()[0] == 0
    (page,) = folder.glob("events/*/index.md")
    assert "## Sessions" in page.read_text(encoding="utf-8")


def test_additions_that_are_not_confirmed_are_not_written(folder: Path) -> None:
    kumo = folder / "events" / "kumo"
    kumo.mkdir()
    (kumo / "event.yaml").write_text(
        "name: K\nsessions:\n  - {id: a, title: A}\n", encoding="utf-8"
    )
    (kumo / "index.md").write_text("# K\n", encoding="utf-8")
    for key in ("", CTRL_D, "n\n"):
        terminal = begin(folder, "events/kumo")
        terminal.wait_for("Write this? [y/N] ")
        if key:
            terminal.type(key)
        else:
            terminal.interrupt()
        status, shown = terminal.end()
        assert status == 0
        assert shown.endswith("\nnothing was written\n")
    assert (kumo / "index.md").read_text(encoding="utf-8") == "# K\n"
