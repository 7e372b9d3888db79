"""Names of folders and pages, and texts of ``conf.py``, are text in every output."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree

import pytest
from jinja2 import Environment

from browsers import serving
from building import sphinx_build
from conftest import Site
from eventreports.sphinx.builders.html import PageName, script_with

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows takes no such names")

ATTACK = "window.pwned=1"
NAMES = [
    "o'reilly-2026",
    f"31'-({ATTACK})-'",
    f'"-({ATTACK})-"',
    f"`${{{ATTACK}}}`",
    "back\\slash",
    "end\\",
    f"\\'-({ATTACK})",
    f"<img src=x onerror={ATTACK}>",
    f'"><svg onload={ATTACK}>',
    f'x" onmouseover="{ATTACK}',
    "a&amp;b&lt",
    "{{7*7}} {% x %}",
    "%41",
    "a#b?c=d",
    '#eval("1")',
    "] [x](y) **z**",
    "{event}`x`",
    "日本 語",
]
#: A path that is markup across folders.
DEEP = f"x</script><script>{ATTACK}<"
TEXT = (
    f"</title></script><script>{ATTACK}</script>"
    f"""'"\\<img src=x onerror={ATTACK}> #eval("1") {{}}"""
)
PYDATA = "pydata_sphinx_theme"


# What is given to templates


@pytest.mark.parametrize("name", NAMES)
def test_in_a_template_a_page_is_named_as_in_a_url(name: str) -> None:
    page = PageName(f"events/{name}/index")
    template = Environment(autoescape=False).from_string(
        "{{ page }} {{ page|e }} {{ '%s' % page }} {{ page == name }} {{ page[:6] }}"
    )
    shown = quote(f"events/{name}/index")
    made = template.render(page=page, name=f"events/{name}/index")
    assert made == f"{shown} {shown} {shown} True events"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("mark", ["'", '"'])
def test_in_a_script_a_page_is_named_as_it_is(name: str, mark: str) -> None:
    made = script_with(f"o.pagename = {mark}{name}{mark};", name)
    found = re.fullmatch(rf"o\.pagename = {mark}([^'\"`<>&]*){mark};", made)
    assert found
    read = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), found[1])
    assert read == name


def test_a_script_that_names_the_page_rightly_stays_what_it_says() -> None:
    assert script_with(r"""n = "a\"b"; m = 'x' """, 'a"b') == r"""n = "a\"b"; m = 'x' """
    assert script_with("n = 'plain'", "plain") == "n = 'plain'"


# Whole sites


def build(site: Site, builder: str, theme: str = "basic") -> Path:
    built = site.folder / "_build"
    target = built / f"{builder}-{theme}"
    options = ("-d", built / "doctrees", f"-Dhtml_theme={theme}")
    assert sphinx_build("-b", builder, *options, site.folder, target) == ""
    return target


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site of events, pages and files with such names, and settings with such texts."""
    folder = tmp_path_factory.mktemp("named") / "site"
    folder.mkdir()
    site = Site(folder)
    settings: dict[str, Any] = {
        **dict.fromkeys(("project", "author", "copyright", "version", "release"), TEXT),
        **dict.fromkeys(("html_title", "html_short_title", "today"), TEXT),
        "typstprint_options": {"marking": TEXT, "footer": "{title}|{author}|{date}"},
        "eventreports_seals": [TEXT],
        "eventreports_note_kinds": {"points": [TEXT]},
        "cjksearch_synonyms": [[TEXT, "other"]],
        "language": "en",
        # Sphinx does not quote the names of sources.
        "html_show_sourcelink": False,
        "html_context": {"default_mode": "auto"},
    }
    conf = (
        'extensions = ["myst_parser", "sphinx_design", "eventreports", "typstprint", "cjksearch"]\n'
    )
    conf += 'exclude_patterns = ["_build"]\n'
    conf += "".join(f"{name} = {value!r}\n" for name, value in settings.items())
    site.write({"conf.py": conf, "index.md": "# Site\n\n```{toctree}\nevents/years/index\n```\n"})
    for name in NAMES:
        facts = "name: Conf\ndate: 2026-01-01\nsessions: [{id: one, title: One}]\nfiles: [a.txt]\n"
        page = "# Conf\n\n## One\n\n```{event:session} one\n```\n\n### Notes\n\nText.\n\n"
        site.event(name, facts, f"{page}```{{event:files}}\n```\n")
        site.write({f"events/{name}/a.txt": "x"})
        site.write({f"events/{name}/sub {name}.md": "---\norphan: true\n---\n# Sub\n\n## Notes\n"})
    site.write({f"events/{DEEP}/script>/page.md": "---\norphan: true\n---\n# Deep\n"})
    return site


class Links(HTMLParser):
    """What a page leads to and loads, and what of it would act."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.acting: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name.startswith("on"):
                self.acting.append((tag, name))
            if name in ("href", "src") and value:
                self.found.append(value)
        # Covers and signs are ours.
        is_ours = (dict(attrs).get("class") or "").startswith("event-")
        if (tag == "svg" and not is_ours) or ("src", "x") in attrs:
            self.acting.append((tag, ""))


