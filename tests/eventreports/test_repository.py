"""The site's repository: its addresses, and what pages offer with it."""

import html
import re
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Built, Site
from eventreports.core.problems import InvalidValueError
from eventreports.core.repository import LONGEST_ADDRESS, Repository, parse_repository
from eventreports.loader import load

GITHUB: Final = "https://github.com/example/reports"
GITLAB: Final = "https://gitlab.com/group/sub/reports"


def hosts() -> list[Repository]:
    return [parse_repository(url, "main") for url in (GITHUB, GITLAB)]


# Addresses


@pytest.mark.parametrize(
    ("url", "branch", "edited"),
    [
        (GITHUB, "main", f"{GITHUB}/edit/main/events/a/index.md"),
        (f"{GITHUB}/", "main", f"{GITHUB}/edit/main/events/a/index.md"),
        (f" {GITHUB}.git", "main", f"{GITHUB}/edit/main/events/a/index.md"),
        (GITLAB, "main", f"{GITLAB}/-/edit/main/events/a/index.md"),
        (GITHUB, "topic/x", f"{GITHUB}/edit/topic/x/events/a/index.md"),
        (GITHUB, "版", f"{GITHUB}/edit/%E7%89%88/events/a/index.md"),
        (f"{GITHUB}/tree/main", "main", f"{GITHUB}/edit/main/events/a/index.md"),
        (f"{GITHUB}/tree/main/docs/x/", "main", f"{GITHUB}/edit/main/docs/x/events/a/index.md"),
        (f"{GITHUB}/tree/a/b/docs", "a/b", f"{GITHUB}/edit/a/b/docs/events/a/index.md"),
        (f"{GITHUB}/tree/main/%61", "main", f"{GITHUB}/edit/main/a/events/a/index.md"),
        (f"{GITHUB}/tree/main/版", "main", f"{GITHUB}/edit/main/%E7%89%88/events/a/index.md"),
        (f"{GITLAB}/-/tree/main/docs", "main", f"{GITLAB}/-/edit/main/docs/events/a/index.md"),
        # Hosts of one's own: by their names, or else by the address that the browser shows.
        (
            "https://gitlab.example.com/group/reports",
            "main",
            "https://gitlab.example.com/group/reports/-/edit/main/events/a/index.md",
        ),
        (
            "http://git.example.com:8080/team/reports/-/tree/main",
            "main",
            "http://git.example.com:8080/team/reports/-/edit/main/events/a/index.md",
        ),
        (
            "https://git.example.com/team/reports/tree/main",
            "main",
            "https://git.example.com/team/reports/edit/main/events/a/index.md",
        ),
    ],
)
def test_a_file_is_edited_where_it_is_kept(url: str, branch: str, edited: str) -> None:
    assert parse_repository(url, branch).edit_address("events/a/index.md") == edited


