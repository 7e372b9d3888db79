"""``eventreports check --fix``: what is read already is written, and nothing else is changed."""

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eventreports.cli import main
from eventreports.cli.check_fix import fix_event
from eventreports.loader import load
from test_advice import slips

pytestmark = pytest.mark.once

WILD = settings(max_examples=150)
#: What slips are made in.
FRAME = """\
# The day
name: Kumo Days 2026  # as on its page
date: 2026-11-21
venue: {name: Hall A, address: 2-1-1 Chiyoda}
url: https://kumo.example/2026
topics:
  - Go lang
  - IoT
sessions:
  - id: one
    title: One talk of two
    speakers: [Aoi Sato (Acme), Ken Mori]
    start: 9:30
  # The second
  - title: "Two: a story"
    slides: https://slides.example/two
"""
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of an event in a project, in which the test runs."""
    file = tmp_path / "project" / "events" / "x" / "event.yaml"
    file.parent.mkdir(parents=True)
    (tmp_path / "project" / "conf.py").touch()
    monkeypatch.chdir(tmp_path / "project")
    return file


def fixed(file: Path, text: str) -> str:
    """A text after ids have been written into it."""
    file.write_bytes(text.encode())
    main(["check", "--fix"])
    return file.read_bytes().decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("- title: A\n", '- id: "a"\n  title: A\n', id="block"),
        pytest.param(
            "  -   start: 9:00 # early\n      title: A\n",
            '  -   id: "a"\n      start: 9:00 # early\n      title: A\n',
            id="another-key-first",
        ),
        pytest.param(
            "- # a comment\n  title: A\n", '- # a comment\n  id: "a"\n  title: A\n', id="comment"
        ),
        pytest.param("- title:\tA\t# c\n", '- id: "a"\n  title:\tA\t# c\n', id="tabs"),
        pytest.param("- {title: A}\n", '- {id: "a", title: A}\n', id="flow"),
        pytest.param(
            "- {\n    title: A,  # c\n  }\n",
            '- {\n    id: "a", title: A,  # c\n  }\n',
            id="flow-lines",
        ),
        pytest.param("- A title  # c\n", '- id: "a-title"\n  title: A title  # c\n', id="short"),
        pytest.param("- 2018\n", '- id: "2018"\n  title: 2018\n', id="digits"),
        pytest.param(
            "- 'A long\n\n  title'\n- B\n",
            '- id: "a-long-title"\n  title: \'A long\n\n    title\'\n- id: "b"\n  title: B\n',
            id="short-in-lines",
        ),
        pytest.param(
            "- |\n  A\n  b\n- >-\n  C\n",
            '- id: "a-b"\n  title: |\n    A\n    b\n- id: "c"\n  title: >-\n    C\n',
            id="short-block",
        ),
        pytest.param(
            "  [A, 'B, C']\n", '  [{id: "a", title: A}, {id: "b-c", title: \'B, C\'}]\n', id="list"
        ),
        pytest.param("  title: A\n", '  id: "a"\n  title: A\n', id="alone"),
        pytest.param(
            "- title: L\n  children:\n  - A\n  - {id: b, title: B}\n",
            '- id: "l"\n  title: L\n  children:\n  - id: "a"\n    title: A\n'
            "  - {id: b, title: B}\n",
            id="within",
        ),
        pytest.param(
            "- &a\n  title: A\n- &b {title: B}\n- &c C\n",
            '- &a\n  id: "a"\n  title: A\n- &b {id: "b", title: B}\n- id: "c-c"\n  title: "&c C"\n',
            id="anchors",
        ),
        pytest.param(
            "- {title: &t A}\n- {title: *t}\n",
            '- {id: "a", title: &t A}\n- {id: "a-2", title: *t}\n',
            id="alias-of-a-title",
        ),
        pytest.param(
            "- A\n---\nname: B\n", '- id: "a"\n  title: A\n---\nname: B\n', id="documents"
        ),
        pytest.param(
            "- title: 話　題 # 全角\r\n- B\r\n",
            '- id: "6edb8437"\r\n  title: 話　題 # 全角\r\n- id: "b"\r\n  title: B\r\n',
            id="crlf",
        ),
        pytest.param("- A", '- id: "a"\n  title: A', id="no-end"),
    ],
)
def test_an_id_is_the_first_key_and_all_else_stays(before: str, after: str, file: Path) -> None:
    head = "\ufeffname: E # first\r\nsessions:\r\n" if "\r" in before else "name: E\nsessions:\n"
    assert fixed(file, head + before) == head + after
    assert fixed(file, head + after) == head + after


@pytest.mark.parametrize(
    ("sessions", "reason"),
    [
        ("- &a {title: A}\n- *a\n", "“*a” repeats the session"),
        ("- &a {title: L, children: [B]}\n- *a\n", "“*a” repeats the session"),
        ("- title: A\n  id:\n", 'write id: "a"'),
        ("  A\n", "there is no place for it"),
        ("- ? title\n  : A\n", "there is no place for it"),
        ("- A\nwords alone\nvenue: B\n", "cannot be read as it stands"),
    ],
)
def test_where_no_id_can_be_written_that_is_said(
    sessions: str, reason: str, file: Path, capsys: Capture
) -> None:
    text = f"name: E\nsessions:\n{sessions}"
    assert fixed(file, text) == text
    said = capsys.readouterr().out
    assert reason in said
    assert "check --fix" not in said


def test_others_are_written_all_the_same(file: Path, capsys: Capture) -> None:
    after = fixed(file, "name: E\nsessions:\n- &a {title: A}\n- B\n- *a\n")
    assert after == 'name: E\nsessions:\n- &a {title: A}\n- id: "b"\n  title: B\n- *a\n'
    # The place is that in the file as it is now.
    assert "event.yaml:3:3: no id" in capsys.readouterr().out


def test_the_change_is_shown_and_the_hint_is_gone(file: Path, capsys: Capture) -> None:
    file.write_text("name: E\nsessions: [A]\ndate: soon\n", encoding="utf-8")
    assert main(["check"]) == 1
    command = "eventreports check --fix events/x/event.yaml"
    assert f"run {command} [event.no-id]" in capsys.readouterr().out
    assert main(["check", "--fix"]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines()[:7] == [
        "--- events/x/event.yaml",
        "+++ events/x/event.yaml",
        "@@ -1,3 +1,3 @@",
        " name: E",
        "-sessions: [A]",
        '+sessions: [{id: "a", title: A}]',
        " date: soon",
    ]
    assert "event.yaml:3:7: date: “soon” is no date" in said.out
    assert "no-id" not in said.out
    assert said.err == "1 file: 1 warning\n"


def test_a_diff_is_shown_without_being_written(file: Path, capsys: Capture) -> None:
    file.write_text("name: E\nsessions: [A]\n", encoding="utf-8")
    assert main(["check", "--diff"]) == 1
    assert '+sessions: [{id: "a", title: A}]' in capsys.readouterr().out
    assert file.read_text(encoding="utf-8") == "name: E\nsessions: [A]\n"
    main(["check", "--fix"])
    capsys.readouterr()
    assert main(["check", "--diff"]) == 0
    assert capsys.readouterr() == ("", "")


def test_what_programs_read_has_no_diff_in_it(file: Path, capsys: Capture) -> None:
    fixed(file, "name: E\nsessions: [&a {title: A}, B, *a]\n")
    capsys.readouterr()
    file.write_text("name: E\nsessions: [A]\n", encoding="utf-8")
    assert main(["check", "--fix", "--format", "json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == []
    assert '+sessions: [{id: "a", title: A}]' in said.err


def test_the_file_keeps_its_mode_and_leaves_none_beside_it(file: Path) -> None:
    file.touch()
    file.chmod(0o640)
    assert '"a"' in fixed(file, "name: E\nsessions: [A]\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [*file.parent.iterdir()] == [file]


def test_a_file_that_cannot_be_written_stays_as_it_is(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    text = "name: E\nsessions: [A]\n"
    file.write_text(text, encoding="utf-8")

    def full(_path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("eventreports.cli.check_fix.write_whole", full)
    assert main(["check", "--fix"]) == 1
    assert "No space left on device [event.unwritable]" in capsys.readouterr().out
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.skipif(os.name == "nt", reason="Windows has no links for everybody")
def test_a_link_is_followed_within_the_project_alone(file: Path, capsys: Capture) -> None:
    text = "name: E\nsessions: [A]\n"
    outside = file.parents[3] / "outside.yaml"
    outside.write_text(text, encoding="utf-8")
    file.symlink_to(outside)
    assert main(["check", "--fix"]) == 1
    assert "leads out of the project" in capsys.readouterr().out
    assert outside.read_text(encoding="utf-8") == text
    inside = file.parents[1] / "shared.yaml"
    inside.write_text(text, encoding="utf-8")
    file.unlink()
    file.symlink_to(inside)
    assert main(["check", "--fix"]) == 0
    assert '"a"' in inside.read_text(encoding="utf-8")
    assert file.is_symlink()


# What is read already


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("title: A: B  # c\n", 'title: "A: B"  # c\n', id="colon"),
        pytest.param("title: @A # c\n", 'title: "@A" # c\n', id="sign"),
        pytest.param('title: "A\nvenue: B\n', 'title: "A"\nvenue: B\n', id="quote"),
        pytest.param("title:A\nvenue：B\n", "title: A\nvenue: B\n", id="space"),
        pytest.param("title: &A B\n", 'title: "&A B"\n', id="anchor"),
        pytest.param("title: !important A\n", 'title: "!important A"\n', id="tag"),
        pytest.param("topics:\n  ・一 # c\n", "topics:\n  - 一 # c\n", id="bullet"),
        pytest.param(
            "venue: A # c\n  address: B\n", "venue:\n  name: A # c\n  address: B\n", id="below"
        ),
        pytest.param("title: A\u200bB\u00ad\n", "title: AB\n", id="invisible"),
        pytest.param("title: A\x07B\u2028C\n", "title: AB C\n", id="control"),
        pytest.param("url: ' https://a.example '\n", "url: https://a.example\n", id="url"),
        pytest.param(
            "links: [&l ' https://a.example', *l]\n",
            "links: [&l https://a.example, *l]\n",
            id="url-repeated",
        ),
        pytest.param("date: 2018/4/19 # c\n", "date: 2018-04-19 # c\n", id="date"),
        pytest.param("date: 2018年4月19日(木)\n", "date: 2018-04-19\n", id="weekday"),
        pytest.param('date: "2018/\n  4/19"\n', "date: 2018-04-19\n", id="date-in-lines"),
        pytest.param(
            "date: 2018-04-19/20 # c\nvenue: A\n",
            "start_date: 2018-04-19\nend_date: 2018-04-20 # c\nvenue: A\n",
            id="days",
        ),
        pytest.param(
            "sessions:\n- id: a\n  title: A\n  start: 2018/4/19 9:00-9:40  # c\n",
            "sessions:\n- id: a\n  title: A\n  date: 2018-04-19\n  start: 09:00\n"
            "  end: 09:40  # c\n",
            id="times",
        ),
        pytest.param(
            "sessions: [{id: a, title: A, start: 9:00-9:40}]\n",
            "sessions: [{id: a, title: A, start: 09:00, end: 09:40}]\n",
            id="times-in-brackets",
        ),
        pytest.param(
            "tittle: |-\n  A\n  b\nvenue: B\n", "title: |-\n  A\n  b\nvenue: B\n", id="key"
        ),
        pytest.param("'tittle' : A\n", "title : A\n", id="quoted-key"),
        pytest.param(
            "sessions:\n- &a {id: a, titel: A}\n", "sessions:\n- &a {id: a, title: A}\n", id="node"
        ),
        pytest.param("会場: A\n", "venue: A\n", id="word"),
        pytest.param("capacity: 約500名\n", "capacity_text: 約500名\n", id="wording"),
        pytest.param("status: canceled\n", "status: cancelled\n", id="value"),
        pytest.param(
            "links: ['[A](https://a.example)']\n",
            "links: [{url: https://a.example, title: A}]\n",
            id="item",
        ),
        pytest.param("tittle: A: B\n", 'title: "A: B"\n', id="two-rounds"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_what_is_read_is_written(before: str, after: str, line_end: str, file: Path) -> None:
    written, meant = (f"name: E{line_end}{one}".replace("\n", line_end) for one in (before, after))
    written, meant = (one.replace("\r\r", "\r") for one in (written, meant))
    assert fixed(file, written) == meant
    assert load(file, file.parents[2]).problems == ()
    assert fixed(file, meant) == meant


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("title: A #1\n", id="comment-or-text"),
        pytest.param('title: "A # c\nvenue: B\n', id="comment-in-quotes"),
        pytest.param("date: 5/6/2018\n", id="day-or-month"),
        pytest.param("date: 2018年4月ごろ\n", id="wording"),
        pytest.param("timezone: GMT+9\n", id="unusual-zone"),
        pytest.param("visibility: intrenal\n", id="visibility"),
        pytest.param("tittle: A\ntitle: B\n", id="key-that-is-there"),
        pytest.param("tittle: A\ntittle: B\n", id="key-twice"),
        pytest.param("sponsors: [A]\nsponsor: B\n", id="list-to-add-to"),
        pytest.param("sponsors: A, B\n", id="one-or-several"),
        pytest.param("url: example.com\n", id="not-read"),
        pytest.param("venue: &v {name: A, adress: B}\nvenu: *v\n", id="alias-of-another-key"),
        pytest.param('title: "A\\u200bB"\n', id="escape"),
        pytest.param("url: |\n  https://a.example\n", id="block"),
        pytest.param("x: {<<: {tittle: A}}\n", id="merged"),
    ],
)
def test_what_a_person_has_to_choose_stays(text: str, file: Path) -> None:
    before = load(file, file.parents[2], raw=f"name: E\n{text}".encode())
    after = fixed(file, f"name: E\n{text}")
    found = load(file, file.parents[2])
    assert before.event is not None
    assert found.event is not None
    assert found.event.model_dump() == before.event.model_dump()
    if "venue: &v" not in text:
        assert after == f"name: E\n{text}"


def test_one_fix_that_cannot_be_made_keeps_no_other_from_being_made(file: Path) -> None:
    text = "name: E\n# c\ntittle: A\nvenue: &v {name: A, adress: B}\ndate: 2018/4/19\n"
    assert fixed(file, text) == text.replace("tittle", "title").replace(
        "adress", "address"
    ).replace("2018/4/19", "2018-04-19")


@pytest.mark.parametrize("conf", ["", 'suppress_warnings = ["event.no-id", "event.date"]\n'])
def test_what_is_ignored_stays(conf: str, file: Path) -> None:
    text = "name: E\nsessions: [A]\ndate: 2018/4/19\n"
    file.write_text(text, encoding="utf-8")
    (file.parents[2] / "conf.py").write_text(conf, encoding="utf-8")
    main(["check", "--fix", *([] if conf else ["--ignore", "no-id", "--ignore", "date"])])
    assert file.read_text(encoding="utf-8") == text


# Headings

SESSIONS = (
    'name: E\ntitle: "C# & *A*"\nsessions:\n- {id: a, title: Ｆｏｏ_bar の話}\n'
    "- {id: b, title: {ja: 題, en: Title}}\n- {id: c, title: 1. はじめに, subtitle: 副題}\n"
)


MARKDOWN = """\
---
a: b
---
# {0}  ##

