"""People, organisations, sessions, links and files within a line."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any, Literal

from docutils import nodes
from sphinx import addnodes

from ..core.dates import hours_minutes_seconds
from ..core.entity import Entity
from ..core.files import file_size, local_file, on_disk
from ..core.languages import language_of
from ..core.model import (
    Attachment,
    Organization,
    Person,
    Resource,
    Scheduled,
    Session,
    SubjectKind,
    Venue,
)
from ..core.services import file_kind, profile_name, service_name, started_at
from ..core.texts import LocalizedText
from .context import Context, in_brackets, joined, language_name, plain
from .labels import _, word
from .nodes import file_reference, resource_reference, subject_name


def people(context: Context, found: Iterable[Person]) -> list[nodes.Node]:
    """Return people with separators between, grouped by role, each role before its people."""
    return _by_role(context, found, person)


def people_with_links(context: Context, found: Iterable[Person]) -> list[nodes.Node]:
    """Return people as :func:`people` does, each with their links."""
    return _by_role(context, found, _person_with_links)


def _by_role(
    context: Context, found: Iterable[Person], show: Callable[[Context, Person], nodes.Node]
) -> list[nodes.Node]:
    shown: list[nodes.Node] = []
    for role, members in groupby(found, key=lambda one: context.text(one.role)):
        names = joined([show(context, one) for one in members])
        if role:
            names = [plain(role, "event-label"), nodes.Text(_(": ")), *names]
        if shown:
            shown.append(plain(_("; "), "event-role-separator"))
        shown.append(nodes.inline("", "", *names, classes=["event-role"] if role else []))
    return shown


def organizations(context: Context, found: Iterable[Organization]) -> list[nodes.Node]:
    """Return organisations with separators between."""
    return joined([organization(context, one) for one in found])


def resources(context: Context, found: Iterable[Resource]) -> list[nodes.Node]:
    """Return resources with separators between, without those of which nothing is known."""
    return joined([resource(context, one) for one in found if not one.says_nothing])


def person(context: Context, person: Person) -> nodes.inline:
    """Return a person with what is given: Masaya Aoyama (CyberAgent)."""
    node = plain("", "event-person")
    node += _named_link(context, person, "person")
    other_names = [context.text(person.reading), *person.aliases]
    if names := _(", ").join(filter(None, other_names)):
        node += [nodes.Text(" "), plain(f"[{names}]", "event-reading")]
    node += _position(context, person)
    return context.place(node, person.mark())


def _position(context: Context, person: Person) -> list[nodes.Node]:
    """Return the affiliation and the job title of a person, in brackets."""
    parts: list[nodes.Node] = []
    if person.affiliation:
        text = nodes.Text(context.text(person.affiliation))
        parts.append(named(context, "organization", person.affiliation, text))
    if person.job_title:
        parts.append(nodes.Text(context.text(person.job_title)))
    if not parts:
        return []
    between = [nodes.Text(_(", "))] if len(parts) > 1 else []
    inner = [nodes.Text("("), *parts[:1], *between, *parts[1:], nodes.Text(")")]
    return [nodes.Text(" "), nodes.inline("", "", *inner, classes=["event-affiliation"])]


def named(
    context: Context,
    kind: SubjectKind,
    name: LocalizedText | str | None,
    *shown: nodes.Node,
    classes: Sequence[str] = (),
) -> subject_name:
    r"""Return the name of a subject.

    :param context: The page.
    :param kind: The subject's kind.
    :param name: Its name in the data.
    :param \*shown: What is shown of it.
    :param classes: Classes of the node.
    :returns: The node.
    """
    return subject_name(
        "",
        "",
        *shown,
        kind=kind,
        subject=str(name or ""),
        event=context.event_id,
        classes=list(classes),
    )


def _person_with_links(context: Context, found: Person) -> nodes.Node:
    node = person(context, found)
    if links := resources(context, found.links):
        around = nodes.inline("", "(", *links, nodes.Text(")"), classes=["event-person-links"])
        node += [nodes.Text(" "), around]
    return node


def organization(context: Context, organization: Organization) -> nodes.Node:
    """Return an organisation, with a link to its logo on the web if there is one."""
    node = plain("", "event-organization")
    node += _named_link(context, organization, "organization")
    if organization.logo_url:
        logo = link(context, organization, _("logo"), organization.logo_url)
        node += [nodes.Text(" ("), logo, nodes.Text(")")]
    return context.place(node, organization.mark())


def venue(context: Context, venue: Venue) -> list[nodes.Node]:
    """Return a venue with where it is: Minato Hall, Tokyo (Shibaura 1-2-3)."""
    address, locality = context.text(venue.address), context.text(venue.locality)
    name = context.text(venue.shown_name)
    body = [linked(context, venue, name)] if name else []
    if locality != name and locality not in address:
        body += [nodes.Text(_(", ")), nodes.Text(locality)]
    if venue.name:
        body += in_brackets(address, "event-address")
    return body


def place(context: Context, item: Scheduled) -> list[nodes.Node]:
    """Return the room of a session or slot, and its venue if it was elsewhere than the event."""
    room = context.room(item.room)
    if item.venue is None:
        return [plain(room, "event-where")] if room else []
    parts: list[list[nodes.Node]] = [[nodes.Text(room)] if room else []]
    parts.append(venue(context, item.venue))
    return [nodes.inline("", "", *part, classes=["event-elsewhere"]) for part in parts if part]


def _named_link(context: Context, entity: Person | Organization, kind: SubjectKind) -> subject_name:
    """Return a name, as :func:`linked` does, and in which language it is, if that is given."""
    text = context.text(entity.name)
    node = linked(context, entity, text or _("(no name)"))
    classes = context.language_class(entity.name.tag_of(text) if entity.name else "")
    return named(context, kind, entity.name, node, classes=classes)


def linked(
    context: Context, entity: Person | Organization | Venue | Attachment, name: str
) -> nodes.Node:
    """Return a name, as a link if the entity has an address."""
    return link(context, entity, name, entity.url) if entity.url else nodes.Text(name)


def link(context: Context, entity: Entity, text: str, url: str) -> nodes.reference:
    """Return a link to an entity's address, which is its key ``url``."""
    node = resource_reference(text, text, refuri=url, internal=False)
    return context.place(node, entity.mark("url"))


