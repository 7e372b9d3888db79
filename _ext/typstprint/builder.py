"""The builders: documents of the site → Typst sources → PDF."""

import errno
import os
import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar, Final

import typst
from docutils import nodes
from sphinx.addnodes import start_of_file
from sphinx.builders import Builder
from sphinx.util.display import progress_message
from sphinx.util.nodes import inline_all_toctrees

from sphinxcommon.files import digest_of_file
from sphinxcommon.log_entries import LogEntry, Place
from sphinxcommon.outputs import OutputList
from sphinxcommon.typst_fonts import fonts_with

from . import photos
from .compiler import VERSION, CompileError, Compiler
from .documents import PrintedDocument, Printout, Style
from .fingerprints import (
    Record,
    digest_of,
    digest_of_site,
    pages_read,
    state_of_files,
    warnings_held,
)
from .head import head_of
from .images import copy_images
from .index import index_of
from .messages import __, logger, warn
from .options import merged
from .prechecks import Prechecks
from .recovery import compile_replacing
from .settings import IMAGES, TEMPLATE, Settings, is_inside, looks_name
from .substitutes import substitutes_for
from .transforms import prepare
from .transforms.diagrams import draw, programs
from .translator import TypstTranslator
from .tree_queries import unhandled, with_line

#: A full disk, one's share of it, and one that can only be read.
_NO_SPACE: Final = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
_TEMPLATE: Final = Path(__file__).parent / "template.typ"
#: The owner, among outputs, of what stands beside all documents; no document is called so.
_BESIDE: Final = ""


