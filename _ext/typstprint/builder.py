"""The builders: documents of the site → Typst sources → PDF."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Final

from docutils import nodes
from sphinx.addnodes import start_of_file
from sphinx.builders import Builder
from sphinx.locale import _, __
from sphinx.util import logging
from sphinx.util.display import progress_message
from sphinx.util.i18n import format_date
from sphinx.util.nodes import inline_all_toctrees

from .compiler import VERSION, Compiler, Fault
from .documents import Facts, PrintedDocument, head_of
from .highlight import Highlighter
from .index import index_of
from .options import Options, checked, line_length, settled
from .translator import TypstTranslator
from .trees import prepare
from .unchanged import (
    Record,
    digest_of,
    digest_of_file,
    facts,
    pages_read,
    state_of_files,
    warnings_counted,
)

logger = logging.getLogger(__name__)

_TEMPLATE: Final = Path(__file__).parent / "template.typ"


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
        self.newest = 0
        self.fit = 0
        self.line_length = 0
        self._facts = ""
        self._is_update = False

    @cached_property
    def highlighter(self) -> Highlighter:
        return Highlighter("html", self.config.pygments_style or "sphinx")

    def get_outdated_docs(self) -> str:
        # Sphinx asks, unless everything is to be made anew (``-a``).
        self._is_update = True
        return "what has changed"

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
        """Those of the configuration that can be printed; what is wrong with others is told."""
        targets = set()
        for given in self.config.typstprint_documents:
            try:
                document = PrintedDocument(*given)
            except TypeError:
                _warn("document", __("typstprint_documents: not (page, file, …): %r"), given)
                continue
            if document.docname not in self.env.all_docs:
                message = __("typstprint_documents: there is no page “%s”")
                _warn("document", message, document.docname)
            elif document.target in targets:
                message = __("typstprint_documents: two documents are to be “%s”")
                _warn("document", message, document.target)
            else:
                targets.add(document.target)
                yield document

    @cached_property
    def _site_options(self) -> dict[str, Any]:
        right, problems = checked(self.config.typstprint_options)
        for problem in problems:
            _warn("options", "typstprint_options: %s", problem)
        return {"paper": self.config.typstprint_paper, **right}

    def _settle(self, document: PrintedDocument) -> Options:
        right, problems = checked(document.options)
        for problem in problems:
            _warn("options", "typstprint_documents, “%s”: %s", document.target, problem)
        return settled(self._site_options, right, is_book=document.is_book)

    def write_documents(self, docnames: Set[str]) -> None:
        self.outdir.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self._template, self.outdir / "template.typ")
        for name, path in self._looks.items():
            shutil.copyfile(path, self.outdir / name)
        # Before anything is resolved: so the environment is in the next build, too.
        self._facts = self._all_facts()
        for document in self.documents:
            if self._is_update and self._is_as_it_was(document):
                continue
            with progress_message(__("printing %s") % document.target):
                self._print(document)
        self._is_update = False

    def _print(self, document: PrintedDocument) -> None:
        record = self.outdir / f"{document.target}.json"
        record.unlink(missing_ok=True)
        with pages_read(self.env) as pages, warnings_counted(self._app) as warned:
            files = self.print_document(document)
        made_from = self._made_from(document, sorted(pages))
        # What was warned of is to be told again.
        if made_from and not warned.count:
            names = sorted({file.relative_to(self.outdir).as_posix() for file in files})
            Record(made_from, sorted(pages), names).write(record)

    def _is_as_it_was(self, document: PrintedDocument) -> bool:
        """Whether all that a document is made from is what it was, and all is still there."""
        record = Record.read(self.outdir / f"{document.target}.json")
        return (
            record is not None
            and all((self.outdir / file).exists() for file in record.files)
            and record.made_from == self._made_from(document, record.pages)
        )

    def _all_facts(self) -> str:
        """See ``facts``; nothing where that cannot be said, and all is to be printed."""
        try:
            return facts(self._app)
        except Exception as error:  # Any object of any extension's may be in there.
            logger.debug("typstprint: no digest of the environment: %r", error)
            return ""

    def _made_from(self, document: PrintedDocument, pages: Sequence[str]) -> str:
        if not self._facts:
            return ""
        trees = [digest_of_file(self.doctreedir / f"{docname}.doctree") for docname in pages]
        names = sorted({name for page in pages for name in self.env.dependencies.get(page, ())})
        return digest_of(
            [
                self._facts,
                document,
                trees,
                [digest_of_file(Path(self.srcdir, name)) for name in names],
                self._date(self._newest(pages)),
                self._compiled_with,
            ]
        )

    @cached_property
    def _compiled_with(self) -> list[object]:
        """What the compiler takes beside a document's own source and pictures."""
        texts = [digest_of_file(path) for path in (self._template, *self._looks.values())]
        fonts = [
            file
            for folder in self.config.typstprint_font_paths
            for file in Path(self.confdir, folder).rglob("*")
        ]
        standards = list(self.config.typstprint_standards)
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        return [VERSION, texts, state_of_files(fonts), standards, epoch]

    @property
    def _template(self) -> Path:
        own = self.config.typstprint_template
        return Path(self.confdir, own) if own else _TEMPLATE

    @property
    def _looks(self) -> dict[str, Path]:
        """What extensions say of their classes: files, by the names that they have here."""
        return {f"looks-{Path(path).name}": Path(path) for path in self.config.typstprint_looks}

    def print_document(self, document: PrintedDocument) -> list[Path]:
        """Write the source of one document; returns it, and the files that it needs."""
        tree = self._assembled(document)
        options = self._settle(document)
        self.images = {}
        self.codes: set[str] = set()
        self.post_process_images(tree)
        for source, name in self.images.items():
            target = self.outdir / self.imagedir / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.srcdir / source, target)
        self.line_length = line_length(options.paper)
        translator = self.create_translator(tree, self)
        assert isinstance(translator, TypstTranslator)
        tree.walkabout(translator)
        path = self.outdir / f"{document.target}.typ"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.newest = self._newest([document.docname, *_files(tree)])
        self.fit = options.fit
        head = self._head(document, options, self.newest)
        index = index_of(self, {document.docname, *_files(tree)}) if options.index else ""
        path.write_text(f"{head}{''.join(translator.body)}{index}}}\n", encoding="utf-8")
        pictures = sorted({*self.images.values(), *self.codes})
        return [path, *(self.outdir / self.imagedir / name for name in pictures)]

    def _assembled(self, document: PrintedDocument) -> nodes.document:
        root = document.docname
        tree = self.env.get_doctree(root)
        tree["docname"] = root
        sections = [child for child in tree.children if isinstance(child, nodes.section)]
        if sections and (len(sections) == 1 or not document.title):
            # Its title is the document's, which the template sets.
            sections[0]["is_own"] = True
        if document.is_book:
            tree = inline_all_toctrees(self, set(), root, tree, str, [root])
            tree["docname"] = root
        self.events.emit("typstprint-document", document, tree)
        self.env.resolve_references(tree, root, self)
        prepare(tree)
        return tree

    def _date(self, newest: int) -> str:
        """What is printed as a document's date where it says none.

        That of its youngest source, not of today: what has not changed stays as it is, and is
        not compiled anew each day. ``today`` and ``SOURCE_DATE_EPOCH`` come before it.
        """
        if self.config.today:
            return str(self.config.today)
        return format_date(
            str(self.config.today_fmt or _("%b %d, %Y")),
            date=datetime.fromtimestamp(newest, tz=UTC),
            language=self.config.language,
            # The reader's day; but the same on every machine, where that is asked for.
            local_time="SOURCE_DATE_EPOCH" not in os.environ,
        )

    @property
    def _page_words(self) -> tuple[str, str]:
        """What stands before and after the number of a page that a reference leads to."""
        language = self.config.language
        if language.startswith(("ja", "zh")):
            return "（", f"{_('page')}）"
        word = "p." if language.startswith("en") else _("page")
        return f" ({word}\N{NO-BREAK SPACE}", ")"

    def _newest(self, docnames: Iterable[str]) -> int:
        """When the youngest source of some pages was changed, in seconds of Unix."""
        if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
            return int(epoch)
        files = [Path(self.env.doc2path(docname)) for docname in docnames]
        for docname in docnames:
            files += [Path(self.srcdir, one) for one in self.env.dependencies.get(docname, ())]
        return max((int(file.stat().st_mtime) for file in files if file.exists()), default=0)

    def _head(self, document: PrintedDocument, options: Options, newest: int) -> str:
        facts = Facts(
            title=document.title or self.env.titles[document.docname].astext(),
            author=document.author or self.config.author,
            date=options.date or self._date(newest),
            revision=self.config.release,
            language=self.config.language,
            fonts=self.config.typstprint_fonts,
            page_words=self._page_words if self.config.typstprint_show_pagerefs else None,
        )
        return head_of(facts, options, list(self._looks))


