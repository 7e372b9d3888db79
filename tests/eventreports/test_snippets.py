"""Snippets of sessions: what VS Code offers in the pages of events."""

import json
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, Built, Site
from eventreports.loader import load
from eventreports.sphinx.settings import Settings
from eventreports.sphinx.snippets import FILE, NEWEST
from eventreports.sphinx.transforms.note_kinds import note_kind

#: Where the snippets of this site are, and those of new ones.
FOLDERS = (".vscode", *(f"_ext/eventreports/cli/site/{one}/dot_vscode" for one in ("ja", "en")))

FACTS = """\
name: {ja: 雲の会, en: Cloud Meetup}
sessions:
  - {id: edge, title: {ja: 端の話, en: At the  Edge}}
  - {id: cloud, title: In the Cloud}
"""
NOTES = "# Report\n\n## At the Edge\n\n```{event:session} edge\n```\n\nNotes.\n"

Snippets = dict[str, dict[str, str]]


def build(site: Site, **settings: Any) -> Built:
    return site.build("dummy", eventreports_snippets=True, **settings)


def snippets(site: Site) -> Snippets:
    found: Snippets = json.loads((site.folder / FILE).read_text(encoding="utf-8"))
    return found


def inserted(snippet: dict[str, str]) -> str:
    """What a snippet leaves, as the grammar of snippets has it."""
    body = snippet["body"]
    assert re.fullmatch(r"(?:[^\\$}]|\\[\\$}])*(?:\$0)?", body)
    return re.sub(r"\\([\\$}])", r"\1", body.removesuffix("$0"))


def test_a_build_writes_none_unless_it_is_asked_to(site: Site) -> None:
    site.event("conf", FACTS)
    site.build("dummy")
    assert not (site.folder / FILE).parent.exists()


def test_each_session_has_its_id_and_those_without_notes_a_heading(site: Site) -> None:
    site.event("conf", FACTS, NOTES)
    build(site, language="en")
    assert {one["description"] for one in snippets(site).values()} == {"Cloud Meetup"}
    offered = {one["prefix"]: inserted(one) for one in snippets(site).values()}
    assert offered == {
        "edge:At\N{NO-BREAK SPACE}the\N{NO-BREAK SPACE}Edge": "edge",
        "cloud:In\N{NO-BREAK SPACE}the\N{NO-BREAK SPACE}Cloud": "cloud",
        "### In the Cloud": "### In the Cloud\n\n```{event:session} cloud\n```\n\n",
    }


def test_titles_and_names_are_in_the_language_of_the_site(site: Site) -> None:
    site.event("conf", FACTS)
    build(site, language="ja")
    assert {one["description"] for one in snippets(site).values()} == {"雲の会"}
    assert "### 端の話" in {one["prefix"] for one in snippets(site).values()}


TITLES = [
    "Pay $1 or $2 in ${currency:USD} for {{ sale }}",
    r"C:\new\table, \(x\) and a\\",
    "`code` and *stars* and _lines_ of snake_case __init__",
    "[a link](https://example.org) ![no image](x.png) [ref][] [1]_",
    "Vec<T>, <b>bold</b> & &amp; AT&T",
    "A |pipe| ~~struck~~ ~tilde~",
    "C#",
    "# 42 of C # ##",
    "1. A list? - B",
    "「括弧」と絵文字🎉の話 Rancher 2.0の全貌",
]


