"""Every builder shows the facts, and says nothing is wrong."""

import html
import re
import zipfile
from pathlib import Path

import pytest

from conftest import Built, Site

FACTS = """
name: コンテナの日
date: 2018-04-19
date_text: 2018年4月19日(木)
venue: ベルサール神田
capacity: 540
supporters: [Docker Tokyo]
sponsors: [レッドハット株式会社]
reporters: [ボム]
sessions:
  - id: ake
    title: AKEを支える技術
    speakers: [Masaya Aoyama (CyberAgent)]
    room: ホール
    start: 10:30
    slides: https://speakerdeck.com/masaya/ake
    topics: [独自実装]
  - id: rancher
    title: Rancherの全貌
    slides: {status: not-shared, text: 共有なし}
files:
  - {name: yahoo.PNG, size: 125 KB, date: 2018-04-26, uploader: 李 大範}
  - notes.pdf
"""
PAGE = """
# コンテナの日 報告

```{event:info}
```

## 協賛企業

```{event:sponsors}
```

## 一覧

```{event:sessions}
```

## スライド一覧

```{event:slides}
```

## AKEを支える技術

```{event:session} ake
```

### メモ

- CAは独自に作るものが多い
- {event:session}`rancher` も見よ。

## 添付

```{event:files}
```
"""
WORDS = [
    "コンテナの日 報告",
    "2018年4月19日(木)",
    "ベルサール神田",
    "540名",
    "Docker Tokyo",
    "レッドハット株式会社",
    "ボム",
    "AKEを支える技術",
    "Masaya Aoyama",
    "(CyberAgent)",
    "ホール",
    "10:30",
    "Speaker Deck",
    "https://speakerdeck.com/masaya/ake",
    "独自実装",
    "Rancherの全貌",
    "共有なし",
    "CAは独自に作るものが多い",
    "yahoo.PNG",
    "125 KB",
    "2018/04/26",
    "李 大範",
    "notes.pdf",
    "1.2 MB",
]


@pytest.fixture
def report(site: Site) -> Site:
    site.event("conf", FACTS, PAGE)
    (site.folder / "events/conf/notes.pdf").write_bytes(b"x" * 1_234_567)
    return site


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


def of_html(text: str) -> str:
    hrefs = " ".join(re.findall(r'href="([^"]*)"', text))
    return html.unescape(re.sub(r"<[^>]+>", "", text) + " " + hrefs)


def of_epub(path: Path) -> str:
    with zipfile.ZipFile(path) as book:
        names = [name for name in book.namelist() if name.endswith(".xhtml")]
        return " ".join(of_html(book.read(name).decode()) for name in names)


def of_latex(text: str) -> str:
    text = re.sub(r"\\sphinx(?:hyphen|dash)\{\}", "-", text)
    text = re.sub(r"\\(?:sphinx)?(?:allowbreak|break|wordjoiner|relax|protect|\/)\s*", "", text)
    return text.replace(r"\_", "_").replace(r"\/", "").replace("{}", "")


def words_of(built: Built, builder: str) -> str:
    if builder == "epub":
        return of_epub(next(built.outdir.glob("*.epub")))
    if builder == "latex":
        return of_latex(built.text("book.tex"))
    if builder == "man":
        page = built.text("book.1")
        assert "<>" not in page
        return re.sub(r"\\[%&:]", "", page).replace("\\-", "-")
    if builder == "singlehtml":
        return of_html(built.text("index.html"))
    name = {"html": "index.html", "dirhtml": "index.html", "text": "index.txt", "xml": "index.xml"}
    text = built.text(f"events/conf/{name[builder]}")
    return text if builder == "text" else of_html(text)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    "builder", ["html", "dirhtml", "singlehtml", "epub", "latex", "text", "man", "xml"]
)
def test_the_facts_arrive(report: Site, builder: str, language: str) -> None:
    built = report.build(
        builder,
        language=language,
        man_pages=[("index", "book", "Book", ["A"], 1)],
        man_show_urls=True,
        latex_documents=[("index", "book.tex", "Book", "A", "manual")],
        latex_engine="lualatex",
    )
    assert built.warnings == []
    found = squeezed(words_of(built, builder))
    in_english = {"540名": "540 people", "2018/04/26": "Apr 26, 2018"}
    wanted = [in_english.get(word, word) if language == "en" else word for word in WORDS]
    if builder == "xml":
        # The file's address is an attribute there.
        wanted = [word for word in wanted if not word.startswith("https:")]
    assert [word for word in wanted if squeezed(word) not in found] == []


def test_data_is_not_offered_for_translation(report: Site) -> None:
    built = report.build("gettext")
    assert built.warnings == []
    catalog = built.text("events.pot")
    assert "CAは独自に作るものが多い" in catalog
    assert "ベルサール神田" not in catalog
    assert "Masaya" not in catalog
    assert "レッドハット" not in catalog


class TestSingleHtml:
    def test_ids_are_unique_and_links_lead_where_they_are_meant_to(self, site: Site) -> None:
        """Two events with the same sessions, headings and notes, on one page."""
        for name in ("one", "two"):
            site.event(name, FACTS.replace("notes.pdf", "https://x.example/"), PAGE)
        site.write({"other.md": "# Other\n\n[](#one/ake), {event:session}`two/ake`\n"})
        site.write({"index.md": "# Site\n\n```{toctree}\nevents/years/index\nother\n```\n"})
        built = site.build("singlehtml")
        assert built.warnings == []
        text = built.text("index.html")
        ids = re.findall(r'\bid="([^"]*)"', text)
        assert len(ids) == len(set(ids))
        links = {html.unescape(href) for href in re.findall(r'href="#([^"]+)"', text)}
        assert links <= set(ids)
        two = text.index('id="document-events/two/index"')
        one = text.index('id="document-events/one/index"')
        # The page's own references stay within its own event.
        for event, start in (("one", one), ("two", two)):
            card = re.search(
                r'<a class="reference internal" href="#([^"]*session-ake)"', text[start:]
            )
            assert card is not None
            assert text.index(f'id="{card[1]}"') > start, event
        other = text[text.index('id="document-other"') : text.index("sphinxsidebar")]
        references = re.findall(r'href="#([^"]*session-ake)"', other)
        assert len(set(references)) == 2

    def test_footnotes_lead_back(self, site: Site) -> None:
        for name in ("one", "two"):
            site.event(name, f"name: {name}\n", f"# {name}\n\nText[^1]\n\n[^1]: Note {name}.\n")
        text = site.build("singlehtml").text("index.html")
        ids = set(re.findall(r'\bid="([^"]*)"', text))
        links = {html.unescape(href) for href in re.findall(r'href="#([^"]+)"', text)}
        assert links <= ids