def session_attributes(context: Context, session: Session) -> dict[str, Any]:
    """Return the attributes of a node that shows a session, see ``nodes.session_facts``.

    A session that was not held as announced has a class.
    """
    is_for_some = word("visibility", session.visibility or "")
    return {
        **({"visibility": session.visibility} if is_for_some else {}),
        "classes": [f"event-is-{session.status}"] if session.status != "held" else [],
        "event": context.event_id,
        "session": session.id,
        "refdoc": context.docname,
        "old_ids": list(session.old_ids),
        "title": session_title(context, session),
        "people": "\n".join(
            "\t".join(" ".join(context.name(text).split()) for text in (one.name, one.reading))
            for one in session.speakers
            if one.name
        ),
    }


def session_title(context: Context, session: Session) -> str:
    """Return a session's title in one language, or else its id."""
    return context.name(session.title) or session.id


def session_link(
    context: Context, session: Session, leads_to: Literal["notes", "card"] = "notes"
) -> nodes.Element:
    """Return the title as a link to the session's notes, or at least to its card.

    :param context: The page.
    :param session: The session.
    :param leads_to: What the link may lead to at least; without a target the title is no link.
    :returns: A pending reference.
    """
    title = plain("", "event-session-title")
    texts = context.texts(session.title) or [session.id]
    for number, text in enumerate(texts):
        tag = session.title.tag_of(text) if session.title else ""
        classes = context.language_class(tag or language_of(text, session.language))
        if number:
            title += [plain(" / ", "event-slash"), plain(text, "event-translation", *classes)]
        else:
            title += plain(text, *classes) if len(texts) > 1 and classes else nodes.Text(text)
            title["classes"] += classes if len(texts) == 1 else []
    reference = addnodes.pending_xref(
        "",
        title,
        refdomain="event",
        reftype="session",
        reftarget=f"{context.event_id}/{session.id}",
        refexplicit=True,
        refwarn=False,
        refdoc=context.docname,
        leads_to=leads_to,
    )
    return context.place(reference, session.mark("title"))


