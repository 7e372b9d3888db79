"""``event:report``: several of the others at once."""

from __future__ import annotations

from typing import ClassVar

from docutils.nodes import Element
from sphinx_design.grids import row_columns_option

from ...core.model import Event
from ...core.problems import Problem
from ...render.context import Context
from ...render.labels import label
from .base import EventDirective
from .event import Files, Info, Sponsors
from .options import OptionSpec, words_of
from .sessions import Schedule, Sessions, Slides


class Report(EventDirective):
    """All of it at once, for an event without notes of its own."""

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
        for part in self.options.get("parts", ["info", "sessions", "files"]):
            shown += self._part(part, context, event)
        return shown

    def tells_of(self, event: Event, problem: Problem) -> bool:
        """Its parts tell of theirs."""
        return False

    def _part(self, part: str, context: Context, event: Event) -> list[Element]:
        kind = self._parts[part]
        passed = {key: value for key, value in self.options.items() if key in ("columns", "class")}
        options = {**passed, "heading": label(part)}
        directive = kind(
            f"event:{part}",
            [],
            options,
            self.content,
            self.lineno,
            self.content_offset,
            self.block_text,
            self.state,
            self.state_machine,
        )
        return directive.headed_facts(context, event)
