"""What the directives have in common: whose facts, under which heading, what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from docutils import nodes
from docutils.nodes import Element, Node
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from ...core.messages import Message
from ...core.model import Event
from ...core.names import comparable
from ...core.problems import Code, Problem
from ...core.scalars import LocalizedText
from ...core.suggestions import did_you_mean
from ...loader import FILE_NAME, LoadedEvent
from ...render.context import Context, fault_message, finished, paragraph, plain
from ...render.labels import message_text
from ...render.nodes import event_block
from ..domain import EventDomain, event_domain
from ..logging import report_at
from .options import OptionSpec, languages, name


class EventDirective(SphinxDirective):
    """The frame of all: finds the event, tells what is wrong, shows the rest."""

    option_spec: ClassVar[OptionSpec] = {
        "event": name,
        "heading": directives.unchanged_required,
        "languages": languages,
        "class": directives.class_option,
    }

    @property
    def domain(self) -> EventDomain:
        return event_domain(self.env)

    def run(self) -> list[Node]:
        folder = self._folder()
        if folder is None:
            return []
        self.env.note_dependency(f"{folder}/{FILE_NAME}")
        loaded = self.domain.library.load(folder)
        if loaded.event is None:
            return [self._unreadable(loaded)]
        languages = self.options.get("languages", ())
        context = Context.of_page(self.env, self.env.docname, folder, loaded, languages)
        shown = self.headed_facts(context, loaded.event)
        return [finished(node, context, loaded.event) for node in shown]

    def show(self, context: Context, event: Event) -> list[Element]:
        """The nodes of the facts; none where there is nothing to show."""
        raise NotImplementedError

    def tells_of(self, event: Event, problem: Problem) -> bool:
        """Whether a fault of the event's file is about what the directive shows."""
        raise NotImplementedError

    def headed_facts(self, context: Context, event: Event) -> list[Element]:
        """The facts and their faults, under a heading where the author asks for one."""
        shown = self.show(context, event)
        told = [fault_message(one) for one in context.problems if self.tells_of(event, one)]
        heading = self.options.get("heading")
        if heading is None or not shown:
            return [*shown, *told]
        return [section(self.state.document, heading, [*shown, *told])]

    def _folder(self) -> str | None:
        """The folder of the event that the directive belongs to."""
        library = self.domain.library
        event_id = self.options.get("event")
        if event_id is None:
            folder = library.folder_of_page(self.env.docname)
            if folder is None:
                self.problem(
                    Code.NO_EVENT,
                    Message(
                        "no {file} stands beside this page or in a folder above it; write one, or "
                        "name an event with “:event: ID”",
                        file=FILE_NAME,
                    ),
                )
            return folder
        folder = library.folder_of_event(event_id)
        self.domain.borrowed.setdefault(self.env.docname, {})[event_id] = folder
        if folder is None:
            message = Message("there is no event “{event}”", event=event_id)
            message = did_you_mean(message, event_id, library.event_ids)
            self.problem(Code.UNKNOWN_EVENT, message)
        return folder

    def _unreadable(self, loaded: LoadedEvent) -> Element:
        """Where the facts would stand: why there are none."""
        where = [nodes.literal(p.place, p.place) for p in loaded.problems[-1:]]
        said = [nodes.Text(f" {message_text(problem.message)}") for problem in loaded.problems[-1:]]
        return event_block("", paragraph([*where, *said]), classes=["event-fault"])

    def problem(self, code: Code, message: Message) -> None:
        report_at(self.get_location(), code, message)

    def chosen_names(self, option: str, known: Sequence[LocalizedText | str]) -> list[str]:
        """The names that an option lists; a problem for each that the data has not."""
        wanted: list[str] = self.options.get(option, [])
        texts = [
            text for one in known for text in ([one] if isinstance(one, str) else one.root.values())
        ]
        found = set(map(comparable, texts))
        for text in wanted:
            if comparable(text) not in found:
                message = Message(
                    "{option}: there is no “{name}” in the data", option=option, name=text
                )
                self.problem(Code.UNKNOWN_NAME, did_you_mean(message, text, texts))
        return wanted

    def block(self, *children: Node) -> event_block:
        name = self.name.replace(":", "-")
        classes = [name, *self.options.get("class", [])]
        return event_block("", *children, classes=classes)

    def nothing(self, message: str) -> list[Element]:
        """What stands where there is nothing to show, lest a heading stand over a hole."""
        if "heading" in self.options:
            return []
        return [self.block(paragraph([plain(message)], "event-nothing"))]


def section(document: nodes.document, heading: str, children: Sequence[Node]) -> Element:
    """A section of the page; where none may stand, a transform makes it a rubric."""
    made = nodes.section("", nodes.title(heading, heading), *children)
    made["event_made"] = True
    made["names"].append(nodes.fully_normalize_name(heading))
    document.note_implicit_target(made, made)
    return made
