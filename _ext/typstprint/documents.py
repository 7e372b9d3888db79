"""The documents to print, and how the nodes of extensions look in them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from docutils import nodes

from .options import Options


class PrintedDocument(NamedTuple):
    """One document to print, as an entry of ``typstprint_documents``.

    It starts with the page ``docname``; ``target`` is its file's name without the ending. A book
    has what is below that page, too. It may have options of its own (see ``options``).
    """

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
    """How nodes look.

    ``file`` is a Typst file with a dictionary ``looks`` of functions by docutils classes and by
    node classes; ``values`` says what the function of a node class is called with.
    """

    file: str | Path
    values: Mapping[type[nodes.Element], ValueOf] = MappingProxyType({})


@dataclass
class Printout:
    """A document while it is printed: what it is made from, and what it turns out to need."""

    document: PrintedDocument
    options: Options
    #: The names of its images, by those in its tree.
    images: Mapping[str, str]
    #: Its formulas as Typst has them, by their TeX; those that Typst cannot show are not there.
    formulas: Mapping[str, str]
    #: For node classes of extensions, what their functions are called with.
    values: Mapping[type[nodes.Element], ValueOf]
    #: The names of its QR codes.
    qr_codes: set[str] = field(default_factory=set)
    #: The nodes that the fragments of its source are made of, by their numbers.
    fragments: list[nodes.Element] = field(default_factory=list)
