"""The page of a person, an organization, a topic or a series: what is shown, and its nodes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from babel import Locale
from docutils import nodes

from ..core.appearances import Role
from ..core.dates import PartialDate
from ..core.model import SubjectKind
from ..core.services import profile_name, service_name, sign_of
from .context import joined, line, paragraph, plain, rubric
from .facts import label
from .labels import _
from .nodes import event_block, event_icon, resource_reference
from .overview import count, figures, year_name

#: Makes an address of a page and an anchor on it.
AddressOf = Callable[[str, str], str]


class Link(NamedTuple):
    """A text, and the page and the anchor to which it leads; without a page it is text alone."""

    text: str
    page: str = ""
    anchor: str = ""


class Part(NamedTuple):
    """What a subject is at an event or a session: the role, and the name of a tier or group."""

    role: Role
    group: str = ""


class Row(NamedTuple):
    """An event or a session at which a subject stands.

    :param title: It.
    :param date: Its day (ISO 8601); empty if none is known.
    :param event: The event of a session.
    :param parts: What the subject is there.
    :param people: Who speaks there, beside the subject.
    :param resources: Slides and videos: ``slides`` or ``videos``, and the address.
    :param point: What a reporter took home of it.
    """

    title: Link
    date: str = ""
    event: Link | None = None
    parts: tuple[Part, ...] = ()
    people: tuple[Link, ...] = ()
    resources: tuple[tuple[str, str], ...] = ()
    point: str = ""


class SubjectView(NamedTuple):
    """All that the page of a subject shows; texts are in the site's language.

    :param readings: How its name is read.
    :param aliases: Its other names.
    :param urls: Addresses that are its own.
    :param image: Its picture, from the source directory.
    :param affiliations: To whom a person belonged, each with the first and the last year.
    :param above: Wider topics.
    :param below: Narrower topics.
    :param rows: Where it stands, the newest first.
    :param beside: Who speaks with a person, for an organization, or on a topic; how often.
    """

    kind: SubjectKind
    name: str
    readings: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    description: str = ""
    urls: tuple[str, ...] = ()
    image: str = ""
    affiliations: tuple[tuple[Link, str, str], ...] = ()
    above: tuple[Link, ...] = ()
    below: tuple[Link, ...] = ()
    rows: tuple[Row, ...] = ()
    beside: tuple[tuple[Link, int], ...] = ()


#: By role, the key whose label says it; a speaker's goes without saying.
_LABELS: Final[Mapping[Role, str]] = {
    "reporter": "reporters",
    "participant": "participants",
    "organizer": "organizers",
    "supporter": "supporters",
    "sponsor": "sponsors",
    "media-partner": "media_partners",
}
_SIGNS: Final = {"slides": "slides", "videos": "video"}


def subject_page(view: SubjectView, address_of: AddressOf, locale: Locale) -> nodes.section:
    """Return the page of a subject.

    :param view: What it shows.
    :param address_of: Makes addresses of pages.
    :param locale: The site's locale.
    :returns: The section of the whole page.
    """
    page = _Page(address_of, locale)
    section = nodes.section("", nodes.title(view.name, view.name), ids=["subject"])
    section += page.head(view)
    for year, rows in groupby(view.rows, lambda row: row.date[:4]):
        head = _heading(year_name(int(year or 0)), "event-timeline-head")
        items = [nodes.list_item("", *page.row(row)) for row in rows]
        listed = nodes.bullet_list("", *items, classes=["event-subject-rows"], bullet="-")
        section += event_block("", head, listed, classes=["event-timeline-item"])
    if view.beside:
        section += _heading(_BESIDE[view.kind](), "event-part")
        names = [[page.link(one), count(number)] for one, number in view.beside]
        items = [nodes.list_item("", paragraph(name)) for name in names]
        section += nodes.bullet_list("", *items, classes=["event-subject-names"], bullet="-")
    return section


_BESIDE: Final[Mapping[SubjectKind, Callable[[], str]]] = {
    "person": lambda: _("Speaks with"),
    "organization": lambda: label("speakers"),
    "topic": lambda: label("speakers"),
    "series": lambda: label("speakers"),
}


def _heading(text: str, name: str) -> nodes.rubric:
    heading = rubric(text, name)
    heading["heading-level"] = 2
    return heading


class _Page:
    def __init__(self, address_of: AddressOf, locale: Locale) -> None:
        self._address_of = address_of
        self._locale = locale

    def head(self, view: SubjectView) -> event_block:
        """Return what is known of a subject, and the numbers of where it stands."""
        names = [plain(one, "event-reading") for one in (*view.readings, *view.aliases)]
        urls = [_address(one) for one in view.urls]
        picture = [nodes.image(uri=view.image, alt="", classes=["event-subject-picture"])]
        sessions = [row for row in view.rows if row.event]
        numbers = {
            "events": len({(row.event or row.title).page for row in view.rows}),
            "sessions": len(sessions),
            **{
                kind: sum(one[0] == kind for row in sessions for one in row.resources)
                for kind in _SIGNS
            },
        }
        return event_block(
            "",
            *(picture if view.image else []),
            *line(joined(names), "event-subject-other-names"),
            *line([nodes.Text(view.description)] if view.description else []),
            *line(joined(urls), "event-links"),
            *self._labelled(_("Affiliation"), [self._since(*one) for one in view.affiliations]),
            *self._labelled(_("Part of"), [self.link(one) for one in view.above]),
            *self._labelled(_("Narrower topics"), [self.link(one) for one in view.below]),
            figures(numbers, self._locale, on_web=True),
            classes=["event-subject"],
        )

    def _labelled(self, text: str, items: Sequence[nodes.Node]) -> list[nodes.paragraph]:
        if not items:
            return []
        return [paragraph([plain(f"{text}{_(': ')}", "event-label"), *joined(items)])]

    def _since(self, name: Link, first: str, last: str) -> nodes.Node:
        years = f"{first}–{last}" if first != last else first
        known = [plain(f" ({years})", "event-beside")] if first else []
        return nodes.inline("", "", self.link(name), *known)

    def link(self, to: Link) -> nodes.Node:
        """Return a link within the site."""
        if not to.page:
            return nodes.inline(to.text, to.text)
        uri = self._address_of(to.page, to.anchor)
        return nodes.reference(to.text, to.text, refuri=uri, internal=True)

    def row(self, row: Row) -> list[nodes.Node]:
        """Return what is shown of an event or a session."""
        date = PartialDate.parse(row.date[:10]).format(self._locale) if row.date else ""
        parts = [_part(one) for one in row.parts]
        about = [
            *([self.link(row.event)] if row.event else []),
            *(plain(text) for text in (date, *parts) if text),
        ]
        signs = [_resource(*one) for one in row.resources]
        return [
            paragraph([self.link(row.title)], "event-card-title", "event-phrases"),
            *line(joined(about), "event-card-when"),
            *line(joined([self.link(one) for one in row.people]), "event-card-people"),
            *line([nodes.Text(row.point)] if row.point else [], "event-quote"),
            *line(signs, "event-card-links"),
        ]


def _part(part: Part) -> str:
    """Return what a subject is, in words; nothing where that goes without saying."""
    name = label(_LABELS[part.role]) if part.role in _LABELS else ""
    if part.role == "member":
        return part.group
    return f"{name} ({part.group})" if part.group else name


def _address(url: str) -> nodes.reference:
    """Return a link to a page that is a subject's own, by its service and their name there."""
    text = " ".join(filter(None, (service_name(url), profile_name(url))))
    return resource_reference(text, text, refuri=url, internal=False)


def _resource(kind: str, url: str) -> nodes.inline:
    icon = sign_of(url) or _SIGNS[kind]
    name = service_name(url)
    link = resource_reference(name, name, refuri=url, internal=False)
    return nodes.inline("", "", event_icon(name=icon), link, classes=["event-resource"])


def texts_of(rows: Iterable[Row]) -> list[str]:
    """Return what else a search finds a subject by: what it is at events."""
    return sorted({_part(part) for row in rows for part in row.parts} - {""})
