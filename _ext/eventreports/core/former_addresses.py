"""Former addresses of pages, as former ids give them: the pages forward from there."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence


def is_of_page(name: str) -> bool:
    """Return whether a page, or a folder of pages, can have had a name."""
    return not name.startswith((".", "_"))


def former_folder(folder: str, former_id: str, top: str) -> str | None:
    """Return where an event was that had a former id.

    :param folder: Its folder.
    :param former_id: The id, which was the name of its folder beside the present one; with ``/``
        before it, the path of its folder below that of the events.
    :param top: The folder of the events.
    :returns: The folder; ``None`` if it can have had no pages.
    """
    if not all(map(is_of_page, former_id.removeprefix("/").split("/"))):
        return None
    around = top if former_id.startswith("/") else posixpath.dirname(folder)
    return posixpath.normpath(posixpath.join(around, former_id.removeprefix("/")))


def former_pages(page: str, former_folders: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the names that a page had when folders above it were elsewhere.

    :param page: Its name, with ``/``.
    :param former_folders: The former paths of folders by their paths.
    :yields: The names.
    """
    names = [page]
    folder = page
    while folder := posixpath.dirname(folder):
        within = [name for name in names if name.startswith(f"{folder}/")]
        names += [
            f"{former}{name.removeprefix(folder)}"
            for former in former_folders.get(folder, ())
            for name in within
        ]
    yield from (name for name in dict.fromkeys(names) if name != page)
