"""Which events there are: found in a stable order, opened only when their files have changed."""

import os
import shutil
from pathlib import Path

import pytest

from eventreports import library, loader
from eventreports.core.audience import Audience
from eventreports.core.dates import PartialDate
from eventreports.core.paths import IsContent
from eventreports.library import Entry, Library, event_files
from eventreports.loader import LoadedEvent


def write(root: Path, folder: str, text: str = "name: E\n") -> Path:
    path = root / folder / "event.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the folders whose event was read from the disk, in that order."""
    names: list[str] = []
    real = loader.load

    def load(path: Path, root: Path, is_content: IsContent) -> LoadedEvent:
        names.append(path.parent.name)
        return real(path, root, is_content)

    monkeypatch.setattr(library, "load", load)
    return names


def scanned(root: Path, known: dict[str, Entry] | None = None) -> Library:
    library = Library(root, "events")
    library.scan(known or {})
    return library


def test_events_are_found_at_any_depth_in_a_stable_order(tmp_path: Path) -> None:
    folders = ["events/b", "events/a/z", "events/a", "events/2018/04/x", "events/あ", "events"]
    for folder in folders:
        write(tmp_path, folder)
    (tmp_path / "events" / "no-event").mkdir()
    library = scanned(tmp_path)
    assert list(library.entries) == [
        "events",
        "events/2018/04/x",
        "events/a",
        "events/a/z",
        "events/b",
        "events/あ",
    ]
    assert [entry.folder for entry in library.entries.values()] == list(library.entries)


def test_the_order_is_not_that_of_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("a", "b", "c/d", "c/e"):
        write(tmp_path, folder)
    real = os.scandir

    class Reversed:
        """What another disk may say: the same names, the other way round."""

        def __init__(self, path: str) -> None:
            with real(path) as found:
                self.found = iter(sorted(found, key=lambda one: one.name, reverse=True))

        def __enter__(self) -> "Reversed":
            return self

        def __exit__(self, *_: object) -> None:
            return None

        def __iter__(self) -> "Reversed":
            return self

        def __next__(self) -> os.DirEntry[str]:
            return next(self.found)

        def close(self) -> None:
            return None

    monkeypatch.setattr(os, "scandir", Reversed)
    found = [path.parent.relative_to(tmp_path).as_posix() for path in event_files(tmp_path)]
    assert found == ["a", "b", "c/d", "c/e"]


@pytest.mark.parametrize("folder", [".git/x", "_drafts/x", "a/.hidden", "a/_build/x"])
def test_hidden_folders_are_left_out(folder: str, tmp_path: Path) -> None:
    write(tmp_path, "events/shown")
    write(tmp_path, f"events/{folder}")
    assert list(scanned(tmp_path).entries) == ["events/shown"]


def test_a_folder_that_is_not_there_holds_no_events(tmp_path: Path) -> None:
    library = scanned(tmp_path)
    assert library.entries == {}
    assert library.problems == []


def test_an_entry_says_what_all_pages_need(tmp_path: Path) -> None:
    path = write(tmp_path, "events/x", "id: own\nname: E\nstart_date: 2018-04-19\n")
    write(tmp_path, "events/y", "name: Without an id or a date\n")
    library = scanned(tmp_path)
    status = path.stat()
    assert library.entries["events/x"] == Entry(
        "events/x", "own", PartialDate(2018, 4, 19), (status.st_mtime_ns, status.st_size)
    )
    assert library.entries["events/y"][:3] == ("events/y", "y", None)
    assert library.event_ids == ["own", "y"]
    assert library.folder_of_event("own") == "events/x"
    assert library.folder_of_event("x") is None


@pytest.mark.parametrize("text", ["", "a", "- a\n"])
def test_a_file_that_holds_no_event_keeps_its_place(text: str, tmp_path: Path) -> None:
    write(tmp_path, "events/x", text)
    library = scanned(tmp_path)
    assert library.entries["events/x"][:3] == ("events/x", "x", None)
    assert library.load("events/x").event is None


# Ids


def test_an_id_that_two_events_bear_is_reported_and_stays_with_the_first(tmp_path: Path) -> None:
    write(tmp_path, "events/a", "name: A\n")
    write(tmp_path, "events/b", "name: B\nid: a\n")
    write(tmp_path, "events/c/a", "name: C\n")
    write(tmp_path, "events/d", "name: D\n")
    library = scanned(tmp_path)
    reported = [(problem.path, problem.code.label) for problem in library.problems]
    assert reported == [
        ("events/b/event.yaml", "duplicate-id"),
        ("events/c/a/event.yaml", "duplicate-id"),
    ]
    for problem in library.problems:
        assert "“a”" in str(problem.message)
        assert "events/a/event.yaml" in str(problem.message)
        assert "id: …" in str(problem.message)
    assert library.folder_of_event("a") == "events/a"
    assert library.event_ids == ["a", "d"]


def test_a_fixed_id_is_no_longer_reported(tmp_path: Path) -> None:
    write(tmp_path, "events/a")
    path = write(tmp_path, "events/b", "name: B\nid: a\n")
    library = scanned(tmp_path)
    assert len(library.problems) == 1
    path.write_text("name: B\n", encoding="utf-8")
    library.scan(dict(library.entries))
    assert library.problems == []
    assert library.event_ids == ["a", "b"]


# What is opened


def test_unchanged_files_are_not_opened_again(tmp_path: Path, opened: list[str]) -> None:
    for name in ("a", "b", "c"):
        write(tmp_path, f"events/{name}", "name: E\ndate: 2018\n")
    before = scanned(tmp_path).entries
    assert opened == ["a", "b", "c"]
    opened.clear()
    after = scanned(tmp_path, before).entries
    assert opened == []
    assert after == before


def test_changed_and_new_files_are_opened_and_no_others(tmp_path: Path, opened: list[str]) -> None:
    paths = {name: write(tmp_path, f"events/{name}") for name in ("a", "b", "c", "d")}
    before = scanned(tmp_path).entries
    opened.clear()
    paths["b"].write_text("name: E\ndate: 2018-04-19\n", encoding="utf-8")
    status = paths["c"].stat()
    paths["c"].write_text("name: F\n", encoding="utf-8")  # of the same size
    os.utime(paths["c"], ns=(status.st_atime_ns, status.st_mtime_ns + 1_000_000_000))
    paths["d"].unlink()
    write(tmp_path, "events/e")
    after = scanned(tmp_path, before).entries
    assert opened == ["b", "c", "e"]
    assert list(after) == [f"events/{name}" for name in ("a", "b", "c", "e")]
    assert after["events/b"].date == (2018, 4, 19)


def test_a_file_with_an_older_date_is_another_file(tmp_path: Path, opened: list[str]) -> None:
    """Git gives a file that it brings back the time of now; a backup gives it its old one."""
    path = write(tmp_path, "events/a")
    before = scanned(tmp_path).entries
    opened.clear()
    path.write_text("name: F\n", encoding="utf-8")
    os.utime(path, ns=(0, 0))
    scanned(tmp_path, before)
    assert opened == ["a"]


def test_an_event_is_parsed_once_however_often_it_is_asked_for(
    tmp_path: Path, opened: list[str]
) -> None:
    path = write(tmp_path, "events/a")
    library = scanned(tmp_path)
    first = library.load("events/a")
    assert library.load("events/a") is first
    assert opened == ["a"]
    path.write_text("name: Another\n", encoding="utf-8")
    event = library.load("events/a").event
    assert event is not None
    assert str(event.name) == "Another"
    assert opened == ["a", "a"]


