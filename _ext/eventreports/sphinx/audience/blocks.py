"""``event:only``: a part of a page that is for some, and is not even parsed for others."""

from typing import ClassVar, cast

from docutils.nodes import Node
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from sphinxcommon.messages import Message
from sphinxcommon.suggestions import did_you_mean, nearest

from ...core.audience import LEVELS
from ...core.model import STRICTEST, Visibility
from ...core.problems import Code
from ...render.context import paragraph, plain
from ...render.labels import word
from ...render.nodes import event_block, left_out_block
from ..domain import event_domain
from ..logging import report_at


def setup(app: Sphinx) -> None:
    """Register the directive in the domain."""
    app.add_directive_to_domain("event", "only", cast(type[Directive], Only))
    app.add_transform(LeftOutBlocks)


class LeftOutBlocks(SphinxTransform):
    """Remove what stands for blocks, before anything else looks at the page."""

    default_priority = 1

    def apply(self, **kwargs: object) -> None:
        for node in list(self.document.findall(left_out_block)):
            node.parent.remove(node)


class Only(SphinxDirective):
    """Show the body to those for whom it is; its argument is one of the levels.

    Where that is in the text of a page, the body is blank already if it is not for the build.
    """

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar = {}

    def run(self) -> list[Node]:
        level = self._level()
        if not event_domain(self.env).library.audience.has(level):
            event_domain(self.env).note_left_out(self.env.docname, self.block_text)
            return [left_out_block()]
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
        word = "".join(written.split()[:1])
        problem = Message(
            "“{directive} {written}” does not say for whom its text is",
            directive=self.name,
            # What is no typo may be its text.
            written=word if not word or nearest(word, LEVELS) else "…",
        )
        message = Message(
            "{problem}; until then it counts as “{value}”",
            problem=did_you_mean(problem, word, LEVELS),
            value=STRICTEST,
        )
        report_at(self.get_location(), Code.VISIBILITY, message)
        return STRICTEST
