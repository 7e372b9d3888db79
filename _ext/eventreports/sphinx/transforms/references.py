"""Note the references to events and sessions when a page is read."""

from typing import Final

from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from ..domain import event_domain
from ..domain.data import ObjectQuery

#: Attributes of references that may be text, or that lead to other projects.
_NOT_CHECKED: Final = {"leads_to", "intersphinx"}


class ReferenceCollector(SphinxTransform):
    """Note what a page refers to; runs after MyST has made its links (879)."""

    default_priority = 890

    def apply(self, **kwargs: object) -> None:
        domain, docname = event_domain(self.env), self.env.docname
        for link in self.document.findall(addnodes.pending_xref):
            is_ours = link.get("refdomain") == domain.name
            is_open = link["reftype"] in ("any", "myst")
            for objtype in domain.types.values():
                if is_open or (is_ours and link["reftype"] == objtype.name):
                    # By the id as written, which another event may have later.
                    name = domain.name_as_written(objtype, docname, link["reftarget"])
                    domain.note_query(docname, ObjectQuery(objtype.name, name))
            if is_ours and not _NOT_CHECKED & link.attributes.keys():
                domain.note_reference(docname, link)
