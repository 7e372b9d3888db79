"""Answer ``cjksearch``: the facts of events and sessions by which the search finds and filters."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx

from ..core.key_words import VALUES
from ..core.model import Event, Person, Session
from ..core.subjects import Subject
from ..core.texts import all_texts
from ..render.context import Context, language_name
from ..render.facts import label
from ..render.labels import _
from ..render.nodes import is_home, session_facts
from .domain import EventDomain, event_domain
from .domain.object_types import SESSION
from .web.subject_pages import documents

#: The class of the facts of an event.
_FACTS: Final = "event-info"
#: What people call that which a session offers, in the languages of most readers.
_OFFERS: Final = {
    "slides": ("slides", "deck", "スライド", "資料"),
    "videos": ("video", "recording", "動画", "録画"),
}
#: Classes of nodes whose text is found elsewhere.
_REPEATED: Final = frozenset(
    {
        *(
            "event-slides",
            "event-list",
            "event-printouts",
            "event-glance",
            "event-notes-by",
            "event-byline",
        ),
        *("event-overview", "event-head", "event-number", "event-quote", "event-signs"),
        "event-subjects",
        *("event-page-links", "event-new-report"),
        *("event-near", "event-neighbours"),
        *("event-gathered-points", "event-gathered-actions"),
    }
)


def setup(app: Sphinx) -> None:
    """Connect to the events of ``cjksearch``."""
    app.connect("cjksearch-collect-filters", filters)
    app.connect("cjksearch-facts", facts_of)
    app.connect("cjksearch-collect-pages", documents)


def filters(_app: Sphinx) -> dict[str, dict[str, Any]]:
    """Return the filters of the search."""
    return {
        "year": {"label": _("Year"), "newest_first": True},
        "event": {"label": _("Event")},
        "person": {"label": _("Person")},
        "organization": {"label": _("Organization")},
        "topic": {"label": label("topics")},
        "language": {"label": label("language")},
        "has": {"label": _("With")},
        "area": {"label": _("Pages")},
    }


def facts_of(app: Sphinx, docname: str) -> Callable[[nodes.Element], dict[str, Any] | None]:
    """Return what says what the search is to know of a node of a page."""
    return partial(_facts_of_node, app, docname)


def _facts_of_node(app: Sphinx, docname: str, node: nodes.Element) -> dict[str, Any] | None:
    """Return what the search is to know of a page, a section or a node."""
    if isinstance(node, nodes.document):
        return _of_page(app, docname)
    if "session" in node and (is_home(node) or not isinstance(node, nodes.section)):
        return _of_session(app, docname, node)
    if isinstance(node.parent, nodes.document) and isinstance(node, nodes.section):
        return _of_page(app, docname, node)
    if _FACTS in node["classes"]:
        return {"is_aside": True}
    # Links are found at their session, events on their page; links to PDFs are no text.
    is_fact = isinstance(node, nodes.field)
    is_repeated = not is_fact and not _REPEATED.isdisjoint(node["classes"])
    return {"is_left_out": True} if is_repeated else None


def _context(app: Sphinx, docname: str, event_id: str) -> Context | None:
    """Return the context of an event; the page's own one, should another have the same id."""
    library = event_domain(app.env).library
    entry = library.entry_of_page(docname)
    if entry is None or entry.event_id != event_id:
        entry = library.entry_of_event(event_id)
    if entry is None:
        return None
    return Context.of_page(app.env, docname, entry.folder, library.load(entry.folder))


def _of_page(
    app: Sphinx, docname: str, section: nodes.section | None = None
) -> dict[str, Any] | None:
    """Return what is known of a page of an event; the event's own page has all its names."""
    domain = event_domain(app.env)
    library = domain.library
    if docname not in app.env.found_docs and (subject := domain.subjects.of_page(docname)):
        return _of_subject(subject)
    context = _context(app, docname, library.event_of_page(docname) or "")
    if context is None or context.event is None:
        return {"is_minor": True, "filters": {"area": (_("Other pages"),)}}
    event = context.event
    known = _of_event(context, event)
    entry = library.entry_of_page(docname)
    if entry is None or entry.page != docname:
        known["around"] = (context.name(event.name),)
        if section is not None:
            known["names"] = known["byline"] = domain.reporters_of(docname)
    elif section is not None:
        heading = _heading(section)
        known["names"] = tuple(
            name for name in all_texts(event.name, event.title) if name != heading
        )
    return known


def _of_subject(subject: Subject) -> dict[str, Any]:
    """Return what is known of the page of a subject, which its names lead to."""
    of_kind = {subject.kind: (subject.name,)} if subject.kind != "series" else {}
    years = tuple(dict.fromkeys(one.date[:4] for one in subject.appearances if one.date))
    return {
        "names": (*subject.readings, *subject.aliases),
        "filters": {**of_kind, "year": years, "area": (_("People and topics"),)},
    }