@pytest.mark.parametrize("suffix", ["md", "rst"])
def test_a_heading_that_is_inserted_says_the_title_and_has_the_notes(
    site: Site, suffix: str
) -> None:
    sessions = [{"id": f"s{number}", "title": title} for number, title in enumerate(TITLES)]
    heads = {"md": "# Conf\n\n## Talks\n\n", "rst": "Conf\n====\n\nTalks\n-----\n\n"}
    head = heads[suffix]
    page = f"events/conf/index.{suffix}"
    facts = json.dumps({"name": "Conf", "sessions": sessions}, ensure_ascii=False)
    site.write({"events/conf/event.yaml": facts, page: head})
    build(site)
    scope = {"md": "markdown", "rst": "restructuredtext"}[suffix]
    assert {one["scope"] for one in snippets(site).values()} == {scope}
    notes = [inserted(one) for name, one in snippets(site).items() if name.endswith("+")]
    assert len(notes) == len(TITLES)
    (site.folder / page).write_text(head + "Notes.\n\n".join([*notes, ""]), encoding="utf-8")
    built = build(site, myst_enable_extensions=["strikethrough", "dollarmath", "substitution"])
    assert built.warnings == []
    # That a heading says something else would be a hint.
    assert "[event." not in built.status
    # All of them have notes now.
    assert not [name for name in snippets(site) if name.endswith("+")]


def test_an_event_without_a_page_has_the_markup_of_the_site(site: Site) -> None:
    site.write({"events/conf/event.yaml": FACTS, "index.rst": "Site\n====\n"})
    build(site)
    assert {one["scope"] for one in snippets(site).values()} == {"restructuredtext"}


def test_the_newest_events_have_some_and_those_without_a_date(site: Site) -> None:
    for year in range(2001, 2001 + NEWEST):
        site.event(f"conf-{year}", f"name: Conf\ndate: {year}\nsessions: [Talk]\n")
    site.event("draft", "name: Draft\nsessions: [Talk]\n")
    site.event("broken", "- a list\n")
    build(site)
    events = {name.partition("/")[0] for name in snippets(site)}
    assert events == {"draft", *(f"conf-{year}" for year in range(2003, 2001 + NEWEST))}


def test_the_file_is_written_when_it_changes(site: Site) -> None:
    site.event("conf", FACTS, NOTES)
    build(site)
    file = site.folder / FILE
    first = file.stat().st_mtime_ns
    build(site)
    assert file.stat().st_mtime_ns == first
    site.event("conf", FACTS.replace("cloud", "fog"), NOTES)
    build(site)
    assert {"conf/edge", "conf/fog"} <= snippets(site).keys()
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_that_it_cannot_be_written_is_reported_and_costs_nothing_else(site: Site) -> None:
    site.event("conf", FACTS, NOTES)
    site.write({Path(FILE).parts[0]: "Not a folder.\n"})
    built = build(site)
    (warning,) = built.warnings
    assert FILE in warning
    assert "conf" in "".join(built.read)
    assert built.app.statuscode == 1


# Snippets that come with the site, the same in each


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_other_snippets_insert_is_right(tmp_path: Path, folder: str) -> None:
    file = ROOT / folder / "eventreports.code-snippets"
    bodies = {
        name: filled_in("\n".join(one["body"]))
        for name, one in json.loads(file.read_text(encoding="utf-8")).items()
    }
    within = {name: textwrap.indent(body, "  ") for name, body in bodies.items()}
    path = tmp_path / "kumo/event.yaml"
    path.parent.mkdir()
    path.write_text(
        f"name: Kumo\nsponsor_tiers:\n{within['sponsor tier']}slots:\n{within['break']}sessions:\n"
        f"{within['session'].rstrip()}\n    {bodies['slides later']}",
        encoding="utf-8",
    )
    loaded = load(path, tmp_path)
    assert loaded.problems == ()
    assert loaded.event is not None
    assert [one.kind for one in loaded.event.slots] == ["break"]
    words = Settings().note_kinds
    lines = f"{bodies['notes']}\n{bodies['actions']}".split("\n")
    headings = [line.lstrip("# ") for line in lines if line.startswith("#")]
    assert [note_kind(one, words) for one in headings] == ["notes", "points", "actions"]


def filled_in(body: str) -> str:
    """What a snippet inserts where nothing is typed; of choices the first."""
    body = re.sub(r"\$\{\d+:([^}]*)\}", r"\1", body)
    return re.sub(r"\$\{\d+\|([^,|]*)[^}]*\}|\$\d", lambda match: match[1] or "", body)
