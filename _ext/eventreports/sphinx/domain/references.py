"""Note the references of pages to objects; report those to objects that no page shows."""

from collections.abc import Iterator
from typing import Final

from docutils.nodes import inline
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.errors import NoUri
from sphinx.transforms import SphinxTransform

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import did_you_mean

from ...core.problems import Code
from ..logging import report_at
from . import EventDomain, event_domain
from .data import ObjectQuery, Reference
from .object_types import ObjectType

#: Attributes of references that may be text, or that lead to other projects.
_NOT_CHECKED: Final = {"leads_to", "intersphinx"}


def setup(app: Sphinx) -> None:
    """Register the transform, and connect the handlers."""
    app.add_transform(ReferenceCollector)
    app.connect("env-updated", report_missing)
    app.connect("warn-missing-reference", is_reported)


class ReferenceCollector(SphinxTransform):
    """Note what a page refers to; runs after MyST has made its links (879)."""

    default_priority = 890

    def apply(self, **kwargs: object) -> None:
        domain, docname = event_domain(self.env), self.env.docname
        for link in self.document.findall(pending_xref):
            for query in queries_of(domain, docname, link):
                domain.note_query(docname, query)
            is_ours = link.get("refdomain") == domain.name
            if is_ours and not _NOT_CHECKED & link.attributes.keys():
                domain.note_reference(docname, link)


def queries_of(domain: EventDomain, docname: str, link: pending_xref) -> Iterator[ObjectQuery]:
    """Yield the queries for the objects that a reference may lead to."""
    is_ours = link.get("refdomain") == domain.name
    is_open = link["reftype"] in ("any", "myst")
    for objtype in domain.types.values():
        if (is_open and not objtype.subjects) or (is_ours and link["reftype"] == objtype.name):
            # By the id as written, which another event may have later.
            name = domain.name_as_written(objtype, docname, link["reftarget"])
            yield ObjectQuery(objtype.name, name)


def report_missing(app: Sphinx, env: BuildEnvironment) -> None:
    """Report unresolved references, also of the pages that are not read in this build."""
    domain = event_domain(env)
    for docname in sorted(domain.references):
        for reference in dict.fromkeys(domain.references[docname]):
            if (
                (problem := _problem(domain, docname, reference))
                and reference.is_checked(app.config)
                and not _is_elsewhere(env, docname, reference)
            ):
                report_at(reference.location, *problem)


def is_reported(app: Sphinx, domain: Domain | None, node: pending_xref) -> bool | None:
    """Keep Sphinx from reporting what :func:`report_missing` has reported."""
    return True if isinstance(domain, EventDomain) else None


def _problem(
    domain: EventDomain, docname: str, reference: Reference
) -> tuple[Code, Message] | None:
    """Return why a reference is unresolved, with a suggestion; ``None`` if it is resolved.

    It is ``None``, too, if the event's file could not be read, which has been reported.
    """
    objtype = domain.types[reference.object_type]
    if objtype.subjects:
        return _problem_of_subject(domain, objtype, docname, reference.target)
    name = domain.current_name(objtype, docname, reference.target)
    *event, own_id = name
    if domain.link_target(objtype, name) or not all(map(domain.library.is_whole, event)):
        return None
    if domain.library.leaves_out(*name):
        return None
    known = [one[-1] for one in domain.targets[objtype.name] if one[:-1] == name[:-1]]
    written = domain.name_as_written(objtype, docname, reference.target)
    message = Message(objtype.unknown_message, **dict(zip(objtype.key, written, strict=True)))
    return objtype.unknown, did_you_mean(message, own_id, known)


def _problem_of_subject(
    domain: EventDomain, objtype: ObjectType, docname: str, target: str
) -> tuple[Code, Message] | None:
    kind = objtype.subjects
    assert kind
    found = domain.subjects.meant(kind, docname, target)
    if len(found) == 1:
        return None
    if found:
        message = Message(
            "“{name}” may be one of several; write an id: {ids}",
            name=target,
            ids=[one.id for one in found],
        )
        return objtype.unknown, message
    known = [name for one in domain.subjects.registered.of(kind) for name in one.names]
    return objtype.unknown, did_you_mean(
        Message(objtype.unknown_message, **{objtype.name: target}), target, known
    )


def _is_elsewhere(env: BuildEnvironment, docname: str, reference: Reference) -> bool:
    """Return whether an extension resolves a reference: to another project, say."""
    text = inline("", reference.target)
    node = pending_xref(
        "",
        text,
        refdomain="event",
        reftype=reference.object_type,
        reftarget=reference.target,
        refdoc=docname,
        refexplicit=True,
    )
    try:
        found = env.events.emit_firstresult(
            "missing-reference", env, node, text, allowed_exceptions=(NoUri,)
        )
    except NoUri:
        return False
    return found is not None
