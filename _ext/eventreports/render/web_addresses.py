"""Make links of the addresses that stand in a text: ``https://example.com``, not ``README.md``.

Markdown (CommonMark) has none of these links. In reStructuredText an address ends only where a
space or punctuation follows, and “https://example.comです” would be a link to “https://example”.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from docutils import nodes
from sphinx import addnodes

from ..core.urls import urls_in
from .nodes import event_block

#: What is left as it is, with all within: code, links, what is not shown, and the data.
_SKIPPED: Final = (
    *(nodes.FixedTextElement, nodes.literal, nodes.math, nodes.image, nodes.option_string),
    *(nodes.reference, nodes.footnote_reference, nodes.citation_reference, nodes.problematic),
    *(nodes.docinfo, nodes.substitution_definition, nodes.system_message),
    *(addnodes.pending_xref, addnodes.download_reference, addnodes.desc_signature),
    *(addnodes.literal_emphasis, addnodes.literal_strong, event_block),
)
#: The elements of HTML in which an address is code, or a link already.
_TAG: Final = re.compile(r"<(?P<end>/?)(?:a|code|kbd|pre|samp)\b[^>]*>", re.IGNORECASE)


def link_web_addresses(root: nodes.Element) -> None:
    """Replace the addresses in the texts of a tree by links."""
    if isinstance(root, nodes.TextElement) and "://" in root.astext():
        root[:] = [*_linked(_as_written(root.children))]
    for child in root.children:
        if isinstance(child, nodes.Element) and not isinstance(child, _SKIPPED):
            link_web_addresses(child)


def _as_written(children: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """Yield inline nodes, with the links that docutils has made of addresses as text again."""
    text = ""
    for child in children:
        if isinstance(child, nodes.Text) or _is_standalone(child):
            text += child.astext()
            continue
        if text:
            yield nodes.Text(text)
        text = ""
        yield child
    if text:
        yield nodes.Text(text)


def _is_standalone(node: nodes.Node) -> bool:
    """Return whether a node is a standalone hyperlink of reStructuredText to a web address."""
    return (
        isinstance(node, nodes.reference)
        and node.rawsource == node.get("refuri") == node.astext()
        and "name" not in node
        and not node["classes"]
        and any(urls_in(node.rawsource))
    )


def _linked(children: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """Yield inline nodes, with links in the texts that no tag of HTML encloses."""
    depth = 0
    for child in children:
        if isinstance(child, nodes.raw):
            tags = _TAG.finditer(child.astext())
            depth = max(0, depth + sum(-1 if tag["end"] else 1 for tag in tags))
        if isinstance(child, nodes.Text) and not depth:
            yield from _links_in(child)
        else:
            yield child


def _links_in(text: str) -> Iterator[nodes.Node]:
    done = 0
    for start, end in urls_in(text):
        if start > done:
            yield nodes.Text(text[done:start])
        url = text[start:end]
        yield nodes.reference(url, url, refuri=url, support_smartquotes=False)
        done = end
    if done < len(text):
        yield nodes.Text(text[done:])
