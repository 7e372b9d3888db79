"""``event:info``, ``event:files``: the facts of the event, and its attachments."""

from typing import ClassVar

from docutils.nodes import Element

from ...core.model import Event
from ...core.problems import Problem
from ...render import facts, resource_lists
from ...render.context import Context
from ...render.labels import _
from ...render.markdown import described
from ...render.pictures import event_picture
from .base import EventDirective
from .options import OptionSpec, choice, words_of


class Info(EventDirective):
    """The facts of the event, in the author's order."""

    option_spec: ClassVar[OptionSpec] = {
        **EventDirective.option_spec,
        "fields": words_of(*facts.EVENT_FIELDS),
        "exclude": words_of(*facts.EVENT_FIELDS),
        "layout": choice("columns", "list"),
    }

    def show(self, context: Context, event: Event) -> list[Element]:
        keys = self.options.get("fields") or facts.given_keys(event)
        keys = [key for key in keys if key not in self.options.get("exclude", [])]
        block = self.block()
        if self.options.get("layout") == "list":
            block["classes"].append("event-plain")
        block["color"] = event.color
        if "fields" not in self.options:
            block += event_picture(context, event)
        if (fields := facts.event_facts(context, event, keys)).children:
            block += fields
        if event.description and "fields" not in self.options:
            block += described(context, event, event.description)
        return [block] if block.children else self.nothing(_("Nothing is known of this event yet."))

    def is_about(self, event: Event, problem: Problem) -> bool:
        """Return whether no other directive is about the fault."""
        return event.key_at(problem.mark) not in ("sessions", "files")


class Files(EventDirective):
    """The attachments."""

    keys = ("files",)

    def show(self, context: Context, event: Event) -> list[Element]:
        if not event.files:
            return self.nothing(_("There are no files."))
        return [self.block(resource_lists.file_table(context, event.files))]
