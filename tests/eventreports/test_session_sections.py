"""The section that a session's facts open becomes the session's home."""

import json
import re
from typing import Any

import pytest
from docutils import nodes

from conftest import Built, Site

FACTS = """
name: Conf
date: 2020-01-02
sessions:
  - {id: ake, title: AKEを支える技術, speakers: [Ann (ACME)]}
  - {id: ml, title: 機械学習}
"""


def page(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"


def facts(session: str) -> str:
    return f"```{{event:session}} {session}\n```"


def sections(built: Built, docname: str = "events/conf/index") -> dict[str, str]:
    """Each section's ids, by its heading; a heading that recurs keeps all of them."""
    found: dict[str, str] = {}
    for section in built.doctree(docname).findall(nodes.section):
        heading = section[0].astext()
        found[heading] = " ".join([found.get(heading, ""), *section["ids"]]).strip()
    return found


def objects(built: Built) -> dict[str, str]:
    domain = built.app.env.get_domain("event")
    return {name: f"{doc}#{anchor}" for name, _d, _t, doc, anchor, _p in domain.get_objects()}


def test_a_heading_and_its_notes_get_the_sessions_anchors(site: Site) -> None:
    ake = page("### AKEを支える技術", facts("ake"), "#### メモ", "- a", "#### Key Points!", "- b")
    ml = page("### 機械学習", facts("ml"), "#### メモ", "- c", "##### メモ", "- d")
    site.event("conf", FACTS, page("# Conf", "## 詳細", ake, ml))
    built = site.build()
    assert built.warnings == []
    assert sections(built) == {
        "Conf": "conf",
        "詳細": "詳細",
        "AKEを支える技術": "session-ake",
        "メモ": "session-ake-メモ session-ml-メモ session-ml-メモ-1",
        "Key Points!": "session-ake-key-points",
        "機械学習": "session-ml",
    }
    html = built.text("events/conf/index.html")
    heading = '<h3 class="event-phrases">AKEを<wbr />支える<wbr />技術'
    assert f'<section class="event-session-notes" id="session-ake">\n{heading}' in html
    assert '<section class="event-note event-notes" id="session-ml-メモ">\n<h4>メモ' in html
    assert '<a class="reference internal" href="#session-ml-メモ">メモ</a>' in html
    assert objects(built)["conf/ake"] == "events/conf/index#session-ake"


KINDS = {
    "ポイント": "points",
    "Key points": "points",
    "所感": "impressions",
    "Q&A": "questions",
    "ネクストアクション": "actions",
    "メモ": "notes",
    "メモと所感": "notes",
    "まとめ": "impressions",
    "Questions and actions": "actions",
    "全体サマリと印象": "impressions",
    "Overall & impressions": "impressions",
    "Overall impressions": "impressions",
    "全体の所感": "impressions",
    "KPI所感": "impressions",
    "重要なPoints": "points",
    # A word within another.
    "Endpoints": None,
    "ポイントカードの話": None,
    "Notes of the host": None,
}


def test_known_headings_give_notes_their_kind(site: Site) -> None:
    """Those of a session, and those of the whole event."""
    of_session = [f"### {heading}\n\n- a" for heading in KINDS]
    of_event = [f"## {heading}\n\n- a" for heading in KINDS]
    site.event("conf", FACTS, page("# Conf", *of_event, "## 機械学習", facts("ml"), *of_session))
    sections = list(site.build().doctree("events/conf/index").findall(nodes.section))
    found = [(one[0].astext(), one["classes"]) for one in sections if one[0].astext() in KINDS]
    expected = [
        (name, ["event-note", f"event-{kind}"] if kind else []) for name, kind in KINDS.items()
    ]
    assert found == [*expected, *expected]


def test_the_words_that_give_a_kind_are_a_setting(site: Site) -> None:
    site.event("conf", FACTS, page("# Conf", "## 機械学習", facts("ml"), "### Fazit", "- a"))
    built = site.build(eventreports_note_kinds={"points": ["fazit"]})
    section = list(built.doctree("events/conf/index").findall(nodes.section))[-1]
    assert section["classes"] == ["event-note", "event-points"]


def test_after_some_text_the_facts_are_facts_only(site: Site) -> None:
    site.event("conf", FACTS, page("# Conf", "## Talk", "Before.", facts("ake"), "### Notes", "a"))
    built = site.build()
    assert sections(built) == {"Conf": "conf", "Talk": "talk", "Notes": "notes"}
    assert objects(built)["conf/ake"] == "events/conf/index#session-ake"
    assert 'id="session-ake"' in built.text("events/conf/index.html")


def test_a_comment_or_target_before_the_facts_is_no_text(site: Site) -> None:
    text = page(
        "# Conf", "(mine)=\n## 機械学習", "% a comment", "(other)=", facts("ml"), "[](#mine)"
    )
    site.event("conf", FACTS, text)
    built = site.build()
    assert built.warnings == []
    section = list(built.doctree("events/conf/index").findall(nodes.section))[-1]
    assert section["ids"][0] == "session-ml"
    assert "mine" in section["ids"]


def test_within_another_directive_the_facts_are_facts_only(site: Site) -> None:
    site.event("conf", FACTS, page("# Conf", "````{note}\n" + facts("ake") + "\n````"))
    built = site.build()
    assert built.warnings == []
    assert sections(built) == {"Conf": "conf"}
    assert "Ann" in built.text("events/conf/index.html")


def test_without_a_heading_the_facts_are_facts_only(site: Site) -> None:
    site.event("conf", FACTS, page("# Conf"))
    site.write({"events/conf/bare.md": facts("ake") + "\n"})
    site.write({"index.md": "# Site\n\n```{toctree}\nevents/years/index\nevents/conf/bare\n```\n"})
    built = site.build()
    assert "Ann" in built.text("events/conf/bare.html")
    assert objects(built)["conf/ake"] == "events/conf/bare#session-ake"


def test_a_session_may_have_a_page_of_its_own(site: Site) -> None:
    toctree = "```{toctree}\nake\n```"
    site.event("conf", FACTS, page("# Conf", "```{event:sessions}\n```", toctree))
    notes = page("# AKEを支える技術", facts("ake"), "## メモ", "- a")
    site.write({"events/conf/ake.md": notes})
    built = site.build()
    assert built.warnings == []
    assert sections(built, "events/conf/ake")["メモ"] == "session-ake-メモ"
    assert 'href="ake.html#session-ake"' in built.text("events/conf/index.html")
    assert objects(built)["conf/ml"] == "events/conf/index#session-ml"


@pytest.mark.parametrize("parallel", [0, 4])
def test_of_two_homes_the_first_by_name_is_the_home(site: Site, parallel: int) -> None:
    site.event("conf", FACTS, page("# Conf", "```{toctree}\nb\na\n```"))
    for name in "ab":
        site.write({f"events/conf/{name}.md": page("# AKEを支える技術", facts("ake"))})
    site.write({f"filler{n}.md": "---\norphan: true\n---\n# Filler\n" for n in range(8)})
    built = site.build(parallel=parallel)
    assert built.warnings == []
    assert objects(built)["conf/ake"] == "events/conf/a#session-ake"


NOTES = page("## AKEを支える技術", facts("ake"), "- Said.")
SECOND = (
    "---\norphan: true\n---\n# {title}\n\n"
    "## AKEを支える技術\n\n```{{event:session}} ake\n```\n\n- Said.\n"
)


def add_notes(site: Site, **titles: str) -> None:
    for name, title in titles.items():
        site.write({f"events/conf/{name}.md": SECOND.format(title=title)})


@pytest.mark.parametrize("name", ["alice", "zoe", "notes/more"])
def test_the_events_own_page_is_the_home_whatever_others_are_called(site: Site, name: str) -> None:
    cards = "```{event:sessions}\n```"
    site.event("conf", FACTS, page("# Conf", cards, NOTES))
    add_notes(site, **{name: "Notes of another"})
    for _time in range(2):
        built = site.build(language="en")
        assert built.warnings == []
        assert objects(built)["conf/ake"] == "events/conf/index#session-ake"
        # The hint is at the heading of the others, in every build.
        (hint,) = [line for line in built.status.splitlines() if "[event.more-notes]" in line]
        assert f"events/conf/{name}.md:6: " in re.sub(r"\x1b\[\d+m", "", hint)
    # The home and the card lead there, and the notes there lead back.
    link = f'<a class="reference internal" href="{name}.html#session-ake">'
    assert built.text("events/conf/index.html").count(link) == 2
    (back,) = re.findall("event-notes-by.*", built.text(f"events/conf/{name}.html"))
    assert back.count("<a ") == 1
    assert 'index.html#session-ake"><span>Conf' in back


def test_several_pages_with_more_notes_are_all_named(site: Site) -> None:
    site.event("conf", FACTS, page("# Conf", NOTES))
    add_notes(site, alice="Notes of Alice", zoe="Notes of *Zoe*")
    text = site.build("text", language="en").text("events/conf/index.txt")
    assert "Notes: Notes of Alice, Notes of Zoe" in " ".join(text.split())


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml", "epub", "latex", "man"])
def test_every_builder_leads_to_more_notes(site: Site, builder: str) -> None:
    toctree = "```{toctree}\nalice\n```"
    site.event("conf", FACTS, page("# Conf", NOTES, toctree))
    site.write({"events/conf/alice.md": SECOND.format(title="Notes of Alice")[21:]})
    conf: dict[str, Any] = {"man_pages": [("index", "x", "x", "x", "1")], "epub_copyright": "2020"}
    built = site.build(builder, language="en", **conf)
    files = [
        one for one in built.outdir.rglob("*") if one.suffix in (".html", ".xhtml", ".tex", ".1")
    ]
    said = [one.read_text(encoding="utf-8") for one in files]
    (*_others, text) = (one for one in said if "Notes: " in one)
    assert text.count("Notes of Alice") > 1
    if builder == "singlehtml":
        (href,) = re.findall(r'href="#([^"]*)"[^>]*><span>Notes of Alice', text)
        assert text.count(f'id="{href}"') == 1


def test_a_page_with_a_session_twice_gets_a_hint(site: Site) -> None:
    twice = page("## AKEを支える技術", facts("ake"), "## AKEを支える技術", facts("ake"))
    site.event("conf", FACTS, page("# Conf", twice))
    built = site.build()
    assert built.warnings == []
    assert built.status.count("[event.more-notes]") == 1


def test_pages_of_other_events_that_show_a_session_get_no_hint(site: Site) -> None:
    site.event("conf", FACTS, page("# Conf", NOTES))
    borrowed = "```{event:session} ake\n:event: conf\n```"
    site.event("all", "name: All\n", page("# All", "## AKEを支える技術", borrowed, "- Said."))
    built = site.build()
    assert objects(built)["conf/ake"] == "events/conf/index#session-ake"
    assert "[event.more-notes]" not in built.status
    assert "event-notes-by" not in built.text("events/conf/index.html")


PARTS = """
name: Conf
date: 2020-01-02
sessions:
  - id: lt
    title: Lightning talks
    start: 10:00
    children:
      - id: a
        title: Tabs
        speakers: [Ann Lee]
        slides: https://example.com/a.pdf
        children: [{id: inner, title: Within}]
      - {id: b, title: Spaces}
"""
SCHEDULE, CARDS = "```{event:schedule}\n```", "```{event:sessions}\n```"
LIGHTNING = page("## Lightning talks", facts("lt"))


@pytest.mark.parametrize(
    ("parts", "within"),
    [
        ((SCHEDULE, LIGHTNING), "event-session"),
        ((SCHEDULE, "Text.", facts("lt")), "event-session"),
        ((SCHEDULE, CARDS), "event-session-cards"),
        ((SCHEDULE, CARDS, LIGHTNING), "event-session"),
        ((SCHEDULE,), "event-schedule"),
    ],
)
@pytest.mark.parametrize("session", ["a", "inner"])
def test_a_talk_within_another_is_found_where_most_of_it_is_shown(
    site: Site, parts: tuple[str, ...], within: str, session: str
) -> None:
    site.event("conf", PARTS, page("# Conf", *parts, "{event:session}`a`"))
    built = site.build()
    assert built.warnings == []
    assert objects(built)[f"conf/{session}"] == f"events/conf/index#session-{session}"
    (target,) = (
        one
        for one in built.doctree("events/conf/index").findall(nodes.target)
        if f"session-{session}" in one["ids"]
    )
    around: nodes.Element = target
    while around.parent and not {within, "event-schedule"} & set(around["classes"]):
        around = around.parent
    assert within in around["classes"]


def test_facts_of_its_own_come_before_those_within_another(site: Site) -> None:
    site.event("conf", PARTS, page("# Conf", LIGHTNING, "```{toctree}\nz\n```"))
    site.write({"events/conf/z.md": page("# Z", "Text.", facts("a"))})
    found = objects(site.build())
    assert found["conf/a"] == "events/conf/z#session-a"
    assert found["conf/b"] == "events/conf/index#session-b"


def test_notes_come_before_facts_and_facts_before_cards(site: Site) -> None:
    text = page("# Conf", "```{event:sessions}\n```", "Text.", facts("ake"), "```{toctree}\nz\n```")
    site.event("conf", FACTS, text)
    site.write({"events/conf/z.md": page("# AKEを支える技術", facts("ake"))})
    built = site.build()
    assert objects(built)["conf/ake"] == "events/conf/z#session-ake"
    # On the page itself the facts bear the anchor, not the card above them.
    tree = built.doctree("events/conf/index")
    bearer = next(n for n in tree.findall(nodes.target) if "session-ake" in n["ids"])
    assert "event-session" in bearer.parent["classes"]


def test_the_same_session_twice_on_a_page(site: Site) -> None:
    one = page("## AKEを支える技術", facts("ake"), "### メモ", "a")
    two = page("## Again", facts("ake"), "### メモ", "b")
    site.event("conf", FACTS, page("# Conf", one, two))
    built = site.build()
    assert built.warnings == []
    assert sections(built)["AKEを支える技術"] == "session-ake"
    assert sections(built)["Again"] == "again"
    assert sections(built)["メモ"] == "session-ake-メモ メモ"


def test_two_events_on_one_page_keep_apart(site: Site) -> None:
    site.event("conf", FACTS, page("# Conf", "## AKEを支える技術", facts("ake")))
    site.event("other", FACTS.replace("AKEを支える技術", "Other"))
    borrowed = "```{event:session} ake\n:event: other\n```"
    site.write(
        {"index.md": page("# Site", "## One", borrowed, "```{toctree}\nevents/years/index\n```")}
    )
    built = site.build()
    assert objects(built)["other/ake"] == "index#session-ake"
    assert objects(built)["conf/ake"] == "events/conf/index#session-ake"


def test_a_session_within_a_session_has_its_own_notes(site: Site) -> None:
    inner = page("### 機械学習", facts("ml"), "#### メモ", "b")
    text = page("# Conf", "## AKEを支える技術", facts("ake"), "### メモ", "a", inner)
    site.event("conf", FACTS, text)
    built = site.build()
    assert sections(built)["メモ"] == "session-ake-メモ session-ml-メモ"


def test_a_heading_that_says_other_than_the_title_is_a_hint(site: Site) -> None:
    site.event("conf", FACTS, page("# Conf", "## Another heading", facts("ake")))
    built = site.build()
    assert built.warnings == []
    said = built.app.status.getvalue()
    assert "AKEを支える技術" in said
    assert "[event.heading]" in said


def test_a_page_whose_heading_is_not_the_events_title_gets_a_hint(site: Site) -> None:
    site.event("conf", "title: 20200102 Conf\n" + FACTS.lstrip(), page("# Something else"))
    built = site.build()
    assert built.warnings == []
    assert "“20200102 Conf” [event.heading]" in built.app.status.getvalue()


def test_width_and_blanks_do_not_make_another_heading(site: Site) -> None:
    site.event("conf", FACTS, page("# Conf", "## ＡＫＥを 支える技術", facts("ake")))
    assert "[event.heading]" not in site.build().app.status.getvalue()


def test_a_heading_may_say_the_subtitle_too(site: Site) -> None:
    subtitled = "  - {id: go, title: Go, subtitle: The good parts}\n"
    headings = [f"## Go{sign}The good parts\n\n{facts('go')}" for sign in (": ", " — ")]
    site.event("conf", FACTS + subtitled, page("# Conf", *headings))
    assert "[event.heading]" not in site.build().app.status.getvalue()


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("A\u200b ‘tea’ – and\u00a0more…", "A 'tea' - and more..."),
        ("Tea with `milk`, *not* sugar", "Tea with `milk`, *not* sugar"),
    ],
)
def test_what_nobody_sees_does_not_make_another_heading(
    title: str, heading: str, site: Site
) -> None:
    written = json.dumps(title.replace("\u200b", ""))
    event = f"name: Conf\nsessions: [{{id: tea, title: {written}}}]\n"
    site.event("conf", event, page("# Conf", f"## {heading}\u200b", facts("tea")))
    assert "[event.heading]" not in site.build().app.status.getvalue()


