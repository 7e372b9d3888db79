"""TeX mathematics → Typst's."""

from __future__ import annotations

from tylax import latex_to_typst


def to_typst(tex: str) -> str | None:
    """What stands between Typst's dollar signs; ``None`` where the TeX cannot be read."""
    try:
        made = str(latex_to_typst(tex)).strip()
    except Exception:
        return None
    return made.removeprefix("$").removesuffix("$").strip() or None
