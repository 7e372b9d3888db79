"""Remove line breaks within Japanese and Chinese text.

Markdown and reStructuredText keep the line breaks of a paragraph, and writers show each as a space,
which these languages do not have between words (Korean does).
"""

from __future__ import annotations

import re
from typing import Final

from docutils import nodes
from sphinx.transforms import SphinxTransform

#: East Asian wide characters, without those of Korean.
_WIDE: Final = "[\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
_BETWEEN: Final = re.compile(f"(?<={_WIDE})\n(?={_WIDE})")


class JoinLines(SphinxTransform):
    """Join the lines of paragraphs between wide characters."""

    default_priority = 480

    def apply(self, **kwargs: object) -> None:
        for parent in list(self.document.findall(nodes.TextElement)):
            if not isinstance(parent, nodes.FixedTextElement | nodes.literal):
                _join(parent)


def _join(parent: nodes.TextElement) -> None:
    before = ""
    # By index: nodes of equal texts ("\n" and "\n") are equal.
    for place, child in enumerate(parent.children):
        text = child.astext()
        if isinstance(child, nodes.Text) and "\n" in text:
            following = (node.astext()[:1] for node in parent[place + 1 :])
            after = next(filter(None, following), "")
            whole = _BETWEEN.sub("", f"{before}{text}{after}")
            text = whole[len(before) : len(whole) - len(after)]
            parent[place] = nodes.Text(text)
        before = text[-1:] or before