def test_an_unknown_session_says_what_may_be_meant(site: Site) -> None:
    site.event("conf", FACTS, page("# Conf", "## X", facts("aka"), "The notes stay."))
    built = site.build()
    assert len(built.warnings) == 1
    assert "events/conf/index.md:5: WARNING: " in built.warnings[0]
    assert "did you mean “ake”" in built.warnings[0]
    assert "[event.unknown-session]" in built.warnings[0]
    assert "The notes stay." in built.text("events/conf/index.html")


def test_headings_keep_their_anchors_when_another_comes_before(site: Site) -> None:
    site.event("conf", FACTS, page("# Conf", "## 新しい", "## 詳細"))
    assert sections(site.build())["詳細"] == "詳細"


def test_reports_in_restructuredtext(site: Site) -> None:
    """The directives are not MyST's alone."""
    text = "Conf\n====\n\n機械学習\n--------\n\n.. event:session:: ml\n\nメモ\n~~~~\n\n- a\n"
    site.write({"events/conf/event.yaml": FACTS, "events/conf/index.rst": text})
    built = site.build()
    assert built.warnings == []
    assert sections(built)["メモ"] == "session-ml-メモ"


def test_latex_knows_the_anchors(site: Site) -> None:
    site.event(
        "conf",
        FACTS,
        page("# Conf", "[](#session-ml)", "```{event:sessions}\n```", "## 機械学習", facts("ml")),
    )
    built = site.build("latex", latex_documents=[("index", "book.tex", "B", "A", "manual")])
    assert built.warnings == []
    tex = built.text("book.tex")
    assert r"\label{\detokenize{events/conf/index:session-ml}}" in tex
    assert r"\label{\detokenize{events/conf/index:session-ake}}" in tex


