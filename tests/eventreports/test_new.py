"""``eventreports new``: an event's folder from a timetable, additions to one, and old pages."""

import html
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT, Site
from eventreports.cli import main
from eventreports.importers.markdown import escaped, read_inline
from eventreports.loader import load
from eventreports.yaml.dump import dump

pytestmark = pytest.mark.once

TIMETABLE = """\
くもの日 2026

日時：2026年11月21日(土)
会場：みなとホール
合言葉：なし

10:00-10:40 検索の基礎 / 佐藤 花子 (例社)
10:40-11:00 休憩
11:00-11:40 Indexes *at* Scale / Ken Mori
"""
LATER = TIMETABLE + "11:50-12:10 逆引き索引 / 山田 太郎\n12:10-13:00 ランチ\n"


@pytest.fixture
def here(site: Site, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site, in whose folder commands run, and whose standard input is empty."""
    monkeypatch.chdir(site.folder)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    return site.folder


def pipe(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def new(*arguments: str | Path) -> None:
    assert main(["new", *map(str, arguments)]) == 0


def test_a_piped_timetable_is_a_report_that_builds(
    site: Site, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe(monkeypatch, TIMETABLE)
    new("--reporter", "田中 澪")
    (file,) = here.glob("events/*/event.yaml")
    loaded = load(file, here)
    assert loaded.problems == ()
    assert loaded.event is not None
    assert file.parent.name == "2026-11-21"
    assert [str(one.title) for one in loaded.event.sessions] == [
        "検索の基礎",
        "Indexes *at* Scale",
    ]
    built = site.build()
    assert built.warnings == []
    page = built.text("events/2026-11-21/index.html")
    for words in ("みなとホール", "佐藤 花子", "Indexes *at* Scale", "田中 澪"):
        assert words in page


@pytest.fixture(params=["ja", "en", "ja rst", "en rst", "ja init", "en init"])
def form(request: pytest.FixtureRequest, here: Path) -> str:
    """Each of the forms that there are, as that of the site; the head of what found no place."""
    language, _blank, kind = str(request.param).partition(" ")
    conf = (here / "conf.py").read_text(encoding="utf-8")
    (here / "conf.py").write_text(f"{conf}language = {language!r}\n", encoding="utf-8")
    if kind == "rst":
        toctree = ".. toctree::\n\n   events/years/index\n"
        (here / "index.rst").write_text(f"Site\n====\n\n{toctree}", encoding="utf-8")
    elif kind == "init":
        folder = ROOT / f"_ext/eventreports/cli/site/{language}/_templates"
        shutil.copytree(folder, here / "_templates")
    return "取り込めなかった内容" if language == "ja" else "Not placed"


#: What has no place, with signs that end blocks of Markdown.
PASSWORD = "合言葉：なし\n"
UNPLACED = f"{PASSWORD}`````\n```{{event:only}} public\n  ~~~~\n```\n: ::\n"


@pytest.mark.parametrize("has_signs", [True, False])
def test_what_found_no_place_is_a_draft(site: Site, here: Path, form: str, has_signs: bool) -> None:
    Path("timetable.txt").write_text(
        TIMETABLE.replace(PASSWORD, UNPLACED if has_signs else PASSWORD), encoding="utf-8"
    )
    new("timetable.txt", "--folder", "events/kumo")
    (page,) = (here / "events/kumo").glob("index.*")
    assert form in page.read_text(encoding="utf-8")
    built = site.build()
    assert built.warnings == []
    files = [one for one in built.outdir.rglob("*") if one.is_file()]
    files += [one for one in Path(built.app.doctreedir).rglob("*") if one.is_file()]
    assert len(files) > 20
    for words in (form, "合言葉"):
        assert not [one for one in files if words.encode() in one.read_bytes()]
    draft = site.build(eventreports_audience="draft")
    assert draft.warnings == []
    text = draft.text("events/kumo/index.html")
    assert '<p class="rubric"' in text
    shown = html.unescape(re.sub("<[^>]*>", "", text))
    for line in (UNPLACED if has_signs else PASSWORD).splitlines():
        assert line in shown
    # It is of no session, nor a heading of the page.
    assert form not in draft.app.env.tocs["events/kumo/index"].astext()
    noted = draft.app.env.get_domain("event").data["noted"]
    assert not noted


def test_sessions_that_come_later_stand_before_what_found_no_place(
    site: Site, here: Path, form: str
) -> None:
    Path("timetable.txt").write_text(TIMETABLE, encoding="utf-8")
    new("timetable.txt", "--folder", "events/kumo")
    (page,) = (here / "events/kumo").glob("index.*")
    before = page.read_text(encoding="utf-8")
    Path("timetable.txt").write_text(LATER, encoding="utf-8")
    new("events/kumo", "timetable.txt")
    after = page.read_text(encoding="utf-8")
    block = before[before.rindex("{event:only}" if page.suffix == ".md" else ".. event:only::") :]
    assert after.endswith(block)
    places = [after.index(one) for one in ("Scale", "逆引き索引", "draft", form)]
    assert places == sorted(places)
    for audience in ("public", "draft"):
        built = site.build(eventreports_audience=audience)
        assert built.warnings == []
        shown = built.text("events/kumo/index.html")
        assert (form in shown) == (audience == "draft")
        assert 'id="session-' in shown
    new("events/kumo", "timetable.txt")
    assert page.read_text(encoding="utf-8") == after


@pytest.mark.parametrize(
    "end",
    [
        "```{event:only} draft\nOf B.\n```\n",
        "```{event:only} internal\n## Of B\n\nText.\n```\n",
        "````{note}\n```{event:only} draft\n## Of B\n```\n````\n",
        "```{event:only} draft\n## Of B\n```\n\nText.\n",
    ],
)
def test_what_else_ends_the_notes_of_a_session_is_of_that(here: Path, site: Site, end: str) -> None:
    sessions = "".join(f"  - {{id: {one}, title: Talk {one}}}\n" for one in "bc")
    page = f"# Kumo\n\n## Talk b\n\n```{{event:session}} b\n```\n\n{end}"
    site.event("kumo", f"name: Kumo\nsessions:\n{sessions}", page)
    new("events/kumo")
    written = (here / "events/kumo/index.md").read_text(encoding="utf-8")
    assert written.startswith(page)
    assert "Talk c" in written[len(page) :]


def test_a_newer_timetable_adds_what_is_new_and_shows_it(
    site: Site, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("timetable.txt").write_text(TIMETABLE, encoding="utf-8")
    new("timetable.txt", "--folder", "events/kumo")
    file, page = here / "events/kumo/event.yaml", here / "events/kumo/index.md"
    # The author goes on, with comments and notes of their own.
    file.write_text(file.read_text(encoding="utf-8") + "# ここまで\n", encoding="utf-8")
    notes = page.read_text(encoding="utf-8").replace("#### メモ\n", "#### メモ\n\n- B木\n", 1)
    page.write_text(notes.replace("#### Notes\n", "#### Notes\n\n- B木\n", 1), encoding="utf-8")
    before = {one: one.read_text(encoding="utf-8") for one in (file, page)}
    capsys.readouterr()
    new("events/kumo")
    assert {one: one.read_text(encoding="utf-8") for one in (file, page)} == before
    Path("timetable.txt").write_text(LATER, encoding="utf-8")
    new("events/kumo", "timetable.txt")
    shown = capsys.readouterr().out
    after = {one: one.read_text(encoding="utf-8") for one in (file, page)}
    for one in (file, page):
        removed = [line for line in before[one].splitlines() if line not in after[one].splitlines()]
        assert removed == []
    assert "+  - id:" in shown
    assert "逆引き索引" in after[file]
    assert "逆引き索引" in after[page]
    event = load(file, here).event
    assert event is not None
    assert [str(one.title) for one in event.slots] == ["休憩", "ランチ"]
    # Twice is once.
    new("events/kumo", "timetable.txt")
    assert {one: one.read_text(encoding="utf-8") for one in (file, page)} == after
    assert site.build().warnings == []


def test_a_session_gets_its_heading_behind_the_one_before_it(here: Path, site: Site) -> None:
    site.event(
        "kumo",
        "name: Kumo\nsessions:\n  - {id: a, title: A}\n  - {id: b, title: 'B *x*'}\n"
        "  - {id: c, title: C}\n",
        "# Kumo\n\n## Sessions\n\n### A\n\n```{event:session} a\n```\n\n- a\n\n### C\n\n"
        "```{event:session} c\n```\n\n## Files\n\nNone.\n",
    )
    new("events/kumo")
    page = (here / "events/kumo/index.md").read_text(encoding="utf-8")
    parts = ["### A", "- a", "### B \\*x\\*", "```{event:session} b", "### C", "## Files"]
    places = [page.index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("suffix", ["md", "rst"])
def test_the_rest_of_a_page_stays_as_it_is(
    here: Path, site: Site, suffix: str, line_end: str
) -> None:
    facts = "name: Kumo\nsessions:\n" + "".join(
        f"  - {{id: {one}, title: Talk {one}}}\n" for one in ("z", "ab", "b", "c")
    )
    if suffix == "md":
        page = (
            "# Kumo\n\n## Talk ab\n\n```{event:session} ab\n```\n\nA\x0bB\u2028C.\n\n## Last\n\nD"
        )
    else:
        (here / "index.md").unlink(missing_ok=True)
        site.write({"index.rst": "Site\n====\n"})
        page = (
            "Kumo\n====\n\nTalk ab\n-------\n\n.. event:session:: ab\n\nA\x0bB.\n\nLast\n----\n\nD"
        )
    page = page.replace("\n", line_end)
    site.event("kumo", facts)
    file = here / f"events/kumo/index.{suffix}"
    file.write_bytes(page.encode())
    new("events/kumo")
    written = file.read_bytes().decode()
    # All that was there is there, in its order.
    rest = iter(written)
    assert all(char in rest for char in page)
    assert ("\r\n" in written) == (line_end == "\r\n")
    assert "\n" not in written.replace(line_end, "")
    places = [written.index(f"Talk {one}") for one in ("z", "ab", "b", "c")]
    assert places == sorted(places)
    assert places[-1] < written.index("Last")
    assert written.endswith("D")


def test_the_form_of_the_site_is_filled_in(here: Path, site: Site) -> None:
    site.write(
        {
            "_templates/event.yaml": "# 様式\nname: {{ name }}\nvisibility: internal\n"
            "purpose: {{ purpose }}\nvenue: 本社\n",
            "_templates/report.md": "# 出張報告：{{ name }}\n\n## 費用\n\n"
            "{% for session in sessions %}\n{% block session scoped %}\n## {{ session.title }}\n\n"
            "```{event:session} {{ session.id }}\n```\n{% endblock %}\n{% endfor %}\n{{ rest }}\n",
        }
    )
    Path("timetable.txt").write_text(TIMETABLE, encoding="utf-8")
    new("timetable.txt", "--folder", "events/kumo")
    facts = (here / "events/kumo/event.yaml").read_text(encoding="utf-8")
    page = (here / "events/kumo/index.md").read_text(encoding="utf-8")
    assert facts.startswith(
        "# 様式\nname: くもの日 2026\nvisibility: internal\npurpose: \nvenue: 本社\n"
    )
    assert page.startswith("# 出張報告：くもの日 2026\n")
    # What the form says itself counts, and what was found is kept.
    assert "みなとホール" in page
    assert site.build(eventreports_audience="internal").warnings == []


def test_a_form_that_is_no_template_is_one_message(
    here: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write({"_templates/event.yaml": "name: x\nvenue: {{ venue\n"})
    with pytest.raises(SystemExit) as exit_:
        main(["new", "--name", "Kumo"])
    assert exit_.value.code == 2
    assert "_templates/event.yaml:2" in capsys.readouterr().err
    assert not list(here.glob("events/*"))


def test_a_site_in_restructuredtext_gets_such_a_page(here: Path, site: Site) -> None:
    (here / "index.md").unlink(missing_ok=True)
    site.write(
        {
            "conf.py": 'project = "Site"\nextensions = ["eventreports"]\n',
            "index.rst": "Site\n====\n\n.. toctree::\n\n   events/years/index\n",
            "timetable.txt": TIMETABLE,
        }
    )
    new("timetable.txt", "--folder", "events/kumo")
    assert not (here / "events/kumo/index.md").exists()
    built = site.build()
    assert built.warnings == []
    assert "Indexes *at* Scale" in built.text("events/kumo/index.html")


def test_days_are_counted_from_the_date_that_is_given(here: Path) -> None:
    first = "Day 1\n10:00-10:40 One / Ann Lee\n11:00-11:40 Two / Bob Ott\n"
    text = f"{first}Day 2\n10:00-10:40 Three / Mio Ito\n"
    (here / "talks.txt").write_text(text, encoding="utf-8")
    new("talks.txt", "--name", "Kumo", "--date", "2026-11-21/2026-11-22", "--yes")
    facts = yaml.safe_load((here / "events/kumo-2026/event.yaml").read_text(encoding="utf-8"))
    assert [str(facts[key]) for key in ("start_date", "end_date")] == ["2026-11-21", "2026-11-22"]
    days = {str(day["date"]): [one["id"] for one in day["sessions"]] for day in facts["sessions"]}
    assert days == {"2026-11-21": ["one", "two"], "2026-11-22": ["three"]}
    assert "date" not in facts
    page = (here / "events/kumo-2026/index.md").read_text(encoding="utf-8")
    assert "start_date" not in page


def test_a_date_that_is_given_replaces_all_that_was_read_of_it(here: Path) -> None:
    Path("timetable.txt").write_text(
        TIMETABLE.replace("11月21日(土)", "11月21日〜22日"), encoding="utf-8"
    )
    new("timetable.txt", "--folder", "events/a", "--date", "2026/11/28")
    new("timetable.txt", "--folder", "events/b", "--date", "2026-11-28/2026-11-29")
    new("timetable.txt", "--folder", "events/c")
    found = []
    for name in "abc":
        facts = yaml.load((here / f"events/{name}/event.yaml").read_text("utf-8"), yaml.BaseLoader)
        found.append({key: value for key, value in facts.items() if "date" in key and value})
    assert found == [
        {"date": "2026-11-28"},
        {"start_date": "2026-11-28", "end_date": "2026-11-29"},
        {"start_date": "2026-11-21", "end_date": "2026-11-22"},
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["nowhere.txt"], "nowhere.txt"), ([], "--name"), (["--name", "x", "--date", "soon"], "soon")],
)
def test_wrong_usage_writes_nothing(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["new", *arguments])
    assert exit_.value.code == 2
    assert message in capsys.readouterr().err
    assert not list(here.glob("events/*"))


def test_an_event_that_is_there_is_not_overwritten(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new("--name", "Kumo", "--folder", "events/kumo")
    with pytest.raises(SystemExit):
        main(["new", "--name", "Other", "--folder", "events/kumo"])
    assert "name: Kumo" in (here / "events/kumo/event.yaml").read_text(encoding="utf-8")
    new("--name", "Kumo Days")
    new("--name", "Kumo Days")
    assert {one.name for one in here.glob("events/*")} == {"kumo", "kumo-days", "kumo-days-2"}


# Exported pages

EXPORT = {
    # Notion
    "Kumo Days 0123456789abcdef0123456789abcdef.md": "# Kumo Days\n\nDate: November 21, 2026\n"
    "Author: Mio Tanaka\nMood: good\n\n# First\n\nIt was *good*.\n\n"
    "![A picture](Kumo%20Days/a%20b.png)\n\n[Other](%E9%9B%B2.md) [lost](lost.md)\n\n"
    "---\n\n## Last\n\n---\n",
    "Kumo Days/a b.png": "PNG",
    # Qiita
    "雲.md": "---\ntitle: 雲の記録\ntags:\n  - name: 検索\nprivate: true\n"
    "updated_at: '2025-04-01T10:00:00+09:00'\nid: abc\n---\n# 見出し\n\n"
    "```json:out.json\n[a](b.md)\n```\n",
    # Confluence
    "Conf_1.html": "<title>Team : Kumo 2024</title><h1 id='title-heading'>"
    "<span id='title-text'>Team : Kumo 2024</span></h1><div class='page-metadata'>Created by "
    "<span class='author'>Ken Mori</span>, last modified on Mar 02, 2024</div>"
    "<div id='main-content'><h2>Notes</h2><table><tr><th>A</th></tr><tr><td>b</td></tr></table>"
    "</div><div id='attachments'><a href='attachments/x.pdf'>x.pdf</a></div>",
    "attachments/x.pdf": "%PDF",
    # Cosense
    "export.json": json.dumps(
        {
            "pages": [
                {
                    "title": "勉強会メモ",
                    "created": 1600000000,
                    "lines": [
                        "勉強会メモ",
                        "[** 大事]",
                        " 一つ [https://example.com/ 例]",
                        "  二つ",
                    ],
                }
            ]
        }
    ),
}


def test_each_exported_page_is_a_report(
    site: Site, here: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in EXPORT.items():
        path = tmp_path / "export" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    new(tmp_path / "export")
    events = {path.parent.name: load(path, here).event for path in here.glob("events/*/event.yaml")}
    assert set(events) == {"kumo-days-2026", "2025-04-01", "kumo-2024", "2020-09-13"}
    notion, qiita = events["kumo-days-2026"], events["2025-04-01"]
    confluence, cosense = events["kumo-2024"], events["2020-09-13"]
    assert notion
    assert qiita
    assert confluence
    assert cosense
    assert notion.date
    assert notion.date.isoformat() == "2026-11-21"
    assert [str(one.name) for one in notion.reporters] == ["Mio Tanaka"]
    assert (qiita.visibility, str(qiita.name)) == ("private", "雲の記録")
    assert [str(one.name) for one in confluence.reporters] == ["Ken Mori"]
    assert str(cosense.name) == "勉強会メモ"
    built = site.build(eventreports_audience="draft", suppress_warnings=[])
    assert built.warnings == []
    page = built.text("events/kumo-days-2026/index.html")
    assert "It was <em>good</em>." in page
    assert 'href="../2025-04-01/index.html"' in page
    assert "[lost](lost.md)" in page
    assert (here / "events/kumo-days-2026/Kumo-Days/a-b.png").read_text(encoding="utf-8") == "PNG"
    assert (here / "events/kumo-2024/attachments/x.pdf").is_file()
    # Code stays as it was.
    assert "[a](b.md)" in (here / "events/2025-04-01/index.md").read_text(encoding="utf-8")
    table = capsys.readouterr().out
    assert "Mood" in table
    assert "lost.md" in table


def test_a_page_that_cannot_be_read_is_named_and_costs_no_other(
    here: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "deep.html").write_text("<div>" * 4000, encoding="utf-8")
    (folder / "good.md").write_text("# Good\n", encoding="utf-8")
    (folder / "picture.md").write_bytes(b"\x89PNG\0\0\xff")
    assert main(["new", str(folder)]) == 1
    assert [path.name for path in here.glob("events/*")] == ["good"]
    shown = capsys.readouterr().out
    assert "deep.html" in shown
    assert "picture.md" in shown
    with pytest.raises(SystemExit) as exit_:
        main(["new", str(folder / "deep.html"), "--name", "Deep"])
    assert exit_.value.code == 2


# What is written


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ab *_`~[]()<>{}#-+=!|&;:\\$%0.1)あ　"), max_size=30))
def test_escaped_text_is_read_as_it_was(text: str) -> None:
    assert read_inline(escaped(text.strip())).text == text.strip()


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["a", "b", "c"]),
        st.one_of(st.text(max_size=20), st.lists(st.text(max_size=9), max_size=3)),
    )
)
def test_dumped_facts_are_read_as_they_were(facts: dict[str, object]) -> None:
    assert yaml.load(dump(facts) or "{}", yaml.BaseLoader) == facts


def test_the_forms_of_new_sites_are_those_that_this_one_has() -> None:
    own = ROOT / "_ext/eventreports/cli/site/ja/_templates"
    assert {path.name for path in own.iterdir()} == {"event.yaml", "report.md"}
    for path in own.iterdir():
        assert (ROOT / "_templates" / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("builder", ["html"])
def test_the_report_of_the_seed_loses_no_word(
    site: Site, here: Path, shared: Path, builder: str
) -> None:
    new(shared / "seed/japan-container-days-v1804.txt", "--folder", "events/jcd")
    built = site.build(builder, language="ja")
    assert built.warnings == []
    page = built.outdir / "events/jcd/index.html"
    command = [sys.executable, str(shared / "seed/check_words.py"), str(page)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout
