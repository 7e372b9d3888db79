"""``docs/private-apis.md`` names the private APIs that the extensions use, and no others."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from conftest import ROOT

EXTENSIONS: Final = ROOT / "_ext"
#: A name that begins with one underscore; ``_`` and ``_N`` are marks of translation, and methods of
#: named tuples are public.
PRIVATE: Final = re.compile(r"_(?!(?:replace|asdict|fields|make)$)[A-Za-z][A-Za-z_]+")


class Row(NamedTuple):
    """A row of the tables: names, the folder that uses them, and the test that guards them."""

    names: tuple[str, ...]
    folder: Path
    test: str


def _rows() -> list[Row]:
    text = (ROOT / "docs" / "private-apis.md").read_text(encoding="utf-8")
    cells = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    code = re.compile(r"`([^`]+)`")
    return [
        Row(tuple(code.findall(what)), ROOT / code.findall(where)[0], code.findall(test)[0])
        for what, where, _why, test, _advice in cells
    ]


ROWS: Final = _rows()


@cache
def _sources(folder: Path, *suffixes: str) -> dict[Path, str]:
    files = (file for suffix in suffixes for file in folder.rglob(f"*.{suffix}"))
    return {file: file.read_text(encoding="utf-8") for file in files}


def _names_set(tree: ast.AST) -> Iterator[str]:
    """Yield the names that a module defines, those of attributes too."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Attribute(attr=name, ctx=ast.Store()) | ast.Name(id=name, ctx=ast.Store()):
                yield name


def _private_names(tree: ast.AST) -> Iterator[str]:
    """Yield the names that begin with an underscore of attributes and of what is imported."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name):
                found = [name]
            case ast.ImportFrom(module=str(module), names=names, level=0):
                found = [*module.split("."), *(one.name for one in names)]
            case ast.Call(ast.Name("getattr" | "setattr"), [_, ast.Constant(str(name)), *_]):
                found = [name]
            case _:
                continue
        yield from filter(PRIVATE.fullmatch, found)


def _replaced_methods(tree: ast.AST) -> Iterator[str]:
    """Yield the names of methods of objects that are set to nested functions."""
    for outer in ast.walk(tree):
        body = outer.body if isinstance(outer, ast.FunctionDef) else []
        nested = {node.name for node in body if isinstance(node, ast.FunctionDef)}
        for node in body:
            match node:
                case ast.Assign(
                    [
                        ast.Attribute(attr=name)
                        | ast.Subscript(ast.Call(ast.Name("vars")), ast.Constant(str(name)))
                    ],
                    ast.Name(value),
                ) if value in nested:
                    yield name


def _uses() -> list[tuple[Path, str]]:
    """Return the private names that extensions use and do not define, with their files."""
    found = []
    for package in (file.parent for file in EXTENSIONS.glob("*/__init__.py")):
        trees = {file: ast.parse(text) for file, text in _sources(package, "py").items()}
        own = {name for tree in trees.values() for name in _names_set(tree)}
        for file, tree in trees.items():
            names = {*_private_names(tree)} - own | {*_replaced_methods(tree)}
            found += [(file, name) for name in names]
    return found


def test_every_use_is_in_the_tables() -> None:
    uses = _uses()
    assert {"_app", "_raw_config", "load_indexer", "get_doctree"} <= {name for _file, name in uses}
    missing = [
        (file.relative_to(ROOT), name)
        for file, name in uses
        if not any(name in row.names and file.is_relative_to(row.folder) for row in ROWS)
    ]
    assert missing == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.names[0])
def test_what_the_tables_name_is_there(row: Row) -> None:
    texts = _sources(row.folder, "py", "js").values()
    assert [name for name in row.names if not any(name in text for text in texts)] == []
    file, _, test = row.test.partition("::")
    assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8")
