"""The feed of reports: Atom that feed readers take, of the newest reports, the same each time."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from gettext import NullTranslations
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from babel import Locale
from sphinx import locale

from eventreports.core.dates import PartialDate, format_range
from eventreports.render.feed import Site, feed, is_feed

ATOM: Final = "{http://www.w3.org/2005/Atom}"
XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
ADDRESS: Final = "https://reports.example/ja/"
SITE: Final = Site("Reports", ADDRESS, f"{ADDRESS}feed.xml", "ja", Locale("ja"))
#: RFC 3339, as RFC 4287, 3.3 has it.
DATE: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


@pytest.fixture(autouse=True)
def no_translation(monkeypatch: pytest.MonkeyPatch) -> None:
    """The language of words is that of Sphinx, of which there is none here."""
    monkeypatch.setattr(locale, "translators", defaultdict(NullTranslations))


def report(event_id: str = "kumo", **keys: Any) -> dict[str, Any]:
    """A report in its normal form."""
    known = {"id": event_id, "name": {"und": "Kumo Days"}, "points": [], "status": "held"}
    dates = {"start_date": "2026-11-21", "end_date": "2026-11-21"}
    return {**known, **dates, "page_url": f"{ADDRESS}events/{event_id}/index.html", **keys}


def read(text: str) -> ET.Element:
    """The feed, which has to have what RFC 4287 (4.1) asks for."""
    root = ET.fromstring(text)
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (one,) = element.findall(f"{ATOM}{name}")
            assert one.text
        assert urlsplit(said(element, "id")).scheme
        links = [one.attrib for one in element.findall(f"{ATOM}link")]
        assert [one["rel"] for one in links].count("alternate") == 1
        assert all(urlsplit(one["href"]).scheme in ("http", "https") for one in links)
        for name in ("updated", "published"):
            assert all(DATE.fullmatch(one.text or "") for one in element.findall(f"{ATOM}{name}"))
        for name in ("summary", "content"):
            assert len(element.findall(f"{ATOM}{name}")) <= 1
    # One of the feed is that of entries without.
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    ids = [said(one, "id") for one in root.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    return root


def entries(*reports: dict[str, Any], site: Site = SITE) -> list[ET.Element]:
    return read(feed(site, reports)).findall(f"{ATOM}entry")


def entry(site: Site = SITE, **keys: Any) -> ET.Element:
    (one,) = entries(report(**keys), site=site)
    return one


def said(element: ET.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


class Tags(HTMLParser):
    """The tags of HTML, with their attributes, and its texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.texts += [data] if data.strip() else []


