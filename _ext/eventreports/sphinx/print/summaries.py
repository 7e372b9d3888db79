"""The short form of a handout: the facts, the impressions and the points."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import Final

from docutils import nodes
from sphinx import addnodes

from ...core.model import Event, Session
from ...render import inline
from ...render.context import Context, finished, paragraph, rubric
from ...render.labels import _, label
from .handouts import info_of, listed

#: What a summary says first of the event as a whole.
_FIRST: Final = "event-impressions"
#: What a summary keeps of a session's notes, in this order.
_KEPT: Final = ("event-points", "event-actions")


def shorten(context: Context, event: Event, root: nodes.Element) -> None:
    """Keep only the facts, the impressions, the points of each session, and what is to be done."""
    info = info_of(root)
    homes = [one for one in root.findall(nodes.section) if _is_home(one)]
    kept: list[nodes.Node] = [root[0]]
    kept += [info] if info else []
    of_event = _outermost(root, (_FIRST, *_KEPT))
    kept += [section for kind, section in of_event if kind == _FIRST]
    points = {home["session"]: (home, found) for home in homes if (found := _points(home))}
    if points:
        said = [_noted(context, event, home, found, points) for home, found in points.values()]
        kept.append(nodes.section("", nodes.title("", _("Points of the sessions")), *said))
    kept += [section for kind, section in of_event if kind != _FIRST]
    if others := _others(context, event.sessions, points):
        heading = _("Other sessions") if points else label("sessions")
        kept += [rubric(heading), finished(others, context, event.sessions[0])]
    # A note is printed where it is referred to, from wherever it stands.
    notes = list(root.findall(nodes.footnote))
    files = [_file_of(node) for node in (*kept, *notes)]
    root.children = []
    for node, file in zip((*kept, *notes), files, strict=True):
        root += addnodes.start_of_file("", node, docname=file) if file else node


def _file_of(node: nodes.Node | None) -> str:
    """The page below the event's own that a node is from, where it is from one."""
    while node is not None and not isinstance(node, addnodes.start_of_file):
        node = node.parent
    return str(node["docname"]) if node else ""


def _is_home(section: nodes.Element) -> bool:
    return "event-session-notes" in section["classes"]


def _outermost(
    root: nodes.Element, kinds: Iterable[str], session: str | None = None
) -> list[tuple[str, nodes.section]]:
    """Sections of these kinds, each with its kind, in the kinds' order; none within another.

    Those that are about a session, or else about the event as a whole.
    """
    found: list[nodes.section] = []
    for one in root.findall(nodes.section):
        is_wanted = any(kind in one["classes"] for kind in kinds)
        if is_wanted and one.get("session") == session and not _is_within(one, found):
            found.append(one)
    first = (next((kind, one) for kind in kinds if kind in one["classes"]) for one in found)
    order = list(kinds)
    return sorted(first, key=lambda item: order.index(item[0]))


def _is_within(node: nodes.Node | None, others: Sequence[nodes.Node]) -> bool:
    while node is not None:
        if any(node is one for one in others):
            return True
        node = node.parent
    return False


def _points(home: nodes.Element) -> list[nodes.Node]:
    """What is kept of the notes of a session."""
    found: list[nodes.Node] = []
    for kind, below in _outermost(home, _KEPT, home["session"]):
        title, *body = below.children
        found += [rubric(title.astext())] if kind != _KEPT[0] else []
        found += body
    return found


def _noted(
    context: Context,
    event: Event,
    home: nodes.Element,
    points: Sequence[nodes.Node],
    shown: Container[str],
) -> nodes.Element:
    """A session by its title, its speakers, its points, and the talks within it."""
    session = event.session(home["session"])
    people = inline.people(context, session.speakers) if session else []
    by = [paragraph(people, "event-card-people")] if people else []
    others = _others(context, session.children, shown) if session else None
    within = [finished(others, context, session)] if others and session else []
    title = home[0].deepcopy()
    made = nodes.section("", title, *by, *points, *within, ids=home["ids"])
    if file := _file_of(home):
        return addnodes.start_of_file("", made, docname=file)
    return made


def _others(
    context: Context, sessions: Iterable[Session], shown: Container[str]
) -> nodes.bullet_list | None:
    """The sessions that are not shown, a line each, and below it the talks within."""
    items = []
    for session in sessions:
        # What is within one that is shown stands there.
        if session.id in shown:
            continue
        line: list[nodes.Node] = [inline.session_link(context, session)]
        if session.speakers:
            line += [nodes.Text(" — "), *inline.people(context, session.speakers)]
        within = _others(context, session.children, shown)
        items.append([paragraph(line), *([within] if within else [])])
    return listed(items, "event-other-sessions") if items else None
