"""Where the search meets Sphinx."""

from __future__ import annotations

from collections.abc import Callable, Set
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sphinx.locale import get_translation

from sphinxcommon.messages import Message
from sphinxcommon.registration import declare, warn
from sphinxcommon.suggestions import nearest, suggesting

from . import bundle, indexes, pagefind
from .collecting import PageRecords, report_unwritten
from .fallback import PairsOfCharacters
from .records import Record
from .settings import Settings

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

_ = get_translation("cjksearch")

_HERE: Final = Path(__file__).parent
#: The folder of the site that has what is read while somebody searches.
FOLDER: Final = "cjksearch"
#: Builders whose pages are files of a site.
_BUILDERS: Final = ("html", "dirhtml")
#: Scripts of Sphinx's search that themes put on their pages.
_OF_SPHINX: Final = ("_static/searchtools.js", "_static/language_data.js", "searchindex.js")
_LOADER: Final = "cjksearch.js"


def _is_of_site(app: Sphinx) -> bool:
    return app.builder.name in _BUILDERS


class Filter(NamedTuple):
    """What readers may choose by; ``newest_first`` of values such as years."""

    label: str
    newest_first: bool = False


def collect_filters(app: Sphinx, config: Config) -> None:
    """Add the filters of extensions to those of the site, and report one that neither has."""
    settings = Settings.of(config)
    answers = filter(None, app.emit("cjksearch-collect-filters"))
    collected = {name: Filter(**one) for answer in answers for name, one in answer.items()}
    labels = {name: one.label for name, one in collected.items()}
    config.cjksearch_filters = known = {**labels, **settings.filters}
    name = settings.newest_filter
    if name and name not in known:
        message = Message("cjksearch_newest_filter: there is no filter “{name}”", name=name)
        warn(Settings, suggesting(message, nearest(name, known), known))
        name = ""
    newest = (key for key, one in collected.items() if one.newest_first)
    config.cjksearch_newest_filter = name or next(newest, "")


def take_over(app: Sphinx) -> None:
    """Have Sphinx hand over its pages to be made records of, instead of an index of pages."""
    if not _is_of_site(app):
        return
    static = _HERE / "static"
    # First, so that a site's own files of these names come in their stead.
    app.config.html_static_path.insert(0, str(static))
    scripts = sorted(static.glob("*.js"))
    attributes: dict[str, Any] = {
        "data-version": bundle.digest(*(path.read_bytes() for path in scripts))
    }
    app.add_js_file(_LOADER, **attributes)
    app.add_css_file("cjksearch.css")
    builder: Any = app.builder

    def load_indexer(docnames: Set[str]) -> None:
        # Sphinx has just made its own, and has no setting for another.
        builder.indexer = PageRecords(app)
        builder.indexer.prune(app.env.all_docs.keys() - docnames)

    builder.load_indexer = load_indexer


def unread_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages whose records are not kept, or not as this version keeps them."""
    return sorted(env.found_docs - PageRecords(app).by_page.keys()) if _is_of_site(app) else []


def address(app: Sphinx, record: Record) -> str:
    page = app.builder.get_target_uri(record.docname)
    return f"{page}#{record.anchor}" if record.anchor else page


def name_scripts(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Themes that name Sphinx's search scripts get the one that takes their place.

    The page says of itself what a script needs to know that may be able to read nothing else.
    """
    if not _is_of_site(app):
        return
    pathto: Callable[..., str] = context["pathto"]

    def to_ours(name: str, *arguments: Any, **options: Any) -> str:
        return pathto(f"_static/{_LOADER}" if name in _OF_SPHINX else name, *arguments, **options)

    context["pathto"] = to_ours
    said = {
        "content": "results" if page == "search" else "page",
        "data-site": app.config.project,
        "data-searching": _("Searching…"),
        "data-failed": _("The search could not be read. Try again."),
    }
    attributes = "".join(f' {name}="{escape(text)}"' for name, text in said.items())
    told = f'<meta name="cjksearch"{attributes} />'
    context["metatags"] = f"{context.get('metatags') or ''}\n{told}"


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write what the browser reads."""
    if exception or not _is_of_site(app):
        return
    try:
        _write(app)
    except OSError as error:
        report_unwritten(app, error)


def _write(app: Sphinx) -> None:
    settings = Settings.of(app.config)
    kept = PageRecords(app)
    if not kept.are_kept:
        # Which has been reported.
        return
    records = bundle.newest_first(kept.records())
    urls = [address(app, record) for record in records]
    filters = {name: str(label) for name, label in settings.filters.items()}
    wanted = indexes.Wanted(
        filters=filters,
        pagefind=settings.pagefind,
        fallback_characters=settings.fallback_characters,
    )
    folder = Path(app.outdir, FOLDER)
    written = indexes.write(app.env, records, urls, wanted, folder)
    index = {
        "names": pagefind.NAMES_FROM,
        "text": pagefind.TEXT_FROM,
        "borders": written.borders,
    }
    site = {
        "digest": written.digest,
        "counts": written.counts,
        "total": len(records),
        "pagefind": None if written.borders is None else index,
        "hasFallback": written.has_fallback,
        "filters": filters,
        "newest": settings.newest_filter,
        "synonyms": settings.synonyms,
        "messages": _messages(),
    }
    bundle.write_script(folder / "site.js", "site", site)


def _messages() -> dict[str, str]:
    return {
        "results": _("Search results"),
        "nothing": _("Nothing found"),
        "one": _("1 result"),
        "many": _("%(count)s results"),
        "all": _("All results, to choose from"),
        "more": _("More results"),
        "narrow": _("Narrow down"),
        "order": _("Order"),
        "relevance": _("Best first"),
        "date": _("Newest first"),
        "missing": _("This browser may not search here; another may."),
    }


def setup(app: Sphinx, version: str) -> ExtensionMetadata:
    # Pages of a build that was interrupted are written again, and so become records.
    app.setup_extension("sphinxcommon")
    # When each is emitted, with what, and what listeners return: docs/events.md.
    app.add_event("cjksearch-collect-filters")
    app.add_event("cjksearch-facts")
    declare(app, Settings)
    app.add_message_catalog("cjksearch", str(_HERE / "locale"))
    app.add_search_language(PairsOfCharacters)
    # When others have connected to its event, and the kinds of the settings are checked.
    app.connect("config-inited", collect_filters, priority=750)
    app.connect("builder-inited", take_over)
    app.connect("env-get-updated", unread_pages)
    app.connect("html-page-context", name_scripts, priority=900)
    app.connect("build-finished", write)
    return {
        "version": version,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
