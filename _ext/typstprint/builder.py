"""The builders: documents of the site → Typst sources → PDF."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Set
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Final, NamedTuple

from docutils import nodes
from sphinx.builders import Builder
from sphinx.locale import __
from sphinx.util import logging
from sphinx.util.display import progress_message
from sphinx.util.nodes import inline_all_toctrees

from .compiler import Compiler, Fault
from .highlight import Highlighter
from .markup import array, string
from .translator import TypstTranslator

logger = logging.getLogger(__name__)

_TEMPLATE: Final = Path(__file__).parent / "template.typ"


class PrintedDocument(NamedTuple):
    """One document to print, as an entry of ``typstprint_documents``: the page that it starts
    with, its file's name without the ending, its title, its author, and whether it is a book
    (of what is below that page, too)."""

    docname: str
    target: str
    title: str = ""
    author: str = ""
    is_book: bool = True


class TypstSourceBuilder(Builder):
    """Typst sources, with all that they need beside them."""

    name = "typstprint-src"
    format = "typst"
    epilog = __("The Typst sources are in %(outdir)s.")
    default_translator_class = TypstTranslator
    supported_image_types: ClassVar = [
        "image/svg+xml",
        "application/pdf",
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
    ]
    supported_remote_images = False
    supported_linkcode = False
    imagedir = "_images"

    def init(self) -> None:
        self.unknown_nodes: set[str] = set()
        self.levels_above = 1

    @cached_property
    def highlighter(self) -> Highlighter:
        return Highlighter("html", self.config.pygments_style or "sphinx")

    def get_outdated_docs(self) -> str:
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to, typ)

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Documents are made of several pages: ``write_documents`` does it all."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """See above."""

    @property
    def documents(self) -> Iterator[PrintedDocument]:
        for given in self.config.typstprint_documents:
            document = PrintedDocument(*given)
            if document.docname in self.env.all_docs:
                yield document
            else:
                logger.warning(
                    __("typstprint_documents: there is no page “%s”"),
                    document.docname,
                    type="typstprint",
                    subtype="document",
                )

    def write_documents(self, docnames: Set[str]) -> None:
        self.outdir.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self._template, self.outdir / "template.typ")
        for document in self.documents:
            with progress_message(__("printing %s") % document.target):
                self.print_document(document)

    @property
    def _template(self) -> Path:
        own = self.config.typstprint_template
        return Path(self.confdir, own) if own else _TEMPLATE

    def print_document(self, document: PrintedDocument) -> Path:
        """Write the source of one document; returns its path."""
        tree = self._assembled(document)
        self.images = {}
        self.post_process_images(tree)
        for source, name in self.images.items():
            target = self.outdir / self.imagedir / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.srcdir / source, target)
        translator = self.create_translator(tree, self)
        assert isinstance(translator, TypstTranslator)
        tree.walkabout(translator)
        path = self.outdir / f"{document.target}.typ"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self._head(document) + "".join(translator.body) + "}\n", encoding="utf-8")
        return path

    def _assembled(self, document: PrintedDocument) -> nodes.document:
        root = document.docname
        tree = self.env.get_doctree(root)
        tree["docname"] = root
        if document.is_book:
            tree = inline_all_toctrees(self, set(), root, tree, str, [root])
            tree["docname"] = root
        self.env.resolve_references(tree, root, self)
        return tree

    def _head(self, document: PrintedDocument) -> str:
        title = document.title or self.env.titles[document.docname].astext()
        settings = {
            "title": string(title),
            "author": string(document.author or self.config.author),
            "language": string(self.config.language),
            "paper": string(self.config.typstprint_paper),
            "is_book": "true" if document.is_book else "false",
            "fonts": array(map(string, self.config.typstprint_fonts)),
        }
        named = ", ".join(f"{key.replace('_', '-')}: {value}" for key, value in settings.items())
        return f'#import "/template.typ": *\n#show: document-of.with({named})\n#{{\n'


class TypstBuilder(TypstSourceBuilder):
    """PDF files, each compiled again only when something of it has changed."""

    name = "typstprint"
    epilog = __("The PDF files are in %(outdir)s.")

    @cached_property
    def compiler(self) -> Compiler:
        return Compiler(self.outdir, self.config.typstprint_standards, self._timestamp)

    @property
    def _timestamp(self) -> int:
        """SOURCE_DATE_EPOCH, or the latest change of what is printed: the same input, the same
        bytes."""
        if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
            return int(epoch)
        return max(int(self.env.doc2path(docname).stat().st_mtime) for docname in self.env.all_docs)

    def print_document(self, document: PrintedDocument) -> Path:
        source = super().print_document(document)
        pdf = source.with_suffix(".pdf")
        try:
            warnings = self.compiler.compile(source, pdf)
        except Fault as fault:
            logger.error("%s: %s", pdf.name, fault.message, location=fault.location)
            pdf.unlink(missing_ok=True)
            return source
        for warning in warnings:
            logger.warning(
                warning.message, location=warning.location, type="typstprint", subtype="typst"
            )
        return pdf
