"""Pages that are not UTF-8: each costs itself, is reported in each build, and is still a page."""

from pathlib import Path

import pytest

from conftest import Site

PAGE = """\
# {name} の報告

```{{event:info}}
```

```{{toctree}}
more
```

## 講演

```{{event:session}} talk
```

### メモ

- 技術コミュニティの話
"""
FACTS = "name: {name}\ndate: 2020-01-02\nsessions:\n  - {{id: talk, title: 講演}}\n"
#: Folder → the encoding of its page.
ENCODINGS = {
    "good": "utf-8",
    "shift-jis": "cp932",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "utf-16": "utf-16",
    "utf-16-unmarked": "utf-16-be",
}
#: What each page shows, by its docname.
SHOWN = {f"events/{name}/index": f"{name} の報告" for name in ENCODINGS} | {
    "events/latin-1/index": "Café à Zürich",
    "events/unknown/index": "\ufffd" * 6,
    "events/picture/index": "読み込めないページ",
    "other": "見出しの文",
}


def write(site: Site, name: str, content: bytes) -> None:
    path = site.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.fixture
def mixed(site: Site) -> Site:
    for name, encoding in ENCODINGS.items():
        site.event(name, FACTS.format(name=name), "")
        write(site, f"events/{name}/index.md", PAGE.format(name=name).encode(encoding))
        site.write({f"events/{name}/more.md": "# More\n"})
    others = {
        "latin-1": "# Café à Zürich\n\nRésumé de François, and more\n".encode("latin-1"),
        "unknown": "# Доклад\n".encode("koi8-r"),
        "picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 20,
    }
    for name, content in others.items():
        site.event(name, f"name: {name}\ndate: 2020-01-02\n", "")
        write(site, f"events/{name}/index.md", content)
    write(site, "other.rst", "見出しの文\n==========\n\n本文\n".encode("euc_jp"))
    links = "[](events/euc-jp/index.md) {event:session}`shift-jis/talk` {event:event}`picture`"
    toctree = "```{toctree}\nevents/years/index\nother\n```\n"
    site.write({"index.md": f"# Site\n\n{toctree}\n{links}\n"})
    return site


def shown(text: str) -> str:
    """The first heading of a page as text."""
    return text.partition("\n")[0]


@pytest.mark.parametrize("parallel", [0, 2])
def test_each_is_reported_once_in_each_build_and_shown(mixed: Site, parallel: int) -> None:
    pages = [name for name in SHOWN if name != "events/good/index"]
    for number in range(2):
        built = mixed.build("text", parallel)
        reported = sorted(line.partition(":")[0] for line in built.warnings)
        files = (f"{name}.rst" if name == "other" else f"{name}.md" for name in pages)
        assert reported == sorted(str(mixed.folder / name) for name in files)
        assert all("[event.encoding]" in line for line in built.warnings)
        assert built.app.statuscode == 1
        assert number == 0 or set(built.read) == set(pages)
    for name, heading in SHOWN.items():
        assert shown(built.text(f"{name}.txt")).replace("Unreadable page", heading) == heading
    index = built.text("index.txt")
    assert "euc-jp の報告" in index
    assert "講演" in index
    assert "技術コミュニティの話" in built.text("events/shift-jis/index.txt")


def test_one_that_is_saved_as_utf_8_is_reported_no_more(mixed: Site) -> None:
    mixed.build("text")
    for name in SHOWN:
        path = mixed.folder / (f"{name}.rst" if name == "other" else f"{name}.md")
        path.write_text("Heading\n=======\n", encoding="utf-8")
    warnings = [line for line in mixed.build("text").warnings if "event.encoding" in line]
    assert warnings == []
    built = mixed.build("text")
    assert built.read == []
    assert built.app.statuscode == 0
    assert shown(built.text("events/picture/index.txt")) == "Heading"


def test_the_front_page_may_be_one_and_a_page_may_become_one(site: Site) -> None:
    toctree = "```{toctree}\nother\n```\n"
    site.write({"index.md": f"# 表紙\n\n{toctree}", "other.md": "# Other\n"})
    assert site.build("text", eventreports_year_pages=False).warnings == []
    write(site, "index.md", f"# 表紙の頁\n\n{toctree}".encode("cp932"))
    built = site.build("text", eventreports_year_pages=False)
    (line,) = built.warnings
    assert "index.md:1:3: " in line
    assert shown(built.text("index.txt")) == "表紙の頁"


def test_suppressed_it_fails_no_build(site: Site) -> None:
    write(site, "index.md", "# 表紙の頁\n".encode("cp932"))
    built = site.build("text", suppress_warnings=["event.encoding"])
    assert (built.warnings, built.app.statuscode) == ([], 0)


@pytest.mark.parametrize(
    "directive",
    ["```{include} x.txt", "```{literalinclude} x.txt", "```{csv-table}\n:file: x.txt"],
)
@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "utf-16"])
def test_a_file_that_a_page_includes_costs_that_place(
    site: Site, directive: str, encoding: str
) -> None:
    write(site, "x.txt", "日本,語\n".encode(encoding))
    site.write({"index.md": f"# Site\n\n{directive}\n```\n\nMore\n"})
    built = site.build("text")
    (warning,) = built.warnings
    assert "index.md:3:" in warning
    assert "iconv" in warning
    assert built.text("index.txt") == "Site\n****\n\nMore\n"


def test_the_command_reports_them_too(mixed: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from eventreports.cli import main

    monkeypatch.chdir(mixed.folder)
    (mixed.folder / "events" / "gone.md").symlink_to(Path("nowhere"))
    assert main(["check"]) == 1
    (mixed.folder / "events" / "good" / "event.yaml").touch()
    assert main(["check", "events/good"]) == 0
    assert main(["check", "events/good/event.yaml"]) == 0
    assert main(["check", "events/euc-jp/event.yaml"]) == 1
    assert main(["check", "--ignore", "encoding"]) == 0
