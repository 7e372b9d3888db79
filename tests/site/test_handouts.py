"""What is printed of an event: its handouts, with codes that a phone reads, and the book."""

import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, Built, Site
from eventreports.loader import load
from eventreports.sphinx.print.documents import possible_handouts
from printing import codes, pictures, png

pytestmark = [pytest.mark.slow, pytest.mark.once]

CONF = """\
project = "Site"
author = "The authors"
extensions = ["myst_parser", "sphinx_design", "eventreports", "typstprint"]
exclude_patterns = ["_build"]
typstprint_show_urls = "inline"
smartquotes = False
"""
REPORT = "japan-container-days-v1804"
CARDS = "rails-world-2023"
PROGRAMME = "rubykaigi-2018"
BASE = "https://reports.example/ja"


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"there is no {name}")
    return found


def written(pdf: Path, *options: str) -> str:
    """The text of a PDF, page after page."""
    command = [program("pdftotext"), *options, str(pdf), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def pages_of(pdf: Path) -> list[str]:
    return written(pdf, "-layout").split("\f")[:-1]


def head_of(page: str) -> list[str]:
    """The first lines of a page, of which the very first is that of all pages."""
    return [line.strip() for line in page.splitlines() if line.strip()][:2]


def squeezed(text: str) -> str:
    """Without blanks, and without the hyphens that pdftotext takes for those of broken words."""
    return "".join(unicodedata.normalize("NFKC", text).replace("-", "").split())


def says(pdf: Path, words: str) -> bool:
    return squeezed(words) in squeezed(written(pdf))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    site = Site(tmp_path_factory.mktemp("handouts"))
    site.write({"conf.py": CONF})
    for name in (REPORT, CARDS, PROGRAMME):
        shutil.copytree(ROOT / "events" / name, site.folder / "events" / name)
    made = site.build("typstprint", html_baseurl=BASE)
    assert made.warnings == []
    return made


def handout(built: Built, name: str = "conf", form: str = "") -> Path:
    return built.outdir / "handouts" / f"{name}{form}.pdf"


@pytest.mark.parametrize("name", [REPORT, CARDS])
def test_each_slide_and_video_has_a_code_that_leads_there_once_and_so_has_the_page(
    name: str, built: Built, tmp_path: Path
) -> None:
    event = load(ROOT / "events" / name / "event.yaml", ROOT).event
    assert event is not None
    resources = [one for session in event.all_sessions for one in session.resources]
    wanted = [one.url for one in resources if one.url and one.status == "available"]
    assert len(wanted) >= 8
    own = f"{BASE}/events/{name}/index.html"
    assert sorted(codes(handout(built, name), tmp_path)) == sorted([*wanted, own])


def test_the_address_stands_beside_its_code_in_words(built: Built) -> None:
    pdf = handout(built, REPORT)
    assert "https://speakerdeck.com/koudaiii/number-containerdaysjp" in written(pdf, "-layout")
    assert says(pdf, f"{BASE}/events/{REPORT}/index.html")
    # What is not shared says so.
    assert says(pdf, "共有なし")


def test_a_handout_is_of_its_event_alone_and_the_book_of_all(built: Built) -> None:
    assert says(handout(built, REPORT), "AKE")
    assert not says(handout(built, REPORT), "Rails")
    book = built.outdir / "book.pdf"
    assert says(book, "AKE")
    assert says(book, "Rails")


@pytest.mark.parametrize("name", [REPORT, CARDS, PROGRAMME])
def test_a_summary_is_one_sheet(name: str, built: Built) -> None:
    assert len(pages_of(handout(built, name, ".summary"))) <= 2


def test_a_summary_has_facts_impressions_points_and_no_notes(built: Built) -> None:
    pdf = handout(built, REPORT, ".summary")
    page = (ROOT / "events" / REPORT / "index.md").read_text(encoding="utf-8")
    event = load(ROOT / "events" / REPORT / "event.yaml", ROOT).event
    assert event is not None
    assert says(pdf, "ベルサール神田")
    for session in event.sessions:
        assert says(pdf, str(session.title))
    points = re.findall(r"^#### ポイント\n\n((?:[- ].*\n)+)", page, re.MULTILINE)
    assert len(points) == 9
    impressions = re.findall(r"^## 全体サマリと印象\n\n((?:[- ].*\n)+)", page, re.MULTILINE)
    assert len(impressions) == 1
    for line in "".join((*points, *impressions)).splitlines():
        assert says(pdf, re.sub(r"^\s*- |[*`<>]|\]\([^)]*\)|\[", "", line)), line
    notes = re.findall(r"^#### メモ\n\n- (.*)", page, re.MULTILINE)
    assert len(notes) > 3
    assert not any(says(pdf, line) for line in notes)


def test_the_book_has_an_index_of_people_by_page(built: Built) -> None:
    pages = pages_of(built.outdir / "book.pdf")
    index = next(number for number, page in enumerate(pages) if "索引" in head_of(page))
    assert index > 10
    found = re.findall(r"Yusuke Endoh, ([\d, ]*\d)", "\n".join(pages[index:]))
    assert found
    numbers = [int(number) for number in found[0].split(", ")]
    assert numbers == sorted(set(numbers))
    for number in numbers:
        assert "Yusuke Endoh" in pages[number - 1]
        assert number < index


def test_in_the_book_each_event_begins_a_page(built: Built) -> None:
    pages = pages_of(built.outdir / "book.pdf")
    titles = ("RubyKaigi 2018", "Rails World 2023", "20180419 Japan Container Days v18.04")
    assert set(titles) <= {line for page in pages for line in head_of(page)}


def test_the_book_says_on_which_page_an_event_is(built: Built) -> None:
    pages = pages_of(built.outdir / "book.pdf")
    titles = ("RubyKaigi 2018", "Rails World 2023", "Japan Container Days v18.04")
    for title in titles:
        number = next(
            number for number, page in enumerate(pages, 1) if title in " ".join(head_of(page)[1:])
        )
        said = {
            int(found)
            for page in pages
            for found in re.findall(rf"^ *{re.escape(title)} *[（(] *(\d+)", page, re.MULTILINE)
        }
        assert said == {number}, title


def test_what_comes_after_an_event_in_the_book_begins_a_page_too(built: Built) -> None:
    heads = [head_of(page) for page in pages_of(built.outdir / "book.pdf")]
    assert any("2018" in head for head in heads)


def test_years_stand_right_below_the_events_in_the_book(built: Built) -> None:
    source = built.text("book.typ")
    assert "年別" not in source
    levels = re.findall(r"heading\(level: (\d), \{\[\]\n(?:// .*\n)?\"([^\"]*)\"", source)
    found = {title: int(level) for level, title in levels}
    assert found["イベント"] + 1 == found["2018"] == found["RubyKaigi 2018"] - 1


def test_a_card_of_many_talks_leaves_no_page_half_empty(built: Built) -> None:
    pages = pages_of(handout(built, "rubykaigi-2018"))
    first_with_notes = next(n for n, page in enumerate(pages) if "メモ\n" in page)
    cards = [page for page in pages[:first_with_notes] if "動画" in page and "youtube.com" in page]
    assert len(cards) > 6
    for page in cards[1:]:
        assert page.count("youtube.com") >= 5 or "Lightning Talk:" in page


def test_slides_and_videos_stand_beside_each_other(built: Built) -> None:
    text = written(handout(built, PROGRAMME), "-layout")
    assert len(re.findall(r"スライド.*動画.*YouTube", text)) > 30


FORMAL = """
name: Conf
date: 2018-04-19
visibility: internal
visibility_text: {ja: 社外秘, en: Confidential}
recipients: [プラットフォーム部長]
reporters: [山田花子 (開発部)]
published: 2018-05-01
sessions:
  - {id: a, title: First talk, start: 10:00, end: 11:00, room: Main, speakers: [Ken Mori]}
  - {id: b, title: Second talk, start: 11:00, speakers: [Aoi]}
"""
PAGE = """
# The report

```{event:info}
```

## First talk

```{event:session} a
```

### Notes

- A note[^one]

### Points

- A point[^two]

## Second talk

```{event:session} b
```

### Next actions

- An action

## Overall impressions

- An impression

[^one]: Said in a note.
[^two]: Said in a point.
"""


@pytest.fixture
def formal(site: Site) -> Site:
    site.write({"conf.py": f"{CONF}eventreports_audience = 'internal'\n"})
    site.event("conf", FORMAL, PAGE)
    return site


def printed(site: Site, **conf: Any) -> Built:
    built = site.build("typstprint", **{"language": "en", **conf})
    assert built.warnings == []
    return built


def test_to_whom_it_goes_from_whom_and_when_stands_at_its_head_and_once(formal: Site) -> None:
    text = written(handout(printed(formal, today="Today")), "-layout")
    head = text[: text.index("Apr 19, 2018")]
    for said in ("プラットフォーム部長", "山田花子", "開発部", "May 1, 2018"):
        assert said in head
        assert text.count(said) == 1


def test_seals_and_lines_are_there_on_request(formal: Site) -> None:
    built = printed(formal)
    assert "部長" not in written(handout(built)).replace("プラットフォーム部長", "")
    source = (built.outdir / "handouts" / "conf.typ").read_text(encoding="utf-8")
    assert "event-lines" not in source
    built = printed(formal, eventreports_seals=["部長", "担当"], eventreports_handout_lines=7)
    assert "担当" in written(handout(built))
    source = (built.outdir / "handouts" / "conf.typ").read_text(encoding="utf-8")
    assert "event-lines" in source


@pytest.mark.parametrize(("language", "words"), [("ja", "社外秘"), ("en", "Confidential")])
def test_for_whom_it_is_stands_on_each_page_and_of_the_book_too(
    formal: Site, language: str, words: str
) -> None:
    formal.event("open", "name: Open\ndate: 2018-05-01\n", "# Open\n\nText.\n")
    built = printed(formal, language=language)
    for path in (handout(built), handout(built, "conf", ".summary"), built.outdir / "book.pdf"):
        assert all(words in page for page in pages_of(path))
    assert words not in written(handout(built, "open"))


def test_the_sessions_stand_at_a_glance_with_the_pages_of_their_notes(formal: Site) -> None:
    text = written(handout(printed(formal)), "-layout")
    glance = text[text.index("at a glance") :]
    assert re.search(r"10:00–11:00\s+Main\s+First talk\s+Ken Mori", glance)
    assert text.index("at a glance") < text.index("A note")


def test_where_the_author_shows_them_they_are_not_shown_again(formal: Site) -> None:
    cards = PAGE.replace("## First", "```{event:sessions}\n```\n\n## First", 1)
    formal.event("conf", FORMAL, cards)
    assert "at a glance" not in written(handout(printed(formal)))


def test_a_summary_keeps_the_footnotes_of_what_it_keeps(formal: Site) -> None:
    text = written(handout(printed(formal), "conf", ".summary"))
    for said in ("A point", "Said in a point.", "An action", "An impression", "Second talk"):
        assert said in text
    assert "A note" not in text
    assert "Said in a note." not in text


def test_pictures_are_small_in_a_summary_alone(formal: Site) -> None:
    kept = "- A point[^two]\n\n  ![A stage](stage.png) among words ![A stage](stage.png)\n\n"
    kept += "```{figure} stage.png\n:width: 90%\n\nCaption\n```\n\n![Dot](dot.png)\n"
    formal.event("conf", FORMAL, PAGE.replace("- A point[^two]\n", kept))
    folder = formal.folder / "events" / "conf"
    (folder / "stage.png").write_bytes(png(width=600, height=400))
    (folder / "dot.png").write_bytes(png(width=60, height=40))
    built = printed(formal)
    high = 28 / 25.4 * 72
    assert pictures(handout(built, form=".summary")) == [
        *[pytest.approx((high * 1.5, high), rel=0.02)] * 3,
        pytest.approx((60, 40), rel=0.02),
    ]
    assert [height > 2 * high for _width, height in pictures(handout(built))] == [
        *[True] * 3,
        False,
    ]


def test_what_is_within_kept_notes_is_there_once(formal: Site) -> None:
    notes = "# Conf\n\n## Next actions\n\n- do\n\n### Impressions\n\nA fine day.\n"
    session = "\n## First talk\n\n```{event:session} a\n```\n\n### Points\n\n- a point\n"
    formal.event("conf", FORMAL, f"{notes}{session}\n#### Next actions\n\nTo be tried.\n")
    text = written(handout(printed(formal), form=".summary"))
    for said in ("A fine day.", "do", "a point", "To be tried."):
        assert len(re.findall(rf"\b{re.escape(said)}", text)) == 1, said


def test_the_address_of_a_page_is_quoted(formal: Site) -> None:
    formal.event("s p#1", FORMAL, PAGE)
    text = written(handout(printed(formal, html_baseurl=BASE), "s p#1"))
    assert f"{BASE}/events/s%20p%231/index.html" in squeezed(text)


def test_sessions_on_pages_of_their_own_are_part_of_the_handouts(formal: Site) -> None:
    own = "# Second talk\n\n```{event:session} b\n```\n\n## Points\n\n- From a page of its own\n"
    toctree = "\n```{toctree}\n:hidden:\n\nb\n```\n"
    first = PAGE[: PAGE.index("## Second")] + PAGE[PAGE.index("## Overall") :]
    formal.event("conf", FORMAL, first + toctree)
    formal.write({"events/conf/b.md": own})
    built = printed(formal)
    for form in ("", ".summary"):
        assert "From a page of its own" in written(handout(built, "conf", form))


REPORTERS = """
name: Conf
date: 2018-04-19
reporters: [Yamada, Sato, Alice]
sessions:
  - {id: a, title: First talk}
  - {id: b, title: Second talk}
  - {id: c, title: Third talk}
"""
OWN = """
# The report

## Talks

### First talk

```{event:session} a
```

#### Notes

- Noted by Yamada[^one]

#### Next actions

- Yamada acts

### Third talk

```{event:session} c
```

- Only Yamada

## Impressions

- Impressed Yamada

[^one]: Said by Yamada.
"""
COLLEAGUE = """\
---
reporter: {0}
---

# Page of {0}

General words of {0}, and [a link](#session-a).

## Impressions

- Impressed {0}

## Reports

### Second talk

```{{event:session}} b
```

#### Points

- Second point of {0}

### First talk

```{{event:session}} a
```

#### Points

- First point of {0}[^two]

#### Next actions

- {0} acts

[^two]: Said by {0}.
"""


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Built:
    site = Site(tmp_path_factory.mktemp("reporters"))
    site.write({"conf.py": CONF})
    site.event("conf", REPORTERS, OWN)
    for name in ("Sato", "Alice"):
        site.write({f"events/conf/{name.lower()}.md": COLLEAGUE.format(name)})
    return printed(site)


def in_order(text: str, *words: str) -> bool:
    return (
        re.search(".*?".join(rf"\b{re.escape(one)}" for one in words), text, re.DOTALL) is not None
    )


@pytest.mark.parametrize("path", ["handouts/conf.pdf", "book.pdf"])
def test_the_notes_of_all_reporters_stand_together_in_the_order_of_the_programme(
    reported: Built, path: str
) -> None:
    text = written(reported.outdir / path).partition("\nIndex\n")[0]
    text = text[text.rindex("Talks\n") :]
    first = ["First talk", "Notes: Yamada", "Noted by Yamada", "Yamada acts"]
    first += ("Notes: Alice", "First point of Alice", "Alice acts")
    first += ("Notes: Sato", "First point of Sato")
    second = ["Second talk", "Notes: Alice", "Second point of Alice"]
    second += ("Notes: Sato", "Second point of Sato")
    pages = [f"{said} {name}" for name in ("Alice", "Sato") for said in ("Page of", "Reported by")]
    assert in_order(text, *first, *second, "Third talk", "Only Yamada", "Impressed Yamada", *pages)
    for heading in ("First talk", "Second talk", "Third talk"):
        assert text.count(f"{heading}\n") == 1, heading
    # A heading of which all has been moved is not there; what else is on the page is.
    assert "Reports\n" not in text
    for name in ("Alice", "Sato"):
        assert in_order(text, f"Page of {name}", f"General words of {name}", f"Impressed {name}")
        assert f"Said by {name}." in text
    # Whose notes are of the event's own page goes without saying, where there are no others.
    assert re.search(r"Third talk\s+• Only Yamada", text)


def test_nobody_is_named_above_no_notes(formal: Site) -> None:
    own = "# Conf\n\n## First talk\n\n```{event:session} a\n```\n\n% Nothing yet\n"
    formal.event("conf", FORMAL.replace("山田花子 (開発部)", "Yamada, Sato"), own)
    page = "---\nreporter: Sato\n---\n\n# Page\n\n## First talk\n\n```{event:session} a\n```\n\n"
    formal.write({"events/conf/sato.md": f"{page}Seen by Sato.\n"})
    text = written(handout(printed(formal)))
    assert "Notes: Yamada" not in text
    assert in_order(text, "Notes: Sato", "Seen by Sato")


def test_a_summary_has_each_heading_once_with_what_all_say(reported: Built) -> None:
    text = written(reported.outdir / "handouts/conf.summary.pdf")
    headings = ("Impressions", "Points of the sessions", "First talk", "Second talk")
    for heading in headings:
        assert text.count(f"{heading}\n") == 1, heading
    names = ("Yamada", "Alice", "Sato")
    impressed = [said for name in names for said in (f"Notes: {name}", f"Impressed {name}")]
    assert in_order(text, "Impressions", *impressed)
    # Whoever wrote it is no speaker.
    assert {line for line in text.splitlines() if line in names} == set()
    points = ["First talk"]
    points += [said for name in names[1:] for said in (f"Notes: {name}", f"First point of {name}")]
    actions = ("Next actions", "Yamada", "Yamada acts", "Alice acts", "Sato acts")
    assert in_order(text, *points, *actions, "Second talk", "Second point of Alice")
    assert text.count("Next actions\n") == 1
    for left_out in ("Noted by", "General words", "Page of"):
        assert left_out not in text


ACTING = """
name: Conf
date: 2018-04-19
reporters: [Yamada, Sato]
sessions: [{id: a, title: First talk}, {id: b, title: Second talk}]
"""


def test_a_summary_sets_apart_who_acts_and_by_when(site: Site) -> None:
    talk = "## {0}\n\n```{{event:session}} {1}\n```\n\n### Next actions\n\n"
    site.write({"conf.py": f"{CONF}myst_enable_extensions = ['tasklist']\n"})
    site.event(
        "conf",
        ACTING,
        "# Conf\n\n"
        + talk.format("First talk", "a")
        + "- [ ] @Yamada tries `that` 2018-06-18\n\n"
        + talk.format("Second talk", "b")
        + "Agreed upon:\n\n- [x] @Yamada orders it 2018-05-01\n- [ ] Tells others\n\n"
        + "#### Later\n\n- Rests (2018-07-01)\n\n"
        + "## Next actions\n\n- Of no name and of no date\n",
    )
    own = "---\nreporter: Sato\n---\n\n# Of Sato\n\n"
    tasks = "- [ ] @Sato asks (2018-05-11)\n- Goes home\n"
    site.write({"events/conf/sato.md": own + talk.format("First talk", "a") + tasks})
    text = written(handout(printed(site), form=".summary"), "-layout")
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    assert lines[lines.index("First talk") :] == [
        "First talk",
        # Of several reporters it is one table, by date, which says whose each is.
        "Next actions",
        "Action Who By Notes",
        "asks Sato May 11, 2018 Sato",
        "tries that Yamada Jun 18, 2018 Yamada",
        "Goes home Sato",
        # Of one it stands where it did.
        "Second talk",
        "Next actions",
        "Agreed upon:",
        "Action",
        "Tells others",
        "Completed",
        "Action Who By",
        "orders it Yamada May 1, 2018",
        "Later",
        "Action By",
        "Rests Jul 1, 2018",
        # What nothing is set apart from is a list.
        "Next actions",
        "• Of no name and of no date",
        "1/1 Apr 19, 2018",
    ]


def test_pages_of_which_all_stands_with_the_sessions_leave_nothing(formal: Site) -> None:
    page = "---\nreporter: 山田花子\n---\n\n# Page of Ann\n\n## Second talk\n\n"
    notes = "```{event:session} b\n```\n\nSeen[^a].\n\n[^a]: A footnote.\n"
    formal.write({"events/conf/ann.md": page + notes})
    text = written(handout(printed(formal)))
    assert "Page of Ann" not in text
    assert in_order(text, "Second talk", "An action", "山田花子", "Seen")
    assert text.count("A footnote.") == 1


SCAFFOLD = """\
---
reporter: {0}
---

# Page of {0}

## First talk

```{{event:session}} a
```

### Notes

### Points

## Second talk

```{{event:session}} b
```

### Notes

### Points
"""


@pytest.mark.parametrize("path", ["handouts/conf.pdf", "handouts/conf.summary.pdf", "book.pdf"])
def test_headings_alone_leave_nothing_and_nobody_is_named_for_them(site: Site, path: str) -> None:
    site.write({"conf.py": CONF})
    own = OWN.replace("- Only Yamada", "#### Notes").replace("#### Next actions", "#### Points")
    site.event("conf", REPORTERS, own)
    site.write({"events/conf/sato.md": SCAFFOLD.format("Sato")})
    site.write({"events/conf/alice.md": f"{SCAFFOLD.format('Alice')}\n- A point.\n"})
    text = written(printed(site).outdir / path).partition("\nIndex\n")[0]
    lines = [line.strip() for line in text.splitlines()]
    assert [line for line in lines if line.startswith("Notes: ")] == ["Notes: Alice"]
    assert in_order(text, "First talk", "Yamada acts", "Second talk", "Alice", "A point.")
    assert text.count("Third talk") > 0
    headings = [line for line in lines if line in ("Notes", "Points")]
    assert headings == ([] if "summary" in path else ["Notes", "Points", "Points"])
    assert "Page of" not in text


def test_one_event_alone_and_in_one_form(formal: Site) -> None:
    formal.event("open", "name: Open\ndate: 2018-05-01\n", "# Open\n\nText.\n")
    built = printed(formal, eventreports_printed_events=["open"], eventreports_handouts=["full"])
    assert [path.name for path in built.outdir.rglob("*.pdf")] == ["open.pdf"]


def test_lists_that_the_command_line_leaves_empty_are_empty(formal: Site) -> None:
    empty = {f"eventreports_{name}": [""] for name in ("handouts", "printed_events", "seals")}
    built = printed(formal, **empty)
    assert [path.name for path in built.outdir.rglob("*.pdf")] == ["book.pdf"]


def test_an_event_that_there_is_not_is_reported(formal: Site) -> None:
    built = formal.build("typstprint", language="en", eventreports_printed_events=["cnf"])
    assert len(built.warnings) == 1
    assert "there is no event “cnf” (did you mean “conf”?)" in built.warnings[0]


def test_an_event_that_has_changed_is_printed_again_and_no_other(formal: Site) -> None:
    formal.event("open", "name: Open\ndate: 2018-05-01\n", "# Open\n\nText.\n")
    built = printed(formal)
    before = {path: path.stat().st_mtime_ns for path in built.outdir.rglob("*.pdf")}
    formal.event("open", "name: Open\ndate: 2018-05-01\n", "# Open\n\nOther text.\n")
    printed(formal)
    changed = [path.name for path, then in before.items() if path.stat().st_mtime_ns != then]
    assert sorted(changed) == ["book.pdf", "open.pdf"]


def test_no_two_handouts_have_one_name() -> None:
    found = possible_handouts(["a.summary", "a", "b"])
    assert len({one.target for one in found}) == len(found)
    assert ("a.summary", "full", "handouts/a.summary") in found
    assert [one.form for one in found if one.event_id == "b"] == ["full", "summary"]


def test_settings_that_cannot_be_are_reported_with_what_can(site: Site) -> None:
    site.write({"index.md": "# Site\n"})
    conf = CONF.replace('"eventreports"', '"eventreports", "typstprint"')
    wrong = 'eventreports_handouts = ["ful"]\neventreports_handout_lines = "x"\n'
    wrong += "eventreports_seals = [1]\ntypstprint_documents = [5]\n"
    (site.folder / "conf.py").write_text(conf + wrong, encoding="utf-8")
    reported = site.build("typstprint", language="en").warnings
    for words in (
        "eventreports_handouts must be a list of some of 'full', 'summary', not ['ful']",
        "eventreports_handout_lines must be a number from 0, not 'x'",
        "eventreports_seals must be a list of texts, not [1]",
    ):
        (line,) = [line for line in reported if words in line]
        assert "[event.setting]" in line
    assert [
        line for line in reported if "typstprint_documents: an entry must be (page, file," in line
    ]
    assert len([line for line in reported if "no page shows" not in line]) == 4


def test_the_head_has_room_for_everybody_on_small_paper(formal: Site) -> None:
    built = printed(
        formal,
        html_baseurl="https://example.com/a/long/address/of/a/site/of/reports/",
        eventreports_seals=["部長", "課長", "担当"],
        typstprint_options={"paper": "a5"},
    )
    text = written(handout(built), "-layout")
    assert re.search(r"プラットフォーム部長", text)
    assert text.index("部長") < text.index("https://example.com/a/long")


def test_a_row_of_the_programme_in_which_nothing_is_is_left_out(formal: Site) -> None:
    schedule = PAGE.replace("## First", "```{event:schedule}\n```\n\n## First", 1)
    formal.event("conf", FORMAL.replace("start: 11:00", "start: 11:20, end: 11:50"), schedule)
    text = written(handout(printed(formal)), "-layout")
    assert not re.search(r"^\s*11:00\s*$", text, re.MULTILINE)
    assert re.search(r"^\s*11:20", text, re.MULTILINE)


def test_what_is_elsewhere_says_where_and_people_take_no_room_for_codes(
    site: Site, tmp_path: Path
) -> None:
    facts = """\
name: Conf
date: 2026-11-21
venue: Hall
slots: [{title: Drinks, start: 18:00, venue: Tavern}]
sessions:
  - id: a
    title: A
    start: 10:00
    room: Loft
    venue: Café
    speakers: [{name: Ann, links: [https://github.com/ann]}]
    slides: https://example.com/a
"""
    site.write({"conf.py": CONF})
    notes = "# Conf\n\n```{event:schedule}\n```\n\n## A\n\n```{event:session} a\n```\n"
    site.event("conf", facts, notes)
    built = site.build("typstprint", language="en")
    assert built.warnings == []
    pdf = handout(built)
    assert written(pdf).count("Café") == 2  # The programme, the facts.
    assert written(pdf).count("Tavern") == 1
    assert says(pdf, "GitHub ann")
    assert codes(pdf, tmp_path) == ["https://example.com/a"]


def test_a_session_in_a_summary_stands_with_what_was_noted(site: Site) -> None:
    site.write({"conf.py": CONF})
    numbers = range(14)
    sessions = "".join(
        f"  - {{id: s{number}, title: Talk {number}, speakers: [Speaker{number}]}}\n"
        for number in numbers
    )
    points = "".join(
        f"\n## Talk {number}\n\n```{{event:session}} s{number}\n```\n\n### Points\n\n"
        f"- Point{number}a {'words ' * (20 * (number % 4 + 1))}\n- Point{number}b\n"
        for number in numbers
    )
    # Wherever on the page it falls.
    for lines in range(7):
        impressions = "".join(f"- line {number}\n" for number in range(lines))
        page = f"# Conf\n\n## Impressions\n\n{impressions}\n{points}"
        site.event(f"conf-{lines}", f"name: Conf\nsessions:\n{sessions}", page)
    built = printed(site)
    for lines in range(7):
        pages = pages_of(handout(built, f"conf-{lines}", ".summary"))
        assert len(pages) == 2
        for page in pages:
            said = set(re.findall(r"Speaker(\d+)", page))
            assert said == set(re.findall(r"Point(\d+)a", page))


@pytest.mark.parametrize("notes", ["", "### Notes\n\n- Noted{0}\n\n", "### Notes\n\n"])
def test_the_heading_of_a_session_stands_with_its_facts(site: Site, notes: str) -> None:
    """Wherever on the page it falls, and whatever is written of it."""
    numbers = range(60)
    sessions = "".join(
        f"  - {{id: s{number}, title: Talk{number} of some words, speakers: [Speaker{number}],"
        f" level: {'line ' * (17 * (number % 4))}}}\n"
        for number in numbers
    )
    page = "".join(
        f"## Talk{number} of some words\n\n```{{event:session}} s{number}\n```\n\n"
        f"{notes.format(number)}"
        for number in numbers
    )
    site.write({"conf.py": CONF})
    site.event("conf", f"name: Conf\nsessions:\n{sessions}", f"# Conf\n\n{page}")
    pages = pages_of(handout(printed(site)))
    # The table of all has their titles and speakers, too.
    first = max(number for number, said in enumerate(pages) if "Talk0 " in said)
    assert len(pages[first:]) > 4
    for said in pages[first + 1 :]:
        found = re.findall(r"(?:Talk|Speaker|Noted)(\d+)", said)
        assert len(found) == len(set(found)) * (3 if "Noted" in notes else 2)


def test_a_document_carries_the_strictest_mark_of_what_is_in_it(site: Site) -> None:
    books = [("index", "book", "", ""), ("open/index", "open", "", ""), ("a/note", "note", "", "")]
    conf = f"extensions.append('typstprint')\ntypstprint_documents = {books}\n"
    marks = {
        "a": "visibility: internal\nvisibility_text: Mark A\n",
        "b": "visibility: private\nvisibility_text: Mark B\n",
        "c": "visibility: private\nvisibility_text: Mark C\n",
        "d": "visibility_text: Mark D\n",
        "e": "visibility: internal\nvisibility_text: Mark E\n",
    }
    conf += "eventreports_folder = '.'\neventreports_audience = 'private'\n"
    site.write({"conf.py": f"{CONF}{conf}"})
    for name, facts in marks.items():
        site.write(
            {f"{name}/event.yaml": f"name: {name}\n{facts}", f"{name}/index.md": f"# {name}\n"}
        )
    site.write(
        {"a/note.md": "# Note\n", "open/index.md": "# Open\n\n```{toctree}\n/d/index\n```\n"}
    )
    site.write({"a/index.md": "# A\n\n```{toctree}\nnote\n```\n"})
    below = "a/index\ne/index\nc/index\nb/index\nopen/index"
    site.write({"index.md": f"# Site\n\n```{{toctree}}\n{below}\n```\n"})
    built = site.build("typstprint-src", eventreports_year_pages=False)
    assert built.warnings == []

    def mark(name: str) -> str:
        found = re.search(r"marking: (none|\"[^\"]*\")", built.text(f"{name}.typ"))
        assert found
        return found[1].strip('"')

    names = ("book", "open", "note", *(f"handouts/{name}" for name in marks))
    found = {name: mark(name) for name in names}
    # What is for more than the edition is of one that is not: parts of it may be for fewer.
    assert found.pop("open") == found.pop("handouts/d") == "関係者版"
    assert found == {
        "book": "Mark B",
        "note": "関係者版 / Mark A",
        **{f"handouts/{name}": f"Mark {name.upper()}" for name in "bc"},
        **{f"handouts/{name}": f"関係者版 / Mark {name.upper()}" for name in "ae"},
    }


def test_parts_that_the_public_does_not_have_are_marked(site: Site) -> None:
    hidden = "{id: hid, title: Hidden, visibility: internal}"
    notes = "```{{event:session}} {}\n```\n\nWords.\n\n### Points\n\n- Point of {}\n"
    facts = f"name: Open\ndate: 2020-01-02\nreporters: [Ann, Bob]\nsessions: [open, {hidden}]\n"
    own = "".join(f"\n## {one}\n\n{notes.format(one, one)}" for one in ("open", "hid"))
    site.event("open", facts, f"# Open\n\n```{{event:schedule}}\n```\n{own}")
    site.event("in", "name: In\ndate: 2020-01-03\nvisibility: private\n")
    head = "---\nreporter: Ann\nvisibility: internal\n---\n# Of Ann\n\n## open\n\n"
    site.write({
        "events/open/ann.md": f"{head}{notes.format('open', 'Ann')}",
        "notes.md": "---\nvisibility: private\n---\n# Notes\n\nWords.\n",
        "index.md": (
            "# Site\n\n```{event:list}\n```\n\n```{event:points}\n```\n\n"
            "```{toctree}\nevents/open/index\nevents/in/index\nnotes\n```\n"
        ),
    })  # fmt: skip
    conf: dict[str, Any] = {
        "extensions": ["myst_parser", "eventreports", "typstprint"],
        "eventreports_audience": "draft",
        "eventreports_year_pages": False,
        "language": "en",
    }
    built = site.build("text", **conf)
    front, event = built.text("index.txt"), built.text("events/open/index.txt")
    for part in ("In Private", "Point of Ann Internal", "Hidden Internal"):
        assert part in front
    # In the schedule; and in the facts above the notes.
    assert "Hidden Internal" in event
    assert "Visibility:\n   Internal" in event
    book = site.build("typstprint-src", **conf).text("book.typ")
    assert book.count("this page: Private") == 1
    assert 'marking: "Edition with drafts / Private"' in book
    assert re.search(r'"Ann"\n}\)\n" "\nspan\(\("event-kind-badge", \), {\[\]\n"Internal"', book)


@pytest.mark.skipif(os.name == "nt", reason="Windows takes no such names")
@pytest.mark.parametrize("name", ["back\\slash", 'a"b', "a:b?", "o'reilly-2026", "end\\"])
def test_an_event_is_printed_whatever_its_folder_is_called(site: Site, name: str) -> None:
    site.write({"conf.py": CONF})
    site.event(name, "name: Conf\n")
    built = site.build("typstprint")
    assert built.warnings == []
    files = [path.name for path in (built.outdir / "handouts").glob("*.pdf")]
    assert len(files) == 2
    assert not set('\\:*?"<>|') & set("".join(files))


SESSIONS = """\
name: One
date: 2026-01-01
sessions:
  - {id: a, title: Alpha}
  - {id: b, title: Beta, speakers: [Yamada]}
  - {id: c, title: Gamma, children: [{id: d, title: Delta}]}
"""


def bars(pdf: Path, folder: Path) -> int:
    """How many lines of dots the bars beside facts have, by their colour."""
    command = [program("pdftoppm"), "-r", "72", "-aa", "no", "-aaVector", "no", str(pdf)]
    subprocess.run([*command, str(folder / "page")], check=True)
    data = b"".join(file.read_bytes() for file in sorted(folder.glob("page-*.ppm")))
    return len(re.findall(rb"(?:\x96\x96\x96)+", data))


@pytest.mark.parametrize(
    ("shown", "has_bar"),
    [
        ("```{event:session} a\n```", False),
        (":::{card} Title\n```{event:session} a\n```\n:::", False),
        ("- words\n\n  ```{event:session} a\n  ```", False),
        ("```{event:session} b\n```", True),
        ("```{event:session} d\n```", True),
    ],
)
def test_a_session_of_a_title_alone_has_no_bar(
    site: Site, tmp_path: Path, shown: str, has_bar: bool
) -> None:
    site.write({"conf.py": CONF})
    site.event("one", SESSIONS, f"# One\n\n## Alpha\n\n{shown}\n\nWords\n")
    built = site.build("typstprint", eventreports_handouts=["full"], html_theme="basic")
    assert [line for line in built.warnings if "the heading says" not in line] == []
    assert (bars(built.outdir / "handouts" / "one.pdf", tmp_path) > 0) is has_bar


# Talks within talks

WITHIN = """
name: Conf
date: 2018-04-19
sessions:
  - id: lt
    title: Lightning talks
    children:
      - {id: one, title: First short talk, speakers: [Ken Mori]}
      - {id: two, title: Second short talk, speakers: [Aoi]}
      - id: three
        title: A round of questions
        children: [{id: four, title: Deepest talk}]
  - id: panel
    title: The panel
    children: [{id: five, title: Opening words}, {id: six, title: Closing words}]
  - {id: last, title: Last talk}
"""
WITHIN_PAGE = """
# The report

## Lightning talks

```{event:session} lt
```

### Second short talk

```{event:session} two
```

#### Points

- Point of the second

## The panel

```{event:session} panel
```

### Points

- Point of the panel

### Closing words

```{event:session} six
```

#### Notes

- Noted, not kept

## Last talk

```{event:session} last
```

### Points

- Point of the last
"""


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_summary_has_the_talks_within_talks(site: Site, language: str) -> None:
    """Their points where they have some, and else their titles, once each."""
    site.write({"conf.py": CONF})
    site.event("conf", WITHIN, WITHIN_PAGE)
    # One that has no notes at all.
    site.event("bare", WITHIN, "# Bare\n\n```{event:info}\n```\n")
    built = printed(site, language=language)
    text = written(handout(built, "conf", ".summary"))
    bare = written(handout(built, "bare", ".summary"))
    for title in (
        *("Lightning talks", "First short talk", "Second short talk", "A round of questions"),
        *("Deepest talk", "The panel", "Opening words", "Closing words", "Last talk"),
    ):
        assert text.count(title) == bare.count(title) == 1, title
    assert "Noted, not kept" not in text
    order = ("Second short talk", "Point of the second", "The panel", "Point of the panel")
    within = ("Opening words", "Closing words", "Last talk", "Point of the last")
    others = ("Lightning talks", "First short talk", "A round of questions", "Deepest talk")
    found = [text.index(one) for one in (*order, *within, *others)]
    assert found == sorted(found)


def test_a_summary_that_does_not_fit_says_how_many_pages_it_has(site: Site) -> None:
    site.write({"conf.py": CONF})
    points = "".join(f"- Point {number} {'words ' * 40}\n" for number in range(120))
    page = f"# Conf\n\n## First\n\n```{{event:session}} a\n```\n\n### Points\n\n{points}"
    site.event("conf", "name: Conf\nsessions: [{id: a, title: First}]\n", page)
    site.event("short", "name: Short\n")
    for _round in range(2):
        built = site.build("typstprint", language="en", eventreports_handouts=["summary"])
        count = len(pages_of(handout(built, "conf", ".summary")))
        assert count > 2
        (warning,) = built.warnings
        assert warning.startswith(f"{site.folder / 'events' / 'conf' / 'index.md'}: WARNING: ")
        assert f" {count} pages" in warning


# The date

DATES = {
    "name: A\ndate: 2018-04-19\nupdated: 2021-02-03\npublished: 2019-01-01\n": "Feb 3, 2021",
    "name: A\nstart_date: 2018-04-19\nend_date: 2018-04-21\npublished: 2018-05-01\n": (
        "May 1, 2018"
    ),
    "name: A\nstart_date: 2018-04-19\nend_date: 2018-04-21\n": "Apr 19, 2018",
    "name: A\ndate: 2018-04\n": "Apr 2018",
    "name: A\n": "",
}


def date_of(built: Built, target: str) -> str:
    (date,) = re.findall(r' date: "(.*?)"', built.text(f"{target}.typ"))
    return str(date)


def test_the_date_is_the_event_s_and_the_book_s_is_the_latest(
    make_site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    made = []
    for name, seconds in (("one", 1_500_000_000), ("two", 1_700_000_000)):
        site = make_site(name)
        site.write({"conf.py": CONF})
        for number, facts in enumerate(DATES):
            site.event(f"e{number}", facts)
        for file in site.folder.rglob("*.*"):
            os.utime(file, (seconds, seconds))
        built = printed(site, eventreports_handouts=["summary"])
        made.append({file.name: file.read_bytes() for file in built.outdir.rglob("*.pdf")})
    assert made[0] == made[1]
    assert len(made[0]) == len(DATES) + 1
    dates = [date_of(built, f"handouts/e{number}.summary") for number in range(len(DATES))]
    assert dates == list(DATES.values())
    assert date_of(built, "book") == "Feb 3, 2021"
    # What a site says itself comes before.
    again = printed(site, today="Today")
    assert date_of(again, "book") == date_of(again, "handouts/e0") == "Today"


# The audience


def test_an_event_that_is_not_for_the_build_is_not_printed(site: Site) -> None:
    site.event("hidden", "name: Secret\nvisibility: private\n")
    built = site.build(
        "typstprint-src",
        extensions=["myst_parser", "eventreports", "typstprint"],
        eventreports_printed_events=["hidden"],
    )
    (warning,) = [one for one in built.warnings if "[event.visibility]" in one]
    assert "AUDIENCE=private" in warning
    assert built.app.statuscode == 1
