"""What is wrong is reported in every build, once, and no page is read for it."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sphinx.cmd.build import build_main

from conftest import Built, Site

# Each builds a site several times.
pytestmark = pytest.mark.slow

EVENT = """
name: {name}
date: 2020-01-02
sessions:
  - id: key
    title: Keynote
    speakers: [Ann]
"""
#: A page, and the codes of all that is wrong with it.
PAGES = {
    "options": ("```{event:list}\n:yaer: 2020\n```\n", ["option"]),
    "fields": ("```{event:info}\n:event: a\n:fields: nmae\n```\n", ["option"]),
    "markup": (".. event:list::\n", ["markup"]),
    "event": ("```{event:info}\n:event: nope\n```\n", ["unknown-event"]),
    "session": ("```{event:session} nope\n:event: a\n```\n", ["unknown-session"]),
    "names": ("```{event:sponsors}\n:event: a\n:tiers: Gold, Tin\n```\n", ["unknown-name"] * 2),
    "role": ("See {event:event}`nope`.\n\nSee {event:event}`ab`.\n", ["unknown-event"] * 2),
    "talk": ("See {event:session}`a/keys` and {event:session}`b/x`.\n", ["unknown-session"] * 2),
    "twice": ("See {event:session}`a/y`, {event:session}`a/y`.\n", ["unknown-session"]),
    "right": ("See {event:session}`a/key` and {event:event}`b`.\n", []),
}
#: A page in the folder of an event that has not come yet.
EARLY = "---\norphan: true\n---\n\n# Later\n\n```{event:info}\n```\n"
IN_DATA = ["date", "placeholder", "file", "duplicate-id", "no-page", "unknown-key"]


@pytest.fixture
def faulty(site: Site) -> Site:
    """A site in which every kind of fault is once or twice, on pages and in data."""
    site.event("a", EVENT.format(name="A"))
    site.event("b", EVENT.format(name="B").replace("2020-01-02", "2020-02-30"))
    site.event("c", EVENT.format(name="C") + "    slides: talk.pdf\nreporters: [TODO]\nid: a\n")
    site.event("d", EVENT.format(name="D") + "nmae: E\n")
    (site.folder / "events/d/index.md").unlink()
    site.event("e", EVENT.format(name="E") + "participants: [Ken Mori, Ken Morri]\n")
    page = "# E\n\n## Another\n\n```{event:session} key\n```\n"
    site.write({"events/e/index.md": page})
    for name, (text, _codes) in PAGES.items():
        site.write({f"page-{name}.md": f"# Page\n\n{text}"})
    site.write({"events/later/index.md": EARLY})
    site.write({"index.md": "# Site\n\n```{toctree}\n:glob:\n\nevents/years/index\npage-*\n```\n"})
    return site


def codes(built: Built) -> list[str]:
    found = (re.search(r"\[(?:event|myst)\.([\w-]+)\]$", line) for line in built.warnings)
    return sorted(one[1] if one else "" for one in found)


def hints(built: Built) -> list[str]:
    """What is reported and fails no build."""
    return sorted(line for line in built.status.splitlines() if "[event." in line)


ALL = sorted([*IN_DATA, "no-event", *(code for _text, some in PAGES.values() for code in some)])


HINTS = {"event.heading", "event.similar-name"}


def test_messages_are_in_the_language_of_the_build(faulty: Site) -> None:
    """Also of data that is not read again."""
    found = {}
    for language in ("en", "ja", "en"):
        built = faulty.build(language=language, messages=None)
        assert codes(built) == ALL
        lines = [*built.warnings, *hints(built)]
        found[language] = [one for one in lines if "[event." in one]
        are_japanese = [re.search("[ぁ-ヿ]", line) is not None for line in found[language]]
        assert set(are_japanese) == {language == "ja"}
    assert len(found["ja"]) == len(found["en"])


@pytest.mark.parametrize("parallel", [0, 2, 4])
def test_all_is_reported_again_and_no_page_is_read(faulty: Site, parallel: int) -> None:
    first = faulty.build(parallel=parallel)
    assert codes(first) == ALL
    assert {re.findall(r"event\.[\w-]+", one)[-1] for one in hints(first)} == HINTS
    for _time in range(2):
        again = faulty.build(parallel=parallel)
        assert (again.read, again.written) == ([], [])
        assert sorted(again.warnings) == sorted(first.warnings)
        assert hints(again) == hints(first)


def test_each_builder_reports_the_same(faulty: Site) -> None:
    first = faulty.build("text")
    for builder in ("html", "epub", "singlehtml", "man"):
        again = faulty.build(builder)
        assert again.read == []
        ours = [line for line in again.warnings if "WARNING: unknown mimetype" not in line]
        assert sorted(ours) == sorted(first.warnings), builder
        assert hints(again) == hints(first)


def test_pages_that_are_read_report_once(faulty: Site) -> None:
    first = faulty.build()
    page = faulty.folder / "page-role.md"
    page.write_text("New\n" + page.read_text("utf-8"), "utf-8")
    again = faulty.build()
    assert again.read == ["page-role"]
    # What is wrong stands a line lower.
    lower = {f"page-role.md:{line}:": f"page-role.md:{line + 1}:" for line in (3, 5)}
    moved = [
        re.sub(r"page-role.md:\d:", lambda found: lower[found[0]], line) for line in first.warnings
    ]
    assert sorted(again.warnings) == sorted(moved)


def test_a_second_build_fails_as_the_first(faulty: Site) -> None:
    options = ["-q", "-W", "-w", str(faulty.folder / "log"), "-D", "html_theme=basic"]
    folders = [str(faulty.folder), str(faulty.folder / "out")]
    assert [build_main([*options, *folders]) for _time in range(3)] == [1, 1, 1]


# What is put right is silent at once, wherever that was done


def _add_file(site: Site) -> None:
    (site.folder / "events/c/talk.pdf").write_bytes(b"%PDF")


def _add_event(site: Site) -> None:
    site.event("nope", EVENT.format(name="N"))


def _add_page(site: Site) -> None:
    site.write({"events/d/index.md": "# D\n\n```{event:info}\n```\n"})


def _add_session(site: Site) -> None:
    path = site.folder / "events/a/event.yaml"
    path.write_text(path.read_text("utf-8") + "  - id: nope\n    title: N\n", "utf-8")


def _add_event_around(site: Site) -> None:
    site.write({"events/later/event.yaml": "name: All\n"})


@pytest.mark.parametrize(
    ("put_right", "gone"),
    [
        (_add_file, ["file"]),
        (_add_event, ["unknown-event"] * 2),
        (_add_page, ["no-page"]),
        (_add_session, ["unknown-session"]),
        (_add_event_around, ["no-event"]),
    ],
)
def test_what_another_file_puts_right_is_reported_no_more(
    faulty: Site, put_right: Callable[[Site], None], gone: list[str]
) -> None:
    faulty.build()
    put_right(faulty)
    expected = list(ALL)
    for code in gone:
        expected.remove(code)
    for _time in range(2):
        built = faulty.build()
        assert codes(built) == expected
    assert built.read == []


@pytest.mark.parametrize(
    "text", ["![x](pic.png)", "{download}`pic.png`", "```{literalinclude} pic.png\n```"]
)
def test_what_leads_out_of_the_project_until_it_does_not(
    site: Site, tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    (tmp_path / "outside.png").write_text("x")
    site.write({"index.md": f"# Site\n\n{text}\n"})
    picture = site.folder / "pic.png"
    picture.symlink_to(tmp_path / "outside.png")
    for _time in range(2):
        built = site.build()
        assert codes(built) == ["path"]
    assert built.read == []
    picture.unlink()
    picture.write_text("x")
    assert site.build().warnings == []


def test_a_file_that_is_gone_is_reported(faulty: Site) -> None:
    _add_file(faulty)
    assert "file" not in codes(faulty.build())
    (faulty.folder / "events/c/talk.pdf").unlink()
    for _time in range(2):
        assert "file" in codes(faulty.build())


def test_what_was_meant_is_what_there_is_by_now(faulty: Site) -> None:
    """A message names the id that is nearest; another may come, or that one go."""
    faulty.build()
    for name in ("nop", "nopes"):
        faulty.event(name, EVENT.format(name="N"))
        for _time in range(2):
            meant = [line for line in faulty.build().warnings if f"did you mean “{name}”" in line]
            assert len(meant) == 2
        shutil.rmtree(faulty.folder / "events" / name)


def test_a_page_that_is_gone_reports_nothing(faulty: Site) -> None:
    faulty.build()
    for name in PAGES:
        (faulty.folder / f"page-{name}.md").unlink(missing_ok=name != "right")
    faulty.write({"page-right.md": "# Right\n"})
    for _time in range(2):
        assert codes(faulty.build()) == sorted([*IN_DATA, "no-event"])


# What the site wants to hear


def test_what_is_suppressed_is_so_from_one_build_to_the_next(faulty: Site) -> None:
    first = faulty.build()
    unwanted = ["event.unknown-event", "event.date", "event.option", "event.heading"]
    for _time in range(2):
        built = faulty.build(suppress_warnings=unwanted)
        assert not {"unknown-event", "date", "option"} & set(codes(built))
        assert not [one for one in hints(built) if "event.heading" in one]
    again = faulty.build()
    assert sorted(again.warnings) == sorted(first.warnings)
    assert hints(again) == hints(first)


@pytest.mark.parametrize(
    "ignored",
    [
        {"nitpick_ignore": [("event:event", "nope"), ("event:session", "a/keys")]},
        {"nitpick_ignore_regex": [("event:event", "no.*"), ("event:.*", "a/keys")]},
    ],
)
def test_what_a_nitpicky_site_ignores(faulty: Site, ignored: dict[str, Any]) -> None:
    first = faulty.build()
    assert sorted(faulty.build(nitpicky=True).warnings) == sorted(first.warnings)
    for _time in range(2):
        built = faulty.build(nitpicky=True, **ignored)
        assert built.read == []
        assert not [
            line for line in built.warnings if re.search("page-(role|talk).*(nope|keys)", line)
        ]
        assert len(built.warnings) == len(first.warnings) - 2


def test_data_is_not_opened_again_to_report_it(faulty: Site) -> None:
    """Times tell that a file is as it was."""
    first = faulty.build()
    files = [*(faulty.folder / "events").rglob("event.yaml")]
    for path in files:
        _spoil(path)
    again = faulty.build()
    assert again.read == []
    assert sorted(again.warnings) == sorted(first.warnings)


def _spoil(path: Path) -> None:
    """Other bytes, of the same number and time."""
    status = path.stat()
    path.write_bytes(b"\0" * status.st_size)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
