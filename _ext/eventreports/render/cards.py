"""Cards: sessions at a glance, sponsors by tier. A list in every writer, a grid in HTML."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from docutils import nodes
from sphinx.util.images import get_image_size

from ..core.files import local_image, on_disk
from ..core.model import Organization, Session
from . import inline
from .context import Context, joined, paragraph, plain
from .facts import languages, status, time_text, topics, track_name
from .labels import _, label, word
from .nodes import card, card_list, event_logo

#: Square millimetres that a logo takes, and millimetres that it is high at most.
_LOGO_AREA: Final = 340
_LOGO_HEIGHT: Final = 20


def session_cards(
    context: Context, sessions: Iterable[Session], columns: Sequence[str]
) -> card_list:
    cards = card_list(columns=list(columns), classes=["event-session-cards"], bullet="-")
    cards += [_session_card(context, session) for session in sessions]
    return cards


def _session_card(context: Context, session: Session) -> card:
    node = card(**inline.session_attributes(context, session))
    node["classes"] += status_class(session)
    if said := _details(context, session):
        node += paragraph(joined(said), "event-card-when")
    node += status_line(context, session)
    node += paragraph(
        [inline.session_link(context, session), *kind(session)], "sd-card-title", "event-card-title"
    )
    if session.speakers:
        node += paragraph(inline.people(context, session.speakers), "event-card-people")
    if session.topics:
        node += paragraph(topics(session.topics), "event-card-topics")
    node += resource_lines(context, session, ("slides", "videos", "links"))
    if session.children:
        node += children_list(context, session)
    return context.place(node, session.mark())


def status_class(session: Session) -> list[str]:
    return [f"event-is-{session.status}"] if session.status != "held" else []


def kind(session: Session) -> list[nodes.Node]:
    said = word("session", session.kind)
    return [nodes.Text(" "), plain(said, "event-kind-badge")] if said else []


def _details(context: Context, session: Session) -> list[nodes.Node]:
    """What is known beside, in a line: when and where, for whom, in which languages, how the
    reporter saw it."""
    where = [time_text(context, session), context.room(session.room)]
    said = [
        context.text(session.level),
        languages(context, session.language),
        _labelled("slides_language", languages(context, session.slides_language)),
        _labelled("seen", word("seen", session.seen) if session.seen else ""),
        word("visibility", session.visibility),
    ]
    track = [track_name(context, session.track)] if session.track else []
    return [*_facts(where), *track, *_facts(said)]


def _facts(said: Iterable[str]) -> list[nodes.Node]:
    return [plain(text, "event-fact") for text in said if text]


def _labelled(key: str, said: str) -> str:
    return f"{label(key)}{_(': ')}{said}" if said else ""


def status_line(context: Context, session: Session) -> list[nodes.paragraph]:
    """Cancelled, or otherwise unlike announced: seen before anything else."""
    said = status(context, session)
    return [paragraph(said, "event-card-status")] if said else []


def children_list(context: Context, session: Session) -> nodes.bullet_list:
    """The sessions that one consists of: each with its people and links, in a line or two.

    Its items have the attributes of cards.
    """
    items = nodes.bullet_list(classes=["event-children"], bullet="-")
    for child in session.children:
        item = nodes.list_item(
            "", *status_line(context, child), **inline.session_attributes(context, child)
        )
        item["classes"] += status_class(child)
        title = [inline.session_link(context, child), *kind(child)]
        item += paragraph(title, "event-child-title")
        if child.speakers:
            item += paragraph(inline.people(context, child.speakers), "event-card-people")
        if details := _details(context, child):
            item += paragraph(joined(details), "event-card-details")
        if child.topics:
            item += paragraph(topics(child.topics), "event-card-topics")
        item += resource_lines(context, child, ("slides", "videos", "links"))
        if child.children:
            item += children_list(context, child)
        items += context.place(item, child.mark())
    return items


def resource_lines(
    context: Context, session: Session, kinds: Iterable[str]
) -> list[nodes.paragraph]:
    """A line for each of ``kinds`` (``slides``, ``videos``) of which the session has any."""
    found = ((kind, inline.resources(context, getattr(session, kind))) for kind in kinds)
    return [
        paragraph(
            [plain(f"{label(kind)}{_(': ')}", "event-links-label", "event-label"), *links],
            "event-card-links",
        )
        for kind, links in found
        if links
    ]


def organization_cards(
    context: Context, members: Sequence[tuple[str, Organization]], columns: Sequence[str]
) -> card_list:
    """Organisations as tiles: the logo where there is one, else the name.

    ``members``: each with what it is, which stands above it; nothing where a heading says so.
    """
    cards = card_list(columns=list(columns), classes=["event-organization-cards"], bullet="-")
    cards += [_organization_card(context, role, member) for role, member in members]
    return cards


def _organization_card(context: Context, role: str, organization: Organization) -> card:
    node = card()
    if role:
        node += paragraph([nodes.Text(role)], "event-tile-tier")
    pictures = _logos(context, organization)
    if pictures:
        node += paragraph(pictures, "event-logo")
    node += paragraph([inline.organization(context, organization)], "event-card-title")
    if organization.badges:
        node += paragraph([nodes.Text(_(", ").join(organization.badges))], "event-badges")
    if said := context.text(organization.description):
        node += paragraph([nodes.Text(said)], "event-card-details")
    return context.place(node, organization.mark())


def _logos(context: Context, organization: Organization) -> list[event_logo]:
    """One for light and one for dark pages where there are two, else one for both."""
    light, dark = (
        picture(context, path) if path else None
        for path in (organization.logo, organization.logo_dark)
    )
    if light and dark:
        return [_logo(context, light, "only-light"), _logo(context, dark, "only-dark")]
    return [_logo(context, path) for path in (light, dark) if path]


def _logo(context: Context, path: Path, *classes: str) -> event_logo:
    return event_logo(
        uri=f"/{path.relative_to(context.root).as_posix()}",
        # The name stands below: whoever does not see the logo need not hear it twice.
        alt="",
        # As wide as it is meant to be: there is no larger picture to link to.
        classes=["no-scaled-link", *classes],
        **_optical_size(path),
    )


def picture(context: Context, path: str) -> Path | None:
    """The file of a picture; ``None`` where it may not be shown, which has been told of."""
    folder = context.root / context.folder
    try:
        local_image(path, folder, context.root, context.is_content)
    except ValueError:
        return None
    return folder / on_disk(path, folder)


def _optical_size(path: Path) -> dict[str, str]:
    """A width with which a wide and a square picture take the same area, and so weigh the same."""
    match get_image_size(path):
        case int(width), int(height) if width and height:
            by_area = math.sqrt(_LOGO_AREA * width / height)
            return {"width": f"{min(by_area, _LOGO_HEIGHT * width / height):.1f}mm"}
        case _:
            return {}
