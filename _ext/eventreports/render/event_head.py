"""The head of an event's page: when, where and by whom, its figures, and what it offers."""

from collections.abc import Sequence

from docutils import nodes

from ..core.model import Event, Session, Venue
from ..core.urls import map_url
from . import inline
from .context import Context, line, plain
from .facts import date_text, label, status, visibility_text
from .labels import _, count_text
from .nodes import event_block, event_figures, event_icon


def event_head(context: Context, event: Event, buttons: Sequence[nodes.Element]) -> event_block:
    """Return the head.

    :param context: The page.
    :param event: The event.
    :param buttons: Links to what the page offers, the most important first.
    :returns: A block.
    """
    row = [*_figures(context, event), *line(buttons, "event-buttons")]
    return event_block(
        "",
        *line(_meta(context, event), "event-meta"),
        *([event_block("", *row, classes=["event-head-row"])] if row else []),
        classes=["event-head"],
    )


def labels_in_head(context: Context, event: Event, heading: str) -> set[str]:
    """Return the labels of the facts of which the head says all, or that few readers need.

    :param context: The page.
    :param event: The event.
    :param heading: The page's heading, as it is shown.
    :returns: Labels, as :func:`facts.label` returns them.
    """
    keys = ["status", "date", "visibility", "timezone", "coordinates"]
    if context.text(event.name) == heading:
        keys.append("name")
    if event.venue and not (event.venue.address or event.venue.locality):
        keys.append("venue")
    if not any(reporter.links for reporter in event.reporters):
        keys.append("reporters")
    figure = "capacity" if event.attendance is None else "attendance"
    if getattr(event, f"{figure}_text") is None:
        keys.append(figure)
    return set(map(label, keys))


def _meta(context: Context, event: Event) -> list[nodes.Node]:
    """Return whether, when, where and by whom it was, each with its sign."""
    reporters = inline.people(context, event.reporters)
    who = nodes.inline("", "", *reporters, classes=["event-reporters"])
    visibility = visibility_text(context, event)
    parts: list[tuple[str, Sequence[nodes.Node]]] = [
        ("", status(context, event)),
        ("calendar", _texts(date_text(context, event))),
        ("pin", [_place(context, event.venue)] if event.venue and event.venue.shown_name else []),
        ("pen", [plain(_("Reported by")), nodes.Text(" "), who] if reporters else []),
        ("", [plain(visibility, "event-kind-badge")] if visibility else []),
    ]
    return [
        nodes.inline(
            "", "", *([event_icon(name=sign)] if sign else []), nodes.inline("", "", *body)
        )
        for sign, body in parts
        if body
    ]


def _place(context: Context, venue: Venue) -> nodes.Node:
    """Return where it was, with a link to the venue's page, or else to a map."""
    name = context.text(venue.shown_name)
    urls = [venue.url, *(one.url for one in venue.maps)]
    if venue.latitude and venue.longitude:
        urls.append(map_url(venue.latitude, venue.longitude))
    url = next(filter(None, urls), None)
    return inline.link(context, venue, name, url) if url else nodes.Text(name)


def _texts(text: str) -> list[nodes.Node]:
    return [nodes.Text(text)] if text else []


def _figures(context: Context, event: Event) -> list[nodes.Element]:
    people = "capacity" if event.attendance is None else "attendance"
    numbers = {
        "sessions": len(event.sessions),
        "slides": count_of(event, "slides"),
        "videos": count_of(event, "videos"),
        people: getattr(event, people),
    }
    figures = [
        count_text(kind, number, context.locale) for kind, number in numbers.items() if number
    ]
    return [event_figures(figures=figures)] if figures else []


def count_of(event: Event, kind: str) -> int:
    """Return of how many sessions there are slides or videos.

    :param event: The event.
    :param kind: ``slides`` or ``videos``.
    :returns: The number.
    """
    return sum(can_be_opened(session, kind) for session in event.all_sessions)


def can_be_opened(session: Session, kind: str) -> bool:
    """Return whether slides or videos of a session can be opened."""
    resources = getattr(session, kind)
    return any(one.status == "available" and not one.says_nothing for one in resources)