def test_the_events_own_pages_have_the_home(site: Site) -> None:
    site.event("zconf", FACTS, page("# Conf", "## 機械学習", facts("ml")))
    borrowed = "```{event:session} ml\n:event: zconf\n```"
    site.write({"a.md": "---\norphan: true\n---\n\n# Summary\n\n## 機械学習\n\n" + borrowed + "\n"})
    built = site.build()
    assert built.warnings == []
    assert objects(built)["zconf/ml"] == "events/zconf/index#session-ml"


def test_another_events_session_takes_no_anchor(site: Site) -> None:
    site.event("other", FACTS)
    borrowed = "```{event:session} ml\n:event: other\n```"
    site.event("conf", FACTS, page("# Conf", "## 機械学習", borrowed, "## 機械学習", facts("ml")))
    built = site.build()
    assert objects(built)["conf/ml"] == "events/conf/index#session-ml"


def test_sections_that_others_make_stay_as_they_are(site: Site) -> None:
    inner = ".. only:: html\n\n   Inner\n   -----\n\n   Text.\n"
    site.write({"page.rst": f":orphan:\n\nPage\n====\n\n{inner}"})
    site.event("conf", FACTS)
    assert "Inner" in sections(site.build(), "page")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_anchors_are_the_same_in_every_language(site: Site, language: str) -> None:
    """A link that was shared leads to the translation too."""
    site.event("conf", FACTS, page("# Conf", "## 機械学習", facts("ml"), "### メモ", "- a"))
    catalog = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    catalog += 'msgid "メモ"\nmsgstr "Notes"\n'
    site.write({"locale/en/LC_MESSAGES/events.po": catalog})
    built = site.build(language=language, locale_dirs=["locale"])
    heading = "メモ" if language == "ja" else "Notes"
    assert sections(built)[heading] == "session-ml-メモ"


def test_an_id_that_is_taken_now_leads_to_who_has_it_now(site: Site) -> None:
    facts = """
name: Conf
sessions:
  - {id: a, title: A, old_ids: [b]}
  - {id: b, title: B}
"""
    notes = "## A\n\n```{event:session} a\n```\n"
    page = f"# Conf\n\n{{event:session}}`b`\n\n{notes}\n```{{event:sessions}}\n:only: b\n```\n"
    site.event("conf", facts, page)
    html = site.build(language="en").text("events/conf/index.html")
    assert 'href="#session-b"' in html
    card = html[html.index('class="sd-col') :]
    assert 'id="session-b"' in card
