"""Give sections ids of their headings instead of counted ones, which change."""

import re
import unicodedata

from docutils import nodes
from sphinx.environment import BuildEnvironment

from ...core.names import composed

#: The ids of docutils for headings without ASCII letters.
_COUNTED = re.compile(r"id\d+")


def slug(heading: str) -> str:
    """Return the anchor of a heading, as GitHub makes them: Japanese headings keep their words."""
    made = re.sub(r"[^\w -]", "", composed(heading).strip().lower()).replace(" ", "-")
    # Ids in EPUB are names of XML, which start with a letter.
    return made if re.match(r"[^\W\d_]", made) else f"section-{made}".rstrip("-")


def heading_of(section: nodes.Element) -> str:
    """Return the heading of a section in the language of the page."""
    return section[0].astext() if _has_heading(section) else ""


def source_heading_of(section: nodes.Element) -> str:
    """Return the heading of a section in the page's source, before translation."""
    title = section[0] if _has_heading(section) else None
    if isinstance(title, nodes.title) and title.get("translated") and title.rawsource:
        return title.rawsource
    return heading_of(section)


def _has_heading(section: nodes.Element) -> bool:
    return bool(section.children) and isinstance(section[0], nodes.title)


def free_id(document: nodes.document, wanted: str, owner: nodes.Element) -> str:
    """Return an id, or the first of ``wanted-1``, … that no other node has."""
    anchor, number = wanted, 0
    while document.ids.get(anchor, owner) is not owner:
        number += 1
        anchor = f"{wanted}-{number}"
    return anchor


def may_change(section: nodes.Element) -> bool:
    """Return whether new headings may change the section's id, which is not all of its heading."""
    counted = not section["ids"] or _COUNTED.fullmatch(section["ids"][0])
    return bool(counted) or not heading_of(section).isascii()


def rename_section(
    env: BuildEnvironment, document: nodes.document, section: nodes.Element, wanted: str
) -> str:
    """Make ``wanted``, or a free id like it, the section's first id, and return it.

    Ids that the author chose are kept behind it. Generated ids are removed; the names and MyST's
    slugs that had them get the new one.
    """
    anchor = free_id(document, wanted, section)
    implicit = [name for name in section["names"] if not document.nametypes.get(name)]
    generated = {document.nameids[name] for name in implicit if document.nameids.get(name)}
    chosen = {ref for name, ref in document.nameids.items() if name not in implicit}
    generated |= set(section["ids"]) - chosen
    generated.discard(anchor)
    for name in implicit:
        if document.nameids.get(name):
            document.nameids[name] = anchor
    for ref in generated:
        document.ids.pop(ref, None)
    kept = [ref for ref in section["ids"] if ref != anchor and ref not in generated]
    section["ids"] = [anchor, *kept]
    document.ids[anchor] = section
    _rename_slugs(env, document, section, generated, anchor)
    return anchor


def _rename_slugs(
    env: BuildEnvironment,
    document: nodes.document,
    section: nodes.Element,
    old: set[str],
    anchor: str,
) -> None:
    """Let links of MyST find the section by its anchor, as by its slug."""
    slugs = getattr(document, "myst_slugs", None)
    if slugs is None:
        return
    for name, (line, ref, text) in list(slugs.items()):
        if ref in old:
            slugs[name] = (line, anchor, text)
    # A link may be written with combining characters (NFD).
    for name in (anchor, unicodedata.normalize("NFD", anchor)):
        slugs.setdefault(name, (section.line, anchor, heading_of(section)))
    env.metadata[env.docname]["myst_slugs"] = slugs
