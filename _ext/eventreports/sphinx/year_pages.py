"""Generated pages: one a year, and one that lists the years.

They are written into the source folder before Sphinx looks for pages, so that every builder, the
search and the contents have them; no page has to hold all events.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from sphinxcommon.files import write_whole
from sphinxcommon.messages import Message

from ..core.paths import refusal
from ..library import YEARS_FOLDER, Entry
from ..render.labels import _
from .builders.write_errors import hide_toctree_warnings, report_unwritten
from .collect import events_with_page
from .settings import Settings

FOLDER: Final = YEARS_FOLDER
UNDATED: Final = "undated"
#: So many events are on the page of all; of the others it says how many there are.
_MOST_EVENTS: Final = 20
_MARK: Final = "Made from the events' data at each build; edits are lost."


class Markup(NamedTuple):
    """The markup language of a page.

    ``mark`` is the first line of generated pages, which alone are overwritten. ``heading`` takes a
    text and its level, ``directive`` a name and its lines.
    """

    mark: str
    heading: Callable[[str, int], str]
    directive: Callable[..., str]


def setup(app: Sphinx) -> None:
    """Connect the handlers."""
    app.connect("builder-inited", write_year_pages)
    outputs = YearOutputs()
    app.connect("env-before-read-docs", outputs.note_read)
    app.connect("write-started", outputs.begin)
    app.connect("build-finished", outputs.end)


class YearOutputs:
    """Whether the pages of years are written; its methods are listeners of Sphinx's events.

    Sphinx writes a page together with those that it has in its contents, since it may show their
    titles. The contents of years are hidden. A page of an event that is written for what it shows
    of others, and has not been read, changes nothing there.
    """

    #: The environment's own, while others stand in for them.
    _known: dict[str, set[str]] | None = None

    def note_read(self, _app: Sphinx, _env: BuildEnvironment, docnames: list[str]) -> None:
        """Note the pages that are read, which other listeners may add to."""
        self._read = docnames

    def begin(self, app: Sphinx, builder: Builder) -> None:
        """Let the pages that have not been read be written without those of years."""
        env, read = builder.env, {*self._read}
        self._known = env.files_to_rebuild
        folder = f"{Settings.of(app.config).folder}/{FOLDER}/"
        env.files_to_rebuild = {
            docname: above
            if docname in read
            else {page for page in above if not page.startswith(folder)}
            for docname, above in self._known.items()
        }

    def end(self, app: Sphinx, _exception: Exception | None) -> None:
        """Have the environment as it was, for a build that follows."""
        if self._known is not None:
            app.env.files_to_rebuild = self._known


def write_year_pages(app: Sphinx) -> None:
    """Write the pages for the events that have a page, and remove those of no use any longer."""
    settings = Settings.of(app.config)
    root = Path(app.srcdir)
    top = root / settings.folder
    folder = top / FOLDER
    if not top.is_dir() or refusal(folder, root):
        return
    made: Mapping[str, str] = {}
    markup = markup_of_site(app.config.source_suffix)
    if markup and settings.year_pages:
        # An event whose folder the pages are in may well have them in its own contents.
        around = {folder, *folder.parents}
        listed = [one for one in events_with_page(app) if Path(root, one.folder) not in around]
        headings = (_("Events"), _("Without a date"))
        made = year_pages(listed, *headings, *markup)
    try:
        write_pages(made, folder)
    except OSError as error:
        message = Message("the years' pages cannot be written: {reason}", reason=str(error))
        report_unwritten(app, message)
        hide_toctree_warnings()


def _fence(name: str, *lines: str) -> str:
    return "\n".join((f"```{{{name}}}", *lines, "```"))


def _explicit_markup(name: str, *lines: str) -> str:
    return "\n".join((f".. {name}::", *(f"   {line}".rstrip() for line in lines)))


def _underlined(text: str, level: int) -> str:
    # Japanese characters are twice as wide.
    return f"{text}\n{'=-'[level - 1] * 2 * len(text)}"


MARKDOWN: Final = Markup(f"% {_MARK}", lambda text, level: f"{'#' * level} {text}", _fence)
RESTRUCTUREDTEXT: Final = Markup(f".. {_MARK}", _underlined, _explicit_markup)
#: By the names of parsers in ``source_suffix``.
_MARKUPS: Final = {
    "markdown": MARKDOWN,
    "myst-nb": MARKDOWN,
    "restructuredtext": RESTRUCTUREDTEXT,
}


def markup_of_site(suffixes: Mapping[str, str]) -> tuple[str, Markup] | None:
    """Choose a suffix and its markup, of those that the site reads (``source_suffix``)."""
    found = (
        (suffix, markup)
        for parser, markup in _MARKUPS.items()
        for suffix, read_by in suffixes.items()
        if read_by == parser
    )
    return next(found, None)


def year_pages(
    entries: Iterable[Entry],
    title: str,
    undated: str,
    suffix: str = ".md",
    markup: Markup = MARKDOWN,
) -> Mapping[str, str]:
    """Make the text of each page.

    :param entries: The events that have a page of their own.
    :param title: The heading of the page that lists the years, in the site's language.
    :param undated: The heading of the page of events without a date.
    :param suffix: How names of files end.
    :param markup: The markup that goes with ``suffix``.
    :returns: The texts by the names of their files.
    """
    years: dict[int, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.date or (), entry.folder), reverse=True):
        years.setdefault(entry.date.year if entry.date else 0, []).append(entry)
    names = {year: _name(year) for year in years}

    def page(heading: str, *parts: str) -> str:
        return "\n\n".join((markup.mark, markup.heading(heading, 1), *parts)) + "\n"

    pages = {
        f"{names[year]}{suffix}": page(
            f"{year:04}" if year else undated,
            markup.directive("event:list", f":year: {year or UNDATED}", ":layout: timeline"),
            markup.directive("toctree", ":hidden:", "", *(f"/{entry.page}" for entry in of_year)),
        )
        for year, of_year in years.items()
    }
    parts = [markup.directive("event:list", ":layout: timeline", f":limit: {_MOST_EVENTS}")]
    if names:
        parts.insert(0, markup.directive("event:overview", ":parts: years"))
        parts.append(markup.directive("toctree", ":hidden:", "", *names.values()))
    return {f"index{suffix}": page(title, *parts), **pages}


def page_of_year(settings: Settings, year: int) -> str:
    """Return the page of a year, or that of events without a date (0)."""
    return f"{settings.folder}/{FOLDER}/{_name(year)}"


def _name(year: int) -> str:
    return f"{year:04}" if year else UNDATED


def write_pages(pages: Mapping[str, str], folder: Path) -> None:
    """Write the pages that are new or differ, and remove generated ones that are not among them.

    Pages that authors wrote are left alone.

    :param pages: Texts by names of files.
    :param folder: Where the files are; it need not exist.
    :raises OSError: If the folder cannot be written.
    """
    if pages:
        folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        path = folder / name
        is_new = not path.exists() and not path.is_symlink()
        if is_new or (is_generated(path) and path.read_bytes() != text.encode()):
            # A part of a page, left by an interrupted build, would pass for an author's.
            write_whole(path, text.encode())
    for path in folder.glob("*.*"):
        if path.name not in pages and is_generated(path):
            path.unlink()


def is_generated(path: Path) -> bool:
    """Return whether a file begins with one of the marks."""
    if path.is_symlink() or not path.is_file():
        return False
    marks = [markup.mark.encode() for markup in _MARKUPS.values()]
    with path.open("rb") as file:
        return file.read(max(map(len, marks))).startswith(tuple(marks))
