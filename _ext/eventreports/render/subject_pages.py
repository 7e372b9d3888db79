"""The page of a person, an organization, a topic or a series: what is shown, and its nodes."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from babel import Locale
from babel.dates import format_skeleton
from docutils import nodes

from ..core.appearances import Role
from ..core.dates import PartialDate
from ..core.model import SubjectKind
from ..core.names import initials
from ..core.services import profile_name, service_name, sign_of
from .context import joined, line, paragraph, plain, rubric
from .facts import label
from .labels import _
from .nodes import event_block, event_icon, event_initials, resource_reference
from .overview import count, figures, year_name

#: Makes an address of a page and an anchor on it.
AddressOf = Callable[[str, str], str]
#: What the cover of an event is made of: its id, its first day, its colour.
CoverOf = tuple[str, PartialDate | None, str | None]


class Link(NamedTuple):
    """A text, and the page and the anchor to which it leads; without a page it is text alone."""

    text: str
    page: str = ""
    anchor: str = ""


class Part(NamedTuple):
    """What a subject is at an event: the role, and the name of a tier or group."""

    role: Role
    group: str = ""


class SessionRow(NamedTuple):
    """A session at which a subject stands.

    :param title: It.
    :param begins: When it began, or its day (ISO 8601); empty if the event says as much.
    :param people: Who speaks there, beside the subject.
    :param resources: Slides and videos: ``slides`` or ``videos``, and the address.
    :param point: What a reporter took home of it.
    """

    title: Link
    begins: str = ""
    people: tuple[Link, ...] = ()
    resources: tuple[tuple[str, str], ...] = ()
    point: str = ""


class EventRow(NamedTuple):
    """An event at which a subject stands.

    :param title: It.
    :param year: Its year; 0 if none is known.
    :param about: When and where it was.
    :param cover: What its cover is made of.
    :param parts: What the subject is there as a whole.
    :param sessions: At which of its sessions it stands.
    """

    title: Link
    year: int = 0
    about: tuple[str, ...] = ()
    cover: CoverOf = ("", None, None)
    parts: tuple[Part, ...] = ()
    sessions: tuple[SessionRow, ...] = ()


class SubjectView(NamedTuple):
    """All that the page of a subject shows; texts are in the site's language.

    :param readings: How its name is read.
    :param aliases: Its other names.
    :param urls: Addresses that are its own.
    :param image: Its picture, from the source directory.
    :param affiliations: To whom a person belonged, each with the first and the last year.
    :param above: Wider topics.
    :param below: Narrower topics.
    :param events: Where it stands, the newest first.
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
    events: tuple[EventRow, ...] = ()
    beside: tuple[tuple[Link, int], ...] = ()


#: By role, the key whose label says it; what is not here goes without saying.
_LABELS: Final[Mapping[Role, str]] = {
    "reporter": "reporters",
    "participant": "participants",
    "organizer": "organizers",
    "supporter": "supporters",
    "sponsor": "sponsors",
    "media-partner": "media_partners",
}
_SIGNS: Final = {"slides": "slides", "videos": "video"}
#: So many of the points of a topic are quoted at the head of its page.
_MOST_POINTS: Final = 8


def subject_page(
    view: SubjectView, address_of: AddressOf, draw: Callable[[CoverOf], str], locale: Locale
) -> nodes.section:
    """Return the page of a subject.

    :param view: What it shows.
    :param address_of: Makes addresses of pages.
    :param draw: Returns the path of the picture that is the cover of an event.
    :param locale: The site's locale.
    :returns: The section of the whole page.
    """
    page = _Page(address_of, draw, locale)
    section = nodes.section("", nodes.title(view.name, view.name), ids=["subject"])
    section += page.head(view)
    if view.kind == "topic":
        section += page.points(view.events)
    for year, events in groupby(view.events, lambda one: one.year):
        head = _heading(year_name(year), "event-timeline-head")
        shown = [page.event(one) for one in events]
        section += event_block("", head, *shown, classes=["event-timeline-item"])
    if view.beside:
        text = _("Speaks with") if view.kind == "person" else label("speakers")
        section += _heading(text, "event-part")
        names = [[page.link(one), count(number)] for one, number in view.beside]
        items = [nodes.list_item("", paragraph(name)) for name in names]
        section += nodes.bullet_list("", *items, classes=["event-subject-names"], bullet="-")
    return section


