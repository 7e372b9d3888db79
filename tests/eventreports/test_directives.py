"""What the directives show: the facts, in the author's words and order."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes

from conftest import Built, Site

if TYPE_CHECKING:
    from pathlib import Path

FULL = """
name: コンテナの日
url: https://example.org/
start_date: 2018-04-19
end_date: 2018-04-20
venue: {name: ベルサール神田, address: 東京都千代田区, url: "https://venue.example/", rooms: [A, B]}
capacity: 1540
supporters: [Docker Tokyo]
organizers: {name: Org, url: "https://org.example/"}
sponsor_tiers:
  - {name: Gold, sponsors: [{name: Zeta, url: "https://z.example/"}, Alpha]}
  - {name: Silver, sponsors: [Beta]}
reporters: [ボム (開発部)]
hashtag: jcd
topics: [コンテナ]
links: [{url: "https://togetter.com/li/1", title: まとめ}]
description: |
  **Two** days of [talks](https://example.org/talks).
sessions:
  - id: ake
    title: AKE
    speakers: [{name: Ann, affiliation: ACME, job_title: CTO, url: "https://ann.example/"}, Bob]
    start: 9:30
    end: 10:10
    room: A
    track: Infra
    language: ja
    topics: [Kubernetes, 独自実装]
    slides: https://speakerdeck.com/ann/ake
    videos: {url: "https://youtu.be/1", title: 録画}
    description: About *AKE*.
  - id: ml
    title: 機械学習
    speakers: [Cee]
    start: 9:00
    room: B
    topics: [ML]
    slides: {status: not-shared, text: 共有なし}
  - id: bare
    title: A talk of which nothing is known
"""


def show(site: Site, directive: str, facts: str = FULL, **conf: Any) -> Built:
    site.event("conf", facts, f"# Conf\n\n{directive}\n")
    return site.build(**conf)


def fence(name: str, *options: str, argument: str = "") -> str:
    return "\n".join((f"```{{event:{name}}} {argument}", *options, "```"))


def shown(built: Built, docname: str = "events/conf/index") -> str:
    """The page's words, without its heading, on one line."""
    words = " ".join(text for text in built.text(f"{docname}.txt").split("\n"))
    return re.sub(r"\s+", " ", words.partition("****")[2].lstrip("* ")).strip()


def text(site: Site, directive: str, facts: str = FULL, **conf: Any) -> str:
    site.event("conf", facts, f"# Conf\n\n{directive}\n")
    built = site.build("text", **conf)
    assert built.warnings == []
    return shown(built)


def rows(built: Built) -> list[tuple[str, str]]:
    fields = built.doctree("events/conf/index").findall(nodes.field)
    return [(field[0].astext(), field[1].astext()) for field in fields]


def titles(built: Built) -> list[str]:
    """The titles on the page's cards, in their order."""
    return [
        paragraph.astext()
        for paragraph in built.doctree("events/conf/index").findall(nodes.paragraph)
        if "event-card-title" in paragraph["classes"]
    ]


class TestInfo:
    def test_every_fact_in_the_authors_order(self, site: Site) -> None:
        built = show(site, fence("info"))
        assert built.warnings == []
        assert rows(built) == [
            ("名称", "コンテナの日"),
            ("Webサイト", "https://example.org/"),
            ("日時", "2018年4月19日(木)～20日(金)"),
            ("会場", "ベルサール神田 (東京都千代田区)"),
            ("部屋", "A、B"),
            ("定員", "1,540名"),
            ("後援", "Docker Tokyo"),
            ("主催", "Org"),
            ("Gold", "Zeta、Alpha"),
            ("Silver", "Beta"),
            ("報告者", "ボム (開発部)"),
            ("ハッシュタグ", "#jcd"),
            ("トピック", "コンテナ"),
            ("リンク", "まとめ (togetter.com)"),
        ]
        html = built.text("events/conf/index.html")
        assert "<strong>Two</strong> days" in html
        assert 'href="https://venue.example/"' in html

    def test_a_field_that_is_none(self, site: Site) -> None:
        built = show(site, fence("info", ":fields: venu"))
        assert any("did you mean “venue”" in line for line in built.warnings)


class TestSponsors:
    @pytest.mark.parametrize(
        "logo", ["../../../secret.png", "link.png", "*.png", "https://x.example/a.png", "no.png"]
    )
    def test_a_logo_that_is_no_picture_here_is_not_shown(
        self, site: Site, tmp_path: Path, logo: str
    ) -> None:
        """Nor copied, wherever it is; the name stands in its place."""
        (tmp_path / "secret.png").write_bytes(b"secret")
        (site.folder / "events/conf").mkdir(parents=True)
        (site.folder / "events/conf/link.png").symlink_to(tmp_path / "secret.png")
        facts = f"name: X\nsponsors: {{name: Zeta, logo: '{logo}'}}\n"
        built = show(site, fence("sponsors"), facts)
        assert len(built.warnings) == 1
        code = "event.path" if logo in ("../../../secret.png", "link.png") else "event.file"
        assert f"[{code}]" in built.warnings[0]
        assert titles(built) == ["Zeta"]
        assert "<img" not in built.text("events/conf/index.html").partition("</main>")[0]
        copied = (built.outdir / "_images").glob("*")
        assert all(path.name.startswith("cover-") for path in copied)

    def test_a_logo_is_copied_and_named(self, site: Site) -> None:
        facts = "name: X\nsponsors: {name: Zeta, logo: img/z.svg}\n"
        (site.folder / "events/conf/img").mkdir(parents=True)
        svg = '<svg xmlns="http://www.w3.org/2000/svg"/>'
        site.write({"events/conf/img/z.svg": svg})
        built = show(site, fence("sponsors"), facts)
        assert built.warnings == []
        image = re.search(
            r'<img alt=""[^>]* src="\.\./\.\./(_images/z-\w+\.svg)"',
            built.text("events/conf/index.html"),
        )
        assert image is not None
        assert (built.outdir / image[1]).read_text() == svg


class TestSessions:
    def test_a_card_shows_what_is_known(self, site: Site) -> None:
        words = text(site, fence("sessions", ":only: ake"))
        assert words == (
            "09:30–10:10、A、Infra、日本語 AKE Ann <https://ann.example/> (ACME、CTO)、Bob "
            "Kubernetes、独自実装 スライド：Speaker Deck <https://speakerdeck.com/ann/ake> "
            "動画：録画 (YouTube) <https://youtu.be/1>"
        )

    def test_what_is_not_given_takes_no_room(self, site: Site) -> None:
        assert text(site, fence("sessions", ":only: bare")) == "A talk of which nothing is known"

    def test_a_heading_of_its_own_is_a_section(self, site: Site) -> None:
        built = show(site, fence("sessions", ":heading: 講演"))
        sections = list(built.doctree("events/conf/index").findall(nodes.section))
        assert [section[0].astext() for section in sections] == ["Conf", "講演"]
        assert sections[1]["ids"] == ["講演"]

    def test_within_a_list_its_heading_is_a_rubric(self, site: Site) -> None:
        directive = "- item\n\n  ```{event:sessions}\n  :heading: 講演\n  ```\n"
        built = show(site, directive)
        assert built.warnings == []
        assert len(list(built.doctree("events/conf/index").findall(nodes.section))) == 1
        assert '<p class="rubric" id=' in built.text("events/conf/index.html")


class TestSession:
    def test_all_that_is_known(self, site: Site) -> None:
        built = show(site, "## AKE\n\n" + fence("session", argument="ake"))
        assert rows(built) == [
            ("登壇者", "Ann (ACME、CTO)、Bob"),
            ("時間", "09:30–10:10"),
            ("部屋", "A"),
            ("トラック", "Infra"),
            ("言語", "日本語"),
            ("スライド", "Speaker Deck"),
            ("動画", "録画 (YouTube)"),
            ("トピック", "Kubernetes、独自実装"),
        ]
        assert "About <em>AKE</em>." in built.text("events/conf/index.html")


RESOURCES = """
name: X
sessions:
  - {{id: a, title: A, slides: {slides}}}
"""


class TestSlides:
    @pytest.mark.parametrize(
        ("slides", "words"),
        [
            ("'https://x.example/a b.pdf'", None),
            (
                "{status: gone, url: 'https://a.example/', archived: 'https://web.archive.org/x'}",
                '公開終了 "https://a.example/" Internet Archive <https://web.archive.org/x>',
            ),
            (
                "[https://a.example/, {url: 'https://b.example/', title: 補足}]",
                "a.example <https://a.example/>、補足 (b.example) <https://b.example/>",
            ),
        ],
    )
    def test_a_link_shows_what_it_is(self, site: Site, slides: str, words: str | None) -> None:
        site.event("conf", RESOURCES.format(slides=slides), f"# Conf\n\n{fence('slides')}\n")
        built = site.build("text")
        if words is None:
            assert len(built.warnings) == 1
        else:
            assert built.warnings == []
            assert shown(built) == f"A スライド：{words}"

    def test_a_fault_leaves_no_empty_line(self, site: Site) -> None:
        built = show(site, fence("sessions"), RESOURCES.format(slides="{status: elsewhere}"))
        assert len(built.warnings) == 1
        assert "スライド" not in built.text("events/conf/index.html")

    def test_a_local_file_is_copied_and_sized(self, site: Site) -> None:
        (site.folder / "events/conf").mkdir(parents=True)
        (site.folder / "events/conf/my talk.pdf").write_bytes(b"x" * 4_812_345)
        built = show(site, fence("slides"), RESOURCES.format(slides="my talk.pdf"))
        assert built.warnings == []
        link = re.search(
            r'href="([^"]*my%20talk\.pdf)"[^>]*>(?:<[^>]*>)*([^<]*)<',
            built.text("events/conf/index.html"),
        )
        assert link is not None
        assert link[2] == "PDF 4.8 MB"
        assert (
            built.outdir / "events/conf" / link[1].replace("%20", " ")
        ).resolve().stat().st_size == 4_812_345

    def test_only_what_has_slides(self, site: Site) -> None:
        words = text(site, fence("slides", ":kinds: slides"))
        assert "機械学習" in words
        assert "A talk" not in words
        assert "YouTube" not in words


class TestFiles:
    FILES = """
        name: X
        files:
          - {name: IMG_1.jpg, size: 4.81 MB, date: 2018-04-26, uploader: 李 大範}
          - notes.txt
        """

    def test_facts_alone_and_files_on_the_disk(self, site: Site) -> None:
        site.write({"events/conf/notes.txt": "x" * 1234})
        built = show(site, fence("files"), self.FILES)
        assert built.warnings == []
        table = next(built.doctree("events/conf/index").findall(nodes.table))
        cells = [[entry.astext() for entry in row] for row in table.findall(nodes.row)]
        assert cells == [
            ["ファイル", "サイズ", "登録日", "登録者"],
            ["IMG_1.jpg", "4.81 MB", "2018/04/26", "李 大範"],
            ["notes.txt", "1.2 KB", "", ""],
        ]
        html = built.text("events/conf/index.html")
        assert re.search(r'href="\.\./\.\./_downloads/\w+/notes\.txt"', html)
        assert "IMG_1.jpg</p>" in html

    def test_a_path_out_of_the_project(self, site: Site, tmp_path: Path) -> None:
        (tmp_path / "secret.txt").write_text("secret")
        built = show(site, fence("files"), "name: X\nfiles: [../../../secret.txt]\n")
        assert len(built.warnings) == 1
        assert "[event.path]" in built.warnings[0]
        assert not list(built.outdir.rglob("secret.txt"))

    @pytest.mark.parametrize("path", ["../../.env", "../../.git/config", ".hidden/a.pdf"])
    def test_a_hidden_file_is_not_published(self, site: Site, path: str) -> None:
        for name in (".env", ".git/config", "events/conf/.hidden/a.pdf"):
            site.write({name: "secret"})
        built = show(site, fence("files"), f"name: X\nfiles: [{path}]\n")
        assert len(built.warnings) == 1
        assert "[event.path]" in built.warnings[0]
        assert not (built.outdir / "_downloads").exists()


class TestReport:
    def test_all_of_it_at_once(self, site: Site) -> None:
        built = show(site, fence("report"))
        assert built.warnings == []
        sections = list(built.doctree("events/conf/index").findall(nodes.section))
        assert [section[0].astext() for section in sections] == ["Conf", "開催情報", "セッション"]
        assert len(titles(built)) == 3

    def test_chosen_parts(self, site: Site) -> None:
        built = show(site, fence("report", ":parts: sponsors slides"))
        sections = list(built.doctree("events/conf/index").findall(nodes.section))
        assert [section[0].astext() for section in sections] == ["Conf", "協賛", "スライド"]

    def test_nothing_but_a_name(self, site: Site) -> None:
        built = show(site, fence("report"), "name: X\n")
        assert built.warnings == []
        assert rows(built) == [("名称", "X")]


def test_an_event_that_is_named(site: Site) -> None:
    site.event("conf", FULL)
    site.write({"page.md": "---\norphan: true\n---\n# P\n\n```{event:info}\n:event: conf\n```\n"})
    assert "ベルサール神田" in site.build().text("page.html")


def show_sample(site: Site, facts: str, path: str = "/sample", **conf: Any) -> tuple[Built, str]:
    """Show twice, on a page of another event, an event that is not below ``events``."""
    site.event("conf", FULL)
    fences = "\n\n".join(fence(name, f":event: {path}") for name in ("info", "sessions"))
    site.write({"sample/event.yaml": facts, "events/conf/page.md": f"# P\n\n{fences}"})
    built = site.build(**conf)
    return built, built.text("events/conf/page.html")


class TestAnEventOutsideOfTheFolderOfEvents:
    def test_is_shown_and_listed_nowhere(self, site: Site) -> None:
        built, page = show_sample(site, "name: Sample\nsessions: [{title: Other}]\n", "/sample/")
        assert built.warnings == []
        assert "Sample" in page
        assert "Other" in page
        assert "Sample" not in built.text("events.json") + built.text("events/years/index.html")

    def test_is_shown_anew_when_it_changes(self, site: Site) -> None:
        assert "Here" in show_sample(site, "name: Sample\nvenue: Here\n")[1]
        assert "There" in show_sample(site, "name: Sample\nvenue: There\n")[1]

    def test_its_faults_are_reported_once(self, site: Site) -> None:
        built, page = show_sample(site, "name: Sample\ncapasity: 120\n")
        (warning,) = built.warnings
        assert "sample/event.yaml:2:1" in warning
        assert "120" in page

    @pytest.mark.parametrize("path", ["/none", "/../outside", "/", "//", "/sample/event.yaml"])
    def test_a_path_to_none_is_reported(self, site: Site, path: str) -> None:
        outside = site.folder.parent / "outside" / "event.yaml"
        outside.parent.mkdir()
        outside.write_text("name: Outside\n", encoding="utf-8")
        built, page = show_sample(site, "name: Sample\n", path)
        assert len(built.warnings) == 2
        assert all("page.md:" in one and path in one for one in built.warnings)
        assert "Outside" not in page

    def test_what_is_not_for_the_audience_is_left_out(self, site: Site) -> None:
        facts = "name: Sample\nvisibility: private\n"
        built, page = show_sample(site, facts, eventreports_audience="public")
        assert built.warnings == []
        assert "Sample" not in page


def test_a_page_below_an_event_belongs_to_it(site: Site) -> None:
    site.event("conf", FULL)
    site.write({"events/conf/day1/a.md": "---\norphan: true\n---\n# P\n\n```{event:info}\n```\n"})
    assert "ベルサール神田" in site.build().text("events/conf/day1/a.html")


def test_no_event_at_all(site: Site) -> None:
    site.write({"page.md": "---\norphan: true\n---\n# P\n\n```{event:info}\n```\n\nText.\n"})
    (site.folder / "events").mkdir()
    built = site.build()
    assert len([line for line in built.warnings if "[event.no-event]" in line]) == 1
    assert "page.md:6" in built.warnings[0]
    assert "Text." in built.text("page.html")


def test_data_is_text_in_every_field(site: Site) -> None:
    evil = '<script>alert(1)</script> **bold** `code` {event:info}`x` [x](javascript:1) "q" -- ...'
    yaml = evil.replace("'", "''")
    facts = f"""
        name: '{yaml}'
        venue: '{yaml}'
        hashtag: '{yaml}'
        sponsors: ['{yaml}']
        reporters: [{{name: '{yaml}', affiliation: '{yaml}'}}]
        sessions:
          - {{id: x, title: '{yaml}', room: '{yaml}', topics: ['{yaml}']}}
        files: [{{name: '{yaml}', size: '{yaml}', uploader: '{yaml}'}}]
        """
    page = "\n\n".join(fence(n) for n in ("info", "sponsors", "sessions", "files"))
    built = show(site, page, facts, smartquotes=True, language="en")
    assert built.warnings == []
    html = built.text("events/conf/index.html")
    assert "<script>alert" not in html
    assert "javascript:1" not in re.findall(r'href="([^"]*)"', html)
    assert "<strong>bold" not in html
    words = built.doctree("events/conf/index").astext()
    assert words.count(evil) == 13


CONFERENCE = """
name: Conf
start_date: 2018-04-19
end_date: 2018-04-20
status: postponed
status_text: a typhoon
sessions:
  - id: panel
    title: {ja: 討論, en: The debate}
    kind: panel
    speakers:
      - {name: Ann, role: Moderator, affiliation: ACME}
      - {name: Bob, role: Panelist}
      - {name: Cee, role: Panelist, job_title: CTO}
      - Dee
  - id: off
    title: Never held
    status: cancelled
    status_text: The speaker was ill
  - id: lt
    title: Lightning talks
    kind: lightning-talk
    topics: [Talks]
    children:
      - {id: tabs, title: Tabs, speakers: [Eve], slides: "https://speakerdeck.com/eve/tabs"}
      - {id: spaces, title: Spaces, status: cancelled}
"""


class TestConferences:
    """What large events have: panels, cancellations, talks within talks, languages."""

    def test_a_panel_reads_as_one(self, site: Site) -> None:
        words = text(site, fence("sessions", ":only: panel"), CONFERENCE, language="en")
        assert words == ("The debate Panel Moderator: Ann (ACME); Panelist: Bob, Cee (CTO); Dee")

    def test_a_cancelled_session_is_seen_at_once(self, site: Site) -> None:
        words = text(site, fence("sessions", ":only: off"), CONFERENCE, language="en")
        assert words == "Cancelled: The speaker was ill Never held"
        words = text(site, fence("session", argument="off"), CONFERENCE, language="en")
        assert words == "Status: Cancelled: The speaker was ill"

    def test_the_status_of_an_event_comes_first(self, site: Site) -> None:
        built = show(site, fence("info"), CONFERENCE, language="en")
        assert rows(built)[0] == ("Status", "Postponed: a typhoon")
        listed = re.sub(r"<[^>]+>", " ", site.build(language="en").text("events/years/index.html"))
        assert re.search(r"Conf\s+Postponed\s", listed)

    def test_parts_are_listed_in_their_whole(self, site: Site) -> None:
        words = text(site, fence("sessions", ":only: lt"), CONFERENCE, language="en")
        assert words == (
            "Lightning talks Lightning talk Talks * Tabs Eve "
            "Slides: Speaker Deck <https://speakerdeck.com/eve/tabs> * Cancelled Spaces"
        )

    def test_a_part_with_notes_has_a_home_and_says_what_it_is_part_of(self, site: Site) -> None:
        page = "\n\n".join(
            ["# Conf", fence("sessions"), "## Tabs", fence("session", argument="tabs"), "- Note"]
        )
        site.event("conf", CONFERENCE, page)
        built = site.build(language="en")
        assert built.warnings == []
        html = built.text("events/conf/index.html")
        assert '<section class="event-session-notes" id="session-tabs">' in html
        assert 'href="#session-tabs" title="Tabs"><span class="event-session-title">Tabs' in html
        assert 'id="session-spaces"' in html
        assert rows(built)[-1] == ("Part of", "Lightning talks")
        assert 'href="#session-lt" title="Lightning talks"><span' in html

    def test_slides_of_parts_are_in_the_list_of_slides(self, site: Site) -> None:
        words = text(site, fence("slides"), CONFERENCE, language="en")
        assert words == "Tabs Eve Slides: Speaker Deck <https://speakerdeck.com/eve/tabs>"

    @pytest.mark.parametrize("directive", ["sessions", "slides"])
    def test_a_part_can_be_chosen(self, site: Site, directive: str) -> None:
        words = text(site, fence(directive, ":only: tabs"), CONFERENCE, language="en")
        assert words == "Tabs Eve Slides: Speaker Deck <https://speakerdeck.com/eve/tabs>"

    def test_a_language_that_is_none(self, site: Site) -> None:
        built = show(site, fence("sessions", ":languages: jp"), CONFERENCE)
        (warning,) = built.warnings
        assert "“jp” is no language; write a tag such as ja or en (did you mean “ja”?)" in warning

    def test_a_heading_may_be_in_any_of_the_titles_languages(self, site: Site) -> None:
        for heading in ("討論", "The debate"):
            page = f"# Conf\n\n## {heading}\n\n{fence('session', argument='panel')}\n"
            site.event("conf", CONFERENCE, page)
            assert "heading says other" not in site.build().status


def svg(width: int, height: int) -> str:
    size = f'width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width} {height}"/>'


class TestLogos:
    def test_logos_of_any_shape_weigh_alike(self, site: Site) -> None:
        shapes = {"square": (40, 40), "wide": (400, 60), "tall": (40, 60)}
        for name, size in shapes.items():
            site.write({f"events/conf/{name}.svg": svg(*size)})
        logos = ", ".join(f"{{name: {name}, logo: {name}.svg}}" for name in shapes)
        page = show(site, fence("sponsors"), f"name: X\nsponsors: [{logos}]\n").text(
            "events/conf/index.html"
        )
        pictures = re.findall(r"<img [^>]*>", page)
        assert len(pictures) == len(shapes)
        widths: dict[str, float] = {}
        for tag in pictures:
            found = re.search(r"/(\w+)-\w+\.svg", tag), re.search(r": ([\d.]+)mm", tag)
            assert found[0]
            assert found[1]
            widths[found[0][1]] = float(found[1][1])
        areas = {name: widths[name] ** 2 * shapes[name][1] / shapes[name][0] for name in shapes}
        assert areas["square"] == pytest.approx(340, rel=0.02)
        assert areas["wide"] == pytest.approx(340, rel=0.02)
        # No logo is so high that the wall falls apart.
        assert widths["tall"] * 1.5 == pytest.approx(20, rel=0.02)

    def test_light_and_dark_pages_have_their_own(self, site: Site) -> None:
        site.write({"events/conf/a.svg": svg(3, 1), "events/conf/b.svg": svg(4, 1)})
        facts = "name: X\nsponsors: [{name: Z, logo: a.svg, logo_dark: b.svg}]\n"
        page = show(site, fence("sponsors"), facts).text("events/conf/index.html")
        assert re.search(
            r'class="[^"]*only-light[^"]*"[^>]*_images/a-|_images/a-[^>]*only-light', page
        )
        assert re.search(
            r'class="[^"]*only-dark[^"]*"[^>]*_images/b-|_images/b-[^>]*only-dark', page
        )

    def test_a_logo_elsewhere_is_a_link_and_never_fetched(self, site: Site) -> None:
        facts = "name: X\nsponsors: [{name: Z, logo_url: 'https://z.example/logo.png'}]\n"
        page = show(site, fence("sponsors"), facts).text("events/conf/index.html")
        assert 'href="https://z.example/logo.png"' in page
        assert "<img" not in page

    def test_the_picture_of_an_event_is_larger_and_not_among_chosen_facts(self, site: Site) -> None:
        # At the head of the event's own page it is on the cover.
        files = {
            "events/conf/a.svg": svg(1, 1),
            "events/conf/more.md": f"# More\n\n{fence('info')}",
        }
        site.write(files)
        facts = "name: X\nimage: a.svg\n"
        built = show(site, fence("info"), facts)
        for page, shown in (("index", "event-cover"), ("more", "width: 40mm")):
            text = built.text(f"events/conf/{page}.html")
            (tag,) = re.findall(r"<img [^>]*_images/a-[^>]*>", text)
            assert shown in tag
        site.write({"events/conf/more.md": f"# More\n\n{fence('info', ':fields: name')}"})
        built = show(site, fence("info"), facts)
        assert "<img" not in built.text("events/conf/more.html")

    @pytest.mark.parametrize("builder", ["latex", "text", "man", "epub"])
    def test_what_cannot_be_shown_is_left_out_without_a_warning(
        self, site: Site, builder: str
    ) -> None:
        site.write({"events/conf/a.svg": svg(3, 1)})
        site.event("conf", "name: X\nsponsors: [{name: Zeta, logo: a.svg}]\n")
        built = site.build(builder, language="en", epub_copyright="2020")
        assert [line for line in built.warnings if "unknown_project_files" not in line] == []


class TestTabs:
    FACTS = """
name: Conf
start_date: 2018-04-19
end_date: 2018-04-20
days: [{date: 2018-04-18, name: Eve}]
sessions:
  - {title: One, date: 2018-04-19, start: 9:00, end: 10:00}
  - {title: Two, date: 2018-04-20, start: 9:00, end: 10:00}
"""

    def test_days_are_tabs_and_the_first_with_a_programme_is_open(self, site: Site) -> None:
        built = show(site, fence("schedule", ":days: tabs"), self.FACTS, language="en")
        assert built.warnings == []
        page = built.text("events/conf/index.html")
        found = re.findall(r"<label [^>]*sd-tab-label[^>]*>(.*?)</label>", page, re.DOTALL)
        labels = [re.sub("<.*?>", "", label).strip() for label in found]
        assert labels == ["Eve: Wed, Apr 18, 2018", "Thu, Apr 19, 2018", "Fri, Apr 20, 2018"]
        inputs = re.findall(r"<input [^>]*>", page)
        assert ["checked" in one for one in inputs if "sd-tab-item" in one] == [False, True, False]

    @pytest.mark.parametrize("builder", ["text", "latex", "epub", "man"])
    def test_what_has_no_tabs_shows_day_after_day(self, site: Site, builder: str) -> None:
        site.event("conf", self.FACTS, f"# Conf\n\n{fence('schedule', ':days: tabs')}\n")
        built = site.build(builder, language="en", epub_copyright="2020")
        assert [line for line in built.warnings if "unknown_project_files" not in line] == []
        kinds = (".txt", ".tex", ".xhtml", ".1")
        files = [path for path in built.outdir.rglob("*") if path.suffix in kinds]
        texts = [path.read_text(encoding="utf-8") for path in files]
        (page,) = [text[text.index("Eve: ") :] for text in texts if "Eve: " in text]
        places = [page.index(said) for said in ("One", "Apr 20, 2018", "Two")]
        assert places == sorted(places)

    def test_in_epub_they_are_xhtml(self, site: Site) -> None:
        site.event("conf", self.FACTS, f"# Conf\n\n{fence('schedule', ':days: tabs')}\n")
        built = site.build("epub", language="en", epub_copyright="2020")
        page = ElementTree.fromstring(built.text("events/conf/index.xhtml"))
        assert "Apr 20, 2018" in "".join(page.itertext())

    def test_a_day_alone_needs_no_tab(self, site: Site) -> None:
        facts = "name: Conf\ndate: 2018-04-19\nsessions: [{title: One, start: 9:00}]\n"
        built = show(site, fence("schedule", ":days: tabs"), facts)
        assert "sd-tab-label" not in built.text("events/conf/index.html")


def test_what_is_known_of_a_part_is_shown_on_the_card(site: Site) -> None:
    facts = """
name: Conf
date: 2018-04-19
sessions:
  - title: P
    status: cancelled
    children: [{title: T, kind: keynote, track: Ops, status: moved}]
"""
    page = show(site, fence("sessions"), facts, language="en").text("events/conf/index.html")
    (part,) = re.findall(r'<ul class="event-children.*?</ul>', page, re.DOTALL)
    for said in ("Keynote", "Ops", "event-is-moved"):
        assert said in part
