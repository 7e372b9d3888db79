"""The builders: documents of the site → Typst sources → PDF."""

from __future__ import annotations

import hashlib
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

from .compiler import VERSION, Compiler, Fault
from .highlight import Highlighter
from .markup import array, string
from .translator import TypstTranslator

logger = logging.getLogger(__name__)

_TEMPLATE: Final = Path(__file__).parent / "template.typ"


#: The template's functions that look at classes, and which looks they take.
_LOOKED_UP: Final = {
    "span": "spans",
    "paragraph": "paragraphs",
    "bullets": "lists",
    "container": "containers",
}


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

    def init(self) -> None:
        self.imagedir = "_images"
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
        for name, path in self._looks.items():
            shutil.copyfile(path, self.outdir / name)
        for document in self.documents:
            with progress_message(__("printing %s") % document.target):
                self.print_document(document)

    @property
    def _template(self) -> Path:
        own = self.config.typstprint_template
        return Path(self.confdir, own) if own else _TEMPLATE

    @property
    def _looks(self) -> dict[str, Path]:
        """What extensions say of their classes: files, by the names that they have here."""
        return {f"looks-{Path(path).name}": Path(path) for path in self.config.typstprint_looks}

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
        imported = [
            f'#import "/{name}": looks as looks-{number}\n'
            for number, name in enumerate(self._looks)
        ]
        all_looks = array(["looks", *(f"looks-{number}" for number in range(len(imported)))])
        bound = [
            f"#let {function} = {function}.with(looks: all-looks.{kind})\n"
            for function, kind in _LOOKED_UP.items()
        ]
        return "".join(
            (
                '#import "/template.typ": *\n',
                *imported,
                f"#let all-looks = joined-looks({all_looks})\n",
                *bound,
                f"#show: document-of.with({named})\n#{{\n",
            )
        )


class TypstBuilder(TypstSourceBuilder):
    """PDF files, each compiled again only when something of it has changed."""

    name = "typstprint"
    epilog = __("The PDF files are in %(outdir)s.")

    @cached_property
    def compiler(self) -> Compiler:
        folders = [Path(self.confdir, path) for path in self.config.typstprint_font_paths]
        standards = self.config.typstprint_standards
        return Compiler(self.outdir, standards, self._timestamp, folders)

    @property
    def _timestamp(self) -> int:
        """When the site last changed; SOURCE_DATE_EPOCH makes it the same on every machine."""
        if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
            return int(epoch)
        return max(int(self.env.doc2path(docname).stat().st_mtime) for docname in self.env.all_docs)

    def print_document(self, document: PrintedDocument) -> Path:
        source = super().print_document(document)
        pdf = source.with_suffix(".pdf")
        digest = self._digest(source)
        known = source.with_suffix(".digest")
        if pdf.exists() and known.exists() and known.read_text(encoding="utf-8") == digest:
            return pdf
        known.unlink(missing_ok=True)
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
        if not warnings:
            # What was warned of is to be told again.
            known.write_text(digest, encoding="utf-8")
        return pdf

    def _digest(self, source: Path) -> str:
        """Of all that the PDF is made of, the compiler included."""
        made_of = [self._template, *self._looks.values(), source]
        made_of += [self.outdir / self.imagedir / name for name in sorted(self.images.values())]
        settings = (self.config.typstprint_standards, self.config.typstprint_font_paths)
        digest = hashlib.sha256(repr((VERSION, *settings)).encode())
        for path in made_of:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()
