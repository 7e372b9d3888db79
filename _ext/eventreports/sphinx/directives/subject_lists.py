"""``event:people``, ``event:organizations``, ``event:topics``: what all events have in common."""

from typing import ClassVar

from docutils.nodes import Node

from ...core.model import SubjectKind
from ...render.nodes import subject_list
from ..domain import event_domain
from ..domain.data import ObjectQuery
from .choosing import OF_LISTS, choice_of
from .options import OptionSpec
from .page_directive import PageDirective


class SubjectsDirective(PageDirective):
    """The subjects of a kind, in the order of Japanese indexes."""

    option_spec: ClassVar[OptionSpec] = OF_LISTS
    #: The kind.
    kind: ClassVar[SubjectKind]

    def make(self) -> list[Node]:
        chosen, docname = choice_of(self), self.env.docname
        event_domain(self.env).note_query(docname, ObjectQuery(self.kind, choice=chosen))
        placeholder = subject_list(
            kind=self.kind,
            choice=chosen,
            limit=self.options.get("limit"),
            refdoc=docname,
            classes=["event-subjects", *self.options.get("class", [])],
        )
        self.set_source_info(placeholder)
        return [placeholder]


class PeopleDirective(SubjectsDirective):
    """The people."""

    kind = "person"


class Organizations(SubjectsDirective):
    """The organizations."""

    kind = "organization"


class Topics(SubjectsDirective):
    """The topics, with those below them."""

    kind = "topic"
