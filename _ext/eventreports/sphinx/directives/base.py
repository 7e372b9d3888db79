"""The base of the directives that show one event: find it, report faults, show the rest."""

import posixpath
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.nodes import Element, Node

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import nearest, suggesting

from ...core.model import Event
from ...core.names import comparable, composed
from ...core.paths import is_there, refusal
from ...core.problems import Code, Problem
from ...loader import FILE_NAME, LoadedEvent
from ...render.context import Context, fault_message, finished, paragraph, plain
from ...render.labels import message_text
from ...render.nodes import event_block
from ..domain import EventDomain, event_domain
from ..domain.data import SUBJECTS, ObjectQuery
from ..domain.object_types import EVENT
from ..logging import report
from .options import OptionSpec, classes, languages, name, text
from .page_directive import PageDirective


class EventDirective(PageDirective):
    """A directive that shows facts of one event, given by its page or by an option."""

    option_spec: ClassVar[OptionSpec] = {
        "event": name,
        "heading": text,
        "languages": languages,
        "class": classes,
    }

    #: The keys of the event whose faults previews show here.
    keys: ClassVar[Collection[str]] = ()

    @property
    def domain(self) -> EventDomain:
        """The domain, with its own type."""
        return event_domain(self.env)

    def make(self) -> list[Node]:
        folder = self._folder()
        if folder is None:
            return []
        self.env.note_dependency(f"{folder}/{FILE_NAME}")
        loaded = self.domain.library.load(folder)
        if loaded.event is None:
            return [self._unreadable(loaded)]
        # Names lead to pages, and sessions to others, which depend on all events.
        query = ObjectQuery(EVENT.name, (loaded.event.id,), SUBJECTS)
        self.domain.note_query(self.env.docname, query)
        languages = self.options.get("languages", ())
        context = Context.of_page(self.env, self.env.docname, folder, loaded, languages)
        shown = self.show_with_heading(context, loaded.event)
        return [finished(node, context, loaded.event) for node in shown]

    def show(self, context: Context, event: Event) -> list[Element]:
        """Return the nodes of the facts; none if there is nothing to show."""
        raise NotImplementedError

    def is_about(self, event: Event, problem: Problem) -> bool:
        """Return whether a fault of the event's file is about what the directive shows."""
        return event.key_at(problem.mark) in self.keys

    def show_with_heading(self, context: Context, event: Event) -> list[Element]:
        """Return the facts and their faults, under a heading if the author asks for one."""
        shown = self.show(context, event)
        faults = [fault_message(one) for one in context.problems if self.is_about(event, one)]
        heading = self.options.get("heading")
        if heading is None or not shown:
            return [*shown, *faults]
        return [section(self.state.document, heading, [*shown, *faults])]

    def _folder(self) -> str | None:
        """Return the folder of the event; report it if there is none."""
        library = self.domain.library
        event_id = self.options.get("event") or self._event_in_argument()
        if event_id is None:
            folder = library.folder_of_page(self.env.docname)
            if folder is None:
                self.report(
                    Code.NO_EVENT,
                    Message(
                        "no {file} stands beside this page or in a folder above it; write one, or "
                        "name an event with “:event: ID”",
                        file=FILE_NAME,
                    ),
                )
            return folder
        is_path = event_id.startswith("/")
        return self._folder_at(event_id) if is_path else self.event_folder(event_id)

    def _folder_at(self, path: str) -> str | None:
        """Return a folder, given from the source directory; report it if it has no event.

        The event need not be one of the site's own. Faults in such a file are reported here, once a
        page.
        """
        library, folder = self.domain.library, composed(posixpath.normpath(path.lstrip("/")))
        root = Path(self.env.srcdir)
        file = root / folder / FILE_NAME
        if refusal(file, root) or not is_there(Path.is_file, file):
            message = Message("there is no {file} in “{path}”", file=FILE_NAME, path=path)
            self.report(Code.UNKNOWN_EVENT, message)
            return None
        loaded = library.load(folder)
        reported: set[str] = self.env.ref_context.setdefault("event:reported", set())
        if folder not in library.entries and folder not in reported:
            reported.add(folder)
            for problem in loaded.problems:
                report(problem, root, self.config)
        return None if loaded.is_left_out else folder

    def _event_in_argument(self) -> str | None:
        """Return the id of an event that stands behind the directive's name; report it there."""
        argument = self.arguments[0].strip() if self.arguments else ""
        library = self.domain.library
        own = library.folder_of_page(self.env.docname)
        event = library.load(own).event if own else None
        is_session = event is not None and event.session(composed(argument)) is not None
        if is_session or library.folder_of_event(argument) is None:
            return None
        message = Message(
            "“{directive}” takes an event as an option; write “:event: {event}” in the next line",
            directive=self.name,
            event=argument,
        )
        self.report(Code.DIRECTIVE, message)
        return self.take_argument()

    def _unreadable(self, loaded: LoadedEvent) -> Element:
        """Return the last problem of a file that could not be read, in place of the facts."""
        last = loaded.problems[-1]
        text = nodes.Text(f" {message_text(last.message)}")
        fault = paragraph([nodes.literal(last.place, last.place), text])
        return event_block("", fault, classes=["event-fault"])

    def chosen_names(
        self, option: str, known: Sequence[str], unsaid: Collection[str] = ()
    ) -> list[str]:
        """Return the names that an option lists; report those that are not in the data.

        :param option: The option.
        :param known: The names in the data.
        :param unsaid: Names that are neither reported nor suggested.
        :returns: The names.
        """
        wanted: list[str] = self.options.get(option, [])
        found = {*map(comparable, known), *map(comparable, unsaid)}
        for one in wanted:
            if comparable(one) not in found:
                message = Message(
                    "{option}: there is no “{name}” in the data", option=option, name=one
                )
                message = suggesting(message, nearest(one, known), dict.fromkeys(known))
                self.report(Code.UNKNOWN_NAME, message)
        return wanted

    def block(self, *children: Node) -> event_block:
        """Return the output of the directive, with its classes."""
        classes = [self.name.replace(":", "-"), *self.options.get("class", [])]
        return event_block("", *children, classes=classes)

    def nothing(self, message: str) -> list[Element]:
        """Return a message instead of the facts; nothing if it would stand under a heading."""
        if "heading" in self.options:
            return []
        return [self.block(paragraph([plain(message)], "event-nothing"))]


def section(document: nodes.document, heading: str, children: Sequence[Node]) -> Element:
    """Return a section; where none may stand, a transform replaces it by a rubric."""
    made = nodes.section("", nodes.title(heading, heading), *children)
    made["event_made"] = True
    made["names"].append(nodes.fully_normalize_name(heading))
    document.note_implicit_target(made, made)
    return made
