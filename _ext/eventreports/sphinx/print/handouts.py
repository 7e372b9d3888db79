"""What is printed: the handouts of each event, and the book of all.

A handout is the event's page with what paper needs: a head, the sessions at a
glance, the address where the page is, lines to write on. Its short form keeps
the facts, the impressions and the points. ``typstprint`` is known by its
configuration and its event alone.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, get_args
from urllib.parse import quote

from docutils import nodes
from sphinx import addnodes

from ...core.dates import PartialDate
from ...core.i18n import N_
from ...core.messages import Message
from ...core.model import Event, Session, Visibility
from ...core.names import composed
from ...core.problems import Code
from ...core.suggestions import did_you_mean
from ...library import Entry
from ...render import inline
from ...render.context import Context, finished, paragraph, plain, rubric
from ...render.facts import clock_text, visibility_text
from ...render.labels import _, label, site_locale
from ...render.nodes import card, event_block, resource_reference, schedule_grid
from ...render.tables import table
from ..domain import event_domain
from ..logging import report_at
from ..year_pages import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: The forms in which an event is printed: how each is called, and how its file's name ends.
FORMS: Final = {"full": (N_("Handout"), ""), "summary": (N_("Summary"), ".summary")}
#: So many sheets' sides a summary has at most, its type getting smaller if need be.
_SIDES: Final = 2
#: For whom a report may be, the strictest last.
_STRICTNESS: Final = get_args(Visibility)
#: What a summary says first of the event as a whole.
_FIRST: Final = "event-impressions"
#: What a summary keeps of a session's notes, in this order.
_KEPT: Final = ("event-points", "event-actions")


class Handout(NamedTuple):
    """One event in one form; ``target`` is the file's name without its ending."""

    event_id: str
    form: str
    target: str


class Printed(Protocol):
    """What ``typstprint`` says of a document."""

    docname: str
    target: str


def handouts(event_ids: Iterable[str]) -> list[Handout]:
    """All that there may be, no two of one name: an id may end as the name of a form does."""
    known = sorted(event_ids)
    found: dict[str, Handout] = {}
    for form, (_title, suffix) in FORMS.items():
        for event_id in known:
            handout = Handout(event_id, form, f"handouts/{file_name(event_id)}{suffix}")
            found.setdefault(handout.target, handout)
    return list(found.values())


def file_name(event_id: str) -> str:
    """Return an id as a name that every system, and Typst, takes for a file's.

    An id may be a folder's name, and so have characters that an ``id`` may not.
    """
    return re.sub(r'[\\:*?"<>|]', lambda match: quote(match[0], safe=""), event_id)


def add_documents(app: Sphinx, entries: Iterable[Entry], looks: Path) -> None:
    """A document for each event in each form that is wanted, beside the book; where events are
    named that are to be printed alone, all others stay as they are."""
    config = app.config
    known = set(entries)
    # Of several events with one id the first has it.
    by_id: dict[str, Entry] = {}
    for entry in event_domain(app.env).library.entries.values():
        if entry in known:
            by_id.setdefault(entry.event_id, entry)
    wanted = [*map(composed, config.eventreports_printed_events)]
    for event_id in wanted:
        if event_id not in by_id:
            message = Message("there is no event “{event}”", event=event_id)
            report_at(None, Code.UNKNOWN_EVENT, did_you_mean(message, event_id, by_id))
    printed = {
        one.target: one for one in handouts(by_id) if one.form in config.eventreports_handouts
    }
    config.typstprint_documents = [
        *config.typstprint_documents,
        *(
            (by_id[one.event_id].page, one.target, "", "", True, _options(one))
            for one in printed.values()
        ),
    ]
    config.typstprint_looks = [*config.typstprint_looks, str(looks)]
    app.connect("typstprint-document", partial(_compose, by_id, printed))
    # Once all pages are read, and it is known which are in a document.
    app.connect("env-updated", mark_documents)
    if wanted:
        chosen = {target for target, one in printed.items() if one.event_id in wanted}
        app.connect("typstprint-skip-document", partial(_is_not_among, chosen))


def _is_not_among(chosen: Set[str], _app: Sphinx, document: Printed) -> bool:
    """Whether a document is left as it is while others are printed."""
    return document.target not in chosen


def _options(handout: Handout) -> dict[str, Any]:
    options: dict[str, Any] = {"cover": False, "contents": 0, "index": False}
    return {**options, "fit": _SIDES} if handout.form == "summary" else options


def mark_documents(app: Sphinx, env: BuildEnvironment) -> None:
    """Let each document say for whom and of what date it is, where its own options do not."""
    documents = app.config.typstprint_documents
    app.config.typstprint_documents = [_marked(app, env, one) for one in documents]


def _marked(app: Sphinx, env: BuildEnvironment, document: Sequence[Any]) -> Sequence[Any]:
    defaults: tuple[Any, ...] = ("", "", "", "", True, {})
    whole = (*document, *defaults[len(document) :])
    page, is_book, options = whole[0], whole[4], whole[5]
    events = _events_of(app, _pages_below(env, page) if is_book else {page})
    said = {"marking": _strictest_marking(app, events), "date": _latest_date(app, events.values())}
    marks = {key: value for key, value in said.items() if value}
    return (*whole[:5], {**marks, **options}) if marks else document


def _pages_below(env: BuildEnvironment, page: str) -> set[str]:
    """The page, and those that it or one of them has in its contents."""
    found: set[str] = set()
    ahead = [page]
    while ahead:
        if (one := ahead.pop()) not in found:
            found.add(one)
            ahead += env.toctree_includes.get(one, ())
    return found


