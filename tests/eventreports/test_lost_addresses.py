"""``eventreports check --against``: what a build would lose, and that following it keeps all."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import pytest

from browsers import serving
from conftest import Built, Site
from eventreports.cli import main
from eventreports.cli.inventory import read_inventory
from eventreports.core.successors import Candidate, successors, titles

#: Two at two events, so that they have a page.
SPEAKERS: Final = "speakers: [Aoi Tanaka, ジョン・スミス]"
EVENT: Final = f"""\
name: Kumo Days
series: Kumo
topics: [Kubernetes]
sessions:
  - id: opening
    title: Opening
    {SPEAKERS}
  - id: edge
    title: Kubernetes at the Edge
"""
OTHER: Final = f"""\
name: Other
series: Kumo
topics: [Kubernetes]
sessions:
  - title: Closing
    {SPEAKERS}
"""
Check = Callable[..., tuple[int, list[dict[str, Any]]]]


@pytest.fixture
def published(site: Site) -> Built:
    """A site as it is published: its inventory is ``objects.inv`` beside ``conf.py``."""
    site.event("kumo", EVENT)
    site.write({"events/kumo/ken.md": "---\norphan: true\n---\n# Ken's notes\n"})
    site.event("other", OTHER)
    built = site.build()
    inventory = (built.outdir / "objects.inv").read_bytes()
    Path(site.folder, "objects.inv").write_bytes(inventory)
    return built


@pytest.fixture
def check(site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    """The status of ``check --against``, and the problems of addresses."""
    monkeypatch.chdir(site.folder)

    def run(*options: str, against: str = "objects.inv") -> tuple[int, list[dict[str, Any]]]:
        status = main(["check", "--format", "json", "--against", against, *options])
        problems = json.loads(capsys.readouterr().out)
        return status, [one for one in problems if one["code"] == "event.lost-address"]

    return run


def lost(problems: list[dict[str, Any]]) -> dict[str, tuple[str, int, str]]:
    """By what is lost: the file, the line, and what to write there."""
    return {
        f"{said['address']} {said['name']}": (one["path"], one["line"], said.get("line", ""))
        for one in problems
        if (said := one["arguments"])
    }


def follow(folder: Path, problems: list[dict[str, Any]]) -> None:
    """Write what the messages say, where they say it; in files of blocks."""
    places = {
        (one["path"], -one["line"], one["column"], one["arguments"]["line"]): one["arguments"]
        for one in problems
    }
    for (name, line, column, text), arguments in sorted(places.items(), key=lambda one: one[0]):
        path = folder / name
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        if key := arguments.get("key"):
            head = "" if f"{key}:\n" in before else f"{key}:\n"
            path.write_text(f"{before}{head}  {text}\n", encoding="utf-8")
            continue
        lines = before.splitlines(keepends=True)
        start, end = lines[-line - 1][: column - 1], lines[-line - 1][column - 1 :]
        lines[-line - 1] = f"{start}{text}\n{' ' * (column - 1)}{end}"
        path.write_text("".join(lines), encoding="utf-8")


def rename(site: Site, new: str, **texts: str) -> None:
    """Move the event to another folder, with other texts in its file."""
    folder = site.folder / "events"
    (folder / new).parent.mkdir(parents=True, exist_ok=True)
    (folder / "kumo").rename(folder / new)
    text = EVENT
    for before, after in texts.items():
        text = text.replace(before, after)
    site.write({f"events/{new}/event.yaml": text})


def test_a_site_that_is_as_it_was_loses_nothing(published: Built, check: Check) -> None:
    assert check() == (0, [])


@pytest.mark.parametrize("new", ["雲の日 2026", "2026/kumo", "2026/new"])
def test_what_a_message_says_keeps_all(
    site: Site, published: Built, check: Check, new: str
) -> None:
    rename(site, new, opening="hajime", Kubernetes="K8s")
    site.write({
        "events/people.yaml": "people:\n"
        "  - name: Aoi Tanaka\n    id: aoi\n"
        "  - name: ジョン・スミス\n    id: john\n",
        "events/topics.yaml": "topics:\n  - name: K8s\n    aliases: [Kubernetes]\n",
        "events/series.yaml": "series:\n  - name: Kumo Days\n    aliases: [Kumo]\n",
    })  # fmt: skip
    status, problems = check()
    assert status == 1
    said = lost(problems)
    path = f"events/{new}/event.yaml"
    assert {where for where, _line, _text in said.values()} == {
        path,
        *(f"events/{name}.yaml" for name in ("people", "topics", "series")),
    }
    assert {text for where, _, text in said.values() if where == "events/people.yaml"} == {
        "old_ids: [aoi-tanaka]",
        "old_ids: [ジョン・スミス]",
    }
    follow(site.folder, problems)
    assert check() == (0, [])
    built = site.build()
    assert built.warnings == []
    names = {(one.kind, one.name) for one in read_inventory(str(built.outdir))}
    for item in read_inventory("objects.inv"):
        if item.kind == "std:doc" or item.kind.startswith("event:"):
            assert item.kind == "std:doc" or (item.kind, item.name) in names
            assert (built.outdir / unquote(item.address.partition("#")[0])).is_file(), item
    assert 'id="session-opening"' in built.text(f"events/{new}/index.html")
    # What was followed stays so.
    Path("objects.inv").write_bytes((built.outdir / "objects.inv").read_bytes())
    assert check() == (0, [])


def test_a_renamed_folder_of_an_event_with_an_id(
    site: Site, published: Built, check: Check
) -> None:
    rename(site, "kumo-days", name="id: kumo\nname")
    _status, problems = check()
    assert {(path, line, text) for path, line, text in lost(problems).values()} == {
        ("events/kumo-days/event.yaml", 1, 'old_ids: ["/kumo"]')
    }
    follow(site.folder, problems)
    assert check() == (0, [])
    assert site.build().warnings == []


def test_a_person_who_is_at_one_event_alone_now_keeps_the_page_by_an_entry(
    site: Site, published: Built, check: Check
) -> None:
    site.event("other", OTHER.replace("Aoi Tanaka, ", ""))
    _status, problems = check()
    assert list(lost(problems).values()) == [
        ("events/people.yaml", 1, "- {name: Aoi Tanaka, id: aoi-tanaka}")
    ]
    follow(site.folder, problems)
    assert check() == (0, [])


def test_what_is_removed_has_no_advice(site: Site, published: Built, check: Check) -> None:
    for name in ("event.yaml", "index.md", "ken.md"):
        (site.folder / "events/kumo" / name).unlink()
    # Another number is another event.
    site.event("kumo-2027", "name: Kumo Days of another year\n")
    status, problems = check()
    assert status == 1
    said = lost(problems)
    assert len(said) == 8
    assert {path for path, _line, text in said.values() if not text} == {"events/kumo/event.yaml"}
    # Of whom one event is left, an entry keeps the page.
    assert sorted(text for _path, _line, text in said.values() if text) == [
        "- {name: Aoi Tanaka, id: aoi-tanaka}",
        "- {name: Kubernetes, id: kubernetes}",
        "- {name: Kumo, id: kumo}",
        "- {name: ジョン・スミス, id: ジョン・スミス}",
    ]


def test_the_audience_counts(site: Site, published: Built, check: Check) -> None:
    site.event("kumo", f"visibility: internal\n{EVENT}")
    assert check("--audience", "internal") == (0, [])
    status, problems = check("--audience", "public")
    assert status == 1
    assert any("kumo/edge" in one["message"] for one in problems)
    site.event("kumo", EVENT)
    site.write({"events/kumo/ken.md": "---\norphan: true\nvisibility: internal\n---\n# Ken\n"})
    (problem,) = check("--audience", "public")[1]
    assert "events/kumo/ken.html" in problem["message"]


@pytest.mark.parametrize("form", ["text", "github", "gitlab"])
def test_each_format_has_them(
    site: Site,
    published: Built,
    check: Check,
    capsys: pytest.CaptureFixture[str],
    form: str,
) -> None:
    rename(site, "new")
    assert main(["check", "--against", "objects.inv", "--format", form]) == 1
    out = capsys.readouterr().out
    assert "event.lost-address" in out
    assert "old_ids: [kumo]" in out
    assert main(["check", "--against", "objects.inv", "--ignore", "lost-address"]) == 0


def test_the_published_site_is_asked(site: Site, published: Built, check: Check) -> None:
    rename(site, "new")
    expected = check()
    with serving(published.outdir) as address:
        for against in (address, f"{address}index.html", f"{address}objects.inv"):
            assert check(against=against) == expected
    # Nobody answers there any longer.
    with pytest.raises(SystemExit, match="2"):
        check(against=address)


def test_what_is_no_inventory_is_said(
    site: Site, check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    header = b"# Sphinx inventory version 2\n# Project: P\n# Version:\n# Compressed\n"
    site.event("kumo", EVENT)
    bad = {"page": b"<!DOCTYPE html>", "cut": header[:-5], "broken": header + b"x"}
    bad["text"] = header + zlib.compress(b"\xff")
    for name, data in bad.items():
        Path(name).write_bytes(data)
    for name in (*bad, "missing"):
        with pytest.raises(SystemExit, match="2"):
            check(against=name)
        assert f"{name} cannot be read" in capsys.readouterr().err


def test_successors() -> None:
    def one(own: str, title: str = "", *parts: str) -> Candidate:
        return Candidate(own, titles(title), frozenset(parts))

    new = [
        one("b", "Ｔｉｔｌｅ"),
        one("c", "C", "x", "y"),
        one("talk-2", "D"),
        one("keynotes", "E"),
    ]
    gone = {
        "by title": one("a", "Title"),
        "by parts": one("q", "Q", "x", "y", "z"),
        "by id": one("keynote", "F"),
        "another number": one("talk-1", "G"),
        "taken": one("a2", "Title"),
    }
    found = {key: successor.id for key, successor in successors(gone, new).items()}
    assert found == {"by title": "b", "by parts": "c", "by id": "keynotes"}
