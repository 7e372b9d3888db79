"""Line breaks within paragraphs of Chinese and Japanese, which stand for no space."""

from collections.abc import Iterator, Sequence

from docutils import nodes

from .east_asian import join_lines


def joined_lines(children: Sequence[nodes.Node]) -> Iterator[nodes.Node]:
    """Yield inline nodes, texts among them without line breaks between wide characters."""
    before = ""
    for place, child in enumerate(children):
        text = child.astext()
        if isinstance(child, nodes.Text) and "\n" in text:
            following = (one.astext() for one in children[place + 1 :])
            yield nodes.Text(join_lines(before, text, next(filter(None, following), "")))
        else:
            yield child
        before = text or before