## {1}

<!-- c -->

```{{event:session}} a
```

{2}
---
:::{{event:session}} c
:::
"""
RESTRUCTUREDTEXT = """\
{0}
{3}

{4}
{1}
{4}

.. c

.. event:session:: a

{2}
~~~~~~~~~~~~~~

.. event:session:: c
"""
WRONG = ("C#", "Foo の話", "おわり", "==", "--------")
RIGHT = (r"C# & \*A\*", "Ｆｏｏ_bar の話", r"1\. はじめに", 10 * "=", 15 * "-")


@pytest.mark.parametrize(
    ("name", "template", "wrong"),
    [
        ("index.md", MARKDOWN, WRONG),
        ("index.md", MARKDOWN, ("C#", "Foo の話", "おわり\nました")),
        ("index.md", MARKDOWN.replace("\n", "\r\n"), WRONG),
        ("index.rst", RESTRUCTUREDTEXT, WRONG),
    ],
)
def test_a_heading_says_the_title(
    name: str, template: str, wrong: tuple[str, ...], file: Path, capsys: Capture
) -> None:
    file.write_text(SESSIONS, encoding="utf-8")
    page = file.parent / name
    page.write_bytes(b"\xef\xbb\xbf" + template.format(*wrong).encode())
    main(["check", "--language", "en"])
    assert capsys.readouterr().out.count("[event.heading]") == 3
    main(["check", "--fix", "--language", "en"])
    assert "[event.heading]" not in capsys.readouterr().out
    assert page.read_bytes() == b"\xef\xbb\xbf" + template.format(*RIGHT).encode()


@pytest.mark.parametrize(
    ("heading", "session"),
    [
        ("*Ｆoo\\_bar*の 話", "a"),
        ("__Foo_bar の話__", "a"),
        ("{kbd}`Foo`", "a"),
        ("[Foo](https://a.example)", "a"),
        ("Title", "b"),
        ("Another", "b"),
        ("1. はじめに：副題", "c"),
        ("Foo", "unknown"),
        ("Foo", "other/a"),
    ],
)
def test_a_heading_that_a_person_has_to_change_stays(
    heading: str, session: str, file: Path
) -> None:
    file.write_text(SESSIONS, encoding="utf-8")
    page = file.parent / "notes.md"
    text = f"# N\n\n## {heading}\n\n```{{event:session}} {session}\n```\n"
    page.write_text(text, encoding="utf-8")
    main(["check", "--fix"])
    assert page.read_text(encoding="utf-8") == text


# Whatever people write

TITLES = st.one_of(
    st.text(alphabet="abC 1", min_size=1).filter(str.strip),
    st.text(alphabet="aB1 　話é、!#:,-'\"\\[]{}&*", min_size=1, max_size=8).filter(str.strip),
)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@st.composite
def session(draw: st.DrawFn, depth: int = 0) -> list[str]:
    """The lines of an item of a list, in one of the ways in which it is written."""
    title = draw(TITLES)
    plain = " ".join(title.split()) if title.replace(" ", "").isalnum() else quoted(title)
    comment = draw(st.sampled_from(["", "  # a comment: [", " # 注"]))
    given_id = draw(st.sampled_from(["", "", "id: a", "id: 'x-2'", "id:"]))
    match draw(st.integers(0, 4)):
        case 0:
            return [f"- {plain}{comment}"]
        case 1:
            keys = [*draw(st.permutations([f"title: {plain}", "start: 9:00"])), given_id]
            inside = ", ".join(filter(None, keys))
            return [f"- {{{inside}}}{comment}"]
        case 2:
            anchor = draw(st.sampled_from(["", "&one ", "&two "]))
            return [f"- {anchor}{{ title: {quoted(title)} }}"]
        case 3:
            return [f"- title: >-{comment}", "    a folded", "    title", ""]
        case _:
            width = draw(st.integers(1, 3))
            keys = [f"title: {plain}{comment}", "speakers: [Ann Lee (Org)]", given_id]
            lines = draw(st.permutations([key for key in keys if key]))
            if depth < 2 and (within := draw(st.lists(session(depth + 1), max_size=2))):
                below = [line for item in within for line in item]
                lines = [*lines, "children:", *(f"  {line}" if line else line for line in below)]
            first, *others = lines
            blank = " " * (width + 1)
            return [f"-{' ' * width}{first}", *(blank + line if line else line for line in others)]


@st.composite
def events(draw: st.DrawFn) -> str:
    items = draw(st.lists(session(), max_size=5))
    indent = draw(st.sampled_from(["", "  "]))
    lines = ["name: E", "sessions:"]
    lines += [f"{indent}{line}" if line else line for item in items for line in item]
    lines += draw(st.sampled_from([[], [f"{indent}- *one"], ["slots: [Lunch]  # 昼"], ["..."]]))
    return draw(st.sampled_from(["", "\ufeff"])) + draw(st.sampled_from(["\n", "\r\n"])).join(
        [*lines, ""]
    )


@given(events())
@example("name: E\nsessions:\n- a\n  b\n")
@WILD
def test_the_event_is_the_same_and_a_second_time_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "event.yaml"
    file.write_bytes(text.encode())
    before = load(file, file.parent)
    first = fix_event(file, file.parent, "event.yaml")
    assert not any("something else" in str(notice.message) for notice in first.notices)
    first.write()
    after = load(file, file.parent)
    assert before.event is not None
    assert after.event is not None
    assert after.event.model_dump() == before.event.model_dump()
    second = fix_event(file, file.parent, "event.yaml")
    assert second.diff == []
    assert len(after.unwritten_ids) <= len([*second.notices])
    kept = [line for line in file.read_bytes().decode().splitlines() if "id:" not in line]
    assert sum("#" in line for line in kept) <= text.count("#")


@given(slips(FRAME, 4))
@WILD
def test_after_any_slips_the_event_is_the_same_and_no_fix_is_left(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "slips" / "event.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode())
    before = load(file, file.parent)
    fix_event(file, file.parent, "event.yaml").write()
    after = load(file, file.parent)
    assert (after.event is None) is (before.event is None)
    assert before.event is None or (
        after.event is not None and after.event.model_dump() == before.event.model_dump()
    )
    faults = [one for one in after.problems if one.is_fault]
    assert len(faults) <= len([one for one in before.problems if one.is_fault])
    assert fix_event(file, file.parent, "event.yaml").diff == []
