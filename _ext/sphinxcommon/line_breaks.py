"""Line breaks within paragraphs of Chinese and Japanese, which stand for no space."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from docutils import nodes

from .east_asian import WIDE

_BREAK_BETWEEN: Final = re.compile(rf"(?<={WIDE})[ \t]*\n[ \t]*(?={WIDE})")


def joined_lines(children: Sequence[nodes.Node]) -> Iterator[nodes.Node]:
    """Yield inline nodes, texts among them without line breaks between wide characters.

    Writers show a line break as a space, which Chinese and Japanese do not have between words
    (Korean does).
    """
    before = ""
    for place, child in enumerate(children):
        text = child.astext()
        if isinstance(child, nodes.Text) and "\n" in text:
            following = (one.astext() for one in children[place + 1 :])
            after = next(filter(None, following), "")[:1]
            joined = _BREAK_BETWEEN.sub("", f"{before}{text}{after}")
            yield nodes.Text(joined[len(before) : len(joined) - len(after)])
        else:
            yield child
        before = text[-1:] or before
