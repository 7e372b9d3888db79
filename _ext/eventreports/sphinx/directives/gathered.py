"""``event:points`` and ``event:actions``: what was noted of an event, or across events."""

from typing import ClassVar

from docutils.nodes import Node

from sphinxcommon.messages import Message

from ...core.problems import Code
from ...render.nodes import gathered_notes
from ..domain import event_domain
from ..domain.data import ObjectQuery, noted_group
from ..domain.object_types import EVENT
from ..markups import first_line
from .choosing import CHOOSING, OF_LISTS, choice_of
from .options import OptionSpec, choice, words
from .page_directive import PageDirective


class Gathered(PageDirective):
    """Notes of one kind: of the events that are named, or chosen; else of the page's own."""

    has_argument = True
    option_spec: ClassVar[OptionSpec] = {**OF_LISTS, "event": words}
    #: The kind of notes.
    kind: ClassVar[str]

    def make(self) -> list[Node]:
        domain, docname = event_domain(self.env), self.env.docname
        argument = self.take_argument()
        named = [*(words(argument) if argument else []), *self._in_option()]
        events = [one for one in named if self.event_folder(one) is not None]
        if named and not events:
            return []
        own = domain.library.event_of_page(docname)
        if own and not events and {*CHOOSING, "limit"}.isdisjoint(self.options):
            events = [own]
        chosen, group = choice_of(self), noted_group(self.kind)
        queries = [ObjectQuery(EVENT.name, (one,), group) for one in events]
        if any(chosen) or not events:
            queries.append(ObjectQuery(EVENT.name, group=group, choice=chosen))
        for query in queries:
            domain.note_query(docname, query)
        gathered = gathered_notes(
            kind=self.kind,
            events=tuple(events) or None,
            choice=chosen,
            limit=self.options.get("limit"),
            status=self.options.get("status"),
            refdoc=docname,
            classes=[f"event-gathered-{self.kind}", *self.options.get("class", [])],
        )
        self.set_source_info(gathered)
        return [gathered]

    def _in_option(self) -> list[str]:
        """Return the events in the option that other directives have for that; report it."""
        events: list[str] = self.options.get("event", [])
        if events:
            message = Message(
                "“{directive}” takes events behind its name; write “{right}”; it is read as such",
                directive=self.name,
                right=first_line(self.env, self.name, " ".join(events)),
            )
            self.report(Code.DIRECTIVE, message)
        return events


class Points(Gathered):
    """What reporters took home."""

    kind = "points"


class Actions(Gathered):
    """What is to be done: open actions by date, then those that are done."""

    kind = "actions"
    option_spec: ClassVar[OptionSpec] = {**Gathered.option_spec, "status": choice("open", "done")}