def test_few_of_many_events_are_kept_and_all_that_are_left_out(
    tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "_MOST_EVENTS", 2)
    for name in "abcd":
        write(tmp_path, f"events/{name}", f"name: {name}\n")
        write(tmp_path, f"events/{name}-in", f"name: {name}\nvisibility: internal\n")
    events = Library(tmp_path, "events", audience=Audience("public"))
    events.scan({})
    assert (sorted(events.left_out), len(opened)) == ([f"events/{name}-in" for name in "abcd"], 8)
    for _time in range(2):
        for name in "abcd":
            loaded = events.load(f"events/{name}").event
            assert loaded is not None
            assert loaded.id == name
            assert events.load(f"events/{name}-in").is_left_out
    # No file is parsed again.
    assert len(opened) == 8
    assert len(events.left_out_digests) == 4
    write(tmp_path, "events/c", "name: sea\n")
    loaded = events.load("events/c").event
    assert loaded is not None
    assert str(loaded.name) == "sea"


def test_an_event_is_the_same_when_it_has_been_packed(
    tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(Path(__file__).parents[1] / "every-key", tmp_path / "events/all")
    for name in "xy":
        write(tmp_path, f"events/{name}")
    parsed = scanned(tmp_path).load("events/all")
    monkeypatch.setattr(library, "_MOST_EVENTS", 1)
    events = scanned(tmp_path)
    opened.clear()
    packed = events.load("events/all")
    assert opened == []
    assert packed is not parsed
    assert packed.event is not None
    assert parsed.event is not None
    assert (packed.event, packed.problems) == (parsed.event, parsed.problems)
    for one, other in zip(packed.event.sessions, parsed.event.sessions, strict=True):
        assert [one.mark(key) for key in ("title", "speakers")] == [
            other.mark(key) for key in ("title", "speakers")
        ]


def test_a_file_that_vanishes_after_the_scan_is_a_problem(tmp_path: Path) -> None:
    path = write(tmp_path, "events/a")
    library = scanned(tmp_path)
    path.unlink()
    found = library.load("events/a")
    assert found.event is None
    assert [problem.code.label for problem in found.problems] == ["unreadable"]


# Whose page


@pytest.mark.parametrize(
    ("docname", "folder", "event_id"),
    [
        ("events/a/index", "events/a", "a"),
        ("events/a/notes", "events/a", "a"),
        ("events/a/photos/more/page", "events/a", "a"),
        ("events/a/inner/index", "events/a/inner", "own"),
        ("events/a/inner/deep/page", "events/a/inner", "own"),
        ("events/ab/index", None, None),
        ("events/a", None, None),
        ("events/index", None, None),
        ("index", None, None),
        ("other/a/index", None, None),
    ],
)
def test_a_page_belongs_to_the_nearest_event_above_it(
    docname: str, folder: str | None, event_id: str | None, tmp_path: Path
) -> None:
    write(tmp_path, "events/a")
    write(tmp_path, "events/a/inner", "name: I\nid: own\n")
    library = scanned(tmp_path)
    assert library.folder_of_page(docname) == folder
    assert library.event_of_page(docname) == event_id


def test_an_event_may_stand_at_the_top_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "event.yaml").write_text("name: E\nid: all\n", encoding="utf-8")
    library = Library(tmp_path, ".")
    library.scan({})
    assert library.event_of_page("index") == "all"
    assert library.event_of_page("a/b") == "all"


def test_an_id_of_before_leads_to_the_event_that_had_it(tmp_path: Path) -> None:
    write(tmp_path, "events/a", "name: A\nold_ids: [b, was-a]\n")
    write(tmp_path, "events/b")
    library = scanned(tmp_path)
    # Who has an id now comes before who had it.
    assert library.folder_of_event("b") == "events/b"
    assert library.folder_of_event("was-a") == "events/a"
    assert library.current_id("was-a") == "a"
    assert library.old_ids == {"a": ("was-a",)}
    (reported,) = map(str, library.problems)
    assert reported == (
        "events/a/event.yaml:1:1: the former id “b” is that of events/b/event.yaml too; "
        "take it out of “old_ids” here [event.duplicate-id]"
    )
