"""Make a handout of an event's page.

It gets a head with the address of the page, the sessions at a glance, and lines to write on.
"""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx

from ...core.dates import PartialDate
from ...core.model import Event, Session
from ...render import inline
from ...render.context import Context, finished, joined, paragraph, plain, rubric, table
from ...render.facts import clock_text, label
from ...render.labels import _
from ...render.nodes import card, event_block, resource_reference, schedule_grid
from ..settings import Settings


def listed(items: Iterable[Sequence[nodes.Node]], class_name: str) -> nodes.bullet_list:
    """Return a list that ``styles.typ`` styles by its class."""
    made = (nodes.list_item("", *item) for item in items)
    return nodes.bullet_list("", *made, bullet="-", classes=[class_name])


def add_head(
    app: Sphinx, context: Context, event: Event, root: nodes.Element, docname: str
) -> None:
    """Add the head: recipients, date, reporters, seals, and the address of the page."""
    head = _head(app, context, event, docname)
    if head.children:
        _remove_facts_of_head(root, head)
        root.insert(1, finished(head, context, event))


def add_lines(app: Sphinx, root: nodes.Element) -> None:
    """Add the lines to write on that the site sets."""
    if lines := Settings.of(app.config).handout_lines:
        root += rubric(_("Memo"))
        root += listed(([] for _line in range(lines)), "event-lines")


# The head of a handout


def _head(app: Sphinx, context: Context, event: Event, docname: str) -> nodes.bullet_list:
    """Return the head, which is empty if nothing of it is given."""
    seals = Settings.of(app.config).seals
    facts: list[nodes.Node] = []
    if event.recipients or seals:
        for key in ("recipients", "published", "reporters"):
            facts += _fact(context, event, key)
    if seals:
        boxes = listed(([paragraph([plain(name)])] for name in seals), "event-seals")
        facts = [listed([facts, [boxes]], "event-handout-seals")]
    parts = [facts] if facts else []
    if address := _address(app, docname):
        link = resource_reference(address, address, refuri=address, classes=["qr"])
        name = paragraph([plain(_("This report on the web"), "event-label")])
        parts.append([name, paragraph([link], "event-own-address")])
    return listed(parts, "event-handout-head")


def _fact(context: Context, event: Event, key: str) -> list[nodes.paragraph]:
    match getattr(event, key):
        case PartialDate() as date:
            shown: Sequence[nodes.Node] = [nodes.Text(date.format(context.locale))]
        case [*found]:
            shown = inline.people(context, found)
        case _:
            shown = []
    name = [plain(label(key), "event-label"), nodes.Text(_(": "))]
    return [paragraph([*name, *shown], f"event-head-{key}")] if shown else []


def _address(app: Sphinx, docname: str) -> str:
    """Return the address of the page on the web, if the site says where it is."""
    base: str = app.config.html_baseurl
    suffix: str = app.config.html_link_suffix or app.config.html_file_suffix or ".html"
    if not base:
        return ""
    # The suffix of sites with a folder for each page.
    page = docname.removesuffix("index").rstrip("/") if suffix == "/" else docname
    return f"{base.rstrip('/')}/{quote(page)}{suffix}"


def _remove_facts_of_head(root: nodes.Element, head: nodes.Element) -> None:
    """Remove the facts that the head shows from the rest of the handout."""
    shown = {name for one in head.findall(nodes.paragraph) for name in one["classes"]}
    for field in list(root.findall(nodes.field)):
        names = field["classes"]
        if any(name.replace("event-", "event-head-", 1) in shown for name in names):
            field.parent.remove(field)


# The sessions at a glance


def _shows_sessions(root: nodes.Element) -> bool:
    """Return whether the page shows the schedule or the sessions already."""
    return any(
        isinstance(one, schedule_grid) or (isinstance(one, card) and "session" in one)
        for one in root.findall(nodes.Element)
    )


def add_glance(context: Context, event: Event, root: nodes.Element) -> None:
    """Add a table of all sessions below the facts, if the page shows none."""
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
    clock = clock_text(session)
    when: list[nodes.Node] = [nodes.Text(clock)] if clock else []
    where = joined(inline.place(context, session))
    title = inline.session_link(context, session)
    return [when, where, [title], inline.people(context, session.speakers)]


def info_of(root: nodes.Element) -> event_block | None:
    """Return the block of the event's facts, if the page has one."""
    blocks = root.findall(event_block)
    return next((one for one in blocks if "event-info" in one["classes"]), None)