@pytest.mark.parametrize(
    ("url", "cure"),
    [
        ("git@github.com:example/reports.git", "write https://github.com/example/reports"),
        ("ssh://git@git.example.com:22/a/b.git", "write https://git.example.com/a/b"),
        ("https://me:secret@github.com/a/b", "write https://github.com/a/b"),
        ("https://token@gitlab.com/a/b", "write https://gitlab.com/a/b"),
        (f"{GITHUB}?tab=readme", f"write {GITHUB}"),
        (f"{GITHUB}#readme", f"write {GITHUB}"),
        ("github.com/example/reports", f"write {GITHUB}"),
        ("ftp://github.com/a/b", "“ftp:” is not allowed"),
        ("javascript:alert(1)", "is not allowed"),
        ("mailto:a@example.com", "write https://github.com/OWNER/NAME"),
        ("https://github.com/", "write https://github.com/OWNER/NAME"),
        ("https://github.com/example", "write https://github.com/OWNER/NAME"),
        (f"{GITHUB}/blob/main/conf.py", "write https://github.com/OWNER/NAME"),
        ("https://github.com/a/..", "write https://github.com/OWNER/NAME"),
        ('https://github.com/a/b"c', "write https://github.com/OWNER/NAME"),
        (f"{GITLAB}/-/blob/main/conf.py", "write https://github.com/OWNER/NAME"),
        (f"{GITHUB}/tree/develop/docs", "“eventreports_repository_branch”"),
        (f"{GITHUB}/tree/mainly", "“eventreports_repository_branch”"),
        ("https://git.example.com/a/b", "https://git.example.com/a/b/-/tree/main for GitLab"),
        ("https://git.example.com/a/b", "https://git.example.com/a/b/tree/main for GitHub"),
        ("https://[::1", "is no URL"),
    ],
)
def test_what_is_no_address_of_a_repository_is_reported_with_a_cure(url: str, cure: str) -> None:
    with pytest.raises(InvalidValueError, match=re.escape(cure)) as reported:
        parse_repository(url, "main")
    assert "secret" not in str(reported.value)
    assert "token" not in str(reported.value)
    # What it says to write is right.
    for advised in re.findall(r"https?://(?!github\.com/OWNER)\S+", cure):
        parse_repository(advised, "main") if advised[8:] != "git.example.com/a/b" else None


@given(st.text(min_size=1, max_size=40), st.text(max_size=4000))
@settings(max_examples=100)
def test_any_text_reaches_the_host_as_it_is(name: str, text: str) -> None:
    for repository in hosts():
        new = repository.new_file(f"events/{name}/event.yaml", text)
        assert len(new.address) <= LONGEST_ADDRESS
        assert re.fullmatch(r"[!-~]+", new.address)
        found = parse_qs(urlsplit(new.address).query, keep_blank_values=True)
        path, *texts = [value for (value,) in found.values()]
        assert path == f"events/{name}/event.yaml"
        assert texts in ([text], [])
        assert not new.is_filled or texts == [text]


@pytest.mark.parametrize("letter", ["a", "字", "😀"])
def test_addresses_are_no_longer_than_hosts_take(letter: str) -> None:
    text = "\n".join([f"{number} {letter * 60}" for number in range(500)])
    for repository in hosts():
        new = repository.new_file("events/a/event.yaml", text)
        assert not new.is_filled
        assert letter not in unquote(new.address).partition("event.yaml")[2]
        address = repository.new_issue_address(letter * 5000, text)
        assert LONGEST_ADDRESS - 1000 < len(address) <= LONGEST_ADDRESS
        # Whole lines alone.
        assert unquote(address).rpartition("\n")[2].endswith(letter * 60)


def test_each_host_has_names_of_its_own_for_what_is_filled_in() -> None:
    github, gitlab = hosts()
    assert github.new_file("a.yaml", "x").address == f"{GITHUB}/new/main?filename=a.yaml&value=x"
    assert gitlab.new_file("a.yaml", "x").address == (
        f"{GITLAB}/-/new/main?file_name=a.yaml&content=x"
    )
    assert github.new_issue_address("T", "B") == f"{GITHUB}/issues/new?title=T&body=B"
    assert unquote(gitlab.new_issue_address("T", "B")) == (
        f"{GITLAB}/-/issues/new?issue[title]=T&issue[description]=B"
    )


# Pages

TITLE: Final = "Kumo & 100%22 <2026>"
FACTS: Final = """
name: Kumo Days
date: 2026-05-01
sessions:
  - {id: a, title: Talk, visibility: private}
  - {id: b, title: Other}
"""
PAGE: Final = f"# {TITLE}\n\n```{{event:info}}\n```\n"
INDEX: Final = """\
# Site

Words.

```{event:list}
```

```{toctree}
events/years/index
events/kumo/more
```
"""


