"""Remove line breaks within Japanese and Chinese text.

Markdown and reStructuredText keep the line breaks of a paragraph, and writers show each as a space,
which these languages do not have between words (Korean does).
"""

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinxcommon.line_breaks import joined_lines


class JoinLines(SphinxTransform):
    """Join the lines of paragraphs between wide characters."""

    default_priority = 480

    def apply(self, **kwargs: object) -> None:
        for parent in list(self.document.findall(nodes.TextElement)):
            if not isinstance(parent, nodes.FixedTextElement | nodes.literal):
                # By index: nodes of equal texts ("\n" and "\n") are equal.
                for place, child in enumerate([*joined_lines(parent.children)]):
                    if child is not parent[place]:
                        parent[place] = child
