"""Where the rooms meet Sphinx: configuration, registrations, and what is done at its events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.util.matching import Matcher

from ..core import i18n
from ..core.characters import NOT_XML
from ..core.messages import Message
from ..core.paths import refusal
from ..core.problems import Code, Mark, Problem
from ..library import Entry
from ..render import nodes
from ..render.context import Context
from ..render.facts import date_text
from ..render.labels import _
from . import (
    config,
    containment,
    diagram_fences,
    escaping,
    logging,
    missing_references,
    page_encodings,
    search,
    staleness,
    transforms,
    writing,
    year_pages,
)
from .builders import epub, image_names, linkcheck, singlehtml
from .directives import DIRECTIVES
from .domain import EventDomain, event_domain
from .domain_data import EventFacts, LinkTarget
from .logging import report
from .object_types import EVENT
from .print import documents, downloads, qr_codes
from .transforms import further_notes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

_STATIC: Final = Path(__file__).parents[1] / "static"


def setup(app: Sphinx, version: str) -> ExtensionMetadata:
    if app.config.source_suffix is app.config.values["source_suffix"].default:
        # Sphinx adds what is read to its default, which is one for all sites of a process.
        app.config.source_suffix = {".rst": "restructuredtext"}
    if "myst_parser" in app.config.extensions or ".md" in app.config.source_suffix:
        # Else Markdown files are no pages of the site.
        app.setup_extension("myst_parser")
    app.setup_extension("sphinx_design")
    app.setup_extension("sphinxcommon")
    config.setup(app)
    app.add_message_catalog(i18n.CATALOG, str(i18n.LOCALE_FOLDER))
    app.add_css_file("eventreports.css")

    diagram_fences.setup(app)
    nodes.setup(app)
    containment.setup(app)
    escaping.setup(app)
    singlehtml.setup(app)
    app.add_builder(epub.BookBuilder, override=True)
    app.add_domain(EventDomain)
    for name, directive in DIRECTIVES.items():
        app.add_directive_to_domain("event", name, directive)
    transforms.setup(app)
    app.add_post_transform(epub.PlainTabs)
    app.add_post_transform(epub.RemotePictures)
    app.add_post_transform(downloads.OfferPrintouts)
    app.add_post_transform(qr_codes.QRCodes)
    app.add_post_transform(linkcheck.DataLinks)

    app.connect("config-inited", add_static_files)
    app.connect("config-inited", search.connect)
    app.connect("config-inited", documents.connect)
    app.connect("builder-inited", writing.watch_writes)
    app.connect("builder-inited", take_stock)
    app.connect("builder-inited", downloads.take_stock)
    app.connect("env-get-outdated", outdated)
    # When others have said what is to be read.
    app.connect("env-before-read-docs", repeat_remarks, priority=900)
    # After those that change which pages are read.
    app.connect("env-before-read-docs", page_encodings.read_undecodable, priority=950)
    app.connect("source-read", keep_remarks)
    app.connect("source-read", leave_out_controls, priority=100)
    app.connect("source-read", note_event)
    app.connect("env-updated", stop_keeping, priority=100)
    app.connect("env-updated", page_encodings.updated)
    app.connect("env-updated", name_images)
    app.connect("env-updated", note_stamps)
    app.connect("env-updated", further_notes.report_further_notes)
    app.connect("env-updated", missing_references.report_missing)
    app.connect("env-get-updated", stale)
    # What other extensions change in the body of a page has been changed.
    app.connect("html-page-context", epub.tidy_page, priority=900)
    app.connect("warn-missing-reference", missing_references.is_reported)
    app.connect("build-finished", downloads.copy_files)
    return {
        "version": version,
        "env_version": 3,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def add_static_files(app: Sphinx, config: Config) -> None:
    config.html_static_path.insert(0, str(_STATIC))


def take_stock(app: Sphinx) -> None:
    """Find the events, tell what is wrong between them, and write the years' pages."""
    domain = event_domain(app.env)
    library = domain.library
    library.scan(domain.data["entries"])
    domain.data["entries"] = dict(library.entries)
    root = Path(app.srcdir)
    with_page = events_with_page(app, library.entries.values())
    for entry in library.entries.values():
        if entry not in with_page and not is_page_refused(app, entry):
            problem = Problem(entry.file, Mark(), Code.NO_PAGE, _how_to_show(app, entry))
            report(problem, root, app.config)
    for problem in library.problems:
        report(problem, root, app.config)
    write_year_pages(app, with_page)


def events_with_page(app: Sphinx, entries: Iterable[Entry]) -> set[Entry]:
    """Those of which the site has the page; which pages it has is not settled yet."""
    is_included = Matcher(app.config.include_patterns)
    is_excluded = Matcher(app.config.exclude_patterns)

    def is_page(name: str) -> bool:
        return Path(app.srcdir, name).is_file() and is_included(name) and not is_excluded(name)

    suffixes = list(app.config.source_suffix)
    return {
        entry for entry in entries if any(is_page(f"{entry.page}{suffix}") for suffix in suffixes)
    }


