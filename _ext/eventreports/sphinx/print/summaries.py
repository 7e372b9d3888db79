"""Make a summary, the short form of a handout."""

from collections.abc import Container, Iterable, Sequence
from typing import Final

from docutils import nodes
from sphinx import addnodes

from ...core.model import Event, Session
from ...render import inline
from ...render.context import Context, finished, paragraph, rubric
from ...render.facts import label
from ...render.labels import _
from ...render.nodes import ancestors
from ..transforms.session_sections import is_home
from .handout_additions import info_of, listed

#: The notes of the event as a whole that come first.
_FIRST: Final = "event-impressions"
#: The notes of a session that are kept, in this order.
_KEPT: Final = ("event-points", "event-actions")
#: The most that a picture takes of a page: as much as some lines of text.
_HIGHEST_PICTURE: Final = "28mm"


def shorten(context: Context, event: Event, root: nodes.Element) -> None:
    """Keep only the facts, the impressions, the points of each session, and the actions.

    Pictures among these are small.
    """
    for image in root.findall(nodes.image):
        image["highest"] = _HIGHEST_PICTURE
    info = info_of(root)
    homes = [one for one in root.findall(nodes.section) if is_home(one)]
    kept: list[nodes.Node] = [root[0]]
    kept += [info] if info else []
    of_event = _outermost(root, (_FIRST, *_KEPT))
    kept += [section for kind, section in of_event if kind == _FIRST]
    points = {home["session"]: (home, found) for home in homes if (found := _points(home))}
    if points:
        noted = [_noted(context, event, home, found, points) for home, found in points.values()]
        kept.append(nodes.section("", nodes.title("", _("Points of the sessions")), *noted))
    kept += [section for kind, section in of_event if kind != _FIRST]
    if others := _others(context, event.sessions, points):
        heading = _("Other sessions") if points else label("sessions")
        kept += [rubric(heading), finished(others, context, event.sessions[0])]
    # Footnotes are printed where they are referred to.
    footnotes = list(root.findall(nodes.footnote))
    files = [_file_of(node) for node in (*kept, *footnotes)]
    root.children = []
    for node, file in zip((*kept, *footnotes), files, strict=True):
        root += addnodes.start_of_file("", node, docname=file) if file else node


def _file_of(node: nodes.Node) -> str:
    """Return the page below the event's own that a node is from, if it is from one."""
    around = (one for one in (node, *ancestors(node)) if isinstance(one, addnodes.start_of_file))
    return str(next((one["docname"] for one in around), ""))


def _outermost(
    root: nodes.Element, kinds: Sequence[str], session: str | None = None
) -> list[tuple[str, nodes.section]]:
    """Find the outermost sections with notes of some kinds.

    :param root: Where to search.
    :param kinds: Classes of sections.
    :param session: The id of the session that the notes are of; without one, of the event itself.
    :returns: The kind of each section, and the section, in the order of the kinds.
    """
    sections = (one for one in root.findall(nodes.section) if one.get("session") == session)
    of_kind = {one: kind for one in sections for kind in kinds if kind in one["classes"]}
    outermost = [one for one in of_kind if of_kind.keys().isdisjoint(ancestors(one))]
    return [(kind, one) for kind in kinds for one in outermost if of_kind[one] == kind]


def _points(home: nodes.Element) -> list[nodes.Node]:
    """Return what is kept of the notes of a session."""
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
    """Return a session's title, its speakers, its points, and the sessions within it."""
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