class TypstSourceBuilder(Builder):
    """Writes Typst sources, with all that they need beside them."""

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
    # So Sphinx does not fetch them; their words and addresses are printed.
    supported_remote_images = True
    supported_linkcode = False

    # What Sphinx calls

    def init(self) -> None:
        """Prepare for a build."""
        # The second is for functions of extensions, which draw.
        self.imagedir = self.imgpath = IMAGES
        self._is_update = False

    def get_outdated_docs(self) -> str:
        """Return what is to be printed, in words; Sphinx does not ask with ``-a``."""
        self._is_update = True
        return __("what has changed")

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a page within a document."""
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Return the same address, wherever a reference stands."""
        return self.get_target_uri(to, typ)

    def write_documents(self, docnames: Set[str]) -> None:
        """Print the documents of which something has changed, and remove what is no more."""
        try:
            self._write_all()
        except OSError as error:
            self._report_unwritten(self.outdir.name, error)

    # All documents

    @cached_property
    def settings(self) -> Settings:
        """Those that can be used."""
        return Settings.of(self.config)

    @cached_property
    def fonts(self) -> typst.Fonts:
        """Those that documents may use."""
        return fonts_with(self._font_folders)

    @property
    def _font_folders(self) -> list[Path]:
        return [Path(self.confdir, path) for path in self.settings.font_paths]

    @cached_property
    def _styles(self) -> list[Style]:
        """Those of extensions, and then the site's own, which so have the last word."""
        collected = [Style(*one) for one in self._collected("typstprint-collect-styles")]
        return [*collected, *map(Style, self.settings.looks)]

    def _documents(self) -> Iterator[PrintedDocument]:
        """Yield those of the configuration, and of extensions, that can be printed."""
        targets = set()
        more = chain.from_iterable(self._collected("typstprint-collect-documents"))
        for given in (*self.settings.documents, *more):
            document = PrintedDocument(*given)
            if document.docname not in self.env.all_docs:
                message = __("typstprint_documents: there is no page “%s”")
                warn("document", message, document.docname)
            elif document.target in targets:
                message = __("typstprint_documents: two documents are to be “%s”")
                warn("document", message, document.target)
            else:
                targets.add(document.target)
                collected = self._collected("typstprint-collect-options", document)
                options = {
                    name: one[name] for one in (*collected, document.options) for name in one
                }
                yield document._replace(options=options)

    def _collected(self, event: str, *arguments: object) -> list[Any]:
        """Return what listeners of an event return, of those that return anything."""
        return [one for one in self.events.emit(event, *arguments) if one]

    def _write_all(self) -> None:
        self.outdir.mkdir(parents=True, exist_ok=True)
        documents = list(self._documents())
        outputs = OutputList(self)
        outputs.begin({document.target: self._own_files(document) for document in documents})
        self._reported: set[tuple[str, Place]] = set()
        self._copy_files_beside()
        files = {_BESIDE: {name for name, _file in self._files_beside()}}
        printed = {_BESIDE}
        # Compiled anew in each run: a program that builds several times may have other files then.
        self.prechecks = Prechecks(self.outdir, self.settings.standards, self.fonts)
        # Before anything is resolved: so the environment is in the next build, too.
        self._site_digest = self._digest_of_site()
        for document in documents:
            if self.events.emit_firstresult("typstprint-skip-document", document):
                files[document.target] = outputs.files_of(document.target)
            elif self._is_update and (record := self._valid_record(document)):
                files[document.target] = {*record.files, *self._own_files(document)}
                self._report(record.entries)
            else:
                with progress_message(__("printing %s") % document.target):
                    try:
                        files[document.target] = self._print(document)
                    except OSError as error:
                        self._report_unwritten(document.target, error)
                        if error.errno in _NO_SPACE:
                            # Nor is there any for the others.
                            return
                        known = outputs.files_of(document.target)
                        files[document.target] = known | self._own_files(document)
                    else:
                        printed.add(document.target)
        outputs.end(files, printed)
        self._is_update = False

    def _report_unwritten(self, name: str, error: OSError) -> None:
        self._report_error("%s: %s", name, error, type="typstprint", subtype="write")

    def _report_error(self, message: str, *arguments: object, **named: Any) -> None:
        """Report an error, with which the build goes on, and fails."""
        logger.error(message, *arguments, **named)
        self._app.statuscode = 1

    # What stands beside all documents

    @property
    def _beside(self) -> dict[str, Path]:
        """The files and folders beside the sources, by the names that they have there."""
        own = self.settings.template
        more = [Path(self.confdir, path) for path in self.settings.additional_files]
        return {
            **{path.name: path for path in more},
            **{
                looks_name(number): Path(self.confdir, style.file)
                for number, style in enumerate(self._styles)
            },
            TEMPLATE: Path(self.confdir, own) if own else _TEMPLATE,
        }

    def _files_beside(self) -> Iterator[tuple[str, Path]]:
        """Yield the files beside the sources, those in folders too, by their paths there."""
        for name, path in self._beside.items():
            for file in [path] if path.is_file() else sorted(path.rglob("*")):
                yield (Path(name) / file.relative_to(path)).as_posix(), file

    def _copy_files_beside(self) -> None:
        for name, path in self._beside.items():
            if path.is_dir():
                shutil.copytree(
                    path, self.outdir / name, dirs_exist_ok=True, ignore=self._leading_out
                )
            else:
                shutil.copyfile(path, self.outdir / name)

    def _leading_out(self, folder: str, names: Sequence[str]) -> list[str]:
        """Return the entries of a folder that are symbolic links out of the project, or back."""
        back = [name for name in names if is_inside(Path(folder), Path(folder, name))]
        found = [name for name in names if not is_inside(Path(folder, name), Path(self.confdir))]
        for name in found:
            message = __("typstprint_additional_files: “%s” leads out of %s, and is not copied")
            warn("setting", message, Path(folder, name), self.confdir)
        return [*found, *back]

    # Documents that are as they were

    def _own_files(self, document: PrintedDocument) -> set[str]:
        """Return the files that a document has in any case; not its images."""
        return {f"{document.target}.{ending}" for ending in ("typ", "pdf", "json", "digest")}

    def _print(self, document: PrintedDocument) -> set[str]:
        """Print a document and write its record; return all files that belong to it."""
        record = self.outdir / f"{document.target}.json"
        record.unlink(missing_ok=True)
        with pages_read(self.env) as pages, warnings_held() as entries:
            printed = self.print_document(document)
        self._report(entries)
        made_from = self._made_from(document, sorted(pages))
        names = {file.relative_to(self.outdir).as_posix() for file in printed}
        if made_from:
            Record(made_from, sorted(pages), sorted(names), entries).write(record)
        return names | self._own_files(document)

    def _report(self, entries: Iterable[LogEntry]) -> None:
        """Report warnings; once those of a page that several documents have."""
        for one in entries:
            if (one.message, one.location) not in self._reported:
                self._reported.add((one.message, one.location))
                one.report()

    def _valid_record(self, document: PrintedDocument) -> Record | None:
        """Return the record of a document that is as printing would make it now."""
        record = Record.read(self.outdir / f"{document.target}.json")
        is_valid = (
            record is not None
            and all((self.outdir / file).exists() for file in record.files)
            and record.made_from == self._made_from(document, record.pages)
        )
        return record if is_valid else None

    def _digest_of_site(self) -> str:
        """Return nothing where there is no digest, and all is to be printed."""
        try:
            return digest_of_site(self._app)
        except Exception as error:  # Any object of any extension's may be in there.
            logger.debug("typstprint: no digest of the environment: %r", error)
            return ""

    def _made_from(self, document: PrintedDocument, pages: Sequence[str]) -> str:
        """Return a digest of all that a document is made from; nothing where there is none."""
        if not self._site_digest:
            return ""
        names = sorted({name for page in pages for name in self.env.dependencies.get(page, ())})
        return digest_of(
            [
                self._site_digest,
                document,
                [digest_of_file(self.doctreedir / f"{docname}.doctree") for docname in pages],
                [digest_of_file(Path(self.srcdir, name)) for name in names],
                self._compiled_with,
                programs(self.config),
            ]
        )

    @cached_property
    def _compiled_with(self) -> list[object]:
        """What the compiler takes beside a document's own source and images."""
        beside = [(str(file), digest_of_file(file)) for _name, file in self._files_beside()]
        fonts = [file for folder in self._font_folders for file in folder.rglob("*")]
        standards = list(self.settings.standards)
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        return [VERSION, photos.VERSION, beside, state_of_files(fonts), standards, epoch]

    # One document

    def print_document(self, document: PrintedDocument) -> list[Path]:
        """Write the source of one document; return it, and the files that it needs."""
        _printout, files = self._write_source(document)
        return files

    def _write_source(self, document: PrintedDocument) -> tuple[Printout, list[Path]]:
        """Write the source of one document.

        :return: The files, the source itself first, too.
        """
        tree = self._assembled(document)
        drawn = draw(tree, self)
        printout = Printout(
            document,
            merged(self.settings.options, document.options, is_book=document.is_book),
            copy_images(tree, self, self.prechecks, drawn),
            self.prechecks.formulas(
                node.astext()
                for node in tree.findall()
                if isinstance(node, nodes.math | nodes.math_block)
            ),
            {kind: value_of for style in self._styles for kind, value_of in style.values.items()},
        )
        translator = self.create_translator(tree, self, printout)
        assert isinstance(translator, TypstTranslator)
        tree.walkabout(translator)
        for node in unhandled(tree, translator.handled):
            words = textwrap.shorten(node.astext(), 60, placeholder="…")
            warn("unprinted", __("not printed: “%s”"), words, location=with_line(node))
        path = self.outdir / f"{document.target}.typ"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self._source(tree, printout, translator.body), encoding="utf-8")
        names = sorted({*printout.images.values(), *printout.qr_codes})
        return printout, [path, *(self.outdir / self.imagedir / name for name in names)]

    def _source(self, tree: nodes.document, printout: Printout, body: Sequence[str]) -> str:
        document, options = printout.document, printout.options
        pages = {document.docname, *(one["docname"] for one in tree.findall(start_of_file))}
        index = index_of(self, pages) if options.index else ""
        titled = document._replace(
            title=document.title or self.env.titles[document.docname].astext()
        )
        looks = [looks_name(number) for number in range(len(self._styles))]
        head = head_of(titled, options, self.config, looks)
        texts = [(node.astext(), node.parent) for node in tree.findall(nodes.Text)]
        texts.append((f"{head}{index}", document.docname))
        if rules := substitutes_for(texts, self.prechecks, self.settings):
            head = head_of(titled, options, self.config, looks, rules)
        return f"{head}{''.join(body)}{index}}}\n"

    def _assembled(self, document: PrintedDocument) -> nodes.document:
        """Return the tree of a document, with all its pages, and all references resolved."""
        root = document.docname
        tree = self.env.get_doctree(root)
        tree["docname"] = root
        sections = [child for child in tree.children if isinstance(child, nodes.section)]
        if sections and (len(sections) == 1 or not document.title):
            # Its title is the document's, which the template sets.
            sections[0]["is_own"] = True
        if document.is_book:
            tree = inline_all_toctrees(self, set(), root, tree, str, [root])
            for start in tree.findall(start_of_file):
                # Sphinx leaves them the parents that they had.
                for child in start.children:
                    child.parent = start
        self.events.emit("typstprint-document-assembled", document, tree)
        self.env.resolve_references(tree, root, self)
        prepare(tree)
        return tree


