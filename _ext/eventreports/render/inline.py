"""People, organisations, sessions, links and files within a line."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Literal

from docutils import nodes
from sphinx import addnodes

from ..core.entity import Entity
from ..core.files import file_size, local_file, on_disk
from ..core.model import Organization, Person, Resource, Session
from ..core.scalars import LocalizedText
from ..core.urls import file_kind, service_name, started_at
from .context import Context, joined, language_name, plain
from .labels import _
from .nodes import file_reference, resource_reference


def people(context: Context, found: Iterable[Person]) -> list[nodes.Node]:
    """Names with separators between; those who had a role under its name, role by role."""
    shown: list[nodes.Node] = []
    for role, members in groupby(found, key=lambda one: context.text(one.role)):
        names = joined([person(context, one) for one in members])
        if role:
            names = [plain(role, "event-label"), nodes.Text(_(": ")), *names]
        if shown:
            shown.append(plain(_("; "), "event-role-separator"))
        shown.append(nodes.inline("", "", *names, classes=["event-role"] if role else []))
    return shown


def organizations(context: Context, found: Iterable[Organization]) -> list[nodes.Node]:
    return joined([organization(context, one) for one in found])


def resources(context: Context, found: Iterable[Resource]) -> list[nodes.Node]:
    """What leads somewhere, or says why it does not, with separators between."""
    return joined([resource(context, one) for one in found if not one.says_nothing])


def person(context: Context, person: Person) -> nodes.Node:
    """Masaya Aoyama (CyberAgent)"""
    node = plain("", "event-person")
    node += linked(context, person, person.name)
    other_names = [context.text(person.reading), *person.aliases]
    if said := _(", ").join(filter(None, other_names)):
        node += [nodes.Text(" "), plain(f"[{said}]", "event-reading")]
    details = [person.affiliation, person.job_title]
    said = _(", ").join(context.text(detail) for detail in details if detail)
    if said:
        node += [nodes.Text(" "), plain(f"({said})", "event-affiliation")]
    return context.place(node, person.mark())


def organization(context: Context, organization: Organization) -> nodes.Node:
    node = plain("", "event-organization")
    node += linked(context, organization, organization.name)
    if organization.logo_url:
        node += [nodes.Text(" ("), link(context, organization, _("logo"), organization.logo_url)]
        node += nodes.Text(")")
    return context.place(node, organization.mark())


def linked(
    context: Context, entity: Person | Organization, name: LocalizedText | None
) -> nodes.Node:
    """A name, leading to the entity's own site where it has one."""
    text = context.text(name) or _("(no name)")
    return link(context, entity, text, entity.url) if entity.url else nodes.Text(text)


def link(context: Context, entity: Entity, text: str, url: str) -> nodes.reference:
    node = resource_reference(text, text, refuri=url, internal=False)
    return context.place(node, entity.mark("url"))


def session_attributes(context: Context, session: Session) -> dict[str, Any]:
    """What a node that shows a session says of it, for references to find it there."""
    return {
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
    return context.name(session.title) or session.id


def session_link(
    context: Context, session: Session, leads_to: Literal["notes", "card"] = "notes"
) -> nodes.Element:
    """The session's title, leading to its notes where there are any; or at least to its card."""
    title = plain(session_title(context, session), "event-session-title")
    for translation in context.texts(session.title)[1:]:
        title += [plain(" / ", "event-slash"), plain(translation, "event-translation")]
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
    """Speaker Deck; PDF 4.8 MB; or, in the author's words, why there is nothing."""
    node = plain("", "event-resource")
    title = context.text(resource.title)
    if resource.status != "available":
        parts = [
            f"{title}:" if title else "",
            context.text(resource.text) or status_label(resource),
        ]
        node += plain(" ".join(filter(None, parts)), f"event-{resource.status}")
        title = ""
    if resource.url and resource.status == "gone":
        node += [nodes.Text(" "), nodes.literal(resource.url, resource.url)]
    elif resource.url:
        if node.children:
            node += nodes.Text(" ")
        name = _named(title, service_name(resource.url))
        node += link(context, resource, name, started_at(resource.url, resource.start))
    elif resource.path:
        node += local_resource(context, resource, resource.path, title)
    if beside := _beside(context, resource):
        node += [nodes.Text(" "), plain(f"({beside})", "event-beside")]
    if resource.archived:
        name = service_name(resource.archived)
        node += [nodes.Text(" "), link(context, resource, name, resource.archived)]
    return context.place(node, resource.mark())


def _beside(context: Context, resource: Resource) -> str:
    """Where in a video it begins, and its language."""
    names = [language_name(tag, context.locale) for tag in resource.language]
    begins = _("from {time}").format(time=offset_text(resource.start)) if resource.start else ""
    return _(", ").join(filter(None, (begins, *names)))


def offset_text(seconds: int) -> str:
    """12:34, or 1:02:03."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def status_label(resource: Resource) -> str:
    match resource.status:
        case "not-shared":
            return _("Not shared")
        case "later":
            return _("To be published later")
        case _gone:
            return _("No longer available")


def size_on_disk(context: Context, path: str | None) -> str:
    """The file's size in words; nothing where it is not there (told of already)."""
    if path is None:
        return ""
    folder = context.root / context.folder
    try:
        size = local_file(path, folder, context.root, context.is_content).stat().st_size
    except (ValueError, OSError):
        return ""
    return file_size(size, context.locale)


def local_resource(context: Context, resource: Resource, path: str, title: str) -> nodes.Node:
    """A file of the project, named for what it is: PDF 4.8 MB."""
    size = size_on_disk(context, path)
    name = _named(title, f"{file_kind(path) or path} {size}") if size else title or path
    return local(context, resource, path, name)


def local(context: Context, entity: Entity, path: str, name: str) -> nodes.Node:
    """``name``, leading to the file, where the file is there."""
    if not size_on_disk(context, path):
        return plain(name, "event-missing")
    target = f"/{context.folder}/{on_disk(path, context.root / context.folder)}"
    node = file_reference(name, name, reftarget=target, refdoc=context.docname, refexplicit=True)
    return context.place(node, entity.mark("path"))


def _named(title: str, what: str) -> str:
    return f"{title} ({what})" if title else what
