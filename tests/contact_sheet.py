"""A picture of every type of page, side by side: at a desk, on a phone, at night, on paper.

    python tests/contact_sheet.py [--to _build/screenshots] [PAGE ...]

The pages are those of the site that ships, and of events that it has none of. They are shown by
the Chromium and the Firefox of the machine; without one of them its columns stay empty.
"""

import argparse
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from browsers import chromium, serving
from building import sphinx_build
from copies import REPORT, copy_site
from firefox import FirefoxPage, firefox

if TYPE_CHECKING:
    from playwright.sync_api import Browser

#: What is looked at, by a short name; those that a site does not have are left out.
PAGES: Final = {
    "front": "index.html",
    "event": f"{REPORT}/index.html",
    "schedule": "events/rubykaigi-2018/index.html",
    "no-notes": "events/no-notes/index.html",
    "one-session": "events/one-session/index.html",
    "many-sessions": "events/many-sessions/index.html",
    "below": "events/one-session/venue.html",
    "years": "events/years/index.html",
    "year": "events/years/2018.html",
    "guide": "guide/directives.html",
    "design": "guide/design.html",
    "search": "search.html",
    "search-none": "search.html?q=zzqxj",
    "search-many": "search.html?q=コンテナ",
    "404": "404.html",
    "index": "genindex.html",
}
_MANY: Final = 56
#: What is lower than that on a page is not shown.
_HEIGHT: Final = 2600
_STYLE: Final = """\
body { margin: 1rem; font: 14px sans-serif; color-scheme: light dark }
table { border-collapse: collapse }
th { position: sticky; inset: 0 auto auto 0; background: Canvas; text-align: start }
td, th { padding: 4px; vertical-align: top }
td > a { display: block; width: 18rem; height: 24rem; overflow: hidden; outline: 1px solid gray }
img { width: 100% }
"""


@dataclass(frozen=True)
class View:
    """How a page is looked at: by which browser, in a window of which width, by day or at night."""

    browser: str
    width: int
    is_dark: bool = False
    is_print: bool = False

    @property
    def name(self) -> str:
        how = "print" if self.is_print else "dark" if self.is_dark else "light"
        return f"{self.browser}-{self.width}-{how}"


VIEWS: Final = (
    View("chromium", 1280),
    View("chromium", 1280, is_dark=True),
    View("chromium", 390),
    View("chromium", 390, is_dark=True),
    View("chromium", 794, is_print=True),
    View("firefox", 1280),
    View("firefox", 1280, is_dark=True),
    View("firefox", 390),
)


def site_with_all_types(folder: Path) -> Path:
    """Copy the site that ships, and add events as it has none of."""
    site = copy_site(folder)
    sessions = "".join(
        f"  - {{id: talk-{n}, title: {n} 番目の発表は、運用の現場から,"
        f" date: 2019-05-{11 + n // 28},"
        f" start: '{10 + n % 28 // 4:02}:00', duration: 50, room: 部屋 {n % 4 + 1},"
        f" speakers: [発表者 {n} (会社 {n})], slides: 'https://speakerdeck.com/example/{n}'}}\n"
        for n in range(_MANY)
    )
    notes = "".join(
        f"\n### {n} 番目の発表は、運用の現場から\n\n```{{event:session}} talk-{n}\n```\n\n"
        f"#### メモ\n\n- 障害は{n}回あった\n\n#### ポイント\n\n- 手順より、気づく仕組みを先に作る\n"
        for n in range(0, _MANY, 2)
    )
    files = {
        "no-notes/event.yaml": (
            "name: 記録のない勉強会\ndate: 2019-03-09\nvenue: 会議室\n"
            "sessions:\n  - title: はじめての観測\n    speakers: [山田 太郎]\n"
        ),
        "no-notes/index.md": "# 記録のない勉強会\n\n```{event:report}\n```\n",
        "one-session/event.yaml": (
            "name: 一つの講演\ndate: 2019-04-10\nvenue: 講堂\n"
            "sessions:\n  - {id: talk, title: 止めない仕組み, speakers: [佐藤 花子 (例示社)]}\n"
        ),
        "one-session/index.md": (
            "# 一つの講演\n\n```{event:info}\n```\n\n```{toctree}\nvenue\n```\n\n"
            "## セッション\n\n```{event:sessions}\n```\n\n## 止めない仕組み\n\n"
            "```{event:session} talk\n```\n\n### ポイント\n\n- 止まる前に気づく\n"
        ),
        "one-session/venue.md": (
            "# 会場への行き方\n\n駅から歩いて五分。\n\n| 出口 | 分 |\n| --- | --- |\n| 南 | 5 |\n\n"
            "```{note}\n入口は裏にある。\n```\n\n## 設定\n\n```python\nprint('受付')\n```\n"
        ),
        "many-sessions/event.yaml": (
            f"name: 多くの講演\nstart_date: 2019-05-11\nend_date: 2019-05-12\nsessions:\n{sessions}"
        ),
        "many-sessions/index.md": (
            "# 多くの講演\n\n```{event:info}\n```\n\n"
            "## 日程\n\n```{event:schedule}\n:days: tabs\n```\n\n"
            f"## 一覧\n\n```{{event:sessions}}\n```\n\n## 記録\n{notes}"
        ),
    }
    for name, text in files.items():
        path = site / "events" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return site


