"""Diagrams of extensions, whose nodes keep the source for a program that draws them.

Each becomes a picture where that program is there, and its source otherwise.
"""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.ext.graphviz import render_dot
from sphinx.util import logging

from .messages import __
from .shapes import placed

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.config import Config

logger = logging.getLogger(__name__)

#: Of a node, the tree that it is in, and the builder: the picture, if there can be one.
Drawer = Callable[[nodes.Element, str, SimpleNamespace], Path | None]


def draw(tree: nodes.document, builder: Builder) -> dict[str, Path]:
    """Put pictures or sources in the place of diagrams; returns the pictures by their names."""
    pictures: dict[str, Path] = {}
    # What drawing functions of extensions take for a translator.
    drawing = SimpleNamespace(builder=builder, document=tree)
    for node in [one for one in tree.findall(nodes.Element) if _is_diagram(one)]:
        code = _code_of(node, builder)
        language, drawer = _DRAWERS[type(node).__name__]
        try:
            file = drawer(node, code, drawing)
        except Exception as error:  # Any of any extension's.
            file = None
            logger.warning(
                __("a diagram that cannot be drawn; its source is printed: %s"),
                " ".join(str(error).split()),
                location=placed(node),
                type="typstprint",
                subtype="diagram",
            )
        made: nodes.Element
        if file is None:
            made = nodes.literal_block(code, code, language=language)
        else:
            pictures[file.name] = file
            made = nodes.image(uri=file.name, alt=node.get("alt", code), candidates={"?": ""})
        if "align" in node:
            made["align"] = node["align"]
        made.source, made.line = node.source, node.line
        node.replace_self(made)
    return pictures


def programs(config: Config) -> list[str | None]:
    """Where the programs are that draw, those of extensions that a site uses."""
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
    options: dict[str, Any] = node.get("options", {})
    _name, file = render_dot(drawing, code, options, "svg", filename=node.get("filename"))
    return Path(file) if file else None


def _by_mermaid(node: nodes.Element, code: str, drawing: Any) -> Path | None:
    """By the function of the node's own extension, which needs a browser: few sites have it."""
    if _program(drawing.builder.config.mermaid_cmd) is None:
        return None
    # Its SVG has text that browsers alone show.
    render = sys.modules[type(node).__module__].render_mm
    _name, file = render(drawing, code, node.get("options", {}), "png")
    return Path(file) if file else None


#: By the names of nodes: the language that their source is in, and who draws it.
_DRAWERS: Final[dict[str, tuple[str, Drawer]]] = {
    "graphviz": ("dot", _by_graphviz),
    "inheritance_diagram": ("dot", _by_graphviz),
    "mermaid": ("none", _by_mermaid),
}
