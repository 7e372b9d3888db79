"""The builders: documents of the site → Typst sources → PDF."""

from __future__ import annotations

import errno
import os
import shutil
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import UTC, date, datetime, time
from functools import cached_property
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar, Final

import typst
from babel import UnknownLocaleError
from babel.dates import format_skeleton
from docutils import nodes
from sphinx.addnodes import start_of_file
from sphinx.builders import Builder
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.display import progress_message
from sphinx.util.i18n import format_date
from sphinx.util.nodes import inline_all_toctrees

from sphinxcommon.log_entries import LogEntry, Place
from sphinxcommon.outputs import OutputList

from .characters import composed, normalize
from .clusters import KEYCAP, base_of, clusters, joins
from .compiler import VERSION, Compiler, Fault, fonts_with, place_in
from .diagrams import draw, programs
from .documents import Imprint, PrintedDocument, Printout, Style, Substitutes, head_of
from .index import index_of
from .messages import __
from .options import Options, settled
from .parts import Part, as_text, culprit, origin, part_at, parts_of, replaced
from .pictures import name_of
from .settings import IMAGES, TEMPLATE, Settings, is_inside, looks_name
from .shapes import placed
from .translator import TypstTranslator
from .trees import prepare
from .trials import Trials
from .unchanged import (
    Record,
    digest_of,
    digest_of_file,
    digest_of_site,
    pages_read,
    state_of_files,
    warnings_held,
)
from .unprinted import unprinted

logger = logging.getLogger(__name__)

