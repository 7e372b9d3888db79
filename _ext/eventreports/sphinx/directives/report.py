"""``event:report``: the output of several of the other directives."""

from typing import ClassVar

from docutils.nodes import Element

from ...core.model import Event
from ...render.context import Context
from ...render.facts import label
from .base import EventDirective
from .info import Files, Info
from .options import OptionSpec, columns, words_of
from .sessions import Schedule, Sessions, Slides
from .sponsors import Sponsors


class Report(EventDirective):
    """All about an event, for one without notes of its own; its parts show their faults."""

    _parts: ClassVar[dict[str, type[EventDirective]]] = {
        "info": Info,
        "sponsors": Sponsors,
        "schedule": Schedule,
        "sessions": Sessions,
        "slides": Slides,
        "files": Files,
    }
    option_spec: ClassVar[OptionSpec] = {
        **EventDirective.option_spec,
        "parts": words_of(*_parts),
        "columns": columns,
    }

    def show(self, context: Context, event: Event) -> list[Element]:
        shown: list[Element] = []
        passed = {key: value for key, value in self.options.items() if key in ("columns", "class")}
        for part in self.options.get("parts", ["info", "sessions", "files"]):
            options = {**passed, "heading": label(part)}
            directive = self.another(self._parts[part], f"event:{part}", **options)
            shown += directive.show_with_heading(context, event)
        return shown