def _of_event(context: Context, event: Event) -> dict[str, Any]:
    date = event.first_date
    return {
        "date": date.isoformat() if date else "",
        "filters": {
            "event": (context.name(event.name),),
            "year": (str(date.year),) if date else (),
            "topic": event.topics,
            "language": _languages(context, event.language),
            "area": (_("Reports"),),
        },
    }


def _of_session(app: Sphinx, docname: str, node: nodes.Element) -> dict[str, Any] | None:
    is_section = is_home(node)
    if isinstance(node, session_facts) and _stands_at_home(node):
        return {"is_aside": True}
    if not is_section and "anchor" not in node:
        # The session is found at its notes or facts, elsewhere.
        return {"is_left_out": True}
    context = _context(app, docname, node["event"])
    event = context.event if context else None
    session = event.session(node["session"]) if event else None
    if context is None or event is None or session is None:
        return None
    known = _of_event(context, event)
    if date := event.placed(session).date:
        known["date"] = date.isoformat()
        known["filters"]["year"] = (str(date.year),)
    known["filters"] |= _filters(context, session)
    heading = _heading(node) if is_section else node["title"]
    titles = [title for title in all_texts(session.title) if title != heading]
    anchor = node["ids"][0] if is_section else node["anchor"]
    known |= {
        "names": (*titles, *all_texts(session.subtitle), *_names(session.speakers)),
        "byline": tuple(_byline(context, session.speakers)),
        "kinds": _kinds(session),
        "is_whole": is_section,
        **_place(event_domain(app.env), node, (docname, anchor)),
    }
    return known if is_section else {**known, "title": node["title"], "anchor": anchor}


def _place(domain: EventDomain, node: nodes.Element, place: tuple[str, str]) -> dict[str, Any]:
    """Return the rank of a place among those of its session, of which one is found.

    Further places with notes of their own are found beside it.
    """
    key = node["event"], node["session"]
    target = domain.link_target(SESSION, key)
    is_at_home = target is not None and place == (target.docname, target.anchor)
    written = [(one.docname, one.anchor) for one in domain.written_notes(key)]
    if place in written and not is_at_home:
        return {}
    return {"key": "/".join(key), "rank": 0 if is_at_home else 1 if is_home(node) else 2}


def _filters(context: Context, session: Session) -> dict[str, tuple[str, ...]]:
    speakers = session.speakers
    filters: dict[str, tuple[str, ...]] = {
        "person": tuple(context.name(one.name) for one in speakers if one.name),
        "organization": tuple(context.name(one.affiliation) for one in speakers if one.affiliation),
        "has": tuple(label(key) for key in _offered(session)),
    }
    # Topics and languages that the session has not are those of the event.
    if session.topics:
        filters["topic"] = session.topics
    if session.language:
        filters["language"] = _languages(context, session.language)
    return filters


def _offered(session: Session) -> list[str]:
    """Return the keys of what a session offers."""
    offered = {"slides": session.slides, "videos": session.videos}
    return [
        key
        for key, resources in offered.items()
        if any(one.status == "available" for one in resources)
    ]


def _kinds(session: Session) -> tuple[str, ...]:
    """Return words for what a session is and offers, which a reader may add to a query."""
    kinds = [word for key in _offered(session) for word in _OFFERS[key]]
    if session.kind:
        row = VALUES["Session.kind"].get(session.kind, "")
        words = (session.kind, *row.split())
        kinds += [word.rstrip("+").replace("_", " ") for word in words]
    return tuple(kinds)


def _stands_at_home(node: nodes.Element) -> bool:
    section = node.parent
    is_of_home = isinstance(section, nodes.section) and is_home(section)
    return is_of_home and section["session"] == node["session"]


def _heading(section: nodes.Element) -> str:
    return " ".join(section[0].astext().split())


def _names(people: Iterable[Person]) -> Iterable[str]:
    """Yield the names, readings, aliases and affiliations of people."""
    for one in people:
        yield from all_texts(one.name, one.reading)
        yield from one.aliases
        yield from all_texts(one.affiliation)


def _byline(context: Context, people: Iterable[Person]) -> Iterable[str]:
    for one in people:
        affiliation = context.name(one.affiliation)
        yield f"{context.name(one.name)} ({affiliation})" if affiliation else context.name(one.name)


def _languages(context: Context, tags: Iterable[str]) -> tuple[str, ...]:
    return tuple(language_name(tag, context.locale) for tag in tags)