def resource(context: Context, resource: Resource) -> nodes.Node:
    """Return a link (Speaker Deck; PDF 4.8 MB), or why there is none in the author's words."""
    node = plain("", "event-resource")
    title = context.text(resource.title)
    if resource.status != "available":
        parts = [
            f"{title}:" if title else "",
            context.text(resource.text) or word("resource", resource.status),
        ]
        node += plain(" ".join(filter(None, parts)), f"event-{resource.status}")
        title = ""
    if resource.url and resource.status == "gone":
        node += [nodes.Text(" "), nodes.literal(resource.url, resource.url)]
    elif resource.url:
        if node.children:
            node += nodes.Text(" ")
        name = _named(title, _whose_page(resource.url))
        target = link(context, resource, name, started_at(resource.url, resource.start))
        if resource.start:
            target["start"] = resource.start
        node += target
    elif resource.path:
        node += local_resource(context, resource, resource.path, title)
    node += in_brackets(_beside(context, resource), "event-beside")
    if resource.archived:
        name = service_name(resource.archived)
        node += [nodes.Text(" "), link(context, resource, name, resource.archived)]
    node += restriction(resource.visibility)
    return context.place(node, resource.mark())


def restriction(visibility: str | None) -> list[nodes.Node]:
    """Return for whom a part is, as a badge; nothing where that is as for what is around it."""
    text = word("visibility", visibility or "")
    return [nodes.Text(" "), plain(text, "event-kind-badge")] if text else []


def _whose_page(url: str) -> str:
    """Return the name of a service, and whose page there a URL leads to: GitHub aoi."""
    return " ".join(filter(None, (service_name(url), profile_name(url))))


def _beside(context: Context, resource: Resource) -> str:
    """Return where in a video it begins, and its language."""
    names = [language_name(tag, context.locale) for tag in resource.language]
    begins = _("from {time}").format(time=offset_text(resource.start)) if resource.start else ""
    return _(", ").join(filter(None, (begins, *names)))


def offset_text(seconds: int) -> str:
    """Return a time within a video: 12:34, or 1:02:03."""
    hours, minutes, rest = hours_minutes_seconds(seconds)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def size_on_disk(context: Context, path: str | None) -> str:
    """Return a file's size in words; nothing if it is missing, which has been reported."""
    if path is None:
        return ""
    folder = context.root / context.folder
    try:
        size = local_file(path, folder, context.root, context.is_content).stat().st_size
    except (ValueError, OSError):
        return ""
    return file_size(size, context.locale)


def local_resource(context: Context, resource: Resource, path: str, title: str) -> nodes.Node:
    """Return a link to a file of the project, named by its kind and size: PDF 4.8 MB."""
    size = size_on_disk(context, path)
    name = _named(title, f"{file_kind(path) or path} {size}") if size else title or path
    return local(context, resource, path, name)


def local(context: Context, entity: Entity, path: str, name: str) -> nodes.Node:
    """Return a name, as a link to a file if that is there."""
    if not size_on_disk(context, path):
        return plain(name, "event-missing")
    target = f"/{context.folder}/{on_disk(path, context.root / context.folder)}"
    node = file_reference(name, name, reftarget=target, refdoc=context.docname, refexplicit=True)
    return context.place(node, entity.mark("path"))


def _named(title: str, what: str) -> str:
    """Return a title with what it leads to in brackets, or that alone."""
    return f"{title} ({what})" if title else what
