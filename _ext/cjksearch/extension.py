"""The connection to Sphinx: its events, its indexer, its pages."""

from collections.abc import Callable, Set
from functools import partial
from html import escape
from pathlib import Path
from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.locale import get_translation
from sphinx.search import IndexBuilder
from sphinx.util.typing import ExtensionMetadata

from sphinxcommon import __version__
from sphinxcommon.files import short_digest
from sphinxcommon.registration import declare

from .page_records import NoIndex, Store, collect_pages, keep_records, report_write_error
from .records import Record
from .scripts import Scripts
from .settings import Settings
from .update import Update

_ = get_translation("cjksearch")

_HERE: Final = Path(__file__).parent
#: The folder of the site that has the files that are read while somebody searches.
FOLDER: Final = "cjksearch"
#: Builders that write a site with a search.
_BUILDERS: Final = ("html", "dirhtml")
#: Scripts of Sphinx's search that themes load.
_SPHINX_SCRIPTS: Final = ("_static/searchtools.js", "_static/language_data.js", "searchindex.js")
_SCRIPT: Final = "cjksearch.js"
#: The scripts that it loads, in one file: on slow lines each file costs a round.
_OTHERS: Final = ("words", "sounds", "index", "query", "search", "view")


def collect_filters(app: Sphinx, config: Config) -> None:
    """Add the filters of extensions to those of the site, which prevail."""
    own = Settings.of(config).filters
    answers = filter(None, app.emit("cjksearch-collect-filters"))
    collected: dict[str, dict[str, Any]] = {}
    for answer in (*answers, own):
        for name, one in answer.items():
            given = one if isinstance(one, dict) else {"label": one}
            collected[name] = collected.get(name, {}) | given
    config.cjksearch_filters = collected


def replace_sphinx_search(app: Sphinx) -> None:
    """Have the builder make records of its pages instead of Sphinx's index, and add our scripts."""
    if app.builder.name not in _BUILDERS:
        return
    store = store_of(app)
    store.prepare()

    def make_records(
        app: Sphinx, page: str, _template: str, _context: object, document: nodes.document | None
    ) -> None:
        if document is not None:
            keep_records(app, store, page, document)

    app.connect("env-get-updated", pages_without_records)
    app.connect("html-page-context", prepare_page, priority=900)
    app.connect("html-page-context", make_records, priority=900)
    app.connect("build-finished", write)
    static = _HERE / "static"
    # First, so that a site's own files of these names replace them.
    app.config.html_static_path.insert(0, str(static))
    scripts = sorted(static.glob("*.js"))
    version = short_digest(tuple(path.read_bytes() for path in scripts))
    app.add_js_file(_SCRIPT, **{"data-version": version})  # type: ignore[arg-type]
    app.add_css_file("cjksearch.css")
    builder: Any = app.builder

    def load_indexer(_docnames: Set[str]) -> None:
        # Sphinx has just made its own indexer, and has no setting for another.
        builder.indexer = NoIndex(app)

    builder.load_indexer = load_indexer


def pages_without_records(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages to write again because no records of them are saved in this format."""
    return sorted(env.found_docs - store_of(app).known(env.found_docs))


def store_of(app: Sphinx) -> Store:
    """Return the records of the pages of a builder."""
    return Store(Path(app.doctreedir, f"cjksearch-{app.builder.name}"))


def url_of(app: Sphinx, record: Record) -> str:
    """Return the address of a record, from the root of the site."""
    page = app.builder.get_target_uri(record.docname)
    return f"{page}#{record.anchor}" if record.anchor else page


def prepare_page(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Replace Sphinx's search scripts by ours, and add what our script has to know to its head.

    That is what it shows while its other files are not, or cannot be, read.
    """
    pathto: Callable[..., str] = context["pathto"]

    def path_to(name: str, *arguments: Any, **options: Any) -> str:
        ours = f"_static/{_SCRIPT}" if name in _SPHINX_SCRIPTS else name
        return pathto(ours, *arguments, **options)

    context["pathto"] = path_to
    attributes = {
        "content": "results" if page == "search" else "page",
        "data-site": app.config.project,
        "data-searching": _("Searching…"),
        "data-failed": _("The search could not be read. Try again."),
    }
    shown = "".join(f' {name}="{escape(text)}"' for name, text in attributes.items())
    context["metatags"] = f'{context.get("metatags") or ""}\n<meta name="cjksearch"{shown} />'


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the files that browsers search with, unless the build has failed."""
    store = store_of(app)
    if exception:
        return
    if store.is_given_up:
        # It may have been reported by another process.
        app.statuscode = 1
        return
    settings = Settings.of(app.config)
    site = {
        "filters": {name: str(one["label"]) for name, one in settings.filters.items()},
        "newest": [name for name, one in settings.filters.items() if one.get("newest_first")],
        "synonyms": settings.synonyms,
        "messages": _messages(),
    }
    scripts = Scripts(Path(app.outdir, FOLDER))
    # Sphinx's own, which takes the endings off English words in browsers.
    stemmer = IndexBuilder(app.env, "en", {}, "").get_js_stemmer_code()
    update = Update(store, scripts, partial(url_of, app))
    try:
        scripts.write_all("all", [_HERE / "static" / f"cjksearch-{name}.js" for name in _OTHERS])
        scripts.write_code("stemmer", stemmer, "new EnglishStemmer()")
        pages = {*app.env.found_docs, *collect_pages(app, store)}
        update.run(pages, site, tuple(settings.filters))
    except OSError as error:
        report_write_error(app, error)


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
        "word": _("“%(word)s”"),
        "without": _("No result has all words; left out: %(words)s."),
        "partial": _("No result has all words; each has some of them."),
        "meant": _("Searched for “%(meant)s” instead of “%(typed)s”."),
        "tried": _("Other forms of the words, slips and other scripts were tried, too."),
        "unmark": _("Remove the marks"),
    }


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extension."""
    # It has pages of an interrupted build written again, and so made into records.
    app.setup_extension("sphinxcommon")
    # docs/sphinx-events.md has their arguments and what listeners return.
    app.add_event("cjksearch-collect-filters")
    app.add_event("cjksearch-collect-pages")
    app.add_event("cjksearch-facts")
    declare(app, Settings)
    app.add_message_catalog("cjksearch", str(_HERE / "locale"))
    # After other extensions have connected to the event, and the settings are checked.
    app.connect("config-inited", collect_filters, priority=750)
    app.connect("builder-inited", replace_sphinx_search)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
