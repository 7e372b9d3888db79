"""Lexers of the languages of diagrams, for code blocks that no extension draws.

Pygments does not know these languages, and Sphinx would warn of each such block.
"""

from typing import Final

from pygments.lexers import find_lexer_class_by_name
from pygments.lexers.special import TextLexer
from pygments.util import ClassNotFound
from sphinx.application import Sphinx
from sphinx.highlighting import lexer_classes

#: The languages that GitHub, GitLab, HackMD and others draw.
_DIAGRAMS: Final = (
    *("mermaid", "plantuml", "puml", "d2", "ditaa", "nomnoml", "pikchr", "svgbob", "wavedrom"),
    *("flow", "sequence", "markmap", "vega", "vega-lite", "geojson", "topojson", "stl"),
)


def setup(app: Sphinx) -> None:
    """Register lexers of plain text for the languages that have none."""
    for name in _DIAGRAMS:
        if name not in lexer_classes and not _is_known(name):
            app.add_lexer(name, TextLexer)


def _is_known(name: str) -> bool:
    try:
        find_lexer_class_by_name(name)
    except ClassNotFound:
        return False
    return True