def write(site: Site) -> None:
    site.write({"index.md": INDEX, "events/kumo/more.md": "# More\n\nWords.\n"})
    site.event("kumo", FACTS, PAGE)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """The same site on each host, in two languages."""
    site = Site(tmp_path_factory.mktemp("repository"))
    write(site)
    built = {}
    for name, url, language in (("github", GITHUB, "en"), ("gitlab", GITLAB, "ja")):
        built[name] = site.build(
            eventreports_repository_url=url, language=language, html_baseurl="https://r.example/x/"
        )
        assert built[name].warnings == []
        built[name].app.outdir.rename(site.folder / name)
        built[name].app.outdir = type(built[name].app.outdir)(site.folder / name)
    return built


def links(page: str) -> list[str]:
    """The addresses at the foot of a page."""
    foot = page.partition('class="event-page-links"')[2].partition("</nav>")[0]
    return [html.unescape(url) for url in re.findall(r'href="([^"]*)"', foot)]


def test_a_page_offers_its_source_its_facts_and_a_report_of_a_mistake(
    sites: dict[str, Built],
) -> None:
    page, facts, issue = links(sites["github"].text("events/kumo/index.html"))
    assert page == f"{GITHUB}/edit/main/events/kumo/index.md"
    assert facts == f"{GITHUB}/edit/main/events/kumo/event.yaml"
    asked = parse_qs(urlsplit(issue).query)
    assert asked["title"] == [f"Mistake: {TITLE}"]
    assert "https://r.example/x/events/kumo/index.html" in asked["body"][0]
    assert "kumo (events/kumo/event.yaml)" in asked["body"][0]


def test_what_is_asked_is_in_the_language_of_the_site(sites: dict[str, Built]) -> None:
    text = sites["gitlab"].text("events/kumo/index.html")
    assert "このページを編集" in text
    _page, _facts, issue = links(text)
    (asked,) = parse_qs(urlsplit(issue).query)["issue[description]"]
    assert "誤っているところ：" in asked


def test_any_page_of_an_event_leads_to_its_facts(sites: dict[str, Built]) -> None:
    page, facts, _issue = links(sites["github"].text("events/kumo/more.html"))
    assert page.endswith("/events/kumo/more.md")
    assert facts.endswith("/events/kumo/event.yaml")


def test_pages_that_each_build_makes_offer_nothing(sites: dict[str, Built]) -> None:
    for name in ("events/years/index", "events/years/2026", "genindex", "search"):
        assert GITHUB not in sites["github"].text(f"{name}.html")


def new_files(page: str) -> list[dict[str, str]]:
    """What is filled in where a report is begun."""
    fold = page.partition("event-new-report")[2].partition("</details>")[0]
    urls = [html.unescape(url) for url in re.findall(r'href="([^"]*)"', fold)]
    return [{key: value for key, (value,) in parse_qs(urlsplit(url).query).items()} for url in urls]


def test_the_front_page_alone_begins_a_report_above_the_newest(sites: dict[str, Built]) -> None:
    front = sites["github"].text("index.html")
    facts, report = new_files(front)
    assert facts["filename"] == "events/event-name/event.yaml"
    assert report["filename"] == "events/event-name/index.md"
    assert front.index("event-new-report") < front.index("event-list")
    assert "<pre>" not in front.partition("event-new-report")[2].partition("</details>")[0]
    assert "event-new-report" not in sites["github"].text("events/kumo/index.html")


def test_where_the_host_shows_no_text_the_form_is_to_be_copied(sites: dict[str, Built]) -> None:
    front = sites["gitlab"].text("index.html")
    facts, report = new_files(front)
    fold = front.partition("event-new-report")[2].partition("</details>")[0]
    copied = re.findall(r"<pre>(?:<span></span>)?(.*?)</pre>", fold, re.DOTALL)
    assert [html.unescape(text) for text in copied] == [facts["content"], report["content"]]
    assert facts["file_name"] == "events/event-name/event.yaml"


