"""Cards of sessions and of sponsors: a list in every writer, a grid in HTML."""

from collections.abc import Iterable, Sequence

from docutils import nodes

from ..core.model import Organization, Session
from . import inline
from .context import Context, joined, line, paragraph, plain
from .facts import label, languages, session_kind, status, time_text, topics, track_name
from .labels import _, word
from .nodes import card, card_list
from .pictures import logos


def session_cards(
    context: Context, sessions: Iterable[Session], columns: Sequence[str]
) -> card_list:
    """Return a card for each session.

    :param context: The page.
    :param sessions: The sessions.
    :param columns: sphinx-design's row classes, which give the number of columns.
    :returns: The list of cards.
    """
    return card_list(
        "",
        *(_session_card(context, session) for session in sessions),
        columns=list(columns),
        classes=["event-session-cards"],
        bullet="-",
    )


def _session_card(context: Context, session: Session) -> card:
    node = card(
        "",
        *line(joined(_details(context, session)), "event-card-when"),
        *status_line(context, session),
        paragraph(_title(context, session), "sd-card-title", "event-card-title"),
        *subtitle_line(context, session),
        *line(inline.people_with_links(context, session.speakers), "event-card-people"),
        *line(topics(session.topics), "event-card-topics"),
        *resource_lines(context, session, ("slides", "videos", "links")),
        *children_list(context, session),
        **inline.session_attributes(context, session),
    )
    return context.place(node, session.mark())


def _title(context: Context, session: Session) -> list[nodes.Node]:
    return [inline.session_link(context, session), *kind(context, session)]


def kind(context: Context, session: Session) -> list[nodes.Node]:
    """Return the kind of a session as a badge: a keynote, a lightning talk."""
    text = session_kind(context, session)
    return [nodes.Text(" "), plain(text, "event-kind-badge")] if text else []


def subtitle_line(context: Context, session: Session) -> list[nodes.paragraph]:
    """Return the line below the title of a session that has a subtitle."""
    return _text_line(context.text(session.subtitle), "event-subtitle")


def _details(context: Context, session: Session) -> list[nodes.Node]:
    """Return the facts in a line: when and where, for whom, in which languages, how it was seen."""
    others = [
        context.text(session.level),
        languages(context, session.language),
        _labelled("slides_language", languages(context, session.slides_language)),
        _labelled("seen", word("seen", session.seen) if session.seen else ""),
        word("visibility", session.visibility),
    ]
    track = [track_name(context, session.track)] if session.track else []
    when, where = _facts([time_text(context, session)]), inline.place(context, session)
    return [*when, *where, *track, *_facts(others)]


def _facts(texts: Iterable[str]) -> list[nodes.Node]:
    return [plain(text, "event-fact") for text in texts if text]


def _labelled(key: str, text: str) -> str:
    return f"{label(key)}{_(': ')}{text}" if text else ""


def status_line(context: Context, session: Session) -> list[nodes.paragraph]:
    """Return the line that says that a session was cancelled, moved or the like."""
    return line(status(context, session), "event-card-status")


def children_list(context: Context, session: Session) -> list[nodes.bullet_list]:
    """List the sessions within a session, each with its people and links.

    :param context: The page.
    :param session: The session.
    :returns: The list, whose items have the attributes of cards; none without such sessions.
    """
    items = [
        nodes.list_item(
            "",
            *status_line(context, child),
            paragraph(_title(context, child), "event-child-title"),
            *subtitle_line(context, child),
            *line(inline.people_with_links(context, child.speakers), "event-card-people"),
            *line(joined(_details(context, child)), "event-card-details"),
            *line(topics(child.topics), "event-card-topics"),
            *resource_lines(context, child, ("slides", "videos", "links")),
            *children_list(context, child),
            **inline.session_attributes(context, child),
        )
        for child in session.children
    ]
    return children_of(context, session, items)


def children_of(
    context: Context, session: Session, items: Sequence[nodes.list_item]
) -> list[nodes.bullet_list]:
    """Return the list of the items of the sessions within a session; none without items."""
    placed = map(context.place, items, (child.mark() for child in session.children))
    return [nodes.bullet_list("", *placed, classes=["event-children"], bullet="-")] if items else []


def resource_lines(
    context: Context, session: Session, kinds: Iterable[str]
) -> list[nodes.paragraph]:
    """Return a line of links for each kind (``slides``, ``videos``) of which there are any."""
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
    """Return a card for each organisation, with its logo if there is one.

    :param context: The page.
    :param members: Each with its role, which stands above it; empty if a heading says it.
    :param columns: sphinx-design's row classes, which give the number of columns.
    :returns: The list of cards.
    """
    return card_list(
        "",
        *(_organization_card(context, role, member) for role, member in members),
        columns=list(columns),
        classes=["event-organization-cards"],
        bullet="-",
    )


def _organization_card(context: Context, role: str, organization: Organization) -> card:
    badges = _(", ").join(organization.badges)
    node = card(
        "",
        *_text_line(role, "event-tile-tier"),
        *line(logos(context, organization), "event-logo"),
        paragraph([inline.organization(context, organization)], "event-card-title"),
        *_text_line(badges, "event-badges"),
        *_text_line(context.text(organization.description), "event-card-details"),
    )
    return context.place(node, organization.mark())


def _text_line(text: str, *classes: str) -> list[nodes.paragraph]:
    return line([nodes.Text(text)] if text else [], *classes)
