"""Cards: sessions at a glance, sponsors by tier. A list in every writer, a grid in HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docutils import nodes
from sphinx import addnodes

from ..labels import _, label
from ..model import Organization, Session
from ..nodes import card, card_list, event_logo
from ..resources import local_image
from . import inline
from .context import Context, joined, paragraph, plain
from .facts import time_text, topics


def session_cards(
    context: Context, sessions: Iterable[Session], columns: Sequence[str]
) -> card_list:
    cards = card_list(columns=list(columns), classes=["event-session-cards"], bullet="-")
    cards += [_session_card(context, session) for session in sessions]
    return cards


def _session_card(context: Context, session: Session) -> card:
    where = [time_text(context, session), context.text(session.room), context.text(session.track)]
    said = [plain(text, "event-fact") for text in where if text]
    title = session_title(context, session)
    node = card(event=context.event_id, session=session.id, title=title)
    if said:
        node += paragraph(joined(said), "event-card-when")
    node += paragraph([session_link(context, session)], "sd-card-title", "event-card-title")
    if session.speakers:
        node += paragraph(inline.people(context, session.speakers), "event-card-people")
    if session.topics:
        node += paragraph(topics(session.topics), "event-card-topics")
    node += resource_lines(context, session, ("slides", "videos"))
    return context.place(node, session.mark())


def resource_lines(
    context: Context, session: Session, kinds: Iterable[str]
) -> list[nodes.paragraph]:
    """A line for each of ``kinds`` (``slides``, ``videos``) of which the session has any."""
    found = ((kind, inline.resources(context, getattr(session, kind))) for kind in kinds)
    return [
        paragraph(
            [plain(label(kind), "event-label"), nodes.Text(_(": ")), *links], "event-card-links"
        )
        for kind, links in found
        if links
    ]


def session_title(context: Context, session: Session) -> str:
    return context.text(session.title) or session.id


def session_link(context: Context, session: Session) -> nodes.Element:
    """The session's title, leading to its notes where there are any."""
    title = plain(session_title(context, session), "event-session-title")
    reference = addnodes.pending_xref(
        "",
        title,
        refdomain="event",
        reftype="session",
        reftarget=f"{context.event_id}/{session.id}",
        refexplicit=True,
        refwarn=False,
        refdoc=context.docname,
        notes_only=True,
    )
    return context.place(reference, session.mark("title"))


def organization_cards(
    context: Context, members: Sequence[Organization], columns: Sequence[str]
) -> card_list:
    """Organisations as tiles: the logo where there is one, else the name."""
    cards = card_list(columns=list(columns), classes=["event-organization-cards"], bullet="-")
    cards += [_organization_card(context, member) for member in members]
    return cards


def _organization_card(context: Context, organization: Organization) -> card:
    node = card()
    if organization.logo and has_image(context, organization.logo):
        # The name stands below: whoever does not see the logo need not hear it twice.
        logo = event_logo(uri=f"/{context.folder}/{organization.logo}", alt="")
        node += paragraph([logo], "event-logo")
    node += paragraph([inline.organization(context, organization)], "event-card-title")
    return context.place(node, organization.mark())


def has_image(context: Context, path: str) -> bool:
    """Whether the picture may be shown; where not, that has been told of."""
    try:
        local_image(path, context.root / context.folder, context.root)
    except ValueError:
        return False
    return True
