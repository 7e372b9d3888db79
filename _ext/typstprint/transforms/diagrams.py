"""Diagrams of extensions, whose nodes have the source for a program that draws them.

Each becomes a picture where that program is there, and its source otherwise.
"""

import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from docutils import nodes
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.ext.graphviz import render_dot

from ..messages import __, warn
from ..tree_queries import with_line


def draw(tree: nodes.document, builder: Builder) -> dict[str, Path]:
    """Put images, or blocks of code, in the place of diagrams.

    :param tree: The tree of a document.
    :param builder: The builder, into whose folder they are drawn.
    :return: The images by their names.
    """
    images: dict[str, Path] = {}
    # What drawing functions of extensions take for a translator.
    drawing = SimpleNamespace(builder=builder, document=tree)
    for node in [one for one in tree.findall(nodes.Element) if _is_diagram(one)]:
        code = _code_of(node, builder)
        language, drawer = _DRAWERS[type(node).__name__]
        try:
            file = drawer(node, code, drawing)
        except Exception as error:  # Any of any extension's.
            file = None
            message = __("a diagram that cannot be drawn; its source is printed: %s")
            warn("diagram", message, " ".join(str(error).split()), location=with_line(node))
        made: nodes.Element = nodes.literal_block(code, code, language=language)
        if file is not None:
            images[file.name] = file
            made = nodes.image(uri=file.name, alt=node.get("alt", code), candidates={"?": ""})
        made["align"] = node.get("align")
        made.source, made.line = node.source, node.line
        node.replace_self(made)
    return images


def programs(config: Config) -> list[str | None]:
    """Return where the programs are that draw for the extensions of a site."""
    commands = (getattr(config, name, "") for name in ("graphviz_dot", "mermaid_cmd"))
    return [_program(command) for command in commands]


def _program(command: str | Sequence[str]) -> str | None:
    first, *_others = (shlex.split(command) if isinstance(command, str) else command) or [""]
    return shutil.which(first)


def _is_diagram(node: nodes.Element) -> bool:
    return type(node).__name__ in _DRAWERS and ("code" in node or "graph" in node)


def _code_of(node: nodes.Element, builder: Builder) -> str:
    if "graph" in node:  # An inheritance diagram's is made for each output.
        return str(node["graph"].generate_dot("G", env=builder.env)).strip()
    return str(node["code"]).strip("\n")


def _by_graphviz(node: nodes.Element, code: str, drawing: Any) -> Path | None:
    _name, file = render_dot(
        drawing, code, node.get("options", {}), "svg", filename=node.get("filename")
    )
    return Path(file) if file else None


def _by_mermaid(node: nodes.Element, code: str, drawing: Any) -> Path | None:
    """Draw with the function of the node's own extension, which needs a browser."""
    if _program(drawing.builder.config.mermaid_cmd) is None:
        return None
    # Its SVG has text that browsers alone show.
    render = sys.modules[type(node).__module__].render_mm
    _name, file = render(drawing, code, node.get("options", {}), "png")
    return Path(file) if file else None


#: By the names of node classes: the language that their source is in, and what draws it; that
#: returns the image, if there can be one.
_DRAWERS: Final = {
    "graphviz": ("dot", _by_graphviz),
    "inheritance_diagram": ("dot", _by_graphviz),
    "mermaid": ("none", _by_mermaid),
}
