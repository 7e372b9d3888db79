"""The documents to print, and how the source of each begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from .markup import arguments, array, boolean, string
from .options import Options, running_line

#: The template's functions that look at classes, and which looks they take.
_LOOKED_UP: Final = {
    "span": "spans",
    "paragraph": "paragraphs",
    "bullets": "lists",
    "container": "containers",
}


class PrintedDocument(NamedTuple):
    """One document to print, as an entry of ``typstprint_documents``: the page that it starts
    with, its file's name without the ending, its title, its author, whether it is a book
    (of what is below that page, too), and options of its own (see ``options``)."""

    docname: str
    target: str
    title: str = ""
    author: str = ""
    is_book: bool = True
    options: Mapping[str, Any] = MappingProxyType({})


class Facts(NamedTuple):
    """What is said of a document, in the words that are printed."""

    title: str
    author: str
    date: str
    revision: str
    #: As Sphinx names it.
    language: str
    fonts: Sequence[str]
    #: What stands before and after the page that a reference leads to, if that is to be said.
    page_words: tuple[str, str] | None


def head_of(facts: Facts, options: Options, looks: Sequence[str]) -> str:
    """The source before a document's own content; ``looks`` are the files of extensions."""
    imported = [
        f'#import "/{name}": looks as looks-{number}\n' for number, name in enumerate(looks)
    ]
    all_looks = array(["looks", *(f"looks-{number}" for number in range(len(looks)))])
    bound = [
        f"#let {function} = {function}.with(looks: all-looks.{kind})\n"
        for function, kind in _LOOKED_UP.items()
    ]
    if facts.page_words:
        words = array(map(string, facts.page_words))
        bound.append(f"#let reference = reference.with(page-words: {words})\n")
    return "".join(
        (
            '#import "/template.typ": *\n',
            *imported,
            f"#let all-looks = joined-looks({all_looks})\n",
            *bound,
            f"#show: document-of.with({_settings(facts, options)})\n#{{\n",
        )
    )


def _settings(facts: Facts, options: Options) -> str:
    said = {name: getattr(facts, name) for name in ("title", "author", "date", "revision")}
    settings = {
        "title": string(facts.title),
        "author": string(facts.author),
        "language": string(facts.language),
        "fonts": array(map(string, facts.fonts)),
        "paper": string(options.paper),
        "accent": f"rgb({string(options.accent)})",
        "cover": boolean(options.cover),
        "contents": str(options.contents),
        "numbering": string(options.numbering) if options.numbering else "none",
        "header": running_line(options.header, said),
        "footer": running_line(options.footer, said),
        "marking": string(options.marking) if options.marking else "none",
        "binding": options.binding,
        "two_sided": boolean(options.two_sided),
        "date": string(facts.date),
    }
    return arguments(**settings)