def _events_of(app: Sphinx, pages: Iterable[str]) -> dict[str, Event]:
    """The events of some pages, by their folders and in their order: the same on every build."""
    library = event_domain(app.env).library
    folders = {folder for page in pages if (folder := library.folder_of_page(page)) is not None}
    return {folder: event for folder in sorted(folders) if (event := library.load(folder).event)}


def _strictest_marking(app: Sphinx, events: Mapping[str, Event]) -> str:
    """For whom the strictest of some events is; nothing where all are for everybody."""
    folder, event = max(
        events.items(), key=lambda one: _STRICTNESS.index(one[1].visibility), default=("", None)
    )
    if event is None or event.visibility == "public":
        return ""
    return visibility_text(_context(app, event_domain(app.env).library.entries[folder]), event)


def _latest_date(app: Sphinx, events: Iterable[Event]) -> date | str:
    """When the youngest of some reports was last revised, or published, or else when its event was.

    As a text where its day is not known; nothing where the site says itself what is printed.
    """
    dates = [one.updated or one.published or one.first_date for one in events]
    latest = max(filter(None, dates), default=None)
    if latest is None or app.config.today or app.config.typstprint_options.get("date"):
        return ""
    return latest.first_day() if latest.day else latest.format(site_locale(app.config.language))


def _context(app: Sphinx, entry: Entry) -> Context:
    loaded = event_domain(app.env).library.load(entry.folder)
    return Context.of_page(app.env, entry.page, entry.folder, loaded)


def _compose(
    entries: Mapping[str, Entry],
    printed: Mapping[str, Handout],
    app: Sphinx,
    document: Printed,
    tree: nodes.document,
) -> None:
    handout = printed.get(document.target)
    if handout is None:
        _begin_pages(tree, {entry.page for entry in entries.values()})
        return
    root = next(iter(tree.findall(nodes.section)), None)
    if root is None:
        return
    context = _context(app, entries[handout.event_id])
    if context.event is None:
        return
    if handout.form == "summary":
        _shorten(context, context.event, root)
    elif not _shows_sessions(root):
        _add_glance(context, context.event, root)
    head = _head(app, context, context.event, document.docname)
    if head.children:
        _forget_what_the_head_says(root, head)
        root.insert(1, finished(head, context, context.event))
    if lines := app.config.eventreports_handout_lines:
        root += rubric(_("Memo"))
        root += _listed(([] for _line in range(lines)), "event-lines")


def _begin_pages(tree: nodes.document, event_pages: set[str]) -> None:
    """In the book each event begins a page, and so does what comes after it.

    Years stand right below their heading's own heading: with one level less to tell apart.
    """
    for start in list(tree.findall(addnodes.start_of_file)):
        if start["docname"] in event_pages:
            place = start.parent.index(start)
            for at in (place + 1, place):
                start.parent.insert(at, nodes.container(classes=["event-new-page"]))
        elif start["docname"].endswith(f"/{FOLDER}/index"):
            _lift_contents(start)


def _lift_contents(start: nodes.Element) -> None:
    """Put the pages below a section of a page, where it has nothing else, into its place."""
    for section in list(start.findall(nodes.section)):
        page = section.parent
        pages = [one for one in section.children[1:] if isinstance(one, nodes.Element)]
        if page in start.children and pages and all(map(_is_contents, pages)):
            place = page.index(section)
            page[place : place + 1] = pages


def _is_contents(node: nodes.Element) -> bool:
    return "toctree-wrapper" in node["classes"]


def _listed(items: Iterable[Sequence[nodes.Node]], name: str) -> nodes.bullet_list:
    """Parts of which the looks of the printed document make what ``name`` says."""
    made = (nodes.list_item("", *item) for item in items)
    return nodes.bullet_list("", *made, bullet="-", classes=[name])


# The head of a handout


def _head(app: Sphinx, context: Context, event: Event, docname: str) -> nodes.bullet_list:
    """To whom it goes, from whom and when, where seals go, and where the page is."""
    seals: list[str] = list(app.config.eventreports_seals)
    said: list[nodes.Node] = []
    if event.recipients or seals:
        for key in ("recipients", "published", "reporters"):
            said += _said(context, event, key)
    if seals:
        boxes = _listed(([paragraph([plain(name)])] for name in seals), "event-seals")
        said = [_listed([said, [boxes]], "event-handout-seals")]
    parts = [said] if said else []
    if address := _address(app, docname):
        link = resource_reference(address, address, refuri=address, classes=["qr"])
        label_of_it = paragraph([plain(_("This report on the web"), "event-label")])
        parts.append([label_of_it, paragraph([link], "event-own-address")])
    return _listed(parts, "event-handout-head")


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


def _add_glance(context: Context, event: Event, root: nodes.Element) -> None:
    """All sessions in a table, below the facts; each leads to the page of its notes."""
    if len(event.sessions) < 2:
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
    info = _info(root)
    place, around = (info.parent.index(info) + 1, info.parent) if info else (1, root)
    around.insert(place, finished(made, context, event))


def _glance(context: Context, session: Session) -> list[list[nodes.Node]]:
    facts = (clock_text(session), context.room(session.room))
    said: list[list[nodes.Node]] = [[nodes.Text(text)] if text else [] for text in facts]
    title = inline.session_link(context, session)
    return [*said, [title], inline.people(context, session.speakers)]


def _info(root: nodes.Element) -> event_block | None:
    """The facts of the event."""
    blocks = root.findall(event_block)
    return next((one for one in blocks if "event-info" in one["classes"]), None)


# The short form


def _shorten(context: Context, event: Event, root: nodes.Element) -> None:
    """Leave the facts, the impressions, the points of each session, and what is to be done."""
    info = _info(root)
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
    return _listed(items, "event-other-sessions") if items else None