def _heading(text: str, name: str) -> nodes.rubric:
    heading = rubric(text, name)
    heading["heading-level"] = 2
    return heading


class _Page:
    def __init__(
        self, address_of: AddressOf, draw: Callable[[CoverOf], str], locale: Locale
    ) -> None:
        self._address_of = address_of
        self._draw = draw
        self._locale = locale

    def head(self, view: SubjectView) -> event_block:
        """Return what is known of a subject, and the numbers of where it stands."""
        names = [plain(one) for one in (*view.readings, *view.aliases)]
        sessions = [session for event in view.events for session in event.sessions]
        resources = [kind for session in sessions for kind, _url in session.resources]
        numbers = {"events": len(view.events), "sessions": len(sessions)}
        numbers |= {kind: resources.count(kind) for kind in _SIGNS}
        return event_block(
            "",
            *_picture(view),
            *line(joined(names), "event-subject-also"),
            *line([nodes.Text(view.description)] if view.description else []),
            *line(joined([_address(one) for one in view.urls]), "event-subject-links"),
            *self._labelled(_("Affiliation"), [self._since(*one) for one in view.affiliations]),
            *self._labelled(_("Wider topics"), [self.link(one) for one in view.above]),
            *self._labelled(_("Narrower topics"), [self.link(one) for one in view.below]),
            figures(numbers, self._locale, on_web=True),
            classes=["event-subject-head"],
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

    def points(self, events: Sequence[EventRow]) -> list[nodes.Element]:
        """Return what reporters took home, each with the session; nothing if there is nothing."""
        sessions = [one for event in events for one in event.sessions if one.point]
        items = [
            nodes.list_item(
                "",
                paragraph([nodes.Text(one.point)], "event-quote"),
                paragraph([self.link(one.title)], "event-quote-of"),
            )
            for one in sessions[:_MOST_POINTS]
        ]
        quotes = nodes.bullet_list("", *items, classes=["event-subject-points"], bullet="-")
        return [_heading(_("Taken home"), "event-part"), quotes] if items else []

    def event(self, event: EventRow) -> event_block:
        """Return an event with the sessions at which a subject stands."""
        uri = self._draw(event.cover)
        cover = nodes.image(uri=uri, alt="", width="160", height="80", loading="lazy")
        about = [plain(text) for text in (*event.about, *map(_part, event.parts)) if text]
        head = event_block(
            "",
            cover,
            event_block(
                "",
                paragraph([self.link(event.title)], "event-card-title", "event-phrases"),
                *line(joined(about), "event-card-when"),
            ),
            classes=["event-subject-event"],
        )
        items = [nodes.list_item("", *self._session(one)) for one in event.sessions]
        rows = nodes.bullet_list("", *items, classes=["event-subject-sessions"], bullet="-")
        return event_block("", head, *([rows] if items else []), classes=["event-subject-at"])

    def _session(self, session: SessionRow) -> list[nodes.Node]:
        day, _sign, clock = session.begins.partition("T")
        parsed = PartialDate.parse(day) if day else None
        short = (
            str(format_skeleton("MMMd", parsed.first_day(), locale=self._locale))
            if parsed and parsed.day
            else ""
        )
        return [
            paragraph([plain(f"{short} {clock[:5]}".strip())], "event-subject-time"),
            event_block(
                "",
                paragraph([self.link(session.title)], "event-card-title", "event-phrases"),
                *line(joined([self.link(one) for one in session.people]), "event-card-people"),
            ),
            *line([_resource(*one) for one in session.resources], "event-subject-signs"),
        ]


def _picture(view: SubjectView) -> list[nodes.Node]:
    """Return the picture of a subject; of a person without one, the initials."""
    if view.image:
        return [nodes.image(uri=view.image, alt="", classes=["event-subject-picture"])]
    is_person = view.kind == "person"
    return [paragraph([event_initials(letters=initials(view.name))])] if is_person else []


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


def _resource(kind: str, url: str) -> nodes.reference:
    """Return slides or a video as a sign."""
    icon = event_icon(
        name=sign_of(url) or _SIGNS[kind], label=f"{label(kind)}: {service_name(url)}"
    )
    return resource_reference("", "", icon, refuri=url, internal=False)