def _how_to_show(app: Sphinx, entry: Entry) -> Message:
    """Say which page to write, or how a page in Markdown is read."""
    suffixes: dict[str, str] = app.config.source_suffix
    suffix = ".md" if ".md" in suffixes else next(iter(suffixes))
    wanted, page = f"{entry.page}{suffix}", f"{entry.page}.md"
    if ".md" in suffixes or not Path(app.srcdir, page).is_file():
        return Message("no page shows this event; write {wanted}", wanted=wanted)
    return Message(
        "no page shows this event; add “myst_parser” to “extensions” in conf.py, so that {page} is "
        "read, or write {wanted}",
        page=page,
        wanted=wanted,
    )


def is_page_refused(app: Sphinx, entry: Entry) -> bool:
    """Return whether the event has a page that must not be published, which has been reported."""
    files = (Path(app.srcdir, f"{entry.page}{suffix}") for suffix in app.config.source_suffix)
    return any(refusal(file, Path(app.srcdir)) for file in files)


def write_year_pages(app: Sphinx, with_page: Iterable[Entry]) -> None:
    """The years' pages, for the events that have a page; none where they are not wanted."""
    settings = config.Settings.of(app.config)
    folder = Path(app.srcdir, settings.folder)
    if not folder.is_dir() or refusal(folder / year_pages.FOLDER, Path(app.srcdir)):
        return
    # An event whose folder the years' pages are in may well have them in its own contents.
    around = {folder / year_pages.FOLDER, *(folder / year_pages.FOLDER).parents}
    listed = [entry for entry in with_page if Path(app.srcdir, entry.folder) not in around]
    made: Mapping[str, str] = {}
    markup = year_pages.markup_of_site(app.config.source_suffix)
    if markup and settings.year_pages:
        headings = (_("Events"), _("By year"), _("Without a date"))
        made = year_pages.year_pages(listed, *headings, *markup)
    try:
        year_pages.write_pages(made, folder / year_pages.FOLDER)
    except OSError as error:
        writing.report_unwritten(
            app, Message("the years' pages cannot be written: {reason}", reason=str(error))
        )
        writing.hold_back_toctrees()


def outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    return sorted(staleness.outdated_pages(event_domain(env)))


def leave_out_controls(_app: Sphinx, _docname: str, source: list[str]) -> None:
    """Leave out of a page what no XML can hold, and nobody sees."""
    # Office programs break lines so.
    source[0] = NOT_XML.sub("", source[0].replace("\v", " ").replace("\f", " "))


def note_event(app: Sphinx, docname: str, _source: list[str]) -> None:
    """An event's page is read: note the event."""
    domain = event_domain(app.env)
    domain.folders[docname] = domain.library.folder_of_page(docname)
    entry = domain.library.entry_of_page(docname)
    if entry is None or docname != entry.page:
        return
    app.env.note_dependency(entry.file)
    loaded = domain.library.load(entry.folder)
    if (event := loaded.event) is None:
        # Others may go on referring to it; why there is no more to say has been reported.
        title, facts = entry.event_id, EventFacts(entry.date, entry.date)
    else:
        context = Context.of_page(app.env, docname, entry.folder, loaded)
        title = context.name(event.name) or event.id
        facts = EventFacts(
            event.first_date,
            event.last_date,
            date_text(context, event),
            context.text(event.venue.name) if event.venue else "",
            len(event.sessions),
            event.status,
        )
    year = facts.start.year if facts.start else 0
    target = LinkTarget(docname, "", title, "page", group=str(year), facts=facts)
    domain.note_object(EVENT, (event.id if event else entry.event_id,), target)


def repeat_remarks(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Report again what was reported of the pages that are not read this time."""
    remarks = event_domain(env).remarks
    for docname in sorted(remarks.keys() - set(docnames)):
        for remark in remarks[docname]:
            remark.report()


def keep_remarks(app: Sphinx, docname: str, _source: list[str]) -> None:
    logging.keep_remarks(event_domain(app.env).remarks, docname)


def stop_keeping(app: Sphinx, env: BuildEnvironment) -> None:
    """What is reported from now on is of no page, and in every build."""
    logging.stop_keeping()


def name_images(app: Sphinx, env: BuildEnvironment) -> None:
    image_names.name_images(env)


def note_stamps(app: Sphinx, env: BuildEnvironment) -> None:
    staleness.note_stamps(env, event_domain(env))


def stale(app: Sphinx, env: BuildEnvironment) -> list[str]:
    stale = staleness.stale_pages(env, app.builder, event_domain(env))
    return sorted({*stale, *downloads.stale_pages(app, env)})
