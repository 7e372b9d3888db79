"""Titles of web pages: where their lines may end, and in which language they are."""

import re
import shutil

import pytest

from conftest import Site
from eventreports.core.languages import language_of
from eventreports.sphinx.web.titles import Titles, with_breaks

EVENT = """\
name: コンテナの一日
date: 2018-04-19
sessions:
  - {id: ake, title: プライベートコンテナ基盤を支える技術, start: 10:00, end: 11:00}
  - {id: en, title: Observability, language: en, speakers: [{name: {en: Aoi Tanaka}}]}
  - {id: both, title: {ja: 運用の話, en: Operations}}
  - {id: name, title: Rancher 2.0}
"""
PAGE = """\
# コンテナを動かす一日

```{event:schedule}
```

```{event:sessions}
```

## `設定を書く`ときの考え方 & 注意

## What we learned from it

## プライベートコンテナ基盤を支える技術

```{event:session} ake
```

- 本文は区切らない
"""


@pytest.mark.parametrize(
    ("title", "spoken", "language"),
    [
        ("コンテナの話", [], "ja"),
        ("How to run containers", [], "en"),
        ("運用", [], ""),
        ("Kubernetes", [], ""),
        ("Kubernetes", ["en"], "en"),
        ("Kubernetes", ["en", "ja"], ""),
        ("Kubernetes", ["ja"], ""),
        ("Réseaux", ["fr"], "fr"),
        ("RubyKaigi 2018", [], ""),
        ("Amazon Elastic Kubernetes Service", [], ""),
        ("Über das the und and", [], ""),
        ("運用 with Go", ["en"], ""),
    ],
)
def test_a_title_is_in_a_language_where_that_is_sure(
    title: str, spoken: list[str], language: str
) -> None:
    assert language_of(title, spoken) == language


def headings(html: str) -> list[str]:
    return re.findall(r"<h[123][^>]*>(.*?)<a class", html)


def test_titles_are_parted_between_phrases_and_nothing_else_is(site: Site) -> None:
    site.event("conf", EVENT, PAGE)
    built = site.build()
    assert built.warnings == []
    html = built.text("events/conf/index.html")
    found = headings(html)
    assert found[0] == "コンテナを<wbr />動かす<wbr />一日"
    code, _, rest = found[1].partition("</code>")
    assert "<wbr" not in code
    assert rest == "ときの<wbr />考え方 &amp; 注意"
    assert html.count("プライベートコンテナ基盤を<wbr />支える<wbr />技術") == 4
    assert "本文は区切らない" in html
    # In the contents of the page as in its text.
    contents = html[html.index('href="#session-ake"') :]
    assert "<wbr" in contents
    title = re.search("<title>(.*?)</title>", html)
    assert title is not None
    assert "wbr" not in title[1]
    assert all("wbr" not in value for value in re.findall(r'="([^"]*)"', html))


@pytest.mark.parametrize(
    ("phrase", "unbroken"),
    [
        ("回避せよ~", ["よ~"]),
        ("〜入門編〜", ["〜入"]),
        ("（可観測性）についての", ["）に"]),
        ("〜&", []),
    ],
)
def test_browsers_break_no_phrase_at_its_marks(phrase: str, unbroken: list[str]) -> None:
    assert re.findall("unbroken'>(.*?)</span>", with_breaks(phrase)) == unbroken


def test_what_a_site_is_for_is_parted_as_its_titles_are(site: Site) -> None:
    search = "```{event:overview}\n:parts: search\n```\n"
    words = ("見聞きしたことを持ち帰る。", search, "持ち帰ったことを書く。")
    site.write({"index.md": "# Site\n\n{}\n\n{}\n{}\n".format(*words)})
    paragraphs = re.findall(r"<p[^>]*>(.*?)</p>", site.build().text("index.html"))
    assert [one.replace("<wbr />", "|") for one in paragraphs if "持ち帰" in one] == [
        "見聞きした|ことを|持ち帰る。",
        "持ち帰ったことを書く。",
    ]


def test_titles_in_another_language_say_so(site: Site) -> None:
    site.event("conf", EVENT, PAGE)
    html = site.build(eventreports_languages=["en"]).text("events/conf/index.html")
    in_english = re.findall(r'<(\w+)[^>]* lang="en"[^>]*>([^<]*)', html)
    assert {words for _tag, words in in_english} == {
        *("What we learned from it", "Observability", "Operations", "Aoi Tanaka")
    }
    english = site.build(language="en").text("events/conf/index.html")
    in_japanese = re.findall(r'lang="ja"[^>]*>([^<]*)', english)
    assert "コンテナを" in in_japanese
    assert 'lang="en">' not in english.partition("<body")[2]


def test_what_others_read_of_a_page_is_as_without_it(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.event("conf", EVENT, PAGE)

    def written() -> dict[str, bytes]:
        folder = site.build(extensions=["myst_parser", "eventreports", "cjksearch"]).outdir
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.suffix not in (".html", ".buildinfo")
        }

    found = written()
    assert "objects.inv" in found
    monkeypatch.setattr(Titles, "run", lambda _self: None)
    shutil.rmtree(site.folder / "_build")
    assert written() == found


def test_other_writers_have_the_titles_as_they_are(site: Site) -> None:
    site.event("conf", EVENT, PAGE)
    for builder in ("text", "epub", "xml"):
        built = site.build(builder)
        texts = "".join(
            path.read_text(encoding="utf-8")
            for path in built.outdir.rglob("*")
            if path.suffix in (".txt", ".xhtml", ".xml")
        )
        assert "コンテナを動かす一日" in texts
        assert "wbr" not in texts
