"""What of an event, and which pages, are for an audience."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Site
from eventreports.cli import main
from eventreports.core.audience import LEVELS, Audience, is_for, strictest
from eventreports.core.model import Visibility
from eventreports.core.page_visibility import visibility_of_page
from eventreports.library import Library
from eventreports.loader import LoadedEvent, load

Load = Callable[[str], LoadedEvent]

FACTS = """
name: Kumo Days
date: 2019-05-11
visibility: internal
links: [{url: "https://a.example/", visibility: draft}]
files: [{name: A, visibility: private}, {name: B}]
sessions:
  - id: open
    title: Open
    visibility: public
    slides: [{url: "https://a.example/s", visibility: private}, "https://a.example/t"]
  - id: hidden
    title: Hidden
    visibility: private
    old_ids: [former]
    children: [{id: child, title: Child, slides: "https://a.example/u"}]
"""


@pytest.fixture
def loaded(tmp_path: Path) -> Load:
    def read(text: str) -> LoadedEvent:
        (tmp_path / "event.yaml").write_text(text, encoding="utf-8")
        return load(tmp_path / "event.yaml", tmp_path)

    return read


def test_the_levels_are_in_a_total_order() -> None:
    assert LEVELS == ("public", "internal", "private", "draft")
    one: Visibility
    other: Visibility
    for one in LEVELS:
        for other in LEVELS:
            is_before = LEVELS.index(one) <= LEVELS.index(other)
            assert is_for(one, other) == is_before
            assert strictest(one, other) == (other if is_before else one)
    assert strictest() == strictest(None) == "public"


@pytest.mark.parametrize(
    ("level", "sessions", "resources", "files"),
    [
        ("public", None, None, None),
        ("internal", ["open"], ["https://a.example/t"], ["B"]),
        (
            "private",
            ["open", "hidden", "child"],
            ["https://a.example/s", "https://a.example/t", "https://a.example/u"],
            ["A", "B"],
        ),
        (
            "draft",
            ["open", "hidden", "child"],
            [
                "https://a.example/",
                "https://a.example/s",
                "https://a.example/t",
                "https://a.example/u",
            ],
            ["A", "B"],
        ),
    ],
)
def test_the_stricter_of_a_part_and_what_is_around_it_wins(
    loaded: Load, level: Visibility, sessions: list[str] | None, resources: object, files: object
) -> None:
    seen = loaded(FACTS).seen_by(Audience(level))
    assert seen.is_left_out == (sessions is None)
    if sessions is None:
        assert (seen.event, len(seen.left_out)) == (None, 1)
        return
    assert seen.event is not None
    assert [one.id for one in seen.event.all_sessions] == sessions
    links = [one for session in seen.event.all_sessions for one in session.resources]
    found = sorted(one.url or one.path or "" for one in (*seen.event.links, *links))
    assert found == resources
    assert [one.name or one.path for one in seen.event.files] == files
    # Only what is stricter than what is around it says for whom it is.
    assert seen.event.visibility == "internal"
    assert {one.id: one.visibility for one in seen.event.sessions}["open"] is None


def test_what_is_left_out_can_still_be_named(loaded: Load) -> None:
    seen = loaded(FACTS).seen_by(Audience("internal"))
    named = ("hidden", "former", "Hidden", "child", "kumo/hidden")
    assert [one for one in named if not seen.leaves_out(one)] == []
    assert not seen.leaves_out("open")
    assert not seen.leaves_out("nothing")


@pytest.mark.parametrize("default", LEVELS)
def test_what_says_nothing_is_for_whom_the_site_says(loaded: Load, default: Visibility) -> None:
    for level in LEVELS:
        seen = loaded("name: E\n").seen_by(Audience(level, default))
        assert seen.is_left_out != is_for(default, level)


@pytest.mark.parametrize(
    "text",
    [
        "visibilty: public\nname: E\n",
        "visibility: pubilc\nname: E\n",
        "name: E\nvisibility: public\nvisibility: public\n",
        "name: E\nvisibility:\n  - public\n",
        # Nothing, or not all, can be read, and something is said.
        "name: E\n\tvisibility: internal\n\t\t}{\n",
        "visibility: internal\n\x00",
        "- a\n- visibility: internal\n",
        # Of an alias nobody knows what it repeats.
        "name: E\nsessions:\n- title: A\n  visibility: *level\n",
        "name: E\nsessions:\n- <<: *hidden\n  title: A\n",
        (
            "name: E\nsessions:\n- &a {title: A, visibility: internal}\n- *a\n- title: B\n"
            "  slides_visibility: internal\n"
        ),
        # No part of a text is for some.
        "name: E\ndescription: |\n  A\n\n  :::{event:only} internal\n  B\n  :::\n",
    ],
)
def test_what_cannot_be_read_is_a_draft(loaded: Load, text: str) -> None:
    seen = loaded(text).seen_by(Audience("private"))
    assert seen.is_left_out
    # And that is said in each build.
    assert {"visibility", "duplicate-key"} & {one.code.label for one in seen.problems}


def test_of_what_is_left_out_no_fault_is_reported(loaded: Load) -> None:
    faulty = FACTS.replace("title: Hidden", "title: Hidden\n    strat: 9:00\n    visibilty: draft")
    assert {one.code.label for one in loaded(faulty).problems} > {"visibility"}
    shown = loaded(faulty).seen_by(Audience("internal")).problems
    assert [one.code.label for one in shown if one.is_fault] == ["visibility"]
    # Messages about YAML quote what stands beside the fault.
    broken = f"{FACTS}venue: [secret word\n"
    texts = [str(one) for one in loaded(broken).seen_by(Audience("internal")).problems]
    assert texts
    assert not [one for one in texts if "secret word" in one]


@given(st.text(st.sampled_from("visbilty:：- #'\"\npublicdraft()[]{}\u3000"), max_size=60))
def test_any_head_of_a_page_is_read(text: str) -> None:
    for is_markdown in (True, False):
        level, finding = visibility_of_page(text.splitlines(), is_markdown=is_markdown)
        assert level in (None, *LEVELS)
        assert finding is None or level == "draft"


@pytest.mark.parametrize(
    ("text", "level", "line"),
    [
        ("---\nvisibility: internal\n---\n# A\n", "internal", 0),
        ("\ufeff---\ntitle: A\nvisibility: 'private'  # why\n---\n", "private", 0),
        ("---\nvisibility: public\n---\n", "public", 0),
        ("---\nvisibility:\n---\n", None, 0),
        ("---\nvisibilty: internal\n---\n", "draft", 2),
        ("---\ntitle: A\nvisibility: intern\n---\n", "draft", 3),
        ("---\nvisibility: [internal]\n---\n", "draft", 2),
        ("---\nvisibility: public\nvisibility: internal\n---\n", "draft", 3),
        ("---\ndraft: true\n---\n", "draft", 2),
        ("---\n公開範囲: 社内\n---\n", "draft", 2),
        ("# A\n\nvisibility: internal\n", None, 0),
        ("---\ntitle: A\n---\nvisibility: internal\n", None, 0),
    ],
)
def test_a_page_says_for_whom_it_is(text: str, level: str | None, line: int) -> None:
    found, finding = visibility_of_page(text.splitlines(), is_markdown=True)
    assert (found, finding.mark.line if finding else 0) == (level, line)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (":visibility: internal\n\nA\n=\n", "internal"),
        ("A\n=\n\n:visibility: draft\n", "draft"),
        (":visbility: internal\n", "draft"),
        ("A\n=\n\nText with :visibility: internal\n", None),
    ],
)
def test_so_does_one_in_restructuredtext(text: str, level: str | None) -> None:
    assert visibility_of_page(text.splitlines(), is_markdown=False)[0] == level


def test_a_file_is_left_out_with_what_names_it(tmp_path: Path) -> None:
    for folder, facts in {
        "open": "name: A\nfiles: [both.pdf, {path: secret.pdf, visibility: internal},"
        " {path: both.pdf, visibility: internal}]\n",
        "hidden": "name: B\nvisibility: internal\n",
        "hidden/within": "name: C\n",
    }.items():
        (tmp_path / "events" / folder).mkdir(parents=True)
        (tmp_path / "events" / folder / "event.yaml").write_text(facts)
    library = Library(tmp_path, "events", audience=Audience("public"))
    library.scan({})
    assert sorted(library.entries) == ["events/hidden/within", "events/open"]
    assert [
        path
        for path in (
            *("open/both.pdf", "open/secret.pdf", "open/other.png"),
            *("hidden/index.md", "hidden/a/b.png", "hidden/within/index.md"),
        )
        if library.is_left_out(f"events/{path}")
    ] == ["open/secret.pdf", "hidden/index.md", "hidden/a/b.png"]
    assert not library.is_left_out("index.md")
    # The next build need not open what it leaves out.
    again = Library(tmp_path, "events", audience=Audience("public"))
    again.scan(library.entries, library.left_out_digests)
    assert again.left_out == library.left_out
    assert again.level_of_left_out("hidden") == "internal"
    assert again.level_of_left_out("open") is None


def test_check_lists_what_a_build_leaves_out(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site.folder)
    site.event("open", FACTS.replace("visibility: internal\n", ""), PAGE)
    site.event("hidden", "name: Secret\nvisibility: private\n", PAGE)
    site.write({"events/notes.md": "---\nvisibility: draft\n---\n# Notes\n"})
    assert main(["check", "--audience", "public", "events"]) == 0
    found = capsys.readouterr().out
    lines = [line for line in found.splitlines() if "[event.left-out]" in line]
    assert [line.partition(" is left out")[0].split(" ", 1) for line in lines] == [
        ["events/hidden/event.yaml:1:1:", "event “Secret”"],
        ["events/open/event.yaml:3:9:", "link “https://a.example/”"],
        ["events/open/event.yaml:9:14:", "link “https://a.example/s”"],
        ["events/open/event.yaml:10:5:", "session “Hidden”"],
        ["events/open/event.yaml:4:9:", "file “A”"],
        ["events/notes.md:1:1:", "the page"],
        ["events/open/index.md:3:1:", "a block"],
    ]
    assert all("it is for" in line for line in lines)
    (site.folder / "conf.py").write_text("eventreports_default_visibility = 'internal'\n")
    main(["check", "--audience", "public", "events/open/event.yaml"])
    assert "event “Kumo Days” is left out: it is for “internal”" in capsys.readouterr().out


PAGE = """\
# A

