"""Lexers of the languages of diagrams, for code blocks that no extension draws.

Pygments does not know these languages, and Sphinx would warn of each such block.
"""

from typing import Final

from pygments.lexers import get_all_lexers
from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx
from sphinx.highlighting import lexer_classes

#: The languages that GitHub, GitLab, HackMD and others draw.
_DIAGRAMS: Final = (
    *("mermaid", "plantuml", "puml", "d2", "ditaa", "nomnoml", "pikchr", "svgbob", "wavedrom"),
    *("flow", "sequence", "markmap", "vega", "vega-lite", "geojson", "topojson", "stl"),
)


def setup(app: Sphinx) -> None:
    """Register lexers of plain text for the languages that have none."""
    known = {alias for _name, aliases, *_patterns in get_all_lexers() for alias in aliases}
    for name in _DIAGRAMS:
        if name not in lexer_classes and name not in known:
            app.add_lexer(name, TextLexer)
