"""``event:only``: a part of a page that is for some, and is not even parsed for others."""

from typing import ClassVar, cast

from docutils.nodes import Node
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import did_you_mean

from ...core.audience import LEVELS
from ...core.model import STRICTEST, Visibility
from ...core.problems import Code
from ...render.context import paragraph, plain
from ...render.labels import word
from ...render.nodes import event_block
from ..domain import event_domain
from ..logging import report_at


def setup(app: Sphinx) -> None:
    """Register the directive in the domain."""
    app.add_directive_to_domain("event", "only", cast(type[Directive], Only))


class Only(SphinxDirective):
    """Show the body to those for whom it is; its argument is one of the levels."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar = {}

    def run(self) -> list[Node]:
        level = self._level()
        if not event_domain(self.env).library.audience.has(level):
            event_domain(self.env).with_left_out[self.env.docname] = True
            return []
        block = event_block("", *self.parse_content_to_nodes(), classes=["event-only"])
        if label := word("visibility", level):
            block.insert(0, paragraph([plain(label, "event-kind-badge")], "event-only-for"))
        self.set_source_info(block)
        return [block]

    def _level(self) -> Visibility:
        """Return for whom the body is; the strictest if that is not clear, which is reported."""
        written = self.arguments[0].strip() if self.arguments else ""
        if written in LEVELS:
            return written
        problem = Message(
            "“{directive} {written}” does not say for whom its text is",
            directive=self.name,
            written=written.partition(" ")[0],
        )
        message = Message(
            "{problem}; until then it counts as “{value}”",
            problem=did_you_mean(problem, written, LEVELS),
            value=STRICTEST,
        )
        report_at(self.get_location(), Code.VISIBILITY, message)
        return STRICTEST