@pytest.mark.parametrize("name", ["github", "gitlab"])
@pytest.mark.parametrize("suffix", ["md", "rst"])
def test_a_form_that_is_filled_in_is_right(site: Site, name: str, suffix: str) -> None:
    if suffix == "rst":
        site.write({"conf.py": 'project = "Site"\nextensions = ["eventreports"]\n'})
        toctree = ".. toctree::\n\n   events/years/index\n"
        site.write({"index.rst": f"Site\n====\n\n{toctree}"})
    url, language = {"github": (GITHUB, "en"), "gitlab": (GITLAB, "ja")}[name]
    options: dict[str, Any] = {"eventreports_repository_url": url, "language": language}
    files = new_files(site.build(**options).text("index.html"))
    for one in files:
        path = one.get("filename") or one["file_name"]
        text = one.get("value") or one["content"]
        for key, value in (("name", "Kumo"), ("date", "2026-05-01")):
            text = re.sub(rf"^{key}: *$", f"{key}: {value}", text, flags=re.MULTILINE)
        site.write({path.replace("event-name", "kumo-2026"): text})
    folder = site.folder / "events/kumo-2026"
    assert load(folder / "event.yaml", site.folder).problems == ()
    assert (folder / f"index.{suffix}").is_file()
    built = site.build(**options)
    assert built.warnings == []
    assert "Kumo" in built.text("events/kumo-2026/index.html")


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "text", "epub", "xml"])
def test_of_other_outputs_sites_alone_have_links(site: Site, builder: str) -> None:
    write(site)
    built = site.build(builder, eventreports_repository_url=GITHUB, language="en")
    texts = [
        path.read_text(encoding="utf-8")
        for path in built.outdir.rglob("*")
        if path.suffix in (".html", ".xhtml", ".txt", ".xml")
    ]
    assert texts
    assert any(GITHUB in text for text in texts) is (builder == "dirhtml")


BUTTON: Final = {
    "html_theme_options": {"use_edit_page_button": True},
    "html_context": {"github_user": "a", "github_repo": "b", "github_version": "main"},
}


@pytest.mark.parametrize(
    ("theme", "conf", "has_edit"),
    [
        ("basic", {}, True),
        ("furo", {"html_theme_options": {"source_edit_link": "https://e.example/"}}, False),
        ("pydata_sphinx_theme", BUTTON, False),
        ("eventreports", BUTTON, True),
    ],
)
def test_a_theme_with_a_link_of_its_own_is_left_to_it(
    site: Site, theme: str, conf: dict[str, Any], has_edit: bool
) -> None:
    if theme != "basic":
        pytest.importorskip("pydata_sphinx_theme" if theme != "furo" else "furo")
    write(site)
    built = site.build(eventreports_repository_url=GITHUB, html_theme=theme, **conf)
    found = links(built.text("events/kumo/index.html"))
    assert [url for url in found if url.endswith("/index.md")] == (
        [f"{GITHUB}/edit/main/events/kumo/index.md"] if has_edit else []
    )
    assert f"{GITHUB}/edit/main/events/kumo/event.yaml" in found


def test_without_a_repository_there_is_nothing_and_what_is_set_later_reaches_all_pages(
    site: Site,
) -> None:
    write(site)
    assert "event-page-links" not in site.build().text("index.html")
    built = site.build(eventreports_repository_url=GITHUB)
    assert built.read == []
    for name in ("index", "events/kumo/index", "events/kumo/more"):
        assert links(built.text(f"{name}.html"))
    assert site.build(eventreports_repository_url=GITHUB).written == []
    other = site.build(eventreports_repository_url=GITHUB, eventreports_repository_branch="next")
    assert f"{GITHUB}/edit/next/index.md" in other.text("index.html")


def test_a_wrong_address_is_one_message_and_the_site_is_built(site: Site) -> None:
    write(site)
    built = site.build(eventreports_repository_url="git@github.com:example/reports.git")
    assert [line.partition("WARNING: ")[2] for line in built.warnings] == [
        f"eventreports_repository_url: this is an address for git; write {GITHUB} [event.setting]"
    ]
    assert "event-page-links" not in built.text("index.html")