def test_the_feed_says_whose_it_is() -> None:
    root = read(feed(SITE, [report()]))
    assert said(root, "title") == "Reports"
    assert root.get(XML_LANG) == "ja"
    links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
    assert links == {"alternate": ADDRESS, "self": f"{ADDRESS}feed.xml"}
    assert is_feed(feed(SITE, []).encode())
    assert not is_feed(b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Theirs</title></feed>')


def test_an_entry_has_what_readers_show() -> None:
    one = entry(
        name={"en": "Kumo Days", "ja": "くもの日"},
        license={"und": "CC BY 4.0"},
        venue={"name": {"und": "Minato Hall"}},
        reporters=[{"name": {"und": "山田"}}, {"name": {"ja": "李", "en": "Lee"}}],
        topics=["Kubernetes", "IoT"],
        points=["The edge is near."],
        sessions=[
            {
                "id": "edge",
                "title": {"und": "Edge & core"},
                "page_url": f"{ADDRESS}e.html?a=1&b=2#session-edge",
                "points": [],
                "children": [{"id": "tabs", "title": {"und": "Tabs"}, "points": ["<b>Tabs</b>"]}],
            },
            {"id": "two", "points": ["Two."], "page_url": f"{ADDRESS}e.html?a=1&b=2#two"},
        ],
    )
    assert said(one, "title") == "くもの日"
    assert [name.text for name in one.findall(f"{ATOM}author/{ATOM}name")] == ["山田", "李"]
    assert [c.get("term") for c in one.findall(f"{ATOM}category")] == ["Kubernetes", "IoT"]
    assert said(one, "rights") == "CC BY 4.0"
    assert said(one, "summary") == "The edge is near. / &lt;b&gt;Tabs&lt;/b&gt; / Two."
    content = one.find(f"{ATOM}content")
    assert content is not None
    assert content.get("type") == "html"
    html = Tags(content.text or "")
    assert html.texts == [
        *("2026年11月21日(土), Minato Hall", "The edge is near."),
        *("Tabs", "<b>Tabs</b>", "two", "Two."),
    ]
    page = f"{ADDRESS}events/kumo/index.html"
    assert [dict(attrs)["href"] for tag, attrs in html.tags if tag == "a"] == [
        page,
        f"{ADDRESS}e.html?a=1&b=2#two",
    ]
    assert {tag for tag, _attrs in html.tags} == {"p", "ul", "li", "h2", "a"}


@pytest.mark.parametrize("text", ["</title><x>", "a & b <c>", "\x00\x08\x0b\x1f\ufffe bell", "]]>"])
def test_any_text_is_text(text: str) -> None:
    one = entry(
        name={"und": text},
        points=[text],
        topics=[text],
        license={"und": text},
        date_text={"und": text},
        reporters=[{"name": {"und": text}}],
        sessions=[{"id": "a", "title": {"und": text}, "points": [text]}],
        site=SITE._replace(name=text),
    )
    seen = re.sub("[\x00-\x1f\ufffe]", "", text)
    assert said(one, "title") == seen
    html = Tags(said(one, "content"))
    assert {"".join(html.texts)} == {seen * 4}
    assert {tag for tag, _attrs in html.tags} == {"p", "ul", "li", "h2", "a"}


def test_an_entry_stays_the_same_when_its_event_gets_another_id() -> None:
    before = said(entry(event_id="雲"), "id")
    after = said(entry(event_id="kumo-2026", old_ids=["/2025/雲", "雲", "kumo"]), "id")
    assert before == after == f"{ADDRESS}#%E9%9B%B2"


@pytest.mark.parametrize(
    ("keys", "published", "updated"),
    [
        # Noon of the event's last day, where it was.
        ({"timezone": "Asia/Tokyo", "end_date": "2026-11-22"}, "2026-11-22T03:00:00", ""),
        ({"end_date": "2026-11"}, "2026-11-01T12:00:00", ""),
        ({"end_date": "1000", "timezone": "Asia/Tokyo"}, "1000-01-01T02:41:01", ""),
        # Or of the day of which the author says so.
        ({"published": "2026-11-25"}, "2026-11-25T12:00:00", ""),
        ({"updated": "2026-12-01"}, "2026-11-21T12:00:00", "2026-12-01T12:00:00"),
        # Nothing is revised before it is published.
        ({"published": "2026-11-25", "updated": "2026-11"}, "2026-11-25T12:00:00", ""),
    ],
)
def test_dates_are_those_of_the_report(keys: dict[str, Any], published: str, updated: str) -> None:
    one = entry(**keys)
    assert said(one, "published") == f"{published}+00:00"
    assert said(one, "updated") == f"{updated or published}+00:00"


def test_the_newest_come_first_and_no_older_ones() -> None:
    days = [(2000 + number, f"event-{number:02}") for number in range(60)]
    reports = [report(one, start_date=f"{year}", end_date=f"{year}") for year, one in days]
    made = feed(SITE, reports)
    root = read(made)
    links = [one.get("href") or "" for one in root.findall(f"{ATOM}entry/{ATOM}link")]
    assert [link.split("/")[-2] for link in links] == [one for _y, one in reversed(days[10:])]
    # The feed has changed when its newest entry has, and not when it was made.
    assert said(root, "updated").startswith("2059-01-01")
    assert feed(SITE, reversed(reports)) == made


def test_what_has_no_date_has_no_place() -> None:
    undated = report()
    del undated["start_date"], undated["end_date"]
    assert entries(undated) == []
    assert len(entries({**undated, "published": "2026"})) == 1
    assert said(read(feed(SITE, [])), "updated") == "1970-01-01T00:00:00+00:00"


def test_words_are_those_of_the_sites_language() -> None:
    site = SITE._replace(language="en_GB", locale=Locale("en", "GB"))
    one = entry(site=site, name={"ja": "くもの日", "en": "Kumo"}, end_date="2026-11-22")
    assert said(one, "title") == "Kumo"
    days = format_range(PartialDate(2026, 11, 21), PartialDate(2026, 11, 22), site.locale)
    assert Tags(said(one, "content")).texts == [days]
    assert read(feed(site, [])).get(XML_LANG) == "en-GB"
