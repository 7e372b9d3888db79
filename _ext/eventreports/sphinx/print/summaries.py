"""Make a summary, the short form of a handout."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Final

from docutils import nodes

from ...core.model import Event, Session
from ...core.names import without_spaces
from ...render import inline
from ...render.context import Context, finished, paragraph, rubric
from ...render.facts import label
from ...render.labels import _
from ...render.nodes import ancestors, gathered_notes, is_home
from .handout_additions import info_of, listed
from .notes_together import of_page, page_of
from .reporters import Reporters
from .summary_actions import SummaryActions

#: The notes of the event as a whole that come first.
_FIRST: Final = "event-impressions"
#: The notes of a session that are kept, in this order.
_POINTS: Final = "event-points"
_ACTIONS: Final = "event-actions"
#: What makes of sections of one heading what stands below it.
_Bodies = Callable[[Sequence[nodes.section]], list[nodes.Node]]
#: The most that a picture takes of a page: as much as some lines of text.
_HIGHEST_PICTURE: Final = "28mm"


def shorten(context: Context, event: Event, root: nodes.Element, reporters: Reporters) -> None:
    """Keep only the facts, the impressions, the points of each session, and the actions.

    Pictures among these are small.

    :param context: The event's page.
    :param event: The event.
    :param root: The first section of the document, in which the notes stand together.
    :param reporters: Who wrote them.
    """
    for image in root.findall(nodes.image):
        image["highest"] = _HIGHEST_PICTURE
    # It has the points and actions of the sessions anyway.
    for gathered in list(root.findall(gathered_notes)):
        gathered.parent.remove(gathered)
    info = info_of(root)
    homes = [one for one in root.findall(nodes.section) if is_home(one)]
    kept = [root[0], *(of_page(page_of(info), info) if info else [])]
    bodies = dict.fromkeys((_FIRST, _POINTS), reporters.bodies)
    bodies[_ACTIONS] = SummaryActions(context, event, reporters).bodies
    of_event = _outermost(root, bodies)
    kept += _once_each(bodies[_FIRST], of_event[_FIRST])
    points = {home["session"]: (home, found) for home in homes if (found := _points(bodies, home))}
    if points:
        noted = [
            node
            for home, found in points.values()
            for node in _noted(context, event, home, found, points)
        ]
        kept.append(nodes.section("", nodes.title("", _("Points of the sessions")), *noted))
    for kind in (_POINTS, _ACTIONS):
        kept += _once_each(bodies[kind], of_event[kind])
    if others := _others(context, event.sessions, points):
        heading = _("Other sessions") if points else label("sessions")
        kept += [rubric(heading), finished(others, context, event.sessions[0])]
    # Footnotes are printed where they are referred to.
    for footnote in list(root.findall(nodes.footnote)):
        kept += of_page(page_of(footnote), footnote)
    root.children = []
    root += kept


def _by_heading(sections: Iterable[nodes.section]) -> list[list[nodes.section]]:
    """Return the sections of each heading."""
    found: dict[str, list[nodes.section]] = {}
    for section in sections:
        found.setdefault(without_spaces(section[0].astext()), []).append(section)
    return list(found.values())


def _once_each(bodies: _Bodies, sections: Iterable[nodes.section]) -> Iterator[nodes.Node]:
    """Yield sections, one for each heading."""
    for found in _by_heading(sections):
        page, title, ids = page_of(found[0]), found[0][0], found[0]["ids"]
        yield from of_page(page, nodes.section("", title, *bodies(found), ids=ids))


def _outermost(
    root: nodes.Element, kinds: Iterable[str], session: str | None = None
) -> dict[str, list[nodes.section]]:
    """Find the outermost sections with notes of some kinds.

    :param root: Where to search.
    :param kinds: Classes of sections.
    :param session: The id of the session that the notes are of; without one, of the event itself.
    :returns: The sections of each kind.
    """
    sections = (
        one
        for one in root.findall(nodes.section)
        if one.get("session") == session and len(one.children) > 1
    )
    of_kind = {one: kind for one in sections for kind in kinds if kind in one["classes"]}
    found: dict[str, list[nodes.section]] = {kind: [] for kind in kinds}
    for section, kind in of_kind.items():
        if of_kind.keys().isdisjoint(ancestors(section)):
            found[kind].append(section)
    return found


def _points(bodies: Mapping[str, _Bodies], home: nodes.Element) -> list[nodes.Node]:
    """Return what is kept of the notes of a session."""
    kept = _outermost(home, (_POINTS, _ACTIONS), home["session"])
    found = bodies[_POINTS](kept[_POINTS])
    for sections in _by_heading(kept[_ACTIONS]):
        found += [rubric(sections[0][0].astext()), *bodies[_ACTIONS](sections)]
    return found


def _noted(
    context: Context,
    event: Event,
    home: nodes.Element,
    points: Sequence[nodes.Node],
    shown: Container[str],
) -> list[nodes.Node]:
    """Return a session's title, its speakers, its points, and the sessions within it."""
    session = event.session(home["session"])
    people = inline.people(context, session.speakers) if session else []
    by = [paragraph(people, "event-card-people")] if people else []
    others = _others(context, session.children, shown) if session else None
    within = [finished(others, context, session)] if others and session else []
    title = home[0].deepcopy()
    made = nodes.section("", title, *by, *points, *within, ids=home["ids"])
    return of_page(page_of(home), made)


def _others(
    context: Context, sessions: Iterable[Session], shown: Container[str]
) -> nodes.bullet_list | None:
    """List the sessions that are not shown, and those within them."""
    items = []
    for session in sessions:
        # The sessions within a shown one stand there.
        if session.id in shown:
            continue
        line: list[nodes.Node] = [inline.session_link(context, session)]
        if session.speakers:
            line += [nodes.Text(" — "), *inline.people(context, session.speakers)]
        within = _others(context, session.children, shown)
        items.append([paragraph(line), *([within] if within else [])])
    return listed(items, "event-other-sessions") if items else None