#: A full disk, one's share of it, and one that can only be read.
_NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
#: In the place of what cannot be printed, not even as text.
_MARK: Final = "missing-character\n"
#: So many parts of a document are replaced: each takes some time.
_MOST_FAULTS: Final = 100
_TEMPLATE: Final = Path(__file__).parent / "template.typ"
#: The owner, among outputs, of what stands beside all documents; no document is called so.
_BESIDE: Final = ""


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
    # So Sphinx does not fetch them; their words and addresses are printed.
    supported_remote_images = True
    supported_linkcode = False

    def init(self) -> None:
        # The second is for functions of extensions, which draw.
        self.imagedir = self.imgpath = IMAGES
        self._site_digest = ""
        self._is_update = False

    @cached_property
    def settings(self) -> Settings:
        return Settings.of(self.config)

    def get_outdated_docs(self) -> str:
        # Sphinx asks, unless everything is to be made anew (``-a``).
        self._is_update = True
        return __("what has changed")

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to, typ)

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Documents are made of several pages: ``write_documents`` does it all."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """See above."""

    def _documents(self) -> Iterator[PrintedDocument]:
        """Those of the configuration, and of extensions, that can be printed."""
        targets = set()
        more = chain.from_iterable(self._collected("typstprint-collect-documents"))
        for given in (*self.settings.documents, *more):
            document = PrintedDocument(*given)
            if document.docname not in self.env.all_docs:
                message = __("typstprint_documents: there is no page “%s”")
                _warn("document", message, document.docname)
            elif document.target in targets:
                message = __("typstprint_documents: two documents are to be “%s”")
                _warn("document", message, document.target)
            else:
                targets.add(document.target)
                collected = self._collected("typstprint-collect-options", document)
                options = {
                    name: one[name] for one in (*collected, document.options) for name in one
                }
                yield document._replace(options=options)

    def _collected(self, event: str, *arguments: object) -> list[Any]:
        """What listeners of an event return, of those that return anything."""
        return [one for one in self.events.emit(event, *arguments) if one]

    def write_documents(self, docnames: Set[str]) -> None:
        try:
            self._write_all()
        except OSError as error:
            self._report_unwritten(self.outdir.name, error)

    def _write_all(self) -> None:
        self.outdir.mkdir(parents=True, exist_ok=True)
        documents = list(self._documents())
        outputs = OutputList(self)
        outputs.begin({document.target: self._own_files(document) for document in documents})
        self._reported: set[tuple[str, Place]] = set()
        files = {_BESIDE: self._files_beside()}
        printed = {_BESIDE}
        for name, path in self._beside.items():
            if path.is_dir():
                shutil.copytree(
                    path, self.outdir / name, dirs_exist_ok=True, ignore=self._leading_out
                )
            else:
                shutil.copyfile(path, self.outdir / name)
        # Tried anew in each run: a program that builds several times may have other files by then.
        self.trials = Trials(self.outdir, self.settings.standards, self.fonts)
        # Before anything is resolved: so the environment is in the next build, too.
        self._site_digest = self._digest_of_site()
        for document in documents:
            if self.events.emit_firstresult("typstprint-skip-document", document):
                files[document.target] = outputs.files_of(document.target)
                continue
            if self._is_update and (record := self._record_as_it_was(document)):
                files[document.target] = {*record.files, *self._own_files(document)}
                self._report(record.remarks)
                continue
            with progress_message(__("printing %s") % document.target):
                try:
                    files[document.target] = self._print(document)
                except OSError as error:
                    self._report_unwritten(document.target, error)
                    if error.errno in _NO_ROOM:
                        # Nor is there any for the others.
                        return
                    known = outputs.files_of(document.target)
                    files[document.target] = {*known, *self._own_files(document)}
                    continue
            printed.add(document.target)
        outputs.end(files, printed)
        self._is_update = False

    def _report_unwritten(self, name: str, error: OSError) -> None:
        logger.error("%s: %s", name, error, type="typstprint", subtype="write")
        self._app.statuscode = 1

    def _files_beside(self) -> set[str]:
        """What stands beside all documents."""
        return {
            (Path(name) / file.relative_to(path)).as_posix()
            for name, path in self._beside.items()
            for file in ([path] if path.is_file() else path.rglob("*"))
        }

    def _own_files(self, document: PrintedDocument) -> set[str]:
        """What a document has in any case, if not its pictures."""
        return {f"{document.target}.{ending}" for ending in ("typ", "pdf", "json", "digest")}

    def _leading_out(self, folder: str, names: Sequence[str]) -> list[str]:
        """The entries of a folder to copy that are symbolic links out of the project, or back."""
        back = [name for name in names if is_inside(Path(folder), Path(folder, name))]
        found = [name for name in names if not is_inside(Path(folder, name), Path(self.confdir))]
        for name in found:
            message = __("typstprint_additional_files: “%s” leads out of %s, and is not copied")
            _warn("setting", message, Path(folder, name), self.confdir)
        return [*found, *back]

    def _print(self, document: PrintedDocument) -> set[str]:
        """Print a document; returns all files that are of it."""
        record = self.outdir / f"{document.target}.json"
        record.unlink(missing_ok=True)
        with pages_read(self.env) as pages, warnings_held() as remarks:
            printed = self.print_document(document)
        self._report(remarks)
        made_from = self._made_from(document, sorted(pages))
        names = {file.relative_to(self.outdir).as_posix() for file in printed}
        if made_from:
            Record(made_from, sorted(pages), sorted(names), remarks).write(record)
        return names | self._own_files(document)

    def _report(self, remarks: Iterable[LogEntry]) -> None:
        """Report what was warned of; once, of a page that several documents have."""
        for one in remarks:
            if (one.message, one.location) not in self._reported:
                self._reported.add((one.message, one.location))
                one.report()

    def _record_as_it_was(self, document: PrintedDocument) -> Record | None:
        """The record of a document of which all is still there, made from what it would be now."""
        record = Record.read(self.outdir / f"{document.target}.json")
        is_as_it_was = (
            record is not None
            and all((self.outdir / file).exists() for file in record.files)
            and record.made_from == self._made_from(document, record.pages)
        )
        return record if is_as_it_was else None

    def _digest_of_site(self) -> str:
        """Nothing where there is none, and all is to be printed."""
        try:
            return digest_of_site(self._app)
        except Exception as error:  # Any object of any extension's may be in there.
            logger.debug("typstprint: no digest of the environment: %r", error)
            return ""

    def _made_from(self, document: PrintedDocument, pages: Sequence[str]) -> str:
        if not self._site_digest:
            return ""
        trees = [digest_of_file(self.doctreedir / f"{docname}.doctree") for docname in pages]
        names = sorted({name for page in pages for name in self.env.dependencies.get(page, ())})
        return digest_of(
            [
                self._site_digest,
                document,
                trees,
                [digest_of_file(Path(self.srcdir, name)) for name in names],
                self._compiled_with,
                programs(self.config),
            ]
        )

    @cached_property
    def _compiled_with(self) -> list[object]:
        """What the compiler takes beside a document's own source and pictures."""
        beside = [
            (str(file), digest_of_file(file))
            for path in self._beside.values()
            for file in ([path] if path.is_file() else sorted(path.rglob("*")))
        ]
        fonts = [file for folder in self._font_folders for file in folder.rglob("*")]
        standards = list(self.settings.standards)
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        return [VERSION, beside, state_of_files(fonts), standards, epoch]

    @property
    def _font_folders(self) -> list[Path]:
        return [Path(self.confdir, path) for path in self.settings.font_paths]

    @cached_property
    def fonts(self) -> typst.Fonts:
        return fonts_with(self._font_folders)

    @cached_property
    def _styles(self) -> list[Style]:
        """Those of extensions, and then the site's own, which so have the last word."""
        collected = [Style(*one) for one in self._collected("typstprint-collect-styles")]
        return [*collected, *map(Style, self.settings.looks)]

    @property
    def _beside(self) -> dict[str, Path]:
        """What stands beside the documents' sources, by the names that it has there."""
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

    def print_document(self, document: PrintedDocument) -> list[Path]:
        """Write the source of one document; returns it, and the files that it needs."""
        printout, source = self._written(document)
        return [source, *self._pictures_of(printout)]

    def _pictures_of(self, printout: Printout) -> list[Path]:
        names = sorted({*printout.pictures.values(), *printout.codes})
        return [self.outdir / self.imagedir / name for name in names]

    def _written(self, document: PrintedDocument) -> tuple[Printout, Path]:
        tree = self._assembled(document)
        drawn = draw(tree, self)
        pages = [document.docname, *(one["docname"] for one in tree.findall(start_of_file))]
        printout = Printout(
            document,
            settled(self.settings.options, document.options, is_book=document.is_book),
            pages,
            self._pictures(tree, drawn),
            self.trials.formulas(node.astext() for node in tree.findall() if _is_formula(node)),
            {kind: value_of for style in self._styles for kind, value_of in style.values.items()},
        )
        translator = self.create_translator(tree, self, printout)
        assert isinstance(translator, TypstTranslator)
        tree.walkabout(translator)
        for node in unprinted(tree, translator.settled):
            _warn("unprinted", __("not printed: “%s”"), _beginning(node), location=placed(node))
        index = index_of(self, set(pages)) if printout.options.index else ""
        head = self._head(printout, self._substitutes(printout, tree, index))
        path = self.outdir / f"{document.target}.typ"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{head}{''.join(translator.body)}{index}}}\n", encoding="utf-8")
        return printout, path

    def _pictures(self, tree: nodes.document, drawn: Mapping[str, Path]) -> dict[str, str]:
        """Copy the pictures that Typst can show, beside those that are drawn for the document;
        the others are told of."""
        self.images = {}
        self.post_process_images(tree)
        folder = self.outdir / self.imagedir
        files = dict(drawn)
        for uri, name in self.images.items():
            source = self.srcdir / uri
            files[uri] = folder / name_of(name, source)
            files[uri].parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, files[uri])
        broken = self.trials.broken(files.values())
        for file in broken:
            file.unlink()
        for image in tree.findall(nodes.image):
            if files.get(image["uri"]) in broken:
                message = __("picture that Typst cannot show: %s")
                _warn("image", message, image["uri"], location=image)
        shown = {uri: file for uri, file in files.items() if file not in broken}
        return {uri: file.relative_to(folder).as_posix() for uri, file in shown.items()}

    def _substitutes(self, printout: Printout, tree: nodes.document, index: str) -> Substitutes:
        """What is shown of texts that cannot be; each is told of where it stands first."""
        places: dict[str, nodes.Node | str] = {}
        texts = [(node.astext(), node.parent) for node in tree.findall(nodes.Text)]
        texts += [(f"{self._head(printout)}{index}", printout.document.docname)]
        for text, place in texts:
            for character in dict.fromkeys(text):
                places.setdefault(character, place)
        missing = self.trials.missing(places)
        refused = self.trials.refused(set(places) - missing)
        for character in sorted(missing | refused):
            name = unicodedata.name(character, __("a character without a name"))
            known, place = (character, ord(character), name), places[character]
            if character in missing:
                _warn("font", __("no font has “%s” (U+%04X, %s)"), *known, location=place)
            else:
                message = __("“%s” (U+%04X, %s) is not allowed in a PDF of %s")
                standards = ", ".join(self.settings.standards)
                _warn("font", message, *known, standards, location=place)
        joining = {one for one in places if joins(one)}
        found: dict[str, nodes.Node | str] = {}
        for text, place in texts if joining else ():
            if not joining.isdisjoint(text):
                for cluster in clusters(text):
                    found.setdefault(cluster, place)
        # Of one with a character that is missing, the others are shown.
        tried = (one for one in found if (missing | refused).isdisjoint(one))
        incomplete = sorted(self.trials.incomplete(tried, self.settings.fonts))
        for cluster in (one for one in incomplete if not one.endswith(KEYCAP)):
            codes = " ".join(f"U+{ord(one):04X}" for one in cluster)
            message = __("no font has “%s” (%s) as one: “%s” is shown")
            _warn("font", message, cluster, codes, base_of(cluster), location=found[cluster])
        return Substitutes(sorted(missing | refused), incomplete)

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
        self.events.emit("typstprint-document-assembled", document, tree)
        self.env.resolve_references(tree, root, self)
        normalize(tree)
        prepare(tree)
        return tree

    def _date(self, options: Options) -> str:
        """What is printed as a document's date: never that of a file, the day of its clone."""
        if isinstance(options.date, str) and (text := options.date or self.config.today):
            return str(text)
        if not (day := _day(options)):
            return ""
        if form := self.config.today_fmt:
            at = datetime.combine(day, time(), tzinfo=UTC)
            return format_date(str(form), date=at, language=self.config.language)
        try:
            return format_skeleton("yMMMd", day, locale=self.config.language)
        except (ValueError, UnknownLocaleError):
            return day.isoformat()

    @property
    def _page_words(self) -> tuple[str, str]:
        """What stands before and after the number of a page that a reference leads to."""
        language = self.config.language
        if language.startswith(("ja", "zh")):
            return "（", f"{_('page')}）"
        word = "p." if language.startswith("en") else _("page")
        return f" ({word}\N{NO-BREAK SPACE}", ")"

    @property
    def _least_day(self) -> date | None:
        """For documents without a date: the standards for archives ask for one."""
        is_archived = any(one.startswith("a-") for one in self.settings.standards)
        return date(1970, 1, 1) if is_archived else None

    def _head(self, printout: Printout, substitutes: Substitutes | None = None) -> str:
        document, options = printout.document, printout.options
        imprint = Imprint(
            title=composed(document.title or self.env.titles[document.docname].astext()),
            author=composed(document.author or self.config.author),
            date=self._date(options),
            day=_day(options) or self._least_day,
            revision=self.config.release,
            language=self.config.language,
            fonts=self.settings.fonts,
            page_words=self._page_words,
        )
        looks = [looks_name(number) for number in range(len(self._styles))]
        return head_of(imprint, options, looks, substitutes or Substitutes())


