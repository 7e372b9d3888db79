"""Words for readers and messages to authors: all have Japanese, and the catalogs are current."""

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from conftest import ROOT
from make import TRANSLATED

#: A message, or its texts for one and for several.
Forms = tuple[str, ...]

PACKAGES = pytest.mark.parametrize("package", TRANSLATED)


def forms(text: object) -> Forms:
    return (text,) if isinstance(text, str) else tuple(map(str, text))  # type: ignore[call-overload]


def folder(package: str) -> Path:
    return ROOT / "_ext" / package


def catalog_file(package: str, suffix: str) -> Path:
    return folder(package) / "locale" / "ja" / "LC_MESSAGES" / f"{package}{suffix}"


def in_code(package: str) -> dict[Forms, str]:
    """Every message, and where it stands."""
    keywords = parse_keywords(TRANSLATED[package])
    found = extract_from_dir(folder(package), [("**.py", "python")], keywords=keywords)
    return {forms(message): f"{name}:{line}" for name, line, message, _notes, _context in found}


def catalog(package: str) -> Catalog:
    with catalog_file(package, ".po").open("rb") as file:
        return read_po(file, locale="ja", domain=package)


def placeholders(text: str) -> tuple[set[str], list[str]]:
    """Those with a name, and those without, whose order counts."""
    named = re.findall(r"\{\w+\}|%\(\w+\)\w", text)
    return set(named), re.findall(r"%[\d.]*[a-zA-Z]", text)


@PACKAGES
def test_every_message_has_its_japanese(package: str) -> None:
    found = {forms(one.id): forms(one.string) for one in catalog(package) if one.id}
    assert found.keys() == in_code(package).keys()
    assert [one for one, japanese in found.items() if not all(map(str.strip, japanese))] == []
    assert [one.id for one in catalog(package) if one.id and one.fuzzy] == []
    assert list(catalog(package).obsolete) == []


@PACKAGES
def test_a_translation_has_the_placeholders_of_its_message(package: str) -> None:
    """Else an argument is missing, or the formatting fails, in Japanese alone."""
    found = [(forms(one.id), forms(one.string)) for one in catalog(package) if one.id]
    assert [
        (english, japanese)
        for english, texts in found
        for japanese in texts
        if placeholders(japanese) != placeholders(english[-1])
    ] == []


@PACKAGES
def test_the_compiled_catalog_is_current(package: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalog(package))
    compiled.seek(0)
    expected = {forms(one.id): forms(one.string) for one in read_mo(compiled)}
    with catalog_file(package, ".mo").open("rb") as file:
        found = {forms(one.id): forms(one.string) for one in read_mo(file)}
    del expected[("",)], found[("",)]  # the header has the date of its making
    assert found == expected


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """The calls of a function or class in the code of all packages, with their places."""
    for path in sorted((ROOT / "_ext").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                yield f"{path.name}:{node.lineno}", node


def test_a_message_has_the_arguments_that_its_template_names() -> None:
    wrong = []
    for place, call in calls("Message"):
        names = {keyword.arg for keyword in call.keywords}
        match call.args:
            case [ast.Constant(value=str() as template)]:
                # What stands between backticks is code.
                if names != set(re.findall(r"(?<!`)\{(\w+)\}", template)):
                    wrong.append(f"{place}: {template}")
            case [ast.JoinedStr()] | []:
                wrong.append(f"{place}: no literal")
    assert wrong == []
