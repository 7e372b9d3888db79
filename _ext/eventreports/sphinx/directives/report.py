"""``event:report``: the output of several of the other directives."""

from typing import ClassVar

from docutils.nodes import Element
from sphinx_design.grids import row_columns_option

from ...core.model import Event
from ...render.context import Context
from ...render.facts import label
from .base import EventDirective
from .info import Files, Info
from .options import OptionSpec, words_of
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
        "columns": row_columns_option,
    }

    def show(self, context: Context, event: Event) -> list[Element]:
        shown: list[Element] = []
        passed = {key: value for key, value in self.options.items() if key in ("columns", "class")}
        for part in self.options.get("parts", ["info", "sessions", "files"]):
            directive = self._parts[part](
                f"event:{part}",
                [],
                {**passed, "heading": label(part)},
                self.content,
                self.lineno,
                self.content_offset,
                self.block_text,
                self.state,
                self.state_machine,
            )
            shown += directive.show_with_heading(context, event)
        return shown
