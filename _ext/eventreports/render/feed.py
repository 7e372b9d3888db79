"""The feed of the newest reports (Atom), for feed readers."""

import datetime as dt
import zoneinfo
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from html import escape
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from babel import Locale
from feedgenerator.django.utils.feedgenerator import Atom1Feed
from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from sphinxcommon.phrases import shortened

from ..core.characters import NOT_XML
from ..core.dates import PartialDate, format_range
from ..core.texts import LocalizedText
from .labels import _

#: How many entries there are at most.
_NEWEST: Final = 50
#: How many points a summary has at most, and how many columns it takes; a letter of Japanese takes
#: two.
_SUMMED_UP: Final = 10
_COLUMNS: Final = 240
_GENERATOR: Final = "eventreports"
#: When a feed without an entry was last changed.
_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

#: An event in its normal form (``core/normal_form.py``), with the addresses of pages, and points.
NormalForm = Mapping[str, Any]


class Site(NamedTuple):
    """The site whose feed it is.

    :param name: Its name.
    :param address: Its address, with ``/`` at the end.
    :param feed_address: That of the feed.
    :param language: Its language, as Sphinx has it.
    :param locale: Its locale.
    """

    name: str
    address: str
    feed_address: str
    language: str
    locale: Locale


def feed(site: Site, reports: Iterable[NormalForm]) -> str:
    """Return the feed of the newest reports.

    A report is as new as its key ``published`` says, or else as the event's last day; one without
    any date is left out. Nothing depends on when the feed is made.

    :param site: The site.
    :param reports: The events of which something was written.
    :returns: XML.
    """
    made = _Feed(
        title=_clean(site.name),
        link=site.address,
        description="",
        language=site.language.replace("_", "-"),
        author_name=_clean(site.name),
        feed_url=site.feed_address,
        feed_guid=site.feed_address,
    )
    dated = ((date, report) for report in reports if (date := _published(report)))
    # Of hundreds of reports few are in memory at a time.
    for date, report in nsmallest(_NEWEST, dated, key=_newest_first):
        _add(made, site, report, date)
    text: str = made.writeString("utf-8")
    return f"{text}\n"


def is_feed(data: bytes) -> bool:
    """Return whether a file is a feed that :func:`feed` has made."""
    return f"<generator>{_GENERATOR}</generator>".encode() in data


class _Feed(Atom1Feed):  # type: ignore[misc]
    """A feed whose entries may have several authors, and that never asks for the time."""

    def latest_post_date(self) -> dt.datetime:
        latest: dt.datetime = super().latest_post_date() if self.items else _EPOCH
        return latest

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("generator", _GENERATOR)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: Mapping[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")


def _add(made: _Feed, site: Site, report: NormalForm, published: dt.datetime) -> None:
    """Add the entry of a report."""
    notes = list(_notes(site, report))
    # The first ones alone: each letter would be measured.
    points = [point for *_session, of_one in notes for point in of_one][:_SUMMED_UP]
    # An id that an event had before is that of its entry, or readers would see another.
    former = (one for one in report.get("old_ids", ()) if not one.startswith("/"))
    first_id = next(former, report["id"])
    made.add_item(
        title=_clean(_text(site, report.get("name")) or report["id"]),
        link=report["page_url"],
        description=escape(shortened(_clean(" / ".join(points)), _COLUMNS)) or None,
        content=_clean("\n".join(_content(_facts(site, report), notes))),
        unique_id=f"{site.address}#{quote(first_id)}",
        pubdate=published,
        updateddate=max(published, _moment(report, "updated") or published),
        categories=list(map(_clean, report.get("topics", ()))),
        item_copyright=_clean(_text(site, report.get("license"))) or None,
        authors=[_clean(_text(site, one.get("name"))) for one in report.get("reporters", ())],
    )


def _published(report: NormalForm) -> dt.datetime | None:
    return _moment(report, "published") or _moment(report, "end_date")


def _newest_first(dated: tuple[dt.datetime, NormalForm]) -> tuple[float, str]:
    date, report = dated
    return -date.timestamp(), report["id"]


def _moment(report: NormalForm, key: str) -> dt.datetime | None:
    """Return noon of a day where the event was: most readers have the same day then.

    Of a month or year it is the first day.
    """
    if key not in report:
        return None
    zone = zoneinfo.ZoneInfo(report["timezone"]) if "timezone" in report else dt.UTC
    day = PartialDate.parse(report[key]).first_day()
    # Offsets of long ago have seconds, which Atom has not.
    return dt.datetime.combine(day, dt.time(12), zone).astimezone(dt.UTC)


class _Notes(NamedTuple):
    """Points of the event as a whole, or of a session, which has a title."""

    title: str
    address: str
    points: Sequence[str]


def _notes(site: Site, report: NormalForm) -> Iterator[_Notes]:
    """Yield the points of the event, then those of its sessions, as far as there are any."""
    if report["points"]:
        yield _Notes("", "", report["points"])
    for session in _sessions(report.get("sessions", ())):
        if session["points"]:
            title = _text(site, session.get("title")) or session["id"]
            yield _Notes(title, session.get("page_url", report["page_url"]), session["points"])


def _sessions(sessions: Iterable[NormalForm]) -> Iterator[NormalForm]:
    for session in sessions:
        yield session
        yield from _sessions(session.get("children", ()))


def _facts(site: Site, report: NormalForm) -> str:
    """Return when and where it was, in words."""
    when = _text(site, report.get("date_text"))
    if not when and "start_date" in report:
        first, last = (PartialDate.parse(report[key]) for key in ("start_date", "end_date"))
        when = format_range(first, last, site.locale)
    where = _text(site, report.get("venue", {}).get("name"))
    return _(", ").join(filter(None, (when, where)))


def _content(facts: str, notes: Iterable[_Notes]) -> Iterator[str]:
    """Yield the lines of an entry's HTML."""
    if facts:
        yield f"<p>{escape(facts)}</p>"
    for title, address, points in notes:
        if title:
            yield f'<h2><a href="{escape(address)}">{escape(title)}</a></h2>'
        yield "<ul>"
        yield from (f"<li>{escape(point)}</li>" for point in points)
        yield "</ul>"


def _text(site: Site, texts: Mapping[str, str] | None) -> str:
    """Return a text in the site's language, or else the first."""
    return LocalizedText.model_construct(texts).in_language(site.language) if texts else ""


def _clean(text: str) -> str:
    """Return a text without the characters that XML does not have."""
    return NOT_XML.sub("", text)