class TypstBuilder(TypstSourceBuilder):
    """PDF files, each compiled again only when something of it has changed."""

    name = "typstprint"
    epilog = __("The PDF files are in %(outdir)s.")

    @cached_property
    def compiler(self) -> Compiler:
        folders = [Path(self.confdir, path) for path in self.config.typstprint_font_paths]
        standards = self.config.typstprint_standards
        return Compiler(self.outdir, standards, folders)

    def write_documents(self, docnames: Set[str]) -> None:
        # One for each run: typst 0.15.2 takes some changes of a file that it has read before
        # for none (“日本” → “日京”), where a program builds several times.
        vars(self).pop("compiler", None)
        super().write_documents(docnames)

    def print_document(self, document: PrintedDocument) -> list[Path]:
        """Write the PDF of one document; returns it, and all that it is made of."""
        files = super().print_document(document)
        pdf = files[0].with_suffix(".pdf")
        self._compile(files, pdf)
        return [pdf, *files]

    def _compile(self, files: Sequence[Path], pdf: Path) -> None:
        source = files[0]
        digest = digest_of([self._compiled_with, self.fit, *map(digest_of_file, files)])
        known = source.with_suffix(".digest")
        if pdf.exists() and known.exists() and known.read_text(encoding="utf-8") == digest:
            return
        known.unlink(missing_ok=True)
        try:
            warnings = self.compiler.compile(source, pdf, self.newest, self.fit)
        except Fault as fault:
            logger.error("%s: %s", pdf.name, fault.message, location=fault.location)
            pdf.unlink(missing_ok=True)
            return
        for warning in warnings:
            _warn("typst", "%s", warning.message, location=warning.location)
        if not warnings:
            # What was warned of is to be told again.
            known.write_text(digest, encoding="utf-8")


def _files(tree: nodes.document) -> list[str]:
    """The pages that a document was put together from, without the first."""
    return [str(start["docname"]) for start in tree.findall(start_of_file)]


def _warn(subtype: str, message: str, *args: object, location: Any = None) -> None:
    logger.warning(message, *args, location=location, type="typstprint", subtype=subtype)
