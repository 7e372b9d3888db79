"""Ids of sections that stay: chosen, not counted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

#: What docutils calls a section of whose heading it can make no id.
_COUNTED = re.compile(r"id\d+")


def slug(heading: str) -> str:
    """As GitHub makes anchors, so that a Japanese heading keeps its words."""
    return re.sub(r"[^\w -]", "", heading.strip().lower()).replace(" ", "-") or "section"


def heading_of(section: nodes.Element) -> str:
    return next(iter(section.findall(nodes.title))).astext()


def free_id(document: nodes.document, wanted: str, bearer: nodes.Element) -> str:
    """``wanted``, or the first of ``wanted-1``, … that no other node bears."""
    anchor, number = wanted, 0
    while document.ids.get(anchor, bearer) is not bearer:
        number += 1
        anchor = f"{wanted}-{number}"
    return anchor


def is_counted(section: nodes.Element) -> bool:
    return bool(_COUNTED.fullmatch(section["ids"][0]))


def rename_section(
    env: BuildEnvironment, document: nodes.document, section: nodes.Element, wanted: str
) -> str:
    """Make ``wanted``, or what is free next to it, the section's first id, and return it.

    Ids that the author chose stay beside it; ids made by guess go, and what
    knew them (names, MyST's slugs) is told the new one.
    """
    anchor = free_id(document, wanted, section)
    implicit = [name for name in section["names"] if not document.nametypes.get(name)]
    guessed = {document.nameids[name] for name in implicit if document.nameids.get(name)}
    chosen = {ref for name, ref in document.nameids.items() if name not in implicit}
    guessed |= set(section["ids"]) - chosen
    guessed.discard(anchor)
    for name in implicit:
        if document.nameids.get(name):
            document.nameids[name] = anchor
    for ref in guessed:
        document.ids.pop(ref, None)
    kept = [ref for ref in section["ids"] if ref != anchor and ref not in guessed]
    section["ids"] = [anchor, *kept]
    document.ids[anchor] = section
    _rename_slugs(env, document, section, guessed, anchor)
    return anchor


def _rename_slugs(
    env: BuildEnvironment,
    document: nodes.document,
    section: nodes.Element,
    old: set[str],
    anchor: str,
) -> None:
    """Let MyST's links find the section by its anchor, as by its slug."""
    slugs = getattr(document, "myst_slugs", None)
    if slugs is None:
        return
    for name, (line, ref, text) in list(slugs.items()):
        if ref in old:
            slugs[name] = (line, anchor, text)
    slugs.setdefault(anchor, (section.line, anchor, heading_of(section)))
    env.metadata[env.docname]["myst_slugs"] = slugs
