"""Ids of sections that stay: chosen, not counted."""

from __future__ import annotations

import re
import unicodedata

from docutils import nodes
from sphinx.environment import BuildEnvironment

from ...core.names import composed

#: What docutils calls a section of whose heading it can make no id.
_COUNTED = re.compile(r"id\d+")


def slug(heading: str) -> str:
    """As GitHub makes anchors, so that a Japanese heading keeps its words."""
    made = re.sub(r"[^\w -]", "", composed(heading).strip().lower()).replace(" ", "-")
    # XML's names start with a letter, and so must ids in EPUB.
    return made if re.match(r"[^\W\d_]", made) else f"section-{made}".rstrip("-")


def heading_of(section: nodes.Element) -> str:
    """What the heading says, in the language of the page."""
    return section[0].astext() if _has_heading(section) else ""


def source_heading_of(section: nodes.Element) -> str:
    """What the heading says in the page's source, before any translation."""
    title = section[0] if _has_heading(section) else None
    if isinstance(title, nodes.title) and title.get("translated") and title.rawsource:
        return title.rawsource
    return heading_of(section)


def _has_heading(section: nodes.Element) -> bool:
    return bool(section.children) and isinstance(section[0], nodes.title)


def free_id(document: nodes.document, wanted: str, bearer: nodes.Element) -> str:
    """``wanted``, or the first of ``wanted-1``, … that no other node bears."""
    anchor, number = wanted, 0
    while document.ids.get(anchor, bearer) is not bearer:
        number += 1
        anchor = f"{wanted}-{number}"
    return anchor


def may_shift(section: nodes.Element) -> bool:
    """Whether the section's id says less than its heading, so that another may take it."""
    counted = not section["ids"] or _COUNTED.fullmatch(section["ids"][0])
    return bool(counted) or not heading_of(section).isascii()


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
    # A link may be written in letters that are apart from their marks.
    for name in (anchor, unicodedata.normalize("NFD", anchor)):
        slugs.setdefault(name, (section.line, anchor, heading_of(section)))
    env.metadata[env.docname]["myst_slugs"] = slugs
