"""A handout: an event's page with what paper needs.

A head, the sessions at a glance, the address where the page is, lines to write on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx

from ...core.dates import PartialDate
from ...core.model import Event, Session
from ...render import inline
from ...render.context import Context, finished, paragraph, plain, rubric
from ...render.facts import clock_text
from ...render.labels import _, label
from ...render.nodes import card, event_block, resource_reference, schedule_grid
from ...render.tables import table
from ..config import Settings


def listed(items: Iterable[Sequence[nodes.Node]], name: str) -> nodes.bullet_list:
    """Parts of which the looks of the printed document make what ``name`` says."""
    made = (nodes.list_item("", *item) for item in items)
    return nodes.bullet_list("", *made, bullet="-", classes=[name])


def add_head(
    app: Sphinx, context: Context, event: Event, root: nodes.Element, docname: str
) -> None:
    """Add to whom a handout goes, from whom, when, and where its page is on the web."""
    head = _head(app, context, event, docname)
    if head.children:
        _forget_what_the_head_says(root, head)
        root.insert(1, finished(head, context, event))


def add_lines(app: Sphinx, root: nodes.Element) -> None:
    """Add lines to write on, as many as the site wants."""
    if lines := Settings.of(app.config).handout_lines:
        root += rubric(_("Memo"))
        root += listed(([] for _line in range(lines)), "event-lines")


# The head of a handout


def _head(app: Sphinx, context: Context, event: Event, docname: str) -> nodes.bullet_list:
    """To whom it goes, from whom and when, where seals go, and where the page is."""
    seals = Settings.of(app.config).seals
    said: list[nodes.Node] = []
    if event.recipients or seals:
        for key in ("recipients", "published", "reporters"):
            said += _said(context, event, key)
    if seals:
        boxes = listed(([paragraph([plain(name)])] for name in seals), "event-seals")
        said = [listed([said, [boxes]], "event-handout-seals")]
    parts = [said] if said else []
    if address := _address(app, docname):
        link = resource_reference(address, address, refuri=address, classes=["qr"])
        label_of_it = paragraph([plain(_("This report on the web"), "event-label")])
        parts.append([label_of_it, paragraph([link], "event-own-address")])
    return listed(parts, "event-handout-head")


def _said(context: Context, event: Event, key: str) -> Iterator[nodes.paragraph]:
    match getattr(event, key):
        case PartialDate() as date:
            shown: Sequence[nodes.Node] = [nodes.Text(date.format(context.locale))]
        case [*found]:
            shown = inline.people(context, found)
        case _:
            shown = []
    if shown:
        name = [plain(label(key), "event-label"), nodes.Text(_(": "))]
        yield paragraph([*name, *shown], f"event-head-{key}")


def _address(app: Sphinx, docname: str) -> str:
    """Where the page is on the web, where the site says where it is."""
    base: str = app.config.html_baseurl
    suffix: str = app.config.html_link_suffix or app.config.html_file_suffix or ".html"
    if not base:
        return ""
    # Sites of one folder a page say so by their suffix.
    page = docname.removesuffix("index").rstrip("/") if suffix == "/" else docname
    return f"{base.rstrip('/')}/{quote(page)}{suffix}"


def _forget_what_the_head_says(root: nodes.Element, head: nodes.Element) -> None:
    """A fact stands once on the sheet."""
    said = {name for one in head.findall(nodes.paragraph) for name in one["classes"]}
    for field in list(root.findall(nodes.field)):
        names = field["classes"]
        if any(name.replace("event-", "event-head-", 1) in said for name in names):
            field.parent.remove(field)


# The sessions at a glance


def _shows_sessions(root: nodes.Element) -> bool:
    """Whether the author shows the programme or the sessions already."""
    return any(
        isinstance(one, schedule_grid) or (isinstance(one, card) and "session" in one)
        for one in root.findall(nodes.Element)
    )


def add_glance(context: Context, event: Event, root: nodes.Element) -> None:
    """Add all sessions in a table below the facts, where the author shows none."""
    if len(event.sessions) < 2 or _shows_sessions(root):
        return
    columns = {
        "time": (label("time"), 16),
        "room": (label("room"), 14),
        "sessions": (label("sessions"), 60),
        "speakers": (label("speakers"), 34),
    }
    rows = [_glance(context, session) for session in event.sessions]
    used = [any(column) for column in zip(*rows, strict=True)]
    kept = {key: columns[key] for key, is_used in zip(columns, used, strict=True) if is_used}
    bodies = [[body for body, is_used in zip(row, used, strict=True) if is_used] for row in rows]
    made = event_block("", rubric(_("Sessions at a glance")), table(kept, bodies, "event-glance"))
    info = info_of(root)
    place, around = (info.parent.index(info) + 1, info.parent) if info else (1, root)
    around.insert(place, finished(made, context, event))


def _glance(context: Context, session: Session) -> list[list[nodes.Node]]:
    facts = (clock_text(session), context.room(session.room))
    said: list[list[nodes.Node]] = [[nodes.Text(text)] if text else [] for text in facts]
    title = inline.session_link(context, session)
    return [*said, [title], inline.people(context, session.speakers)]


def info_of(root: nodes.Element) -> event_block | None:
    """The facts of the event."""
    blocks = root.findall(event_block)
    return next((one for one in blocks if "event-info" in one["classes"]), None)
