"""Pages made from the data: one a year, and one that lists the years.

They are real pages, written before reading begins, so that every builder,
search and contents knows them; no page has to hold all events.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from ..core.files import write_whole
from ..library import Entry

FOLDER: Final = "years"
UNDATED: Final = "undated"
_MARK: Final = "Made from the events' data at each build; edits are lost."


class Markup(NamedTuple):
    """How a page is written; ``mark`` is the first line of those that are ours to rewrite.

    ``heading`` takes a text and its level, ``directive`` a name and its lines.
    """

    mark: str
    heading: Callable[[str, int], str]
    directive: Callable[..., str]


def _fence(name: str, *lines: str) -> str:
    return "\n".join((f"```{{{name}}}", *lines, "```"))


def _explicit_markup(name: str, *lines: str) -> str:
    return "\n".join((f".. {name}::", *(f"   {line}".rstrip() for line in lines)))


def _underlined(text: str, level: int) -> str:
    # Japanese characters are twice as wide.
    return f"{text}\n{'=-'[level - 1] * 2 * len(text)}"


MARKDOWN: Final = Markup(f"% {_MARK}", lambda text, level: f"{'#' * level} {text}", _fence)
RESTRUCTUREDTEXT: Final = Markup(f".. {_MARK}", _underlined, _explicit_markup)
#: By the names that Sphinx has for them.
_MARKUPS: Final = {
    "markdown": MARKDOWN,
    "myst-nb": MARKDOWN,
    "restructuredtext": RESTRUCTUREDTEXT,
}


def markup_of_site(suffixes: Mapping[str, str]) -> tuple[str, Markup] | None:
    """Choose a suffix and its markup, of those that the site reads (``source_suffix``)."""
    for kind, markup in _MARKUPS.items():
        for suffix, read_as in suffixes.items():
            if read_as == kind:
                return suffix, markup
    return None


def year_pages(
    entries: Iterable[Entry],
    title: str,
    recent: str,
    undated: str,
    suffix: str = ".md",
    markup: Markup = MARKDOWN,
) -> Mapping[str, str]:
    """File name → text. ``entries`` are those events that have a page of their own.

    ``title``, ``recent`` and ``undated`` are headings in the site's language.
    """
    by_year: dict[int, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.date or (), entry.folder), reverse=True):
        by_year.setdefault(entry.date.year if entry.date else 0, []).append(entry)
    names = {year: f"{year:04}" if year else UNDATED for year in by_year}

    def page(heading: str, *parts: str) -> str:
        return "\n\n".join((markup.mark, markup.heading(heading, 1), *parts)) + "\n"

    pages = {
        f"{names[year]}{suffix}": page(
            f"{year:04}" if year else undated,
            markup.directive("event:list", f":year: {year or UNDATED}"),
            markup.directive("toctree", ":hidden:", "", *(f"/{entry.page}" for entry in of_year)),
        )
        for year, of_year in by_year.items()
    }
    parts = [markup.directive("event:list", ":limit: 10")]
    if names:
        parts.append(markup.heading(recent, 2))
        parts.append(markup.directive("toctree", ":maxdepth: 1", "", *names.values()))
    return {f"index{suffix}": page(title, *parts), **pages}


def write_pages(pages: Mapping[str, str], folder: Path) -> None:
    """Make ``folder`` hold ``pages`` and no older page of ours.

    A page that is right already, or is the author's own, stays untouched.

    :raises OSError: where the folder cannot be written.
    """
    if pages:
        folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        path = folder / name
        is_new = not path.exists() and not path.is_symlink()
        if is_new or (_is_ours(path) and path.read_bytes() != text.encode()):
            # An interrupted build must leave no part of a page, which is not ours.
            write_whole(path, text.encode())
    for path in folder.glob("*.*"):
        if path.name not in pages and _is_ours(path):
            path.unlink()


def _is_ours(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    marks = [markup.mark.encode() for markup in _MARKUPS.values()]
    with path.open("rb") as file:
        return file.read(max(map(len, marks))).startswith(tuple(marks))
