"""Cards of sessions and of sponsors: a list in every writer, a grid in HTML."""

import re
from collections.abc import Iterable, Sequence
from itertools import count, groupby

from docutils import nodes

from ..core.dates import PartialDate
from ..core.model import Event, Organization, Session
from . import inline
from .context import Context, joined, line, paragraph, plain, rubric
from .facts import (
    clock_text,
    day_heading,
    label,
    languages,
    session_kind,
    status,
    topics,
    track_name,
)
from .labels import _, word
from .nodes import card, card_list
from .pictures import logos


def session_cards(
    context: Context, event: Event, sessions: Sequence[Session], columns: Sequence[str]
) -> list[nodes.Element]:
    """Return a card for each session, under its day where those of each day stand together.

    :param context: The page.
    :param event: The event.
    :param sessions: The sessions.
    :param columns: sphinx-design's row classes, which give the number of columns.
    :returns: The list of cards, or for each day a heading and a list.
    """
    runs = [(day, list(found)) for day, found in groupby(sessions, event.day)]
    days = [day for day, _found in runs]
    by_day = len(set(days)) == len(days) < len(sessions) and days != [event.only_day]
    if not by_day:
        runs = [(event.only_day, list(sessions))]
    numbers = count(1)
    shown: list[nodes.Element] = []
    for day, found in runs:
        if by_day:
            named = next((one for one in event.days if one.date == day), None)
            shown.append(rubric(day_heading(context, named, day), "event-day"))
        cards = [_session_card(context, session, day) for session in found]
        if len(sessions) > 1:
            for one in cards:
                one["number"] = next(numbers)
        shown.append(
            card_list(
                "", *cards, columns=list(columns), classes=["event-session-cards"], bullet="-"
            )
        )
    return shown


def _session_card(context: Context, session: Session, day: PartialDate | None) -> card:
    """Return a card, which does not repeat the day that is above it."""
    node = card(
        "",
        *line(joined(_details(context, session, day)), "event-card-when"),
        *status_line(context, session),
        paragraph(_title(context, session), "sd-card-title", "event-card-title"),
        *subtitle_line(context, session),
        *line(inline.people_with_links(context, session.speakers), "event-card-people"),
        *line(topics(context, session.topics), "event-card-topics"),
        *resource_lines(context, session, ("slides", "videos", "links")),
        *children_list(context, session),
        **inline.session_attributes(context, session),
    )
    return context.place(node, session.mark())


def _title(context: Context, session: Session) -> list[nodes.Node]:
    return [inline.session_link(context, session), *kind(context, session)]


def kind(context: Context, session: Session) -> list[nodes.Node]:
    """Return the kind of a session as a badge, unless its title has it: an opening keynote."""
    text = session_kind(context, session)
    said = rf"(?<!\w){re.escape(text)}(?!\w)"
    is_in_title = re.search(said, context.text(session.title), re.IGNORECASE)
    if not text or is_in_title:
        return []
    return [nodes.Text(" "), plain(text, "event-kind-badge")]


def subtitle_line(context: Context, session: Session) -> list[nodes.paragraph]:
    """Return the line below the title of a session that has a subtitle."""
    return _text_line(context.text(session.subtitle), "event-subtitle")


def _details(context: Context, session: Session, day: PartialDate | None) -> list[nodes.Node]:
    """Return the facts in a line: when and where, for whom, in which languages, how it was seen.

    :param context: The page.
    :param session: The session.
    :param day: The day that is known from above.
    """
    date = context.date(session.date) if session.date != day else ""
    others = [
        context.text(session.level),
        languages(context, session.language),
        _labelled("slides_language", languages(context, session.slides_language)),
        _labelled("seen", word("seen", session.seen) if session.seen else ""),
        word("visibility", session.visibility or ""),
    ]
    track = [track_name(context, session.track)] if session.track else []
    when = _facts([" ".join(filter(None, (date, clock_text(session))))])
    where = inline.place(context, session)
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
            *line(joined(_details(context, child, session.date)), "event-card-details"),
            *line(topics(context, child.topics), "event-card-topics"),
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