def build(site: Path, to: str = "_build", *options: str) -> Path:
    """Build the site's pages, and return their folder."""
    repository = "eventreports_repository_url=https://gitlab.com/example/reports"
    sphinx_build("-W", "-D", repository, *options, site, site / to)
    return site / to


def pages_of(built: Path) -> dict[str, str]:
    """Return the types of pages that a site has, with their addresses."""
    return {name: page for name, page in PAGES.items() if (built / page.partition("?")[0]).exists()}


def _with_chromium(browser: "Browser", address: str, view: View, file: Path) -> None:
    context = browser.new_context(
        viewport={"width": view.width, "height": 900},
        color_scheme="dark" if view.is_dark else "light",
    )
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    if view.is_print:
        page.emulate_media(media="print")
    # In a window of that height all is near that waits to be: pictures, and rows of programmes.
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": view.width, "height": min(height, _HEIGHT)})
    page.wait_for_load_state("networkidle")
    page.screenshot(path=file)
    context.close()


def _with_firefox(page: FirefoxPage, address: str, view: View, file: Path) -> None:
    page.resize(view.width, 900)
    page.goto(address)
    # The choice of the reader, as that of the system is none of the window's.
    scheme = "dark" if view.is_dark else "light"
    page.evaluate(f"['mode', 'theme'].forEach(one => localStorage.setItem(one, '{scheme}'))")
    page.goto(address)
    page.resize(view.width, min(page.evaluate("document.documentElement.scrollHeight"), _HEIGHT))
    page.screenshot(file)


def take(folder: Path, base: str, pages: Mapping[str, str]) -> Iterator[tuple[str, View, str]]:
    """Take a picture of each page in each view; say which page, which view, which file."""
    with TemporaryDirectory() as made, chromium() as browser, ExitStack() as opened:
        page_of_firefox = None
        if shutil.which("firefox-esr") or shutil.which("firefox"):
            page_of_firefox = opened.enter_context(firefox(Path(made, "profile")))
        for name, page in pages.items():
            for view in VIEWS:
                file = folder / f"{name}-{view.name}.png"
                if view.browser == "chromium":
                    _with_chromium(browser, base + page, view, file)
                elif page_of_firefox:
                    _with_firefox(page_of_firefox, base + page, view, file)
                else:
                    continue
                yield name, view, file.name


def main(arguments: list[str]) -> None:
    assert __doc__
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--to", type=Path, default=Path("_build/screenshots"), help="the folder")
    parser.add_argument("pages", nargs="*", metavar="PAGE", help=", ".join(PAGES))
    options = parser.parse_args(arguments)
    folder = options.to.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    cells: dict[str, str] = {}
    with TemporaryDirectory() as made:
        built = build(site_with_all_types(Path(made, "site")))
        there = pages_of(built)
        chosen = {name: there[name] for name in options.pages or there if name in there}
        with serving(built) as base:
            for name, view, file in take(folder, base, chosen):
                print(file, flush=True)
                picture = f'<a href="{file}"><img src="{file}" alt="{name}, {view.name}"></a>'
                cells[name] = cells.get(name, "") + f"<td>{picture}</td>"
    head = "".join(f"<th>{view.name}</th>" for view in VIEWS)
    rows = "".join(f"<tr><th>{escape(name)}</th>{row}</tr>\n" for name, row in cells.items())
    text = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Looks</title>'
        f"<style>{_STYLE}</style><table><tr><th></th>{head}</tr>\n{rows}</table>"
    )
    (folder / "index.html").write_text(text, encoding="utf-8")
    print(f"All of them: {folder / 'index.html'}")


if __name__ == "__main__":
    main(sys.argv[1:])
