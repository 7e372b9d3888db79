"""References to events and sessions: noted when a page is read, made text where none can follow."""

from __future__ import annotations

from typing import Final

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from ...render.nodes import file_reference, resource_reference
from ..domain import event_domain
from ..domain_data import ObjectQuery

#: References that are meant to be text where they lead nowhere, or that lead to other projects.
_NOT_CHECKED: Final = {"leads_to", "intersphinx"}


class ReferenceCollector(SphinxTransform):
    """Note what a page refers to; after MyST has made its links (879)."""

    default_priority = 890

    def apply(self, **kwargs: object) -> None:
        domain, docname = event_domain(self.env), self.env.docname
        for link in self.document.findall(addnodes.pending_xref):
            is_ours = link.get("refdomain") == domain.name
            is_open = link["reftype"] in ("any", "myst")
            for objtype in domain.types.values():
                if is_open or (is_ours and link["reftype"] == objtype.name):
                    # By the id that the page says, which another event may have later.
                    name = domain.name_as_written(objtype, docname, link["reftarget"])
                    domain.note_query(docname, ObjectQuery(objtype.name, name))
            if is_ours and not _NOT_CHECKED & link.attributes.keys():
                domain.note_reference(docname, link)


class ReferencesAsText(SphinxPostTransform):
    """Make a reference its text where none can be followed; that of the data keeps its address.

    In manual pages the references between pages have an empty address, which
    docutils' writer (0.22) prints as ``<>``.
    """

    builders = ("man", "text")
    default_priority = 900

    def run(self, **kwargs: object) -> None:
        for reference in list(self.document.findall(nodes.Element)):
            match reference:
                case resource_reference():
                    address = reference["refuri"]
                case file_reference():
                    address = reference["reftarget"].rpartition("/")[2]
                case nodes.reference() if reference.get("refuri") == "":
                    address = ""
                case _:
                    continue
            is_said = address in ("", reference.astext())
            beside = [] if is_said else [nodes.Text(f" <{address}>")]
            reference.replace_self([*reference.children, *beside])
