"""Pages made from the data: one a year, and one that lists the years.

They are real pages, written before reading begins, so that every builder,
search and contents knows them; no page has to hold all events.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from .catalog import Entry
from .writing import write_whole

FOLDER: Final = "years"
#: The first line of each page that is ours to rewrite or remove.
MARK: Final = "% Made from the events' data at each build; edits are lost."
UNDATED: Final = "undated"


def year_pages(
    entries: Iterable[Entry], title: str, recent: str, undated: str
) -> Mapping[str, str]:
    """File name → text. ``entries`` are those events that have a page of their own.

    ``title``, ``recent`` and ``undated`` are headings in the site's language.
    """
    by_year: dict[int, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.date or (), entry.folder), reverse=True):
        by_year.setdefault(entry.date.year if entry.date else 0, []).append(entry)
    names = {year: f"{year:04}" if year else UNDATED for year in by_year}
    pages = {
        f"{names[year]}.md": _page(
            f"{year:04}" if year else undated,
            _list(f":year: {year or UNDATED}"),
            _toctree([f"/{entry.page}" for entry in of_year], ":hidden:"),
        )
        for year, of_year in by_year.items()
    }
    contents = [_toctree(list(names.values()), ":maxdepth: 1")] if names else []
    parts = [_list(":limit: 10"), f"## {recent}", *contents] if names else [_list(":limit: 10")]
    return {"index.md": _page(title, *parts), **pages}


def _page(title: str, *parts: str) -> str:
    return "\n\n".join((MARK, f"# {title}", *parts)) + "\n"


def _list(option: str) -> str:
    return f"```{{event:list}}\n{option}\n```"


def _toctree(docnames: list[str], option: str) -> str:
    return "\n".join(("```{toctree}", option, "", *docnames, "```"))


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
    for path in folder.glob("*.md"):
        if path.name not in pages and _is_ours(path):
            path.unlink()


def _is_ours(path: Path) -> bool:
    if path.is_symlink():
        return False
    with path.open("rb") as file:
        return file.read(len(MARK.encode())) == MARK.encode()
