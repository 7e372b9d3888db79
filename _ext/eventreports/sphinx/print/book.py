"""The book of all events: where its pages begin."""

from __future__ import annotations

from collections.abc import Set

from docutils import nodes
from sphinx import addnodes

from ..year_pages import FOLDER


def begin_pages(tree: nodes.document, event_pages: Set[str]) -> None:
    """In the book each event begins a page, and so does what comes after it.

    Years stand right below their heading's own heading: with one level less to tell apart.
    """
    for start in list(tree.findall(addnodes.start_of_file)):
        if start["docname"] in event_pages:
            place = start.parent.index(start)
            for at in (place + 1, place):
                start.parent.insert(at, nodes.container(classes=["event-new-page"]))
        elif start["docname"].endswith(f"/{FOLDER}/index"):
            _lift_contents(start)


def _lift_contents(start: nodes.Element) -> None:
    """Put the pages below a section of a page, where it has nothing else, into its place."""
    for section in list(start.findall(nodes.section)):
        page = section.parent
        pages = [one for one in section.children[1:] if isinstance(one, nodes.Element)]
        if page in start.children and pages and all(map(_is_contents, pages)):
            place = page.index(section)
            page[place : place + 1] = pages


def _is_contents(node: nodes.Element) -> bool:
    return "toctree-wrapper" in node["classes"]