class TypstBuilder(TypstSourceBuilder):
    """Writes PDF files, each compiled again only when something of it has changed."""

    name = "typstprint"
    epilog = __("The PDF files are in %(outdir)s.")

    def write_documents(self, docnames: Set[str]) -> None:
        """Print the documents of which something has changed, and remove what is no more."""
        # One for each run: typst 0.15.2 takes some changes of a file that it has read before
        # for none (“日本” → “日京”), where a program builds several times.
        self.compiler = Compiler(self.outdir, self.settings.standards, self.fonts)
        super().write_documents(docnames)

    def print_document(self, document: PrintedDocument) -> list[Path]:
        """Write the PDF of one document; return it, and all that it is made of."""
        printout, files = self._write_source(document)
        pdf = files[0].with_suffix(".pdf")
        known = files[0].with_suffix(".digest")
        digest = digest_of([self._compiled_with, printout.options.fit, *map(digest_of_file, files)])
        is_same = known.exists() and known.read_text(encoding="utf-8") == digest
        if not (pdf.exists() and is_same):
            known.unlink(missing_ok=True)
            pdf.unlink(missing_ok=True)
            # What was warned of is to be reported again.
            if self._compile(printout, files[0], pdf):
                known.write_text(digest, encoding="utf-8")
        return [pdf, *files]

    def _compile(self, printout: Printout, source: Path, pdf: Path) -> bool:
        """Write the PDF of a source; return whether there was nothing to report."""

        def report(message: str, origin: tuple[str, int] | None) -> None:
            template = __("%s: %s; there, only text is printed")
            self._report_error(template, pdf.name, message, location=self._location(origin))

        text = source.read_text(encoding="utf-8")
        try:
            compiled, has_replaced = compile_replacing(
                self.compiler, text, printout.options.fit, printout.fragments, report
            )
        except CompileError as error:
            self._report_error("%s: %s", pdf.name, error)
            return False
        for one in compiled.warnings:
            warn("typst", "%s", one.message, location=self._location(one.origin))
        if compiled.pages:
            message = __("%s has %d pages, even in the smallest type")
            place = printout.document.docname
            warn("fit", message, pdf.name, compiled.pages, location=place)
        pdf.write_bytes(compiled.data)
        return not (compiled.warnings or compiled.pages or has_replaced)

    def _location(self, origin: tuple[str, int] | None) -> tuple[str, int] | str | None:
        """Return where a fragment comes from, as Sphinx's messages have it."""
        if origin is None or origin[0] in self.env.all_docs:
            return origin
        path, line = origin
        return f"{self.srcdir / path}:{line}"