class TypstBuilder(TypstSourceBuilder):
    """PDF files, each compiled again only when something of it has changed."""

    name = "typstprint"
    epilog = __("The PDF files are in %(outdir)s.")

    def write_documents(self, docnames: Set[str]) -> None:
        # One for each run: typst 0.15.2 takes some changes of a file that it has read before
        # for none (“日本” → “日京”), where a program builds several times.
        self.compiler = Compiler(self.outdir, self.settings.standards, self.fonts)
        super().write_documents(docnames)

    def print_document(self, document: PrintedDocument) -> list[Path]:
        """Write the PDF of one document; returns it, and all that it is made of."""
        printout, source = self._written(document)
        files = [source, *self._pictures_of(printout)]
        pdf = source.with_suffix(".pdf")
        self._compile(printout, files, pdf)
        return [pdf, *files]

    def _compile(self, printout: Printout, files: Sequence[Path], pdf: Path) -> None:
        source, fit = files[0], printout.options.fit
        digest = digest_of([self._compiled_with, fit, *map(digest_of_file, files)])
        known = source.with_suffix(".digest")
        if pdf.exists() and known.exists() and known.read_text(encoding="utf-8") == digest:
            return
        known.unlink(missing_ok=True)
        try:
            data, has_remarks = self._compiled(printout, source.read_text(encoding="utf-8"))
            pdf.write_bytes(data)
        except Fault as fault:
            logger.error("%s: %s", pdf.name, fault)
            self._app.statuscode = 1
            pdf.unlink(missing_ok=True)
            return
        except OSError:
            pdf.unlink(missing_ok=True)
            raise
        if not has_remarks:
            # What was warned of is to be told again.
            known.write_text(digest, encoding="utf-8")

    def _compiled(self, printout: Printout, source: str) -> tuple[bytes, bool]:
        """The PDF of a source, and whether something was told of it.

        A part that there can be no PDF of is its text; or a mark, if even that cannot be.

        :raises Fault: where that is of no part.
        """
        name = f"{PurePosixPath(printout.document.target).name}.pdf"
        instead: dict[int, str] = {}
        for _fault in range(_MOST_FAULTS):
            text = replaced(source, instead)
            try:
                data, remarks, pages = self.compiler.compile(text, printout.options.fit)
            except Fault as fault:
                part = self._culprit(printout, text, fault)
                if part is None or instead.get(part.number) == _MARK:
                    raise
                if part.number in instead:
                    instead[part.number] = _MARK
                    continue
                instead[part.number] = as_text(printout.parts[part.number])
                message = __("%s: %s; there, only text is printed")
                place = self._location(origin(text.splitlines()[: part.first + 1]))
                logger.error(message, name, fault.message, location=place)
                self._app.statuscode = 1
            else:
                for remark in remarks:
                    _warn("typst", "%s", remark.message, location=self._location(remark.origin))
                if pages:
                    message = __("%s has %d pages, even in the smallest type")
                    _warn("fit", message, name, pages, location=printout.document.docname)
                return data, bool(remarks or instead or pages)
        raise Fault(__("there are more than %d faults") % _MOST_FAULTS)

    def _location(self, origin: tuple[str, int] | None) -> tuple[str, int] | str | None:
        """Where a part comes from, as Sphinx's messages have it."""
        if origin is None or origin[0] in self.env.all_docs:
            return origin
        path, line = origin
        return f"{self.srcdir / path}:{line}"

    def _culprit(self, printout: Printout, source: str, fault: Fault) -> Part | None:
        """The part of a source that is at fault; nothing where it is none."""
        lines = source.splitlines()
        place = place_in(lines, fault.diagnostic)
        if place is not None and (part := part_at(parts_of(lines), place)):
            return part

        def shows(text: str) -> bool:
            try:
                self.compiler.compile(text)
            except Fault as found:
                return found.message == fault.message
            return False

        return culprit(source, shows)


def _day(options: Options) -> date | None:
    """The day that a document is of, or else the one of ``SOURCE_DATE_EPOCH``."""
    if isinstance(options.date, date):
        return options.date
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), tz=UTC).date() if epoch else None


def _is_formula(node: nodes.Node) -> bool:
    return isinstance(node, nodes.math | nodes.math_block)


def _beginning(node: nodes.Node) -> str:
    """The first words of a node."""
    return textwrap.shorten(node.astext(), 60, placeholder="…")


def _warn(subtype: str, message: str, *args: object, location: Any = None) -> None:
    logger.warning(message, *args, location=location, type="typstprint", subtype=subtype)
