"""The documents to print, and how the source of each begins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from docutils import nodes

from .clusters import KEYCAP, base_of
from .markup import arguments, array, boolean, string
from .options import Options, line_length, running_line

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


#: What a Typst function is called with for a node: text, numbers, booleans, ``None``, lists and
#: mappings of these, and nodes, each of which stands for what is printed of it.
ValueOf = Callable[[Any], object]


class Style(NamedTuple):
    """How nodes look: a Typst file with a dictionary ``looks`` of functions by docutils classes
    and by node classes; and, of each such node class, what its function is called with."""

    file: str | Path
    values: Mapping[type[nodes.Element], ValueOf] = MappingProxyType({})


@dataclass
class Printout:
    """A document on its way to paper: what it is made from, and what it turns out to need."""

    document: PrintedDocument
    options: Options
    #: Its pages.
    pages: Sequence[str]
    #: The names of its pictures, by what its tree calls them.
    pictures: Mapping[str, str]
    #: Its formulas in Typst's words, by their TeX; those that Typst cannot show are not there.
    formulas: Mapping[str, str]
    #: For node classes of extensions, what their functions are called with.
    values: Mapping[type[nodes.Element], ValueOf]
    #: The names of the codes that it has.
    codes: set[str] = field(default_factory=set)
    #: The nodes that the parts of its source are made of, by their numbers.
    parts: list[nodes.Element] = field(default_factory=list)

    @property
    def line_length(self) -> int:
        return line_length(self.options.paper)


class Imprint(NamedTuple):
    """What is said of a document, in the words that are printed."""

    title: str
    author: str
    date: str
    #: When the PDF says that it was made, if it says so.
    day: dt.date | None
    revision: str
    #: As Sphinx names it.
    language: str
    fonts: Sequence[str]
    #: The words before and after the page number of a reference's target.
    page_words: tuple[str, str]


class Substitutes(NamedTuple):
    """What cannot be shown: single characters, and clusters of which the base can be."""

    characters: Sequence[str] = ()
    clusters: Sequence[str] = ()


def head_of(
    imprint: Imprint, options: Options, looks: Sequence[str], substitutes: Substitutes
) -> str:
    """The source before a document's own content; ``looks`` are the files of extensions."""
    imported = [
        f'#import "/{name}": looks as looks-{number}\n' for number, name in enumerate(looks)
    ]
    all_looks = array(["looks", *(f"looks-{number}" for number in range(len(looks)))])
    bound = [
        f"#let {function} = {function}.with(looks: all-looks.{kind})\n"
        for function, kind in _LOOKED_UP.items()
    ]
    words = array(map(string, imprint.page_words))
    bound.append(f"#let reference = reference.with(page-words: {words})\n")
    if substitutes.characters:
        pattern = "|".join(map(_pattern, substitutes.characters))
        bound.append(f"#show regex({string(pattern)}): missing-character\n")
    if substitutes.clusters:
        # The longest first: one may begin as another does.
        pattern = "|".join(map(_pattern, sorted(substitutes.clusters, key=len, reverse=True)))
        shown = ", ".join(f"{string(one)}: {_shown_of(one)}" for one in substitutes.clusters)
        bound.append(f"#show regex({string(pattern)}): it => ({shown}).at(it.text)\n")
    return "".join(
        (
            '#import "/template.typ": *\n#import "/template.typ"\n',
            # For what authors write of Typst's.
            "#let in-sources = dictionary(template)\n",
            *imported,
            f"#let all-looks = joined-looks({all_looks})\n",
            *bound,
            f"#show: document-of.with({_settings(imprint, options)})\n#{{\n",
        )
    )


def _pattern(text: str) -> str:
    return "".join(f"\\x{{{ord(character):x}}}" for character in text)


def _shown_of(cluster: str) -> str:
    base = string(base_of(cluster))
    return f"keycap({base})" if cluster.endswith(KEYCAP) else base


def _settings(imprint: Imprint, options: Options) -> str:
    day = imprint.day
    said = {name: getattr(imprint, name) for name in ("title", "author", "date", "revision")}
    settings = {
        "title": string(imprint.title),
        "author": string(imprint.author),
        "language": string(imprint.language),
        "fonts": array(map(string, imprint.fonts)),
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
        "date": string(imprint.date),
        "day": f"datetime(year: {day.year}, month: {day.month}, day: {day.day})" if day else "none",
    }
    return arguments(**settings)
