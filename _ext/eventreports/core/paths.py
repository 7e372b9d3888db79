"""Rules for which files of a project may be published: the same for data, notes and pages."""

import os
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from sphinxcommon.messages import Message

#: Returns whether data of another folder may name the file at a path from the root.
IsContent = Callable[[str], bool]


def refusal(path: Path, root: Path, named: str = "") -> Message | None:
    """Return why a file must not be published; ``None`` if it may be.

    Symbolic links are followed: what counts is where the file is.

    :param path: The file.
    :param root: The project's folder.
    :param named: The path as its author wrote it, with which the message begins.
    :returns: The reason.
    """
    try:
        found = PurePosixPath(path.resolve().relative_to(root.resolve()).as_posix())
        is_other = path.exists() and not path.is_file() and not path.is_dir()
    except ValueError:
        return Message("“{path}” leads out of the project", path=named)
    except (OSError, RuntimeError):
        return Message("“{path}” cannot be a file's name", path=named)
    if any(part.startswith(".") for part in found.parts):
        return Message(
            "“{path}” is hidden; what is published has no name that starts with “.”", path=named
        )
    if found == PurePosixPath("conf.py"):
        return Message(
            "“{path}” is the project's configuration, which is not published", path=named
        )
    if is_other:
        # Reading from a pipe blocks until another process writes to it.
        return Message("“{path}” is no file, but a pipe, a socket or a device", path=named)
    return None


def shown(path: Path, folder: Path) -> str:
    """Return a path as messages show it: relative to a folder, if it is below that."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def is_there(has_kind: Callable[[Path], bool], path: Path) -> bool:
    """Call ``Path.is_file`` or the like; a path that is too long for the system is not there."""
    try:
        return has_kind(path)
    except OSError:
        return False


def is_content(path: str) -> bool:
    """Return whether a path from the root is outside the folders that hold no content.

    Their names start with ``_`` (``_ext``, ``_build``) or ``.``.
    """
    return not any(part.startswith(("_", ".")) for part in PurePosixPath(path).parts)


def is_fit(name: str) -> bool:
    """Return whether a name can stand in links, tables of contents and archives.

    It has no characters that end a line or control a terminal, and no surrogates.
    """
    return not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in name)


class Refused(NamedTuple):
    """A folder or page, as a path from the root, that is left out of the site.

    Without a ``reason`` nothing is lost: a link to a folder that is published anyway.
    """

    path: str
    reason: Message | None = None


class Tree(NamedTuple):
    """The source folder: where its events are, which files are pages, what is excluded."""

    root: Path
    events: str
    suffixes: tuple[str, ...]
    is_excluded: Callable[[str], bool]

    def refused(self) -> Iterator[Refused]:
        """Find the folders and pages that must not be published, or are published elsewhere."""
        yield from self._refused_in("", (self.root.resolve(),))

    def _refused_in(self, folder: str, around: tuple[Path, ...]) -> Iterator[Refused]:
        """Search a folder; ``around`` are the real paths of it and of its parents."""
        try:
            entries = sorted(os.scandir(self.root / folder), key=lambda entry: entry.name)
        except OSError:
            return
        for entry in entries:
            is_link = entry.is_symlink()
            # ``DirEntry.is_dir`` raises an error for a link that leads to itself.
            is_folder = Path(entry.path).is_dir()
            is_unlike = is_link or not (is_folder or entry.is_file())
            path = f"{folder}{entry.name}"
            if not (is_folder or entry.name.endswith(self.suffixes)) or self.is_excluded(path):
                continue
            if not is_fit(entry.name):
                yield Refused(
                    path,
                    Message(
                        "“{path}” has a line break or a control character in its name", path=path
                    ),
                )
            elif is_unlike and (refused := refusal(Path(entry.path), self.root, path)):
                yield Refused(path, refused)
            elif is_folder:
                real = Path(entry.path).resolve() if is_link else around[-1] / entry.name
                if real in around or (is_link and self._has_own_place(path, real)):
                    yield Refused(path)
                else:
                    yield from self._refused_in(f"{path}/", (*around, real))

    def _has_own_place(self, path: str, real: Path) -> bool:
        """Return whether a link among the events leads to a folder that is published anyway."""
        if not path.startswith(f"{self.events}/") or not real.is_relative_to(
            (self.root / self.events).resolve()
        ):
            return False
        return not self.is_excluded(real.relative_to(self.root.resolve()).as_posix())


def literal_pattern(path: str) -> str:
    """Return the pattern of Sphinx's ``exclude_patterns`` that matches this path alone."""
    # Python warns of a set that begins with “[”; NUL is in no path.
    signs = {"*": "[*]", "?": "[?]", "[": "[\0[]"}
    return "".join(signs.get(char, char) for char in unicodedata.normalize("NFC", path))