```{event:only} internal
Text.
```
"""


def test_pages_offer_no_pdf_that_was_printed_for_others(site: Site) -> None:
    site.event("open", "name: Open\n")
    printed = site.folder / "printed"
    (printed / "handouts").mkdir(parents=True)
    (printed / "handouts" / "open.pdf").write_bytes(b"%PDF")
    conf: dict[str, Any] = {"eventreports_pdf_folder": "printed"}
    assert "handouts/open.pdf" in site.build(**conf).text("events/open/index.html")
    (printed / ".audience").write_text('{"audience": "internal"}')
    built = site.build(**conf)
    (warning,) = built.warnings
    assert "[event.visibility]" in warning
    assert "handouts/open.pdf" not in built.text("events/open/index.html")
    assert "handouts/open.pdf" in site.build(**conf, eventreports_audience="draft").text(
        "events/open/index.html"
    )


@pytest.mark.parametrize("theme", ["eventreports", "alabaster"])
def test_each_page_says_for_whom_it_is(site: Site, theme: str) -> None:
    site.event(
        "open", FACTS.replace("visibility: internal\n", ""), PAGE + "\n```{event:report}\n```\n"
    )
    site.write({
        "index.md": "# Site\n\n```{toctree}\nevents/years/index\nnotes\n```\n",
        "notes.md": "---\nvisibility: private\n---\n# Notes\n",
    })  # fmt: skip
    built = site.build(html_theme=theme, language="en", eventreports_audience="draft")
    assert built.warnings == []
    for page in ("index", "events/open/index", "notes"):
        assert "Edition with drafts" in built.text(f"{page}.html")
    assert "this page: Private" in built.text("notes.html")
    event = built.text("events/open/index.html")
    for word in ("Internal", "Private", "Draft"):
        assert f'event-kind-badge">{word}</span>' in event
    public = site.build(html_theme=theme, language="en")
    assert public.warnings == []
    assert "event-audience" not in public.text("index.html")
    assert not (public.outdir / "notes.html").exists()


def test_a_change_of_who_may_read_it_is_seen_on_other_pages(site: Site) -> None:
    site.event("a", "name: A\ndate: 2020-01-02\n", "# Title of A\n")
    site.write({
        "index.md": "# Site\n\n{doc}`notes` {doc}`events/a/index`\n\n"
        "```{toctree}\nevents/years/index\nnotes\n```\n",
        "notes.md": "# Title of notes\n",
    })  # fmt: skip
    first = site.build().text("index.html")
    assert "Title of notes" in first
    assert "Title of A" in first
    site.write({"notes.md": "---\nvisibility: internal\n---\n# Title of notes\n"})
    site.event("a", "name: A\ndate: 2020-01-02\nvisibility: draft\n", "# Title of A\n")
    second = site.build()
    assert second.warnings == []
    assert "Title of" not in second.text("index.html")
    assert not (second.outdir / "notes.html").exists()
    site.write({"notes.md": "# Title of notes\n"})
    assert "Title of notes" in site.build().text("index.html")


@pytest.mark.parametrize("page", ["events/b/index.md", "notes.md"])
def test_notes_of_other_events_are_left_out(site: Site, page: str) -> None:
    site.event("open", OPEN)
    site.event("hidden", "name: H\nvisibility: internal\nsessions: [{id: one, title: One}]\n")
    site.event("b", "name: B\ndate: 2020-01-03\n")
    sections = (
        f"## {name}\n\n```{{event:session}} {name}\n```\n\ncanary\n\n"
        for name in ("open/hid", "hidden/one")
    )
    site.write({page: f"# B\n\n{''.join(sections)}## After\n\nOpen words.\n"})
    shown = site.build(suppress_warnings=["toc.not_included"]).text(page.replace(".md", ".html"))
    assert "Open words." in shown
    assert SECRET not in shown


def test_notes_that_cannot_be_cut_end_the_build(site: Site) -> None:
    site.event(
        "open",
        FACTS.replace("visibility: internal\n", ""),
        "# A\n\n```{eval-rst}\nHidden\n------\n\n.. event:session:: hidden\n\nSecret words.\n```\n",
    )
    with pytest.raises(Exception, match="cannot be left out here"):
        site.build()


@pytest.mark.parametrize(
    "block",
    [
        # Without the extension of MyST this is text.
        ":::{event:only} internal\nSecret words.\n:::\n",
        "```{event:onli} internal\nSecret words.\n```\n",
        "```{event.only} internal\nSecret words.\n```\n",
        "``` {event:only} internal\nSecret words.\n```\n",
        "```event:only internal\nSecret words.\n```\n",
        "```{event:only} intrenal\nSecret words.\n```\n",
        "```{event:only}\nSecret words.\n```\n",
        "'''{event:only} internal\nSecret words.\n'''\n",
        ".. event:only:: internal\n\n   Secret words.\n",
        "{event:only} internal\n\nSecret words.\n",
        "- ```{event:only} internal\n  Secret words.\n  ```\n",
        "> ```{event:only} internal\n> Secret words.\n> ```\n",
        "````{note}\n```{event:only} internal\nSecret words.\n```\n````\n",
        "```{event:only} internal\nSecret words, and no end.\n",
        "```{event:only} internal\n```{note}\nHidden.\n```\nSecret words.\n```\n",
        "````{note}\n```{event:olny} internal\nSecret words.\n```\n````\n",
        "```{figure} https://a.example/a.png\n{event:only} internal Secret words.\n```\n",
    ],
)
def test_however_a_block_is_written_its_text_is_not_shown(site: Site, block: str) -> None:
    site.write({"index.md": f"# Site\n\nOpen words.\n\n{block}"})
    shown = site.build(suppress_warnings=["toc.not_included"]).text("index.html")
    assert "Open words." in shown
    assert "ecret" not in shown
    assert "Secret words" in site.build(eventreports_audience="draft").text("index.html")


@pytest.mark.parametrize(
    "block",
    [
        ".. event:only:: internal\n\n   Secret words.\n",
        ".. event:only: internal\n\n   Secret words.\n",
        "..event:only:: internal\n\n   Secret words.\n",
        "... event:only:: internal\n\n    Secret words.\n",
        ".. event:onli:: internal\n\n   Secret words.\n",
        "```{event:only} internal\nSecret words.\n```\n",
        "   .. event:only:: internal\n\n      Secret words.\n",
        "- .. event:only:: internal\n\n     Secret words.\n",
    ],
)
def test_so_it_is_in_restructuredtext(site: Site, block: str) -> None:
    site.write({"index.rst": f"Site\n====\n\nOpen words.\n\n{block}"})
    (site.folder / "index.md").unlink(missing_ok=True)
    shown = site.build(suppress_warnings=["toc.not_included"]).text("index.html")
    assert "Open words." in shown
    assert "ecret" not in shown


def test_what_is_said_of_blocks_is_no_block(site: Site) -> None:
    example = "````md\n:::{event:only} internal\nA\n:::\n````"
    site.write({"index.md": f"# Site\n\nWrite `{{event:only}}`.\n\n{example}\n\nThe end.\n"})
    built = site.build(suppress_warnings=["toc.not_included"])
    assert built.warnings == []
    assert "The end." in built.text("index.html")


SECRET = "canary"
OPEN = (
    "name: Open\ndate: 2020-01-02\nsessions: [{id: open, title: Open talk}, "
    "{id: hid, title: Hidden talk, visibility: internal, topics: [canarytopic]}, "
    "{title: Without id, visibility: internal}]\n"
)


def shows(site: Site, page: str, **conf: Any) -> str:
    """What the public build has of a page of an event, and says."""
    site.event("open", OPEN, f"# Open\n\n## Notes\n\n{page}")
    built = site.build(myst_enable_extensions=["colon_fence"], **conf)
    return built.text("events/open/index.html") + "\n".join(built.warnings) + built.status


def assert_is_left_out(site: Site, page: str) -> None:
    """The build either does without the page or ends, and says what to write."""
    try:
        built = site.build(suppress_warnings=["toc.not_included"])
    except Exception as error:
        assert "write “visibility:" in str(error)  # noqa: PT017, either is safe
        return
    assert not (built.outdir / f"{page}.html").exists()


@pytest.mark.parametrize(
    "head",
    [
        "---\n{visibility: internal}\n---\n",
        "---\nvisibility:\n  internal\n---\n",
        "---\nvisibility:\n- internal\n---\n",
        "---\n visibility: internal\n---\n",
        "---\nx: &a {visibility: internal}\n<<: *a\n---\n",
        "----\nvisibility: internal\n----\n",
        "---\n" + "".join(f"k{n}: 1\n" for n in range(200)) + "visibility: internal\n---\n",
        f"---\ndescription: {'あ' * 9000}\nvisibility: internal\n---\n",
        "---\nvisibility:internal\n---\n",
        "---\nvisibility：internal\n---\n",
        "---\n公開範囲：社内\n---\n",
        '---\n"visibilit\\u0079": internal\n---\n',
        "---\n? visibility\n: internal\n---\n",
        "---\nvisibility = internal\n---\n",
        "\n---\nvisibility: internal\n---\n",
        "visibility: internal\n\n",
        "---\nmyst:\n  visibility: internal\n---\n",
    ],
)
def test_however_a_page_says_it_it_is_left_out(site: Site, head: str) -> None:
    site.write({"index.md": "# Site\n", "page.md": f"{head}# Page\n\ncanary words\n"})
    assert_is_left_out(site, "page")


@pytest.mark.parametrize(
    "head",
    [
        ":visibility:\n   internal\n\n",
        ":visibility:internal\n\n",
        ".. A comment.\n\n" + "..\n   more\n\n" * 150 + ":visibility: internal\n\n",
        "：visibility： internal\n\n",
        "---\nvisibility: internal\n---\n\n",
    ],
)
def test_so_is_one_in_restructuredtext(site: Site, head: str) -> None:
    site.write({"index.md": "# Site\n", "page.rst": f"{head}Page\n====\n\ncanary words\n"})
    assert_is_left_out(site, "page")


@pytest.mark.parametrize(
    "section",
    [
        "### Hidden talk\n\n```{event:session} hid\n```\n",
        "### Without id\n\n```{event:session} other\n```\n",
        "### Some heading\n\n```{event:session}\nhid\n```\n",
        "### Some heading\n\n```{event:sessions} hid\n```\n",
        "### Some heading\n\n```{event:session} open hid\n```\n",
        "### Some heading\n\n```{event:session} hidd\n```\n",
        '### Some heading\n\n```{event:session} "hid"\n```\n',
        "### Some heading\n\n```{event:session}\n```\n",
        "### Some heading\n\n```{event.session} hid\n```\n",
        "### Hidden talk\n\nWords first.\n\n```{event:session} hid\n```\n",
        "### Hidden talk\n",
        "### Hidden talk\n\n```{event:sessions}\n:only: hid\n```\n",
        "### Some heading\n\n```{eval-rst}\n.. event:session:: hid\n```\n",
        "##Some heading\n\n```{event:session} hid\n```\n",
        "### Open talk\n\nOpen.\n\n**Hidden talk**\n\n```{event:session} hid\n```\n",
        "(label)=\n% comment\n### Hidden talk\n<!-- comment -->\n```{event:session} hid\n```\n",
        "Hidden talk\n---\n\n```{event:session} hid\n```\n",
    ],
)
def test_the_notes_of_a_session_are_cut_however_they_name_it(site: Site, section: str) -> None:
    page = f"{section}\ncanary words\n\n#### Points\n\n- canary point\n\n## After\n\nOpen words.\n"
    shown = shows(site, page)
    assert "Open words." in shown
    assert SECRET not in shown


@pytest.mark.parametrize("option", [":event: conf", "---\nevent: conf\n---"])
def test_so_are_those_on_the_page_of_another_event(site: Site, option: str) -> None:
    hidden = "{id: hid, title: Hidden talk, visibility: private}"
    site.event("conf", f"name: Conf\nsessions:\n  - {hidden}\n", "# Conf\n")
    notes = f"## Some heading\n\n```{{event:session}} hid\n{option}\n```\n\ncanary words\n"
    site.event("other", "name: Other\n", f"# Other\n\n{notes}\n## After\n\nOpen words.\n")
    site.build("text")
    shown = (site.folder / "_build/text/events/other/index.txt").read_text(encoding="utf-8")
    assert "Open words." in shown
    assert SECRET not in shown


@pytest.mark.parametrize(
    "inner",
    [
        ">>> print(1)\n====\n",
        "- item\n--------\n",
        "See `plan`_.\n\n.. _plan: https://canary.example/\n",
    ],
)
def test_no_false_heading_ends_a_section_of_restructuredtext(site: Site, inner: str) -> None:
    site.event("open", OPEN)
    (site.folder / "events/open/index.md").unlink()
    site.write({
        "events/open/index.rst": (
            ">>> x\n~~~~~\n\nOpen\n====\n\nHidden talk\n-----------\n\n.. event:session:: hid\n\n"
            f"{inner}\ncanary words\n\nSub\n~~~\n\ncanary words\n\nAfter\n-----\n\nOpen words.\n"
        ),
    })  # fmt: skip
    built = site.build()
    assert "Open words." in built.text("events/open/index.html")
    assert SECRET not in built.text("events/open/index.html")


@pytest.mark.filterwarnings("ignore:'sphinx.environment.BuildEnvironment.app'")
def test_files_are_left_out_however_they_are_named(site: Site) -> None:
    site.event("open", OPEN.replace("Without id", "canary title"))
    site.event("hidden", "name: canary\nvisibility: internal\n")
    site.write({
        "events/hidden/s.txt": "canary,words\n",
        "secret.md": "---\nvisibility: internal\n---\n# canary page\n\ncanary words\n",
        "sub/inc.txt": "```{csv-table}\n:file: ../events/hidden/s.txt\n```\n",
        "index.md": (
            "# Site\n\n```{include} secret.md\n```\n\n```{literalinclude} secret.md\n```\n\n"
            "{download}`secret.md` {download}`events/open/event.yaml`\n\n"
            "```{literalinclude} events/open/event.yaml\n```\n\n```{include} sub/inc.txt\n```\n\n"
            "```{literalinclude} events/hidden/s.txt\n```\n\n"
            "```{toctree}\nevents/years/index\n```\n"
        ),
    })  # fmt: skip
    (site.folder / "linked").symlink_to("events/hidden")
    built = site.build(suppress_warnings=["toc.not_included"])
    files = [path for path in built.outdir.rglob("*") if path.is_file()]
    assert not [path for path in files if SECRET.encode() in path.read_bytes()]


BLOCK = "# Page\n\nOpen.\n\n```{event:only} internal\ncanary words\n```\n\nThe end.\n"
HOME = "# Open\n\n## Hidden talk\n\n```{event:session} hid\n```\n\ncanary\n\n## After\n\nOpen.\n"


@pytest.mark.filterwarnings("ignore:'sphinx.environment.BuildEnvironment.app'")
def test_no_page_shows_the_parts_of_another_that_are_left_out(site: Site) -> None:
    site.event("open", OPEN, HOME)
    reading = {
        "whole": "```{include} page.md\n```",
        "part": "```{include} page.md\n:start-line: 5\n```",
        "behind": "```{include} page.md\n:start-after: internal\n```",
        "literal": "```{literalinclude} page.md\n```",
        "code": "```{include} page.md\n:code: md\n```",
        "download": "{download}`page.md`",
        "link": "[it](path:page.md)",
        "home": "```{include} events/open/index.md\n```",
        "home-part": "```{include} events/open/index.md\n:start-line: 6\n```",
        "parser": (
            "```{eval-rst}\n.. include:: events/open/index.md\n   :parser: myst_parser.sphinx_\n```"
        ),
    }
    pages = {f"{name}.md": f"# {name}\n\n{text}\n" for name, text in reading.items()}
    toctree = "\n".join(("events/years/index", "page", *reading))
    site.write({
        "page.md": BLOCK, **pages,
        "index.md": f"# Site\n\n```{{toctree}}\n{toctree}\n```\n",
    })  # fmt: skip
    built = site.build(suppress_warnings=["toc.not_included"])
    for page in ("page", "whole", "home"):
        assert "Open." in built.text(f"{page}.html")
    places = [built.outdir, site.folder / "_build" / "doctrees"]
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    assert [path for path in files if SECRET.encode() in path.read_bytes()] == []


def test_a_page_that_is_offered_is_looked_at_again(site: Site) -> None:
    site.write({
        "index.md": "# Site\n\n{download}`page.md`\n\n```{toctree}\npage\n```\n",
        "page.md": "# Page\n\ncanary words\n",
    })  # fmt: skip
    conf: dict[str, Any] = {"suppress_warnings": ["toc.not_included"]}
    assert [*site.build(**conf).outdir.rglob("page.md")]
    site.write({"page.md": BLOCK})
    assert not [*site.build(**conf).outdir.rglob("page.md")]


def test_references_are_written_again_when_their_targets_become_hidden(site: Site) -> None:
    def page(level: str) -> str:
        figure = "(map)=\n```{figure} https://a.example/a.png\ncanary caption\n```"
        always = "```{event:only} draft\nAlways hidden.\n```"
        return f"# Page\n\n{always}\n\n````{{event:only}} {level}\n{figure}\n````\n"

    toctree = "```{toctree}\npage\n```"
    site.write({"index.md": f"# Site\n\n{{ref}}`map`\n\n{toctree}\n", "page.md": page("public")})
    conf: dict[str, Any] = {"suppress_warnings": ["toc.not_included"]}
    assert "canary caption" in site.build(**conf).text("index.html")
    site.write({"page.md": page("internal")})
    built = site.build(**conf)
    assert built.warnings == []
    assert "canary" not in built.text("index.html")


def test_a_figure_may_have_a_caption_for_some(site: Site) -> None:
    block = ":::{event:only} internal\ncanary caption\n:::"
    site.write({"index.md": f"# Site\n\n::::{{figure}} https://a.example/a.png\n{block}\n::::\n"})
    conf: dict[str, Any] = {
        "myst_enable_extensions": ["colon_fence"],
        "suppress_warnings": ["toc.not_included"],
    }
    built = site.build(**conf)
    assert built.warnings == []
    assert "https://a.example/a.png" in built.text("index.html")
    assert SECRET not in built.doctree("index").pformat()


@pytest.mark.parametrize(
    "facts",
    [
        "sessions:\n  - title: T\n    speakers: [{name: canary, visibility: private}]\n",
        "sessions:\n  - {title: canary visibility: internal}\n",
        "venue: {name: canary, visibility: internal}\n",
        "sessions:\n  - title: canary\n    visibility = internal\n",
        "---\nvisibility: internal\n",
    ],
)
def test_a_level_where_none_may_stand_hides_what_is_around_it(site: Site, facts: str) -> None:
    site.event("conf", f"name: E\n{facts}")
    built = site.build(suppress_warnings=["toc.not_included"])
    assert any("[event.visibility]" in one for one in built.warnings)
    assert not [path for path in built.outdir.rglob("*.html") if SECRET in path.read_text("utf-8")]


def test_text_within_a_directive_goes_with_its_session(site: Site) -> None:
    said = shows(site, "Words.\n\n```{event:session} hid\ncanary words\n```\n\nOpen words.\n")
    assert "Open words." in said
    assert SECRET not in said


def test_no_message_says_what_is_left_out(site: Site) -> None:
    said = shows(
        site, "```{event:sessions}\n:topics: nope\n```\n\n```{event:only} inter canary\n```\n"
    )
    assert SECRET not in said
    clash = (
        "name: E\ndate: 2020-01-02\nsessions:\n"
        "  - {id: a, title: A, start: 10:00, end: 11:00, room: R}\n"
        "  - {id: b, title: canary, start: 10:30, end: 11:30, room: R, visibility: private}\n"
    )
    site.event("open", clash)
    assert not [one for one in site.build().warnings if SECRET in one]


@pytest.mark.filterwarnings("ignore::sphinx.deprecation.RemovedInSphinx11Warning")
@pytest.mark.parametrize("builder", ["html", "json", "changes", "latex"])
def test_nothing_is_left_of_what_becomes_hidden(site: Site, builder: str) -> None:
    page = "# Note\n\ncanary words\n\n![](canarypicture.png)\n"
    change = "```{{versionadded}} 1\nA change.\n```"
    other = f"# Other\n\n{change}\n\n```{{{{event:only}}}} {{}}\nbodycanary\n```\n"
    site.write({
        "index.md": "# Site\n\n```{toctree}\nnote\nother\n```\n",
        "note.md": page, "other.md": other.format("public"),
    })  # fmt: skip
    (site.folder / "canarypicture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    conf: dict[str, Any] = {"html_copy_source": True, "eventreports_year_pages": False}
    site.build(builder, **conf)
    assert files_with_secrets(site)
    site.write({
        "note.md": f"---\nvisibility: internal\n---\n{page}", "other.md": other.format("internal"),
    })  # fmt: skip
    site.build(builder, **conf)
    assert files_with_secrets(site) == []


def files_with_secrets(site: Site) -> list[str]:
    """The files of outputs and doctrees with what is hidden in them, or in their names."""
    return [
        path.relative_to(site.folder).as_posix()
        for path in (site.folder / "_build").rglob("*")
        if path.is_file() and (SECRET in path.name or SECRET.encode() in path.read_bytes())
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.md", "```{toctree}\n:hidden:\n\nother\n```\n\n# Page\n\ncanary words\n"),
        ("page.md", "# Page\n\nThe visibility: internal, is a word.\n\ncanary words\n"),
        ("page.rst", "Page\n====\n\n.. toctree::\n   :hidden:\n\n   other\n\ncanary words\n"),
    ],
)
def test_what_says_nothing_of_it_is_there(site: Site, name: str, text: str) -> None:
    site.write({"index.md": "# Site\n", name: text, "other.md": "# Other\n"})
    built = site.build(suppress_warnings=["toc.not_included"])
    assert "canary" in built.text("page.html")


def test_footnotes_of_what_is_left_out_are_no_fault(site: Site) -> None:
    site.event(
        "open",
        OPEN,
        "# Open\n\nA note[^b] and one[^c].\n\n[^c]: Shown.\n\n### Hidden talk\n\n"
        "```{event:session} hid\n```\n\n[^b]: canary\n",
    )
    site.write({
        "events/open/more.rst": (
            ":orphan:\n\nMore\n====\n\nA [#fn]_ and [CIT]_ and |sub| and plan_.\n\n"
            "Hidden talk\n-----------\n\n.. event:session:: hid\n\n"
            ".. [#fn] canary\n.. [CIT] canary\n.. |sub| replace:: canary\n"
            ".. _plan: https://canary.example/\n"
        ),
    })  # fmt: skip
    built = site.build()
    assert built.warnings == []
    for page in ("index", "more"):
        assert SECRET not in built.text(f"events/open/{page}.html")


def test_links_that_what_is_left_out_defines_are_their_texts(site: Site) -> None:
    site.event(
        "open",
        OPEN,
        "# Open\n\nA [plan][The Plan], [there], ![a map][map] and [this][kept].\n\n"
        "## Hidden talk\n\n```{event:session} hid\n```\n\n"
        "[the plan]: https://canary.example/\n[there]: other.md\n"
        "[map]: canary.png\n[canary]: canary\n\n"
        "## More\n\n[kept]: https://kept.example/\n",
    )
    built = site.build()
    assert built.warnings == []
    page = built.doctree("events/open/index")
    assert "A plan, there, a map and this." in page.astext()
    assert SECRET not in built.text("events/open/index.html")


def test_links_to_the_heading_of_what_is_left_out_are_their_texts(site: Site) -> None:
    links = (
        "[one](#session-hid), [two](#hidden-talk), [three](index.md#hidden-talk), "
        "{ref}`four <events/open/index:Hidden talk>`, {event:session}`five <hid>`"
    )
    page = f"# Open\n\nSee {links}.\n\n## Hidden talk\n\n```{{event:session}} hid\n```\n"
    site.event("open", OPEN, page)
    conf: dict[str, Any] = {
        "extensions": ["myst_parser", "eventreports", "sphinx.ext.autosectionlabel"],
        "autosectionlabel_prefix_document": True,
        "myst_heading_anchors": 2,
    }
    built = site.build(**conf)
    assert built.warnings == []
    assert "See one, two, three, four, five." in built.doctree("events/open/index").astext()
    shown = built.text("events/open/index.html")
    assert not any(f'href="#{one}"' in shown for one in ("session-hid", "hidden-talk"))
    for_all = site.build(**conf, eventreports_audience="draft")
    assert for_all.warnings == []
    assert for_all.text("events/open/index.html").count('href="#session-hid"') > 1


def test_a_link_to_nothing_is_a_fault_beside_what_is_left_out(site: Site) -> None:
    page = "# Open\n\n[one](#session-hidd), [two](#no-such)\n\n## Hidden talk\n\n"
    site.event("open", OPEN, f"{page}```{{event:session}} hid\n```\n")
    missing = [one for one in site.build(myst_heading_anchors=2).warnings if "xref_missing" in one]
    assert len(missing) == 2