def missing_links(folder: Path, page: Path) -> list[str]:
    here = page.relative_to(folder).parent
    found = []
    for link in Links(page.read_text(encoding="utf-8")).found:
        parts = urlsplit(link)
        if not (parts.scheme or parts.netloc) and parts.path:
            target = folder / here / unquote(parts.path)
            if not target.exists():
                found.append(link)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_no_name_is_markup_and_every_link_leads_somewhere(named: Site, builder: str) -> None:
    folder = build(named, builder)
    pages = [page for page in folder.rglob("*.html") if "_static" not in page.parts]
    assert len(pages) > (1 if builder == "singlehtml" else 2 * len(NAMES)) - 1
    for page in pages:
        assert Links(page.read_text(encoding="utf-8")).acting == [], page
        # This theme links from singlehtml to pages that Sphinx does not write there.
        assert builder == "singlehtml" or missing_links(folder, page) == [], page


@pytest.mark.slow
def test_an_epub_is_well_formed_and_whole(named: Site) -> None:
    (epub,) = build(named, "epub").glob("*.epub")
    with zipfile.ZipFile(epub) as archive:
        names = set(archive.namelist())
        for name in names:
            if not name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
                continue
            for element in ElementTree.fromstring(archive.read(name)).iter():
                assert not any(key.startswith("on") for key in element.attrib)
                href = element.get("href", "").partition("#")[0]
                if name.endswith(".opf") and href:
                    assert unquote(href) in names


@pytest.mark.slow
def test_no_name_is_typst(named: Site) -> None:
    folder = build(named, "typstprint-src")
    sources = [*folder.glob("handouts/*.typ"), folder / "book.typ"]
    assert len(sources) == 2 * len(NAMES) + 1
    for source in sources:
        code = re.sub(r'"(\\.|[^"\\])*"', '""', source.read_text(encoding="utf-8"))
        lines = [line for line in code.splitlines() if not line.lstrip().startswith("//")]
        assert "pwned" not in "\n".join(lines)
        assert "eval" not in "\n".join(lines)


def pages_of(folder: Path) -> Iterator[str]:
    for page in sorted(folder.rglob("*.html")):
        path = page.relative_to(folder)
        # The search is still loading when the next page is opened.
        if path.parts[0] not in ("_static", "cjksearch", "search", "search.html"):
            yield quote(path.as_posix())


def watched(browser: Browser, complaints: list[str]) -> Page:
    page = browser.new_page()
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("dialog", lambda dialog: complaints.append(f"{page.url}: {dialog.message}"))
    return page


@pytest.mark.matrix
@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("theme", [PYDATA, "alabaster", "classic"])
@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_no_name_runs_in_a_browser(named: Site, browser: Browser, builder: str, theme: str) -> None:
    folder = build(named, builder, theme)
    complaints: list[str] = []
    page = watched(browser, complaints)
    with serving(folder) as address:
        for path in pages_of(folder):
            page.goto(address + path)
            assert not page.evaluate("window.pwned"), path
            name = page.evaluate("DOCUMENTATION_OPTIONS.pagename")
            if theme == PYDATA and builder == "html":
                assert f"{name}.html" == unquote(path)
    page.close()
    assert complaints == []
