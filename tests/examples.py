"""The examples of ``docs/sphinx-events.md``, as extensions of a site."""

import re
from itertools import pairwise

from markdown_it import MarkdownIt

from conftest import ROOT, Site


def examples() -> dict[str, dict[str, str]]:
    """Return the code below each heading, by its language."""
    found: dict[str, dict[str, str]] = {}
    text = (ROOT / "docs" / "sphinx-events.md").read_text(encoding="utf-8")
    tokens = MarkdownIt().parse(text)
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            found[token.content.strip("`")] = below = {}
        elif token.type == "fence":
            below[token.info] = token.content
    return found


def use_example(site: Site, heading: str, conf: str) -> None:
    """Write a site with this ``conf.py``, of which the example below a heading is an extension."""
    code = examples()[heading]
    # Modules are found once in a process: each has a name of its own.
    name = re.sub(r"\W", "_", f"example {heading}")
    path = f"import sys\nsys.path.insert(0, {str(site.folder)!r})\nextensions += [{name!r}]\n"
    site.write({"conf.py": conf + path, f"{name}.py": code["python"]})
    if "typst" in code:
        site.write({"rating.typ": code["typst"]})
